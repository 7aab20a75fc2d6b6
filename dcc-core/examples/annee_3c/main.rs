//! A simulated year of one 3C, through the state machines of the RCP:
//! `cargo run --release --example annee_3c`.
//!
//! 12 RCPs, 500 sessions, 8 000 fiches, 5 000 patients, with cancelled
//! sessions, sessions without quorum, postponed, withdrawn and late cases,
//! referrals to a recourse RCP, and corrected fiches. Everything is invented
//! and drawn from a fixed seed: same program, same bytes.
//!
//! Written to `out/annee_3c/`: `evenements.jsonl` (what a host would store),
//! `journal.txt`, `calendrier.ics`, and what the indicators count.

mod catalogue; // the invented 3C: RCPs, professionals
mod facts; // what the indicators count
mod random; // a fixed sequence of numbers
mod simulation; // the year, command by command

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use dcc_core::rcp::ical::{CalendarOptions, year_calendar};
use dcc_core::rcp::{Enrolment, EnrolmentStatus, Event, SessionStatus, State, journal};

fn main() -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let year = simulation::simulate();
    let simulated = start.elapsed();
    let start = Instant::now();
    let replayed = State::replay(&year.events)?;
    let replay = start.elapsed();
    assert!(replayed == year.state, "replay gives another state");

    println!("{}", summary(&year.state, &year));
    println!(
        "{} commandes dont {} refusées, {} événements en {simulated:.0?} ; relecture en {replay:.0?}",
        year.commands,
        year.refused,
        year.events.len()
    );
    let out = Path::new("out/annee_3c");
    fs::create_dir_all(out)?;
    write_log(&year.events, out)?;
    write_calendar(&year.state, out)?;
    facts::write_facts(&year.state, out)?;
    println!("écrit dans {}", out.display());
    Ok(())
}

/// `evenements.jsonl`, one event a line, and `journal.txt`.
fn write_log(events: &[Event], out: &Path) -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    for event in events {
        text.push_str(&serde_json::to_string(event)?);
        text.push('\n');
    }
    fs::write(out.join("evenements.jsonl"), text)?;
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

/// What the year was, in French.
fn summary(state: &State, year: &simulation::Year) -> String {
    let mut text = String::new();
    let mut row = |label: &str, value: usize| {
        let _ = writeln!(text, "{label:<44}{value:>7}");
    };
    let sessions = |status| state.sessions().filter(|s| s.status == status).count();
    let cases = |test: &dyn Fn(&Enrolment) -> bool| state.enrolments().filter(|c| test(c)).count();
    let held = sessions(SessionStatus::Held);
    row("RCP", state.offers().count());
    row("Séances planifiées dans l'année", state.sessions().count());
    row("Séances tenues", held);
    row("Séances annulées", sessions(SessionStatus::Cancelled));
    row(
        "Séances sans quorum",
        state
            .sessions()
            .filter(|s| s.held.is_some() && !s.quorum_reached())
            .count(),
    );
    row("Dossiers inscrits", state.enrolments().count());
    row(
        "Dossiers discutés",
        cases(&|c| c.status == EnrolmentStatus::Discussed),
    );
    row(
        "  dont sans quorum",
        cases(&|c| c.discussion.as_ref().is_some_and(|d| !d.quorum.reached)),
    );
    row(
        "  dont incomplets",
        cases(&|c| {
            c.discussion
                .as_ref()
                .is_some_and(|d| !d.missing_documents.is_empty())
        }),
    );
    row(
        "  dont inscrits hors délai",
        cases(&|c| c.late && c.discussion.is_some()),
    );
    row(
        "Dossiers reportés au moins une fois",
        cases(&|c| c.moves > 0),
    );
    row(
        "Dossiers retirés",
        cases(&|c| c.status == EnrolmentStatus::Withdrawn),
    );
    row(
        "Dossiers orientés en recours",
        cases(&|c| c.referral.is_some()),
    );
    row(
        "Dossiers en attente d'une séance",
        cases(&|c| c.status == EnrolmentStatus::Waiting),
    );
    row("Fiches", state.fiches().count());
    row(
        "  dont validées",
        state
            .fiches()
            .filter(|f| f.in_force().is_some_and(|v| v.status.is_validated()))
            .count(),
    );
    row(
        "  dont corrigées",
        state.fiches().filter(|f| f.versions.len() > 1).count(),
    );
    row("Patients ayant une fiche", year.patients_with_fiche());
    text
}
