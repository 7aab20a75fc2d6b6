//! From rules as written to rules that run.

use std::collections::BTreeMap;
use std::rc::Rc;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::eval::State;
use crate::limits::Limits;
use crate::source::Source;
use crate::xpath::{
    Axis, Binding, Builder, Expr, Id, Kind, Op, Range, Scope, Test, compile as compile_expr,
};

use super::documents::Beside;
use super::expand::expand;
use super::fault::{Fault, FaultKind};
use super::ir::{self, Item, Part, Place};
use super::load::load;
use super::schema::{CompiledPart, CompiledPattern, CompiledRule, CompiledTest, Node, Schema, TOP};
use super::shapes;

const XSD: &str = "http://www.w3.org/2001/XMLSchema";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

impl Schema {
    /// Reads and compiles the rule file at `path`. Only the default phase is compiled.
    ///
    /// # Errors
    /// Every fault of the rule file and of what it includes.
    pub fn compile(source: &dyn Source, path: &str, limits: &Limits) -> Result<Self, Vec<Fault>> {
        compile(source, path, limits)
    }
}

fn compile(source: &dyn Source, path: &str, limits: &Limits) -> Result<Schema, Vec<Fault>> {
    let mut loaded = load(source, path, limits);
    expand(&mut loaded.rules, &mut loaded.faults);
    let mut rules = loaded.rules;
    for (prefix, uri) in [("xs", XSD), ("xml", XML)] {
        let prefixes = &mut rules.prefixes;
        prefixes
            .entry(prefix.to_owned())
            .or_insert_with(|| uri.to_owned());
    }
    let mut compiler = Compiler {
        rules: &rules,
        builder: Builder::default(),
        faults: loaded.faults,
        names: BTreeMap::new(),
        known: HashMap::default(),
        ranges: HashMap::default(),
        lists: HashMap::default(),
        nodes: HashMap::default(),
        messages: HashMap::default(),
        schema: Schema {
            path: path.to_owned(),
            title: rules.title.clone(),
            files: rules.files.clone(),
            ..Schema::default()
        },
    };
    compiler.globals();
    for pattern in &rules.patterns {
        compiler.pattern(pattern);
    }
    let Compiler {
        builder,
        mut schema,
        faults,
        ..
    } = compiler;
    if !faults.is_empty() {
        return Err(faults);
    }
    let rule_file = schema.files.first().cloned().unwrap_or_default();
    let mut notices = loaded.notices;
    for href in builder.documents.iter() {
        let document = Beside::read(source, &rule_file, href, limits);
        let kind = match document.state {
            State::Found => None,
            State::OtherCase => Some(FaultKind::OtherCase),
            State::Missing => Some(FaultKind::MissingDocument),
            State::Malformed => Some(FaultKind::MalformedDocument),
        };
        notices.extend(kind.map(|kind| Fault {
            kind,
            file: rule_file.clone(),
            line: 0,
            found: document.path.clone(),
        }));
        schema.documents.push(document);
    }
    schema.notices = notices;
    schema.pool = builder.pool;
    shapes::recognise(&mut schema, limits);
    schema.index_keys();
    Ok(schema)
}

/// An expression compiled before, and what its variables stood for.
struct Known {
    uses: Vec<(String, Binding)>,
    expr: Id,
    kind: Kind,
}

struct Compiler<'r> {
    rules: &'r ir::Rules,
    builder: Builder,
    schema: Schema,
    faults: Vec<Fault>,
    /// Global variables.
    names: BTreeMap<String, Binding>,
    known: HashMap<String, Vec<Known>, FixedState>,
    /// Runs of expressions and of parts already laid down.
    lists: HashMap<Vec<Id>, Range, FixedState>,
    ranges: HashMap<Vec<CompiledPart>, Range, FixedState>,
    nodes: HashMap<Node, u32, FixedState>,
    /// Messages by the test that holds them, for tests without variables in their message.
    messages: HashMap<*const ir::Test, Range, FixedState>,
}

struct Names<'a> {
    prefixes: &'a BTreeMap<String, String>,
    globals: &'a BTreeMap<String, Binding>,
    lets: &'a [(String, Binding)],
}

impl Scope for Names<'_> {
    fn variable(&self, name: &str) -> Option<Binding> {
        let own = self.lets.iter().rev().find(|l| l.0 == name);
        own.map(|l| l.1).or_else(|| self.globals.get(name).copied())
    }

    fn namespace(&self, prefix: &str) -> Option<&str> {
        self.prefixes.get(prefix).map(String::as_str)
    }
}

impl Compiler<'_> {
    fn fault(&mut self, kind: FaultKind, place: Place, found: String) {
        let file = self.rules.files.get(place.file as usize);
        self.faults.push(Fault {
            kind,
            file: file.cloned().unwrap_or_default(),
            line: place.line,
            found,
        });
    }

    fn expression(
        &mut self,
        text: &str,
        lets: &[(String, Binding)],
        place: Place,
    ) -> Option<Binding> {
        let names = Names {
            prefixes: &self.rules.prefixes,
            globals: &self.names,
            lets,
        };
        if let Some(all) = self.known.get(text) {
            let same = |k: &&Known| {
                k.uses
                    .iter()
                    .all(|(name, b)| names.variable(name).as_ref() == Some(b))
            };
            if let Some(k) = all.iter().find(same) {
                return Some(Binding {
                    expr: k.expr,
                    kind: k.kind,
                });
            }
        }
        match compile_expr(text, &names, &mut self.builder) {
            Ok(compiled) => {
                let binding = Binding {
                    expr: compiled.expr,
                    kind: compiled.kind,
                };
                self.known.entry(text.to_owned()).or_default().push(Known {
                    uses: compiled.uses,
                    expr: compiled.expr,
                    kind: compiled.kind,
                });
                Some(binding)
            }
            Err(e) => {
                let before = text.get(..e.at).unwrap_or_default();
                let near: String = text
                    .get(e.at..)
                    .unwrap_or_default()
                    .chars()
                    .take(40)
                    .collect();
                let line = place.line + before.matches('\n').count() as u32;
                let found = format!("{} (near « {} »)", e.message, near.trim());
                self.fault(FaultKind::Expression, Place { line, ..place }, found);
                None
            }
        }
    }

    /// Variables of the schema, then of the patterns: the first of a name holds.
    fn globals(&mut self) {
        let rules = self.rules;
        let of_patterns = rules.patterns.iter().flat_map(|p| &p.lets);
        for l in rules.lets.iter().chain(of_patterns) {
            if self.names.contains_key(&l.name) {
                continue;
            }
            let Some(value) = self.expression(&l.value, &[], l.place) else {
                continue;
            };
            let slot = self.schema.globals.len() as u32;
            let binding = self.bind(value, Expr::Global(slot));
            if binding != value {
                self.schema.globals.push(value.expr);
            }
            self.names.insert(l.name.clone(), binding);
        }
    }

    /// What a variable of a value stands for: the value itself when it is constant, else the variable.
    fn bind(&mut self, value: Binding, variable: Expr) -> Binding {
        if shapes::is_constant(&self.builder.pool, value.expr) {
            return value;
        }
        Binding {
            expr: self.builder.add(variable),
            kind: value.kind,
        }
    }

    fn string(&mut self, text: &str) -> u32 {
        self.builder.pool.strings.intern(text)
    }

    fn pattern(&mut self, pattern: &ir::Pattern) {
        let at = self.schema.rules.len() as u32;
        for rule in &pattern.rules {
            self.rule(rule);
        }
        let id = self.string(pattern.id.as_deref().unwrap_or_default());
        self.schema.patterns.push(CompiledPattern {
            id,
            rules: Range {
                at,
                len: self.schema.rules.len() as u32 - at,
            },
        });
    }

    fn rule(&mut self, rule: &ir::Rule) {
        // a rule without context is a fault already listed
        let Some(text) = rule.context.as_deref() else {
            return;
        };
        let contexts = self.context(text, rule.place);
        let at = self.schema.contexts.len() as u32;
        self.schema.contexts.extend_from_slice(&contexts);
        let contexts = Range {
            at,
            len: contexts.len() as u32,
        };
        let mut lets: Vec<(String, Binding)> = Vec::new();
        let mut values: Vec<Id> = Vec::new();
        let first = self.schema.tests.len() as u32;
        for item in &rule.items {
            match item {
                Item::Let(l) => {
                    if let Some(value) = self.expression(&l.value, &lets, l.place) {
                        let slot = values.len() as u32;
                        let binding = self.bind(value, Expr::Let(slot));
                        if binding != value {
                            values.push(value.expr);
                        }
                        lets.push((l.name.clone(), binding));
                    }
                }
                Item::Test(test) => self.test(test, rule, &lets),
                // taken out by the expansion
                Item::Extends(..) => {}
            }
        }
        let tests = Range {
            at: first,
            len: self.schema.tests.len() as u32 - first,
        };
        let lets = match self.lists.get(&values) {
            Some(&range) => range,
            None => {
                let range = Range {
                    at: self.schema.lets.len() as u32,
                    len: values.len() as u32,
                };
                self.schema.lets.extend_from_slice(&values);
                self.lists.insert(values, range);
                range
            }
        };
        let context = self.string(&squeeze(text));
        self.schema.rules.push(CompiledRule {
            contexts,
            lets,
            tests,
            context,
        });
    }

    fn test(&mut self, test: &Rc<ir::Test>, rule: &ir::Rule, lets: &[(String, Binding)]) {
        let Some(expr) = self.expression(&test.test, lets, test.place) else {
            return;
        };
        let parts = self.message(test, lets);
        let role = test.role.as_deref().filter(|r| !r.is_empty());
        let role = role.or(rule.role.as_deref()).filter(|r| !r.is_empty());
        let role = role.map_or(u32::MAX, |r| self.builder.pool.strings.intern(r));
        let text = self.string(&test.test);
        self.schema.tests.push(CompiledTest {
            report: test.report,
            expr: expr.expr,
            text,
            role,
            parts,
            file: test.place.file,
            line: test.place.line,
        });
    }

    fn message(&mut self, test: &Rc<ir::Test>, lets: &[(String, Binding)]) -> Range {
        let key = Rc::as_ptr(test);
        if let Some(&range) = self.messages.get(&key) {
            return range;
        }
        let mut parts = Vec::new();
        let mut plain = true;
        for part in &test.parts {
            match part {
                Part::Text(text) => {
                    let text = self.string(text);
                    parts.push(CompiledPart::Text(text));
                }
                Part::Value(select, place) => {
                    plain &= !select.contains('$');
                    if let Some(value) = self.expression(select, lets, *place) {
                        parts.push(CompiledPart::Value(value.expr));
                    }
                }
            }
        }
        let range = match self.ranges.get(&parts) {
            Some(&range) => range,
            None => {
                let range = Range {
                    at: self.schema.parts.len() as u32,
                    len: parts.len() as u32,
                };
                self.schema.parts.extend_from_slice(&parts);
                self.ranges.insert(parts, range);
                range
            }
        };
        if plain {
            self.messages.insert(key, range);
        }
        range
    }

    /// The ends, in the trie, of the alternatives of a context.
    fn context(&mut self, text: &str, place: Place) -> Vec<u32> {
        let Some(whole) = self.expression(text, &[], place) else {
            return Vec::new();
        };
        let alternatives = match self.builder.pool.expr(whole.expr) {
            Expr::Union(ids) => self.builder.pool.list(ids).to_vec(),
            _ => vec![whole.expr],
        };
        let mut ends = Vec::new();
        for id in alternatives {
            match self.context_path(id) {
                Some(end) => {
                    if !ends.contains(&end) {
                        ends.push(end);
                    }
                }
                None => {
                    let found = format!("context {}", squeeze(text));
                    self.fault(FaultKind::Expression, place, found);
                }
            }
        }
        ends
    }

    /// A path of steps to children and descendants, relative ones beginning anywhere.
    fn context_path(&mut self, id: Id) -> Option<u32> {
        let pool = &self.builder.pool;
        let (start, steps) = match pool.expr(id) {
            Expr::Root => return Some(TOP),
            Expr::Child(name) => {
                return Some(self.node(TOP, true, Test::Name(name), Range::default()));
            }
            Expr::Path(_, start, steps) => (pool.expr(start), pool.steps(steps).to_vec()),
            _ => return None,
        };
        let mut below = match start {
            Expr::Context => true,
            Expr::Root => false,
            _ => return None,
        };
        let mut parent = TOP;
        let mut ended = false;
        for step in steps {
            match (step.axis, step.test) {
                (Axis::DescendantOrSelf, Test::Node) if step.predicates.len == 0 => {
                    below = true;
                    ended = false;
                    continue;
                }
                (_, Test::Text | Test::Node) => return None,
                (Axis::Child, _) => {}
                (Axis::Descendant, _) => below = true,
                _ => return None,
            }
            parent = self.node(parent, below, step.test, step.predicates);
            below = false;
            ended = true;
        }
        ended.then_some(parent)
    }

    fn node(&mut self, parent: u32, below: bool, test: Test, predicates: Range) -> u32 {
        let key = if parent == TOP && below {
            self.key(predicates)
        } else {
            None
        };
        let node = Node {
            parent,
            below,
            test,
            predicates,
            key,
        };
        if let Some(&at) = self.nodes.get(&node) {
            return at;
        }
        let at = self.schema.trie.len() as u32;
        self.schema.trie.push(node);
        self.nodes.insert(node, at);
        at
    }

    /// `child/@attribute = 'text'` when the first predicate asks it, alone or joined to others by `and`.
    fn key(&self, predicates: Range) -> Option<(u32, u32, u32)> {
        let pool = &self.builder.pool;
        let first = *pool.list(predicates).first()?;
        let all = match pool.expr(first) {
            Expr::And(ids) => pool.list(ids),
            _ => &[first],
        };
        all.iter().find_map(|&id| {
            let Expr::Compare(Op::Eq, path, text) = pool.expr(id) else {
                return None;
            };
            let (Expr::Path(_, start, steps), Expr::Str(text)) = (pool.expr(path), pool.expr(text))
            else {
                return None;
            };
            let [child, attribute] = pool.steps(steps) else {
                return None;
            };
            let plain = child.axis == Axis::Child
                && attribute.axis == Axis::Attribute
                && child.predicates.len == 0
                && attribute.predicates.len == 0
                && pool.expr(start) == Expr::Context;
            match (child.test, attribute.test) {
                (Test::Name(child), Test::Name(attribute)) if plain => {
                    Some((child, attribute, text))
                }
                _ => None,
            }
        })
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
