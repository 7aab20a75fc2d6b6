//! The state of one run: documents, variables, bounds.

use crate::document::ROOT;
use crate::limits::Limits;
use crate::sets::StringSet;
use crate::xpath::{Expr, Id, Pool};

use super::fail::{DEPTH, NO_DOCUMENT, R, WORK, fail};
use super::value::{ATOM, Focus, Item, Value, View};

/// Deepest use of expressions by each other.
const MAX_DEPTH: u32 = 400;

/// Whether a document beside the rule file can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Found,
    /// Found under a name that differs in case or in Unicode form.
    OtherCase,
    Missing,
    Malformed,
}

/// A document that expressions name.
#[derive(Debug)]
pub(crate) struct Foreign<'a> {
    pub(crate) path: &'a str,
    pub(crate) state: State,
    pub(crate) view: Option<View<'a>>,
}

/// What does not change during a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given<'a> {
    pub(crate) pool: &'a Pool,
    pub(crate) sets: &'a [StringSet],
    pub(crate) documents: &'a [Foreign<'a>],
    /// Expressions of the global variables.
    pub(crate) globals: &'a [Id],
    /// Names of files count to the letter.
    pub(crate) exact: bool,
}

/// One run of a rule set over one document.
pub(crate) struct Eval<'a> {
    pub(super) given: Given<'a>,
    pub(super) main: &'a View<'a>,
    globals: Vec<Option<Value<'a>>>,
    rule: Focus<'a>,
    let_exprs: &'a [Id],
    lets: Vec<Option<Value<'a>>>,
    locals: Vec<Value<'a>>,
    /// Where the locals of the expression at hand begin.
    base: usize,
    atoms: Vec<Item<'a>>,
    depth: u32,
    work: u64,
    max_work: u64,
}

impl<'a> Eval<'a> {
    pub(crate) fn new(given: Given<'a>, main: &'a View<'a>, limits: &Limits) -> Self {
        let per_byte = limits
            .work_per_byte
            .saturating_mul(main.doc.text_len() as u64);
        Eval {
            given,
            main,
            globals: vec![None; given.globals.len()],
            rule: Focus {
                view: main,
                n: ROOT,
            },
            let_exprs: &[],
            lets: Vec::new(),
            locals: Vec::new(),
            base: 0,
            atoms: Vec::new(),
            depth: 0,
            work: 0,
            max_work: limits.base_work.saturating_add(per_byte),
        }
    }

    /// Turns to a node and the variables of the rule that fires on it.
    pub(crate) fn enter(&mut self, n: u32, lets: &'a [Id]) -> Focus<'a> {
        self.rule = Focus { view: self.main, n };
        self.let_exprs = lets;
        self.lets.clear();
        self.lets.resize(lets.len(), None);
        self.locals.clear();
        self.atoms.clear();
        self.base = 0;
        self.depth = 0;
        self.rule
    }

    /// After an error: forgets the expressions that it interrupted, keeps the node and its variables.
    pub(crate) fn settle(&mut self) {
        self.locals.clear();
        self.atoms.clear();
        self.base = 0;
        self.depth = 0;
    }

    /// Counts visited nodes.
    #[inline]
    pub(crate) fn tick(&mut self, n: u64) -> R<()> {
        self.work += n;
        if self.work > self.max_work {
            return fail(WORK, "too many nodes visited");
        }
        Ok(())
    }

    #[inline]
    pub(super) fn deeper(&mut self) -> R<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return fail(DEPTH, "expressions use each other too deeply");
        }
        Ok(())
    }

    #[inline]
    pub(super) fn shallower(&mut self) {
        self.depth -= 1;
    }

    pub(super) fn expr(&self, id: Id) -> Expr {
        self.given.pool.expr(id)
    }

    pub(super) fn str(&self, id: u32) -> &'a str {
        self.given.pool.str(id)
    }

    pub(super) fn set(&self, set: u32) -> R<&'a StringSet> {
        let set = &self.given.sets[set as usize];
        for &d in &set.documents {
            self.readable(d)?;
        }
        Ok(set)
    }

    /// Whether a document can be read, as an error when not.
    fn readable(&self, document: u32) -> R<&'a Foreign<'a>> {
        let foreign = &self.given.documents[document as usize];
        match foreign.state {
            State::Found => Ok(foreign),
            State::OtherCase if !self.given.exact => Ok(foreign),
            State::OtherCase | State::Missing => fail(NO_DOCUMENT, foreign.path),
            State::Malformed => fail(NO_DOCUMENT, foreign.path),
        }
    }

    pub(super) fn is_readable(&self, document: u32) -> bool {
        self.readable(document).is_ok()
    }

    /// The document node of a document beside the rule file.
    pub(super) fn document(&self, document: u32) -> R<Focus<'a>> {
        let foreign = self.readable(document)?;
        match &foreign.view {
            Some(view) => Ok(Focus { view, n: ROOT }),
            None => fail(NO_DOCUMENT, foreign.path),
        }
    }

    pub(super) fn root(&self, focus: Focus<'a>) -> Focus<'a> {
        focus.at(ROOT)
    }

    pub(super) fn let_value(&mut self, slot: u32) -> R<Value<'a>> {
        if let Some(Some(value)) = self.lets.get(slot as usize) {
            return Ok(value.clone());
        }
        let Some(&expr) = self.let_exprs.get(slot as usize) else {
            return fail(DEPTH, "variable of another rule");
        };
        let value = self.apart(expr, self.rule)?;
        self.lets[slot as usize] = Some(value.clone());
        Ok(value)
    }

    pub(super) fn global_value(&mut self, slot: u32) -> R<Value<'a>> {
        if let Some(Some(value)) = self.globals.get(slot as usize) {
            return Ok(value.clone());
        }
        let Some(&expr) = self.given.globals.get(slot as usize) else {
            return fail(DEPTH, "no such variable");
        };
        let root = Focus {
            view: self.main,
            n: ROOT,
        };
        let value = self.apart(expr, root)?;
        self.globals[slot as usize] = Some(value.clone());
        Ok(value)
    }

    /// An expression evaluated by itself: it sees no locals of others.
    fn apart(&mut self, expr: Id, focus: Focus<'a>) -> R<Value<'a>> {
        self.deeper()?;
        let base = std::mem::replace(&mut self.base, self.locals.len());
        let mut items = Vec::new();
        let outcome = self.collect(expr, focus, &mut items);
        self.base = base;
        self.shallower();
        outcome.map(|()| Value::new(items))
    }

    pub(super) fn local_value(&self, at: u32) -> Value<'a> {
        self.locals
            .get(self.base + at as usize)
            .cloned()
            .unwrap_or(Value::Empty)
    }

    /// Runs `f` with one more local.
    pub(super) fn with_local<T>(
        &mut self,
        value: Item<'a>,
        f: impl FnOnce(&mut Self) -> R<T>,
    ) -> R<T> {
        self.locals.push(Value::One(value));
        let outcome = f(self);
        self.locals.pop();
        outcome
    }

    /// Runs `f` with an item as the context.
    pub(super) fn with_context<T>(
        &mut self,
        item: &Item<'a>,
        focus: Focus<'a>,
        f: impl FnOnce(&mut Self, Focus<'a>) -> R<T>,
    ) -> R<T> {
        if let Item::Node(node) = item {
            return f(self, *node);
        }
        self.atoms.push(item.clone());
        let outcome = f(self, focus.at(ATOM));
        self.atoms.pop();
        outcome
    }

    /// The context as an item.
    pub(super) fn context(&self, focus: Focus<'a>) -> Item<'a> {
        if !focus.is_atom() {
            return Item::Node(focus);
        }
        match self.atoms.last() {
            Some(atom) => atom.clone(),
            None => Item::Node(self.rule),
        }
    }
}
