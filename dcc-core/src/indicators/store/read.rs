//! Facts taken from a source.

use super::FactStore;
use crate::facts::Origin;
use crate::indicators::source::FactReader;

impl FactStore {
    /// Adds the facts that a source still holds; how many were taken. What is
    /// wrong with the others is in [`FactStore::problems`].
    pub fn read(&mut self, from: &mut FactReader<'_>) -> usize {
        self.read_rows(from, usize::MAX)
    }

    /// Adds the facts of the next `most` rows of a source; how many were
    /// taken. So a host reads a large file piece by piece, shows how far it is
    /// ([`FactReader::rows`]), and stops when it likes:
    ///
    /// ```
    /// use dcc_core::indicators::{FactStore, FactTable, Source};
    ///
    /// let csv = b"session;professional\nS1;D1\nS1;D2\n";
    /// let mut reader = Source::new(FactTable::Attendances, "presences.csv").csv(csv);
    /// let mut year = FactStore::new();
    /// let mut taken = 0;
    /// while !reader.is_done() {
    ///     taken += year.read_rows(&mut reader, 50_000);
    ///     // reader.rows() were read: show it, or stop here
    /// }
    /// assert_eq!((taken, reader.rows()), (2, 2));
    /// ```
    pub fn read_rows(&mut self, from: &mut FactReader<'_>, most: usize) -> usize {
        let source = from.source();
        let end = from.rows().saturating_add(most);
        let mut taken = 0;
        while from.rows() < end
            && let Some(row) = from.next()
        {
            match &row.fact {
                Some(fact) => {
                    let origin = Origin::new(source.name, row.line);
                    taken += usize::from(self.add(fact, origin));
                }
                None => self.refuse(source.table),
            }
        }
        self.log.append(from.take_log());
        taken
    }
}
