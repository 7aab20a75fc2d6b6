//! The official documents of the volet FRCP 2022.01.

use std::collections::{BTreeMap, BTreeSet};

use dcc_core::cda::WriteOptions;
use dcc_core::fiche_rcp::FicheRcp;
use dcc_core::xml::{Limits, NodeId, Tree};
use dcc_tests::cisis_dir;

/// A sample, none when the reference data are not there.
pub(crate) fn sample(name: &str) -> Option<Vec<u8>> {
    let file = cisis_dir()?.join(format!("ExemplesCDA/CANCER-FRCP_2022.01_{name}.xml"));
    Some(std::fs::read(file).unwrap())
}

/// End of the path, text, why.
type Explained = (&'static str, &'static str, &'static str);

/// What of each sample has no place in the model.
const UNREAD: [(&str, &[Explained]); 2] = [
    (
        "Appareil",
        &[
            (
                "component[1]/section/text/table[1]/tbody/tr[2]/td[2]/content/text()",
                "Sein [JDV_ANRCPAppareil_CISIS]",
                "name of the value set, beside a code that is read",
            ),
            (
                "component[1]/section/text/table[1]/tbody/tr[3]/td[2]/content/text()",
                "Sein [JDV_ANRCPOrgane_CISIS]",
                "name of the value set, beside a code that is read",
            ),
            (
                "component[3]/section/text/table/tbody/tr[3]/td[2]/text()",
                "C25228 [NCIT]",
                "another code of the laterality, which the entry gives in SNOMED CT",
            ),
            (
                "component[6]/section/component[2]/section/text/table/tbody/tr/td[2]/content/text()",
                "Grade 0",
                "the entry says « Stade 0 »",
            ),
            (
                "component[18]/section/text/table/tbody/tr[2]/td[2]/text()",
                "18/02/2019",
                "the entry gives another date of the status, 14/03/2019",
            ),
        ],
    ),
    (
        "Transversale",
        &[
            (
                "component[1]/section/text/table[1]/tbody/tr[2]/td[2]/content/text()",
                "Soins de support général",
                "the entry has another label",
            ),
            (
                "component[3]/section/text/table/tbody/tr[3]/td[2]/text()",
                "C25228 [NCIT]",
                "another code of the laterality, which the entry gives in SNOMED CT",
            ),
            (
                "component[6]/section/component[2]/section/text/table/tbody/tr/td[2]/content/text()",
                "Grade 0",
                "the entry says « Stade 0 »",
            ),
            (
                "component[12]/section/text/table[1]/tbody/tr[2]/td[2]/text()",
                "DR Jacques ROUSSEAU (Centre Hospitalier d'Angers)",
                "a sampler of whom the entry says nothing",
            ),
            (
                "component[18]/section/text/table/tbody/tr[2]/td[2]/text()",
                "18/02/2019",
                "the entry gives another date of the status, 14/03/2019",
            ),
        ],
    ),
];

#[test]
fn what_is_not_read_of_the_samples_is_explained() {
    for (name, expected) in UNREAD {
        let Some(bytes) = sample(name) else { return };
        let reading = FicheRcp::from_cda(&bytes).unwrap();
        let found: Vec<_> = reading
            .unread
            .iter()
            .map(|u| {
                (
                    u.path.rsplit("structuredBody/").next().unwrap(),
                    u.content.as_str(),
                )
            })
            .collect();
        let expected: Vec<_> = expected.iter().map(|e| (e.0, e.1)).collect();
        assert_eq!(found, expected, "{name}");
    }
}

/// How often each element with a template says (template, code, value), and
/// each (element, code, code system).
fn said(document: &[u8]) -> (BTreeMap<[String; 3], usize>, BTreeSet<[String; 3]>) {
    let text = dcc_core::xml::decode(document).unwrap();
    let tree = Tree::parse(&text, &Limits::default()).unwrap();
    let (mut triples, mut codes) = (BTreeMap::new(), BTreeSet::new());
    let mut nodes = vec![tree.root()];
    while let Some(node) = nodes.pop() {
        nodes.extend(tree.children(node));
        let attr = |n: NodeId, name: &str| tree.peek(n, name).unwrap_or_default().to_owned();
        let of = |name: &str| tree.element(node, name);
        let code = of("code").map_or_else(String::new, |c| attr(c, "code"));
        let value = of("value").map_or_else(String::new, |v| attr(v, "code") + &attr(v, "value"));
        for template in tree.elements(node, "templateId") {
            *triples
                .entry([attr(template, "root"), code.clone(), value.clone()])
                .or_default() += 1;
        }
        if tree.peek(node, "code").is_some() {
            codes.insert([
                tree.name(node).to_owned(),
                attr(node, "code"),
                attr(node, "codeSystem"),
            ]);
        }
    }
    (triples, codes)
}

#[test]
fn the_samples_are_written_again_whole() {
    for (name, _) in UNREAD {
        let Some(bytes) = sample(name) else { return };
        let fiche = FicheRcp::from_cda(&bytes).unwrap().document;
        // a specialty of the samples has left its value set since
        let refused = fiche.to_cda().unwrap_err();
        let blocking: BTreeSet<_> = refused
            .iter()
            .filter(|p| p.is_blocking())
            .map(|p| p.code)
            .collect();
        assert_eq!(blocking, BTreeSet::from(["JDV-CODE"]), "{refused}");
        let options = WriteOptions {
            accept: vec!["JDV-CODE".into()],
            ..WriteOptions::default()
        };
        let written = fiche.to_cda_with(&options).unwrap();
        let again = FicheRcp::from_cda(&written).unwrap();
        assert_eq!(again.document, fiche, "{name}");
        assert_eq!(again.unread, [], "{name}");

        let ((before, codes_before), (after, codes_after)) = (said(&bytes), said(&written));
        assert!(before.len() > 100 && codes_before.len() > 100);
        // the cross-cutting sample holds the reason of the meeting (ORG-186) twice, one in the other
        let twice =
            |t: &[String; 3]| name == "Transversale" && t[1] == "ORG-186" && t[2].is_empty();
        let lost: Vec<_> = before
            .iter()
            .filter(|(t, n)| after.get(*t).is_none_or(|m| m < n && !twice(t)))
            .collect();
        assert!(lost.is_empty(), "{name}: {lost:#?}");
        let lost: Vec<_> = codes_before.difference(&codes_after).collect();
        assert!(lost.is_empty(), "{name}: {lost:#?}");
    }
}
