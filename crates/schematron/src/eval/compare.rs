//! Comparisons.

use std::cmp::Ordering;

use crate::xpath::{Axis, Expr, Id, Op};

use super::dates::DateTime;
use super::fail::{BAD_VALUE, R, WRONG_TYPE, fail};
use super::machine::Eval;
use super::numbers::double;
use super::value::{Focus, Item};

/// Whether two atoms of the same type are equal.
pub(super) fn same(a: &Item<'_>, b: &Item<'_>) -> bool {
    general(Op::Eq, a, b).unwrap_or(false)
}

/// One pair of a general comparison: an untyped value takes the type of the other.
fn general(op: Op, a: &Item<'_>, b: &Item<'_>) -> R<bool> {
    use Item::{Bool, DateTime as Date, Double, Int, QName, Str, Untyped};
    let order = match (a, b) {
        (Str(a) | Untyped(a), Str(b) | Untyped(b)) => Some((**a).cmp(&**b)),
        (Int(a), Int(b)) => Some(a.cmp(b)),
        (Int(_) | Double(_), Int(_) | Double(_)) => number(a).partial_cmp(&number(b)),
        (Untyped(a), Int(_) | Double(_)) => cast(a)?.partial_cmp(&number(b)),
        (Int(_) | Double(_), Untyped(b)) => number(a).partial_cmp(&cast(b)?),
        (Bool(a), Bool(b)) => Some(a.cmp(b)),
        (Untyped(a), Bool(b)) => Some(truth(a)?.cmp(b)),
        (Bool(a), Untyped(b)) => Some(a.cmp(&truth(b)?)),
        (Date(a), Date(b)) => Some(a.order(b)),
        (Untyped(a), Date(b)) => Some(date(a)?.order(b)),
        (Date(a), Untyped(b)) => Some(a.order(&date(b)?)),
        (QName(a), QName(b)) => {
            return match op {
                Op::Eq => Ok(a == b),
                Op::Ne => Ok(a != b),
                _ => fail(WRONG_TYPE, "qualified names have no order"),
            };
        }
        _ => return fail(WRONG_TYPE, "values of types that cannot be compared"),
    };
    // NaN differs from everything
    Ok(order.map_or(op == Op::Ne, |o| op.holds(o)))
}

fn number(item: &Item<'_>) -> f64 {
    match item {
        Item::Int(n) => *n as f64,
        Item::Double(n) => *n,
        _ => f64::NAN,
    }
}

fn cast(text: &str) -> R<f64> {
    match double(text) {
        Some(n) => Ok(n),
        None => fail(BAD_VALUE, "a value that is not a number"),
    }
}

fn truth(text: &str) -> R<bool> {
    match text.trim_matches([' ', '\t', '\n', '\r']) {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => fail(BAD_VALUE, "a value that is not a boolean"),
    }
}

fn date(text: &str) -> R<DateTime> {
    match DateTime::parse(text) {
        Some(at) => Ok(at),
        None => fail(BAD_VALUE, "a value that is not an xs:dateTime"),
    }
}

impl<'a> Eval<'a> {
    /// `=`, `!=`, `<` …: whether any pair of items satisfies it.
    pub(super) fn compare(&mut self, op: Op, a: Id, b: Id, f: Focus<'a>) -> R<bool> {
        match (self.expr(a), self.expr(b)) {
            (_, Expr::Str(text)) => {
                let text = self.str(text);
                self.compare_with(op, a, text, f)
            }
            (Expr::Str(text), _) => {
                let text = self.str(text);
                self.compare_with(op.turned(), b, text, f)
            }
            _ => {
                let mut left = Vec::new();
                self.collect(a, f, &mut left)?;
                if left.is_empty() {
                    return Ok(false);
                }
                left.iter_mut().for_each(make_atom);
                self.each(b, f, &mut |ev, item| {
                    let item = item.atom();
                    ev.tick(left.len() as u64)?;
                    for l in &left {
                        if general(op, l, &item)? {
                            return Ok(true);
                        }
                    }
                    Ok(false)
                })
            }
        }
    }

    /// Whether any item of an expression compares so with a constant string.
    fn compare_with(&mut self, op: Op, id: Id, text: &'a str, f: Focus<'a>) -> R<bool> {
        match self.expr(id) {
            Expr::Attr(name) if !f.is_atom() => Ok(f
                .attribute(name)
                .is_some_and(|a| op.holds(f.view.doc.attr_value(a.n).cmp(text)))),
            Expr::Path(_, start, steps) => {
                let steps = self.given.pool.steps(steps);
                if steps.last().is_some_and(|s| s.axis == Axis::Expression) {
                    return self.compare_each(op, id, text, f);
                }
                self.walk_from(start, steps, f, &mut |_, n| {
                    Ok(op.holds(value_order(n, text)))
                })
            }
            _ => self.compare_each(op, id, text, f),
        }
    }

    fn compare_each(&mut self, op: Op, id: Id, text: &'a str, f: Focus<'a>) -> R<bool> {
        self.each(id, f, &mut |_, item| match item {
            Item::Node(node) => Ok(op.holds(value_order(node, text))),
            Item::Str(value) | Item::Untyped(value) => Ok(op.holds((*value).cmp(text))),
            _ => fail(WRONG_TYPE, "a value of another type than a string"),
        })
    }

    /// `gt`, `le`: single values; nothing when one is missing.
    pub(super) fn value_compare(&mut self, op: Op, a: Id, b: Id, f: Focus<'a>) -> R<Option<bool>> {
        let a = self.single(a, f)?.map(Item::atom).map(as_string);
        let b = self.single(b, f)?.map(Item::atom).map(as_string);
        match (a, b) {
            (Some(a), Some(b)) => general(op, &a, &b).map(Some),
            _ => Ok(None),
        }
    }

    /// `x = set`, the set being strings.
    pub(super) fn in_set(&mut self, id: Id, set: u32, f: Focus<'a>) -> R<bool> {
        let mut left = Vec::new();
        self.collect(id, f, &mut left)?;
        if left.is_empty() {
            return Ok(false);
        }
        let set = self.set(set)?;
        for item in left {
            match item.atom() {
                Item::Str(text) | Item::Untyped(text) => {
                    if set.contains(&text, "") {
                        return Ok(true);
                    }
                }
                _ => return fail(WRONG_TYPE, "a value of another type than a string"),
            }
        }
        Ok(false)
    }

    /// Whether a pair of values is in a set of pairs.
    pub(super) fn in_pairs(&mut self, set: u32, a: Id, b: Id, f: Focus<'a>) -> R<bool> {
        let set = self.set(set)?;
        let (mut left, mut right) = (Vec::new(), Vec::new());
        self.collect(a, f, &mut left)?;
        self.collect(b, f, &mut right)?;
        self.tick((left.len() * right.len()) as u64)?;
        for l in &left {
            let Some(l) = text_of(l) else {
                return fail(WRONG_TYPE, "a value of another type than a string");
            };
            for r in &right {
                let Some(r) = text_of(r) else {
                    return fail(WRONG_TYPE, "a value of another type than a string");
                };
                if set.contains(&l, &r) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

fn text_of<'a>(item: &Item<'a>) -> Option<crate::text::Text<'a>> {
    match item {
        Item::Node(node) => Some(node.string_value()),
        Item::Str(text) | Item::Untyped(text) => Some(text.clone()),
        _ => None,
    }
}

fn make_atom(item: &mut Item<'_>) {
    if let Item::Node(node) = item {
        *item = Item::Untyped(node.string_value());
    }
}

/// Value comparisons take untyped values as strings.
fn as_string(item: Item<'_>) -> Item<'_> {
    match item {
        Item::Untyped(text) => Item::Str(text),
        other => other,
    }
}

fn value_order(node: Focus<'_>, text: &str) -> Ordering {
    if node.is_attribute() {
        node.view.doc.attr_value(node.n).cmp(text)
    } else {
        (*node.string_value()).cmp(text)
    }
}
