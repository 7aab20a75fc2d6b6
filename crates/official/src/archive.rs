//! Rules in a ZIP archive: the download of the ANS repository.

use std::borrow::Cow;
use std::collections::BTreeMap;

use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rawzip::{CompressionMethod, ZipArchive};

use crate::files::{Entry, Files};

/// Greatest size of one file once unpacked.
const MAX_FILE: usize = 64 << 20;
/// Greatest number of files.
const MAX_FILES: usize = 200_000;

/// A ZIP archive held in memory.
#[derive(Debug, Clone)]
pub struct Zip {
    bytes: Vec<u8>,
    files: BTreeMap<String, Place>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    start: usize,
    end: usize,
    deflated: bool,
    size: u64,
    crc: u32,
}

impl Zip {
    /// Reads the directory of the archive. Files other than the rules, the value sets and the schemas are left aside.
    ///
    /// # Errors
    /// The bytes are not a ZIP archive, or one that cannot be read safely.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Result<Self, String> {
        let bytes = bytes.into();
        let files = directory(&bytes)?;
        Ok(Zip { bytes, files })
    }
}

fn directory(bytes: &[u8]) -> Result<BTreeMap<String, Place>, String> {
    let why = |e: rawzip::Error| format!("archive ZIP illisible : {e}");
    let archive = ZipArchive::from_slice(bytes).map_err(why)?;
    let mut entries = archive.entries();
    let mut files = BTreeMap::new();
    let mut count = 0;
    while let Some(record) = entries.next_entry().map_err(why)? {
        count += 1;
        if count > MAX_FILES {
            return Err(format!("archive ZIP de plus de {MAX_FILES} fichiers"));
        }
        let Ok(path) = std::str::from_utf8(record.file_path().as_bytes()) else {
            continue;
        };
        let path = path.replace('\\', "/");
        let used = ["schematrons/", "jeuxDeValeurs/", "infrastructure/"];
        if path.ends_with('/') || !used.iter().any(|u| path.contains(u)) {
            continue;
        }
        let deflated = match record.compression_method() {
            CompressionMethod::STORE => false,
            CompressionMethod::DEFLATE => true,
            _ => return Err(format!("{path} : compression inconnue")),
        };
        let local = archive.get_entry(record.wayfinder()).map_err(why)?;
        let (start, end) = local.compressed_data_range();
        let claim = local.claim_verifier();
        let place = Place {
            start: start as usize,
            end: end as usize,
            deflated,
            size: claim.uncompressed_size,
            crc: claim.crc,
        };
        files.insert(path, place);
    }
    Ok(files)
}

impl Files for Zip {
    fn list(&self) -> Result<Vec<Entry>, String> {
        Ok(self
            .files
            .iter()
            .map(|(path, place)| Entry {
                path: path.clone(),
                size: place.size,
                stamp: u64::from(place.crc),
            })
            .collect())
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, String> {
        let Some(place) = self.files.get(path) else {
            return Err(format!("{path} : fichier absent"));
        };
        let Some(data) = self.bytes.get(place.start..place.end) else {
            return Err(format!("{path} : fichier tronqué"));
        };
        let content = if place.deflated {
            match decompress_to_vec_with_limit(data, MAX_FILE) {
                Ok(content) => Cow::Owned(content),
                Err(e) => return Err(format!("{path} : {e}")),
            }
        } else {
            Cow::Borrowed(data)
        };
        if content.len() as u64 != place.size || rawzip::crc32(&content) != place.crc {
            return Err(format!("{path} : contenu altéré"));
        }
        Ok(content)
    }
}
