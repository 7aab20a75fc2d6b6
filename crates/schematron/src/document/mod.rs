//! XML documents: an arena in document order, read once, never changed.

mod attributes;
mod build;
mod chars;
mod element;
mod error;
mod events;
mod scope;
#[cfg(test)]
mod tests;
mod tree;

pub use element::{Attribute, Child, Element};
pub use error::{XmlError, XmlErrorKind};
pub use events::{Event, Events};
pub use tree::Document;

pub(crate) use tree::{ATTRIBUTE, ROOT, TEXT, bit};
