//! Documents: JSON and CDA in, JSON and CDA out.

use std::sync::Arc;

use serde_json::Value;

use super::options::Options;
use super::problem::{DccException, Problem, told};
use super::records::{FicheFact, PpsFact};
use crate::document::DccDocument;
use crate::failure::Failure;
use crate::status::DccStatus;

/// A document of the DCC, of any kind. It never changes.
#[derive(Debug, PartialEq, uniffi::Object)]
#[uniffi::export(Eq)]
pub struct Document(DccDocument);

impl Eq for Document {}

/// One thing that was in a CDA document and is not in the model.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Unread {
    /// Place in the document.
    pub path: String,
    /// What stands there.
    pub content: String,
    /// True for a text of the narrative.
    pub narrative: bool,
}

/// A document read, and what of it the model has no place for.
#[derive(Debug, uniffi::Record)]
pub struct Reading {
    /// The document.
    pub document: Arc<Document>,
    /// What was not read, in document order.
    pub unread: Vec<Unread>,
}

#[uniffi::export]
impl Document {
    /// Reads the JSON form of any kind.
    #[uniffi::constructor]
    pub fn from_json(json: String) -> Result<Self, DccException> {
        Ok(Document(DccDocument::from_json(&json)?))
    }

    /// Writes the JSON form.
    pub fn to_json(&self) -> Result<String, DccException> {
        let text = self.0.get().to_json();
        Ok(text.map_err(|p| Failure::new(DccStatus::DocumentRefused, p))?)
    }

    /// Writes the CDA R2 document, level 3.
    #[uniffi::method(default(options = None))]
    pub fn to_cda(&self, options: Option<Arc<Options>>) -> Result<Vec<u8>, DccException> {
        Ok(self.0.to_cda(Options::given(options.as_ref()))?)
    }

    /// Writes the CDA R2 document, level 1: the same header, and a PDF as body.
    #[uniffi::method(default(options = None))]
    pub fn to_cda_level1(
        &self,
        pdf: Vec<u8>,
        options: Option<Arc<Options>>,
    ) -> Result<Vec<u8>, DccException> {
        let written = match Options::given(options.as_ref()) {
            Some(options) => self
                .0
                .get()
                .to_cda_level1_with(&pdf, &options.read()?.write),
            None => self.0.get().to_cda_level1(&pdf),
        };
        Ok(written.map_err(|p| Failure::new(DccStatus::DocumentRefused, p))?)
    }

    /// Every problem, blocking or not, against the value sets of the options.
    #[uniffi::method(default(options = None))]
    pub fn check(&self, options: Option<Arc<Options>>) -> Result<Vec<Problem>, DccException> {
        Options::with_terminology(options.as_ref(), |terminology| {
            Ok(told(self.0.get().check_with(terminology)))
        })
    }

    /// The kind, for example `fiche_rcp`.
    pub fn kind(&self) -> String {
        self.0.get().kind().to_owned()
    }

    /// The id of this version, written `root^extension`.
    pub fn id(&self) -> String {
        self.0.get().header().id.to_string()
    }

    /// The id common to all versions, written `root^extension`.
    pub fn set_id(&self) -> String {
        self.0.get().header().set_id.to_string()
    }

    /// Number of the version.
    pub fn version(&self) -> u32 {
        self.0.get().header().version
    }

    /// What stands at a place of the JSON form, a JSON pointer such as
    /// `/rcp/date` or the path of a problem: a text as it is, anything else as
    /// JSON; none when there is nothing.
    pub fn text_at(&self, pointer: String) -> Option<String> {
        let json: Value = serde_json::to_value(self.0.get()).ok()?;
        match json.pointer(&pointer)? {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    /// The fact of a fiche RCP, for the indicators; none for another kind.
    /// `session` and `patient` are the keys of the session and of the patient,
    /// better a pseudonym. Its id is that common to all versions.
    pub fn fiche_fact(&self, session: String, patient: String) -> Option<FicheFact> {
        self.0.fiche_fact(&session, &patient).map(FicheFact::from)
    }

    /// The fact of a PPS, for the indicators; none for another kind. `patient`
    /// is the key of the patient. A PPS does not say its theme.
    pub fn pps_fact(&self, patient: String) -> Option<PpsFact> {
        self.0.pps_fact(&patient).map(PpsFact::from)
    }
}

/// Reads a CDA document of any kind.
#[uniffi::export(default(options = None))]
pub fn read_cda(cda: Vec<u8>, options: Option<Arc<Options>>) -> Result<Reading, DccException> {
    let (document, unread) = DccDocument::from_cda(&cda, Options::given(options.as_ref()))?;
    Ok(Reading {
        document: Arc::new(Document(document)),
        unread: unread
            .into_iter()
            .map(|u| Unread {
                path: u.path,
                content: u.content,
                narrative: u.narrative,
            })
            .collect(),
    })
}
