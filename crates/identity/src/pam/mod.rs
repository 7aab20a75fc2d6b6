//! *IHE PAM France* 2.11: identity messages of HL7 v2.5, in and out (ITI-30).
//!
//! | event | what | command |
//! |---|---|---|
//! | A28, A31 | an identity, created or updated | [`Command::ReceiveIdentity`](crate::registry::Command) |
//! | A40 | merge: PID-3 survives, MRG-1 gives way | [`Command::MergeRecords`](crate::registry::Command) |
//! | A47 | an identifier changes, an INS is withdrawn | `ChangeLocalId`, `WithdrawInsi`, `ReplaceIns` |
//! | A24, A37 | two records are linked, unlinked | `LinkRecords`, `UnlinkRecords` |
//!
//! - [`Adt`]: a message read
//! - [`receive`]: a message applied to the records, whole or not at all
//! - [`mod@write`]: an identity as a message, with the INS when it may leave
//!
//! Addresses, telecoms, contacts and stays are the matter of the host.

mod adt;
mod commands;
mod cx;
mod paths;
mod pid;
mod receive;
mod tables;
pub mod write;

pub use adt::{Adt, AdtEvent, Person};
pub use receive::{Interface, Received, receive};
