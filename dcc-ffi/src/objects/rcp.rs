//! The life of RCPs: commands in, events out, as JSON.

use super::problem::{DccException, json};
use crate::rcp::{DccRcp, Order, journal_lines};

/// The RCPs of a 3C, as their events made them.
#[derive(Debug, Default, uniffi::Object)]
pub struct Rcp(DccRcp);

#[uniffi::export]
impl Rcp {
    /// Without any event.
    #[uniffi::constructor]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads what `to_json` wrote.
    #[uniffi::constructor]
    pub fn from_json(json: String) -> Result<Self, DccException> {
        Ok(Rcp(DccRcp::from_json(&json)?))
    }

    /// The whole state as JSON.
    pub fn to_json(&self) -> Result<String, DccException> {
        json(&*self.0.read()?)
    }

    /// Applies stored events, a JSON array; those before a refused one are applied.
    pub fn apply(&self, events: String) -> Result<(), DccException> {
        Ok(self.0.apply(&events)?)
    }

    /// Decides a command and applies its events: a JSON array, to be stored.
    /// `at` is the instant, RFC 3339.
    pub fn execute(
        &self,
        command: String,
        actor: String,
        at: String,
    ) -> Result<String, DccException> {
        json(&self.0.execute(&Order::new(&command, &actor, &at)?)?)
    }

    /// Decides a command and changes nothing: a JSON array of events.
    pub fn decide(
        &self,
        command: String,
        actor: String,
        at: String,
    ) -> Result<String, DccException> {
        json(&self.0.decide(&Order::new(&command, &actor, &at)?)?)
    }

    /// The iCalendar of one session.
    pub fn session_calendar(
        &self,
        session: String,
        stamp: String,
        domain: String,
    ) -> Result<String, DccException> {
        Ok(self.0.session_calendar(&session, &stamp, &domain)?)
    }

    /// The iCalendar of the sessions of a year, of one RCP or of all.
    pub fn year_calendar(
        &self,
        rcp: Option<String>,
        year: i32,
        stamp: String,
        domain: String,
    ) -> Result<String, DccException> {
        Ok(self
            .0
            .year_calendar(rcp.as_deref(), year, &stamp, &domain)?)
    }
}

/// A whole log of events as lines of French.
#[uniffi::export]
pub fn rcp_journal(events: String) -> Result<Vec<String>, DccException> {
    Ok(journal_lines(&events)?)
}
