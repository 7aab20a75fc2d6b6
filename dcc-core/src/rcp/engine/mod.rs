//! The state machine: commands in, events out, and the state that they give.
//!
//! - `ids`, `actor`, `contact`, `offer`, `session`, `attendance`, `enrolment`, `fiche`:
//!   what the life of an RCP is made of
//! - [`rights`]: who may do what
//! - `command`: what can be asked; `event`: what happened
//! - `state`: applies events
//! - `decide`: decides commands, and changes nothing
//! - `execute`: joins the two

mod actor;
mod attendance;
mod command;
mod contact;
mod decide;
mod enrolment;
mod event;
mod execute;
mod fiche;
mod ids;
mod offer;
pub mod rights;
mod session;
mod state;

pub use self::actor::{Actor, Authentication, Grant, Role, Stamp};
pub use self::attendance::{Attendance, AttendanceMode, Attendee};
pub use self::command::{CaseDisposal, Command};
pub use self::contact::{Centre3c, Contact};
pub use self::decide::decide;
pub use self::enrolment::{
    CaseDocument, Discussion, Enrolment, EnrolmentRequest, EnrolmentStatus, Referral, Urgency,
};
pub use self::event::{Event, Payload, VERSION};
pub use self::fiche::{ContentRef, Fiche, FicheDraft, FicheStatus, FicheVersion, Sending};
pub use self::ids::{EnrolmentId, FicheId, RcpId, SessionId};
pub use self::offer::{EnrolmentDeadline, Offer};
pub use self::session::{Cancellation, Session, SessionOrigin, SessionPlan, SessionStatus};
pub use self::state::State;
