//! From bytes to the arena.

use std::sync::OnceLock;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::limits::Limits;
use crate::names::Names;

use super::attributes::Attributes;
use super::chars::{self, is_ncname};
use super::error::{XmlError, XmlErrorKind};
use super::tree::{
    Attr, Declared, Document, MADE, NO_NAME, Node, Occurrences, Piece, ROOT, TEXT, bit,
};

/// Namespace of the prefix `xml`.
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// Namespace of the prefix `xmlns`.
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

pub(super) fn parse<'s>(bytes: &'s [u8], limits: &Limits) -> Result<Document<'s>, XmlError> {
    let max = limits.max_bytes.min(1 << 30);
    let too_long = |len: usize| XmlError {
        kind: XmlErrorKind::Limit,
        line: 0,
        column: 0,
        found: format!("{len} bytes"),
    };
    if bytes.len() > max {
        return Err(too_long(bytes.len()));
    }
    let source = chars::decode(bytes)?;
    if source.len() > max {
        return Err(too_long(source.len()));
    }
    let mut builder = Builder::new(&source, limits);
    let outcome = builder.run();
    let (made, nodes, attrs, names, declared, empty_cdata) = builder.parts();
    let named = |(n, node): (usize, &Node)| (node.name < NO_NAME).then_some((node.name, n as u32));
    let mut document = Document {
        elements: Occurrences::default(),
        owners: Occurrences::default(),
        source,
        made,
        nodes,
        attrs,
        names,
        declared,
        empty_cdata,
        lines: OnceLock::new(),
    };
    if let Err(fault) = outcome {
        return Err(document.error(fault));
    }
    let count = document.names.len();
    let elements = document.nodes.iter().enumerate().filter_map(named);
    document.elements = Occurrences::new(count, elements);
    let owners = document.attrs.iter().map(|a| (a.name, a.owner));
    document.owners = Occurrences::new(count, owners);
    Ok(document)
}

/// A fault and its offset.
struct Fault {
    kind: XmlErrorKind,
    at: usize,
    found: String,
}

impl Document<'_> {
    fn error(&self, fault: Fault) -> XmlError {
        let mut at = fault.at.min(self.source.len());
        while !self.source.is_char_boundary(at) {
            at -= 1;
        }
        let (line, column) = self.position(at as u32);
        XmlError {
            kind: fault.kind,
            line,
            column,
            found: fault.found,
        }
    }
}

struct Open {
    node: u32,
    /// Number of bindings before the element.
    bindings: usize,
    context: u32,
}

struct Builder<'t> {
    text: &'t str,
    limits: &'t Limits,
    made: String,
    nodes: Vec<Node>,
    attrs: Vec<Attr>,
    names: Names,
    declared: Vec<Declared>,
    empty_cdata: Vec<(u32, u32)>,
    open: Vec<Open>,
    /// Bindings in force: prefix and namespace.
    bindings: Vec<(&'t str, u32)>,
    /// Number of the set of bindings in force, for `known`.
    context: u32,
    contexts: u32,
    /// Names of elements and attributes already resolved in a context.
    known: HashMap<(u32, bool, &'t str), u32, FixedState>,
    /// Whether the last node is a text that goes on.
    joins: bool,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, limits: &'t Limits) -> Self {
        let nodes = text.len() / 32 + 8;
        let mut builder = Builder {
            text,
            limits,
            made: String::new(),
            nodes: Vec::with_capacity(nodes.min(1 << 20)),
            attrs: Vec::with_capacity(nodes.min(1 << 20) / 2),
            names: Names::default(),
            declared: Vec::new(),
            empty_cdata: Vec::new(),
            open: Vec::with_capacity(32),
            bindings: Vec::new(),
            context: 0,
            contexts: 0,
            known: HashMap::default(),
            joins: false,
        };
        builder.nodes.push(Node {
            name: NO_NAME,
            parent: ROOT,
            end: 1,
            attrs: 0,
            attr_count: 0,
            piece: Piece { start: 0, len: 0 },
            at: 0,
            attr_mask: 0,
            child_mask: 0,
        });
        builder
    }

    #[allow(clippy::type_complexity)]
    fn parts(
        self,
    ) -> (
        String,
        Vec<Node>,
        Vec<Attr>,
        Names,
        Vec<Declared>,
        Vec<(u32, u32)>,
    ) {
        (
            self.made,
            self.nodes,
            self.attrs,
            self.names,
            self.declared,
            self.empty_cdata,
        )
    }

    fn fault<T>(&self, kind: XmlErrorKind, at: usize, found: &str) -> Result<T, Fault> {
        Err(Fault {
            kind,
            at,
            found: found.chars().take(60).collect(),
        })
    }

    fn malformed<T>(&self, at: usize, found: &str) -> Result<T, Fault> {
        self.fault(XmlErrorKind::Malformed, at, found)
    }

    fn run(&mut self) -> Result<(), Fault> {
        let text = self.text;
        if let Some(at) = chars::forbidden(text) {
            return self.fault(XmlErrorKind::Character, at, "");
        }
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_comments = true;
        let mut done = false;
        loop {
            let at = reader.buffer_position() as usize;
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(e) => {
                    return self.malformed(reader.error_position() as usize, &e.to_string());
                }
            };
            let after = reader.buffer_position() as usize;
            match event {
                Event::Start(_) | Event::Empty(_) if done => {
                    return self.malformed(at, "a second root element");
                }
                Event::Start(_) => self.start(at, &text[at + 1..after - 1])?,
                Event::Empty(_) => {
                    self.start(at, &text[at + 1..after - 2])?;
                    self.end();
                    done = self.open.is_empty();
                }
                Event::End(_) => {
                    self.end();
                    done = self.open.is_empty();
                }
                Event::Text(_) => self.characters(at, &text[at..after], false)?,
                Event::CData(_) => {
                    if self.open.is_empty() {
                        return self.malformed(at, "CDATA outside of the root element");
                    }
                    self.characters(at + 9, &text[at + 9..after - 3], true)?;
                }
                Event::GeneralRef(_) => self.reference(at, &text[at + 1..after - 1])?,
                Event::DocType(_) => return self.fault(XmlErrorKind::Dtd, at, "<!DOCTYPE"),
                Event::Decl(_) if at == 0 => {}
                Event::Decl(_) => return self.malformed(at, "a declaration inside the document"),
                Event::PI(pi) => {
                    if pi.target().eq_ignore_ascii_case("xml") || !is_ncname(pi.target()) {
                        return self.malformed(at, "name of a processing instruction");
                    }
                    self.joins = false;
                }
                Event::Comment(_) => self.joins = false,
                Event::Eof => break,
            }
        }
        if !self.open.is_empty() || !done {
            return self.malformed(text.len(), "end of the document");
        }
        self.nodes[ROOT as usize].end = self.nodes.len() as u32;
        Ok(())
    }

    fn piece(&self, text: &str) -> Piece {
        Piece {
            start: (text.as_ptr() as usize - self.text.as_ptr() as usize) as u32,
            len: text.len() as u32,
        }
    }

    fn start(&mut self, at: usize, tag: &'t str) -> Result<(), Fault> {
        if self.open.len() >= self.limits.max_depth {
            let found = format!("depth {}", self.open.len() + 1);
            return self.fault(XmlErrorKind::Limit, at, &found);
        }
        let name_end = (tag.bytes())
            .position(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'))
            .unwrap_or(tag.len());
        let (qname, rest) = tag.split_at(name_end);
        let n = self.nodes.len() as u32;
        let before = self.bindings.len();
        let outer = self.context;
        let attrs = self.attrs.len();
        for attribute in Attributes::new(rest) {
            let raw = match attribute {
                Ok(raw) => raw,
                Err(_) => return self.malformed(at, qname),
            };
            if self.attrs.len() - attrs >= self.limits.max_attributes {
                return self.fault(XmlErrorKind::Limit, at, "attributes of one element");
            }
            let value = self.attribute_value(at, raw.value)?;
            if raw.name.starts_with("xmlns") && self.declare(at, n, raw.name, value)? {
                continue;
            }
            self.attrs.push(Attr {
                // resolved below, once all bindings are known
                name: 0,
                owner: n,
                qname: self.piece(raw.name),
                value,
            });
        }
        if self.bindings.len() > before {
            self.check_bindings(at, before)?;
            self.contexts += 1;
            self.context = self.contexts;
        }
        let mut attr_mask = 0;
        for i in attrs..self.attrs.len() {
            let raw = self.raw(self.attrs[i].qname);
            let name = self.resolve(raw, true, at)?;
            let doubled = |a: &Attr| a.name == name;
            if attr_mask & bit(name) != 0 && self.attrs[attrs..i].iter().any(doubled) {
                return self.malformed(at, raw);
            }
            attr_mask |= bit(name);
            self.attrs[i].name = name;
        }
        let name = self.resolve(qname, false, at)?;
        let piece = self.piece(qname);
        self.push(at, name, piece)?;
        let node = &mut self.nodes[n as usize];
        node.attrs = attrs as u32;
        node.attr_count = (self.attrs.len() - attrs) as u32;
        node.attr_mask = attr_mask;
        let parent = node.parent;
        self.nodes[parent as usize].child_mask |= bit(name);
        self.open.push(Open {
            node: n,
            bindings: before,
            context: outer,
        });
        Ok(())
    }

    fn end(&mut self) {
        if let Some(open) = self.open.pop() {
            self.bindings.truncate(open.bindings);
            self.context = open.context;
            self.nodes[open.node as usize].end = self.nodes.len() as u32;
        }
        self.joins = false;
    }

    fn push(&mut self, at: usize, name: u32, piece: Piece) -> Result<(), Fault> {
        let n = self.nodes.len();
        if n > self.limits.max_nodes.min((1 << 30) - 1) {
            return self.fault(XmlErrorKind::Limit, at, &format!("{n} nodes"));
        }
        self.nodes.push(Node {
            name,
            parent: self.open.last().map_or(ROOT, |o| o.node),
            end: n as u32 + 1,
            attrs: 0,
            attr_count: 0,
            piece,
            at: at as u32,
            attr_mask: 0,
            child_mask: 0,
        });
        self.joins = name == TEXT;
        Ok(())
    }

    /// The text of a name, which always stands in the source.
    fn raw(&self, piece: Piece) -> &'t str {
        &self.text[piece.start as usize..(piece.start + piece.len) as usize]
    }

    /// Takes a namespace declaration; `false` when the attribute is not one.
    fn declare(&mut self, at: usize, n: u32, name: &'t str, value: Piece) -> Result<bool, Fault> {
        let prefix = match name.strip_prefix("xmlns") {
            Some("") => "",
            Some(rest) => match rest.strip_prefix(':') {
                Some(prefix) => prefix,
                None => return Ok(false),
            },
            None => return Ok(false),
        };
        let space = if value.start & MADE == 0 {
            self.raw(value)
        } else {
            &self.made[(value.start & !MADE) as usize..][..value.len as usize]
        };
        let wrong = match prefix {
            "xml" => space != XML,
            "xmlns" => true,
            "" => space == XML || space == XMLNS,
            _ => !is_ncname(prefix) || space.is_empty() || space == XML || space == XMLNS,
        };
        if wrong {
            return self.malformed(at, name);
        }
        let space = self.names.spaces.intern(space);
        self.bindings.push((prefix, space));
        self.declared.push(Declared {
            element: n,
            prefix: self.piece(&name[name.len() - prefix.len()..]),
            space,
        });
        Ok(true)
    }

    /// One element declares a prefix once.
    fn check_bindings(&self, at: usize, first: usize) -> Result<(), Fault> {
        let new = &self.bindings[first..];
        for (i, (prefix, _)) in new.iter().enumerate() {
            if i > self.limits.max_attributes {
                return self.fault(XmlErrorKind::Limit, at, "namespaces of one element");
            }
            if new[..i].iter().any(|(other, _)| other == prefix) {
                return self.malformed(at, prefix);
            }
        }
        Ok(())
    }

    fn resolve(&mut self, qname: &'t str, attribute: bool, at: usize) -> Result<u32, Fault> {
        let key = (self.context, attribute, qname);
        if let Some(&name) = self.known.get(&key) {
            return Ok(name);
        }
        let (prefix, local) = match qname.split_once(':') {
            Some((prefix, local)) if is_ncname(prefix) => (prefix, local),
            Some(_) => return self.malformed(at, qname),
            None => ("", qname),
        };
        if !is_ncname(local) {
            return self.malformed(at, qname);
        }
        let space = if prefix == "xml" {
            self.names.spaces.intern(XML)
        } else if prefix.is_empty() && attribute {
            0
        } else {
            let bound = self.bindings.iter().rev().find(|b| b.0 == prefix);
            match bound {
                Some(&(_, space)) => space,
                None if prefix.is_empty() => 0,
                None => return self.malformed(at, qname),
            }
        };
        let name = self.names.intern(space, local);
        self.known.insert(key, name);
        Ok(name)
    }

    fn attribute_value(&mut self, at: usize, raw: &'t str) -> Result<Piece, Fault> {
        let plain = |b: u8| !matches!(b, b'&' | b'<' | b'\t' | b'\n' | b'\r');
        if raw.bytes().all(plain) {
            return Ok(self.piece(raw));
        }
        let start = self.made.len();
        let mut rest = raw;
        while let Some(i) = rest.bytes().position(|b| !plain(b)) {
            self.made.push_str(&rest[..i]);
            let special = rest.as_bytes()[i];
            rest = &rest[i + 1..];
            match special {
                b'<' => return self.malformed(at, "« < » in a value"),
                b'&' => {
                    let Some(end) = rest.bytes().position(|b| b == b';') else {
                        return self.malformed(at, "&");
                    };
                    let c = self.referred(at, &rest[..end])?;
                    self.made.push(c);
                    rest = &rest[end + 1..];
                }
                _ => self.made.push(' '),
            }
        }
        self.made.push_str(rest);
        self.made_since(at, start)
    }

    fn made_since(&self, at: usize, start: usize) -> Result<Piece, Fault> {
        if self.made.len() >= MADE as usize {
            return self.fault(XmlErrorKind::Limit, at, "texts with references");
        }
        Ok(Piece {
            start: start as u32 | MADE,
            len: (self.made.len() - start) as u32,
        })
    }

    fn referred(&self, at: usize, name: &str) -> Result<char, Fault> {
        match chars::reference(name) {
            Some(c) => Ok(c),
            None if name.starts_with('#') => self.fault(XmlErrorKind::Character, at, name),
            None if is_ncname(name) => self.fault(XmlErrorKind::Dtd, at, name),
            None => self.malformed(at, name),
        }
    }

    fn reference(&mut self, at: usize, name: &str) -> Result<(), Fault> {
        if self.open.is_empty() {
            return self.malformed(at, name);
        }
        let c = self.referred(at, name)?;
        self.append(at, c.encode_utf8(&mut [0; 4]), None)
    }

    fn characters(&mut self, at: usize, text: &'t str, cdata: bool) -> Result<(), Fault> {
        if self.open.is_empty() {
            let blank = text
                .bytes()
                .all(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'));
            return if blank {
                Ok(())
            } else {
                self.malformed(at, text.trim())
            };
        }
        if !cdata && text.contains("]]>") {
            return self.malformed(at, "]]>");
        }
        if text.is_empty() {
            if let Some(open) = self.open.last() {
                let next = self.nodes.len() as u32;
                self.empty_cdata.push((next, open.node));
            }
            return Ok(());
        }
        self.append(at, text, Some(self.piece(text)))
    }

    /// Adds to the text that goes on, or begins one. `piece` is the text's place in the source, if it has one.
    fn append(&mut self, at: usize, text: &str, piece: Option<Piece>) -> Result<(), Fault> {
        if !self.joins {
            let piece = match piece {
                Some(piece) => piece,
                None => {
                    let start = self.made.len();
                    self.made.push_str(text);
                    self.made_since(at, start)?
                }
            };
            return self.push(at, TEXT, piece);
        }
        let last = self.nodes.len() - 1;
        let Piece { start, len } = self.nodes[last].piece;
        let from = if start & MADE == 0 {
            let from = self.made.len();
            let old = &self.text[start as usize..(start + len) as usize];
            self.made.push_str(old);
            from
        } else {
            // a text that goes on stands at the end of the texts made anew: no attribute came since
            (start & !MADE) as usize
        };
        self.made.push_str(text);
        self.nodes[last].piece = self.made_since(at, from)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(xml: &str) -> Option<XmlErrorKind> {
        Document::parse(xml.as_bytes(), &Limits::default())
            .err()
            .map(|e| e.kind)
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for xml in [
            "",
            " ",
            "text",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>text",
            "<a b='1' b='2'/>",
            "<a b=1/>",
            "<a b='<'/>",
            "<a b='1'c='2'/>",
            "<a>&</a>",
            "<a>& b;</a>",
            "<a>]]></a>",
            "<a><!-- -- --></a>",
            "<a:b/>",
            "<a b:c='1'/>",
            "<1a/>",
            "<a:b:c xmlns:a='x'/>",
            "<a xmlns:p=''/>",
            "<a xmlns:x='u' xmlns:y='u' x:b='1' y:b='2'/>",
            "<a xmlns:p='u' xmlns:p='v'/>",
            "<a xmlns:xml='u'/>",
            "<a><?xml version='1.0'?></a>",
            "&lt;<a/>",
            "<![CDATA[ ]]><a/>",
            " <?xml version='1.0'?><a/>",
        ] {
            assert_eq!(kind(xml), Some(XmlErrorKind::Malformed), "{xml}");
        }
        assert_eq!(kind("<a>&nbsp;</a>"), Some(XmlErrorKind::Dtd));
        assert_eq!(kind("<a b='&x;'/>"), Some(XmlErrorKind::Dtd));
        assert_eq!(kind("<!DOCTYPE a><a/>"), Some(XmlErrorKind::Dtd));
        assert_eq!(kind("<a>&#1;</a>"), Some(XmlErrorKind::Character));
        assert_eq!(kind("<a>\u{1}</a>"), Some(XmlErrorKind::Character));
        assert_eq!(kind("<a xmlns=''><b xmlns='u'/></a>"), None);
    }

    #[test]
    fn limits_are_kept() {
        let mut limits = Limits::default();
        limits.max_depth = 2;
        let kind = |xml: &str, l: &Limits| Document::parse(xml.as_bytes(), l).err().map(|e| e.kind);
        assert_eq!(kind("<a><b/></a>", &limits), None);
        assert_eq!(
            kind("<a><b><c/></b></a>", &limits),
            Some(XmlErrorKind::Limit)
        );
        limits.max_attributes = 1;
        assert_eq!(kind("<a b='' c=''/>", &limits), Some(XmlErrorKind::Limit));
        limits.max_bytes = 3;
        assert_eq!(kind("<a/>", &limits), Some(XmlErrorKind::Limit));
    }

    #[test]
    fn a_text_is_split_by_comments_alone() {
        let xml = "<a>x&amp;<![CDATA[<y>]]>z<!-- c -->t<?p?>&#x75;</a>";
        let d = Document::parse(xml.as_bytes(), &Limits::default()).expect("well-formed");
        let texts: Vec<&str> = (0..d.node_count() as u32)
            .filter(|&n| d.node(n).name == TEXT)
            .map(|n| d.text(n))
            .collect();
        assert_eq!(texts, ["x&<y>z", "t", "u"]);
        assert_eq!(&*d.string_value(1), "x&<y>ztu");
    }

    #[test]
    fn values_are_normalised_and_namespaces_resolved() {
        let xml = "<p:a xmlns:p='u' b='1\r\n\t2&#10;3' p:b='4'><c xmlns='v'/></p:a>";
        let d = Document::parse(xml.as_bytes(), &Limits::default()).expect("well-formed");
        let a = d.root();
        assert_eq!(a.attribute("", "b"), Some("1  2\n3"));
        assert_eq!(a.attribute("u", "b"), Some("4"));
        assert_eq!(d.namespace_of(2, ""), Some("v"));
        assert_eq!(d.namespace_of(1, ""), Some(""));
        assert_eq!(d.namespace_of(2, "p"), Some("u"));
        assert_eq!(d.namespace_of(2, "q"), None);
        assert_eq!(d.position_of(2), (2, 19));
    }
}
