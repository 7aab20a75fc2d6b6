//! Opaque keys as dense numbers: each text is kept once, in one buffer.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// The number of an absent key.
pub(crate) const NONE: u32 = u32::MAX;

/// A set of texts, each with the number of its first arrival.
///
/// The hash has a fixed seed, so the same additions give the same numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    text: String,
    /// End of each text in `text`; the start is the end of the one before.
    ends: Vec<usize>,
    table: HashTable<u32>,
}

fn hash(text: &str) -> u64 {
    FixedState::with_seed(0x0dcc).hash_one(text)
}

fn slice<'a>(text: &'a str, ends: &[usize], symbol: u32) -> &'a str {
    let i = symbol as usize;
    let start = if i == 0 { 0 } else { ends[i - 1] };
    &text[start..ends[i]]
}

impl Interner {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a number given by this interner.
    pub(crate) fn get(&self, symbol: u32) -> &str {
        slice(&self.text, &self.ends, symbol)
    }

    pub(crate) fn get_opt(&self, symbol: u32) -> Option<&str> {
        (symbol != NONE).then(|| self.get(symbol))
    }

    /// The number of `key`, new or not.
    pub(crate) fn add(&mut self, key: &str) -> u32 {
        let (text, ends) = (&self.text, &self.ends);
        let next = ends.len() as u32;
        let entry = self.table.entry(
            hash(key),
            |&s| slice(text, ends, s) == key,
            |&s| hash(slice(text, ends, s)),
        );
        match entry {
            hashbrown::hash_table::Entry::Occupied(found) => *found.get(),
            hashbrown::hash_table::Entry::Vacant(place) => {
                place.insert(next);
                self.text.push_str(key);
                self.ends.push(self.text.len());
                next
            }
        }
    }

    pub(crate) fn add_opt(&mut self, key: Option<&str>) -> u32 {
        key.map_or(NONE, |k| self.add(k))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|s| self.get(s))
    }

    /// For each number, its rank in the alphabetical (byte) order, and the
    /// numbers in that order.
    pub(crate) fn ranks(&self) -> (Vec<u32>, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_unstable_by(|&a, &b| self.get(a).cmp(self.get(b)));
        let mut rank = vec![0; order.len()];
        for (r, &s) in order.iter().enumerate() {
            rank[s as usize] = r as u32;
        }
        (rank, order)
    }

    /// The number here of each number of `other`, its texts being added.
    pub(crate) fn absorb(&mut self, other: &Interner) -> Vec<u32> {
        other.iter().map(|key| self.add(key)).collect()
    }
}
