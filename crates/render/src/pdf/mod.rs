//! A clean, printable document in PDF/A-1b, fonts embedded.
//!
//! Made with krilla, whose export checks PDF/A-1b itself, rather than with
//! typst and typst-pdf, which stand on krilla too: the whole tree is of 89
//! crates rather than of more than 285, the fonts are the six that serve (2.3 MB) rather than
//! all that typst ships (10 MB), and a
//! fiche RCP takes 15 ms for 7 pages and 60 kB. A stripped program with the
//! HTML and the PDF weighs 6.7 MB. The price is the layout, here below. Words are shaped with harfrust, which shares krilla's font parser; lines
//! are broken after UAX #14; tables, lists and pages are laid out here.
//!
//! - `fonts`: faces, shaping, fallback
//! - `text`: paragraphs as lines
//! - `items`: blocks as columns of lines and images
//! - `table`: tables over pages
//! - `pages`: pages as drawing operations
//! - `picture`: images fit for PDF/A-1
//! - `write`: operations to PDF
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
use dcc_base::problem::{Problem, Problems};
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
    /// Date of the file (HL7 `TS`), for a document that has none.
    pub date: Option<String>,
}

/// The page as PDF/A-1b. Same page and options, same bytes: the date and the
/// identifier of the file are those of the document.
///
/// # Errors
/// `RENDU-LOGO` when the logo is not readable, `RENDU-DATE` when neither the
/// document nor the options give a date, `RENDU-PDF` when the PDF
/// cannot be written.
pub fn to_pdf(page: &Page, options: &PdfOptions) -> Result<Vec<u8>, Problems> {
    let date = write::date(&page.header, options.date.as_deref())?;
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
    write::pdf(&page.header, date, &printer.fonts, printer.pages)
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
        let mut printer = Printer {
            fonts: Fonts::new().unwrap(),
            pages: Pages::new(),
        };
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
                for op in ops {
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
                            && y >= pages::TOP - 1.0
                            && bottom <= pages::BOTTOM + 1.0,
                        "seed {seed}: {x} {y} {right} {bottom}"
                    );
                }
            }
            let mut drawn: Vec<char> = drawn.chars().filter(|c| *c != ' ' && *c != '•').collect();
            // header rows come again on each page: every letter at least as often
            drawn.sort_unstable();
            let source = crate::words::one_line(&strip(&cda));
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
                .filter(|op| matches!(op, Op::Glyphs { text, .. } if text == "Colonne"));
            assert_eq!(heads.count(), 1);
        }
    }

    #[test]
    fn a_pdf_needs_a_date_and_a_readable_logo() {
        let cda = "<ClinicalDocument xmlns='urn:hl7-org:v3'><title>T</title></ClinicalDocument>";
        let page = Page::from_cda(cda.as_bytes(), &Limits::default()).unwrap();
        let code = |options: &PdfOptions| {
            let problems = to_pdf(&page, options).unwrap_err();
            problems.iter().map(|p| p.code).collect::<Vec<_>>()
        };
        assert_eq!(code(&PdfOptions::default()), ["RENDU-DATE"]);
        let mut options = PdfOptions {
            date: Some("20260101".to_owned()),
            logo: Some(b"<svg/>".to_vec()),
            ..PdfOptions::default()
        };
        assert_eq!(code(&options), ["RENDU-LOGO"]);
        options.logo = None;
        let pdf = to_pdf(&page, &options).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.4"));
        assert_eq!(pdf, to_pdf(&page, &options).unwrap());
    }
}
