//! What the caller chooses of an export.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};

use super::rules;
use super::text::Dialect;
use crate::indicators::ComputeOptions;
use crate::problem::{Problem, Problems};

/// Who produces the export (*producteur*).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Producer {
    /// Name, for example of the 3C or of the establishment.
    pub name: String,
    /// FINESS, if it has one.
    pub finess: Option<String>,
    /// Name and version of the software around the library, if any.
    pub software: Option<String>,
}

/// The options of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExportOptions {
    /// Who produces it.
    pub producer: Producer,
    /// When, as an RFC 3339 instant, for example `2025-04-02T08:00:00+02:00`.
    pub generated_at: String,
    /// How the CSV files are written.
    pub dialect: Dialect,
    /// Threads, sessions, masked counts.
    pub compute: ComputeOptions,
    /// Whether to write `dashboard.html`.
    pub dashboard: bool,
    /// The most cells that the dashboard carries. Beyond, its filters choose
    /// one dimension at a time, as a note on the page explains.
    pub dashboard_cells: usize,
    /// SHA-256 of the `manifest.json` that this export corrects and
    /// replaces, or any other reference agreed with the receiver.
    pub replaces: Option<String>,
    /// Codes of the blocking problems of facts that the caller accepts: the
    /// facts concerned are left out, and the manifest counts them.
    pub accept: BTreeSet<String>,
}

impl ExportOptions {
    /// An export in the French spreadsheet's dialect, with its dashboard.
    pub fn new(producer: impl Into<String>, generated_at: impl Into<String>) -> Self {
        ExportOptions {
            producer: Producer {
                name: producer.into(),
                ..Producer::default()
            },
            generated_at: generated_at.into(),
            dialect: Dialect::French,
            compute: ComputeOptions::default(),
            dashboard: true,
            dashboard_cells: 60_000,
            replaces: None,
            accept: BTreeSet::new(),
        }
    }

    /// The same, in this dialect.
    #[must_use]
    pub fn with_dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// The same, of indicators computed so.
    #[must_use]
    pub fn with_compute(mut self, compute: ComputeOptions) -> Self {
        self.compute = compute;
        self
    }

    /// The same, without `dashboard.html`.
    #[must_use]
    pub fn without_dashboard(mut self) -> Self {
        self.dashboard = false;
        self
    }

    pub(super) fn instant(&self) -> Option<DateTime<FixedOffset>> {
        DateTime::parse_from_rfc3339(&self.generated_at).ok()
    }

    pub(super) fn check(&self) -> Problems {
        let mut problems = Problems::new();
        if self.instant().is_none() {
            problems.push(Problem::new(&rules::INSTANT, "/generated_at").found(&self.generated_at));
        }
        if self.producer.name.trim().is_empty() {
            problems.push(Problem::new(&rules::PRODUCER, "/producer/name"));
        }
        problems
    }
}
