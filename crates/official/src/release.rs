//! A release of the rules: its files by their place in the ANS layout, its digests.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher};

use dcc_schematron::{Found, Source, fold_path};
use sha2::{Digest, Sha256};

use crate::files::Files;

/// The files of a release, found whatever the case of their names.
pub(crate) struct Release {
    files: Box<dyn Files>,
    /// What stands before `schematrons/` in the paths of `files`.
    prefix: String,
    /// Paths without the prefix, with the size.
    entries: BTreeMap<String, u64>,
    folded: BTreeMap<String, String>,
    /// Over paths, sizes and stamps.
    pub(crate) fingerprint: u64,
}

impl Release {
    /// Finds where the rules are.
    pub(crate) fn new(files: Box<dyn Files>) -> Result<Self, String> {
        let mut list = files.list()?;
        list.sort_by(|a, b| a.path.cmp(&b.path));
        let at = |path: &str| match path.split_once("schematrons/") {
            Some(("", _)) => Some(String::new()),
            Some((before, _)) if before.ends_with('/') => Some(before.to_owned()),
            _ => None,
        };
        let prefixes = list.iter().filter_map(|e| at(&e.path));
        let Some(prefix) = prefixes.min_by_key(String::len) else {
            return Err("pas de dossier « schematrons » parmi les fichiers".to_owned());
        };
        let mut hasher = foldhash::quality::FixedState::default().build_hasher();
        let mut entries = BTreeMap::new();
        let mut folded = BTreeMap::new();
        for entry in list {
            let Some(path) = entry.path.strip_prefix(&prefix) else {
                continue;
            };
            hasher.write(path.as_bytes());
            hasher.write_u64(entry.size);
            hasher.write_u64(entry.stamp);
            folded
                .entry(fold_path(path))
                .or_insert_with(|| path.to_owned());
            entries.insert(path.to_owned(), entry.size);
        }
        Ok(Release {
            files,
            prefix,
            entries,
            folded,
            fingerprint: hasher.finish(),
        })
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Size of a file; `None` when it is not there.
    pub(crate) fn size(&self, path: &str) -> Option<u64> {
        self.entries.get(path).copied()
    }

    /// Whether there is a file at a path, whatever the case of its name.
    pub(crate) fn holds(&self, path: &str) -> bool {
        self.entries.contains_key(path) || self.folded.contains_key(&fold_path(path))
    }

    /// SHA-256 over paths and contents of the rules, the value sets and the schemas, in hexadecimal.
    pub(crate) fn digest(&self) -> Result<String, String> {
        let mut whole = Sha256::new();
        for path in self.entries.keys() {
            let used = [".sch", ".xml", ".xsd", ".rdf"];
            if !used.iter().any(|u| path.ends_with(u)) {
                continue;
            }
            let bytes = self.bytes(path)?;
            whole.update((path.len() as u64).to_le_bytes());
            whole.update(path.as_bytes());
            whole.update((bytes.len() as u64).to_le_bytes());
            whole.update(&bytes);
        }
        Ok(whole
            .finalize()
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect())
    }

    fn bytes(&self, path: &str) -> Result<Cow<'_, [u8]>, String> {
        self.files.read(&format!("{}{path}", self.prefix))
    }
}

impl Source for Release {
    fn read(&self, path: &str) -> Result<Option<Found<'_>>, String> {
        let (real, exact) = if self.entries.contains_key(path) {
            (path, true)
        } else {
            match self.folded.get(&fold_path(path)) {
                Some(real) => (real.as_str(), false),
                None => return Ok(None),
            }
        };
        Ok(Some(Found {
            bytes: self.bytes(real)?,
            path: real.to_owned(),
            exact,
        }))
    }
}

impl dcc_xsd::Source for Release {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let found = Source::read(self, path).ok()??;
        Some(found.bytes.into_owned())
    }
}
