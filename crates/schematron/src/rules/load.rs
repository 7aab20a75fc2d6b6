//! Reading a rule file and the files that it includes.

use std::rc::Rc;

use crate::document::{Child, Document, Element, XmlError};
use crate::limits::Limits;
use crate::source::{Source, resolve_path};

use super::fault::{Fault, FaultKind};
use super::ir::{Item, Let, Part, Pattern, Place, Rule, Rules, Test};

const SCHEMATRON: &str = "http://purl.oclc.org/dsdl/schematron";
/// Deepest chain of includes.
const MAX_DEPTH: usize = 32;
/// Greatest number of files of one rule set.
const MAX_FILES: usize = 20_000;

/// The rules, and what is wrong with them; `notices` do not hinder their use.
pub(super) struct Loaded {
    pub(super) rules: Rules,
    pub(super) faults: Vec<Fault>,
    pub(super) notices: Vec<Fault>,
}

pub(super) fn load(source: &dyn Source, path: &str, limits: &Limits) -> Loaded {
    let mut loader = Loader {
        source,
        limits,
        out: Loaded {
            rules: Rules::default(),
            faults: Vec::new(),
            notices: Vec::new(),
        },
        chain: Vec::new(),
    };
    loader.file(path, None, &mut |loader, file, root| {
        if root.is(SCHEMATRON, "schema") {
            loader.schema(file, root);
        } else {
            loader.construct(file, root, root.written_name());
        }
    });
    loader.out
}

struct Loader<'s> {
    source: &'s dyn Source,
    limits: &'s Limits,
    out: Loaded,
    /// Files being read, outermost first.
    chain: Vec<String>,
}

impl<'s> Loader<'s> {
    fn fault(&mut self, kind: FaultKind, place: Place, found: impl Into<String>) {
        let file = self.out.rules.files.get(place.file as usize);
        self.out.faults.push(Fault {
            kind,
            file: file.cloned().unwrap_or_default(),
            line: place.line,
            found: found.into(),
        });
    }

    fn construct(&mut self, file: u32, at: Element<'_>, found: &str) {
        self.fault(FaultKind::Construct, place(file, at), found);
    }

    /// Reads a file and gives its root to `then`. `from` is where it is included.
    fn file(
        &mut self,
        path: &str,
        from: Option<(Place, &str)>,
        then: &mut dyn FnMut(&mut Self, u32, Element<'_>),
    ) {
        let source = self.source;
        let wrong = |loader: &mut Self, kind, found: String| match from {
            Some((place, _)) => loader.fault(kind, place, found),
            None => loader.out.faults.push(Fault {
                kind,
                file: path.to_owned(),
                line: 0,
                found,
            }),
        };
        if self.chain.len() >= MAX_DEPTH || self.out.rules.files.len() >= MAX_FILES {
            return wrong(self, FaultKind::Limit, path.to_owned());
        }
        let found = match source.read(path) {
            Ok(Some(found)) => found,
            Ok(None) => return wrong(self, FaultKind::MissingFile, path.to_owned()),
            Err(why) => return wrong(self, FaultKind::Unreadable, format!("{path}: {why}")),
        };
        if self.chain.contains(&found.path) {
            return wrong(self, FaultKind::Limit, format!("{path} includes itself"));
        }
        if !found.exact
            && let Some((place, href)) = from
        {
            let file = self.out.rules.files[place.file as usize].clone();
            self.out.notices.push(Fault {
                kind: FaultKind::OtherCase,
                file,
                line: place.line,
                found: href.to_owned(),
            });
        }
        let document = match Document::parse(&found.bytes, self.limits) {
            Ok(document) => document,
            Err(e) => return self.malformed(&found.path, &e),
        };
        let file = self.out.rules.files.len() as u32;
        self.out.rules.files.push(found.path.clone());
        self.chain.push(found.path);
        then(self, file, document.root());
        self.chain.pop();
    }

    fn malformed(&mut self, path: &str, e: &XmlError) {
        self.out.faults.push(Fault {
            kind: FaultKind::Malformed,
            file: path.to_owned(),
            line: e.line,
            found: format!("{e} {}", e.found),
        });
    }

    fn include(
        &mut self,
        file: u32,
        e: Element<'_>,
        then: &mut dyn FnMut(&mut Self, u32, Element<'_>),
    ) {
        let at = place(file, e);
        let Some(href) = e.attribute("", "href") else {
            return self.construct(file, e, "include without href");
        };
        let base = &self.out.rules.files[file as usize];
        match resolve_path(base, href) {
            Some(path) => self.file(&path, Some((at, href)), then),
            None => self.fault(FaultKind::MissingFile, at, href),
        }
    }

    /// Refuses attributes other than those named; attributes of other namespaces are left alone.
    fn attributes(&mut self, file: u32, e: Element<'_>, known: &[&str]) {
        for a in e.attributes() {
            let plain = ["id", "icon", "see", "fpi"].contains(&a.local_name());
            if a.namespace().is_empty() && !plain && !known.contains(&a.local_name()) {
                let found = format!("@{} of {}", a.local_name(), e.local_name());
                self.construct(file, e, &found);
            }
        }
    }

    /// Child elements; text between them is refused.
    fn elements<'d>(&mut self, file: u32, e: Element<'d>) -> Vec<Element<'d>> {
        let mut out = Vec::new();
        for child in e.children() {
            match child {
                Child::Element(c) if c.namespace() == SCHEMATRON => out.push(c),
                Child::Element(c) => {
                    let found = format!("{} in {}", c.written_name(), e.local_name());
                    self.construct(file, c, &found);
                }
                Child::Text(text) if text.trim().is_empty() => {}
                Child::Text(_) => {
                    let found = format!("text in {}", e.local_name());
                    self.construct(file, e, &found);
                }
            }
        }
        out
    }

    fn schema(&mut self, file: u32, e: Element<'_>) {
        self.attributes(file, e, &["schemaVersion", "defaultPhase", "queryBinding"]);
        match e.attribute("", "queryBinding") {
            Some("xslt2") => {}
            other => {
                let found = format!("queryBinding {}", other.unwrap_or("absent"));
                self.construct(file, e, &found);
            }
        }
        self.out.rules.default_phase = e.attribute("", "defaultPhase").map(str::to_owned);
        for child in self.elements(file, e) {
            self.child_of_schema(file, child);
        }
    }

    fn child_of_schema(&mut self, file: u32, e: Element<'_>) {
        match e.local_name() {
            "title" => self.out.rules.title = squeeze(&e.text()),
            "p" => {}
            "ns" => {
                self.attributes(file, e, &["prefix", "uri"]);
                match (e.attribute("", "prefix"), e.attribute("", "uri")) {
                    (Some(prefix), Some(uri)) => {
                        let prefixes = &mut self.out.rules.prefixes;
                        prefixes.insert(prefix.to_owned(), uri.to_owned());
                    }
                    _ => self.construct(file, e, "ns without prefix or uri"),
                }
            }
            "let" => {
                if let Some(variable) = self.variable(file, e) {
                    self.out.rules.lets.push(variable);
                }
            }
            "phase" => self.phase(file, e),
            "pattern" => {
                let pattern = self.pattern(file, e);
                self.out.rules.patterns.push(pattern);
            }
            "include" => self.include(file, e, &mut |loader, file, root| {
                if root.namespace() == SCHEMATRON {
                    loader.child_of_schema(file, root);
                } else {
                    loader.construct(file, root, root.written_name());
                }
            }),
            other => self.construct(file, e, other),
        }
    }

    fn phase(&mut self, file: u32, e: Element<'_>) {
        self.attributes(file, e, &[]);
        let mut active = Vec::new();
        for child in self.elements(file, e) {
            match (child.local_name(), child.attribute("", "pattern")) {
                ("active", Some(pattern)) => active.push(pattern.to_owned()),
                ("p", _) => {}
                (other, _) => self.construct(file, child, &format!("{other} in phase")),
            }
        }
        let id = e.attribute("", "id").unwrap_or_default().to_owned();
        self.out.rules.phases.push((id, active));
    }

    fn variable(&mut self, file: u32, e: Element<'_>) -> Option<Rc<Let>> {
        self.attributes(file, e, &["name", "value"]);
        match (e.attribute("", "name"), e.attribute("", "value")) {
            (Some(name), Some(value)) if e.children().next().is_none() => Some(Rc::new(Let {
                name: name.trim().to_owned(),
                value: value.to_owned(),
                place: value_place(file, e, "value"),
            })),
            _ => {
                self.construct(file, e, "let without name or value, or with content");
                None
            }
        }
    }

    fn pattern(&mut self, file: u32, e: Element<'_>) -> Pattern {
        self.attributes(file, e, &["name", "abstract", "is-a"]);
        let mut pattern = Pattern {
            id: e.attribute("", "id").map(str::to_owned),
            is_abstract: e.attribute("", "abstract") == Some("true"),
            is_a: e.attribute("", "is-a").map(str::to_owned),
            place: place(file, e),
            ..Pattern::default()
        };
        for child in self.elements(file, e) {
            self.child_of_pattern(file, child, &mut pattern);
        }
        pattern
    }

    fn child_of_pattern(&mut self, file: u32, e: Element<'_>, pattern: &mut Pattern) {
        match e.local_name() {
            "title" | "p" => {}
            "let" => pattern.lets.extend(self.variable(file, e)),
            "param" => match (e.attribute("", "name"), e.attribute("", "value")) {
                (Some(name), Some(value)) => {
                    let param = (name.to_owned(), value.to_owned());
                    pattern.params.push(param);
                }
                _ => self.construct(file, e, "param without name or value"),
            },
            "rule" => {
                let rule = self.rule(file, e);
                pattern.rules.push(rule);
            }
            "include" => self.include(file, e, &mut |loader, file, root| {
                if root.namespace() == SCHEMATRON {
                    loader.child_of_pattern(file, root, pattern);
                } else {
                    loader.construct(file, root, root.written_name());
                }
            }),
            other => self.construct(file, e, &format!("{other} in pattern")),
        }
    }

    fn rule(&mut self, file: u32, e: Element<'_>) -> Rule {
        self.attributes(file, e, &["context", "abstract", "role"]);
        let is_abstract = e.attribute("", "abstract") == Some("true");
        let context = e.attribute("", "context").map(str::to_owned);
        if context.is_none() && !is_abstract {
            self.construct(file, e, "rule without context");
        }
        let mut items = Vec::new();
        for child in self.elements(file, e) {
            match child.local_name() {
                "let" => items.extend(self.variable(file, child).map(Item::Let)),
                "assert" | "report" => items.extend(self.test(file, child).map(Item::Test)),
                "extends" => match child.attribute("", "rule") {
                    Some(rule) if child.attribute("", "href").is_none() => {
                        items.push(Item::Extends(rule.to_owned(), place(file, child)));
                    }
                    _ => self.construct(file, child, "extends without rule"),
                },
                "p" => {}
                other => self.construct(file, child, &format!("{other} in rule")),
            }
        }
        Rule {
            id: e.attribute("", "id").map(str::to_owned),
            is_abstract,
            context,
            role: e.attribute("", "role").map(str::to_owned),
            items,
            place: value_place(file, e, "context"),
        }
    }

    fn test(&mut self, file: u32, e: Element<'_>) -> Option<Rc<Test>> {
        self.attributes(file, e, &["test", "role"]);
        let Some(test) = e.attribute("", "test") else {
            self.construct(file, e, "test without expression");
            return None;
        };
        let mut parts = Vec::new();
        self.message(file, e, &mut parts);
        Some(Rc::new(Test {
            report: e.local_name() == "report",
            test: test.to_owned(),
            role: e.attribute("", "role").map(str::to_owned),
            parts,
            place: value_place(file, e, "test"),
        }))
    }

    fn message(&mut self, file: u32, e: Element<'_>, parts: &mut Vec<Part>) {
        for child in e.children() {
            let c = match child {
                Child::Text(text) => {
                    parts.push(Part::Text(text.to_owned()));
                    continue;
                }
                Child::Element(c) => c,
            };
            match (c.namespace(), c.local_name()) {
                (SCHEMATRON, "value-of") => match c.attribute("", "select") {
                    Some(select) => {
                        let at = value_place(file, c, "select");
                        parts.push(Part::Value(select.to_owned(), at));
                    }
                    None => self.construct(file, c, "value-of without select"),
                },
                (SCHEMATRON, "name") => {
                    let path = c.attribute("", "path").filter(|p| !p.is_empty());
                    let name = format!("name({})", path.unwrap_or("."));
                    parts.push(Part::Value(name, place(file, c)));
                }
                (SCHEMATRON, "emph" | "dir" | "span") => self.message(file, c, parts),
                _ => self.construct(file, c, &format!("{} in a message", c.written_name())),
            }
        }
    }
}

fn place(file: u32, e: Element<'_>) -> Place {
    Place {
        file,
        line: e.position().0,
    }
}

/// Where the value of an attribute begins.
fn value_place(file: u32, e: Element<'_>, attribute: &str) -> Place {
    let value = e
        .attributes()
        .find(|a| a.local_name() == attribute && a.namespace().is_empty());
    Place {
        file,
        line: value.map_or_else(|| e.position().0, |a| a.line()),
    }
}

/// Blanks made single.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
