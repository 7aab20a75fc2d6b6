//! A public key, and the verification of a signature with it.

use std::fmt;

use p256::ecdsa::signature::Verifier;
use sha2::Sha256;

use crate::algorithm::Algorithm;

/// Public key that verifies signatures (*clé publique*).
///
/// `Debug` does not show it.
#[derive(Clone)]
pub(crate) enum PublicKey {
    /// RSA.
    Rsa(Box<rsa::PublicKey>),
    /// Point of the curve P-256.
    P256(p256::ecdsa::VerifyingKey),
}

impl PublicKey {
    /// Whether the key is of the type that `algorithm` uses.
    pub(crate) fn suits(&self, algorithm: Algorithm) -> bool {
        match self {
            PublicKey::Rsa(_) => matches!(algorithm, Algorithm::Rs256 | Algorithm::Ps256),
            PublicKey::P256(_) => algorithm == Algorithm::Es256,
        }
    }

    /// Whether `signature` is that of `message`.
    pub(crate) fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        match (self, algorithm) {
            (PublicKey::Rsa(key), Algorithm::Rs256) => {
                let key = rsa::pkcs1v15::VerifyingKey::<Sha256>::new((**key).clone());
                rsa::pkcs1v15::Signature::try_from(signature)
                    .is_ok_and(|signature| key.verify(message, &signature).is_ok())
            }
            (PublicKey::Rsa(key), Algorithm::Ps256) => {
                let key = rsa::pss::VerifyingKey::<Sha256>::new((**key).clone());
                rsa::pss::Signature::try_from(signature)
                    .is_ok_and(|signature| key.verify(message, &signature).is_ok())
            }
            (PublicKey::P256(key), Algorithm::Es256) => {
                p256::ecdsa::Signature::from_slice(signature)
                    .is_ok_and(|signature| key.verify(message, &signature).is_ok())
            }
            _ => false,
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PublicKey::Rsa(_) => "Rsa(…)",
            PublicKey::P256(_) => "P256(…)",
        })
    }
}
