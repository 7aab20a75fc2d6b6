//! The text of a section, written and read.
//!
//! Written: tables of labels and values, each value that an entry points to
//! under an ID. Read: the text at an ID, or the cells of a table. A line break
//! of the model is a `<br/>`; a white space that holds a raw line break is the
//! indentation of the document, and reads as one space.

use std::fmt::Display;

use dcc_base::text::fold_char;

use super::slot::Slot;
use crate::xml::{NodeId, Tree, XmlWriter};

/// Writes the text of a section.
pub struct Narrative<'w> {
    writer: &'w mut XmlWriter,
    blocks: usize,
}

impl<'w> Narrative<'w> {
    pub(crate) fn new(writer: &'w mut XmlWriter) -> Self {
        Narrative { writer, blocks: 0 }
    }

    /// A paragraph under an ID.
    pub fn paragraph_at(&mut self, id: &str, text: &str) {
        self.blocks += 1;
        self.writer.start("paragraph");
        self.writer.attr("ID", id);
        Cells {
            writer: self.writer,
        }
        .lines(text);
        self.writer.end("paragraph");
    }

    /// The place of an image.
    pub fn image(&mut self, id: &str) {
        self.blocks += 1;
        self.writer.start("renderMultiMedia");
        self.writer.attr("referencedObject", id);
        self.writer.end("renderMultiMedia");
    }

    /// A table under a heading that spans `columns`.
    pub fn table(&mut self, heading: &str, columns: usize, rows: impl FnOnce(&mut Rows<'_>)) {
        self.full_table(None, heading, columns, &[], rows);
    }

    /// As [`Narrative::table`], the heading under an ID.
    pub fn table_at(
        &mut self,
        id: &str,
        heading: &str,
        columns: usize,
        rows: impl FnOnce(&mut Rows<'_>),
    ) {
        self.full_table(Some(id), heading, columns, &[], rows);
    }

    /// A table with a heading and a row of column titles.
    pub fn columns(&mut self, heading: &str, titles: &[&str], rows: impl FnOnce(&mut Rows<'_>)) {
        self.full_table(None, heading, titles.len(), titles, rows);
    }

    /// As [`Narrative::columns`], the heading under an ID.
    pub fn columns_at(
        &mut self,
        id: &str,
        heading: &str,
        titles: &[&str],
        rows: impl FnOnce(&mut Rows<'_>),
    ) {
        self.full_table(Some(id), heading, titles.len(), titles, rows);
    }

    fn full_table(
        &mut self,
        id: Option<&str>,
        heading: &str,
        columns: usize,
        titles: &[&str],
        rows: impl FnOnce(&mut Rows<'_>),
    ) {
        if self.blocks > 0 {
            self.writer.start("br");
            self.writer.end("br");
        }
        self.blocks += 1;
        let w = &mut *self.writer;
        w.start("table");
        w.attr("border", "0");
        w.start("thead");
        w.start("tr");
        w.start("th");
        if let Some(id) = id {
            w.attr("ID", id);
        }
        if columns > 1 {
            w.attr("colspan", &columns.to_string());
        }
        w.text(heading);
        w.end("th");
        w.end("tr");
        if !titles.is_empty() {
            w.start("tr");
            for title in titles {
                w.start("th");
                w.text(title);
                w.end("th");
            }
            w.end("tr");
        }
        w.end("thead");
        w.start("tbody");
        let mut body = Rows {
            writer: w,
            count: 0,
        };
        rows(&mut body);
        if body.count == 0 {
            // the schema wants at least one row
            body.row(|r| r.cell("-"));
        }
        w.end("tbody");
        w.end("table");
    }
}

/// The rows of a table.
pub struct Rows<'w> {
    writer: &'w mut XmlWriter,
    count: usize,
}

impl Rows<'_> {
    /// One row.
    pub fn row(&mut self, cells: impl FnOnce(&mut Cells<'_>)) {
        self.count += 1;
        self.writer.start("tr");
        cells(&mut Cells {
            writer: self.writer,
        });
        self.writer.end("tr");
    }

    /// A row of a label and a value under an ID.
    pub fn field(&mut self, label: &str, id: &str, value: impl Display) {
        self.row(|r| {
            r.cell(label);
            r.at(id, value);
        });
    }

    /// As [`Rows::field`], nothing when there is no value.
    pub fn field_option(&mut self, label: &str, id: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.field(label, id, value);
        }
    }

    /// A row of a label and a value that no entry points to.
    pub fn fact(&mut self, label: &str, value: impl Display) {
        self.row(|r| {
            r.cell(label);
            r.cell(value);
        });
    }
}

/// The cells of a row.
pub struct Cells<'w> {
    writer: &'w mut XmlWriter,
}

impl Cells<'_> {
    /// A cell.
    pub fn cell(&mut self, text: impl Display) {
        self.writer.start("td");
        self.lines(&text.to_string());
        self.writer.end("td");
    }

    /// A cell whose content has an ID.
    pub fn at(&mut self, id: &str, text: impl Display) {
        self.writer.start("td");
        self.writer.start("content");
        self.writer.attr("ID", id);
        self.lines(&text.to_string());
        self.writer.end("content");
        self.writer.end("td");
    }

    /// A cell of a label and a content that has an ID.
    pub fn labelled_at(&mut self, label: &str, id: &str, text: impl Display) {
        self.writer.start("td");
        self.lines(label);
        self.writer.text(" - ");
        self.writer.start("content");
        self.writer.attr("ID", id);
        self.lines(&text.to_string());
        self.writer.end("content");
        self.writer.end("td");
    }

    /// A cell over `columns` columns, whose content has an ID.
    pub fn wide_at(&mut self, columns: usize, id: &str, text: impl Display) {
        self.writer.start("td");
        self.writer.attr("colspan", &columns.to_string());
        self.writer.start("content");
        self.writer.attr("ID", id);
        self.lines(&text.to_string());
        self.writer.end("content");
        self.writer.end("td");
    }

    fn lines(&mut self, text: &str) {
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.writer.start("br");
                self.writer.end("br");
            }
            if !line.is_empty() {
                self.writer.text(line);
            }
        }
    }
}

/// The ID of a part of the narrative: a word, and the rank of the thing told.
pub(crate) fn at(word: &str, rank: usize) -> String {
    format!("{word}-{}", rank + 1)
}

/// A dash of the narrative stands for nothing.
pub(crate) fn dash(mut text: Slot<'_, Option<String>>) {
    if text.as_deref() == Some("-") {
        text.set(None);
    }
}

/// « Oui » or « Non ».
pub(crate) fn yes_no(value: bool) -> &'static str {
    if value { "Oui" } else { "Non" }
}

/// A table that a reader sees.
pub(crate) struct Table {
    /// Text of its head.
    pub(crate) heading: String,
    /// Rows of its bodies: their cells.
    pub(crate) rows: Vec<Vec<NodeId>>,
}

/// The tables below an element, in order.
pub(crate) fn tables(tree: &Tree<'_>, text: NodeId) -> Vec<Table> {
    let mut out = Vec::new();
    collect_tables(tree, text, &mut out);
    out
}

fn collect_tables(tree: &Tree<'_>, at: NodeId, out: &mut Vec<Table>) {
    for node in tree.children(at) {
        if !tree.is(node, "table") {
            collect_tables(tree, node, out);
            continue;
        }
        let mut table = Table {
            heading: String::new(),
            rows: Vec::new(),
        };
        for part in tree.children(node) {
            match tree.name(part) {
                "thead" | "caption" => table.heading.push_str(&plain(tree, part)),
                "tbody" | "tfoot" => collect_rows(tree, part, &mut table),
                "tr" => push_row(tree, part, &mut table),
                _ => {}
            }
        }
        out.push(table);
    }
}

fn collect_rows(tree: &Tree<'_>, body: NodeId, table: &mut Table) {
    for row in tree.elements(body, "tr") {
        push_row(tree, row, table);
    }
}

fn push_row(tree: &Tree<'_>, row: NodeId, table: &mut Table) {
    let cells: Vec<_> = tree.elements(row, "td").collect();
    if cells.is_empty() {
        // a row of titles inside the body
        table.heading.push_str(&plain(tree, row));
    } else {
        table.rows.push(cells);
    }
}

/// The element of the narrative with this ID.
pub(crate) fn find(tree: &Tree<'_>, id: &str) -> Option<NodeId> {
    // some documents point to an ID spelt a little otherwise: `conclusion-cro` for `CRO-conclusion`
    tree.by_id(id)
        .or_else(|| tree.by_id_where(|other| same_significant_words(id, other)))
}

fn same_significant_words(a: &str, b: &str) -> bool {
    let significant = |text| {
        let mut all: Vec<_> = words(text)
            .filter(|w| !matches!(w.as_str(), "de" | "la" | "le" | "du" | "des" | "d" | "l"))
            .collect();
        all.sort_unstable();
        all
    };
    let a = significant(a);
    a.len() > 1 && a == significant(b)
}

/// The text of an element, now read; none when it is empty. An empty `content`
/// that marks the start of a cell stands for the cell.
pub(crate) fn take(tree: &Tree<'_>, node: NodeId) -> Option<String> {
    let text = plain(tree, node);
    if !text.is_empty() {
        tree.mark_all(node);
        return Some(text);
    }
    let cell = tree.parent(node)?;
    if !matches!(tree.name(cell), "td" | "item" | "paragraph") {
        return None;
    }
    let text = plain(tree, cell);
    tree.mark_all(cell);
    (!text.is_empty()).then_some(text)
}

/// Marks every text below an element as read.
pub(crate) fn mark_texts(tree: &Tree<'_>, node: NodeId) {
    for child in tree.children(node) {
        if tree.is_text(child) {
            tree.mark(child);
        } else {
            mark_texts(tree, child);
        }
    }
}

/// Marks the places of an image.
pub(crate) fn mark_images(tree: &Tree<'_>, node: NodeId, id: &str) {
    for child in tree.children(node).filter(|&c| !tree.is_text(c)) {
        let named = |v: &str| v.split_whitespace().any(|one| one == id);
        if tree.is(child, "renderMultiMedia")
            && tree.peek(child, "referencedObject").is_some_and(named)
        {
            tree.mark_all(child);
        }
        mark_images(tree, child, id);
    }
}

/// The text of an element, line breaks kept, indentation not.
pub(crate) fn plain(tree: &Tree<'_>, node: NodeId) -> String {
    let mut out = String::new();
    collect(tree, node, &mut out);
    if out.contains(INDENT) {
        out = fold_indents(&out);
    }
    out
}

/// Stands for a raw line break until the text is whole.
const INDENT: char = '\u{1}';

fn collect(tree: &Tree<'_>, node: NodeId, out: &mut String) {
    for child in tree.children(node) {
        if tree.is_text(child) {
            let text = tree.text(child);
            if text.contains('\n') {
                out.extend(text.chars().map(|c| if c == '\n' { INDENT } else { c }));
            } else {
                out.push_str(text);
            }
            continue;
        }
        match tree.name(child) {
            "br" => out.push('\n'),
            "paragraph" | "item" | "tr" | "list" | "table" => {
                if !out.trim_end_matches([INDENT, ' ', '\t']).is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
                collect(tree, child, out);
            }
            "td" | "th" => {
                if !out.trim_end_matches([INDENT, ' ', '\t']).is_empty()
                    && !out.ends_with(['\n', ' '])
                {
                    out.push(' ');
                }
                collect(tree, child, out);
            }
            _ => collect(tree, child, out),
        }
    }
}

/// Each run of white space that holds an indent becomes one space, or nothing
/// at the ends and beside a line break.
fn fold_indents(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(INDENT) {
        let before = rest[..at].trim_end_matches([' ', '\t']);
        out.push_str(before);
        rest = rest[at..].trim_start_matches([INDENT, ' ', '\t']);
        if !out.is_empty() && !out.ends_with('\n') && !rest.is_empty() && !rest.starts_with('\n') {
            out.push(' ');
        }
    }
    out.push_str(rest);
    out
}

/// The words of a text: lower case, without accents or punctuation.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| w.chars().flat_map(fold_char).collect())
}

/// A number for each word of [`words`], without building the words: the
/// narrative of a document is long, and most of it is known.
pub(crate) fn word_keys(text: &str, mut each: impl FnMut(u64)) {
    let mut key = FNV_START;
    let mut inside = false;
    for c in text.chars() {
        let plain = if c.is_ascii() {
            c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase())
        } else {
            c.is_alphanumeric().then_some(c)
        };
        match plain {
            Some(c) if c.is_ascii() => {
                key = fnv(key, c as u32);
                inside = true;
            }
            Some(c) => {
                for c in fold_char(c) {
                    key = fnv(key, c as u32);
                }
                inside = true;
            }
            None if inside => {
                each(key);
                key = FNV_START;
                inside = false;
            }
            None => {}
        }
    }
    if inside {
        each(key);
    }
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(key: u64, c: u32) -> u64 {
    (key ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01b3)
}

pub(crate) fn same_words(a: &str, b: &str) -> bool {
    words(a).eq(words(b))
}
