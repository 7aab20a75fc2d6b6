//! Paragraphs as lines: break opportunities (UAX #14) outside of quantities,
//! order of right-to-left text (UAX #9), widths, glyphs.

use std::rc::Rc;

use unicode_bidi::{BidiInfo, Level};
use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::block::{Inline, Style};
use crate::pdf::fonts::{FaceId, Fonts, Word};
use crate::quantity::unbreakable;
use crate::typography::{is_override, private};

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
    level: Level,
    after: After,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// The next atom belongs to the same unbreakable piece.
    Glued,
    /// A line ends here only when the quantity is wider than the line.
    Held,
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
    /// Its first letter is of a script that runs from right to left.
    is_rtl: bool,
}

/// A piece of a line, at `x` from its start.
pub(super) struct Piece {
    pub(super) x: f32,
    pub(super) word: Rc<Word>,
    pub(super) size: f32,
    pub(super) rise: f32,
    pub(super) look: Look,
    pub(super) link: Option<Rc<str>>,
    level: Level,
}

/// A line.
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) width: f32,
    pub(super) height: f32,
    /// Baseline from the top.
    pub(super) baseline: f32,
    /// It belongs to a paragraph that runs from right to left.
    pub(super) is_rtl: bool,
}

impl Paragraph {
    /// A paragraph of the document: its first letter gives its direction.
    pub(super) fn new(fonts: &mut Fonts, inlines: &[Inline], look: Look) -> Paragraph {
        Paragraph::based(fonts, inlines, look, None)
    }

    fn based(fonts: &mut Fonts, inlines: &[Inline], look: Look, base: Option<Level>) -> Paragraph {
        let mut text = String::new();
        // end of each inline in the text
        let mut ends = Vec::with_capacity(inlines.len());
        for inline in inlines {
            match inline {
                Inline::Break => text.push('\n'),
                Inline::Text { text: part, .. } => {
                    let shown = part.chars().filter(|c| is_shown(*c));
                    text.extend(shown.map(|c| private(c).unwrap_or(c)));
                }
            }
            ends.push(text.len());
        }
        let held = unbreakable(&text);
        let mut breaks = linebreaks(&text).peekable();
        let mut held = held.into_iter().peekable();
        let bidi = text
            .chars()
            .any(is_right_to_left)
            .then(|| BidiInfo::new(&text, base));
        let level_at = |at: usize| match &bidi {
            Some(info) => info.levels.get(at).copied().unwrap_or(Level::ltr()),
            None => Level::ltr(),
        };
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
                        atoms.push(atom(
                            fonts,
                            " ",
                            look,
                            Style::default(),
                            None,
                            After::Break,
                            Level::ltr(),
                        ));
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
                            _ => {
                                while held.next_if(|r| r.end <= position).is_some() {}
                                let inside = held.peek().is_some_and(|r| r.start < position);
                                let after = if inside { After::Held } else { After::MayBreak };
                                (position, after)
                            }
                        }
                    }
                    _ => (end, After::Glued),
                };
                while at < cut {
                    // a piece of one direction
                    let level = level_at(at);
                    let turn = match &bidi {
                        Some(_) => text[at..cut]
                            .char_indices()
                            .find(|(i, _)| level_at(at + i) != level)
                            .map_or(cut, |(i, _)| at + i),
                        None => cut,
                    };
                    let part = text[at..turn].trim_end_matches('\n');
                    if !part.is_empty() {
                        let after = if turn < cut { After::Glued } else { after };
                        let link = link.clone();
                        atoms.push(atom(fonts, part, look, *own, link, after, level));
                    }
                    at = turn;
                }
            }
        }
        if let Some(last) = atoms.last_mut() {
            last.after = After::MayBreak;
        }
        Paragraph {
            atoms,
            height: look.size * LEADING,
            is_rtl: bidi
                .is_some_and(|info| info.paragraphs.first().is_some_and(|p| p.level.is_rtl())),
        }
    }

    /// A plain text of the page itself, which runs from left to right whatever
    /// it quotes.
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
        Paragraph::based(fonts, &inlines, look, Some(Level::ltr()))
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
                After::Glued | After::Held => {}
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
            is_rtl: self.is_rtl,
        };
        let mut rest = &self.atoms[..];
        while !rest.is_empty() {
            let count = rest
                .iter()
                .position(|a| !matches!(a.after, After::Glued | After::Held))
                .map_or(rest.len(), |p| p + 1);
            let (chunk, tail) = rest.split_at(count);
            rest = tail;
            let ink =
                chunk[..count - 1].iter().map(Atom::width).sum::<f32>() + chunk[count - 1].ink();
            if out.x + ink > width + 0.01 && !out.pieces.is_empty() {
                out.end();
            }
            if ink > width + 0.01 {
                out.push_wide(fonts, chunk, width);
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
    is_rtl: bool,
}

impl Lines {
    /// A piece wider than the line: cut where a quantity may be at worst, else
    /// between characters.
    fn push_wide(&mut self, fonts: &mut Fonts, chunk: &[Atom], width: f32) {
        let mut rest = chunk;
        while !rest.is_empty() {
            let count = rest
                .iter()
                .position(|a| a.after == After::Held)
                .map_or(rest.len(), |p| p + 1);
            let (part, tail) = rest.split_at(count);
            rest = tail;
            let ink =
                part[..count - 1].iter().map(Atom::width).sum::<f32>() + part[count - 1].ink();
            if self.x + ink > width + 0.01 && !self.pieces.is_empty() {
                self.end();
            }
            for atom in part {
                if ink > width + 0.01 {
                    self.push_broken(fonts, atom, width);
                } else {
                    self.push(atom);
                }
            }
        }
    }

    fn push(&mut self, atom: &Atom) {
        self.pieces.push(Piece {
            x: self.x,
            word: atom.word.clone(),
            size: atom.size,
            rise: atom.rise,
            look: atom.look,
            link: atom.link.clone(),
            level: atom.level,
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
                let rtl = atom.word.is_rtl;
                let next = fonts.directed(face, c.encode_utf8(&mut [0; 4]), rtl).width * atom.size;
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
                word: fonts.directed(face, &text[start..end], atom.word.is_rtl),
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
        self.reorder();
        self.done.push(Line {
            is_rtl: self.is_rtl,
            pieces: std::mem::take(&mut self.pieces),
            width: self.ink,
            height: self.height,
            baseline: size * BASELINE,
        });
        self.x = 0.0;
        self.ink = 0.0;
    }

    /// Puts the pieces of a line in the order in which they are seen (UAX #9,
    /// rule L2).
    fn reorder(&mut self) {
        if self.pieces.iter().all(|p| p.level == Level::ltr()) {
            return;
        }
        let levels: Vec<Level> = self.pieces.iter().map(|p| p.level).collect();
        let order = BidiInfo::reorder_visual(&levels);
        let mut pieces: Vec<Option<Piece>> = self.pieces.drain(..).map(Some).collect();
        let mut x = 0.0;
        for index in order {
            if let Some(mut piece) = pieces.get_mut(index).and_then(Option::take) {
                piece.x = x;
                x += piece.word.width * piece.size;
                self.pieces.push(piece);
            }
        }
        self.ink = self.ink.max(x);
    }
}

fn atom(
    fonts: &mut Fonts,
    text: &str,
    base: Look,
    own: Style,
    link: Option<Rc<str>>,
    after: After,
    level: Level,
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
        word: fonts.directed(FaceId::of(look.style), text, level.is_rtl()),
        look,
        level,
        size: base.size * scale,
        rise: base.size * rise,
        link,
        after,
    }
}

/// No control character, and no direction override, which could make a text
/// lie.
fn is_shown(c: char) -> bool {
    !c.is_control() && !is_override(c) && !matches!(c, '\u{FEFF}' | '\u{200B}')
}

/// True for a letter of a script that runs from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
