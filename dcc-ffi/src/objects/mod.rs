//! The same surface as the C API, for Kotlin, Swift and Ruby, by UniFFI.
//!
//! Objects are shared by reference and may be used from any thread. A failed
//! call throws [`DccException`], with the status of the C API and every
//! problem. What both languages and C do is written once, in the modules of
//! the C API; here are the types that the other languages see.
//!
//! - [`problem`]: problems, and the exception that carries them
//! - [`library`]: what this library is
//! - [`options`]: how documents are written and read
//! - [`value_sets`]: value sets and their codes
//! - [`document`]: documents, JSON and CDA
//! - [`render`]: a CDA document for human eyes
//! - [`rcp`]: the life of RCPs
//! - [`facts`]: facts of the indicators, as records, CSV or JSON lines
//! - [`offer`]: the offer of RCPs, for the export
//! - [`indicators`]: the indicators of a period
//! - [`export`]: the files of a deposit
//!
//! Dates are texts, `2025-03-14`, as `java.time.LocalDate` writes them, and
//! instants are RFC 3339: UniFFI has no type for a calendar date. What goes
//! through JSON in C and has few fields is a record here; commands, actors and
//! events of the RCPs, which have many kinds, stay JSON.
//!
//! Of the C API these are left out, as the language has its own: the number of
//! the ABI (UniFFI compares checksums when the library is loaded), statuses by
//! number and errors as JSON (the exception has them as fields), the functions
//! that free, measure or read lists. More than C: CDA level 1, the facts that a
//! document tells ([`Document::fiche_fact`], [`Document::pps_fact`]), lookups of
//! one code, rows by session and by specialty, tallies, the offer as CSV.
//!
//! [`DccException`]: problem::DccException
//! [`Document::fiche_fact`]: document::Document::fiche_fact
//! [`Document::pps_fact`]: document::Document::pps_fact

pub mod document;
pub mod export;
pub mod facts;
pub mod indicators;
pub mod library;
pub mod offer;
pub mod options;
pub mod problem;
pub mod rcp;
pub mod render;
#[cfg(test)]
mod tests;
pub mod value_sets;
