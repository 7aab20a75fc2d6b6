//! Canonical XML 1.0 (W3C, 15 March 2001), inclusive, of a whole document:
//! the form under which a signature digests it.
//!
//! A document with a DTD is refused, so that no default attribute nor entity
//! has to be known. The text is that of [`decode()`](crate::decode()).

use std::collections::BTreeMap;

use dcc_base::problem::{Problem, Problems};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::{fault, rules};

/// The canonical form of a document, in UTF-8.
///
/// Without `comments` this is `http://www.w3.org/TR/2001/REC-xml-c14n-20010315`,
/// with them the same address and `#WithComments`.
///
/// # Errors
/// `XML-FORME`, `XML-DTD`.
///
/// ```
/// let text = "<?xml version='1.0'?><b z='1' a='2'  xmlns='urn:x'><c/><!--d--></b>";
/// assert_eq!(
///     dcc_xml::canonical(text, true).unwrap(),
///     b"<b xmlns=\"urn:x\" a=\"2\" z=\"1\"><c></c><!--d--></b>"
/// );
/// ```
pub fn canonical(text: &str, comments: bool) -> Result<Vec<u8>, Problems> {
    let mut writer = Canonical {
        out: String::with_capacity(text.len()),
        scope: BTreeMap::new(),
        open: Vec::new(),
        comments,
        has_root: false,
    };
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = false;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => writer.event(event)?,
            Err(error) => return Err(malformed(fault::french(&error))),
        }
    }
    if !writer.open.is_empty() || !writer.has_root {
        return Err(malformed("un élément n'est pas fermé".to_owned()));
    }
    Ok(writer.out.into_bytes())
}

fn malformed(found: impl ToString) -> Problems {
    Problem::new(&rules::MALFORMED, "")
        .found(found.to_string())
        .into()
}

/// An open element: its name, and what its declarations replaced.
struct Open {
    name: String,
    replaced: Vec<(String, Option<String>)>,
}

struct Canonical {
    out: String,
    /// What each prefix stands for; the empty one is the default namespace.
    scope: BTreeMap<String, String>,
    open: Vec<Open>,
    comments: bool,
    has_root: bool,
}

impl Canonical {
    fn event(&mut self, event: Event<'_>) -> Result<(), Problems> {
        match event {
            Event::Start(tag) => self.start(&tag)?,
            Event::Empty(tag) => {
                self.start(&tag)?;
                self.end();
            }
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text),
            Event::CData(text) => self.text(&text),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &*name);
                let text = quick_xml::escape::unescape(&reference)
                    .map_err(|e| malformed(fault::french(&e.into())))?;
                self.character(&text);
            }
            Event::Comment(text) if self.comments => {
                let text = line_ends(&text);
                self.outside(|out| {
                    out.push_str("<!--");
                    out.push_str(&text);
                    out.push_str("-->");
                });
            }
            Event::PI(instruction) => {
                let text = line_ends(&instruction);
                let (target, content) = match text.split_once(is_space) {
                    Some((target, content)) => (target, content.trim_start_matches(is_space)),
                    None => (&*text, ""),
                };
                let shown = if content.is_empty() {
                    format!("<?{target}?>")
                } else {
                    format!("<?{target} {content}?>")
                };
                self.outside(|out| out.push_str(&shown));
            }
            Event::DocType(_) => return Err(Problem::new(&rules::DTD, "").into()),
            _ => {}
        }
        Ok(())
    }

    /// A comment or an instruction: on a line of its own outside the root.
    fn outside(&mut self, write: impl FnOnce(&mut String)) {
        let is_inside = !self.open.is_empty();
        if !is_inside && self.has_root {
            self.out.push('\n');
        }
        write(&mut self.out);
        if !is_inside && !self.has_root {
            self.out.push('\n');
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Problems> {
        self.has_root = true;
        let mut declared = BTreeMap::new();
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|e| malformed(fault::attribute(&e)))?;
            let name = attribute.key.as_ref();
            let value = attribute_value(&attribute.value)?;
            if name == "xmlns" {
                declared.insert(String::new(), value);
            } else if let Some(prefix) = name.strip_prefix("xmlns:") {
                declared.insert(prefix.to_owned(), value);
            } else {
                attributes.push((name.to_owned(), value));
            }
        }
        let name = tag.name().as_ref().to_owned();
        self.out.push('<');
        self.out.push_str(&name);
        let mut replaced = Vec::new();
        // only what is not in scope already; the default one first
        for (prefix, uri) in declared {
            let current = self.scope.get(&prefix).map_or("", String::as_str);
            if current == uri || prefix == "xml" {
                continue;
            }
            self.out.push_str(" xmlns");
            if !prefix.is_empty() {
                self.out.push(':');
                self.out.push_str(&prefix);
            }
            self.attribute(&uri);
            let before = self.scope.insert(prefix.clone(), uri);
            replaced.push((prefix, before));
        }
        let mut sorted = Vec::with_capacity(attributes.len());
        for (name, value) in attributes {
            let uri = match name.split_once(':') {
                None => String::new(),
                Some(("xml", _)) => "http://www.w3.org/XML/1998/namespace".to_owned(),
                Some((prefix, _)) => {
                    let uri = self.scope.get(prefix).cloned();
                    uri.ok_or_else(|| malformed(prefix))?
                }
            };
            let local = name.rsplit(':').next().unwrap_or_default().to_owned();
            sorted.push((uri, local, name, value));
        }
        sorted.sort();
        for (_, _, name, value) in sorted {
            self.out.push(' ');
            self.out.push_str(&name);
            self.attribute(&value);
        }
        self.out.push('>');
        self.open.push(Open { name, replaced });
        Ok(())
    }

    fn end(&mut self) {
        let Some(Open { name, replaced }) = self.open.pop() else {
            return;
        };
        self.out.push_str("</");
        self.out.push_str(&name);
        self.out.push('>');
        for (prefix, before) in replaced {
            match before {
                Some(uri) => self.scope.insert(prefix, uri),
                None => self.scope.remove(&prefix),
            };
        }
    }

    fn attribute(&mut self, value: &str) {
        self.out.push_str("=\"");
        for c in value.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '"' => self.out.push_str("&quot;"),
                '\t' => self.out.push_str("&#x9;"),
                '\n' => self.out.push_str("&#xA;"),
                '\r' => self.out.push_str("&#xD;"),
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    /// Text as it stands in the source: its line ends are those of XML.
    fn text(&mut self, text: &str) {
        let text = line_ends(text);
        self.character(&text);
    }

    /// Text inside the root; outside it there is only white space.
    fn character(&mut self, text: &str) {
        if self.open.is_empty() {
            return;
        }
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '\r' => self.out.push_str("&#xD;"),
                c => self.out.push(c),
            }
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// One line feed for each line end of the source (XML 1.0 §2.11).
fn line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The value of an attribute, normalised (XML 1.0 §3.3.3): a white space of
/// the source is a space, one written as a reference stays.
fn attribute_value(raw: &str) -> Result<String, Problems> {
    let spaced = line_ends(raw).replace(['\t', '\n'], " ");
    let value =
        quick_xml::escape::unescape(&spaced).map_err(|e| malformed(fault::french(&e.into())))?;
    Ok(value.into_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        String::from_utf8(canonical(text, true).unwrap()).unwrap()
    }

    #[test]
    fn the_examples_of_the_recommendation() {
        // §3.1, without its DTD
        assert_eq!(
            of(
                "<?xml version=\"1.0\"?>\n\n<?xml-stylesheet   href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n\n<doc>Hello, world!<!-- Comment 1 --></doc>\n\n<?pi-without-data     ?>\n\n<!-- Comment 2 -->\n\n<!-- Comment 3 -->"
            ),
            "<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n<doc>Hello, world!<!-- Comment 1 --></doc>\n<?pi-without-data?>\n<!-- Comment 2 -->\n<!-- Comment 3 -->"
        );
        // §3.3: order of names and namespaces, what is declared twice
        assert_eq!(
            of(
                "<doc><e1   /><e3   name = \"elem3\"   id=\"elem3\"   /><e5 a:attr=\"out\" b:attr=\"sorted\" attr2=\"all\" attr=\"I'm\"\n xmlns:b=\"http://www.ietf.org\" xmlns:a=\"http://www.w3.org\" xmlns=\"http://example.org\"/><e6 xmlns=\"\" xmlns:a=\"http://www.w3.org\"><e7 xmlns=\"http://www.ietf.org\"><e8 xmlns=\"\" xmlns:a=\"http://www.w3.org\"/></e7></e6></doc>"
            ),
            "<doc><e1></e1><e3 id=\"elem3\" name=\"elem3\"></e3><e5 xmlns=\"http://example.org\" xmlns:a=\"http://www.w3.org\" xmlns:b=\"http://www.ietf.org\" attr=\"I'm\" attr2=\"all\" b:attr=\"sorted\" a:attr=\"out\"></e5><e6 xmlns:a=\"http://www.w3.org\"><e7 xmlns=\"http://www.ietf.org\"><e8 xmlns=\"\"></e8></e7></e6></doc>"
        );
        // §3.4: characters
        assert_eq!(
            of(
                "<doc><text>First line&#x0d;&#10;Second line</text><value>&#x32;</value><compute><![CDATA[value>\"0\" && value<\"10\" ?\"valid\":\"error\"]]></compute><norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/></doc>"
            ),
            "<doc><text>First line&#xD;\nSecond line</text><value>2</value><compute>value&gt;\"0\" &amp;&amp; value&lt;\"10\" ?\"valid\":\"error\"</compute><norm attr=\" '    &#xD;&#xA;&#x9;   ' \"></norm></doc>"
        );
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for (text, code) in [
            ("<!DOCTYPE a><a/>", "XML-DTD"),
            ("<a>", "XML-FORME"),
            ("", "XML-FORME"),
            ("<a p:b='1'/>", "XML-FORME"),
            ("<a>&nbsp;</a>", "XML-FORME"),
        ] {
            let problems = canonical(text, true).unwrap_err();
            assert_eq!(problems.iter().next().unwrap().code, code, "{text}");
        }
        assert_eq!(canonical("<a><!--b--></a>", false).unwrap(), b"<a></a>");
    }
}
