//! A clean, printable document in PDF/A-1b, fonts embedded.
//!
//! Made with krilla, whose export checks PDF/A-1b itself, rather than with
//! typst-pdf: FIGURES
//! Words are shaped with harfrust, which shares krilla's font parser; lines
//! are broken after UAX #14; tables, lists and pages are laid out here.
//!
//! - [`fonts`]: faces, shaping, fallback
//! - [`text`]: paragraphs as lines
//! - [`items`]: blocks as columns of lines and images
//! - [`table`]: tables over pages
//! - [`pages`]: pages as drawing operations
//! - [`picture`]: images fit for PDF/A-1
//! - [`write`]: operations to PDF
//!
//! Text runs from left to right only.

mod fonts;
mod items;
mod pages;
mod picture;
mod table;
mod text;
mod write;

use super::header::Header;
use super::narrative::Inline;
use super::narrative::{Block, Section, Style};
use super::summary::{self, Card};
use super::table::{Align, Cell, Table};
use super::{Body, Page, rules, words};
use crate::problem::{Problem, Problems};
use fonts::Fonts;
use items::Item;
use pages::{HEIGHT, Heading, MARGIN, Op, Pages, TEXT, WIDTH};
use text::{Color, Look, Paragraph};

/// Options of the PDF.
#[derive(Clone, Debug, Default)]
pub struct PdfOptions {
    /// Name of the structure, at the top of the first page and at the foot of
    /// each.
    pub structure: Option<String>,
    /// Logo of the structure, PNG or JPEG.
    pub logo: Option<Vec<u8>>,
}

/// The page as PDF/A-1b. Same page and options, same bytes: the date and the
/// identifier of the file are those of the document.
///
/// # Errors
/// `RENDU-LOGO` when the logo is not readable, `RENDU-PDF` when the PDF
/// cannot be written.
pub fn to_pdf(page: &Page, options: &PdfOptions) -> Result<Vec<u8>, Problems> {
    let mut printer = Printer {
        fonts: Fonts::new()?,
        pages: Pages::new(),
    };
    printer.brand(options)?;
    printer.title(&page.header.title);
    printer.essentials(&page.header);
    printer.body(&page.body);
    printer.details(&page.header);
    printer.margins(&page.header, options);
    write::pdf(&page.header, &printer.fonts, printer.pages)
}

struct Printer {
    fonts: Fonts,
    pages: Pages,
}

const LABEL: f32 = 8.5;
const BODY: f32 = 9.5;

impl Printer {
    fn brand(&mut self, options: &PdfOptions) -> Result<(), Problems> {
        let top = self.pages.y;
        let mut x = MARGIN;
        let mut height = 0.0_f32;
        if let Some(logo) = &options.logo {
            let image = picture::image(logo)
                .map_err(|why| Problem::new(&rules::LOGO, "/logo").found(why))?;
            let (w, h) = picture::natural_size(&image);
            let scale = (44.0 / h).min(150.0 / w);
            let (width, high) = (w * scale, h * scale);
            self.pages.op(Op::Picture {
                x,
                y: top,
                width,
                height: high,
                image,
            });
            x += width + 12.0;
            height = high;
        }
        if let Some(name) = options.structure.as_deref().filter(|n| !n.is_empty()) {
            let look = Look::new(11.0).bold().color(Color::Grey);
            let lines = Paragraph::plain(&mut self.fonts, name, look)
                .lines(&mut self.fonts, MARGIN + TEXT - x);
            let text: f32 = lines.iter().map(|l| l.height).sum();
            let mut y = top + ((height - text) / 2.0).max(0.0);
            for line in &lines {
                self.pages.line(line, x, y);
                y += line.height;
            }
            height = height.max(text);
        }
        if height > 0.0 {
            self.pages.y += height + 8.0;
        }
        Ok(())
    }

    fn title(&mut self, title: &str) {
        let look = Look::new(17.0).bold().color(Color::Accent);
        self.heading_lines(title, look, 0);
        self.pages.y += 8.0;
    }

    fn heading_lines(&mut self, title: &str, look: Look, level: usize) {
        let lines = Paragraph::plain(&mut self.fonts, title, look).lines(&mut self.fonts, TEXT);
        let height: f32 = lines.iter().map(|l| l.height).sum();
        self.pages.need(height + 54.0);
        self.pages.headings.push(Heading {
            title: title.to_owned(),
            level,
            page: self.pages.pages.len() - 1,
            y: self.pages.y,
        });
        let items = lines.into_iter().map(|l| Item::line(l, 0.0)).collect();
        self.pages.flow(items, MARGIN);
    }

    fn heading(&mut self, title: &str, level: usize) {
        let (size, before) = match level {
            1 => (12.5, 15.0),
            2 => (11.0, 11.0),
            _ => (10.0, 8.0),
        };
        self.pages.gap(before);
        let look = Look::new(size).bold().color(Color::Accent);
        self.heading_lines(title, look, level);
        if level == 1 {
            self.pages
                .fill(MARGIN, self.pages.y + 0.5, TEXT, 0.6, Color::Rule);
        }
        self.pages.y += 4.5;
    }

    /// Patient and document, side by side.
    fn essentials(&mut self, header: &Header) {
        let cards = summary::essentials(header);
        let gutter = 12.0;
        for pair in cards.chunks(2) {
            let width = (TEXT - gutter * (pair.len() - 1) as f32) / pair.len() as f32;
            let drawn: Vec<_> = pair.iter().map(|c| self.card(c, width)).collect();
            let height = drawn.iter().map(|d| d.1).fold(0.0, f32::max);
            if height > pages::BOTTOM - pages::TOP {
                for card in pair {
                    self.card_table(card);
                }
                continue;
            }
            self.pages.need(height);
            let top = self.pages.y;
            for (i, (rows, _)) in drawn.into_iter().enumerate() {
                let x = MARGIN + (width + gutter) * i as f32;
                self.pages.fill(x, top, width, height, Color::CardFill);
                self.pages.fill(x, top, 2.5, height, Color::Accent);
                for (item, dx, dy) in rows {
                    self.pages.item(&item, x + dx, top + dy);
                }
            }
            self.pages.y = top + height + 10.0;
        }
    }

    /// The items of a card with their places, and its height.
    fn card(&mut self, card: &Card, width: f32) -> (Vec<(Item, f32, f32)>, f32) {
        const PAD: f32 = 9.0;
        let inner = width - 2.0 * PAD;
        let label_width = inner * 0.37;
        let value_x = label_width + 8.0;
        let mut out = Vec::new();
        let mut y = 6.0;
        let column = |fonts: &mut Fonts, text: &str, look: Look, x: f32, top: f32, w: f32| {
            let mut at = top;
            let mut items = Vec::new();
            for line in Paragraph::plain(fonts, text, look).lines(fonts, w) {
                let height = line.height;
                items.push((Item::line(line, 0.0), x, at));
                at += height;
            }
            (items, at)
        };
        let title = Look::new(10.5).bold().color(Color::Accent);
        let (items, end) = column(&mut self.fonts, &card.title, title, PAD, y, inner);
        out.extend(items);
        y = end + 3.0;
        for row in &card.rows {
            let grey = Look::new(LABEL).color(Color::Grey);
            let (items, left) = column(&mut self.fonts, &row.label, grey, PAD, y, label_width);
            out.extend(items);
            let mut right = y;
            for (i, line) in row.lines.iter().enumerate() {
                let mut look = Look::new(LABEL);
                if i == 0 && row.is_strong {
                    look = look.bold();
                }
                let (items, end) = column(
                    &mut self.fonts,
                    line,
                    look,
                    PAD + value_x,
                    right,
                    inner - value_x,
                );
                out.extend(items);
                right = end;
            }
            y = left.max(right) + 1.6;
        }
        (out, y + 5.0)
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Sections(sections) => {
                for section in sections {
                    self.section(section, 1);
                }
            }
            Body::Text(text) => {
                self.heading("Contenu", 1);
                self.text(text);
            }
            Body::Picture(picture) => {
                self.heading("Contenu", 1);
                self.blocks(&[Block::Picture(picture.clone())]);
            }
            Body::File { media_type, bytes } => {
                self.heading("Contenu", 1);
                self.text(&words::file_notice(media_type, bytes.len()));
            }
            Body::None => {
                self.heading("Contenu", 1);
                self.text(words::NO_BODY);
            }
        }
    }

    fn text(&mut self, text: &str) {
        let paragraph = Paragraph::plain(&mut self.fonts, text, Look::new(BODY));
        let lines = paragraph.lines(&mut self.fonts, TEXT);
        let items = lines.into_iter().map(|l| Item::line(l, 0.0)).collect();
        self.pages.flow(items, MARGIN);
    }

    fn section(&mut self, section: &Section, level: usize) {
        let mut below = level;
        if let Some(title) = &section.title {
            self.heading(title, level);
            below += 1;
        }
        self.blocks(&section.blocks);
        for inner in &section.sections {
            self.section(inner, below);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.pages.gap(3.0);
            if let Block::Table(table) = block {
                let place = table::Place {
                    x: MARGIN,
                    width: TEXT,
                    parts: None,
                };
                table::draw(&mut self.pages, &mut self.fonts, table, &place);
            } else {
                let shaped = items::shape(
                    &mut self.fonts,
                    std::slice::from_ref(block),
                    Look::new(BODY),
                );
                let column = items::column(&mut self.fonts, &shaped, TEXT, Align::Start, 3.0);
                self.pages.flow(column, MARGIN);
            }
            self.pages.y += 3.0;
        }
    }

    fn details(&mut self, header: &Header) {
        let cards = summary::details(header);
        if cards.is_empty() {
            return;
        }
        self.heading("Informations complémentaires", 1);
        for card in &cards {
            self.pages.gap(5.0);
            self.card_table(card);
            self.pages.y += 4.0;
        }
    }

    /// A card as a table of two columns under its title.
    fn card_table(&mut self, card: &Card) {
        let text = |text: &str, bold: bool| {
            Block::Paragraph(vec![Inline::Text {
                text: text.to_owned(),
                style: Style {
                    bold,
                    ..Style::default()
                },
                link: None,
            }])
        };
        let cell = |column: usize, colspan: usize, blocks: Vec<Block>| Cell {
            column,
            colspan,
            ..Cell::new(blocks)
        };
        let table = Table {
            caption: Vec::new(),
            columns: 2,
            head: vec![vec![cell(0, 2, vec![text(&card.title, true)])]],
            body: card
                .rows
                .iter()
                .map(|row| {
                    let mut lines = Vec::new();
                    for (i, line) in row.lines.iter().enumerate() {
                        if i > 0 {
                            lines.push(Inline::Break);
                        }
                        lines.push(Inline::Text {
                            text: line.clone(),
                            style: Style {
                                bold: i == 0 && row.is_strong,
                                ..Style::default()
                            },
                            link: None,
                        });
                    }
                    vec![
                        cell(0, 1, vec![text(&row.label, false)]),
                        cell(1, 1, vec![Block::Paragraph(lines)]),
                    ]
                })
                .collect(),
            foot: Vec::new(),
        };
        let place = table::Place {
            x: MARGIN,
            width: TEXT,
            parts: Some(&[0.3, 0.7]),
        };
        table::draw(&mut self.pages, &mut self.fonts, &table, &place);
    }

    /// Header and footer of each page, now that their number is known.
    fn margins(&mut self, header: &Header, options: &PdfOptions) {
        let patient = header
            .patients
            .first()
            .map(super::header::Patient::short)
            .unwrap_or_default();
        let mut origin: Vec<String> = options.structure.iter().cloned().collect();
        if let Some(version) = &header.version {
            origin.push(format!("version {version}"));
        }
        if let Some(date) = &header.date {
            origin.push(format!("document du {date}"));
        }
        let origin = origin.join(" · ");
        let count = self.pages.pages.len();
        let small = Look::new(8.0).color(Color::Grey);
        let half = TEXT / 2.0 - 8.0;
        let all = std::mem::take(&mut self.pages.pages);
        for (number, page) in all.into_iter().enumerate() {
            self.pages.pages.push(page);
            let fonts = &mut self.fonts;
            self.pages
                .label(fonts, &patient, small.bold(), MARGIN, 28.0, half);
            if let Some(line) = pages::one_line(fonts, &header.title, small, half) {
                self.pages.line(&line, MARGIN + TEXT - line.width, 28.0);
            }
            self.pages.fill(MARGIN, 42.0, TEXT, 0.6, Color::Rule);
            let foot = HEIGHT - 42.0;
            self.pages.fill(MARGIN, foot, TEXT, 0.6, Color::Rule);
            let text = format!("Page {} / {count}", number + 1);
            let mut room = TEXT;
            if let Some(line) = pages::one_line(fonts, &text, small, half) {
                room -= line.width + 16.0;
                self.pages
                    .line(&line, WIDTH - MARGIN - line.width, foot + 4.0);
            }
            self.pages
                .label(fonts, &origin, small, MARGIN, foot + 4.0, room);
        }
    }
}
