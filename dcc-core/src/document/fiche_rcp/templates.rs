//! The codes of the volet FRCP 2022.01, one line each.

use crate::cda::templates::{self as t, EntryTemplate, codes, entries, observations, sections};
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

entries! {
    // its code element holds the name of the guideline too
    GUIDELINE = SIMPLE_OBSERVATION TA_ASIP "MED-249" "Recommandation/référentiel de pratique clinique";
    PROBLEM = PROBLEM SNOMED_CT "55607006" "problème", negatable(), or_code(&["G-1009", "D-0000"]);
    PAIN = PAIN_SCALE LOINC "38208-5" "Sévérité de la douleur";
    PERFORMANCE = ASSESSMENT TA_ASIP "MED-239" "Echelle de performance OMS", negatable();
    GERIATRIC_SCORE = GERIATRIC_SCORE LOINC "48544-1" "Score de la dépression gériatrique", negatable();
    FILE_INFORMATION = RCP_FILE_STATUS TA_ASIP "GEN-099" "Information RCP", as_element("organizer", "CLUSTER", "EVN"), without_id();
    RECOURSE_REQUEST = ENCOUNTER_INTENT TA_ASIP "ORG-120" "Passage en RCP recours", as_element("encounter", "ENC", "ARQ");
    SURVEILLANCE = ENCOUNTER_INTENT TA_ASIP "MED-226" "Surveillance seule", as_element("encounter", "ENC", "ARQ");
    REQUEST = OBSERVATION_REQUEST TA_ASIP "ORG-064" "Demande d'examen ou de suivi", as_element("observation", "OBS", "PRP");
}

pub(super) static PAST_TREATMENT: EntryTemplate =
    EntryTemplate::coded_by_input("procedure", "PROC", "EVN", t::PROCEDURE_EVENT).negatable();
pub(super) static PROPOSED_TREATMENT: EntryTemplate =
    EntryTemplate::coded_by_input("procedure", "PROC", "INT", t::PROCEDURE_INTENT).negatable();

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
    S_FRAME = S_PROPOSAL_FRAME "35510-7" "Essais cliniques - Informations générales", Some("CADRE DE LA PROPOSITION THÉRAPEUTIQUE"), also(t::S_PROPOSAL_FRAME_2021);
    // a comment on the section around it
    S_COMMENT = S_COMMENT "55112-7" "Commentaire", None, without_id();
    S_PATIENT_COMMENT = S_COMMENT "55112-7" "Commentaire", Some("COMMENTAIRES / PRÉCISIONS SUR LE PATIENT"), without_id();
}
