//! The objects of UniFFI: sources generated for Kotlin, Swift and Ruby, and a
//! Kotlin program on the JVM that writes the bytes of Rust.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use dcc_core::document::Document;
use dcc_tests::library::{build, has, target_dir, workspace};

/// The library and the generator, built once.
fn built() -> &'static Path {
    static DIR: OnceLock<PathBuf> = OnceLock::new();
    DIR.get_or_init(|| {
        build(
            "uniffi",
            "dev",
            &[
                "--features",
                "uniffi-cli",
                "--lib",
                "--bin",
                "uniffi-bindgen",
            ],
        )
        .join("debug")
    })
}

/// Generated sources of a language.
fn sources(language: &str) -> PathBuf {
    let out = target_dir().join("uniffi").join(language);
    let status = Command::new(built().join("uniffi-bindgen"))
        .args([
            "generate",
            "--no-format",
            "--language",
            language,
            "--out-dir",
        ])
        .arg(&out)
        .arg(built().join("libdcc.so"))
        .current_dir(workspace())
        .status()
        .unwrap();
    assert!(status.success(), "{language}");
    out
}

/// Every file below a folder, joined.
fn text_below(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &text_below(&path);
        } else {
            text += &String::from_utf8_lossy(&fs::read(&path).unwrap());
        }
    }
    text
}

#[test]
fn kotlin_swift_and_ruby_are_generated() {
    for (language, words) in [
        (
            "kotlin",
            [
                "package fr.dcc",
                "class Document",
                "fun `toCda`",
                "class Rcp",
            ],
        ),
        (
            "swift",
            [
                "import Foundation",
                "class Document",
                "func toCda",
                "class Rcp",
            ],
        ),
        (
            "ruby",
            ["module Dcc", "class Document", "def to_cda", "class Rcp"],
        ),
    ] {
        let text = text_below(&sources(language));
        for word in words {
            assert!(text.contains(word), "{language}: no {word}");
        }
    }
}

#[test]
fn kotlin_writes_the_bytes_of_rust() {
    if !has("javac") || !has("mvn") {
        return;
    }
    let out = target_dir().join("kotlin-out");
    fs::create_dir_all(&out).unwrap();
    let data = workspace().join("dcc-core/examples/data");
    let mut pairs = Vec::new();
    let mut expected = Vec::new();
    for entry in fs::read_dir(data).unwrap() {
        let file = entry.unwrap().path();
        let Ok(document) = Document::from_json(&fs::read(&file).unwrap()) else {
            continue;
        };
        let xml = out.join(file.with_extension("xml").file_name().unwrap());
        let _ = fs::remove_file(&xml);
        pairs.push(format!("{} {}", file.display(), xml.display()));
        expected.push((xml, document.to_cda().unwrap()));
    }
    assert!(expected.len() >= 5);
    let status = Command::new("mvn")
        .args(["-q", "-B", "-f"])
        .arg(workspace().join("examples/kotlin/pom.xml"))
        .args(["compile", "exec:java"])
        .arg(format!("-Ddcc.sources={}", sources("kotlin").display()))
        .arg(format!(
            "-Ddcc.build={}",
            target_dir().join("kotlin").display()
        ))
        .arg(format!("-Djna.library.path={}", built().display()))
        .arg(format!("-Dexec.args={}", pairs.join(" ")))
        .status()
        .unwrap();
    assert!(status.success());
    for (xml, bytes) in expected {
        assert!(fs::read(&xml).unwrap() == bytes, "{}", xml.display());
    }
}
