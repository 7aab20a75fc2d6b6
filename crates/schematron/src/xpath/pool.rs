//! The pool: expressions, their lists, names, texts and patterns, each kept once.

use std::hash::Hash;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::names::{Interner, Names};

use super::expr::{Expr, Id, Range, Step};
use super::regex::{Pattern, Replacement};

/// Compiled expressions.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    pub(crate) exprs: Vec<Expr>,
    pub(crate) lists: Vec<Id>,
    pub(crate) steps: Vec<Step>,
    pub(crate) strings: Interner,
    pub(crate) names: Names,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) replacements: Vec<Replacement>,
}

impl Pool {
    pub(crate) fn expr(&self, id: Id) -> Expr {
        self.exprs[id as usize]
    }

    pub(crate) fn list(&self, range: Range) -> &[Id] {
        &self.lists[range.at as usize..(range.at + range.len) as usize]
    }

    pub(crate) fn steps(&self, range: Range) -> &[Step] {
        &self.steps[range.at as usize..(range.at + range.len) as usize]
    }

    pub(crate) fn str(&self, id: u32) -> &str {
        self.strings.get(id)
    }

    /// Calls `f` with each operand of an expression.
    pub(crate) fn operands(&self, id: Id, f: &mut dyn FnMut(Id)) {
        match self.expr(id) {
            Expr::Str(_)
            | Expr::Int(_)
            | Expr::Context
            | Expr::Root
            | Expr::Attr(_)
            | Expr::Child(_)
            | Expr::Let(_)
            | Expr::Global(_)
            | Expr::Local(_)
            | Expr::Doc(_)
            | Expr::DocAvailable(_) => {}
            Expr::List(ids)
            | Expr::Or(ids)
            | Expr::And(ids)
            | Expr::Union(ids)
            | Expr::Call(_, ids) => self.list(ids).iter().for_each(|&i| f(i)),
            Expr::Path(_, start, steps) => {
                f(start);
                for step in self.steps(steps) {
                    self.list(step.predicates).iter().for_each(|&i| f(i));
                }
            }
            Expr::Filter(base, ids) => {
                f(base);
                self.list(ids).iter().for_each(|&i| f(i));
            }
            Expr::Not(a)
            | Expr::CountIs(_, a, _)
            | Expr::EveryWith(_, a)
            | Expr::Castable(_, a)
            | Expr::Matches(a, _)
            | Expr::Tokenize(a, _)
            | Expr::Replace(a, _, _)
            | Expr::InSet(a, _) => f(a),
            Expr::Compare(_, a, b)
            | Expr::ValueCompare(_, a, b)
            | Expr::Plus(a, b)
            | Expr::Times(a, b)
            | Expr::Except(a, b)
            | Expr::For(a, b)
            | Expr::Every(a, b)
            | Expr::InPairs(_, a, b) => {
                f(a);
                f(b);
            }
            Expr::If(a, b, c) => {
                f(a);
                f(b);
                f(c);
            }
        }
    }
}

/// A pool in the making: equal expressions get one number.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    pub(crate) pool: Pool,
    exprs: HashMap<Expr, Id, FixedState>,
    lists: HashMap<Vec<Id>, Range, FixedState>,
    steps: HashMap<Vec<Step>, Range, FixedState>,
    /// Paths of the documents that expressions read, as written.
    pub(crate) documents: Interner,
}

fn keep<T: Copy + Eq + Hash>(
    all: &mut Vec<T>,
    known: &mut HashMap<Vec<T>, Range, FixedState>,
    new: &[T],
) -> Range {
    if new.is_empty() {
        return Range::default();
    }
    if let Some(&range) = known.get(new) {
        return range;
    }
    let range = Range {
        at: all.len() as u32,
        len: new.len() as u32,
    };
    all.extend_from_slice(new);
    known.insert(new.to_vec(), range);
    range
}

impl Builder {
    pub(crate) fn add(&mut self, expr: Expr) -> Id {
        if let Some(&id) = self.exprs.get(&expr) {
            return id;
        }
        let id = self.pool.exprs.len() as Id;
        self.pool.exprs.push(expr);
        self.exprs.insert(expr, id);
        id
    }

    pub(crate) fn list(&mut self, ids: &[Id]) -> Range {
        keep(&mut self.pool.lists, &mut self.lists, ids)
    }

    pub(crate) fn steps(&mut self, steps: &[Step]) -> Range {
        keep(&mut self.pool.steps, &mut self.steps, steps)
    }

    pub(crate) fn string(&mut self, text: &str) -> Id {
        let text = self.pool.strings.intern(text);
        self.add(Expr::Str(text))
    }

    /// The text of an expression that is a constant string.
    pub(crate) fn constant(&self, id: Id) -> Option<&str> {
        match self.pool.expr(id) {
            Expr::Str(text) => Some(self.pool.str(text)),
            _ => None,
        }
    }

    pub(crate) fn pattern(&mut self, new: Pattern) -> u32 {
        let same = |p: &Pattern| p.source() == new.source() && p.folds() == new.folds();
        let at = self.pool.patterns.iter().position(same);
        at.unwrap_or_else(|| {
            self.pool.patterns.push(new);
            self.pool.patterns.len() - 1
        }) as u32
    }

    pub(crate) fn replacement(&mut self, new: Replacement) -> u32 {
        let at = self.pool.replacements.iter().position(|r| *r == new);
        at.unwrap_or_else(|| {
            self.pool.replacements.push(new);
            self.pool.replacements.len() - 1
        }) as u32
    }
}
