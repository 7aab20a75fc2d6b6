//! Benches of the DCC engine against named baselines.
//!
//! - [`document`]: a CDA document, written and read
//! - [`directory`]: editions of the directory, of the size of the nation

pub mod directory;
pub mod document;
