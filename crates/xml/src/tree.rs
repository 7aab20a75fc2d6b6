//! A read-only XML tree in one allocation per kind, that remembers what its
//! reader has read, so that what was *not* read can be listed.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{fault, is_xml_char, rules};
use dcc_base::problem::{Problem, Problems, Rule};

/// Bounds of what a reader accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest text, in bytes once decoded. Default 50 MB.
    pub max_bytes: usize,
    /// Deepest nesting of elements. Default 128.
    pub max_depth: usize,
    /// Most elements and texts. Default 2 millions.
    pub max_nodes: usize,
    /// Most namespace declarations in force at one place. Default 256.
    pub max_namespaces: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_bytes: 50_000_000,
            max_depth: 128,
            max_nodes: 2_000_000,
            max_namespaces: 256,
        }
    }
}

/// Namespaces that matter to a CDA document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ns {
    /// `urn:hl7-org:v3`
    Hl7,
    /// `urn:hl7-org:sdtc`
    Sdtc,
    /// `http://www.w3.org/2001/XMLSchema-instance`
    Xsi,
    /// No namespace.
    None,
    /// Any other.
    Other,
}

impl Ns {
    fn of(uri: &str) -> Ns {
        match uri {
            "urn:hl7-org:v3" => Ns::Hl7,
            "urn:hl7-org:sdtc" => Ns::Sdtc,
            "http://www.w3.org/2001/XMLSchema-instance" => Ns::Xsi,
            "" => Ns::None,
            _ => Ns::Other,
        }
    }
}

/// An element or a text of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

const NONE: u32 = u32::MAX;

#[derive(Debug)]
struct Node<'a> {
    /// Local name; empty for a text.
    name: &'a str,
    ns: Ns,
    seen: Cell<bool>,
    parent: u32,
    first_child: u32,
    next: u32,
    /// Attributes of an element; for a text, its index.
    attrs: u32,
    /// For a text, 1 when it was written as a reference.
    attr_count: u32,
}

/// An attribute; namespace declarations are not kept.
#[derive(Debug)]
pub struct Attr<'a> {
    /// Local name.
    pub name: &'a str,
    /// Namespace ([`Ns::None`] for an unprefixed attribute).
    pub ns: Ns,
    /// Normalised value.
    pub value: Cow<'a, str>,
    seen: Cell<bool>,
}

/// A parsed document. Comments and processing instructions are not kept.
#[derive(Debug)]
pub struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    attrs: Vec<Attr<'a>>,
    texts: Vec<Cow<'a, str>>,
    ids: OnceCell<HashMap<&'a str, NodeId>>,
    /// Rank of each node among its siblings of the same name, 0 when it is alone.
    ranks: OnceCell<Vec<u32>>,
}

impl<'a> Tree<'a> {
    /// Parses `text`.
    ///
    /// # Errors
    /// `XML-FORME`, `XML-DTD`, `XML-LIMITE`, `XML-CARACTERE`, with line and column.
    pub fn parse(text: &'a str, limits: &Limits) -> Result<Self, Problems> {
        Builder::new(text, limits)?.run()
    }

    /// The document element.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// Local name; empty for a text.
    pub fn name(&self, id: NodeId) -> &'a str {
        self.nodes[id.0 as usize].name
    }

    /// Namespace of an element.
    pub fn ns(&self, id: NodeId) -> Ns {
        self.nodes[id.0 as usize].ns
    }

    /// True for a text node.
    pub fn is_text(&self, id: NodeId) -> bool {
        self.name(id).is_empty()
    }

    /// The parent, none for the document element.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        let parent = self.nodes[id.0 as usize].parent;
        (parent != NONE).then_some(NodeId(parent))
    }

    /// Children, texts included, in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut next = self.nodes[id.0 as usize].first_child;
        std::iter::from_fn(move || {
            if next == NONE {
                return None;
            }
            let id = NodeId(next);
            next = self.nodes[next as usize].next;
            Some(id)
        })
    }

    /// Child elements of the HL7 namespace named `name`.
    pub fn elements<'s>(&'s self, id: NodeId, name: &'s str) -> impl Iterator<Item = NodeId> + 's {
        self.children(id).filter(move |&c| self.is(c, name))
    }

    /// The first child element named `name`.
    pub fn element(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.children(id).find(|&c| self.is(c, name))
    }

    /// The first element down a path of names.
    pub fn path(&self, id: NodeId, names: &[&str]) -> Option<NodeId> {
        names.iter().try_fold(id, |id, name| self.element(id, name))
    }

    /// True for an element named `name` (HL7 or sdtc namespace).
    pub fn is(&self, id: NodeId, name: &str) -> bool {
        let node = &self.nodes[id.0 as usize];
        node.name == name && matches!(node.ns, Ns::Hl7 | Ns::Sdtc)
    }

    /// Attributes of an element.
    pub fn attrs(&self, id: NodeId) -> &[Attr<'a>] {
        let node = &self.nodes[id.0 as usize];
        if node.name.is_empty() {
            return &[];
        }
        &self.attrs[node.attrs as usize..(node.attrs + node.attr_count) as usize]
    }

    /// Value of an unprefixed attribute, without marking it as read.
    pub fn peek(&self, id: NodeId, name: &str) -> Option<&str> {
        self.attrs(id)
            .iter()
            .find(|a| a.name == name && a.ns == Ns::None)
            .map(|a| &*a.value)
    }

    /// Value of an unprefixed attribute, now read.
    pub fn attr(&self, id: NodeId, name: &str) -> Option<&str> {
        self.attr_ns(id, Ns::None, name)
    }

    /// Value of an attribute of a namespace, now read.
    pub fn attr_ns(&self, id: NodeId, ns: Ns, name: &str) -> Option<&str> {
        let attr = self
            .attrs(id)
            .iter()
            .find(|a| a.name == name && a.ns == ns)?;
        attr.seen.set(true);
        Some(&attr.value)
    }

    /// The content of a text node.
    pub fn text(&self, id: NodeId) -> &str {
        let node = &self.nodes[id.0 as usize];
        if node.name.is_empty() {
            &self.texts[node.attrs as usize]
        } else {
            ""
        }
    }

    /// True for a text written as a reference (`&#10;`), which is never
    /// the indentation of the document.
    pub fn is_reference(&self, id: NodeId) -> bool {
        let node = &self.nodes[id.0 as usize];
        node.name.is_empty() && node.attr_count > 0
    }

    /// All the text below an element, now read.
    pub fn text_of(&self, id: NodeId) -> String {
        let mut out = String::new();
        self.collect_text(id, &mut out);
        out
    }

    fn collect_text(&self, id: NodeId, out: &mut String) {
        self.mark(id);
        out.push_str(self.text(id));
        for child in self.children(id) {
            self.collect_text(child, out);
        }
    }

    /// Marks a node as read (not its attributes, nor its children).
    pub fn mark(&self, id: NodeId) {
        self.nodes[id.0 as usize].seen.set(true);
    }

    /// Marks a node as read, with all that it holds.
    pub fn mark_all(&self, id: NodeId) {
        self.mark(id);
        for attr in self.attrs(id) {
            attr.seen.set(true);
        }
        for child in self.children(id) {
            self.mark_all(child);
        }
    }

    /// True when the node was marked as read.
    pub fn is_seen(&self, id: NodeId) -> bool {
        self.nodes[id.0 as usize].seen.get()
    }

    /// Attributes of an element that were not read.
    pub fn unseen_attrs(&self, id: NodeId) -> impl Iterator<Item = &Attr<'a>> {
        self.attrs(id).iter().filter(|a| !a.seen.get())
    }

    /// The element with this `ID` (the first, should several have it).
    pub fn by_id(&self, id: &str) -> Option<NodeId> {
        self.id_index().get(id).copied()
    }

    /// The first element whose `ID` is `wanted`.
    pub fn by_id_where(&self, wanted: impl Fn(&str) -> bool) -> Option<NodeId> {
        self.id_index()
            .iter()
            .filter(|(id, _)| wanted(id))
            .map(|(_, &node)| node)
            .min()
    }

    fn id_index(&self) -> &HashMap<&'a str, NodeId> {
        self.ids.get_or_init(|| {
            let mut ids = HashMap::new();
            for (i, node) in self.nodes.iter().enumerate() {
                let id = NodeId(i as u32);
                if node.attr_count > 0
                    && let Some(attr) = self
                        .attrs(id)
                        .iter()
                        .find(|a| a.name == "ID" && a.ns == Ns::None)
                    && let Cow::Borrowed(value) = attr.value
                {
                    ids.entry(value).or_insert(id);
                }
            }
            ids
        })
    }

    /// Number of elements and texts.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never true: a document has a root.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Path of a node, `/ClinicalDocument/author[2]/time`, a rank where a
    /// sibling has the same name. The first call counts the ranks of the whole
    /// tree, once; each call then costs the depth of the node.
    pub fn path_of(&self, id: NodeId) -> String {
        let ranks = self.ranks.get_or_init(|| self.count_ranks());
        let mut ancestors = vec![id];
        while let Some(parent) = self.parent(ancestors[ancestors.len() - 1]) {
            ancestors.push(parent);
        }
        let mut path = String::new();
        for &id in ancestors.iter().rev() {
            path.push('/');
            path.push_str(match self.name(id) {
                "" => "text()",
                name => name,
            });
            let rank = ranks[id.0 as usize];
            if rank > 0 {
                path.push('[');
                path.push_str(&rank.to_string());
                path.push(']');
            }
        }
        path
    }

    fn count_ranks(&self) -> Vec<u32> {
        let mut ranks = vec![0; self.nodes.len()];
        let mut by_name: HashMap<&str, (NodeId, u32)> = HashMap::new();
        for index in 0..self.nodes.len() {
            by_name.clear();
            for child in self.children(NodeId(index as u32)) {
                let (first, count) = by_name.entry(self.name(child)).or_insert((child, 0));
                *count += 1;
                if *count > 1 {
                    ranks[first.0 as usize] = 1;
                    ranks[child.0 as usize] = *count;
                }
            }
        }
        ranks
    }
}

struct Builder<'a, 'l> {
    text: &'a str,
    limits: &'l Limits,
    tree: Tree<'a>,
    /// Open elements: node, last child, number of bindings before it.
    open: Vec<(u32, u32, usize)>,
    bindings: Vec<(&'a str, Ns)>,
    default_ns: Ns,
    /// Prefixed attributes of the element being read, and their prefixes.
    prefixed: Vec<(usize, &'a str)>,
}

impl<'a, 'l> Builder<'a, 'l> {
    fn new(text: &'a str, limits: &'l Limits) -> Result<Self, Problems> {
        if text.len() > limits.max_bytes {
            return Err(Problem::new(&rules::LIMIT, "")
                .found(format!("{} octets", text.len()))
                .allowed([format!("{} octets au plus", limits.max_bytes)])
                .into());
        }
        let nodes = text.len() / 40;
        Ok(Builder {
            text,
            limits,
            tree: Tree {
                nodes: Vec::with_capacity(nodes),
                attrs: Vec::with_capacity(nodes),
                texts: Vec::with_capacity(nodes / 2),
                ids: OnceCell::new(),
                ranks: OnceCell::new(),
            },
            open: Vec::with_capacity(32),
            bindings: Vec::new(),
            default_ns: Ns::None,
            prefixed: Vec::new(),
        })
    }

    fn run(mut self) -> Result<Tree<'a>, Problems> {
        let mut reader = Reader::from_str(self.text);
        let mut done = false;
        loop {
            let before = reader.buffer_position() as usize;
            let event = reader.read_event().map_err(|e| {
                self.problem(&rules::MALFORMED, reader.error_position() as usize)
                    .found(fault::french(&e))
            })?;
            let at = before;
            match event {
                Event::Start(start) | Event::Empty(start) if done => {
                    return Err(self
                        .problem(&rules::MALFORMED, at)
                        .found(format!("<{}>", start.name().0))
                        .message("Le document XML a plus d'un élément racine")
                        .into());
                }
                Event::Start(start) => self.start(&start, at)?,
                Event::Empty(start) => {
                    self.start(&start, at)?;
                    self.end();
                    done = self.open.is_empty();
                }
                Event::End(_) => {
                    self.end();
                    done = self.open.is_empty();
                }
                Event::Text(text) => {
                    let raw = slice(self.text, &text);
                    self.push_text(
                        raw.map_or_else(|| Cow::Owned(text.to_string()), Cow::Borrowed),
                        false,
                        at,
                    )?;
                }
                Event::CData(data) => {
                    let raw = slice(self.text, &data);
                    self.push_text(
                        raw.map_or_else(|| Cow::Owned(data.to_string()), Cow::Borrowed),
                        false,
                        at,
                    )?;
                }
                Event::GeneralRef(reference) => {
                    let c = match reference.resolve_char_ref() {
                        Ok(Some(c)) => Some(c),
                        Ok(None) => match &*reference {
                            "lt" => Some('<'),
                            "gt" => Some('>'),
                            "amp" => Some('&'),
                            "apos" => Some('\''),
                            "quot" => Some('"'),
                            _ => None,
                        },
                        Err(_) => None,
                    };
                    let Some(c) = c else {
                        return Err(self
                            .problem(&rules::DTD, at)
                            .found(format!("&{};", &*reference))
                            .into());
                    };
                    if !is_xml_char(c) {
                        return Err(self
                            .problem(&rules::CHARACTER, at)
                            .found(format!("&{};", &*reference))
                            .into());
                    }
                    self.push_text(Cow::Owned(c.to_string()), true, at)?;
                }
                Event::DocType(_) => {
                    return Err(self.problem(&rules::DTD, at).found("<!DOCTYPE>").into());
                }
                Event::Eof => break,
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
        if !self.open.is_empty() || self.tree.nodes.is_empty() {
            let found = self.open.last().map_or_else(
                || "document vide".to_owned(),
                |o| format!("fin du texte dans <{}>", self.tree.nodes[o.0 as usize].name),
            );
            return Err(self
                .problem(&rules::MALFORMED, self.text.len())
                .found(found)
                .into());
        }
        Ok(self.tree)
    }

    fn problem(&self, rule: &'static Rule, at: usize) -> Problem {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &self.text[..at];
        let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        Problem::new(rule, format!("ligne {line}, colonne {column}"))
    }

    fn start(&mut self, start: &BytesStart<'_>, at: usize) -> Result<(), Problems> {
        if self.open.len() >= self.limits.max_depth {
            return Err(self
                .problem(&rules::LIMIT, at)
                .found(format!("profondeur {}", self.open.len() + 1))
                .allowed([format!("profondeur {} au plus", self.limits.max_depth)])
                .into());
        }
        let before = self.bindings.len();
        let first_attr = self.tree.attrs.len();
        self.prefixed.clear();
        // quick-xml's own check for doubles is quadratic
        let mut attributes = start.attributes();
        for attr in attributes.with_checks(false) {
            let attr = attr.map_err(|e| {
                self.problem(&rules::MALFORMED, at)
                    .found(fault::attribute(&e))
            })?;
            let key = slice(self.text, attr.key.0).unwrap_or_default();
            let raw = slice(self.text, &attr.value).unwrap_or_default();
            let value = self.attr_value(raw, at)?;
            if key.starts_with("xmlns") {
                if key == "xmlns" {
                    let ns = Ns::of(&value);
                    self.bind("", ns, at)?;
                    self.default_ns = ns;
                    continue;
                }
                if let Some(prefix) = key.strip_prefix("xmlns:") {
                    self.bind(prefix, Ns::of(&value), at)?;
                    continue;
                }
            }
            let (name, ns) = match split_prefix(key) {
                (None, name) => (name, Ns::None),
                (Some(prefix), name) => {
                    // resolved below, once all bindings are known
                    self.prefixed.push((self.tree.attrs.len(), prefix));
                    (name, Ns::Other)
                }
            };
            self.tree.attrs.push(Attr {
                name,
                ns,
                value,
                seen: Cell::new(false),
            });
        }
        for i in 0..self.prefixed.len() {
            let (index, prefix) = self.prefixed[i];
            self.tree.attrs[index].ns = self.resolve(prefix, at)?;
        }
        self.refuse_doubled_attribute(first_attr, at)?;
        let qname = slice(self.text, start.name().0).unwrap_or_default();
        let (ns, name) = match split_prefix(qname) {
            (None, name) => (self.default_ns, name),
            (Some(prefix), name) => (self.resolve(prefix, at)?, name),
        };
        if name.is_empty() {
            return Err(self.problem(&rules::MALFORMED, at).found(qname).into());
        }
        let attr_count = (self.tree.attrs.len() - first_attr) as u32;
        let id = self.push(
            Node {
                name,
                ns,
                seen: Cell::new(false),
                parent: NONE,
                first_child: NONE,
                next: NONE,
                attrs: first_attr as u32,
                attr_count,
            },
            at,
        )?;
        self.open.push((id, NONE, before));
        Ok(())
    }

    /// Declares a prefix, within the limit.
    fn bind(&mut self, prefix: &'a str, ns: Ns, at: usize) -> Result<(), Problems> {
        if self.bindings.len() >= self.limits.max_namespaces {
            let most = self.limits.max_namespaces;
            return Err(self
                .problem(&rules::LIMIT, at)
                .found(format!("{} espaces de noms", most + 1))
                .allowed([format!("{most} espaces de noms au plus")])
                .into());
        }
        self.bindings.push((prefix, ns));
        Ok(())
    }

    /// Refuses an attribute given twice among those from `first` on: side by
    /// side when they are few, sorted when they are many.
    fn refuse_doubled_attribute(&self, first: usize, at: usize) -> Result<(), Problems> {
        const FEW: usize = 16;
        let attrs = &self.tree.attrs[first..];
        // two attributes of other namespaces may well be two
        let key = |attr: &Attr<'a>| (attr.ns != Ns::Other).then_some((attr.ns as u8, attr.name));
        let doubled = if attrs.len() <= FEW {
            let earlier = |i: usize| attrs[..i].iter().any(|a| key(a) == key(&attrs[i]));
            (1..attrs.len()).find(|&i| key(&attrs[i]).is_some() && earlier(i))
        } else {
            let mut seen = HashSet::with_capacity(attrs.len());
            (0..attrs.len()).find(|&i| key(&attrs[i]).is_some_and(|key| !seen.insert(key)))
        };
        match doubled {
            None => Ok(()),
            Some(i) => {
                let found = format!("attribut {} donné deux fois", attrs[i].name);
                Err(self.problem(&rules::MALFORMED, at).found(found).into())
            }
        }
    }

    fn end(&mut self) {
        if let Some((_, _, bindings)) = self.open.pop()
            && self.bindings.len() > bindings
        {
            self.bindings.truncate(bindings);
            self.default_ns = self
                .bindings
                .iter()
                .rev()
                .find(|b| b.0.is_empty())
                .map_or(Ns::None, |b| b.1);
        }
    }

    fn resolve(&self, prefix: &str, at: usize) -> Result<Ns, Problems> {
        if prefix == "xml" {
            return Ok(Ns::Other);
        }
        self.bindings
            .iter()
            .rev()
            .find(|b| b.0 == prefix)
            .map(|b| b.1)
            .ok_or_else(|| {
                self.problem(&rules::MALFORMED, at)
                    .message("Un préfixe d'espace de noms n'est pas déclaré")
                    .found(prefix)
                    .into()
            })
    }

    fn attr_value(&self, raw: &'a str, at: usize) -> Result<Cow<'a, str>, Problems> {
        if !holds(raw, |b| matches!(b, b'&' | 0..=0x1F | 0xEF)) {
            return Ok(Cow::Borrowed(raw));
        }
        self.check_chars(raw, at)?;
        let spaced: Cow<'a, str> = if raw.contains(['\t', '\n', '\r']) {
            Cow::Owned(raw.replace("\r\n", " ").replace(['\t', '\n', '\r'], " "))
        } else {
            Cow::Borrowed(raw)
        };
        if !spaced.contains('&') {
            return Ok(spaced);
        }
        let value = quick_xml::escape::unescape(&spaced)
            .map_err(|e| {
                self.problem(&rules::MALFORMED, at)
                    .found(fault::french(&e.into()))
            })?
            .into_owned();
        self.check_chars(&value, at)?;
        Ok(Cow::Owned(value))
    }

    fn check_chars(&self, text: &str, at: usize) -> Result<(), Problems> {
        match text.chars().find(|&c| !is_xml_char(c)) {
            None => Ok(()),
            Some(c) => Err(self
                .problem(&rules::CHARACTER, at)
                .found(format!("U+{:04X}", c as u32))
                .into()),
        }
    }

    fn push_text(
        &mut self,
        mut text: Cow<'a, str>,
        is_reference: bool,
        at: usize,
    ) -> Result<(), Problems> {
        if self.open.is_empty() {
            return if text.trim().is_empty() {
                Ok(())
            } else {
                Err(self
                    .problem(&rules::MALFORMED, at)
                    .found(text.trim().chars().take(40).collect::<String>())
                    .into())
            };
        }
        if holds(&text, |b| matches!(b, 0..=0x1F | 0xEF)) {
            self.check_chars(&text, at)?;
            if text.contains('\r') && !is_reference {
                text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
            }
        }
        let index = self.tree.texts.len() as u32;
        self.tree.texts.push(text);
        self.push(
            Node {
                name: "",
                ns: Ns::None,
                seen: Cell::new(false),
                parent: NONE,
                first_child: NONE,
                next: NONE,
                attrs: index,
                attr_count: u32::from(is_reference),
            },
            at,
        )?;
        Ok(())
    }

    fn push(&mut self, mut node: Node<'a>, at: usize) -> Result<u32, Problems> {
        let id = self.tree.nodes.len();
        if id >= self.limits.max_nodes.min(NONE as usize) {
            return Err(self
                .problem(&rules::LIMIT, at)
                .found(format!("{} nœuds", id + 1))
                .allowed([format!("{} nœuds au plus", self.limits.max_nodes)])
                .into());
        }
        let id = id as u32;
        if let Some((parent, last, _)) = self.open.last_mut() {
            node.parent = *parent;
            if *last == NONE {
                self.tree.nodes[*parent as usize].first_child = id;
            } else {
                self.tree.nodes[*last as usize].next = id;
            }
            *last = id;
        }
        self.tree.nodes.push(node);
        Ok(id)
    }
}

/// True when some byte is wanted. No early exit, so that it vectorises.
fn holds(text: &str, wanted: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |found, b| found | wanted(b))
}

/// Prefix and local name; names are short, a search would cost more.
fn split_prefix(name: &str) -> (Option<&str>, &str) {
    match name.bytes().position(|b| b == b':') {
        None => (None, name),
        Some(at) => (Some(&name[..at]), &name[at + 1..]),
    }
}

/// `part`, which quick-xml cut out of `text`, with the lifetime of `text`.
fn slice<'a>(text: &'a str, part: &str) -> Option<&'a str> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    text.get(start..start.checked_add(part.len())?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Tree<'_> {
        Tree::parse(text, &Limits::default()).unwrap()
    }

    fn code(text: &str) -> &'static str {
        Tree::parse(text, &Limits::default())
            .unwrap_err()
            .iter()
            .next()
            .unwrap()
            .code
    }

    #[test]
    fn any_prefix_comments_cdata_and_references() {
        let t = tree(
            "<?xml version='1.0'?><!-- c --><h:a xmlns:h='urn:hl7-org:v3' xmlns:x='http://www.w3.org/2001/XMLSchema-instance' \
             x:type='CD' k='1&amp;&#233;'><h:b>un<![CDATA[ <deux>]]> &lt;&#x33;</h:b><h:b/></h:a>",
        );
        let root = t.root();
        assert!(t.is(root, "a"));
        assert_eq!(t.attr_ns(root, Ns::Xsi, "type"), Some("CD"));
        assert_eq!(t.attr(root, "k"), Some("1&é"));
        let b: Vec<_> = t.elements(root, "b").collect();
        assert_eq!(t.text_of(b[0]), "un <deux> <3");
        assert_eq!(t.path_of(b[1]), "/a/b[2]");
        assert!(t.is_seen(b[0]) && !t.is_seen(b[1]));
    }

    #[test]
    fn default_namespace_is_restored() {
        let t = tree("<a xmlns='urn:hl7-org:v3'><b xmlns='urn:hl7-org:sdtc'/><c/></a>");
        let names: Vec<_> = t.children(t.root()).map(|c| t.ns(c)).collect();
        assert_eq!(names, [Ns::Sdtc, Ns::Hl7]);
    }

    #[test]
    fn refusals_say_where() {
        assert_eq!(
            code("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"),
            "XML-DTD"
        );
        assert_eq!(code("<a>&inconnue;</a>"), "XML-DTD");
        assert_eq!(code("<a><b></a>"), "XML-FORME");
        assert_eq!(code("<a>"), "XML-FORME");
        assert_eq!(code(""), "XML-FORME");
        assert_eq!(code("<a/><b/>"), "XML-FORME");
        assert_eq!(code("<p:a/>"), "XML-FORME");
        assert_eq!(code("<a>&#1;</a>"), "XML-CARACTERE");
        assert_eq!(code("<a k='\u{1}'/>"), "XML-CARACTERE");
        assert_eq!(code("<a k='1' k='2'/>"), "XML-FORME");
        let deep = "<a>".repeat(200);
        assert_eq!(code(&deep), "XML-LIMITE");
        let e = Tree::parse("<a>\n  <b></c></a>", &Limits::default()).unwrap_err();
        assert!(e.iter().next().unwrap().path.starts_with("ligne 2"), "{e}");
    }

    #[test]
    fn many_attributes_are_compared_and_a_double_is_found_among_them() {
        let many: String = (0..20_000).map(|i| format!(" a{i}='{i}'")).collect();
        let text = format!("<r xmlns:x='urn:x' x:a1='' {many}/>");
        let tree = Tree::parse(&text, &Limits::default()).unwrap();
        assert_eq!(tree.peek(tree.root(), "a19999"), Some("19999"));
        let text = format!("<r {many} a7='again'/>");
        let refused = Tree::parse(&text, &Limits::default()).unwrap_err();
        assert!(refused.to_string().contains("a7"), "{refused}");
    }

    #[test]
    fn a_prefix_stands_by_itself_whatever_comes_before_it() {
        let text = "<r xmlns:x='http://www.w3.org/2001/XMLSchema-instance' a='1'\nx:type='T'/>";
        let tree = Tree::parse(text, &Limits::default()).unwrap();
        assert_eq!(tree.attr_ns(tree.root(), Ns::Xsi, "type"), Some("T"));
        let text = "<r xmlns:x='urn:hl7-org:v3' xmlns:y='urn:hl7-org:v3' x:a='1' y:a='2'/>";
        assert!(Tree::parse(text, &Limits::default()).is_err());
    }

    #[test]
    fn declarations_of_namespaces_are_bounded() {
        let limits = Limits::default();
        let declare = |count: usize| {
            let all: String = (0..count)
                .map(|i| format!(" xmlns:p{i}='urn:{i}'"))
                .collect();
            format!("<r{all}><p0:e/></r>")
        };
        let text = declare(limits.max_namespaces);
        assert!(Tree::parse(&text, &limits).is_ok());
        let text = declare(limits.max_namespaces + 1);
        let refused = Tree::parse(&text, &limits).unwrap_err();
        assert_eq!(refused.iter().next().unwrap().code, "XML-LIMITE");
    }

    #[test]
    fn a_path_has_a_rank_only_where_a_sibling_has_its_name() {
        let text = "<r><a/><b>t</b><a><c/></a></r>";
        let tree = Tree::parse(text, &Limits::default()).unwrap();
        let all: Vec<String> = (0..tree.len())
            .map(|i| tree.path_of(NodeId(i as u32)))
            .collect();
        assert_eq!(
            all,
            [
                "/r",
                "/r/a[1]",
                "/r/b",
                "/r/b/text()",
                "/r/a[2]",
                "/r/a[2]/c"
            ]
        );
    }
}
