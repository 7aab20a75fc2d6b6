//! Random valid inputs, for property tests.
//!
//! - [`draws`]: a generator written as plain code is a proptest strategy that shrinks
//! - [`model`]: what every document shares (header, patient, professionals…)
//! - [`fiche_rcp`]: fiches RCP
//! - [`pps`]: the PPS of a patient

pub mod draws;
pub mod fiche_rcp;
pub mod model;
pub mod pps;

pub use draws::{Draws, Made, of};
