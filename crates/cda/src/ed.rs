//! Encapsulated data (`ED`, *contenu encapsulé*): base64, compression,
//! reference, integrity.

use std::io::Read;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use dcc_base::problem::{Problem, Problems, Rule};
use dcc_base::text::clip;
use dcc_xml::tree::{NodeId, Tree};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::{parts, rules};

/// Default limit of a content once decoded and inflated: 32 MiB.
pub const MAX_BYTES: usize = 32 << 20;

/// An encapsulated content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ed {
    /// Media type without its parameters, in lower case; `text/plain` when
    /// none is written (HL7 v3 default).
    pub media_type: String,
    /// Language of the content, as written.
    pub language: Option<String>,
    /// What it holds.
    pub content: Content,
}

/// What an encapsulated content holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A text.
    Text(String),
    /// A file.
    Bytes(Vec<u8>),
    /// Nothing here: the content is elsewhere, at this address.
    Outside(String),
    /// Nothing at all.
    Empty,
    /// Something that cannot be read; why is among the problems.
    Unreadable,
}

/// Reads an element of type `ED`, with all that is wrong with it. `max` bounds
/// the content in bytes, before and after decompression.
///
/// - base64 without `representation="B64"`, when its bytes are of a known
///   file, is read as the file and reported;
/// - `DF` (RFC 1951, with or without the zlib wrapper) and `GZ` (RFC 1952) are
///   inflated; any other compression is named;
/// - `integrityCheck` (SHA-1 or SHA-256) is compared with the content.
pub fn read(tree: &Tree<'_>, id: NodeId, max: usize, problems: &mut Problems) -> Ed {
    tree.mark(id);
    let media_type = parts::attribute(tree, id, "mediaType").unwrap_or_default();
    let bare = media_type.split(';').next().unwrap_or_default().trim();
    let mut ed = Ed {
        media_type: match bare {
            "" => "text/plain".to_owned(),
            bare => bare.to_ascii_lowercase(),
        },
        language: parts::attribute(tree, id, "language"),
        content: Content::Empty,
    };
    let path = tree.path_of(id);
    let mut report = |rule: &'static Rule, message: Option<&str>, found: &str| {
        let mut problem = Problem::new(rule, path.as_str());
        if let Some(message) = message {
            problem = problem.message(message);
        }
        if !found.is_empty() {
            problem = problem.found(clip(found));
        }
        problems.push(problem);
    };
    let text: String = tree
        .children(id)
        .filter(|c| tree.is_text(*c))
        .map(|c| tree.text(c))
        .collect();
    let reference = tree
        .element(id, "reference")
        .and_then(|r| parts::attribute(tree, r, "value"));
    if text.trim().is_empty() {
        ed.content = match reference {
            Some(address) => {
                report(&rules::REFERENCE, None, &address);
                Content::Outside(address)
            }
            None => {
                report(&rules::EMPTY, None, "");
                Content::Empty
            }
        };
        return ed;
    }
    if let Some(address) = reference {
        report(
            &rules::REFERENCE,
            Some(
                "Un contenu est dans le document et renvoie aussi en dehors : celui du document est montré",
            ),
            &address,
        );
    }
    if text.len() > max.saturating_mul(2) {
        report(&rules::SIZE, None, &format!("plus de {} octets", max));
        ed.content = Content::Unreadable;
        return ed;
    }
    let is_base64 = match tree.peek(id, "representation").map(str::trim) {
        Some("B64") => true,
        None | Some("") | Some("TXT") => {
            let hidden = decode_base64(&text).is_some_and(|b| extension(&b).is_some());
            if hidden {
                report(
                    &rules::REPRESENTATION,
                    Some("Un fichier en base64 est annoncé comme du texte"),
                    &media_type,
                );
            }
            hidden
        }
        Some(other) => {
            report(
                &rules::REPRESENTATION,
                Some("La représentation d'un contenu est inconnue"),
                other,
            );
            decode_base64(&text).is_some_and(|b| extension(&b).is_some())
        }
    };
    if !is_base64 {
        ed.content = Content::Text(text);
        return ed;
    }
    let Some(bytes) = decode_base64(&text) else {
        report(&rules::BASE64, None, &media_type);
        ed.content = Content::Unreadable;
        return ed;
    };
    if bytes.is_empty() {
        report(&rules::EMPTY, None, "");
        return ed;
    }
    let packed = bytes;
    let algorithm = parts::attribute(tree, id, "compression");
    let inflated = match algorithm.as_deref() {
        None => Ok(packed.clone()),
        Some(name) => match inflate(name, &packed, max) {
            Ok(bytes) => Ok(bytes),
            Err(Inflate::NotCompressed) => {
                report(
                    &rules::COMPRESSION,
                    Some(
                        "Un contenu est annoncé comme compressé et ne l'est pas : il est pris tel quel",
                    ),
                    name,
                );
                Ok(packed.clone())
            }
            Err(Inflate::TooLarge) => {
                report(
                    &rules::SIZE,
                    None,
                    &format!("plus de {max} octets une fois décompressé"),
                );
                Err(())
            }
            Err(Inflate::Unknown) => {
                report(
                    &rules::COMPRESSION,
                    Some("La compression d'un contenu est inconnue"),
                    name,
                );
                Err(())
            }
            Err(Inflate::Broken) => {
                report(&rules::COMPRESSION, None, name);
                Err(())
            }
        },
    };
    let Ok(bytes) = inflated else {
        ed.content = Content::Unreadable;
        return ed;
    };
    if bytes.len() > max {
        report(&rules::SIZE, None, &format!("{} octets", bytes.len()));
        ed.content = Content::Unreadable;
        return ed;
    }
    if let Some(check) = tree.peek(id, "integrityCheck") {
        let name = tree.peek(id, "integrityCheckAlgorithm").unwrap_or("SHA-1");
        let digest = |bytes: &[u8]| match name {
            "SHA-1" => Some(Sha1::digest(bytes).to_vec()),
            "SHA-256" => Some(Sha256::digest(bytes).to_vec()),
            _ => None,
        };
        let wanted = decode_base64(check);
        match digest(&bytes) {
            None => report(
                &rules::INTEGRITY,
                Some(
                    "L'empreinte d'un contenu est d'un algorithme inconnu : elle n'est pas vérifiée",
                ),
                name,
            ),
            // of the content, or of what was transmitted (HL7 leaves it open)
            found if found == wanted || digest(&packed) == wanted => {}
            Some(_) => report(&rules::INTEGRITY, None, name),
        }
    }
    ed.content = Content::Bytes(bytes);
    ed
}

enum Inflate {
    NotCompressed,
    TooLarge,
    Unknown,
    Broken,
}

/// Inflates within `max` bytes.
fn inflate(algorithm: &str, bytes: &[u8], max: usize) -> Result<Vec<u8>, Inflate> {
    let read = |reader: &mut dyn Read| -> Result<Vec<u8>, Inflate> {
        let mut out = Vec::new();
        match reader.take(max as u64 + 1).read_to_end(&mut out) {
            Ok(_) if out.len() > max => Err(Inflate::TooLarge),
            Ok(_) => Ok(out),
            Err(_) => Err(Inflate::Broken),
        }
    };
    let inflated = match algorithm.to_ascii_uppercase().as_str() {
        "DF" => read(&mut flate2::read::DeflateDecoder::new(bytes)).or_else(|why| match why {
            Inflate::Broken => read(&mut flate2::read::ZlibDecoder::new(bytes)),
            why => Err(why),
        }),
        "GZ" => read(&mut flate2::read::MultiGzDecoder::new(bytes)),
        "ZL" => read(&mut flate2::read::ZlibDecoder::new(bytes)),
        _ => Err(Inflate::Unknown),
    };
    match inflated {
        Err(Inflate::Broken) if extension(bytes).is_some() => Err(Inflate::NotCompressed),
        other => other,
    }
}

/// The usual extension of a file that is known by its first bytes.
pub fn extension(bytes: &[u8]) -> Option<&'static str> {
    let starts = |mark: &[u8]| bytes.starts_with(mark);
    Some(match () {
        () if starts(b"%PDF-") => "pdf",
        () if starts(b"{\\rtf") => "rtf",
        () if starts(&[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A]) => "png",
        () if starts(&[0xFF, 0xD8, 0xFF]) => "jpg",
        () if starts(b"GIF87a") || starts(b"GIF89a") => "gif",
        () if starts(b"II*\0") || starts(b"MM\0*") => "tif",
        () if starts(b"BM") && bytes.len() > 26 => "bmp",
        () if starts(b"PK\x03\x04") => "zip",
        () if starts(&[0x1F, 0x8B]) => "gz",
        () if bytes.get(128..132) == Some(b"DICM") => "dcm",
        () => return None,
    })
}

/// The bytes of a base64 text, white space ignored, padding or not; none when
/// it is not one.
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let packed: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    LENIENT.decode(packed).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;
    use dcc_xml::tree::Limits;
    use std::io::Write;

    const PDF: &[u8] = b"%PDF-1.4 essai";

    fn ed(attributes: &str, inner: &str) -> (Ed, Vec<&'static str>) {
        let xml = format!("<text xmlns='urn:hl7-org:v3' {attributes}>{inner}</text>");
        let tree = Tree::parse(&xml, &Limits::default()).unwrap();
        let mut problems = Problems::new();
        let ed = read(&tree, tree.root(), 1000, &mut problems);
        (ed, problems.iter().map(|p| p.code).collect())
    }

    fn deflated(bytes: &[u8]) -> String {
        let mut out = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        STANDARD.encode(out.finish().unwrap())
    }

    fn gzipped(bytes: &[u8]) -> String {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        STANDARD.encode(out.finish().unwrap())
    }

    #[test]
    fn compressed_contents_are_inflated_within_the_limit() {
        let whole = Content::Bytes(PDF.to_vec());
        for (attributes, text) in [
            ("representation='B64' compression='DF'", deflated(PDF)),
            ("representation='B64' compression='GZ'", gzipped(PDF)),
        ] {
            let (ed, codes) = ed(attributes, &text);
            assert_eq!((ed.content, codes), (whole.clone(), vec![]), "{attributes}");
        }
        let bomb = deflated(&vec![0; 1 << 20]);
        let (bomb, codes) = ed("representation='B64' compression='DF'", &bomb);
        assert_eq!(
            (bomb.content, codes),
            (Content::Unreadable, vec!["CDA-ED-TAILLE"])
        );
        let plain = STANDARD.encode(PDF);
        let (plain_ed, codes) = ed("representation='B64' compression='DF'", &plain);
        assert_eq!(
            (plain_ed.content, codes),
            (whole, vec!["CDA-ED-COMPRESSION"])
        );
        let (other, codes) = ed("representation='B64' compression='Z7'", &plain);
        assert_eq!(
            (other.content, codes),
            (Content::Unreadable, vec!["CDA-ED-COMPRESSION"])
        );
    }

    #[test]
    fn a_content_that_is_elsewhere_empty_or_hidden_is_reported() {
        let (out, codes) = ed(
            "mediaType='Application/PDF; version=1.7'",
            "<reference value='cr.pdf'/>",
        );
        assert_eq!(out.media_type, "application/pdf");
        assert_eq!(
            (out.content, codes),
            (Content::Outside("cr.pdf".into()), vec!["CDA-ED-REFERENCE"])
        );
        let (empty, codes) = ed("representation='B64'", " \n");
        assert_eq!(
            (empty.content, codes),
            (Content::Empty, vec!["CDA-ED-VIDE"])
        );
        let (hidden, codes) = ed("mediaType='application/pdf'", &STANDARD.encode(PDF));
        assert_eq!(
            (hidden.content, codes),
            (Content::Bytes(PDF.to_vec()), vec!["CDA-ED-FORME"])
        );
        let (broken, codes) = ed("representation='B64'", "a*b");
        assert_eq!(
            (broken.content, codes),
            (Content::Unreadable, vec!["CDA-ED-BASE64"])
        );
        let (text, codes) = ed("", "Compte rendu");
        assert_eq!(
            (text.content, codes),
            (Content::Text("Compte rendu".into()), vec![])
        );
    }

    #[test]
    fn the_digest_is_compared() {
        let plain = STANDARD.encode(PDF);
        let sum = STANDARD.encode(Sha256::digest(PDF));
        let ask = |sum: &str, name: &str| {
            ed(
                &format!(
                    "representation='B64' integrityCheck='{sum}' integrityCheckAlgorithm='{name}'"
                ),
                &plain,
            )
            .1
        };
        assert!(ask(&sum, "SHA-256").is_empty());
        assert_eq!(ask(&sum, "SHA-1"), ["CDA-ED-EMPREINTE"]);
        assert_eq!(ask(&sum, "MD5"), ["CDA-ED-EMPREINTE"]);
    }

    #[test]
    fn base64_with_line_breaks_and_without_padding() {
        assert_eq!(decode_base64("YWJj\n ZGU").unwrap(), b"abcde");
        assert_eq!(decode_base64("YWJjZGU=").unwrap(), b"abcde");
        assert!(decode_base64("a*b").is_none());
    }
}
