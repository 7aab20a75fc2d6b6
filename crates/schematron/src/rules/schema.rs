//! A rule set, compiled.

use hashbrown::HashMap;

use foldhash::fast::FixedState;

use crate::sets::StringSet;
use crate::xpath::{Id, Pool, Range, Test};

use super::documents::Beside;
use super::fault::Fault;

/// No parent in the trie of contexts: the document itself.
pub(super) const TOP: u32 = u32::MAX;

/// A step of a context, shared by all contexts that begin alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Node {
    /// The step before, or [`TOP`]; always a smaller number.
    pub(super) parent: u32,
    /// Descendants of what the step before matched, or its children.
    pub(super) below: bool,
    pub(super) test: Test,
    pub(super) predicates: Range,
    /// `child/@attribute = 'text'` is among what a first step asks: child, attribute, text.
    pub(super) key: Option<(u32, u32, u32)>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct CompiledPattern {
    pub(super) id: u32,
    pub(super) rules: Range,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct CompiledRule {
    /// Ends of the contexts in the trie; [`TOP`] is the document.
    pub(super) contexts: Range,
    pub(super) lets: Range,
    pub(super) tests: Range,
    pub(super) context: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct CompiledTest {
    pub(super) report: bool,
    pub(super) expr: Id,
    /// The expression as written.
    pub(super) text: u32,
    /// The role, or `u32::MAX`.
    pub(super) role: u32,
    pub(super) parts: Range,
    pub(super) file: u32,
    pub(super) line: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum CompiledPart {
    Text(u32),
    Value(Id),
}

/// Steps of the trie by the text of their key, for one child and attribute.
pub(super) type Keyed = HashMap<u32, Vec<u32>, FixedState>;

/// A rule set, compiled: made once, then shared by any number of threads.
///
/// ```
/// use dcc_schematron::{Document, Limits, MemorySource, Mode, Schema};
///
/// let rules = r#"<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
///   <pattern id="names"><rule context="//person">
///     <assert test="name[string-length() > 1]">A person (<value-of select="@id"/>) has a name.</assert>
///   </rule></pattern></schema>"#;
/// let limits = Limits::default();
/// let schema = Schema::compile(&MemorySource::from_iter([("a.sch", rules)]), "a.sch", &limits).unwrap();
/// let document = Document::parse(b"<people><person id='7'/></people>", &limits)?;
/// let report = schema.check(&document, Mode::Helpful, &limits);
/// assert_eq!(report.findings[0].text, "A person (7) has a name.");
/// assert_eq!(report.findings[0].location, "/people/person");
/// # Ok::<(), dcc_schematron::XmlError>(())
/// ```
#[derive(Debug, Default)]
pub struct Schema {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) files: Vec<String>,
    pub(super) notices: Vec<Fault>,
    pub(super) pool: Pool,
    pub(super) sets: Vec<StringSet>,
    pub(super) documents: Vec<Beside>,
    pub(super) globals: Vec<Id>,
    pub(super) trie: Vec<Node>,
    /// Index of the keys of the trie, made from it.
    pub(super) keys: Vec<((u32, u32), Keyed)>,
    pub(super) patterns: Vec<CompiledPattern>,
    pub(super) rules: Vec<CompiledRule>,
    pub(super) contexts: Vec<u32>,
    pub(super) lets: Vec<Id>,
    pub(super) tests: Vec<CompiledTest>,
    pub(super) parts: Vec<CompiledPart>,
}

/// A test of a rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TestInfo<'s> {
    /// Identifier of the pattern, may be empty.
    pub pattern: &'s str,
    /// Context of the rule.
    pub context: &'s str,
    /// Expression of the test.
    pub test: &'s str,
    /// Rule file.
    pub file: &'s str,
    /// Line in the rule file.
    pub line: u32,
}

impl Schema {
    /// All tests, in the order of the rules: identifier of the pattern, context, expression, file and line.
    pub fn tests(&self) -> impl Iterator<Item = TestInfo<'_>> {
        let str = |n| self.pool.str(n);
        self.patterns.iter().flat_map(move |p| {
            let rules = &self.rules[p.rules.at as usize..(p.rules.at + p.rules.len) as usize];
            rules.iter().flat_map(move |r| {
                let tests = &self.tests[r.tests.at as usize..(r.tests.at + r.tests.len) as usize];
                tests.iter().map(move |t| TestInfo {
                    pattern: str(p.id),
                    context: str(r.context),
                    test: str(t.text),
                    file: self.files.get(t.file as usize).map_or("", |f| f),
                    line: t.line,
                })
            })
        })
    }

    /// Path of the rule file in its source.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Title of the rule set, may be empty.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Paths of the rule files read: the rule file itself, then those included.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// Paths of the documents that the rules read, and whether each can be read.
    pub fn documents(&self) -> impl Iterator<Item = (&str, bool)> {
        self.documents.iter().map(|d| {
            let readable = d.state == crate::eval::State::Found;
            (
                d.path.as_str(),
                readable || d.state == crate::eval::State::OtherCase,
            )
        })
    }

    /// What is amiss without hindering the use of the rules: missing value sets, names of another case.
    pub fn notices(&self) -> &[Fault] {
        &self.notices
    }

    /// Numbers of patterns, rules and tests.
    pub fn counts(&self) -> (usize, usize, usize) {
        let tests = self.rules.iter().map(|r| r.tests.len as usize).sum();
        (self.patterns.len(), self.rules.len(), tests)
    }

    /// Makes the index of the keys.
    pub(super) fn index_keys(&mut self) {
        self.keys.clear();
        for (i, node) in self.trie.iter().enumerate() {
            let Some((child, attribute, text)) = node.key else {
                continue;
            };
            let pair = (child, attribute);
            let at = match self.keys.iter().position(|k| k.0 == pair) {
                Some(at) => at,
                None => {
                    self.keys.push((pair, Keyed::default()));
                    self.keys.len() - 1
                }
            };
            self.keys[at].1.entry(text).or_default().push(i as u32);
        }
    }
}
