//! The files of a deposit: indicators, offer, dashboard, manifest.

use std::collections::BTreeSet;
use std::ffi::c_char;

use chrono::NaiveDate;
use dcc_core::indicators::export::{Dialect, Export, ExportOptions, export};
use dcc_core::indicators::{FactStore, OfferFact, Period};
use dcc_core::problem::Problems;
use serde::Deserialize;

use crate::abi::{DccStr, Handle, Input, Out, OutHandle, call, free};
use crate::aggregate::{DccAggregate, period};
use crate::failure::DccProblems;
use crate::failure::{DccError, Failure, Faults};
use crate::input::from_json;
use crate::options::known;
use crate::status::DccStatus;

/// The options of an export, as its JSON says them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Choices {
    producer: ProducerChoice,
    generated_at: String,
    #[serde(default)]
    dialect: DialectChoice,
    #[serde(default = "yes")]
    dashboard: bool,
    #[serde(default)]
    replaces: Option<String>,
    #[serde(default)]
    accept: BTreeSet<String>,
    #[serde(default = "one")]
    threads: usize,
    #[serde(default)]
    small_counts: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProducerChoice {
    name: String,
    #[serde(default)]
    finess: Option<String>,
    #[serde(default)]
    software: Option<String>,
}

#[derive(Default, Deserialize)]
enum DialectChoice {
    #[default]
    #[serde(rename = "tableur-fr")]
    French,
    #[serde(rename = "rfc4180")]
    Rfc4180,
}

fn yes() -> bool {
    true
}

fn one() -> usize {
    1
}

impl From<Choices> for ExportOptions {
    fn from(choices: Choices) -> Self {
        let mut options = ExportOptions::new(choices.producer.name, choices.generated_at);
        options.producer.finess = choices.producer.finess;
        options.producer.software = choices.producer.software;
        options.dialect = match choices.dialect {
            DialectChoice::French => Dialect::French,
            DialectChoice::Rfc4180 => Dialect::Rfc4180,
        };
        options.dashboard = choices.dashboard;
        options.replaces = choices.replaces;
        options.accept = choices.accept;
        options.compute.threads = choices.threads;
        options.compute.small_counts = choices.small_counts;
        options
    }
}

/// Makes the files: see [`dcc_export`]. What cannot be read of one argument
/// does not hide what is wrong with the others.
pub(crate) fn make(
    aggregate: &DccAggregate,
    offers: Result<Vec<OfferFact>, Failure>,
    period: Result<Period, Failure>,
    options: Result<ExportOptions, Failure>,
) -> Result<Export, Failure> {
    let mut faults = Faults::default();
    let (offers, period) = (faults.keep(offers), faults.keep(period));
    let options = faults.keep(options);
    for code in options.iter().flat_map(|o| &o.accept) {
        faults.keep(known("/options/accept", code));
    }
    if faults.len() > 0
        && let Some(options) = &options
    {
        // without the facts: what is wrong with the offers and the options
        let offers = offers.as_deref().unwrap_or_default();
        let day = Period::new(NaiveDate::default(), NaiveDate::default());
        if let Ok(day) = day {
            faults.keep(files(&FactStore::new(), offers, day, options));
        }
    }
    let read = offers.zip(period).zip(options);
    let ((offers, period), options) = faults.all(read)?;
    files(&*aggregate.read()?, &offers, period, &options)
}

fn files(
    aggregate: &FactStore,
    offers: &[OfferFact],
    period: Period,
    options: &ExportOptions,
) -> Result<Export, Failure> {
    export(aggregate, offers, period, options).map_err(|problems| {
        let placed = problems.into_iter().map(|mut problem| {
            // the other paths begin with /offers, or are those of facts
            if matches!(problem.code, "EXPORT-INSTANT" | "EXPORT-PRODUCTEUR") {
                problem.path.insert_str(0, "/options");
            }
            problem
        });
        Failure::new(DccStatus::ExportRefused, placed.collect::<Problems>())
    })
}

/// The files of one deposit. It never changes: any number of threads may read
/// it.
#[derive(Debug)]
pub struct DccExport {
    files: Vec<(String, Vec<u8>)>,
    problems: DccProblems,
}

/// Makes the files of a period (two days, yyyymmdd, both inside):
/// offre_rcp.csv, indicateurs.csv, specialites.csv, dashboard.html,
/// manifest.json. `offers` is a JSON array of the lines of the offer of RCPs,
/// or NULL. `options` is a JSON object: producer {name, finess, software} and
/// generated_at (RFC 3339), required; dialect ("tableur-fr", the default, or
/// "rfc4180"), dashboard (true), replaces, accept (codes of problems accepted,
/// knowingly), threads (1; from 1 to 256, any other number is taken for the
/// nearest of the two), small_counts (counts below are masked).
///
/// Fails with DCC_STATUS_INVALID_JSON for offers or options that cannot be
/// read (paths under "/offers", "/options"); DCC_STATUS_BAD_VALUE for a date
/// that does not exist ("first", "last") or a code that no rule has
/// ("/options/accept"); DCC_STATUS_INVALID_PERIOD for a period that ends before
/// it begins ("last"); DCC_STATUS_EXPORT_REFUSED for problems of the facts, the
/// offer or the options. All are read: the error holds the problems of each,
/// and the status of the first in the order of the arguments. The facts are
/// looked at once the rest can be read.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_export(
    aggregate: *const DccAggregate,
    offers: *const c_char,
    offers_len: usize,
    first: i32,
    last: i32,
    options: *const c_char,
    options_len: usize,
    files: *mut *mut DccExport,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (aggregate, offers, options, files, error) = unsafe {
        (
            Handle::new("aggregate", aggregate),
            Input::new("offers", offers, offers_len),
            Input::new("options", options, options_len),
            OutHandle::new("files", files),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (aggregate, files) = (aggregate.get()?, files.required()?);
        let offers = offers.opt_text().and_then(|offers| match offers {
            Some(offers) => from_json(offers, "/offers"),
            None => Ok(Vec::new()),
        });
        let options = options
            .text()
            .and_then(|options| from_json::<Choices>(options, "/options"))
            .map(ExportOptions::from);
        let made = make(aggregate, offers, period(first, last), options)?;
        files.put(DccExport {
            files: made.files,
            problems: DccProblems::new(made.problems),
        });
        Ok(())
    })
}

/// Number of files; 0 for NULL.
///
/// # Safety
/// `files` is NULL or a live handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_export_len(files: *const DccExport) -> usize {
    // SAFETY: the caller keeps the conventions of the header.
    let files = unsafe { Handle::new("files", files) };
    files.opt().map_or(0, |f| f.files.len())
}

/// The name and the bytes of the file at an index, from 0; either place may be
/// NULL. Both live as long as the export.
///
/// # Safety
/// `files` is NULL or a live handle; `name` and `content` may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_export_file(
    files: *const DccExport,
    index: usize,
    name: *mut DccStr,
    content: *mut DccStr,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (files, name, content) = unsafe {
        (
            Handle::new("files", files),
            Out::new("name", name, DccStr::NONE),
            Out::new("content", content, DccStr::NONE),
        )
    };
    call(OutHandle::none(), || {
        let list = &files.get()?.files;
        let file = list
            .get(index)
            .ok_or_else(|| Failure::index("index", index, list.len()))?;
        name.put(file.0.as_str().into());
        content.put(DccStr {
            data: file.1.as_ptr().cast(),
            len: file.1.len(),
        });
        Ok(())
    })
}

/// What is wrong with the facts without stopping the export. The list belongs
/// to the export: do not free it, nor use it after. NULL for NULL.
///
/// # Safety
/// `files` is NULL or a live handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_export_problems(files: *const DccExport) -> *const DccProblems {
    // SAFETY: the caller keeps the conventions of the header.
    let files = unsafe { Handle::new("files", files) };
    files
        .opt()
        .map_or(std::ptr::null(), |f| &raw const f.problems)
}

/// Frees an export; NULL is nothing.
///
/// # Safety
/// `files` is NULL or a live handle, not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_export_free(files: *mut DccExport) {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe { free(files) }
}
