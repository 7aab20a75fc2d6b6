//! Every rule the library can say is broken: the catalogue of codes.

use crate::problem::Rule;

/// The rules of every concept, in the order of the crate map.
pub fn catalogue() -> impl Iterator<Item = &'static Rule> {
    let tables: &[&'static [&'static Rule]] = &[
        crate::fiche_rcp::rules::RULES,
        crate::pps::rules::RULES,
        crate::ppac::rules::RULES,
        crate::cr_acp::rules::RULES,
        crate::unstructured::rules::RULES,
        crate::model::rules::RULES,
        crate::model::pdf::rules::RULES,
        crate::model::json::RULES,
        crate::cda::rules::RULES,
        crate::xml::rules::RULES,
        crate::terminology::rules::RULES,
        crate::identity::rules::RULES,
        crate::supportive_care::rules::RULES,
        crate::rcp::rules::RULES,
        crate::indicators::rules::RULES,
        crate::indicators::export::rules::RULES,
        #[cfg(any(feature = "html", feature = "pdf"))]
        crate::render::rules::RULES,
    ];
    tables
        .iter()
        .copied()
        .flatten()
        .copied()
        .collect::<Vec<_>>()
        .into_iter()
}

/// The rule of a code, written exactly; none when no rule has it.
pub fn rule(code: &str) -> Option<&'static Rule> {
    catalogue().find(|rule| rule.code == code)
}

/// The five codes that look most like `code`, whatever its case, nearest
/// first; those as near as each other in alphabetical order.
pub fn nearest(code: &str) -> Vec<&'static str> {
    let wanted = code.trim().to_uppercase();
    let mut codes: Vec<(f64, &'static str)> = catalogue()
        .map(|rule| (strsim::jaro_winkler(&wanted, rule.code), rule.code))
        .collect();
    codes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    codes.into_iter().take(5).map(|(_, code)| code).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{catalogue, nearest, rule};

    #[test]
    fn a_code_is_found_and_a_wrong_one_has_neighbours() {
        for known in catalogue() {
            assert_eq!(rule(known.code), Some(known));
            assert_eq!(nearest(known.code)[0], known.code);
        }
        for wrong in ["INS-CLÉ", "ins-cle", " INS-CLE", "INS_CLE", "INS-CEL"] {
            assert_eq!(rule(wrong), None);
            assert_eq!(nearest(wrong)[0], "INS-CLE", "{wrong}");
        }
        assert_eq!(rule(""), None);
        assert_eq!(nearest("").len(), 5);
    }

    #[test]
    fn a_code_is_stated_once() {
        let mut seen = BTreeSet::new();
        for rule in catalogue() {
            assert!(seen.insert(rule.code), "{} is stated twice", rule.code);
            assert!(
                !rule.text.is_empty() && !rule.source.is_empty(),
                "{}",
                rule.code
            );
        }
        assert!(seen.len() > 150);
    }
}
