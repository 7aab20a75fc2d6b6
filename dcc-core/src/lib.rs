//! Engine of the French *Dossier Communicant de Cancérologie* (DCC).
//!
//! Pure domain: no I/O, no clock, no random source, no `unsafe`. Instants,
//! identifiers and configuration come in as arguments.
//!
//! Data flows one way: input → model → document. The map:
//!
//! - [`document`]: any document, told apart by its kind
//! - [`fiche_rcp`], [`pps`], [`ppac`], [`cr_acp`]: the documents, a folder each
//! - [`unstructured`]: any of them around a PDF
//! - [`model`]: the parts that the documents share
//! - [`cda`]: the layer that writes and reads CDA R2
//! - [`xml`]: the only place that talks to the XML library
//! - [`terminology`]: code systems, value sets, coded values
//! - [`identity`]: national identifiers and their keys
//! - [`supportive_care`]: needs of supportive care, and their states
//! - [`rcp`]: the life of an RCP, as commands and events
//! - [`indicators`]: what annex 2 counts
//! - [`activity`]: facts of the indicators, from the life of the RCPs and from documents
//! - `render`: HTML and PDF of any CDA document (features `html`, `pdf`)
//! - [`problem`]: what is wrong with an input
//! - [`rules`]: every rule the library can say is broken

pub mod activity;
pub mod cda;
pub mod cr_acp;
pub mod document;
mod facts;
pub mod fiche_rcp;
pub mod indicators;
pub mod kinds;
pub mod model;
pub mod ppac;
pub mod pps;
mod quorum;
pub mod rcp;
pub mod rules;
#[cfg(feature = "schema")]
pub mod schema;
pub mod supportive_care;
pub mod unstructured;

#[doc(no_inline)]
pub use indicators::export;

pub use dcc_base::{calendar, identity, problem};
#[cfg(any(feature = "html", feature = "pdf"))]
pub use dcc_render as render;
pub use dcc_terminology as terminology;
pub use dcc_xml as xml;

/// The examples of the README, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct ReadmeExamples;
