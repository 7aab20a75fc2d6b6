//! Whole numbers of Python, of which one out of bounds is a `ValueError` as
//! any other wrong value (Python's own would be an `OverflowError`).

use pyo3::conversion::FromPyObjectOwned;
use pyo3::exceptions::{PyOverflowError, PyValueError};
use pyo3::prelude::*;

/// A whole number that fits `T`.
///
/// # Errors
/// `ValueError` when it does not, `TypeError` when it is no number.
pub fn whole<'py, T: FromPyObjectOwned<'py>>(object: &Bound<'py, PyAny>) -> PyResult<T> {
    object.extract::<T>().map_err(|error| {
        let error: PyErr = error.into();
        if error.is_instance_of::<PyOverflowError>(object.py()) {
            PyValueError::new_err(format!("le nombre est hors des bornes : {object}"))
        } else {
            error
        }
    })
}
