//! Life of an RCP (*réunion de concertation pluridisciplinaire*): its offer,
//! its sessions, the cases enrolled, who attended, the fiches and their
//! validation.
//!
//! Everything is a pure state machine: [`decide()`] takes the [`State`], a
//! [`Command`], its [`Actor`] and its instant, and answers with [`Event`]s or
//! with *all* the problems found. The host stores the events; the state is
//! their fold ([`State::replay`]). Nothing here reads a clock or draws an
//! identifier: instants and identifiers are arguments.
//!
//! ```
//! use chrono::{DateTime, Utc};
//! use dcc_core::rcp::{Actor, Authentication, Command, Role, State};
//!
//! let mut state = State::new();
//! let actor = Actor::new("P-TEST", "Dr TEST", Authentication::Cps).with_role(Role::Coordinator);
//! let at: DateTime<Utc> = "2026-01-05T08:00:00Z".parse().unwrap();
//! let refused = state
//!     .execute(&Command::OpenSession { session: "S1".into() }, &actor, at)
//!     .unwrap_err();
//! assert_eq!(refused.iter().next().unwrap().code, "RCP-SESSION-INCONNUE");
//! ```

mod actor; // who acts, in which roles, proven how
mod attendance; // who attended a session, and how
mod command; // what can be asked
mod decide; // command + actor + instant -> events or problems
mod enrolment; // a patient's case on an agenda
mod event; // what happened, as the host stores it
mod fiche; // fiche RCP: versions and their life cycle
pub mod flags; // what the indicators ask of a fiche
pub mod ical; // iCalendar (RFC 5545) of sessions
mod ids; // identifiers
pub mod journal; // every event as one line of French
mod offer; // what an RCP offers
mod quorum; // quorum rule and its judgement
mod recurrence; // dates of the sessions
mod recurrence_rule; // an RFC 5545 rule on days
mod recurrence_text; // the same in French words
pub mod rights; // who may do what
pub mod rules; // table of rules
mod session; // one session and its life cycle
mod state; // fold of the events

pub use actor::{Actor, Authentication, Grant, Role, Stamp};
pub use attendance::{Attendance, AttendanceMode, Attendee};
pub use command::{CaseDisposal, Command};
pub use decide::decide;
pub use enrolment::{
    Discussion, Document, Enrolment, EnrolmentRequest, EnrolmentStatus, Referral, Urgency,
};
pub use event::{Event, Fact, VERSION};
pub use fiche::{ContentRef, Fiche, FicheDraft, FicheStatus, FicheVersion, Sending};
pub use flags::FicheFlags;
pub use ids::{EnrolmentId, FicheId, RcpId, SessionId};
pub use offer::{Centre3c, Contact, EnrolmentDeadline, Offer};
pub use quorum::{PHYSICIAN_PREFIX, QuorumJudgement, QuorumRule, RequiredSpecialty};
pub use recurrence::{HolidayPolicy, Occurrence, Plan, Recurrence, Skipped};
pub use session::{Cancellation, Session, SessionOrigin, SessionPlan, SessionStatus};
pub use state::State;
