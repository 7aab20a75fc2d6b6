//! Life of an RCP: commands, actors and events as dicts.

use dcc_core::rcp::ical::{self, CalendarOptions};
use dcc_core::rcp::{self as core, Actor, Command, Event, State};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyType};
use serde::Serialize;

use crate::convert::{bytes_of, from_py, instant, to_py};
use crate::number::whole;
use crate::problem::error;

/// The RCPs of a 3C: their state, which commands change.
///
/// Offers, sessions, cases and fiches, as a pure state machine: the caller
/// stores the events that commands give, and `replay` gives the state again.
/// Instants and identifiers are arguments.
///
/// Examples
/// --------
/// >>> rcp = dcc.Rcp()
/// >>> actor = {"key": "P-TEST", "name": "Dr TEST", "authentication": "cps",
/// ...          "grants": [{"role": "coordinator"}]}
/// >>> events = rcp.execute({"type": "open_session", "session": "S1"}, actor,
/// ...                      "2026-03-02T09:00:00+01:00")
#[pyclass(eq, module = "dcc")]
#[derive(Clone, PartialEq, Default)]
pub struct Rcp {
    state: State,
}

/// The events of any iterable of dicts.
fn events_of(events: &Bound<'_, PyAny>) -> PyResult<Vec<Event>> {
    let items: Vec<_> = events.try_iter()?.collect::<PyResult<_>>()?;
    from_py(PyList::new(events.py(), items)?.as_any())
}

fn list<'py, T: Serialize>(
    py: Python<'py>,
    items: impl Iterator<Item = T>,
) -> PyResult<Bound<'py, PyAny>> {
    to_py(py, &items.collect::<Vec<_>>())
}

#[pymethods]
impl Rcp {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// The state that events give, in order.
    ///
    /// Parameters
    /// ----------
    /// events : iterable of mapping
    ///     As `execute` gave them.
    ///
    /// Returns
    /// -------
    /// Rcp
    ///     The state after the last.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     The first event that does not fit, with its place.
    #[classmethod]
    #[pyo3(signature = (events, /))]
    fn replay(class: &Bound<'_, PyType>, events: &Bound<'_, PyAny>) -> PyResult<Self> {
        let events = events_of(events)?;
        match class.py().detach(|| State::replay(&events)) {
            Ok(state) => Ok(Rcp { state }),
            Err(problems) => Err(error(class.py(), &problems)),
        }
    }

    /// Reads a state that `to_json` wrote.
    #[staticmethod]
    #[pyo3(signature = (text, /))]
    fn from_json(text: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = text.py();
        let value = dcc_core::model::json::parse(&bytes_of(text)?).map_err(|p| error(py, &p))?;
        let mut problems = dcc_core::problem::Problems::new();
        dcc_core::model::json::from_value(value, &mut problems)
            .filter(|_| problems.is_empty())
            .map(|state| Rcp { state })
            .ok_or_else(|| error(py, &problems))
    }

    /// The state as JSON, to be stored.
    fn to_json(&self) -> PyResult<String> {
        serde_json::to_string(&self.state)
            .map_err(|e| pyo3::exceptions::PyValueError::new_err(e.to_string()))
    }

    /// Decide a command and apply its events, which the caller stores.
    ///
    /// Parameters
    /// ----------
    /// command : mapping
    ///     For example ``{"type": "open_session", "session": "S1"}``.
    /// actor : mapping
    ///     Who: key, name, grants (roles), authentication, proof.
    /// at : datetime.datetime or str
    ///     When, with its time zone.
    ///
    /// Returns
    /// -------
    /// list of dict
    ///     The events, to be stored in order.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     Every problem of the command; the state is then unchanged.
    fn execute<'py>(
        &mut self,
        command: &Bound<'py, PyAny>,
        actor: &Bound<'py, PyAny>,
        at: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = command.py();
        let (command, actor): (Command, Actor) = (from_py(command)?, from_py(actor)?);
        let at = instant(at, "/at")?;
        match self.state.execute(&command, &actor, at) {
            Ok(events) => to_py(py, &events),
            Err(problems) => Err(error(py, &problems)),
        }
    }

    /// Decide a command and change nothing; as `execute` otherwise.
    ///
    /// Parameters
    /// ----------
    /// command, actor : mapping
    ///     As for `execute`.
    /// at : datetime.datetime or str
    ///     As for `execute`.
    ///
    /// Returns
    /// -------
    /// list of dict
    ///     The events that `apply` would take.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     Every problem of the command.
    fn decide<'py>(
        &self,
        command: &Bound<'py, PyAny>,
        actor: &Bound<'py, PyAny>,
        at: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = command.py();
        let (command, actor): (Command, Actor) = (from_py(command)?, from_py(actor)?);
        match core::decide(&self.state, &command, &actor, instant(at, "/at")?) {
            Ok(events) => to_py(py, &events),
            Err(problems) => Err(error(py, &problems)),
        }
    }

    /// Applies one event.
    #[pyo3(signature = (event, /))]
    fn apply(&mut self, event: &Bound<'_, PyAny>) -> PyResult<()> {
        let (py, event) = (event.py(), from_py::<Event>(event)?);
        self.state
            .apply(&event)
            .map_err(|problems| error(py, &problems))
    }

    /// Offers, closed ones included.
    fn offers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        list(py, self.state.offers())
    }

    /// Sessions, or those of one RCP that are not cancelled, by start.
    #[pyo3(signature = (rcp=None))]
    fn sessions<'py>(&self, py: Python<'py>, rcp: Option<String>) -> PyResult<Bound<'py, PyAny>> {
        match rcp {
            None => list(py, self.state.sessions()),
            Some(rcp) => list(py, self.state.calendar(rcp)),
        }
    }

    /// Cases enrolled.
    fn enrolments<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        list(py, self.state.enrolments())
    }

    /// Fiches.
    fn fiches<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        list(py, self.state.fiches())
    }

    /// One session, or None.
    #[pyo3(signature = (id, /))]
    fn session<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyAny>> {
        to_py(py, &self.state.session(id))
    }

    /// One case, or None.
    #[pyo3(signature = (id, /))]
    fn enrolment<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyAny>> {
        to_py(py, &self.state.enrolment(id))
    }

    /// One fiche, or None.
    #[pyo3(signature = (id, /))]
    fn fiche<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyAny>> {
        to_py(py, &self.state.fiche(id))
    }

    /// iCalendar (RFC 5545) of one session.
    ///
    /// Parameters
    /// ----------
    /// session : str
    ///     Identifier of the session.
    /// stamp : datetime.datetime or str
    ///     Instant of writing, with its time zone.
    /// domain : str
    ///     Domain of the identifiers, for example ``"chu.example"``.
    ///
    /// Returns
    /// -------
    /// str
    ///     The calendar; it names no patient.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     The session is unknown.
    fn session_calendar(
        &self,
        session: &str,
        stamp: &Bound<'_, PyAny>,
        domain: &str,
    ) -> PyResult<String> {
        let stamp_at = instant(stamp, "/stamp")?;
        let options = CalendarOptions {
            stamp: stamp_at,
            domain,
        };
        ical::session_calendar(&self.state, &session.into(), options)
            .map_err(|p| error(stamp.py(), &p))
    }

    /// iCalendar (RFC 5545) of the sessions of a year.
    ///
    /// Parameters
    /// ----------
    /// year : int
    ///     Year, in Paris.
    /// stamp : datetime.datetime or str
    ///     Instant of writing, with its time zone.
    /// domain : str
    ///     Domain of the identifiers, for example ``"chu.example"``.
    /// rcp : str, optional
    ///     Identifier of one RCP; all by default.
    ///
    /// Returns
    /// -------
    /// str
    ///     The calendar, in order of start.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     The RCP is unknown.
    #[pyo3(signature = (year, stamp, domain, rcp=None))]
    fn year_calendar(
        &self,
        #[pyo3(from_py_with = whole)] year: i32,
        stamp: &Bound<'_, PyAny>,
        domain: &str,
        rcp: Option<&str>,
    ) -> PyResult<String> {
        let options = CalendarOptions {
            stamp: instant(stamp, "/stamp")?,
            domain,
        };
        let rcp = rcp.map(core::RcpId::from);
        ical::year_calendar(&self.state, rcp.as_ref(), year, options)
            .map_err(|p| error(stamp.py(), &p))
    }

    /// Number of events applied.
    #[getter]
    fn sequence(&self) -> u64 {
        self.state.sequence()
    }

    fn __copy__(&self) -> Self {
        self.clone()
    }

    fn __deepcopy__(&self, _memo: &Bound<'_, PyAny>) -> Self {
        self.clone()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let read = slf.get_type().getattr("from_json")?;
        Ok((read, (slf.borrow().to_json()?,)))
    }

    fn __repr__(&self) -> String {
        format!(
            "<dcc.Rcp sequence={} sessions={} enrolments={} fiches={}>",
            self.state.sequence(),
            self.state.sessions().count(),
            self.state.enrolments().count(),
            self.state.fiches().count()
        )
    }
}

/// The journal of the actions: one line of French an event.
#[pyfunction]
#[pyo3(signature = (events, /))]
pub fn journal(events: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let py = events.py();
    let events = events_of(events)?;
    py.detach(|| core::journal::lines(&events))
        .map_err(|p| error(py, &p))
}
