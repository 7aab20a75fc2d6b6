//! The document of a PPS, written and read by one description.
//!
//! - [`context`]: participants, act and encounter, in the header
//! - [`care`]: an act of the programme or of the supportive care
//! - [`plan`]: programme and supportive care
//! - [`status`]: status, update, date of the RCP, handover
//! - [`annexes`]: paediatrics, referenced documents, personal data

mod annexes;
mod care;
mod context;
mod plan;
mod status;

use super::Pps;
use super::model::PpsFields;
use super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::FixedCode;
use crate::cda::description::{Described, Level};
use crate::cda::header::DocumentTemplate;
use crate::cda::slot::{Slot, local, slot};
use crate::document::clinical_document;
use crate::model::Header;
use crate::problem::Problems;
use crate::terminology::Terminology;
use crate::terminology::code_system::LOINC;

/// The volet: template 1.2.250.1.213.1.1.1.26, version 2022.01.
static PPS: DocumentTemplate = DocumentTemplate {
    template: ("1.2.250.1.213.1.1.1.26", Some("2022.01")),
    other_versions: &[],
    code: FixedCode::new(LOINC, "18776-5", "Plan personnalisé de soins"),
};

const TITLE: &str = "PROGRAMME PERSONNALISÉ DE SOINS EN CANCÉROLOGIE";

clinical_document!(Pps as PpsFields, "pps");

impl Described for Pps {
    const TEMPLATE: &'static DocumentTemplate = &PPS;
    const KNOWN_BY: &'static [&'static str] = &[PPS.template.0];

    fn head(&self) -> &Header {
        &self.header
    }

    fn problems(&self, terminology: &Terminology) -> Problems {
        self.every_problem(terminology)
    }

    fn describe(codec: &mut Codec<'_>, mut p: Slot<'_, Self>, level: Level<'_>) {
        codec.document_head(
            &level.template(&PPS),
            local(&mut None),
            slot!(p.header),
            TITLE,
        );
        codec.pps_team(slot!(p.team));
        codec.pps_act(p.by());
        codec.replaced(slot!(p.header));
        codec.pps_encounter(slot!(p.context));
        codec.body(level, |s| s.pps_sections(p));
        codec.document_end();
    }
}

impl Codec<'_> {
    fn pps_sections(&mut self, mut p: Slot<'_, Pps>) {
        self.text_section(
            &templates::S_PATIENT_COMMENT,
            "Commentaire sur le patient",
            slot!(p.patient_comment),
        );
        self.pps_paediatrics(slot!(p.paediatrics));
        self.tumours(&templates::S_DIAGNOSIS, slot!(p.tumours));
        self.screening(slot!(p.from_screening));
        self.maybe(slot!(p.phase), Self::phase);
        self.pps_programme(slot!(p.programme));
        self.pps_support(slot!(p.support));
        self.pps_status(p.by());
        self.pps_references(slot!(p.references));
        self.pps_personal_data(slot!(p.personal_data_notice));
    }
}
