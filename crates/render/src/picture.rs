//! Images that are safe to show: known by their first bytes, never by what
//! the document says of them, and of bounded size.

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, general_purpose::STANDARD};

/// Largest image shown, in bytes: 4 MiB.
pub const MAX_BYTES: usize = 4 << 20;

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
    /// The kind that the first bytes tell.
    pub fn of(bytes: &[u8]) -> Option<PictureKind> {
        match bytes {
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(PictureKind::Png),
            [0xFF, 0xD8, 0xFF, ..] => Some(PictureKind::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(PictureKind::Gif),
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
pub struct Picture {
    /// What the bytes are.
    pub kind: PictureKind,
    /// The file itself.
    pub bytes: Vec<u8>,
    /// Text in place of the image (`caption` of the CDA), may be empty.
    pub caption: String,
}

impl Picture {
    /// The image in `bytes`.
    ///
    /// # Errors
    /// In French, why it cannot be shown.
    pub fn new(bytes: Vec<u8>, caption: String) -> Result<Picture, &'static str> {
        if bytes.len() > MAX_BYTES {
            return Err("image de plus de 4 Mio");
        }
        match PictureKind::of(&bytes) {
            Some(kind) => Ok(Picture {
                kind,
                bytes,
                caption,
            }),
            None => Err("type d'image inconnu (PNG, JPEG et GIF sont montrés)"),
        }
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

/// The bytes of a base64 text, white space ignored; none when it is not one.
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let packed: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    LENIENT.decode(packed).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_the_kind() {
        assert_eq!(PictureKind::of(b"GIF89a..."), Some(PictureKind::Gif));
        assert_eq!(PictureKind::of(b"<svg onload='x()'>"), None);
        assert!(Picture::new(vec![0xFF, 0xD8, 0xFF, 0xE0], String::new()).is_ok());
        assert!(Picture::new(vec![0xFF; MAX_BYTES + 1], String::new()).is_err());
    }

    #[test]
    fn base64_with_line_breaks_and_without_padding() {
        assert_eq!(decode_base64("YWJj\n ZGU").unwrap(), b"abcde");
        assert_eq!(decode_base64("YWJjZGU=").unwrap(), b"abcde");
        assert!(decode_base64("a*b").is_none());
    }
}
