//! A document and its sending to an MDM message.

use std::fmt;

use dcc_base::problem::Problems;

use super::codes::Event;
use super::rules_of_sending;
use super::segments::Segments;
use crate::door::Door;
use crate::metadata::Submission;
use crate::metadata::submission::accepted;
use crate::sending::{Outgoing, Sending};

/// A message ready to be sent (*message MDM*).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MdmMessage {
    /// The bytes, each segment ended by CR, in the character set of MSH-18.
    pub bytes: Vec<u8>,
    /// What it asks.
    pub event: Event,
    /// What is doubtful and does not stop the sending.
    pub warnings: Problems,
}

impl fmt::Debug for MdmMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "MdmMessage({:?}, {} bytes)",
            self.event,
            self.bytes.len()
        )
    }
}

/// Writes the message of one document: a deletion when it is asked for, a
/// replacement when the document replaces another (`relatedDocument` RPLC),
/// else a first sending.
///
/// # Errors
/// All the problems of [`Submission::prepare`] and of the message (`MDM-…`,
/// `HL7-…`), when one is blocking.
pub fn write(document: &Outgoing<'_>, sending: &Sending) -> Result<MdmMessage, Problems> {
    let own = rules_of_sending::check(sending, document.options.visibility);
    let own = accepted(own, &sending.accept);
    let prepared = Submission::prepare(std::slice::from_ref(document), sending, Door::Gateway);
    let (submission, mut warnings) = match prepared {
        Ok(mut submission) => {
            let warnings = std::mem::take(&mut submission.warnings);
            (submission, warnings)
        }
        Err(mut problems) => {
            problems.extend(own);
            return Err(problems);
        }
    };
    warnings.extend(own);
    let document = &submission.documents[0];
    let event = if document.options.delete {
        Event::Delete
    } else if document.header.replaces().is_some() {
        Event::Replace
    } else {
        Event::New
    };
    let mut segments = Segments::new(document, sending, event);
    segments.all();
    let (bytes, doubts) = segments.finish();
    warnings.extend(doubts);
    let message = MdmMessage {
        bytes,
        event,
        warnings: warnings.clone(),
    };
    warnings.or(message)
}
