//! The document of a report, written and read by one description.
//!
//! - `sections`: sections, their text and images
//! - `entries`: samplings, groups of observations, observations
//! - `values`: codes with translations, values of observations

mod entries;
mod sections;
mod values;

use super::CrAcp;
use super::rules;
use crate::cda::datatypes::Fixed;
use crate::cda::header::DocumentShape;
use crate::cda::{ReadOptions, Reading, Scribe, WriteOptions};
use crate::level1::pdf;
use crate::model::{Binary, json};
use crate::problem::{Problem, Problems};
use crate::terminology::code_system::LOINC;

/// The document: template IHE APSR 1.3.6.1.4.1.19376.1.8.1.1.1.
pub static CR_ACP: DocumentShape = DocumentShape {
    template: ("1.3.6.1.4.1.19376.1.8.1.1.1", None),
    other_versions: &[],
    code: Fixed {
        system: LOINC,
        code: "60568-3",
        label: "CR d'anatomie et de cytologie pathologiques",
    },
};

/// Templates of the documents that share the structure: APSR, and CR-GM.
const READ: &[&str] = &["1.3.6.1.4.1.19376.1.8.1.1.1", "1.2.250.1.213.1.1.1.32"];

/// Title of the document when the header gives none.
const TITLE: &str = "COMPTE RENDU D'ANATOMIE ET CYTOLOGIE PATHOLOGIQUES";

impl CrAcp {
    /// Templates by which a CDA document is known to be one.
    pub(crate) const TEMPLATES: &[&str] = READ;

    /// The `"document"` key of its JSON.
    pub const KIND: &'static str = "cr_acp";

    /// Reads the JSON form.
    ///
    /// # Errors
    /// Every syntax error, unknown field and value of the wrong form
    /// (`JSON-…`); what the values mean is judged by [`CrAcp::check`].
    pub fn from_json(text: &[u8]) -> Result<Self, Problems> {
        json::read(text, Self::KIND)
    }

    /// Writes the JSON form.
    pub fn to_json(&self) -> String {
        json::write(self, Self::KIND).unwrap_or_default()
    }

    /// The document, CDA R2 level 3, in UTF-8. The same report gives the same bytes.
    ///
    /// # Errors
    /// Every problem of the report, when one of them is blocking; the report
    /// is not a CR-ACP (`ACP-ECRITURE`): a CR-GM is read and forwarded only.
    pub fn to_cda(&self) -> Result<Vec<u8>, Problems> {
        self.to_cda_with(&WriteOptions::default())
    }

    /// As [`CrAcp::to_cda`], with options.
    ///
    /// # Errors
    /// As [`CrAcp::to_cda`], but for the codes that the options accept.
    pub fn to_cda_with(&self, options: &WriteOptions) -> Result<Vec<u8>, Problems> {
        let mut problems = self.check_with(options.terminology());
        if let Some(code) = self.code.as_ref().filter(|c| c.code != CR_ACP.code.code) {
            problems.push(
                Problem::new(&rules::WRITTEN, "/code")
                    .found(&code.code)
                    .allowed([CR_ACP.code.code]),
            );
        }
        options.allow(problems)?;
        Ok(self.write(options, &CR_ACP, |s, r| s.acp_body(r)))
    }

    /// The document, CDA R2 level 1: the same header, and `pdf` as body.
    ///
    /// # Errors
    /// Every problem of the report and of the PDF, when one of them is blocking.
    pub fn to_cda_level1(&self, pdf: &[u8]) -> Result<Vec<u8>, Problems> {
        self.to_cda_level1_with(pdf, &WriteOptions::default())
    }

    /// As [`CrAcp::to_cda_level1`], with options.
    ///
    /// # Errors
    /// As [`CrAcp::to_cda_level1`], but for the codes that the options accept.
    pub fn to_cda_level1_with(
        &self,
        pdf: &[u8],
        options: &WriteOptions,
    ) -> Result<Vec<u8>, Problems> {
        let mut pdf = Binary(pdf.to_vec());
        let mut problems = self.check_with(options.terminology());
        pdf::check(&pdf, "/pdf", &mut problems);
        options.allow(problems)?;
        let shape = DocumentShape::level_one(CR_ACP.code);
        Ok(self.write(options, &shape, |s, _| s.pdf_body(&mut pdf)))
    }

    fn write(
        &self,
        options: &WriteOptions,
        shape: &DocumentShape,
        body: impl FnOnce(&mut Scribe<'_>, &mut CrAcp),
    ) -> Vec<u8> {
        let mut report = self.clone();
        let id = report.header.id.to_string();
        Scribe::write(options.terminology(), &id, |s| {
            s.acp_document(shape, &mut report, body);
        })
    }

    /// Reads a report: a CR-ACP (IHE APSR 1 or 2) or a CR-GM.
    ///
    /// What the document says and the model has no place for is listed beside
    /// the report. To send a report on, keep its bytes: see
    /// [`Received`](super::Received).
    ///
    /// # Errors
    /// The text is not XML, passes a limit, holds a DTD, or is not such a report.
    pub fn from_cda(bytes: &[u8]) -> Result<Reading<Self>, Problems> {
        Self::from_cda_with(bytes, &ReadOptions::default())
    }

    /// As [`CrAcp::from_cda`], with options.
    ///
    /// # Errors
    /// As [`CrAcp::from_cda`].
    pub fn from_cda_with(bytes: &[u8], options: &ReadOptions) -> Result<Reading<Self>, Problems> {
        Scribe::read(bytes, options, Self::TEMPLATES, |s| {
            let mut report = CrAcp::default();
            s.acp_document(&CR_ACP, &mut report, |s, r| s.acp_body(r));
            if report.header.title.as_deref() == Some(TITLE) {
                report.header.title = None;
            }
            report
        })
    }
}

impl Scribe<'_> {
    fn acp_document(
        &mut self,
        shape: &DocumentShape,
        r: &mut CrAcp,
        body: impl FnOnce(&mut Self, &mut CrAcp),
    ) {
        let mut header = std::mem::take(&mut r.header);
        let mut code = std::mem::take(&mut r.code);
        self.document_of(shape, &mut code, &mut header, TITLE, |s, header| {
            s.ignore_templates();
            s.care_context(&mut r.context, header);
            body(s, r);
        });
        r.header = header;
        r.code = code;
    }

    fn acp_body(&mut self, r: &mut CrAcp) {
        self.structured_body(|s| s.acp_sections("s", &mut r.sections));
    }
}
