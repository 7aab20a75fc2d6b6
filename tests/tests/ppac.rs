//! PPAC: bundled documents, random ones, hostile ones.
#![allow(missing_docs, clippy::unwrap_used)]

use std::sync::atomic::{AtomicUsize, Ordering};

use dcc_core::document::Document;
use dcc_core::ppac::Ppac;
use dcc_core::unstructured::{DocumentKind, UnstructuredDocument};
use dcc_tests::documents::{PDF, bundled, out_dir, ppac, spoilt};
use proptest::prelude::*;

const BUNDLED: [&str; 2] = ["ppac_minimal.json", "ppac_complet.json"];

fn read(name: &str) -> Ppac {
    Ppac::from_json(bundled(name)).unwrap_or_else(|p| panic!("{name}\n{p}"))
}

#[test]
fn bundled_documents_have_no_problem_and_are_read_back() {
    for name in BUNDLED {
        let ppac = read(name);
        assert_eq!(ppac.check().to_string(), "", "{name}");
        let xml = ppac.to_cda().unwrap();
        let back = Ppac::from_cda(&xml).unwrap();
        assert_eq!(back.document, ppac, "{name}");
        assert_eq!(back.unread, [], "{name}");
        assert_eq!(
            Ppac::from_json(ppac.to_json().unwrap().as_bytes()).unwrap(),
            ppac
        );
        assert!(matches!(Document::from_cda(&xml), Ok((Document::Ppac(d), _)) if *d == ppac));
    }
}

#[test]
fn level_one_keeps_the_header_and_the_file() {
    let ppac = read("ppac_complet.json");
    let xml = ppac.to_cda_level1(PDF).unwrap();
    let read = UnstructuredDocument::from_cda(&xml).unwrap();
    assert_eq!(read.unread, []);
    assert_eq!(read.document.pdf.0, PDF);
    assert_eq!(read.document.kind(), Some(DocumentKind::Ppac));
    assert_eq!(read.document.context, ppac.context);
    assert_eq!(read.document.header.patient, ppac.header.patient);
    let refused = ppac.to_cda_level1(b"<html>").unwrap_err();
    assert_eq!(
        refused.iter().map(|p| p.code).collect::<Vec<_>>(),
        ["PDF-SIGNATURE"]
    );
}

#[test]
fn every_problem_is_told_at_its_place() {
    let mut ppac = read("ppac_minimal.json");
    ppac.header.title = Some("Programme personnalisé de soins".into());
    ppac.summary.diagnoses.clear();
    ppac.follow_up.visits[0].rhythm = " ".into();
    ppac.context.acts.clear();
    ppac.handed.date = Some("2025-09-13T09:00".parse().unwrap());
    ppac.patient_comment = Some(String::new());
    let problems = ppac.to_cda().unwrap_err();
    let told: Vec<_> = problems.iter().map(|p| (p.code, p.path.as_str())).collect();
    for expected in [
        ("PPAC-TITRE", "/header/title"),
        ("PPAC-DIAGNOSTIC", "/summary/diagnoses"),
        ("REQUIS", "/follow_up/visits/0/rhythm"),
        ("ACTE-PRINCIPAL", "/context/acts"),
        ("DATE-FUSEAU", "/handed/date"),
        ("PPAC-REMISE", "/handed/by"),
        ("TXT-VIDE", "/patient_comment"),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
}

#[test]
fn a_pps_is_not_a_ppac() {
    let mut ppac = read("ppac_minimal.json");
    ppac.header.title = Some("PROGRAMME PERSONNALISÉ DE SOINS".into());
    let options = dcc_core::cda::WriteOptions {
        accept: vec!["PPAC-TITRE".into()],
        ..Default::default()
    };
    let xml = ppac.to_cda_with(&options).unwrap();
    let refused = Ppac::from_cda(&xml).unwrap_err();
    assert_eq!(refused.iter().next().unwrap().code, "CDA-MODELE");
}

#[test]
fn what_another_software_adds_is_told() {
    let xml = String::from_utf8(read("ppac_complet.json").to_cda().unwrap()).unwrap();
    let xml = xml.replace(
        "Rémission complète</content>",
        "Rémission complète</content> sous réserve du scanner",
    );
    let unread = Ppac::from_cda(xml.as_bytes()).unwrap().unread;
    assert_eq!(unread.len(), 1);
    assert!(unread[0].content.contains("sous réserve du scanner"));
}

fn sample() -> &'static [u8] {
    static SAMPLE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    SAMPLE.get_or_init(|| read("ppac_complet.json").to_cda().unwrap())
}

static WRITTEN: AtomicUsize = AtomicUsize::new(0);

proptest! {
    // the number of cases is that of PROPTEST_CASES
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(ppac in ppac()) {
        let xml = ppac.to_cda().map_err(|p| TestCaseError::fail(p.to_string()))?;
        prop_assert_eq!(&xml, &ppac.to_cda().unwrap());
        let back = Ppac::from_cda(&xml).unwrap();
        prop_assert_eq!(&back.document, &ppac);
        prop_assert_eq!(back.unread, []);
        if let Some(folder) = out_dir() {
            let n = WRITTEN.fetch_add(1, Ordering::Relaxed);
            std::fs::write(folder.join(format!("ppac_{n}.xml")), xml).unwrap();
        }
    }

    #[test]
    fn json_both_ways(ppac in ppac()) {
        prop_assert_eq!(Ppac::from_json(ppac.to_json().unwrap().as_bytes()).unwrap(), ppac);
    }

    #[test]
    fn a_spoilt_document_never_panics(bytes in spoilt(sample())) {
        if let Ok(read) = Ppac::from_cda(&bytes) {
            let _ = read.document.check();
        }
        let _ = UnstructuredDocument::from_cda(&bytes);
    }
}
