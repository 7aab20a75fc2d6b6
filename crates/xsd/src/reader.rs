//! XML text to namespaced events; the only file that talks to quick-xml.

use std::borrow::Cow;
use std::fmt;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::limits::Limits;
use crate::name::XML;
use crate::simple::Prefixes;

/// A text that is not a well-formed XML document, or that passes a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct XmlError {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// What is wrong, in French.
    pub message: String,
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "ligne {}, colonne {} : {}",
            self.line, self.column, self.message
        )
    }
}

impl std::error::Error for XmlError {}

/// Line and column, from 1, of a byte of a text; the column in characters.
pub fn position(text: &str, offset: usize) -> (usize, usize) {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
    (line, before[start..].chars().count() + 1)
}

/// What is done with a document while it is read.
pub(crate) trait Handler<'a> {
    /// An element starts; its `<` is the byte `at` of the text.
    fn start(
        &mut self,
        at: usize,
        name: Expanded<'a>,
        attributes: &[Attribute<'a>],
        scope: &Scope<'a>,
    );
    /// A piece of text, never empty unless it is an empty CDATA section.
    fn text(&mut self, text: &str);
    /// The element ends; its own prefixes are still in scope.
    fn end(&mut self, scope: &Scope<'a>);
}

/// A name; the namespace as a number of [`Scope::uri`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Expanded<'a> {
    pub(crate) namespace: usize,
    pub(crate) local: &'a str,
}

/// An attribute that is not a namespace declaration.
#[derive(Clone, Debug)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: Expanded<'a>,
    pub(crate) value: Cow<'a, str>,
}

/// The namespaces of a document and the prefixes in scope.
#[derive(Debug, Default)]
pub(crate) struct Scope<'a> {
    uris: Vec<String>,
    bindings: Vec<(&'a str, usize)>,
}

impl<'a> Scope<'a> {
    /// The namespace with this number; 0 is none.
    pub(crate) fn uri(&self, namespace: usize) -> &str {
        &self.uris[namespace]
    }

    /// All bindings in scope; the last one of a prefix holds.
    pub(crate) fn bindings(&self) -> impl Iterator<Item = (&'a str, &str)> {
        self.bindings
            .iter()
            .map(|&(prefix, uri)| (prefix, self.uris[uri].as_str()))
    }

    fn find(&self, prefix: &str) -> Option<usize> {
        self.bindings
            .iter()
            .rev()
            .find(|(p, _)| *p == prefix)
            .map(|(_, uri)| *uri)
    }

    fn intern(&mut self, uri: &str) -> usize {
        self.uris.iter().position(|u| u == uri).unwrap_or_else(|| {
            self.uris.push(uri.to_owned());
            self.uris.len() - 1
        })
    }
}

impl Prefixes for Scope<'_> {
    fn namespace(&self, prefix: &str) -> Option<&str> {
        let uri = self.uri(self.find(prefix)?);
        (!uri.is_empty()).then_some(uri)
    }
}

/// The text of a document in UTF-8, without its byte order mark.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, XmlError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let at_start = |message: String| XmlError {
        line: 1,
        column: 1,
        message,
    };
    let text = std::str::from_utf8(bytes)
        .map_err(|e| at_start(format!("l'octet {} n'est pas de l'UTF-8", e.valid_up_to())))?;
    let head = text.split_once("?>").map_or("", |(head, _)| head);
    if head.starts_with("<?xml")
        && let Some((_, after)) = head.split_once("encoding")
    {
        let label = after.trim_start_matches([' ', '\t', '\n', '\r', '=', '"', '\'']);
        let label = label.split(['"', '\'']).next().unwrap_or_default();
        if !["UTF-8", "UTF8", "US-ASCII", "ASCII"]
            .iter()
            .any(|l| label.eq_ignore_ascii_case(l))
        {
            return Err(at_start(format!(
                "encodage « {label} » non pris en charge (UTF-8 attendu)"
            )));
        }
    }
    Ok(text)
}

/// Most distinct namespaces and open bindings of a document.
const MAX_NAMESPACES: usize = 1_000;

/// Reads a document. With `doctype`, a document type declaration is passed
/// over (its entities stay unknown); without, it is an error.
pub(crate) fn read<'a>(
    text: &'a str,
    limits: &Limits,
    doctype: bool,
    handler: &mut dyn Handler<'a>,
) -> Result<(), XmlError> {
    let mut driver = Driver {
        text,
        scope: Scope {
            uris: vec![String::new(), XML.to_owned()],
            bindings: vec![("xml", 1)],
        },
        open: Vec::new(),
        attributes: Vec::new(),
        raw: Vec::new(),
        max_depth: limits.max_depth,
    };
    if text.len() > limits.max_bytes {
        return Err(driver.error(
            0,
            format!(
                "document trop grand : {} octets, {} au plus",
                text.len(),
                limits.max_bytes
            ),
        ));
    }
    driver.run(doctype, handler)
}

struct Driver<'a> {
    text: &'a str,
    scope: Scope<'a>,
    /// Number of bindings before each open element.
    open: Vec<usize>,
    attributes: Vec<Attribute<'a>>,
    /// Prefixed attributes, until all declarations of the element are known.
    raw: Vec<(&'a str, &'a str, Cow<'a, str>)>,
    max_depth: usize,
}

impl<'a> Driver<'a> {
    fn error(&self, at: usize, message: impl Into<String>) -> XmlError {
        let (line, column) = position(self.text, at);
        XmlError {
            line,
            column,
            message: message.into(),
        }
    }

    /// `part` as a slice of the text.
    fn slice(&self, part: &str) -> &'a str {
        let offset = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        self.text
            .get(offset..offset.wrapping_add(part.len()))
            .unwrap_or_default()
    }

    fn run(&mut self, doctype: bool, handler: &mut dyn Handler<'a>) -> Result<(), XmlError> {
        let mut reader = Reader::from_str(self.text);
        let mut done = false;
        loop {
            let at = reader.buffer_position() as usize;
            let event = reader.read_event().map_err(|e| {
                self.error(
                    reader.error_position() as usize,
                    format!("XML mal formé ({e})"),
                )
            })?;
            match event {
                Event::Start(_) | Event::Empty(_) if done => {
                    return Err(self.error(at, "plus d'un élément racine"));
                }
                Event::Start(start) => self.start(&start, at, handler)?,
                Event::Empty(start) => {
                    self.start(&start, at, handler)?;
                    self.end(handler);
                    done = self.open.is_empty();
                }
                Event::End(_) => {
                    self.end(handler);
                    done = self.open.is_empty();
                }
                Event::Text(text) => {
                    self.check_chars(&text, at)?;
                    if self.open.is_empty() {
                        if !text
                            .trim_matches(['\u{FEFF}', ' ', '\t', '\r', '\n'])
                            .is_empty()
                        {
                            return Err(self.error(at, "texte en dehors de l'élément racine"));
                        }
                    } else if text.contains("\r") {
                        handler.text(&text.replace("\r\n", "\n").replace('\r', "\n"));
                    } else if !text.is_empty() {
                        handler.text(&text);
                    }
                }
                Event::CData(text) => {
                    self.check_chars(&text, at)?;
                    if self.open.is_empty() {
                        return Err(self.error(at, "texte en dehors de l'élément racine"));
                    }
                    handler.text(&text);
                }
                Event::GeneralRef(reference) => {
                    let c = self.reference(&reference, at)?;
                    if self.open.is_empty() {
                        return Err(self.error(at, "texte en dehors de l'élément racine"));
                    }
                    handler.text(c.encode_utf8(&mut [0; 4]));
                }
                Event::DocType(_) if doctype => {}
                Event::DocType(_) => {
                    return Err(
                        self.error(at, "déclaration de type de document (DOCTYPE) non acceptée")
                    );
                }
                Event::Eof => break,
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
        if !done {
            return Err(self.error(self.text.len(), "document XML vide ou incomplet"));
        }
        Ok(())
    }

    fn reference(&self, name: &str, at: usize) -> Result<char, XmlError> {
        let c = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "apos" => Some('\''),
            "quot" => Some('"'),
            _ => name.strip_prefix('#').and_then(|code| {
                let number = match code.strip_prefix('x') {
                    Some(hex) if !hex.starts_with('+') => u32::from_str_radix(hex, 16).ok(),
                    None if !code.starts_with('+') => code.parse().ok(),
                    _ => None,
                };
                number.and_then(char::from_u32)
            }),
        };
        c.filter(|&c| is_xml_char(c))
            .ok_or_else(|| self.error(at, format!("référence « &{name}; » inconnue ou interdite")))
    }

    fn check_chars(&self, text: &str, at: usize) -> Result<(), XmlError> {
        // only control characters and U+FFFE, U+FFFF are out
        let suspect = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r') || b == 0xEF;
        if text.bytes().any(suspect)
            && let Some(c) = text.chars().find(|&c| !is_xml_char(c))
        {
            return Err(self.error(at, format!("caractère U+{:04X} interdit en XML", c as u32)));
        }
        Ok(())
    }

    fn value(&self, raw: &'a str, at: usize) -> Result<Cow<'a, str>, XmlError> {
        if !raw
            .bytes()
            .any(|b| b < 0x20 || matches!(b, b'&' | b'<' | 0xEF))
        {
            return Ok(Cow::Borrowed(raw));
        }
        self.check_chars(raw, at)?;
        if raw.contains('<') {
            return Err(self.error(at, "« < » dans la valeur d'un attribut"));
        }
        let spaced = raw.replace("\r\n", " ").replace(['\t', '\n', '\r'], " ");
        let mut out = String::with_capacity(spaced.len());
        let mut rest = spaced.as_str();
        while let Some((before, after)) = rest.split_once('&') {
            out.push_str(before);
            let Some((name, tail)) = after.split_once(';') else {
                return Err(self.error(at, "« & » sans « ; » dans la valeur d'un attribut"));
            };
            out.push(self.reference(name, at)?);
            rest = tail;
        }
        out.push_str(rest);
        Ok(Cow::Owned(out))
    }

    fn start(
        &mut self,
        start: &BytesStart<'_>,
        at: usize,
        handler: &mut dyn Handler<'a>,
    ) -> Result<(), XmlError> {
        if self.open.len() >= self.max_depth {
            return Err(self.error(
                at,
                format!("éléments imbriqués sur plus de {} niveaux", self.max_depth),
            ));
        }
        self.open.push(self.scope.bindings.len());
        self.attributes.clear();
        self.raw.clear();
        let mut attributes = start.attributes();
        for attribute in attributes.with_checks(false) {
            let attribute =
                attribute.map_err(|e| self.error(at, format!("attribut mal formé ({e})")))?;
            let key = self.slice(attribute.key.0);
            let value = self.value(self.slice(&attribute.value), at)?;
            match key.split_once(':') {
                None if key == "xmlns" => self.bind("", &value, at)?,
                Some(("xmlns", prefix)) => self.bind(prefix, &value, at)?,
                None => self.attributes.push(Attribute {
                    name: Expanded {
                        namespace: 0,
                        local: key,
                    },
                    value,
                }),
                Some((prefix, local)) => self.raw.push((prefix, local, value)),
            }
        }
        for (prefix, local, value) in std::mem::take(&mut self.raw) {
            let namespace = self.resolve(prefix, at)?;
            self.attributes.push(Attribute {
                name: Expanded { namespace, local },
                value,
            });
        }
        self.check_doubles(at)?;
        let qname = self.slice(start.name().0);
        let name = match qname.split_once(':') {
            None => Expanded {
                namespace: self.scope.find("").unwrap_or(0),
                local: qname,
            },
            Some((prefix, local)) => Expanded {
                namespace: self.resolve(prefix, at)?,
                local,
            },
        };
        if name.local.is_empty() || name.local.contains(':') {
            return Err(self.error(at, "nom d'élément mal formé"));
        }
        handler.start(at, name, &self.attributes, &self.scope);
        Ok(())
    }

    fn check_doubles(&self, at: usize) -> Result<(), XmlError> {
        let double = if self.attributes.len() <= 16 {
            (1..self.attributes.len())
                .find(|&i| {
                    self.attributes[..i]
                        .iter()
                        .any(|a| a.name == self.attributes[i].name)
                })
                .map(|i| self.attributes[i].name.local)
        } else {
            let mut names: Vec<_> = self
                .attributes
                .iter()
                .map(|a| (a.name.local, a.name.namespace))
                .collect();
            names.sort_unstable();
            names.windows(2).find(|w| w[0] == w[1]).map(|w| w[0].0)
        };
        match double {
            Some(local) => Err(self.error(at, format!("attribut « {local} » donné deux fois"))),
            None => Ok(()),
        }
    }

    fn bind(&mut self, prefix: &'a str, uri: &str, at: usize) -> Result<(), XmlError> {
        let uri = self.scope.intern(uri);
        if self.scope.uris.len() > MAX_NAMESPACES || self.scope.bindings.len() > MAX_NAMESPACES {
            return Err(self.error(at, format!("plus de {MAX_NAMESPACES} espaces de noms")));
        }
        self.scope.bindings.push((prefix, uri));
        Ok(())
    }

    fn resolve(&self, prefix: &str, at: usize) -> Result<usize, XmlError> {
        self.scope
            .find(prefix)
            .filter(|&uri| uri != 0)
            .ok_or_else(|| self.error(at, format!("préfixe « {prefix} » non déclaré")))
    }

    fn end(&mut self, handler: &mut dyn Handler<'a>) {
        if let Some(bindings) = self.open.pop() {
            handler.end(&self.scope);
            self.scope.bindings.truncate(bindings);
        }
    }
}

fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}
