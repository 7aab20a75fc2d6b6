//! Facts given in batches, read the same way for every language.

use chrono::NaiveDate;
use dcc_core::indicators::{AttendanceFact, FicheFact, OfferFact, PpsFact, SessionFact};

use crate::failure::{Failure, Faults};

/// A fact of nothing yet, to be filled.
pub(crate) trait Blank {
    fn blank() -> Self;
}

impl Blank for SessionFact {
    fn blank() -> Self {
        SessionFact::held("", "", NaiveDate::default())
    }
}

impl Blank for AttendanceFact {
    fn blank() -> Self {
        AttendanceFact::new("", "", None)
    }
}

impl Blank for FicheFact {
    fn blank() -> Self {
        FicheFact::validated("", 1, "", "")
    }
}

impl Blank for PpsFact {
    fn blank() -> Self {
        PpsFact::new("", 1, "")
    }
}

impl Blank for OfferFact {
    fn blank() -> Self {
        OfferFact::new("", "")
    }
}

/// A row given by a caller, that fills a fact of the core; the fact is used
/// again for each, so that a batch costs no allocation per row.
pub(crate) trait FactRow {
    type Fact: Blank;
    /// Fails with every problem of the row.
    fn fill(&self, fact: &mut Self::Fact) -> Result<(), Failure>;
    fn line(&self) -> u32;
}

/// Reads a batch and gives each fact to `take`, once all have been found
/// readable: a batch is taken whole or not at all. How many `take` kept.
pub(crate) fn read<R: FactRow>(
    rows: impl Iterator<Item = R> + Clone,
    mut take: impl FnMut(&R::Fact, u32) -> bool,
) -> Result<usize, Failure> {
    /// Rows are listed until so many problems: enough to find what is wrong.
    const MOST: usize = 1000;
    let mut fact = R::Fact::blank();
    let mut faults = Faults::default();
    for (i, row) in rows.clone().enumerate() {
        if let Err(failure) = row.fill(&mut fact) {
            if faults.len() >= MOST {
                faults.cut(format!("/{i}"));
                break;
            }
            faults.keep::<()>(Err(failure.below(&format!("/{i}/"))));
        }
    }
    faults.all(Some(()))?;
    let mut taken = 0;
    for row in rows {
        row.fill(&mut fact)?;
        taken += usize::from(take(&fact, row.line()));
    }
    Ok(taken)
}

/// A required text; what is absent is a problem of the core, with the fact's line.
pub(crate) fn required(to: &mut String, from: Option<&str>) {
    to.clear();
    to.push_str(from.unwrap_or_default());
}

pub(crate) fn optional(to: &mut Option<String>, from: Option<&str>) {
    match from {
        None => *to = None,
        Some(from) => required(to.get_or_insert_default(), Some(from)),
    }
}
