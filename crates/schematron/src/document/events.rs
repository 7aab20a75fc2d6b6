//! A document told again from its start to its end, for readers that work event by event.

use super::element::Element;
use super::tree::{Document, ROOT, TEXT};

/// What comes next in a document.
#[derive(Debug, Clone, Copy)]
pub enum Event<'d> {
    /// An element starts.
    Start(Element<'d>),
    /// A text; also, as an empty text, a CDATA section that is empty.
    Text(&'d str),
    /// An element ends.
    End(Element<'d>),
}

impl Document<'_> {
    /// Elements and texts in document order.
    pub fn events(&self) -> Events<'_> {
        Events {
            document: self,
            next: ROOT + 1,
            open: Vec::new(),
            empty_cdata: 0,
        }
    }
}

/// The iterator of [`Document::events`].
#[derive(Debug)]
pub struct Events<'d> {
    document: &'d Document<'d>,
    next: u32,
    open: Vec<u32>,
    empty_cdata: usize,
}

impl<'d> Iterator for Events<'d> {
    type Item = Event<'d>;

    fn next(&mut self) -> Option<Event<'d>> {
        let document = self.document;
        if let Some(&(before, owner)) = document.empty_cdata.get(self.empty_cdata)
            && before == self.next
            && self.open.last() == Some(&owner)
        {
            self.empty_cdata += 1;
            return Some(Event::Text(""));
        }
        if let Some(&n) = self.open.last()
            && document.node(n).end == self.next
        {
            self.open.pop();
            return Some(Event::End(Element::new(document, n)));
        }
        if self.next as usize >= document.node_count() {
            return None;
        }
        let n = self.next;
        self.next += 1;
        if document.node(n).name == TEXT {
            return Some(Event::Text(document.text(n)));
        }
        self.open.push(n);
        Some(Event::Start(Element::new(document, n)))
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, Event, Limits};

    #[test]
    fn events_follow_the_document() {
        let xml = b"<a>x<b><![CDATA[]]></b><c/>y<![CDATA[]]></a>";
        let document = Document::parse(xml, &Limits::default()).expect("well-formed");
        let told: Vec<String> = document
            .events()
            .map(|e| match e {
                Event::Start(e) => format!("<{}", e.local_name()),
                Event::Text(t) => format!("'{t}'"),
                Event::End(e) => format!("{}>", e.local_name()),
            })
            .collect();
        let want = ["<a", "'x'", "<b", "''", "b>", "<c", "c>", "'y'", "''", "a>"];
        assert_eq!(told, want);
    }
}
