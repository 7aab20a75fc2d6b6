//! The codes of the shared sections, one line each.

use crate::cda::templates::{self as t, EntryTemplate, codes, entries, observations, sections};
use crate::terminology::code_system::{LOINC, SNOMED_CT, TA_ASIP};

codes! {
    LATERALITY = LOINC "20228-3" "Latéralité";
    STAGE_GROUP = LOINC "21909-7" "Stade clinique";
    TNM_EDITION = LOINC "21917-0" "Version TNM Classification";
}

observations! {
    SCREENING = LOINC "63921-1" "Dépistage du cancer";
    TNM_T = LOINC "21905-5" "TNM Clinique T";
    TNM_N = LOINC "21906-3" "TNM Clinique N";
    TNM_M = LOINC "21907-1" "TNM Clinique M";
    OTHER_CLASSIFICATION = LOINC "21918-8" "Autre classification du stade";
    CLASSIFICATION_NAME = TA_ASIP "GEN-101" "Nom de la classification";
    CLASSIFICATION_VERSION = TA_ASIP "GEN-102" "Version de la classification";
    LOCAL_PROGRESSION = TA_ASIP "MED-246" "Progression locale du cancer";
    REGIONAL_PROGRESSION = TA_ASIP "MED-247" "Progression régionale du cancer";
    DISTANT_PROGRESSION = TA_ASIP "MED-248" "Progression à distance du cancer";
}

sections! {
    S_EVENTS = S_EVENTS "42545-4" "Evènements observés", Some("MODE DE DÉCOUVERTE DU CANCER");
    S_PHASE = S_PROGRESS "18733-6" "Note de progression", Some("PHASE CLINIQUE DE LA MALADIE");
}

entries! {
    PHASE = SIMPLE_OBSERVATION TA_ASIP "MED-243" "Phase du cancer", negatable();
    PROGRESSION = SIMPLE_OBSERVATION TA_ASIP "MED-245" "Progression du cancer", negatable();
    // G-1009 in the volet 2021.01
    DIAGNOSIS = CANCER_DIAGNOSIS SNOMED_CT "282291009" "interprétation diagnostique", negatable(), or_code(&["G-1009"]);
    TNM = TNM_STAGE LOINC "75620-5" "Stade TNM Clinique", negatable(), without_id();
    STATUS = DOCUMENT_STATUS TA_ASIP "GEN-065" "Statut du document";
}

/// In the volet 2021.01: FR-Liste-des-problemes.
pub(crate) static PROBLEM_LIST: EntryTemplate =
    EntryTemplate::coded_by_input("act", "ACT", "EVN", t::CANCER_PROBLEM_LIST)
        .or_template("1.2.250.1.213.1.1.3.39");
