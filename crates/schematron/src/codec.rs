//! Bytes of compiled rules: numbers of four bytes, texts with their length.

use crate::names::Interner;

/// Writes.
#[derive(Default)]
pub(crate) struct Writer {
    pub(crate) bytes: Vec<u8>,
}

impl Writer {
    pub(crate) fn number(&mut self, n: u32) {
        self.bytes.extend_from_slice(&n.to_le_bytes());
    }

    pub(crate) fn numbers(&mut self, all: &[u32]) {
        self.number(all.len() as u32);
        all.iter().for_each(|&n| self.number(n));
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u32);
        self.bytes.extend_from_slice(bytes);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.raw(text.as_bytes());
    }

    pub(crate) fn texts(&mut self, all: &Interner) {
        self.number(all.iter().count() as u32);
        all.iter().for_each(|t| self.text(t));
    }
}

/// Reads; `None` when the bytes are not what was written.
pub(crate) struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Reader { bytes }
    }

    pub(crate) fn done(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(crate) fn number(&mut self) -> Option<u32> {
        let (first, rest) = self.bytes.split_first_chunk::<4>()?;
        self.bytes = rest;
        Some(u32::from_le_bytes(*first))
    }

    /// A number of things to come, each of at least `size` bytes.
    pub(crate) fn count(&mut self, size: usize) -> Option<usize> {
        let n = self.number()? as usize;
        (n.checked_mul(size)? <= self.bytes.len()).then_some(n)
    }

    pub(crate) fn numbers(&mut self) -> Option<Vec<u32>> {
        let n = self.count(4)?;
        (0..n).map(|_| self.number()).collect()
    }

    pub(crate) fn raw(&mut self) -> Option<&'b [u8]> {
        let n = self.count(1)?;
        let (raw, rest) = self.bytes.split_at(n);
        self.bytes = rest;
        Some(raw)
    }

    pub(crate) fn text(&mut self) -> Option<&'b str> {
        std::str::from_utf8(self.raw()?).ok()
    }

    pub(crate) fn texts(&mut self) -> Option<Interner> {
        let n = self.count(4)?;
        let mut out = Interner::default();
        for i in 0..n {
            // each text once, so that numbers stay
            (out.intern(self.text()?) == i as u32).then_some(())?;
        }
        Some(out)
    }
}
