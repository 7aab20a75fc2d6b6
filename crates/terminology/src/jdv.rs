//! The embedded value sets: identifier, name, OID and table of each.
//!
//! One line a set. To take a newer release of the *jeux de valeurs* of the
//! ANS: `cargo run -p dcc-core --example value_sets -- <jeuxDeValeurs>`.
//! To add a set: add its line here, an empty `tables/<name>.tsv`, and run the
//! same command.

use std::fmt;

use super::table::EmbeddedTable;

macro_rules! value_sets {
    ($($id:ident, $name:literal, $oid:literal, $label:literal, $used:literal;)*) => {
        /// A value set (*jeu de valeurs*) the library embeds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Jdv {
            $(
                #[doc = concat!($label, " (`", $name, "`, OID ", $oid, "; ", $used, ").")]
                $id,
            )*
        }

        impl Jdv {
            /// Every embedded value set, in the order of the table.
            pub const ALL: &'static [Jdv] = &[$(Jdv::$id),*];

            /// Name of the value set, for example `JDV_Tumeur_CISIS`; its
            /// file at the ANS is this name with `.xml`.
            pub const fn name(self) -> &'static str {
                match self { $(Jdv::$id => $name),* }
            }

            /// OID of the value set.
            pub const fn oid(self) -> &'static str {
                match self { $(Jdv::$id => $oid),* }
            }

            /// What the value set codes, in French.
            pub const fn label(self) -> &'static str {
                match self { $(Jdv::$id => $label),* }
            }

            /// Where the value set is used: the volets that name or check it.
            pub const fn used_by(self) -> &'static str {
                match self { $(Jdv::$id => $used),* }
            }
        }

        /// The embedded tables, in the order of [`Jdv::ALL`].
        pub(super) static TABLES: [EmbeddedTable; Jdv::ALL.len()] = [
            $(EmbeddedTable::new(include_str!(concat!("tables/", $name, ".tsv")))),*
        ];
    };
}

value_sets! {
    NatureDiscussion, "JDV_NatureDiscussion_CISIS", "1.2.250.1.213.1.1.4.2.281.8", "Nature de la discussion en RCP", "FRCP";
    RcpAppareil, "JDV_RCP_Appareil_CISIS", "1.2.250.1.213.1.1.5.597", "Appareil concerné par la RCP", "FRCP";
    RcpOrgane, "JDV_RCP_Organe_CISIS", "1.2.250.1.213.1.1.5.598", "Organe concerné par la RCP", "FRCP";
    TraitementSoinsFrcp, "JDV_TraitementSoins_FRCP_CISIS", "1.2.250.1.213.1.1.5.596", "Traitement ou soins d'une RCP transversale", "FRCP";
    StatutQuorum, "JDV_StatutQuorum_CISIS", "1.2.250.1.213.1.1.4.2.281.16", "Statut du quorum de la RCP", "FRCP";
    StatutCasPresente, "JDV_StatutCasPresente_CISIS", "1.2.250.1.213.1.1.4.2.281.17", "Statut du cas présenté en RCP", "FRCP";
    Tumeur, "JDV_Tumeur_CISIS", "1.2.250.1.213.1.1.4.2.281.21", "Topographie de la tumeur (CIM-10)", "FRCP, PPS";
    Morphologie, "JDV_Morphologie_CISIS", "1.2.250.1.213.1.1.5.585", "Morphologie de la tumeur (CIM-O-3)", "FRCP, PPS";
    ModificateurTopographique, "JDV_ModificateurTopographique_CISIS", "1.2.250.1.213.1.1.5.688", "Latéralité de la topographie", "FRCP, PPS";
    PhaseCancer, "JDV_PhaseCancer_CISIS", "1.2.250.1.213.1.1.4.2.281.13", "Phase du cancer", "FRCP";
    ProgressionCancer, "JDV_ProgressionCancer_CISIS", "1.2.250.1.213.1.1.5.486", "Progression du cancer", "FRCP";
    OmsEchPerf, "JDV_OMSEchPerf_CISIS", "1.2.250.1.213.1.1.4.2.281.1", "Stade sur l'échelle de performance de l'OMS", "FRCP";
    OmsInterpret, "JDV_OMSInterpret_CISIS", "1.2.250.1.213.1.1.4.2.281.2", "Interprétation du stade de l'échelle de performance de l'OMS", "FRCP";
    TypeTraitementFrcp, "JDV_TypeTraitement_FRCP_CISIS", "1.2.250.1.213.1.1.5.595", "Type de traitement d'une fiche RCP", "FRCP";
    StatutDoc, "JDV_StatutDoc_CISIS", "1.2.250.1.213.1.1.5.93", "Statut du document", "FRCP, PPS, CR-GM";
    TypeTraitementPps, "JDV_TypeTraitementPPS_CISIS", "1.2.250.1.213.1.1.5.478", "Type de traitement d'un PPS", "PPS";
    GestionEffetsSecondaires, "JDV_GestionEffetsSecondaires_CISIS", "1.2.250.1.213.1.1.5.477", "Prévention et gestion des effets secondaires", "PPS";
    MesuresAssociees, "JDV_MesuresAssociees_CISIS", "1.2.250.1.213.1.1.5.476", "Mesures associées au traitement", "PPS";
    TypeDeSuivi, "JDV_TypeDeSuivi_CISIS", "1.2.250.1.213.1.1.5.76", "Type de suivi", "PPS";
    SoinsOncoDeSupport, "JDV_SoinsOncoDeSupport_CISIS", "1.2.250.1.213.1.1.5.79", "Soins oncologiques de support", "PPS";
    TypeAccompagnementSocioPro, "JDV_TypeAccompagnementSocioPro_CISIS", "1.2.250.1.213.1.1.5.81", "Type d'accompagnement social ou socioprofessionnel", "PPS";
    MotifMiseAJour, "JDV_MotifMiseAJour_CISIS", "1.2.250.1.213.1.1.5.83", "Motif de mise à jour du PPS", "PPS";
    EvaluationDouleur, "JDV_EvaluationDouleur_CISIS", "1.2.250.1.213.1.1.5.499", "Échelle d'évaluation de la douleur", "contenus CDA";
    RouteOfAdministration, "JDV_RouteofAdministration_CISIS", "1.2.250.1.213.1.1.5.677", "Voie d'administration (EDQM)", "PPS";
    Gene, "JDV_Gene_CISIS", "1.2.250.1.213.1.1.5.150", "Gène recherché", "CR-GM";
    Organe, "JDV_Organe_CISIS", "1.2.250.1.213.1.1.5.479", "Organe prélevé (ADICAP D3)", "CR-GM";
    NatureMaterielEtudie, "JDV_NatureMaterielEtudie_CISIS", "1.2.250.1.213.1.1.5.141", "Nature du matériel étudié", "CR-GM";
    TypePrelevOrigine, "JDV_TypePrelevOrigine_CISIS", "1.2.250.1.213.1.1.5.148", "Type du prélèvement d'origine", "CR-GM";
    Conditionnement, "JDV_Conditionnement_CISIS", "1.2.250.1.213.1.1.5.149", "Conditionnement du prélèvement", "CR-GM";
    MethodePreparationEchantillon, "JDV_MethodePreparationEchantillon_CISIS", "1.2.250.1.213.1.1.5.151", "Méthode de préparation de l'échantillon", "CR-GM";
    NatureFraction, "JDV_NatureFraction_CISIS", "1.2.250.1.213.1.1.5.146", "Nature de la fraction étudiée", "CR-GM";
    QualificationFraction, "JDV_QualificationFraction_CISIS", "1.2.250.1.213.1.1.5.145", "Qualification de la fraction étudiée", "CR-GM";
    TypeHistoEtatTumoral, "JDV_TypeHisto_EtatTumoral_CISIS", "1.2.250.1.213.1.1.5.39", "Type histologique et état tumoral", "CR-GM";
    RaisonNonRealisation, "JDV_RaisonNonRealisation_CISIS", "1.2.250.1.213.1.1.5.144", "Raison de non-réalisation de l'analyse", "CR-GM";
    TypeResultat, "JDV_TypeResultat_CISIS", "1.2.250.1.213.1.1.5.147", "Type de résultat de l'analyse", "CR-GM";
    TypeConclusion, "JDV_TypeConclusion_CISIS", "1.2.250.1.213.1.1.5.152", "Type de conclusion", "CR-GM";
    ImpactMutation, "JDV_ImpactMutation_CISIS", "1.2.250.1.213.1.1.5.142", "Impact de la mutation", "CR-GM";
    ClasseTherapie, "JDV_ClasseTherapie_CISIS", "1.2.250.1.213.1.1.5.143", "Classe de la thérapie ciblée (ATC)", "CR-GM";
    J01AuthorSpecialty, "JDV_J01_XdsAuthorSpecialty_CISIS", "1.2.250.1.213.1.1.5.461", "Profession ou spécialité d'un intervenant (XDS authorSpecialty)", "structuration minimale";
    J02HealthcareFacilityType, "JDV_J02_XdsHealthcareFacilityTypeCode_CISIS", "1.2.250.1.213.1.1.5.466", "Secteur d'activité du lieu de prise en charge (XDS healthcareFacilityTypeCode)", "structuration minimale";
    J04PracticeSetting, "JDV_J04_XdsPracticeSettingCode_CISIS", "1.2.250.1.213.1.1.5.467", "Cadre d'exercice (XDS practiceSettingCode)", "structuration minimale";
    J07TypeCode, "JDV_J07_XdsTypeCode_CISIS", "1.2.250.1.213.1.1.5.471", "Type de document (XDS typeCode)", "structuration minimale";
    J08Confidentiality, "JDV_J08_XdsConfidentialityCode_CISIS", "1.2.250.1.213.1.1.5.463", "Niveau de confidentialité (XDS confidentialityCode)", "XDS";
    J11RelationPatient, "JDV_J11_RelationPatient_CISIS", "1.2.250.1.213.3.3.16", "Relation avec le patient", "structuration minimale";
    J19ModePriseEnCharge, "JDV_J19_ModePriseEnCharge_ROR", "1.2.250.1.213.3.4.1", "Mode de prise en charge (acte documenté d'une RCP)", "FRCP";
    J47FunctionCode, "JDV_J47_FunctionCode_CISIS", "1.2.250.1.213.1.1.5.124", "Rôle fonctionnel d'un intervenant", "structuration minimale";
    J48ProfessionNonPs, "JDV_J48_ProfessionNonPS_CISIS", "1.2.250.1.213.1.1.5.123", "Profession d'un intervenant non professionnel de santé", "structuration minimale";
    J140EncounterParticipationType, "JDV_J140_EncounterParticipationType_CISIS", "1.2.250.1.213.1.1.5.528", "Type de participation à la prise en charge", "structuration minimale";
    J141RoleClass, "JDV_J141_RoleClass_CISIS", "1.2.250.1.213.1.1.5.588", "Classe de rôle d'un participant", "structuration minimale";
    J142TypeRencontre, "JDV_J142_TypeRencontre_CISIS", "1.2.250.1.213.1.1.5.589", "Type de rencontre (prise en charge)", "structuration minimale";
    J143AdministrativeGender, "JDV_J143_AdministrativeGender_CISIS", "1.2.250.1.213.1.1.5.590", "Sexe", "structuration minimale";
    J144ParticipationType, "JDV_J144_ParticipationType_CISIS", "1.2.250.1.213.1.1.5.591", "Type de participation", "structuration minimale";
    J161Lateralite, "JDV_J161_Lateralite_CISIS", "1.2.250.1.213.1.1.5.616", "Latéralité", "contenus CDA";
    J245Civilite, "JDV_J245_Civilite_CISIS", "1.2.250.1.213.1.1.5.718", "Civilité", "structuration minimale";
    J246Titre, "JDV_J246_Titre_CISIS", "1.2.250.1.213.1.1.5.719", "Titre", "structuration minimale";
    Confidentiality, "JDV_HL7_Confidentiality_CISIS", "2.16.840.1.113883.1.11.10228", "Confidentialité du document (HL7)", "structuration minimale";
    ActEncounterCode, "JDV_HL7_ActEncounterCode_CISIS", "2.16.840.1.113883.1.11.13955", "Type de prise en charge (HL7 ActEncounterCode)", "contenus CDA";
    EncompassingEncounterCode, "JDV_EncompassingEncounterCode_CISIS", "1.2.250.1.213.1.1.5.18", "Type de prise en charge (HL7 et ANS)", "contenus CDA";
    AdministrativeGender, "JDV_HL7_AdministrativeGender_CISIS", "2.16.840.1.113883.1.11.1", "Sexe (HL7)", "contenus CDA";
    ParticipationFunction, "JDV_HL7_ParticipationFunction_CISIS", "2.16.840.1.113883.1.11.10267", "Fonction d'un intervenant (HL7 ParticipationFunction)", "contenus CDA";
    ParticipationType, "JDV_HL7_ParticipationType_CISIS", "2.16.840.1.113883.1.11.10901", "Type de participation (HL7)", "contenus CDA";
    PersonalRelationshipRoleType, "JDV_HL7_PersonalRelationshipRoleType_CISIS", "2.16.840.1.113883.1.11.19563", "Lien de parenté ou de proximité (HL7)", "contenus CDA";
    ObservationInterpretation, "JDV_HL7_ObservationInterpretation_CISIS", "2.16.840.1.113883.1.11.78", "Interprétation d'un résultat (HL7)", "contenus CDA";
    ActPriority, "JDV_HL7_ActPriority_CISIS", "2.16.840.1.113883.1.11.16866", "Priorité d'un acte (HL7)", "FRCP";
    ConditionClinical, "JDV_HL7_ConditionClinical_CISIS", "2.16.840.1.113883.4.642.3.164", "Statut clinique d'un problème", "contenus CDA";
    AllergyIntoleranceClinical, "JDV_HL7_allergyintolerance_clinical_CISIS", "2.16.840.1.113883.4.642.3.1372", "Statut clinique d'une allergie ou d'une intolérance", "contenus CDA";
    HealthStatusCodes, "JDV_HealthStatusCodes_CISIS", "1.2.250.1.213.1.1.4.2.283.1", "État de santé du patient", "contenus CDA";
    ProblemCodes, "JDV_ProblemCodes_CISIS", "1.2.250.1.213.1.1.5.172", "Type de problème", "contenus CDA";
    SignesVitaux, "JDV_SignesVitaux_CISIS", "1.2.250.1.213.1.1.5.171", "Signe vital", "contenus CDA";
    SocialHistoryCodes, "JDV_SocialHistoryCodes_CISIS", "1.2.250.1.213.1.1.4.2.283.4", "Habitus et mode de vie", "contenus CDA";
    StatutTabagique, "JDV_StatutTabagique_CISIS", "1.2.250.1.213.1.1.5.667", "Statut tabagique", "contenus CDA";
    Lateralite, "JDV_Lateralite_CISIS", "1.2.250.1.213.1.1.5.160", "Latéralité (SNOMED CT)", "contenus CDA";
    LateraliteNcit, "JDV_LateraliteNCIT_CISIS", "1.2.250.1.213.1.1.5.586", "Latéralité (NCIt)", "contenus CDA";
    TypeRencontre, "JDV_TypeRencontre_CISIS", "1.2.250.1.213.1.1.4.2.291", "Type de rencontre", "contenus CDA";
    TypeDirectiveAnticipee, "JDV_TypeDirectiveAnticipee_CISIS", "1.2.250.1.213.1.1.5.136", "Type de directive anticipée", "contenus CDA";
    TypeEvenementIndesirable, "JDV_TypeEvenementIndesirablePrevisible_CISIS", "1.2.250.1.213.1.1.5.794", "Type d'allergie ou d'événement indésirable prévisible", "contenus CDA";
    OrigineEffetIndesirable, "JDV_OrigineEffetIndesirable_CISIS", "1.2.250.1.213.1.1.5.785", "Origine de l'effet indésirable", "contenus CDA";
    Imputabilite, "JDV_Imputabilite_CISIS", "1.2.250.1.213.1.1.5.786", "Imputabilité de l'effet indésirable", "contenus CDA";
    Gravite, "JDV_Gravite_CISIS", "1.2.250.1.213.1.1.5.787", "Gravité de l'effet indésirable", "contenus CDA";
    Evolution, "JDV_Evolution_CISIS", "1.2.250.1.213.1.1.5.788", "Évolution de l'effet indésirable", "contenus CDA";
    ImmunizationApproachSite, "JDV_ImmunizationApproachSiteCode_CISIS", "1.2.250.1.213.1.1.5.621", "Région anatomique d'administration", "contenus CDA";
    ImmunizationRoute, "JDV_ImmunizationRouteCodes_CISIS", "1.2.250.1.213.1.1.5.676", "Voie d'administration d'un vaccin", "contenus CDA";
}

impl Jdv {
    /// The embedded value set of this name or OID.
    pub fn by_name_or_oid(name_or_oid: &str) -> Option<Jdv> {
        Jdv::ALL
            .iter()
            .copied()
            .find(|jdv| jdv.name() == name_or_oid || jdv.oid() == name_or_oid)
    }
}

impl fmt::Display for Jdv {
    /// The name of the value set.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
