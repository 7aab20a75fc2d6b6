//! XDS metadata, derived once for the four ways out.
//!
//! - [`entry`]: the attributes of a document (*fiche*)
//! - [`set`]: the attributes of a sending (*lot de soumission*)
//! - `derive`: from a header and a [`Sending`](crate::sending::Sending)
//! - `person`: authors and patient, in the strings of HL7 v2.5
//! - `check`: what a way out needs and does not get
//! - `masks`: what is asked of the visibility
//! - [`submission`]: a whole sending, checked
//! - `texts`: characters that no way out can write
//! - [`rules`]: what can be wrong with it
//!
//! Sources: CI-SIS, volet « Transmission d'un document CDA-R2 en HL7 v2 » 2.1
//! (mapping XDS), « Partage de documents de santé »; IHE ITI TF-3 4.2.3.

mod check;
mod derive;
pub mod entry;
mod masks;
mod person;
pub mod rules;
pub mod set;
pub mod submission;
mod texts;

pub use derive::derive;
pub use entry::{Author, DocumentEntry, Slot};
pub(crate) use person::{given_for, ins, is_ins};
pub use set::SubmissionSet;
pub use submission::{Prepared, Submission};
