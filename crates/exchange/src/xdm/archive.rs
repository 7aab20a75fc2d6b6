//! A ZIP read in bounded memory: nothing it announces is believed.

use std::collections::HashMap;
use std::io::Read as _;

use dcc_base::problem::{Problem, Problems};
use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive};

use super::rules;

/// Bounds of what a reader of packages accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most files. Default 1 000.
    pub max_files: usize,
    /// Largest file once decompressed, in bytes. Default 50 MB.
    pub max_file_bytes: usize,
    /// Most bytes of all files together, decompressed. Default 200 MB.
    pub max_total_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_files: 1_000,
            max_file_bytes: 50_000_000,
            max_total_bytes: 200_000_000,
        }
    }
}

/// A file of an archive.
pub(super) struct Entry {
    /// Its path, with `/`, as it stands in the archive.
    pub(super) path: String,
    /// Its content.
    pub(super) bytes: Vec<u8>,
}

/// All the files of an archive, in the order of its directory. Folders are
/// left out.
///
/// # Errors
/// `XDM-ZIP`, `XDM-LIMITE`, `XDM-NOM`, `XDM-DOUBLE`, `XDM-CHIFFRE`,
/// `XDM-COMPRESSION`, `XDM-CONTENU`, `XDM-CHEVAUCHEMENT`.
pub(super) fn files(bytes: &[u8], limits: &Limits) -> Result<Vec<Entry>, Problems> {
    let unreadable = |error: rawzip::Error| Problem::new(&rules::ZIP_FORM, "").found(error);
    let archive = ZipArchive::from_slice(bytes).map_err(unreadable)?;
    let mut entries = archive.entries();
    let mut problems = Problems::new();
    let mut found: Vec<Entry> = Vec::new();
    let mut names = HashMap::new();
    let mut spans = Vec::new();
    let mut total = 0;
    let mut count = 0_u64;
    while let Some(record) = entries.next_entry().map_err(unreadable)? {
        count += 1;
        if count > limits.max_files as u64 {
            return Err(too_much(
                "",
                format!("{} fichiers au plus", limits.max_files),
            ));
        }
        let Some(path) = safe_path(record.file_path().as_bytes()) else {
            let shown = String::from_utf8_lossy(record.file_path().as_bytes()).into_owned();
            problems.push(Problem::new(&rules::NAME, "").found(shown));
            continue;
        };
        if names.insert(path.to_uppercase(), ()).is_some() {
            problems.push(Problem::new(&rules::TWICE, path));
            continue;
        }
        let flags = record.flags();
        if flags.is_encrypted() || flags.has_strong_encryption() {
            problems.push(Problem::new(&rules::ENCRYPTED, path));
            continue;
        }
        let local = archive.get_entry(record.wayfinder()).map_err(unreadable)?;
        let (start, end) = local.compressed_data_range();
        spans.push((record.local_header_offset(), start, end, path.clone()));
        if path.ends_with('/') {
            continue;
        }
        // a local header that names another file is a trap for other readers
        if local.local_header().file_path().as_bytes() != record.file_path().as_bytes() {
            problems.push(Problem::new(&rules::CONTENT, path));
            continue;
        }
        let room = limits.max_file_bytes.min(limits.max_total_bytes - total);
        let content = match record.compression_method() {
            CompressionMethod::STORE if local.data().len() <= room => local.data().to_vec(),
            CompressionMethod::STORE => return Err(over(path, limits)),
            CompressionMethod::DEFLATE => {
                // one byte more than there is room for shows a file that is too large
                let mut content = Vec::new();
                let mut decoder = DeflateDecoder::new(local.data()).take(room as u64 + 1);
                match decoder.read_to_end(&mut content) {
                    Ok(_) if content.len() > room => return Err(over(path, limits)),
                    Ok(_) => content,
                    Err(_) => {
                        problems.push(Problem::new(&rules::CONTENT, path));
                        continue;
                    }
                }
            }
            _ => {
                problems.push(Problem::new(&rules::METHOD, path));
                continue;
            }
        };
        total += content.len();
        let claim = local.claim_verifier();
        let is_true =
            rawzip::crc32(&content) == claim.crc && content.len() as u64 == claim.uncompressed_size;
        if !is_true {
            problems.push(
                Problem::new(&rules::CONTENT, path)
                    .found(format!("{} octets", content.len()))
                    .allowed([format!("{} octets", claim.uncompressed_size)]),
            );
            continue;
        }
        found.push(Entry {
            path,
            bytes: content,
        });
    }
    if count != archive.entries_hint() {
        problems.push(
            Problem::new(&rules::ZIP_FORM, "")
                .found(format!("{count} fichiers"))
                .allowed([format!("{} fichiers", archive.entries_hint())]),
        );
    }
    overlaps(spans, &mut problems);
    problems.or(found)
}

/// No two files share bytes: else a few of them can hold a bomb.
fn overlaps(mut spans: Vec<(u64, u64, u64, String)>, problems: &mut Problems) {
    spans.sort_unstable();
    for pair in spans.windows(2) {
        let (_, _, end, _) = &pair[0];
        let (start, _, _, path) = &pair[1];
        if start < end {
            problems.push(Problem::new(&rules::OVERLAP, path));
        }
    }
}

fn too_much(path: impl Into<String>, allowed: String) -> Problems {
    Problem::new(&rules::LIMIT, path).allowed([allowed]).into()
}

fn over(path: String, limits: &Limits) -> Problems {
    too_much(
        path,
        format!(
            "{} octets par fichier, {} en tout",
            limits.max_file_bytes, limits.max_total_bytes
        ),
    )
}

/// A path below the root of the archive, in UTF-8, with `/`.
fn safe_path(raw: &[u8]) -> Option<String> {
    let path = std::str::from_utf8(raw).ok()?.replace('\\', "/");
    let is_plain = |part: &str| part != ".." && part != "." && !part.is_empty();
    let inside = path.strip_suffix('/').unwrap_or(&path);
    let is_safe = !path.contains(['\0', ':']) && inside.split('/').all(is_plain);
    is_safe.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_in_the_archive() {
        for path in [
            "README.TXT",
            "IHE_XDM/SUBSET01/",
            "IHE_XDM\\SUBSET01\\DOC1.XML",
        ] {
            assert!(safe_path(path.as_bytes()).is_some(), "{path}");
        }
        for path in [
            "",
            "/",
            "/etc/passwd",
            "../x",
            "a/../x",
            "a//b",
            "C:\\x",
            "a/./b",
            "a\0b",
            "..",
            "\\\\host\\x",
        ] {
            assert!(safe_path(path.as_bytes()).is_none(), "{path}");
        }
        assert!(safe_path(b"\xff").is_none());
    }
}
