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
use super::shapes;
use crate::cda::datatypes::Fixed;
use crate::cda::header::DocumentShape;
use crate::cda::{ReadOptions, Reading, Scribe, WriteOptions};
use crate::level1::pdf;
use crate::model::{Binary, Phase, json};
use crate::problem::Problems;
use crate::terminology::code_system::LOINC;

/// The volet: template 1.2.250.1.213.1.1.1.26, version 2022.01.
pub static PPS: DocumentShape = DocumentShape {
    template: ("1.2.250.1.213.1.1.1.26", Some("2022.01")),
    other_versions: &[],
    code: Fixed {
        system: LOINC,
        code: "18776-5",
        label: "Plan personnalisé de soins",
    },
};

const TITLE: &str = "PROGRAMME PERSONNALISÉ DE SOINS EN CANCÉROLOGIE";

impl Pps {
    /// Templates by which a CDA document is known to be one.
    pub(crate) const TEMPLATES: &[&str] = &[PPS.template.0];

    /// The `"document"` key of its JSON.
    pub const KIND: &'static str = "pps";

    /// Reads the JSON form.
    ///
    /// # Errors
    /// Every syntax error, unknown field and value of the wrong form
    /// (`JSON-…`); what the values mean is judged by [`Pps::check`].
    pub fn from_json(text: &[u8]) -> Result<Self, Problems> {
        json::read(text, Self::KIND)
    }

    /// Writes the JSON form.
    pub fn to_json(&self) -> String {
        json::write(self, Self::KIND).unwrap_or_default()
    }

    /// The document, CDA R2 level 3, in UTF-8. The same PPS gives the same bytes.
    ///
    /// # Errors
    /// Every problem of the PPS, when one of them is blocking.
    pub fn to_cda(&self) -> Result<Vec<u8>, Problems> {
        self.to_cda_with(&WriteOptions::default())
    }

    /// As [`Pps::to_cda`], with options.
    ///
    /// # Errors
    /// As [`Pps::to_cda`], but for the codes that the options accept.
    pub fn to_cda_with(&self, options: &WriteOptions) -> Result<Vec<u8>, Problems> {
        let terminology = options.terminology();
        options.allow(self.check_with(terminology))?;
        let mut pps = self.clone();
        let id = pps.header.id.to_string();
        Ok(Scribe::write(terminology, &id, |s| {
            s.pps(&PPS, &mut pps, |s, p| s.pps_body(p));
        }))
    }

    /// The document, CDA R2 level 1: the same header, and `pdf` as body.
    ///
    /// # Errors
    /// Every problem of the PPS and of the PDF, when one of them is blocking.
    pub fn to_cda_level1(&self, pdf: &[u8]) -> Result<Vec<u8>, Problems> {
        self.to_cda_level1_with(pdf, &WriteOptions::default())
    }

    /// As [`Pps::to_cda_level1`], with options.
    ///
    /// # Errors
    /// As [`Pps::to_cda_level1`], but for the codes that the options accept.
    pub fn to_cda_level1_with(
        &self,
        pdf: &[u8],
        options: &WriteOptions,
    ) -> Result<Vec<u8>, Problems> {
        let terminology = options.terminology();
        let mut pdf = Binary(pdf.to_vec());
        let mut problems = self.check_with(terminology);
        pdf::check(&pdf, "/pdf", &mut problems);
        options.allow(problems)?;
        let mut pps = self.clone();
        let id = pps.header.id.to_string();
        let shape = DocumentShape::level_one(PPS.code);
        Ok(Scribe::write(terminology, &id, |s| {
            s.pps(&shape, &mut pps, |s, _| s.pdf_body(&mut pdf));
        }))
    }

    /// Reads a document of the volet 2022.01, also a self-presenting one
    /// (within its style sheet).
    ///
    /// What the document says and the model has no place for is listed beside
    /// the PPS. Identifiers of sections and entries are not kept: they are
    /// derived again when the PPS is written.
    ///
    /// # Errors
    /// The text is not XML, passes a limit, holds a DTD, or is not a PPS.
    pub fn from_cda(bytes: &[u8]) -> Result<Reading<Self>, Problems> {
        Self::from_cda_with(bytes, &ReadOptions::default())
    }

    /// As [`Pps::from_cda`], with options.
    ///
    /// # Errors
    /// As [`Pps::from_cda`].
    pub fn from_cda_with(bytes: &[u8], options: &ReadOptions) -> Result<Reading<Self>, Problems> {
        Scribe::read(bytes, options, Self::TEMPLATES, |s| {
            let mut pps = Pps::default();
            s.pps(&PPS, &mut pps, |s, p| s.pps_body(p));
            pps
        })
    }
}

impl Scribe<'_> {
    fn pps(&mut self, shape: &DocumentShape, p: &mut Pps, body: impl FnOnce(&mut Self, &mut Pps)) {
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
            &shapes::S_PATIENT_COMMENT,
            "Commentaire sur le patient",
            &mut p.patient_comment,
        );
        self.pps_paediatrics(&mut p.paediatrics);
        self.tumours(&shapes::S_DIAGNOSIS, &mut p.tumours);
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
