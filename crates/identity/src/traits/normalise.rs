//! From a typed name to the characters of INSi: `A` to `Z`, space, apostrophe, hyphen.
//!
//! Accents and ligatures are replaced by the letters of a closed table; any
//! other character is refused, with its place, never dropped.
//!
//! Source: SEL-MP-043 of the CNAM (lexical profile of INSi), as read by open
//! implementations; the first character may be an apostrophe in one of them
//! and not in another: a setting.

use dcc_base::problem::{Problem, Problems};

use crate::rules;

/// What a text is: rules on hyphens differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// *Nom*: a double hyphen is allowed.
    Family,
    /// *Prénom*, or a list of them.
    Given,
}

/// How a text is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NameOptions {
    /// True (the default) when the first character may be an apostrophe (`'T HOOFT`).
    pub leading_apostrophe: bool,
}

impl Default for NameOptions {
    fn default() -> Self {
        NameOptions {
            leading_apostrophe: true,
        }
    }
}

/// The letters that replace a character; none when it is not in the table.
fn letters(c: char) -> Option<&'static str> {
    Some(match c {
        'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => "A",
        'Ç' => "C",
        'È' | 'É' | 'Ê' | 'Ë' => "E",
        'Ì' | 'Í' | 'Î' | 'Ï' => "I",
        'Ñ' => "N",
        'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => "O",
        'Ù' | 'Ú' | 'Û' | 'Ü' => "U",
        'Ý' | 'Ÿ' => "Y",
        'Š' => "S",
        'Ž' => "Z",
        'Œ' => "OE",
        'Æ' => "AE",
        'Ð' => "D",
        'Þ' => "TH",
        _ => return None,
    })
}

/// A typed name in the characters of INSi, or all that stands in the way.
///
/// # Errors
/// `TRAIT-CARACTERE`, one for each character that is in no table, with its
/// rank; `TRAIT-FORME`, as for [`check`].
///
/// ```
/// use dcc_identity::traits::normalise::{NameKind, NameOptions, normalise};
///
/// let name = normalise("Lœuillet-d'Été", NameKind::Family, NameOptions::default(), "/birth_name");
/// assert_eq!(name.unwrap(), "LOEUILLET-D'ETE");
/// ```
pub fn normalise(
    text: &str,
    kind: NameKind,
    options: NameOptions,
    path: &str,
) -> Result<String, Problems> {
    let mut problems = Problems::new();
    if is_too_long(text, path, &mut problems) {
        return Err(problems);
    }
    let mut out = String::with_capacity(text.len());
    for (rank, c) in (1..).zip(text.chars()) {
        let mut upper = c.to_uppercase();
        match (upper.next(), upper.next()) {
            (Some(u), None) if u.is_ascii_uppercase() || matches!(u, ' ' | '\'' | '-') => {
                out.push(u)
            }
            (Some(u), None) if letters(u).is_some() => out.push_str(letters(u).unwrap_or_default()),
            _ => {
                let told = Problem::new(&rules::NAME_CHARACTER, path)
                    .message(format!(
                        "le caractère {rank} n'est pas admis dans un nom ou un prénom"
                    ))
                    .found(shown(c));
                problems.push(match c {
                    '’' | 'ʼ' | '`' | '´' => told.allowed(["'"]),
                    '–' | '—' | '‐' | '‑' | '_' => told.allowed(["-"]),
                    '\u{a0}' | '\u{202f}' | '\t' => told.allowed([" "]),
                    'ß' | 'ẞ' => told.allowed(["SS"]),
                    _ => told,
                });
            }
        }
    }
    if problems.is_empty() {
        check(&out, kind, options, path, &mut problems);
    }
    problems.or(out)
}

/// Checks a text that is said to be in the characters of INSi already.
///
/// `TRAIT-ABSENT` when it is empty, `TRAIT-CARACTERE`, `TRAIT-FORME`: no space or
/// hyphen first, no two separators together (but `--` in a family name), no
/// space last, and neither a hyphen nor an apostrophe at the end of a given name.
pub fn check(
    text: &str,
    kind: NameKind,
    options: NameOptions,
    path: &str,
    problems: &mut Problems,
) {
    if text.is_empty() {
        problems.push(Problem::new(&rules::NAME_EMPTY, path));
        return;
    }
    if is_too_long(text, path, problems) {
        return;
    }
    let is_separator = |c: char| matches!(c, ' ' | '\'' | '-');
    for (rank, c) in (1..).zip(text.chars()) {
        if !c.is_ascii_uppercase() && !is_separator(c) {
            problems.push(
                Problem::new(&rules::NAME_CHARACTER, path)
                    .message(format!(
                        "le caractère {rank} n'est pas admis dans un nom ou un prénom"
                    ))
                    .found(shown(c)),
            );
        }
    }
    let mut fault = |rank: usize, message: &str| {
        problems.push(
            Problem::new(&rules::NAME_FORM, path)
                .message(format!("{message} (caractère {rank})"))
                .found(text),
        );
    };
    let chars: Vec<char> = text.chars().collect();
    match chars[0] {
        ' ' | '-' => fault(
            1,
            "un nom ou un prénom ne commence ni par un espace ni par un trait d'union",
        ),
        '\'' if !options.leading_apostrophe => {
            fault(1, "le réglage n'admet pas d'apostrophe au début")
        }
        _ => {}
    }
    match (chars[chars.len() - 1], kind) {
        (' ', _) => fault(
            chars.len(),
            "un nom ou un prénom ne se termine pas par un espace",
        ),
        ('-' | '\'', NameKind::Given) if chars.len() > 1 => {
            fault(
                chars.len(),
                "un prénom ne se termine ni par un trait d'union ni par une apostrophe",
            );
        }
        _ => {}
    }
    if !chars.iter().any(char::is_ascii_alphabetic) {
        fault(1, "un nom ou un prénom contient au moins une lettre");
    }
    for rank in 1..chars.len() {
        let (a, b) = (chars[rank - 1], chars[rank]);
        let double_hyphen = (a, b) == ('-', '-') && kind == NameKind::Family;
        let third = double_hyphen && rank > 1 && chars[rank - 2] == '-';
        if is_separator(a) && is_separator(b) && (!double_hyphen || third) {
            fault(rank + 1, "deux séparateurs ne se suivent pas");
        }
    }
}

/// Longest name or list of given names, in characters: bounds what is told of one.
const MOST: usize = 255;

fn is_too_long(text: &str, path: &str, problems: &mut Problems) -> bool {
    let long = text.chars().nth(MOST).is_some();
    if long {
        problems.push(Problem::new(&rules::NAME_LENGTH, path).allowed([MOST]));
    }
    long
}

/// A character as a problem shows it.
fn shown(c: char) -> String {
    if c.is_control() || (c.is_whitespace() && c != ' ') {
        format!("U+{:04X}", u32::from(c))
    } else {
        format!("{c} (U+{:04X})", u32::from(c))
    }
}

/// A text with spaces for its hyphens and apostrophes: what is compared when
/// only separators may differ.
pub fn spaced(text: &str) -> String {
    text.to_uppercase().replace(['-', '\''], " ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn family(text: &str) -> Result<String, Vec<&'static str>> {
        normalise(text, NameKind::Family, NameOptions::default(), "/n")
            .map_err(|p| p.iter().map(|p| p.code).collect())
    }

    #[test]
    fn the_closed_table() {
        let all = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸŠŽŒÆÐÞ";
        let plain = "AAAAAACEEEEIIIINOOOOOOUUUUYYSZOEAEDTH";
        assert_eq!(family(all).unwrap(), plain);
        assert_eq!(family(&all.to_lowercase()).unwrap(), plain);
        assert_eq!(family("d'essai--dupont").unwrap(), "D'ESSAI--DUPONT");
    }

    #[test]
    fn what_is_not_in_the_table_is_refused_with_its_place() {
        for (text, rank) in [
            ("Du’Pont", 3),
            ("A1", 2),
            ("Ł", 1),
            ("Jr.", 3),
            ("GROß", 4),
            ("e\u{301}", 2),
            ("A\tB", 2),
        ] {
            let told = normalise(text, NameKind::Family, NameOptions::default(), "/n").unwrap_err();
            let problem = told.iter().next().unwrap();
            assert_eq!(problem.code, "TRAIT-CARACTERE");
            assert!(
                problem.message.contains(&format!("caractère {rank} ")),
                "{problem}"
            );
        }
        assert_eq!(family("1.2").unwrap_err().len(), 3);
    }

    #[test]
    fn separators() {
        let given = |text: &str| {
            let mut problems = Problems::new();
            check(
                text,
                NameKind::Given,
                NameOptions::default(),
                "",
                &mut problems,
            );
            problems.len()
        };
        for good in ["PIERRE-ALAIN MURIEL FLORIANT", "ANNE", "N'GOLO", "'T"] {
            assert_eq!(given(good), 0, "{good}");
        }
        for bad in [
            "", " A", "-A", "A ", "A-", "A'", "A--B", "A  B", "A 'B", "A' B", "--", "a",
        ] {
            assert_ne!(given(bad), 0, "{bad}");
        }
        assert_eq!(family("A--B").unwrap(), "A--B");
        assert_eq!(
            family(&"9".repeat(100_000)).unwrap_err(),
            ["TRAIT-LONGUEUR"]
        );
        assert!(family("A---B").is_err() && family("A -B").is_err() && family("").is_err());
        let mut problems = Problems::new();
        check(
            "'T",
            NameKind::Family,
            NameOptions {
                leading_apostrophe: false,
            },
            "",
            &mut problems,
        );
        assert_eq!(problems.len(), 1);
    }

    proptest! {
        #[test]
        fn what_is_normalised_stays_as_it_is(text in "[A-Za-zéèœ' -]{0,12}") {
            if let Ok(once) = family(&text) {
                prop_assert_eq!(family(&once).unwrap(), once.clone());
                let allowed = once.bytes().all(|b| b.is_ascii_uppercase() || b" '-".contains(&b));
                prop_assert!(allowed);
            }
        }

        #[test]
        fn any_text_is_answered(text in ".*") {
            let _ = family(&text);
        }
    }
}
