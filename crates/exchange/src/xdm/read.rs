//! Any package to its sets and documents.

use std::collections::HashSet;
use std::fmt;

use dcc_base::problem::{Problem, Problems};
use dcc_xml::{Tree, decode};

use super::archive::{Entry, Limits, files};
use super::rules;
use crate::cda::Header;
use crate::ebrim::{self, Association, descend, objects_of};
use crate::hash;
use crate::metadata::{DocumentEntry, SubmissionSet};

/// A document of a package, untouched.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedDocument {
    /// Path in the package.
    pub path: String,
    /// Its metadata.
    pub entry: DocumentEntry,
    /// Its bytes, as they stand in the package.
    pub bytes: Vec<u8>,
}

/// A submission set of a package.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedSet {
    /// Name of its folder.
    pub folder: String,
    /// Its metadata.
    pub set: SubmissionSet,
    /// Its documents, in the order of the metadata.
    pub documents: Vec<ReceivedDocument>,
    /// Its links: membership, replacement.
    pub associations: Vec<Association>,
}

/// What a package holds.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// Its sets, in the order of their folders.
    pub sets: Vec<ReceivedSet>,
    /// README.TXT, when it is there.
    pub readme: Option<String>,
    /// Files that are no document of a set: path and bytes.
    pub others: Vec<(String, Vec<u8>)>,
    /// What is wrong and does not stop the reading: hash, size, identifiers.
    pub problems: Problems,
}

impl fmt::Debug for ReceivedDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "ReceivedDocument({}, {} bytes)",
            self.path,
            self.bytes.len()
        )
    }
}

impl fmt::Debug for ReceivedSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedSet")
            .field("folder", &self.folder)
            .field("documents", &self.documents)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("sets", &self.sets)
            .finish_non_exhaustive()
    }
}

/// Reads a package, within `limits`.
///
/// # Errors
/// What makes it unreadable or dangerous: `XDM-ZIP`, `XDM-LIMITE`, `XDM-NOM`,
/// `XDM-DOUBLE`, `XDM-CHIFFRE`, `XDM-COMPRESSION`, `XDM-CONTENU`,
/// `XDM-CHEVAUCHEMENT`, `XDM-LOT`, `XDM-URI`, `EBRIM-RACINE`, `EBRIM-LOT`,
/// `XML-…`. All else is in [`Received::problems`].
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Received, Problems> {
    let mut files = files(bytes, limits)?;
    let mut problems = Problems::new();
    let outer = outer_folder(&files);
    if !outer.is_empty() {
        problems.push(Problem::new(&rules::OUTER_FOLDER, outer.clone()));
    }
    let inside = |path: &str| path[outer.len()..].to_ascii_uppercase();
    let has = |name: &str| files.iter().any(|f| inside(&f.path) == name);
    if !has("README.TXT") || !has("INDEX.HTM") {
        problems.push(Problem::new(&rules::NO_README, ""));
    }
    let readme = files
        .iter()
        .find(|f| inside(&f.path) == "README.TXT")
        .map(|f| text(&f.bytes));
    let mut folders: Vec<String> = files
        .iter()
        .filter_map(|f| set_folder(&f.path, &outer))
        .collect();
    folders.sort();
    if folders.is_empty() {
        return Err(Problem::new(&rules::NO_SET, "").into());
    }
    let mut sets = Vec::new();
    for folder in folders {
        if let Some(set) = set(&folder, &mut files, &mut problems) {
            sets.push(set);
        }
    }
    let known = ["README.TXT", "INDEX.HTM"];
    let others = files
        .into_iter()
        .filter(|f| !known.contains(&f.path[outer.len()..].to_ascii_uppercase().as_str()))
        .map(|f| (f.path, f.bytes))
        .collect();
    let received = Received {
        sets,
        readme,
        others,
        problems: problems.clone(),
    };
    problems.or(received)
}

/// The folder around the whole package, with its `/`; empty for none. A package
/// unzipped and zipped again stands in a folder, of the same name most often.
fn outer_folder(files: &[Entry]) -> String {
    let outer = files.iter().find_map(|f| {
        let upper = f.path.to_ascii_uppercase();
        let folder = upper.strip_suffix("/METADATA.XML")?;
        let end = folder.rfind("IHE_XDM/")?;
        Some(f.path[..end].to_owned())
    });
    outer
        .filter(|outer| files.iter().all(|f| f.path.starts_with(outer)))
        .unwrap_or_default()
}

/// The folder of a set, of the path of its METADATA.XML.
fn set_folder(path: &str, outer: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/')?;
    let inside = folder.get(outer.len()..)?;
    let (root, _) = inside.split_once('/')?;
    let is_set = root.eq_ignore_ascii_case("IHE_XDM") && name.eq_ignore_ascii_case("METADATA.XML");
    is_set.then(|| folder.to_owned())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes)
        .trim_start_matches('\u{FEFF}')
        .to_owned()
}

/// Takes the file of a path out of the archive, whatever its case.
fn take(files: &mut Vec<Entry>, path: &str) -> Option<Entry> {
    let at = files
        .iter()
        .position(|f| f.path.eq_ignore_ascii_case(path))?;
    Some(files.remove(at))
}

fn set(folder: &str, files: &mut Vec<Entry>, problems: &mut Problems) -> Option<ReceivedSet> {
    let metadata = take(files, &format!("{folder}/METADATA.XML"))?;
    let mut objects = match objects(&metadata.bytes) {
        Ok((objects, doubts)) => {
            problems.extend(doubts.into_iter().map(|p| below(&metadata.path, p)));
            objects
        }
        Err(faults) => {
            problems.extend(faults.into_iter().map(|p| below(&metadata.path, p)));
            return None;
        }
    };
    if objects.sets.len() > 1 {
        let problem = Problem::new(&ebrim::rules::SEVERAL_SETS, &metadata.path);
        problems.push(problem);
    }
    if objects.sets.is_empty() {
        problems.push(Problem::new(&ebrim::rules::NO_SET, &metadata.path));
        return None;
    }
    let set = objects.sets.remove(0);
    let mut documents = Vec::new();
    let mut seen = HashSet::new();
    for (i, entry) in objects.entries.into_iter().enumerate() {
        let place = format!("{}/ExtrinsicObject[{}]", metadata.path, i + 1);
        if entry.unique_id == set.unique_id {
            problems.push(Problem::new(&rules::SET_ID, &place).found(&set.unique_id));
        }
        let uri = entry.uri.clone().unwrap_or_default();
        let path = format!("{folder}/{uri}");
        let file = if uri.is_empty() || !seen.insert(uri.to_uppercase()) {
            None
        } else {
            take(files, &path)
        };
        let Some(file) = file else {
            problems.push(Problem::new(&rules::URI, &place).found(uri));
            continue;
        };
        check(&entry, &file, &place, problems);
        documents.push(ReceivedDocument {
            path: file.path,
            entry,
            bytes: file.bytes,
        });
    }
    let prefix = format!("{folder}/");
    for file in files.iter().filter(|f| f.path.starts_with(&prefix)) {
        problems.push(Problem::new(&rules::UNLISTED, &file.path));
    }
    Some(ReceivedSet {
        folder: folder.rsplit('/').next().unwrap_or_default().to_owned(),
        set,
        documents,
        associations: objects.associations,
    })
}

fn below(path: &str, mut problem: Problem) -> Problem {
    problem.path = format!("{path}{}", problem.path);
    problem
}

fn objects(bytes: &[u8]) -> Result<(ebrim::Objects, Problems), Problems> {
    let text = decode(bytes)?;
    let tree = Tree::parse(&text, &dcc_xml::Limits::default())?;
    let list = descend(&tree, "RegistryObjectList")
        .ok_or_else(|| Problem::new(&ebrim::rules::ROOT, "").found(tree.name(tree.root())))?;
    Ok(objects_of(&tree, list))
}

/// The metadata of a file against the file itself.
fn check(entry: &DocumentEntry, file: &Entry, place: &str, problems: &mut Problems) {
    let hash = hash::hexadecimal(&file.bytes);
    match &entry.hash {
        Some(given) if !given.eq_ignore_ascii_case(&hash) => problems.push(
            Problem::new(&rules::HASH, place)
                .found(given)
                .allowed([hash]),
        ),
        _ => {}
    }
    match entry.size {
        Some(given) if given != file.bytes.len() as u64 => problems.push(
            Problem::new(&rules::SIZE, place)
                .found(given)
                .allowed([file.bytes.len()]),
        ),
        _ => {}
    }
    let missing = [
        ("uniqueId", entry.unique_id.is_empty()),
        ("hash", entry.hash.is_none()),
        ("size", entry.size.is_none()),
        ("mimeType", entry.mime_type.is_empty()),
    ];
    for (name, _) in missing.iter().filter(|(_, is_missing)| *is_missing) {
        problems.push(Problem::new(&rules::MISSING, place).allowed([name]));
    }
    if !is_8_3(&file.path) {
        problems.push(Problem::new(&rules::NAME_83, &file.path));
    }
    // a document that is no CDA has no identifier to compare
    if let Ok((header, _)) = Header::read(&file.bytes, &dcc_xml::Limits::default())
        && let Some(id) = &header.id
        && id.to_xds() != entry.unique_id
        && !entry.unique_id.is_empty()
    {
        problems.push(
            Problem::new(&rules::ID, place)
                .found(&entry.unique_id)
                .allowed([id.to_xds()]),
        );
    }
}

/// ISO 9660 level 1: capital letters, digits and `_`, at most 8 and 3.
fn is_8_3(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let (base, extension) = name.split_once('.').unwrap_or((name, ""));
    let is_plain = |part: &str, most: usize| {
        part.len() <= most
            && part
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    !base.is_empty() && is_plain(base, 8) && is_plain(extension, 3)
}
