//! The notes of a body and their numbers.

use std::collections::{HashMap, HashSet};

/// The notes of a body that are called, numbered in the order of the notes.
#[derive(Default)]
pub(super) struct Footnotes<'t> {
    notes: Vec<&'t str>,
    calls: HashSet<&'t str>,
    marks: HashMap<&'t str, usize>,
}

impl<'t> Footnotes<'t> {
    pub(super) fn note(&mut self, id: Option<&'t str>) {
        self.notes.extend(id.map(str::trim));
    }

    pub(super) fn call(&mut self, id: Option<&'t str>) {
        self.calls
            .extend(id.map(|id| id.trim().trim_start_matches('#')));
    }

    pub(super) fn number(&mut self) {
        for id in &self.notes {
            let next = self.marks.len() + 1;
            if self.calls.contains(id) {
                self.marks.entry(id).or_insert(next);
            }
        }
    }

    pub(super) fn mark(&self, id: &str) -> Option<usize> {
        self.marks.get(id.trim().trim_start_matches('#')).copied()
    }
}
