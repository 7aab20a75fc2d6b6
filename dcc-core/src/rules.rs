//! Every rule the library can say is broken: the catalogue of codes.

use crate::problem::Rule;

/// The rules of every concept, in the order of the crate map.
pub fn catalogue() -> impl Iterator<Item = &'static Rule> {
    let tables: &[&'static [&'static Rule]] = &[
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
        #[cfg(feature = "directory")]
        crate::directory::rules::RULES,
        #[cfg(feature = "directory")]
        dcc_directory::rules::RULES,
        #[cfg(any(feature = "html", feature = "pdf"))]
        crate::render::rules::RULES,
    ];
    crate::document::RULES
        .iter()
        .chain(tables)
        .copied()
        .flatten()
        .copied()
        .collect::<Vec<_>>()
        .into_iter()
}

/// Problems that a host stored as JSON, read back: for a field of its own,
/// `#[serde(with = "dcc_core::rules::stored")]`.
pub mod stored {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::problem::{Problem, Problems, Severity};

    #[derive(Deserialize)]
    struct Stored {
        path: String,
        code: String,
        severity: String,
        message: String,
        found: Option<String>,
        #[serde(default)]
        allowed: Vec<String>,
    }

    /// Writes problems as serde does.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn serialize<S: Serializer>(problems: &Problems, sink: S) -> Result<S::Ok, S::Error> {
        problems.serialize(sink)
    }

    /// Reads problems that this library, or an older one, wrote.
    ///
    /// # Errors
    /// Those of the source; a code that no rule of this version has.
    pub fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Problems, D::Error> {
        let stored = Vec::<Stored>::deserialize(source)?;
        let problem = |s: Stored| {
            let rule = super::rule(&s.code)
                .ok_or_else(|| D::Error::custom(format!("code inconnu : {}", s.code)))?;
            let mut problem = Problem::new(rule, s.path)
                .message(s.message)
                .allowed(s.allowed);
            problem.found = s.found;
            problem.severity = match s.severity.as_str() {
                "warning" => Severity::Warning,
                _ => Severity::Blocking,
            };
            Ok(problem)
        };
        stored.into_iter().map(problem).collect()
    }
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
    fn stored_problems_are_read_back() {
        use crate::problem::{Problem, Problems};

        #[derive(serde::Serialize, serde::Deserialize)]
        struct Job {
            #[serde(with = "super::stored")]
            problems: Problems,
        }
        let problems: Problems = catalogue()
            .enumerate()
            .map(|(i, rule)| match i % 2 {
                0 => Problem::new(rule, "/a").found(i).allowed(["b", "c"]),
                _ => Problem::new(rule, "").message("autre"),
            })
            .collect();
        let job = Job { problems };
        let text = serde_json::to_string(&job).unwrap_or_default();
        let read: Job = serde_json::from_str(&text).expect("problems");
        assert_eq!(read.problems, job.problems);
        let foreign = text.replace("INS-CLE", "INS-AUTRE");
        assert!(serde_json::from_str::<Job>(&foreign).is_err());
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
