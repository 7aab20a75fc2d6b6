//! The codes of the shared sections, one line each.

use crate::cda::datatypes::Fixed;
use crate::cda::templates::{self as t, Shape, codes, observations, sections};
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

pub(crate) static PHASE: Shape = Shape::simple(Fixed {
    system: TA_ASIP,
    code: "MED-243",
    label: "Phase du cancer",
})
.negatable();
pub(crate) static PROGRESSION: Shape = Shape::simple(Fixed {
    system: TA_ASIP,
    code: "MED-245",
    label: "Progression du cancer",
})
.negatable();
pub(crate) static DIAGNOSIS: Shape = Shape {
    // volet 2021.01
    other_codes: &["G-1009"],
    ..Shape::observation(
        t::CANCER_DIAGNOSIS,
        Fixed {
            system: SNOMED_CT,
            code: "282291009",
            label: "interprétation diagnostique",
        },
    )
    .negatable()
};
pub(crate) static TNM: Shape = Shape::observation(
    t::TNM_STAGE,
    Fixed {
        system: LOINC,
        code: "75620-5",
        label: "Stade TNM Clinique",
    },
)
.negatable()
.without_id();
pub(crate) static STATUS: Shape = Shape::observation(
    t::DOCUMENT_STATUS,
    Fixed {
        system: TA_ASIP,
        code: "GEN-065",
        label: "Statut du document",
    },
);

pub(crate) static PROBLEM_LIST: Shape = Shape {
    // volet 2021.01: FR-Liste-des-problemes
    other_template: Some("1.2.250.1.213.1.1.3.39"),
    ..Shape::coded_by_input("act", "ACT", "EVN", t::CANCER_PROBLEM_LIST)
};
