//! Labels of coded values (`CD`, `CE`, `CS`).

use crate::parts;
use dcc_xml::tree::{NodeId, Tree};

/// A coded element as text: its display name, else its original text, else
/// the label of its first translation, else its code. Now read.
pub fn label(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    tree.mark(id);
    let found = parts::attribute(tree, id, "displayName")
        .or_else(|| parts::child_text(tree, id, "originalText"))
        .or_else(|| {
            let first = tree.element(id, "translation")?;
            tree.mark(first);
            parts::attribute(tree, first, "displayName")
        })
        .or_else(|| parts::attribute(tree, id, "code"));
    // the text that the code was chosen for is the same thing in other words
    if let Some(text) = tree.element(id, "originalText")
        && found.as_deref() == Some(dcc_base::text::one_line(&peek_text(tree, text)).as_str())
    {
        tree.mark_all(text);
    }
    found
}

fn peek_text(tree: &Tree<'_>, id: NodeId) -> String {
    let mut out = tree.text(id).to_owned();
    for child in tree.children(id) {
        out.push_str(&peek_text(tree, child));
    }
    out
}

/// The coded child named `name`.
pub fn child(tree: &Tree<'_>, id: NodeId, name: &str) -> Option<String> {
    tree.element(id, name).and_then(|e| label(tree, e))
}

/// The labels of the translations of a coded element, each once, now read.
pub fn translations(tree: &Tree<'_>, id: NodeId) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for node in tree.elements(id, "translation") {
        tree.mark(node);
        let text = parts::attribute(tree, node, "displayName")
            .or_else(|| parts::child_text(tree, node, "originalText"))
            .or_else(|| parts::attribute(tree, node, "code"));
        out.extend(text.filter(|t| !out.contains(t)));
    }
    out
}
