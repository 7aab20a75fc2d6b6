//! Engine of the French *Dossier Communicant de Cancérologie* (DCC).
//!
//! Pure domain: no I/O, no clock, no random source, no `unsafe`. Instants,
//! identifiers and configuration come in as arguments.
//!
//! Data flows one way: input → model → document.

pub mod cda;
pub mod cr_acp;
pub mod document;
pub mod export;
pub mod fiche_rcp;
pub mod identity;
pub mod indicators;
pub mod level1;
pub mod model;
pub mod ppac;
pub mod pps;
pub mod problem;
pub mod rcp;
#[cfg(any(feature = "html", feature = "pdf"))]
pub mod render;
pub mod supportive_care;
pub mod terminology;
pub mod xml;
