//! One self-contained HTML page: no script, no request, readable on a phone
//! and in print, WCAG 2.1 AA.
//!
//! The page forbids itself everything but its own style and embedded images
//! (`Content-Security-Policy`), so even a fault here would load nothing.

mod inlines;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::attachment::Attachment;
use crate::block::{Align, Block, Cell, Inline, Scope, Section, Table};
use crate::page::{Body, Page};
use crate::picture::Picture;
use crate::rules;
use crate::summary::{self, Card};
use crate::typography::{is_override, private};
use dcc_base::problem::{Problem, Problems};

const CSS: &str = include_str!("page.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                      base-uri 'none'; form-action 'none'";

/// Options of the HTML page.
#[derive(Clone, Debug, Default)]
pub struct HtmlOptions {
    /// Name of the structure, at the top.
    pub structure: Option<String>,
    /// Logo of the structure: PNG, JPEG or GIF.
    pub logo: Option<Vec<u8>>,
    /// Shows safe links as text rather than as anchors.
    pub plain_links: bool,
}

/// The page as HTML.
///
/// # Errors
/// `RENDU-LOGO` when the logo is no image that can be shown.
pub fn to_html(page: &Page, options: &HtmlOptions) -> Result<String, Problems> {
    let logo = options.logo.clone().map(|bytes| {
        Picture::new(bytes, String::new())
            .map_err(|why| Problem::new(&rules::LOGO, "/logo").found(why))
    });
    let logo = logo.transpose()?;
    let mut out = Html {
        out: String::with_capacity(64 * 1024),
        plain_links: options.plain_links,
        tables: 0,
    };
    out.page(page, logo, options.structure.as_deref());
    Ok(out.out)
}

struct Html {
    out: String,
    plain_links: bool,
    /// Tables so far: each has a name of its own.
    tables: usize,
}

impl Html {
    /// Markup of the program's own.
    fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Text of the document, escaped.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '&' => self.out.push_str("&amp;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                // direction overrides could make a text lie
                c if is_override(c) => {}
                c => self.out.push(private(c).unwrap_or(c)),
            }
        }
    }

    fn element(&mut self, name: &str, attributes: &str, text: &str) {
        self.raw(&format!("<{name}{attributes}>"));
        self.text(text);
        self.raw(&format!("</{name}>"));
    }

    fn page(&mut self, page: &Page, logo: Option<Picture>, structure: Option<&str>) {
        let header = &page.header;
        self.raw("<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n");
        self.raw(&format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n"
        ));
        self.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        self.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
        let mut title = header.title.clone();
        if let Some(patient) = header.patients.first() {
            title = format!("{title} – {}", patient.short());
        }
        self.element("title", "", &title);
        self.raw("\n<style>\n");
        self.raw(CSS);
        self.raw("</style>\n</head>\n<body>\n");
        self.raw("<a class=\"skip\" href=\"#contenu\">Aller au contenu</a>\n<header>\n");
        self.brand(logo, structure);
        self.element("h1", "", &header.title);
        self.raw("\n</header>\n<main id=\"contenu\">\n<div class=\"cards\">\n");
        for card in summary::essentials(header) {
            self.card(&card);
        }
        self.raw("</div>\n");
        match language(header.language.as_deref()) {
            Some(language) => self.raw(&format!("<div class=\"body\" lang=\"{language}\">\n")),
            None => self.raw("<div class=\"body\">\n"),
        }
        self.body(&page.body);
        self.raw("</div>\n</main>\n<footer>\n<div class=\"cards\">\n");
        for card in summary::details(header) {
            self.card(&card);
        }
        self.raw("</div>\n</footer>\n</body>\n</html>\n");
    }

    fn brand(&mut self, logo: Option<Picture>, structure: Option<&str>) {
        if logo.is_none() && structure.is_none() {
            return;
        }
        self.raw("<div class=\"brand\">");
        if let Some(logo) = logo {
            // the name stands beside it: the logo says nothing more
            self.raw(&format!("<img src=\"{}\" alt=\"\">", logo.data_uri()));
        }
        if let Some(name) = structure {
            self.element("p", "", name);
        }
        self.raw("</div>\n");
    }

    fn card(&mut self, card: &Card) {
        self.raw("<section class=\"card\">\n");
        self.element("h2", "", &card.title);
        self.raw("\n<dl>\n");
        for row in &card.rows {
            self.raw("<div>");
            self.element("dt", "", &row.label);
            for (i, line) in row.lines.iter().enumerate() {
                let class = if i == 0 && row.is_strong {
                    " class=\"strong\""
                } else {
                    ""
                };
                self.raw(&format!("<dd{class}>"));
                self.whole(line);
                self.raw("</dd>");
            }
            self.raw("</div>\n");
        }
        self.raw("</dl>\n</section>\n");
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Sections(sections) => {
                for section in sections {
                    self.section(section, 2);
                }
            }
            Body::Text(text) => {
                self.raw("<h2>Contenu</h2>\n");
                self.raw("<pre>");
                self.whole(text);
                self.raw("</pre>");
            }
            Body::Picture(picture) => {
                self.raw("<h2>Contenu</h2>\n");
                self.picture(picture);
            }
            Body::File(file) => {
                self.raw("<h2>Contenu</h2>\n");
                let text = format!(
                    "Le corps de ce document est une pièce jointe ({}), qui n’est pas reproduite sur cette page.",
                    file.what()
                );
                self.element("p", " class=\"notice\"", &text);
                self.file(file);
            }
            Body::None { why } => {
                self.raw("<h2>Contenu</h2>\n");
                self.element("p", " class=\"notice\"", why);
            }
        }
    }

    fn section(&mut self, section: &Section, level: usize) {
        self.raw("<section>\n");
        let mut below = level;
        if let Some(title) = &section.title {
            // HTML has six heading levels
            let tag = format!("h{}", level.min(6));
            self.element(&tag, "", title);
            self.raw("\n");
            below += 1;
        }
        let title = section.title.as_deref().unwrap_or_default();
        for note in &section.notes {
            self.raw("<p class=\"about\"><strong>");
            self.text(&note.label);
            self.raw("\u{A0}:</strong> ");
            self.text(&note.text);
            self.raw("</p>\n");
        }
        self.blocks(&section.blocks, title);
        for inner in &section.sections {
            self.section(inner, below);
        }
        self.raw("</section>\n");
    }

    fn blocks(&mut self, blocks: &[Block], title: &str) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines) => {
                    self.raw(if is_right_to_left(inlines) {
                        "<p dir=\"auto\">"
                    } else {
                        "<p>"
                    });
                    self.inlines(inlines);
                    self.raw("</p>\n");
                }
                Block::List {
                    ordered,
                    caption,
                    items,
                } => {
                    if !caption.is_empty() {
                        self.raw("<p class=\"caption\">");
                        self.inlines(caption);
                        self.raw("</p>\n");
                    }
                    let tag = if *ordered { "ol" } else { "ul" };
                    self.raw(&format!("<{tag}>\n"));
                    for item in items {
                        self.raw("<li>");
                        self.cell_blocks(item, title);
                        self.raw("</li>\n");
                    }
                    self.raw(&format!("</{tag}>\n"));
                }
                Block::Notice(text) => self.element("p", " class=\"notice\"", text),
                Block::Table(table) => self.table(table, title),
                Block::Picture(picture) => self.picture(picture),
                Block::File(file) => self.file(file),
            }
        }
    }

    /// Blocks of a cell or an item: a lone paragraph needs no element.
    fn cell_blocks(&mut self, blocks: &[Block], title: &str) {
        match blocks {
            [Block::Paragraph(inlines)] => self.inlines(inlines),
            blocks => self.blocks(blocks, title),
        }
    }

    fn table(&mut self, table: &Table, title: &str) {
        self.tables += 1;
        // a wide table scrolls in its own frame, by keyboard too
        self.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
        let name = match table_name(table, title) {
            name if name.is_empty() => format!("Tableau {}", self.tables),
            name => format!("Tableau {} : {name}", self.tables),
        };
        self.text(&name);
        let class = match table.columns {
            0..=6 => "",
            7..=12 => " class=\"wide\"",
            _ => " class=\"wide huge\"",
        };
        let hint = match table.columns {
            0..=3 => "",
            _ => {
                "<p class=\"hint\" aria-hidden=\"true\">Tableau large : faites-le défiler vers la droite \u{2192}</p>"
            }
        };
        self.raw(&format!("\">{hint}<table{class}>\n"));
        if !table.caption.is_empty() {
            self.raw("<caption>");
            self.inlines(&table.caption);
            self.raw("</caption>\n");
        }
        self.rows("thead", &table.head, title);
        self.rows("tbody", &table.body, title);
        self.rows("tfoot", &table.foot, title);
        self.raw("</table></div>\n");
    }

    fn rows(&mut self, group: &str, rows: &[Vec<Cell>], title: &str) {
        if rows.is_empty() {
            return;
        }
        self.raw(&format!("<{group}>\n"));
        for row in rows {
            self.raw("<tr>");
            for cell in row {
                self.cell(cell, title);
            }
            self.raw("</tr>\n");
        }
        self.raw(&format!("</{group}>\n"));
    }

    fn cell(&mut self, cell: &Cell, title: &str) {
        let is_header = cell.scope != Scope::None && !cell.blocks.is_empty();
        let mut tag = String::from(if is_header { "th" } else { "td" });
        if is_header {
            tag.push_str(match cell.scope {
                Scope::Row => " scope=\"row\"",
                _ => " scope=\"col\"",
            });
        }
        let mut classes = Vec::new();
        if is_header && !cell.is_header && cell.scope == Scope::Row {
            // it names its row, and looks like any other cell
            classes.push("name");
        }
        if cell.colspan > 1 {
            tag.push_str(&format!(" colspan=\"{}\"", cell.colspan));
        }
        if cell.rowspan > 1 {
            tag.push_str(&format!(" rowspan=\"{}\"", cell.rowspan));
        }
        match cell.align {
            Align::Start => {}
            Align::Center => classes.push("center"),
            Align::End => classes.push("end"),
        }
        if !classes.is_empty() {
            tag.push_str(&format!(" class=\"{}\"", classes.join(" ")));
        }
        self.raw(&format!("<{tag}>"));
        self.cell_blocks(&cell.blocks, title);
        self.raw(if is_header { "</th>" } else { "</td>" });
    }

    fn picture(&mut self, picture: &Picture) {
        self.raw("<figure><img alt=\"");
        let alt = match picture.caption.as_str() {
            "" => "Image du document, sans description",
            caption => caption,
        };
        self.text(alt);
        self.raw(&format!("\" src=\"{}\">", picture.data_uri()));
        if !picture.caption.is_empty() {
            self.element("figcaption", "", &picture.caption);
        }
        self.raw("</figure>\n");
    }

    /// An attached file, within the page: a link that saves it and never opens
    /// it as a page.
    fn file(&mut self, file: &Attachment) {
        self.raw("<p class=\"file\"><a download=\"");
        self.text(&file.name);
        self.raw("\" href=\"data:");
        self.text(file.inert_type());
        self.raw(";base64,");
        self.raw(&STANDARD.encode(&file.bytes));
        self.raw("\">");
        let name = match file.caption.as_str() {
            "" => "Pièce jointe",
            caption => caption,
        };
        self.text(name);
        self.raw("</a> (");
        self.text(&format!("{}, {}", file.name, file.what()));
        self.raw(")</p>\n");
    }
}

/// The name of a table for who does not see it: its caption, else its first
/// header, else the section's title.
fn table_name(table: &Table, title: &str) -> String {
    let text = |inlines: &[Inline]| {
        let mut out = String::new();
        for inline in inlines {
            match inline {
                Inline::Text { text, .. } => out.push_str(text),
                Inline::Break => out.push(' '),
            }
        }
        out
    };
    if !table.caption.is_empty() {
        return text(&table.caption);
    }
    let first = table.head.first().or(table.body.first());
    match first.map(Vec::as_slice) {
        Some([cell]) if cell.is_header => match cell.blocks.first() {
            Some(Block::Paragraph(inlines)) => text(inlines),
            _ => title.to_owned(),
        },
        _ => title.to_owned(),
    }
}

/// True for a paragraph that may start in a script from right to left.
fn is_right_to_left(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Text { text, .. } => text
            .chars()
            .any(|c| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')),
        Inline::Break => false,
    })
}

/// The language of the narrative, when it is a plain tag other than French.
fn language(code: Option<&str>) -> Option<&str> {
    code.filter(|c| {
        !c.is_empty()
            && c.len() <= 12
            && c.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !c.eq_ignore_ascii_case("fr")
    })
}
