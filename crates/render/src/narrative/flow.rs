//! Text gathered into paragraphs.

use std::collections::BTreeSet;

use crate::block::{Block, Inline, Style};
use crate::typography::{self, MAX_MARKS};
use dcc_base::text::is_xml_space;

/// Text gathered into paragraphs, between blocks.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
    /// What was changed in the characters of the text.
    pub(super) changes: Changes,
}

/// Characters that could not be kept as they are.
#[derive(Default)]
pub(super) struct Changes {
    /// Private characters of a word processor, each with its sign.
    pub(super) private: BTreeSet<char>,
    /// Private characters that stand for nothing known.
    pub(super) unknown: BTreeSet<char>,
    /// Combining marks left out.
    pub(super) marks: usize,
}

impl Flow {
    pub(super) fn text(&mut self, text: &str, style: Style, link: Option<&str>) {
        let mut folded = String::with_capacity(text.len());
        let mut space = match self.inlines.last() {
            None | Some(Inline::Break) => true,
            Some(Inline::Text { text, .. }) => text.ends_with(' '),
        };
        let mut marks = 0;
        for c in text.chars() {
            if unicode_normalization::char::is_combining_mark(c) {
                marks += 1;
                if marks > MAX_MARKS {
                    self.changes.marks += 1;
                    continue;
                }
            } else {
                marks = 0;
            }
            let c = match typography::private(c) {
                Some(sign) => {
                    self.changes.private.insert(c);
                    sign
                }
                None => {
                    if matches!(c, '\u{E000}'..='\u{F8FF}') {
                        self.changes.unknown.insert(c);
                    }
                    c
                }
            };
            if is_xml_space(c) {
                if !space {
                    folded.push(' ');
                }
                space = true;
            } else if !c.is_control() {
                folded.push(c);
                space = false;
            }
        }
        if folded.is_empty() {
            return;
        }
        if let Some(Inline::Text {
            text,
            style: known,
            link: target,
        }) = self.inlines.last_mut()
            && *known == style
            && target.as_deref() == link
        {
            text.push_str(&folded);
            return;
        }
        self.inlines.push(Inline::Text {
            text: folded,
            style,
            link: link.map(str::to_owned),
        });
    }

    /// True when nothing that shows has been gathered since the last block.
    pub(super) fn is_blank(&self) -> bool {
        self.inlines.iter().all(|inline| match inline {
            Inline::Text { text, .. } => text.trim().is_empty(),
            Inline::Break => true,
        })
    }

    pub(super) fn block(&mut self, block: Block) {
        self.flush();
        self.blocks.push(block);
    }

    pub(super) fn flush(&mut self) {
        let mut inlines = std::mem::take(&mut self.inlines);
        for inline in &mut inlines {
            if let Inline::Text { text, .. } = inline
                && let std::borrow::Cow::Owned(set) = typography::french(text)
            {
                *text = set;
            }
        }
        // a space before a line break is not seen
        for i in 1..inlines.len() {
            if inlines[i] == Inline::Break
                && let Inline::Text { text, .. } = &mut inlines[i - 1]
            {
                text.truncate(text.trim_end_matches(' ').len());
            }
        }
        inlines.retain(|i| !matches!(i, Inline::Text { text, .. } if text.is_empty()));
        let first = inlines.iter().position(|i| *i != Inline::Break);
        let Some(first) = first else { return };
        inlines.drain(..first);
        while let Some(last) = inlines.last_mut() {
            match last {
                Inline::Break => {}
                Inline::Text { text, .. } => {
                    text.truncate(text.trim_end_matches(' ').len());
                    if !text.is_empty() {
                        break;
                    }
                }
            }
            inlines.pop();
        }
        if !inlines.is_empty() {
            self.blocks.push(Block::Paragraph(inlines));
        }
    }

    pub(super) fn finish(mut self) -> (Vec<Block>, Changes) {
        self.flush();
        (self.blocks, self.changes)
    }
}

/// Adds a line to a caption.
pub(super) fn join(caption: &mut Vec<Inline>, more: Vec<Inline>) {
    if !caption.is_empty() && !more.is_empty() {
        caption.push(Inline::Break);
    }
    caption.extend(more);
}

/// A block as one run of text, line by line.
pub(super) fn flatten(block: Block) -> Vec<Inline> {
    let mut out = Vec::new();
    match block {
        Block::Paragraph(inlines) => out = inlines,
        Block::List { caption, items, .. } => {
            out = caption;
            for block in items.into_iter().flatten() {
                join(&mut out, flatten(block));
            }
        }
        Block::Table(table) => {
            out = table.caption;
            let rows = table.head.into_iter().chain(table.body).chain(table.foot);
            for block in rows.flatten().flat_map(|cell| cell.blocks) {
                join(&mut out, flatten(block));
            }
        }
        Block::Notice(text) => out.push(Inline::plain(text)),
        Block::Picture(picture) => {
            let text = format!("[image] {}", picture.caption);
            out.push(Inline::plain(text.trim()));
        }
        Block::File(file) => {
            let text = format!("[pièce jointe : {}] {}", file.what(), file.caption);
            out.push(Inline::plain(text.trim()));
        }
    }
    out
}
