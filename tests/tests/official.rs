//! What the library writes, judged by the official rules of the ANS: the
//! folder `DCC_RULES_DIR`, without which these tests say that they skip.
//!
//! `DCC_RULES_SEED` draws again the documents of a run that failed.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::hash::{BuildHasher, RandomState};

use dcc_core::document::Document;
use dcc_official::{Folder, Mode, RuleBook, VoletChoice};
use dcc_tests::library::workspace;
use dcc_tests::rules_dir;
use dcc_tests::strategies::{fiche_rcp::fiche_rcp, of, pps::pps};

/// Names of documents whose volet has no rule set of its own.
const COMMON_ONLY: [&str; 2] = ["ppac", "cr_acp"];

/// Random documents of each kind in a run.
const COUNT: usize = 100;

fn book() -> Option<RuleBook> {
    rules_dir().map(|folder| RuleBook::load(Folder::new(folder)).unwrap())
}

/// What the rules find in a document, one line each, in both modes. The volet
/// must be recognised, but those of the PPAC and of the CR-ACP, for which the ANS
/// publishes no rule set: the common rules judge them.
fn findings(book: &RuleBook, name: &str, cda: &[u8]) -> Vec<String> {
    let mut out = Vec::new();
    for mode in [Mode::Helpful, Mode::Official] {
        let verdict = book.check(cda, VoletChoice::Auto, mode).unwrap();
        if verdict.volet.is_none() && !COMMON_ONLY.iter().any(|kind| name.starts_with(kind)) {
            out.push(format!("{name}: no volet recognised"));
        }
        let told = verdict.findings.iter().map(|f| {
            format!(
                "{name}: {} {} {}: {}",
                f.set,
                f.level.as_str(),
                f.location,
                f.text
            )
        });
        out.extend(told);
    }
    out
}

#[test]
fn bundled_documents_have_no_finding() {
    let Some(book) = book() else { return };
    let mut checked = 0;
    let mut wrong = Vec::new();
    for entry in fs::read_dir(workspace().join("dcc-core/examples/data")).unwrap() {
        let path = entry.unwrap().path();
        let Ok(document) = Document::from_json(&fs::read(&path).unwrap()) else {
            continue;
        };
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        wrong.extend(findings(&book, &name, &document.to_cda().unwrap()));
        checked += 1;
    }
    assert!(checked >= 13, "{checked} documents");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A seed of this run, or the one asked for; said, so that it can be.
fn seed() -> u64 {
    let asked = std::env::var("DCC_RULES_SEED").ok();
    let seed = asked.map_or_else(
        || RandomState::new().hash_one(0),
        |text| text.parse().unwrap(),
    );
    println!("DCC_RULES_SEED={seed}");
    seed
}

#[test]
fn random_fiches_and_pps_have_no_finding() {
    let Some(book) = book() else { return };
    let seed = seed();
    let fiches = of(fiche_rcp).sample(COUNT, seed);
    let fiches = fiches.into_iter().map(|f| ("fiche", f.to_cda().unwrap()));
    let plans = of(pps).sample(COUNT, seed);
    let plans = plans.into_iter().map(|p| ("pps", p.to_cda().unwrap()));
    let mut wrong = Vec::new();
    let mut checked = 0;
    for (i, (kind, cda)) in fiches.chain(plans).enumerate() {
        wrong.extend(findings(&book, &format!("{kind} {i}"), &cda));
        checked += 1;
    }
    assert_eq!(checked, 2 * COUNT);
    wrong.truncate(20);
    assert!(wrong.is_empty(), "seed {seed}\n{}", wrong.join("\n"));
}

/// The rules do judge: a fiche with another LOINC code of document is refused.
#[test]
fn a_fiche_with_the_code_of_another_document_is_refused() {
    let Some(book) = book() else { return };
    let file = workspace().join("dcc-core/examples/data/fiche_rcp_minimale.json");
    let document = Document::from_json(&fs::read(file).unwrap()).unwrap();
    let cda = String::from_utf8(document.to_cda().unwrap()).unwrap();
    let other = cda.replace("<code code=\"34794-8\"", "<code code=\"34794-9\"");
    assert_ne!(cda, other);
    assert!(!findings(&book, "fiche", other.as_bytes()).is_empty());
}
