//! The fiche RCP, from its JSON to its document and back.
//!
//! - [`round_trip`]: random fiches, written and read again
//! - [`samples`]: the official documents
//! - [`robustness`]: other spellings, other versions, damaged documents
//! - [`rules`]: a fiche for each rule, which breaks it and no other
//! - [`json`]: every fault of a JSON at once
//! - [`schema`]: the XML Schema of the CI-SIS
#![allow(clippy::unwrap_used)]

mod json;
mod robustness;
mod round_trip;
mod rules;
mod samples;
mod schema;
