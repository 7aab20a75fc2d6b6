//! Numbers: from text, to text, sums and products.

use crate::xpath::Id;

use super::fail::{BAD_VALUE, R, WRONG_TYPE, fail};
use super::machine::Eval;
use super::value::{Focus, Item};

/// A double as XML Schema writes it.
pub(super) fn double(text: &str) -> Option<f64> {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    match text {
        "INF" | "+INF" => return Some(f64::INFINITY),
        "-INF" => return Some(f64::NEG_INFINITY),
        "NaN" => return Some(f64::NAN),
        _ => {}
    }
    let allowed = |b: u8| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E');
    if text.bytes().all(allowed) {
        text.parse().ok()
    } else {
        None
    }
}

/// Whether a text is an integer of XML Schema, of any size.
pub(super) fn is_integer(text: &str) -> bool {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A double as XPath writes it.
pub(super) fn write_double(n: f64) -> String {
    if n.is_nan() {
        return "NaN".to_owned();
    }
    if n.is_infinite() {
        return if n > 0.0 { "INF" } else { "-INF" }.to_owned();
    }
    if n == 0.0 {
        return if n.is_sign_negative() { "-0" } else { "0" }.to_owned();
    }
    if (1e-6..1e6).contains(&n.abs()) {
        return format!("{n}");
    }
    let text = format!("{n:E}");
    match text.split_once('E') {
        Some((mantissa, exponent)) if !mantissa.contains('.') => format!("{mantissa}.0E{exponent}"),
        _ => text,
    }
}

impl<'a> Eval<'a> {
    /// `number()`: NaN for what is no number.
    pub(super) fn number(&mut self, id: Id, f: Focus<'a>) -> R<f64> {
        Ok(match self.single(id, f)?.map(Item::atom) {
            None => f64::NAN,
            Some(Item::Int(n)) => n as f64,
            Some(Item::Double(n)) => n,
            Some(Item::Bool(b)) => f64::from(u8::from(b)),
            Some(Item::Str(text) | Item::Untyped(text)) => double(&text).unwrap_or(f64::NAN),
            Some(Item::QName(_) | Item::DateTime(_) | Item::Node(_)) => f64::NAN,
        })
    }

    pub(super) fn arithmetic(
        &mut self,
        times: bool,
        a: Id,
        b: Id,
        f: Focus<'a>,
    ) -> R<Option<Item<'a>>> {
        let (Some(a), Some(b)) = (self.operand(a, f)?, self.operand(b, f)?) else {
            return Ok(None);
        };
        if let (Item::Int(a), Item::Int(b)) = (&a, &b) {
            let exact = if times {
                a.checked_mul(*b)
            } else {
                a.checked_add(*b)
            };
            if let Some(n) = exact {
                return Ok(Some(Item::Int(n)));
            }
        }
        let wide = |item: &Item<'_>| match item {
            Item::Int(n) => *n as f64,
            Item::Double(n) => *n,
            _ => f64::NAN,
        };
        let (a, b) = (wide(&a), wide(&b));
        Ok(Some(Item::Double(if times { a * b } else { a + b })))
    }

    fn operand(&mut self, id: Id, f: Focus<'a>) -> R<Option<Item<'a>>> {
        match self.single(id, f)?.map(Item::atom) {
            None => Ok(None),
            Some(n @ (Item::Int(_) | Item::Double(_))) => Ok(Some(n)),
            Some(Item::Untyped(text)) => match double(&text) {
                Some(n) => Ok(Some(Item::Double(n))),
                None => fail(BAD_VALUE, "a value that is not a number"),
            },
            Some(_) => fail(WRONG_TYPE, "a value that is not a number"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_xml_schema_writes_them() {
        assert_eq!(double(" 12 "), Some(12.0));
        assert_eq!(double("1e3"), Some(1000.0));
        assert_eq!(double(".5"), Some(0.5));
        assert_eq!(double("1."), Some(1.0));
        for text in ["", "inf", "nan", "Infinity", "1_0", "0x1", "e", ".", "٣"] {
            assert_eq!(double(text), None, "{text}");
        }
        assert!(is_integer(" +05 "));
        assert!(!is_integer("1.0"));
        assert!(!is_integer("+"));
    }

    #[test]
    fn numbers_are_written_as_xpath_writes_them() {
        for (n, text) in [
            (1.0, "1"),
            (-0.5, "-0.5"),
            (1e6, "1.0E6"),
            (1.5e7, "1.5E7"),
            (1e-7, "1.0E-7"),
            (999_999.0, "999999"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-INF"),
        ] {
            assert_eq!(write_double(n), text);
        }
    }
}
