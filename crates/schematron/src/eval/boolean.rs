//! The effective boolean value, which is what a test is.

use crate::xpath::{Axis, Expr, Func, Id};

use super::fail::{NO_TRUTH, NOT_A_NODE, R, fail};
use super::machine::Eval;
use super::value::{Focus, Item};

impl<'a> Eval<'a> {
    /// The effective boolean value of an expression.
    pub(crate) fn boolean(&mut self, id: Id, f: Focus<'a>) -> R<bool> {
        self.deeper()?;
        let outcome = self.boolean_of(id, f);
        self.shallower();
        outcome
    }

    fn boolean_of(&mut self, id: Id, f: Focus<'a>) -> R<bool> {
        let pool = self.given.pool;
        match self.expr(id) {
            Expr::Attr(name) if !f.is_atom() => Ok(f.attribute(name).is_some()),
            Expr::Child(name) if !f.is_atom() => self.has_child(f, name),
            Expr::Attr(_) | Expr::Child(_) => fail(NOT_A_NODE, "a step from a value"),
            Expr::Not(inner) => Ok(!self.boolean(inner, f)?),
            Expr::Or(ids) => {
                for &id in pool.list(ids) {
                    if self.boolean(id, f)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Expr::And(ids) => {
                for &id in pool.list(ids) {
                    if !self.boolean(id, f)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Expr::Compare(op, a, b) => self.compare(op, a, b, f),
            Expr::ValueCompare(op, a, b) => {
                Ok(self.value_compare(op, a, b, f)?.unwrap_or_default())
            }
            Expr::CountIs(op, nodes, n) => {
                let count = self.count(nodes, f, n as usize + 1)?;
                Ok(op.holds(count.cmp(&(n as usize))))
            }
            Expr::Path(_, start, steps) => {
                let steps = pool.steps(steps);
                if steps.last().is_some_and(|s| s.axis == Axis::Expression) {
                    return self.truth(id, f);
                }
                self.walk_from(start, steps, f, &mut |_, _| Ok(true))
            }
            Expr::Union(ids) => {
                for &id in pool.list(ids) {
                    if self.boolean(id, f)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Expr::If(test, yes, no) => {
                let branch = if self.boolean(test, f)? { yes } else { no };
                self.boolean(branch, f)
            }
            Expr::Every(sequence, body) => {
                let mut items = Vec::new();
                self.collect(sequence, f, &mut items)?;
                for item in items {
                    if !self.with_local(item, |ev| ev.boolean(body, f))? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Expr::EveryWith(name, test) if !f.is_atom() => self.every_with(f, name, test),
            Expr::EveryWith(..) => fail(NOT_A_NODE, "a step from a value"),
            Expr::Castable(to, inner) => self.castable(to, inner, f),
            Expr::Matches(text, pattern) => self.matches(text, pattern, f),
            Expr::InSet(inner, set) => self.in_set(inner, set, f),
            Expr::InPairs(set, a, b) => self.in_pairs(set, a, b, f),
            Expr::DocAvailable(document) => Ok(self.is_readable(document)),
            Expr::Call(func, args) => {
                let args = pool.list(args);
                match func {
                    Func::Empty => Ok(!self.exists(args[0], f)?),
                    Func::Exists => self.exists(args[0], f),
                    Func::Count => Ok(self.count(args[0], f, 1)? > 0),
                    Func::StartsWith => {
                        let text = self.string_or_empty(args[0], f)?;
                        let start = self.string_or_empty(args[1], f)?;
                        Ok(text.starts_with(&*start))
                    }
                    Func::Contains => {
                        let text = self.string_or_empty(args[0], f)?;
                        let part = self.string_or_empty(args[1], f)?;
                        Ok(text.contains(&*part))
                    }
                    _ => self.truth(id, f),
                }
            }
            _ => self.truth(id, f),
        }
    }

    /// Whether an expression has an item.
    fn exists(&mut self, id: Id, f: Focus<'a>) -> R<bool> {
        match self.expr(id) {
            Expr::Attr(name) if !f.is_atom() => Ok(f.attribute(name).is_some()),
            _ => self.each(id, f, &mut |_, _| Ok(true)),
        }
    }

    /// The rule of XPath: a node first is true whatever follows; else a single atom decides.
    fn truth(&mut self, id: Id, f: Focus<'a>) -> R<bool> {
        let mut first: Option<Item<'a>> = None;
        let mut several = false;
        self.each(id, f, &mut |_, item| {
            if first.is_some() {
                several = true;
                return Ok(true);
            }
            let node = matches!(item, Item::Node(_));
            first = Some(item);
            Ok(node)
        })?;
        match first {
            None => Ok(false),
            Some(Item::Node(_)) => Ok(true),
            Some(_) if several => fail(NO_TRUTH, "several values where a test is expected"),
            Some(Item::Str(text) | Item::Untyped(text)) => Ok(!text.is_empty()),
            Some(Item::Int(n)) => Ok(n != 0),
            Some(Item::Double(n)) => Ok(n != 0.0 && !n.is_nan()),
            Some(Item::Bool(holds)) => Ok(holds),
            Some(Item::QName(_) | Item::DateTime(_)) => {
                fail(NO_TRUTH, "a value that is neither true nor false")
            }
        }
    }
}
