//! Engine of the French *Dossier Communicant de Cancérologie* (DCC).
//!
//! Pure domain: no I/O, no clock, no random source, no `unsafe`. Instants,
//! identifiers and configuration come in as arguments.
//!
//! Data flows one way: input → model → document.

pub mod problem;
#[cfg(any(feature = "html", feature = "pdf"))]
pub mod render;
pub mod xml;
