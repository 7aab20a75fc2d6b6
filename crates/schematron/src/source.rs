//! Where the bytes of rule files and value sets come from.

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// A file that a [`Source`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'s> {
    /// Content of the file.
    pub bytes: Cow<'s, [u8]>,
    /// Path of the file as the source writes it.
    pub path: String,
    /// Whether the path asked for is exactly the file's; `false` when they differ in case or in Unicode form.
    pub exact: bool,
}

/// A tree of files, read by path. The crate itself opens no file.
///
/// Paths are relative to the root of the source, their parts separated by `/`, without `.` or `..`.
pub trait Source {
    /// The file at `path`, matched without regard to case or Unicode form when no file has exactly this path;
    /// `Ok(None)` when there is none.
    ///
    /// # Errors
    /// The file exists but cannot be read; the text says why.
    fn read(&self, path: &str) -> Result<Option<Found<'_>>, String>;
}

/// Files held in memory.
///
/// ```
/// use dcc_schematron::{MemorySource, Source};
/// let files = MemorySource::from_iter([("Rules/A.sch", b"<schema/>".to_vec())]);
/// assert!(files.read("rules/a.sch").unwrap().is_some_and(|f| !f.exact));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemorySource {
    files: BTreeMap<String, Vec<u8>>,
    folded: BTreeMap<String, String>,
}

impl MemorySource {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; one of the same path is replaced.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        let path = path.into();
        self.folded
            .entry(fold_path(&path))
            .or_insert_with(|| path.clone());
        self.files.insert(path, bytes.into());
    }

    /// Paths of the files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for MemorySource {
    fn from_iter<T: IntoIterator<Item = (P, B)>>(files: T) -> Self {
        let mut source = MemorySource::new();
        for (path, bytes) in files {
            source.insert(path, bytes);
        }
        source
    }
}

impl Source for MemorySource {
    fn read(&self, path: &str) -> Result<Option<Found<'_>>, String> {
        let (found, bytes) = match self.files.get_key_value(path) {
            Some(entry) => entry,
            None => match self.folded.get(&fold_path(path)) {
                Some(other) => (other, &self.files[other]),
                None => return Ok(None),
            },
        };
        Ok(Some(Found {
            bytes: Cow::Borrowed(bytes),
            path: found.clone(),
            exact: found == path,
        }))
    }
}

/// A path in the form in which two spellings of one name are equal: Unicode form C, lower case.
pub fn fold_path(path: &str) -> String {
    if path.is_ascii() {
        path.to_ascii_lowercase()
    } else {
        path.nfc().flat_map(char::to_lowercase).collect()
    }
}

/// The path that `href` means when it is written in the file `from`; `None` when it leaves the root of the source
/// or is not relative.
pub fn resolve_path(from: &str, href: &str) -> Option<String> {
    let href = href.replace('\\', "/");
    if href.starts_with('/') || href.contains("://") {
        return None;
    }
    let folder = from.rfind('/').map_or("", |i| &from[..i]);
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_resolved_beside_the_file_that_names_it() {
        let at = |href| resolve_path("rules/profiles/a.sch", href);
        assert_eq!(at("b.sch").as_deref(), Some("rules/profiles/b.sch"));
        assert_eq!(at("./../b.sch").as_deref(), Some("rules/b.sch"));
        assert_eq!(at("..\\..\\sets/x.xml").as_deref(), Some("sets/x.xml"));
        assert_eq!(at("../../../x.xml"), None);
        assert_eq!(at("/etc/passwd"), None);
        assert_eq!(at("file:///etc/passwd"), None);
    }

    #[test]
    fn names_match_without_regard_to_case_or_unicode_form() {
        let files = MemorySource::from_iter([("en-te\u{302}te/A.sch", "x")]);
        let found = files.read("EN-T\u{ca}TE/a.SCH").expect("read");
        assert!(found.is_some_and(|f| !f.exact && f.path == "en-te\u{302}te/A.sch"));
        assert_eq!(files.read("other.sch"), Ok(None));
    }
}
