//! A quick look at the rule files of the volets: includes and value sets that are absent, without compiling.

use dcc_schematron::{Document, Element, Event, Limits, Source, resolve_path};

use crate::notice::Notice;
use crate::release::Release;
use crate::volets::Volet;

/// What the rule files of the volets name and the release does not hold.
pub(crate) fn survey(release: &Release, volets: &[Volet], limits: &Limits) -> Vec<Notice> {
    let mut out = Vec::new();
    for volet in volets {
        let Ok(Some(found)) = Source::read(release, &volet.path) else {
            continue;
        };
        // a file that is not XML is told when the volet is compiled
        let Ok(document) = Document::parse(&found.bytes, limits) else {
            continue;
        };
        for event in document.events() {
            if let Event::Start(e) = event {
                look(release, volet, e, &mut out);
            }
        }
    }
    out
}

fn look(release: &Release, volet: &Volet, e: Element<'_>, out: &mut Vec<Notice>) {
    let (href, code) = match e.local_name() {
        "include" => (e.attribute("", "href"), "rule-file-missing"),
        "let" => (
            e.attribute("", "value").and_then(path_of),
            "rule-document-missing",
        ),
        _ => return,
    };
    let Some(href) = href else {
        return;
    };
    let path = resolve_path(&volet.path, href).unwrap_or_else(|| href.to_owned());
    if release.holds(&path) {
        return;
    }
    let missing_include = code == "rule-file-missing";
    out.push(Notice {
        set: volet.set.clone(),
        code,
        blocks: missing_include,
        file: volet.path.clone(),
        // where the compilation sees it
        line: if missing_include { e.position().0 } else { 0 },
        found: path,
    });
}

/// The path in a value that is a literal path of a document.
fn path_of(value: &str) -> Option<&str> {
    let value = value.trim();
    let inner = value.strip_prefix('\'')?.strip_suffix('\'')?;
    let path = inner.ends_with(".xml") && !inner.contains('\'');
    path.then_some(inner)
}
