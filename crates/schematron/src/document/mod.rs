//! XML documents: an arena in document order, read once, never changed.

mod attributes;
mod build;
mod chars;
mod element;
mod error;
mod tree;

pub use element::{Attribute, Child, Element};
pub use error::{XmlError, XmlErrorKind};
pub use tree::Document;

pub(crate) use tree::{ATTRIBUTE, Node, ROOT, TEXT, bit};
