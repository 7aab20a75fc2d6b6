//! What has been sent (*journal des envois*): events, as the host stores them,
//! and what they make known: what the DMP holds, what may still leave, why a
//! sending is refused.
//!
//! - [`event`]: what happened
//! - [`state`]: what is known of each document ([`Ledger`])
//! - `decide`: may this leave? ([`Ledger::plan`], [`Ledger::plan_change`])
//! - `answers`: answers of registries and gateways to events
//! - [`rules`]: why a sending is refused
//!
//! The ledger keeps no trait of a patient. Only the DMP has a state: the same
//! document may be mailed twice.

mod answers;
mod decide;
pub mod event;
pub mod rules;
pub mod state;

pub use decide::Change;
pub use event::{Event, Operation, Outcome, SentDocument, Settles};
pub use state::{DocumentState, Ledger, Status};
