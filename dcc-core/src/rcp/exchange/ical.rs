//! iCalendar (RFC 5545) of one session, or of the sessions of a year.
//!
//! Written here rather than with the crate `icalendar`, which draws random
//! UIDs, reads the clock and brings both into the build. Instants of writing
//! and the domain of the UIDs are arguments: same state, same bytes. A
//! calendar names no patient.
//!
//! A session keeps its UID through its changes of date and its cancellation,
//! and its SEQUENCE grows with each, so that a calendar that holds it follows.

use std::fmt::Write;

use chrono::{DateTime, Datelike, Utc};

use crate::calendar::paris::paris;
use crate::problem::{Problem, Problems};
use crate::rcp::engine::{Offer, RcpId, Session, SessionId, SessionStatus, State};
use crate::rcp::rules;

/// What a calendar needs besides the state.
#[derive(Clone, Copy, Debug)]
pub struct CalendarOptions<'a> {
    /// Instant of writing (DTSTAMP).
    pub stamp: DateTime<Utc>,
    /// Domain of the UIDs, that of the host, for example `chu.example`.
    pub domain: &'a str,
}

/// Time zone Europe/Paris since 1996.
const PARIS: &[&str] = &[
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Paris",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// Calendar of one session.
///
/// # Errors
/// The session is unknown.
pub fn session_calendar(
    state: &State,
    session: &SessionId,
    options: CalendarOptions<'_>,
) -> Result<String, Problems> {
    let session = state
        .session(session)
        .ok_or_else(|| Problem::new(&rules::UNKNOWN_SESSION, "/session").found(session))?;
    Ok(calendar(state, &[session], "Session de RCP", options))
}

/// Calendar of the sessions of a year (in Paris), of one RCP or of all, in
/// order of start; cancelled sessions are in it, marked as such.
///
/// # Errors
/// The RCP is unknown.
pub fn year_calendar(
    state: &State,
    rcp: Option<&RcpId>,
    year: i32,
    options: CalendarOptions<'_>,
) -> Result<String, Problems> {
    let name = match rcp {
        None => format!("RCP {year}"),
        Some(id) => {
            let offer = state
                .offer(id)
                .ok_or_else(|| Problem::new(&rules::UNKNOWN_OFFER, "/rcp").found(id))?;
            format!("RCP {} {year}", offer.name)
        }
    };
    let mut sessions: Vec<&Session> = state
        .sessions()
        .filter(|s| s.date().year() == year && rcp.is_none_or(|rcp| s.plan.rcp == *rcp))
        .collect();
    sessions.sort_by_key(|s| (s.plan.start, &s.plan.id));
    Ok(calendar(state, &sessions, &name, options))
}

fn calendar(
    state: &State,
    sessions: &[&Session],
    name: &str,
    options: CalendarOptions<'_>,
) -> String {
    let mut out = Lines(String::new());
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line(concat!(
        "PRODID:-//dcc//dcc-core ",
        env!("CARGO_PKG_VERSION"),
        "//FR"
    ));
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    out.text("X-WR-CALNAME", name);
    for line in PARIS {
        out.line(line);
    }
    for session in sessions {
        out.event(session, state.offer(&session.plan.rcp), options);
    }
    out.line("END:VCALENDAR");
    out.0
}

/// Content lines: folded, ended by CRLF.
struct Lines(String);

impl Lines {
    /// One content line, folded so that no line passes 75 octets (§3.1), never
    /// inside a character.
    fn line(&mut self, line: &str) {
        let mut room = 75;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = 74;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }

    /// A property of type TEXT (§3.3.11).
    fn text(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{}", escape(value)));
    }

    fn event(&mut self, session: &Session, offer: Option<&Offer>, options: CalendarOptions<'_>) {
        let plan = &session.plan;
        let utc = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ");
        let local = |at: DateTime<Utc>| paris(at).format("%Y%m%dT%H%M%S");
        self.line("BEGIN:VEVENT");
        self.text("UID", &format!("{}@{}", plan.id, options.domain));
        self.line(&format!("DTSTAMP:{}", utc(options.stamp)));
        self.line(&format!("LAST-MODIFIED:{}", utc(session.modified)));
        self.line(&format!("SEQUENCE:{}", session.revision));
        self.line(&format!("DTSTART;TZID=Europe/Paris:{}", local(plan.start)));
        self.line(&format!("DTEND;TZID=Europe/Paris:{}", local(session.end())));
        let cancelled = session.status == SessionStatus::Cancelled;
        self.line(if cancelled {
            "STATUS:CANCELLED"
        } else {
            "STATUS:CONFIRMED"
        });
        let name = offer.map_or(plan.rcp.as_str(), |offer| &offer.name);
        let prefix = if cancelled { "Annulée : " } else { "" };
        self.text("SUMMARY", &format!("{prefix}RCP {name}"));
        self.text("CATEGORIES", &plan.theme);
        let mut description = format!("RCP {name}\nThème : {}\n", plan.theme);
        if let Some(cancellation) = &session.cancelled {
            let _ = writeln!(description, "Session annulée : {}", cancellation.reason);
        }
        if let Some(offer) = offer {
            let _ = writeln!(description, "3C : {}", offer.centre_3c.name);
            let deadline = paris(plan.enrolment_deadline).format("%d/%m/%Y à %H:%M");
            let _ = writeln!(description, "Inscription des dossiers jusqu'au {deadline}");
            let contact = &offer.secretariat;
            let reach: Vec<&str> = [&contact.phone, &contact.email, &contact.mssante]
                .into_iter()
                .filter_map(|c| c.as_deref())
                .collect();
            let _ = writeln!(
                description,
                "Secrétariat : {}, {}",
                contact.name,
                reach.join(", ")
            );
            if let Some(place) = offer.place.as_ref().or(offer.video_link.as_ref()) {
                self.text("LOCATION", place);
            }
            if let Some(link) = &offer.video_link {
                let _ = writeln!(description, "Visioconférence : {link}");
                self.line(&format!("URL:{}", uri(link)));
            }
            if let Some(email) = &contact.email {
                let name = parameter(&contact.name);
                self.line(&format!("ORGANIZER;CN=\"{name}\":mailto:{}", uri(email)));
            }
        }
        self.text("DESCRIPTION", description.trim_end());
        self.line("END:VEVENT");
    }
}

/// TEXT (§3.3.11): backslash, semicolon, comma and line ends are escaped;
/// other control characters are left out.
fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Value of a quoted parameter (§3.2): no quote, no control character.
fn parameter(value: &str) -> String {
    value
        .chars()
        .filter(|c| *c != '"' && !c.is_control())
        .collect()
}

/// A URI: nothing that could end the line.
fn uri(value: &str) -> String {
    value
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fold_at_75_octets_and_unfold_to_the_same() {
        let long = format!("SUMMARY:{}", "é€a".repeat(60));
        let mut out = Lines(String::new());
        out.line(&long);
        assert!(out.0.split("\r\n").all(|line| line.len() <= 75));
        assert!(out.0.matches("\r\n ").count() >= 4);
        assert_eq!(out.0.replace("\r\n ", "").trim_end(), long);
    }

    #[test]
    fn a_line_of_75_octets_does_not_fold() {
        let mut out = Lines(String::new());
        out.line(&"a".repeat(75));
        assert_eq!(out.0, format!("{}\r\n", "a".repeat(75)));
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("a;b,c\\d\r\ne\nf\u{7}"), "a\\;b\\,c\\\\d\\ne\\nf");
        assert_eq!(parameter("\"Dr\"\r\nX:1"), "DrX:1");
        assert_eq!(uri("a@b.c\r\nATTENDEE:x"), "a@b.cATTENDEE:x");
    }
}
