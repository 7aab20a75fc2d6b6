//! Bytes to text, and the characters of XML 1.0.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use memchr::memchr;

use super::error::{XmlError, XmlErrorKind};

/// The text of a document: decoded by byte order mark, then declaration, then UTF-8; ends of lines made line feeds.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, XmlError> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, bom)) => decode_as(encoding, &bytes[bom..])?,
        None => match declared(bytes) {
            None => decode_as(UTF_8, bytes)?,
            Some(label) => match Encoding::for_label(label.as_bytes()) {
                // a declaration that was read byte by byte is not UTF-16
                Some(encoding) if encoding.is_ascii_compatible() => decode_as(encoding, bytes)?,
                Some(_) => decode_as(UTF_8, bytes)?,
                None => return Err(encoding_error(label)),
            },
        },
    };
    match memchr(b'\r', text.as_bytes()) {
        None => Ok(text),
        Some(_) => Ok(Cow::Owned(line_feeds(&text))),
    }
}

/// The text with CR LF and CR replaced by LF.
fn line_feeds(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    out.push_str(rest);
    out
}

fn encoding_error(found: &str) -> XmlError {
    XmlError {
        kind: XmlErrorKind::Encoding,
        line: 0,
        column: 0,
        found: found.to_owned(),
    }
}

fn decode_as<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Result<Cow<'b, str>, XmlError> {
    if encoding == UTF_8 {
        return simdutf8::basic::from_utf8(bytes)
            .map(Cow::Borrowed)
            .map_err(|_| encoding_error(encoding.name()));
    }
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| encoding_error(encoding.name()))
}

/// The value of `encoding` in the XML declaration.
fn declared(bytes: &[u8]) -> Option<&str> {
    let head = bytes.strip_prefix(b"<?xml")?;
    let end = head.iter().take(200).position(|&b| b == b'>')?;
    let head = std::str::from_utf8(&head[..end]).ok()?;
    let value = head[head.find("encoding")? + 8..].trim_start();
    let value = value.strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}

/// Whether XML 1.0 allows the character.
pub(super) fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Offset of the first character that XML 1.0 forbids.
pub(super) fn forbidden(text: &str) -> Option<usize> {
    let suspect = |b: u8| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0xEF;
    // a fold without a branch, which the compiler turns into vectors
    let any = text
        .as_bytes()
        .chunks(64)
        .any(|c| c.iter().fold(false, |any, &b| any | suspect(b)));
    if !any {
        return None;
    }
    text.char_indices()
        .find(|&(_, c)| !is_xml_char(c))
        .map(|(at, _)| at)
}

/// Whether the text is an NCName, near enough: letters, digits, `-`, `.`, `_` and everything outside of ASCII,
/// not starting with a digit, `-` or `.`.
pub(crate) fn is_ncname(name: &str) -> bool {
    let start = |b: u8| b.is_ascii_alphabetic() || b == b'_' || b >= 0x80;
    let inner = |b: u8| start(b) || b.is_ascii_digit() || matches!(b, b'-' | b'.');
    name.bytes().next().is_some_and(start) && name.bytes().all(inner)
}

/// The character of a reference without its `&` and `;`.
pub(super) fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix('x') {
            Some(hex) if !hex.starts_with('+') => u32::from_str_radix(hex, 16).ok()?,
            None if !number.starts_with('+') => number.parse().ok()?,
            _ => return None,
        };
        return char::from_u32(code).filter(|&c| is_xml_char(c));
    }
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_decoded_by_mark_then_declaration() {
        let text = |b: &[u8]| decode(b).map(Cow::into_owned);
        assert_eq!(text(b"\xEF\xBB\xBF<a/>").as_deref(), Ok("<a/>"));
        assert_eq!(text(b"\xFF\xFE<\0a\0/\0>\0").as_deref(), Ok("<a/>"));
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>";
        assert!(text(latin).is_ok_and(|t| t.contains('é')));
        assert!(text(b"<a>\xe9</a>").is_err());
        assert!(text(b"<?xml version='1.0' encoding='klingon'?><a/>").is_err());
        assert_eq!(text(b"a\r\nb\rc\n").as_deref(), Ok("a\nb\nc\n"));
    }

    #[test]
    fn references_and_forbidden_characters() {
        assert_eq!(reference("#xE9"), Some('é'));
        assert_eq!(reference("#233"), Some('é'));
        assert_eq!(reference("#0"), None);
        assert_eq!(reference("#+1"), None);
        assert_eq!(reference("nbsp"), None);
        assert_eq!(forbidden("a\u{1}"), Some(1));
        assert_eq!(forbidden("é\u{FFFE}"), Some(2));
        assert_eq!(forbidden("a\t\u{FFFD}"), None);
    }
}
