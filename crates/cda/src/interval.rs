//! Intervals of time (`IVL_TS`, *période*), and any element that has a time.

use crate::{parts, ts};
use dcc_base::problem::Problems;
use dcc_xml::tree::{NodeId, Tree};

/// A time element in French: `TS` with `value`, or `IVL_TS` with `low`,
/// `high`, `center`, `width`. A bound that is no possible date is given as it
/// stands, and reported.
pub fn french(tree: &Tree<'_>, id: NodeId, problems: &mut Problems) -> Option<String> {
    tree.mark(id);
    if let Some(value) = ts::french(tree, id, problems) {
        return Some(value);
    }
    let mut bound = |name: &str| {
        tree.element(id, name)
            .and_then(|e| ts::french(tree, e, problems))
    };
    let (low, high, center) = (bound("low"), bound("high"), bound("center"));
    let width = tree.element(id, "width").and_then(|e| width(tree, e));
    let text = match (low, high) {
        (Some(low), Some(high)) if low == high => Some(low),
        (Some(low), Some(high)) => Some(format!("du {low} au {high}")),
        (Some(low), None) => Some(low),
        (None, Some(high)) => Some(format!("jusqu’au {high}")),
        (None, None) => center.clone(),
    };
    match (text, width) {
        (Some(text), Some(width)) => Some(format!("{text}, pendant {width}")),
        (None, Some(width)) => Some(format!("pendant {width}")),
        (text, None) => text,
    }
}

/// The time in the child named `name`.
pub fn child(tree: &Tree<'_>, id: NodeId, name: &str, problems: &mut Problems) -> Option<String> {
    tree.element(id, name)
        .and_then(|e| french(tree, e, problems))
}

/// A duration (`PQ`), its UCUM unit in French.
fn width(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    tree.mark(id);
    let value = parts::attribute(tree, id, "value")?;
    let many = value != "1";
    let unit = parts::attribute(tree, id, "unit").unwrap_or_default();
    let unit = match (unit.as_str(), many) {
        ("d", false) => "jour",
        ("d", true) => "jours",
        ("wk", false) => "semaine",
        ("wk", true) => "semaines",
        ("mo", _) => "mois",
        ("a", false) => "an",
        ("a", true) => "ans",
        (other, _) => other,
    };
    Some(format!("{value}\u{A0}{unit}").trim().to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use dcc_xml::tree::Limits;

    fn shown(inner: &str) -> (Option<String>, usize) {
        let xml = format!("<t xmlns='urn:hl7-org:v3'{inner}</t>");
        let tree = Tree::parse(&xml, &Limits::default()).unwrap();
        let mut problems = Problems::new();
        let text = french(&tree, tree.root(), &mut problems);
        (text.map(|t| t.replace('\u{A0}', " ")), problems.len())
    }

    #[test]
    fn every_bound_is_given() {
        for (inner, text, problems) in [
            (" value='2019'>", Some("2019"), 0),
            (
                "><low value='2019'/><high value='2020'/>",
                Some("du 2019 au 2020"),
                0,
            ),
            (
                "><low nullFlavor='UNK'/><high value='2020'/>",
                Some("jusqu’au 2020"),
                0,
            ),
            (
                "><low value='20250301'/><width value='3' unit='d'/>",
                Some("01/03/2025, pendant 3 jours"),
                0,
            ),
            (
                "><low value='2019-01'/><high value='20201301'/>",
                Some("du 2019-01 au 20201301"),
                2,
            ),
            (">", None, 0),
        ] {
            assert_eq!(shown(inner), (text.map(str::to_owned), problems), "{inner}");
        }
    }
}
