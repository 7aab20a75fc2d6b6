//! A rule file as it is written, its includes put in place.

use std::collections::BTreeMap;
use std::rc::Rc;

/// A file, by number, and a line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) file: u32,
    pub(super) line: u32,
}

#[derive(Debug, Clone)]
pub(super) struct Let {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) place: Place,
}

#[derive(Debug, Clone)]
pub(super) enum Part {
    Text(String),
    /// An expression whose value is written.
    Value(String, Place),
}

#[derive(Debug, Clone)]
pub(super) struct Test {
    pub(super) report: bool,
    pub(super) test: String,
    pub(super) role: Option<String>,
    pub(super) parts: Vec<Part>,
    pub(super) place: Place,
}

#[derive(Debug, Clone)]
pub(super) enum Item {
    Let(Rc<Let>),
    Test(Rc<Test>),
    Extends(String, Place),
}

#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) id: Option<String>,
    pub(super) is_abstract: bool,
    pub(super) context: Option<String>,
    pub(super) role: Option<String>,
    pub(super) items: Vec<Item>,
    pub(super) place: Place,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Pattern {
    pub(super) id: Option<String>,
    pub(super) is_abstract: bool,
    pub(super) is_a: Option<String>,
    pub(super) params: Vec<(String, String)>,
    pub(super) lets: Vec<Rc<Let>>,
    pub(super) rules: Vec<Rule>,
    pub(super) place: Place,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Rules {
    pub(super) title: String,
    pub(super) prefixes: BTreeMap<String, String>,
    pub(super) lets: Vec<Rc<Let>>,
    pub(super) patterns: Vec<Pattern>,
    /// Phases and the patterns that they switch on.
    pub(super) phases: Vec<(String, Vec<String>)>,
    pub(super) default_phase: Option<String>,
    /// Paths of the files read, by number; the first is the rule file itself.
    pub(super) files: Vec<String>,
}
