//! Random fiches, written and read again.

use std::collections::BTreeSet;

use dcc_core::fiche_rcp::FicheRcp;
use dcc_core::identity::oid;
use dcc_core::xml::{Limits, NodeId, Tree};
use dcc_tests::strategies::fiche_rcp::fiche_rcp;
use dcc_tests::strategies::of;
use proptest::prelude::*;

/// 256 cases, or as many as `DCC_CASES` says.
fn config() -> ProptestConfig {
    let cases = std::env::var("DCC_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(256);
    ProptestConfig {
        cases,
        max_shrink_iters: 20_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The fields that differ, as paths of the JSON.
fn differences(a: &FicheRcp, b: &FicheRcp) -> Vec<String> {
    let lines = |f: &FicheRcp| {
        f.to_json()
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (a, b) = (lines(a), lines(b));
    let only = |x: &[String], y: &[String], sign: char| {
        x.iter()
            .filter(|l| !y.contains(l))
            .map(|l| format!("{sign} {l}"))
            .collect::<Vec<_>>()
    };
    [only(&a, &b, '-'), only(&b, &a, '+')].concat()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_is_read_back(fiche in of(fiche_rcp)) {
        let problems = fiche.check();
        prop_assert!(!problems.has_blocking(), "{problems}");
        let document = fiche.to_cda().unwrap();
        prop_assert_eq!(&fiche.to_cda().unwrap(), &document, "the same fiche gives the same bytes");
        let read = FicheRcp::from_cda(&document).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert!(read.document == fiche, "{:#?}", differences(&fiche, &read.document));
        prop_assert_eq!(&read.unread, &vec![]);
        let json = FicheRcp::from_json(fiche.to_json().unwrap().as_bytes()).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert!(json == fiche, "{:#?}", differences(&fiche, &json));
    }
}

/// Every ID of the narrative, and every reference to one.
fn ids_and_references(tree: &Tree<'_>) -> (Vec<String>, Vec<String>) {
    let (mut ids, mut references) = (Vec::new(), Vec::new());
    each_node(tree, |node| {
        ids.extend(tree.peek(node, "ID").map(str::to_owned));
        if tree.is(node, "reference") {
            references.extend(tree.peek(node, "value").map(str::to_owned));
        }
    });
    (ids, references)
}

fn each_node(tree: &Tree<'_>, mut f: impl FnMut(NodeId)) {
    let mut nodes = vec![tree.root()];
    while let Some(node) = nodes.pop() {
        nodes.extend(tree.children(node));
        f(node);
    }
}

/// Ids of entries and sections.
fn derived_ids(tree: &Tree<'_>) -> Vec<String> {
    let mut ids = Vec::new();
    each_node(tree, |node| {
        if tree.element(node, "templateId").is_some() && node != tree.root() {
            ids.extend(
                tree.elements(node, "id")
                    .filter_map(|id| tree.peek(id, "root").map(str::to_owned)),
            );
        }
    });
    ids
}

fn is_unique(items: &[String]) -> bool {
    items.iter().collect::<BTreeSet<_>>().len() == items.len()
}

#[test]
fn the_document_holds_together() {
    for fiche in of(fiche_rcp).sample(100, 3) {
        let document = String::from_utf8(fiche.to_cda().unwrap()).unwrap();
        let tree = Tree::parse(&document, &Limits::default()).unwrap();
        let (ids, references) = ids_and_references(&tree);
        assert!(is_unique(&ids), "{ids:?}");
        assert!(references.len() > 20);
        for reference in &references {
            let target = reference
                .strip_prefix('#')
                .unwrap_or_else(|| panic!("{reference}"));
            assert!(ids.iter().any(|id| id == target), "{reference}");
        }
        // every section has a text and, where the volet gives one, a title
        let mut sections = 0;
        each_node(&tree, |node| {
            if tree.is(node, "section") {
                sections += 1;
                let text = tree
                    .element(node, "text")
                    .unwrap_or_else(|| panic!("{}", tree.path_of(node)));
                let code = tree
                    .peek(tree.element(node, "code").unwrap(), "code")
                    .unwrap();
                let untitled = [
                    "11450-4", "38208-5", "46006-3", "48542-5", "30954-2", "55112-7",
                ]
                .contains(&code);
                assert!(
                    untitled
                        || tree
                            .element(node, "title")
                            .is_some_and(|t| !tree.text_of(t).trim().is_empty()),
                    "{code}"
                );
                // that of the functional status is told in the sections below it
                assert!(
                    code == "47420-5" || !tree.text_of(text).trim().is_empty(),
                    "{code}"
                );
            }
        });
        assert!(sections >= 8);
        let ids = derived_ids(&tree);
        assert!(is_unique(&ids) && ids.len() > 20);
        assert!(ids.iter().all(|id| oid::is_uuid(id)));
    }
}

#[test]
fn ids_follow_the_document_and_the_place() {
    for mut fiche in of(fiche_rcp).sample(20, 4) {
        let ids = |f: &FicheRcp| {
            let document = String::from_utf8(f.to_cda().unwrap()).unwrap();
            derived_ids(&Tree::parse(&document, &Limits::default()).unwrap())
        };
        let before = ids(&fiche);
        // another text changes no id, nor does a part added after
        fiche.synthesis.case = "Autre synthèse".into();
        fiche.status.comment = Some("Ajout".into());
        assert_eq!(ids(&fiche), before);
        // another document shares none
        fiche.header.id.root = "1.2.250.1.999.77".into();
        assert!(ids(&fiche).iter().all(|id| !before.contains(id)));
    }
}
