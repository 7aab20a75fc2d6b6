//! No sequence of commands reaches an illegal state, and replay gives the
//! same state.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use dcc_core::rcp::{
    Actor, Authentication, CaseDisposal, Command, Event, Payload, Role, State, decide, journal,
    rules::RULES,
};
use dcc_tests::rcp::{
    at, attendee, coordinator, draft, illegal, local, offer, physician, request, secretary,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// One step: a kind of command, three free numbers, and who gives it.
type Step = (u8, u16, u16, u16, u8);

fn steps(max: usize) -> impl Strategy<Value = Vec<Step>> {
    vec(
        (
            0u8..80,
            any::<u16>(),
            any::<u16>(),
            any::<u16>(),
            any::<u8>(),
        ),
        0..max,
    )
}

const RCPS: [&str; 3] = ["R1", "R2", "inconnue"];

/// The session number `n`: two planned by hand for each RCP, two from the
/// recurrence, and now and then one that does not exist.
fn session(n: u16) -> String {
    match n % 10 {
        n @ 0..=3 => format!("s{n}"),
        4 | 5 => "R1-20260106T1400".into(),
        6 => "R1-20260113T1400".into(),
        7 | 8 => "R2-20260106T1400".into(),
        _ => "inconnue".into(),
    }
}

fn command(state: &State, (kind, a, b, c, _): Step) -> Command {
    let rcp = |n: u16| RCPS[usize::from(n % 16) / 7].into();
    let case = |n: u16| format!("e{}", n % 13).into();
    let fiche = |n: u16| format!("f{}", n % 7).into();
    let key = |n: u16| format!("D{}", n % 6);
    let reason = if c % 16 == 0 {
        String::new()
    } else {
        "empêchement".to_owned()
    };
    match kind {
        0 => Command::CreateOffer {
            offer: offer(RCPS[usize::from(a % 2)]),
        },
        1 => {
            let mut changed = offer(RCPS[usize::from(a % 2)]);
            changed.capacity = Some(u32::from(b % 4));
            Command::UpdateOffer { offer: changed }
        }
        2 if a % 8 == 0 => Command::CloseOffer {
            rcp: rcp(b),
            reason,
        },
        2 | 3 => Command::PlanSessions {
            rcp: rcp(a),
            from: local("2026-01-05T00:00:00").date() + TimeDelta::days(i64::from(b % 60)),
            to: local("2026-03-20T00:00:00").date(),
        },
        4 | 5 => Command::PlanSession {
            id: session(a % 4).into(),
            rcp: if a % 4 < 2 { "R1".into() } else { "R2".into() },
            start: local("2026-01-06T16:00:00") + TimeDelta::hours(i64::from(b % 60)),
            duration_minutes: (b % 5 == 0).then_some(u32::from(c % 200)),
            capacity: (b % 3 == 0).then_some(u32::from(c % 4)),
            establishment: (c % 9 == 0).then(|| "9A0000002".into()),
        },
        6 => Command::RescheduleSession {
            session: session(a).into(),
            start: local("2026-01-06T14:00:00") + TimeDelta::hours(i64::from(b % 96)),
            reason,
        },
        7..=10 => Command::OpenSession {
            session: session(a).into(),
        },
        11 => Command::CloseSession {
            session: session(a).into(),
        },
        12..=14 => Command::StartSession {
            session: session(a).into(),
        },
        15 | 16 => Command::HoldSession {
            session: session(a).into(),
        },
        17 => Command::CancelSession {
            session: session(a).into(),
            reason,
            cases: if b % 2 == 0 {
                CaseDisposal::MoveTo(session(b / 2).into())
            } else {
                CaseDisposal::ReturnToRequesters
            },
        },
        18..=24 => Command::RecordAttendance {
            session: session(a).into(),
            attendee: attendee(usize::from(b % 6)),
        },
        25 => Command::RecordDeparture {
            session: session(a).into(),
            professional: key(b),
        },
        26..=30 => {
            let mut request = request(&format!("e{}", a % 13), &session(b), &format!("P{}", c % 9));
            if c % 2 == 0 {
                request.documents.insert(
                    "ACP".into(),
                    dcc_core::rcp::CaseDocument::new("Anatomopathologie"),
                );
            }
            Command::EnrolCase { request }
        }
        31 => Command::RequestDocument {
            enrolment: case(a),
            code: format!("doc{}", b % 2),
            label: reason,
        },
        32 => Command::ReceiveDocument {
            enrolment: case(a),
            code: if b % 2 == 0 {
                "ACP".into()
            } else {
                "doc1".into()
            },
        },
        33 => {
            let id = session(a).into();
            let mut order = state
                .session(&id)
                .map(|s| s.agenda.clone())
                .unwrap_or_default();
            order.reverse();
            if b % 4 == 0 {
                order.push(case(c));
            }
            Command::OrderAgenda { session: id, order }
        }
        34 => Command::PostponeCase {
            enrolment: case(a),
            to: (b % 2 == 0).then(|| session(b / 2).into()),
            reason,
        },
        35 | 36 => Command::PlaceCase {
            enrolment: case(a),
            session: session(b).into(),
        },
        37 => Command::WithdrawCase {
            enrolment: case(a),
            reason,
        },
        38 | 39 => Command::ReferCase {
            enrolment: case(a),
            rcp: if c % 5 == 0 { "R1".into() } else { "R2".into() },
            new_enrolment: case(b),
            session: (c % 2 == 0).then(|| session(7 + c / 2 % 3).into()),
            reason,
        },
        40..=44 => Command::DiscussCase { enrolment: case(a) },
        45..=48 => Command::DraftFiche {
            fiche: fiche(a),
            enrolment: case(b),
            draft: draft(c.into(), &key(c)),
        },
        49 => Command::EditFiche {
            fiche: fiche(a),
            draft: draft(b.into(), &key(c)),
        },
        50..=52 => Command::CompleteFiche { fiche: fiche(a) },
        53..=56 => Command::ValidateFiche { fiche: fiche(a) },
        57 => Command::SendFiche {
            fiche: fiche(a),
            recipient: reason,
        },
        _ => Command::ReplaceFiche {
            fiche: fiche(a),
            draft: draft(b.into(), &key(c)),
            reason,
        },
    }
}

/// A step that a well-run RCP would take next, so that sequences go to the end
/// of the life cycles between two steps at random.
fn sensible(state: &State, now: DateTime<Utc>, (_, a, b, c, _): Step) -> (Command, DateTime<Utc>) {
    use dcc_core::rcp::{EnrolmentStatus, FicheStatus, SessionStatus};
    let soon = now + TimeDelta::seconds(i64::from(b % 90));
    let pick = |n: usize| usize::from(a) % n.max(1);
    let fiches: Vec<_> = state.fiches().collect();
    if c % 4 == 0 && !fiches.is_empty() {
        let fiche = fiches[pick(fiches.len())];
        let id = fiche.id.clone();
        let command = match fiche.latest().map(|v| v.status) {
            Some(FicheStatus::Drafted) => Command::CompleteFiche { fiche: id },
            Some(FicheStatus::Completed) => Command::ValidateFiche { fiche: id },
            Some(FicheStatus::Sent) => Command::ReplaceFiche {
                fiche: id,
                draft: draft(b.into(), "D1"),
                reason: "erreur".into(),
            },
            _ => Command::SendFiche {
                fiche: id,
                recipient: "DMP".into(),
            },
        };
        return (command, soon);
    }
    let mut live: Vec<_> = state
        .offers()
        .flat_map(|o| state.calendar(&o.id))
        .filter(|s| s.held.is_none())
        .collect();
    live.sort_by_key(|s| s.plan.start);
    let Some(chosen) = live.get(pick(live.len().min(3))) else {
        return (command(state, (3, a % 2, b, c, 0)), soon);
    };
    let waiting = state
        .enrolments()
        .find(|c| c.status == EnrolmentStatus::Waiting);
    if let Some(case) = waiting.filter(|_| b % 4 == 0) {
        let target = live
            .iter()
            .find(|s| s.plan.rcp == case.rcp && s.plan.start > soon);
        let session = target.map_or("inconnue".into(), |s| s.plan.id.clone());
        return (
            Command::PlaceCase {
                enrolment: case.id.clone(),
                session,
            },
            soon,
        );
    }
    let missed = chosen.status.is_upcoming() && chosen.plan.start + TimeDelta::hours(12) < now;
    if missed || (b % 16 == 0 && !chosen.agenda.is_empty()) {
        let target = live
            .iter()
            .find(|s| s.plan.rcp == chosen.plan.rcp && s.plan.start > soon);
        let cases = match target {
            Some(target) if c % 3 != 0 => CaseDisposal::MoveTo(target.plan.id.clone()),
            _ => CaseDisposal::ReturnToRequesters,
        };
        let session = chosen.plan.id.clone();
        return (
            Command::CancelSession {
                session,
                reason: "grève".into(),
                cases,
            },
            soon,
        );
    }
    let id = chosen.plan.id.clone();
    let start = chosen.plan.start.max(soon);
    let cases = || chosen.agenda.iter().filter_map(|c| state.enrolment(c));
    let command = match chosen.status {
        SessionStatus::Planned => Command::OpenSession { session: id },
        SessionStatus::Open | SessionStatus::Closed
            if chosen.agenda.len() < usize::from(1 + c % 2) =>
        {
            Command::EnrolCase {
                request: request(&format!("e{}", b % 13), id.as_str(), &format!("P{}", c % 9)),
            }
        }
        SessionStatus::Started => {
            let pending = cases().find(|c| c.status == EnrolmentStatus::Enrolled);
            let bare = cases().find(|c| c.fiche.is_none());
            match (pending, bare) {
                (Some(case), _) => Command::DiscussCase {
                    enrolment: case.id.clone(),
                },
                (None, Some(case)) => Command::DraftFiche {
                    fiche: format!("f{}", b % 7).into(),
                    enrolment: case.id.clone(),
                    draft: draft(c.into(), "D1"),
                },
                _ => Command::HoldSession { session: id },
            }
        }
        _ if chosen.attendances.len() < usize::from(2 + c % 4) => {
            let missing = (0..6).find(|i| !chosen.attendances.contains_key(&format!("D{i}")));
            let attendee = attendee(missing.unwrap_or(0));
            return (
                Command::RecordAttendance {
                    session: id,
                    attendee,
                },
                start,
            );
        }
        _ => return (Command::StartSession { session: id }, start),
    };
    (command, soon)
}

/// Most often someone who has the right, now and then anybody.
fn actor(state: &State, command: &Command, who: u8) -> Actor {
    if let Command::ValidateFiche { fiche } = command
        && let Some(version) = state.fiche(fiche).and_then(|f| f.latest())
        && let Some(i) = version
            .draft
            .physician
            .strip_prefix('D')
            .and_then(|i| i.parse().ok())
    {
        let mut right = physician(i);
        match who % 16 {
            0 => {}
            // The right person with too weak a proof, a wrong person.
            1 => right.authentication = Authentication::TwoFactor,
            2 => right = physician(usize::from(who / 16 % 6)),
            _ => return right,
        }
        if !who.is_multiple_of(16) {
            return right;
        }
    }
    match who % 12 {
        0 => secretary(),
        1 => physician(usize::from(who / 12 % 6)),
        2 => Actor::new("D0", "Dr ESSAI0", Authentication::Password).with_role(Role::Participant),
        3 => Actor::new("X", "M. X", Authentication::Cps),
        4 => Actor::new("D0", "Dr ESSAI0", Authentication::Cps).with_role(Role::Requester),
        5 => Actor::new("C2", "Dr R2", Authentication::TwoFactor)
            .with_role_in(Role::Coordinator, "R2"),
        _ => coordinator(),
    }
}

/// The instant of the next command: a little later, at the start of a
/// session, or (rarely) earlier.
fn instant(state: &State, now: DateTime<Utc>, (kind, a, b, c, who): Step) -> DateTime<Utc> {
    let day = matches!(kind, 12..=14 | 18..=24)
        .then_some(a)
        .or((c % 32 == 0).then_some(b));
    let start = day
        .and_then(|n| state.session(session(n)))
        .map(|s| s.plan.start);
    match start {
        Some(start) if start > now && (who / 16) % 4 == 0 => start,
        _ if c % 50 == 0 => now - TimeDelta::minutes(i64::from(b % 120)),
        _ => now + TimeDelta::seconds(i64::from(b % 90)),
    }
}

/// Two offers and their first sessions, so that most sequences go far.
fn beginning() -> (State, Vec<Event>) {
    let (mut state, mut events) = (State::new(), Vec::new());
    let now = at("2026-01-05T07:00:00Z");
    for rcp in ["R1", "R2"] {
        let command = Command::CreateOffer { offer: offer(rcp) };
        events.extend(state.execute(&command, &coordinator(), now).expect("offer"));
    }
    (state, events)
}

fn name(fact: &Payload) -> String {
    serde_json::to_value(fact).expect("json")["type"]
        .as_str()
        .expect("tag")
        .to_owned()
}

/// What a run of steps showed.
#[derive(Default)]
struct Seen {
    facts: BTreeMap<String, usize>,
    codes: BTreeSet<&'static str>,
    commands: usize,
}

fn frozen(state: &State) -> Vec<(String, u32, String)> {
    let mut all = Vec::new();
    for fiche in state.fiches() {
        for version in fiche.versions.iter().filter(|v| v.validated.is_some()) {
            let content =
                serde_json::to_string(&(&version.draft, &version.validated, &version.drafted))
                    .expect("json");
            all.push((fiche.id.to_string(), version.number, content));
        }
    }
    all
}

fn run(steps: &[Step], seen: &mut Seen) -> Result<(), TestCaseError> {
    let (mut state, mut log) = beginning();
    let mut now = at("2026-01-05T07:00:00Z");
    for step in steps {
        let (command, when) = if step.0 < 60 {
            (command(&state, *step), instant(&state, now, *step))
        } else {
            sensible(&state, now, *step)
        };
        let actor = actor(&state, &command, step.4);
        seen.commands += 1;
        let before = frozen(&state);
        match decide(&state, &command, &actor, when) {
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in &problems {
                    prop_assert!(RULES.iter().any(|r| r.code == problem.code), "{problem}");
                    prop_assert!(!problem.message.is_empty() && problem.is_blocking());
                    if problem.code.ends_with("-ETAT") {
                        prop_assert!(problem.found.is_some() && !problem.allowed.is_empty());
                    }
                    seen.codes.insert(problem.code);
                }
                let copy = state.clone();
                prop_assert_eq!(state.execute(&command, &actor, when), Err(problems));
                prop_assert!(state == copy, "a refused command changed the state");
            }
            Ok(events) => {
                prop_assert!(when >= state.last_instant().unwrap_or(when));
                let mut copy = state.clone();
                let executed = state.execute(&command, &actor, when);
                prop_assert_eq!(executed.as_ref(), Ok(&events));
                for event in &events {
                    prop_assert!(copy.apply(event).is_ok());
                    // Every prefix of a log is legal, not only whole commands.
                    let wrong = illegal(&copy);
                    prop_assert!(wrong.is_empty(), "{wrong:?} after {event:?}");
                }
                prop_assert!(copy == state);
                let after = frozen(&state);
                for version in &before {
                    prop_assert!(
                        after.contains(version),
                        "a validated fiche changed: {version:?}"
                    );
                }
                now = when;
                log.extend(events);
            }
        }
        let text = serde_json::to_string(&command).expect("json");
        let tag = format!(r#"{{"type":"{}""#, command.kind());
        prop_assert!(text.starts_with(&tag), "{text}");
        prop_assert_eq!(
            &serde_json::from_str::<Command>(&text).expect("command"),
            &command
        );
    }
    for event in &log {
        prop_assert_eq!(event.kind(), name(&event.payload));
        *seen.facts.entry(name(&event.payload)).or_default() += 1;
    }
    // What a host stores and reads back.
    let lines: Vec<String> = log
        .iter()
        .map(|e| serde_json::to_string(e).expect("json"))
        .collect();
    let read: Vec<Event> = lines
        .iter()
        .map(|l| serde_json::from_str(l).expect("event"))
        .collect();
    prop_assert_eq!(&read, &log);
    let replayed = State::replay(&read);
    prop_assert!(
        replayed.as_ref() == Ok(&state),
        "replay gives another state"
    );
    let snapshot = serde_json::to_string(&state).expect("json");
    prop_assert!(serde_json::from_str::<State>(&snapshot).expect("state") == state);
    let journal = journal::lines(&log).expect("journal");
    prop_assert_eq!(journal.len(), log.len());
    prop_assert!(
        journal
            .iter()
            .all(|l| !l.contains('\n') && l.contains("2026"))
    );
    Ok(())
}

#[test]
fn no_sequence_reaches_an_illegal_state() {
    let config = Config {
        cases: 300,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let seen = std::cell::RefCell::new(Seen::default());
    let result = runner.run(&steps(600), |steps| run(&steps, &mut seen.borrow_mut()));
    if let Err(failure) = result {
        panic!("{failure}");
    }
    let seen = seen.into_inner();
    println!("{} commands; {:?}", seen.commands, seen.facts);
    println!("{:?}", seen.codes);
    // The sequences go everywhere: a check that is never reached shows nothing.
    assert!(seen.commands > 50_000);
    assert_eq!(
        seen.facts.len(),
        27,
        "some facts never happened: {:?}",
        seen.facts
    );
}

proptest! {
    #![proptest_config(Config { cases: 40, failure_persistence: None, ..Config::default() })]

    /// Another seed at every run.
    #[test]
    fn nor_does_another_seed(steps in steps(300)) {
        run(&steps, &mut Seen::default())?;
    }

    /// A log that was cut, doubled or reordered is refused, not half applied.
    #[test]
    fn a_log_with_a_hole_is_refused(hole in 0usize..4) {
        let (mut state, mut events) = beginning();
        let plan = Command::PlanSessions {
            rcp: "R1".into(),
            from: local("2026-01-05T00:00:00").date(),
            to: local("2026-01-13T00:00:00").date(),
        };
        let now = at("2026-01-05T08:00:00Z");
        events.extend(state.execute(&plan, &coordinator(), now).expect("plan"));
        prop_assert_eq!(events.len(), 4);
        let mut cut = events.clone();
        cut.remove(hole);
        if hole < 3 {
            let refused = State::replay(&cut).expect_err("a hole");
            prop_assert_eq!(refused.iter().next().map(|p| p.code), Some("RCP-EVENEMENT-ORDRE"));
        }
        let mut doubled = events.clone();
        doubled.insert(hole, events[hole].clone());
        prop_assert!(State::replay(&doubled).is_err());
        let mut later = events.clone();
        later[hole].version = 2;
        let refused = State::replay(&later).expect_err("a version to come");
        prop_assert_eq!(refused.iter().next().map(|p| p.code), Some("RCP-EVENEMENT-VERSION"));
    }
}
