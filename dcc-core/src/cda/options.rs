//! Options of a write and of a read, and their results.

use super::unread::Unread;
use crate::problem::Problems;
use crate::terminology::Terminology;
use crate::xml::Limits;

/// Options of a write.
#[derive(Clone, Debug, Default)]
pub struct WriteOptions {
    /// Binding of blocking problems that the caller accepts, each knowingly:
    /// `JDV-CODE` lets a foreign document with a withdrawn code be sent again.
    pub accept: Vec<String>,
    /// Refuse a document that has warnings too.
    pub strict: bool,
    /// Value sets to use instead of the embedded ones.
    pub terminology: Option<Terminology>,
}

impl WriteOptions {
    /// The problems, when none of them forbids writing.
    pub(crate) fn allow(&self, problems: Problems) -> Result<Problems, Problems> {
        let refused = problems
            .iter()
            .any(|p| (p.is_blocking() || self.strict) && !self.accept.iter().any(|a| a == p.code));
        if refused { Err(problems) } else { Ok(problems) }
    }

    /// The value sets to use.
    pub fn terminology(&self) -> &Terminology {
        self.terminology
            .as_ref()
            .unwrap_or_else(|| Terminology::embedded())
    }
}

/// Options of a read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Bounds of the document.
    pub limits: Limits,
    /// Value sets to use instead of the embedded ones.
    pub terminology: Option<Terminology>,
}

/// A document read, and everything that the model cannot hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<T> {
    /// The model filled from the document.
    pub document: T,
    /// What was in the document and is not in the model, in document order.
    pub unread: Vec<Unread>,
}

impl ReadOptions {
    /// The value sets to use.
    pub fn terminology(&self) -> &Terminology {
        self.terminology
            .as_ref()
            .unwrap_or_else(|| Terminology::embedded())
    }
}

/// A document written, and what its reader should know.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Written {
    /// The document: CDA R2, UTF-8.
    pub bytes: Vec<u8>,
    /// Problems that did not forbid writing it: warnings, and those accepted.
    pub warnings: Problems,
}
