//! From the year to the deposit: facts, aggregate by parts, export.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use dcc_core::activity::Facts;
use dcc_core::indicators::export::{Dialect, ExportOptions, export};
use dcc_core::indicators::{FactStore, Month, Origin, Period, PpsFact};
use serde::Serialize;

/// The facts of a year, or of a part of it, gathered.
pub(crate) fn gather(facts: &Facts, pps: &[PpsFact]) -> FactStore {
    let mut aggregate = FactStore::new();
    facts.add_to(&mut aggregate);
    for fact in pps {
        let source = format!("PPS {} version {}", fact.id, fact.version);
        // the simulation makes no PPS that is refused
        assert!(aggregate.add_pps(fact, Origin::new(&source, 0)));
    }
    aggregate
}

/// The same year gathered month by month, each month sent as bytes, the last
/// month merged first.
pub(crate) fn gather_by_month(facts: &Facts, pps: &[PpsFact]) -> Result<FactStore, Box<dyn Error>> {
    let mut by_month: BTreeMap<Option<Month>, Vec<PpsFact>> = BTreeMap::new();
    for fact in pps {
        let month = fact.validated_on.map(Month::of);
        by_month.entry(month).or_default().push(fact.clone());
    }
    let of_sessions = facts.sessions.iter().map(|s| Some(Month::of(s.date)));
    let months: BTreeSet<Option<Month>> = of_sessions.chain(by_month.keys().copied()).collect();
    let mut whole = FactStore::new();
    for month in months.into_iter().rev() {
        let sessions = facts.part(|session| Some(Month::of(session.date)) == month);
        let pps = by_month.get(&month).map_or(&[][..], Vec::as_slice);
        let sent = gather(&sessions, pps).to_bytes();
        whole.merge(&FactStore::from_bytes(&sent)?);
    }
    Ok(whole)
}

/// `export/tableur-fr/` with the dashboard, `export/rfc4180/` without.
pub(crate) fn write_export(
    aggregate: &FactStore,
    facts: &Facts,
    period: Period,
    out: &Path,
) -> Result<(), Box<dyn Error>> {
    for dialect in [Dialect::French, Dialect::Rfc4180] {
        let mut options =
            ExportOptions::new("3C d'essai", "2027-03-02T06:00:00+01:00").with_dialect(dialect);
        options.dashboard = dialect == Dialect::French;
        let folder = out.join("export").join(dialect.name());
        fs::create_dir_all(&folder)?;
        for (name, bytes) in export(aggregate, &facts.offers, period, &options)?.files {
            fs::write(folder.join(name), bytes)?;
        }
    }
    Ok(())
}

/// `faits/`, one table of JSON lines a kind of fact: what a vendor without
/// the state machines would feed.
pub(crate) fn write_facts(
    facts: &Facts,
    pps: &[PpsFact],
    out: &Path,
) -> Result<(), Box<dyn Error>> {
    let folder = out.join("faits");
    fs::create_dir_all(&folder)?;
    write_lines(&folder.join("sessions.jsonl"), &facts.sessions)?;
    write_lines(&folder.join("fiches.jsonl"), &facts.fiches)?;
    write_lines(&folder.join("pps.jsonl"), pps)?;
    write_lines(&folder.join("offres.jsonl"), &facts.offers)
}

/// One value a line.
pub(crate) fn write_lines<T: Serialize>(path: &Path, values: &[T]) -> Result<(), Box<dyn Error>> {
    let mut lines = String::new();
    for value in values {
        lines.push_str(&serde_json::to_string(value)?);
        lines.push('\n');
    }
    Ok(fs::write(path, lines)?)
}
