//! Rules in a folder.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::files::{Entry, Files};

/// Folders that a release of the rules is made of; others (style sheets, samples) are not listed.
const USED: [&str; 3] = ["schematrons", "jeuxDeValeurs", "infrastructure"];
/// Deepest folder that is looked into.
const MAX_DEPTH: usize = 12;

/// The folder into which the ANS repository was unpacked, or one that holds it and nothing else of the same form.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Nothing is read yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Folder { root: root.into() }
    }
}

impl Files for Folder {
    fn list(&self) -> Result<Vec<Entry>, String> {
        let mut root = self.root.clone();
        let mut prefix = String::new();
        // an archive unpacks to a folder of its own
        if !root.join(USED[0]).is_dir() {
            let inner = folders(&root)?;
            let with_rules: Vec<_> = (inner.into_iter())
                .filter(|name| root.join(name).join(USED[0]).is_dir())
                .collect();
            let [name] = &with_rules[..] else {
                let text = format!("{} : pas de dossier « schematrons »", self.root.display());
                return Err(text);
            };
            root.push(name);
            prefix = format!("{name}/");
        }
        let mut out = Vec::new();
        for name in USED {
            walk(&root.join(name), &format!("{prefix}{name}"), 0, &mut out)?;
        }
        Ok(out)
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String> {
        match fs::read(self.root.join(path)) {
            Ok(bytes) => Ok(Cow::Owned(bytes)),
            Err(e) => Err(format!("{path} : {e}")),
        }
    }
}

fn folders(at: &Path) -> Result<Vec<String>, String> {
    let why = |e: std::io::Error| format!("{} : {e}", at.display());
    let mut out = Vec::new();
    for entry in fs::read_dir(at).map_err(why)? {
        let entry = entry.map_err(why)?;
        if entry.path().is_dir()
            && let Ok(name) = entry.file_name().into_string()
        {
            out.push(name);
        }
    }
    out.sort();
    Ok(out)
}

fn walk(at: &Path, path: &str, depth: usize, out: &mut Vec<Entry>) -> Result<(), String> {
    let why = |e: std::io::Error| format!("{} : {e}", at.display());
    if depth > MAX_DEPTH || !at.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(at).map_err(why)? {
        let entry = entry.map_err(why)?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        // files in the making
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{path}/{name}");
        let kind = entry.file_type().map_err(why)?;
        if kind.is_dir() {
            walk(&entry.path(), &path, depth + 1, out)?;
            continue;
        }
        let Ok(meta) = fs::metadata(entry.path()) else {
            continue;
        };
        let changed = meta.modified().ok();
        let changed = changed.and_then(|t| t.duration_since(UNIX_EPOCH).ok());
        if meta.is_file() {
            out.push(Entry {
                path,
                size: meta.len(),
                stamp: changed.map_or(0, |d| d.as_nanos() as u64),
            });
        }
    }
    Ok(())
}
