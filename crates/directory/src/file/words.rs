//! An index of words: each word of some texts, and the entries that have it.

use std::cell::Cell;
use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::FixedState;
use fst::{IntoStreamer, Streamer};
use hashbrown::HashTable;

use super::ints::{put_u32s, put_varint, u32_at, varint32};
use super::spelling::Near;
use super::words_check;

/// Words in alphabetical order (an `fst` from word to rank), and for each rank
/// the entries, ascending, as varints of differences.
#[derive(Clone, Copy, Default)]
pub(crate) struct WordIndex<'a> {
    pub(crate) fst: &'a [u8],
    /// u32 column, one more than there are words.
    pub(crate) offsets: &'a [u8],
    pub(crate) entries: &'a [u8],
}

impl<'a> WordIndex<'a> {
    /// True when the index can be searched whatever its bytes are.
    pub(crate) fn is_sound(&self) -> bool {
        !self.offsets.is_empty()
            && super::lists::is_ascending(self.offsets)
            && words_check::is_sound(self.fst)
    }

    fn map(&self) -> Option<fst::Map<&'a [u8]>> {
        fst::Map::new(self.fst).ok()
    }

    fn words(&self) -> u32 {
        u32::try_from(self.offsets.len() / 4)
            .unwrap_or(0)
            .saturating_sub(1)
    }

    /// The rank of a word.
    pub(crate) fn exact(&self, word: &str) -> Range<u32> {
        let rank = self
            .map()
            .and_then(|map| map.get(word))
            .and_then(|r| u32::try_from(r).ok());
        rank.map_or(0..0, |r| r..r.saturating_add(1))
    }

    /// The ranks of the words that begin with `prefix`.
    pub(crate) fn prefix(&self, prefix: &str) -> Range<u32> {
        let Some(map) = self.map() else { return 0..0 };
        let first_from = |bound: &[u8]| {
            let mut stream = map.range().ge(bound).into_stream();
            stream.next().and_then(|(_, rank)| u32::try_from(rank).ok())
        };
        let Some(from) = first_from(prefix.as_bytes()) else {
            return 0..0;
        };
        let mut after = prefix.as_bytes().to_vec();
        match after.last_mut() {
            Some(last) => *last += 1, // UTF-8 never holds 0xFF
            None => return 0..self.words(),
        }
        from..first_from(&after).unwrap_or(self.words()).max(from)
    }

    /// The ranks of the words at most `faults` typing faults away.
    pub(crate) fn near(&self, word: &str, faults: u8, steps: &Cell<u32>) -> Vec<u32> {
        let mut ranks = Vec::new();
        if let (Some(map), Some(near)) = (self.map(), Near::new(word, faults, steps)) {
            let mut stream = map.search(near).into_stream();
            while let Some((_, rank)) = stream.next() {
                ranks.extend(u32::try_from(rank));
            }
        }
        ranks
    }

    /// Gives the entries of each rank of a range.
    pub(crate) fn each_entry(&self, ranks: Range<u32>, mut tell: impl FnMut(u32)) {
        let at = |rank: u32| u32_at(self.offsets, rank as usize).unwrap_or(0) as usize;
        for rank in ranks.start..ranks.end.min(self.words()) {
            let Some(part) = self.entries.get(at(rank)..at(rank + 1)) else {
                continue;
            };
            let (mut place, mut entry) = (0, 0u32);
            while let Some(step) = varint32(part, &mut place) {
                entry = entry.wrapping_add(step);
                tell(entry);
            }
        }
    }
}

/// Gathers words before an index is written.
#[derive(Default)]
pub(crate) struct WordGatherer {
    text: String,
    ends: Vec<u32>,
    table: HashTable<u32>,
    pairs: Vec<(u32, u32)>,
}

const SEED: FixedState = FixedState::with_seed(0x6463_6301);

impl WordGatherer {
    fn word(&self, i: u32) -> &str {
        word_of(&self.text, &self.ends, i)
    }

    /// Adds the words of a folded text; with `joined`, also all of them in one
    /// (`LE GALL` is found as `LEGALL`). Entries come in ascending order.
    pub(crate) fn add(&mut self, entry: u32, folded: &str, joined: bool) {
        for word in folded.split(' ').filter(|w| !w.is_empty()) {
            self.add_word(entry, word);
        }
        if joined && folded.contains(' ') {
            let one: String = folded.split(' ').collect();
            self.add_word(entry, &one);
        }
    }

    fn add_word(&mut self, entry: u32, word: &str) {
        let hash = SEED.hash_one(word.as_bytes());
        let found = self
            .table
            .find(hash, |&i| word_of(&self.text, &self.ends, i) == word);
        let id = match found {
            Some(&id) => id,
            None => {
                let id = self.ends.len() as u32;
                self.text.push_str(word);
                self.ends.push(self.text.len() as u32);
                let (text, ends) = (&self.text, &self.ends);
                self.table.insert_unique(hash, id, |&i| {
                    SEED.hash_one(word_of(text, ends, i).as_bytes())
                });
                id
            }
        };
        self.pairs.push((id, entry));
    }

    /// The three columns: `fst`, offsets, entries.
    pub(crate) fn write(mut self) -> [Vec<u8>; 3] {
        self.table = HashTable::new();
        let mut order: Vec<(u64, u32)> = (0..self.ends.len() as u32)
            .map(|i| (head(self.word(i)), i))
            .collect();
        order.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0)
                .then_with(|| self.word(a.1).cmp(self.word(b.1)))
        });
        let mut rank = vec![0u32; order.len()];
        for (r, (_, id)) in order.iter().enumerate() {
            rank[*id as usize] = r as u32;
        }
        let (starts, members) = super::lists::grouped(
            order.len(),
            self.pairs.iter().map(|(id, _)| Some(rank[*id as usize])),
        );
        let mut builder = fst::MapBuilder::memory();
        let mut offsets = vec![0u32];
        let mut entries = Vec::with_capacity(self.pairs.len() * 2);
        for (r, (_, id)) in order.iter().enumerate() {
            // words are distinct and sorted, and memory does not fail
            let _ = builder.insert(self.word(*id), r as u64);
            let (mut last, mut first) = (0, true);
            for &pair in &members[starts[r] as usize..starts[r + 1] as usize] {
                let entry = self.pairs[pair as usize].1;
                if first || entry != last {
                    put_varint(&mut entries, u64::from(entry - last));
                }
                (last, first) = (entry, false);
            }
            offsets.push(entries.len() as u32);
        }
        let mut out = Vec::with_capacity(offsets.len() * 4);
        put_u32s(&mut out, offsets);
        [builder.into_inner().unwrap_or_default(), out, entries]
    }
}

fn word_of<'t>(text: &'t str, ends: &[u32], i: u32) -> &'t str {
    let from = if i == 0 { 0 } else { ends[i as usize - 1] };
    &text[from as usize..ends[i as usize] as usize]
}

/// The first eight bytes as a number that sorts as they do.
pub(crate) fn head(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let len = text.len().min(8);
    bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn index(parts: &[Vec<u8>; 3]) -> WordIndex<'_> {
        WordIndex {
            fst: &parts[0],
            offsets: &parts[1],
            entries: &parts[2],
        }
    }

    fn entries(index: &WordIndex<'_>, ranks: Range<u32>) -> Vec<u32> {
        let mut list = Vec::new();
        index.each_entry(ranks, |e| list.push(e));
        list.sort_unstable();
        list.dedup();
        list
    }

    proptest! {
        #[test]
        fn words_and_prefixes_find_their_entries(texts in prop::collection::vec("[AB]{0,3}( [AB]{1,3}){0,2}", 0..40), asked in "[AB]{1,3}") {
            let mut gatherer = WordGatherer::default();
            for (i, text) in texts.iter().enumerate() {
                gatherer.add(i as u32, text, true);
            }
            let parts = gatherer.write();
            let index = index(&parts);
            prop_assert!(index.is_sound());
            let those = |test: &dyn Fn(&str) -> bool| -> Vec<u32> {
                let has = |t: &String| t.split(' ').any(|w| !w.is_empty() && test(w)) || (t.contains(' ') && test(&t.replace(' ', "")));
                (0..texts.len() as u32).filter(|&i| has(&texts[i as usize])).collect()
            };
            prop_assert_eq!(entries(&index, index.exact(&asked)), those(&|w| w == asked));
            prop_assert_eq!(entries(&index, index.prefix(&asked)), those(&|w| w.starts_with(&asked)));
        }

        #[test]
        fn any_bytes_are_read_without_panic(offsets: Vec<u8>, bytes: Vec<u8>, from in 0u32..9) {
            let index = WordIndex { fst: &[], offsets: &offsets, entries: &bytes };
            index.each_entry(from..u32::MAX, |_| ());
            prop_assert!(!index.is_sound());
        }
    }

    #[test]
    fn faults_are_seen_through() {
        let mut gatherer = WordGatherer::default();
        for (i, text) in ["DUPONT", "DUPOND", "DURAND", "LE GALL"].iter().enumerate() {
            gatherer.add(i as u32, text, true);
        }
        let parts = gatherer.write();
        let index = index(&parts);
        let near = |word: &str| {
            let steps = Cell::new(100_000);
            let mut list: Vec<u32> = Vec::new();
            for rank in index.near(word, 1, &steps) {
                index.each_entry(rank..rank + 1, |e| list.push(e));
            }
            list.sort_unstable();
            list
        };
        assert_eq!(near("DUPON"), [0, 1]);
        assert_eq!(near("DUARND"), [2]);
        assert_eq!(near("LEGAL"), [3]);
        assert_eq!(near("XYZ"), [] as [u32; 0]);
    }
}
