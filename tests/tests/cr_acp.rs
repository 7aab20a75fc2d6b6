//! CR-ACP: official samples, bundled and random reports, hostile ones.
#![allow(missing_docs, clippy::unwrap_used)]

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use dcc_core::cda::WriteOptions;
use dcc_core::cr_acp::{CrAcp, Received, SectionKind, Value};
use dcc_core::document::Document;
use dcc_core::fiche_rcp::{FicheRcp, ReportConclusion};
use dcc_core::model::{Code, ProfessionalId};
use dcc_core::terminology::code_system::{ADICAP, CIMO_MORPHOLOGY, HGNC, PATHLEX, SNOMED_35};
use dcc_core::unstructured::{DocumentKind, UnstructuredDocument};
use dcc_tests::documents::{PDF, bundled, cr_acp, out_dir, spoilt};
use proptest::prelude::*;

const SAMPLES: [&str; 3] = [
    "CR_ACP_sein_DCC_v1.5.xml",
    "CANCER-CR-GM_2022.01_AnalyseRealisee.xml",
    "CANCER-CR-GM_2022.01_AnalyseNonRealisee.xml",
];

fn sample(name: &str) -> Option<Vec<u8>> {
    let folder = dcc_tests::cisis_dir()?.join("ExemplesCDA");
    Some(std::fs::read(folder.join(name)).unwrap())
}

fn bundled_report() -> CrAcp {
    CrAcp::from_json(bundled("cr_acp_sein.json")).unwrap_or_else(|p| panic!("{p}"))
}

/// Options that accept whatever a foreign document breaks.
fn lenient(report: &CrAcp) -> WriteOptions {
    let codes = report
        .check()
        .iter()
        .map(|p| p.code.to_owned())
        .collect::<Vec<_>>();
    WriteOptions {
        accept: codes
            .into_iter()
            .chain(["ACP-ECRITURE".to_owned()])
            .collect(),
        ..WriteOptions::default()
    }
}

#[test]
fn official_samples_are_read_whole_and_forwarded_unchanged() {
    for name in SAMPLES {
        let Some(bytes) = sample(name) else { return };
        let received = Received::from_cda(bytes.clone()).unwrap();
        assert_eq!(received.unread, [], "{name}");
        assert_eq!(received.forward(), bytes, "{name}");
        let report = &received.report;
        let again = CrAcp::from_cda(&report.to_cda_with(&lenient(report)).unwrap()).unwrap();
        assert_eq!(again.document, *report, "{name}");
        assert_eq!(again.unread, [], "{name}");
        assert_eq!(
            CrAcp::from_json(report.to_json().unwrap().as_bytes()).unwrap(),
            *report,
            "{name}"
        );
    }
}

#[test]
fn the_breast_sample_says_what_it_says() {
    let Some(bytes) = sample(SAMPLES[0]) else {
        return;
    };
    let report = CrAcp::from_cda(&bytes).unwrap().document;
    assert_eq!(
        report.code,
        Some(
            Code::new("11526-1")
                .in_system("2.16.840.1.113883.6.1")
                .labelled("CR d'anatomie et de cytologie pathologiques")
        )
    );
    assert_eq!(
        report.header.set_id.to_string(),
        "1.2.250.1.213.1.1.9^A7102400008"
    );
    assert_eq!(report.header.patient.birth_name, "BREST");
    let samplings = report.samplings();
    assert_eq!(samplings.len(), 2);
    assert_eq!(
        samplings[0].site.as_ref().unwrap().display(),
        "quadrant supéro-externe du sein, gauche"
    );
    assert_eq!(
        samplings[1].product.as_ref().unwrap().extension.as_deref(),
        Some("0102030405")
    );
    let codes = |system| {
        report
            .codes_of(system)
            .iter()
            .map(|c| c.code.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(ADICAP), ["SGAX", "A7B2", "A5B2", "AMA0"]);
    assert_eq!(
        codes(SNOMED_35),
        ["G-A101", "G-A101", "M-85003", "M-85002", "M-81406"]
    );
    let stated = String::from_utf8(bytes.clone()).unwrap();
    let stated = stated.matches(PATHLEX.oid).count();
    assert_eq!(codes(PATHLEX).len(), stated);
    let tnm = report.tnm().unwrap();
    assert_eq!(tnm.t.unwrap().known().unwrap().code(), "pT1c");
    assert_eq!(tnm.n.unwrap().known().unwrap().code(), "pN1a");
    assert_eq!(tnm.m, None);
    let images = report.images();
    assert_eq!(images.len(), 1);
    assert_eq!(images[0].media_type, "image/jpeg");
    assert!(images[0].data.0.starts_with(b"\xFF\xD8\xFF") && images[0].data.0.len() > 100_000);
    let text = report.conclusion().unwrap().text.as_deref().unwrap();
    assert!(
        text.contains("carcinome canalaire infiltrant de grade 2 avec CCIS"),
        "{text}"
    );
    let codes: Vec<_> = report.check().iter().map(|p| p.code).collect();
    for code in ["JDV-CODE", "NOM-TITRE", "FINESS-CLE", "RPPS-CLE"] {
        assert!(codes.contains(&code), "{code}");
    }
}

#[test]
fn a_molecular_report_says_genes_and_variants() {
    let Some(bytes) = sample(SAMPLES[1]) else {
        return;
    };
    let report = CrAcp::from_cda(&bytes).unwrap().document;
    let genes: Vec<_> = report
        .codes_of(HGNC)
        .iter()
        .map(|c| c.code.clone())
        .collect();
    assert_eq!(&genes[..3], ["EGFR", "MET", "NRAS"]);
    let variants: Vec<_> = report
        .observations()
        .iter()
        .filter(|o| {
            o.code
                .as_ref()
                .is_some_and(|c| c.codes().any(|c| c.code == "69548-6"))
        })
        .filter_map(|o| o.value.as_ref().map(Value::display))
        .collect();
    assert_eq!(variants, ["c.2573T>G", "c.2942-2A>G", "p.L858R"]);
    let conclusion = ReportConclusion::from_cr_acp(&report);
    let entry = &conclusion.entries[0];
    assert!(
        entry
            .text
            .as_deref()
            .unwrap()
            .contains("conférant à une Sensibilité")
    );
    assert_eq!(entry.performers[0].professional.name.family, "ROUSSEAU");
    assert_eq!(
        entry.sampler.as_ref().unwrap().professional.name.family,
        "DUBOIS"
    );
    assert_eq!(
        entry.author.as_ref().unwrap().professional.name.family,
        "MARTIN"
    );
    // what is read and not of a CR-ACP is not written, but forwarded
    let refused = report.to_cda().unwrap_err();
    assert!(
        refused
            .iter()
            .any(|p| p.code == "ACP-ECRITURE" && p.path == "/code")
    );
}

#[test]
fn a_report_for_a_laboratory_is_written_and_read() {
    let report = bundled_report();
    assert_eq!(report.check().to_string(), "");
    let xml = report.to_cda().unwrap();
    let back = CrAcp::from_cda(&xml).unwrap();
    assert_eq!(back.document, report);
    assert_eq!(back.unread, []);
    assert_eq!(xml, report.to_cda().unwrap());
    assert!(matches!(Document::from_cda(&xml), Ok((Document::CrAcp(d), _)) if *d == report));
    let codes = |system| {
        report
            .codes_of(system)
            .iter()
            .map(|c| c.code.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(CIMO_MORPHOLOGY), ["8500/3"]);
    assert_eq!(codes(ADICAP), ["GS", "SGAX", "A7B2", "AMA0"]);
}

#[test]
fn the_fiche_takes_the_conclusion() {
    let report = bundled_report();
    let mut fiche = FicheRcp::from_json(bundled("fiche_rcp_minimale.json")).unwrap();
    let conclusion = ReportConclusion::from_cr_acp(&report);
    assert!(
        conclusion
            .comment
            .as_deref()
            .unwrap()
            .contains("1.2.250.1.213.1.1.9^ACP2025-0001, version 1")
    );
    let entry = &conclusion.entries[0];
    assert_eq!(
        entry.text,
        report.section(SectionKind::Conclusion).unwrap().text
    );
    assert_eq!(
        entry.sampler.as_ref().unwrap().professional.name.family,
        "MODELE"
    );
    assert_eq!(
        entry.sampler.as_ref().unwrap().date,
        Some("2025-02-03T09:30:00+01:00".parse().unwrap())
    );
    assert!(
        matches!(&entry.author.as_ref().unwrap().professional.ids[0], ProfessionalId::Rpps(n) if n == "10000000033")
    );
    fiche.pathology_report = Some(conclusion);
    assert_eq!(fiche.check().to_string(), "");
    let back = FicheRcp::from_cda(&fiche.to_cda().unwrap()).unwrap();
    assert_eq!(back.document.pathology_report, fiche.pathology_report);
    assert_eq!(back.unread, []);
}

#[test]
fn level_one_keeps_the_header_and_the_file() {
    let report = bundled_report();
    let read = UnstructuredDocument::from_cda(&report.to_cda_level1(PDF).unwrap()).unwrap();
    assert_eq!(read.unread, []);
    assert_eq!(read.document.pdf.0, PDF);
    assert_eq!(read.document.kind(), Some(DocumentKind::CrAcp));
    assert_eq!(read.document.context, report.context);
    assert_eq!(read.document.header, report.header);
}

#[test]
fn every_problem_is_told_at_its_place() {
    let mut report = bundled_report();
    let conclusion = report.sections.last_mut().unwrap();
    conclusion.batteries[0].observations[0].code = None;
    conclusion.batteries[0].observations[1].value = None;
    conclusion.batteries[0].observations[2].value = Some(Value::Real("1,5".into()));
    conclusion.batteries[1].observations.clear();
    conclusion.batteries[1].comments.clear();
    report.sections[1].procedures[0].product = None;
    report.sections[3].images[0].media_type = "image/jpeg".into();
    report.sections[3].images[0].id = "1 image".into();
    report.sections[0].kind = None;
    let problems = report.to_cda().unwrap_err();
    let told: Vec<_> = problems.iter().map(|p| (p.code, p.path.as_str())).collect();
    for expected in [
        ("ACP-CODE", "/sections/4/batteries/0/observations/0/code"),
        ("ACP-VALEUR", "/sections/4/batteries/0/observations/1/value"),
        (
            "ACP-NOMBRE",
            "/sections/4/batteries/0/observations/2/value/real",
        ),
        ("ACP-GROUPE", "/sections/4/batteries/1"),
        ("ACP-PRELEVEMENT", "/sections/1/procedures/0/product"),
        ("ACP-IMAGE-TYPE", "/sections/3/images/0/media_type"),
        ("ACP-IMAGE-ID", "/sections/3/images/0/id"),
        ("ACP-SECTION-NATURE", "/sections/0/kind"),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    report.sections.clear();
    assert!(report.check().iter().any(|p| p.code == "ACP-SECTIONS"));
}

fn hostile() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| match sample(SAMPLES[0]) {
        // the image is most of the sample: cut, so that faults fall elsewhere
        Some(bytes) => {
            let text = String::from_utf8(bytes).unwrap();
            let start = text.find("/9j/").unwrap() + 400;
            let end = start + text[start..].find('<').unwrap();
            format!("{}{}", &text[..start], &text[end..]).into_bytes()
        }
        None => bundled_report().to_cda().unwrap(),
    })
}

static WRITTEN: AtomicUsize = AtomicUsize::new(0);

proptest! {
    // the number of cases is that of PROPTEST_CASES
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(report in cr_acp()) {
        let xml = report.to_cda().map_err(|p| TestCaseError::fail(p.to_string()))?;
        prop_assert_eq!(&xml, &report.to_cda().unwrap());
        let back = CrAcp::from_cda(&xml).unwrap();
        prop_assert_eq!(&back.document, &report);
        prop_assert_eq!(back.unread, []);
        if let Some(folder) = out_dir() {
            let n = WRITTEN.fetch_add(1, Ordering::Relaxed);
            std::fs::write(folder.join(format!("cr_acp_{n}.xml")), xml).unwrap();
        }
    }

    #[test]
    fn a_spoilt_document_never_panics(bytes in spoilt(hostile())) {
        if let Ok(read) = CrAcp::from_cda(&bytes) {
            let _ = read.document.check();
            let _ = read.document.tnm();
            let _ = ReportConclusion::from_cr_acp(&read.document);
            let _ = read.document.to_cda_with(&lenient(&read.document));
        }
    }
}
