//! Postal addresses (`AD`).

use crate::{interval, parts};
use dcc_base::problem::Problems;
use dcc_xml::tree::{NodeId, Tree};

/// Parts that follow each other on one line.
#[derive(PartialEq, Eq)]
enum Line {
    Street,
    City,
    Own,
}

fn line(name: &str) -> Line {
    match name {
        "houseNumber"
        | "houseNumberNumeric"
        | "buildingNumberSuffix"
        | "streetNameType"
        | "streetName"
        | "streetNameBase"
        | "direction" => Line::Street,
        "postalCode" | "city" => Line::City,
        _ => Line::Own,
    }
}

/// Place of a part on its line: `25` before `Rue Pasteur`, `75007` before
/// `PARIS`, however the document has them.
fn rank(name: &str) -> u8 {
    match name {
        "houseNumber" | "houseNumberNumeric" | "postalCode" => 0,
        "buildingNumberSuffix" => 1,
        "streetNameType" => 2,
        "direction" => 4,
        _ => 3,
    }
}

/// What an address is for, when it is not simply where one lives or works.
fn notable_use(code: &str) -> Option<&'static str> {
    Some(match code {
        "TMP" => "temporaire",
        "HV" => "vacances",
        "BAD" => "adresse erronée",
        "CONF" => "confidentielle",
        _ => return None,
    })
}

/// An address on one line, all its text in the order of the document, the parts
/// of the street and those of the city as on an envelope:
/// `28 Avenue de Breteuil, Escalier A, 75007 PARIS, FRANCE`, followed by its
/// use when that matters (temporary, wrong) and its period.
pub fn french(tree: &Tree<'_>, addr: NodeId, problems: &mut Problems) -> Option<String> {
    let mut out = String::new();
    let mut before = Line::Own;
    let mut all = parts::parts(tree, addr);
    for run in all.chunk_by_mut(|a, b| line(a.name) == line(b.name)) {
        if line(run[0].name) != Line::Own {
            run.sort_by_key(|part| rank(part.name));
        }
    }
    for part in all {
        if part.name == "useablePeriod" {
            continue;
        }
        if part.name == "delimiter" && part.text.is_empty() {
            before = Line::Own;
            continue;
        }
        let now = line(part.name);
        let separator = if now == before && now != Line::Own {
            " "
        } else {
            ", "
        };
        parts::push(&mut out, &part, separator);
        before = now;
    }
    if out.is_empty() {
        return None;
    }
    let mut notes: Vec<String> = tree
        .peek(addr, "use")
        .unwrap_or_default()
        .split_ascii_whitespace()
        .filter_map(notable_use)
        .map(str::to_owned)
        .collect();
    for period in tree.elements(addr, "useablePeriod") {
        notes.extend(interval::french(tree, period, problems));
    }
    if !notes.is_empty() {
        out.push_str(&format!(" ({})", notes.join(", ")));
    }
    Some(out)
}

/// The addresses below an element.
pub fn all(tree: &Tree<'_>, id: NodeId, problems: &mut Problems) -> Vec<String> {
    tree.elements(id, "addr")
        .filter_map(|a| french(tree, a, problems))
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use dcc_xml::tree::Limits;

    fn shown(attributes: &str, inner: &str) -> String {
        let xml = format!("<addr xmlns='urn:hl7-org:v3'{attributes}>{inner}</addr>");
        let tree = Tree::parse(&xml, &Limits::default()).unwrap();
        french(&tree, tree.root(), &mut Problems::new()).unwrap()
    }

    #[test]
    fn every_part_is_given_in_its_order() {
        assert_eq!(
            shown(
                "",
                "<houseNumber>28</houseNumber><streetNameType>Avenue</streetNameType>\
                 <streetName>de Breteuil</streetName><unitID>Escalier A</unitID>\
                 <postalCode>75007</postalCode><city>PARIS</city><country>FRANCE</country>"
            ),
            "28 Avenue de Breteuil, Escalier A, 75007 PARIS, FRANCE"
        );
        assert_eq!(
            shown(
                "",
                "<streetName>Rue Pasteur</streetName><houseNumber>25</houseNumber><city>V</city>"
            ),
            "25 Rue Pasteur, V"
        );
        assert_eq!(
            shown(
                " use='TMP'",
                "12 bis impasse des Épreuves, <postalCode>99999</postalCode> <city>ESSAIVILLE</city> cedex"
            ),
            "12 bis impasse des Épreuves, 99999 ESSAIVILLE, cedex (temporaire)"
        );
        for part in [
            "careOf",
            "deliveryAddressLine",
            "deliveryInstallationType",
            "deliveryMode",
            "postBox",
            "precinct",
            "direction",
            "unitType",
            "additionalLocator",
            "censusTract",
            "county",
            "state",
        ] {
            let one = format!("<{part}>Un</{part}><{part}>Deux</{part}><city>V</city>");
            let text = shown("", &one);
            assert!(
                text.contains("Un") && text.contains("Deux"),
                "{part}: {text}"
            );
        }
    }
}
