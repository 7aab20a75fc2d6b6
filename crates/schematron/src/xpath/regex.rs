//! Regular expressions of XPath (XML Schema part 2, appendix F, with `^`, `$` and reluctant quantifiers).

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

/// A pattern, compiled at its first use.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    folds: bool,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern of XPath; `folds` is the flag `i`.
    pub(crate) fn new(source: &str, folds: bool) -> Result<Self, String> {
        let pattern = Pattern {
            source: source.to_owned(),
            folds,
            regex: OnceLock::new(),
        };
        let regex = compile(source, folds)?;
        pattern.regex.get_or_init(|| Some(regex));
        Ok(pattern)
    }

    /// A pattern that was compiled before.
    pub(crate) fn trusted(source: String, folds: bool) -> Self {
        Pattern {
            source,
            folds,
            regex: OnceLock::new(),
        }
    }

    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn folds(&self) -> bool {
        self.folds
    }

    /// The compiled form; `None` when the pattern cannot be compiled, which [`Pattern::new`] excludes.
    pub(crate) fn regex(&self) -> Option<&Regex> {
        self.regex
            .get_or_init(|| compile(&self.source, self.folds).ok())
            .as_ref()
    }
}

fn compile(source: &str, folds: bool) -> Result<Regex, String> {
    RegexBuilder::new(&translate(source)?)
        .case_insensitive(folds)
        .size_limit(4 << 20)
        .build()
        .map_err(|e| e.to_string())
}

/// The replacement of `replace`: literal texts and groups in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Replacement {
    pub(crate) parts: Vec<(String, Option<u32>)>,
}

impl Replacement {
    /// Reads `$1`, `\$` and `\\`.
    pub(crate) fn new(source: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut chars = source.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some(c @ ('\\' | '$')) => text.push(c),
                    _ => return None,
                },
                '$' => {
                    let group = chars.next().and_then(|c| c.to_digit(10))?;
                    parts.push((std::mem::take(&mut text), Some(group)));
                }
                c => text.push(c),
            }
        }
        if !text.is_empty() || parts.is_empty() {
            parts.push((text, None));
        }
        Some(Replacement { parts })
    }
}

const NOT_NEW_LINE: &str = "[^\\n\\r]";

/// The pattern in the syntax of the crate `regex`.
fn translate(source: &str) -> Result<String, String> {
    let mut out = String::with_capacity(source.len() + 16);
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push_str(escape(chars.next(), false)?),
            '.' => out.push_str(NOT_NEW_LINE),
            '[' => class(&mut chars, &mut out)?,
            '(' if chars.peek() == Some(&'?') => return Err("(?".to_owned()),
            ']' => return Err("]".to_owned()),
            '{' => quantity(&mut chars, &mut out)?,
            '}' => return Err("}".to_owned()),
            '(' | ')' | '|' | '*' | '+' | '?' | '^' | '$' => out.push(c),
            c => literal(c, &mut out),
        }
    }
    Ok(out)
}

/// `{2}`, `{2,}`, `{2,3}`, the brace taken.
fn quantity(
    chars: &mut std::iter::Peekable<std::str::Chars<'_>>,
    out: &mut String,
) -> Result<(), String> {
    out.push('{');
    for c in chars.by_ref() {
        match c {
            '0'..='9' | ',' => out.push(c),
            '}' => {
                out.push(c);
                return Ok(());
            }
            _ => break,
        }
    }
    Err("{".to_owned())
}

fn literal(c: char, out: &mut String) {
    if c.is_ascii_punctuation() {
        out.push('\\');
    }
    out.push(c);
}

fn escape(c: Option<char>, in_class: bool) -> Result<&'static str, String> {
    Ok(match c {
        Some('d') => "\\p{Nd}",
        Some('D') => "\\P{Nd}",
        Some('s') if in_class => " \\t\\n\\r",
        Some('s') => "[ \\t\\n\\r]",
        Some('S') => "[^ \\t\\n\\r]",
        Some('w') if !in_class => "[^\\p{P}\\p{Z}\\p{C}]",
        Some('W') if !in_class => "[\\p{P}\\p{Z}\\p{C}]",
        Some('n') => "\\n",
        Some('r') => "\\r",
        Some('t') => "\\t",
        Some('\\') => "\\\\",
        Some('|') => "\\|",
        Some('.') => "\\.",
        Some('?') => "\\?",
        Some('*') => "\\*",
        Some('+') => "\\+",
        Some('(') => "\\(",
        Some(')') => "\\)",
        Some('{') => "\\{",
        Some('}') => "\\}",
        Some('-') => "\\-",
        Some('[') => "\\[",
        Some(']') => "\\]",
        Some('^') => "\\^",
        Some('$') => "\\$",
        Some(other) => return Err(format!("\\{other}")),
        None => return Err("\\".to_owned()),
    })
}

fn class(
    chars: &mut std::iter::Peekable<std::str::Chars<'_>>,
    out: &mut String,
) -> Result<(), String> {
    out.push('[');
    if chars.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    let mut first = true;
    // whether the item before can begin a range
    let mut ranges = false;
    while let Some(c) = chars.next() {
        match c {
            ']' if first => return Err("[]".to_owned()),
            ']' => {
                out.push(']');
                return Ok(());
            }
            '[' => return Err("[ in [ ]".to_owned()),
            '-' if ranges && chars.peek() != Some(&']') => {
                out.push('-');
                let end = chars.next();
                match end {
                    Some('\\') => out.push_str(escape(chars.next(), true)?),
                    Some('[') | None => return Err("-[".to_owned()),
                    Some(c) => literal(c, out),
                }
                ranges = false;
                first = false;
                continue;
            }
            '\\' => {
                let c = chars.next();
                out.push_str(escape(c, true)?);
                ranges = !matches!(c, Some('d' | 'D' | 's' | 'S'));
                first = false;
                continue;
            }
            c => literal(c, out),
        }
        ranges = c != '-';
        first = false;
    }
    Err("[ without ]".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        let pattern = Pattern::new(pattern, false).expect(pattern);
        pattern.regex().is_some_and(|r| r.is_match(text))
    }

    #[test]
    fn patterns_mean_what_xpath_means() {
        assert!(matches("^\\d+$", "٣4"));
        assert!(!matches("\\s", "a\u{a0}b"));
        assert!(matches("\\s", "a\tb"));
        assert!(!matches("^a.b$", "a\rb"));
        assert!(!matches("^a$", "a\n"));
        assert!(matches("^[0-2](\\.(0|[1-9]\\d*))*$", "1.2.250"));
        assert!(!matches("^[0-2](\\.(0|[1-9]\\d*))*$", "1.02"));
        assert!(matches("^[A-Za-z\\d\\-]+$", "a-1"));
        assert!(matches("^[+-]$", "-"));
        assert!(matches("^[&&~]$", "~"));
        assert!(matches("^-?[1-9]\\d*$|^+?\\d*$", "05"));
        assert!(matches("[\\r\\n\\t]", "a\nb"));
        assert!(matches("^[a-z]{2,3}(-[a-z]{2})?$", "fr-fr"));
        let folded = Pattern::new("^[a-z]{2}$", true).expect("pattern");
        assert!(folded.regex().is_some_and(|r| r.is_match("FR")));
    }

    #[test]
    fn constructs_outside_of_the_subset_are_refused() {
        for pattern in [
            "[a-z-[aeiou]]",
            "\\i",
            "\\p{L}",
            "(?:a)",
            "[",
            "a)",
            "[]",
            "\\1",
            "\\",
        ] {
            assert!(Pattern::new(pattern, false).is_err(), "{pattern}");
        }
    }

    #[test]
    fn replacements_name_groups() {
        let parts = |s| Replacement::new(s).map(|r| r.parts);
        assert_eq!(parts("$1"), Some(vec![(String::new(), Some(1))]));
        assert_eq!(parts("a\\$"), Some(vec![("a$".to_owned(), None)]));
        assert_eq!(parts(""), Some(vec![(String::new(), None)]));
        assert_eq!(parts("$"), None);
        assert_eq!(parts("\\n"), None);
    }
}
