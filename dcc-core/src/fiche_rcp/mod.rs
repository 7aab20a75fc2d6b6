//! *Fiche RCP*: from a vendor's data to a CDA R2 N3 document, and back.
//!
//! - `model`: what a fiche says
//! - `templates`: the codes of the volet, one line each
//! - `cda`: the document, written and read by one description
//! - `check`: every problem of a fiche
//! - [`rules`]: the rules of the volet

mod cda;
mod check;
mod model;
pub mod rules;
mod templates;

pub use cda::FRCP;
pub use model::*;
