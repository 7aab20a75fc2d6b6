//! Code systems (*nomenclatures*): the one table of their OIDs.
//!
//! Sources: the official samples of the volets FRCP, PPS and CR-GM 2022.01,
//! the pathology report (CR-ACP) sample, and the value sets of
//! [`super::Jdv`]. `name` is the `codeSystemName` those samples write; when
//! they never name the system, it is the name the other CI-SIS samples or the
//! publisher of the nomenclature use.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::index::StableHasher;

/// A code system (*nomenclature*).
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct CodeSystem {
    /// Short key in the embedded tables; the name of its constant.
    pub key: &'static str,
    /// Object identifier, the `codeSystem` of CDA.
    pub oid: &'static str,
    /// Name of the system, the `codeSystemName` of CDA.
    pub name: &'static str,
    /// What the system is, in French.
    pub label: &'static str,
}

impl CodeSystem {
    /// The code system of this OID, if the library knows it.
    pub fn by_oid(oid: &str) -> Option<&'static CodeSystem> {
        static BY_OID: LazyLock<HashMap<&'static str, &'static CodeSystem, StableHasher>> =
            LazyLock::new(|| CODE_SYSTEMS.iter().map(|s| (s.oid, *s)).collect());
        BY_OID.get(oid).copied()
    }

    /// The code system of this key of the embedded tables.
    pub fn by_key(key: &str) -> Option<&'static CodeSystem> {
        CODE_SYSTEMS.iter().copied().find(|s| s.key == key)
    }
}

macro_rules! code_systems {
    ($($key:ident, $oid:literal, $name:literal, $label:literal;)*) => {
        $(
            #[doc = concat!($label, " (`", $name, "`, OID ", $oid, ").")]
            pub static $key: &CodeSystem = &CodeSystem {
                key: stringify!($key),
                oid: $oid,
                name: $name,
                label: $label,
            };
        )*
        /// Every code system the library knows, in the order of the table.
        pub static CODE_SYSTEMS: &[&CodeSystem] = &[$($key),*];
    };
}

code_systems! {
    LOINC, "2.16.840.1.113883.6.1", "LOINC", "Observations, sections et documents (LOINC)";
    SNOMED_CT, "2.16.840.1.113883.6.96", "SNOMED CT", "SNOMED CT";
    SNOMED_35, "1.2.250.1.213.2.12", "SNOMED Internationale", "SNOMED Internationale 3.5";
    TA_ASIP, "1.2.250.1.213.1.1.4.322", "TA_ASIP", "Terminologie d'attente de l'ANS";
    CIM10, "2.16.840.1.113883.6.3", "CIM-10", "Classification internationale des maladies, 10e révision";
    CIMO_MORPHOLOGY, "2.16.840.1.113883.6.43.1", "CIM-O", "Classification internationale des maladies pour l'oncologie (CIM-O-3)";
    TNM_UICC, "2.16.840.1.113883.15.6", "TNM_UICC", "Classification TNM de l'UICC";
    NCIT, "2.16.840.1.113883.3.26.1.1", "NCIT", "Thésaurus du National Cancer Institute (NCIt)";
    ADICAP, "1.2.250.1.213.2.11", "ADICAP", "Thésaurus ADICAP d'anatomie et cytologie pathologiques";
    PATHLEX, "1.3.6.1.4.1.19376.1.8.2.1", "PathLex", "PathLex, lexique IHE d'anatomie et cytologie pathologiques";
    HGNC, "2.16.840.1.113883.6.281", "HGNC", "Gènes humains (HGNC)";
    INCA_GENE, "1.2.250.1.213.2.60", "INCa", "Gènes de l'Institut national du cancer";
    ATC, "2.16.840.1.113883.6.73", "ATC", "Classification anatomique, thérapeutique et chimique des médicaments";
    CCAM, "1.2.250.1.213.2.5", "CCAM", "Classification commune des actes médicaux";
    EDQM, "0.4.0.127.0.16.1.1.2.1", "EDQM", "Termes normalisés de la Direction européenne de la qualité du médicament";
    INSEE_PCS, "1.2.250.1.213.2.13", "INSEE", "Professions et catégories socioprofessionnelles de l'INSEE";
    PROFESSION, "1.2.250.1.213.1.1.4.5", "RPPS", "Professions et spécialités des professionnels de santé";
    PRODUCTEUR_NON_PS, "1.2.250.1.213.1.1.4.6", "TRE_A00-ProducteurDocNonPS", "Producteurs de documents non professionnels de santé";
    PRACTICE_SETTING, "1.2.250.1.213.1.1.4.9", "practiceSettingCode", "Cadre d'exercice";
    DOCUMENT_TYPE, "1.2.250.1.213.1.1.4.12", "TRE_A05-TypeDocComplementaire", "Types de document complémentaires à LOINC";
    VISIBILITE_DOCUMENT, "1.2.250.1.213.1.1.4.13", "TRE_A07-StatutVisibiliteDocument", "Statuts de visibilité d'un document";
    RELATION_PRISE_EN_CHARGE, "1.2.250.1.213.1.1.4.2.280", "TRE_R258-RelationPriseCharge", "Relations dans la prise en charge";
    TYPE_RENCONTRE, "1.2.250.1.213.1.1.4.2.291", "TRE_R305-TypeRencontre", "Types de rencontre de l'ANS";
    PROTECTION_JURIDIQUE, "1.2.250.1.213.1.1.4.327", "TRE_R217-ProtectionJuridique", "Protections juridiques";
    ROLE_PRISE_EN_CHARGE, "1.2.250.1.213.1.6.1.107", "TRE_R85-RolePriseCharge", "Rôle d'un intervenant dans la prise en charge";
    PROFESSION_SOCIALE, "1.2.250.1.213.1.6.1.4", "TRE_R94-ProfessionSocial", "Professions du secteur social";
    USAGER_TITRE, "1.2.250.1.213.1.6.1.109", "TRE_R95-UsagerTitre", "Usagers de titre professionnel";
    CIVILITE, "1.2.250.1.213.1.6.1.69", "TRE_R81-Civilite", "Civilités";
    CIVILITE_EXERCICE, "1.2.250.1.213.1.6.1.11", "TRE_R11-CiviliteExercice", "Civilités d'exercice (titres)";
    MODE_PRISE_EN_CHARGE, "1.2.250.1.213.3.3.13", "TRE_R213-ModePriseEnCharge", "Modes de prise en charge";
    HEALTHCARE_FACILITY_TYPE, "1.2.250.1.71.4.2.4", "healthCareFacilityTypeCode", "Secteurs d'activité";
    IHE_ACT_CODE, "1.3.5.1.4.1.19376.1.5.3.2", "IHEActCode", "Actes IHE";
    ADMINISTRATIVE_GENDER, "2.16.840.1.113883.5.1", "HL7:AdministrativeGender", "Sexe (HL7)";
    ACT_CODE, "2.16.840.1.113883.5.4", "HL7:ActCode", "Actes et types de prise en charge (HL7)";
    ACT_PRIORITY, "2.16.840.1.113883.5.7", "ActPriority", "Priorité d'un acte (HL7)";
    CONFIDENTIALITY, "2.16.840.1.113883.5.25", "Confidentiality", "Confidentialité (HL7)";
    OBSERVATION_INTERPRETATION, "2.16.840.1.113883.5.83", "ObservationInterpretation", "Interprétation d'un résultat (HL7)";
    PARTICIPATION_FUNCTION, "2.16.840.1.113883.5.88", "Participation Function", "Fonction d'un intervenant (HL7)";
    PARTICIPATION_TYPE, "2.16.840.1.113883.5.90", "HL7:ParticipationType", "Type de participation (HL7)";
    ROLE_CLASS, "2.16.840.1.113883.5.110", "HL7:RoleClass", "Classe de rôle (HL7)";
    ROLE_CODE, "2.16.840.1.113883.5.111", "RoleCode", "Rôles et liens de parenté (HL7)";
    ROUTE_OF_ADMINISTRATION, "2.16.840.1.113883.5.112", "HL7:RouteOfAdministration", "Voie d'administration (HL7)";
    CONDITION_CLINICAL, "2.16.840.1.113883.4.642.1.1074", "HL7:condition-clinical", "Statut clinique d'un problème (HL7)";
    ALLERGY_CLINICAL, "2.16.840.1.113883.4.642.4.1373", "HL7:allergyintolerance-clinical", "Statut clinique d'une allergie (HL7)";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oids_and_keys_are_unique_and_well_formed() {
        for (i, system) in CODE_SYSTEMS.iter().enumerate() {
            assert!(
                dcc_base::identity::oid::is_oid(system.oid),
                "{}",
                system.oid
            );
            for other in &CODE_SYSTEMS[i + 1..] {
                assert_ne!(system.oid, other.oid);
                assert_ne!(system.key, other.key);
            }
            assert_eq!(CodeSystem::by_oid(system.oid), Some(*system));
            assert_eq!(CodeSystem::by_key(system.key), Some(*system));
        }
        assert_eq!(CodeSystem::by_oid("1.2.3"), None);
    }
}
