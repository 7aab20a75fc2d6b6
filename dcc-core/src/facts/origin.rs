//! Where a fact comes from.

/// Where a fact comes from, so that a problem can name its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin<'a> {
    /// Name of the source, for example `fiches_2025-03.csv`; may be empty.
    pub source: &'a str,
    /// Line in the source, the first being 1; 0 when there is none.
    pub line: u32,
}

impl<'a> Origin<'a> {
    /// A line of an unnamed source.
    pub fn line(line: u32) -> Self {
        Origin { source: "", line }
    }

    /// A line of a named source.
    pub fn new(source: &'a str, line: u32) -> Self {
        Origin { source, line }
    }

    /// `fiches.csv ligne 12`, `ligne 12`, `fiches.csv` or nothing.
    pub fn path(&self) -> String {
        match (self.source, self.line) {
            (source, 0) => source.to_owned(),
            ("", line) => format!("ligne {line}"),
            (source, line) => format!("{source} ligne {line}"),
        }
    }
}
