//! The document of a report, written and read by one description.
//!
//! - `sections`: sections, their text and images
//! - `entries`: samplings, groups of observations, observations
//! - `values`: codes with translations, values of observations

mod entries;
mod sections;
mod values;

use super::CrAcp;
use super::model::CrAcpFields;
use super::rules;
use crate::cda::Codec;
use crate::cda::datatypes::FixedCode;
use crate::cda::description::{Described, Level};
use crate::cda::header::DocumentTemplate;
use crate::cda::slot::{Slot, local, slot};
use crate::document::clinical_document;
use crate::model::Header;
use crate::problem::{Problem, Problems};
use crate::terminology::Terminology;
use crate::terminology::code_system::LOINC;

/// The document: template IHE APSR 1.3.6.1.4.1.19376.1.8.1.1.1.
static CR_ACP: DocumentTemplate = DocumentTemplate {
    template: ("1.3.6.1.4.1.19376.1.8.1.1.1", None),
    other_versions: &[],
    code: FixedCode::new(
        LOINC,
        "60568-3",
        "CR d'anatomie et de cytologie pathologiques",
    ),
};

/// The type of a CR-ACP in older documents.
const FORMER_CODE: &str = "11526-1";

/// Templates of the documents that share the structure: APSR, and CR-GM.
const READ: &[&str] = &["1.3.6.1.4.1.19376.1.8.1.1.1", "1.2.250.1.213.1.1.1.32"];

/// Title of the document when the header gives none.
const TITLE: &str = "COMPTE RENDU D'ANATOMIE ET CYTOLOGIE PATHOLOGIQUES";

clinical_document!(CrAcp as CrAcpFields, "cr_acp");

impl Described for CrAcp {
    const TEMPLATE: &'static DocumentTemplate = &CR_ACP;
    const KNOWN_BY: &'static [&'static str] = READ;

    fn head(&self) -> &Header {
        &self.header
    }

    fn problems(&self, terminology: &Terminology) -> Problems {
        self.every_problem(terminology)
    }

    /// A CR-GM (`ACP-ECRITURE`) is read and forwarded only.
    fn unwritable(&self) -> Option<Problem> {
        let code = self.code.as_ref().filter(|c| c.code != CR_ACP.code.code)?;
        Some(
            Problem::new(&rules::WRITTEN, "/code")
                .found(&code.code)
                .allowed([CR_ACP.code.code]),
        )
    }

    fn is_type(code: &str, _title: &str) -> bool {
        code == CR_ACP.code.code || code == FORMER_CODE
    }

    fn describe(codec: &mut Codec<'_>, mut r: Slot<'_, Self>, level: Level<'_>) {
        let mut code = r.code.clone();
        let shape = level.template(&CR_ACP);
        codec.document_head(&shape, local(&mut code), slot!(r.header), TITLE);
        slot!(r.code).set(code);
        codec.ignore_templates();
        codec.care_context(slot!(r.context));
        codec.replaced(slot!(r.header));
        codec.encompassing_encounter(slot!(r.context));
        codec.body(level, |s| s.acp_sections("s", slot!(r.sections)));
        codec.document_end();
    }
}
