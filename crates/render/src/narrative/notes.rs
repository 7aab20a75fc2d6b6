//! Footnotes: a mark at each call, the same mark at the note.

use super::flow::Flow;
use super::reader::Reader;
use crate::block::Style;
use crate::rules;
use dcc_base::problem::Problem;
use dcc_xml::tree::NodeId;

const SUPERSCRIPT: Style = Style {
    bold: false,
    italic: false,
    underline: false,
    strike: false,
    superscript: true,
    subscript: false,
};

impl Reader<'_, '_, '_> {
    /// The call of a note.
    pub(super) fn call(&mut self, id: NodeId, flow: &mut Flow) {
        let target = self.tree.peek(id, "IDREF").unwrap_or_default();
        match self.footnotes.mark(target) {
            Some(mark) => flow.text(&format!("[{mark}]"), SUPERSCRIPT, None),
            None => {
                self.warnings
                    .push(Problem::new(&rules::NOTE, self.tree.path_of(id)).found(target));
                flow.text("[note absente]", SUPERSCRIPT, None);
            }
        }
    }

    /// A note. One that nothing calls stands in brackets where it is; one that
    /// is called is a paragraph of its own, where it is when no text precedes
    /// it, else at the end of its section.
    pub(super) fn footnote(&mut self, id: NodeId, style: Style, depth: usize, flow: &mut Flow) {
        let mark = self
            .tree
            .peek(id, "ID")
            .and_then(|id| self.footnotes.mark(id));
        let Some(mark) = mark else {
            flow.text(" (", style, None);
            self.children(id, style, None, depth + 1, flow);
            flow.text(")", style, None);
            return;
        };
        if flow.is_blank() {
            flow.flush();
            flow.text(&format!("[{mark}] "), Style::default(), None);
            self.children(id, style, None, depth + 1, flow);
            flow.flush();
            return;
        }
        flow.text(&format!("[{mark}]"), SUPERSCRIPT, None);
        let mut note = Flow::default();
        note.text(&format!("[{mark}] "), Style::default(), None);
        self.children(id, style, None, depth + 1, &mut note);
        let blocks = self.done(note, id);
        self.pending.extend(blocks);
    }
}
