//! The French calendar and the clock of Paris.
//!
//! - [`paris`]: legal time in France, both ways
//! - [`holidays`]: public holidays and working days

pub mod holidays;
pub mod paris;
