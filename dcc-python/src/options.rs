//! Arguments that several calls have in common.

use chrono::NaiveDate;
use dcc_core::indicators::{FactTable, Period};
use dcc_core::problem::{Problem, Problems};
use dcc_core::rules;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::problem::error;

/// The table of a name: "sessions", "attendances", "fiches", "pps", "offers".
pub fn table(name: &str) -> PyResult<FactTable> {
    FactTable::named(name).ok_or_else(|| {
        PyValueError::new_err(format!(
            "table inconnue : {name} (attendu : {})",
            FactTable::NAMES.map(|(_, name)| name).join(", ")
        ))
    })
}

/// A period: `2025`, `2025-03`, `2025-01..2025-12`, or two dates.
pub fn period(object: &Bound<'_, PyAny>) -> PyResult<Period> {
    let py = object.py();
    if let Ok((first, last)) = object.extract::<(NaiveDate, NaiveDate)>() {
        return Period::new(first, last).map_err(|p| error(py, &p));
    }
    let text = object.str()?.to_string();
    text.parse().map_err(|problems: Problems| {
        let told = problems.into_iter().map(|p| Problem {
            path: "/period".to_owned(),
            ..p
        });
        error(py, &told.collect())
    })
}

/// Codes of problems, each that of a rule.
///
/// # Errors
/// `ValueError` for a code that no rule has: it would accept nothing.
pub fn accepted(codes: Option<Vec<String>>) -> PyResult<Vec<String>> {
    let codes = codes.unwrap_or_default();
    match codes.iter().find(|code| rules::rule(code).is_none()) {
        None => Ok(codes),
        Some(code) => Err(PyValueError::new_err(format!(
            "code de problème inconnu : {code} (proches : {})",
            rules::nearest(code).join(", ")
        ))),
    }
}

/// Refuses a code of problem that no rule has, for the command.
#[pyfunction]
#[pyo3(signature = (code, /))]
pub fn _accepted(code: String) -> PyResult<String> {
    accepted(Some(vec![code.clone()])).map(|_| code)
}
