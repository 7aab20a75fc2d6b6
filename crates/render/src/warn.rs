//! The warnings of a page, in bounded number.

use std::collections::HashMap;

use dcc_base::problem::{Problem, Problems, Rule};

/// Most warnings of one rule; the others are counted.
const MAX: usize = 50;

/// Warnings gathered while a page is read.
#[derive(Default)]
pub(crate) struct Warnings {
    list: Vec<Problem>,
    counts: HashMap<&'static str, usize>,
    /// First problem of each rule that was only counted.
    more: Vec<Problem>,
}

impl Warnings {
    /// True while a warning of this rule is kept whole: its place need not be
    /// looked for otherwise.
    pub(crate) fn wants(&self, code: &str) -> bool {
        self.counts.get(code).is_none_or(|n| *n < MAX)
    }

    pub(crate) fn push(&mut self, problem: Problem) {
        let count = self.counts.entry(problem.code).or_default();
        *count += 1;
        if *count <= MAX {
            self.list.push(problem);
        } else if *count == MAX + 1 {
            self.more.push(problem);
        }
    }

    /// One more of a rule whose warnings are only counted now.
    pub(crate) fn count(&mut self, rule: &'static Rule) {
        self.push(Problem::new(rule, ""));
    }

    pub(crate) fn finish(self) -> Problems {
        let mut list = self.list;
        for mut problem in self.more {
            let count = self.counts.get(problem.code).copied().unwrap_or_default();
            problem.found = Some(format!("{} autres cas", count - MAX));
            list.push(problem);
        }
        list.into()
    }
}
