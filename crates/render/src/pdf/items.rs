//! Narrative blocks as a column of items that no page cuts: lines, images.

use krilla::image::Image;

use super::fonts::Fonts;
use super::picture::{self, Pictures};
use super::tags::{Kind, TagId, Tags};
use super::text::{LEADING, Line, Look, Paragraph};
use crate::block::{Align, Block, Inline, Table};

/// Something of a column that stays in one piece.
pub(super) struct Item {
    /// From the left of the column.
    pub(super) x: f32,
    pub(super) height: f32,
    pub(super) shape: Shape,
    /// Bullet or number on the same line, its place and its node.
    pub(super) mark: Option<(Line, f32, TagId)>,
    /// What it belongs to.
    pub(super) tag: TagId,
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
    fn new(x: f32, height: f32, shape: Shape, tag: TagId) -> Item {
        Item {
            x,
            height,
            shape,
            mark: None,
            tag,
        }
    }

    pub(super) fn gap(height: f32) -> Item {
        Item::new(0.0, height, Shape::Gap, 0)
    }

    pub(super) fn line(line: Line, x: f32, tag: TagId) -> Item {
        Item::new(x, line.height, Shape::Line(line), tag)
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
    /// An image, the text in its place, its caption.
    Picture(Image, String, Option<Paragraph>),
}

/// What shaping needs: the fonts, and the images decoded so far.
pub(super) struct Press {
    pub(super) fonts: Fonts,
    pub(super) pictures: Pictures,
}

/// Shapes blocks; a table inside another is read row by row.
pub(super) fn shape(press: &mut Press, blocks: &[Block], look: Look) -> Vec<Shaped> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => {
                out.push(Shaped::Text(Paragraph::new(
                    &mut press.fonts,
                    inlines,
                    look,
                )));
            }
            Block::Notice(text) => {
                let mut look = look;
                look.style.italic = true;
                out.push(Shaped::Text(Paragraph::plain(&mut press.fonts, text, look)));
            }
            Block::File(file) => {
                let text = file_text(file);
                out.push(Shaped::Text(Paragraph::plain(
                    &mut press.fonts,
                    &text,
                    look,
                )));
            }
            Block::List {
                ordered,
                caption,
                items,
            } => {
                if !caption.is_empty() {
                    out.push(Shaped::Text(Paragraph::new(
                        &mut press.fonts,
                        caption,
                        look.bold(),
                    )));
                }
                let items = items.iter().map(|i| shape(press, i, look)).collect();
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
                    Paragraph::plain(&mut press.fonts, &source.caption, look)
                });
                match press.pictures.image(source) {
                    Ok(image) => {
                        let text = match source.caption.as_str() {
                            "" => "Image du document, sans description".to_owned(),
                            caption => caption.to_owned(),
                        };
                        out.push(Shaped::Picture(image, text, caption));
                    }
                    Err(why) => {
                        let text = format!("{} [image non montrée : {why}]", source.caption);
                        let text = text.trim();
                        out.push(Shaped::Text(Paragraph::plain(&mut press.fonts, text, look)));
                    }
                }
            }
            Block::Table(table) => out.extend(flat_table(press, table, look)),
        }
    }
    out
}

/// What stands in the place of an attached file, which a PDF/A-1 cannot hold.
pub(super) fn file_text(file: &crate::attachment::Attachment) -> String {
    let text = format!(
        "{} [pièce jointe du document CDA : {}, {}]",
        file.caption,
        file.name,
        file.what()
    );
    text.trim().to_owned()
}

fn flat_table(press: &mut Press, table: &Table, look: Look) -> Vec<Shaped> {
    let mut out = Vec::new();
    if !table.caption.is_empty() {
        out.push(Shaped::Text(Paragraph::new(
            &mut press.fonts,
            &table.caption,
            look.bold(),
        )));
    }
    for row in table.rows() {
        let mut line: Vec<Inline> = Vec::new();
        for cell in row {
            if !line.is_empty() {
                line.push(Inline::plain(" – "));
            }
            for block in &cell.blocks {
                match block {
                    Block::Paragraph(inlines) => line.extend(inlines.iter().cloned()),
                    other => {
                        if !line.is_empty() {
                            let known = std::mem::take(&mut line);
                            out.push(Shaped::Text(Paragraph::new(&mut press.fonts, &known, look)));
                        }
                        out.extend(shape(press, std::slice::from_ref(other), look));
                    }
                }
            }
        }
        if !line.is_empty() {
            out.push(Shaped::Text(Paragraph::new(&mut press.fonts, &line, look)));
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
            Shaped::Picture(image, ..) => (60.0, picture::natural_size(image).0),
        };
        out = (out.0.max(min), out.1.max(max));
    }
    out
}

/// Where a column goes: its width, its alignment, the space between blocks,
/// and the node that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) width: f32,
    pub(super) align: Align,
    pub(super) spacing: f32,
    pub(super) tag: TagId,
}

/// Cuts shaped blocks into a column.
pub(super) fn column(
    fonts: &mut Fonts,
    tags: &mut Tags,
    blocks: &[Shaped],
    place: Column,
) -> Vec<Item> {
    let mut out = Vec::new();
    let width = place.width;
    for (i, block) in blocks.iter().enumerate() {
        if i > 0 {
            out.push(Item::gap(place.spacing));
        }
        match block {
            Shaped::Text(paragraph) => {
                let tag = tags.add(place.tag, Kind::Paragraph);
                for line in paragraph.lines(fonts, width) {
                    let x = match place.align {
                        Align::Start if line.is_rtl => (width - line.width).max(0.0),
                        Align::Start => 0.0,
                        Align::Center => ((width - line.width) / 2.0).max(0.0),
                        Align::End => (width - line.width).max(0.0),
                    };
                    out.push(Item::line(line, x, tag));
                }
            }
            Shaped::List {
                ordered,
                items,
                size,
            } => {
                let tag = tags.add(place.tag, Kind::List(*ordered));
                list(
                    fonts,
                    tags,
                    (*ordered, *size),
                    items,
                    Column { tag, ..place },
                    &mut out,
                );
            }
            Shaped::Picture(image, text, caption) => {
                let tag = tags.add(place.tag, Kind::Figure(text.clone()));
                let (w, h) = picture::fit(image, width);
                out.push(Item::new(
                    0.0,
                    h,
                    Shape::Picture {
                        image: image.clone(),
                        width: w,
                        height: h,
                    },
                    tag,
                ));
                if let Some(caption) = caption {
                    let tag = tags.add(place.tag, Kind::Paragraph);
                    out.push(Item::gap(2.0));
                    for line in caption.lines(fonts, width) {
                        out.push(Item::line(line, 0.0, tag));
                    }
                }
            }
        }
    }
    out
}

fn list(
    fonts: &mut Fonts,
    tags: &mut Tags,
    (ordered, size): (bool, f32),
    items: &[Vec<Shaped>],
    place: Column,
    out: &mut Vec<Item>,
) {
    let mut margin = indent(ordered, size);
    let mut beside = true;
    if place.width - margin < size * 4.0 {
        // nested too deep for its column: marks stand above their texts
        margin = 0.0;
        beside = false;
    }
    let inner = place.width - margin;
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            out.push(Item::gap(1.5));
        }
        let text = if ordered {
            format!("{}.", number + 1)
        } else {
            "•".to_owned()
        };
        let one = tags.add(place.tag, Kind::Item);
        let label = tags.add(one, Kind::Label);
        let body = tags.add(one, Kind::Body);
        let mark = Paragraph::plain(fonts, &text, Look::new(size))
            .lines(fonts, margin.max(size * 2.0))
            .into_iter()
            .next();
        let within = Column {
            width: inner,
            align: Align::Start,
            spacing: 2.0,
            tag: body,
        };
        let mut column = column(fonts, tags, item, within);
        for line in &mut column {
            line.x += margin;
            if let Some((_, at, _)) = &mut line.mark {
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
                    first.mark = Some((mark, at, label));
                }
                _ => column.insert(
                    0,
                    Item::new(0.0, size * LEADING, Shape::Mark(mark, at), label),
                ),
            }
        }
        out.extend(column);
    }
}
