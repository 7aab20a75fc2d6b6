//! Expressions with their variables: `for`, `every`, `if`, sequences.

use std::collections::BTreeSet;

use super::expr::{Axis, Expr, Id, Test};
use super::kind::Kind;
use super::pool::Builder;
use super::scan::{ParseError, Scanner};

/// Deepest nesting of an expression.
const MAX_DEPTH: usize = 64;

/// What a variable stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Binding {
    pub(crate) expr: Id,
    pub(crate) kind: Kind,
}

/// The variables and prefixes that an expression may use.
pub(crate) trait Scope {
    /// The variable of a name.
    fn variable(&self, name: &str) -> Option<Binding>;
    /// The namespace of a prefix.
    fn namespace(&self, prefix: &str) -> Option<&str>;
}

/// An expression and the variables of the scope that it uses.
pub(crate) struct Compiled {
    pub(crate) expr: Id,
    pub(crate) kind: Kind,
    pub(crate) uses: Vec<(String, Binding)>,
}

/// Compiles an expression into the pool.
pub(crate) fn compile(
    text: &str,
    scope: &dyn Scope,
    builder: &mut Builder,
) -> Result<Compiled, ParseError> {
    let mut parser = Parser {
        builder,
        scope,
        scan: Scanner::new(text),
        locals: Vec::new(),
        uses: Vec::new(),
        depth: 0,
    };
    let (expr, kind) = parser.sequence()?;
    if !parser.scan.done() {
        return parser.scan.error("end of the expression expected");
    }
    Ok(Compiled {
        expr,
        kind,
        uses: parser.uses,
    })
}

pub(super) type Typed = (Id, Kind);

pub(super) struct Parser<'t, 'b> {
    pub(super) builder: &'b mut Builder,
    pub(super) scope: &'b dyn Scope,
    pub(super) scan: Scanner<'t>,
    /// Variables of `for` and `every`, innermost last.
    locals: Vec<(String, Kind)>,
    uses: Vec<(String, Binding)>,
    depth: usize,
}

impl Parser<'_, '_> {
    pub(super) fn add(&mut self, expr: Expr) -> Id {
        self.builder.add(expr)
    }

    /// `a, b, c`
    pub(super) fn sequence(&mut self) -> Result<Typed, ParseError> {
        let (first, mut kind) = self.single()?;
        if !self.scan.sees(",") {
            return Ok((first, kind));
        }
        let mut all = vec![first];
        while self.scan.take(",") {
            let (next, other) = self.single()?;
            all.push(next);
            kind = kind.or(other);
        }
        let list = self.builder.list(&all);
        Ok((self.add(Expr::List(list)), kind))
    }

    /// One expression without a comma.
    pub(super) fn single(&mut self) -> Result<Typed, ParseError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.scan.error("expression nested too deeply");
        }
        let start = {
            self.scan.skip();
            self.scan.at()
        };
        let out = match self.scan.take_name() {
            Some("if") if self.scan.take("(") => self.conditional()?,
            Some("for") if self.scan.sees("$") => self.for_each()?,
            Some("every") if self.scan.sees("$") => self.every()?,
            Some(word @ "some") if self.scan.sees("$") => {
                return self.scan.error(format!("« {word} » is not supported"));
            }
            _ => {
                self.scan.back_to(start);
                self.disjunction()?
            }
        };
        self.depth -= 1;
        Ok(out)
    }

    fn conditional(&mut self) -> Result<Typed, ParseError> {
        let (test, _) = self.sequence()?;
        self.scan.expect(")")?;
        self.word("then")?;
        let (yes, one) = self.single()?;
        self.word("else")?;
        let (no, other) = self.single()?;
        Ok((self.add(Expr::If(test, yes, no)), one.or(other)))
    }

    fn word(&mut self, word: &str) -> Result<(), ParseError> {
        if self.scan.take_word(word) {
            Ok(())
        } else {
            self.scan.error(format!("« {word} » expected"))
        }
    }

    /// `$name in sequence`; the name is then bound until it is taken off `locals`.
    fn bind(&mut self) -> Result<Id, ParseError> {
        self.scan.expect("$")?;
        let Some(name) = self.scan.take_name() else {
            return self.scan.error("name of a variable expected");
        };
        self.word("in")?;
        let (sequence, kind) = self.single()?;
        if self.scan.sees(",") {
            return self
                .scan
                .error("several variables at once are not supported");
        }
        self.locals.push((name.to_owned(), kind));
        Ok(sequence)
    }

    fn for_each(&mut self) -> Result<Typed, ParseError> {
        let sequence = self.bind()?;
        self.word("return")?;
        let (body, kind) = self.single()?;
        self.locals.pop();
        Ok((self.add(Expr::For(sequence, body)), kind))
    }

    fn every(&mut self) -> Result<Typed, ParseError> {
        let sequence = self.bind()?;
        self.word("satisfies")?;
        let (body, _) = self.single()?;
        self.locals.pop();
        let expr = match self.guarded(sequence, body) {
            Some(expr) => expr,
            None => Expr::Every(sequence, body),
        };
        Ok((self.add(expr), Kind::BOOLEAN))
    }

    /// `every $e in descendant-or-self::* satisfies $e[not(@name) or …]`
    fn guarded(&self, sequence: Id, body: Id) -> Option<Expr> {
        let pool = &self.builder.pool;
        let Expr::Path(_, start, steps) = pool.expr(sequence) else {
            return None;
        };
        let [step] = pool.steps(steps) else {
            return None;
        };
        let all = step.axis == Axis::DescendantOrSelf
            && step.test == Test::Any
            && step.predicates.len == 0
            && pool.expr(start) == Expr::Context;
        let Expr::Filter(base, predicates) = pool.expr(body) else {
            return None;
        };
        let (true, &[test]) = (all, pool.list(predicates)) else {
            return None;
        };
        let local = Expr::Local(self.locals.len() as u32);
        if pool.expr(base) != local || self.mentions_local(test) {
            return None;
        }
        let Expr::Or(alternatives) = pool.expr(test) else {
            return None;
        };
        pool.list(alternatives)
            .iter()
            .find_map(|&a| match pool.expr(a) {
                Expr::Not(not) => match pool.expr(not) {
                    Expr::Attr(name) => Some(Expr::EveryWith(name, test)),
                    _ => None,
                },
                _ => None,
            })
    }

    /// Whether an expression may use a variable of `for` or `every`.
    fn mentions_local(&self, id: Id) -> bool {
        let mut found = false;
        let mut stack = vec![id];
        let mut seen = BTreeSet::new();
        while let Some(id) = stack.pop() {
            if seen.insert(id) {
                found |= matches!(self.builder.pool.expr(id), Expr::Local(_));
                self.builder.pool.operands(id, &mut |o| stack.push(o));
            }
        }
        found
    }

    /// `$name`, the `$` taken.
    pub(super) fn variable(&mut self) -> Result<Typed, ParseError> {
        let Some(name) = self.scan.take_name() else {
            return self.scan.error("name of a variable expected");
        };
        if self.scan.peek_close() == Some(':') {
            return self.scan.error("variables with a prefix are not supported");
        }
        if let Some(at) = self.locals.iter().rposition(|l| l.0 == name) {
            let kind = self.locals[at].1;
            return Ok((self.add(Expr::Local(at as u32)), kind));
        }
        match self.scope.variable(name) {
            Some(binding) => {
                if !self.uses.iter().any(|u| u.0 == name) {
                    self.uses.push((name.to_owned(), binding));
                }
                Ok((binding.expr, binding.kind))
            }
            None => self.scan.error(format!("variable ${name} is not declared")),
        }
    }
}
