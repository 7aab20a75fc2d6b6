//! The one table of template ids, and the templates of entries and sections.
//!
//! Names are those of the CI-SIS volet « Modèles de contenus CDA ». Each list
//! goes from the most general template to that of the CI-SIS, which comes last.

use super::datatypes::FixedCode;

macro_rules! templates {
    ($($(#[$meta:meta])* $name:ident = [$($root:literal),* $(,)?];)*) => {
        $( $(#[$meta])* pub(crate) const $name: &[&str] = &[$($root),*]; )*
    };
}

templates! {
    /// Every document: HL7 France, then CI-SIS minimal structure.
    DOCUMENT = ["2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1"];
    /// A document whose body is a file (IHE XDS-SD).
    NON_STRUCTURED = ["1.3.6.1.4.1.19376.1.2.20"];

    /// A section or a statement that no template defines.
    NO_TEMPLATE = [];
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
pub struct EntryTemplate {
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
    pub code: Option<FixedCode>,
    /// Binding of the same statement in other versions of the volet.
    pub other_codes: &'static [&'static str],
    /// Template of the same statement in other versions of the volet.
    pub other_template: Option<&'static str>,
}

impl EntryTemplate {
    /// An observation made.
    pub const fn observation(templates: &'static [&'static str], code: FixedCode) -> EntryTemplate {
        EntryTemplate {
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

    /// The same, writing `negationInd="false"`.
    #[must_use]
    pub const fn negatable(mut self) -> EntryTemplate {
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
    ) -> EntryTemplate {
        self.element = element;
        self.class = class;
        self.mood = mood;
        self
    }

    /// The same, without an `id`.
    #[must_use]
    pub const fn without_id(mut self) -> EntryTemplate {
        self.id = false;
        self
    }

    /// The same, read under these codes of other versions too.
    #[must_use]
    pub const fn or_code(mut self, codes: &'static [&'static str]) -> EntryTemplate {
        self.other_codes = codes;
        self
    }

    /// The same, read under this template of another version too.
    #[must_use]
    pub const fn or_template(mut self, template: &'static str) -> EntryTemplate {
        self.other_template = Some(template);
        self
    }

    /// A statement whose code is the input's.
    pub const fn coded_by_input(
        element: &'static str,
        class: &'static str,
        mood: &'static str,
        templates: &'static [&'static str],
    ) -> EntryTemplate {
        EntryTemplate {
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
    pub code: FixedCode,
    /// A second code, where the volet has several sections of one template.
    pub translation: Option<FixedCode>,
    /// Title; none where the volet has none.
    pub title: Option<&'static str>,
    /// An `id` is written.
    pub id: bool,
}

impl SectionTemplate {
    /// A section with an id, and a title where the volet has one.
    pub const fn new(
        templates: &'static [&'static str],
        code: FixedCode,
        title: Option<&'static str>,
    ) -> SectionTemplate {
        SectionTemplate {
            templates,
            other_templates: &[],
            code,
            translation: None,
            title,
            id: true,
        }
    }

    /// The same, read under these templates of other versions too.
    #[must_use]
    pub const fn also(mut self, templates: &'static [&'static str]) -> SectionTemplate {
        self.other_templates = templates;
        self
    }

    /// The same, with a second code.
    #[must_use]
    pub const fn translated(mut self, code: FixedCode) -> SectionTemplate {
        self.translation = Some(code);
        self
    }

    /// The same, without an `id`.
    #[must_use]
    pub const fn without_id(mut self) -> SectionTemplate {
        self.id = false;
        self
    }
}

/// Codes of a volet, `NAME = SYSTEM "code" "label";`.
macro_rules! codes {
    ($($name:ident = $system:ident $code:literal $label:literal;)*) => {
        $(pub(crate) static $name: $crate::cda::datatypes::FixedCode =
            $crate::cda::datatypes::FixedCode::new($system, $code, $label);)*
    };
}

/// Simple observations of a volet, one line each: as [`entries!`], without a template.
macro_rules! observations {
    ($($name:ident = $system:ident $code:literal $label:literal;)*) => {
        $crate::cda::templates::entries! {
            $($name = SIMPLE_OBSERVATION $system $code $label;)*
        }
    };
}

/// Statements of a volet, `NAME = TEMPLATES SYSTEM "code" "label", change(…);`:
/// an observation of these templates and of this code, changed by methods of
/// [`EntryTemplate`].
macro_rules! entries {
    ($($name:ident = $templates:ident $system:ident $code:literal $label:literal $(, $change:ident($($arg:expr),*))*;)*) => {
        $(pub(crate) static $name: $crate::cda::templates::EntryTemplate =
            $crate::cda::templates::EntryTemplate::observation(
                $crate::cda::templates::$templates,
                $crate::cda::datatypes::FixedCode::new($system, $code, $label),
            )$(.$change($($arg),*))*;)*
    };
}

/// Sections of a volet, `NAME = TEMPLATES "code" "label", title, change(…);`:
/// the code is of LOINC, the changes are methods of [`SectionTemplate`].
macro_rules! sections {
    ($($name:ident = $templates:ident $code:literal $label:literal, $title:expr $(, $change:ident($($arg:expr),*))*;)*) => {
        $(pub(crate) static $name: $crate::cda::templates::SectionTemplate =
            $crate::cda::templates::SectionTemplate::new(
                $crate::cda::templates::$templates,
                $crate::cda::datatypes::FixedCode::new(
                    $crate::terminology::code_system::LOINC,
                    $code,
                    $label,
                ),
                $title,
            )$(.$change($($arg),*))*;)*
    };
}
pub(crate) use {codes, entries, observations, sections};
