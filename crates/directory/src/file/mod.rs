//! The file: one format of our own, read in place.
//!
//! Bytes are little-endian and every part is found through the table of
//! sections at the end. Nothing that the file states is trusted: a count is
//! never used to allocate, an offset is checked when it is followed, and what
//! does not hold reads as absent.

pub(crate) mod card;
pub(crate) mod id;
pub(crate) mod ints;
pub(crate) mod keys;
pub(crate) mod lists;
pub(crate) mod mailbox;
pub(crate) mod narrow;
pub(crate) mod sections;
pub(crate) mod spelling;
pub(crate) mod structure;
pub(crate) mod texts;
pub(crate) mod words;
pub(crate) mod words_check;
