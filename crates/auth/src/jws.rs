//! Signed tokens in compact form (JWS, RFC 7515 §7.1): steps 1 to 3 of the
//! verification, form, key, signature.

use std::fmt;

use dcc_base::problem::{Problem, Problems};
use serde_json::{Map, Value};

use crate::algorithm::{self, Algorithm};
use crate::base64url;
use crate::json;
use crate::jwks::{Jwks, NoKey};
use crate::members::Members;
use crate::rules;

/// A signed token, read but not verified (*jeton signé*).
///
/// `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Jws<'a> {
    header: Map<String, Value>,
    payload: Vec<u8>,
    /// The bytes signed, as received.
    signed: &'a str,
    signature: Vec<u8>,
    path: &'a str,
}

impl<'a> Jws<'a> {
    /// Reads a token of at most `limit` bytes; `path` is its place in the
    /// problems.
    ///
    /// # Errors
    /// Too large, not three parts, encrypted, not base64url, header no JSON
    /// object or with a member that stands twice.
    pub fn read(token: &'a str, limit: usize, path: &'a str) -> Result<Jws<'a>, Problems> {
        if token.len() > limit {
            let problem = Problem::new(&rules::TOKEN_SIZE, path);
            let problem = problem.allowed([format!("au plus {limit} octets")]);
            return Err(problem.found(format!("{} octets", token.len())).into());
        }
        let dots = token.bytes().filter(|b| *b == b'.').count();
        if dots == 4 {
            return Err(Problem::new(&rules::TOKEN_ENCRYPTED, path).into());
        }
        let parts = token.rsplit_once('.').and_then(|(signed, signature)| {
            let (header, payload) = signed.split_once('.')?;
            Some((signed, header, payload, signature))
        });
        let Some((signed, header, payload, signature)) = parts.filter(|_| dots == 2) else {
            let problem = Problem::new(&rules::TOKEN_FORM, path);
            return Err(problem.found(format!("{} parties", dots + 1)).into());
        };
        let mut problems = Problems::new();
        let mut bytes = |name: &str, text: &str| {
            let decoded = base64url::decode(text);
            if decoded.is_none() {
                let place = format!("{path}/{name}");
                problems.push(Problem::new(&rules::TOKEN_BASE64, place));
            }
            decoded.unwrap_or_default()
        };
        let header = bytes("header", header);
        let payload = bytes("payload", payload);
        let signature = bytes("signature", signature);
        if !problems.is_empty() {
            return Err(problems);
        }
        let place = format!("{path}/header");
        let header = json::object(&header, &place, &rules::TOKEN_JSON, &mut problems);
        match header {
            Some(header) if problems.is_empty() => Ok(Jws {
                header,
                payload,
                signed,
                signature,
                path,
            }),
            _ => Err(problems),
        }
    }

    /// The content, to be trusted only once the signature is verified.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Verifies header and signature: algorithm among `algorithms`, no
    /// critical extension, key of `keys` that agrees, signature over the bytes
    /// received. Keys and addresses of keys found in the header (`jwk`, `jku`,
    /// `x5c`, `x5u`) are never used (RFC 8725 §3.10).
    ///
    /// All the problems; none when the signature is right.
    pub fn verify(&self, keys: &Jwks, algorithms: &[Algorithm]) -> Problems {
        let mut problems = Problems::new();
        let header = Members::of(&self.header, format!("{}/header", self.path));
        if header.has("crit") {
            problems.push(Problem::new(&rules::CRITICAL, header.path("crit")));
        }
        let algorithm = admitted(&header, algorithms, &mut problems);
        let before = problems.len();
        let kid = header.text("kid", &mut problems);
        let (Some(algorithm), true) = (algorithm, problems.len() == before) else {
            return problems;
        };
        let no_key = |rule| Problem::new(rule, header.path("kid"));
        match keys.find(kid, algorithm) {
            Ok(jwk) => {
                let message = self.signed.as_bytes();
                if !jwk.key.verify(algorithm, message, &self.signature) {
                    let place = format!("{}/signature", self.path);
                    problems.push(Problem::new(&rules::SIGNATURE, place));
                }
            }
            Err(NoKey::Unknown) => problems.push(no_key(&rules::KEY_UNKNOWN)),
            Err(NoKey::Ignored) => problems.push(no_key(&rules::KEY_IGNORED)),
            Err(NoKey::Unnamed) => problems.push(no_key(&rules::KEY_UNNAMED)),
            Err(NoKey::Mismatch) => problems.push(no_key(&rules::KEY_MISMATCH)),
        }
        problems
    }

    /// Refuses a token whose header announces another kind of token
    /// (`at+jwt`, `logout+jwt` …; RFC 8725 §3.11). Absent is accepted.
    pub(crate) fn check_type(&self, problems: &mut Problems) {
        let header = Members::of(&self.header, format!("{}/header", self.path));
        let kind = header.text("typ", problems);
        let plain = |kind: &str| ["jwt", "application/jwt"].contains(&&*kind.to_ascii_lowercase());
        if kind.is_some_and(|kind| !plain(kind)) {
            problems.push(Problem::new(&rules::HEADER_TYPE, header.path("typ")).allowed(["JWT"]));
        }
    }

    /// The content as a JSON object.
    pub(crate) fn claims(&self, problems: &mut Problems) -> Option<Map<String, Value>> {
        json::object(&self.payload, self.path, &rules::TOKEN_JSON, problems)
    }
}

impl fmt::Debug for Jws<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Jws(…)")
    }
}

fn admitted(
    header: &Members,
    algorithms: &[Algorithm],
    problems: &mut Problems,
) -> Option<Algorithm> {
    let before = problems.len();
    let name = header.text("alg", problems);
    let allowed = || algorithms.iter().map(|a| a.name());
    match name.map(|name| (name, Algorithm::from_name(name))) {
        Some((_, Some(algorithm))) if algorithms.contains(&algorithm) => Some(algorithm),
        Some((name, _)) => {
            let problem = Problem::new(&rules::ALGORITHM, header.path("alg"));
            problems.push(problem.found(algorithm::shown(name)).allowed(allowed()));
            None
        }
        None => {
            if problems.len() == before {
                let problem = Problem::new(&rules::MISSING, header.path("alg"));
                problems.push(
                    problem
                        .message("L'en-tête du jeton n'indique pas son algorithme (alg)")
                        .allowed(allowed()),
                );
            }
            None
        }
    }
}
