//! The problems of one source: the first of each code, then their number.

use std::collections::BTreeMap;

use dcc_base::problem::{Problem, Problems, Rule};
pub(crate) use dcc_base::text::clip;

use crate::rules;

/// A bounded list of problems.
pub(crate) struct Ledger {
    limit: usize,
    problems: Problems,
    counts: BTreeMap<&'static str, usize>,
    /// Lines that were not read.
    pub(crate) refused: u64,
}

impl Ledger {
    /// Keeps `limit` problems of each code.
    pub(crate) fn new(limit: usize) -> Self {
        Ledger {
            limit,
            problems: Problems::new(),
            counts: BTreeMap::new(),
            refused: 0,
        }
    }

    /// Adds a problem; `of` is not called once the code has its number.
    pub(crate) fn add(&mut self, rule: &'static Rule, of: impl FnOnce() -> Problem) {
        let count = self.counts.entry(rule.code).or_default();
        *count += 1;
        if *count <= self.limit {
            self.problems.push(of());
        }
    }

    /// Adds a problem of a line.
    pub(crate) fn line(&mut self, rule: &'static Rule, line: u64, found: &str) {
        self.add(rule, || {
            let problem = Problem::new(rule, at_line(line));
            if found.is_empty() {
                problem
            } else {
                problem.found(clip(found))
            }
        });
    }

    /// Adds a problem of a line that is not read.
    pub(crate) fn refuse(&mut self, rule: &'static Rule, line: u64, found: &str) {
        self.refused += 1;
        self.line(rule, line, found);
    }

    /// Adds problems that a check found.
    pub(crate) fn extend(&mut self, problems: Problems) {
        for problem in problems {
            let count = self.counts.entry(problem.code).or_default();
            *count += 1;
            if *count <= self.limit {
                self.problems.push(problem);
            }
        }
    }

    /// The problems, and for each code that has more, how many.
    pub(crate) fn close(mut self) -> Problems {
        for (code, count) in self.counts {
            if count > self.limit {
                let more = format!(
                    "{} autres problèmes {code} ne sont pas détaillés",
                    count - self.limit
                );
                self.problems
                    .push(Problem::new(&rules::MORE, "").message(more));
            }
        }
        self.problems
    }
}

/// The path of a line.
pub(crate) fn at_line(line: u64) -> String {
    format!("ligne {line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_bounded_and_says_so() {
        let mut ledger = Ledger::new(2);
        for line in 1..=5 {
            ledger.refuse(&rules::CELLS, line, "x");
        }
        ledger.line(&rules::ID_PARTS, 9, "");
        assert_eq!(ledger.refused, 5);
        let problems = ledger.close();
        let shown: Vec<String> = problems
            .iter()
            .map(|p| format!("{} {}", p.code, p.path))
            .collect();
        assert_eq!(
            shown,
            [
                "ANNUAIRE-CELLULES ligne 1",
                "ANNUAIRE-CELLULES ligne 2",
                "ANNUAIRE-IDENTIFIANT-PARTIES ligne 9",
                "ANNUAIRE-SUITE "
            ]
        );
        assert!(
            problems
                .iter()
                .last()
                .is_some_and(|p| p.message.starts_with("3 autres"))
        );
    }
}
