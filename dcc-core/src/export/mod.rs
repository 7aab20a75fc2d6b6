//! The monthly deposit expected by a regional network: the files of the
//! indicators, ready to be written.
//!
//! [`export`] gives the names and the bytes; the host writes them. The same
//! arguments give the same bytes.

mod dashboard;
mod manifest;
mod offer;
mod options;
pub mod rules;
mod tables;
pub mod text;

use crate::indicators::{Aggregate, Indicators, OfferFact, Period};
use crate::problem::Problems;

pub use options::{ExportOptions, Producer};
pub use text::Dialect;

/// The files of one deposit (*dépôt*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Names and bytes, in the order of the names that the manifest gives.
    pub files: Vec<(String, Vec<u8>)>,
    /// What is wrong with the facts without stopping the export: warnings,
    /// and the problems whose codes [`ExportOptions::accept`] names.
    pub problems: Problems,
}

impl Export {
    /// The bytes of a file.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, bytes)| bytes.as_slice())
    }
}

/// The files of a period: `offre_rcp.csv`, `indicateurs.csv`,
/// `specialites.csv`, `dashboard.html` (unless not wanted), `manifest.json`.
///
/// # Errors
/// All the problems of the facts and of the options when one is blocking and
/// its code is not in [`ExportOptions::accept`]: a deposit does not leave
/// facts out unsaid.
pub fn export(
    aggregate: &Aggregate,
    offers: &[OfferFact],
    period: Period,
    options: &ExportOptions,
) -> Result<Export, Problems> {
    let mut problems = options.check();
    problems.extend(offer::check(offers));
    problems.extend(aggregate.problems());
    if problems
        .iter()
        .any(|p| p.is_blocking() && !options.accept.contains(p.code))
    {
        return Err(problems);
    }
    let indicators = aggregate.compute(period, &options.compute);
    Ok(write(&indicators, offers, options, problems))
}

/// The files of indicators already computed, for example shown on a screen
/// first. `problems` are those of their facts; the manifest counts them.
pub fn write(
    indicators: &Indicators,
    offers: &[OfferFact],
    options: &ExportOptions,
    problems: Problems,
) -> Export {
    let mut files = vec![
        offer::table(offers, options.dialect),
        tables::indicators(indicators, options),
        tables::specialties(indicators, options.dialect),
    ];
    if options.dashboard {
        files.push(dashboard::page(indicators, offers, options));
    }
    files.push(manifest::manifest(indicators, options, &files, &problems));
    Export {
        files: files
            .into_iter()
            .map(|f| (f.name.to_owned(), f.bytes))
            .collect(),
        problems,
    }
}

/// One file, and what the manifest says of it.
struct File {
    name: &'static str,
    bytes: Vec<u8>,
    /// Rows, header apart; `None` for a page.
    rows: Option<u64>,
    /// Cells that a spreadsheet would have run as a formula.
    neutralised: u64,
}
