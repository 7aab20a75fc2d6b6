//! The pool of texts: each once, named by its offset.

use super::ints::{row_at, take, varint32};

/// Reads the text at `offset`; what does not hold reads as empty.
#[inline]
pub(crate) fn text(pool: &[u8], offset: u32) -> &str {
    let mut at = offset as usize;
    varint32(pool, &mut at)
        .and_then(|len| take(pool, &mut at, len as usize))
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .unwrap_or("")
}

/// A code and its label, by the number of the pair.
#[inline]
pub(crate) fn label<'a>(pool: &'a [u8], labels: &[u8], i: u32) -> (&'a str, &'a str) {
    row_at::<2>(labels, i as usize).map_or(("", ""), |[c, l]| (text(pool, c), text(pool, l)))
}
