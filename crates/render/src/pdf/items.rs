//! Narrative blocks as a column of items that no page cuts: lines, images.

use krilla::image::Image;

use super::fonts::Fonts;
use super::picture;
use super::text::{LEADING, Line, Look, Paragraph};
use crate::narrative::{Block, Inline, Style};
use crate::table::{Align, Table};

/// Something of a column that stays in one piece.
pub(super) struct Item {
    /// From the left of the column.
    pub(super) x: f32,
    pub(super) height: f32,
    pub(super) shape: Shape,
    /// Bullet or number on the same line, and its place.
    pub(super) mark: Option<(Line, f32)>,
}

pub(super) enum Shape {
    Line(Line),
    Picture {
        image: Image,
        width: f32,
        height: f32,
    },
    /// White space, dropped at the top of a page.
    Gap,
    /// A bullet without a text.
    Mark(Line, f32),
}

impl Item {
    fn new(x: f32, height: f32, shape: Shape) -> Item {
        Item {
            x,
            height,
            shape,
            mark: None,
        }
    }

    pub(super) fn gap(height: f32) -> Item {
        Item::new(0.0, height, Shape::Gap)
    }

    pub(super) fn line(line: Line, x: f32) -> Item {
        Item::new(x, line.height, Shape::Line(line))
    }
}

/// A block whose text is shaped but not yet cut into lines: its widths are
/// known before its place is.
pub(super) enum Shaped {
    Text(Paragraph),
    List {
        ordered: bool,
        items: Vec<Vec<Shaped>>,
        size: f32,
    },
    Picture(Image, Option<Paragraph>),
}

/// Shapes blocks; a table inside another is told row by row.
pub(super) fn shape(fonts: &mut Fonts, blocks: &[Block], look: Look) -> Vec<Shaped> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => {
                out.push(Shaped::Text(Paragraph::new(fonts, inlines, look)));
            }
            Block::List {
                ordered,
                caption,
                items,
            } => {
                if !caption.is_empty() {
                    out.push(Shaped::Text(Paragraph::new(fonts, caption, look.bold())));
                }
                let items = items.iter().map(|i| shape(fonts, i, look)).collect();
                out.push(Shaped::List {
                    ordered: *ordered,
                    items,
                    size: look.size,
                });
            }
            Block::Picture(source) => {
                let caption = (!source.caption.is_empty()).then(|| {
                    let mut look = look;
                    look.style.italic = true;
                    Paragraph::plain(fonts, &source.caption, look)
                });
                match picture::image(&source.bytes) {
                    Ok(image) => out.push(Shaped::Picture(image, caption)),
                    Err(why) => {
                        let text = format!("{} [image non montrée : {why}]", source.caption);
                        out.push(Shaped::Text(Paragraph::plain(fonts, text.trim(), look)));
                    }
                }
            }
            Block::Table(table) => out.extend(flat_table(fonts, table, look)),
        }
    }
    out
}

fn flat_table(fonts: &mut Fonts, table: &Table, look: Look) -> Vec<Shaped> {
    let mut out = Vec::new();
    if !table.caption.is_empty() {
        out.push(Shaped::Text(Paragraph::new(
            fonts,
            &table.caption,
            look.bold(),
        )));
    }
    for row in table.rows() {
        let mut line: Vec<Inline> = Vec::new();
        for cell in row {
            if !line.is_empty() {
                line.push(Inline::Text {
                    text: " – ".to_owned(),
                    style: Style::default(),
                    link: None,
                });
            }
            for block in &cell.blocks {
                match block {
                    Block::Paragraph(inlines) => line.extend(inlines.iter().cloned()),
                    other => {
                        if !line.is_empty() {
                            let known = std::mem::take(&mut line);
                            out.push(Shaped::Text(Paragraph::new(fonts, &known, look)));
                        }
                        out.extend(shape(fonts, std::slice::from_ref(other), look));
                    }
                }
            }
        }
        if !line.is_empty() {
            out.push(Shaped::Text(Paragraph::new(fonts, &line, look)));
        }
    }
    out
}

/// Width of a list's margin, in sizes.
fn indent(ordered: bool, size: f32) -> f32 {
    if ordered { size * 1.9 } else { size * 1.3 }
}

/// Least and greatest width of shaped blocks.
pub(super) fn widths(blocks: &[Shaped]) -> (f32, f32) {
    let mut out = (0.0_f32, 0.0_f32);
    for block in blocks {
        let (min, max) = match block {
            Shaped::Text(paragraph) => paragraph.widths(),
            Shaped::List {
                ordered,
                items,
                size,
            } => {
                let margin = indent(*ordered, *size);
                items.iter().fold((0.0_f32, 0.0_f32), |(a, b), item| {
                    let (min, max) = widths(item);
                    (a.max(min + margin), b.max(max + margin))
                })
            }
            Shaped::Picture(image, _) => (60.0, picture::natural_size(image).0),
        };
        out = (out.0.max(min), out.1.max(max));
    }
    out
}

/// Cuts shaped blocks into a column `width` wide.
pub(super) fn column(
    fonts: &mut Fonts,
    blocks: &[Shaped],
    width: f32,
    align: Align,
    spacing: f32,
) -> Vec<Item> {
    let mut out = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        if i > 0 {
            out.push(Item::gap(spacing));
        }
        match block {
            Shaped::Text(paragraph) => {
                for line in paragraph.lines(fonts, width) {
                    let x = match align {
                        Align::Start => 0.0,
                        Align::Center => ((width - line.width) / 2.0).max(0.0),
                        Align::End => (width - line.width).max(0.0),
                    };
                    out.push(Item::line(line, x));
                }
            }
            Shaped::List {
                ordered,
                items,
                size,
            } => list(fonts, *ordered, items, *size, width, &mut out),
            Shaped::Picture(image, caption) => {
                let (w, h) = picture::fit(image, width);
                out.push(Item::new(
                    0.0,
                    h,
                    Shape::Picture {
                        image: image.clone(),
                        width: w,
                        height: h,
                    },
                ));
                if let Some(caption) = caption {
                    out.push(Item::gap(2.0));
                    for line in caption.lines(fonts, width) {
                        out.push(Item::line(line, 0.0));
                    }
                }
            }
        }
    }
    out
}

fn list(
    fonts: &mut Fonts,
    ordered: bool,
    items: &[Vec<Shaped>],
    size: f32,
    width: f32,
    out: &mut Vec<Item>,
) {
    let mut margin = indent(ordered, size);
    let mut beside = true;
    if width - margin < size * 4.0 {
        // nested too deep for its column: marks stand above their texts
        margin = 0.0;
        beside = false;
    }
    let inner = width - margin;
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            out.push(Item::gap(1.5));
        }
        let text = if ordered {
            format!("{}.", number + 1)
        } else {
            "•".to_owned()
        };
        let mark = Paragraph::plain(fonts, &text, Look::new(size))
            .lines(fonts, margin.max(size * 2.0))
            .into_iter()
            .next();
        let mut column = column(fonts, item, inner, Align::Start, 2.0);
        for line in &mut column {
            line.x += margin;
            if let Some((_, at)) = &mut line.mark {
                *at += margin;
            }
            if let Shape::Mark(_, at) = &mut line.shape {
                *at += margin;
            }
        }
        if let Some(mark) = mark {
            let at = if ordered {
                0.0
            } else {
                (margin - size * 0.5 - mark.width).max(0.0)
            };
            match column.iter_mut().find(|i| !matches!(i.shape, Shape::Gap)) {
                Some(first)
                    if beside && first.mark.is_none() && matches!(first.shape, Shape::Line(_)) =>
                {
                    first.mark = Some((mark, at));
                }
                _ => column.insert(0, Item::new(0.0, size * LEADING, Shape::Mark(mark, at))),
            }
        }
        out.extend(column);
    }
}
