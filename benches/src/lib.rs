//! Benches of the DCC engine against named baselines.
//!
//! - [`document`]: a CDA document, written and read

pub mod document;
