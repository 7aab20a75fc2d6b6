//! Progress of long work, told to Python while the GIL is released; Ctrl-C
//! and what the callback raises stop it.

use std::ops::ControlFlow;

use pyo3::prelude::*;

/// A progress callback, and what it is told.
pub struct Progress {
    callback: Option<Py<PyAny>>,
    total: Option<usize>,
}

impl Progress {
    /// Tells how many rows are read.
    pub fn rows(callback: Option<&Bound<'_, PyAny>>) -> Self {
        Progress {
            callback: callback.map(|c| c.clone().unbind()),
            total: None,
        }
    }

    /// Tells how many of `total` steps are done.
    pub fn steps(callback: Option<&Bound<'_, PyAny>>, total: usize) -> Self {
        Progress {
            total: Some(total),
            ..Progress::rows(callback)
        }
    }

    /// Tells how much is done.
    ///
    /// # Errors
    /// What the callback raises; `KeyboardInterrupt` after Ctrl-C.
    pub fn tell(&self, py: Python<'_>, done: usize) -> PyResult<()> {
        py.check_signals()?;
        match (&self.callback, self.total) {
            (None, _) => Ok(()),
            (Some(callback), None) => callback.call1(py, (done,)).map(drop),
            (Some(callback), Some(total)) => callback.call1(py, (done, total)).map(drop),
        }
    }

    /// As [`Progress::tell`], from work that released the GIL.
    pub fn watch(&self, done: usize) -> ControlFlow<PyErr> {
        match Python::attach(|py| self.tell(py, done)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(raised) => ControlFlow::Break(raised),
        }
    }
}

/// What a watched work came to.
pub fn outcome<T>(of: ControlFlow<PyErr, T>) -> PyResult<T> {
    match of {
        ControlFlow::Continue(done) => Ok(done),
        ControlFlow::Break(raised) => Err(raised),
    }
}
