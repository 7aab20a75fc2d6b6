//! Mixed content: the text of an element in its order, its parts kept apart.

use dcc_base::text::{is_xml_space, one_line};
use dcc_xml::tree::{NodeId, Tree};

/// All the text below an element, on one line, now read.
pub fn text_of(tree: &Tree<'_>, id: NodeId) -> String {
    one_line(&tree.text_of(id))
}

/// The text of the first child named `name`, when it has one.
pub fn child_text(tree: &Tree<'_>, id: NodeId, name: &str) -> Option<String> {
    tree.element(id, name)
        .map(|e| text_of(tree, e))
        .filter(|t| !t.is_empty())
}

/// The text of each child named `name` that has one.
pub fn children_text(tree: &Tree<'_>, id: NodeId, name: &str) -> Vec<String> {
    tree.elements(id, name)
        .map(|e| text_of(tree, e))
        .filter(|t| !t.is_empty())
        .collect()
}

/// An attribute on one line, when it is not empty.
pub fn attribute(tree: &Tree<'_>, id: NodeId, name: &str) -> Option<String> {
    tree.peek(id, name)
        .map(one_line)
        .filter(|value| !value.is_empty())
}

/// A piece of mixed content.
pub struct Part<'t> {
    /// Name of its element; empty for a text between the elements.
    pub name: &'t str,
    /// Its element or text.
    pub node: NodeId,
    /// Its text, on one line, never empty but for a `delimiter`.
    pub text: String,
    /// True when it is written right after what precedes, without any space,
    /// one of the two being a text between elements.
    pub is_glued: bool,
}

/// The pieces of an element's content that have a text, in order, now read.
pub fn parts<'t>(tree: &'t Tree<'_>, id: NodeId) -> Vec<Part<'t>> {
    tree.mark(id);
    let mut out: Vec<Part<'t>> = Vec::new();
    // whether a space stands before the next piece, and whether a text did
    let (mut has_space, mut after_text) = (true, false);
    for node in tree.children(id) {
        let raw = tree.text_of(node);
        let text = one_line(&raw);
        let is_text = tree.is_text(node);
        has_space |= is_text && raw.starts_with(is_xml_space);
        let name = tree.name(node);
        if !text.is_empty() || name == "delimiter" {
            out.push(Part {
                name,
                node,
                text,
                is_glued: !has_space && (is_text || after_text),
            });
            has_space = false;
            after_text = is_text;
        }
        has_space |= is_text && raw.ends_with(is_xml_space);
    }
    out
}

/// All the text of an element in its order, one space between its parts.
pub fn in_order(tree: &Tree<'_>, id: NodeId) -> String {
    let mut out = String::new();
    for part in parts(tree, id) {
        if part.text.is_empty() {
            out.push(',');
        } else {
            push(&mut out, &part, " ");
        }
    }
    out
}

/// Adds a part after `separator`: none before a punctuation or when the two
/// are glued, a space alone after a punctuation.
pub(crate) fn push(out: &mut String, part: &Part<'_>, separator: &str) {
    if !out.is_empty() && !part.is_glued && !part.text.starts_with([',', ';', '.', ')']) {
        let ended = out.ends_with([',', ';', ':']);
        out.push_str(if ended { " " } else { separator });
    }
    out.push_str(&part.text);
}
