//! The programs that the README shows are those of `examples/`, which the
//! tests of each language run.

#![allow(clippy::unwrap_used)]

use std::fs;

use dcc_tests::library::workspace;

#[test]
fn the_readme_shows_the_examples() {
    let readme = fs::read_to_string(workspace().join("README.md")).unwrap();
    for (language, file) in [
        ("c", "examples/c/parcours.c"),
        ("python", "examples/python/parcours.py"),
        ("kotlin", "examples/kotlin/src/main/kotlin/Parcours.kt"),
    ] {
        let program = fs::read_to_string(workspace().join(file)).unwrap();
        let lines = program.lines().count();
        assert!(lines < 40, "{file}: {lines} lines");
        assert!(readme.contains(file), "{file} is not named");
        let block = format!("```{language}\n{program}```\n");
        assert!(readme.contains(&block), "{file} is not shown as it is");
    }
}
