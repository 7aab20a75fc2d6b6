//! National identifiers and their keys.
//!
//! - [`ins`]: *identité nationale de santé* (NIR, NIA), 13 characters and a key of 2
//! - [`rpps`]: professionals: RPPS, ADELI and the national form PS_IdNat
//! - [`finess`]: organisations: FINESS, SIRET and the national form Struct_IdNat
//! - [`luhn`]: the key that RPPS, FINESS, SIREN and SIRET share
//! - [`mssante`]: domains of the secure messaging of health
//! - [`oid`]: OIDs, UUIDs and the roots of the national identifiers
//! - [`rules`]: what can be wrong with them

pub mod finess;
pub mod ins;
pub mod luhn;
pub mod mssante;
pub mod oid;
pub mod rpps;
pub mod rules;
