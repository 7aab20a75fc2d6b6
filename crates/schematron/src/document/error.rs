//! Why bytes are not a document.

use std::fmt;

/// Why bytes were refused as an XML document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct XmlError {
    /// Kind of fault.
    pub kind: XmlErrorKind,
    /// Line, from 1; 0 when no place can be given.
    pub line: u32,
    /// Column in characters, from 1; 0 when no place can be given.
    pub column: u32,
    /// What was found, from the document: may hold personal data, so not part of `Display`.
    pub found: String,
}

/// Kinds of [`XmlError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum XmlErrorKind {
    /// The bytes do not follow the encoding of the document, or the encoding is unknown.
    Encoding,
    /// Not well-formed (XML 1.0, or Namespaces in XML 1.0).
    Malformed,
    /// A character that XML 1.0 forbids.
    Character,
    /// A document type declaration, or an entity that only one could define: refused, as they open the door to
    /// external files and to exponential growth.
    Dtd,
    /// A bound of [`crate::Limits`] is passed.
    Limit,
}

impl XmlErrorKind {
    /// A stable code.
    pub fn code(self) -> &'static str {
        match self {
            XmlErrorKind::Encoding => "xml-encoding",
            XmlErrorKind::Malformed => "xml-malformed",
            XmlErrorKind::Character => "xml-character",
            XmlErrorKind::Dtd => "xml-dtd",
            XmlErrorKind::Limit => "xml-limit",
        }
    }
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            XmlErrorKind::Encoding => "the bytes do not follow the encoding of the document",
            XmlErrorKind::Malformed => "the document is not well-formed XML",
            XmlErrorKind::Character => "the document holds a character that XML forbids",
            XmlErrorKind::Dtd => "document type declarations and their entities are refused",
            XmlErrorKind::Limit => "the document passes a limit",
        };
        write!(f, "line {}, column {}: {what}", self.line, self.column)
    }
}

impl std::error::Error for XmlError {}
