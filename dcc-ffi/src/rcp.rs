//! The life of RCPs: commands in, events out, as JSON.

use std::ffi::c_char;
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use chrono::{DateTime, Utc};
use dcc_core::rcp::{Actor, Command, Event, RcpId, SessionId, State, decide, ical, journal};

use crate::abi::{Handle, Input, OutHandle, call, free};
use crate::bytes::DccBytes;
use crate::failure::{DccError, Failure, Faults};
use crate::input::{from_json, instant};
use crate::status::DccStatus;

/// The RCPs of a 3C: offers, sessions, cases and fiches, as their events made
/// them. The program stores the events; this is their fold. Any number of
/// threads may use it at once: a command sees all the events of those before.
#[derive(Debug, Default)]
pub struct DccRcp(RwLock<State>);

impl DccRcp {
    fn new(state: State) -> Self {
        DccRcp(RwLock::new(state))
    }

    pub(crate) fn from_json(json: &str) -> Result<Self, Failure> {
        from_json(json, "").map(DccRcp::new)
    }

    pub(crate) fn read(&self) -> Result<RwLockReadGuard<'_, State>, Failure> {
        self.0.read().map_err(|_| Failure::poisoned())
    }

    fn write(&self) -> Result<RwLockWriteGuard<'_, State>, Failure> {
        self.0.write().map_err(|_| Failure::poisoned())
    }

    /// Applies events until one is refused.
    pub(crate) fn apply(&self, events: &str) -> Result<(), Failure> {
        let events: Vec<Event> = from_json(events, "")?;
        let mut state = self.write()?;
        for (i, event) in events.iter().enumerate() {
            state.apply(event).map_err(|problem| {
                Failure::new(DccStatus::EventRefused, problem).below(&format!("/{i}"))
            })?;
        }
        Ok(())
    }

    pub(crate) fn execute(&self, order: &Order) -> Result<Vec<Event>, Failure> {
        self.write()?
            .execute(&order.command, &order.actor, order.at)
            .map_err(|p| Failure::new(DccStatus::CommandRefused, p))
    }

    pub(crate) fn decide(&self, order: &Order) -> Result<Vec<Event>, Failure> {
        decide(&*self.read()?, &order.command, &order.actor, order.at)
            .map_err(|p| Failure::new(DccStatus::CommandRefused, p))
    }

    pub(crate) fn session_calendar(
        &self,
        session: &str,
        stamp: &str,
        domain: &str,
    ) -> Result<String, Failure> {
        let options = calendar_options(stamp, domain)?;
        ical::session_calendar(&*self.read()?, &SessionId::from(session), options)
            .map_err(|p| Failure::new(DccStatus::UnknownInRcp, p))
    }

    pub(crate) fn year_calendar(
        &self,
        rcp: Option<&str>,
        year: i32,
        stamp: &str,
        domain: &str,
    ) -> Result<String, Failure> {
        let (rcp, options) = (rcp.map(RcpId::from), calendar_options(stamp, domain)?);
        ical::year_calendar(&*self.read()?, rcp.as_ref(), year, options)
            .map_err(|p| Failure::new(DccStatus::UnknownInRcp, p))
    }
}

/// A command, who gives it and when.
pub(crate) struct Order {
    command: Command,
    actor: Actor,
    at: DateTime<Utc>,
}

impl Order {
    pub(crate) fn new(command: &str, actor: &str, at: &str) -> Result<Self, Failure> {
        let mut faults = Faults::default();
        let command = faults.keep(from_json(command, ""));
        let actor = faults.keep(from_json(actor, "/actor"));
        let at = faults.keep(instant("at", at));
        let ((command, actor), at) = faults.all(command.zip(actor).zip(at))?;
        Ok(Order { command, actor, at })
    }
}

/// The whole log as lines of French.
pub(crate) fn journal_lines(events: &str) -> Result<Vec<String>, Failure> {
    let events: Vec<Event> = from_json(events, "")?;
    journal::lines(&events).map_err(|p| Failure::new(DccStatus::EventRefused, p))
}

fn calendar_options<'a>(
    stamp: &str,
    domain: &'a str,
) -> Result<ical::CalendarOptions<'a>, Failure> {
    Ok(ical::CalendarOptions {
        stamp: instant("stamp", stamp)?,
        domain,
    })
}

/// Makes RCPs without any event.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rcp_new(
    rcp: *mut *mut DccRcp,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (rcp, error) = unsafe { (OutHandle::new("rcp", rcp), OutHandle::new("error", error)) };
    call(error, || {
        rcp.required()?.put(DccRcp::new(State::new()));
        Ok(())
    })
}

/// Reads what dcc_rcp_to_json wrote: then only the events that follow need be
/// applied. Fails with DCC_STATUS_INVALID_JSON and every problem.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rcp_from_json(
    json: *const c_char,
    json_len: usize,
    rcp: *mut *mut DccRcp,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (json, rcp, error) = unsafe {
        (
            Input::new("json", json, json_len),
            OutHandle::new("rcp", rcp),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (json, rcp) = (json.text()?, rcp.required()?);
        rcp.put(DccRcp::from_json(json)?);
        Ok(())
    })
}

/// Writes the whole state as JSON, to show it or to keep it.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rcp_to_json(
    rcp: *const DccRcp,
    json: *mut *mut DccBytes,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (rcp, json, error) = unsafe {
        (
            Handle::new("rcp", rcp),
            OutHandle::new("json", json),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (rcp, json) = (rcp.get()?, json.required()?);
        json.put(DccBytes::json(&*rcp.read()?)?);
        Ok(())
    })
}

/// Applies events that the program stored: a JSON array, in their order.
/// Fails with DCC_STATUS_EVENT_REFUSED at the first that does not follow from
/// those before, and names it ("/12/sequence"); those before it are applied.
/// With DCC_STATUS_INVALID_JSON, none is.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rcp_apply(
    rcp: *const DccRcp,
    events: *const c_char,
    events_len: usize,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (rcp, events, error) = unsafe {
        (
            Handle::new("rcp", rcp),
            Input::new("events", events, events_len),
            OutHandle::new("error", error),
        )
    };
    call(error, || rcp.get()?.apply(events.text()?))
}

/// Gives `[command, actor, at]` to the RCPs by `give`, and answers its events.
///
/// # Safety
/// As the conventions say: see the top of the header.
unsafe fn give(
    rcp: *const DccRcp,
    [command, actor, at]: [Input<'_>; 3],
    events: *mut *mut DccBytes,
    error: *mut *mut DccError,
    give: fn(&DccRcp, &Order) -> Result<Vec<Event>, Failure>,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (rcp, events, error) = unsafe {
        (
            Handle::new("rcp", rcp),
            OutHandle::new("events", events),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (rcp, events) = (rcp.get()?, events.required()?);
        let order = Order::new(command.text()?, actor.text()?, at.text()?)?;
        events.put(DccBytes::json(&give(rcp, &order)?)?);
        Ok(())
    })
}

/// Decides a command and applies its events, given in `events` as a JSON
/// array for the program to store; may be empty, when all was done already.
/// `command` is {"type": "open_session", "session": "..."}; `actor` is who
/// gives it: {"key", "name", "grants": [{"role", "rcp"}], "authentication"};
/// `at` is the instant, RFC 3339. Fails with DCC_STATUS_COMMAND_REFUSED and
/// every problem, nothing being changed; with DCC_STATUS_INVALID_JSON, the
/// paths in the actor beginning with "/actor"; with DCC_STATUS_BAD_VALUE for an
/// `at` that is no instant. What cannot be read of all three is told at once,
/// with the status of the first.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rcp_execute(
    rcp: *const DccRcp,
    command: *const c_char,
    command_len: usize,
    actor: *const c_char,
    actor_len: usize,
    at: *const c_char,
    at_len: usize,
    events: *mut *mut DccBytes,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe {
        let order = [
            Input::new("command", command, command_len),
            Input::new("actor", actor, actor_len),
            Input::new("at", at, at_len),
        ];
        give(rcp, order, events, error, DccRcp::execute)
    }
}

/// As dcc_rcp_execute, but nothing is changed: the program stores the events
/// first, then applies them with dcc_rcp_apply.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rcp_decide(
    rcp: *const DccRcp,
    command: *const c_char,
    command_len: usize,
    actor: *const c_char,
    actor_len: usize,
    at: *const c_char,
    at_len: usize,
    events: *mut *mut DccBytes,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe {
        let order = [
            Input::new("command", command, command_len),
            Input::new("actor", actor, actor_len),
            Input::new("at", at, at_len),
        ];
        give(rcp, order, events, error, DccRcp::decide)
    }
}

/// The whole log as lines of French, for a journal: `events` is the JSON array
/// of all the events from the first; `lines` receives a JSON array of texts.
/// Fails with DCC_STATUS_INVALID_JSON and every problem, or with
/// DCC_STATUS_EVENT_REFUSED and the first event that does not follow from
/// those before.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rcp_journal(
    events: *const c_char,
    events_len: usize,
    lines: *mut *mut DccBytes,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (events, lines, error) = unsafe {
        (
            Input::new("events", events, events_len),
            OutHandle::new("lines", lines),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (events, lines) = (events.text()?, lines.required()?);
        lines.put(DccBytes::json(&journal_lines(events)?)?);
        Ok(())
    })
}

/// The iCalendar (RFC 5545) of one session. `stamp` is the instant of writing,
/// RFC 3339; `domain` is that of the identifiers of the events, the program's
/// own. Fails with DCC_STATUS_UNKNOWN_IN_RCP, or with DCC_STATUS_BAD_VALUE for
/// a `stamp` that is no instant.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rcp_session_calendar(
    rcp: *const DccRcp,
    session: *const c_char,
    session_len: usize,
    stamp: *const c_char,
    stamp_len: usize,
    domain: *const c_char,
    domain_len: usize,
    ics: *mut *mut DccBytes,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (rcp, session, stamp, domain, ics, error) = unsafe {
        (
            Handle::new("rcp", rcp),
            Input::new("session", session, session_len),
            Input::new("stamp", stamp, stamp_len),
            Input::new("domain", domain, domain_len),
            OutHandle::new("ics", ics),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (rcp, ics) = (rcp.get()?, ics.required()?);
        let (session, stamp, domain) = (session.text()?, stamp.text()?, domain.text()?);
        let written = rcp.session_calendar(session, stamp, domain)?;
        ics.put(DccBytes::new(written));
        Ok(())
    })
}

/// The iCalendar of the sessions of a year, of one RCP (`id`) or, with `id`
/// NULL, of all. As dcc_rcp_session_calendar.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rcp_year_calendar(
    rcp: *const DccRcp,
    id: *const c_char,
    id_len: usize,
    year: i32,
    stamp: *const c_char,
    stamp_len: usize,
    domain: *const c_char,
    domain_len: usize,
    ics: *mut *mut DccBytes,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (rcp, id, stamp, domain, ics, error) = unsafe {
        (
            Handle::new("rcp", rcp),
            Input::new("id", id, id_len),
            Input::new("stamp", stamp, stamp_len),
            Input::new("domain", domain, domain_len),
            OutHandle::new("ics", ics),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (rcp, ics) = (rcp.get()?, ics.required()?);
        let (id, stamp, domain) = (id.opt_text()?, stamp.text()?, domain.text()?);
        let written = rcp.year_calendar(id, year, stamp, domain)?;
        ics.put(DccBytes::new(written));
        Ok(())
    })
}

/// Frees RCPs; NULL is nothing.
///
/// # Safety
/// `rcp` is NULL or a live handle, not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rcp_free(rcp: *mut DccRcp) {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe { free(rcp) }
}
