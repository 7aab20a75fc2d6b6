//! What every reader of a source does.

use super::ledger::Ledger;
use crate::build::store::Store;

/// A reader that is given bytes as they come.
pub(crate) trait Feed {
    /// Takes the next bytes.
    fn feed(&mut self, chunk: &[u8], store: &mut Store, ledger: &mut Ledger);

    /// Takes the end; gives the number of lines or elements.
    fn end(&mut self, store: &mut Store, ledger: &mut Ledger) -> u64;
}

/// Bounds of what a reader holds at once.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// Bytes of a line, of an element of a JSON array.
    pub(crate) line: usize,
    pub(crate) element: usize,
    /// Bytes of all the bundles given together.
    pub(crate) bundles: usize,
}
