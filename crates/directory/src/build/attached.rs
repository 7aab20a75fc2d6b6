//! What hangs on a person: savoir-faire, diplomas, cards.

use super::intern::Runs;
use crate::file::card;
use crate::file::ints::put_u32s;

/// Rows of labels, each once, and who has them.
#[derive(Default)]
pub(crate) struct Held {
    /// Rows of 4 u32, in bytes.
    pub(crate) rows: Runs,
    /// Person and row.
    pub(crate) held: Vec<(u32, u32)>,
}

impl Held {
    pub(crate) fn add(&mut self, person: u32, labels: [u32; 4]) {
        let mut row = Vec::with_capacity(16);
        put_u32s(&mut row, labels);
        let (id, _) = self.rows.intern(&row);
        self.held.push((person, id));
    }
}

/// Cards, and who holds them.
#[derive(Default)]
pub(crate) struct Cards {
    pub(crate) bytes: Vec<u8>,
    /// Person and offset.
    pub(crate) held: Vec<(u32, u32)>,
}

impl Cards {
    pub(crate) fn add(&mut self, person: u32, kind: u32, texts: [&str; card::TEXTS]) {
        self.held.push((person, self.bytes.len() as u32));
        card::put(&mut self.bytes, kind, texts);
    }
}
