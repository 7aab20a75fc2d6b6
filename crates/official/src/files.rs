//! The files of a release of the ANS, wherever they are.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path, its parts separated by `/`.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// A number that changes when the content does: time of the last change, check sum, hash.
    pub stamp: u64,
}

/// A tree of files: a folder, an archive, a map.
pub trait Files: Send + Sync {
    /// All files, in any order.
    ///
    /// # Errors
    /// The tree cannot be read; the text says why.
    fn list(&self) -> Result<Vec<Entry>, String>;

    /// Content of a file that [`Files::list`] names.
    ///
    /// # Errors
    /// The file cannot be read; the text says why.
    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String>;
}

/// Files held in memory.
impl Files for BTreeMap<String, Vec<u8>> {
    fn list(&self) -> Result<Vec<Entry>, String> {
        use std::hash::BuildHasher;
        let hash = foldhash::quality::FixedState::default();
        Ok(self
            .iter()
            .map(|(path, bytes)| Entry {
                path: path.clone(),
                size: bytes.len() as u64,
                stamp: hash.hash_one(bytes),
            })
            .collect())
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String> {
        match self.get(path) {
            Some(bytes) => Ok(Cow::Borrowed(bytes)),
            None => Err(format!("{path} : fichier absent")),
        }
    }
}
