//! Identifiers (`II`), and what their OIDs say that they are.

use crate::parts;
use dcc_xml::tree::{NodeId, Tree};

/// `root^extension`, or the one that is there. Now read.
pub fn instance(tree: &Tree<'_>, id: NodeId) -> String {
    tree.mark(id);
    let root = parts::attribute(tree, id, "root").unwrap_or_default();
    match parts::attribute(tree, id, "extension") {
        Some(extension) if !root.is_empty() => format!("{root}^{extension}"),
        Some(extension) => extension,
        None => root,
    }
}

/// An identifier as a label and a value, now read. `domains` names more
/// domains by their OID than those of the CI-SIS.
pub fn identifier(
    tree: &Tree<'_>,
    id: NodeId,
    domains: &[(&str, &str)],
) -> Option<(String, String)> {
    tree.mark(id);
    let root = tree.peek(id, "root").unwrap_or_default().trim();
    let Some(extension) = parts::attribute(tree, id, "extension") else {
        return (!root.is_empty()).then(|| ("Identifiant".to_owned(), root.to_owned()));
    };
    let tail = |from: usize| extension.get(from..).unwrap_or_default().to_owned();
    let own = domains.iter().find(|(oid, _)| *oid == root);
    Some(match (root, extension.as_bytes().first()) {
        ("1.2.250.1.71.4.2.1", Some(b'8')) => ("RPPS".to_owned(), tail(1)),
        ("1.2.250.1.71.4.2.1", Some(b'0')) => ("ADELI".to_owned(), tail(1)),
        ("1.2.250.1.71.4.2.1", _) => ("Identifiant national".to_owned(), extension),
        ("1.2.250.1.71.4.2.2", Some(b'1')) => ("FINESS".to_owned(), tail(1)),
        ("1.2.250.1.71.4.2.2", Some(b'2')) => ("SIREN".to_owned(), tail(1)),
        ("1.2.250.1.71.4.2.2", Some(b'3')) => ("SIRET".to_owned(), tail(1)),
        ("1.2.250.1.71.4.2.2", _) => ("Identifiant national".to_owned(), extension),
        ("", _) => ("Identifiant".to_owned(), extension),
        _ => match own {
            Some((_, label)) => ((*label).to_owned(), extension),
            None => (
                "Identifiant".to_owned(),
                format!("{extension} (domaine {root})"),
            ),
        },
    })
}

/// What a patient identifier of the INS realm is, by its OID (CI-SIS, volet
/// Structuration minimale): name, and true for production.
pub fn ins_kind(oid: &str) -> Option<(&'static str, bool)> {
    Some(match oid {
        "1.2.250.1.213.1.4.8" => ("INS-NIR", true),
        "1.2.250.1.213.1.4.9" => ("INS-NIA", true),
        "1.2.250.1.213.1.4.10" => ("INS-NIR de test", false),
        "1.2.250.1.213.1.4.11" => ("INS-NIR de démonstration", false),
        _ => return None,
    })
}

/// A matricule in groups: `2 79 03 51 215 189 89`.
pub fn matricule(value: &str) -> String {
    if value.len() != 15 || !value.is_ascii() {
        return value.to_owned();
    }
    let cuts = [0, 1, 3, 5, 7, 10, 13, 15];
    let groups: Vec<&str> = cuts
        .windows(2)
        .filter_map(|w| value.get(w[0]..w[1]))
        .collect();
    groups.join("\u{A0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matricule_is_in_groups() {
        assert_eq!(
            matricule("279035121518989").replace('\u{A0}', " "),
            "2 79 03 51 215 189 89"
        );
        assert_eq!(matricule("2790"), "2790");
    }
}
