//! One key of a JWK Set (RFC 7517 §4, RFC 7518 §6).

use dcc_base::problem::{Problem, Problems, Rule};
use rsa::BoxedUint;

use crate::algorithm::Algorithm;
use crate::base64url;
use crate::key::PublicKey;
use crate::members::Members;
use crate::rules;

/// Shortest RSA modulus, in bits (RFC 7518 §3.3).
const MIN_RSA: u32 = 2048;
/// Longest RSA modulus, in bits.
const MAX_RSA: u32 = 8192;
/// Smallest RSA exponent (FIPS 186-5 §5.1).
const MIN_EXPONENT: u64 = 65_537;
/// Bytes of a coordinate of P-256.
const P256_COORDINATE: usize = 32;

/// A usable key.
#[derive(Clone, Debug)]
pub(crate) struct Jwk {
    /// Algorithm that the key is reserved to.
    pub(crate) algorithm: Option<Algorithm>,
    pub(crate) key: PublicKey,
}

impl Jwk {
    /// Whether the key may verify a signature of `algorithm`.
    pub(crate) fn suits(&self, algorithm: Algorithm) -> bool {
        self.key.suits(algorithm) && self.algorithm.is_none_or(|own| own == algorithm)
    }
}

/// The key of these members, or the reason why it cannot serve.
pub(crate) fn read(members: &Members) -> Result<Jwk, Problem> {
    let mut wrong = Problems::new();
    let kty = text(members, "kty", &mut wrong);
    let usage = text(members, "use", &mut wrong);
    let operations = members.texts("key_ops", &mut wrong);
    let alg = text(members, "alg", &mut wrong);
    if let Some(first) = wrong.iter().next() {
        return Err(Problem::new(&rules::JWK_VALUE, first.path.clone()));
    }
    if ["d", "p", "q", "k", "priv"]
        .iter()
        .any(|name| members.has(name))
    {
        return Err(at(members, "", &rules::JWK_PRIVATE));
    }
    let verifies = operations.is_none_or(|ops| ops.contains(&"verify"));
    if usage.is_some_and(|usage| usage != "sig") || !verifies {
        return Err(at(members, "use", &rules::JWK_USE).allowed(["sig"]));
    }
    let algorithm = match alg.map(Algorithm::from_name) {
        Some(None) => {
            let allowed = Algorithm::ALL.map(Algorithm::name);
            return Err(at(members, "alg", &rules::JWK_USE).allowed(allowed));
        }
        Some(known) => known,
        None => None,
    };
    let key = match kty {
        Some("RSA") => rsa_key(members)?,
        Some("EC") => p256_key(members)?,
        _ => return Err(at(members, "kty", &rules::JWK_KIND).allowed(["RSA", "EC"])),
    };
    match algorithm {
        Some(algorithm) if !key.suits(algorithm) => Err(at(members, "alg", &rules::JWK_VALUE)),
        _ => Ok(Jwk { algorithm, key }),
    }
}

fn at(members: &Members, name: &str, rule: &'static Rule) -> Problem {
    let path = members.path(name);
    Problem::new(rule, path.trim_end_matches('/'))
}

fn text<'a>(members: &Members<'a>, name: &str, problems: &mut Problems) -> Option<&'a str> {
    members.text(name, problems)
}

/// Bytes of a member in base64url.
fn bytes(members: &Members, name: &str) -> Result<Vec<u8>, Problem> {
    let text = members.text(name, &mut Problems::new());
    text.and_then(base64url::decode)
        .filter(|bytes| !bytes.is_empty())
        .ok_or_else(|| at(members, name, &rules::JWK_VALUE))
}

fn rsa_key(members: &Members) -> Result<PublicKey, Problem> {
    let (n, e) = (bytes(members, "n")?, bytes(members, "e")?);
    let n = trimmed(&n);
    let bits = bits(n);
    if !(MIN_RSA..=MAX_RSA).contains(&bits) {
        return Err(at(members, "n", &rules::JWK_WEAK).found(format!("{bits} bits")));
    }
    let exponent = match trimmed(&e) {
        digits if digits.len() <= 8 => digits.iter().fold(0, |sum, b| sum << 8 | u64::from(*b)),
        _ => return Err(at(members, "e", &rules::JWK_VALUE)),
    };
    if exponent < MIN_EXPONENT {
        return Err(at(members, "e", &rules::JWK_WEAK));
    }
    let modulus = BoxedUint::from_be_slice_vartime(n);
    rsa::PublicKey::new(modulus, BoxedUint::from(exponent))
        .map(|key| PublicKey::Rsa(Box::new(key)))
        .map_err(|_| at(members, "n", &rules::JWK_VALUE))
}

/// Big-endian number without the zeros at its head.
fn trimmed(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|b| **b == 0).count();
    &bytes[zeros..]
}

/// Bits of a big-endian number without zeros at its head.
fn bits(bytes: &[u8]) -> u32 {
    let head = bytes.first().map_or(0, |b| b.leading_zeros());
    u32::try_from(bytes.len())
        .unwrap_or(u32::MAX)
        .saturating_mul(8)
        .saturating_sub(head)
}

fn p256_key(members: &Members) -> Result<PublicKey, Problem> {
    match members.text("crv", &mut Problems::new()) {
        Some("P-256") => {}
        Some(_) => return Err(at(members, "crv", &rules::JWK_KIND).allowed(["P-256"])),
        None => return Err(at(members, "crv", &rules::JWK_VALUE)),
    }
    let (x, y) = (bytes(members, "x")?, bytes(members, "y")?);
    for (name, coordinate) in [("x", &x), ("y", &y)] {
        if coordinate.len() != P256_COORDINATE {
            return Err(at(members, name, &rules::JWK_VALUE));
        }
    }
    // uncompressed point: SEC 1 §2.3.3
    let point = [&[4], &x[..], &y[..]].concat();
    p256::ecdsa::VerifyingKey::from_sec1_bytes(&point)
        .map(PublicKey::P256)
        .map_err(|_| at(members, "x", &rules::JWK_VALUE))
}
