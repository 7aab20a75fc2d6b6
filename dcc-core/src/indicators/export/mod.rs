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

use std::ops::ControlFlow;

use super::progress::{COMPUTE_STEPS, Progress, to_the_end};
use super::{FactStore, Indicators, OfferFact, Period};
use crate::problem::Problems;

pub use options::{ExportOptions, Producer};
pub use text::Dialect;

/// The files of one deposit (*dépôt*).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
/// facts out in silence.
pub fn export(
    facts: &FactStore,
    offers: &[OfferFact],
    period: Period,
    options: &ExportOptions,
) -> Result<Export, Problems> {
    to_the_end(|progress| export_with_progress(facts, offers, period, options, progress))
}

/// Steps of an export, the last one included.
pub const STEPS: usize = COMPUTE_STEPS + 4;

/// As [`export`]; `progress` is called after each of the [`STEPS`].
///
/// # Errors
/// As [`export`].
pub fn export_with_progress<B>(
    facts: &FactStore,
    offers: &[OfferFact],
    period: Period,
    options: &ExportOptions,
    progress: Progress<'_, B>,
) -> ControlFlow<B, Result<Export, Problems>> {
    let mut problems = options.check();
    problems.extend(offer::check(offers));
    problems.extend(facts.problems());
    if problems
        .iter()
        .any(|p| p.is_blocking() && !options.accept.contains(p.code))
    {
        return ControlFlow::Continue(Err(problems));
    }
    let indicators = facts.compute_with_progress(period, &options.compute, progress)?;
    let made = write_all(&indicators, offers, options, problems, &mut |files| {
        progress(COMPUTE_STEPS + files)
    })?;
    ControlFlow::Continue(Ok(made))
}

/// The files of indicators already computed, for example shown on a screen
/// first. `problems` are those of their facts; the manifest counts them.
pub fn write(
    indicators: &Indicators,
    offers: &[OfferFact],
    options: &ExportOptions,
    problems: Problems,
) -> Export {
    to_the_end(|progress| write_all(indicators, offers, options, problems, progress))
}

fn write_all<B>(
    indicators: &Indicators,
    offers: &[OfferFact],
    options: &ExportOptions,
    problems: Problems,
    progress: Progress<'_, B>,
) -> ControlFlow<B, Export> {
    let mut files = vec![
        offer::table(offers, options.dialect),
        tables::indicators(indicators, options),
    ];
    progress(1)?;
    files.push(tables::specialties(indicators, options.dialect));
    progress(2)?;
    if options.dashboard {
        files.push(dashboard::page(indicators, offers, options));
    }
    progress(3)?;
    files.push(manifest::manifest(indicators, options, &files, &problems));
    progress(4)?;
    ControlFlow::Continue(Export {
        files: files
            .into_iter()
            .map(|f| (f.name.to_owned(), f.bytes))
            .collect(),
        problems,
    })
}

/// One file, and what the manifest has of it.
struct File {
    name: &'static str,
    bytes: Vec<u8>,
    /// Rows, header apart; `None` for a page.
    rows: Option<u64>,
    /// Cells that a spreadsheet would have run as a formula.
    neutralised: u64,
}
