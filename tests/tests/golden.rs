//! Every byte that the library gives for the bundled examples and for the
//! simulated year, against the digests of `tests/golden/digests.txt`.
//!
//! A change that is not meant to alter an output leaves the digests alone. One
//! that is meant to writes them again, and its commit says which and why:
//! `DCC_GOLDEN=write cargo test -p dcc-tests --test golden`.
//! `DCC_GOLDEN_OUT=folder` keeps the outputs, to be compared with `diff -r`
//! between two versions of the library.

#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../../dcc-core/examples/annee_3c/catalogue.rs"]
mod catalogue;
#[allow(dead_code)]
#[path = "../../dcc-core/examples/annee_3c/deposit.rs"]
mod deposit;
#[path = "../../dcc-core/examples/annee_3c/pps.rs"]
mod pps;
#[allow(dead_code)]
#[path = "../../dcc-core/examples/annee_3c/random.rs"]
mod random;
#[allow(dead_code)]
#[path = "../../dcc-core/examples/annee_3c/simulation.rs"]
mod simulation;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use dcc_core::activity::facts_of;
use dcc_core::document::Document;
use dcc_core::indicators::Period;
use dcc_core::problem::Problems;
use dcc_core::rcp::ical::{CalendarOptions, session_calendar, year_calendar};
use dcc_core::rcp::journal;
use dcc_tests::documents::PDF;
use dcc_tests::tools::{root, scratch};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Outputs that only the feature `render` makes.
const RENDERED: [&str; 3] = ["html/", "pdf/", "cda1-own-pdf/"];

/// Names of outputs, and their bytes.
type Outputs = BTreeMap<String, Vec<u8>>;

#[test]
fn every_output_is_the_golden_one() {
    let outputs: Outputs = thread::scope(|s| {
        let examples: Vec<_> = examples()
            .into_iter()
            .map(|(name, text)| s.spawn(move || example(&name, &text)))
            .collect();
        let mut all = year();
        all.extend(schemas());
        all.extend(c_declarations());
        for outputs in examples {
            all.extend(outputs.join().unwrap());
        }
        all
    });
    if let Some(folder) = std::env::var_os("DCC_GOLDEN_OUT") {
        keep(&outputs, Path::new(&folder));
    }
    let now: BTreeMap<String, String> = outputs
        .iter()
        .map(|(name, bytes)| (name.clone(), digest(bytes)))
        .collect();
    let file = root().join("tests/golden/digests.txt");
    if std::env::var("DCC_GOLDEN").is_ok_and(|v| v == "write") {
        if cfg!(not(feature = "render")) {
            panic!("the digests are written with the feature render");
        }
        let lines: String = now.iter().map(|(n, d)| format!("{d}  {n}\n")).collect();
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, lines).unwrap();
        return;
    }
    let mut golden = read(&fs::read_to_string(&file).unwrap());
    if !cfg!(feature = "render") {
        golden.retain(|name, _| !RENDERED.iter().any(|prefix| name.starts_with(prefix)));
    }
    let told = differences(&golden, &now);
    assert!(
        told.is_empty(),
        "{} of {} outputs differ from {} (module documentation: how to see and accept them):\n{}",
        told.len(),
        golden.len(),
        file.display(),
        told.join("\n")
    );
}

#[test]
fn a_changed_a_new_and_a_lost_output_are_all_listed() {
    let golden = read("aa  cda3/a\nbb  cda3/b\ncc  cda3/c\n");
    let now = read("aa  cda3/a\nb0  cda3/b\ndd  cda3/d\n");
    assert_eq!(
        differences(&golden, &now),
        [
            "changed  cda3/b  bb -> b0",
            "lost     cda3/c",
            "new      cda3/d"
        ]
    );
    assert!(differences(&golden, &golden).is_empty());
}

/// One line per output that is not the same in both.
fn differences(golden: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<String> {
    let mut told: Vec<(&String, String)> = Vec::new();
    for (name, old) in golden {
        match now.get(name) {
            None => told.push((name, format!("lost     {name}"))),
            Some(new) if new != old => {
                let short = |digest: &str| digest.chars().take(12).collect::<String>();
                let line = format!("changed  {name}  {} -> {}", short(old), short(new));
                told.push((name, line));
            }
            Some(_) => {}
        }
    }
    for name in now.keys().filter(|name| !golden.contains_key(*name)) {
        told.push((name, format!("new      {name}")));
    }
    told.sort();
    told.into_iter().map(|(_, line)| line).collect()
}

/// The lines of a file of digests.
fn read(text: &str) -> BTreeMap<String, String> {
    text.lines()
        .map(|line| {
            let (digest, name) = line.split_once("  ").expect(line);
            (name.to_owned(), digest.to_owned())
        })
        .collect()
}

fn digest(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(bytes) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// Writes every output below `folder`.
fn keep(outputs: &Outputs, folder: &Path) {
    for (name, bytes) in outputs {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
}

/// The bundled documents, by name.
fn examples() -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = files(&root().join("dcc-core/examples/data"))
        .into_iter()
        .filter_map(|file| {
            let name = file.file_name()?.to_str()?.strip_suffix(".json")?;
            Some((name.to_owned(), fs::read(&file).unwrap()))
        })
        .collect();
    all.sort();
    assert!(all.len() >= 13, "{} examples", all.len());
    all
}

/// The files of a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// Problems as JSON, one per line.
fn lines(problems: &Problems) -> Vec<u8> {
    let mut text = String::new();
    for problem in problems {
        text.push_str(&canonical(&serde_json::to_value(problem).unwrap()));
        text.push('\n');
    }
    text.into_bytes()
}

/// Everything that a bundled document gives.
fn example(name: &str, text: &[u8]) -> Outputs {
    let mut out = Outputs::new();
    let document = Document::from_json(text).unwrap();
    let json = document.to_json().unwrap().into_bytes();
    let problems = document.check();
    let three = document.to_cda().unwrap();
    let one = document.to_cda_level1(PDF).unwrap();
    let (again, unread) = Document::from_cda(&three).unwrap();
    let unread: String = unread.iter().map(|u| format!("{u}\n")).collect();
    #[cfg(feature = "render")]
    {
        let (html, pdf) = rendered(&three);
        let own = document.to_cda_level1(&pdf_of_one_line()).unwrap();
        out.insert(format!("html/{name}.html"), html);
        out.insert(format!("pdf/{name}.pdf"), pdf);
        out.insert(format!("cda1-own-pdf/{name}.xml"), own);
    }
    let (whole, places) = spoilt(text);
    out.insert(format!("json/{name}.json"), json);
    out.insert(format!("problems/{name}.jsonl"), lines(&problems));
    out.insert(format!("cda3/{name}.xml"), three);
    out.insert(format!("cda1/{name}.xml"), one);
    out.insert(
        format!("read/{name}.json"),
        again.to_json().unwrap().into_bytes(),
    );
    out.insert(format!("read/{name}.unread.txt"), unread.into_bytes());
    out.insert(format!("spoilt/{name}.jsonl"), whole);
    out.insert(format!("spoilt/{name}.places.txt"), places);
    out
}

/// HTML and PDF of a CDA document.
#[cfg(feature = "render")]
fn rendered(cda: &[u8]) -> (Vec<u8>, Vec<u8>) {
    use dcc_core::render::{Page, html, pdf};
    let page = Page::from_cda(cda, &dcc_core::xml::Limits::default()).unwrap();
    let html = html::to_html(&page, &html::HtmlOptions::default()).unwrap();
    let pdf = pdf::to_pdf(&page, &pdf::PdfOptions::default()).unwrap();
    (html.into_bytes(), pdf.bytes)
}

/// A small PDF made by the library itself.
#[cfg(feature = "render")]
fn pdf_of_one_line() -> Vec<u8> {
    rendered(
        "<ClinicalDocument xmlns='urn:hl7-org:v3'><title>Essai</title>\
         <effectiveTime value='20260101'/></ClinicalDocument>"
            .as_bytes(),
    )
    .1
}

/// The problems of a document spoilt at each of its leaves in turn: the leaf
/// taken out, then the leaf replaced by a text of no meaning. First as JSON
/// lines, then without the French texts: code, severity and path.
fn spoilt(text: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let whole: Value = serde_json::from_slice(text).unwrap();
    let mut paths = Vec::new();
    leaves(&whole, &mut String::new(), &mut paths);
    assert!(paths.len() > 20, "{} leaves", paths.len());
    let (mut full, mut places) = (Vec::new(), String::new());
    for path in &paths {
        for replaced in [None, Some(json!("?"))] {
            let what = if replaced.is_none() { "-" } else { "?" };
            let mut value = whole.clone();
            replace(&mut value, path, replaced);
            let problems = match Document::from_json(canonical(&value).as_bytes()) {
                Ok(document) => document.check(),
                Err(problems) => problems,
            };
            let _ = writeln!(places, "{what} {path}");
            full.extend_from_slice(format!("{what} {path}\n").as_bytes());
            full.extend(lines(&problems));
            for p in &problems {
                let _ = writeln!(places, "    {} {:?} {}", p.code, p.severity, p.path);
            }
        }
    }
    (full, places.into_bytes())
}

/// JSON pointers of the leaves of a value.
fn leaves(value: &Value, path: &mut String, found: &mut Vec<String>) {
    let mut inside = |key: &str, value: &Value| {
        let length = path.len();
        let _ = write!(path, "/{key}");
        leaves(value, path, found);
        path.truncate(length);
    };
    match value {
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> = fields.iter().collect();
            fields.iter().for_each(|(key, value)| inside(key, value));
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(i, value)| inside(&i.to_string(), value));
        }
        _ => found.push(path.clone()),
    }
}

/// Replaces the value at a pointer, or takes it out.
fn replace(value: &mut Value, path: &str, new: Option<Value>) {
    let (parent, key) = path.rsplit_once('/').unwrap();
    let parent = value.pointer_mut(parent).unwrap();
    match (parent, new) {
        (parent, Some(new)) => *parent.pointer_mut(&format!("/{key}")).unwrap() = new,
        (Value::Object(fields), None) => drop(fields.remove(key).unwrap()),
        (Value::Array(items), None) => drop(items.remove(key.parse().unwrap())),
        _ => unreachable!("{path}"),
    }
}

/// JSON with its keys in order, whatever the features of `serde_json`.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> = fields.iter().collect();
            let fields = fields
                .iter()
                .map(|(key, value)| format!("{}:{}", json!(key), canonical(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        leaf => leaf.to_string(),
    }
}

/// The simulated year: events, facts, the deposit in both dialects with its
/// dashboard, calendars.
fn year() -> Outputs {
    let year = simulation::simulate();
    let facts = facts_of(&year.state);
    let pps = pps::simulate(&facts);
    let whole = deposit::gather(&facts, &pps);
    let folder = scratch("golden").unwrap();
    deposit::write_lines(&folder.join("evenements.jsonl"), &year.events).unwrap();
    let journal = journal::lines(&year.events).unwrap().join("\n");
    fs::write(folder.join("journal.txt"), journal).unwrap();
    deposit::write_facts(&facts, &pps, &folder).unwrap();
    let period = Period::year(catalogue::YEAR).unwrap();
    deposit::write_export(&whole, &facts, period, &folder).unwrap();

    let mut out = Outputs::new();
    for inner in ["", "faits", "export/tableur-fr", "export/rfc4180"] {
        for file in files(&folder.join(inner)) {
            let name = file.strip_prefix(&folder).unwrap().to_str().unwrap();
            out.insert(format!("annee_3c/{name}"), fs::read(&file).unwrap());
        }
    }
    assert_eq!(out.len(), 2 + 4 + 5 + 4, "{:?}", out.keys());
    out.insert("annee_3c/faits.bin".to_owned(), whole.to_bytes());

    let options = CalendarOptions {
        stamp: simulation::end(),
        domain: "3c.example",
    };
    let of_year = |rcp| year_calendar(&year.state, rcp, catalogue::YEAR, options).unwrap();
    let of_rcps = year.state.offers().map(|offer| of_year(Some(&offer.id)));
    let of_sessions = year
        .state
        .sessions()
        .map(|session| session_calendar(&year.state, &session.plan.id, options).unwrap());
    for (name, text) in [
        ("annee", of_year(None)),
        ("rcps", of_rcps.collect()),
        ("sessions", of_sessions.collect()),
    ] {
        out.insert(format!("annee_3c/calendrier/{name}.ics"), text.into_bytes());
    }
    out
}

/// The schemas. A test of dcc-core holds that they are those of the types.
fn schemas() -> Outputs {
    let all: Outputs = files(&root().join("schemas"))
        .into_iter()
        .map(|file| {
            let name = file.file_name().unwrap().to_str().unwrap();
            (format!("schemas/{name}"), fs::read(&file).unwrap())
        })
        .collect();
    assert!(all.len() >= 10);
    all
}

/// The C API: one output per function, its declaration without comments, and
/// one for the types. Tests of the C API hold that the library exports these
/// symbols and no other.
fn c_declarations() -> Outputs {
    let header = fs::read_to_string(root().join("include/dcc.h")).unwrap();
    let mut code = String::new();
    let mut rest = header.as_str();
    while let Some((before, comment)) = rest.split_once("/*") {
        code.push_str(before);
        rest = comment.split_once("*/").unwrap().1;
    }
    code.push_str(rest);
    let words = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = Outputs::new();
    // before the first function: the types
    let (types, functions) = words.split_at(words.find("DCC_API DccStatus").unwrap());
    out.insert("c/types.h".to_owned(), types.as_bytes().to_vec());
    for declared in functions.split("DCC_API ").skip(1) {
        let declaration = declared.split_once(';').unwrap().0;
        let (before, _) = declaration.split_once('(').unwrap();
        let name = before.rsplit([' ', '*']).next().unwrap();
        assert!(name.starts_with("dcc_"), "{declaration}");
        out.insert(format!("c/{name}"), declaration.as_bytes().to_vec());
    }
    assert!(out.len() > 60, "{} functions", out.len());
    out
}
