//! Signature algorithms.

use serde::{Deserialize, Serialize};

/// Signature algorithm that a host may admit (RFC 7518 §3.1).
///
/// The list is closed: neither `none` nor a symmetric algorithm (`HS256` …)
/// can be admitted, since the keys of an identity provider are public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256, the one observed at Pro Santé Connect.
    #[serde(rename = "RS256")]
    Rs256,
    /// RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes.
    #[serde(rename = "PS256")]
    Ps256,
    /// ECDSA on P-256 with SHA-256.
    #[serde(rename = "ES256")]
    Es256,
}

impl Algorithm {
    /// All the algorithms.
    pub const ALL: [Algorithm; 3] = [Algorithm::Rs256, Algorithm::Ps256, Algorithm::Es256];

    /// Name in the `alg` member of a JWS header.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::Rs256 => "RS256",
            Algorithm::Ps256 => "PS256",
            Algorithm::Es256 => "ES256",
        }
    }

    /// The algorithm of that name (case matters, RFC 7515 §4.1.1).
    pub fn from_name(name: &str) -> Option<Algorithm> {
        Algorithm::ALL.into_iter().find(|a| a.name() == name)
    }
}

/// Registered names that are not admitted (IANA, « JSON Web Signature and
/// Encryption Algorithms »): these may be shown, an unregistered name may not.
const OTHERS: [&str; 13] = [
    "none", "HS256", "HS384", "HS512", "RS384", "RS512", "PS384", "PS512", "ES384", "ES512",
    "ES256K", "EdDSA", "Ed25519",
];

/// `name` when it is registered, else « algorithme non enregistré ».
pub(crate) fn shown(name: &str) -> &'static str {
    Algorithm::from_name(name)
        .map(Algorithm::name)
        .or_else(|| OTHERS.into_iter().find(|other| *other == name))
        .unwrap_or("algorithme non enregistré")
}
