//! Paragraphs as markup: styles, links, and quantities that stay on one line.

use std::ops::Range;

use super::Html;
use crate::block::{Inline, Style};
use crate::quantity::unbreakable;

impl Html {
    /// A plain text whose quantities stay whole.
    pub(super) fn whole(&mut self, text: &str) {
        let mut at = 0;
        for range in unbreakable(text) {
            self.text(&text[at..range.start]);
            self.raw("<span class=\"nb\">");
            self.text(&text[range.clone()]);
            self.raw("</span>");
            at = range.end;
        }
        self.text(&text[at..]);
    }

    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        let mut text = String::new();
        for inline in inlines {
            match inline {
                Inline::Text { text: part, .. } => text.push_str(part),
                Inline::Break => text.push('\n'),
            }
        }
        let ranges = unbreakable(&text);
        let mut rest = ranges.iter().peekable();
        let mut at = 0;
        let mut open: Option<&Range<usize>> = None;
        for inline in inlines {
            let Inline::Text { text, style, link } = inline else {
                if open.take().is_some() {
                    self.raw("</span>");
                }
                self.raw("<br>");
                at += 1;
                continue;
            };
            let (start, end) = (at, at + text.len());
            while at < end {
                if open.is_none_or(|r| r.end <= at) {
                    if open.take().is_some() {
                        self.raw("</span>");
                    }
                    while rest.next_if(|r| r.end <= at).is_some() {}
                    if let Some(range) = rest.next_if(|r| r.start <= at) {
                        self.raw("<span class=\"nb\">");
                        open = Some(range);
                    }
                }
                let next = match (open, rest.peek()) {
                    (Some(range), _) => range.end,
                    (None, Some(range)) => range.start,
                    (None, None) => end,
                };
                let cut = next.min(end);
                self.run(&text[at - start..cut - start], *style, link.as_deref());
                at = cut;
            }
        }
        if open.is_some() {
            self.raw("</span>");
        }
    }

    /// A text of one style.
    fn run(&mut self, text: &str, style: Style, link: Option<&str>) {
        let link = link.filter(|_| !self.plain_links);
        if let Some(link) = link {
            self.raw("<a rel=\"noopener noreferrer nofollow\" href=\"");
            self.text(link);
            self.raw("\">");
        }
        let tags = tags(style);
        for tag in &tags {
            self.raw(&format!("<{tag}>"));
        }
        self.text(text);
        for tag in tags.iter().rev() {
            self.raw(&format!("</{tag}>"));
        }
        if link.is_some() {
            self.raw("</a>");
        }
    }
}

fn tags(style: Style) -> Vec<&'static str> {
    [
        (style.bold, "strong"),
        (style.italic, "em"),
        (style.underline, "u"),
        (style.strike, "s"),
        (style.superscript, "sup"),
        (style.subscript, "sub"),
    ]
    .into_iter()
    .filter_map(|(on, tag)| on.then_some(tag))
    .collect()
}
