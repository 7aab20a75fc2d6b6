//! What the reading of a value depends on, beside its text.

use crate::name::XML;

/// The namespace prefixes in scope where a value stands.
pub trait Prefixes {
    /// The namespace bound to `prefix`; the default namespace for an empty
    /// prefix. `None` when there is none.
    fn namespace(&self, prefix: &str) -> Option<&str>;
}

/// Bindings in the order of the document: the last one of a prefix holds.
impl Prefixes for &[(&str, &str)] {
    fn namespace(&self, prefix: &str) -> Option<&str> {
        self.iter()
            .rev()
            .find(|(p, _)| *p == prefix)
            .map(|(_, uri)| *uri)
    }
}

/// The prefixes in scope, as the types look at them.
pub(crate) struct Lexical<'a> {
    pub(crate) prefixes: &'a dyn Prefixes,
}

impl Lexical<'_> {
    /// The namespace bound to a prefix; `xml` always is.
    pub(crate) fn namespace(&self, prefix: &str) -> Option<&str> {
        if prefix == "xml" {
            return Some(XML);
        }
        self.prefixes.namespace(prefix)
    }
}
