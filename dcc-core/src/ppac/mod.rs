//! *Programme personnalisé de l'après-cancer* (PPAC): from a vendor's data to
//! a CDA R2 document, at level 3 or 1, and back.
//!
//! No volet of the CI-SIS defines it: the content is that of the INCa, the
//! document has the type and the header of a PPS, a title that says PPAC, and
//! sections of text alone under the rules of the minimal structure.
//!
//! - `model`: what a PPAC says
//! - `templates`: the sections, one line each
//! - `cda`: the document, written and read by one description
//! - `check`: every problem of a PPAC
//! - [`rules`]: the rules
//!
//! Source: INCa, *Le parcours personnalisé des patients pendant et après le
//! cancer* and *Généralisation du programme personnalisé de l'après-cancer*;
//! CI-SIS, volet Structuration minimale de documents de santé.

mod cda;
mod check;
mod model;
pub mod rules;
mod templates;

pub use cda::PPAC;
pub use model::*;
