//! The persons, dates, places and identifiers of a CDA header.
//!
//! Whatever the header holds is shown: under a label of its own when it is
//! known, else among [`Header::others`] by its place. Only what `rest` lists
//! is left out: what makes the XML work, and codes whose label is shown.

mod actors;
mod acts;
mod patient;
mod read;
mod rest;
mod types;

pub(crate) use read::read;
pub use types::{Act, Actor, Encounter, Fact, Header, Ins, Patient};
