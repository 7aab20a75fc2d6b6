//! The CDA document of a file.

use crate::rules;
use dcc_base::problem::{Problem, Problems};
use dcc_xml::tree::{NodeId, Ns, Tree};

/// The `ClinicalDocument` of a file: its root, or the first one within another
/// XML (a self-presenting document, *document autoprésentable*, carries it in
/// its style sheet).
///
/// # Errors
/// `CDA-DOCUMENT` when there is none; a `ClinicalDocument` of another
/// namespace, or of none, is reported as such.
pub fn find(tree: &Tree<'_>) -> Result<NodeId, Problems> {
    if let Some(found) = search(tree, &|id| tree.ns(id) == Ns::Hl7) {
        return Ok(found);
    }
    let problem = Problem::new(&rules::NOT_CDA, tree.path_of(tree.root()));
    Err(match search(tree, &|_| true) {
        Some(other) => {
            let namespace = match tree.ns(other) {
                Ns::None => "sans espace de noms",
                Ns::Sdtc => "dans l'espace de noms urn:hl7-org:sdtc",
                _ => "dans un autre espace de noms",
            };
            Problem::new(&rules::NOT_CDA, tree.path_of(other))
                .message("L'élément ClinicalDocument n'est pas dans l'espace de noms de CDA")
                .found(format!("ClinicalDocument {namespace}"))
                .allowed(["ClinicalDocument dans l'espace de noms urn:hl7-org:v3"])
        }
        None => problem
            .found(tree.name(tree.root()))
            .allowed(["ClinicalDocument dans l'espace de noms urn:hl7-org:v3"]),
    }
    .into())
}

/// The first `ClinicalDocument`, in document order, that `keep` keeps.
fn search(tree: &Tree<'_>, keep: &dyn Fn(NodeId) -> bool) -> Option<NodeId> {
    let mut stack = vec![tree.root()];
    while let Some(id) = stack.pop() {
        if tree.name(id) == "ClinicalDocument" && keep(id) {
            return Some(id);
        }
        let first = stack.len();
        stack.extend(tree.children(id));
        stack[first..].reverse();
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use dcc_xml::tree::Limits;

    fn name(xml: &str) -> Result<String, String> {
        let tree = Tree::parse(xml, &Limits::default()).unwrap();
        find(&tree)
            .map(|id| tree.path_of(id))
            .map_err(|problems| problems.iter().next().unwrap().found.clone().unwrap())
    }

    #[test]
    fn the_document_is_the_root_or_within_a_style_sheet() {
        assert!(name("<ClinicalDocument xmlns='urn:hl7-org:v3'/>").is_ok());
        let within = "<s xmlns='http://www.w3.org/1999/XSL/Transform'><d>\
                      <c:ClinicalDocument xmlns:c='urn:hl7-org:v3'/></d></s>";
        assert!(name(within).unwrap().ends_with("ClinicalDocument"));
    }

    #[test]
    fn another_namespace_is_named_as_the_fault() {
        assert_eq!(
            name("<ClinicalDocument/>").unwrap_err(),
            "ClinicalDocument sans espace de noms"
        );
        assert_eq!(
            name("<ClinicalDocument xmlns='urn:x'/>").unwrap_err(),
            "ClinicalDocument dans un autre espace de noms"
        );
        assert_eq!(name("<Bundle/>").unwrap_err(), "Bundle");
    }
}
