//! Strong authentication of health professionals (*authentification forte*).
//!
//! The library verifies what a host obtained; it opens no connection and has
//! no clock and no key store: tokens, keys and instants come in.

mod algorithm;
mod base64url;
mod claims;
mod client;
#[cfg(feature = "cps")]
pub mod cps;
mod hashes;
mod identity;
pub mod issuer;
mod json;
mod jwk;
mod jwks;
mod jws;
mod key;
mod level;
mod limits;
mod login;
mod members;
mod national_id;
mod origin;
mod policy;
pub mod professional;
mod proof;
mod refusal;
pub mod rules;
mod seal;
mod times;
mod user_info;
mod verify;

pub use algorithm::Algorithm;
pub use client::{Client, MAX_SKEW};
pub use jwks::Jwks;
pub use jws::Jws;
pub use level::Level;
pub use limits::Limits;
pub use login::Login;
pub use national_id::NationalId;
pub use policy::Policy;
pub use professional::Professional;
pub use proof::{Means, Proof};
pub use refusal::Refusal;
pub use seal::SealKey;
pub use user_info::UserInfo;
pub use verify::Authenticated;
