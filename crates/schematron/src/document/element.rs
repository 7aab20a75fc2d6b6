//! A view of the elements of a document for those who read it.

use super::tree::{ATTRIBUTE, Document, ROOT, TEXT};

/// An element of a [`Document`].
#[derive(Debug, Clone, Copy)]
pub struct Element<'d> {
    document: &'d Document<'d>,
    n: u32,
}

/// An attribute of an [`Element`]; namespace declarations are none.
#[derive(Debug, Clone, Copy)]
pub struct Attribute<'d> {
    document: &'d Document<'d>,
    a: u32,
}

/// A child of an [`Element`].
#[derive(Debug, Clone, Copy)]
pub enum Child<'d> {
    /// An element.
    Element(Element<'d>),
    /// A text; comments and processing instructions split texts and are not kept.
    Text(&'d str),
}

impl Document<'_> {
    /// The root element.
    pub fn root(&self) -> Element<'_> {
        Element {
            document: self,
            n: ROOT + 1,
        }
    }
}

impl<'d> Element<'d> {
    pub(super) fn new(document: &'d Document<'d>, n: u32) -> Self {
        Element { document, n }
    }

    /// The element of a number that [`Element::number`] gave.
    pub fn of_number(document: &'d Document<'d>, number: u32) -> Option<Self> {
        let n = number;
        let known = (n as usize) < document.node_count();
        (known && document.name_of(n).is_some()).then_some(Element { document, n })
    }

    /// Number of the element in its document.
    pub fn number(&self) -> u32 {
        self.n
    }

    /// Number of its name, see [`Document::name`].
    pub fn name_number(&self) -> u32 {
        self.document.node(self.n).name
    }

    /// Local name.
    pub fn local_name(&self) -> &'d str {
        let names = self.document.names();
        names.local(self.document.node(self.n).name)
    }

    /// Namespace; empty for none.
    pub fn namespace(&self) -> &'d str {
        let names = self.document.names();
        names.space(self.document.node(self.n).name)
    }

    /// Name as written, with its prefix.
    pub fn written_name(&self) -> &'d str {
        self.document.written_name(self.n)
    }

    /// Whether the element has this namespace and local name.
    pub fn is(&self, namespace: &str, local: &str) -> bool {
        self.local_name() == local && self.namespace() == namespace
    }

    /// Value of an attribute.
    pub fn attribute(&self, namespace: &str, local: &str) -> Option<&'d str> {
        self.attributes()
            .find(|a| a.local_name() == local && a.namespace() == namespace)
            .map(|a| a.value())
    }

    /// Attributes, as written from left to right.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'d>> + Clone + use<'d> {
        let document = self.document;
        let node = document.node(self.n);
        (node.attrs..node.attrs + node.attr_count).map(move |a| Attribute {
            document,
            a: a | ATTRIBUTE,
        })
    }

    /// Children, elements and texts.
    pub fn children(&self) -> impl Iterator<Item = Child<'d>> + use<'d> {
        let document = self.document;
        let end = document.node(self.n).end;
        let mut c = self.n + 1;
        std::iter::from_fn(move || {
            let n = (c < end).then_some(c)?;
            let node = document.node(n);
            c = node.end;
            Some(if node.name == TEXT {
                Child::Text(document.text(n))
            } else {
                Child::Element(Element { document, n })
            })
        })
    }

    /// Child elements.
    pub fn elements(&self) -> impl Iterator<Item = Element<'d>> + use<'d> {
        self.children().filter_map(|c| match c {
            Child::Element(e) => Some(e),
            Child::Text(_) => None,
        })
    }

    /// All texts below, joined.
    pub fn text(&self) -> String {
        self.document.string_value(self.n).to_string()
    }

    /// Namespace bound to a prefix here; the empty prefix is the default namespace.
    pub fn namespace_of(&self, prefix: &str) -> Option<&'d str> {
        self.document.namespace_of(self.n, prefix)
    }

    /// Line and column, from 1, of the start tag.
    pub fn position(&self) -> (u32, u32) {
        self.document.position_of(self.n)
    }

    /// A path that a reader can follow: `/a/b[2]`.
    pub fn location(&self) -> String {
        self.document.location(self.n).0
    }
}

impl<'d> Attribute<'d> {
    /// Number of its name, see [`Document::name`].
    pub fn name_number(&self) -> u32 {
        self.document.attr(self.a).name
    }

    /// Local name.
    pub fn local_name(&self) -> &'d str {
        let names = self.document.names();
        names.local(self.document.attr(self.a).name)
    }

    /// Namespace; empty for none.
    pub fn namespace(&self) -> &'d str {
        let names = self.document.names();
        names.space(self.document.attr(self.a).name)
    }

    /// Value, normalised as XML 1.0 asks.
    pub fn value(&self) -> &'d str {
        self.document.attr_value(self.a)
    }

    /// Line on which the value begins, from 1.
    pub fn line(&self) -> u32 {
        self.document.line_of_value(self.a)
    }
}
