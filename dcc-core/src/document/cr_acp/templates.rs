//! Templates and codes of IHE APSR 2 and of the CI-SIS, one line each.

use super::SectionKind;
use crate::cda::datatypes::FixedCode;
use crate::cda::templates::EntryTemplate;
use crate::terminology::code_system::{IHE_ACT_CODE, LOINC};

/// What a nature of section fixes.
pub(super) struct SectionDef {
    pub(super) kind: SectionKind,
    pub(super) template: &'static str,
    pub(super) code: FixedCode,
    pub(super) title: &'static str,
}

macro_rules! section_kinds {
    ($($kind:ident $template:literal $code:literal $label:literal $title:literal;)*) => {
        static SECTIONS: &[SectionDef] = &[$(SectionDef {
            kind: SectionKind::$kind,
            template: $template,
            code: FixedCode::new(LOINC, $code, $label ),
            title: $title,
        }),*];
    };
}

section_kinds! {
    ClinicalInformation "1.3.6.1.4.1.19376.1.8.1.2.1" "22636-5" "Anapath – Informations pertinentes" "RENSEIGNEMENTS CLINIQUES";
    ProcedureSteps "1.3.6.1.4.1.19376.1.8.1.2.6" "46059-2" "Traitements spéciaux" "PRÉLÈVEMENTS";
    Intraoperative "1.3.6.1.4.1.19376.1.8.1.2.2" "83321-0" "Observation extemporané" "EXAMEN EXTEMPORANÉ";
    Macroscopic "1.3.6.1.4.1.19376.1.8.1.2.3" "22634-0" "Observation macroscopique" "DESCRIPTION MACROSCOPIQUE";
    Microscopic "1.3.6.1.4.1.19376.1.8.1.2.4" "22635-7" "Description histopathologique" "DESCRIPTION HISTOPATHOLOGIQUE";
    Conclusion "1.3.6.1.4.1.19376.1.8.1.2.5" "22637-3" "Conclusion - Diagnostic" "CONCLUSION - DIAGNOSTIC";
}

/// What a nature of section fixes.
pub(super) fn section(kind: SectionKind) -> Option<&'static SectionDef> {
    SECTIONS.iter().find(|s| s.kind == kind)
}

/// The nature of a section code.
pub(super) fn section_of(code: &str) -> Option<&'static SectionDef> {
    SECTIONS.iter().find(|s| s.code.code == code)
}

const fn any(
    element: &'static str,
    class: &'static str,
    templates: &'static [&'static str],
) -> EntryTemplate {
    EntryTemplate::coded_by_input(element, class, "EVN", templates)
}

/// A statement as it is written, and what a reader takes for one.
pub(super) struct Statement {
    pub(super) written: EntryTemplate,
    pub(super) read: EntryTemplate,
}

macro_rules! statements {
    ($($(#[$meta:meta])* $name:ident = $element:literal $class:literal [$($template:literal),*];)*) => {
        $( $(#[$meta])* pub(super) static $name: Statement = Statement {
            written: any($element, $class, &[$($template),*]),
            read: any($element, $class, &[]),
        }; )*
    };
}

statements! {
    /// APSR problem organizer, FR-Problem-organizer.
    PROBLEM_ORGANIZER = "organizer" "BATTERY" ["1.3.6.1.4.1.19376.1.8.1.3.6", "1.2.250.1.213.1.1.3.74"];
    /// APSR 1 specimen organizer.
    SPECIMEN_ORGANIZER = "organizer" "CLUSTER" ["1.3.6.1.4.1.19376.1.8.1.4.4"];
    /// APSR 1 battery on a specimen.
    SPECIMEN_BATTERY = "organizer" "BATTERY" ["1.3.6.1.4.1.19376.1.8.1.4.8"];
    /// Specimen procedure step, FR-Prelevement.
    PROCEDURE_STEP = "procedure" "PROC" ["1.3.6.1.4.1.19376.1.3.10.4.1", "1.2.250.1.213.1.1.3.100"];
    /// Specimen collection.
    COLLECTION = "procedure" "PROC" ["1.3.6.1.4.1.19376.1.3.1.2"];
    /// FR-Observation-anatomo-pathologique.
    OBSERVATION = "observation" "OBS" ["1.3.6.1.4.1.19376.1.8.1.4.9", "1.2.250.1.213.1.1.3.102"];
    /// FR-Observation of an observation.
    COMPONENT_OBSERVATION = "observation" "OBS" ["1.2.250.1.213.1.1.3.170"];
}

/// Date of reception of a specimen.
pub(super) static RECEIVED: EntryTemplate = EntryTemplate::observation(
    &["1.3.6.1.4.1.19376.1.3.1.3", "1.2.250.1.213.1.1.3.107"],
    FixedCode::new(IHE_ACT_CODE, "SPRECEIVE", "Date réception échantillon"),
)
.as_element("act", "ACT", "EVN")
.without_id();

/// *Problème*: the code of an organizer.
pub(super) static PROBLEM: FixedCode = FixedCode::new(LOINC, "75326-9", "Problème");
