//! Names of persons and organisations (`PN`, `ON`, `EN`).

use crate::{interval, parts};
use dcc_base::problem::Problems;
use dcc_xml::tree::{NodeId, Tree};

/// What a name is for, by a code of `use` (HL7 EntityNameUse), in French.
pub fn name_use(code: &str) -> Option<&'static str> {
    Some(match code {
        "L" => "nom légal",
        "OR" => "nom officiel",
        "P" => "pseudonyme",
        "A" => "nom d’artiste",
        "R" => "nom religieux",
        "I" => "nom tribal",
        "C" => "nom d’exercice",
        "ASGN" => "nom attribué",
        "SRCH" | "SNDX" | "PHON" => "nom de recherche",
        "ABC" => "écriture alphabétique",
        "SYL" => "écriture syllabique",
        "IDE" => "écriture idéographique",
        _ => return None,
    })
}

/// The uses of a name, in French; a code that is not known stands as written.
pub fn uses(tree: &Tree<'_>, name: NodeId) -> Vec<String> {
    tree.peek(name, "use")
        .unwrap_or_default()
        .split_ascii_whitespace()
        .map(|code| name_use(code).map_or_else(|| format!("usage {code}"), str::to_owned))
        .collect()
}

/// When a name is valid (`validTime`).
pub fn validity(tree: &Tree<'_>, name: NodeId, problems: &mut Problems) -> Option<String> {
    interval::child(tree, name, "validTime", problems)
}

/// A person's name as addressed: `Dr Charles MULLER`, `Mme Jeanne NESSI`.
///
/// A name made of `prefix`, `given`, `family`, `suffix` alone is put in the
/// order of speech; the title of a physician (suffix `DR`, `PR`, as in the
/// CI-SIS) is said in place of the civility (`M`, `MME`, `MLLE`). Any other
/// content (text between the parts, `delimiter`) is given whole in its own order.
pub fn person(tree: &Tree<'_>, name: NodeId) -> Option<String> {
    let all = parts::parts(tree, name);
    let is_plain = all.iter().all(|p| {
        matches!(
            p.name,
            "prefix" | "given" | "family" | "suffix" | "validTime"
        )
    });
    if !is_plain {
        return Some(parts::in_order(tree, name)).filter(|t| !t.is_empty());
    }
    let of = |kind: &'static str| all.iter().filter(move |p| p.name == kind).map(|p| &*p.text);
    let (titles, others): (Vec<_>, Vec<_>) = of("suffix").partition(|t| is_title(t));
    let mut words: Vec<String> = Vec::new();
    words.extend(
        of("prefix")
            .filter(|p| titles.is_empty() || !is_civility(p))
            .map(word),
    );
    words.extend(titles.into_iter().map(word));
    words.extend(of("given").map(str::to_owned));
    words.extend(of("family").map(str::to_owned));
    words.extend(others.into_iter().map(str::to_owned));
    (!words.is_empty()).then(|| words.join(" "))
}

/// Every `name` below a person, each for itself, with its use and its
/// validity: `Zélie FICTIF (nom légal) ; Lola PSEUDO (pseudonyme)`. The use of
/// a name that stands alone is said unless it is the legal one.
pub fn people(tree: &Tree<'_>, person_of: NodeId, problems: &mut Problems) -> Option<String> {
    let names: Vec<(NodeId, String)> = tree
        .elements(person_of, "name")
        .filter_map(|n| person(tree, n).map(|text| (n, text)))
        .collect();
    let alone = names.len() == 1;
    let shown: Vec<String> = names
        .into_iter()
        .map(|(node, text)| {
            let mut notes = uses(tree, node);
            if alone {
                notes.retain(|note| note != "nom légal");
            }
            notes.extend(validity(tree, node, problems));
            match notes.is_empty() {
                true => text,
                false => format!("{text} ({})", notes.join(", ")),
            }
        })
        .collect();
    (!shown.is_empty()).then(|| shown.join(" ; "))
}

/// The names of an organisation, all their text in order.
pub fn organization(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let names: Vec<String> = tree
        .elements(id, "name")
        .map(|n| parts::in_order(tree, n))
        .filter(|t| !t.is_empty())
        .collect();
    (!names.is_empty()).then(|| names.join(" ; "))
}

fn bare(text: &str) -> String {
    text.trim_end_matches('.').to_uppercase()
}

fn is_title(text: &str) -> bool {
    matches!(bare(text).as_str(), "DR" | "PR")
}

fn is_civility(text: &str) -> bool {
    matches!(bare(text).as_str(), "M" | "MR" | "MME" | "MLLE")
}

/// Civilities and titles in their French abbreviation.
fn word(text: &str) -> String {
    match bare(text).as_str() {
        "DR" => "Dr",
        "PR" => "Pr",
        "M" | "MR" => "M.",
        "MME" => "Mme",
        "MLLE" => "Mlle",
        _ => text,
    }
    .to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use dcc_xml::tree::Limits;

    fn shown(inner: &str) -> String {
        let xml = format!("<p xmlns='urn:hl7-org:v3'>{inner}</p>");
        let tree = Tree::parse(&xml, &Limits::default()).unwrap();
        people(&tree, tree.root(), &mut Problems::new()).unwrap()
    }

    #[test]
    fn each_name_stands_for_itself_with_its_use() {
        assert_eq!(
            shown(
                "<name use='L'><given>Zélie</given><family>FICTIF</family></name>\
                 <name use='P'><given>Lola</given><family>PSEUDO</family></name>"
            ),
            "Zélie FICTIF (nom légal) ; Lola PSEUDO (pseudonyme)"
        );
        assert_eq!(
            shown("<name use='L'><family>FICTIF</family><given>Zélie</given></name>"),
            "Zélie FICTIF"
        );
    }

    #[test]
    fn no_text_of_a_name_is_left_out() {
        assert_eq!(
            shown("<name>Docteur <given>Éloi</given> de <family>TESTARD</family> (interne)</name>"),
            "Docteur Éloi de TESTARD (interne)"
        );
        assert_eq!(
            shown(
                "<name><prefix>Mme</prefix><given>A</given><family>B</family><suffix>MPH</suffix></name>"
            ),
            "Mme A B MPH"
        );
        assert_eq!(
            shown(
                "<name><family>B</family><given>A</given><prefix>M</prefix><suffix>DR</suffix></name>"
            ),
            "Dr A B"
        );
        assert_eq!(
            shown(
                "<name><given>A</given><family>B</family><validTime><low value='2019'/></validTime></name>"
            ),
            "A B (2019)"
        );
    }
}
