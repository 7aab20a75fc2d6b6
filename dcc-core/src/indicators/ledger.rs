//! The problems of the facts, kept with the line they come from.

use crate::problem::{Problem, Problems, Rule};

use super::facts::Origin;

/// One problem and its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) source: String,
    pub(super) line: u32,
    pub(super) problem: Problem,
}

/// Problems in any order; read in the order of the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger(pub(super) Vec<Entry>);

impl Ledger {
    pub(super) fn add(
        &mut self,
        origin: Origin<'_>,
        rule: &'static Rule,
        change: impl FnOnce(Problem) -> Problem,
    ) {
        self.push(origin, change(Problem::new(rule, origin.path())));
    }

    pub(super) fn push(&mut self, origin: Origin<'_>, problem: Problem) {
        self.0.push(Entry {
            source: origin.source.to_owned(),
            line: origin.line,
            problem,
        });
    }

    /// Sorted by source, line, then content: the order of arrival is lost.
    pub(super) fn sort(&mut self) {
        self.0.sort_by(|a, b| {
            let key = |e: &Entry| {
                (
                    e.problem.code,
                    e.problem.message.clone(),
                    e.problem.found.clone(),
                    e.problem.allowed.clone(),
                )
            };
            (&a.source, a.line)
                .cmp(&(&b.source, b.line))
                .then_with(|| key(a).cmp(&key(b)))
        });
    }

    pub(super) fn into_problems(mut self) -> Problems {
        self.sort();
        self.0.into_iter().map(|e| e.problem).collect()
    }
}
