//! What dcc-core shows to the programs that depend on it, against
//! `dcc-core/public-api.txt`: an item that goes, or whose signature changes,
//! breaks a program. The list is taken from rustdoc, after macros and
//! re-exports: `DCC_PUBLIC_API=write cargo test -p dcc-tests --test public_api`
//! writes it again, and its diff belongs in the commit and in CHANGELOG.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use dcc_tests::need::need;
use dcc_tests::tools::root;

/// Modules at the top of dcc-core, at most.
const MODULES: usize = 15;

#[test]
fn the_public_api_is_that_of_the_snapshot() {
    let version = rustdoc_version();
    let file = root().join("dcc-core/public-api.txt");
    let write = std::env::var("DCC_PUBLIC_API").is_ok_and(|v| v == "write");
    let snapshot = fs::read_to_string(&file).unwrap_or_default();
    let made_by = snapshot.lines().next().unwrap_or_default();
    if !write && made_by != format!("# {version}") {
        let found: Option<()> = None;
        need(
            found,
            &format!("{made_by}, whose snapshot it is; this is {version}"),
        );
        return;
    }
    let items = items(&documentation());
    let top = items.keys().filter(|name| {
        name.strip_prefix("mod ")
            .is_some_and(|path| !path.contains("::"))
    });
    let top: Vec<_> = top.collect();
    assert!(!top.is_empty() && top.len() <= MODULES, "{top:#?}");
    let mut text = format!("# {version}\n");
    for (name, members) in &items {
        text.push_str(name);
        text.push('\n');
        for member in members {
            text.push_str(&format!("  {member}\n"));
        }
    }
    if write {
        fs::write(&file, text).unwrap();
        return;
    }
    let (old, new): (Vec<_>, Vec<_>) = (snapshot.lines().collect(), text.lines().collect());
    let gone: Vec<_> = old.iter().filter(|line| !new.contains(line)).collect();
    let come: Vec<_> = new.iter().filter(|line| !old.contains(line)).collect();
    assert!(
        old == new,
        "the public API changed (module documentation: how to accept it)\ngone: {gone:#?}\nnew: {come:#?}"
    );
}

fn rustdoc_version() -> String {
    let rustdoc = std::env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into());
    let said = Command::new(rustdoc).arg("--version").output().unwrap();
    String::from_utf8(said.stdout).unwrap().trim().to_owned()
}

/// Runs rustdoc on dcc-core, and answers its folder: all features but `arrow`,
/// which adds two methods and minutes.
fn documentation() -> std::path::PathBuf {
    let folder = root().join("target/doc/dcc_core");
    // rustdoc leaves the pages of items that are no more
    let _ = fs::remove_dir_all(&folder);
    let done = Command::new(env!("CARGO"))
        .args([
            "doc",
            "--no-deps",
            "--offline",
            "--features",
            "html,pdf,schema",
        ])
        .args(["-p", "dcc-core", "--target-dir", "target"])
        .current_dir(root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    folder
}

/// Every item, `struct document::pps::Pps`, with its members.
fn items(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    pages(folder, folder, &mut found);
    found
}

fn pages(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<String>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pages(root, &path, found);
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let parents: Vec<_> = path
            .parent()
            .unwrap()
            .strip_prefix(root)
            .unwrap()
            .iter()
            .collect();
        let parents: Vec<_> = parents.iter().map(|p| p.to_str().unwrap()).collect();
        let page = || fs::read_to_string(&path).unwrap();
        // the page of a private path leads to that of the public one
        if page().contains("http-equiv=\"refresh\"") {
            continue;
        }
        match name.split('.').collect::<Vec<_>>()[..] {
            ["index", "html"] if !parents.is_empty() => {
                found.insert(format!("mod {}", parents.join("::")), Vec::new());
            }
            [kind, item, "html"] => {
                let mut full = parents.clone();
                full.push(item);
                found.insert(format!("{kind} {}", full.join("::")), members(&page()));
            }
            _ => {}
        }
    }
}

/// Fields, variants, constants and functions that a page states itself; what
/// it has of other traits is theirs.
fn members(page: &str) -> Vec<String> {
    let own = page.split("id=\"trait-implementations\"").next().unwrap();
    let own = own
        .split("id=\"synthetic-implementations\"")
        .next()
        .unwrap();
    let own = own.split("id=\"implementors\"").next().unwrap();
    let mut found = Vec::new();
    // a function or a constant is what its page declares
    if let Some(declared) = between(own, "<pre class=\"rust item-decl\"><code>", "</code></pre>")
        && (page.contains("<meta name=\"description\" content=\"")
            && !own.contains("id=\"variant."))
        && (declared.contains("pub fn")
            || declared.contains("const ")
            || declared.contains("static ")
            || declared.contains("type "))
        && !declared.contains("pub struct")
        && !declared.contains("pub trait")
    {
        found.push(plain(declared));
    }
    for id in [
        "structfield.",
        "variant.",
        "tymethod.",
        "method.",
        "associatedconstant.",
    ] {
        let start = format!("id=\"{id}");
        for part in own.split(&start).skip(1) {
            let name = part.split('"').next().unwrap();
            let code = match id {
                "structfield." => between(part, "<code>", "</code>"),
                "variant." => between(part, "<h3 class=\"code-header\">", "</h3>"),
                _ => between(part, "<h4 class=\"code-header\">", "</h4>"),
            };
            // variants hold fields of the same form, told with them
            if !name.contains('.') {
                found.push(plain(code.unwrap_or(name)));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    text.split(start).nth(1)?.split(end).next()
}

/// The text of some HTML, on one line.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    for (entity, c) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, c);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
