//! Each thing once, with a number.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::file::ints::{put_varint, varint32};

/// Where a thing is, with 32 bits of its hash: the table grows without
/// reading the things again, and reads few that are not the one sought.
#[derive(Clone, Copy)]
struct Slot {
    hash: u32,
    id: u32,
}

const SEED: FixedState = FixedState::with_seed(0x6463_6302);

#[inline]
fn hash32(bytes: &[u8]) -> u32 {
    let hash = SEED.hash_one(bytes);
    (hash >> 32) as u32 ^ hash as u32
}

#[inline]
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Numbers by hash; the things themselves are kept by the caller.
#[derive(Default)]
pub(crate) struct Table(HashTable<Slot>);

impl Table {
    /// The number of `bytes`, or `None` after `id` is put down for it.
    #[inline]
    fn find_or_put(&mut self, bytes: &[u8], id: u32, same: impl Fn(u32) -> bool) -> Option<u32> {
        let hash = hash32(bytes);
        if let Some(slot) = self.0.find(spread(hash), |s| s.hash == hash && same(s.id)) {
            return Some(slot.id);
        }
        self.0
            .insert_unique(spread(hash), Slot { hash, id }, |s| spread(s.hash));
        None
    }
}

/// Bytes end to end, each run once, numbered from 0.
///
/// What a run is worth is in its bytes: two runs of which one begins the other
/// are different, since their ends are compared too.
#[derive(Default)]
pub(crate) struct Runs {
    pub(crate) bytes: Vec<u8>,
    pub(crate) ends: Vec<u32>,
    table: Table,
}

impl Runs {
    /// The number of a run, and whether it is new.
    #[inline]
    pub(crate) fn intern(&mut self, run: &[u8]) -> (u32, bool) {
        let id = self.ends.len() as u32;
        let Runs { bytes, ends, table } = self;
        match table.find_or_put(run, id, |i| part(bytes, ends, i) == run) {
            Some(id) => (id, false),
            None => {
                bytes.extend_from_slice(run);
                ends.push(bytes.len() as u32);
                (id, true)
            }
        }
    }

    /// Bytes held.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, id: u32) -> &[u8] {
        part(&self.bytes, &self.ends, id)
    }

    /// Forgets how to find a run, to free its memory.
    pub(crate) fn close(&mut self) {
        self.table = Table::default();
    }
}

fn part<'a>(bytes: &'a [u8], ends: &[u32], i: u32) -> &'a [u8] {
    let from = if i == 0 { 0 } else { ends[i as usize - 1] };
    &bytes[from as usize..ends[i as usize] as usize]
}

/// The pool of texts, in the form of the file.
pub(crate) struct TextPool {
    pub(crate) bytes: Vec<u8>,
    table: Table,
}

impl Default for TextPool {
    fn default() -> Self {
        TextPool {
            bytes: vec![0],
            table: Table::default(),
        }
    }
}

impl TextPool {
    /// The offset of a text.
    #[inline]
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let id = self.bytes.len() as u32;
        let bytes = &self.bytes;
        match self.table.find_or_put(text.as_bytes(), id, |i| {
            text_at(bytes, i) == text.as_bytes()
        }) {
            Some(id) => id,
            None => self.push(text),
        }
    }

    /// Puts a text down without asking whether it is there.
    fn push(&mut self, text: &str) -> u32 {
        let id = self.bytes.len() as u32;
        put_varint(&mut self.bytes, text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
        id
    }

    pub(crate) fn get(&self, offset: u32) -> &[u8] {
        text_at(&self.bytes, offset)
    }

    /// Forgets how to find a text, to free its memory.
    pub(crate) fn close(&mut self) {
        self.table = Table::default();
    }
}

fn text_at(bytes: &[u8], offset: u32) -> &[u8] {
    let mut at = offset as usize;
    let len = varint32(bytes, &mut at).unwrap_or(0) as usize;
    bytes.get(at..at + len).unwrap_or_default()
}
