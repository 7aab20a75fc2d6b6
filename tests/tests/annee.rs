//! A simulated year, through the state machines, gives the numbers that a
//! plain count of its events gives.

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

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Paris;
use dcc_core::activity::{Facts, facts_of};
use dcc_core::fiche_rcp::FicheRcp;
use dcc_core::indicators::export::{ExportOptions, export};
use dcc_core::indicators::{
    ComputeOptions, Dimension, FactStore, FactTable, FicheFact, Indicators, Month, Origin, Period,
    PpsFact, Scope, Source,
};
use dcc_core::pps::Pps;
use dcc_core::rcp::ical::{CalendarOptions, year_calendar};
use dcc_core::rcp::{Event, FicheFlags, Payload, SessionPlan, State, journal};
use simulation::Year;

static YEAR: LazyLock<Year> = LazyLock::new(simulation::simulate);

fn period() -> Period {
    Period::year(catalogue::YEAR).unwrap()
}

/// What the events say, written down as they come.
#[derive(Default)]
struct Ledger {
    plans: BTreeMap<String, SessionPlan>,
    quorum: BTreeMap<String, bool>,
    held: BTreeSet<String>,
    cancelled: BTreeSet<String>,
    /// (session, professional) → specialty.
    present: BTreeMap<(String, String), Option<String>>,
    /// Case → patient; case → session; fiche → case.
    patient: BTreeMap<String, String>,
    session: BTreeMap<String, String>,
    case: BTreeMap<String, String>,
    discussed: BTreeSet<String>,
    /// Fiche → flags and validation of its latest version.
    latest: BTreeMap<String, (FicheFlags, bool)>,
    corrections: usize,
}

impl Ledger {
    fn of(events: &[Event]) -> Self {
        let mut ledger = Ledger::default();
        events.iter().for_each(|event| ledger.write(&event.payload));
        ledger
    }

    fn write(&mut self, payload: &Payload) {
        let text = |id: &dyn std::fmt::Display| id.to_string();
        match payload {
            Payload::SessionPlanned { plan } => {
                self.plans.insert(text(&plan.id), plan.clone());
            }
            Payload::SessionRescheduled { session, start, .. } => {
                self.plans.get_mut(session.as_str()).unwrap().start = *start;
            }
            Payload::SessionStarted { session, quorum } => {
                self.quorum.insert(text(session), quorum.reached);
            }
            Payload::SessionHeld { session } => {
                self.held.insert(text(session));
            }
            Payload::SessionCancelled { session, .. } => {
                self.cancelled.insert(text(session));
            }
            Payload::AttendanceRecorded { session, attendee } => {
                let key = (text(session), attendee.professional.clone());
                self.present.insert(key, attendee.specialty.clone());
            }
            Payload::CaseEnrolled { request, .. } => {
                let id = text(&request.id);
                self.patient.insert(id.clone(), request.patient.clone());
                self.session.insert(id, text(&request.session));
            }
            Payload::CasePostponed { enrolment, to, .. } => {
                self.session.remove(enrolment.as_str());
                if let Some(to) = to {
                    self.session.insert(text(enrolment), text(to));
                }
            }
            Payload::CasePlaced { enrolment, session } => {
                self.session.insert(text(enrolment), text(session));
            }
            Payload::CaseWithdrawn { enrolment, .. } => {
                self.session.remove(enrolment.as_str());
            }
            Payload::CaseDiscussed { enrolment, .. } => {
                self.discussed.insert(text(enrolment));
            }
            Payload::CaseReferred {
                enrolment,
                new_enrolment,
                session,
                ..
            } => {
                let patient = self.patient[enrolment.as_str()].clone();
                self.patient.insert(text(new_enrolment), patient);
                if let Some(session) = session {
                    self.session.insert(text(new_enrolment), text(session));
                }
                if !self.discussed.contains(enrolment.as_str()) {
                    self.session.remove(enrolment.as_str());
                }
            }
            Payload::FicheDrafted {
                fiche,
                enrolment,
                draft,
            } => {
                self.case.insert(text(fiche), text(enrolment));
                let version = (draft.flags.clone(), false);
                self.latest.insert(text(fiche), version);
            }
            Payload::FicheEdited { fiche, draft } => {
                let version = (draft.flags.clone(), false);
                self.latest.insert(text(fiche), version);
            }
            Payload::FicheReplaced { fiche, draft, .. } => {
                self.corrections += 1;
                let version = (draft.flags.clone(), false);
                self.latest.insert(text(fiche), version);
            }
            Payload::FicheValidated { fiche, .. } => {
                self.latest.get_mut(fiche.as_str()).unwrap().1 = true;
            }
            Payload::OfferCreated { .. }
            | Payload::OfferUpdated { .. }
            | Payload::OfferClosed { .. }
            | Payload::SessionOpened { .. }
            | Payload::SessionClosed { .. }
            | Payload::DepartureRecorded { .. }
            | Payload::DocumentRequested { .. }
            | Payload::DocumentReceived { .. }
            | Payload::AgendaOrdered { .. }
            | Payload::FicheCompleted { .. }
            | Payload::FicheSent { .. } => {}
            other => panic!("{} is new: what does it change here?", other.kind()),
        }
    }

    /// Session and patient of a fiche, when its case is on an agenda of a
    /// session that was not cancelled.
    fn place(&self, fiche: &str) -> Option<(&str, &str)> {
        let case = &self.case[fiche];
        let session = self.session.get(case)?;
        (!self.cancelled.contains(session)).then_some((session, &self.patient[case]))
    }
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Paris).date_naive()
}

fn fits(choice: &Dimension, value: Option<&str>) -> bool {
    match choice {
        Dimension::All => true,
        Dimension::Value(wanted) => value == Some(wanted),
        Dimension::Missing => value.is_none(),
    }
}

/// A session not cancelled, and whom its fiches are about.
struct Line<'a> {
    id: &'a str,
    plan: &'a SessionPlan,
    day: NaiveDate,
    held: bool,
    /// Patient, flags and validation of each fiche.
    fiches: Vec<(&'a str, &'a FicheFlags, bool)>,
}

impl Ledger {
    fn lines(&self) -> Vec<Line<'_>> {
        let mut fiches: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (fiche, (flags, validated)) in &self.latest {
            if let Some((session, patient)) = self.place(fiche) {
                let rows = fiches.entry(session).or_default();
                rows.push((patient, flags, *validated));
            }
        }
        let kept = self
            .plans
            .iter()
            .filter(|(id, _)| !self.cancelled.contains(*id));
        kept.map(|(id, plan)| Line {
            id,
            plan,
            day: day(plan.start),
            held: self.held.contains(id),
            fiches: fiches.remove(&**id).unwrap_or_default(),
        })
        .collect()
    }
}

type Count = (u64, Option<u64>);

/// Every indicator of one cell, by code.
fn plain(
    ledger: &Ledger,
    lines: &[Line<'_>],
    pps: &[PpsFact],
    scope: &Scope,
) -> BTreeMap<&'static str, Count> {
    let month = |date: NaiveDate| {
        period().contains(date) && scope.month.is_none_or(|month| month == Month::of(date))
    };
    let mut n: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut held, mut quorum) = (BTreeSet::new(), 0);
    let (mut patients, mut patients_held) = (BTreeSet::new(), BTreeSet::new());
    let (mut physicians, mut secure) = (BTreeSet::new(), BTreeSet::new());
    for line in lines.iter().filter(|line| {
        month(line.day)
            && fits(&scope.establishment, Some(&line.plan.establishment))
            && fits(&scope.centre_3c, Some(&line.plan.centre_3c))
            && fits(&scope.theme, Some(&line.plan.theme))
    }) {
        if line.held {
            held.insert(line.id);
            quorum += u64::from(ledger.quorum[line.id]);
            patients_held.extend(line.fiches.iter().map(|(patient, ..)| *patient));
        }
        for (patient, flags, validated) in &line.fiches {
            patients.insert(*patient);
            let mut add = |what: &'static str, counts: bool| {
                *n.entry(what).or_default() += u64::from(counts);
            };
            add("fiches", true);
            add("validated", *validated);
            add("g8", flags.g8);
            add("oncogeriatric", flags.oncogeriatric_requested);
            add("fertility", flags.fertility_preservation);
            add("trial", flags.trial_proposed);
            add("stated", flags.guideline_respected.is_some());
            add("respected", flags.guideline_respected == Some(true));
            if let Some(physician) = &flags.attending_physician {
                add("named", true);
                physicians.insert(physician);
                if flags.attending_physician_mssante {
                    secure.insert(physician);
                }
            }
        }
    }
    let present = ledger.present.keys();
    let present = present.filter(|(session, _)| held.contains(&**session));
    let professionals: BTreeSet<&str> = present.map(|(_, professional)| &**professional).collect();
    let mut last: BTreeMap<&str, &PpsFact> = BTreeMap::new();
    for fact in pps {
        let kept = last.entry(&fact.id).or_insert(fact);
        if fact.version > kept.version {
            *kept = fact;
        }
    }
    let pps = last.values().filter(|p| {
        p.validated_on.is_some_and(month)
            && fits(&scope.establishment, p.establishment.as_deref())
            && fits(&scope.centre_3c, p.centre_3c.as_deref())
            && fits(&scope.theme, p.theme.as_deref())
    });
    let n = |what: &str| n.get(what).copied().unwrap_or_default();
    let size = |set: &BTreeSet<&String>| (set.len() as u64, None);
    let sessions = held.len() as u64;
    BTreeMap::from([
        ("ACT-01", (n("validated"), None)),
        ("ACT-02", (n("fiches") - n("validated"), None)),
        ("ACT-04", (sessions, None)),
        ("ACT-05", (patients_held.len() as u64, None)),
        ("ACT-06", (professionals.len() as u64, None)),
        ("QUA-01", (quorum, Some(sessions))),
        ("QUA-01-NR", (0, None)),
        ("QUA-03", (n("named"), Some(n("fiches")))),
        ("QUA-03-MT", size(&physicians)),
        ("QUA-04", size(&secure)),
        ("QUA-05-G8", (n("g8"), None)),
        ("QUA-05-OG", (n("oncogeriatric"), None)),
        ("QUA-06", (n("fertility"), None)),
        ("PPS-01", (pps.count() as u64, None)),
        ("SOI-01", (n("trial"), Some(patients.len() as u64))),
        ("SOI-02", (n("respected"), Some(n("stated")))),
        ("SOI-02-NR", (n("fiches") - n("stated"), None)),
    ])
}

/// Compares the cells that `chosen` keeps; how many.
fn same(
    indicators: &Indicators,
    ledger: &Ledger,
    pps: &[PpsFact],
    chosen: impl Fn(&Scope) -> bool,
) -> usize {
    let lines = ledger.lines();
    let mut compared = 0;
    for (scope, values) in indicators.cells().filter(|(scope, _)| chosen(scope)) {
        let mut expected = plain(ledger, &lines, pps, &scope);
        for (definition, value) in values {
            let (numerator, denominator) = expected.remove(definition.code).unwrap();
            let found = (value.numerator, value.denominator);
            assert_eq!(
                found,
                (Some(numerator), denominator),
                "{} {scope:?}",
                definition.code
            );
        }
        assert!(expected.is_empty());
        compared += 1;
    }
    compared
}

fn compute(aggregate: &FactStore) -> Indicators {
    assert!(aggregate.problems().is_empty(), "{}", aggregate.problems());
    aggregate.compute(period(), &ComputeOptions::default())
}

#[test]
fn every_cell_of_the_year_is_the_plain_count_of_its_events() {
    let facts = facts_of(&YEAR.state);
    let pps = pps::simulate(&facts);
    let indicators = compute(&deposit::gather(&facts, &pps));
    let ledger = Ledger::of(&YEAR.events);
    let cells = same(&indicators, &ledger, &pps, |_| true);
    assert_eq!(cells, indicators.len());
    assert!(cells > 500, "{cells}");
    let tallies = indicators.tallies();
    for tally in [
        tallies.sessions,
        tallies.attendances,
        tallies.fiches,
        tallies.pps,
    ] {
        assert!(tally.is_complete() && tally.counted > 0, "{tally:?}");
    }
    assert!(tallies.sessions.cancelled > 0 && tallies.pps.superseded > 0);
    for (specialty, rows) in specialties(&ledger) {
        let found = indicators
            .specialty_rows()
            .find(|row| row.scope == Scope::all() && row.specialty == specialty.as_deref());
        let found = found.map(|row| (row.attendances, row.sessions));
        assert_eq!(found, Some(rows), "{specialty:?}");
    }
}

/// Specialty → attendances of sessions held, and sessions.
fn specialties(ledger: &Ledger) -> BTreeMap<Option<String>, (u64, u64)> {
    let mut met: BTreeMap<Option<String>, (u64, BTreeSet<&str>)> = BTreeMap::new();
    for ((session, _), specialty) in &ledger.present {
        let inside = period().contains(day(ledger.plans[session].start));
        if inside && ledger.held.contains(session) {
            let row = met.entry(specialty.clone()).or_default();
            row.0 += 1;
            row.1.insert(session);
        }
    }
    met.into_iter()
        .map(|(specialty, (n, sessions))| (specialty, (n, sessions.len() as u64)))
        .collect()
}

#[test]
fn the_year_under_way_counts_its_latest_versions() {
    let (mut open, mut unplaced, mut under_correction) = (0, 0, 0);
    for tenth in [2, 5, 8] {
        let events = &YEAR.events[..YEAR.events.len() * tenth / 10];
        let state = State::replay(events).unwrap();
        let facts = facts_of(&state);
        let indicators = compute(&deposit::gather(&facts, &[]));
        let ledger = Ledger::of(events);
        let cells = same(&indicators, &ledger, &[], |scope| {
            scope.theme == Dimension::All && scope.centre_3c == Dimension::All
        });
        assert!(cells > 10, "{cells}");
        assert_eq!(
            facts.fiches.len() + facts.without_session.len(),
            state.fiches().count()
        );
        unplaced += facts.without_session.len();
        open += state.sessions().filter(|s| s.status.is_upcoming()).count();
        under_correction += state
            .fiches()
            .filter(|f| f.latest().map(|v| v.number) != f.in_force().map(|v| v.number))
            .count();
    }
    assert!(
        open > 0 && under_correction > 0,
        "{open} {under_correction}"
    );
    println!("{unplaced} fiches without session");
}

#[test]
fn parts_merged_are_the_year() {
    let facts = facts_of(&YEAR.state);
    let pps = pps::simulate(&facts);
    let whole = deposit::gather(&facts, &pps);
    assert!(deposit::gather_by_month(&facts, &pps).unwrap() == whole);
    // by RCP, the PPS apart
    let mut merged = deposit::gather(&Facts::default(), &pps);
    for offer in YEAR.state.offers() {
        let part = facts.part(|session| session.rcp == offer.id.as_str());
        assert!(!part.sessions.is_empty());
        merged.merge(&deposit::gather(&part, &[]));
    }
    assert!(merged == whole);
}

#[test]
fn facts_fed_as_tables_give_the_same_year() {
    fn lines<T: serde::Serialize>(facts: &[T]) -> Vec<u8> {
        let line = |fact| serde_json::to_string(fact).unwrap() + "\n";
        facts.iter().map(line).collect::<String>().into_bytes()
    }
    let facts = facts_of(&YEAR.state);
    let pps = pps::simulate(&facts);
    let mut fed = FactStore::new();
    for (table, name, bytes, n) in [
        (
            FactTable::Fiches,
            "fiches",
            lines(&facts.fiches),
            facts.fiches.len(),
        ),
        (FactTable::Pps, "pps", lines(&pps), pps.len()),
        (
            FactTable::Sessions,
            "sessions",
            lines(&facts.sessions),
            facts.sessions.len(),
        ),
    ] {
        assert_eq!(
            fed.read(&mut Source::new(table, name).json_lines(&bytes)),
            n,
            "{name}"
        );
    }
    assert!(compute(&fed) == compute(&deposit::gather(&facts, &pps)));
    let (offers, problems) = Source::new(FactTable::Offers, "offres")
        .json_lines(&lines(&facts.offers))
        .into_offers();
    assert!(problems.is_empty(), "{problems}");
    assert_eq!(offers, facts.offers);
}

#[test]
fn the_deposit_names_every_rcp() {
    let facts = facts_of(&YEAR.state);
    let aggregate = deposit::gather(&facts, &pps::simulate(&facts));
    let options = ExportOptions::new("3C d'essai", "2027-03-02T06:00:00+01:00");
    let deposit = export(&aggregate, &facts.offers, period(), &options).unwrap();
    assert!(deposit.problems.is_empty(), "{}", deposit.problems);
    let offers = String::from_utf8(deposit.file("offre_rcp.csv").unwrap().to_vec()).unwrap();
    let page = String::from_utf8(deposit.file("dashboard.html").unwrap().to_vec()).unwrap();
    for offer in YEAR.state.offers() {
        assert!(offers.contains(&offer.name) && offers.contains(&offer.secretariat.to_string()));
        let name = format!("{} ({})", offer.name, offer.id);
        assert!(page.contains(&name), "{name}");
    }
}

#[test]
fn the_journal_and_the_calendar_tell_the_year() {
    let lines = journal::lines(&YEAR.events).unwrap();
    assert_eq!(lines.len(), YEAR.events.len());
    let options = CalendarOptions {
        stamp: simulation::end(),
        domain: "3c.example",
    };
    let calendar = year_calendar(&YEAR.state, None, catalogue::YEAR, options).unwrap();
    let entries = calendar.matches("BEGIN:VEVENT").count();
    let in_year = |plan: &SessionPlan| period().contains(day(plan.start));
    let planned = YEAR.state.sessions().filter(|s| in_year(&s.plan)).count();
    assert_eq!(entries, planned);
}

#[test]
fn a_problem_names_the_session_that_it_is_of() {
    let mut facts = facts_of(&YEAR.state).part(|session| session.rcp == "RCP10");
    facts.sessions[0].theme = Some("tous".into());
    let mut aggregate = FactStore::new();
    facts.add_to(&mut aggregate);
    let problems = aggregate.problems();
    let refused = problems.iter().find(|p| p.code == "FAIT-RESERVE").unwrap();
    assert_eq!(refused.path, format!("session {}", facts.sessions[0].id));
}

fn read(name: &str) -> Vec<u8> {
    let data = dcc_tests::tools::root().join("dcc-core/examples/data");
    std::fs::read(data.join(name)).unwrap()
}

#[test]
fn the_bundled_documents_as_facts() {
    let fiche = |name: &str| {
        let fiche = FicheRcp::from_json(&read(name)).unwrap();
        let fact = FicheFact::from_fiche(&fiche, "S1", "P1");
        assert_eq!(fact.id, fiche.header.set_id.to_string());
        assert_eq!((&*fact.session, &*fact.patient), ("S1", "P1"));
        fact
    };
    let breast = fiche("fiche_rcp_sein.json");
    assert!(breast.validated && breast.flags.g8 && breast.flags.fertility_preservation);
    assert!(!breast.flags.oncogeriatric_requested && !breast.flags.trial_proposed);
    assert_eq!(breast.flags.guideline_respected, Some(true));
    assert_eq!(
        breast.flags.attending_physician.as_deref(),
        Some("10000000058")
    );
    assert!(breast.flags.attending_physician_mssante);
    let blood = fiche("fiche_rcp_hematologie.json");
    assert!(blood.validated && blood.flags.oncogeriatric_requested && blood.flags.trial_proposed);
    assert_eq!(blood.flags.guideline_respected, Some(false));
    let least = fiche("fiche_rcp_minimale.json");
    assert!(!least.validated && !least.flags.g8 && !least.flags.attending_physician_mssante);
    assert_eq!(least.flags.guideline_respected, None);

    let pps = |name: &str| PpsFact::from_pps(&Pps::from_json(&read(name)).unwrap(), "P1");
    let full = pps("pps_complet.json");
    assert_eq!(full.validated_on, NaiveDate::from_ymd_opt(2021, 1, 13));
    assert_eq!(full.centre_3c.as_deref(), Some("490000049"));
    let mut facts = FactStore::new();
    assert!(facts.add_pps(&full, Origin::default()));
    let year = facts.compute(Period::year(2021).unwrap(), &ComputeOptions::default());
    let value = year.value("PPS-01", &Scope::all()).unwrap();
    assert_eq!(value.numerator, Some(1));
}
