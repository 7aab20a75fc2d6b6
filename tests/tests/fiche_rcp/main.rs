//! The fiche RCP, from its JSON to its document and back.
//!
//! - [`round_trip`]: random fiches, written and read again
//! - [`samples`]: the official documents
//! - [`robustness`]: other spellings, other versions, damaged documents
//! - [`rules`]: one fiche for each rule
//! - [`schema`]: the XML Schema of the CI-SIS
#![allow(clippy::unwrap_used)]

mod round_trip;
mod scratch;
