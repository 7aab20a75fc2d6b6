//! The PPS: official samples, bundled documents, random documents.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use dcc_core::cda::WriteOptions;
use dcc_core::document::Document;
use dcc_core::fiche_rcp::FicheRcp;
use dcc_core::model::{Code, Identifier};
use dcc_core::pps::{CareState, Pps, Update};
use dcc_core::xml::{Limits, NodeId, Tree};
use dcc_tests::cisis_dir;
use dcc_tests::strategies::of;
use dcc_tests::strategies::pps::pps;
use dcc_tests::tools::cda_schema;
use proptest::prelude::*;

const SAMPLES: [&str; 2] = [
    "CANCER-PPS_2022.01_feuille-de-style-externe.xml",
    "CANCER-PPS_2022.01_Autopresentable.xml",
];

/// What the narrative of the official samples says otherwise than their own
/// entries, and why no model can hold both.
const CONTRADICTIONS: [&str; 8] = [
    // a laterality of the NCIt, where the entry codes it in SNOMED CT
    "C25228 [NCIT]",
    // dates of the last treatment, others in its entry
    "01/02/2021",
    "01/06/2021",
    "01/10/2020",
    "01/11/2020",
    // the entry says 70 kg
    "Poids : 97 kg",
    // a date of the tobacco support, another in its entry
    "01/02/2021",
    // the entry says « approuvé »
    "Validé",
];

fn sample(name: &str) -> Option<Vec<u8>> {
    let path = cisis_dir()?.join("ExemplesCDA").join(name);
    Some(fs::read(path).unwrap())
}

fn accepting() -> WriteOptions {
    // keys of fictitious numbers, and a route of another value set
    let accept = ["RPPS-CLE", "FINESS-CLE", "JDV-CODE"];
    WriteOptions {
        accept: accept.map(str::to_owned).to_vec(),
        ..WriteOptions::default()
    }
}

fn bundled() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dcc-core/examples/data");
    let mut all: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.file_name().unwrap().to_str().unwrap().starts_with("pps_"))
        .map(|p| {
            (
                p.file_stem().unwrap().to_str().unwrap().to_owned(),
                fs::read(p).unwrap(),
            )
        })
        .collect();
    all.sort();
    all
}

#[test]
fn official_samples_are_read_but_for_their_own_contradictions() {
    for name in SAMPLES {
        let Some(bytes) = sample(name) else { return };
        let reading = Pps::from_cda(&bytes).unwrap();
        let unread: Vec<_> = reading.unread.iter().map(|u| u.content.as_str()).collect();
        assert_eq!(unread, CONTRADICTIONS, "{name}");
        assert!(reading.unread.iter().all(|u| u.narrative));

        let p = &reading.document;
        assert_eq!(p.header.patient.birth_name, "PAT-TROIS");
        assert_eq!(p.programme.treatments.len(), 4);
        let states: Vec<_> = p
            .programme
            .treatments
            .iter()
            .map(|t| t.state.unwrap())
            .collect();
        use CareState::{Done, Planned};
        assert_eq!(states, [Done, Planned, Planned, Planned]);
        assert_eq!(
            p.programme.treatments[3].kind,
            Some(Code::new("GEN-092.03.01"))
        );
        assert!(p.programme.treatments[3].at_home.unwrap());
        assert_eq!(p.programme.side_effect_management[0].detail, None);
        assert_eq!(p.programme.measures.len(), 2);
        assert_eq!(
            p.programme.follow_up[0].rhythm.as_deref(),
            Some("Tous les 15 jours")
        );
        assert_eq!(
            p.programme.end_of_treatment.as_ref().unwrap().stopped,
            Some(true)
        );
        assert_eq!(p.support.care.len(), 3);
        assert_eq!(p.support.care[1].weight.as_ref().unwrap().value, Some(70.0));
        let tobacco = p.support.care[2].tobacco.as_ref().unwrap();
        assert_eq!(tobacco.text.as_deref(), Some("Fumeur actif"));
        // the entry points to the cell of the place, beside that of the rhythm
        assert_eq!(
            p.support.social[0].rhythm.as_deref(),
            Some("2 fois par jour.")
        );
        assert_eq!(p.rcp_date, Some("2021-01-10".parse().unwrap()));
        assert_eq!(
            p.handover.professional.as_ref().unwrap().name.family,
            "MULLER"
        );
        assert_eq!(p.references.len(), 3);
        assert_eq!(p.references[0].kind.as_deref(), Some("FRCP"));
        assert_eq!(p.references[0].text, None);
        assert_eq!(p.personal_data_notice, None);
        assert!(p.team.lodging.is_some() && p.team.mediator.is_some());
        assert_eq!(p.team.networks.len() + p.team.coordination.len(), 2);
    }
}

/// Templates, codes and values of the body and the header, counted.
fn facts(bytes: &[u8]) -> BTreeMap<String, usize> {
    let text = std::str::from_utf8(bytes).unwrap();
    let tree = Tree::parse(text, &Limits::default()).unwrap();
    let mut facts = BTreeMap::new();
    gather(&tree, tree.root(), &mut facts);
    facts
}

fn gather(tree: &Tree<'_>, node: NodeId, facts: &mut BTreeMap<String, usize>) {
    let name = tree.name(node);
    let get = |attr: &str| tree.peek(node, attr).unwrap_or("").to_owned();
    let fact = match name {
        "templateId" => Some(format!("template {}", get("root"))),
        "reference" | "id" => None,
        _ if tree.peek(node, "code").is_some() => {
            Some(format!("{name} {} {}", get("code"), get("codeSystem")))
        }
        _ if tree.peek(node, "value").is_some() => {
            Some(format!("{name} {} {}", get("value"), get("unit")))
        }
        _ => None,
    };
    if let Some(fact) = fact {
        *facts.entry(fact).or_default() += 1;
    }
    for child in tree.children(node) {
        gather(tree, child, facts);
    }
}

#[test]
fn official_samples_written_again_keep_every_coded_fact() {
    for name in SAMPLES {
        let Some(bytes) = sample(name) else { return };
        let pps = Pps::from_cda(&bytes).unwrap().document;
        let written = pps.to_cda_with(&accepting()).unwrap();
        let after = facts(&written);
        let lost: Vec<_> = facts(&bytes)
            .into_iter()
            .filter_map(|(fact, n)| {
                let lost = n.saturating_sub(after.get(&fact).copied().unwrap_or_default());
                (lost > 0 && !fact.starts_with("stylesheet")).then(|| format!("{lost} {fact}"))
            })
            .collect();
        assert_eq!(
            lost,
            [
                // one rhythm of the samples has the code of paediatrics: it is written with that of a rhythm
                "1 code 48767-8 2.16.840.1.113883.6.1",
                "1 code ORG-116 1.2.250.1.213.1.1.4.322",
                // parts of the progression repeat the date of the progression
                "3 effectiveTime 20210110 ",
                // one comment of the samples points to no text
                "1 template 1.2.250.1.213.1.1.3.32",
                "1 template 1.3.6.1.4.1.19376.1.5.3.1.4.2",
                "1 template 2.16.840.1.113883.10.20.1.40",
            ],
            "{name}"
        );
        let again = Pps::from_cda(&written).unwrap();
        assert_eq!(again.document, pps);
        assert!(again.unread.is_empty(), "{:?}", again.unread);
    }
}

#[test]
fn bundled_documents_are_valid_and_read_back() {
    let all = bundled();
    assert_eq!(all.len(), 5);
    for (name, json) in all {
        let pps = Pps::from_json(&json).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(pps.check().is_empty(), "{name}: {}", pps.check());
        let written = pps.to_cda().unwrap();
        assert_eq!(written, pps.to_cda().unwrap());
        let reading = Pps::from_cda(&written).unwrap();
        assert_eq!(reading.document, pps, "{name}");
        assert!(reading.unread.is_empty(), "{name}: {:?}", reading.unread);
        assert_eq!(
            Pps::from_json(pps.to_json().unwrap().as_bytes()).unwrap(),
            pps
        );
        let (document, _) = Document::from_cda(&written).unwrap();
        assert_eq!(document.kind(), "pps");
    }
}

#[test]
fn started_from_a_fiche() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../dcc-core/examples/data/fiche_rcp_sein.json");
    let mut fiche = FicheRcp::from_json(fs::read(path).unwrap()).unwrap();
    let palliative = dcc_core::fiche_rcp::ProposedTreatment {
        intention: 1,
        kind: Some(Code::new("C15252")),
        ..Default::default()
    };
    let hormones = dcc_core::fiche_rcp::ProposedTreatment {
        intention: 1,
        kind: Some(Code::new("C547")),
        ..Default::default()
    };
    fiche.proposal.treatments.extend([palliative, hormones]);
    fiche.indicators.fertility_preservation = Some(true);
    let id = Identifier::root("1.2.250.1.213.1.1.1.26.2025.9.1");
    let set_id = Identifier::root("1.2.250.1.213.1.1.1.26.2025.9");
    let created = "2025-04-01T10:00:00+02:00".parse().unwrap();
    let started = Pps::from_fiche(&fiche, id.clone(), set_id, created);
    let p = &started.pps;
    assert_eq!(p.header.id, id);
    assert_eq!(p.header.patient, fiche.header.patient);
    assert_eq!(p.tumours, fiche.tumours);
    assert_eq!(p.phase.as_ref(), Some(&fiche.phase));
    assert_eq!(p.references[0].id, fiche.header.id);
    assert_eq!(
        p.rcp_date.unwrap().to_date(),
        fiche.rcp.date.unwrap().to_date()
    );
    let kinds: Vec<_> = p
        .programme
        .treatments
        .iter()
        .map(|t| t.kind.as_ref().unwrap().code.as_str())
        .collect();
    assert!(kinds.contains(&"C15445"), "{kinds:?}");
    assert!(!kinds.contains(&"C15252"));
    assert_eq!(p.support.care[0].kind, Some(Code::new("MED-051")));
    let last = fiche.proposal.treatments.len() - 2;
    let lost: Vec<_> = started
        .not_carried
        .iter()
        .map(|p| (p.code, p.path.clone()))
        .collect();
    assert!(
        lost.contains(&("PPS-REPRISE", format!("/proposal/treatments/{last}"))),
        "{lost:?}"
    );
    // carried, or told: nothing in between
    let proposed = fiche.proposal.treatments.len()
        + fiche.past_treatments.len()
        + fiche.proposal.requests.len()
        + usize::from(fiche.proposal.surveillance.is_some());
    assert_eq!(
        p.programme.treatments.len() + started.not_carried.len(),
        proposed
    );
    let to_enter: Vec<_> = started.to_enter.iter().map(|p| p.path.as_str()).collect();
    for path in [
        "/header/authors",
        "/header/legal_authenticator/time",
        "/team/coordination_centre",
        "/context/establishment/facility_type",
    ] {
        assert!(to_enter.contains(&path), "{path} in {to_enter:?}");
    }
    // what is right already is not asked for
    assert!(
        !to_enter
            .iter()
            .any(|p| p.starts_with("/tumours") || p.starts_with("/rcp_date"))
    );
}

#[test]
fn a_new_version_replaces_the_old() {
    let json = bundled()
        .into_iter()
        .find(|(n, _)| n == "pps_fin_de_traitement")
        .unwrap()
        .1;
    let old = Pps::from_json(&json).unwrap();
    let id = Identifier::root("1.2.250.1.213.1.1.1.26.2025.4.2");
    let created = "2025-12-01T10:00:00+01:00".parse().unwrap();
    let update = Update {
        reason: Some(Code::new("MED-561")),
        ..Update::default()
    };
    let mut new = old
        .new_version(id.clone(), created, update.clone())
        .unwrap();
    assert_eq!(
        (new.header.version, &new.header.set_id),
        (2, &old.header.set_id)
    );
    let replaced = new.header.replaces.clone().unwrap();
    assert_eq!(
        (replaced.id, replaced.version),
        (old.header.id.clone(), Some(1))
    );
    assert_eq!(new.update.as_ref().unwrap().date, Some(created));
    assert_eq!(new.handover.date, None);
    assert!(new.references.iter().any(|r| r.id == old.header.id));
    // to be signed again, nothing else
    let problems: Vec<_> = new.check().into_iter().map(|p| p.path).collect();
    assert_eq!(problems, ["/header/legal_authenticator/time"]);
    new.header.legal_authenticator.time = Some(created);
    let written = String::from_utf8(new.to_cda().unwrap()).unwrap();
    assert!(written.contains("<relatedDocument typeCode=\"RPLC\">"));
    assert!(written.contains("<versionNumber value=\"2\"/>"));

    // a draft does not, nor an instant before, nor the same identifier
    let codes = |r: Result<Pps, dcc_core::problem::Problems>| -> Vec<&'static str> {
        r.unwrap_err().iter().map(|p| p.code).collect()
    };
    assert_eq!(
        codes(new.new_version(old.header.id.clone(), created, update.clone())),
        ["PPS-VERSION-STATUT"]
    );
    let early = "2025-01-01T10:00:00+01:00".parse().unwrap();
    assert_eq!(
        codes(old.new_version(old.header.id.clone(), early, update)),
        ["PPS-VERSION-DATE", "VERSION-IDENTIFIANT"]
    );
}

/// Every ID of the narrative is unique, every reference has one.
fn assert_references(document: &[u8]) {
    let text = std::str::from_utf8(document).unwrap();
    let mut ids: Vec<_> = text
        .split(" ID=\"")
        .skip(1)
        .map(|t| t.split('"').next().unwrap())
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an ID is given twice");
    for target in text
        .split("<reference value=\"#")
        .skip(1)
        .map(|t| t.split('"').next().unwrap())
    {
        assert!(
            ids.binary_search(&target).is_ok(),
            "#{target} points nowhere"
        );
    }
}

#[test]
fn bundled_and_random_documents_follow_the_schema() {
    let Some(schema) = cda_schema() else {
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pps");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let mut all: Vec<Pps> = bundled()
        .iter()
        .map(|(_, json)| Pps::from_json(json).unwrap())
        .collect();
    all.extend(of(pps).sample(30, 5));
    let files: Vec<_> = all
        .iter()
        .enumerate()
        .map(|(i, pps)| {
            let file = folder.join(format!("{i:02}.xml"));
            fs::write(&file, pps.to_cda().unwrap()).unwrap();
            file
        })
        .collect();
    let run = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .args(&files)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

/// 256 cases, or as many as `DCC_CASES` says.
fn config() -> ProptestConfig {
    let cases = std::env::var("DCC_CASES").ok().and_then(|n| n.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(256),
        max_shrink_iters: 20_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_is_read(pps in of(pps)) {
        let problems = pps.check();
        prop_assert!(!problems.has_blocking(), "{}", problems);
        let written = pps.to_cda().unwrap();
        prop_assert_eq!(&written, &pps.to_cda().unwrap());
        assert_references(&written);
        let reading = Pps::from_cda(&written).unwrap();
        prop_assert!(reading.unread.is_empty(), "{:?}", reading.unread);
        prop_assert_eq!(reading.document, pps);
    }

    #[test]
    fn json_holds_everything(pps in of(pps)) {
        prop_assert_eq!(Pps::from_json(pps.to_json().unwrap().as_bytes()).unwrap(), pps);
    }
}
