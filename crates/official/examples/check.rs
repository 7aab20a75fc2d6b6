//! Checks documents against the official rules.
//!
//! ```text
//! cargo run -p dcc-official --example check -- TestContenuCDA-3-0 [--official] [--volet NAME] [--list LIST.jsonl] DOC.xml …
//! ```
//!
//! One JSON line a document, with the counts of the rules fired and of the tests made.

use std::io::Write;

use dcc_official::{Folder, Mode, RuleBook, VoletChoice};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("folder of the rules?")?;
    let (mut mode, mut all, mut named) = (Mode::Helpful, Vec::new(), None);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--official" => mode = Mode::Official,
            "--volet" => named = args.next(),
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
    let out = std::io::stdout();
    let mut out = out.lock();
    for (file, volet) in all {
        let choice = match &volet {
            None => VoletChoice::Auto,
            Some(None) => VoletChoice::None,
            Some(Some(name)) => VoletChoice::Named(name),
        };
        let verdict = book.check(&std::fs::read(&file)?, choice, mode)?;
        let mut line: serde_json::Value = serde_json::from_str(&verdict.to_json(&file))?;
        let counts = verdict
            .sets
            .iter()
            .map(|s| (s.set.clone(), [s.fired, s.tests].into()));
        line["counts"] = serde_json::Value::Object(counts.collect());
        writeln!(out, "{line}")?;
    }
    Ok(())
}
