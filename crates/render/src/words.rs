//! What CDA R2 and the CI-SIS state by a code, in French.

/// What a participant is, by the type of participation and the function; and
/// whether the function says it.
pub fn participant_role(type_code: &str, function: &str) -> Option<(&'static str, bool)> {
    let by_function = match (type_code, function) {
        ("INF", "PCP") => "Médecin traitant",
        ("RESP", "ADMPHYS") => "Responsable de l’admission",
        ("RESP", "DISPHYS") => "Responsable de la sortie",
        ("PRF", "353") => "Membre de l’équipe de soins",
        ("PRF" | "INF", "CORRE") => "Correspondant",
        ("PRF", "PRELV") => "Préleveur",
        ("PRF", "ATTPHYS") => "Référent du patient dans la structure",
        _ => "",
    };
    if !by_function.is_empty() {
        return Some((by_function, true));
    }
    let by_type = match (type_code, function) {
        ("RESP", _) => "Coordonnateur ou responsable",
        ("REFB", _) => "Demandeur",
        ("REF", _) => "Prescripteur ou praticien adressant",
        ("REFT", _) => "Adressé à",
        ("PRF", "") => "Exécutant",
        ("CON", _) => "Correspondant",
        ("VRF", _) => "Validateur",
        ("INF", "") => "Informateur",
        ("ENT", _) => "Opérateur de saisie",
        ("DEV", _) => "Dispositif",
        ("HLD", _) => "Titulaire de la couverture sociale",
        _ => return None,
    };
    Some((by_type, false))
}

/// What a related person is to the document, by `classCode`.
pub fn related_role(class_code: &str) -> &'static str {
    match class_code {
        "ECON" => "Personne à prévenir en cas d’urgence",
        "NOK" => "Personne de confiance",
        "CAREGIVER" => "Aidant",
        "GUAR" | "GUARD" => "Représentant légal",
        "PAT" => "Patient",
        "CON" | "AGNT" => "Contact",
        _ => "Personne liée au patient",
    }
}

/// How a document stands to another one, by `relatedDocument/@typeCode`.
pub fn relation(type_code: &str) -> &'static str {
    match type_code {
        "RPLC" => "Remplace le document",
        "APND" => "Complète le document",
        "XFRM" => "Est une transformation du document",
        _ => "Est lié au document",
    }
}

/// Part of a person in an encounter, by `encounterParticipant/@typeCode`.
pub fn encounter_role(type_code: &str) -> &'static str {
    match type_code {
        "ADM" => "Responsable de l’admission",
        "ATND" => "Médecin responsable du patient",
        "CON" => "Consultant",
        "DIS" => "Responsable de la sortie",
        "REF" => "Médecin adressant",
        _ => "Participant à la prise en charge",
    }
}

/// Administrative sex (HL7 AdministrativeGender).
pub fn sex(code: &str) -> Option<&'static str> {
    Some(match code {
        "M" => "Masculin",
        "F" => "Féminin",
        "U" | "UN" => "Indéterminé",
        _ => return None,
    })
}

/// Confidentiality (HL7 Confidentiality).
pub fn confidentiality(code: &str) -> Option<&'static str> {
    Some(match code {
        "N" => "Normal",
        "R" => "Restreint",
        "V" => "Très restreint",
        "L" => "Faible",
        "M" => "Modéré",
        "U" => "Non restreint",
        _ => return None,
    })
}

/// The extension of a file, by its media type.
pub fn extension(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "pdf",
        "text/rtf" | "application/rtf" => "rtf",
        "text/html" => "html",
        "text/plain" => "txt",
        "text/xml" | "application/xml" => "xml",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/tiff" => "tif",
        "image/svg+xml" => "svg",
        "application/dicom" => "dcm",
        "audio/mpeg" => "mp3",
        "video/mpeg" | "video/mp4" => "mp4",
        _ => "bin",
    }
}

/// What a file is, by its media type, in a few words.
pub fn file_kind(media_type: &str) -> String {
    match media_type {
        "application/pdf" => "fichier PDF".to_owned(),
        "text/rtf" | "application/rtf" => "fichier RTF".to_owned(),
        "text/html" => "fichier HTML".to_owned(),
        "text/plain" => "fichier texte".to_owned(),
        "image/tiff" => "image TIFF".to_owned(),
        "image/bmp" => "image BMP".to_owned(),
        "image/svg+xml" => "image SVG".to_owned(),
        "image/png" => "image PNG".to_owned(),
        "image/jpeg" => "image JPEG".to_owned(),
        "image/gif" => "image GIF".to_owned(),
        other => format!("fichier {other}"),
    }
}

/// A size in French: octets, Kio or Mio.
pub fn file_size(bytes: usize) -> String {
    match bytes {
        0..=1 => format!("{bytes}\u{A0}octet"),
        2..=1023 => format!("{bytes}\u{A0}octets"),
        1024..=1_048_575 => format!("{}\u{A0}Kio", bytes.div_ceil(1024)),
        _ => {
            let tenths = (bytes * 10).div_ceil(1 << 20);
            match tenths % 10 {
                0 => format!("{}\u{A0}Mio", tenths / 10),
                rest => format!("{},{rest}\u{A0}Mio", tenths / 10),
            }
        }
    }
}
