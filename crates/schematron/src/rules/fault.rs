//! What is wrong in rule files.

use std::fmt;

/// A fault of a rule file, or of a document that it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// Kind of fault.
    pub kind: FaultKind,
    /// File, as a path in the source.
    pub file: String,
    /// Line in the file, from 1; 0 for the file as a whole.
    pub line: u32,
    /// What was found.
    pub found: String,
}

/// Kinds of [`Fault`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FaultKind {
    /// A file that is included, or the rule file itself, is not there.
    MissingFile,
    /// A file cannot be read.
    Unreadable,
    /// A file is not XML.
    Malformed,
    /// An element or attribute outside of the supported part of Schematron.
    Construct,
    /// An expression outside of the supported part of XPath, or wrong.
    Expression,
    /// A reference to an abstract pattern, a rule or a parameter that does not exist.
    Reference,
    /// Files include each other, or the rules are too many.
    Limit,
    /// Notice: a file is found only under a name that differs in case or in Unicode form.
    OtherCase,
    /// Notice: a document that expressions read is not there; each test that needs it will fail to run.
    MissingDocument,
    /// Notice: a document that expressions read is not XML.
    MalformedDocument,
}

impl FaultKind {
    /// A stable code.
    pub fn code(self) -> &'static str {
        match self {
            FaultKind::MissingFile => "rule-file-missing",
            FaultKind::Unreadable => "rule-file-unreadable",
            FaultKind::Malformed => "rule-file-malformed",
            FaultKind::Construct => "rule-construct",
            FaultKind::Expression => "rule-expression",
            FaultKind::Reference => "rule-reference",
            FaultKind::Limit => "rule-limit",
            FaultKind::OtherCase => "rule-name-case",
            FaultKind::MissingDocument => "rule-document-missing",
            FaultKind::MalformedDocument => "rule-document-malformed",
        }
    }

    /// All kinds.
    pub const ALL: [FaultKind; 10] = [
        FaultKind::MissingFile,
        FaultKind::Unreadable,
        FaultKind::Malformed,
        FaultKind::Construct,
        FaultKind::Expression,
        FaultKind::Reference,
        FaultKind::Limit,
        FaultKind::OtherCase,
        FaultKind::MissingDocument,
        FaultKind::MalformedDocument,
    ];
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            FaultKind::MissingFile => "file not found",
            FaultKind::Unreadable => "file cannot be read",
            FaultKind::Malformed => "file is not well-formed XML",
            FaultKind::Construct => "construct not supported",
            FaultKind::Expression => "expression not supported",
            FaultKind::Reference => "reference to something that does not exist",
            FaultKind::Limit => "limit passed",
            FaultKind::OtherCase => "name differs in case from the file's",
            FaultKind::MissingDocument => "document not found",
            FaultKind::MalformedDocument => "document is not well-formed XML",
        };
        write!(f, "{}:{}: {what}: {}", self.file, self.line, self.found)
    }
}

impl std::error::Error for Fault {}
