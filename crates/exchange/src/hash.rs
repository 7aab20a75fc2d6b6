//! SHA-1 of a file, as registries know it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest as _, Sha1};

/// In hexadecimal: XDS.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    Sha1::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// In base 64: FHIR and XML signatures.
pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(Sha1::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_known_digest() {
        assert_eq!(
            hexadecimal(b"abc"),
            "a9993e364706816aba3e25717850c26c9cd0d89d"
        );
        assert_eq!(base64(b"abc"), "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=");
    }
}
