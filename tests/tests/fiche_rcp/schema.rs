//! The XML Schema of the CI-SIS, by `xmllint`.

use std::path::{Path, PathBuf};
use std::process::Command;

use dcc_core::fiche_rcp::FicheRcp;
use dcc_tests::strategies::fiche_rcp::fiche_rcp;
use dcc_tests::strategies::of;
use dcc_tests::tools::cda_schema;

/// A folder of the build for the documents of one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn validate(schema: &Path, folder: &Path, documents: &[(String, Vec<u8>)]) {
    let files: Vec<PathBuf> = documents
        .iter()
        .map(|(name, document)| {
            let file = folder.join(format!("{name}.xml"));
            std::fs::write(&file, document).unwrap();
            file
        })
        .collect();
    let output = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .args(&files)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn bundled_fiches_follow_the_cda_schema() {
    let Some(schema) = cda_schema() else { return };
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dcc-core/examples/data");
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(data).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if name.starts_with("fiche_rcp_") && path.extension().is_some_and(|e| e == "json") {
            let fiche = FicheRcp::from_json(std::fs::read(&path).unwrap()).unwrap();
            documents.push((name, fiche.to_cda().unwrap()));
        }
    }
    assert!(documents.len() >= 5);
    validate(&schema, &folder("bundled"), &documents);
}

#[test]
fn random_fiches_follow_the_cda_schema() {
    let Some(schema) = cda_schema() else { return };
    let documents: Vec<_> = of(fiche_rcp)
        .sample(30, 5)
        .iter()
        .enumerate()
        .map(|(i, fiche)| (format!("{i:02}"), fiche.to_cda().unwrap()))
        .collect();
    validate(&schema, &folder("random"), &documents);
}
