//! The logical structure as the tag tree of the file.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::tagging::{
    Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};

use super::tags::{Kind, ROOT, TagId, Tags};

/// Most children of a node: PDF/A-1 has arrays of 8191 at most.
const MAX_CHILDREN: usize = 4000;

/// A child of a node.
enum Child {
    Node(TagId),
    Content(Identifier),
}

/// The nodes with what was drawn for each.
pub(super) struct Structure<'t> {
    tags: &'t Tags,
    children: Vec<Vec<Child>>,
    attached: Vec<bool>,
}

impl<'t> Structure<'t> {
    pub(super) fn new(tags: &'t Tags) -> Structure<'t> {
        let count = tags.nodes.len();
        let mut attached = vec![false; count];
        attached[ROOT] = true;
        Structure {
            tags,
            children: (0..count).map(|_| Vec::new()).collect(),
            attached,
        }
    }

    /// A piece of content of a node: the node now has its place below its
    /// parent.
    pub(super) fn content(&mut self, tag: TagId, id: Identifier) {
        self.children[tag].push(Child::Content(id));
        let mut tag = tag;
        while !self.attached[tag] {
            self.attached[tag] = true;
            let parent = self.tags.nodes[tag].parent;
            self.children[parent].push(Child::Node(tag));
            tag = parent;
        }
    }

    pub(super) fn tree(mut self) -> TagTree {
        let mut tree = TagTree::new();
        for node in self.nodes(ROOT) {
            tree.push(node);
        }
        tree
    }

    fn nodes(&mut self, tag: TagId) -> Vec<Node> {
        let mut children = std::mem::take(&mut self.children[tag]);
        let kind = &self.tags.nodes[tag].kind;
        if matches!(kind, Kind::Table | Kind::Head | Kind::Rows | Kind::Row) {
            // a cell over several rows is drawn last, and read in its place
            children.sort_by_key(|child| match child {
                Child::Node(id) => *id,
                Child::Content(_) => 0,
            });
        }
        let mut out: Vec<Node> = Vec::with_capacity(children.len());
        for child in children {
            match child {
                Child::Content(id) => out.push(id.into()),
                Child::Node(id) => {
                    let inner = self.nodes(id);
                    self.group(id, inner, &mut out);
                }
            }
        }
        out
    }

    /// A node as groups, several when it has too many children for one.
    fn group(&self, id: TagId, inner: Vec<Node>, out: &mut Vec<Node>) {
        let mut inner = inner;
        let kind = &self.tags.nodes[id].kind;
        while inner.len() > MAX_CHILDREN {
            let tail = inner.split_off(MAX_CHILDREN);
            let part = std::mem::replace(&mut inner, tail);
            out.push(TagGroup::with_children(tag_of(kind), part).into());
        }
        out.push(TagGroup::with_children(tag_of(kind), inner).into());
    }
}

fn tag_of(kind: &Kind) -> TagKind {
    let span = |n: &u32| NonZeroU32::new(*n).filter(|n| n.get() > 1);
    match kind {
        Kind::Document | Kind::Section => Tag::Section.into(),
        Kind::Heading(level, title) => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(title.clone())).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::List(true) => Tag::L(ListNumbering::Decimal).into(),
        Kind::List(false) => Tag::L(ListNumbering::Circle).into(),
        Kind::Item => Tag::LI.into(),
        Kind::Label => Tag::Lbl.into(),
        Kind::Body => Tag::LBody.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Head => Tag::THead.into(),
        Kind::Rows => Tag::TBody.into(),
        Kind::Row => Tag::TR.into(),
        Kind::Header(of_row, columns, rows) => {
            let scope = match of_row {
                true => TableHeaderScope::Row,
                false => TableHeaderScope::Column,
            };
            Tag::TH(scope)
                .with_col_span(span(columns))
                .with_row_span(span(rows))
                .into()
        }
        Kind::Cell(columns, rows) => Tag::TD
            .with_col_span(span(columns))
            .with_row_span(span(rows))
            .into(),
        Kind::Figure(text) => Tag::Figure(Some(text.clone())).into(),
        Kind::Caption => Tag::Caption.into(),
        Kind::Link(href) => Tag::Link
            .with_alt_text(Some(format!("Lien vers {href}")))
            .into(),
    }
}
