//! Numbers and texts as bytes, little-endian.

use super::intern::{Interner, NONE};

/// A whole number of a fixed width.
pub(super) trait Scalar: Sized {
    fn write(self, to: &mut Writer);
    fn read(from: &mut Reader<'_>) -> Option<Self>;
}

macro_rules! scalars {
    ($($number:ty),*) => { $(
        impl Scalar for $number {
            fn write(self, to: &mut Writer) {
                to.0.extend_from_slice(&self.to_le_bytes());
            }
            fn read(from: &mut Reader<'_>) -> Option<Self> {
                let bytes = from.take(size_of::<Self>())?;
                bytes.try_into().ok().map(Self::from_le_bytes)
            }
        }
    )* };
}

scalars!(u8, u16, u32, i32, u64);

/// Bytes being written.
pub(crate) struct Writer(pub(super) Vec<u8>);

impl Writer {
    pub(super) fn text(&mut self, text: &str) {
        (text.len() as u32).write(self);
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Writes the texts in byte order; gives the rank of each number.
    pub(super) fn interner(&mut self, interner: &Interner) -> Vec<u32> {
        let (rank, order) = interner.ranks();
        (order.len() as u64).write(self);
        for symbol in order {
            self.text(interner.get(symbol));
        }
        rank
    }
}

/// Bytes being read.
pub(crate) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(n)?;
        self.0 = tail;
        Some(head)
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        let n = u32::read(self)? as usize;
        std::str::from_utf8(self.take(n)?).ok()
    }

    pub(super) fn interner(&mut self) -> Option<Interner> {
        let mut interner = Interner::default();
        let n = u64::read(self)?;
        for i in 0..n {
            if u64::from(interner.add(self.text()?)) != i || i >= u64::from(NONE) {
                return None;
            }
        }
        Some(interner)
    }
}
