//! Bytes to text, by byte order mark, then XML declaration, then UTF-8.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use super::rules;
use dcc_base::problem::{Problem, Problems};

/// The text of an XML document, without its byte order mark.
///
/// # Errors
/// `XML-ENCODAGE` when the declared encoding is unknown or the bytes do not
/// follow it.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Problems> {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return text(encoding, &bytes[bom..]);
    }
    match declared(bytes) {
        None => text(UTF_8, bytes),
        Some(label) => match Encoding::for_label(label.as_bytes()) {
            // A declaration that was readable byte by byte cannot be UTF-16.
            Some(encoding) if encoding.is_ascii_compatible() => text(encoding, bytes),
            Some(_) => text(UTF_8, bytes),
            None => Err(Problem::new(&rules::ENCODING, "")
                .found(label)
                .allowed(["UTF-8", "ISO-8859-1", "UTF-16"])
                .into()),
        },
    }
}

fn text<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, Problems> {
    if encoding == UTF_8 {
        return match simdutf8::compat::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(e) => Err(
                Problem::new(&rules::ENCODING, format!("octet {}", e.valid_up_to()))
                    .found(format!("octet 0x{:02X}", bytes[e.valid_up_to()]))
                    .allowed(["UTF-8"])
                    .into(),
            ),
        };
    }
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| {
            Problem::new(&rules::ENCODING, "")
                .found(encoding.name())
                .into()
        })
}

/// The value of `encoding` in the XML declaration.
fn declared(bytes: &[u8]) -> Option<&str> {
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
    let head = &bytes[start..];
    if !head.starts_with(b"<?xml") {
        return None;
    }
    let end = head.iter().take(400).position(|&b| b == b'>')?;
    let head = std::str::from_utf8(&head[..end]).ok()?;
    let value = head[head.find("encoding")? + 8..]
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        assert_eq!(decode("\u{FEFF}<é/>".as_bytes()).unwrap(), "<é/>");
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>";
        assert!(decode(latin).unwrap().ends_with("<a>é</a>"));
        let utf16: Vec<u8> = "\u{FEFF}<é/>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(&utf16).unwrap(), "<é/>");
        assert_eq!(
            decode(b"<a>\xe9</a>")
                .unwrap_err()
                .iter()
                .next()
                .unwrap()
                .code,
            "XML-ENCODAGE"
        );
        let unknown = b"<?xml version='1.0' encoding='klingon'?><a/>";
        assert_eq!(
            decode(unknown)
                .unwrap_err()
                .iter()
                .next()
                .unwrap()
                .found
                .as_deref(),
            Some("klingon")
        );
    }
}
