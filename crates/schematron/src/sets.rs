//! Sets of strings and of pairs of strings that value sets give once and for all.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// A set of pairs; a set of strings has empty second members.
#[derive(Debug, Default)]
pub(crate) struct StringSet {
    /// Numbers of the documents that the set comes from.
    pub(crate) documents: Vec<u32>,
    entries: Vec<(String, String)>,
    table: HashTable<u32>,
}

fn hash(pair: (&str, &str)) -> u64 {
    FixedState::default().hash_one(pair)
}

impl StringSet {
    pub(crate) fn new(documents: Vec<u32>) -> Self {
        StringSet {
            documents,
            ..StringSet::default()
        }
    }

    pub(crate) fn insert(&mut self, a: &str, b: &str) {
        if self.contains(a, b) {
            return;
        }
        let at = self.entries.len() as u32;
        self.entries.push((a.to_owned(), b.to_owned()));
        let entries = &self.entries;
        self.table.insert_unique(hash((a, b)), at, |&i| {
            let (a, b) = &entries[i as usize];
            hash((a, b))
        });
    }

    pub(crate) fn contains(&self, a: &str, b: &str) -> bool {
        self.table
            .find(hash((a, b)), |&i| {
                let (x, y) = &self.entries[i as usize];
                x == a && y == b
            })
            .is_some()
    }

    pub(crate) fn entries(&self) -> &[(String, String)] {
        &self.entries
    }
}
