//! Documents at level 1: a header, and a PDF as body (CDA R2 N1, *Unstructured
//! Document*).
//!
//! | | |
//! |---|---|
//! | volet | CI-SIS, *Structuration minimale de documents de santé*, corps non structuré, <https://esante.gouv.fr/offres-services/ci-sis/espace-publication> |
//! | template | 1.3.6.1.4.1.19376.1.2.20 (IHE XDS-SD) |
//! | type | any of JDV_J07_XdsTypeCode_CISIS |
//!
//! Every kind of document offers `to_cda_level1`, which writes its own header
//! around a PDF; [`UnstructuredDocument`] is such a document of any kind, read
//! or written:
//!
//! ```
//! use dcc_core::pps::Pps;
//! use dcc_core::unstructured::{DocumentKind, UnstructuredDocument};
//!
//! # let json = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/pps_complet.json"))?;
//! let pps = Pps::from_json(&json)?;
//! let cda = pps.to_cda_level1(b"%PDF-1.7\n%%EOF\n")?;
//! let read = UnstructuredDocument::from_cda(&cda)?.document;
//! assert_eq!(read.kind(), Some(DocumentKind::Pps));
//! assert!(read.pdf.0.starts_with(b"%PDF-"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - `check`: every problem of a document
//! - [`rules`]: what can be wrong
//!
//! Sample of the ANS: `DOC_NON_STRUCTURE_CDA-R2-N1.xml`.

mod check;
pub mod rules;

use crate::cda::datatypes::FixedCode;
use crate::cda::description::{Described, Level};
use crate::cda::header::DocumentTemplate;
use crate::cda::slot::{Slot, local, slot};
use crate::cda::source::Source;
use crate::cda::templates::NON_STRUCTURED;
use crate::cda::{Codec, Reading};
pub use crate::document::DocumentKind;
use crate::document::clinical_document;
use crate::model::{Binary, CareContext, Code, Header, document_model};
use crate::problem::{Problem, Problems};
use crate::terminology::Terminology;
use crate::terminology::code_system::LOINC;

document_model! {
    UnstructuredDocumentFields, "UnstructuredDocument";
    /// A document at level 1, whatever its kind.
    pub struct UnstructuredDocument {
        /// *En-tête*.
        pub header: Header,
        /// *Type de document*, value set JDV_J07_XdsTypeCode_CISIS.
        pub code: Option<Code>,
        /// *Contexte de la prise en charge*.
        pub context: CareContext,
        /// *Document*, a PDF.
        pub pdf: Binary,
    }
}

/// A document whose input states its type; this one stands for no real document.
static ANY: DocumentTemplate = DocumentTemplate::level_one(FixedCode::new(LOINC, "", ""));

clinical_document!(
    UnstructuredDocument as UnstructuredDocumentFields,
    "level_one"
);

impl Described for UnstructuredDocument {
    const TEMPLATE: &'static DocumentTemplate = &ANY;
    const KNOWN_BY: &'static [&'static str] = NON_STRUCTURED;

    fn head(&self) -> &Header {
        &self.header
    }

    fn problems(&self, terminology: &Terminology) -> Problems {
        self.problems_around(&self.pdf, terminology)
    }

    fn problems_around(&self, file: &Binary, terminology: &Terminology) -> Problems {
        self.every_problem(file, terminology)
    }

    /// The document's own PDF, or another at level 1.
    fn describe(codec: &mut Codec<'_>, mut d: Slot<'_, Self>, level: Level<'_>) {
        let mut code = d.code.clone();
        codec.document_head(&ANY, local(&mut code), slot!(d.header), "");
        slot!(d.code).set(code);
        codec.care_context(slot!(d.context));
        codec.replaced(slot!(d.header));
        codec.encompassing_encounter(slot!(d.context));
        match level {
            Level::Three => codec.pdf_body(slot!(d.pdf)),
            Level::One(pdf) => codec.pdf_body(Slot::Lent(pdf)),
        }
        codec.document_end();
    }

    /// # Errors
    /// The body is not a PDF in base64 (`CDA-CORPS`).
    fn read(source: &Source<'_>) -> Result<Reading<Self>, Problems> {
        let reading = Codec::read(source, |codec| {
            let mut document = UnstructuredDocument::default();
            Self::describe(codec, local(&mut document), Level::Three);
            document
        });
        if reading.document.pdf.0.is_empty() {
            let path = "/ClinicalDocument/component/nonXMLBody/text";
            return Err(Problem::new(&crate::cda::rules::BODY, path).into());
        }
        Ok(reading)
    }
}

impl UnstructuredDocument {
    /// Which document of a DCC this is, after its type and its title.
    pub fn kind(&self) -> Option<DocumentKind> {
        DocumentKind::of(
            &self.code.as_ref()?.code,
            self.header.title.as_deref().unwrap_or_default(),
        )
    }
}
