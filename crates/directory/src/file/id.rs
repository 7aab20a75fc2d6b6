//! Identifiers as numbers, so that they sort and take eight bytes.
//!
//! From the high bit: one bit zero, five bits for a class (0 digits alone,
//! 1–26 one capital letter then digits, 27 the FINESS of a legal entity, 28 a
//! SIREN alone, 31 letters and digits in base 36), five bits for the number of
//! characters after the letter, then their value. Other forms do not fit and
//! stay texts.

use super::ints::{take, varint32};

const VALUE_BITS: u32 = 53;
const LENGTH_BITS: u32 = 5;
const MOST_DIGITS: usize = 15;
const MOST_BASE36: usize = 10;

/// Class of the FINESS number of a legal entity (*entité juridique*).
pub(crate) const LEGAL: u8 = 27;
/// Class of a SIREN that no SIRET of the record begins with.
pub(crate) const SIREN: u8 = 28;
const BASE36: u8 = 31;

fn join(class: u8, length: usize, value: u64) -> u64 {
    (u64::from(class) << (LENGTH_BITS + VALUE_BITS)) | ((length as u64) << VALUE_BITS) | value
}

fn digits(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > MOST_DIGITS {
        return None;
    }
    text.iter().try_fold(0u64, |value, b| match b {
        b'0'..=b'9' => Some(value * 10 + u64::from(b - b'0')),
        _ => None,
    })
}

fn base36(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > MOST_BASE36 {
        return None;
    }
    text.iter().try_fold(0u64, |value, b| match b {
        b'0'..=b'9' => Some(value * 36 + u64::from(b - b'0')),
        b'A'..=b'Z' => Some(value * 36 + u64::from(b - b'A') + 10),
        _ => None,
    })
}

/// The number of an identifier; `None` when its form does not fit.
#[inline]
pub(crate) fn pack(text: &str) -> Option<u64> {
    let bytes = text.as_bytes();
    if let Some(value) = digits(bytes) {
        return Some(join(0, bytes.len(), value));
    }
    match bytes {
        [letter @ b'A'..=b'Z', rest @ ..] => {
            digits(rest).map(|v| join(letter - b'A' + 1, rest.len(), v))
        }
        _ => None,
    }
    .or_else(|| base36(bytes).map(|v| join(BASE36, bytes.len(), v)))
}

/// The number of an identifier of a class of its own ([`LEGAL`], [`SIREN`]).
pub(crate) fn pack_as(class: u8, text: &str) -> Option<u64> {
    base36(text.as_bytes()).map(|v| join(class, text.len(), v))
}

/// The numbers of the SIRET that begin with a SIREN, first and last.
pub(crate) fn sirets_of(siren: &str) -> Option<(u64, u64)> {
    let first = (siren.len() == 9)
        .then(|| digits(siren.as_bytes()))
        .flatten()?
        * 100_000;
    Some((join(0, 14, first), join(0, 14, first + 99_999)))
}

/// The identifier of a number that [`pack`] gave.
pub(crate) fn unpack(number: u64) -> Option<String> {
    let class = (number >> (LENGTH_BITS + VALUE_BITS)) as u8;
    let length = (number >> VALUE_BITS) as usize & ((1 << LENGTH_BITS) - 1);
    let mut value = number & ((1 << VALUE_BITS) - 1);
    let base = if class <= 26 { 10 } else { 36 };
    let mut text = vec![0; length];
    for place in text.iter_mut().rev() {
        let digit = (value % base) as u8;
        *place = if digit < 10 {
            b'0' + digit
        } else {
            b'A' + digit - 10
        };
        value /= base;
    }
    if (1..=26).contains(&class) {
        text.insert(0, b'A' + class - 1);
    }
    String::from_utf8(text).ok()
}

/// Bytes that `n` decimal digits need.
const SIZES: [u8; MOST_DIGITS + 1] = [0, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6, 7];

/// Writes a short text, digits packed: the tag is the length of a plain text
/// (below 0x70, else 0x70 and a varint), 0x80 and the number of digits, or
/// 0x90 and the number of digits behind one capital letter.
pub(crate) fn put(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let (tag, value, len) = match (digits(bytes), bytes) {
        (Some(value), _) => (0x80, value, bytes.len()),
        (None, [b'A'..=b'Z', rest @ ..]) if digits(rest).is_some() => {
            (0x90, digits(rest).unwrap_or(0), rest.len())
        }
        _ => {
            put_plain(out, text);
            return;
        }
    };
    out.push(tag | len as u8);
    if tag == 0x90 {
        out.push(bytes[0]);
    }
    out.extend_from_slice(&value.to_le_bytes()[..usize::from(SIZES[len])]);
}

/// Writes a text as it is, its length first.
pub(crate) fn put_plain(out: &mut Vec<u8>, text: &str) {
    if text.len() < 0x70 {
        out.push(text.len() as u8);
    } else {
        out.push(0x70);
        super::ints::put_varint(out, text.len() as u64);
    }
    out.extend_from_slice(text.as_bytes());
}

/// A text that [`put`] or [`put_plain`] wrote.
pub(crate) enum Stored<'a> {
    Plain(&'a str),
    Packed(String),
}

impl Stored<'_> {
    pub(crate) fn into_string(self) -> String {
        match self {
            Stored::Plain(text) => text.to_owned(),
            Stored::Packed(text) => text,
        }
    }
}

/// Reads what [`put`] wrote at `*at`.
pub(crate) fn get<'a>(bytes: &'a [u8], at: &mut usize) -> Option<Stored<'a>> {
    let tag = *take(bytes, at, 1)?.first()?;
    if tag <= 0x70 {
        let len = if tag == 0x70 {
            varint32(bytes, at)? as usize
        } else {
            tag.into()
        };
        let text = std::str::from_utf8(take(bytes, at, len)?).ok()?;
        return Some(Stored::Plain(text));
    }
    let (letter, len) = match tag & 0xf0 {
        0x80 => (None, usize::from(tag & 0xf)),
        0x90 => (Some(*take(bytes, at, 1)?.first()?), usize::from(tag & 0xf)),
        _ => return None,
    };
    let part = take(bytes, at, usize::from(*SIZES.get(len)?))?;
    let mut wide = [0; 8];
    wide[..part.len()].copy_from_slice(part);
    let mut text = String::with_capacity(len + 1);
    text.extend(letter.filter(u8::is_ascii_uppercase).map(char::from));
    let value = u64::from_le_bytes(wide);
    use std::fmt::Write;
    write!(text, "{value:0len$}").ok()?;
    Some(Stored::Packed(text))
}

/// Passes over what [`put`] wrote at `*at`.
pub(crate) fn skip(bytes: &[u8], at: &mut usize) -> Option<()> {
    let tag = *take(bytes, at, 1)?.first()?;
    let len = match tag {
        0..0x70 => usize::from(tag),
        0x70 => varint32(bytes, at)? as usize,
        0x80..0x90 => usize::from(SIZES[usize::from(tag & 0xf)]),
        0x90..0xa0 => usize::from(SIZES[usize::from(tag & 0xf)]) + 1,
        _ => return None,
    };
    take(bytes, at, len).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn national_identifiers_fit() {
        for id in [
            "810099887761",
            "0751234567",
            "02A1234567",
            "990000010",
            "2A0000014",
            "0B0172805",
            "R10100000012345",
            "F990000010",
            "12345678901234",
            "399000001000001",
        ] {
            let number = pack(id).expect(id);
            assert_eq!(unpack(number).as_deref(), Some(id));
            assert!(number < 1 << 63);
        }
        for id in [
            "",
            "3990000010/12345",
            "C12345678901234567",
            "8100é",
            "ANS20231122132732",
        ] {
            assert_eq!(pack(id), None, "{id}");
        }
        assert_ne!(pack_as(LEGAL, "990000028"), pack("990000028"));
    }

    #[test]
    fn the_sirets_of_a_siren_are_a_range() {
        let (first, last) = sirets_of("123456782").expect("nine digits");
        let of = |id| pack(id).expect("fits");
        assert!((first..=last).contains(&of("12345678200015")));
        assert!(!(first..=last).contains(&of("12345678300015")));
        assert_eq!(sirets_of("12345678"), None);
    }

    proptest! {
        #[test]
        fn different_identifiers_have_different_numbers(a in "[0-9A-Z]{0,16}", b in "[0-9A-Z]{0,16}") {
            if let (Some(x), Some(y)) = (pack(&a), pack(&b)) {
                prop_assert_eq!(x == y, a == b);
                prop_assert_eq!(unpack(x), Some(a));
            }
        }

        #[test]
        fn a_stored_text_reads_back(text in "([A-Z]?[0-9]{0,17}|\\PC{0,200})") {
            for writer in [put as fn(&mut Vec<u8>, &str), put_plain] {
                let mut out = Vec::new();
                writer(&mut out, &text);
                let mut at = 0;
                prop_assert_eq!(get(&out, &mut at).map(Stored::into_string), Some(text.clone()));
                prop_assert_eq!(at, out.len());
                at = 0;
                prop_assert!(skip(&out, &mut at).is_some() && at == out.len());
            }
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes: Vec<u8>, number: u64) {
            let _ = get(&bytes, &mut 0);
            let _ = skip(&bytes, &mut 0);
            let _ = unpack(number);
        }
    }
}
