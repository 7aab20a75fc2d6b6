//! A simulated year of one 3C, through the state machines of the RCP, up to
//! the deposit that its regional network expects:
//! `cargo run --release --example annee_3c`.
//!
//! 12 RCPs, 500 sessions, 8 000 fiches, 5 000 patients, with cancelled
//! sessions, sessions without quorum, postponed, withdrawn and late cases,
//! referrals to a recourse RCP, corrected fiches, and PPS. Everything is
//! invented and drawn from a fixed seed: same program, same bytes.
//!
//! Written to `out/annee_3c/`: `evenements.jsonl` (what a host would store),
//! `journal.txt`, `calendrier.ics`, `faits/` (what the indicators count, as
//! tables), and `export/` (the deposit in both dialects, with
//! `dashboard.html`).

mod catalogue; // the invented 3C: RCPs, professionals
mod deposit; // facts, aggregate by parts, export
mod pps; // the PPS of the year
mod random; // a fixed sequence of numbers
mod simulation; // the year, command by command
mod summary; // the year on one screen

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use dcc_core::activity::facts_of;
use dcc_core::indicators::{ComputeOptions, Period};
use dcc_core::rcp::ical::{CalendarOptions, year_calendar};
use dcc_core::rcp::{Event, State, journal};

fn main() -> Result<(), Box<dyn Error>> {
    let (year, simulating) = timed(simulation::simulate);
    let (replayed, replaying) = timed(|| State::replay(&year.events));
    assert!(replayed? == year.state, "replay gives another state");

    let facts = facts_of(&year.state);
    let pps = pps::simulate(&facts);
    let (whole, gathering) = timed(|| deposit::gather(&facts, &pps));
    let (merged, merging) = timed(|| deposit::gather_by_month(&facts, &pps));
    assert!(
        merged? == whole,
        "months merged give another year than the year"
    );
    let period = Period::year(catalogue::YEAR)?;
    let (indicators, computing) = timed(|| whole.compute(period, &ComputeOptions::default()));

    let out = Path::new("out/annee_3c");
    fs::create_dir_all(out)?;
    write_log(&year.events, out)?;
    write_calendar(&year.state, out)?;
    deposit::write_facts(&facts, &pps, out)?;
    let (written, exporting) = timed(|| deposit::write_export(&whole, &facts, period, out));
    written?;

    println!("{}", summary::life(&year.state));
    println!("{}", summary::indicators(&indicators));
    println!(
        "{} commandes dont {} refusées, {} événements : {simulating:.0?} ; relecture : {replaying:.0?}",
        year.commands,
        year.refused,
        year.events.len()
    );
    println!(
        "faits réunis : {gathering:.0?} ; mois par mois puis fusionnés, même résultat : {merging:.0?}"
    );
    println!(
        "indicateurs, {} cellules : {computing:.0?} ; export en deux dialectes et tableau de bord : {exporting:.0?}",
        indicators.len()
    );
    println!("écrit dans {}", out.display());
    Ok(())
}

/// A result, and how long it took.
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// `evenements.jsonl`, one event a line, and `journal.txt`.
fn write_log(events: &[Event], out: &Path) -> Result<(), Box<dyn Error>> {
    deposit::write_lines(&out.join("evenements.jsonl"), events)?;
    let mut lines = journal::lines(events)?.join("\n");
    lines.push('\n');
    fs::write(out.join("journal.txt"), lines)?;
    Ok(())
}

/// `calendrier.ics`, all the RCPs of the year.
fn write_calendar(state: &State, out: &Path) -> Result<(), Box<dyn Error>> {
    let options = CalendarOptions {
        stamp: simulation::end(),
        domain: "3c.example",
    };
    fs::write(
        out.join("calendrier.ics"),
        year_calendar(state, None, catalogue::YEAR, options)?,
    )?;
    Ok(())
}
