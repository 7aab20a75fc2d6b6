//! Seal of a proof: it shows that the proof was made by who holds the key.

use std::fmt;

use dcc_base::problem::{Problem, Problems};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::rules;

/// Shortest key, in bytes (RFC 2104 §3: the length of the hash).
const MIN_KEY: usize = 32;

/// Key that seals proofs (*clé de scellement*): secret bytes that the host
/// keeps, at least 32. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct SealKey(Vec<u8>);

impl SealKey {
    /// A key of these bytes.
    ///
    /// # Errors
    /// Fewer than 32 bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Result<SealKey, Problems> {
        let bytes = bytes.into();
        if bytes.len() < MIN_KEY {
            let problem = Problem::new(&rules::SETTING, "/seal_key");
            let message = format!("La clé de scellement a au moins {MIN_KEY} octets");
            let found = format!("{} octets", bytes.len());
            return Err(problem.message(message).found(found).into());
        }
        Ok(SealKey(bytes))
    }

    fn mac(&self, message: &[u8]) -> Option<Hmac<Sha256>> {
        // HMAC takes a key of any length
        let mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        Some(mac.chain_update(message))
    }

    /// HMAC-SHA-256 of `message`, in lower-case hexadecimal.
    pub(crate) fn seal(&self, message: &[u8]) -> Option<String> {
        Some(hex(&self.mac(message)?.finalize().into_bytes()))
    }

    /// Whether `seal` is that of `message`; in constant time.
    pub(crate) fn holds(&self, message: &[u8], seal: &str) -> bool {
        let bytes: Option<Vec<u8>> = (0..seal.len())
            .step_by(2)
            .map(|i| u8::from_str_radix(seal.get(i..i + 2)?, 16).ok())
            .collect();
        match (self.mac(message), bytes) {
            (Some(mac), Some(bytes)) => mac.verify_slice(&bytes).is_ok(),
            _ => false,
        }
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey(…)")
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// RFC 4231 §4.7 (test case 6: a key longer than the block).
    #[test]
    fn the_seal_is_hmac_sha_256() {
        let key = SealKey::new([0xaa; 131]).unwrap();
        let message = b"Test Using Larger Than Block-Size Key - Hash Key First";
        let seal = "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54";
        assert_eq!(key.seal(message).unwrap(), seal);
        assert!(key.holds(message, seal));
        for wrong in ["", "6", "60", "zz", "é", &seal[2..], &format!("{seal}00")] {
            assert!(!key.holds(message, wrong), "{wrong}");
        }
    }

    #[test]
    fn a_short_key_is_refused() {
        let refused = SealKey::new([7; 31]).unwrap_err();
        assert_eq!(refused.iter().next().unwrap().code, "AUTH-REGLAGE");
        assert_eq!(
            format!("{:?}", SealKey::new([7; 32]).unwrap()),
            "SealKey(…)"
        );
    }
}
