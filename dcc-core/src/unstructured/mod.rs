//! Documents at level 1: a header, and a PDF as body (CDA R2 N1).
//!
//! Every kind of document offers `to_cda_level1`, which writes its own header
//! around a PDF; [`UnstructuredDocument`] is such a document of any kind, read or written.
//!
//! - [`pdf`]: what a PDF must look like to leave
//! - `check`: every problem of a document
//! - [`rules`]: what can be wrong
//!
//! Source: CI-SIS, volet Structuration minimale de documents de santé (corps
//! non structuré); sample `DOC_NON_STRUCTURE_CDA-R2-N1.xml` of the ANS.

mod check;
pub mod pdf;
pub mod rules;

use crate::cda::calls::document_forms;
use crate::cda::datatypes::Fixed;
use crate::cda::header::DocumentTemplate;
use crate::cda::templates::NON_STRUCTURED;
use crate::cda::{Codec, ReadOptions, Reading, WriteOptions};
use crate::model::{Binary, CareContext, Code, Header, model};
use crate::problem::{Problem, Problems};
use crate::terminology::code_system::LOINC;

model! {
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

/// The kinds of documents of a DCC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// *Fiche RCP*: 34794-8.
    FicheRcp,
    /// *Programme personnalisé de soins*: 18776-5.
    Pps,
    /// *Programme personnalisé de l'après-cancer*: 18776-5 too, its title says it.
    Ppac,
    /// *Compte rendu d'anatomie et cytologie pathologiques*: 60568-3, formerly 11526-1.
    CrAcp,
    /// *Compte rendu de génétique moléculaire*: 51969-4.
    CrGm,
}

impl DocumentKind {
    /// Its name in JSON, for example `fiche_rcp`.
    pub const fn name(self) -> &'static str {
        match self {
            DocumentKind::FicheRcp => "fiche_rcp",
            DocumentKind::Pps => "pps",
            DocumentKind::Ppac => "ppac",
            DocumentKind::CrAcp => "cr_acp",
            DocumentKind::CrGm => "cr_gm",
        }
    }

    /// The kind of a document type (LOINC) and a title.
    pub fn of(code: &str, title: &str) -> Option<Self> {
        let title = title.to_uppercase();
        match code {
            "34794-8" => Some(DocumentKind::FicheRcp),
            "18776-5"
                if title.contains("PPAC")
                    || title.contains("APRÈS-CANCER")
                    || title.contains("APRES-CANCER") =>
            {
                Some(DocumentKind::Ppac)
            }
            "18776-5" => Some(DocumentKind::Pps),
            "60568-3" | "11526-1" => Some(DocumentKind::CrAcp),
            "51969-4" => Some(DocumentKind::CrGm),
            _ => None,
        }
    }
}

/// A document whose input states its type; this one stands for no real document.
static ANY: DocumentTemplate = DocumentTemplate::level_one(Fixed {
    system: LOINC,
    code: "",
    label: "",
});

document_forms!(UnstructuredDocument, "level_one", "document");

impl UnstructuredDocument {
    /// Templates by which a CDA document is known to be one.
    pub(crate) const TEMPLATES: &[&str] = NON_STRUCTURED;

    /// Which document of a DCC this is, after its type and its title.
    pub fn kind(&self) -> Option<DocumentKind> {
        DocumentKind::of(
            &self.code.as_ref()?.code,
            self.header.title.as_deref().unwrap_or_default(),
        )
    }

    /// As [`UnstructuredDocument::to_cda`], with options.
    ///
    /// # Errors
    /// As [`UnstructuredDocument::to_cda`], but for the codes that the options accept.
    pub fn to_cda_with(&self, options: &WriteOptions) -> Result<Vec<u8>, Problems> {
        let terminology = options.terminology();
        options.allow(self.check_with(terminology))?;
        let mut document = self.clone();
        let id = document.header.id.to_string();
        Ok(Codec::write(terminology, &id, |s| {
            s.level_one(&mut document)
        }))
    }

    /// The same document around another PDF, CDA R2 level 1.
    ///
    /// # Errors
    /// As [`UnstructuredDocument::to_cda_with`].
    pub fn to_cda_level1_with(
        &self,
        pdf: &[u8],
        options: &WriteOptions,
    ) -> Result<Vec<u8>, Problems> {
        let mut document = self.clone();
        document.pdf = Binary(pdf.to_vec());
        document.to_cda_with(options)
    }

    /// Reads a document at level 1, of any kind.
    ///
    /// # Errors
    /// The text is not XML, passes a limit, holds a DTD, is not a document at
    /// level 1 (`CDA-MODELE`), or has not a PDF in base64 as body (`CDA-CORPS`).
    pub fn from_cda_with(bytes: &[u8], options: &ReadOptions) -> Result<Reading<Self>, Problems> {
        let reading = Codec::read(bytes, options, Self::TEMPLATES, |s| {
            let mut document = UnstructuredDocument::default();
            s.level_one(&mut document);
            document
        })?;
        if reading.document.pdf.0.is_empty() {
            return Err(Problem::new(
                &crate::cda::rules::BODY,
                "/ClinicalDocument/component/nonXMLBody/text",
            )
            .into());
        }
        Ok(reading)
    }
}

impl Codec<'_> {
    fn level_one(&mut self, d: &mut UnstructuredDocument) {
        let mut header = std::mem::take(&mut d.header);
        let (context, pdf) = (&mut d.context, &mut d.pdf);
        self.document_of(&ANY, &mut d.code, &mut header, "", |s, header| {
            s.care_context(context, header);
            s.pdf_body(pdf);
        });
        d.header = header;
    }
}
