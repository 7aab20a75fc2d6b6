//! The objects of UniFFI: sources generated for Kotlin, Swift and Ruby, and
//! programs in Kotlin, on the JVM, and Ruby that write the bytes of Rust.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use dcc_core::document::Document;
use dcc_core::indicators::Origin;
use dcc_core::indicators::export::{ExportOptions, export};
use dcc_core::indicators::{FactStore, FicheFact, Period, PpsFact, SessionFact};
use dcc_core::problem::{Problem, Problems};
use dcc_tests::library::{has, target_dir, test_library_dir, workspace};
use dcc_tests::need::absent;

/// Folder of `libdcc.so`, which cargo builds for these tests with the feature `uniffi`.
fn built() -> PathBuf {
    test_library_dir()
}

/// The words of the command that a file documents.
fn documented(file: &str) -> Vec<String> {
    let text = fs::read_to_string(workspace().join(file)).unwrap();
    let start = "cargo run -p dcc-ffi --features uniffi-cli";
    let mut words = Vec::new();
    for line in text[text.find(start).unwrap()..].lines() {
        let line = line.trim_start_matches("//!").trim();
        let more = line.ends_with('\\');
        words.extend(
            line.trim_end_matches('\\')
                .split_whitespace()
                .map(str::to_owned),
        );
        if !more {
            break;
        }
    }
    words
}

#[test]
fn the_command_is_documented_alike() {
    let command = documented("dcc-ffi/src/lib.rs");
    assert_eq!(command, documented("dcc-ffi/README.md"));
    for word in ["--bin", "--", "target/bindings", "target/debug/libdcc.so"] {
        assert!(command.iter().any(|w| w == word), "{word}");
    }
}

/// The sources of the three languages, made once by the generator that the
/// documented command runs, with its words.
fn sources() -> &'static Path {
    static DIR: OnceLock<PathBuf> = OnceLock::new();
    DIR.get_or_init(|| {
        let out = target_dir().join("uniffi").join("bindings");
        let _ = fs::remove_dir_all(&out);
        let mut command = Command::new(env!("CARGO_BIN_EXE_uniffi-bindgen-for-tests"));
        let words = documented("dcc-ffi/src/lib.rs");
        for word in words.iter().skip_while(|word| *word != "--").skip(1) {
            match word.as_str() {
                "target/bindings" => command.arg(&out),
                "target/debug/libdcc.so" => command.arg(built().join("libdcc.so")),
                word => command.arg(word),
            };
        }
        let status = command.current_dir(workspace()).status().unwrap();
        assert!(status.success());
        out
    })
}

#[test]
fn kotlin_swift_and_ruby_are_generated() {
    for (file, words) in [
        (
            "fr/dcc/dcc.kt",
            [
                "package fr.dcc",
                "open class Document",
                "fun `toCda`",
                "open class Rcp",
                "open class Facts",
                "open class Indicators",
                "data class FicheFact",
                "data class ExportOptions",
                "fun `addJsonLines`",
                "fun `searchCodes`",
            ],
        ),
        (
            "Dcc.swift",
            [
                "import Foundation",
                "open class Document",
                "func toCda",
                "open class Rcp",
                "open class Facts",
                "open class Indicators",
                "struct FicheFact",
                "struct ExportOptions",
                "func addJsonLines",
                "func searchCodes",
            ],
        ),
        (
            "dcc.rb",
            [
                "module Dcc",
                "class Document",
                "def to_cda",
                "class Rcp",
                "class Facts",
                "class Indicators",
                "class FicheFact",
                "class ExportOptions",
                "def add_json_lines",
                "def self.search_codes",
            ],
        ),
    ] {
        let text = fs::read_to_string(sources().join(file)).unwrap();
        for word in words {
            assert!(text.contains(word), "{file}: no {word}");
        }
    }
    assert!(sources().join("DccFFI.h").exists());
    assert!(sources().join("DccFFI.modulemap").exists());
}

/// The names and bytes below a folder.
type Files = BTreeMap<String, Vec<u8>>;

fn files_below(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let below = files_below(&path).into_iter();
            files.extend(below.map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
    files
}

/// What Rust makes of the documents of a folder: the files that a program must
/// write, and what it must tell of the refused ones.
fn expected(input: &Path) -> (Files, BTreeMap<String, Problems>) {
    let (mut files, mut told, mut facts) = (Files::new(), BTreeMap::new(), FactStore::new());
    for (name, json) in files_below(input) {
        let written = Document::from_json(&json).and_then(|d| d.to_cda().map(|cda| (d, cda)));
        let (document, cda) = match written {
            Ok(written) => written,
            Err(problems) => {
                told.insert(name, problems);
                continue;
            }
        };
        let stem = name.trim_end_matches(".json");
        files.insert(format!("{stem}.xml"), cda);
        match &document {
            Document::FicheRcp(fiche) => {
                let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
                let (id, rcp) = (format!("S-{stem}"), json["rcp"]["rcp_id"].as_str().unwrap());
                let date = &json["rcp"]["date"].as_str().unwrap()[..10];
                let session = SessionFact::held(&id, rcp, date.parse().unwrap());
                assert!(facts.add_session(&session, Origin::default()));
                let fiche = FicheFact::from_fiche(fiche, &id, stem);
                assert!(facts.add_fiche(&fiche, Origin::default()));
            }
            Document::Pps(pps) => {
                let pps = PpsFact::from_pps(pps, stem);
                assert!(facts.add_pps(&pps, Origin::default()));
            }
            _ => {}
        }
    }
    let options = ExportOptions::new("3C de test", "2026-01-05T08:00:00+01:00");
    let made = export(&facts, &[], Period::year(2025).unwrap(), &options).unwrap();
    for (name, bytes) in made.files {
        files.insert(format!("export/{name}"), bytes);
    }
    (files, told)
}

/// The bundled documents, and some with errors.
fn with_errors() -> PathBuf {
    let folder = target_dir().join("uniffi").join("with-errors");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let data = workspace().join("dcc-core/examples/data");
    let copy = |name: &str, to: &str, changes: &[(&str, &str)]| {
        let mut text = fs::read_to_string(data.join(name)).unwrap();
        for (from, to) in changes {
            assert!(text.contains(from), "{name}: no {from}");
            text = text.replace(from, to);
        }
        fs::write(folder.join(to), text).unwrap();
    };
    copy("fiche_rcp_sein.json", "bonne.json", &[]);
    copy("pps_complet.json", "bon_pps.json", &[]);
    // two problems of the JSON, and one that forbids the CDA
    let unreadable = [
        ("\"sex\": \"F\"", "\"sexe\": \"F\""),
        ("1979-03-28", "1979-02-30"),
    ];
    copy("fiche_rcp_sein.json", "illisible.json", &unreadable);
    let key = [("279035121518989", "279035121518988")];
    copy("fiche_rcp_sein.json", "mauvaise_cle.json", &key);
    folder
}

/// Runs the example of a language on the bundled documents, then on some with
/// errors, and compares all that it writes and tells with Rust.
fn walks_the_patient_path(language: &str, command: impl Fn(&Path, &Path) -> Command) {
    let bundled = workspace().join("dcc-core/examples/data");
    for (input, name, refused) in [(bundled, "bundled", 0), (with_errors(), "errors", 2)] {
        let output = target_dir()
            .join("uniffi")
            .join(format!("{language}-{name}"));
        let _ = fs::remove_dir_all(&output);
        let ran = command(&input, &output).output().unwrap();
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&ran.stdout),
            String::from_utf8_lossy(&ran.stderr)
        );
        let (files, told) = expected(&input);
        assert_eq!(
            ran.status.success(),
            refused == 0,
            "{language} {name}:\n{said}"
        );
        let written = files_below(&output);
        assert!(
            written.keys().eq(files.keys()),
            "{language} {name}: {:?}",
            written.keys()
        );
        for (file, bytes) in &files {
            assert!(&written[file] == bytes, "{language} {name}: {file}");
        }
        assert_eq!(told.len(), refused);
        for (file, problems) in &told {
            assert!(said.contains(file.as_str()), "{language} {name}: {file}");
            for Problem { code, path, .. } in problems {
                let together = said.lines().any(|l| l.contains(code) && l.contains(path));
                assert!(together, "{language} {name}: no {code} {path} in\n{said}");
            }
        }
        // the folders are not empty, and one document has several problems
        assert!(files.len() >= 7);
        assert_eq!(told.values().any(|p| p.len() > 1), refused > 0);
    }
}

#[test]
fn a_kotlin_program_walks_the_patient_path() {
    if !has("javac") || !has("mvn") {
        return;
    }
    walks_the_patient_path("kotlin", |input, output| {
        let mut mvn = Command::new("mvn");
        mvn.args(["-q", "-B", "-f"])
            .arg(workspace().join("examples/kotlin/pom.xml"))
            .args(["compile", "exec:java"])
            .arg(format!("-Ddcc.sources={}", sources().display()))
            .arg(format!(
                "-Ddcc.build={}",
                target_dir().join("kotlin").display()
            ))
            .arg(format!("-Djna.library.path={}", built().display()))
            .arg(format!(
                "-Dexec.args={} {}",
                input.display(),
                output.display()
            ));
        mvn
    });
}

#[test]
fn a_ruby_program_walks_the_patient_path() {
    if !has("ruby") {
        return;
    }
    let gem = Command::new("ruby").args(["-r", "ffi", "-e", ""]).output();
    if !gem.unwrap().status.success() {
        absent::<()>("the gem ffi of Ruby");
        return;
    }
    walks_the_patient_path("ruby", |input, output| {
        let mut ruby = Command::new("ruby");
        let paths = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
        let paths = std::iter::once(built()).chain(std::env::split_paths(&paths));
        ruby.arg("-I")
            .arg(sources())
            .arg(workspace().join("examples/ruby/parcours.rb"))
            .args([input, output])
            .env("LD_LIBRARY_PATH", std::env::join_paths(paths).unwrap());
        ruby
    });
}

#[test]
fn examples_are_short() {
    for example in ["kotlin/src/main/kotlin/Parcours.kt", "ruby/parcours.rb"] {
        let text = fs::read_to_string(workspace().join("examples").join(example)).unwrap();
        assert!(text.lines().count() < 40, "{example}");
    }
}
