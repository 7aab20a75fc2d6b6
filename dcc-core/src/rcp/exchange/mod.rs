//! The life of the RCPs, handed to others.
//!
//! - [`ical`]: iCalendar (RFC 5545) of sessions
//! - [`journal`]: every event as one line of French

pub mod ical;
pub mod journal;
