//! Progress of long work, shown in Python while the GIL is released; Ctrl-C
//! and what the callback raises stop it.

use std::ops::ControlFlow;

use pyo3::prelude::*;

/// A progress callback, and what it is called with.
pub struct Progress {
    callback: Option<Py<PyAny>>,
    total: Option<usize>,
    /// Done before the work that this follows.
    before: usize,
}

impl Progress {
    /// Called with the number of rows read.
    pub fn rows(callback: Option<&Bound<'_, PyAny>>) -> Self {
        Progress {
            callback: callback.map(|c| c.clone().unbind()),
            total: None,
            before: 0,
        }
    }

    /// Called with the number of steps done, of `total`.
    pub fn steps(callback: Option<&Bound<'_, PyAny>>, total: usize) -> Self {
        Progress {
            total: Some(total),
            ..Progress::rows(callback)
        }
    }

    /// The same, of a work that follows another.
    pub fn after(&self, before: usize) -> Self {
        Python::attach(|py| Progress {
            callback: self.callback.as_ref().map(|c| c.clone_ref(py)),
            total: self.total,
            before,
        })
    }

    /// Calls it with how much is done.
    ///
    /// # Errors
    /// What the callback raises; `KeyboardInterrupt` after Ctrl-C.
    pub fn tell(&self, py: Python<'_>, done: usize) -> PyResult<()> {
        py.check_signals()?;
        let done = self.before + done;
        match (&self.callback, self.total) {
            (None, _) => Ok(()),
            (Some(callback), None) => callback.call1(py, (done,)).map(drop),
            (Some(callback), Some(total)) => callback.call1(py, (done, total)).map(drop),
        }
    }

    /// As [`Progress::tell`], from work that released the GIL.
    ///
    /// # Errors
    /// As [`Progress::tell`].
    pub fn report(&self, done: usize) -> PyResult<()> {
        Python::attach(|py| self.tell(py, done))
    }

    /// As [`Progress::report`], for work that breaks with what is raised.
    pub fn watch(&self, done: usize) -> ControlFlow<PyErr> {
        match self.report(done) {
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
