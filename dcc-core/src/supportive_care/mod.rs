//! *Soins oncologiques de support*: the needs of a patient, from their
//! assessment to their end.
//!
//! Pure: a step recorded gives a new need; dates and persons come in as
//! arguments. The needs of a patient yield the section of the PPS and a
//! summary.
//!
//! - `kind`: the eleven kinds of the value set, one line each
//! - `need`: a need, its steps, and which step may follow which
//! - `section`: the section of the PPS
//! - `summary`: needs by state and by kind
//! - [`rules`]: what can be wrong with a step

mod kind;
mod need;
pub mod rules;
mod section;
mod summary;

pub use kind::SupportKind;
pub use need::{NeedState, SupportNeed, SupportStep};
pub use section::care_acts;
pub use summary::{Summary, summary};
