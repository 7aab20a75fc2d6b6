//! What is wrong with an input, said so that the reader can mend it.
//!
//! Every check of the library answers with [`Problems`]: *all* the problems
//! of the input, each with its place, a stable code, a text in French, what
//! was found and what is allowed. A check never stops at the first problem.

use std::fmt;

use serde::Serialize;

/// How much a problem weighs (*gravité*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// *Avertissement*: the document can leave, the reader should know.
    Warning,
    /// *Bloquant*: the library refuses to write the document, unless the
    /// caller names the code among those it accepts.
    Blocking,
}

impl Severity {
    /// Its French name: « avertissement », « bloquant ».
    pub const fn french(self) -> &'static str {
        match self {
            Severity::Warning => "avertissement",
            Severity::Blocking => "bloquant",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.french())
    }
}

/// One rule that an input can break: one line of a rule table.
///
/// Each concept of the library has its own table of rules; a code is stated
/// once, is never reused and never changes meaning.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// Stable code, `AREA-SUBJECT`, for example `INS-CLE`.
    pub code: &'static str,
    /// Weight of a breach.
    pub severity: Severity,
    /// What the rule asks, in French, as a sentence without a final stop.
    pub text: &'static str,
    /// Where the rule comes from: volet, OID, article, standard.
    pub source: &'static str,
}

/// A table of rules: one line per rule, `NAME: Severity "CODE" "texte" source;`,
/// and the list `RULES` of them all.
#[macro_export]
macro_rules! rules {
    ($($name:ident: $severity:ident $code:literal $text:literal $source:expr;)*) => {
        $(
            #[doc = concat!("`", $code, "` ", $text)]
            pub static $name: $crate::problem::Rule = $crate::problem::Rule {
                code: $code,
                severity: $crate::problem::Severity::$severity,
                text: $text,
                source: $source,
            };
        )*
        /// The rules of this concept.
        pub static RULES: &[&$crate::problem::Rule] = &[$(&$name),*];
    };
}
pub use crate::rules;

/// One problem of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Place in the input: a JSON pointer (RFC 6901) for models, an XPath-like
    /// path for XML, `ligne 12` for tables. Empty for the whole input.
    pub path: String,
    /// Stable code of the rule broken.
    pub code: &'static str,
    /// Weight of the problem.
    pub severity: Severity,
    /// What is wrong, in French.
    pub message: String,
    /// What was found, when there is something to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// What is allowed in its place, nearest first; may be empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
}

impl Problem {
    /// A breach of `rule` at `path`; the message is the rule's own text.
    pub fn new(rule: &'static Rule, path: impl Into<String>) -> Self {
        Problem {
            path: path.into(),
            code: rule.code,
            severity: rule.severity,
            message: rule.text.to_owned(),
            found: None,
            allowed: Vec::new(),
        }
    }

    /// The same problem with a message of its own.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// The same problem, showing what was found.
    #[must_use]
    pub fn found(mut self, found: impl fmt::Display) -> Self {
        self.found = Some(found.to_string());
        self
    }

    /// The same problem, saying what is allowed.
    #[must_use]
    pub fn allowed<T: fmt::Display>(mut self, allowed: impl IntoIterator<Item = T>) -> Self {
        self.allowed = allowed.into_iter().map(|a| a.to_string()).collect();
        self
    }

    /// True when the problem stops a document from being written.
    pub fn is_blocking(&self) -> bool {
        self.severity == Severity::Blocking
    }
}

impl fmt::Display for Problem {
    /// One line: `CODE chemin : message (trouvé : x ; attendu : a, b)`; a
    /// warning says so, after its code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() {
            "/"
        } else {
            &self.path
        };
        f.write_str(self.code)?;
        if self.severity == Severity::Warning {
            write!(f, " ({})", self.severity)?;
        }
        write!(f, " {path} : {}", self.message)?;
        let allowed = self.allowed.join(", ");
        match (&self.found, allowed.is_empty()) {
            (Some(found), true) => write!(f, " (trouvé : {found})"),
            (Some(found), false) => write!(f, " (trouvé : {found} ; attendu : {allowed})"),
            (None, false) => write!(f, " (attendu : {allowed})"),
            (None, true) => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

/// All the problems of an input, in the order of the input. Also the error
/// type of every operation that an input's problems can stop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// No problem.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one problem.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// The problems, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// True when there is no problem at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Number of problems.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when at least one problem is blocking.
    pub fn has_blocking(&self) -> bool {
        self.0.iter().any(Problem::is_blocking)
    }

    /// The blocking problems, in order.
    pub fn blocking(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter().filter(|p| p.is_blocking())
    }

    /// The warnings, in order.
    pub fn warnings(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter().filter(|p| !p.is_blocking())
    }

    /// `Ok(value)` when no problem is blocking, the whole list otherwise.
    ///
    /// # Errors
    /// The list itself, when one of its problems is blocking.
    pub fn or<T>(self, value: T) -> Result<T, Problems> {
        if self.has_blocking() {
            Err(self)
        } else {
            Ok(value)
        }
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Problems(vec![problem])
    }
}

impl From<Problems> for Vec<Problem> {
    fn from(problems: Problems) -> Self {
        problems.0
    }
}

impl From<Vec<Problem>> for Problems {
    fn from(problems: Vec<Problem>) -> Self {
        Problems(problems)
    }
}

impl FromIterator<Problem> for Problems {
    fn from_iter<I: IntoIterator<Item = Problem>>(iter: I) -> Self {
        Problems(iter.into_iter().collect())
    }
}

impl Extend<Problem> for Problems {
    fn extend<I: IntoIterator<Item = Problem>>(&mut self, iter: I) {
        self.0.extend(iter);
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Problems {
    /// One line per problem, those that block first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.blocking().chain(self.warnings()).enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
