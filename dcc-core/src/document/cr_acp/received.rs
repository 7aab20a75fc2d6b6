//! A report as it came.

use super::CrAcp;
use crate::cda::{ReadOptions, Reading, Unread};
use crate::problem::Problems;

/// A report received: what was read of it, what was not, and its bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// What was read.
    pub report: CrAcp,
    /// What was in the document and is not in the report.
    pub unread: Vec<Unread>,
    bytes: Vec<u8>,
}

impl Received {
    /// Reads a report and keeps its bytes.
    ///
    /// # Errors
    /// As [`CrAcp::from_cda`].
    pub fn from_cda(bytes: Vec<u8>) -> Result<Self, Problems> {
        Self::from_cda_with(bytes, &ReadOptions::default())
    }

    /// As [`Received::from_cda`], with options.
    ///
    /// # Errors
    /// As [`CrAcp::from_cda`].
    pub fn from_cda_with(bytes: Vec<u8>, options: &ReadOptions) -> Result<Self, Problems> {
        let Reading { document, unread } = CrAcp::from_cda_with(&bytes, options)?;
        Ok(Received {
            report: document,
            unread,
            bytes,
        })
    }

    /// The document as it was received, byte for byte: the only form in which
    /// a report of others may be sent on.
    pub fn forward(&self) -> &[u8] {
        &self.bytes
    }

    /// The same, taken out.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}
