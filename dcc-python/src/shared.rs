//! What several threads of Python may change, each waiting its turn.
//!
//! Who reads takes what stands there and lets go at once: a long computation
//! keeps nobody waiting, and what is added meanwhile is added to a copy. Who
//! changes it keeps the turn until it is done, progress callbacks included;
//! such a callback that uses the same thing would wait for itself, and gets a
//! `RuntimeError`. The GIL is never held while waiting, and Ctrl-C ends the
//! wait.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// Time between two looks at Ctrl-C while waiting.
const GLANCE: Duration = Duration::from_millis(100);

/// A value that several threads may change; see the [module](self).
pub struct Shared<T> {
    value: Mutex<Arc<T>>,
    /// The thread whose turn it is.
    owner: Mutex<Option<ThreadId>>,
    freed: Condvar,
}

/// The turn of this thread, until dropped.
struct Turn<'a, T>(&'a Shared<T>);

impl<T> Drop for Turn<'_, T> {
    fn drop(&mut self) {
        let mut owner = self.0.owner.lock().unwrap_or_else(PoisonError::into_inner);
        *owner = None;
        drop(owner);
        self.0.freed.notify_all();
    }
}

impl<T: Clone + Send + Sync> Shared<T> {
    /// Shares a value.
    pub fn new(value: T) -> Self {
        Shared {
            value: Mutex::new(Arc::new(value)),
            owner: Mutex::new(None),
            freed: Condvar::new(),
        }
    }

    fn turn(&self) -> PyResult<Turn<'_, T>> {
        let me = thread::current().id();
        loop {
            // what this guards is whole whatever happened: it is one word
            let mut owner = self.owner.lock().unwrap_or_else(PoisonError::into_inner);
            match *owner {
                None => {
                    *owner = Some(me);
                    return Ok(Turn(self));
                }
                Some(other) if other == me => {
                    return Err(PyRuntimeError::new_err(
                        "ces faits sont en cours d'ajout : le rappel de progression ne peut pas s'en servir",
                    ));
                }
                Some(_) => drop(self.freed.wait_timeout(owner, GLANCE)),
            }
            Python::attach(|py| py.check_signals())?;
        }
    }

    /// What stands there now, once it is this thread's turn.
    ///
    /// # Errors
    /// `RuntimeError` when this thread is changing it; what Ctrl-C raises.
    pub fn read(&self, py: Python<'_>) -> PyResult<Arc<T>> {
        py.detach(|| {
            let _turn = self.turn()?;
            let value = self.value.lock().map_err(|_| broken())?;
            Ok(Arc::clone(&value))
        })
    }

    /// Changes it, once it is this thread's turn.
    ///
    /// # Errors
    /// As [`Shared::read`].
    pub fn write<R: Send>(
        &self,
        py: Python<'_>,
        change: impl FnOnce(&mut T) -> R + Send,
    ) -> PyResult<R> {
        py.detach(|| {
            let _turn = self.turn()?;
            let mut value = self.value.lock().map_err(|_| broken())?;
            Ok(change(Arc::make_mut(&mut value)))
        })
    }
}

/// A fault of the library stopped a change half way.
fn broken() -> PyErr {
    PyRuntimeError::new_err("un défaut interne a interrompu un ajout : ces faits ne sont plus sûrs")
}
