//! The proof of an authentication, to keep with what was validated.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::level::Level;
use crate::national_id::NationalId;
use crate::seal::{SealKey, hex};

/// By what means (*moyen d'identification électronique*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Means {
    /// *Pro Santé Connect*: e-CPS, CPS card, or a delegated provider.
    ProSanteConnect,
    /// *Carte CPS* read directly.
    Cps,
}

impl Means {
    /// All the means.
    pub const ALL: [Means; 2] = [Means::ProSanteConnect, Means::Cps];

    /// French name.
    pub fn label(self) -> &'static str {
        match self {
            Means::ProSanteConnect => "Pro Santé Connect",
            Means::Cps => "carte CPS",
        }
    }
}

/// Proof of an authentication (*preuve d'authentification*): who, by what
/// means, at what level, when, and the digest of what was verified.
///
/// A plain value, in JSON the same names as here. It is made by
/// [`Client::verify`](crate::Client::verify) or from a CPS certificate. As
/// text it can be altered by whoever holds it: a host that lets it travel (a
/// browser, a queue) seals it with [`Proof::sealed`] and gives the key to the
/// [`Policy`](crate::Policy). `Debug` shows neither person nor session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Proof {
    /// Means.
    pub means: Means,
    /// Means in detail, as the provider names it (`authMode`: `CARD` …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Level.
    pub level: Level,
    /// *PS_IdNat* of the professional.
    pub subject: NationalId,
    /// Issuer of the token or of the certificate.
    pub issuer: String,
    /// When the professional authenticated (`auth_time`, else `iat`).
    pub authenticated_at: DateTime<Utc>,
    /// When the token or the certificate was verified.
    pub verified_at: DateTime<Utc>,
    /// Session at the provider (`sid`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// SHA-256 of the ID token (its compact form) or of the certificate (DER),
    /// in lower-case hexadecimal.
    pub digest: String,
    /// Seal: HMAC-SHA-256 of all the rest, in lower-case hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<String>,
}

impl Proof {
    /// A proof, for a host that verified by its own means; `evidence` is what
    /// was verified (the ID token in compact form, the certificate in DER).
    pub fn new(
        means: Means,
        level: Level,
        subject: NationalId,
        issuer: &str,
        authenticated_at: DateTime<Utc>,
        verified_at: DateTime<Utc>,
        evidence: &[u8],
    ) -> Proof {
        Proof {
            means,
            mode: None,
            level,
            subject,
            issuer: issuer.to_owned(),
            authenticated_at,
            verified_at,
            session: None,
            digest: hex(&Sha256::digest(evidence)),
            seal: None,
        }
    }

    /// The same proof, sealed.
    #[must_use]
    pub fn sealed(mut self, key: &SealKey) -> Proof {
        self.seal = key.seal(&self.message());
        self
    }

    /// Whether the seal is there and holds.
    pub(crate) fn holds(&self, key: &SealKey) -> bool {
        let seal = self.seal.as_deref();
        seal.is_some_and(|seal| key.holds(&self.message(), seal))
    }

    /// What is sealed: each part with its length, so that no two proofs have
    /// the same message.
    fn message(&self) -> Vec<u8> {
        let instant = |at: DateTime<Utc>| {
            let nanos = at.timestamp_subsec_nanos();
            format!("{}.{nanos:09}", at.timestamp())
        };
        let optional = |text: &Option<String>| match text {
            Some(text) => format!("+{text}"),
            None => "-".to_owned(),
        };
        let parts = [
            "dcc-proof-1".to_owned(),
            self.means.label().to_owned(),
            optional(&self.mode),
            self.level.acr().to_owned(),
            self.subject.as_str().to_owned(),
            self.issuer.clone(),
            instant(self.authenticated_at),
            instant(self.verified_at),
            optional(&self.session),
            self.digest.clone(),
        ];
        let mut message = Vec::new();
        for part in parts {
            message.extend((part.len() as u64).to_be_bytes());
            message.extend(part.as_bytes());
        }
        message
    }
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proof")
            .field("means", &self.means)
            .field("level", &self.level)
            .field("authenticated_at", &self.authenticated_at)
            .field("verified_at", &self.verified_at)
            .field("sealed", &self.seal.is_some())
            .finish_non_exhaustive()
    }
}
