//! The README is one screen of facts that hold: what it names exists.

#![allow(clippy::unwrap_used)]

use std::fs;

use dcc_tests::library::workspace;

fn readme() -> String {
    fs::read_to_string(workspace().join("README.md")).unwrap()
}

#[test]
fn whole_programs_are_in_the_examples_only() {
    for language in ["```c\n", "```python", "```kotlin", "```rust"] {
        assert!(!readme().contains(language), "{language}");
    }
    assert!(readme().lines().count() < 100);
}

#[test]
fn every_file_and_folder_that_it_links_to_exists() {
    let text = readme();
    let links: Vec<&str> = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|link| !link.contains("://"))
        .collect();
    assert!(links.len() >= 8);
    for link in links {
        assert!(workspace().join(link).exists(), "{link}");
    }
}

#[test]
fn every_feature_and_crate_that_it_names_exists() {
    let text = readme();
    let manifest = fs::read_to_string(workspace().join("dcc-core/Cargo.toml")).unwrap();
    for line in text.lines().filter(|line| line.ends_with("` |")) {
        let feature = line.trim_end_matches("` |").rsplit('`').next().unwrap();
        assert!(manifest.contains(&format!("\n{feature} = [")), "{feature}");
    }
    let parts = text.split("| crate | what for |").nth(1).unwrap();
    let rows = parts
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    for row in rows {
        for name in row
            .trim_start_matches("| ")
            .split(" |")
            .next()
            .unwrap()
            .split(", ")
        {
            let folder = name.trim().trim_start_matches("dcc-");
            assert!(workspace().join("crates").join(folder).is_dir(), "{name}");
        }
    }
}
