//! Bytes of a file.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Serialize, Serializer};

/// The bytes of a file (*fichier*: PDF, image). JSON: base64 text.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Binary(pub Vec<u8>);

impl Binary {
    /// The bytes as base64, on one line.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(&self.0)
    }

    /// Reads base64; white space counts for nothing, padding may be missing.
    pub fn from_base64(text: &str) -> Option<Self> {
        dcc_cda::decode_base64(text).map(Binary)
    }
}

impl std::fmt::Debug for Binary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Binary({} octets)", self.0.len())
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Binary(bytes)
    }
}

impl Serialize for Binary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_base64())
    }
}

/// The text is not base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("le texte n'est pas du base64")]
pub struct Base64Error;

impl std::str::FromStr for Binary {
    type Err = Base64Error;

    fn from_str(text: &str) -> Result<Self, Base64Error> {
        Binary::from_base64(text).ok_or(Base64Error)
    }
}

dcc_json::read_from_text!(Binary, "", "a string");

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Binary {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Binary".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "contentEncoding": "base64", "description": "*Fichier, en base64*", "pattern": "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw](==)?|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=?)?$" })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn base64_both_ways() {
        for bytes in [&b""[..], b"%", b"%P", b"%PD", b"%PDF-1.7\n\xFF\x00"] {
            let binary = Binary(bytes.to_vec());
            let text = binary.to_base64();
            assert_eq!(Binary::from_base64(&text).unwrap(), binary);
            assert_eq!(
                Binary::from_base64(&format!("\n  {}\n", text.trim_end_matches('='))).unwrap(),
                binary
            );
            assert_eq!(
                serde_json::from_str::<Binary>(&serde_json::to_string(&binary).unwrap()).unwrap(),
                binary
            );
        }
        assert_eq!(Binary::from_base64("é"), None);
        assert_eq!(Binary::from_base64("a*b="), None);
    }
}
