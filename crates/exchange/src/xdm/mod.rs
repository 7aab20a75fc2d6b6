//! IHE XDM packages (ITI-32), as MSSanté and the DMP take them: a ZIP of one
//! folder per submission set, with the metadata and the documents.
//!
//! - `write`: a sending to a package ([`write()`])
//! - `options`: what the caller may ask ([`XdmOptions`])
//! - [`mail`]: subject, headers and names of attachments of the mail
//! - `texts`: README.TXT and INDEX.HTM
//! - `read`: any package to its sets and documents ([`read`])
//! - `archive`: a ZIP, read in bounded memory
//! - [`rules`]: what can be wrong with a package

mod archive;
pub mod mail;
mod options;
mod read;
pub mod rules;
mod texts;
mod write;

pub use archive::Limits;
pub use mail::Mail;
pub use options::{Action, ActionSlot, XdmOptions};
pub use read::{Received, ReceivedDocument, ReceivedSet, read};
pub use write::{Package, write};
