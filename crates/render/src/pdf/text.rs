//! Paragraphs as lines: break opportunities (UAX #14), widths, glyphs.

use std::rc::Rc;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::fonts::{FaceId, Fonts, Word};
use crate::narrative::{Inline, Style};

/// Height of a line, in sizes.
pub(super) const LEADING: f32 = 1.34;
/// Baseline from the top of a line, in sizes.
const BASELINE: f32 = 1.03;

/// How the text of a paragraph looks where the document says nothing.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) size: f32,
    pub(super) style: Style,
    pub(super) color: Color,
}

impl Look {
    pub(super) fn new(size: f32) -> Look {
        Look {
            size,
            style: Style::default(),
            color: Color::Ink,
        }
    }

    pub(super) fn bold(mut self) -> Look {
        self.style.bold = true;
        self
    }

    pub(super) fn color(mut self, color: Color) -> Look {
        self.color = color;
        self
    }
}

/// Colours of the PDF; each text colour has a contrast of at least 7 on white.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Color {
    Ink,
    Grey,
    Accent,
    Rule,
    HeadFill,
    CardFill,
}

/// Text that no line may break within, shaped.
#[derive(Clone)]
struct Atom {
    word: Rc<Word>,
    look: Look,
    size: f32,
    rise: f32,
    link: Option<Rc<str>>,
    after: After,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// The next atom belongs to the same unbreakable piece.
    Glued,
    /// A line may end here.
    MayBreak,
    /// A line ends here.
    Break,
}

impl Atom {
    fn width(&self) -> f32 {
        self.word.width * self.size
    }

    fn ink(&self) -> f32 {
        self.word.ink * self.size
    }
}

/// A shaped paragraph, ready to be cut into lines of any width.
pub(super) struct Paragraph {
    atoms: Vec<Atom>,
    height: f32,
}

/// A piece of a line, at `x` from its start.
pub(super) struct Piece {
    pub(super) x: f32,
    pub(super) word: Rc<Word>,
    pub(super) size: f32,
    pub(super) rise: f32,
    pub(super) look: Look,
    pub(super) link: Option<Rc<str>>,
}

/// A line.
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) width: f32,
    pub(super) height: f32,
    /// Baseline from the top.
    pub(super) baseline: f32,
}

impl Paragraph {
    pub(super) fn new(fonts: &mut Fonts, inlines: &[Inline], look: Look) -> Paragraph {
        let mut text = String::new();
        // end of each inline in the text
        let mut ends = Vec::with_capacity(inlines.len());
        for inline in inlines {
            match inline {
                Inline::Break => text.push('\n'),
                Inline::Text { text: part, .. } => {
                    text.extend(part.chars().filter(|c| is_shown(*c)));
                }
            }
            ends.push(text.len());
        }
        let mut breaks = linebreaks(&text).peekable();
        let mut atoms = Vec::new();
        let mut at = 0;
        for (inline, end) in inlines.iter().zip(ends) {
            let Inline::Text {
                style: own, link, ..
            } = inline
            else {
                at = end;
                while breaks.next_if(|b| b.0 <= end).is_some() {}
                if let Some(Atom { after, .. }) = atoms.last_mut() {
                    if *after == After::Break {
                        // an empty line
                        atoms.push(atom(fonts, " ", look, Style::default(), None, After::Break));
                    } else {
                        *after = After::Break;
                    }
                }
                continue;
            };
            let link: Option<Rc<str>> = link.as_deref().map(Rc::from);
            while at < end {
                let (cut, after) = match breaks.peek() {
                    Some(&(position, kind)) if position <= end => {
                        breaks.next();
                        let last = position == text.len();
                        match kind {
                            BreakOpportunity::Mandatory if !last => (position, After::Break),
                            _ => (position, After::MayBreak),
                        }
                    }
                    _ => (end, After::Glued),
                };
                if cut > at {
                    let part = text[at..cut].trim_end_matches('\n');
                    if !part.is_empty() {
                        atoms.push(atom(fonts, part, look, *own, link.clone(), after));
                    }
                    at = cut;
                }
            }
        }
        if let Some(last) = atoms.last_mut() {
            last.after = After::MayBreak;
        }
        Paragraph {
            atoms,
            height: look.size * LEADING,
        }
    }

    /// A paragraph of one plain text.
    pub(super) fn plain(fonts: &mut Fonts, text: &str, look: Look) -> Paragraph {
        let mut inlines = Vec::new();
        for (i, line) in text.lines().enumerate() {
            if i > 0 {
                inlines.push(Inline::Break);
            }
            inlines.push(Inline::Text {
                text: line.to_owned(),
                style: Style::default(),
                link: None,
            });
        }
        Paragraph::new(fonts, &inlines, look)
    }

    /// Width of the widest unbreakable piece, and of the paragraph unbroken.
    pub(super) fn widths(&self) -> (f32, f32) {
        let (mut min, mut max) = (0.0_f32, 0.0_f32);
        let (mut piece, mut line) = (0.0_f32, 0.0_f32);
        for atom in &self.atoms {
            min = min.max(piece + atom.ink());
            max = max.max(line + atom.ink());
            piece += atom.width();
            line += atom.width();
            match atom.after {
                After::Glued => {}
                After::MayBreak => piece = 0.0,
                After::Break => (piece, line) = (0.0, 0.0),
            }
        }
        (min, max)
    }

    /// Cuts into lines no wider than `width`.
    pub(super) fn lines(&self, fonts: &mut Fonts, width: f32) -> Vec<Line> {
        let mut out = Lines {
            done: Vec::new(),
            pieces: Vec::new(),
            x: 0.0,
            ink: 0.0,
            height: self.height,
        };
        let mut rest = &self.atoms[..];
        while !rest.is_empty() {
            let count = rest
                .iter()
                .position(|a| a.after != After::Glued)
                .map_or(rest.len(), |p| p + 1);
            let (chunk, tail) = rest.split_at(count);
            rest = tail;
            let ink =
                chunk[..count - 1].iter().map(Atom::width).sum::<f32>() + chunk[count - 1].ink();
            if out.x + ink > width + 0.01 && !out.pieces.is_empty() {
                out.end();
            }
            if ink > width + 0.01 {
                for atom in chunk {
                    out.push_broken(fonts, atom, width);
                }
            } else {
                for atom in chunk {
                    out.push(atom);
                }
            }
            if chunk[count - 1].after == After::Break {
                out.end();
            }
        }
        if !out.pieces.is_empty() {
            out.end();
        }
        out.done
    }
}

struct Lines {
    done: Vec<Line>,
    pieces: Vec<Piece>,
    x: f32,
    ink: f32,
    height: f32,
}

impl Lines {
    fn push(&mut self, atom: &Atom) {
        self.pieces.push(Piece {
            x: self.x,
            word: atom.word.clone(),
            size: atom.size,
            rise: atom.rise,
            look: atom.look,
            link: atom.link.clone(),
        });
        self.ink = self.x + atom.ink();
        self.x += atom.width();
    }

    /// A piece wider than the line, cut between characters.
    fn push_broken(&mut self, fonts: &mut Fonts, atom: &Atom, width: f32) {
        let face = FaceId::of(atom.look.style);
        let text = atom.word.text.clone();
        let mut start = 0;
        while start < text.len() {
            let mut end = start;
            let mut used = 0.0;
            for c in text[start..].chars() {
                let next = fonts.word(face, c.encode_utf8(&mut [0; 4])).width * atom.size;
                if self.x + used + next > width && (end > start || !self.pieces.is_empty()) {
                    break;
                }
                used += next;
                end += c.len_utf8();
            }
            if end == start {
                self.end();
                continue;
            }
            let part = Atom {
                word: fonts.word(face, &text[start..end]),
                ..atom.clone()
            };
            self.push(&part);
            start = end;
            if start < text.len() {
                self.end();
            }
        }
    }

    fn end(&mut self) {
        let size = self.height / LEADING;
        self.done.push(Line {
            pieces: std::mem::take(&mut self.pieces),
            width: self.ink,
            height: self.height,
            baseline: size * BASELINE,
        });
        self.x = 0.0;
        self.ink = 0.0;
    }
}

fn atom(
    fonts: &mut Fonts,
    text: &str,
    base: Look,
    own: Style,
    link: Option<Rc<str>>,
    after: After,
) -> Atom {
    let mut look = base;
    let style = &mut look.style;
    style.bold |= own.bold;
    style.italic |= own.italic;
    style.underline |= own.underline;
    style.strike |= own.strike;
    if link.is_some() {
        style.underline = true;
        look.color = Color::Accent;
    }
    let (scale, rise) = if own.superscript {
        (0.68, 0.36)
    } else if own.subscript {
        (0.68, -0.14)
    } else {
        (1.0, 0.0)
    };
    Atom {
        word: fonts.word(FaceId::of(look.style), text),
        look,
        size: base.size * scale,
        rise: base.size * rise,
        link,
        after,
    }
}

/// No control character, and no direction override, which could make a text
/// lie.
fn is_shown(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{200B}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn text(line: &Line) -> String {
        line.pieces.iter().map(|p| p.word.text.as_str()).collect()
    }

    #[test]
    fn lines_fit_and_lose_nothing() {
        let mut fonts = Fonts::new().unwrap();
        let source = "Nodule mammaire supéro-externe droit, https://exemple.fr/un/chemin/\
                      interminablementlongsansespace et « guillemets » : 5,5 mm.";
        let paragraph = Paragraph::plain(&mut fonts, source, Look::new(9.0));
        for width in [10.0, 30.0, 60.0, 120.0, 400.0] {
            let lines = paragraph.lines(&mut fonts, width);
            let all: String = lines.iter().map(text).collect();
            assert_eq!(all, source, "{width}");
            for line in &lines {
                assert!(line.width <= width + 0.02, "{} > {width}", line.width);
            }
        }
        let (min, max) = paragraph.widths();
        assert!(min < max);
        assert_eq!(paragraph.lines(&mut fonts, max + 0.1).len(), 1);
    }

    #[test]
    fn a_break_is_a_line_and_two_make_an_empty_one() {
        let mut fonts = Fonts::new().unwrap();
        let lines = Paragraph::plain(&mut fonts, "a\n\nb", Look::new(9.0)).lines(&mut fonts, 50.0);
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn a_style_change_is_no_break() {
        let mut fonts = Fonts::new().unwrap();
        let part = |text: &str, bold| Inline::Text {
            text: text.into(),
            style: Style {
                bold,
                ..Style::default()
            },
            link: None,
        };
        let inlines = [part("mot", true), part(", suite", false)];
        let paragraph = Paragraph::new(&mut fonts, &inlines, Look::new(10.0));
        let width = paragraph.widths().0;
        let lines = paragraph.lines(&mut fonts, width + 0.1);
        assert_eq!(text(&lines[0]), "mot, ");
    }
}
