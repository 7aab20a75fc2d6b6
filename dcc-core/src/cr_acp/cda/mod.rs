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
use crate::cda::calls::document_calls;
use crate::cda::datatypes::Fixed;
use crate::cda::header::DocumentTemplate;
use crate::cda::{Codec, ReadOptions, Reading};
use crate::problem::{Problem, Problems};
use crate::terminology::code_system::LOINC;

/// The document: template IHE APSR 1.3.6.1.4.1.19376.1.8.1.1.1.
pub static CR_ACP: DocumentTemplate = DocumentTemplate {
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

document_calls!(
    CrAcp, "cr_acp", "report",
    shape: CR_ACP, describe: acp_document, body: acp_body, only: written_type
);

impl CrAcp {
    /// Templates by which a CDA document is known to be one.
    pub(crate) const TEMPLATES: &[&str] = READ;

    /// A CR-GM (`ACP-ECRITURE`) is read and forwarded only.
    fn written_type(&self) -> Option<Problem> {
        let code = self.code.as_ref().filter(|c| c.code != CR_ACP.code.code)?;
        Some(
            Problem::new(&rules::WRITTEN, "/code")
                .found(&code.code)
                .allowed([CR_ACP.code.code]),
        )
    }

    /// Reads a report: a CR-ACP (IHE APSR 1 or 2) or a CR-GM.
    ///
    /// What the document says and the model has no place for is listed beside
    /// the report. To send a report on, keep its bytes: see
    /// [`Received`](super::Received).
    ///
    /// # Errors
    /// The text is not XML, passes a limit, holds a DTD, or is not such a report.
    pub fn from_cda_with(bytes: &[u8], options: &ReadOptions) -> Result<Reading<Self>, Problems> {
        Codec::read(bytes, options, Self::TEMPLATES, |s| {
            let mut report = CrAcp::default();
            s.acp_document(&CR_ACP, &mut report, |s, r| s.acp_body(r));
            if report.header.title.as_deref() == Some(TITLE) {
                report.header.title = None;
            }
            report
        })
    }
}

impl Codec<'_> {
    fn acp_document(
        &mut self,
        shape: &DocumentTemplate,
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
