//! Errors of evaluation.

use std::fmt;

/// Why an expression has no value. Codes are those of XPath 2.0 where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fail {
    pub(crate) code: &'static str,
    pub(crate) detail: String,
}

/// A document that cannot be read.
pub(crate) const NO_DOCUMENT: &str = "FODC0002";
/// A value of a wrong type, or several values where one is wanted.
pub(crate) const WRONG_TYPE: &str = "XPTY0004";
/// A step from something that is not a node.
pub(crate) const NOT_A_NODE: &str = "XPTY0019";
/// A value that cannot be cast.
pub(crate) const BAD_VALUE: &str = "FORG0001";
/// A sequence that is neither true nor false.
pub(crate) const NO_TRUTH: &str = "FORG0006";
/// A name that is not a QName.
pub(crate) const BAD_NAME: &str = "FOCA0002";
/// A prefix without a namespace.
pub(crate) const NO_PREFIX: &str = "FONS0004";
/// The bound on work is passed.
pub(crate) const WORK: &str = "limit-work";
/// Expressions use each other too deeply.
pub(crate) const DEPTH: &str = "limit-depth";

impl Fail {
    /// Whether a bound is passed, which ends the run.
    pub(crate) fn is_limit(&self) -> bool {
        self.code == WORK || self.code == DEPTH
    }
}

impl fmt::Display for Fail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.detail)
    }
}

/// The outcome of an evaluation.
pub(crate) type R<T> = Result<T, Box<Fail>>;

pub(crate) fn fail<T>(code: &'static str, detail: impl Into<String>) -> R<T> {
    Err(Box::new(Fail {
        code,
        detail: detail.into(),
    }))
}
