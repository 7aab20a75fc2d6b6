//! libxml2 as the judge: the same verdict on generated documents.
//!
//! `oracle.py` (beside this file) makes the documents and asks libxml2 through
//! lxml. Needs python3 with lxml; the mutants of the samples need the
//! official test suite of the ANS in `DCC_RULES_DIR`, the messages of ebRIM the
//! OASIS schemas in `DCC_EBRIM_DIR`. `DCC_XSD_COUNT` and
//! `DCC_XSD_SEED` widen the search, `DCC_XSD_CASES` names a file of small
//! cases already made; `DCC_REQUIRE_ALL=1` turns a skip into a
//! failure.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use dcc_xsd::{Limits, Schema};
use serde_json::Value;

fn skip(test: &str, lacks: &str) {
    println!("skipped: {test} needs {lacks}");
}

fn number(variable: &str, default: usize) -> String {
    std::env::var(variable).unwrap_or_else(|_| default.to_string())
}

/// Runs the generator; `None` when python3 or lxml is not there.
fn oracle(arguments: &[&str]) -> Option<()> {
    let python = dcc_tests_need::python::python_with("lxml.etree")?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle.py");
    let output = Command::new(python)
        .arg(script)
        .args(arguments)
        .output()
        .expect("python3 starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    println!("{}", String::from_utf8_lossy(&output.stdout).trim());
    Some(())
}

fn fresh(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("dcc-xsd-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&path).expect("a temporary folder");
    path
}

fn rules_dir() -> Option<PathBuf> {
    std::env::var_os("DCC_RULES_DIR")
        .map(PathBuf::from)
        .filter(|p| p.join("infrastructure/cda").is_dir())
}

fn cda(folder: &Path) -> Schema {
    let cda = folder.join("infrastructure/cda");
    Schema::compile("CDA_extended.xsd", &|path: &str| {
        std::fs::read(cda.join(path)).ok()
    })
    .expect("the schema of CDA compiles")
}

#[test]
fn every_official_sample_is_valid() {
    let Some(folder) = rules_dir() else {
        return skip("every_official_sample_is_valid", "DCC_RULES_DIR");
    };
    let schema = cda(&folder);
    let mut count = 0;
    for entry in std::fs::read_dir(folder.join("ExemplesCDA")).expect("samples") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|e| e == "xml") {
            let findings = schema
                .validate(&std::fs::read(&path).expect("readable"), &Limits::default())
                .expect("well formed");
            assert!(
                findings.is_valid(),
                "{}: {:?}",
                path.display(),
                findings.findings
            );
            count += 1;
        }
    }
    assert!(count >= 90, "{count} samples only");
}

#[test]
fn mutants_of_the_samples_have_the_verdict_of_libxml2() {
    let Some(folder) = rules_dir() else {
        return skip(
            "mutants_of_the_samples_have_the_verdict_of_libxml2",
            "DCC_RULES_DIR",
        );
    };
    let out = fresh("samples");
    let arguments = [
        "samples",
        folder.to_str().expect("a path in UTF-8"),
        out.to_str().expect("a path in UTF-8"),
        "--count",
        &number("DCC_XSD_COUNT", 150),
        "--seed",
        &number("DCC_XSD_SEED", 7),
    ];
    if oracle(&arguments).is_none() {
        return skip(
            "mutants_of_the_samples_have_the_verdict_of_libxml2",
            "python3 with lxml",
        );
    }
    let schema = cda(&folder);
    let verdicts: BTreeMap<String, bool> =
        serde_json::from_slice(&std::fs::read(out.join("verdicts.json")).expect("verdicts"))
            .expect("JSON");
    let mut differ = Vec::new();
    for (name, valid) in &verdicts {
        let findings = schema.validate(
            &std::fs::read(out.join(name)).expect("a mutant"),
            &Limits::default(),
        );
        match findings {
            Ok(findings) if findings.is_valid() == *valid => {
                for finding in &findings.findings {
                    assert!(
                        finding.path.starts_with('/') && finding.line > 0,
                        "{name}: {finding}"
                    );
                    assert!(
                        !finding.violation.message.contains('?'),
                        "{name}: {finding}"
                    );
                }
            }
            Ok(findings) => differ.push(format!(
                "{name}: libxml2 {valid}, here {:?}",
                findings.findings.first().map(ToString::to_string)
            )),
            Err(error) => differ.push(format!("{name}: libxml2 {valid}, here {error}")),
        }
    }
    let total = verdicts.len();
    if differ.is_empty() {
        let _ = std::fs::remove_dir_all(&out);
    }
    assert!(
        differ.is_empty(),
        "{} of {total} differ, see {}:\n{}",
        differ.len(),
        out.display(),
        differ.join("\n")
    );
}

#[test]
fn messages_of_ebrim_have_the_verdict_of_libxml2() {
    const TEST: &str = "messages_of_ebrim_have_the_verdict_of_libxml2";
    let Some(folder) = std::env::var_os("DCC_EBRIM_DIR").map(PathBuf::from) else {
        return skip(TEST, "DCC_EBRIM_DIR");
    };
    let out = fresh("ebrim").join("cases.json");
    let arguments = [
        "ebrim",
        folder.to_str().expect("a path in UTF-8"),
        out.to_str().expect("a path in UTF-8"),
        "--count",
        &number("DCC_XSD_COUNT", 500),
        "--seed",
        &number("DCC_XSD_SEED", 7),
    ];
    if oracle(&arguments).is_none() {
        return skip(TEST, "python3 with lxml");
    }
    let source = |path: &str| std::fs::read(folder.join(path)).ok();
    let schema = Schema::compile_all(&["query.xsd", "lcm.xsd"], &source)
        .expect("the schemas of ebRIM compile");
    let cases: Vec<(String, bool)> =
        serde_json::from_slice(&std::fs::read(&out).expect("cases")).expect("JSON");
    let mut differ = Vec::new();
    for (text, valid) in &cases {
        let findings = schema
            .validate(text.as_bytes(), &Limits::default())
            .expect("well formed");
        if findings.is_valid() != *valid {
            differ.push(format!(
                "libxml2 {valid}, here {:?}\n{text}",
                findings.findings.first()
            ));
        }
    }
    assert!(
        cases.iter().take(3).all(|(_, valid)| *valid),
        "the messages themselves are valid"
    );
    assert!(
        differ.is_empty(),
        "{} of {} differ:\n{}",
        differ.len(),
        cases.len(),
        differ[..differ.len().min(5)].join("\n")
    );
}

#[test]
fn small_schemas_have_the_verdict_of_libxml2() {
    let out = fresh("small").join("small.json");
    let arguments = [
        "small",
        out.to_str().expect("a path in UTF-8"),
        "--count",
        &number("DCC_XSD_COUNT", 150),
        "--seed",
        &number("DCC_XSD_SEED", 7),
    ];
    if let Some(made) = std::env::var_os("DCC_XSD_CASES") {
        std::fs::copy(made, &out).expect("cases made before");
    } else if oracle(&arguments).is_none() {
        return skip(
            "small_schemas_have_the_verdict_of_libxml2",
            "python3 with lxml",
        );
    }
    let cases: Value = serde_json::from_slice(&std::fs::read(&out).expect("cases")).expect("JSON");
    let mut differ = Vec::new();
    // one report a schema is enough
    let (mut total, mut refused) = (0, BTreeMap::<String, usize>::new());
    for case in cases.as_array().expect("a list") {
        let text = case["schema"].as_str().expect("a schema");
        let files = BTreeMap::from([("t.xsd".to_owned(), text.as_bytes().to_vec())]);
        let schema = match Schema::compile("t.xsd", &files) {
            Ok(schema) => schema,
            Err(errors) => {
                *refused
                    .entry(errors.errors()[0].message.clone())
                    .or_default() += 1;
                continue;
            }
        };
        let before = differ.len();
        for document in case["documents"].as_array().expect("a list") {
            let (bytes, valid) = (
                document[0].as_str().expect("text"),
                document[1].as_bool().expect("verdict"),
            );
            total += 1;
            match schema.validate(bytes.as_bytes(), &Limits::default()) {
                Ok(findings) if findings.is_valid() == valid => {}
                Ok(findings) => {
                    let first = findings
                        .findings
                        .first()
                        .map(|f| format!("{f} {:?}", f.violation.found));
                    differ.push(format!("{bytes} libxml2 {valid}, here {first:?}\n{text}"));
                }
                Err(error) => differ.push(format!("{bytes} libxml2 {valid}, here {error}\n{text}")),
            }
            if differ.len() > before + 1 {
                break;
            }
        }
    }
    println!("{total} documents; refused here: {refused:?}");
    assert!(total > 1_000);
    assert!(
        differ.is_empty(),
        "{} of {total} differ:\n{}",
        differ.len(),
        differ[..differ.len().min(12)].join("\n")
    );
}
