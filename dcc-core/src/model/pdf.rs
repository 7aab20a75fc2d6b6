//! What a PDF must look like to leave in a document at level 1.

use super::Binary;
use crate::problem::{Problem, Problems, rules};

/// Rules of a PDF.
pub mod rules {
    use super::rules as table;

    const N1: &str =
        "CI-SIS, volet Structuration minimale de documents de santé, corps non structuré";
    const ISO: &str = "ISO 32000, structure d'un fichier PDF";

    table! {
        PDF_EMPTY: Blocking "PDF-ABSENT" "Le fichier PDF est obligatoire" N1;
        PDF_SIGNATURE: Blocking "PDF-SIGNATURE" "Le fichier n'est pas un PDF : il ne commence pas par %PDF-" ISO;
        PDF_END: Warning "PDF-FIN" "Le fichier PDF semble tronqué : il ne se termine pas par %%EOF" ISO;
        PDF_SIZE: Blocking "PDF-TAILLE" "Le fichier PDF est trop volumineux" N1;
    }
}

/// Largest PDF, in bytes: what a reader with the default
/// [`Limits`](crate::xml::Limits) takes back once in base64, with room for
/// the header.
pub const MAX_BYTES: usize = 36_000_000;

/// Checks that the file begins as a PDF, ends as one, and is not too large.
pub fn check(pdf: &Binary, path: &str, problems: &mut Problems) {
    let bytes = &pdf.0;
    if bytes.is_empty() {
        problems.push(Problem::new(&rules::PDF_EMPTY, path));
        return;
    }
    if !bytes.starts_with(b"%PDF-") {
        let start: String = bytes
            .iter()
            .take(8)
            .map(|b| b.escape_ascii().to_string())
            .collect();
        problems.push(
            Problem::new(&rules::PDF_SIGNATURE, path)
                .found(start)
                .allowed(["%PDF-"]),
        );
    } else if !bytes[bytes.len().saturating_sub(1024)..]
        .windows(5)
        .any(|w| w == b"%%EOF")
    {
        problems.push(Problem::new(&rules::PDF_END, path));
    }
    if bytes.len() > MAX_BYTES {
        let found = format!("{} octets", bytes.len());
        problems.push(
            Problem::new(&rules::PDF_SIZE, path)
                .found(found)
                .allowed([format!("{MAX_BYTES} octets au plus")]),
        );
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_pdf() {
        let codes = |bytes: &[u8]| {
            let mut problems = Problems::new();
            check(&Binary(bytes.to_vec()), "/pdf", &mut problems);
            problems.iter().map(|p| p.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(b""), ["PDF-ABSENT"]);
        assert_eq!(codes(b"GIF89a"), ["PDF-SIGNATURE"]);
        assert_eq!(codes(b"%PDF-1.7 cut"), ["PDF-FIN"]);
        assert_eq!(codes(b"%PDF-1.7\n%%EOF\n"), [""; 0]);
        let mut large = b"%PDF-1.7".to_vec();
        large.resize(MAX_BYTES, b' ');
        large.extend(b"%%EOF");
        assert_eq!(codes(&large), ["PDF-TAILLE"]);
    }
}
