//! Sections that hold text alone: each value of the model stands in the
//! narrative under an ID of its own, and is read back from there.
//!
//! Labels and titles that this library writes are read as such; whatever else
//! the narrative of another software says is left to the list of what was not
//! read.

use super::codec::Codec;
use super::narrative::{self, Narrative};
use super::slot::{Slot, local, slot};
use super::templates::SectionTemplate;
use crate::model::{PartialDateTime, Period};
use crate::xml::{NodeId, Tree};

/// Writes or reads the text of a section.
pub(crate) enum Form<'f, 'w> {
    Write(&'f mut Narrative<'w>),
    Read(&'f Tree<'f>),
}

/// Writes or reads the fields of a table: a label, a value.
pub(crate) enum Fields<'f, 'w> {
    Write(&'f mut narrative::Rows<'w>),
    Read(&'f Tree<'f>),
}

/// Writes or reads the cells of a row.
pub(crate) struct Row<'f, 'w> {
    io: RowIo<'f, 'w>,
    id: String,
    column: usize,
}

enum RowIo<'f, 'w> {
    Write(&'f mut narrative::Cells<'w>),
    Read(&'f Tree<'f>),
}

impl Codec<'_> {
    /// A section of text alone, written when `present`.
    pub(crate) fn text_form(
        &mut self,
        shape: &SectionTemplate,
        present: bool,
        f: impl FnOnce(&mut Form<'_, '_>),
    ) {
        self.section(shape, present, |s| {
            if let Some((tree, _)) = s.here() {
                f(&mut Form::Read(tree));
            } else {
                s.narrative(|n| f(&mut Form::Write(n)));
            }
        });
    }
}

impl Form<'_, '_> {
    /// A table of labels and values; written when `present`.
    pub(crate) fn fields(
        &mut self,
        heading: &str,
        id: &str,
        present: bool,
        f: impl FnOnce(&mut Fields<'_, '_>),
    ) {
        match self {
            Form::Write(n) if present => {
                n.table_at(id, heading, 2, |rows| f(&mut Fields::Write(rows)));
            }
            Form::Write(_) => {}
            Form::Read(tree) => {
                if let Some(head) = tree.by_id(id) {
                    mark_label(tree, head, heading);
                    f(&mut Fields::Read(tree));
                }
            }
        }
    }

    /// A table of one row per value, under titles; written when there are some.
    pub(crate) fn list<T: Default>(
        &mut self,
        heading: &str,
        id: &str,
        titles: &[&str],
        mut values: Slot<'_, Vec<T>>,
        mut f: impl FnMut(&mut Row<'_, '_>, Slot<'_, T>),
    ) {
        match self {
            Form::Write(_) if values.is_empty() => {}
            Form::Write(n) => n.columns_at(id, heading, titles, |rows| {
                for (i, value) in values.iter().enumerate() {
                    rows.row(|cells| {
                        let mut row = Row {
                            io: RowIo::Write(cells),
                            id: format!("{id}-{}", i + 1),
                            column: 0,
                        };
                        f(&mut row, Slot::Lent(value));
                    });
                }
            }),
            Form::Read(tree) => {
                let Some(head) = tree.by_id(id) else { return };
                mark_label(tree, head, heading);
                mark_titles(tree, head, titles);
                let Some(values) = values.given() else { return };
                loop {
                    let id = format!("{id}-{}", values.len() + 1);
                    if tree.by_id(&format!("{id}-1")).is_none() {
                        break;
                    }
                    let mut value = T::default();
                    let mut row = Row {
                        io: RowIo::Read(tree),
                        id,
                        column: 0,
                    };
                    f(&mut row, local(&mut value));
                    values.push(value);
                }
            }
        }
    }
}

impl Fields<'_, '_> {
    /// An optional text.
    pub(crate) fn text(&mut self, label: &str, id: &str, mut value: Slot<'_, Option<String>>) {
        match self {
            Fields::Write(rows) => rows.field_option(label, id, value.as_ref()),
            Fields::Read(tree) => {
                let Some(node) = tree.by_id(id) else { return };
                value.set(take(tree, node));
                let row = row_of(tree, node);
                if let Some(first) = row.and_then(|r| tree.element(r, "td")) {
                    mark_label(tree, first, label);
                }
            }
        }
    }

    /// A date.
    pub(crate) fn date(
        &mut self,
        label: &str,
        id: &str,
        mut value: Slot<'_, Option<PartialDateTime>>,
    ) {
        let mut text = value.map(|m| m.french().to_string());
        self.text(label, id, local(&mut text));
        value.set(text.and_then(|t| PartialDateTime::from_french(&t)));
    }
}

impl Row<'_, '_> {
    /// A text.
    pub(crate) fn text(&mut self, mut value: Slot<'_, String>) {
        if let RowIo::Write(_) = self.io {
            self.cell(Some(value.as_str()));
        } else {
            value.set(self.cell(None).unwrap_or_default());
        }
    }

    /// An optional text.
    pub(crate) fn option(&mut self, mut value: Slot<'_, Option<String>>) {
        let read = self.cell(value.as_deref());
        if let RowIo::Read(_) = self.io {
            value.set(read);
        }
    }

    /// The next cell: writes a text, or reads one.
    fn cell(&mut self, text: Option<&str>) -> Option<String> {
        self.column += 1;
        let id = format!("{}-{}", self.id, self.column);
        match &mut self.io {
            RowIo::Write(cells) => {
                cells.at(&id, text.unwrap_or_default());
                None
            }
            RowIo::Read(tree) => tree.by_id(&id).and_then(|node| take(tree, node)),
        }
    }

    /// A date.
    pub(crate) fn date(&mut self, mut value: Slot<'_, Option<PartialDateTime>>) {
        let mut text = value.map(|m| m.french().to_string());
        self.option(local(&mut text));
        value.set(text.and_then(|t| PartialDateTime::from_french(&t)));
    }

    /// A start and an end, in two cells.
    pub(crate) fn period(&mut self, mut value: Slot<'_, Period>) {
        self.date(slot!(value.start));
        self.date(slot!(value.end));
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, mut value: Slot<'_, bool>) {
        let mut text = Some(narrative::yes_no(*value).to_owned());
        self.option(local(&mut text));
        value.set(text.as_deref() == Some(narrative::yes_no(true)));
    }
}

/// The text of an element, now read; none when empty.
fn take(tree: &Tree<'_>, node: NodeId) -> Option<String> {
    let text = narrative::plain(tree, node);
    narrative::mark_texts(tree, node);
    (!text.is_empty()).then_some(text)
}

/// Marks a label as read, when it says what this library writes.
fn mark_label(tree: &Tree<'_>, node: NodeId, label: &str) {
    if narrative::plain(tree, node) == label {
        narrative::mark_texts(tree, node);
    }
}

fn row_of(tree: &Tree<'_>, mut node: NodeId) -> Option<NodeId> {
    while !tree.is(node, "tr") {
        node = tree.parent(node)?;
    }
    Some(node)
}

/// Marks the titles of columns, in the row below that of the heading.
fn mark_titles(tree: &Tree<'_>, head: NodeId, titles: &[&str]) {
    let Some(row) = row_of(tree, head) else {
        return;
    };
    let rows = tree
        .parent(row)
        .map(|thead| tree.elements(thead, "tr").collect::<Vec<_>>());
    for row in rows.unwrap_or_default() {
        for (cell, title) in tree.elements(row, "th").zip(titles) {
            mark_label(tree, cell, title);
        }
    }
}
