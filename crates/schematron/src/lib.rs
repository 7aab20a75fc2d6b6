//! ISO Schematron (`queryBinding="xslt2"`) in process, without XSLT: rule files are compiled once and run over
//! documents by a small XPath 2.0 engine made for it.
mod codec;
mod document;
mod eval;
mod limits;
mod names;
mod rules;
mod sets;
mod source;
mod text;
mod xpath;
pub use document::{Attribute, Child, Document, Element, Event, Events, XmlError, XmlErrorKind};
pub use limits::Limits;
pub use rules::{Fault, FaultKind, Finding, Level, Mode, Report, RunError, Schema, TestInfo};
pub use source::{Found, MemorySource, Source, fold_path, resolve_path};
