//! The documents of the DCC, a folder each, and any of them.
//!
//! | module | document | volet |
//! |---|---|---|
//! | [`fiche_rcp`] | *fiche RCP* | CI-SIS CANCER-FRCP 2022.01 (2021.01 is read) |
//! | [`pps`] | *programme personnalisé de soins* | CI-SIS CANCER-PPS 2022.01 |
//! | [`ppac`] | *programme personnalisé de l'après-cancer* | INCa; CI-SIS minimal structure |
//! | [`cr_acp`] | *compte rendu d'anatomie et cytologie pathologiques* | IHE APSR 2.0, 1.x |
//! | [`unstructured`] | any of them around a PDF (level 1) | CI-SIS minimal structure |
//!
//! - [`Document`]: a document of any kind, told apart by the `"document"` key
//!   of its JSON or by the templates of its CDA
//! - [`ClinicalDocument`]: what every document offers
//! - [`DocumentKind`]: the kinds, from the one table of `kinds`
//! - [`supportive_care`]: needs of supportive care, and their states
//!
//! ```
//! use dcc_core::document::Document;
//!
//! # let received = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/pps_complet.json"))?;
//! # let received = Document::from_json(&received)?.to_cda()?;
//! let (document, unread) = Document::from_cda(&received)?;
//! assert_eq!(document.kind(), "pps");
//! assert!(unread.is_empty());
//! println!("{}", document.to_json()?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod any;
mod clinical;
pub mod cr_acp;
pub mod fiche_rcp;
mod kinds;
pub mod ppac;
pub mod pps;
pub mod supportive_care;
pub mod unstructured;

pub use any::Document;
pub use clinical::ClinicalDocument;
pub(crate) use clinical::{clinical_document, forward};
pub use kinds::DocumentKind;
pub(crate) use kinds::RULES;
#[cfg(feature = "schema")]
pub(crate) use kinds::kinds;
