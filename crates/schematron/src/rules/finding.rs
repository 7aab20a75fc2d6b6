//! What a run finds.

/// How grave a finding is: the `role` of its test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The rules could not be run to their end, or the role is `fatal`.
    Fatal,
    /// The role is `error`, absent, or unknown.
    Error,
    /// The role is `warning` or `warn`.
    Warning,
    /// The role is `info` or `information`.
    Info,
}

impl Level {
    /// The level of a `role`.
    pub fn of_role(role: Option<&str>) -> Level {
        match role {
            Some("fatal") => Level::Fatal,
            Some("warning" | "warn") => Level::Warning,
            Some("info" | "information") => Level::Info,
            _ => Level::Error,
        }
    }

    /// `fatal`, `error`, `warning` or `info`.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Fatal => "fatal",
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "info",
        }
    }
}

/// An error that stopped a test, or in [`crate::Mode::Official`] the whole rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RunError {
    /// Code of XPath 2.0 (`FODC0002`, `XPTY0004`, …), or `limit-…`.
    pub code: &'static str,
    /// In a few words, without values of the document: a path of the rules, what was expected.
    pub detail: String,
}

/// A test that did not pass. Its `Debug` form holds texts of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Level.
    pub level: Level,
    /// Place in the document: `/a/b[2]`, empty for the document itself.
    pub location: String,
    /// Line of the place, from 1; 0 when there is none.
    pub line: u32,
    /// Column of the place in characters, from 1; 0 when there is none.
    pub column: u32,
    /// The message of the rule, its values put in, blanks made single.
    pub text: String,
    /// The expression of the test.
    pub test: String,
    /// Whether the test is a `report`, found when it holds; else an `assert`, found when it does not.
    pub report: bool,
    /// The context of the rule.
    pub context: String,
    /// Identifier of the pattern, may be empty.
    pub pattern: String,
    /// Rule file that holds the test.
    pub file: String,
    /// Line of the test in the rule file.
    pub rule_line: u32,
    /// Why the test could not be run, when it could not.
    pub error: Option<RunError>,
}

/// The outcome of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Findings, by pattern, then in document order, then in the order of the tests.
    pub findings: Vec<Finding>,
    /// Number of rules that fired.
    pub fired: u64,
    /// Number of tests evaluated.
    pub tests: u64,
}
