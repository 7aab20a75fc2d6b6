//! The monthly deposit: its files, and the dashboard in a browser.
#![allow(missing_docs, clippy::unwrap_used)]

mod dashboard;
mod files;

use std::collections::BTreeMap;

use dcc_core::indicators::export::{Dialect, Export, ExportOptions, export};
use dcc_core::indicators::{FactStore, OfferFact, Origin, Period};
use dcc_tests::activity::Activity;

fn activity() -> Activity {
    Activity {
        rcps: 12,
        professionals: 90,
        specialties: 9,
        ..Activity::small(33)
    }
}

fn aggregate(activity: &Activity) -> FactStore {
    let mut aggregate = FactStore::new();
    for (i, s) in activity.all_sessions().iter().enumerate() {
        assert!(aggregate.add_session(s, Origin::new("sessions", i as u32 + 1)));
    }
    for (i, f) in activity.all_fiches().iter().enumerate() {
        assert!(aggregate.add_fiche(f, Origin::new("fiches", i as u32 + 1)));
    }
    for (i, p) in activity.all_pps().iter().enumerate() {
        assert!(aggregate.add_pps(p, Origin::new("pps", i as u32 + 1)));
    }
    aggregate
}

fn offers() -> Vec<OfferFact> {
    let mut breast = OfferFact::new("RCP001", "Sénologie");
    breast.local_ids = vec!["-12,5".into(), "=HYPERLINK(\"http://exemple\")".into()];
    breast.secretariat = Some("+33 1 00 00 00 00; secretariat@exemple.fr".into());
    breast.capacity = Some(15);
    vec![breast, OfferFact::new("RCP000", "Digestif </script><b>")]
}

fn options() -> ExportOptions {
    ExportOptions::new("3C d'essai <&>", "2026-01-05T08:00:00+01:00")
}

fn year() -> Period {
    Period::year(2025).unwrap()
}

fn run(options: &ExportOptions) -> Export {
    export(&aggregate(&activity()), &offers(), year(), options).unwrap()
}

/// The rows of a CSV file, by the names of its columns.
fn rows(export: &Export, name: &str, dialect: Dialect) -> Vec<BTreeMap<String, String>> {
    let bytes = export.file(name).unwrap();
    let text = std::str::from_utf8(bytes).unwrap();
    let (text, separator) = match dialect {
        Dialect::French => (text.strip_prefix('\u{feff}').unwrap(), b';'),
        Dialect::Rfc4180 => (text, b','),
    };
    assert!(
        text.lines().all(|l| !l.ends_with('\r'))
            && text.matches("\r\n").count() == text.matches('\n').count()
    );
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let names: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    reader
        .records()
        .map(|r| {
            names
                .iter()
                .cloned()
                .zip(r.unwrap().iter().map(str::to_owned))
                .collect()
        })
        .collect()
}
