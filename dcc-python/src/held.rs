//! Facts that Python holds, and the offers beside them.

use dcc_core::indicators::{FactReader, FactStore, FactTable, OfferFact};
use dcc_core::problem::Problems;
use pyo3::prelude::*;

use crate::watch::Progress;

/// Rows between two calls of the progress callback.
pub const CHUNK: usize = 50_000;

/// What is held of the facts.
#[derive(Clone)]
pub struct Held {
    /// All of them but the offers.
    pub store: FactStore,
    /// What the RCPs offer, which the store does not hold.
    pub offers: Vec<OfferFact>,
    /// What was wrong with the offers.
    pub offer_problems: Problems,
}

impl Held {
    /// Adds the rows of a source; `progress` is called after each [`CHUNK`].
    pub fn read(&mut self, mut rows: FactReader<'_>, progress: &Progress) -> PyResult<usize> {
        if rows.source().table == FactTable::Offers {
            let (offers, problems) = rows.into_offers();
            let taken = offers.len();
            self.offers.extend(offers);
            self.offer_problems.extend(problems);
            return Ok(taken);
        }
        let mut taken = 0;
        loop {
            taken += self.store.read_rows(&mut rows, CHUNK);
            if rows.is_done() {
                return Ok(taken);
            }
            progress.report(rows.rows())?;
        }
    }

    /// Adds all that `other` holds.
    pub fn merge(&mut self, other: &Held) {
        self.store.merge(&other.store);
        self.offers.extend(other.offers.iter().cloned());
        self.offer_problems.extend(other.offer_problems.clone());
    }

    /// Every problem, those of the offers first.
    pub fn all_problems(&self) -> Problems {
        let mut all = self.offer_problems.clone();
        all.extend(self.store.problems());
        all
    }
}
