//! Elements that point into the narrative, and what a reader finds there.

use super::codec::Codec;
use super::narrative;
use super::slot::{Slot, local};
use crate::xml::{NodeId, Tree};

impl Codec<'_> {
    /// `text` pointing into the narrative at `id`.
    ///
    /// The text there only shows what the entry codes: a reader leaves it to
    /// the list of what was not read, should it say more.
    pub fn pointer(&mut self, id: &str) -> Option<String> {
        let mut target = None;
        self.element("text", |s| target = s.target(id));
        target
    }

    /// An element that points into the narrative at `id`, where a reader finds `text`.
    /// Answers a reader the ID that the document points to.
    pub fn reference(
        &mut self,
        name: &'static str,
        id: &str,
        text: Slot<'_, Option<String>>,
    ) -> Option<String> {
        let mut target = None;
        self.element(name, |s| target = s.reference_here(id, text));
        target
    }

    /// The reference alone, inside an element already open.
    pub(crate) fn reference_only(
        &mut self,
        id: &str,
        text: Slot<'_, Option<String>>,
    ) -> Option<String> {
        self.reference_here(id, text)
    }

    fn reference_here(&mut self, id: &str, mut text: Slot<'_, Option<String>>) -> Option<String> {
        let target = self.target(id);
        if self.is_writing() {
            return None;
        }
        if let Some(found) = target.as_deref().and_then(|t| self.narrative_at(t)) {
            text.set(Some(found));
        } else {
            // an inline text, where the specification wants a reference
            let mut inline = String::new();
            self.text(local(&mut inline));
            let inline = inline.trim();
            if !inline.is_empty() {
                text.set(Some(inline.to_owned()));
            }
        }
        target
    }

    /// `reference`; answers a reader the ID that the document points to.
    fn target(&mut self, id: &str) -> Option<String> {
        self.ignore(&["mediaType"]);
        let mut target = self.is_writing().then(|| format!("#{id}"));
        self.element("reference", |s| s.attr_option("value", local(&mut target)));
        self.null_flavor();
        target
            .filter(|_| !self.is_writing())
            .map(|t| t.trim_start_matches('#').to_owned())
    }

    /// The cells of the table row that holds an ID of the narrative.
    pub(crate) fn row_of(&mut self, id: &str) -> Vec<NodeId> {
        let Some((tree, _)) = self.here() else {
            return Vec::new();
        };
        let mut node = narrative::find(tree, id);
        while let Some(at) = node {
            if tree.is(at, "tr") {
                return tree.elements(at, "td").collect();
            }
            node = tree.parent(at);
        }
        Vec::new()
    }

    /// A reader's text of a cell, now read; none when it is empty or a dash.
    pub(crate) fn cell_text(&mut self, cell: NodeId) -> Option<String> {
        let (tree, _) = self.here()?;
        let text = narrative::plain(tree, cell);
        tree.mark_all(cell);
        Some(text).filter(|t| !t.trim_matches([' ', '\t', '\n']).is_empty() && t != "-")
    }

    /// The text of the cell beside a label of the narrative of the section.
    pub(crate) fn beside(&mut self, label: &str) -> Option<String> {
        let (tree, _) = self.here()?;
        for table in self.tables() {
            for row in &table.rows {
                if let [first, second, ..] = row[..]
                    && narrative::words(&narrative::plain(tree, first)).any(|w| w == label)
                {
                    return self.cell_text(second);
                }
            }
        }
        None
    }

    /// A reader's text at an ID of the narrative, now read.
    pub(crate) fn narrative_at(&mut self, id: &str) -> Option<String> {
        let (tree, _) = self.here()?;
        let node = narrative::find(tree, id)?;
        narrative::take(tree, node)
    }

    /// Marks, for a reader, an `originalText` that only points to where the statement points.
    pub(super) fn repeated_reference(&mut self) {
        let pointing = |tree: &Tree<'_>, n: NodeId| {
            tree.element(n, "reference").is_some() && narrative::plain(tree, n).is_empty()
        };
        if let (Some(node), Some((tree, _))) = (self.child("originalText", pointing), self.here()) {
            tree.mark_all(node);
        }
    }
}
