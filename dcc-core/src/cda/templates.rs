//! The one table of template ids, and the templates of entries and sections.
//!
//! Names are those of the CI-SIS volet « Modèles de contenus CDA ». Each list
//! goes from the most general template to that of the CI-SIS, which comes last.

use super::datatypes::Fixed;

macro_rules! templates {
    ($($(#[$meta:meta])* $name:ident = [$($root:literal),* $(,)?];)*) => {
        $( $(#[$meta])* pub const $name: &[&str] = &[$($root),*]; )*
    };
}

templates! {
    /// Every document: HL7 France, then CI-SIS minimal structure.
    DOCUMENT = ["2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1"];
    /// A document whose body is a file (IHE XDS-SD).
    NON_STRUCTURED = ["1.3.6.1.4.1.19376.1.2.20"];

    /// FR-Simple-Observation.
    SIMPLE_OBSERVATION = ["1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.2.250.1.213.1.1.3.48"];
    /// FR-Commentaire-ER.
    COMMENT = ["2.16.840.1.113883.10.20.1.40", "1.3.6.1.4.1.19376.1.5.3.1.4.2", "1.2.250.1.213.1.1.3.32"];
    /// FR-Probleme.
    PROBLEM = ["2.16.840.1.113883.10.20.1.28", "1.3.6.1.4.1.19376.1.5.3.1.4.5", "1.2.250.1.213.1.1.3.37"];
    /// FR-Liste-des-problemes-cancer.
    CANCER_PROBLEM_LIST = [
        "2.16.840.1.113883.10.20.1.27", "1.3.6.1.4.1.19376.1.5.3.1.4.5.1", "1.3.6.1.4.1.19376.1.5.3.1.4.5.2",
        "1.2.250.1.213.1.1.3.39", "1.2.250.1.213.1.1.3.39.1",
    ];
    /// FR-Diagnostic-du-cancer.
    CANCER_DIAGNOSIS = [
        "2.16.840.1.113883.10.20.1.28", "1.3.6.1.4.1.19376.1.5.3.1.4.5", "1.2.250.1.213.1.1.3.37",
        "1.3.6.1.4.1.19376.1.7.3.1.4.14.1", "1.2.250.1.213.1.1.3.113",
    ];
    /// Clinical TNM stage.
    TNM_STAGE = ["1.3.6.1.4.1.19376.1.7.3.1.4.14.2"];
    /// FR-Observation-sur-echelle-de-la-douleur.
    PAIN_SCALE = ["1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.3.6.1.4.1.19376.1.5.3.1.1.12.3.1", "1.2.250.1.213.1.1.3.89"];
    /// FR-Evaluation.
    ASSESSMENT = [
        "1.3.6.1.4.1.19376.1.5.3.1.4.13", "2.16.840.1.113883.10.20.1.31", "1.3.6.1.4.1.19376.1.5.3.1.1.12.3.6",
        "1.2.250.1.213.1.1.3.25",
    ];
    /// FR-Score-depression-geriatrique.
    GERIATRIC_SCORE = [
        "2.16.840.1.113883.10.20.1.31", "1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.3.6.1.4.1.19376.1.5.3.1.1.12.3.4",
        "1.2.250.1.213.1.1.3.110",
    ];
    /// FR-Acte, done.
    PROCEDURE_EVENT = ["1.3.6.1.4.1.19376.1.5.3.1.4.19", "2.16.840.1.113883.10.20.1.29", "1.2.250.1.213.1.1.3.62"];
    /// FR-Acte, planned.
    PROCEDURE_INTENT = ["2.16.840.1.113883.10.20.1.25", "1.3.6.1.4.1.19376.1.5.3.1.4.19", "1.2.250.1.213.1.1.3.62"];
    /// FR-Rencontre, planned.
    ENCOUNTER_INTENT = ["2.16.840.1.113883.10.20.1.25", "1.3.6.1.4.1.19376.1.5.3.1.4.14", "1.2.250.1.213.1.1.3.58"];
    /// FR-Demande-d-examen-ou-de-suivi.
    OBSERVATION_REQUEST = ["2.16.840.1.113883.10.20.1.25", "1.3.6.1.4.1.19376.1.5.3.1.1.20.3.1", "1.2.250.1.213.1.1.3.27"];
    /// FR-Statut-du-dossier-presente-en-RCP.
    RCP_FILE_STATUS = ["1.2.250.1.213.1.1.3.7"];
    /// FR-Signe-vital-observe.
    VITAL_SIGN = [
        "2.16.840.1.113883.10.20.1.31", "1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.3.6.1.4.1.19376.1.5.3.1.4.13.2",
        "1.2.250.1.213.1.1.3.50",
    ];
    /// FR-Habitus-Mode-de-vie.
    SOCIAL_HISTORY = [
        "2.16.840.1.113883.10.20.1.33", "1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.3.6.1.4.1.19376.1.5.3.1.4.13.4",
        "1.2.250.1.213.1.1.3.52",
    ];
    /// FR-References-externes.
    EXTERNAL_REFERENCES = ["1.3.6.1.4.1.19376.1.5.3.1.4.4", "1.2.250.1.213.1.1.3.35"];
    /// FR-Statut-document.
    DOCUMENT_STATUS = ["1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.2.250.1.213.1.1.3.48", "1.2.250.1.213.1.1.3.48.16"];

    /// FR-Raison-de-la-recommandation.
    S_REASON = ["1.3.6.1.4.1.19376.1.5.3.1.3.1", "1.3.6.1.4.1.19376.1.5.3.1.3.2", "1.2.250.1.213.1.1.2.128"];
    /// FR-Resultats-evenements.
    S_EVENTS = ["1.3.6.1.4.1.19376.1.5.3.1.1.21.2.9", "1.3.6.1.4.1.19376.1.7.3.1.1.13.7", "1.2.250.1.213.1.1.2.163"];
    /// FR-Diagnostic-du-cancer.
    S_CANCER_DIAGNOSIS = [
        "2.16.840.1.113883.10.20.1.11", "1.3.6.1.4.1.19376.1.5.3.1.3.6", "1.3.6.1.4.1.19376.1.7.3.1.3.14.1",
        "1.2.250.1.213.1.1.2.27",
    ];
    /// FR-Antecedents-medicaux-non-code.
    S_HISTORY = ["1.2.250.1.213.1.1.2.2"];
    /// FR-Problemes-actifs-non-code.
    S_ACTIVE_PROBLEMS = ["1.2.250.1.213.1.1.2.176"];
    /// FR-Evaluation-du-statut-fonctionnel.
    S_FUNCTIONAL_STATUS = [
        "2.16.840.1.113883.10.20.1.5", "1.3.6.1.4.1.19376.1.5.3.1.3.17", "1.3.6.1.4.1.19376.1.5.3.1.1.12.2.1",
        "1.2.250.1.213.1.1.2.111",
    ];
    /// FR-Evaluation-de-la-douleur.
    S_PAIN = ["1.3.6.1.4.1.19376.1.5.3.1.1.12.2.2", "1.2.250.1.213.1.1.2.112"];
    /// FR-Fonctions-physiques.
    S_PHYSICAL_FUNCTIONS = ["1.3.6.1.4.1.19376.1.5.3.1.1.12.2.5", "1.2.250.1.213.1.1.2.115"];
    /// FR-Evaluation-de-la-depression-geriatrique.
    S_GERIATRIC = ["1.3.6.1.4.1.19376.1.5.3.1.1.12.2.4", "1.2.250.1.213.1.1.2.114"];
    /// FR-Resultats-examens-non-code.
    S_RESULTS = ["1.3.6.1.4.1.19376.1.5.3.1.3.27", "1.2.250.1.213.1.1.2.150"];
    /// FR-Note-de-progression.
    S_PROGRESS = ["1.3.6.1.4.1.19376.1.5.3.1.1.13.2.7", "1.2.250.1.213.1.1.2.25"];
    /// FR-Actes-et-interventions.
    S_PROCEDURES = ["1.3.6.1.4.1.19376.1.5.3.1.1.13.2.11", "1.2.250.1.213.1.1.2.118"];
    /// FR-Conclusion-de-CRO.
    S_OPERATIVE_REPORT = ["1.2.250.1.213.1.1.2.26"];
    /// FR-Conclusion-du-CR-ACP.
    S_PATHOLOGY_REPORT = ["1.2.250.1.213.1.1.2.34"];
    /// FR-Conclusion-CR-GM.
    S_MOLECULAR_REPORT = ["1.2.250.1.213.1.1.2.67"];
    /// FR-Commentaire-non-code.
    S_COMMENT = ["2.16.840.1.113883.10.12.201", "1.3.6.1.4.1.19376.1.4.1.2.16", "1.2.250.1.213.1.1.2.73"];
    /// FR-Histoire-de-la-maladie-non-code.
    S_PRESENT_ILLNESS = ["1.3.6.1.4.1.19376.1.5.3.1.3.4", "1.2.250.1.213.1.1.2.130"];
    /// FR-Statut-dossier-RCP.
    S_RCP_FILE = ["1.2.250.1.213.1.1.2.33"];
    /// FR-Plan-de-soins.
    S_CARE_PLAN = ["2.16.840.1.113883.10.20.1.10", "1.3.6.1.4.1.19376.1.5.3.1.3.36", "1.2.250.1.213.1.1.2.158"];
    /// FR-Cadre-de-la-proposition-therapeutique.
    S_PROPOSAL_FRAME = ["1.2.250.1.213.1.1.2.175"];
    /// FR-Cadre-de-la-proposition-therapeutique, volet 2021.01.
    S_PROPOSAL_FRAME_2021 = ["1.2.250.1.213.1.1.2.45"];
    /// FR-Statut-du-document.
    S_DOCUMENT_STATUS = ["1.2.250.1.213.1.1.2.35"];
    /// FR-Documents-references.
    S_REFERENCED_DOCUMENTS = ["1.2.250.1.213.1.1.2.55"];
}

/// The shape of a clinical statement: element, classes, templates, code.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Element: `observation`, `act`, `procedure`, `encounter`, `organizer`.
    pub element: &'static str,
    /// `classCode`.
    pub class: &'static str,
    /// `moodCode`.
    pub mood: &'static str,
    /// `negationInd="false"` is written.
    pub negation: bool,
    /// `negationInd="true"` is written.
    pub negated: bool,
    /// Templates, that of the CI-SIS last.
    pub templates: &'static [&'static str],
    /// An `id` is written.
    pub id: bool,
    /// Code, when the specification fixes it.
    pub code: Option<Fixed>,
    /// Codes of the same statement in other versions of the volet.
    pub other_codes: &'static [&'static str],
    /// Template of the same statement in other versions of the volet.
    pub other_template: Option<&'static str>,
}

impl Shape {
    /// An observation made.
    pub const fn observation(templates: &'static [&'static str], code: Fixed) -> Shape {
        Shape {
            element: "observation",
            class: "OBS",
            mood: "EVN",
            negation: false,
            negated: false,
            templates,
            id: true,
            code: Some(code),
            other_codes: &[],
            other_template: None,
        }
    }

    /// A simple observation (FR-Simple-Observation).
    pub const fn simple(code: Fixed) -> Shape {
        Shape::observation(SIMPLE_OBSERVATION, code)
    }

    /// The same, writing `negationInd="false"`.
    #[must_use]
    pub const fn negatable(mut self) -> Shape {
        self.negation = true;
        self
    }

    /// Another element, class and mood.
    #[must_use]
    pub const fn as_element(
        mut self,
        element: &'static str,
        class: &'static str,
        mood: &'static str,
    ) -> Shape {
        self.element = element;
        self.class = class;
        self.mood = mood;
        self
    }

    /// The same, without an `id`.
    #[must_use]
    pub const fn without_id(mut self) -> Shape {
        self.id = false;
        self
    }

    /// A statement whose code is the input's.
    pub const fn coded_by_input(
        element: &'static str,
        class: &'static str,
        mood: &'static str,
        templates: &'static [&'static str],
    ) -> Shape {
        Shape {
            element,
            class,
            mood,
            negation: false,
            negated: false,
            templates,
            id: true,
            code: None,
            other_codes: &[],
            other_template: None,
        }
    }
}

/// The shape of a section.
#[derive(Clone, Copy, Debug)]
pub struct SectionTemplate {
    /// Templates, that of the CI-SIS last.
    pub templates: &'static [&'static str],
    /// Templates of the same section in other versions of the volet.
    pub other_templates: &'static [&'static str],
    /// Code.
    pub code: Fixed,
    /// A second code, where the volet has several sections of one template.
    pub translation: Option<Fixed>,
    /// Title; none where the volet has none.
    pub title: Option<&'static str>,
    /// An `id` is written.
    pub id: bool,
}

/// Codes of a volet, `NAME = SYSTEM "code" "label";`.
macro_rules! codes {
    ($($name:ident = $system:ident $code:literal $label:literal;)*) => {
        $(pub(crate) static $name: $crate::cda::datatypes::Fixed = $crate::cda::datatypes::Fixed { system: $system, code: $code, label: $label };)*
    };
}

/// Simple observations of a volet, one line each.
macro_rules! observations {
    ($($name:ident = $system:ident $code:literal $label:literal;)*) => {
        $(pub(crate) static $name: $crate::cda::templates::Shape = $crate::cda::templates::Shape::simple($crate::cda::datatypes::Fixed { system: $system, code: $code, label: $label });)*
    };
}

/// Sections of a volet, `NAME = TEMPLATES "code" "label", title;`.
macro_rules! sections {
    ($($name:ident = $templates:ident $code:literal $label:literal, $title:expr;)*) => {
        $(pub(crate) static $name: $crate::cda::templates::SectionTemplate = $crate::cda::templates::SectionTemplate {
            templates: $crate::cda::templates::$templates,
            other_templates: &[],
            code: $crate::cda::datatypes::Fixed { system: LOINC, code: $code, label: $label },
            title: $title,
            translation: None,
            id: true,
        };)*
    };
}
pub(crate) use {codes, observations, sections};
