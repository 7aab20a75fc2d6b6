//! Telephone, mail and other addresses of communication (`TEL`).

use crate::{interval, parts};
use dcc_base::problem::Problems;
use dcc_xml::tree::{NodeId, Tree};

/// A telecom address: `tél. 01 44 53 45 51 (domicile)`, `mél. x@y.fr`.
pub fn french(tree: &Tree<'_>, id: NodeId, problems: &mut Problems) -> Option<String> {
    let value = parts::attribute(tree, id, "value")?;
    tree.mark(id);
    let mut notes: Vec<String> = tree
        .peek(id, "use")
        .and_then(|u| u.split_ascii_whitespace().find_map(usage))
        .map(str::to_owned)
        .into_iter()
        .collect();
    for period in tree.elements(id, "useablePeriod") {
        notes.extend(interval::french(tree, period, problems));
    }
    let (scheme, rest) = value.split_once(':').unwrap_or(("", &value));
    let text = match scheme.to_ascii_lowercase().as_str() {
        _ if rest.trim().is_empty() => return None,
        "tel" => format!("tél. {}", phone(rest)),
        "fax" => format!("fax {}", phone(rest)),
        "mailto" => format!("mél. {rest}"),
        _ => value.clone(),
    };
    Some(match notes.is_empty() {
        true => text,
        false => format!("{text} ({})", notes.join(", ")),
    })
}

/// The telecom addresses below an element.
pub fn all(tree: &Tree<'_>, id: NodeId, problems: &mut Problems) -> Vec<String> {
    tree.elements(id, "telecom")
        .filter_map(|t| french(tree, t, problems))
        .collect()
}

/// What an address is for (HL7 TelecommunicationAddressUse), in French.
pub fn usage(code: &str) -> Option<&'static str> {
    Some(match code {
        "H" | "HP" => "domicile",
        "HV" => "vacances",
        "WP" => "travail",
        "DIR" => "ligne directe",
        "PUB" => "standard",
        "EC" => "urgence",
        "MC" => "mobile",
        "BAD" => "erroné",
        "TMP" => "temporaire",
        _ => return None,
    })
}

/// A French number in pairs, another one as it stands.
pub fn phone(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_numbers_are_in_pairs() {
        assert_eq!(phone("0144534551").replace('\u{A0}', " "), "01 44 53 45 51");
        assert_eq!(phone("+33-142515151"), phone("01 42.51.51 51"));
        assert_eq!(phone("+32-42515151"), "+32-42515151");
    }
}
