//! How a text is set: apostrophes, times, and the characters that a word
//! processor left behind.

use std::borrow::Cow;

use dcc_cda::Ts;

/// A text of a narrative as it is set in French: `l'aiguille` with a
/// typographic apostrophe, and the times that a form writes with their zone
/// (`15/12/2025 09:30 (UTC+01:00)`) as everywhere else on the page.
pub(crate) fn french(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    if text.contains("(UTC") {
        out = Cow::Owned(times(&out));
    }
    if out.contains('\'') {
        out = Cow::Owned(apostrophes(&out));
    }
    out
}

fn apostrophes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let within = c == '\'' && before.is_alphabetic() && (next.is_alphabetic() || next == '«');
        out.push(if within { '’' } else { c });
        before = c;
    }
    out
}

/// Sets the times written with their zone.
fn times(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(" (UTC") {
        let Some(close) = rest[at..].find(')').filter(|c| *c <= 12) else {
            out.push_str(&rest[..at + 5]);
            rest = &rest[at + 5..];
            continue;
        };
        let zone = &rest[at + 5..at + close];
        match stamp(&rest[..at], zone) {
            Some((length, set)) => {
                out.push_str(&rest[..at - length]);
                out.push_str(&set);
            }
            None => out.push_str(&rest[..at + close + 1]),
        }
        rest = &rest[at + close + 1..];
    }
    out.push_str(rest);
    out
}

/// The time that ends `before`, `15/12/2025 09:30[:00]`, in the zone
/// `+01:00`: its length, and how it is set.
fn stamp(before: &str, zone: &str) -> Option<(usize, String)> {
    [19, 16].into_iter().find_map(|length| {
        let start = before.len().checked_sub(length)?;
        let text = before.get(start..)?;
        if before[..start].ends_with(|c: char| c.is_ascii_digit() || c == '/') {
            return None;
        }
        let shape: String = text
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        if shape != "00/00/0000 00:00:00" && shape != "00/00/0000 00:00" {
            return None;
        }
        let clock = text[11..].replace(':', "");
        let zone = zone.replace(':', "");
        let hl7 = format!("{}{}{}{clock}{zone}", &text[6..10], &text[3..5], &text[..2]);
        Some((length, Ts::parse(&hl7).ok()?.french()))
    })
}

/// Most combining marks on one letter: no script needs as many.
pub(crate) const MAX_MARKS: usize = 16;

/// A character of the private use area that word processors write for the
/// fonts Symbol and Wingdings (U+F020 to U+F0FF), as the sign it stands for.
pub(crate) fn private(c: char) -> Option<char> {
    Some(match c {
        '\u{F0B7}' | '\u{F09F}' | '\u{F06C}' => '•',
        '\u{F0A7}' | '\u{F06E}' => '▪',
        '\u{F0A8}' | '\u{F06F}' | '\u{F071}' => '☐',
        '\u{F0FE}' | '\u{F053}' => '☑',
        '\u{F0FC}' => '✓',
        '\u{F0FB}' => '✗',
        '\u{F0D8}' => '➢',
        '\u{F076}' => '❖',
        '\u{F0E0}' | '\u{F0AE}' | '\u{F0E8}' => '→',
        '\u{F0DF}' | '\u{F0AC}' => '←',
        '\u{F0E1}' | '\u{F0AD}' => '↑',
        '\u{F0E2}' | '\u{F0AF}' => '↓',
        '\u{F0AB}' => '↔',
        '\u{F0DE}' => '⇒',
        '\u{F0A3}' => '≤',
        '\u{F0B3}' => '≥',
        '\u{F0B1}' => '±',
        '\u{F0B4}' => '×',
        '\u{F0B0}' => '°',
        '\u{F0B9}' => '≠',
        '\u{F0BB}' => '≈',
        '\u{F0A5}' => '∞',
        '\u{F02D}' => '−',
        '\u{F061}' => 'α',
        '\u{F062}' => 'β',
        '\u{F067}' => 'γ',
        '\u{F064}' => 'δ',
        '\u{F065}' => 'ε',
        '\u{F06B}' => 'κ',
        '\u{F06D}' => 'μ',
        '\u{F070}' => 'π',
        '\u{F073}' => 'σ',
        '\u{F044}' => 'Δ',
        '\u{F057}' => 'Ω',
        _ => return None,
    })
}

/// True for a direction override, which could make a text lie.
#[cfg(any(feature = "html", feature = "pdf"))]
pub(crate) fn is_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_apostrophes_are_as_in_the_header() {
        assert_eq!(
            french("RDV le 15/12/2025 09:30 (UTC+01:00), à l'hôpital"),
            "RDV le 15/12/2025 à 09:30, à l’hôpital"
        );
        assert_eq!(
            french("du 15/07/2025 09:30:00 (UTC+00:00) au 31/02/2025 09:30 (UTC+01:00)"),
            "du 15/07/2025 à 09:30 (UTC, soit 11:30 à Paris) au 31/02/2025 09:30 (UTC+01:00)"
        );
        assert_eq!(
            french("extrémités 5' et 3'-OH (UTC"),
            "extrémités 5' et 3'-OH (UTC"
        );
    }
}
