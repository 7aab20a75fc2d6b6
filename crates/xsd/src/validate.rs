//! Validates the bytes of a document, and finds the place of each breach.

use std::collections::HashMap;
use std::fmt;

use crate::limits::Limits;
use crate::reader::{self, Expanded, Handler, Scope, XmlError};
use crate::schema::Schema;
use crate::validator::{Attribute, Validator};
use crate::violation::{Code, Violation};

/// A breach with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Path of the element or attribute: `/a/b[2]/@c`, local names, a rank
    /// where a sibling has the same name.
    pub path: String,
    /// Line of the element, from 1.
    pub line: usize,
    /// Column of the element, from 1, in characters.
    pub column: usize,
    /// What is wrong; its `node` is the byte where the element starts.
    pub violation: Violation,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "ligne {}, colonne {}, {} : {}",
            self.line, self.column, self.path, self.violation
        )
    }
}

/// The breaches of a document, with their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Findings {
    /// In the order of the document.
    pub findings: Vec<Finding>,
    /// Number of breaches, those not listed included.
    pub total: usize,
}

impl Findings {
    /// True when the document follows the schema.
    pub fn is_valid(&self) -> bool {
        self.total == 0
    }
}

impl Schema {
    /// Validates a document in UTF-8.
    ///
    /// # Errors
    /// When the bytes are not a well-formed document, have a document type
    /// declaration, or pass a limit.
    pub fn validate(&self, document: &[u8], limits: &Limits) -> Result<Findings, XmlError> {
        let text = reader::decode(document)?;
        let mut driver = Driver {
            schema: self,
            validator: self.validator_with(*limits),
        };
        reader::read(text, limits, false, &mut driver)?;
        let report = driver.validator.finish();
        if report.is_valid() {
            return Ok(Findings::default());
        }
        let places = places(text, limits, &report.violations)?;
        let findings = report.violations.into_iter().map(|violation| {
            let place = &places[&violation.node];
            let on_attribute = matches!(
                violation.code,
                Code::AttributeUnexpected
                    | Code::AttributeValue
                    | Code::AttributeFixed
                    | Code::IdDouble
            );
            let path = match &violation.attribute {
                Some(attribute) if on_attribute => format!("{}/@{attribute}", place.path),
                _ => place.path.clone(),
            };
            Finding {
                path,
                line: place.line,
                column: place.column,
                violation,
            }
        });
        Ok(Findings {
            findings: findings.collect(),
            total: report.total,
        })
    }
}

struct Driver<'s> {
    schema: &'s Schema,
    validator: Validator<'s>,
}

impl<'a> Handler<'a> for Driver<'_> {
    fn start(
        &mut self,
        at: usize,
        name: Expanded<'a>,
        attributes: &[reader::Attribute<'a>],
        scope: &Scope<'a>,
    ) {
        let schema = self.schema;
        let attributes = attributes.iter().map(|a| Attribute {
            name: schema.name(scope.uri(a.name.namespace), a.name.local),
            value: &a.value,
        });
        let name = schema.name(scope.uri(name.namespace), name.local);
        self.validator
            .start_element(at as u64, name, attributes, scope);
    }

    fn text(&mut self, text: &str) {
        self.validator.text(text);
    }

    fn end(&mut self, scope: &Scope<'a>) {
        self.validator.end_element_in(scope);
    }
}

struct Place {
    path: String,
    line: usize,
    column: usize,
}

/// The places of the elements that have a violation, by their first byte.
fn places(
    text: &str,
    limits: &Limits,
    violations: &[Violation],
) -> Result<HashMap<u64, Place>, XmlError> {
    let mut wanted: Vec<u64> = violations.iter().map(|v| v.node).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut locator = Locator {
        wanted: &wanted,
        ..Locator::default()
    };
    reader::read(text, limits, false, &mut locator)?;
    let mut places = HashMap::new();
    // one pass over the text for all lines and columns
    let (mut line, mut column) = (1, 1);
    let mut chars = text.char_indices().peekable();
    for (&at, steps) in wanted.iter().zip(&locator.found) {
        while let Some(&(i, c)) = chars.peek() {
            if i as u64 >= at {
                break;
            }
            chars.next();
            column += 1;
            if c == '\n' {
                (line, column) = (line + 1, 1);
            }
        }
        let mut path = String::new();
        for step in steps {
            path.push('/');
            path.push_str(step.local);
            if locator.counts[&(step.parent, step.namespace, step.local)] > 1 {
                path.push_str(&format!("[{}]", step.rank));
            }
        }
        places.insert(at, Place { path, line, column });
    }
    Ok(places)
}

/// An open element: its name, its rank among the children of `parent` that
/// have the same name.
#[derive(Clone, Copy)]
struct Step<'a> {
    parent: usize,
    id: usize,
    namespace: usize,
    local: &'a str,
    rank: usize,
}

/// Finds the paths of the wanted elements.
#[derive(Default)]
struct Locator<'a, 'w> {
    wanted: &'w [u64],
    open: Vec<Step<'a>>,
    elements: usize,
    counts: HashMap<(usize, usize, &'a str), usize>,
    found: Vec<Vec<Step<'a>>>,
}

impl<'a> Handler<'a> for Locator<'a, '_> {
    fn start(&mut self, at: usize, name: Expanded<'a>, _: &[reader::Attribute<'a>], _: &Scope<'a>) {
        let parent = self.open.last().map_or(0, |s| s.id);
        self.elements += 1;
        let count = self
            .counts
            .entry((parent, name.namespace, name.local))
            .or_insert(0);
        *count += 1;
        self.open.push(Step {
            parent,
            id: self.elements,
            namespace: name.namespace,
            local: name.local,
            rank: *count,
        });
        if self.wanted.get(self.found.len()) == Some(&(at as u64)) {
            self.found.push(self.open.clone());
        }
    }

    fn text(&mut self, _: &str) {}

    fn end(&mut self, _: &Scope<'a>) {
        self.open.pop();
    }
}
