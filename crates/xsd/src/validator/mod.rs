//! Validation, event by event.
//!
//! - `driver`: elements, content models, `xsi:type`, `xsi:nil`
//! - `attributes`: the attributes of an element
//! - `keys`: `xs:key` and `xs:unique`
//! - `recovery`: where to go on after an unexpected element
//! - `sink`: the breaches found, their texts

mod attributes;
mod driver;
mod keys;
mod recovery;
mod sink;

pub use attributes::Attribute;
pub use driver::Validator;
