//! From bytes to the arena.

use std::sync::OnceLock;

use memchr::memchr;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::limits::Limits;
use crate::names::Names;

use super::attributes::Attributes;
use super::chars::{self, is_ncname};
use super::error::{XmlError, XmlErrorKind};
use super::scope::{Mark, Scope, declared_prefix};
use super::tree::{
    Attr, Declared, Document, MADE, NO_NAME, Node, Occurrences, Piece, ROOT, TEXT, bit,
};

fn parse<'s>(bytes: &'s [u8], limits: &Limits) -> Result<Document<'s>, XmlError> {
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

impl<'s> Document<'s> {
    /// Reads a document. Encodings: UTF-8, UTF-16 with a byte order mark, or the one the document declares.
    ///
    /// # Errors
    /// [`XmlError`]: bytes that are not well-formed XML, a document type declaration, a limit passed.
    pub fn parse(bytes: &'s [u8], limits: &Limits) -> Result<Self, XmlError> {
        parse(bytes, limits)
    }

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
    /// What was in force before the element.
    outer: Mark,
}

struct Builder<'t> {
    text: &'t str,
    limits: &'t Limits,
    made: String,
    nodes: Vec<Node>,
    attrs: Vec<Attr>,
    declared: Vec<Declared>,
    empty_cdata: Vec<(u32, u32)>,
    open: Vec<Open>,
    scope: Scope<'t>,
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
            declared: Vec::new(),
            empty_cdata: Vec::new(),
            open: Vec::with_capacity(32),
            scope: Scope::default(),
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
            self.scope.names,
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
        let outer = self.scope.mark();
        let attrs = self.attrs.len();
        let mut count = 0;
        for attribute in Attributes::new(rest) {
            let raw = match attribute {
                Ok(raw) => raw,
                Err(_) => return self.malformed(at, qname),
            };
            count += 1;
            if count > self.limits.max_attributes {
                return self.fault(XmlErrorKind::Limit, at, "attributes of one element");
            }
            let value = self.attribute_value(at, raw.value)?;
            if let Some(prefix) = declared_prefix(raw.name) {
                self.declare(at, n, prefix, raw.name, value)?;
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
        if let Some(prefix) = self.scope.settle(outer) {
            return self.malformed(at, prefix);
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
        self.open.push(Open { node: n, outer });
        Ok(())
    }

    fn end(&mut self) {
        if let Some(open) = self.open.pop() {
            self.scope.back_to(open.outer);
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

    fn resolve(&mut self, qname: &'t str, attribute: bool, at: usize) -> Result<u32, Fault> {
        match self.scope.resolve(qname, attribute) {
            Some(name) => Ok(name),
            None => self.malformed(at, qname),
        }
    }

    /// Takes the namespace declaration that the attribute `name` is.
    fn declare(
        &mut self,
        at: usize,
        n: u32,
        prefix: &'t str,
        name: &'t str,
        value: Piece,
    ) -> Result<(), Fault> {
        let uri = if value.start & MADE == 0 {
            self.raw(value)
        } else {
            &self.made[(value.start & !MADE) as usize..][..value.len as usize]
        };
        let Some(space) = self.scope.declare(prefix, uri) else {
            return self.malformed(at, name);
        };
        let prefix = self.piece(&name[name.len() - prefix.len()..]);
        self.declared.push(Declared {
            element: n,
            prefix,
            space,
        });
        Ok(())
    }

    fn attribute_value(&mut self, at: usize, raw: &'t str) -> Result<Piece, Fault> {
        // a fold without a branch, which the compiler turns into vectors
        let special = |b: u8| (b < 0x20) | (b == b'&') | (b == b'<');
        if !raw.bytes().fold(false, |any, b| any | special(b)) {
            return Ok(self.piece(raw));
        }
        let plain = |b: u8| !special(b);
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
        if !cdata && memchr(b'>', text.as_bytes()).is_some() && text.contains("]]>") {
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
