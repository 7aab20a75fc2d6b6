//! Problems, and the exception that carries them.

use dcc_core::problem::{Problems, Severity as CoreSeverity};
use serde::Serialize;

use crate::failure::Failure;

/// Weight of a problem (*gravité*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Severity {
    /// The document can leave, the reader should know.
    Warning,
    /// The library refuses to write the document, unless the options accept the code.
    Blocking,
}

/// One problem of an input.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Problem {
    /// Place in the input: a JSON pointer, a path of elements, `ligne 12`.
    pub path: String,
    /// Stable code of the rule broken.
    pub code: String,
    /// Weight.
    pub severity: Severity,
    /// What is wrong, in French.
    pub message: String,
    /// What was found, when there is something to show.
    pub found: Option<String>,
    /// What is allowed in its place, nearest first.
    pub allowed: Vec<String>,
}

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
pub enum DccException {
    /// The call is refused.
    Refused {
        /// Number of the status, as in the C API.
        status: i32,
        /// Its name, for example `DCC_STATUS_INVALID_JSON`.
        name: String,
        /// What failed, in French, then one line a problem.
        text: String,
        /// Every problem.
        problems: Vec<Problem>,
    },
}

impl std::fmt::Display for DccException {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let DccException::Refused { text, .. } = self;
        f.write_str(text)
    }
}

impl std::error::Error for DccException {}

impl From<Failure> for DccException {
    fn from(failure: Failure) -> Self {
        DccException::Refused {
            status: failure.status() as i32,
            name: failure.status().name().to_owned(),
            text: failure.to_string(),
            problems: told(failure.into_problems()),
        }
    }
}

/// Problems of the core as records.
pub(super) fn told(problems: Problems) -> Vec<Problem> {
    problems
        .into_iter()
        .map(|p| Problem {
            path: p.path,
            code: p.code.to_owned(),
            severity: match p.severity {
                CoreSeverity::Warning => Severity::Warning,
                CoreSeverity::Blocking => Severity::Blocking,
            },
            message: p.message,
            found: p.found,
            allowed: p.allowed,
        })
        .collect()
}

/// A value as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<String, DccException> {
    serde_json::to_string(value).map_err(|e| Failure::internal(e.to_string()).into())
}
