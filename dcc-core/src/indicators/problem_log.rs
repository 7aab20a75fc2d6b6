//! The problems of the facts, kept with the line they come from.

use crate::facts::Origin;
use crate::problem::{Problem, Problems, Rule};

/// One problem and its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) source: String,
    pub(super) line: u32,
    pub(super) problem: Problem,
}

/// Problems in any order; read in the order of the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ProblemLog(Vec<Entry>);

impl ProblemLog {
    /// Notes a breach of `rule`.
    pub(super) fn add(
        &mut self,
        origin: Origin<'_>,
        rule: &'static Rule,
        change: impl FnOnce(Problem) -> Problem,
    ) {
        self.push(Entry {
            source: origin.source.to_owned(),
            line: origin.line,
            problem: change(Problem::new(rule, origin.path())),
        });
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.0.push(entry);
    }

    pub(super) fn append(&mut self, other: ProblemLog) {
        self.0.extend(other.0);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// By source, line, then content: the order of arrival is lost.
    pub(super) fn sorted(mut self) -> Vec<Entry> {
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
        self.0
    }

    pub(super) fn into_problems(self) -> Problems {
        self.sorted().into_iter().map(|e| e.problem).collect()
    }
}
