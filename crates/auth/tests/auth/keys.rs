//! Keys that sign the test tokens: those printed in the RFCs, and two of P-256
//! whose secret is a small number.

use std::convert::Infallible;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dcc_auth::Algorithm;
use p256::ecdsa::signature::{RandomizedSigner, SignatureEncoding, Signer as _};
use rsa::BoxedUint;
use rsa::rand_core::{TryCryptoRng, TryRng};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::rfc;

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn decode(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// The bytes of a text that may be no base64url.
pub(crate) fn decode_lax(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Salts of PSS, the same at each run: SHA-256 of a counter.
struct Salts(u64);

impl TryRng for Salts {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for part in bytes.chunks_mut(32) {
            self.0 += 1;
            let block = Sha256::digest(self.0.to_be_bytes());
            part.copy_from_slice(&block[..part.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Salts {}

fn rsa_key([n, e, d, p, q]: [&str; 5]) -> rsa::PrivateKey {
    let number = |text| BoxedUint::from_be_slice_vartime(&decode(text));
    let primes = vec![number(p), number(q)];
    rsa::PrivateKey::from_components(number(n), number(e), number(d), primes).unwrap()
}

fn small(secret: u8) -> p256::ecdsa::SigningKey {
    let mut bytes = [0; 32];
    bytes[31] = secret;
    p256::ecdsa::SigningKey::from_slice(&bytes).unwrap()
}

static RSA: LazyLock<[rsa::PrivateKey; 2]> = LazyLock::new(|| {
    let a2 = [rfc::A2_N, rfc::A2_E, rfc::A2_D, rfc::A2_P, rfc::A2_Q];
    let [n, d, p, q] = [
        rfc::COOKBOOK_N,
        rfc::COOKBOOK_D,
        rfc::COOKBOOK_P,
        rfc::COOKBOOK_Q,
    ];
    [rsa_key(a2), rsa_key([n, rfc::A2_E, d, p, q])]
});

static EC: LazyLock<[p256::ecdsa::SigningKey; 3]> = LazyLock::new(|| {
    let a3 = p256::ecdsa::SigningKey::from_slice(&decode(rfc::A3_D)).unwrap();
    [a3, small(7), small(11)]
});

/// A key of the tests: its type is that of the algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signer {
    /// In the JWK Set, `rsa-1` or `ec-1`.
    First,
    /// In the JWK Set, `rsa-2` or `ec-2`.
    Second,
    /// Of an attacker: not in the JWK Set (P-256 only).
    Stranger,
}

/// Signature of `message`.
pub(crate) fn sign(algorithm: Algorithm, signer: Signer, message: &[u8]) -> Vec<u8> {
    let rank = signer as usize;
    match algorithm {
        Algorithm::Rs256 => {
            let key = rsa::pkcs1v15::SigningKey::<Sha256>::new(RSA[rank].clone());
            key.sign(message).to_vec()
        }
        Algorithm::Ps256 => {
            let key = rsa::pss::SigningKey::<Sha256>::new(RSA[rank].clone());
            key.sign_with_rng(&mut Salts(rank as u64), message).to_vec()
        }
        Algorithm::Es256 => {
            let signature: p256::ecdsa::Signature = EC[rank].sign(message);
            signature.to_bytes().to_vec()
        }
        other => panic!("no key for {other:?}"),
    }
}

/// Identifier of a key in the JWK Set.
pub(crate) fn kid(algorithm: Algorithm, signer: Signer) -> String {
    let family = match algorithm {
        Algorithm::Es256 => "ec",
        _ => "rsa",
    };
    format!("{family}-{}", signer as usize + 1)
}

/// Public key of an elliptic curve signer.
pub(crate) fn ec_jwk(signer: Signer) -> Value {
    let point = EC[signer as usize].verifying_key().to_sec1_point(false);
    let bytes = point.as_bytes();
    let (x, y) = (encode(&bytes[1..33]), encode(&bytes[33..65]));
    json!({"kty": "EC", "crv": "P-256", "x": x, "y": y})
}

/// Public RSA key of a signer.
pub(crate) fn rsa_jwk(signer: Signer) -> Value {
    let n = [rfc::A2_N, rfc::COOKBOOK_N][signer as usize];
    json!({"kty": "RSA", "n": n, "e": rfc::A2_E})
}

fn named(mut jwk: Value, kid: &str, usage: &str) -> Value {
    jwk["kid"] = kid.into();
    jwk["use"] = usage.into();
    jwk
}

/// The JWK Set of the tests: two keys of each type, one for encryption, one
/// too short.
pub(crate) fn jwks() -> Value {
    let short = encode([0xC5; 128]);
    json!({"keys": [
        named(rsa_jwk(Signer::First), "rsa-1", "sig"),
        named(rsa_jwk(Signer::Second), "rsa-2", "sig"),
        named(ec_jwk(Signer::First), "ec-1", "sig"),
        named(ec_jwk(Signer::Second), "ec-2", "sig"),
        named(rsa_jwk(Signer::First), "encryption", "enc"),
        {"kty": "RSA", "kid": "short", "use": "sig", "n": short, "e": "AQAB"},
    ]})
}
