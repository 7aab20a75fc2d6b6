//! iCalendar of sessions, read back line by line.

use dcc_core::rcp::ical::{CalendarOptions, session_calendar, year_calendar};
use dcc_core::rcp::{CaseDisposal, Command, State};
use dcc_tests::rcp::{at, coordinator, local, offer};

const OPTIONS: CalendarOptions<'static> = CalendarOptions {
    stamp: chrono::DateTime::UNIX_EPOCH,
    domain: "chu.example",
};

fn state() -> State {
    let mut state = State::new();
    let now = at("2025-12-20T08:00:00Z");
    let mut special = offer("R1");
    special.name = "Sénologie, gynécologie ; « rares »\nligne 2".into();
    special.secretariat.name = "Secrétariat \"3C\"".into();
    let year = Command::PlanSessions {
        rcp: "R1".into(),
        from: local("2025-12-22T00:00:00").date(),
        to: local("2027-01-10T00:00:00").date(),
    };
    let cancel = Command::CancelSession {
        session: "R1-20260113T1400".into(),
        reason: "grève".into(),
        cases: CaseDisposal::ReturnToRequesters,
    };
    let moved = Command::RescheduleSession {
        session: "R1-20260120T1400".into(),
        start: local("2026-01-22T09:30:00"),
        reason: "salle prise".into(),
    };
    for command in [Command::CreateOffer { offer: special }, year, moved, cancel] {
        state
            .execute(&command, &coordinator(), now)
            .expect("command");
    }
    state
}

/// Content lines, unfolded, after a check of their form.
fn content(calendar: &str) -> Vec<String> {
    assert!(calendar.ends_with("\r\n"));
    for line in calendar.trim_end_matches("\r\n").split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "{line:?}");
    }
    calendar
        .replace("\r\n ", "")
        .trim_end()
        .split("\r\n")
        .map(str::to_owned)
        .collect()
}

#[test]
fn one_session() {
    let calendar = session_calendar(&state(), &"R1-20260407T1400".into(), OPTIONS).expect("ics");
    let lines = content(&calendar);
    for expected in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "UID:R1-20260407T1400@chu.example",
        "DTSTAMP:19700101T000000Z",
        "LAST-MODIFIED:20251220T080000Z",
        "SEQUENCE:0",
        "DTSTART;TZID=Europe/Paris:20260407T140000",
        "DTEND;TZID=Europe/Paris:20260407T153000",
        "STATUS:CONFIRMED",
        "SUMMARY:RCP Sénologie\\, gynécologie \\; « rares »\\nligne 2",
        "LOCATION:Salle 1",
        "URL:https://visio.example/rcp",
        "ORGANIZER;CN=\"Secrétariat 3C\":mailto:secretariat@rcp.example",
        "END:VCALENDAR",
    ] {
        assert!(
            lines.iter().any(|l| l == expected),
            "{expected}\n{calendar}"
        );
    }
    // Easter Monday is the day before: the deadline goes back to Friday.
    assert!(
        calendar
            .replace("\r\n ", "")
            .contains("jusqu'au 03/04/2026 à 12:00")
    );
    let unknown = session_calendar(&state(), &"x".into(), OPTIONS).expect_err("unknown");
    assert_eq!(
        unknown.iter().next().map(|p| p.code),
        Some("RCP-SESSION-INCONNUE")
    );
}

#[test]
fn a_year() {
    let state = state();
    let calendar = year_calendar(&state, Some(&"R1".into()), 2026, OPTIONS).expect("ics");
    let lines = content(&calendar);
    let count = |text: &str| lines.iter().filter(|l| *l == text).count();
    assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"));
    // 52 Tuesdays from 6 January to 29 December; 14 July moves to the 15th.
    assert_eq!(count("BEGIN:VEVENT"), 52);
    assert_eq!(count("STATUS:CANCELLED"), 1);
    assert_eq!(count("SEQUENCE:1"), 2);
    assert_eq!(count("DTSTART;TZID=Europe/Paris:20260122T093000"), 1);
    assert_eq!(count("DTSTART;TZID=Europe/Paris:20260714T140000"), 0);
    assert_eq!(count("DTSTART;TZID=Europe/Paris:20260715T140000"), 1);
    let uids: std::collections::BTreeSet<_> =
        lines.iter().filter(|l| l.starts_with("UID:")).collect();
    assert_eq!(uids.len(), 52);
    assert_eq!(
        calendar,
        year_calendar(&state, None, 2026, OPTIONS)
            .expect("ics")
            .replace(
                "X-WR-CALNAME:RCP 2026",
                &lines
                    .iter()
                    .find(|l| l.starts_with("X-WR-CALNAME"))
                    .cloned()
                    .unwrap_or_default(),
            )
    );
    assert!(year_calendar(&state, Some(&"x".into()), 2026, OPTIONS).is_err());
}
