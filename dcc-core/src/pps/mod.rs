//! *Programme personnalisé de soins* (PPS): from a vendor's data to a CDA R2
//! N3 document, and back.
//!
//! - `model`: what a PPS says
//! - `templates`: the codes of the volet, one line each
//! - `cda`: the document, written and read by one description
//! - `notice`: information on personal data, as the volet words it
//! - `check`: every problem of a PPS
//! - [`rules`]: the rules of the volet
//! - `from_fiche`: a PPS started from a fiche RCP
//! - `version`: a new version that replaces the old

mod cda;
mod check;
mod from_fiche;
mod model;
mod notice;
pub mod rules;
mod templates;
mod version;

pub use cda::PPS;
pub use from_fiche::Started;
pub use model::*;
pub use notice::{INCA_NOTICE, PROVIDER_NOTICE};
