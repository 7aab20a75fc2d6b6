//! Documents at level 1: the official sample, the fiche, hostile ones.
#![allow(missing_docs, clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use dcc_core::cda::WriteOptions;
use dcc_core::cr_acp::CrAcp;
use dcc_core::fiche_rcp::FicheRcp;
use dcc_core::ppac::Ppac;
use dcc_core::pps::Pps;
use dcc_core::unstructured::{DocumentKind, UnstructuredDocument};
use dcc_tests::documents::{PDF, bundled, out_dir, spoilt};
use dcc_tests::tools::cda_schema;
use proptest::prelude::*;

fn sample() -> Option<Vec<u8>> {
    let file = dcc_tests::cisis_dir()?.join("ExemplesCDA/DOC_NON_STRUCTURE_CDA-R2-N1.xml");
    Some(std::fs::read(file).unwrap())
}

fn fiche() -> FicheRcp {
    FicheRcp::from_json(bundled("fiche_rcp_sein.json")).unwrap()
}

#[test]
fn the_official_sample_is_read_whole_and_written_again() {
    let Some(bytes) = sample() else { return };
    let read = UnstructuredDocument::from_cda(&bytes).unwrap();
    assert_eq!(read.unread, []);
    let document = read.document;
    assert_eq!(document.code.as_ref().unwrap().code, "11502-2");
    assert_eq!(document.kind(), None);
    assert!(document.pdf.0.starts_with(b"%PDF-1.5") && document.pdf.0.len() == 326_650);
    assert_eq!(document.context.of_function("PRELV").count(), 1);
    assert_eq!(document.context.of_kind("REF").count(), 1);
    // the only faults of the sample: keys of numbers made up, and a time without its zone
    let problems = document.check();
    let others: Vec<_> = problems
        .iter()
        .filter(|p| !p.code.ends_with("-CLE"))
        .map(|p| (p.code, p.path.as_str()))
        .collect();
    assert_eq!(others, [("DATE-FUSEAU", "/context/encounter/period/start")]);
    let codes: Vec<_> = problems.iter().map(|p| p.code).collect();
    let options = WriteOptions {
        accept: codes.into_iter().map(str::to_owned).collect(),
        ..WriteOptions::default()
    };
    let again = UnstructuredDocument::from_cda(&document.to_cda_with(&options).unwrap()).unwrap();
    assert_eq!(again.document, document);
    assert_eq!(again.unread, []);
    assert_eq!(
        UnstructuredDocument::from_json(document.to_json().unwrap().as_bytes()).unwrap(),
        document
    );
}

#[test]
fn a_fiche_at_level_one_has_the_header_of_the_fiche() {
    let fiche = fiche();
    let xml = fiche.to_cda_level1(PDF).unwrap();
    assert_eq!(xml, fiche.to_cda_level1(PDF).unwrap());
    let read = UnstructuredDocument::from_cda(&xml).unwrap();
    assert_eq!(read.unread, []);
    let document = read.document;
    assert_eq!(document.kind(), Some(DocumentKind::FicheRcp));
    assert_eq!(document.pdf.0, PDF);
    assert_eq!(document.header.patient, fiche.header.patient);
    // up to the body, both levels are the same but for the template
    let three = String::from_utf8(fiche.to_cda().unwrap()).unwrap();
    let one = String::from_utf8(xml).unwrap();
    let head = |text: &str, template: &str| {
        let end = text
            .rfind("<component><structuredBody")
            .or(text.find("<component><nonXMLBody"));
        text[..end.unwrap()].replace(template, "")
    };
    let three = &three[..three.find("<component><structuredBody").unwrap()];
    assert_eq!(
        three.replace(
            r#"<templateId root="1.2.250.1.213.1.1.1.8" extension="2022.01"/>"#,
            ""
        ),
        head(&one, r#"<templateId root="1.3.6.1.4.1.19376.1.2.20"/>"#)
    );
}

#[test]
fn what_is_not_a_pdf_does_not_leave() {
    let fiche = fiche();
    for (bytes, code) in [
        (&b""[..], "PDF-ABSENT"),
        (b"<?xml?>", "PDF-SIGNATURE"),
        (b"\xEF\xBB\xBF%PDF-1.4", "PDF-SIGNATURE"),
    ] {
        let refused = fiche.to_cda_level1(bytes).unwrap_err();
        assert_eq!(
            refused
                .iter()
                .map(|p| (p.code, p.path.as_str()))
                .collect::<Vec<_>>(),
            [(code, "/pdf")]
        );
    }
    let problems = UnstructuredDocument::default().check();
    for code in ["N1-TYPE", "PDF-ABSENT", "ACTE-PRINCIPAL", "REQUIS"] {
        assert!(problems.iter().any(|p| p.code == code), "{code}");
    }
}

#[test]
fn a_body_that_is_no_pdf_in_base64_is_refused() {
    let xml = String::from_utf8(fiche().to_cda_level1(PDF).unwrap()).unwrap();
    for (from, to) in [
        ("JVBERi0", "JV*ERi0"),
        ("mediaType=\"application/pdf\"", "mediaType=\"text/plain\""),
        ("nonXMLBody", "structuredBody"),
    ] {
        assert!(xml.contains(from));
        let refused = UnstructuredDocument::from_cda(xml.replace(from, to).as_bytes()).unwrap_err();
        assert_eq!(refused.iter().next().unwrap().code, "CDA-CORPS", "{to}");
    }
    let three = fiche().to_cda().unwrap();
    assert_eq!(
        UnstructuredDocument::from_cda(&three)
            .unwrap_err()
            .iter()
            .next()
            .unwrap()
            .code,
        "CDA-MODELE"
    );
}

#[test]
fn documents_are_valid_against_the_schema() {
    let Some(schema) = cda_schema() else {
        return;
    };
    let mut documents = vec![(
        "fiche_niveau1".to_owned(),
        fiche().to_cda_level1(PDF).unwrap(),
    )];
    for name in ["ppac_minimal", "ppac_complet"] {
        let ppac = Ppac::from_json(bundled(&format!("{name}.json"))).unwrap();
        documents.push((name.to_owned(), ppac.to_cda().unwrap()));
        documents.push((format!("{name}_niveau1"), ppac.to_cda_level1(PDF).unwrap()));
    }
    for name in ["pps_minimal", "pps_complet"] {
        let pps = Pps::from_json(bundled(&format!("{name}.json"))).unwrap();
        let xml = pps.to_cda_level1(PDF).unwrap();
        let read = UnstructuredDocument::from_cda(&xml).unwrap();
        assert_eq!(read.unread, [], "{name}");
        assert_eq!(read.document.kind(), Some(DocumentKind::Pps));
        documents.push((format!("{name}_niveau1"), xml));
    }
    let report = CrAcp::from_json(bundled("cr_acp_sein.json")).unwrap();
    documents.push(("cr_acp".to_owned(), report.to_cda().unwrap()));
    documents.push((
        "cr_acp_niveau1".to_owned(),
        report.to_cda_level1(PDF).unwrap(),
    ));
    let out = out_dir().unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).to_owned());
    for (name, xml) in documents {
        let file = out.join(format!("{name}.xml"));
        std::fs::write(&file, xml).unwrap();
        let judged = Command::new("xmllint")
            .args(["--noout", "--schema"])
            .arg(&schema)
            .arg(&file)
            .output()
            .unwrap();
        assert!(
            judged.status.success(),
            "{name}\n{}",
            String::from_utf8_lossy(&judged.stderr)
        );
    }
}

fn hostile() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| fiche().to_cda_level1(PDF).unwrap())
}

proptest! {
    // the number of cases is that of PROPTEST_CASES
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_document_never_panics(bytes in spoilt(hostile())) {
        if let Ok(read) = UnstructuredDocument::from_cda(&bytes) {
            let _ = read.document.check();
            let _ = read.document.kind();
        }
    }

    #[test]
    fn the_file_comes_back_as_it_left(tail in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut pdf = b"%PDF-1.7\n".to_vec();
        pdf.extend(tail);
        pdf.extend(b"\n%%EOF");
        let read = UnstructuredDocument::from_cda(&fiche().to_cda_level1(&pdf).unwrap()).unwrap();
        prop_assert_eq!(read.document.pdf.0, pdf);
    }
}

#[test]
fn any_document_is_read_at_its_level() {
    use dcc_core::document::Document;
    for name in [
        "fiche_rcp_sein.json",
        "ppac_minimal.json",
        "cr_acp_sein.json",
    ] {
        let document = Document::from_json(bundled(name)).unwrap();
        let xml = document.to_cda_level1(PDF).unwrap();
        let (read, unread) = Document::from_cda(&xml).unwrap();
        assert_eq!(unread, []);
        let Document::UnstructuredDocument(one) = &read else {
            panic!("{name} is read as {}", read.kind());
        };
        assert_eq!(
            one.kind().map(DocumentKind::name),
            Some(document.kind()),
            "{name}"
        );
        assert_eq!(one.pdf.0, PDF);
        // written again as it is, and around another PDF
        let again = read.to_cda_level1(b"%PDF-1.7 other %%EOF").unwrap();
        let (again, _) = Document::from_cda(&again).unwrap();
        assert_ne!(again, read);
        assert_eq!(
            Document::from_json(read.to_json().unwrap().as_bytes()).unwrap(),
            read
        );
        // under the template of a kind too, it is still its PDF that is read
        let both = String::from_utf8(xml).unwrap().replacen(
            "<templateId ",
            "<templateId root=\"1.2.250.1.213.1.1.1.8\"/><templateId ",
            1,
        );
        let (read, _) = Document::from_cda(both.as_bytes()).unwrap();
        assert!(matches!(read, Document::UnstructuredDocument(one) if one.pdf.0 == PDF));
        let (whole, _) = Document::from_cda(&document.to_cda().unwrap()).unwrap();
        assert_eq!(whole.kind(), document.kind());
    }
    // a head that names no kind is still judged, and by the first of them
    let problems = Document::from_cda(b"<ClinicalDocument xmlns='urn:hl7-org:v3'/>").unwrap_err();
    let codes: Vec<_> = problems.iter().map(|p| p.code).collect();
    assert_eq!(codes, ["CDA-MODELE"]);
}
