//! The narrative of a CDA document: sections, paragraphs, lists, tables,
//! images (HL7 CDA R2 §4.3.5).
//!
//! Reading is lenient, showing is strict: any nesting is accepted, an unknown
//! element counts for its text alone, and what comes out is text with a few
//! styles, never markup.

use std::collections::BTreeMap;

use super::picture::{self, Picture};
use super::table::{self, Cell, Table};
use super::{rules, words};
use dcc_base::problem::{Problem, Problems};
use dcc_base::text::is_xml_space;
use dcc_xml::tree::{NodeId, Tree};

/// Deepest nesting of blocks; below, only the text is kept.
const MAX_DEPTH: usize = 24;
/// All the images of a page together, in bytes: 32 MiB.
const MAX_PICTURES: usize = 32 << 20;

/// A section with its subsections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Title, when it has one.
    pub title: Option<String>,
    /// Its narrative.
    pub blocks: Vec<Block>,
    /// Subsections, in order.
    pub sections: Vec<Section>,
}

impl Section {
    /// True when neither the section nor any below it has something to show.
    pub fn is_empty(&self) -> bool {
        self.title.is_none()
            && self.blocks.is_empty()
            && self.sections.iter().all(Section::is_empty)
    }
}

/// A block of narrative.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A run of text.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// Numbered rather than with bullets.
        ordered: bool,
        /// Caption above it, may be empty.
        caption: Vec<Inline>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table(Table),
    /// An image.
    Picture(Picture),
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Text of one style.
    Text {
        /// The text, white space folded.
        text: String,
        /// Its style.
        style: Style,
        /// Address it leads to: only `http`, `https`, `mailto` or `tel`.
        link: Option<String>,
    },
    /// A line break.
    Break,
}

/// Style of a text (`styleCode`, `sub`, `sup`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// *Gras*
    pub bold: bool,
    /// *Italique*
    pub italic: bool,
    /// *Souligné*
    pub underline: bool,
    /// *Barré*: a deletion (`revised="delete"`).
    pub strike: bool,
    /// *Exposant*
    pub superscript: bool,
    /// *Indice*
    pub subscript: bool,
}

impl Style {
    fn with_code(mut self, codes: &str) -> Style {
        for code in codes.split_ascii_whitespace() {
            match code.to_ascii_lowercase().as_str() {
                "bold" => self.bold = true,
                "italics" | "italic" | "emphasis" => self.italic = true,
                "bolditalics" | "bolditalic" => {
                    self.bold = true;
                    self.italic = true;
                }
                "underline" => self.underline = true,
                _ => {}
            }
        }
        self
    }
}

/// The sections of a structured body.
pub(crate) fn sections(tree: &Tree<'_>, body: NodeId, problems: &mut Problems) -> Vec<Section> {
    let mut media = BTreeMap::new();
    collect_media(tree, body, &mut media);
    let mut reader = Reader {
        tree,
        media,
        pictures: 0,
        problems,
    };
    reader.sections(body, 0)
}

fn collect_media<'t>(tree: &'t Tree<'_>, id: NodeId, media: &mut BTreeMap<&'t str, NodeId>) {
    if (tree.is(id, "observationMedia") || tree.is(id, "regionOfInterest"))
        && let Some(key) = tree.peek(id, "ID")
    {
        media.entry(key).or_insert(id);
    }
    for child in tree.children(id) {
        collect_media(tree, child, media);
    }
}

struct Reader<'t, 'a, 'p> {
    tree: &'t Tree<'a>,
    media: BTreeMap<&'t str, NodeId>,
    /// Bytes of the images already taken.
    pictures: usize,
    problems: &'p mut Problems,
}

impl Reader<'_, '_, '_> {
    fn sections(&mut self, parent: NodeId, depth: usize) -> Vec<Section> {
        let tree = self.tree;
        let mut out = Vec::new();
        for component in tree.elements(parent, "component") {
            for section in tree.elements(component, "section") {
                let section = self.section(section, depth);
                if !section.is_empty() {
                    out.push(section);
                }
            }
        }
        out
    }

    fn section(&mut self, id: NodeId, depth: usize) -> Section {
        let mut section = Section {
            title: words::child_text(self.tree, id, "title"),
            ..Section::default()
        };
        if let Some(text) = self.tree.element(id, "text") {
            section.blocks = self.blocks(text, Style::default(), depth);
        }
        section.sections = self.sections(id, depth + 1);
        section
    }

    fn blocks(&mut self, id: NodeId, style: Style, depth: usize) -> Vec<Block> {
        let mut flow = Flow::default();
        self.children(id, style, None, depth, &mut flow);
        flow.finish()
    }

    fn children(
        &mut self,
        id: NodeId,
        style: Style,
        link: Option<&str>,
        depth: usize,
        flow: &mut Flow,
    ) {
        let tree = self.tree;
        for child in tree.children(id) {
            if tree.is_text(child) {
                flow.text(tree.text(child), style, link);
            } else {
                self.element(child, style, link, depth, flow);
            }
        }
    }

    fn element(
        &mut self,
        id: NodeId,
        style: Style,
        link: Option<&str>,
        depth: usize,
        flow: &mut Flow,
    ) {
        let tree = self.tree;
        if depth >= MAX_DEPTH {
            self.problems.push(
                Problem::new(&rules::DEPTH, tree.path_of(id))
                    .allowed([format!("{MAX_DEPTH} niveaux au plus")]),
            );
            flow.text(&words::text_of(tree, id), style, None);
            return;
        }
        let mut style = style.with_code(tree.peek(id, "styleCode").unwrap_or_default());
        match tree.name(id) {
            "br" => {
                flow.inlines.push(Inline::Break);
                self.children(id, style, link, depth + 1, flow);
            }
            "sup" => {
                style.superscript = true;
                self.children(id, style, link, depth, flow);
            }
            "sub" => {
                style.subscript = true;
                self.children(id, style, link, depth, flow);
            }
            "content" => {
                match tree.peek(id, "revised") {
                    Some("delete") => style.strike = true,
                    Some("insert") => style.underline = true,
                    _ => {}
                }
                self.children(id, style, link, depth + 1, flow);
            }
            "linkHtml" => {
                let href = self.link(id);
                self.children(id, style, href.as_deref(), depth + 1, flow);
            }
            "footnote" => {
                flow.text(" (", style, link);
                self.children(id, style, link, depth + 1, flow);
                flow.text(")", style, link);
            }
            "paragraph" => {
                flow.flush();
                self.children(id, style, link, depth + 1, flow);
                flow.flush();
            }
            "caption" => {
                flow.flush();
                style.bold = true;
                self.children(id, style, link, depth + 1, flow);
                flow.flush();
            }
            "list" => {
                let list = self.list(id, style, depth + 1);
                flow.block(list);
            }
            "table" => {
                if let Some(table) = self.table(id, style, depth + 1) {
                    flow.block(Block::Table(table));
                }
            }
            "renderMultiMedia" => self.media(id, style, depth, flow),
            _ => self.children(id, style, link, depth + 1, flow),
        }
    }

    /// The address of a link, when it is of a safe kind.
    fn link(&mut self, id: NodeId) -> Option<String> {
        let href = self.tree.peek(id, "href")?.trim();
        if href.is_empty() || href.starts_with('#') {
            return None;
        }
        if is_safe_link(href) {
            return Some(href.to_owned());
        }
        self.problems.push(
            Problem::new(&rules::LINK, self.tree.path_of(id))
                .found(href.chars().take(80).collect::<String>())
                .allowed(["http:", "https:", "mailto:", "tel:"]),
        );
        None
    }

    fn list(&mut self, id: NodeId, style: Style, depth: usize) -> Block {
        let tree = self.tree;
        let mut items = Vec::new();
        let mut caption = Vec::new();
        for child in tree.children(id) {
            if tree.is(child, "caption") {
                join(&mut caption, self.inlines(child, style, depth));
            } else if tree.is_text(child) {
                let mut flow = Flow::default();
                flow.text(tree.text(child), style, None);
                let stray = flow.finish();
                if !stray.is_empty() {
                    items.push(stray);
                }
            } else {
                let style = style.with_code(tree.peek(child, "styleCode").unwrap_or_default());
                items.push(self.blocks(child, style, depth));
            }
        }
        Block::List {
            ordered: tree.peek(id, "listType") == Some("ordered"),
            caption,
            items,
        }
    }

    /// A caption: one paragraph, whatever it holds.
    fn inlines(&mut self, id: NodeId, style: Style, depth: usize) -> Vec<Inline> {
        let mut out: Vec<Inline> = Vec::new();
        for block in self.blocks(id, style, depth) {
            join(&mut out, flatten(block));
        }
        out
    }

    fn table(&mut self, id: NodeId, style: Style, depth: usize) -> Option<Table> {
        let tree = self.tree;
        let mut table = Table::default();
        let mut stray = Vec::new();
        for child in tree.children(id) {
            let inner = style.with_code(tree.peek(child, "styleCode").unwrap_or_default());
            match tree.name(child) {
                "caption" => join(&mut table.caption, self.inlines(child, inner, depth)),
                "thead" => self.rows(child, inner, depth, &mut table.head),
                "tfoot" => self.rows(child, inner, depth, &mut table.foot),
                "tbody" => self.rows(child, inner, depth, &mut table.body),
                "tr" => {
                    let row = self.row(child, inner, depth);
                    table.body.push(row);
                }
                _ => {
                    // not a table's content: shown below the rows
                    let mut flow = Flow::default();
                    if tree.is_text(child) {
                        flow.text(tree.text(child), inner, None);
                    } else {
                        self.element(child, inner, None, depth, &mut flow);
                    }
                    stray.extend(flow.finish());
                }
            }
        }
        if !stray.is_empty() {
            table.body.push(vec![Cell::new(stray)]);
        }
        if table::arrange(&mut table) {
            self.problems.push(
                Problem::new(&rules::TABLE, tree.path_of(id))
                    .allowed([format!("{} colonnes au plus", table::MAX_COLUMNS)]),
            );
        }
        let empty = table.rows().next().is_none() && table.caption.is_empty();
        (!empty).then_some(table)
    }

    fn rows(&mut self, id: NodeId, style: Style, depth: usize, out: &mut Vec<Vec<Cell>>) {
        let tree = self.tree;
        for child in tree.children(id) {
            if tree.is_text(child) {
                let text = words::one_line(tree.text(child));
                if !text.is_empty() {
                    let mut flow = Flow::default();
                    flow.text(&text, style, None);
                    out.push(vec![Cell::new(flow.finish())]);
                }
                continue;
            }
            let style = style.with_code(tree.peek(child, "styleCode").unwrap_or_default());
            let row = self.row(child, style, depth);
            out.push(row);
        }
    }

    fn row(&mut self, id: NodeId, style: Style, depth: usize) -> Vec<Cell> {
        let tree = self.tree;
        let row_align = tree.peek(id, "align");
        let mut cells = Vec::new();
        for child in tree.children(id) {
            if tree.is_text(child) {
                let mut flow = Flow::default();
                flow.text(tree.text(child), style, None);
                let blocks = flow.finish();
                if !blocks.is_empty() {
                    cells.push(Cell::new(blocks));
                }
                continue;
            }
            let style = style.with_code(tree.peek(child, "styleCode").unwrap_or_default());
            let span = |name: &str| {
                tree.peek(child, name)
                    .and_then(|v| v.trim().parse::<usize>().ok())
                    .unwrap_or(1)
                    .max(1)
            };
            let is_cell = matches!(tree.name(child), "td" | "th");
            let blocks = if is_cell {
                self.blocks(child, style, depth)
            } else {
                let mut flow = Flow::default();
                self.element(child, style, None, depth, &mut flow);
                flow.finish()
            };
            cells.push(Cell {
                is_header: tree.name(child) == "th",
                colspan: span("colspan"),
                rowspan: span("rowspan"),
                align: table::Align::of(tree.peek(child, "align").or(row_align)),
                ..Cell::new(blocks)
            });
        }
        cells
    }

    fn media(&mut self, id: NodeId, style: Style, depth: usize, flow: &mut Flow) {
        let tree = self.tree;
        let reference = tree.peek(id, "referencedObject").unwrap_or_default();
        if reference.trim().is_empty() {
            self.children(id, style, None, depth + 1, flow);
            return;
        }
        let caption = tree
            .elements(id, "caption")
            .map(|c| words::text_of(tree, c))
            .collect::<Vec<_>>()
            .join(" ");
        for key in reference.split_ascii_whitespace() {
            match self.picture(key, &caption) {
                Ok(picture) => {
                    self.pictures += picture.bytes.len();
                    flow.block(Block::Picture(picture));
                }
                Err(why) => {
                    self.problems.push(
                        Problem::new(&rules::IMAGE, tree.path_of(id))
                            .found(format!("{key} : {why}")),
                    );
                    let mut text = format!("[image non montrée : {why}]");
                    if !caption.is_empty() {
                        text = format!("{caption} {text}");
                    }
                    flow.flush();
                    flow.text(&text, Style::default(), None);
                    flow.flush();
                }
            }
        }
        for child in tree.children(id).filter(|c| !tree.is(*c, "caption")) {
            if tree.is_text(child) {
                flow.text(tree.text(child), style, None);
            } else {
                self.element(child, style, None, depth + 1, flow);
            }
        }
    }

    fn picture(&self, key: &str, caption: &str) -> Result<Picture, String> {
        let tree = self.tree;
        let mut node = *self.media.get(key).ok_or("introuvable dans le document")?;
        if tree.is(node, "regionOfInterest") {
            // the image itself is the observationMedia that the region is of
            node = tree
                .elements(node, "entryRelationship")
                .find_map(|r| tree.element(r, "observationMedia"))
                .ok_or("région sans image")?;
        }
        let value = tree.element(node, "value").ok_or("image sans contenu")?;
        if tree.peek(value, "representation") != Some("B64") {
            return Err("image extérieure au document".to_owned());
        }
        let mut text = String::new();
        for child in tree.children(value) {
            text.push_str(tree.text(child));
        }
        if text.len() > picture::MAX_BYTES * 2 {
            return Err("image de plus de 4 Mio".to_owned());
        }
        let bytes = picture::decode_base64(&text).ok_or("base64 illisible")?;
        if self.pictures + bytes.len() > MAX_PICTURES {
            return Err("trop d'images dans le document".to_owned());
        }
        Ok(Picture::new(bytes, caption.to_owned())?)
    }
}

/// Adds a line to a caption.
fn join(caption: &mut Vec<Inline>, more: Vec<Inline>) {
    if !caption.is_empty() && !more.is_empty() {
        caption.push(Inline::Break);
    }
    caption.extend(more);
}

/// A block as one run of text, line by line.
fn flatten(block: Block) -> Vec<Inline> {
    let mut out = Vec::new();
    match block {
        Block::Paragraph(inlines) => out = inlines,
        Block::List { caption, items, .. } => {
            out = caption;
            for block in items.into_iter().flatten() {
                join(&mut out, flatten(block));
            }
        }
        Block::Table(table) => {
            out = table.caption;
            let rows = table.head.into_iter().chain(table.body).chain(table.foot);
            for block in rows.flatten().flat_map(|cell| cell.blocks) {
                join(&mut out, flatten(block));
            }
        }
        Block::Picture(picture) => {
            let text = format!("[image] {}", picture.caption);
            out.push(Inline::Text {
                text: text.trim().to_owned(),
                style: Style::default(),
                link: None,
            });
        }
    }
    out
}

/// True for an address that a reader may follow: `http`, `https`, `mailto`,
/// `tel`, without any white space or control character.
pub fn is_safe_link(href: &str) -> bool {
    let scheme = href.split(':').next().unwrap_or_default();
    let known = ["http", "https", "mailto", "tel"]
        .iter()
        .any(|s| scheme.eq_ignore_ascii_case(s));
    known && href.contains(':') && !href.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// Text gathered into paragraphs, between blocks.
#[derive(Default)]
struct Flow {
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
}

impl Flow {
    fn text(&mut self, text: &str, style: Style, link: Option<&str>) {
        let mut folded = String::with_capacity(text.len());
        let mut space = match self.inlines.last() {
            None | Some(Inline::Break) => true,
            Some(Inline::Text { text, .. }) => text.ends_with(' '),
        };
        for c in text.chars() {
            if is_xml_space(c) {
                if !space {
                    folded.push(' ');
                }
                space = true;
            } else if !c.is_control() {
                folded.push(c);
                space = false;
            }
        }
        if folded.is_empty() {
            return;
        }
        if let Some(Inline::Text {
            text,
            style: known,
            link: target,
        }) = self.inlines.last_mut()
            && *known == style
            && target.as_deref() == link
        {
            text.push_str(&folded);
            return;
        }
        self.inlines.push(Inline::Text {
            text: folded,
            style,
            link: link.map(str::to_owned),
        });
    }

    fn block(&mut self, block: Block) {
        self.flush();
        self.blocks.push(block);
    }

    fn flush(&mut self) {
        let mut inlines = std::mem::take(&mut self.inlines);
        // a space before a line break is not seen
        for i in 1..inlines.len() {
            if inlines[i] == Inline::Break
                && let Inline::Text { text, .. } = &mut inlines[i - 1]
            {
                text.truncate(text.trim_end_matches(' ').len());
            }
        }
        inlines.retain(|i| !matches!(i, Inline::Text { text, .. } if text.is_empty()));
        let first = inlines.iter().position(|i| *i != Inline::Break);
        let Some(first) = first else { return };
        inlines.drain(..first);
        while let Some(last) = inlines.last_mut() {
            match last {
                Inline::Break => {}
                Inline::Text { text, .. } => {
                    text.truncate(text.trim_end_matches(' ').len());
                    if !text.is_empty() {
                        break;
                    }
                }
            }
            inlines.pop();
        }
        if !inlines.is_empty() {
            self.blocks.push(Block::Paragraph(inlines));
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{Body, Page};
    use dcc_xml::tree::Limits;

    fn page(text: &str) -> Page {
        let cda = format!(
            "<ClinicalDocument xmlns='urn:hl7-org:v3'><component><structuredBody><component>\
             <section><title>T</title><text>{text}</text></section></component></structuredBody>\
             </component></ClinicalDocument>"
        );
        Page::from_cda(cda.as_bytes(), &Limits::default()).unwrap()
    }

    fn blocks(text: &str) -> Vec<Block> {
        match page(text).body {
            Body::Sections(mut s) => s.remove(0).blocks,
            other => panic!("{other:?}"),
        }
    }

    fn plain(text: &str) -> Inline {
        Inline::Text {
            text: text.into(),
            style: Style::default(),
            link: None,
        }
    }

    #[test]
    fn white_space_folds_and_breaks_stay() {
        assert_eq!(
            blocks("\n  un <content>deux\n trois</content> <br/> quatre \n"),
            [Block::Paragraph(vec![
                plain("un deux trois"),
                Inline::Break,
                plain("quatre")
            ])]
        );
        assert!(blocks(" <br/> \n").is_empty());
    }

    #[test]
    fn unknown_elements_are_their_text() {
        assert_eq!(
            blocks("<script>alert(1)</script><iframe src='http://x'/>ok"),
            [Block::Paragraph(vec![plain("alert(1)ok")])]
        );
    }

    #[test]
    fn only_safe_links_stay_links() {
        for safe in ["https://a.fr/b?c", "mailto:a@b.fr", "TEL:+33", "http://x"] {
            assert!(is_safe_link(safe), "{safe}");
        }
        for unsafe_link in [
            "javascript:alert(1)",
            "java\u{9}script:x",
            "data:text/html,x",
            "//x",
            "http",
            "vbscript:x",
            "file:///etc",
            " https://x",
        ] {
            assert!(!is_safe_link(unsafe_link), "{unsafe_link}");
        }
        let page = page("<linkHtml href='javascript:alert(1)'>ici</linkHtml>");
        assert_eq!(page.problems.iter().next().unwrap().code, "RENDU-LIEN");
    }

    #[test]
    fn an_image_that_cannot_be_shown_is_said() {
        let page = page(
            "<renderMultiMedia referencedObject='X'><caption>Coupe</caption></renderMultiMedia>",
        );
        assert_eq!(page.problems.iter().next().unwrap().code, "RENDU-IMAGE");
        assert!(format!("{:?}", page.body).contains("Coupe [image non montrée"));
    }

    #[test]
    fn deep_nesting_keeps_the_text() {
        let text = format!("{}fond{}", "<content>".repeat(60), "</content>".repeat(60));
        let page = page(&text);
        assert_eq!(
            page.problems.iter().next().unwrap().code,
            "RENDU-PROFONDEUR"
        );
        assert!(format!("{:?}", page.body).contains("fond"));
    }
}
