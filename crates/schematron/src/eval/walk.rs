//! Steps of paths.

use crate::document::{ATTRIBUTE, ROOT, TEXT, bit};
use crate::names::ABSENT;
use crate::xpath::{Axis, Expr, Id, Step, Test};

use super::fail::{NOT_A_NODE, R, fail};
use super::machine::Eval;
use super::value::{Focus, Item, View};

/// Names of texts and of the document are above those of elements.
const FIRST_OTHER: u32 = TEXT - 1;

impl View<'_> {
    /// Whether a node passes a test that stands for elements (or, on attributes, for attributes).
    #[inline]
    pub(crate) fn passes(&self, n: u32, test: Test) -> bool {
        let name = if n & ATTRIBUTE != 0 {
            self.doc.attr(n).name
        } else {
            self.doc.node(n).name
        };
        match test {
            Test::Any => name < FIRST_OTHER,
            Test::Name(t) => name == self.map.names[t as usize],
            Test::Text => name == TEXT && n & ATTRIBUTE == 0,
            Test::Node => true,
            Test::Local(t) => {
                name < FIRST_OTHER && self.doc.names().pair(name).1 == self.map.locals[t as usize]
            }
            Test::Space(t) => {
                name < FIRST_OTHER && self.doc.names().pair(name).0 == self.map.spaces[t as usize]
            }
        }
    }
}

impl<'a> Eval<'a> {
    /// Calls `out` with each node that the steps lead to, until it returns `true`.
    pub(super) fn walk<F>(&mut self, from: Focus<'a>, steps: &'a [Step], out: &mut F) -> R<bool>
    where
        F: FnMut(&mut Self, Focus<'a>) -> R<bool>,
    {
        let Some((step, rest)) = steps.split_first() else {
            return out(self, from);
        };
        if from.is_atom() {
            return fail(NOT_A_NODE, "a step from a value that is not a node");
        }
        let pool = self.given.pool;
        let predicates = pool.list(step.predicates);
        if step.axis == Axis::Expression {
            let mut nodes = Vec::new();
            self.collect(predicates[0], from, &mut nodes)?;
            for item in nodes {
                match item {
                    Item::Node(node) => {
                        if self.walk(node, rest, out)? {
                            return Ok(true);
                        }
                    }
                    _ => return fail(NOT_A_NODE, "a step from a value that is not a node"),
                }
            }
            return Ok(false);
        }
        match predicates {
            [] => self.axis(from, step, &mut |ev, n| ev.walk(from.at(n), rest, out)),
            &[predicate] if !matches!(pool.expr(predicate), Expr::Int(_)) => {
                self.axis(from, step, &mut |ev, n| {
                    let node = from.at(n);
                    Ok(ev.boolean(predicate, node)? && ev.walk(node, rest, out)?)
                })
            }
            _ => {
                let mut counts = vec![0; predicates.len()];
                self.axis(from, step, &mut |ev, n| {
                    let node = from.at(n);
                    Ok(ev.keeps(node, predicates, &mut counts)? && ev.walk(node, rest, out)?)
                })
            }
        }
    }

    /// Whether a node passes predicates; `counts` holds for each how many nodes came before it.
    pub(super) fn keeps(
        &mut self,
        node: Focus<'a>,
        predicates: &[Id],
        counts: &mut [i64],
    ) -> R<bool> {
        for (&predicate, count) in predicates.iter().zip(counts) {
            *count += 1;
            let kept = match self.expr(predicate) {
                Expr::Int(position) => *count == position,
                _ => self.boolean(predicate, node)?,
            };
            if !kept {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Calls `out` with each node on an axis that passes the test, nearest first, until it returns `true`.
    #[inline]
    fn axis<F>(&mut self, from: Focus<'a>, step: &Step, out: &mut F) -> R<bool>
    where
        F: FnMut(&mut Self, u32) -> R<bool>,
    {
        let view = from.view;
        let doc = view.doc;
        let test = step.test;
        let n = from.n;
        // a name that the document does not hold leads nowhere
        let name = match test {
            Test::Name(t) => {
                let name = view.map.names[t as usize];
                if name == ABSENT {
                    return Ok(false);
                }
                Some(name)
            }
            _ => None,
        };
        match step.axis {
            Axis::Attribute => {
                if from.is_attribute() {
                    return Ok(false);
                }
                if let Some(name) = name {
                    return match doc.attribute_named(n, name) {
                        Some(a) => out(self, a),
                        None => Ok(false),
                    };
                }
                let node = doc.node(n);
                for a in node.attrs..node.attrs + node.attr_count {
                    if view.passes(a | ATTRIBUTE, test) && out(self, a | ATTRIBUTE)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Axis::Child => {
                if from.is_attribute() {
                    return Ok(false);
                }
                let node = doc.node(n);
                if name.is_some_and(|name| node.child_mask & bit(name) == 0) {
                    return Ok(false);
                }
                self.siblings(view, n + 1, node.end, test, out)
            }
            Axis::SelfNode => Ok(view.passes(n, test) && out(self, n)?),
            Axis::Parent => match doc.parent(n) {
                Some(parent) => Ok(view.passes(parent, test) && out(self, parent)?),
                None => Ok(false),
            },
            Axis::Descendant | Axis::DescendantOrSelf => {
                let own = step.axis == Axis::DescendantOrSelf;
                if from.is_attribute() {
                    return Ok(own && view.passes(n, test) && out(self, n)?);
                }
                let (first, end) = (n + u32::from(!own), doc.node(n).end);
                if let Some(name) = name {
                    let all = doc.elements_named(name);
                    let start = all.partition_point(|&e| e < first);
                    for &e in all[start..].iter().take_while(|&&e| e < end) {
                        self.tick(1)?;
                        if out(self, e)? {
                            return Ok(true);
                        }
                    }
                    return Ok(false);
                }
                for e in first..end {
                    self.tick(1)?;
                    if view.passes(e, test) && out(self, e)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Axis::FollowingSibling => match doc.parent(n) {
                Some(parent) if !from.is_attribute() => {
                    let (start, end) = (doc.node(n).end, doc.node(parent).end);
                    self.siblings(view, start, end, test, out)
                }
                _ => Ok(false),
            },
            Axis::PrecedingSibling => match doc.parent(n) {
                Some(parent) if !from.is_attribute() => {
                    let mut before = Vec::new();
                    let mut c = parent + 1;
                    while c < n {
                        self.tick(1)?;
                        if view.passes(c, test) {
                            before.push(c);
                        }
                        c = doc.node(c).end;
                    }
                    for c in before.into_iter().rev() {
                        if out(self, c)? {
                            return Ok(true);
                        }
                    }
                    Ok(false)
                }
                _ => Ok(false),
            },
            Axis::Expression => Ok(false),
        }
    }

    #[inline]
    fn siblings<F>(
        &mut self,
        view: &View<'a>,
        first: u32,
        end: u32,
        test: Test,
        out: &mut F,
    ) -> R<bool>
    where
        F: FnMut(&mut Self, u32) -> R<bool>,
    {
        let mut c = first;
        while c < end {
            self.tick(1)?;
            if view.passes(c, test) && out(self, c)? {
                return Ok(true);
            }
            c = view.doc.node(c).end;
        }
        Ok(false)
    }

    /// Whether an element has a child element of a name of the rule set.
    pub(super) fn has_child(&mut self, from: Focus<'a>, name: u32) -> R<bool> {
        let name = from.view.map.names[name as usize];
        if name == ABSENT || from.is_attribute() {
            return Ok(false);
        }
        let node = from.view.doc.node(from.n);
        if node.child_mask & bit(name) == 0 {
            return Ok(false);
        }
        let mut c = from.n + 1;
        while c < node.end {
            self.tick(1)?;
            let child = from.view.doc.node(c);
            if child.name == name {
                return Ok(true);
            }
            c = child.end;
        }
        Ok(false)
    }

    /// Whether every element of a subtree that has an attribute passes a test.
    pub(super) fn every_with(&mut self, from: Focus<'a>, name: u32, test: Id) -> R<bool> {
        let name = from.view.map.names[name as usize];
        if name == ABSENT || from.is_attribute() {
            return Ok(true);
        }
        let end = from.view.doc.node(from.n).end;
        let owners = from.view.doc.owners_of(name);
        let first = owners.partition_point(|&o| o < from.n.max(ROOT + 1));
        for &owner in owners[first..].iter().take_while(|&&o| o < end) {
            self.tick(1)?;
            if !self.boolean(test, from.at(owner))? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
