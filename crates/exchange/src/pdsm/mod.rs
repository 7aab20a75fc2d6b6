//! PDSm: documents shared by FHIR R4 (IHE MHD, CI-SIS « Partage de documents
//! de santé en mobilité »), the DMP's FHIR side among others.
//!
//! - `bundle`: ITI-65, a set of documents ([`provide`])
//! - `simplified`: ITI-105, one document ([`publish`])
//! - `document_reference`, `people`: the resources
//! - [`update`]: PATCH of masks, archiving, status
//! - [`search`]: ITI-66, ITI-67
//! - [`answer`]: answers: transactions, search results, OperationOutcome
//! - [`rules`]: what can be wrong with it
//!
//! Sources: PDSm 3.1.1 (profiles), PDSm4DMP 0.1.0 (mapping of XDS), IHE MHD
//! 4.2. What these leave open is noted where it matters.

pub mod answer;
mod bundle;
mod document_reference;
mod people;
pub mod rules;
pub mod search;
mod simplified;
pub mod update;

pub use answer::{EntryAnswer, FhirAnswer, FoundDocument, Issue, found};
pub use bundle::provide;
pub use simplified::publish;

use dcc_base::problem::Problems;

/// Canonical address of the profiles.
pub(crate) const PROFILES: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition";
/// Canonical address of the extensions of IHE MHD.
pub(crate) const MHD: &str = "https://profiles.ihe.net/ITI/MHD";

/// A FHIR request ready to be sent (*requête*).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FhirRequest {
    /// `POST`, `PATCH` or `GET`.
    pub method: &'static str,
    /// Path below the base of the server, with its query; empty for the base.
    pub path: String,
    /// `Content-Type`; empty without a body.
    pub content_type: &'static str,
    /// Body, in JSON.
    pub body: Vec<u8>,
    /// What is doubtful and does not stop the sending.
    pub warnings: Problems,
}

impl std::fmt::Debug for FhirRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FhirRequest")
            .field("method", &self.method)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// JSON of a resource, the same bytes for the same resource.
pub(crate) fn json(value: &serde_json::Value) -> Vec<u8> {
    value.to_string().into_bytes()
}
