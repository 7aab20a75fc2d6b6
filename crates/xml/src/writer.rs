//! Elements and attributes straight to bytes, through quick-xml.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

/// Writes a document into a byte buffer. A start tag stays open for
/// attributes until its first child, text or end.
pub struct XmlWriter {
    out: Writer<Vec<u8>>,
    pending: BytesStart<'static>,
    is_pending: bool,
}

impl XmlWriter {
    /// A document with its XML declaration in UTF-8.
    pub fn new() -> Self {
        let mut out = Writer::new(Vec::with_capacity(128 * 1024));
        infallible(out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None))));
        XmlWriter {
            out,
            pending: BytesStart::new(""),
            is_pending: false,
        }
    }

    /// Opens an element.
    pub fn start(&mut self, name: &str) {
        self.flush();
        self.pending.clear_attributes();
        self.pending.set_name(name);
        self.is_pending = true;
    }

    /// Adds an attribute to the element just opened.
    pub fn attr(&mut self, name: &str, value: &str) {
        debug_assert!(self.is_pending, "attribute {name} after content");
        self.pending.push_attribute(Attribute {
            key: QName(name),
            value: escape(value, true),
        });
    }

    /// Writes text. A tab or a line break at its ends is written as a
    /// reference, or it would read as the indentation of the document.
    pub fn text(&mut self, text: &str) {
        self.flush();
        let core = text.trim_matches(['\t', '\n']);
        if core.len() < text.len() {
            let start = text.len() - text.trim_start_matches(['\t', '\n']).len();
            let end = (start + core.len()).min(text.len());
            self.raw(&escape(&text[..start], true));
            self.raw(&escape(&text[start..end], false));
            self.raw(&escape(&text[end..], true));
            return;
        }
        infallible(
            self.out
                .write_event(Event::Text(BytesText::from_escaped(escape(text, false)))),
        );
    }

    /// Closes the element named `name`.
    pub fn end(&mut self, name: &str) {
        if self.is_pending {
            self.is_pending = false;
            infallible(self.out.write_event(Event::Empty(self.pending.borrow())));
        } else {
            infallible(self.out.write_event(Event::End(BytesEnd::new(name))));
        }
    }

    /// The bytes written.
    pub fn finish(mut self) -> Vec<u8> {
        self.flush();
        self.out.into_inner()
    }

    fn raw(&mut self, escaped: &str) {
        infallible(
            self.out
                .write_event(Event::Text(BytesText::from_escaped(escaped))),
        );
    }

    fn flush(&mut self) {
        if self.is_pending {
            self.is_pending = false;
            infallible(self.out.write_event(Event::Start(self.pending.borrow())));
        }
    }
}

impl Default for XmlWriter {
    fn default() -> Self {
        Self::new()
    }
}

/// Writing to a `Vec` cannot fail.
fn infallible(result: std::io::Result<()>) {
    debug_assert!(result.is_ok());
}

/// Escapes what a parser would otherwise change: markup, a carriage return,
/// and in attributes every white space but the space.
fn escape(text: &str, attribute: bool) -> Cow<'_, str> {
    let special = |b: u8| match b {
        b'<' | b'>' | b'&' | b'\r' => true,
        b'"' | b'\t' | b'\n' => attribute,
        _ => false,
    };
    let Some(first) = text.bytes().position(special) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(&text[..first]);
    for c in text[first..].chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\r' => out.push_str("&#13;"),
            '"' if attribute => out.push_str("&quot;"),
            '\t' if attribute => out.push_str("&#9;"),
            '\n' if attribute => out.push_str("&#10;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tree::{Limits, Tree};
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let text = "a<b>&\"c\"'\r\n\té";
        let mut w = XmlWriter::new();
        w.start("a");
        w.attr("xmlns", "urn:hl7-org:v3");
        w.attr("k", text);
        w.start("vide");
        w.end("vide");
        w.text(text);
        w.end("a");
        let bytes = w.finish();
        let xml = String::from_utf8(bytes).unwrap();
        assert!(
            xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a xmlns"),
            "{xml}"
        );
        assert!(xml.contains("<vide/>"));
        let tree = Tree::parse(&xml, &Limits::default()).unwrap();
        assert_eq!(tree.attr(tree.root(), "k"), Some(text));
        assert_eq!(tree.text_of(tree.root()), text);
    }

    #[test]
    fn white_space_at_the_ends_of_a_text_is_no_indentation() {
        for (text, written) in [
            ("\n\ta\nb\n", "&#10;&#9;a\nb&#10;"),
            ("\n\n", "&#10;&#10;"),
            (" a\t", " a&#9;"),
        ] {
            let mut w = XmlWriter::new();
            w.start("a");
            w.text(text);
            w.end("a");
            let xml = String::from_utf8(w.finish()).unwrap();
            assert!(xml.ends_with(&format!("<a>{written}</a>")), "{xml}");
            let tree = Tree::parse(&xml, &Limits::default()).unwrap();
            assert_eq!(tree.text_of(tree.root()), text);
        }
    }
}
