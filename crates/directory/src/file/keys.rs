//! A sorted column of numbers with a small tree above it (a static B-tree):
//! each level keeps the last number of every sixteen of the level below, so a
//! look-up reads one short run of memory per level.

use super::ints::{put_u32s, u32_at, u64_at};
use super::narrow::{self, Narrow};

const FAN: usize = 16;

/// Identifiers to rows: packed numbers first, then the texts that do not fit.
#[derive(Clone, Copy, Default)]
pub(crate) struct KeyTable<'a> {
    /// u64 column, ascending; a number may be there several times.
    pub(crate) keys: &'a [u8],
    /// Levels above `keys`, the lowest first.
    pub(crate) tree: &'a [u8],
    /// Narrow table of one cell, the row of each key; empty when the rows are the ranks.
    pub(crate) rows: &'a [u8],
    /// Pairs of u32: text and row, by ascending text.
    pub(crate) texts: &'a [u8],
}

fn level_sizes(keys: usize) -> impl Iterator<Item = usize> {
    let mut size = keys;
    std::iter::from_fn(move || {
        (size > FAN).then(|| {
            size = size.div_ceil(FAN);
            size
        })
    })
}

/// Writes the levels above `keys`.
pub(crate) fn put_tree(out: &mut Vec<u8>, keys: &[u64]) {
    let mut level = keys.to_vec();
    while level.len() > FAN {
        level = level
            .chunks(FAN)
            .filter_map(|block| block.last().copied())
            .collect();
        for key in &level {
            out.extend_from_slice(&key.to_le_bytes());
        }
    }
}

/// Writes a table from pairs in any order; texts are compared through `text`.
pub(crate) fn put_table<'t>(
    mut pairs: Vec<(u64, u32)>,
    mut texts: Vec<(u32, u32)>,
    text: impl Fn(u32) -> &'t [u8],
) -> [Vec<u8>; 4] {
    pairs.sort_unstable();
    pairs.dedup();
    texts.sort_unstable_by(|a, b| text(a.0).cmp(text(b.0)).then(a.1.cmp(&b.1)));
    texts.dedup();
    let keys: Vec<u64> = pairs.iter().map(|p| p.0).collect();
    let mut out = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    out[0] = keys.iter().flat_map(|k| k.to_le_bytes()).collect();
    put_tree(&mut out[1], &keys);
    out[2] = narrow::put(pairs.iter().map(|p| [p.1]));
    put_u32s(&mut out[3], texts.iter().flat_map(|t| [t.0, t.1]));
    out
}

impl<'a> KeyTable<'a> {
    /// True when the columns fit each other.
    pub(crate) fn is_sound(&self) -> bool {
        let keys = self.len();
        self.keys.len() % 8 == 0
            && self.tree.len() == level_sizes(keys).sum::<usize>() * 8
            && (self.rows.is_empty()
                || (Narrow::<1>::is_sound(self.rows) && Narrow::<1>::new(self.rows).len() == keys))
            && self.texts.len() % 8 == 0
    }

    /// Number of packed keys.
    pub(crate) fn len(&self) -> usize {
        self.keys.len() / 8
    }

    /// Rank of the first key that is not below `key`.
    pub(crate) fn lower_bound(&self, key: u64) -> usize {
        // levels from the lowest; no more than sixteen for 2^64 keys
        let mut levels = [(0usize, 0usize); 17];
        let mut count = 0;
        let mut start = 0;
        for size in level_sizes(self.len()) {
            levels[count] = (start, size);
            start += size;
            count += 1;
        }
        let mut block = 0;
        for &(start, size) in levels[..count].iter().rev() {
            let level = self
                .tree
                .get(start * 8..(start + size) * 8)
                .unwrap_or_default();
            block = block * FAN + below(level, block * FAN, key);
            if block >= size {
                return self.len();
            }
        }
        let from = block * FAN;
        from + below(self.keys, from, key)
    }

    /// Rows of a packed key, in order.
    pub(crate) fn rows_between(
        &self,
        first: u64,
        last: u64,
    ) -> impl Iterator<Item = u32> + use<'a> {
        let table = *self;
        let mut rank = self.lower_bound(first);
        std::iter::from_fn(move || {
            let key = u64_at(table.keys, rank)?;
            if key < first || key > last {
                return None;
            }
            let row = if table.rows.is_empty() {
                u32::try_from(rank).ok()
            } else {
                Narrow::<1>::new(table.rows).row(rank).map(|[row]| row)
            };
            rank += 1;
            row
        })
    }

    /// Rows of a text that does not fit in a number; `text` reads one.
    pub(crate) fn rows_of_text(&self, wanted: &str, text: impl Fn(u32) -> &'a str) -> Vec<u32> {
        let pair = |i: usize| Some((u32_at(self.texts, 2 * i)?, u32_at(self.texts, 2 * i + 1)?));
        let (mut low, mut high) = (0, self.texts.len() / 8);
        while low < high {
            let middle = low + (high - low) / 2;
            match pair(middle) {
                Some((t, _)) if text(t) < wanted => low = middle + 1,
                _ => high = middle,
            }
        }
        (low..self.texts.len() / 8)
            .map_while(|i| pair(i).filter(|(t, _)| text(*t) == wanted))
            .map(|(_, row)| row)
            .collect()
    }
}

/// How many of the sixteen numbers from `from` are below `key`.
#[inline]
fn below(column: &[u8], from: usize, key: u64) -> usize {
    let start = (from * 8).min(column.len());
    let end = (start + FAN * 8).min(column.len());
    column[start..end]
        .chunks_exact(8)
        .map(|b| u64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]))
        .filter(|&k| k < key)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn view(parts: &[Vec<u8>; 4]) -> KeyTable<'_> {
        KeyTable {
            keys: &parts[0],
            tree: &parts[1],
            rows: &parts[2],
            texts: &parts[3],
        }
    }

    proptest! {
        #[test]
        fn a_table_answers_as_a_list_does(mut pairs in prop::collection::vec((0u64..5000, 0u32..9), 0..3000), asked in 0u64..5100) {
            let parts = put_table(pairs.clone(), Vec::new(), |_| b"");
            let table = view(&parts);
            prop_assert!(table.is_sound());
            pairs.sort_unstable();
            pairs.dedup();
            let expected: Vec<u32> = pairs.iter().filter(|p| p.0 == asked).map(|p| p.1).collect();
            prop_assert_eq!(table.rows_between(asked, asked).collect::<Vec<_>>(), expected);
            prop_assert_eq!(table.lower_bound(asked), pairs.iter().filter(|p| p.0 < asked).count());
        }

        #[test]
        fn any_bytes_are_searched_without_panic(keys: Vec<u8>, tree: Vec<u8>, rows: Vec<u8>, texts: Vec<u8>, key: u64) {
            let table = KeyTable { keys: &keys, tree: &tree, rows: &rows, texts: &texts };
            let _ = table.is_sound();
            prop_assert!(table.rows_between(key, u64::MAX).count() <= keys.len());
            let _ = table.rows_of_text("x", |_| "x");
        }
    }

    #[test]
    fn texts_are_found_by_themselves() {
        let names = ["beta", "alpha", "beta"];
        let parts = put_table(Vec::new(), vec![(0, 7), (1, 8), (2, 9)], |t| {
            names[t as usize].as_bytes()
        });
        let table = view(&parts);
        assert_eq!(table.rows_of_text("beta", |t| names[t as usize]), [7, 9]);
        assert_eq!(
            table.rows_of_text("gamma", |t| names[t as usize]),
            [] as [u32; 0]
        );
    }
}
