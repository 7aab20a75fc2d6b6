//! Strong authentication of health professionals (*authentification forte*):
//! logins of Pro Santé Connect, CPS cards, and the proof that is kept of them.
//!
//! The library verifies what a host obtained. It opens no connection and has
//! no clock and no key store: tokens, keys and instants come in as arguments.
//!
//! - [`Client`] holds the settings of the host at Pro Santé Connect, [`Login`]
//!   what it received for one login, [`Jwks`] the keys of the provider;
//!   [`Client::verify`] answers with an [`Authenticated`] or a [`Refusal`];
//! - [`Professional`] is who is authenticated, with their practices and
//!   activities;
//! - [`Proof`] is the plain value to keep with what the professional
//!   validates; a [`Policy`] says whether it is enough for an act;
//! - `cps` (feature `cps`) reads the subject of the certificate of a CPS card;
//! - [`rules`] lists all that can be wrong, with the texts shown to users.
//!
//! Sources: OpenID Connect Core 1.0, RFC 7515 to 7519, RFC 8725, the technical
//! documentation of Pro Santé Connect (ANS), the référentiel d'identification
//! électronique (arrêté of 28/03/2022). Feature `psc` (on by default) is the
//! verification of logins; without it the crate has proofs and policies only.
//!
//! No value of a token, of a claim or of a key is shown by `Debug`, `Display`
//! or the problems.
#![cfg_attr(
    feature = "psc",
    doc = "
# Quick start

```
use dcc_auth::{Algorithm, Client, Jwks, Limits, Login, issuer};

// Once: who the host is at Pro Santé Connect, and what it admits.
let client = Client::new(issuer::SANDBOX, \"dcc-essai\", [Algorithm::Rs256]);
// The keys of the provider, downloaded by the host.
let keys = br#\"{\"keys\": [{\"kty\": \"EC\", \"crv\": \"P-256\", \"kid\": \"1\",
    \"x\": \"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",
    \"y\": \"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]}\"#;
let keys = Jwks::read(keys, &Limits::default())?;
// For each login: the ID token, the nonce of the request, the instant.
let now = chrono::DateTime::from_timestamp(1_787_947_200, 0).ok_or(\"no instant\")?;
let login = Login::new(\"eyJhbGciOiJub25lIn0.e30.\", \"nonce\", now);
let refusal = client.verify(&login, &keys).unwrap_err();
assert!(!refusal.reload_keys());
let problem = refusal.problems().iter().next().ok_or(\"no problem\")?;
assert_eq!(problem.code, \"AUTH-ALG\");
# Ok::<(), Box<dyn std::error::Error>>(())
```
"
)]

#[cfg(feature = "psc")]
mod algorithm;
#[cfg(feature = "psc")]
mod base64url;
#[cfg(feature = "psc")]
mod claims;
#[cfg(feature = "psc")]
mod client;
#[cfg(feature = "cps")]
pub mod cps;
#[cfg(feature = "psc")]
mod hashes;
#[cfg(feature = "psc")]
mod identity;
pub mod issuer;
#[cfg(feature = "psc")]
mod json;
#[cfg(feature = "psc")]
mod jwk;
#[cfg(feature = "psc")]
mod jwks;
#[cfg(feature = "psc")]
mod jws;
#[cfg(feature = "psc")]
mod key;
mod level;
mod limits;
#[cfg(feature = "psc")]
mod login;
#[cfg(feature = "psc")]
mod members;
mod national_id;
#[cfg(feature = "psc")]
mod origin;
mod policy;
#[cfg(feature = "psc")]
pub mod professional;
mod proof;
#[cfg(feature = "psc")]
mod refusal;
pub mod rules;
mod seal;
#[cfg(feature = "psc")]
mod times;
#[cfg(feature = "psc")]
mod user_info;
#[cfg(feature = "psc")]
mod verify;

#[cfg(feature = "psc")]
pub use crate::{
    algorithm::Algorithm, client::Client, jwks::Jwks, jws::Jws, login::Login,
    professional::Professional, refusal::Refusal, user_info::UserInfo, verify::Authenticated,
};
pub use level::Level;
pub use limits::{Limits, MAX_SKEW};
pub use national_id::NationalId;
pub use policy::Policy;
pub use proof::{Means, Proof};
pub use seal::SealKey;
