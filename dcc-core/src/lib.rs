//! Engine of the French *Dossier Communicant de Cancérologie* (DCC).
//!
//! Pure domain: no I/O, no clock, no random source, no `unsafe`. Instants,
//! identifiers and configuration come in as arguments.
//!
//! # Quick start
//!
//! A typed fiche RCP, its problems, and its CDA document:
//!
//! ```
//! use dcc_core::fiche_rcp::{FicheRcp, RcpContext};
//! use dcc_core::model::{Header, Identifier, Patient};
//!
//! let fiche = FicheRcp {
//!     header: Header {
//!         id: Identifier::new("1.2.250.1.999.1", "FICHE-1"),
//!         set_id: Identifier::new("1.2.250.1.999.2", "FICHE"),
//!         version: 1,
//!         created: Some("2026-03-13T10:30:00+01:00".parse()?),
//!         patient: Patient {
//!             birth_name: "PAT-TROIS".to_owned(),
//!             sex: Some("F".into()),
//!             ..Patient::default()
//!         },
//!         ..Header::default()
//!     },
//!     rcp: RcpContext {
//!         name: "RRC TEST / 3C TEST / Sénologie".to_owned(),
//!         ..RcpContext::default()
//!     },
//!     ..FicheRcp::default()
//! };
//!
//! // everything that is still missing or wrong, at once: path, code, text
//! let problems = fiche.check();
//! assert!(problems.blocking().any(|p| p.path == "/header/authors"));
//! assert!(fiche.to_cda().is_err());
//!
//! // a fiche that lacks nothing becomes a CDA R2 document, and back
//! let json = std::fs::read(concat!(
//!     env!("CARGO_MANIFEST_DIR"),
//!     "/examples/data/fiche_rcp_sein.json"
//! ))?;
//! let fiche = FicheRcp::from_json(&json)?;
//! let written = fiche.write()?;
//! println!("{} warnings", written.warnings.len());
//! let read = FicheRcp::from_cda(&written.bytes)?;
//! assert_eq!(read.document.tumours, fiche.tumours);
//! assert!(read.unread.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The map
//!
//! Data flows one way: input → model → document.
//!
//! - [`document`]: the documents, a folder each, and any of them
//! - [`model`]: the parts that the documents share
//! - [`cda`]: the layer that writes and reads CDA R2
//! - [`rcp`]: the life of an RCP, as commands and events
//! - [`indicators`]: what annex 2 counts
//! - [`activity`]: facts of the indicators, from the life of the RCPs and from documents
//! - `directory`: the national directory beside a document (feature `directory`)
//! - `render`: HTML and PDF of any CDA document (features `html`, `pdf`)
//! - `schema`: JSON Schema of the inputs (feature `schema`)
//! - [`rules`]: every rule that an input can break
//!
//! and the parts that stand alone, as crates of their own:
//!
//! - [`problem`]: what is wrong with an input
//! - [`identity`]: national identifiers and their keys
//! - [`calendar`]: legal time in Paris and French public holidays
//! - [`terminology`]: code systems, value sets, coded values
//! - [`xml`]: XML in and out
//!
//! # Errors and logs
//!
//! Every call that can fail answers [`Problems`](problem::Problems): a standard
//! error that lists all the problems, the blocking ones first. Their text shows
//! what was found, which may be a patient's: log their codes and paths instead.

pub mod activity;
pub mod cda;
#[cfg(feature = "directory")]
pub mod directory;
pub mod document;
mod facts;
pub mod indicators;
pub mod model;
mod quorum;
pub mod rcp;
pub mod rules;
#[cfg(feature = "schema")]
pub mod schema;

pub use chrono;
pub use dcc_base::{calendar, identity, problem};
#[cfg(any(feature = "html", feature = "pdf"))]
pub use dcc_render as render;
pub use dcc_terminology as terminology;
pub use dcc_xml as xml;
#[doc(no_inline)]
pub use indicators::export;

#[doc(no_inline)]
pub use document::{cr_acp, fiche_rcp, ppac, pps, supportive_care, unstructured};
