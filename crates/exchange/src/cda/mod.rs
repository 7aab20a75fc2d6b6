//! The header of any CDA document: ours or foreign, level 1 or 3,
//! self-presenting too.
//!
//! - [`header`]: the header of a document, as plain data
//! - `read`: the bytes of a document to a [`Header`]
//! - `participant`: authors, authenticator, organisations
//! - `patient`: the record target
//! - `node`: CDA data types out of a tree
//! - [`rules`]: what can be wrong with it

pub mod header;
mod node;
mod participant;
mod patient;
mod read;
pub mod rules;

pub use header::{
    Address, Body, Encounter, Header, Identifier, Organization, Parent, Participant, Patient,
    PersonName, ServiceEvent,
};
