//! Data flows one way: no file of a crate is used by what it uses, and no two
//! of its folders use each other.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;

use dcc_tests::library::workspace;
use dcc_tests::structure::Structure;

/// The `src` folder of every crate that users link.
fn crates() -> Vec<PathBuf> {
    let parts = fs::read_dir(workspace().join("crates")).unwrap();
    let mut all: Vec<PathBuf> = parts
        .map(|entry| entry.unwrap().path().join("src"))
        .collect();
    all.extend(["dcc-core", "dcc-ffi", "dcc-python"].map(|c| workspace().join(c).join("src")));
    all.retain(|src| src.is_dir());
    all.sort();
    assert!(all.len() >= 7);
    all
}

#[test]
fn no_file_and_no_folder_runs_in_a_circle() {
    let mut found = Vec::new();
    for src in crates() {
        let structure = Structure::of(&src).unwrap();
        assert!(structure.files.len() > 1, "{}", src.display());
        for file in structure.in_circles() {
            found.push(format!("{} is in a circle", file.display()));
        }
        for (a, b) in structure.mutual_rooms() {
            found.push(format!("{}: {a} and {b} use each other", src.display()));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_circle_is_found_when_there_is_one() {
    let src = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("circle/src");
    let _ = fs::remove_dir_all(&src);
    fs::create_dir_all(src.join("room")).unwrap();
    let file = |name: &str, text: &str| fs::write(src.join(name), text).unwrap();
    file("lib.rs", "mod a;\nmod room;\n");
    file("a.rs", "use crate::room::{b, c::{D, E}};\n");
    file("room/mod.rs", "pub mod b;\npub mod c;\n");
    file("room/b.rs", "// use crate::a; only a comment\n");
    file("room/c.rs", "pub struct D(crate::a::F);\n");
    let structure = Structure::of(&src).unwrap();
    let circle = structure.in_circles();
    assert_eq!(circle, [src.join("a.rs"), src.join("room/c.rs")]);
    assert_eq!(structure.mutual_rooms(), [("a.rs", "room")]);
}
