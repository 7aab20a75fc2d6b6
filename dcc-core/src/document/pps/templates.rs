//! The codes of the volet PPS 2022.01, one line each.

use crate::cda::datatypes::FixedCode;
use crate::cda::templates::{self as t, EntryTemplate, codes, entries, observations, sections};
use crate::terminology::Jdv;
use crate::terminology::code_system::{LOINC, SNOMED_CT, TA_ASIP};

codes! {
    // roles of the participants
    REFERENCE = TA_ASIP "ORG-177" "Etablissement de santé de référence";
    LOCAL = TA_ASIP "ORG-178" "Structure et professionnels de proximité impliqués dans les soins";
    COORDINATION = TA_ASIP "ORG-179" "Structure de coordination ou d'interface ville-hôpital";
    SOCIAL = TA_ASIP "ORG-180" "Organisme social et de maintien dans l'emploi";
    INFORMATION = TA_ASIP "ORG-181" "Structure de soutien et d'information";
    MEDIATOR = TA_ASIP "ORG-188" "Structures et professionnels de proximité impliqués dans les soins - Médiateur de santé";
    CENTRE_3C = TA_ASIP "ORG-190" "Centre de coordination de cancérologie (3C)";
    NETWORK = TA_ASIP "ORG-191" "Réseau régional de cancérologie (RRC)";
    REASON = LOINC "42349-1" "Raison de la recommandation";
}

observations! {
    PAEDIATRIC = TA_ASIP "ORG-116" "Pédiatrie";
    PLANNED_DATES = TA_ASIP "GEN-177" "Date(s) prévisionnelle(s)";
    ROUTE = TA_ASIP "ORG-006" "Mode";
    SIDE_EFFECTS = TA_ASIP "MED-565" "Effets secondaires";
    END_OF_TREATMENT = TA_ASIP "MED-052" "Arrêt de tous les traitements actifs";
    UPDATE = TA_ASIP "GEN-037" "Motif de mise à jour";
    RCP_DATE = TA_ASIP "ORG-189" "Date de la RCP";
    HANDOVER = TA_ASIP "GEN-178" "Date de remise du document au patient";
}

entries! {
    // the official samples once write the code of paediatrics
    RHYTHM = SIMPLE_OBSERVATION TA_ASIP "ORG-004" "Rythme", or_code(&["ORG-116"]);
    PROBLEM = PROBLEM SNOMED_CT "55607006" "problème";
    WEIGHT = VITAL_SIGN LOINC "29463-7" "Poids";
    TOBACCO = SOCIAL_HISTORY LOINC "74011-8" "Consommation tabagique";
}

pub(super) static REFERENCES: EntryTemplate =
    EntryTemplate::coded_by_input("act", "ACT", "EVN", t::EXTERNAL_REFERENCES);
pub(super) static DONE: EntryTemplate =
    EntryTemplate::coded_by_input("procedure", "PROC", "EVN", t::PROCEDURE_EVENT).negatable();
pub(super) static INTENDED: EntryTemplate =
    EntryTemplate::coded_by_input("procedure", "PROC", "INT", t::PROCEDURE_INTENT).negatable();

sections! {
    S_PAEDIATRICS = S_REASON "42349-1" "Raison de la recommandation", Some("PÉDIATRIE");
    S_DIAGNOSIS = S_CANCER_DIAGNOSIS "72135-7" "Diagnostic du cancer", Some("DIAGNOSTIC");
    S_STATUS = S_DOCUMENT_STATUS "33557-0" "Etat d'achèvement", Some("STATUT DU DOCUMENT");
    S_REFERENCES = S_REFERENCED_DOCUMENTS "55107-7" "Documents référencés", Some("DOCUMENTS RÉFÉRENCÉS");
    S_PATIENT_COMMENT = S_COMMENT "55112-7" "Commentaire", Some("COMMENTAIRE SUR LE PATIENT"), translated(PATIENT_COMMENT), without_id();
    S_PERSONAL_DATA = S_COMMENT "55112-7" "Commentaire", Some("INFORMATION SUR LES DONNÉES PERSONNELLES VOUS CONCERNANT"), translated(PERSONAL_DATA), without_id();
    S_PROGRAMME = S_CARE_PLAN "18776-5" "Plan de soins", Some("PROGRAMME THÉRAPEUTIQUE ET DE SUIVI"), translated(PROGRAMME);
    S_SUPPORT = S_CARE_PLAN "18776-5" "Plan de soins", Some("SOINS ONCOLOGIQUES DE SUPPORT, ACCOMPAGNEMENT SOCIAL ET SOCIOPROFESSIONNEL"), translated(SUPPORT);
}

const PATIENT_COMMENT: FixedCode = FixedCode::new(TA_ASIP, "GEN-293", "Commentaire sur le patient");
const PERSONAL_DATA: FixedCode = FixedCode::new(TA_ASIP, "GEN-294", "Information pour le patient");
const PROGRAMME: FixedCode =
    FixedCode::new(TA_ASIP, "MED-566", "Programme thérapeutique et de suivi");
const SUPPORT: FixedCode = FixedCode::new(
    TA_ASIP,
    "MED-567",
    "Soins oncologiques de support, accompagnement social et socioprofessionnel",
);

/// A list of the programme or of the supportive care.
pub(super) struct List {
    /// Code of its acts.
    pub(super) code: FixedCode,
    /// Value set of their types.
    pub(super) types: Jdv,
    /// Types that say nothing without words.
    pub(super) other: &'static str,
    /// Word of the IDs.
    pub(super) word: &'static str,
    /// Heading.
    pub(super) heading: &'static str,
    /// Title of the column of the types.
    pub(super) kind: &'static str,
}

macro_rules! lists {
    ($($name:ident = $code:literal $label:literal, $types:ident $other:literal, $word:literal $heading:literal $kind:literal;)*) => {
        $(pub(super) static $name: List = List {
            code: FixedCode::new(TA_ASIP, $code, $label),
            types: Jdv::$types,
            other: $other,
            word: $word,
            heading: $heading,
            kind: $kind,
        };)*
    };
}

lists! {
    TREATMENTS = "MED-568" "Traitement", TypeTraitementPps "GEN-092.03.01",
        "traitement" "Traitements" "Type de traitement";
    SIDE_EFFECT_MANAGEMENT = "MED-569" "Action de prévention et de gestion médicamenteuse des effets secondaires",
        GestionEffetsSecondaires "GEN-092.04.12",
        "prevention" "Prévention et gestion médicamenteuse des effets secondaires du traitement ou de la maladie" "Modalité";
    MEASURES = "MED-570" "Mesure associée", MesuresAssociees "GEN-092.04.11",
        "mesure" "Mesures associées" "Type de mesure";
    FOLLOW_UP = "MED-571" "Suivi", TypeDeSuivi "GEN-092.04.06",
        "suivi" "Suivis" "Type de suivi";
    SUPPORTIVE_CARE = "MED-572" "Soin oncologique de support", SoinsOncoDeSupport "GEN-092.04.07",
        "soin-support" "Soins oncologiques de support" "Type de soin";
    SOCIAL_SUPPORT = "MED-573" "Accompagnement social ou socioprofessionnel", TypeAccompagnementSocioPro "GEN-092.04.08",
        "accompagnement" "Accompagnement social et socioprofessionnel" "Type d'accompagnement";
}
