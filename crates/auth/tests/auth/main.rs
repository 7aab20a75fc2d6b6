//! Tests of the verification of logins, with the vectors of the RFCs, forged
//! tokens and other libraries as judges.
#![allow(clippy::unwrap_used)]
#![recursion_limit = "256"]

mod case;
#[cfg(feature = "cps")]
mod cps;
mod forge;
mod forgeries;
mod judges;
mod jwks;
mod keys;
mod login;
mod privacy;
mod professional;
mod proof;
mod properties;
mod rfc;
mod rfc_vectors;
