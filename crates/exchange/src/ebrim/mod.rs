//! ebRIM: the XML of XDS metadata, written and read.
//!
//! - [`objects`]: sets, documents and associations of a registry
//! - [`vocabulary`]: the UUIDs and URNs of XDS
//! - `write`: to XML, in the order of the ebRIM schema
//! - `read`: from XML, tolerant and exact
//! - [`rules`]: what can be wrong with it
//!
//! Sources: ebRIM 3.0 (OASIS); IHE ITI TF-3 4.2.

pub mod objects;
mod read;
pub mod rules;
pub mod vocabulary;
mod write;

pub use objects::{Association, Objects};
pub(crate) use read::{descend, objects_of};
pub(crate) use write::{RIM_NAMESPACES, objects};
