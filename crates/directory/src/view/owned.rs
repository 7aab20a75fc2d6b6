//! A directory that owns its bytes.

use std::fmt;

use dcc_base::problem::Problems;

use super::directory::Directory;
use crate::file::sections::Sections;

/// A directory and its bytes, for a host that keeps one for long.
pub struct OwnedDirectory {
    bytes: Vec<u8>,
    sections: Sections,
}

impl OwnedDirectory {
    /// Opens bytes once, their checksum verified.
    ///
    /// # Errors
    /// Those of [`Directory::open`].
    pub fn open(bytes: Vec<u8>) -> Result<Self, Problems> {
        let sections = Directory::open(&bytes)?.sections();
        Ok(OwnedDirectory { bytes, sections })
    }

    /// The directory.
    pub fn get(&self) -> Directory<'_> {
        Directory::reopened(&self.bytes, self.sections)
    }

    /// The bytes of its file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for OwnedDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
