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
use super::templates;
use crate::cda::calls::document_calls;
use crate::cda::datatypes::Fixed;
use crate::cda::header::DocumentTemplate;
use crate::cda::{Codec, ReadOptions, Reading};
use crate::model::Phase;
use crate::problem::Problems;
use crate::terminology::code_system::LOINC;

/// The volet: template 1.2.250.1.213.1.1.1.26, version 2022.01.
pub static PPS: DocumentTemplate = DocumentTemplate {
    template: ("1.2.250.1.213.1.1.1.26", Some("2022.01")),
    other_versions: &[],
    code: Fixed {
        system: LOINC,
        code: "18776-5",
        label: "Plan personnalisé de soins",
    },
};

const TITLE: &str = "PROGRAMME PERSONNALISÉ DE SOINS EN CANCÉROLOGIE";

document_calls!(Pps, "pps", "PPS", shape: PPS, describe: pps, body: pps_body);

impl Pps {
    /// Templates by which a CDA document is known to be one.
    pub(crate) const TEMPLATES: &[&str] = &[PPS.template.0];

    /// Reads a document of the volet 2022.01, also a self-presenting one
    /// (within its style sheet).
    ///
    /// What the document says and the model has no place for is listed beside
    /// the PPS. Identifiers of sections and entries are not kept: they are
    /// derived again when the PPS is written.
    ///
    /// # Errors
    /// The text is not XML, passes a limit, holds a DTD, or is not a PPS.
    pub fn from_cda_with(bytes: &[u8], options: &ReadOptions) -> Result<Reading<Self>, Problems> {
        Codec::read(bytes, options, Self::TEMPLATES, |s| {
            let mut pps = Pps::default();
            s.pps(&PPS, &mut pps, |s, p| s.pps_body(p));
            pps
        })
    }
}

impl Codec<'_> {
    fn pps(
        &mut self,
        shape: &DocumentTemplate,
        p: &mut Pps,
        body: impl FnOnce(&mut Self, &mut Pps),
    ) {
        let mut header = std::mem::take(&mut p.header);
        self.document(shape, &mut header, TITLE, |s, header| {
            s.pps_team(&mut p.team);
            s.pps_act(header, &mut p.context);
            s.replaced(&mut header.replaces, &header.set_id);
            s.pps_encounter(&mut p.context);
            body(s, p);
        });
        p.header = header;
        if !self.is_writing() && p.header.title.as_deref() == Some(TITLE) {
            p.header.title = None;
        }
    }

    fn pps_body(&mut self, p: &mut Pps) {
        self.structured_body(|s| s.pps_sections(p));
    }

    fn pps_sections(&mut self, p: &mut Pps) {
        self.text_section(
            &templates::S_PATIENT_COMMENT,
            "Commentaire sur le patient",
            &mut p.patient_comment,
        );
        self.pps_paediatrics(&mut p.paediatrics);
        self.tumours(&templates::S_DIAGNOSIS, &mut p.tumours);
        self.screening(&mut p.from_screening);
        let present = p.phase.is_some();
        let mut phase: Phase = p.phase.take().unwrap_or_default();
        p.phase = self.phase(present, &mut phase).then_some(phase);
        self.pps_programme(&mut p.programme);
        self.pps_support(&mut p.support);
        self.pps_status(p);
        self.pps_references(&mut p.references);
        self.pps_personal_data(&mut p.personal_data_notice);
    }
}
