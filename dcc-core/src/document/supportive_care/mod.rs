//! *Soins oncologiques de support*: the needs of a patient, from their
//! assessment to their end.
//!
//! Pure: a step recorded gives a new need; dates and persons come in as
//! arguments. The needs of a patient yield the supportive care of a
//! [PPS](crate::pps::care_acts) and a summary.
//!
//! - `kind`: the eleven kinds of the value set, one line each
//! - `need`: a need, its steps, and which step may follow which
//! - `summary`: needs by state and by kind
//! - [`rules`]: what can be wrong with a step

mod kind;
mod need;
pub mod rules;
mod summary;

pub use kind::SupportKind;
pub use need::{NeedState, SupportNeed, SupportStep};
pub use summary::{Summary, summary};
