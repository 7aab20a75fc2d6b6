//! A session (*session de RCP, séance*) and its life cycle.
//!
//! ```text
//! planned → open ⇄ closed → started → held
//!    └────────┴───────┴────────┴→ cancelled   (started: no case discussed)
//! ```

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::attendance::Attendance;
use super::ids::{EnrolmentId, RcpId, SessionId};
use crate::calendar::paris::paris_date;
use crate::quorum::QuorumJudgement;

/// Status of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionStatus {
    /// *Planifiée*.
    Planned,
    /// *Ouverte aux inscriptions*.
    Open,
    /// *Close aux inscriptions*.
    Closed,
    /// *Démarrée*.
    Started,
    /// *Tenue* (réalisée).
    Held,
    /// *Annulée*.
    Cancelled,
}

impl SessionStatus {
    /// French name.
    pub fn label(self) -> &'static str {
        match self {
            SessionStatus::Planned => "planifiée",
            SessionStatus::Open => "ouverte aux inscriptions",
            SessionStatus::Closed => "close aux inscriptions",
            SessionStatus::Started => "démarrée",
            SessionStatus::Held => "tenue",
            SessionStatus::Cancelled => "annulée",
        }
    }

    /// Not started nor cancelled.
    pub fn is_upcoming(self) -> bool {
        matches!(
            self,
            SessionStatus::Planned | SessionStatus::Open | SessionStatus::Closed
        )
    }
}

/// From which statuses a step is legal: the one statement of the life cycle,
/// which commands and events both obey.
pub(crate) mod from {
    use super::SessionStatus::{self, Closed, Open, Planned, Started};

    pub(crate) const RESCHEDULE: &[SessionStatus] = &[Planned, Open, Closed];
    pub(crate) const OPEN: &[SessionStatus] = &[Planned, Closed];
    pub(crate) const CLOSE: &[SessionStatus] = &[Open];
    pub(crate) const START: &[SessionStatus] = &[Open, Closed];
    pub(crate) const HOLD: &[SessionStatus] = &[Started];
    pub(crate) const CANCEL: &[SessionStatus] = &[Planned, Open, Closed, Started];
    pub(crate) const ATTEND: &[SessionStatus] = &[Open, Closed, Started];
    pub(crate) const ENROL: &[SessionStatus] = &[Open, Closed];
    /// Cases move to a session that is upcoming.
    pub(crate) const RECEIVE: &[SessionStatus] = &[Planned, Open, Closed];
    pub(crate) const ORDER: &[SessionStatus] = &[Planned, Open, Closed, Started];
    pub(crate) const DISCUSS: &[SessionStatus] = &[Started];
}

/// Where the date of a session comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionOrigin {
    /// Planned by hand.
    Manual,
    /// Planned from the recurrence of the RCP.
    Recurrence {
        /// The holiday from which it was moved, if so.
        moved_from: Option<NaiveDate>,
    },
}

/// What planning sets. Theme, establishment and 3C are those of the offer on
/// that day: a later change of the offer does not rewrite past activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionPlan {
    /// Identifier.
    pub id: SessionId,
    /// The RCP.
    pub rcp: RcpId,
    /// Start.
    pub start: DateTime<Utc>,
    /// Duration in minutes.
    pub duration_minutes: u32,
    /// Most cases; none: no limit.
    pub capacity: Option<u32>,
    /// Last instant of enrolment.
    pub enrolment_deadline: DateTime<Utc>,
    /// FINESS of the organising establishment.
    pub establishment: String,
    /// Identifier of the 3C.
    pub centre_3c: String,
    /// Theme.
    pub theme: String,
    /// Where the date comes from.
    pub origin: SessionOrigin,
}

/// Why and when a session was cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    /// When.
    pub at: DateTime<Utc>,
    /// Reason.
    pub reason: String,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// What planning set; a change of date changes `start` and
    /// `enrolment_deadline`.
    pub plan: SessionPlan,
    /// Status.
    pub status: SessionStatus,
    /// Agenda (*ordre du jour*): cases enrolled or discussed, in order.
    pub agenda: Vec<EnrolmentId>,
    /// Attendance, by key of professional.
    pub attendances: BTreeMap<String, Attendance>,
    /// When it started.
    pub started: Option<DateTime<Utc>>,
    /// Quorum when it started.
    pub quorum: Option<QuorumJudgement>,
    /// When it ended.
    pub held: Option<DateTime<Utc>>,
    /// Cancellation, if any.
    pub cancelled: Option<Cancellation>,
    /// Changes of date and cancellation: SEQUENCE of iCalendar.
    pub revision: u32,
    /// Last planning change: LAST-MODIFIED of iCalendar.
    pub modified: DateTime<Utc>,
}

impl Session {
    /// Date of the session, in Paris.
    pub fn date(&self) -> NaiveDate {
        paris_date(self.plan.start)
    }

    /// Planned end.
    pub fn end(&self) -> DateTime<Utc> {
        self.plan
            .start
            .checked_add_signed(TimeDelta::minutes(self.plan.duration_minutes.into()))
            .unwrap_or(self.plan.start)
    }

    /// Whether the quorum was reached when the session started; false when it
    /// did not start.
    pub fn quorum_reached(&self) -> bool {
        self.quorum.as_ref().is_some_and(|q| q.reached)
    }

    /// Places left; none: no limit.
    pub fn places_left(&self) -> Option<usize> {
        self.plan
            .capacity
            .map(|capacity| (capacity as usize).saturating_sub(self.agenda.len()))
    }
}
