//! The offer of RCPs, that the export lists.

use dcc_core::indicators as core;
use dcc_core::indicators::{FactTable, Source};

use super::problem::{Problem, told};
use super::records::OfferFact;
use crate::batch;
use crate::failure::Failure;

/// Offers given as records; every date that does not exist is named
/// (`/offers/3/closed_on`).
pub(super) fn read_all(offers: &[OfferFact]) -> Result<Vec<core::OfferFact>, Failure> {
    let mut read = Vec::with_capacity(offers.len());
    batch::read(offers.iter(), |fact, _| {
        read.push(fact.clone());
        true
    })
    .map_err(|failure| failure.below("/offers"))?;
    Ok(read)
}

/// The offer of a file, and what is wrong with the lines left out.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OfferReading {
    /// The lines read.
    pub offers: Vec<OfferFact>,
    /// Problems of the others.
    pub problems: Vec<Problem>,
}

impl From<(Vec<core::OfferFact>, dcc_core::problem::Problems)> for OfferReading {
    fn from((offers, problems): (Vec<core::OfferFact>, dcc_core::problem::Problems)) -> Self {
        OfferReading {
            offers: offers.into_iter().map(OfferFact::from).collect(),
            problems: told(problems),
        }
    }
}

/// Reads the offer of a CSV file; lists are one cell, values separated by `|`.
#[uniffi::export(default(source = ""))]
pub fn offers_from_csv(csv: Vec<u8>, source: String) -> OfferReading {
    Source::new(FactTable::Offers, &source)
        .csv(&csv)
        .into_offers()
        .into()
}

/// Reads the offer of JSON lines, one object per line.
#[uniffi::export(default(source = ""))]
pub fn offers_from_json_lines(lines: Vec<u8>, source: String) -> OfferReading {
    Source::new(FactTable::Offers, &source)
        .json_lines(&lines)
        .into_offers()
        .into()
}
