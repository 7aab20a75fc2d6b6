//! The records of patients: a pure state machine.
//!
//! [`Registry::decide`] takes a [`Command`], its [`Agent`] and its instant, and
//! answers with [`Event`]s or with *all* the problems found. The host stores
//! the events; the registry is their fold ([`Registry::replay`]). Nothing here
//! reads a clock or draws an identifier.

mod apply; // fold of the events
mod command; // what can be asked
mod decide; // command + agent + instant -> events or problems
mod duplicates; // suspected duplicates, explained
mod event; // what happened
pub mod journal; // every event as one line of French
mod matching; // the record of a document received
mod policy; // settings of the establishment
mod search; // candidates
mod state; // the records and their indexes

pub use command::{Command, InsiFound, NewIdentity, ReceivedIdentity};
pub use decide::AllDone;
pub use duplicates::{Duplicate, DuplicateOptions};
pub use event::{Agent, Event, Fact, VERSION};
pub use matching::{ReceivedPatient, receiver_code};
pub use policy::Policy;
pub use search::{Candidate, Query};
pub use state::Registry;
