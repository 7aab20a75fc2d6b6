//! Text as people compare, shorten and show it: one function per idea.

use std::borrow::Cow;

/// Longest text that [`clip`] leaves whole, in characters.
pub const CLIP: usize = 80;

/// Letters of `c` in lower case, without accents, ligatures undone; the
/// typographic apostrophe is `'`, a no-break space is a space, a combining
/// accent is nothing.
pub fn fold_char(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().flat_map(|c| {
        let (first, second) = match c {
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => (Some('a'), None),
            'ç' => (Some('c'), None),
            'é' | 'è' | 'ê' | 'ë' => (Some('e'), None),
            'í' | 'ì' | 'î' | 'ï' => (Some('i'), None),
            'ñ' => (Some('n'), None),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' => (Some('o'), None),
            'ú' | 'ù' | 'û' | 'ü' => (Some('u'), None),
            'ý' | 'ÿ' => (Some('y'), None),
            'œ' => (Some('o'), Some('e')),
            'æ' => (Some('a'), Some('e')),
            'ß' => (Some('s'), Some('s')),
            '’' => (Some('\''), None),
            '\u{a0}' | '\u{202f}' => (Some(' '), None),
            '\u{300}'..='\u{36f}' => (None, None),
            c => (Some(c), None),
        };
        first.into_iter().chain(second)
    })
}

/// `text` for comparison: see [`fold_char`].
///
/// ```
/// assert_eq!(dcc_base::text::fold("ŒSOPHAGE d’Être"), "oesophage d'etre");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        folded.extend(fold_char(c));
    }
    folded
}

/// `text` as it is when it has at most [`CLIP`] characters, else its start and `…`.
pub fn clip(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(CLIP) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(text.chars().take(CLIP - 1).chain(['…']).collect()),
    }
}

/// White space that XML and narratives may fold: not the no-break spaces.
pub fn is_xml_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// `text` on one line: runs of foldable white space become one space, both
/// ends are trimmed, no-break spaces stay.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_xml_space).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// `text` with `&`, `<`, `>` and `"` as references: safe in the content and in
/// a double-quoted attribute of HTML and XML.
pub fn escape_html(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Line and column, both from 1, of a byte offset; columns count characters.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_undoes_case_accents_and_ligatures() {
        assert_eq!(fold("ŒSOPHAGE supéro‑interne"), "oesophage supero‑interne");
        assert_eq!(fold("E\u{301}tat d’Être"), "etat d'etre");
        assert_eq!(fold("Ñandú ÆSIR straße"), "nandu aesir strasse");
    }

    #[test]
    fn a_long_text_is_cut_at_a_character_and_marked() {
        assert_eq!(clip("court"), "court");
        let long = "é".repeat(81);
        assert_eq!(clip(&long).chars().count(), CLIP);
        assert!(clip(&long).ends_with('…'));
        let fits = "é".repeat(80);
        assert_eq!(clip(&fits), fits);
    }

    #[test]
    fn one_line_keeps_no_break_spaces() {
        assert_eq!(one_line("  1\u{202f}500\n mg/m²\t "), "1\u{202f}500 mg/m²");
    }

    #[test]
    fn a_place_counts_characters() {
        assert_eq!(line_and_column("éa\nbé c", 0), (1, 1));
        assert_eq!(line_and_column("éa\nbé c", 7), (2, 3));
        assert_eq!(line_and_column("ab", 99), (1, 3));
    }
}
