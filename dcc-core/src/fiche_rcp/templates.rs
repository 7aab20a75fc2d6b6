//! The codes of the volet FRCP 2022.01, one line each.

use crate::cda::datatypes::Fixed;
use crate::cda::templates::{self as t, SectionTemplate, Shape, codes, observations, sections};
use crate::terminology::CodeSystem;
use crate::terminology::code_system::{LOINC, MODE_PRISE_EN_CHARGE, SNOMED_CT, TA_ASIP};

codes! {
    RCP_ACT = MODE_PRISE_EN_CHARGE "39" "Réunion de Concertation Pluridisciplinaire (RCP)";
    TOPOGRAPHY = TA_ASIP "GEN-243" "Topographie";
}

observations! {
    NATURE = TA_ASIP "GEN-098" "Nature de la discussion";
    ORGAN_SYSTEM = TA_ASIP "ORG-118" "Appareil concerné";
    ORGAN = TA_ASIP "ORG-119" "Organe";
    CARE = TA_ASIP "ORG-138" "Traitement / Soins";
    RECOURSE_RCP = TA_ASIP "ORG-184" "RCP de recours";
    PAEDIATRIC_RCP = TA_ASIP "ORG-185" "RCP pédiatrique";
    REASON = TA_ASIP "ORG-186" "Motif de la RCP";
    DIAGNOSTIC_OPINION = TA_ASIP "MED-235" "Avis diagnostique";
    TREATMENT_PROPOSAL = TA_ASIP "ORG-114" "Proposition de traitement (dont ajustement et surveillance)";
    RECOURSE = TA_ASIP "ORG-115" "Recours";
    PAEDIATRIC = TA_ASIP "ORG-116" "Pédiatrie";
    CASE_STATUS = TA_ASIP "ORG-127" "Statut du cas présenté";
    OPERATIVE_CONCLUSION = LOINC "10218-6" "Note postopératoire";
    DIAGNOSTIC_CONCLUSION = LOINC "22637-3" "Conclusion - Diagnostic";
    FILE_COMPLETE = TA_ASIP "GEN-100" "Dossier complet";
    QUORUM = TA_ASIP "ORG-125" "Quorum RCP";
    CLINICAL_TRIAL = TA_ASIP "MED-250" "Proposition d'inclusion dans un essai clinique";
}

/// Its code element holds the name of the guideline too.
pub(super) static GUIDELINE: Shape = Shape {
    id: true,
    ..Shape::simple(Fixed {
        system: TA_ASIP,
        code: "MED-249",
        label: "Recommandation/référentiel de pratique clinique",
    })
};

pub(super) static PROBLEM: Shape = Shape {
    other_codes: &["G-1009", "D-0000"],
    ..Shape::observation(t::PROBLEM, snomed("55607006", "problème")).negatable()
};
pub(super) static PAIN: Shape =
    Shape::observation(t::PAIN_SCALE, loinc("38208-5", "Sévérité de la douleur"));
pub(super) static PERFORMANCE: Shape = Shape::observation(
    t::ASSESSMENT,
    Fixed {
        system: TA_ASIP,
        code: "MED-239",
        label: "Echelle de performance OMS",
    },
)
.negatable();
pub(super) static GERIATRIC_SCORE: Shape = Shape::observation(
    t::GERIATRIC_SCORE,
    loinc("48544-1", "Score de la dépression gériatrique"),
)
.negatable();
pub(super) static FILE_INFORMATION: Shape = Shape::observation(
    t::RCP_FILE_STATUS,
    Fixed {
        system: TA_ASIP,
        code: "GEN-099",
        label: "Information RCP",
    },
)
.as_element("organizer", "CLUSTER", "EVN")
.without_id();
pub(super) static RECOURSE_REQUEST: Shape = Shape::observation(
    t::ENCOUNTER_INTENT,
    Fixed {
        system: TA_ASIP,
        code: "ORG-120",
        label: "Passage en RCP recours",
    },
)
.as_element("encounter", "ENC", "ARQ");
pub(super) static SURVEILLANCE: Shape = Shape::observation(
    t::ENCOUNTER_INTENT,
    Fixed {
        system: TA_ASIP,
        code: "MED-226",
        label: "Surveillance seule",
    },
)
.as_element("encounter", "ENC", "ARQ");
pub(super) static REQUEST: Shape = Shape::observation(
    t::OBSERVATION_REQUEST,
    Fixed {
        system: TA_ASIP,
        code: "ORG-064",
        label: "Demande d'examen ou de suivi",
    },
)
.as_element("observation", "OBS", "PRP");
pub(super) static PAST_TREATMENT: Shape = Shape {
    negation: true,
    ..Shape::coded_by_input("procedure", "PROC", "EVN", t::PROCEDURE_EVENT)
};
pub(super) static PROPOSED_TREATMENT: Shape = Shape {
    negation: true,
    ..Shape::coded_by_input("procedure", "PROC", "INT", t::PROCEDURE_INTENT)
};

const fn loinc(code: &'static str, label: &'static str) -> Fixed {
    Fixed {
        system: LOINC_SYSTEM,
        code,
        label,
    }
}

const fn snomed(code: &'static str, label: &'static str) -> Fixed {
    Fixed {
        system: SNOMED_SYSTEM,
        code,
        label,
    }
}

const LOINC_SYSTEM: &CodeSystem = LOINC;
const SNOMED_SYSTEM: &CodeSystem = SNOMED_CT;

sections! {
    S_REASON = S_REASON "42349-1" "Raison de la recommandation", Some("TYPE DE RCP / MOTIF DE LA RCP");
    S_DIAGNOSIS = S_CANCER_DIAGNOSIS "72135-7" "Diagnostic du cancer", Some("TUMEUR");
    S_HISTORY = S_HISTORY "11348-0" "Antécédents médicaux", Some("CLINIQUE");
    S_COMORBIDITIES = S_ACTIVE_PROBLEMS "11450-4" "Liste des problèmes actifs", None;
    S_FUNCTIONAL = S_FUNCTIONAL_STATUS "47420-5" "Évaluation du statut fonctionnel", Some("Évaluation du statut fonctionnel");
    S_PAIN = S_PAIN "38208-5" "Sévérité de la douleur", None;
    S_PHYSICAL = S_PHYSICAL_FUNCTIONS "46006-3" "Problèmes physiques fonctionnels et structurels", None;
    S_GERIATRIC = S_GERIATRIC "48542-5" "Évaluation de la dépression gériatrique", None;
    S_RESULTS = S_RESULTS "30954-2" "Résultats d'examens", None;
    S_TREATMENTS = S_PROCEDURES "29554-3" "Actes", Some("TRAITEMENTS THÉRAPEUTIQUES PASSÉS OU EN COURS (réalisé ou pas)");
    S_OPERATIVE = S_OPERATIVE_REPORT "10218-6" "Note postopératoire", Some("COMPTE RENDU OPÉRATOIRE (CRO)");
    S_PATHOLOGY = S_PATHOLOGY_REPORT "30954-2" "Résultats d'examens", Some("COMPTE RENDU ANATOMOCYTOPATHOLOGIQUE (CR-ACP)");
    S_MOLECULAR = S_MOLECULAR_REPORT "50397-9" "Génétique moléculaire - Interprétation", Some("COMPTE RENDU D'ANALYSE MOLECULAIRE (CR-GM)");
    S_SYNTHESIS = S_PRESENT_ILLNESS "10164-2" "Histoire de la maladie", Some("SYNTHÈSE DU CAS PRÉSENTÉ ET QUESTION POSÉE A LA RCP - AUTRES DONNÉES INDISPENSABLES À L'AVIS DE LA RCP");
    S_FILE = S_RCP_FILE "21874-3" "Statut du dossier présenté en RCP", Some("PROPOSITION DE LA RCP");
    S_PROPOSAL = S_CARE_PLAN "18776-5" "Plan de soins", Some("Plan de soins");
    S_STATUS = S_DOCUMENT_STATUS "33557-0" "Etat d'achèvement", Some("Statut du document");
}

pub(super) static S_FRAME: SectionTemplate = SectionTemplate {
    templates: t::S_PROPOSAL_FRAME,
    other_templates: t::S_PROPOSAL_FRAME_2021,
    code: loinc("35510-7", "Essais cliniques - Informations générales"),
    translation: None,
    title: Some("CADRE DE LA PROPOSITION THÉRAPEUTIQUE"),
    id: true,
};

/// A comment on the section around it.
pub(super) static S_COMMENT: SectionTemplate = SectionTemplate {
    templates: t::S_COMMENT,
    other_templates: &[],
    code: loinc("55112-7", "Commentaire"),
    translation: None,
    title: None,
    id: false,
};

pub(super) static S_PATIENT_COMMENT: SectionTemplate = SectionTemplate {
    title: Some("COMMENTAIRES / PRÉCISIONS SUR LE PATIENT"),
    ..S_COMMENT
};
