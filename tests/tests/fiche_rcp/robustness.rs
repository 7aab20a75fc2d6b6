//! Other spellings of a document, other versions, damaged documents.

use dcc_core::cda::ReadOptions;
use dcc_core::fiche_rcp::FicheRcp;
use dcc_core::problem::Problems;
use dcc_core::xml::Limits;
use dcc_tests::strategies::fiche_rcp::fiche_rcp;
use dcc_tests::strategies::of;

use super::samples::sample;

/// Both samples, and random documents where there are none.
fn documents() -> Vec<String> {
    let mut all: Vec<String> = ["Appareil", "Transversale"]
        .iter()
        .filter_map(|name| sample(name))
        .map(|bytes| dcc_core::xml::decode(&bytes).unwrap().into_owned())
        .collect();
    for fiche in of(fiche_rcp).sample(3, 11) {
        all.push(String::from_utf8(fiche.to_cda().unwrap()).unwrap());
    }
    all
}

fn read(document: &[u8]) -> FicheRcp {
    FicheRcp::from_cda(document)
        .unwrap_or_else(|e| panic!("{e}"))
        .document
}

/// Every element of the HL7 namespace under the prefix `h`.
fn prefixed(document: &str) -> String {
    let mut out = String::with_capacity(document.len() * 11 / 10);
    let mut rest = document;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let skip = if tag.starts_with("<!--") {
            tag.find("-->").unwrap() + 3
        } else if tag.starts_with("<?") {
            tag.find("?>").unwrap() + 2
        } else {
            let name = if tag.starts_with("</") { 2 } else { 1 };
            out.push_str(&tag[..name]);
            if !tag[name..]
                .split(['>', ' ', '/', '\n', '\r', '\t'])
                .next()
                .unwrap()
                .contains(':')
            {
                out.push_str("h:");
            }
            out.push_str(&tag[name..=name]);
            rest = &tag[name + 1..];
            continue;
        };
        out.push_str(&tag[..skip]);
        rest = &tag[skip..];
    }
    out.push_str(rest);
    out.replace("xmlns=\"urn:hl7-org:v3\"", "xmlns:h=\"urn:hl7-org:v3\"")
}

#[test]
fn other_spellings_read_the_same() {
    for document in documents() {
        let expected = FicheRcp::from_cda(document.as_bytes()).unwrap();
        let body = document
            .split_once("?>")
            .map_or(document.as_str(), |(_, body)| body);
        let prefix = prefixed(&document);
        assert!(prefix.contains("<h:ClinicalDocument") && prefix.contains("</h:section>"));
        let unprefixed_types = FicheRcp::from_cda(prefix.as_bytes()).unwrap();
        assert_eq!(unprefixed_types.document, expected.document);
        assert_eq!(unprefixed_types.unread, expected.unread);

        let commented = document
            .replace("<id ", "<!-- <id root=\"1.2\"/> --><id ")
            .replace("</td>", "<!-- fin --></td>");
        assert_eq!(read(commented.as_bytes()), expected.document);

        // every text in one CDATA section, where it holds no reference
        let cdata = {
            let mut out = String::new();
            for (i, part) in document.split('>').enumerate() {
                if i > 0 {
                    out.push('>');
                }
                match part.split_once('<') {
                    Some((text, tag)) if !text.trim().is_empty() && !text.contains('&') => {
                        out.push_str(&format!("<![CDATA[{text}]]><{tag}"));
                    }
                    _ => out.push_str(part),
                }
            }
            out
        };
        if !document.contains("<!--") {
            assert!(cdata.contains("<![CDATA["));
            assert_eq!(read(cdata.as_bytes()), expected.document);
        }

        assert_eq!(
            read(format!("\u{FEFF}{document}").as_bytes()),
            expected.document
        );
        assert_eq!(
            read(document.replace('\n', "\r\n").as_bytes()),
            expected.document
        );
        assert_eq!(
            read(body.trim_start().as_bytes()),
            expected.document,
            "without a declaration"
        );
        for little in [true, false] {
            let utf16: Vec<u8> =
                format!("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>{body}")
                    .encode_utf16()
                    .flat_map(|unit| {
                        if little {
                            unit.to_le_bytes()
                        } else {
                            unit.to_be_bytes()
                        }
                    })
                    .collect();
            assert_eq!(read(&utf16), expected.document);
        }
        // ISO-8859-1, what it lacks as references
        let mut latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>".to_vec();
        for c in body.chars() {
            match c as u32 {
                // the label means windows-1252 to a browser: the controls between are told as references
                n @ (0..=0x7F | 0xA0..=0xFF) => latin.push(n as u8),
                n => latin.extend(format!("&#{n};").bytes()),
            }
        }
        if !document.contains("<!--") || body.chars().all(|c| (c as u32) < 0x100) {
            assert_eq!(read(&latin), expected.document);
        }
    }
}

fn refused(document: &str, code: &str) {
    let problems = FicheRcp::from_cda(document.as_bytes()).unwrap_err();
    let first = problems.iter().next().unwrap();
    assert_eq!(first.code, code, "{problems}");
    assert!(!first.path.is_empty(), "{problems}");
}

#[test]
fn what_could_harm_is_refused() {
    let document = &documents()[0];
    let at = document.find("<ClinicalDocument").unwrap();
    let with = |head: &str| format!("{}{head}{}", &document[..at], &document[at..]);
    refused(&with("<!DOCTYPE ClinicalDocument>"), "XML-DTD");
    refused(
        &with("<!DOCTYPE a SYSTEM \"http://exemple.fr/a.dtd\">"),
        "XML-DTD",
    );
    refused(
        &with("<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d \"&b;&b;\">]>"),
        "XML-DTD",
    );
    refused(
        &document.replacen("</title>", "&xxe;</title>", 1),
        "XML-DTD",
    );
    let bomb = format!(
        "{}{}",
        "<content>".repeat(100_000),
        "</content>".repeat(100_000)
    );
    refused(
        &document.replacen("</title>", &format!("{bomb}</title>"), 1),
        "XML-LIMITE",
    );
    refused("<a xmlns=\"urn:hl7-org:v3\"/>", "CDA-RACINE");
    refused("<ClinicalDocument xmlns=\"urn:autre\"/>", "CDA-RACINE");
    refused("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>", "CDA-MODELE");
    for limits in [
        Limits {
            max_bytes: 1_000,
            ..Limits::default()
        },
        Limits {
            max_depth: 5,
            ..Limits::default()
        },
        Limits {
            max_nodes: 100,
            ..Limits::default()
        },
    ] {
        let options = ReadOptions {
            limits,
            ..ReadOptions::default()
        };
        let problems = FicheRcp::from_cda_with(document.as_bytes(), &options).unwrap_err();
        assert_eq!(problems.iter().next().unwrap().code, "XML-LIMITE");
    }
}

fn told(problems: &Problems) {
    assert!(!problems.is_empty());
    for problem in problems {
        let whole = matches!(problem.code, "XML-ENCODAGE" | "XML-LIMITE");
        assert!(whole || !problem.path.is_empty(), "{problem}");
    }
}

#[test]
fn a_cut_document_is_refused_with_its_place() {
    for document in documents() {
        for cut in (0..document.trim_end().len() - 1).step_by(997) {
            let problems = FicheRcp::from_cda(&document.as_bytes()[..cut]).unwrap_err();
            told(&problems);
        }
    }
}

/// A small generator: the same mutations at every run.
fn next(state: &mut u64) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

#[test]
fn a_damaged_document_never_panics() {
    let documents = documents();
    let mut state = 42;
    let (mut read, mut refused) = (0, 0);
    for round in 0..2_000 {
        let mut bytes = documents[round % documents.len()].clone().into_bytes();
        for _ in 0..=next(&mut state) % 4 {
            let at = next(&mut state) % bytes.len();
            match next(&mut state) % 4 {
                0 => bytes[at] = next(&mut state) as u8,
                1 => {
                    bytes.remove(at);
                }
                2 => bytes.insert(at, b"<>&\"' =/"[next(&mut state) % 8]),
                _ => {
                    let to = (at + next(&mut state) % 200).min(bytes.len());
                    bytes.drain(at..to);
                }
            }
        }
        match FicheRcp::from_cda(&bytes) {
            Err(problems) => {
                told(&problems);
                refused += 1;
            }
            Ok(reading) => {
                // what was read may be wrong, and is checked and written without a panic
                let _ = reading.document.to_cda();
                read += 1;
            }
        }
    }
    assert!(
        read > 200 && refused > 200,
        "{read} read, {refused} refused"
    );
}

#[test]
fn volet_2021_reads_the_same() {
    for name in ["Appareil", "Transversale"] {
        let Some(bytes) = sample(name) else { return };
        let document = String::from_utf8(bytes).unwrap();
        let changes = [
            (
                "root=\"1.2.250.1.213.1.1.1.8\" extension=\"2022.01\"",
                "root=\"1.2.250.1.213.1.1.1.8\" extension=\"2021.01\"",
            ),
            ("1.2.250.1.213.1.1.2.175", "1.2.250.1.213.1.1.2.45"),
            (
                "code=\"282291009\" displayName=\"interprétation diagnostique\" codeSystem=\"2.16.840.1.113883.6.96\"",
                "code=\"G-1009\" displayName=\"diagnostic\" codeSystem=\"1.2.250.1.213.2.12\"",
            ),
        ];
        let mut older = document.clone();
        for (now, then) in changes {
            assert!(older.contains(now), "{name}: {now}");
            older = older.replace(now, then);
        }
        let (now, then) = (
            FicheRcp::from_cda(document.as_bytes()).unwrap(),
            FicheRcp::from_cda(older.as_bytes()).unwrap(),
        );
        assert_eq!(then.document, now.document, "{name}");
        assert_eq!(then.unread, now.unread, "{name}");
    }
}
