//! *Programme personnalisé de l'après-cancer* (PPAC): from a vendor's data to
//! a CDA R2 document, at level 3 or 1, and back.
//!
//! | | |
//! |---|---|
//! | volet | none: the content is that of the INCa, the document that of the CI-SIS minimal structure |
//! | template | 1.3.6.1.4.1.19376.1.5.3.1.1.1 (IHE PCC, medical documents) |
//! | type | LOINC 18776-5, that of a PPS, under a title with « PPAC » or « après-cancer » |
//!
//! Its sections hold text alone:
//!
//! ```
//! use dcc_core::ppac::Ppac;
//!
//! # let json = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/ppac_complet.json"))?;
//! let ppac = Ppac::from_json(&json)?;
//! let written = ppac.write()?;
//! let read = Ppac::from_cda(&written.bytes)?;
//! assert_eq!(read.document, ppac);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - `model`: the content of a PPAC
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

pub use model::*;
