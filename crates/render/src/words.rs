//! CDA data types and codes as French text. Nothing is refused here: what is
//! not understood is shown as it stands.

pub use dcc_base::text::one_line;
use dcc_xml::tree::{NodeId, Tree};

/// The text of an element without marking anything as read.
pub fn text_of(tree: &Tree<'_>, id: NodeId) -> String {
    fn collect(tree: &Tree<'_>, id: NodeId, out: &mut String) {
        out.push_str(tree.text(id));
        for child in tree.children(id) {
            collect(tree, child, out);
        }
    }
    let mut out = String::new();
    collect(tree, id, &mut out);
    one_line(&out)
}

/// The text of the first child named `name`, when it has one.
pub fn child_text(tree: &Tree<'_>, id: NodeId, name: &str) -> Option<String> {
    tree.element(id, name)
        .map(|e| text_of(tree, e))
        .filter(|t| !t.is_empty())
}

/// A point in time (HL7 `TS`) in French: `18/02/2019 à 09:49`, as precise as
/// it is; the text itself when it is not a date. The hour is the one written,
/// in the offset written.
pub fn moment(value: &str) -> String {
    let value = value.trim();
    let digits = value.split(['+', '-', '.']).next().unwrap_or_default();
    if !digits.bytes().all(|b| b.is_ascii_digit()) || !digits.is_ascii() {
        return value.to_owned();
    }
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    match digits.len() {
        4 => digits.to_owned(),
        6 => format!("{}/{}", part(4, 6), part(0, 4)),
        8 => format!("{}/{}/{}", part(6, 8), part(4, 6), part(0, 4)),
        10 => format!("{} à {} h", moment(part(0, 8)), part(8, 10)),
        12 | 14 => format!("{} à {}:{}", moment(part(0, 8)), part(8, 10), part(10, 12)),
        _ => value.to_owned(),
    }
}

/// A time element: `TS` with `value`, or `IVL_TS` with `low` and `high`.
pub fn time(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let bound = |name: &str| {
        tree.element(id, name)
            .and_then(|e| tree.peek(e, "value"))
            .map(moment)
    };
    if let Some(value) = tree.peek(id, "value") {
        return Some(moment(value));
    }
    match (bound("low"), bound("high"), bound("center")) {
        (Some(low), Some(high), _) if low == high => Some(low),
        (Some(low), Some(high), _) => Some(format!("du {low} au {high}")),
        (Some(low), None, _) => Some(low),
        (None, Some(high), _) => Some(format!("jusqu'au {high}")),
        (None, None, center) => center,
    }
}

/// The time in the child named `name`.
pub fn child_time(tree: &Tree<'_>, id: NodeId, name: &str) -> Option<String> {
    tree.element(id, name).and_then(|e| time(tree, e))
}

/// A coded element as text: its display name, else its original text, else
/// its code.
pub fn code(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let attr = |name: &str| tree.peek(id, name).map(one_line).filter(|t| !t.is_empty());
    attr("displayName")
        .or_else(|| child_text(tree, id, "originalText"))
        .or_else(|| attr("code"))
}

/// The coded child named `name`.
pub fn child_code(tree: &Tree<'_>, id: NodeId, name: &str) -> Option<String> {
    tree.element(id, name).and_then(|e| code(tree, e))
}

/// A person's name as addressed: `Dr Charles MULLER`, `Mme Jeanne NESSI`.
pub fn person_name(tree: &Tree<'_>, name: NodeId) -> Option<String> {
    let parts = |kind: &str| -> Vec<String> {
        tree.elements(name, kind)
            .map(|e| text_of(tree, e))
            .filter(|t| !t.is_empty())
            .collect()
    };
    let (prefix, suffix) = (parts("prefix"), parts("suffix"));
    let mut words: Vec<String> = Vec::new();
    // the title (DR, PR) stands for the civility (M, MME)
    let title = if suffix.is_empty() { prefix } else { suffix };
    words.extend(title.iter().map(|t| title_word(t)));
    words.extend(parts("given"));
    words.extend(parts("family"));
    if words.is_empty() {
        let text = text_of(tree, name);
        return (!text.is_empty()).then_some(text);
    }
    Some(words.join(" "))
}

/// Civilities and titles in their French abbreviation.
fn title_word(text: &str) -> String {
    let known = match text.trim_end_matches('.').to_uppercase().as_str() {
        "DR" => "Dr",
        "PR" => "Pr",
        "M" | "MR" => "M.",
        "MME" => "Mme",
        "MLLE" => "Mlle",
        _ => text,
    };
    known.to_owned()
}

/// An address on one line: `28 Avenue de Breteuil, Escalier A, 75007 PARIS, FRANCE`.
pub fn address(tree: &Tree<'_>, addr: NodeId) -> Option<String> {
    let part = |name: &str| child_text(tree, addr, name);
    let join = |parts: Vec<Option<String>>| {
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let mut lines: Vec<String> = tree
        .elements(addr, "streetAddressLine")
        .map(|e| text_of(tree, e))
        .filter(|t| !t.is_empty())
        .collect();
    lines.extend(join(vec![
        part("houseNumber"),
        part("houseNumberNumeric"),
        part("buildingNumberSuffix"),
        part("streetNameType"),
        part("streetName").or_else(|| part("streetNameBase")),
    ]));
    for name in [
        "additionalLocator",
        "unitType",
        "unitID",
        "precinct",
        "postBox",
    ] {
        lines.extend(part(name));
    }
    lines.extend(join(vec![part("postalCode"), part("city")]));
    lines.extend(part("county"));
    lines.extend(part("state"));
    lines.extend(part("country"));
    if lines.is_empty() {
        let text = text_of(tree, addr);
        return (!text.is_empty()).then_some(text);
    }
    Some(lines.join(", "))
}

/// A telecom address: `tél. 01 44 53 45 51 (domicile)`, `mél. x@y.fr`.
pub fn telecom(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let value = one_line(tree.peek(id, "value")?);
    let usage = tree
        .peek(id, "use")
        .and_then(|u| u.split_ascii_whitespace().find_map(telecom_use));
    let (scheme, rest) = value.split_once(':').unwrap_or(("", &value));
    let text = match scheme.to_ascii_lowercase().as_str() {
        _ if rest.trim().is_empty() => return None,
        "tel" => format!("tél. {}", phone(rest)),
        "fax" => format!("fax {}", phone(rest)),
        "mailto" => format!("mél. {rest}"),
        _ => value.clone(),
    };
    Some(match usage {
        Some(usage) => format!("{text} ({usage})"),
        None => text,
    })
}

fn telecom_use(code: &str) -> Option<&'static str> {
    Some(match code {
        "H" | "HP" => "domicile",
        "HV" => "vacances",
        "WP" => "travail",
        "DIR" => "ligne directe",
        "PUB" => "standard",
        "EC" => "urgence",
        "MC" => "mobile",
        _ => return None,
    })
}

/// A French number in pairs, another one as it stands.
fn phone(text: &str) -> String {
    let text = text.trim();
    let national: String = text.chars().filter(|c| !" -.".contains(*c)).collect();
    if let Some(rest) = national.strip_prefix("+33")
        && rest.len() == 9
        && !rest.starts_with('0')
    {
        return phone(&format!("0{rest}"));
    }
    let text = if national.len() == 10 {
        &national
    } else {
        text
    };
    if text.len() == 10 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()) {
        let pairs: Vec<&str> = (0..5).filter_map(|i| text.get(2 * i..2 * i + 2)).collect();
        return pairs.join("\u{A0}");
    }
    text.to_owned()
}

/// An identifier (`II`) as a label and a value.
pub fn identifier(tree: &Tree<'_>, id: NodeId) -> Option<(String, String)> {
    let root = tree.peek(id, "root").unwrap_or_default().trim();
    let extension = one_line(tree.peek(id, "extension").unwrap_or_default());
    if extension.is_empty() {
        return (!root.is_empty()).then(|| ("Identifiant".to_owned(), root.to_owned()));
    }
    let tail = |from: usize| extension.get(from..).unwrap_or_default().to_owned();
    Some(match (root, extension.as_bytes().first()) {
        ("1.2.250.1.71.4.2.1", Some(b'8')) => ("RPPS".to_owned(), tail(1)),
        ("1.2.250.1.71.4.2.1", Some(b'0')) => ("ADELI".to_owned(), tail(1)),
        ("1.2.250.1.71.4.2.1", _) => ("Identifiant national".to_owned(), extension),
        ("1.2.250.1.71.4.2.2", Some(b'1')) => ("FINESS".to_owned(), tail(1)),
        ("1.2.250.1.71.4.2.2", Some(b'2')) => ("SIREN".to_owned(), tail(1)),
        ("1.2.250.1.71.4.2.2", Some(b'3')) => ("SIRET".to_owned(), tail(1)),
        ("1.2.250.1.71.4.2.2", _) => ("Identifiant national".to_owned(), extension),
        ("1.2.250.1.161.1.20.1.1", _) => ("Identifiant du DSRC (RRC)".to_owned(), extension),
        ("1.2.250.1.161.1.20.2.1", _) => ("Identifiant du 3C".to_owned(), extension),
        ("1.2.250.1.161.1.20.3.1", _) => ("Identifiant de la RCP".to_owned(), extension),
        ("", _) => ("Identifiant".to_owned(), extension),
        _ => (
            "Identifiant".to_owned(),
            format!("{extension} (domaine {root})"),
        ),
    })
}

/// What a patient identifier of the INS realm is, by its OID (CI-SIS, volet
/// Structuration minimale): name, and true for production.
pub fn ins_kind(oid: &str) -> Option<(&'static str, bool)> {
    Some(match oid {
        "1.2.250.1.213.1.4.8" => ("INS-NIR", true),
        "1.2.250.1.213.1.4.9" => ("INS-NIA", true),
        "1.2.250.1.213.1.4.10" => ("INS-NIR de test", false),
        "1.2.250.1.213.1.4.11" => ("INS-NIR de démonstration", false),
        _ => return None,
    })
}

/// A matricule in groups: `2 79 03 51 215 189 89`.
pub fn matricule(value: &str) -> String {
    if value.len() != 15 || !value.is_ascii() {
        return value.to_owned();
    }
    let cuts = [0, 1, 3, 5, 7, 10, 13, 15];
    let groups: Vec<&str> = cuts
        .windows(2)
        .filter_map(|w| value.get(w[0]..w[1]))
        .collect();
    groups.join("\u{A0}")
}

/// What a participant is, by the type of participation, the function and the
/// kind of document (LOINC).
pub fn participant_role(type_code: &str, function: &str, document: &str) -> Option<&'static str> {
    let rcp = document == "34794-8";
    Some(match (type_code, function) {
        ("INF", "PCP") => "Médecin traitant",
        ("RESP", "ADMPHYS") => "Responsable de l'admission",
        ("RESP", "DISPHYS") => "Responsable de la sortie",
        ("RESP", _) if rcp => "Coordonnateur de la RCP",
        ("RESP", _) => "Coordonnateur ou responsable",
        ("REFB", _) => "Demandeur",
        ("REF", _) => "Prescripteur ou praticien adressant",
        ("REFT", _) => "Adressé à",
        ("PRF", "353") if rcp => "Participant du quorum",
        ("PRF", "CORRE") if rcp => "Participant hors quorum",
        ("PRF", "") if rcp => "Présentateur",
        ("PRF", "353") => "Membre de l'équipe de soins",
        ("PRF", "CORRE") => "Correspondant",
        ("PRF", "PRELV") => "Préleveur",
        ("PRF", "ATTPHYS") => "Référent du patient dans la structure",
        ("PRF", "") => "Exécutant",
        ("CON", _) => "Correspondant",
        ("VRF", _) => "Validateur",
        ("INF", "CORRE") => "Correspondant",
        ("INF", "") => "Informateur",
        ("ENT", _) => "Opérateur de saisie",
        ("DEV", _) => "Dispositif",
        ("HLD", _) => "Titulaire de la couverture sociale",
        _ => return None,
    })
}

/// What a related person is to the document, by `classCode`.
pub fn related_role(class_code: &str) -> &'static str {
    match class_code {
        "ECON" => "Personne à prévenir en cas d'urgence",
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

/// What is said when a document has no body that can be read.
pub const NO_BODY: &str = "Le corps du document n'est pas lisible.";

/// What is said in place of a body that is a file of another kind.
pub fn file_notice(media_type: &str, bytes: usize) -> String {
    let kind = match media_type {
        "application/pdf" => "PDF",
        other => other,
    };
    let size = bytes.div_ceil(1024);
    format!(
        "Ce document est un fichier {kind} de {size}\u{A0}Kio. \
         Il n'est pas reproduit ici : ouvrez le fichier joint au document."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_as_precise_as_written() {
        assert_eq!(moment("2019"), "2019");
        assert_eq!(moment("201902"), "02/2019");
        assert_eq!(moment("20190218"), "18/02/2019");
        assert_eq!(moment("20190218094914+0100"), "18/02/2019 à 09:49");
        assert_eq!(moment("201902180949"), "18/02/2019 à 09:49");
        assert_eq!(moment("20190218094914.123+0100"), "18/02/2019 à 09:49");
        assert_eq!(moment("hier"), "hier");
        assert_eq!(moment("2019021"), "2019021");
        assert_eq!(moment("é019"), "é019");
    }

    #[test]
    fn phones_and_matricules_in_groups() {
        assert_eq!(phone("0144534551").replace('\u{A0}', " "), "01 44 53 45 51");
        assert_eq!(phone("+33-142515151"), phone("01 42.51.51 51"));
        assert_eq!(phone("+32-42515151"), "+32-42515151");
        assert_eq!(
            matricule("279035121518989").replace('\u{A0}', " "),
            "2 79 03 51 215 189 89"
        );
        assert_eq!(matricule("2790"), "2790");
    }

    #[test]
    fn lines_fold_but_keep_no_break_spaces() {
        assert_eq!(one_line("  a\n\t b\u{A0}c "), "a b\u{A0}c");
    }
}
