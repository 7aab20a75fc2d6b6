//! The files of a deposit.

use dcc_core::indicators::export as core;

use super::problem::{Problem, told};

/// How the CSV files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Dialect {
    /// For a French spreadsheet.
    French,
    /// RFC 4180.
    Rfc4180,
}

/// The options of an export.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ExportOptions {
    /// Name of who produces it, for example of the 3C.
    pub producer: String,
    /// When, RFC 3339, for example `2025-04-02T08:00:00+02:00`.
    pub generated_at: String,
    /// FINESS of the producer.
    #[uniffi(default = None)]
    pub finess: Option<String>,
    /// Name and version of the software around the library.
    #[uniffi(default = None)]
    pub software: Option<String>,
    /// How the CSV files are written; by default for a French spreadsheet.
    #[uniffi(default = None)]
    pub dialect: Option<Dialect>,
    /// Whether to write `dashboard.html`.
    #[uniffi(default = true)]
    pub dashboard: bool,
    /// SHA-256 of the manifest that this export corrects and replaces.
    #[uniffi(default = None)]
    pub replaces: Option<String>,
    /// Codes of blocking problems accepted, knowingly: their facts are left out.
    #[uniffi(default = [])]
    pub accept: Vec<String>,
    /// Threads to use; the files are the same.
    #[uniffi(default = 1)]
    pub threads: u32,
    /// Masks the counts of persons from 1 to this one, excluded.
    #[uniffi(default = None)]
    pub small_counts: Option<u32>,
}

impl From<ExportOptions> for core::ExportOptions {
    fn from(options: ExportOptions) -> Self {
        let mut made = core::ExportOptions::new(options.producer, options.generated_at);
        made.producer.finess = options.finess;
        made.producer.software = options.software;
        made.dialect = match options.dialect {
            None | Some(Dialect::French) => core::Dialect::French,
            Some(Dialect::Rfc4180) => core::Dialect::Rfc4180,
        };
        made.dashboard = options.dashboard;
        made.replaces = options.replaces;
        made.accept = options.accept.into_iter().collect();
        made.compute.threads = options.threads as usize;
        made.compute.small_counts = options.small_counts;
        made
    }
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ExportFile {
    /// Name.
    pub name: String,
    /// Bytes.
    pub content: Vec<u8>,
}

/// The files of one deposit: `offre_rcp.csv`, `indicateurs.csv`,
/// `specialites.csv`, `dashboard.html` unless not wanted, `manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Export {
    /// The files, for the program to write.
    pub files: Vec<ExportFile>,
    /// What is wrong with the facts without stopping the export.
    pub problems: Vec<Problem>,
}

impl From<core::Export> for Export {
    fn from(made: core::Export) -> Self {
        Export {
            files: made
                .files
                .into_iter()
                .map(|(name, content)| ExportFile { name, content })
                .collect(),
            problems: told(made.problems),
        }
    }
}
