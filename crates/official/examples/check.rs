//! Checks documents against the official rules.
//!
//! ```text
//! cargo run -p dcc-official --example check -- TestContenuCDA-3-0 [--official] [--volet NAME] [--list LIST.jsonl] \
//!     [--coverage OUT.txt] DOC.xml …
//! ```
//!
//! One JSON line a document, with the counts of the rules fired and of the tests made. `--coverage` writes what the
//! documents together did not exercise: rules that never fired, tests that never held or never failed.

use std::collections::BTreeMap;
use std::io::Write;

use dcc_official::{Folder, Limits, Mode, RuleBook, VoletChoice};
use dcc_schematron::Document;

/// For each rule set, how often each test held and failed.
type Coverage = BTreeMap<String, Vec<[u64; 2]>>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("folder of the rules?")?;
    let (mut mode, mut all, mut named, mut report) = (Mode::Helpful, Vec::new(), None, None);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--official" => mode = Mode::Official,
            "--volet" => named = args.next(),
            "--coverage" => report = args.next(),
            "--list" => {
                for line in std::fs::read_to_string(args.next().ok_or("list?")?)?.lines() {
                    let entry: serde_json::Value = serde_json::from_str(line)?;
                    let file = entry["file"].as_str().ok_or("file?")?.to_owned();
                    all.push((file, Some(entry["volet"].as_str().map(str::to_owned))));
                }
            }
            file => all.push((file.to_owned(), named.clone().map(Some))),
        }
    }
    let book = RuleBook::load(Folder::new(folder))?;
    let mut coverage = Coverage::new();
    let out = std::io::stdout();
    let mut out = out.lock();
    for (file, volet) in all {
        let choice = match &volet {
            None => VoletChoice::Auto,
            Some(None) => VoletChoice::None,
            Some(Some(name)) => VoletChoice::Named(name),
        };
        let bytes = std::fs::read(&file)?;
        let verdict = book.check(&bytes, choice, mode)?;
        if report.is_some()
            && let Ok(document) = Document::parse(&bytes, &Limits::default())
        {
            for run in &verdict.sets {
                cover(&book, &run.set, &document, &mut coverage);
            }
        }
        let mut line: serde_json::Value = serde_json::from_str(&verdict.to_json(&file))?;
        let counts = verdict
            .sets
            .iter()
            .map(|s| (s.set.clone(), [s.fired, s.tests].into()));
        line["counts"] = serde_json::Value::Object(counts.collect());
        writeln!(out, "{line}")?;
    }
    if let Some(path) = report {
        std::fs::write(path, missing(&book, &coverage))?;
    }
    Ok(())
}

fn cover(book: &RuleBook, set: &str, document: &Document<'_>, coverage: &mut Coverage) {
    let Some(schema) = book.rule_set(set) else {
        return;
    };
    let tests = coverage
        .entry(set.to_owned())
        .or_insert_with(|| vec![[0; 2]; schema.tests().count()]);
    let mut seen = |test: usize, held: bool| tests[test][usize::from(held)] += 1;
    schema.check_seen(document, Mode::Helpful, &Limits::default(), &mut seen);
}

/// What was not exercised, a summary of each set first.
fn missing(book: &RuleBook, coverage: &Coverage) -> String {
    let (mut heads, mut lines) = (String::new(), String::new());
    for (set, tests) in coverage {
        let Some(schema) = book.rule_set(set) else {
            continue;
        };
        let (mut rules, mut fired, mut both) = (0, 0, 0);
        let mut last = None;
        for (info, [failed, held]) in schema.tests().zip(tests) {
            let rule = (info.pattern, info.context);
            if last != Some(rule) {
                last = Some(rule);
                rules += 1;
                fired += usize::from(failed + held > 0);
                if failed + held == 0 {
                    lines.push_str(&format!("{set}\tnever fired\t{}\n", info.context));
                }
            }
            both += usize::from(*failed > 0 && *held > 0);
            let what = match (failed, held) {
                (0, 0) => continue,
                (0, _) => "never failed",
                (_, 0) => "never held",
                _ => continue,
            };
            lines.push_str(&format!("{set}\t{what}\t{}\t{}\n", info.context, info.test));
        }
        heads.push_str(&format!(
            "{set}: {fired} of {rules} rules fired, {both} of {} tests both held and failed\n",
            tests.len()
        ));
    }
    heads + &lines
}
