//! Bounds of what is read.

/// Bounds of a validation; hostile documents end in an error, not in an
/// exhausted machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Largest document, in bytes. Default 50 MB.
    pub max_bytes: usize,
    /// Deepest nesting of elements. Default 256, as in libxml2.
    pub max_depth: usize,
    /// Most violations listed. Default 1 000; a report says when it was cut.
    pub max_violations: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_bytes: 50_000_000,
            max_depth: 256,
            max_violations: 1_000,
        }
    }
}
