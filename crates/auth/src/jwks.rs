//! The keys of an identity provider.

use std::fmt;

use dcc_base::problem::{Problem, Problems};

use crate::algorithm::Algorithm;
use crate::json;
use crate::jwk::{self, Jwk};
use crate::limits::Limits;
use crate::members::Members;
use crate::rules;

/// Keys of an identity provider (*JWK Set*, RFC 7517 §5), as served at
/// `/protocol/openid-connect/certs` of Pro Santé Connect.
///
/// The host downloads the document and gives its bytes; it keeps it, and
/// downloads it anew only on [`Refusal::ReloadKeys`](crate::Refusal). `Debug`
/// does not show the keys.
#[derive(Clone)]
pub struct Jwks {
    keys: Vec<Named>,
    /// Identifiers of the keys that cannot serve.
    ignored: Vec<String>,
    problems: Problems,
}

#[derive(Clone)]
struct Named {
    kid: Option<String>,
    key: Jwk,
}

/// Why no key verifies a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoKey {
    Unknown,
    Ignored,
    Unnamed,
    Mismatch,
}

impl Jwks {
    /// Reads a JWK Set. A key that cannot serve (encryption, another curve,
    /// too short, malformed, private part published, identifier used twice) is
    /// left out, as RFC 7517 §5 advises, and [`Jwks::problems`] says why.
    ///
    /// # Errors
    /// Too large, no JWK Set, or no usable key at all.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Jwks, Problems> {
        let mut problems = Problems::new();
        if bytes.len() > limits.jwks {
            let allowed = format!("au plus {} octets", limits.jwks);
            let problem = Problem::new(&rules::JWKS_SIZE, "/jwks").allowed([allowed]);
            return Err(problem.found(format!("{} octets", bytes.len())).into());
        }
        let Some(map) = json::object(bytes, "/jwks", &rules::JWKS_FORM, &mut problems) else {
            return Err(problems);
        };
        let set = Members::of(&map, "/jwks");
        if !set.has("keys") {
            problems.push(Problem::new(&rules::JWKS_FORM, "/jwks"));
        }
        let members = set.objects("keys", &mut problems);
        if members.len() > limits.keys {
            let allowed = format!("au plus {} clés", limits.keys);
            let problem = Problem::new(&rules::JWKS_SIZE, "/jwks/keys").allowed([allowed]);
            problems.push(problem.found(format!("{} clés", members.len())));
        }
        if problems.has_blocking() {
            return Err(problems);
        }
        let mut jwks = Jwks {
            keys: Vec::new(),
            ignored: Vec::new(),
            problems,
        };
        for key in &members {
            jwks.add(key);
        }
        jwks.drop_ambiguous();
        if jwks.keys.is_empty() {
            let empty = Problem::new(&rules::JWKS_EMPTY, "/jwks/keys");
            jwks.problems.push(empty);
            return Err(jwks.problems);
        }
        Ok(jwks)
    }

    fn add(&mut self, members: &Members) {
        let mut wrong = Problems::new();
        let kid = members.text("kid", &mut wrong).map(str::to_owned);
        if !wrong.is_empty() {
            self.problems
                .push(Problem::new(&rules::JWK_VALUE, members.path("kid")));
            return;
        }
        match jwk::read(members) {
            Ok(key) => self.keys.push(Named { kid, key }),
            Err(problem) => {
                self.problems.push(problem);
                self.ignored.extend(kid);
            }
        }
    }

    /// Keys that a token cannot tell apart, same identifier and same type, are
    /// left out: trying them in turn is not verifying with *the* key.
    fn drop_ambiguous(&mut self) {
        let same = |a: &Named, b: &Named| {
            let both = |algorithm| a.key.suits(algorithm) && b.key.suits(algorithm);
            a.kid.is_some() && a.kid == b.kid && Algorithm::ALL.into_iter().any(both)
        };
        let ambiguous: Vec<bool> = self
            .keys
            .iter()
            .map(|key| self.keys.iter().filter(|other| same(key, other)).count() > 1)
            .collect();
        let mut told: Vec<Option<String>> = Vec::new();
        let mut flags = ambiguous.into_iter();
        self.keys.retain(|named| {
            let ambiguous = flags.next().unwrap_or(false);
            if ambiguous && !told.contains(&named.kid) {
                told.push(named.kid.clone());
            }
            !ambiguous
        });
        for kid in told {
            self.problems
                .push(Problem::new(&rules::JWK_TWICE, "/jwks/keys"));
            self.ignored.extend(kid);
        }
    }

    /// Number of usable keys.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is no usable key: never, a set without any is refused.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Why some keys were left out: warnings, one a key.
    pub fn problems(&self) -> &Problems {
        &self.problems
    }

    /// The key that verifies a token of this `kid` and `algorithm`.
    pub(crate) fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Result<&Jwk, NoKey> {
        let Some(kid) = kid else {
            // OpenID Connect Core §10.1: `kid` may be absent from a token when
            // the set leaves no choice.
            let mut fit = self.keys.iter().filter(|named| named.key.suits(algorithm));
            return match (fit.next(), fit.next()) {
                (Some(only), None) => Ok(&only.key),
                _ => Err(NoKey::Unnamed),
            };
        };
        let named = || self.keys.iter().filter(|n| n.kid.as_deref() == Some(kid));
        let fit = named().find(|named| named.key.suits(algorithm));
        match fit {
            Some(named) => Ok(&named.key),
            None if self.ignored.iter().any(|ignored| ignored == kid) => Err(NoKey::Ignored),
            None if named().next().is_some() => Err(NoKey::Mismatch),
            None => Err(NoKey::Unknown),
        }
    }
}

impl fmt::Debug for Jwks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<_> = self.keys.iter().map(|named| &named.key).collect();
        f.debug_struct("Jwks")
            .field("keys", &keys)
            .field("ignored", &self.ignored.len())
            .finish()
    }
}
