//! The logical structure of the PDF: what each mark on a page belongs to, for
//! who listens to the document.

/// A node of the structure.
pub(super) type TagId = usize;

/// The document itself.
pub(super) const ROOT: TagId = 0;

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Document,
    /// A part under its heading.
    Section,
    /// A heading of level 1 to 6.
    Heading(u16, String),
    Paragraph,
    /// Numbered or not.
    List(bool),
    Item,
    Label,
    Body,
    Table,
    Head,
    Rows,
    Row,
    /// A header of its columns (false) or of its row (true); its spans.
    Header(bool, u32, u32),
    Cell(u32, u32),
    /// An image, with its text.
    Figure(String),
    Caption,
    Link(String),
}

/// A node with its parent.
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) parent: TagId,
}

/// The nodes made so far; those under which nothing is drawn do not reach the
/// document.
pub(super) struct Tags {
    pub(super) nodes: Vec<Node>,
}

impl Tags {
    pub(super) fn new() -> Tags {
        let root = Node {
            kind: Kind::Document,
            parent: ROOT,
        };
        Tags { nodes: vec![root] }
    }

    /// A node below `parent`.
    pub(super) fn add(&mut self, parent: TagId, kind: Kind) -> TagId {
        self.nodes.push(Node { kind, parent });
        self.nodes.len() - 1
    }
}
