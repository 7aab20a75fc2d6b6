//! Values, for what compares them: enumerations, fixed values, bounds.

use std::cmp::Ordering;

/// A value of a simple type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Strings, names, URIs, dates (compared as they are written).
    Text(String),
    Bool(bool),
    Decimal(Decimal),
    Double(f64),
    Bytes(Vec<u8>),
    List(Vec<Value>),
}

/// A decimal number of any length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    negative: bool,
    /// Digits before the point, without leading zero.
    whole: String,
    /// Digits after the point, without trailing zero.
    fraction: String,
}

impl Decimal {
    /// Reads `xs:decimal`; `whole` refuses a point.
    pub(crate) fn parse(text: &str, integer: bool) -> Option<Decimal> {
        let (negative, digits) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some(_) if integer => return None,
            Some(parts) => parts,
            None => (digits, ""),
        };
        let all = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all(whole) || !all(fraction) {
            return None;
        }
        let whole = whole.trim_start_matches('0').to_owned();
        let fraction = fraction.trim_end_matches('0').to_owned();
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Decimal {
            negative: negative && !zero,
            whole,
            fraction,
        })
    }

    pub(crate) fn fraction_digits(&self) -> usize {
        self.fraction.len()
    }

    pub(crate) fn total_digits(&self) -> usize {
        (self.whole.len() + self.fraction.len()).max(1)
    }

    fn size(&self, other: &Decimal) -> Ordering {
        (self.whole.len().cmp(&other.whole.len()))
            .then_with(|| self.whole.cmp(&other.whole))
            .then_with(|| self.fraction.cmp(&other.fraction))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.size(other),
            (true, true) => other.size(self),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Value {
    /// Order of two numbers; `None` for what has no order. `NaN` is above all
    /// numbers, as libxml2 has it.
    pub(crate) fn order(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Decimal(a), Value::Decimal(b)) => Some(a.cmp(b)),
            (Value::Double(a), Value::Double(b)) => Some(match (a.is_nan(), b.is_nan()) {
                (true, true) => Ordering::Equal,
                (true, false) => Ordering::Greater,
                (false, true) => Ordering::Less,
                (false, false) => a.partial_cmp(b)?,
            }),
            _ => None,
        }
    }
}

/// Reads `xs:float` or `xs:double`. As in libxml2, an exponent without digits
/// passes, and blanks do not after `INF` and `NaN`.
pub(crate) fn double(text: &str) -> Option<f64> {
    let blanks = [' ', '\t', '\n', '\r'];
    let text = text.trim_start_matches(blanks);
    match text {
        "INF" => return Some(f64::INFINITY),
        "-INF" => return Some(f64::NEG_INFINITY),
        "NaN" => return Some(f64::NAN),
        _ => {}
    }
    let text = text.trim_end_matches(blanks);
    let bytes = text.as_bytes();
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let digits = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let whole = digits(sign);
    let mut at = sign + whole;
    let mut fraction = 0;
    if bytes.get(at) == Some(&b'.') {
        fraction = digits(at + 1);
        at += 1 + fraction;
    }
    if whole + fraction == 0 {
        return None;
    }
    let mantissa = at;
    let mut bare = false;
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        let exponent = digits(at);
        bare = exponent == 0;
        at += exponent;
    }
    if at != bytes.len() {
        return None;
    }
    text[..if bare { mantissa } else { at }].parse().ok()
}

/// Octets of `xs:base64Binary`. Characters outside of the alphabet are passed
/// over, as in libxml2.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count, mut pads) = (0_u32, 0_usize, 0_usize);
    for b in text.bytes() {
        let six = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                pads += 1;
                continue;
            }
            _ => continue,
        };
        if pads > 0 {
            return None;
        }
        bits = (bits << 6 | u32::from(six)) & 0xFF_FFFF;
        count += 1;
        if count % 4 == 0 {
            out.extend_from_slice(&bits.to_be_bytes()[1..]);
        }
    }
    match (pads, count % 4) {
        (0, 0) => {}
        (1, 3) if bits & 3 == 0 => out.extend_from_slice(&((bits >> 2) as u16).to_be_bytes()),
        (2, 2) if bits & 15 == 0 => out.push((bits >> 4) as u8),
        _ => return None,
    }
    Some(out)
}

/// Octets of `xs:hexBinary`.
pub(crate) fn hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let digit = |b: u8| (b as char).to_digit(16);
    text.as_bytes()
        .chunks_exact(2)
        .map(|p| Some((digit(p[0])? * 16 + digit(p[1])?) as u8))
        .collect()
}
