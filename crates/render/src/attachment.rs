//! Files that a document carries: the body of a level 1 document, and the
//! files of `observationMedia`.

use std::sync::Arc;

use crate::words;
use dcc_cda::ed;

/// A file of a document (*pièce jointe*).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attachment {
    /// A name that is safe for any file system: its rank, its ID, the
    /// extension of its type.
    pub name: String,
    /// Media type: that of its first bytes when they are known, else as
    /// written, `application/pdf`.
    pub media_type: String,
    /// The file.
    pub bytes: Arc<[u8]>,
    /// Its caption, may be empty.
    pub caption: String,
    /// Where it stands in the document, as an XPath.
    pub path: String,
}

impl Attachment {
    /// A file. `rank` counts the files of the document from 1; `id` is its ID
    /// in the document, if any.
    pub(crate) fn new(
        rank: usize,
        id: &str,
        media_type: &str,
        bytes: Arc<[u8]>,
        path: String,
    ) -> Attachment {
        let media_type = actual_type(media_type, &bytes);
        let id: String = id
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .take(40)
            .collect();
        let extension = ed::extension(&bytes).unwrap_or(words::extension(&media_type));
        let name = match id.is_empty() {
            true => format!("piece-{rank}.{extension}"),
            false => format!("piece-{rank}-{id}.{extension}"),
        };
        Attachment {
            name,
            media_type,
            bytes,
            caption: String::new(),
            path,
        }
    }

    /// What it is: `fichier PDF, 27 Kio`.
    pub fn what(&self) -> String {
        let kind = words::file_kind(&self.media_type);
        format!("{kind}, {}", words::file_size(self.bytes.len()))
    }

    /// True for a PDF whose end is missing (ISO 32000-1, 7.5.5: `%%EOF`).
    pub fn is_cut(&self) -> bool {
        let tail = &self.bytes[self.bytes.len().saturating_sub(1024)..];
        self.media_type == "application/pdf" && !tail.windows(5).any(|w| w == b"%%EOF")
    }

    /// The media type under which a browser may be given the file: it never
    /// opens as a page.
    pub fn inert_type(&self) -> &str {
        match self.media_type.as_str() {
            known @ ("application/pdf" | "application/rtf" | "text/rtf" | "text/plain"
            | "image/png" | "image/jpeg" | "image/gif" | "image/tiff" | "image/bmp") => known,
            _ => "application/octet-stream",
        }
    }
}

/// The type that the first bytes show, else the one written.
fn actual_type(written: &str, bytes: &[u8]) -> String {
    let seen = match ed::extension(bytes) {
        Some("pdf") => "application/pdf",
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("tif") => "image/tiff",
        Some("bmp") => "image/bmp",
        Some("rtf") if written == "application/rtf" => "application/rtf",
        Some("rtf") => "text/rtf",
        _ => "",
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "/.+-_".contains(c);
    match seen {
        "" if written.chars().all(plain) && written.len() <= 80 => written.to_owned(),
        "" => "application/octet-stream".to_owned(),
        seen => seen.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_types_are_safe() {
        let pdf: Arc<[u8]> = Arc::from(&b"%PDF-1.4"[..]);
        let file = Attachment::new(2, "../../etc/passwd", "text/html", pdf, String::new());
        assert_eq!(file.name, "piece-2-etcpasswd.pdf");
        assert_eq!(file.media_type, "application/pdf");
        let page: Arc<[u8]> = Arc::from(&b"<html>"[..]);
        let file = Attachment::new(1, "", "text/html", page, String::new());
        assert_eq!(
            (file.name.as_str(), file.inert_type()),
            ("piece-1.html", "application/octet-stream")
        );
        assert_eq!(file.what(), "fichier HTML, 6\u{A0}octets");
    }
}
