//! JSON Schema of the inputs.

use dcc_core::schema::{KINDS, schema as core, text};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;

use crate::convert::to_py;

/// JSON Schema (draft 2020-12) of an input, with French descriptions.
///
/// Parameters
/// ----------
/// kind : str
///     One of `schema_kinds`, for example "fiche_rcp".
///
/// Returns
/// -------
/// dict
///     The schema.
///
/// Raises
/// ------
/// KeyError
///     The kind is unknown.
#[pyfunction]
#[pyo3(signature = (kind, /))]
pub fn schema<'py>(py: Python<'py>, kind: &str) -> PyResult<Bound<'py, PyAny>> {
    match core(kind) {
        Some(schema) => to_py(py, &schema),
        None => Err(PyKeyError::new_err(kind.to_owned())),
    }
}

/// The same as the text of its file.
#[pyfunction]
#[pyo3(signature = (kind, /))]
pub fn schema_json(kind: &str) -> PyResult<String> {
    text(kind).ok_or_else(|| PyKeyError::new_err(kind.to_owned()))
}

/// Kinds of inputs that have a schema, with their French names.
#[pyfunction]
pub fn schema_kinds() -> Vec<(&'static str, &'static str)> {
    KINDS.iter().map(|kind| (kind.name, kind.title)).collect()
}
