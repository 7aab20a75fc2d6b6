//! Images that are safe to show: known by their first bytes, never by what
//! the document states of them, and of bounded size.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Largest image shown, in bytes: 4 MiB.
pub const MAX_BYTES: usize = 4 << 20;
/// Most pixels of an image.
pub const MAX_PIXELS: u64 = 40_000_000;

/// Kinds of image shown. No SVG: it is a document, with scripts and links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// `image/png`
    Png,
    /// `image/jpeg`
    Jpeg,
    /// `image/gif`
    Gif,
}

impl PictureKind {
    /// The kind that the first bytes show.
    pub fn of(bytes: &[u8]) -> Option<PictureKind> {
        match dcc_cda::ed::extension(bytes) {
            Some("png") => Some(PictureKind::Png),
            Some("jpg") => Some(PictureKind::Jpeg),
            Some("gif") => Some(PictureKind::Gif),
            _ => None,
        }
    }

    /// The media type, `image/png`.
    pub fn media_type(self) -> &'static str {
        match self {
            PictureKind::Png => "image/png",
            PictureKind::Jpeg => "image/jpeg",
            PictureKind::Gif => "image/gif",
        }
    }
}

/// An image of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Picture {
    /// What the bytes are.
    pub kind: PictureKind,
    /// The file itself; an image shown twice is kept once.
    pub bytes: Arc<[u8]>,
    /// Width and height in pixels, when the file states them.
    pub size: Option<(u32, u32)>,
    /// Text in place of the image (`caption` of the CDA), may be empty.
    pub caption: String,
    /// Where it stands in the document, as an XPath; empty for a logo.
    pub path: String,
}

impl Picture {
    /// The image in `bytes`.
    ///
    /// # Errors
    /// In French, why it cannot be shown.
    pub fn new(bytes: impl Into<Arc<[u8]>>, caption: String) -> Result<Picture, &'static str> {
        let bytes = bytes.into();
        if bytes.len() > MAX_BYTES {
            return Err("image de plus de 4 Mio");
        }
        let kind = PictureKind::of(&bytes)
            .ok_or("type d’image inconnu (PNG, JPEG et GIF sont montrés)")?;
        let size = size(kind, &bytes);
        let picture = Picture {
            kind,
            size,
            bytes,
            caption,
            path: String::new(),
        };
        if picture.pixels() > MAX_PIXELS {
            return Err("image de plus de 40 millions de points");
        }
        Ok(picture)
    }

    /// Number of its pixels; 0 when the file does not state its size.
    pub fn pixels(&self) -> u64 {
        self.size
            .map_or(0, |(width, height)| u64::from(width) * u64::from(height))
    }

    /// The image as a `data:` address.
    pub fn data_uri(&self) -> String {
        format!(
            "data:{};base64,{}",
            self.kind.media_type(),
            STANDARD.encode(&self.bytes)
        )
    }
}

/// Width and height that a file states.
fn size(kind: PictureKind, bytes: &[u8]) -> Option<(u32, u32)> {
    let byte = |i: usize| bytes.get(i).map(|b| u32::from(*b));
    match kind {
        PictureKind::Png => {
            let word = |i: usize| Some(u32::from_be_bytes(bytes.get(i..i + 4)?.try_into().ok()?));
            Some((word(16)?, word(20)?))
        }
        PictureKind::Jpeg => jpeg_frame(bytes).map(|(width, height, _)| (width, height)),
        PictureKind::Gif => {
            let word = |i: usize| Some(byte(i)? | byte(i + 1)? << 8);
            Some((word(6)?, word(8)?))
        }
    }
}

/// Width, height and number of components in a JPEG's frame header.
pub(crate) fn jpeg_frame(bytes: &[u8]) -> Option<(u32, u32, u8)> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xFF => {
                at += 1;
                continue;
            }
            0x01 | 0xD0..=0xD8 => {
                at += 2;
                continue;
            }
            0xD9 | 0xDA => return None,
            _ => {}
        }
        let word = |i: usize| Some(u32::from(*bytes.get(i)?) << 8 | u32::from(*bytes.get(i + 1)?));
        if matches!(marker, 0xC0..=0xC2) {
            return Some((word(at + 7)?, word(at + 5)?, *bytes.get(at + 9)?));
        }
        at += 2 + word(at + 2)?.max(2) as usize;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_show_the_kind_and_the_size() {
        assert_eq!(PictureKind::of(b"GIF89a..."), Some(PictureKind::Gif));
        assert_eq!(PictureKind::of(b"<svg onload='x()'>"), None);
        assert!(Picture::new(vec![0xFF, 0xD8, 0xFF, 0xE0], String::new()).is_ok());
        assert!(Picture::new(vec![0xFF; MAX_BYTES + 1], String::new()).is_err());
        let gif = Picture::new(b"GIF89a\x02\x00\x03\x00".to_vec(), String::new());
        assert_eq!(gif.map(|p| p.size), Ok(Some((2, 3))));
        let huge = Picture::new(b"GIF89a\xFF\xFF\xFF\xFF".to_vec(), String::new());
        assert!(huge.is_err());
    }
}
