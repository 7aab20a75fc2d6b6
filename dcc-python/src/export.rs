//! The files of the monthly deposit.

use dcc_core::indicators::Period;
use dcc_core::indicators::export::{Dialect, ExportOptions, STEPS, export_with_progress};
use dcc_core::problem::Problem;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyType};

use crate::convert::instant_text;
use crate::held::Held;
use crate::options::accepted;
use crate::problem::{error, problems};
use crate::watch::{Progress, outcome};

/// The arguments of `Facts.export`.
pub struct Asked<'a, 'py> {
    pub producer: String,
    pub generated_at: &'a Bound<'py, PyAny>,
    pub finess: Option<String>,
    pub software: Option<String>,
    pub dialect: &'a str,
    pub dashboard: bool,
    pub replaces: Option<String>,
    pub accept: Option<Vec<String>>,
    pub threads: usize,
    pub by_session: bool,
    pub small_counts: Option<u32>,
    pub progress: Option<&'a Bound<'py, PyAny>>,
}

impl Asked<'_, '_> {
    fn options(self) -> PyResult<ExportOptions> {
        let mut options = ExportOptions::new(self.producer, instant_text(self.generated_at)?);
        options.producer.finess = self.finess;
        options.producer.software = self.software;
        options.dialect = Dialect::named(self.dialect).ok_or_else(|| {
            PyValueError::new_err(format!(
                "dialecte inconnu : {} (attendu : {})",
                self.dialect,
                Dialect::ALL.map(Dialect::name).join(", ")
            ))
        })?;
        options.dashboard = self.dashboard;
        options.replaces = self.replaces;
        options.accept = accepted(self.accept)?.into_iter().collect();
        options.compute.threads = self.threads;
        options.compute.by_session = self.by_session;
        options.compute.small_counts = self.small_counts;
        Ok(options)
    }
}

/// `Export(files, problems)`.
///
/// # Errors
/// `DccError` when a problem that is not accepted forbids the export.
pub fn export<'py>(held: &Held, of: Period, asked: Asked<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let py = asked.generated_at.py();
    let progress = Progress::steps(asked.progress, STEPS);
    let options = asked.options()?;
    let refused = |p: &Problem| p.is_blocking() && !options.accept.contains(p.code);
    if held.offer_problems.iter().any(refused) {
        return Err(error(py, &held.all_problems()));
    }
    let made = outcome(py.detach(|| {
        let steps = &mut |steps| progress.watch(steps);
        export_with_progress(&held.store, &held.offers, of, &options, steps)
    }))?;
    let mut made = made.map_err(|p| error(py, &p))?;
    let mut found = held.offer_problems.clone();
    found.extend(std::mem::take(&mut made.problems));
    let files = PyDict::new(py);
    for (name, bytes) in &made.files {
        files.set_item(name, PyBytes::new(py, bytes))?;
    }
    CLASS
        .import(py, "dcc._model", "Export")?
        .call1((files, problems(py, &found)?))
}
