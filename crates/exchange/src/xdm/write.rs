//! A sending to an XDM package.

use std::fmt;
use std::io::Write as _;

use dcc_base::problem::{Problem, Problems};
use dcc_xml::XmlWriter;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};

use super::mail::Mail;
use super::options::{ActionSlot, XdmOptions, action_of};
use super::{rules, texts};
use crate::door::Door;
use crate::ebrim::{self, Objects, RIM_NAMESPACES};
use crate::metadata::{Slot, Submission};
use crate::sending::{Outgoing, Sending};

/// The one folder of a package that this library writes.
const FOLDER: &str = "SUBSET01";
/// Level of DEFLATE: the default one of zlib.
const LEVEL: u32 = 6;

/// A package ready to be attached to a mail.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Package {
    /// The bytes of the ZIP.
    pub bytes: Vec<u8>,
    /// What the mail needs.
    pub mail: Mail,
    /// What is doubtful and does not stop the sending.
    pub warnings: Problems,
}

impl fmt::Debug for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Package({} bytes)", self.bytes.len())
    }
}

/// Writes the package of a sending. The same documents and the same sending
/// give the same bytes.
///
/// # Errors
/// All the problems of [`Submission::prepare`], when one is blocking;
/// `XDM-ACTION`.
pub fn write(
    documents: &[Outgoing<'_>],
    sending: &Sending,
    options: &XdmOptions,
) -> Result<Package, Problems> {
    let mut submission = Submission::prepare(documents, sending, Door::Xdm)?;
    let mut files = Vec::new();
    for (i, document) in submission.documents.iter_mut().enumerate() {
        let name = format!("DOC{:05}.XML", i + 1);
        document.entry.uri = Some(name.clone());
        files.push(name);
    }
    if let Some(slot) = &options.action {
        add_action(&mut submission, slot)?;
    }
    let mut warnings = std::mem::take(&mut submission.warnings);
    if sending.software.product_reference.is_empty() {
        let path = "/software/product_reference";
        warnings.push(Problem::new(&rules::NIL, path));
    }
    let readme = texts::readme(sending, FOLDER, &files);
    let index = texts::index(&submission, sending, FOLDER);
    let metadata = metadata(&Objects::of(&submission));
    let mut zip = Zip::new(sending.at.timestamp());
    zip.file("README.TXT", readme.as_bytes());
    zip.file("INDEX.HTM", index.as_bytes());
    zip.file(&format!("IHE_XDM/{FOLDER}/METADATA.XML"), &metadata);
    for (file, document) in files.iter().zip(&submission.documents) {
        zip.file(&format!("IHE_XDM/{FOLDER}/{file}"), document.cda);
    }
    Ok(Package {
        bytes: zip.finish(),
        mail: Mail::of(&submission, sending, options),
        warnings,
    })
}

fn add_action(submission: &mut Submission<'_>, slot: &ActionSlot) -> Result<(), Problems> {
    let is_extra = slot.name.starts_with("urn:") && !slot.name.starts_with("urn:ihe:");
    if !is_extra {
        return Err(Problem::new(&rules::SLOT, "/action/name")
            .found(&slot.name)
            .into());
    }
    let Some(action) = action_of(submission) else {
        return Ok(());
    };
    let extra = Slot {
        name: slot.name.clone(),
        values: vec![action.code().to_owned()],
    };
    if slot.in_documents {
        for document in &mut submission.documents {
            document.entry.other_slots.push(extra.clone());
        }
    } else {
        submission.set.other_slots.push(extra);
    }
    Ok(())
}

/// METADATA.XML.
fn metadata(objects: &Objects) -> Vec<u8> {
    let mut w = XmlWriter::new();
    w.start("lcm:SubmitObjectsRequest");
    for (name, uri) in RIM_NAMESPACES {
        w.attr(name, uri);
    }
    ebrim::objects(&mut w, objects);
    w.end("lcm:SubmitObjectsRequest");
    w.finish()
}

/// A ZIP in memory: deflated files, of one date.
///
/// Files are deflated, never stored: their size follows them, and readers of
/// streams (that of Java among them) refuse this of a stored file.
struct Zip {
    writer: ZipArchiveWriter<Vec<u8>>,
    at: i64,
}

impl Zip {
    fn new(at: i64) -> Self {
        Zip {
            writer: ZipArchiveWriter::new(Vec::new()),
            at,
        }
    }

    fn file(&mut self, path: &str, bytes: &[u8]) {
        infallible(self.try_file(path, bytes));
    }

    fn try_file(&mut self, path: &str, bytes: &[u8]) -> Result<(), rawzip::Error> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(LEVEL));
        encoder.write_all(bytes).map_err(rawzip::Error::from)?;
        let compressed = encoder.finish().map_err(rawzip::Error::from)?;
        let (mut entry, _) = self
            .writer
            .new_file(path)
            .compression_method(CompressionMethod::DEFLATE)
            .last_modified(UtcDateTime::from_unix(self.at))
            .start()?;
        entry.write_all(&compressed).map_err(rawzip::Error::from)?;
        let size = bytes.len() as u64;
        entry.finish(DataDescriptorOutput::new(rawzip::crc32(bytes), size))?;
        Ok(())
    }

    fn finish(self) -> Vec<u8> {
        let written = self.writer.finish();
        debug_assert!(written.is_ok(), "memory takes all that is written");
        written.unwrap_or_default()
    }
}

/// Writing to memory, under names of our own, cannot fail.
fn infallible(result: Result<(), rawzip::Error>) {
    debug_assert!(result.is_ok(), "{result:?}");
}
