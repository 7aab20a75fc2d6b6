//! The arena of a document.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::OnceLock;

use crate::names::Names;
use crate::text::Text;

/// Namespace of the prefix `xml`.
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// The document node.
pub(crate) const ROOT: u32 = 0;
/// Name of a text node.
pub(crate) const TEXT: u32 = u32::MAX - 1;
/// Name of the document node.
pub(crate) const NO_NAME: u32 = u32::MAX - 2;
/// Set in the number of a node that is an attribute.
pub(crate) const ATTRIBUTE: u32 = 1 << 31;

/// The bit of a name in the masks of [`Node`].
pub(crate) fn bit(name: u32) -> u64 {
    1 << (name & 63)
}

/// A piece of the text of a document: of its source, or of the texts made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(super) start: u32,
    pub(super) len: u32,
}

/// Set in [`Piece::start`] when the piece is among the texts made anew.
pub(super) const MADE: u32 = 1 << 31;

/// An element, a text or the document. Numbers are in document order, so a subtree is a range.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Name of the element, or [`TEXT`], or [`NO_NAME`].
    pub(crate) name: u32,
    pub(crate) parent: u32,
    /// First number after the subtree.
    pub(crate) end: u32,
    pub(crate) attrs: u32,
    pub(crate) attr_count: u32,
    /// The name as written, or the text.
    pub(super) piece: Piece,
    /// Offset in the source.
    pub(super) at: u32,
    /// Bits of the names of the attributes.
    pub(crate) attr_mask: u64,
    /// Bits of the names of the child elements.
    pub(crate) child_mask: u64,
}

#[derive(Debug, Clone)]
pub(crate) struct Attr {
    pub(crate) name: u32,
    pub(crate) owner: u32,
    /// The name as written.
    pub(super) qname: Piece,
    pub(super) value: Piece,
}

/// A namespace declared on an element.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    pub(super) element: u32,
    pub(super) prefix: Piece,
    pub(super) space: u32,
}

/// For each name, the sorted numbers of what has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Occurrences {
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Occurrences {
    pub(super) fn new(names: usize, all: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0u32; names + 1];
        for (name, _) in all.clone() {
            starts[name as usize + 1] += 1;
        }
        for i in 0..names {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut numbers = vec![0; starts[names] as usize];
        for (name, number) in all {
            let at = &mut next[name as usize];
            numbers[*at as usize] = number;
            *at += 1;
        }
        Occurrences { starts, numbers }
    }

    fn of(&self, name: u32) -> &[u32] {
        match self.starts.get(name as usize + 1) {
            Some(&end) => &self.numbers[self.starts[name as usize] as usize..end as usize],
            None => &[],
        }
    }
}

/// An XML document, read once and never changed.
///
/// ```
/// use dcc_schematron::{Document, Limits};
/// let document = Document::parse(b"<a xmlns='urn:x'><b c='1'>text</b></a>", &Limits::default())?;
/// let b = document.root().elements().next().unwrap();
/// assert_eq!((b.local_name(), b.namespace(), b.attribute("", "c")), ("b", "urn:x", Some("1")));
/// # Ok::<(), dcc_schematron::XmlError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Document<'s> {
    pub(super) source: Cow<'s, str>,
    pub(super) made: String,
    pub(super) nodes: Vec<Node>,
    pub(super) attrs: Vec<Attr>,
    pub(super) names: Names,
    pub(super) declared: Vec<Declared>,
    /// Empty CDATA sections: number of the next node, element that holds them.
    pub(super) empty_cdata: Vec<(u32, u32)>,
    pub(super) elements: Occurrences,
    pub(super) owners: Occurrences,
    pub(super) lines: OnceLock<Vec<u32>>,
}

impl<'s> Document<'s> {
    /// The same document, free of the bytes it was read from.
    pub fn into_owned(self) -> Document<'static> {
        Document {
            source: Cow::Owned(self.source.into_owned()),
            made: self.made,
            nodes: self.nodes,
            attrs: self.attrs,
            names: self.names,
            declared: self.declared,
            empty_cdata: self.empty_cdata,
            elements: self.elements,
            owners: self.owners,
            lines: self.lines,
        }
    }

    /// Size of the text of the document in bytes.
    pub fn text_len(&self) -> usize {
        self.source.len()
    }

    pub(super) fn piece(&self, piece: Piece) -> &str {
        let start = (piece.start & !MADE) as usize;
        let text = if piece.start & MADE == 0 {
            &*self.source
        } else {
            &self.made
        };
        &text[start..start + piece.len as usize]
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    pub(crate) fn node(&self, n: u32) -> &Node {
        &self.nodes[n as usize]
    }

    pub(crate) fn node_count(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn attr(&self, a: u32) -> &Attr {
        &self.attrs[(a & !ATTRIBUTE) as usize]
    }

    /// Elements of a name, in document order.
    pub(crate) fn elements_named(&self, name: u32) -> &[u32] {
        self.elements.of(name)
    }

    /// Elements that have an attribute of a name, in document order.
    pub(crate) fn owners_of(&self, name: u32) -> &[u32] {
        self.owners.of(name)
    }

    /// Number of the attribute of an element that has a name, with [`ATTRIBUTE`] set.
    pub(crate) fn attribute_named(&self, n: u32, name: u32) -> Option<u32> {
        let node = self.nodes.get(n as usize)?;
        if node.attr_mask & bit(name) == 0 {
            return None;
        }
        (node.attrs..node.attrs + node.attr_count)
            .find(|&a| self.attrs[a as usize].name == name)
            .map(|a| a | ATTRIBUTE)
    }

    pub(crate) fn attr_value(&self, a: u32) -> &str {
        self.piece(self.attr(a).value)
    }

    pub(crate) fn text(&self, n: u32) -> &str {
        self.piece(self.nodes[n as usize].piece)
    }

    pub(crate) fn parent(&self, n: u32) -> Option<u32> {
        if n & ATTRIBUTE != 0 {
            Some(self.attr(n).owner)
        } else if n == ROOT {
            None
        } else {
            Some(self.nodes[n as usize].parent)
        }
    }

    /// Name of an element or attribute.
    pub(crate) fn name_of(&self, n: u32) -> Option<u32> {
        let name = if n & ATTRIBUTE != 0 {
            self.attr(n).name
        } else {
            self.nodes[n as usize].name
        };
        (name < NO_NAME).then_some(name)
    }

    /// Name as written, with its prefix; empty for texts and the document.
    pub(crate) fn written_name(&self, n: u32) -> &str {
        if n & ATTRIBUTE != 0 {
            self.piece(self.attr(n).qname)
        } else if self.nodes[n as usize].name < NO_NAME {
            self.piece(self.nodes[n as usize].piece)
        } else {
            ""
        }
    }

    /// String value (XPath 2.0 data model): value, text, or all texts below.
    pub(crate) fn string_value(&self, n: u32) -> Text<'_> {
        if n & ATTRIBUTE != 0 {
            return Text::Borrowed(self.attr_value(n));
        }
        let node = &self.nodes[n as usize];
        if node.name == TEXT {
            return Text::Borrowed(self.piece(node.piece));
        }
        let mut texts = (n + 1..node.end).filter(|&m| self.nodes[m as usize].name == TEXT);
        let Some(first) = texts.next() else {
            return Text::Borrowed("");
        };
        let Some(second) = texts.next() else {
            return Text::Borrowed(self.text(first));
        };
        let mut all = String::from(self.text(first));
        all.push_str(self.text(second));
        texts.for_each(|t| all.push_str(self.text(t)));
        Text::Shared(Rc::from(all))
    }

    /// Namespace bound to a prefix at an element; the empty prefix is the default namespace.
    pub(crate) fn namespace_of(&self, mut n: u32, prefix: &str) -> Option<&str> {
        if prefix == "xml" {
            return Some(XML);
        }
        loop {
            let first = self.declared.partition_point(|d| d.element < n);
            let here = self.declared[first..].iter().take_while(|d| d.element == n);
            for d in here {
                if self.piece(d.prefix) == prefix {
                    let space = self.names.spaces.get(d.space);
                    return (prefix.is_empty() || !space.is_empty()).then_some(space);
                }
            }
            match self.parent(n) {
                Some(parent) => n = parent,
                None => return prefix.is_empty().then_some(""),
            }
        }
    }

    /// Line and column, from 1, of an offset in the source.
    pub(super) fn position(&self, at: u32) -> (u32, u32) {
        let at = at.min(self.source.len() as u32);
        let lines = self.lines.get_or_init(|| {
            let feeds = self.source.bytes().enumerate();
            feeds
                .filter(|&(_, b)| b == b'\n')
                .map(|(i, _)| i as u32 + 1)
                .collect()
        });
        let line = lines.partition_point(|&start| start <= at);
        let start = if line == 0 { 0 } else { lines[line - 1] };
        let column = self.source[start as usize..at as usize].chars().count();
        (line as u32 + 1, column as u32 + 1)
    }

    /// Line and column, from 1, where a node stands: an attribute stands where its element does.
    pub(crate) fn position_of(&self, n: u32) -> (u32, u32) {
        let owner = if n & ATTRIBUTE == 0 {
            n
        } else {
            self.attr(n).owner
        };
        self.position(self.nodes[owner as usize].at)
    }

    /// Line of the value of an attribute, from 1.
    pub(crate) fn line_of_value(&self, a: u32) -> u32 {
        let value = self.attr(a).value;
        if value.start & MADE == 0 {
            self.position(value.start).0
        } else {
            self.position_of(a).0
        }
    }

    /// A path that a reader can follow: `/a/b[2]`, local names, a rank only where a sibling has the same name.
    /// Also how many nodes were looked at for it.
    pub(crate) fn location(&self, mut n: u32) -> (String, u64) {
        let mut parts = Vec::new();
        let mut seen = 0;
        while let Some(parent) = self.parent(n) {
            let Some(name) = self.name_of(n) else {
                n = parent;
                continue;
            };
            let local = self.names.local(name);
            if n & ATTRIBUTE != 0 {
                parts.push(format!("/@{local}"));
                n = parent;
                continue;
            }
            let (mut before, mut same, mut c) = (0, 0, parent + 1);
            while c < self.nodes[parent as usize].end {
                if self.nodes[c as usize].name == name {
                    same += 1;
                    before += usize::from(c < n);
                }
                seen += 1;
                c = self.nodes[c as usize].end;
            }
            parts.push(if same > 1 {
                format!("/{local}[{}]", before + 1)
            } else {
                format!("/{local}")
            });
            n = parent;
        }
        parts.reverse();
        (parts.concat(), seen)
    }

    /// Number of distinct names of elements and attributes.
    pub fn name_count(&self) -> usize {
        self.names.len()
    }

    /// Namespace and local name of a number below [`Document::name_count`]; empty texts for any other.
    pub fn name(&self, number: u32) -> (&str, &str) {
        if (number as usize) < self.names.len() {
            (self.names.space(number), self.names.local(number))
        } else {
            ("", "")
        }
    }
}
