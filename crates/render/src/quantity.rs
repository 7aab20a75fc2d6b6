//! Quantities of a text: what no line may break within.

use std::ops::Range;

/// Spaces that may stand within a number or before its unit.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{2007}')
}

/// Units of measure of a clinical text: those of the SI and those of a
/// prescription, as they are written in French.
const UNITS: &[&str] = &[
    "%",
    "‰",
    "°",
    "°C",
    "g",
    "kg",
    "hg",
    "dg",
    "cg",
    "mg",
    "µg",
    "μg",
    "mcg",
    "ng",
    "pg",
    "l",
    "L",
    "dl",
    "dL",
    "cl",
    "cL",
    "ml",
    "mL",
    "µl",
    "µL",
    "μl",
    "μL",
    "fl",
    "fL",
    "m",
    "km",
    "dm",
    "cm",
    "mm",
    "µm",
    "μm",
    "nm",
    "mol",
    "mmol",
    "µmol",
    "μmol",
    "nmol",
    "pmol",
    "Gy",
    "cGy",
    "mGy",
    "Bq",
    "kBq",
    "MBq",
    "GBq",
    "Ci",
    "mCi",
    "Sv",
    "mSv",
    "UI",
    "U",
    "IU",
    "mUI",
    "kUI",
    "MUI",
    "mU",
    "h",
    "min",
    "s",
    "ms",
    "j",
    "jour",
    "jours",
    "sem",
    "semaine",
    "semaines",
    "mois",
    "an",
    "ans",
    "année",
    "années",
    "heure",
    "heures",
    "minute",
    "minutes",
    "fois",
    "séance",
    "séances",
    "cycle",
    "cycles",
    "cure",
    "cures",
    "fraction",
    "fractions",
    "comprimé",
    "comprimés",
    "cp",
    "gélule",
    "gélules",
    "goutte",
    "gouttes",
    "ampoule",
    "ampoules",
    "dose",
    "doses",
    "K",
    "Pa",
    "kPa",
    "mmHg",
    "Hz",
    "kHz",
    "MHz",
    "kcal",
    "kJ",
    "kV",
    "MV",
    "MeV",
    "mA",
    "mAs",
    "G",
    "T",
    "M",
    "mEq",
    "Eq",
    "Osm",
    "mOsm",
    "log",
    "copies",
    "cellules",
    "€",
];

/// True for a unit, alone or with others: `mg`, `m²`, `mg/m²`, `mg/kg/j`.
fn is_unit(text: &str) -> bool {
    let mut all = text.split(['/', '·']);
    let bare = |part: &str| -> bool {
        let part = part.trim_end_matches(['²', '³', '2', '3', '.']);
        UNITS.contains(&part)
    };
    all.next().is_some_and(bare)
        && all.all(|part| {
            bare(part)
                || part
                    .chars()
                    .all(|c| c.is_alphanumeric() || "²³.,".contains(c))
        })
}

/// End of the word that starts at `from`: no space, no closing punctuation.
fn word_end(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let bytes = rest.as_bytes();
    let is_digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    let end = rest
        .char_indices()
        .find(|&(i, c)| match c {
            // a decimal comma
            ',' => !(is_digit(i.checked_sub(1)) && is_digit(Some(i + 1))),
            c => c.is_whitespace() || is_space(c) || ";:()[]«»\"!?".contains(c),
        })
        .map_or(rest.len(), |(i, _)| i);
    let word = rest[..end].trim_end_matches('.');
    from + word.len()
}

/// The parts of a text that no line may break within: a number in groups of
/// three digits, a number and its unit, a product of numbers, a unit with a
/// slash. In bytes, in order, apart from each other; only parts that a line
/// could otherwise break are given.
pub(crate) fn unbreakable(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut before = ' ';
    while let Some(c) = text[at..].chars().next() {
        let starts = !before.is_alphanumeric() && before != '.' && before != ',';
        let end = match c {
            '0'..='9' if starts => quantity(text, at),
            c if starts && (c.is_alphabetic() || c == '%') => {
                let end = word_end(text, at);
                let word = &text[at..end];
                if word.contains('/') && is_unit(word) {
                    end
                } else {
                    at
                }
            }
            _ => at,
        };
        if end > at {
            let part = &text[at..end];
            if can_break(part) {
                out.push(at..end);
            }
            before = part.chars().next_back().unwrap_or(' ');
            at = end;
        } else {
            before = c;
            at += c.len_utf8();
        }
    }
    out
}

/// True when a line could end within `part`.
fn can_break(part: &str) -> bool {
    let mut before = ' ';
    for c in part.chars() {
        let after_slash = before == '/' && !c.is_ascii_digit();
        if matches!(c, ' ' | '\u{2009}') || after_slash {
            return true;
        }
        before = c;
    }
    false
}

/// End of the quantity that starts at a digit: number, product, unit.
fn quantity(text: &str, from: usize) -> usize {
    let mut end = number(text, from);
    loop {
        let (next, c) = skip_space(text, end);
        match c {
            // 25 × 2 Gy
            Some('×' | 'x' | '*') => {
                let sign = next + c.map_or(0, char::len_utf8);
                let (value, digit) = skip_space(text, sign);
                if !digit.is_some_and(|d| d.is_ascii_digit()) {
                    return end;
                }
                end = number(text, value);
            }
            // 2 – 3 mg, 80/120 mmHg
            Some('/' | '-' | '–') if next == end => {
                let value = next + c.map_or(0, char::len_utf8);
                if !text[value..].starts_with(|d: char| d.is_ascii_digit()) {
                    break;
                }
                end = number(text, value);
            }
            _ => break,
        }
    }
    let (next, c) = skip_space(text, end);
    if c.is_none() {
        return end;
    }
    let unit = word_end(text, next);
    if unit > next && is_unit(&text[next..unit]) {
        end = unit;
        // mL/min/1,73 m²
        if text[..end].ends_with(|c: char| c.is_ascii_digit()) && text[next..end].contains('/') {
            let (value, _) = skip_space(text, end);
            let unit = word_end(text, value);
            if unit > value && value > end && is_unit(&text[value..unit]) {
                end = unit;
            }
        }
        // mg / m²
        let (slash, c) = skip_space(text, end);
        if c == Some('/') {
            let (next, _) = skip_space(text, slash + 1);
            let unit = word_end(text, next);
            if unit > next && is_unit(&text[next..unit]) {
                end = unit;
            }
        }
    } else if next == end && text[end..].starts_with('/') && unit > next + 1 {
        // 5/j
        let per = &text[next + 1..unit];
        if is_unit(per) {
            end = unit;
        }
    }
    end
}

/// The first character from `at` that is no space, and its place; at most one
/// space is passed.
fn skip_space(text: &str, at: usize) -> (usize, Option<char>) {
    let mut chars = text[at..].chars();
    match chars.next() {
        Some(c) if is_space(c) => (at + c.len_utf8(), chars.next()),
        c => (at, c),
    }
}

/// End of the number that starts at a digit: groups of three digits, decimals.
fn number(text: &str, from: usize) -> usize {
    let digits = |at: usize| text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = from + digits(from);
    if end - from <= 3 {
        loop {
            let (next, _) = skip_space(text, end);
            if next == end || digits(next) != 3 {
                break;
            }
            end = next + 3;
        }
    }
    let mut rest = text[end..].chars();
    if let (Some('.' | ','), Some('0'..='9')) = (rest.next(), rest.next()) {
        end += 1 + digits(end + 1);
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> Vec<&str> {
        unbreakable(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn doses_and_numbers_stay_whole() {
        for (text, parts) in [
            ("cyclophosphamide 1 500 mg/m² à J1", vec!["1 500 mg/m²"]),
            ("1\u{202F}500 mg", vec!["1\u{202F}500 mg"]),
            ("12 345 678 cellules", vec!["12 345 678 cellules"]),
            ("dose : 80 mg, puis 5,5 mm.", vec!["80 mg", "5,5 mm"]),
            ("25 × 2 Gy en 5 semaines", vec!["25 × 2 Gy", "5 semaines"]),
            ("300 mg/m²/j", vec!["300 mg/m²/j"]),
            ("clairance 60 mL/min", vec!["60 mL/min"]),
            ("en mg/kg", vec!["mg/kg"]),
            ("60 mL/min/1,73 m²", vec!["60 mL/min/1,73 m²"]),
            ("80/120 mmHg", vec!["80/120 mmHg"]),
            ("2–3 comprimés", vec!["2–3 comprimés"]),
            ("baisse de 50 %", vec!["50 %"]),
            ("le 18/02/2019 à 09:49", vec![]),
            ("grade 3 et stade 2", vec![]),
            ("HER2 500 patients", vec![]),
            ("5 mg", vec!["5 mg"]),
            ("5\u{A0}mg", vec![]),
            ("et/ou", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(kept(text), parts, "{text}");
        }
    }
}
