//! HL7 v2.6 MDM messages: a CDA to the gateway of the hospital and back.
//!
//! - `write`: a document and its sending to MDM^T02, T10 or T04 ([`write()`])
//! - `segments`: the segments of the message
//! - `rules_of_sending`: what is asked across its fields
//! - `read`: a message of either direction, its oddities reported ([`read()`])
//! - [`answer`]: acknowledgements, ACK and ZAM, read into named results
//! - [`errors`]: codes of errors and what to do about them
//! - [`codes`]: events, flags, participations
//! - [`rules`]: what can be wrong with a message
//!
//! Frames of MLLP are those of [`dcc_hl7v2::mllp`].
//!
//! Sources: CI-SIS, volets « Transmission d'un document CDA-R2 en HL7 v2 » 2.1
//! and « Transmission au LPS d'un document CDA provenant d'un courriel
//! MSSanté » 1.1.

pub mod answer;
pub mod codes;
pub mod errors;
mod participation;
mod read;
pub mod rules;
mod rules_of_sending;
mod segments;
mod write;

pub use answer::{Acknowledgement, Answer, BusinessAck, BusinessKind, Fault, acknowledge};
pub use codes::{Event, Flag, Profile};
pub use participation::ReceivedParty;
pub use read::{ReceivedMail, ReceivedMdm, read};
pub use write::{MdmMessage, write};
