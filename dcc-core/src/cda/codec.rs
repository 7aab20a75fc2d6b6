//! Elements and attributes, both ways.

use uuid::Uuid;

use super::fixed_attributes;
use super::options::Reading;
use super::slot::{Slot, local};
use super::source::Source;
use super::unread;
use crate::terminology::Terminology;
use crate::xml::tree::Ns;
use crate::xml::{NodeId, Tree, XmlWriter};

/// Writes or reads a document: see the [module](super).
pub struct Codec<'a> {
    io: Io<'a>,
    terminology: &'a Terminology,
    /// Namespace of the ids derived from the document's own.
    namespace: Uuid,
    /// Rank of each open entry or section within its parent, then the rank of the next one.
    place: Vec<u32>,
}

enum Io<'a> {
    Write(XmlWriter),
    Read(Cursor<'a>),
}

/// Where a reader stands.
pub(crate) struct Cursor<'a> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) at: NodeId,
    /// `text` of the section being read.
    pub(crate) narrative: Option<NodeId>,
}

impl<'a> Codec<'a> {
    /// Writes with `write`, and answers the document.
    pub fn write(
        terminology: &'a Terminology,
        document_id: &str,
        write: impl FnOnce(&mut Codec<'_>),
    ) -> Vec<u8> {
        let mut codec = Codec {
            io: Io::Write(XmlWriter::new()),
            terminology,
            namespace: Uuid::new_v5(&Uuid::NAMESPACE_OID, document_id.as_bytes()),
            place: vec![0],
        };
        write(&mut codec);
        match codec.io {
            Io::Write(writer) => writer.finish(),
            Io::Read(_) => Vec::new(),
        }
    }

    /// Reads the document of a file with `read`.
    pub fn read<T>(source: &Source<'a>, read: impl FnOnce(&mut Codec<'_>) -> T) -> Reading<T> {
        let (tree, root) = (source.tree, source.root);
        let mut codec = Codec {
            io: Io::Read(Cursor {
                tree,
                at: root,
                narrative: None,
            }),
            terminology: source.terminology,
            namespace: Uuid::NAMESPACE_OID,
            place: vec![0],
        };
        tree.mark(root);
        fixed_attributes::mark(tree, root);
        tree.attr_ns(root, Ns::Xsi, "schemaLocation");
        let document = read(&mut codec);
        Reading {
            document,
            unread: unread::list(tree, root),
        }
    }

    /// True when writing.
    pub fn is_writing(&self) -> bool {
        matches!(self.io, Io::Write(_))
    }

    /// The value sets.
    pub fn terminology(&self) -> &'a Terminology {
        self.terminology
    }

    pub(crate) fn writer(&mut self) -> Option<&mut XmlWriter> {
        match &mut self.io {
            Io::Write(writer) => Some(writer),
            Io::Read(_) => None,
        }
    }

    pub(crate) fn cursor(&mut self) -> Option<&mut Cursor<'a>> {
        match &mut self.io {
            Io::Write(_) => None,
            Io::Read(cursor) => Some(cursor),
        }
    }

    /// Tree and place of a reader.
    pub(crate) fn here(&self) -> Option<(&'a Tree<'a>, NodeId)> {
        match &self.io {
            Io::Write(_) => None,
            Io::Read(cursor) => Some((cursor.tree, cursor.at)),
        }
    }

    /// The first child of `name` not yet read that `wanted` accepts.
    pub(crate) fn child(
        &self,
        name: &str,
        wanted: impl Fn(&Tree<'_>, NodeId) -> bool,
    ) -> Option<NodeId> {
        let (tree, at) = self.here()?;
        tree.elements(at, name)
            .find(|&c| !tree.is_seen(c) && wanted(tree, c))
    }

    /// Runs `f` inside an element found by a reader.
    pub(crate) fn inside<R>(&mut self, node: NodeId, f: impl FnOnce(&mut Self) -> R) -> Option<R> {
        let cursor = self.cursor()?;
        cursor.tree.mark(node);
        fixed_attributes::mark(cursor.tree, node);
        let before = std::mem::replace(&mut cursor.at, node);
        let result = f(self);
        if let Some(cursor) = self.cursor() {
            cursor.at = before;
        }
        Some(result)
    }

    /// An element that is always written; read when it is there.
    pub fn element(&mut self, name: &'static str, f: impl FnOnce(&mut Self)) {
        self.element_where(true, name, |_, _| true, f);
    }

    /// An element written when `present`; read when it is there. Answers
    /// whether `f` ran.
    pub fn element_if(
        &mut self,
        present: bool,
        name: &'static str,
        f: impl FnOnce(&mut Self),
    ) -> bool {
        self.element_where(present, name, |_, _| true, f)
    }

    /// As [`Codec::element_if`], reading only an element that `wanted` accepts.
    pub(crate) fn element_where(
        &mut self,
        present: bool,
        name: &'static str,
        wanted: impl Fn(&Tree<'_>, NodeId) -> bool,
        f: impl FnOnce(&mut Self),
    ) -> bool {
        if let Io::Write(writer) = &mut self.io {
            if present {
                writer.start(name);
                f(self);
                if let Io::Write(writer) = &mut self.io {
                    writer.end(name);
                }
            }
            return present;
        }
        match self.child(name, wanted) {
            Some(node) => self.inside(node, f).is_some(),
            None => false,
        }
    }

    /// An element for an optional value.
    pub fn option<T: Default>(
        &mut self,
        name: &'static str,
        value: Slot<'_, Option<T>>,
        f: impl FnOnce(&mut Self, Slot<'_, T>),
    ) {
        self.maybe(value, |s, present, value| {
            s.element_if(present, name, |s| f(s, value))
        });
    }

    /// A part that may be absent: `f` writes it when `present`, and answers
    /// whether it found it.
    pub fn maybe<T: Default>(
        &mut self,
        mut value: Slot<'_, Option<T>>,
        f: impl FnOnce(&mut Self, bool, Slot<'_, T>) -> bool,
    ) {
        let mut read = T::default();
        if self.is_writing() {
            match &*value {
                Some(value) => f(self, true, Slot::Lent(value)),
                None => f(self, false, local(&mut read)),
            };
        } else {
            let found = f(self, true, local(&mut read));
            value.set(found.then_some(read));
        }
    }

    /// A value written in another form: `form` makes it, `back` takes what was
    /// read.
    pub fn through<T, U>(
        &mut self,
        mut value: Slot<'_, T>,
        form: impl FnOnce(&T) -> U,
        back: impl FnOnce(&mut T, U),
        f: impl FnOnce(&mut Self, Slot<'_, U>),
    ) {
        let mut made = form(&value);
        f(self, local(&mut made));
        if !self.is_writing()
            && let Some(value) = value.given()
        {
            back(value, made);
        }
    }

    /// Each value of a list: `one` writes it, or finds the next and answers
    /// whether it did. It is given the rank of the value.
    pub fn list<T: Default>(
        &mut self,
        mut values: Slot<'_, Vec<T>>,
        mut one: impl FnMut(&mut Self, usize, Slot<'_, T>) -> bool,
    ) {
        if self.is_writing() {
            for (rank, value) in values.iter().enumerate() {
                one(self, rank, Slot::Lent(value));
            }
            return;
        }
        let Some(values) = values.given() else { return };
        loop {
            let mut value = T::default();
            if !one(self, values.len(), local(&mut value)) {
                return;
            }
            values.push(value);
        }
    }

    /// An element for each value.
    pub fn each<T: Default>(
        &mut self,
        name: &'static str,
        values: Slot<'_, Vec<T>>,
        f: impl FnMut(&mut Self, Slot<'_, T>),
    ) {
        self.each_where(name, |_, _| true, values, f);
    }

    /// As [`Codec::each`], reading only elements that `wanted` accepts.
    pub(crate) fn each_where<T: Default>(
        &mut self,
        name: &'static str,
        wanted: impl Fn(&Tree<'_>, NodeId) -> bool + Copy,
        values: Slot<'_, Vec<T>>,
        mut f: impl FnMut(&mut Self, Slot<'_, T>),
    ) {
        self.list(values, |s, _, value| {
            s.element_where(true, name, wanted, |s| f(s, value))
        });
    }

    /// An attribute with a constant value; read when it has that value, left
    /// unread when it has another.
    pub fn fixed(&mut self, name: &'static str, value: &str) {
        match &mut self.io {
            Io::Write(writer) => writer.attr(name, value),
            Io::Read(cursor) => {
                if cursor
                    .tree
                    .peek(cursor.at, name)
                    .is_some_and(|v| v.eq_ignore_ascii_case(value))
                {
                    cursor.tree.attr(cursor.at, name);
                }
            }
        }
    }

    /// `xsi:type`.
    pub fn xsi_type(&mut self, value: &'static str) {
        match &mut self.io {
            Io::Write(writer) => writer.attr("xsi:type", value),
            Io::Read(cursor) => {
                let (tree, at) = (cursor.tree, cursor.at);
                let same = tree.attrs(at).iter().any(|a| {
                    a.ns == Ns::Xsi && a.name == "type" && a.value.rsplit(':').next() == Some(value)
                });
                if same {
                    tree.attr_ns(at, Ns::Xsi, "type");
                }
            }
        }
    }

    /// An attribute that is always written; read when it is there.
    pub fn attr(&mut self, name: &'static str, mut value: Slot<'_, String>) {
        match &mut self.io {
            Io::Write(writer) => writer.attr(name, &value),
            Io::Read(cursor) => {
                if let Some(read) = cursor.tree.attr(cursor.at, name) {
                    value.set(read.to_owned());
                }
            }
        }
    }

    /// An optional attribute.
    pub fn attr_option(&mut self, name: &'static str, mut value: Slot<'_, Option<String>>) {
        match &mut self.io {
            Io::Write(writer) => {
                if let Some(value) = &*value {
                    writer.attr(name, value);
                }
            }
            Io::Read(cursor) => value.set(cursor.tree.attr(cursor.at, name).map(str::to_owned)),
        }
    }

    /// An attribute that only repeats what others state: written, and read
    /// whatever its value.
    pub(crate) fn repeated(&mut self, name: &'static str, value: &str) {
        match &mut self.io {
            Io::Write(writer) => writer.attr(name, value),
            Io::Read(cursor) => {
                cursor.tree.attr(cursor.at, name);
            }
        }
    }

    /// Marks, for a reader, attributes that only repeat what others state.
    pub(crate) fn ignore(&mut self, names: &[&str]) {
        if let Some((tree, at)) = self.here() {
            for name in names {
                tree.attr(at, name);
            }
        }
    }

    /// The nullFlavor here, now read.
    pub(crate) fn null_flavor(&mut self) -> Option<String> {
        let (tree, at) = self.here()?;
        tree.attr(at, "nullFlavor").map(str::to_owned)
    }

    /// A nullFlavor that the specification fixes.
    pub(crate) fn null_is(&mut self, flavor: &'static str) {
        self.repeated("nullFlavor", flavor);
    }

    /// `xsi:type`, for a reader of a document that states it where it need not.
    pub(crate) fn xsi_type_optional(&mut self, value: &'static str) {
        if !self.is_writing() {
            self.xsi_type(value);
        }
    }

    /// The text of the element.
    pub fn text(&mut self, mut value: Slot<'_, String>) {
        match &mut self.io {
            Io::Write(writer) => writer.text(&value),
            Io::Read(cursor) => {
                let Some(value) = value.given() else { return };
                let (tree, at) = (cursor.tree, cursor.at);
                value.clear();
                // indentation around a text is not the text, unless it was written as a reference
                let blank = [' ', '\t', '\n', '\r'];
                let (mut first, mut last, mut indented) = (None, 0, false);
                for child in tree.children(at).filter(|&c| tree.is_text(c)) {
                    tree.mark(child);
                    let text = tree.text(child);
                    indented |= value.is_empty()
                        && !tree.is_reference(child)
                        && text.starts_with(['\n', '\t']);
                    value.push_str(text);
                    if tree.is_reference(child) {
                        first.get_or_insert(value.len() - text.len());
                        last = value.len();
                    }
                }
                indented |= value.len() > last && value.ends_with(['\n', '\t']);
                if indented {
                    let end = value.trim_end_matches(blank).len().max(last);
                    value.truncate(end);
                    let start = (value.len() - value.trim_start_matches(blank).len())
                        .min(first.unwrap_or(usize::MAX));
                    value.drain(..start);
                }
            }
        }
    }

    /// An optional child that holds nothing but text.
    pub fn text_element(&mut self, name: &'static str, value: Slot<'_, Option<String>>) {
        self.option(name, value, |s, v| s.text(v));
    }

    /// Opens a place (section or entry) within the current one.
    pub(crate) fn enter(&mut self) {
        if let Some(rank) = self.place.last_mut() {
            *rank += 1;
        }
        self.place.push(0);
    }

    /// Leaves it.
    pub(crate) fn leave(&mut self) {
        self.place.pop();
    }

    /// `id`: a UUIDv5 of the document's id and of the place, when writing.
    pub(crate) fn derived_id(&mut self) {
        if self.is_writing() {
            let mut place = String::with_capacity(16);
            for rank in &self.place[..self.place.len() - 1] {
                use std::fmt::Write;
                let _ = write!(place, "/{rank}");
            }
            let id = Uuid::new_v5(&self.namespace, place.as_bytes());
            let mut buffer = Uuid::encode_buffer();
            let id = id.hyphenated().encode_upper(&mut buffer);
            self.element("id", |s| s.fixed("root", id));
        } else {
            // ids of entries and sections are derived, not kept
            while let Some(node) = self.child("id", |_, _| true) {
                if let Some((tree, _)) = self.here() {
                    tree.mark_all(node);
                }
            }
        }
    }
}
