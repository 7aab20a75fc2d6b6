//! What a header holds that no other part of the reader used: nothing is left
//! out but by the rules stated here.

use super::types::Fact;
use dcc_cda::parts;
use dcc_xml::tree::{NodeId, Tree};

/// Elements that make the XML work and are not shown: the realm, the type and
/// the templates of the document; the code `S` (signed) of a signature, which
/// the date beside it states; the status of a consent (`completed`, the only
/// one that CDA allows).
const SILENT: [&str; 5] = [
    "realmCode",
    "typeId",
    "templateId",
    "signatureCode",
    "component",
];

/// Most values shown so.
const MAX: usize = 200;

/// The values of elements that nobody marked as read, each with its place.
/// Besides [`SILENT`], two things are left out: codes, code systems and OIDs of
/// an element whose label or text is shown, and what only structures the XML
/// (`classCode`, `typeCode`, `nullFlavor`).
pub(super) fn others(tree: &Tree<'_>, document: NodeId) -> Vec<Fact> {
    let mut out = Vec::new();
    for child in tree.children(document) {
        if !SILENT.contains(&tree.name(child)) {
            walk(tree, child, &mut Vec::new(), &mut out);
        }
    }
    out
}

fn walk<'t>(tree: &'t Tree<'_>, id: NodeId, path: &mut Vec<&'t str>, out: &mut Vec<Fact>) {
    let name = tree.name(id);
    if SILENT.contains(&name) || (name == "statusCode" && path.last() == Some(&"consent")) {
        return;
    }
    if out.len() >= MAX {
        return;
    }
    if tree.is_text(id) {
        let text = dcc_base::text::one_line(tree.text(id));
        if !tree.is_seen(id) && !text.is_empty() {
            out.push(Fact::new(path.join(" › "), text));
        }
        return;
    }
    path.push(name);
    if !tree.is_seen(id)
        && let Some(value) = value(tree, id)
    {
        out.push(Fact::new(path.join(" › "), value));
    }
    for child in tree.children(id) {
        walk(tree, child, path, out);
    }
    path.pop();
}

/// What the attributes of an element state.
fn value(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let attribute = |name: &str| parts::attribute(tree, id, name);
    if let Some(label) = attribute("displayName") {
        return Some(label);
    }
    if let Some(value) = attribute("value") {
        let unit = attribute("unit").map(|u| format!("\u{A0}{u}"));
        return Some(value + &unit.unwrap_or_default());
    }
    match (attribute("root"), attribute("extension")) {
        (Some(root), Some(extension)) => Some(format!("{root}^{extension}")),
        (root, extension) => extension.or(root).or_else(|| attribute("code")),
    }
}
