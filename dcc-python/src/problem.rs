//! Problems, and the exception that carries them. Both are plain Python
//! classes (`dcc/_model.py`), so that they compare, pickle and subclass as
//! Python's own.

use dcc_core::problem::{Problem, Problems, Severity};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// The Python form of one problem.
pub fn problem<'py>(py: Python<'py>, problem: &Problem) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let severity = match problem.severity {
        Severity::Warning => "warning",
        Severity::Blocking => "blocking",
    };
    CLASS.import(py, "dcc._model", "Problem")?.call1((
        &problem.path,
        problem.code,
        severity,
        &problem.message,
        problem.found.as_deref(),
        pyo3::types::PyTuple::new(py, &problem.allowed)?,
    ))
}

/// The Python form of a list of problems.
pub fn problems<'py>(py: Python<'py>, list: &Problems) -> PyResult<Vec<Bound<'py, PyAny>>> {
    list.iter().map(|p| problem(py, p)).collect()
}

/// `DccError`, with every problem.
pub fn error(py: Python<'_>, list: &Problems) -> PyErr {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let raised = (|| {
        let class = CLASS.import(py, "dcc._model", "DccError")?;
        class.call1((problems(py, list)?,))
    })();
    match raised {
        Ok(value) => PyErr::from_value(value),
        // the package is half loaded: say what was wrong anyhow
        Err(_) => PyException::new_err(list.to_string()),
    }
}
