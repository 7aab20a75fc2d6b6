//! Pages as lists of drawing operations: nothing goes to the PDF before the
//! number of pages is known.

use std::rc::Rc;

use krilla::image::Image;
use krilla::text::KrillaGlyph;

use super::fonts::{FaceId, Fonts};
use super::items::{Item, Shape};
use super::place::{BOTTOM, TOP};
use super::tags::{Kind, TagId, Tags};
use super::text::{Color, Line, Look, Paragraph};

/// One drawing operation, from the top left of the page.
pub(super) enum Op {
    Glyphs {
        x: f32,
        baseline: f32,
        face: FaceId,
        size: f32,
        color: Color,
        text: String,
        glyphs: Vec<KrillaGlyph>,
    },
    Fill {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        color: Color,
    },
    Picture {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        image: Image,
    },
    Link {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        href: Rc<str>,
    },
}

/// An operation, and the node that it belongs to; none for what only decorates
/// or repeats.
pub(super) struct Marked {
    pub(super) op: Op,
    pub(super) tag: Option<TagId>,
}

/// A heading, for the outline.
pub(super) struct Heading {
    pub(super) title: String,
    pub(super) level: usize,
    pub(super) page: usize,
    pub(super) y: f32,
}

/// Fills pages from top to bottom.
pub(super) struct Pages {
    pub(super) pages: Vec<Vec<Marked>>,
    pub(super) tags: Tags,
    /// Everything drawn now only repeats: header rows, margins.
    pub(super) is_repeat: bool,
    pub(super) headings: Vec<Heading>,
    /// Where the next thing goes.
    pub(super) y: f32,
}

impl Pages {
    pub(super) fn new() -> Pages {
        Pages {
            pages: vec![Vec::new()],
            tags: Tags::new(),
            is_repeat: false,
            headings: Vec::new(),
            y: TOP,
        }
    }

    /// What is left below `y`.
    pub(super) fn left(&self) -> f32 {
        BOTTOM - self.y
    }

    /// True when nothing stands on the page yet.
    pub(super) fn at_top(&self) -> bool {
        self.y <= TOP + 0.01
    }

    pub(super) fn next_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    /// A space, none at the top of a page.
    pub(super) fn gap(&mut self, height: f32) {
        if !self.at_top() {
            self.y += height;
        }
    }

    /// Goes to a new page unless `height` is left.
    pub(super) fn need(&mut self, height: f32) {
        if height > self.left() && !self.at_top() {
            self.next_page();
        }
    }

    pub(super) fn op(&mut self, op: Op, tag: Option<TagId>) {
        let tag = tag.filter(|_| !self.is_repeat);
        if let Some(page) = self.pages.last_mut() {
            page.push(Marked { op, tag });
        }
    }

    pub(super) fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, color: Color) {
        self.fill_for(None, [x, y, width, height], color);
    }

    /// A rectangle that belongs to a node.
    pub(super) fn fill_for(
        &mut self,
        tag: Option<TagId>,
        [x, y, width, height]: [f32; 4],
        color: Color,
    ) {
        if width > 0.0 && height > 0.0 {
            let op = Op::Fill {
                x,
                y,
                width,
                height,
                color,
            };
            self.op(op, tag);
        }
    }

    /// Draws the items one below the other, over as many pages as needed.
    pub(super) fn flow(&mut self, items: Vec<Item>, x: f32) {
        for item in items {
            if matches!(item.shape, Shape::Gap) {
                self.gap(item.height);
                continue;
            }
            self.need(item.height);
            self.item(&item, x, self.y);
            self.y += item.height;
        }
    }

    /// Draws one item with its top at `y`.
    pub(super) fn item(&mut self, item: &Item, x: f32, y: f32) {
        if let Some((mark, at, tag)) = &item.mark {
            self.line(mark, x + at, y, Some(*tag));
        }
        match &item.shape {
            Shape::Gap => {}
            Shape::Line(line) => self.line(line, x + item.x, y, Some(item.tag)),
            Shape::Mark(mark, at) => {
                self.line(mark, x + at, y, Some(item.tag));
            }
            Shape::Picture {
                image,
                width,
                height,
            } => {
                let op = Op::Picture {
                    x: x + item.x,
                    y,
                    width: *width,
                    height: *height,
                    image: image.clone(),
                };
                self.op(op, Some(item.tag));
            }
        }
    }

    /// Draws a line of text, joining neighbours of one look.
    pub(super) fn line(&mut self, line: &Line, x: f32, y: f32, tag: Option<TagId>) {
        let baseline = y + line.baseline;
        let mut last: Option<(f32, Look, f32)> = None;
        for piece in &line.pieces {
            let mut at = x + piece.x;
            let width = piece.word.width * piece.size;
            let tag = match (&piece.link, tag) {
                (Some(href), Some(tag)) => Some(self.tags.add(tag, Kind::Link(href.to_string()))),
                (_, tag) => tag,
            };
            for run in &piece.word.runs {
                let text = &piece.word.text[run.range.clone()];
                let joined = match (last, self.pages.last_mut().and_then(|p| p.last_mut())) {
                    (
                        Some((size, _, rise)),
                        Some(Marked {
                            op:
                                Op::Glyphs {
                                    face,
                                    size: known,
                                    color,
                                    text: before,
                                    glyphs,
                                    ..
                                },
                            ..
                        }),
                    ) if *face == run.face
                        && *known == piece.size
                        && size == piece.size
                        && rise == piece.rise
                        && *color == piece.look.color =>
                    {
                        let shift = before.len();
                        before.push_str(text);
                        glyphs.extend(run.glyphs.iter().map(|g| shifted(g, shift)));
                        true
                    }
                    _ => false,
                };
                if !joined {
                    let op = Op::Glyphs {
                        x: at,
                        baseline: baseline - piece.rise,
                        face: run.face,
                        size: piece.size,
                        color: piece.look.color,
                        text: text.to_owned(),
                        glyphs: run.glyphs.clone(),
                    };
                    self.op(op, tag);
                }
                last = Some((piece.size, piece.look, piece.rise));
                at += run.width * piece.size;
            }
            let ink = piece.word.ink * piece.size;
            let rule = |below: f32| baseline - piece.rise + piece.size * below;
            if piece.look.style.underline && ink > 0.0 {
                let long = if line.pieces.last().is_some_and(|l| std::ptr::eq(l, piece)) {
                    ink
                } else {
                    width
                };
                self.fill(x + piece.x, rule(0.12), long, 0.5, piece.look.color);
                last = None;
            }
            if piece.look.style.strike && ink > 0.0 {
                self.fill(x + piece.x, rule(-0.3), ink, 0.6, piece.look.color);
                last = None;
            }
            if let Some(href) = &piece.link {
                let op = Op::Link {
                    x: x + piece.x,
                    y,
                    width: ink.max(1.0),
                    height: line.height,
                    href: href.clone(),
                };
                self.op(op, tag);
                last = None;
            }
        }
    }

    /// Draws one line of text, cut with an ellipsis when it does not fit.
    pub(super) fn label(
        &mut self,
        fonts: &mut Fonts,
        text: &str,
        look: Look,
        x: f32,
        y: f32,
        width: f32,
    ) {
        let line = one_line(fonts, text, look, width);
        if let Some(line) = line {
            self.line(&line, x, y, None);
        }
    }
}

/// `text` as one line no wider than `width`, cut with an ellipsis.
pub(super) fn one_line(fonts: &mut Fonts, text: &str, look: Look, width: f32) -> Option<Line> {
    let fits =
        |fonts: &mut Fonts, text: &str| Paragraph::plain(fonts, text, look).widths().1 <= width;
    let mut text = text.to_owned();
    if !fits(fonts, &text) {
        let mut chars: Vec<char> = text.chars().take(300).collect();
        while chars.len() > 1 {
            chars.pop();
            text = chars.iter().collect::<String>().trim_end().to_owned() + "…";
            if fits(fonts, &text) {
                break;
            }
        }
    }
    Paragraph::plain(fonts, &text, look)
        .lines(fonts, width.max(20.0))
        .into_iter()
        .next()
}

fn shifted(glyph: &KrillaGlyph, by: usize) -> KrillaGlyph {
    let mut glyph = glyph.clone();
    glyph.text_range.start += by;
    glyph.text_range.end += by;
    glyph
}
