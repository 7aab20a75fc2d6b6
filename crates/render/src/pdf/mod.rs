//! A clean, printable document in PDF/A-1a, fonts embedded, with its logical
//! structure for who listens to it.
//!
//! PDF/A-1 is what the CI-SIS and IHE XDS-SD ask of a document of level 1; its
//! level a adds the tags. PDF/A-2a and PDF/UA-1 would each need a later version
//! of PDF. Made with krilla, which checks the profile itself; words are shaped
//! with harfrust, lines broken after UAX #14, right-to-left text put in order
//! after UAX #9; tables, lists and pages are laid out here.
//!
//! - `fonts`: faces, shaping, fallback
//! - `text`: paragraphs as lines
//! - `items`: blocks as columns of lines and images
//! - `table`: tables over pages
//! - `cards`: the header
//! - `place`, `pages`: pages as drawing operations
//! - `tags`, `structure`: the logical structure, and its form in the file
//! - `picture`: images fit for PDF/A-1
//! - `write`: operations to PDF

mod cards;
mod fonts;
mod items;
mod pages;
mod picture;
mod place;
mod structure;
mod table;
mod tags;
mod text;
mod write;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::block::{Align, Block, Inline, Section};
use crate::header::{Header, Patient};
use crate::page::{Body, Page};
use crate::rules;
use dcc_base::problem::{Problem, Problems};
use fonts::Fonts;
use items::{Column, Item, Press};
use pages::{Heading, Op, Pages};
use place::{HEIGHT, MARGIN, TEXT, WIDTH};
use tags::{Kind, ROOT, TagId};
use text::{Color, Look, Paragraph};

/// Options of the PDF.
#[derive(Clone, Debug, Default)]
pub struct PdfOptions {
    /// Name of the structure, at the top of the first page and at the foot of
    /// each.
    pub structure: Option<String>,
    /// Logo of the structure, PNG or JPEG.
    pub logo: Option<Vec<u8>>,
    /// Date of the file (HL7 `TS`), for a document that has none.
    pub date: Option<String>,
}

/// A PDF, and what it could not show.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Warnings of the PDF alone, beside those of [`Page::problems`]:
    /// characters without a glyph, images that it cannot hold, no date.
    pub problems: Problems,
}

/// The page as PDF/A-1a. Same page and options, same bytes: the date and the
/// identifier of the file are those of the document.
///
/// A document without a date that can be read, when the options give none
/// either, is a PDF that does not claim PDF/A (`RENDU-DATE`): no date is made
/// up. One whose text cannot be mapped to tags is PDF/A-1b (`RENDU-PDF-1B`).
///
/// # Errors
/// `RENDU-LOGO` when the logo is not readable, `RENDU-PDF` when the PDF cannot
/// be written.
pub fn to_pdf(page: &Page, options: &PdfOptions) -> Result<Pdf, Problems> {
    // a fault of a shaper or of the writer on a hostile text is a refusal
    catch_unwind(AssertUnwindSafe(|| print(page, options))).unwrap_or_else(|_| {
        Err(Problem::new(&rules::PDF, "")
            .message("Le PDF ne peut pas être produit : un texte ou une image fait échouer sa mise en page")
            .into())
    })
}

fn print(page: &Page, options: &PdfOptions) -> Result<Pdf, Problems> {
    let mut problems = Problems::new();
    let date = write::date(&page.header, options.date.as_deref(), &mut problems);
    let mut printer = Printer::new()?;
    printer.brand(options)?;
    printer.place("/ClinicalDocument/title");
    printer.title(&page.header.title);
    printer.place("/ClinicalDocument, en-tête");
    printer.essentials(&page.header);
    printer.body(&page.body);
    printer.place("/ClinicalDocument, en-tête");
    printer.details(&page.header);
    printer.margins(&page.header, options);
    for (c, place) in &printer.press.fonts.missing {
        let found = format!("U+{:04X} « {c} »", u32::from(*c));
        problems.push(Problem::new(&rules::GLYPH, place.as_str()).found(found));
    }
    problems.extend(std::mem::take(&mut printer.press.pictures.problems));
    let bytes = write::pdf(
        &page.header,
        date,
        &printer.press.fonts,
        &printer.pages,
        &mut problems,
    )?;
    Ok(Pdf { bytes, problems })
}

struct Printer {
    press: Press,
    pages: Pages,
}

const LABEL: f32 = 8.5;
const BODY: f32 = 9.5;

impl Printer {
    fn new() -> Result<Printer, Problems> {
        Ok(Printer {
            press: Press {
                fonts: Fonts::new()?,
                pictures: picture::Pictures::default(),
            },
            pages: Pages::new(),
        })
    }

    /// Where in the document the text to come stands.
    fn place(&mut self, place: &str) {
        place.clone_into(&mut self.press.fonts.place);
    }

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
            let figure = Kind::Figure("Logo de la structure".to_owned());
            let tag = self.pages.tags.add(ROOT, figure);
            let op = Op::Picture {
                x,
                y: top,
                width,
                height: high,
                image,
            };
            self.pages.op(op, Some(tag));
            x += width + 12.0;
            height = high;
        }
        if let Some(name) = options.structure.as_deref().filter(|n| !n.is_empty()) {
            let look = Look::new(11.0).bold().color(Color::Grey);
            let fonts = &mut self.press.fonts;
            let lines = Paragraph::plain(fonts, name, look).lines(fonts, MARGIN + TEXT - x);
            let tag = self.pages.tags.add(ROOT, Kind::Paragraph);
            let text: f32 = lines.iter().map(|l| l.height).sum();
            let mut y = top + ((height - text) / 2.0).max(0.0);
            for line in &lines {
                self.pages.line(line, x, y, Some(tag));
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
        self.heading_lines(title, look, 0, ROOT);
        self.pages.y += 8.0;
    }

    fn heading_lines(&mut self, title: &str, look: Look, level: usize, tag: TagId) {
        let fonts = &mut self.press.fonts;
        let lines = Paragraph::plain(fonts, title, look).lines(fonts, TEXT);
        let kind = Kind::Heading(level.min(5) as u16 + 1, title.to_owned());
        let tag = self.pages.tags.add(tag, kind);
        let height: f32 = lines.iter().map(|l| l.height).sum();
        self.pages.need(height + 54.0);
        self.pages.headings.push(Heading {
            title: title.to_owned(),
            level,
            page: self.pages.pages.len() - 1,
            y: self.pages.y,
        });
        let items = lines.into_iter().map(|l| Item::line(l, 0.0, tag)).collect();
        self.pages.flow(items, MARGIN);
    }

    fn heading(&mut self, title: &str, level: usize, tag: TagId) {
        let (size, before) = match level {
            1 => (12.5, 15.0),
            2 => (11.0, 11.0),
            _ => (10.0, 8.0),
        };
        self.pages.gap(before);
        let look = Look::new(size).bold().color(Color::Accent);
        self.heading_lines(title, look, level, tag);
        if level == 1 {
            self.pages
                .fill(MARGIN, self.pages.y + 0.5, TEXT, 0.6, Color::Rule);
        }
        self.pages.y += 4.5;
    }

    fn body(&mut self, body: &Body) {
        if let Body::Sections(sections) = body {
            for section in sections {
                self.section(section, 1, ROOT);
            }
            return;
        }
        self.place("/ClinicalDocument/component/nonXMLBody/text");
        let tag = self.pages.tags.add(ROOT, Kind::Section);
        self.heading("Contenu", 1, tag);
        match body {
            Body::Text(text) => self.plain(text, tag),
            Body::Picture(picture) => self.blocks(&[Block::Picture(picture.clone())], tag),
            Body::File(file) => {
                let text = format!(
                    "Le corps de ce document est une pièce jointe ({}), qui n’est pas reproduite ici : « {} », à extraire du document CDA.",
                    file.what(),
                    file.name
                );
                self.text(&text, tag);
            }
            Body::None { why } => self.text(why, tag),
            Body::Sections(_) => {}
        }
    }

    fn text(&mut self, text: &str, tag: TagId) {
        let fonts = &mut self.press.fonts;
        let lines = Paragraph::plain(fonts, text, Look::new(BODY)).lines(fonts, TEXT);
        let tag = self.pages.tags.add(tag, Kind::Paragraph);
        let items = lines
            .into_iter()
            .map(|l| {
                let x = if l.is_rtl { TEXT - l.width } else { 0.0 };
                Item::line(l, x.max(0.0), tag)
            })
            .collect();
        self.pages.flow(items, MARGIN);
    }

    /// A plain text of the document, line by line.
    fn plain(&mut self, text: &str, tag: TagId) {
        let mut inlines = Vec::new();
        for (i, line) in text.lines().enumerate() {
            if i > 0 {
                inlines.push(Inline::Break);
            }
            inlines.push(Inline::plain(line));
        }
        self.blocks(&[Block::Paragraph(inlines)], tag);
    }

    fn section(&mut self, section: &Section, level: usize, tag: TagId) {
        let tag = self.pages.tags.add(tag, Kind::Section);
        self.place(&section.path);
        let mut below = level;
        if let Some(title) = &section.title {
            self.heading(title, level, tag);
            below += 1;
        }
        for note in &section.notes {
            self.text(&format!("{}\u{A0}: {}", note.label, note.text), tag);
            self.pages.y += 3.0;
        }
        self.blocks(&section.blocks, tag);
        for inner in &section.sections {
            self.section(inner, below, tag);
        }
    }

    fn blocks(&mut self, blocks: &[Block], tag: TagId) {
        for block in blocks {
            self.pages.gap(3.0);
            if let Block::Table(table) = block {
                let place = table::Place {
                    x: MARGIN,
                    width: TEXT,
                    parts: None,
                    tag,
                };
                table::draw(&mut self.pages, &mut self.press, table, &place);
            } else {
                let block = std::slice::from_ref(block);
                let shaped = items::shape(&mut self.press, block, Look::new(BODY));
                let within = Column {
                    width: TEXT,
                    align: Align::Start,
                    spacing: 3.0,
                    tag,
                };
                let fonts = &mut self.press.fonts;
                let column = items::column(fonts, &mut self.pages.tags, &shaped, within);
                self.pages.flow(column, MARGIN);
            }
            self.pages.y += 3.0;
        }
    }

    /// Header and footer of each page, now that their number is known.
    fn margins(&mut self, header: &Header, options: &PdfOptions) {
        let patient = header
            .patients
            .first()
            .map(Patient::short)
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
            let fonts = &mut self.press.fonts;
            self.pages
                .label(fonts, &patient, small.bold(), MARGIN, 28.0, half);
            if let Some(line) = pages::one_line(fonts, &header.title, small, half) {
                self.pages
                    .line(&line, MARGIN + TEXT - line.width, 28.0, None);
            }
            self.pages.fill(MARGIN, 42.0, TEXT, 0.6, Color::Rule);
            let foot = HEIGHT - 42.0;
            self.pages.fill(MARGIN, foot, TEXT, 0.6, Color::Rule);
            let text = format!("Page {} / {count}", number + 1);
            let mut room = TEXT;
            if let Some(line) = pages::one_line(fonts, &text, small, half) {
                room -= line.width + 16.0;
                self.pages
                    .line(&line, WIDTH - MARGIN - line.width, foot + 4.0, None);
            }
            self.pages
                .label(fonts, &origin, small, MARGIN, foot + 4.0, room);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
