//! The code tables of exchange, each stated once, with its version.
//!
//! - [`systems`]: code systems, their OID and their FHIR address
//! - [`class`]: type of document to class (ASS_X04, ASS_X16, JDV_J06, JDV_J57)
//! - [`mod@format`]: template or media type to format (ASS_A11, ASS_A12, JDV_J10, JDV_J60)
//! - [`activity`]: type of activity of a submission set (JDV_J59)
//! - [`setting`]: facility and practice setting (JDV_J02, JDV_J04)

pub mod activity;
pub mod class;
pub mod format;
pub mod setting;
pub mod systems;
