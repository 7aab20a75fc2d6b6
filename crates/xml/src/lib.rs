//! XML in and out: the only place that talks to quick-xml.
//!
//! - [`c14n`]: the canonical form that signatures digest
//! - [`mod@decode`]: bytes to text (UTF-8, UTF-16, ISO-8859-1…)
//! - `fault`: what the XML library finds wrong, in French
//! - `head`: a glance at the templates, before all is parsed
//! - [`tree`]: a bounded, read-only tree that remembers what was read
//! - [`writer`]: elements and attributes straight to bytes
//! - [`rules`]: what can be wrong with an XML text

pub mod c14n;
pub mod decode;
mod fault;
mod head;
pub mod rules;
pub mod tree;
pub mod writer;

pub use c14n::canonical;
pub use decode::decode;
pub use head::template_ids;
pub use tree::{Limits, NodeId, Tree};
pub use writer::XmlWriter;

/// True when XML 1.0 allows `c` in a document (production `Char`).
pub fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}
