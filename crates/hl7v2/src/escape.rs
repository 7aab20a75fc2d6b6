//! Escape sequences: how a value holds a delimiter, a line end, any byte.
//!
//! Read: `\F\ \S\ \R\ \E\ \T\ \P\` (the delimiters), `\X0D0A\` (bytes, in hexadecimal),
//! `\.br\` (a line break), `\.sp\` (a line break). Anything else (highlighting, fonts,
//! character sets, local sequences) is kept as it stands.
//!
//! Written: the delimiters, and the control characters as `\X0D\`.

use std::borrow::Cow;
use std::fmt::Write;

use crate::charset::Charset;
use crate::delimiters::Delimiters;

/// The value of an escaped text. Sequences that are not known stay as they are.
pub fn unescape<'t>(text: &'t str, delimiters: &Delimiters, charset: Charset) -> Cow<'t, str> {
    let Some(mark) = delimiters.escape.filter(|mark| text.contains(*mark)) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    for part in Parts::new(text, mark) {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Sequence { inside, whole } => match known(inside, delimiters, charset) {
                Some(Known::Char(c)) => out.push(c),
                Some(Known::Text(text)) => out.push_str(&text),
                None => out.push_str(whole),
            },
        }
    }
    Cow::Owned(out)
}

/// The place, in bytes, of each sequence of `text` that is not known, and of an
/// escape character alone.
pub(crate) fn unknown<'t>(
    text: &'t str,
    delimiters: &'t Delimiters,
    charset: Charset,
) -> impl Iterator<Item = (usize, &'t str)> {
    let parts = delimiters.escape.map(|mark| Parts::new(text, mark));
    let start = text.as_ptr() as usize;
    parts
        .into_iter()
        .flatten()
        .filter_map(move |part| match part {
            Part::Sequence { inside, whole } if known(inside, delimiters, charset).is_none() => {
                Some((whole.as_ptr() as usize - start, whole))
            }
            _ => None,
        })
}

/// The escaped form of a value; none when it holds a delimiter and the message
/// has no escape character, or a character that no message can hold.
pub fn escape<'t>(value: &'t str, delimiters: &Delimiters) -> Option<Cow<'t, str>> {
    let special = |c: char| {
        c.is_ascii_control()
            || c == delimiters.field
            || c == delimiters.component
            || [
                delimiters.repetition,
                delimiters.escape,
                delimiters.subcomponent,
                delimiters.truncation,
            ]
            .contains(&Some(c))
    };
    let Some(first) = value.find(special) else {
        return Some(Cow::Borrowed(value));
    };
    let mark = delimiters.escape?;
    let mut out = String::with_capacity(value.len() + 16);
    out.push_str(&value[..first]);
    for c in value[first..].chars() {
        let letter = match Some(c) {
            x if x == Some(delimiters.field) => 'F',
            x if x == Some(delimiters.component) => 'S',
            x if x == delimiters.repetition => 'R',
            x if x == delimiters.escape => 'E',
            x if x == delimiters.subcomponent => 'T',
            x if x == delimiters.truncation => 'P',
            _ if c.is_ascii_control() => {
                let _ = write!(out, "{mark}X{:02X}{mark}", u32::from(c));
                continue;
            }
            _ => {
                out.push(c);
                continue;
            }
        };
        out.extend([mark, letter, mark]);
    }
    Some(Cow::Owned(out))
}

enum Known {
    Char(char),
    Text(String),
}

fn known(inside: Option<&str>, delimiters: &Delimiters, charset: Charset) -> Option<Known> {
    let inside = inside?;
    let one = |c: Option<char>| c.map(Known::Char);
    match inside {
        "F" => one(Some(delimiters.field)),
        "S" => one(Some(delimiters.component)),
        "R" => one(delimiters.repetition),
        "E" => one(delimiters.escape),
        "T" => one(delimiters.subcomponent),
        "P" => one(delimiters.truncation),
        ".br" | ".sp" => one(Some('\n')),
        _ => {
            let digits = inside.strip_prefix('X')?;
            if digits.is_empty() || digits.len() % 2 == 1 || !digits.is_ascii() {
                return None;
            }
            let bytes: Option<Vec<u8>> = (0..digits.len())
                .step_by(2)
                .map(|i| {
                    let pair = &digits[i..i + 2];
                    let hexadecimal = pair.bytes().all(|b| b.is_ascii_hexdigit());
                    hexadecimal
                        .then(|| u8::from_str_radix(pair, 16).ok())
                        .flatten()
                })
                .collect();
            charset.decode(&bytes?).ok().map(Known::Text)
        }
    }
}

enum Part<'t> {
    Text(&'t str),
    /// What stands between two escape characters; nothing for one alone.
    Sequence {
        inside: Option<&'t str>,
        whole: &'t str,
    },
}

/// Cuts a text at its escape sequences, in one pass.
struct Parts<'t> {
    rest: &'t str,
    mark: char,
}

impl<'t> Parts<'t> {
    fn new(rest: &'t str, mark: char) -> Self {
        Parts { rest, mark }
    }
}

impl<'t> Iterator for Parts<'t> {
    type Item = Part<'t>;

    fn next(&mut self) -> Option<Part<'t>> {
        if self.rest.is_empty() {
            return None;
        }
        let start = self.rest.find(self.mark).unwrap_or(self.rest.len());
        if start > 0 {
            let (text, rest) = self.rest.split_at(start);
            self.rest = rest;
            return Some(Part::Text(text));
        }
        let width = self.mark.len_utf8();
        // the longest sequence read is that of bytes; white space is in none
        let inside = self.rest[width..]
            .find(|c: char| c == self.mark || c.is_whitespace())
            .filter(|end| self.rest[width + end..].starts_with(self.mark));
        let (inside, length) = match inside {
            Some(end) => (Some(&self.rest[width..width + end]), end + 2 * width),
            None => (None, width),
        };
        let (whole, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some(Part::Sequence { inside, whole })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        unescape(text, &Delimiters::default(), Charset::Utf8).into_owned()
    }

    #[test]
    fn sequences() {
        assert_eq!(read(r"a\F\b\S\c\T\d\R\e\E\f"), r"a|b^c&d~e\f");
        assert_eq!(read(r"1\.br\2\X0D0A\3\XC3A9\"), "1\n2\r\n3é");
        for kept in [
            r"\H\gras\N\",
            r"C:\temp",
            r"a\",
            r"\XZZ\",
            r"\X1\",
            r"\XE9\",
            r"\Zloc\",
            r"\\",
            r"\P\",
        ] {
            assert_eq!(read(kept), kept);
            let one = Delimiters::default();
            assert_ne!(unknown(kept, &one, Charset::Utf8).count(), 0, "{kept}");
        }
        let latin = unescape(r"\XE9\", &Delimiters::default(), Charset::Latin1);
        assert_eq!(latin, "é");
    }

    #[test]
    fn without_an_escape_character_a_delimiter_cannot_be_written() {
        let none = Delimiters {
            escape: None,
            subcomponent: None,
            ..Delimiters::default()
        };
        assert_eq!(escape("a|b", &none), None);
        assert_eq!(escape("a&b", &none).unwrap(), "a&b");
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_read_back(value in "\\PC*|[|^~\\\\&a\r\n\u{b}\u{1c}]*") {
            let delimiters = Delimiters::default();
            let written = escape(&value, &delimiters).unwrap();
            prop_assert!(!written.contains(['|', '^', '~', '&', '\r', '\n']));
            prop_assert_eq!(unescape(&written, &delimiters, Charset::Utf8), value.as_str());
        }

        #[test]
        fn any_text_is_read(value in ".*") {
            let _ = read(&value);
        }
    }
}
