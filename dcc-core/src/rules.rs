//! Every rule the library can say is broken: the catalogue of codes.

use crate::problem::Rule;

/// The rules of every concept, in the order of the crate map.
pub fn catalogue() -> impl Iterator<Item = &'static Rule> {
    let tables: &[&'static [&'static Rule]] = &[
        crate::fiche_rcp::rules::RULES,
        crate::pps::rules::RULES,
        crate::ppac::rules::RULES,
        crate::cr_acp::rules::RULES,
        crate::level1::rules::RULES,
        crate::model::rules::RULES,
        crate::model::json::RULES,
        crate::cda::rules::RULES,
        crate::xml::rules::RULES,
        crate::terminology::rules::RULES,
        crate::identity::rules::RULES,
        crate::supportive_care::rules::RULES,
        crate::rcp::rules::RULES,
        crate::indicators::rules::RULES,
        crate::export::rules::RULES,
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::catalogue;

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
