//! When an RCP meets: an RFC 5545 rule on the clock of Paris, around public
//! holidays.
//!
//! - `recurrence`: the dates of an RCP
//! - `rule`: an RFC 5545 rule on days
//! - `words`: the same in French words

mod recurrence;
mod rule;
mod words;

pub use self::recurrence::{HolidayPolicy, Occurrence, Plan, Recurrence, Skipped};
