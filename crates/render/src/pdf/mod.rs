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

use crate::block::{Align, Block, Section};
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
            Body::Text(text) => self.text(text, tag),
            Body::Picture(picture) => self.blocks(&[Block::Picture(picture.clone())], tag),
            Body::File(file) => {
                let text = format!(
                    "Ce document est un {}. Il n’est pas reproduit ici : ouvrez le fichier « {} » joint au document CDA.",
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
mod tests {
    use super::*;
    use dcc_xml::tree::Limits;

    /// A small generator: the tests need variety, not chance.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (self.0 >> 33) as usize % sides
        }
    }

    const WORDS: [&str; 8] = [
        "œdème",
        "à",
        "immunohistochimie",
        "HER2",
        "https://exemple.fr/chemin/sans/la/moindre/espace/0123456789",
        "5,5 mm",
        "☑",
        "anticonstitutionnellement-et-au-delà",
    ];

    fn text(dice: &mut Dice, most: usize) -> String {
        (0..dice.roll(most))
            .map(|_| WORDS[dice.roll(WORDS.len())])
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn cda(seed: u64) -> String {
        let mut dice = Dice(seed);
        let mut body = String::new();
        for _ in 0..4 {
            let columns = 1 + dice.roll(12);
            let row = |dice: &mut Dice, tag: &str, most: usize| {
                let cells: String = (0..1 + dice.roll(columns))
                    .map(|_| {
                        let (c, r) = (1 + dice.roll(3), 1 + dice.roll(3));
                        let list = match dice.roll(6) {
                            0 => format!("<list><item>{}</item></list>", text(dice, most)),
                            _ => String::new(),
                        };
                        let text = text(dice, most);
                        format!("<{tag} colspan='{c}' rowspan='{r}'>{text}{list}</{tag}>")
                    })
                    .collect();
                format!("<tr>{cells}</tr>")
            };
            let head = row(&mut dice, "th", 4);
            let most = [6, 40, 700][dice.roll(3)];
            let rows: String = (0..1 + dice.roll(25))
                .map(|_| row(&mut dice, "td", most))
                .collect();
            body.push_str(&format!(
                "<paragraph>{}</paragraph><table><thead>{head}</thead><tbody>{rows}</tbody></table>",
                text(&mut dice, 60)
            ));
        }
        format!(
            "<ClinicalDocument xmlns='urn:hl7-org:v3'><title>Essai</title>\
             <effectiveTime value='20260101120000+0100'/><component><structuredBody><component>\
             <section><title>Titre</title><text>{body}</text></section></component>\
             </structuredBody></component></ClinicalDocument>"
        )
    }

    fn printed(page: &Page) -> Printer {
        let mut printer = Printer::new().unwrap();
        printer.title(&page.header.title);
        printer.body(&page.body);
        printer
    }

    #[test]
    fn nothing_leaves_the_margins_and_no_word_is_lost() {
        for seed in 0..12 {
            let cda = cda(seed);
            let page = Page::from_cda(cda.as_bytes(), &Limits::default()).unwrap();
            let printer = printed(&page);
            let mut drawn = String::new();
            for ops in &printer.pages.pages {
                assert!(!ops.is_empty(), "seed {seed}: empty page");
                for pages::Marked { op, .. } in ops {
                    let (x, y, right, bottom) = match op {
                        Op::Glyphs {
                            x,
                            baseline,
                            size,
                            text,
                            glyphs,
                            ..
                        } => {
                            drawn.push_str(text);
                            let spaces = text.len() - text.trim_end().len();
                            let ink = glyphs.len() - spaces.min(glyphs.len());
                            let width: f32 = glyphs[..ink].iter().map(|g| g.x_advance).sum();
                            (*x, baseline - size, x + width * size, *baseline)
                        }
                        Op::Fill {
                            x,
                            y,
                            width,
                            height,
                            ..
                        } => (*x, *y, x + width, y + height),
                        Op::Picture { .. } | Op::Link { .. } => continue,
                    };
                    assert!(
                        x >= MARGIN - 1.0
                            && right <= MARGIN + TEXT + 1.0
                            && y >= place::TOP - 1.0
                            && bottom <= place::BOTTOM + 1.0,
                        "seed {seed}: {x} {y} {right} {bottom}"
                    );
                }
            }
            let mut drawn: Vec<char> = drawn.chars().filter(|c| *c != ' ' && *c != '•').collect();
            // header rows come again on each page: every letter at least as often
            drawn.sort_unstable();
            let source = dcc_base::text::one_line(&strip(&cda));
            let mut letters: Vec<char> = source.chars().filter(|c| *c != ' ').collect();
            letters.sort_unstable();
            letters.dedup();
            for letter in letters {
                let count = |t: &[char]| t.iter().filter(|c| **c == letter).count();
                let source: Vec<char> = source.chars().collect();
                assert!(count(&drawn) >= count(&source), "seed {seed}: {letter}");
            }
        }
    }

    fn strip(xml: &str) -> String {
        let mut out = String::new();
        let mut in_tag = false;
        for c in xml.chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                c if !in_tag => out.push(c),
                _ => {}
            }
        }
        out
    }

    #[test]
    fn header_rows_come_again_on_each_page() {
        let rows = "<tr><td>ligne</td><td>valeur</td></tr>".repeat(120);
        let cda = format!(
            "<ClinicalDocument xmlns='urn:hl7-org:v3'><title>Long</title>\
             <effectiveTime value='2026'/><component><structuredBody><component><section><text>\
             <table><thead><tr><th>Colonne</th><th>Autre</th></tr></thead><tbody>{rows}</tbody>\
             </table></text></section></component></structuredBody></component></ClinicalDocument>"
        );
        let page = Page::from_cda(cda.as_bytes(), &Limits::default()).unwrap();
        let printer = printed(&page);
        assert!(printer.pages.pages.len() >= 3);
        for ops in &printer.pages.pages {
            let heads = ops
                .iter()
                .filter(|m| matches!(&m.op, Op::Glyphs { text, .. } if text == "Colonne"));
            assert_eq!(heads.count(), 1);
        }
    }

    #[test]
    fn a_pdf_makes_up_no_date_and_needs_a_readable_logo() {
        let cda = |time: &str| {
            format!(
                "<ClinicalDocument xmlns='urn:hl7-org:v3'><title>T</title>{time}</ClinicalDocument>"
            )
        };
        let page = |time: &str| Page::from_cda(cda(time).as_bytes(), &Limits::default()).unwrap();
        let has = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|w| w == text);
        for time in [
            "",
            "<effectiveTime value='2025-03-14'/>",
            "<effectiveTime value='20250231'/>",
        ] {
            let pdf = to_pdf(&page(time), &PdfOptions::default()).unwrap();
            let codes: Vec<_> = pdf.problems.iter().map(|p| p.code).collect();
            assert_eq!(codes, ["RENDU-DATE"], "{time}");
            assert!(!has(&pdf.bytes, b"CreationDate") && !has(&pdf.bytes, b"pdfaid:part"));
        }
        let page = page("");
        let mut options = PdfOptions {
            date: Some("20260101".to_owned()),
            logo: Some(b"<svg/>".to_vec()),
            ..PdfOptions::default()
        };
        let refused = to_pdf(&page, &options).unwrap_err();
        assert_eq!(refused.iter().next().unwrap().code, "RENDU-LOGO");
        options.logo = None;
        let pdf = to_pdf(&page, &options).unwrap();
        assert!(pdf.problems.is_empty());
        assert!(pdf.bytes.starts_with(b"%PDF-1.4"));
        assert!(has(&pdf.bytes, b"<pdfaid:conformance>A"));
        assert_eq!(pdf, to_pdf(&page, &options).unwrap());
    }

    #[test]
    fn an_image_called_often_is_decoded_once() {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 2000, 2000);
        encoder.set_color(png::ColorType::Grayscale);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&vec![200; 4_000_000]).unwrap();
        writer.finish().unwrap();
        let value = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &file);
        let calls = "<renderMultiMedia referencedObject='A'/>".repeat(200);
        let cda = format!(
            "<ClinicalDocument xmlns='urn:hl7-org:v3'><effectiveTime value='2026'/><component>\
             <structuredBody><component><section><text>{calls}</text><entry><observationMedia ID='A'>\
             <value mediaType='image/png' representation='B64'>{value}</value></observationMedia>\
             </entry></section></component></structuredBody></component></ClinicalDocument>"
        );
        let page = Page::from_cda(cda.as_bytes(), &Limits::default()).unwrap();
        assert!(page.problems.is_empty());
        let start = std::time::Instant::now();
        let pdf = to_pdf(&page, &PdfOptions::default()).unwrap();
        // 200 times the same 12 MB of pixels would be 2.4 GB
        assert!(start.elapsed().as_secs() < 30);
        assert!(pdf.bytes.len() < 4_000_000);
    }

    #[test]
    fn combining_marks_without_end_do_not_refuse_the_pdf() {
        let marks = "\u{301}".repeat(100_000);
        let cda = format!(
            "<ClinicalDocument xmlns='urn:hl7-org:v3'><effectiveTime value='2026'/><component>\
             <structuredBody><component><section><text>e{marks}</text></section></component>\
             </structuredBody></component></ClinicalDocument>"
        );
        let page = Page::from_cda(cda.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(
            page.problems.iter().next().unwrap().code,
            "RENDU-DIACRITIQUES"
        );
        assert!(to_pdf(&page, &PdfOptions::default()).is_ok());
    }
}
