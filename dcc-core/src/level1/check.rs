//! Every problem of a document at level 1.

use super::{LevelOne, pdf, rules};
use crate::problem::{Problem, Problems};
use crate::terminology::Terminology;

impl LevelOne {
    /// Every problem of the document.
    pub fn check(&self) -> Problems {
        self.check_with(Terminology::embedded())
    }

    /// As [`LevelOne::check`], with other value sets.
    pub fn check_with(&self, _terminology: &Terminology) -> Problems {
        let mut problems = Problems::new();
        if self.code.is_none() {
            problems.push(Problem::new(&rules::TYPE, "/code"));
        }
        pdf::check(&self.pdf, "/pdf", &mut problems);
        problems
    }
}
