//! Bounds on what one document or one rule file may cost.

/// Bounds on size and work. `Limits::default()` suits documents of health records.
///
/// ```
/// let mut limits = dcc_schematron::Limits::default();
/// limits.max_bytes = 1 << 20;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Greatest size of a document in bytes (default 256 MiB; never above 1 GiB).
    pub max_bytes: usize,
    /// Greatest depth of elements (default 256).
    pub max_depth: usize,
    /// Greatest number of elements and texts (default 20 million).
    pub max_nodes: usize,
    /// Greatest number of attributes of one element (default 1 000).
    pub max_attributes: usize,
    /// Nodes that the tests of one rule set may visit, beside [`Limits::work_per_byte`] (default 20 million).
    pub base_work: u64,
    /// Nodes that the tests of one rule set may visit for each byte of the document (default 200).
    pub work_per_byte: u64,
    /// Greatest number of findings kept for one rule set (default 100 000); one more says that the rest is cut.
    pub max_findings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_bytes: 256 << 20,
            max_depth: 256,
            max_nodes: 20_000_000,
            max_attributes: 1_000,
            base_work: 20_000_000,
            work_per_byte: 200,
            max_findings: 100_000,
        }
    }
}
