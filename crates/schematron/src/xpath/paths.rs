//! Paths, steps and predicates.

use super::expr::{Axis, Expr, Id, Order, Range, Step, Test};
use super::kind::Kind;
use super::parser::{Parser, Typed};
use super::scan::ParseError;

/// What begins a step.
enum Head {
    Axis(Axis, Test),
    Primary(Typed),
}

/// `descendant-or-self::node()`
const BELOW: Step = Step {
    axis: Axis::DescendantOrSelf,
    test: Test::Node,
    predicates: Range { at: 0, len: 0 },
};

impl Parser<'_, '_> {
    pub(super) fn path(&mut self) -> Result<Typed, ParseError> {
        let mut steps = Vec::new();
        let mut kind = Kind::NODE;
        let start = if self.scan.take("//") {
            steps.push(BELOW);
            let root = self.add(Expr::Root);
            kind = self.step(&mut steps, Kind::NODE)?;
            root
        } else if self.scan.take("/") {
            let root = self.add(Expr::Root);
            if !self.begins_step() {
                return Ok((root, Kind::NODE));
            }
            kind = self.step(&mut steps, Kind::NODE)?;
            root
        } else {
            match self.head()? {
                Head::Axis(axis, test) => {
                    let predicates = self.predicates()?;
                    steps.push(Step {
                        axis,
                        test,
                        predicates,
                    });
                    self.add(Expr::Context)
                }
                Head::Primary((primary, of)) => {
                    kind = of;
                    let predicates = self.predicates()?;
                    if predicates.len == 0 {
                        primary
                    } else {
                        self.add(Expr::Filter(primary, predicates))
                    }
                }
            }
        };
        loop {
            if self.scan.take("//") {
                steps.push(BELOW);
            } else if !self.scan.take("/") {
                break;
            }
            kind = self.step(&mut steps, kind)?;
        }
        Ok((self.finish(start, steps), kind))
    }

    fn begins_step(&mut self) -> bool {
        let Some(c) = self.scan.peek() else {
            return false;
        };
        matches!(c, '*' | '@' | '.' | '(' | '$') || self.scan.sees_name().is_some()
    }

    /// A step after a slash; `before` is what it starts from.
    fn step(&mut self, steps: &mut Vec<Step>, before: Kind) -> Result<Kind, ParseError> {
        if !before.may_be(Kind::NODE) {
            return self.scan.error("a path goes on from nodes only");
        }
        match self.head()? {
            Head::Axis(axis, test) => {
                let predicates = self.predicates()?;
                steps.push(Step {
                    axis,
                    test,
                    predicates,
                });
                Ok(Kind::NODE)
            }
            Head::Primary((primary, kind)) => {
                let predicates = self.predicates()?;
                if self.builder.pool.expr(primary) == Expr::Context {
                    steps.push(Step {
                        axis: Axis::SelfNode,
                        test: Test::Node,
                        predicates,
                    });
                    return Ok(Kind::NODE);
                }
                let primary = if predicates.len == 0 {
                    primary
                } else {
                    self.add(Expr::Filter(primary, predicates))
                };
                steps.push(Step {
                    axis: Axis::Expression,
                    test: Test::Node,
                    predicates: self.builder.list(&[primary]),
                });
                Ok(kind)
            }
        }
    }

    fn head(&mut self) -> Result<Head, ParseError> {
        if self.scan.take("@") {
            let test = self.name_test()?;
            return Ok(Head::Axis(Axis::Attribute, self.attribute_test(test)));
        }
        if self.scan.take("..") {
            return Ok(Head::Axis(Axis::Parent, Test::Node));
        }
        if self.scan.sees("*") {
            let test = self.name_test()?;
            return Ok(Head::Axis(Axis::Child, self.element_test(test)));
        }
        let Some(name) = self.scan.sees_name() else {
            return self.primary().map(Head::Primary);
        };
        let start = self.scan.at();
        self.scan.take_name();
        if self.scan.take("::") {
            let axis = match name {
                "child" => Axis::Child,
                "attribute" => Axis::Attribute,
                "self" => Axis::SelfNode,
                "descendant-or-self" => Axis::DescendantOrSelf,
                "parent" => Axis::Parent,
                "preceding-sibling" => Axis::PrecedingSibling,
                "following-sibling" => Axis::FollowingSibling,
                _ => return self.scan.error(format!("axis {name} is not supported")),
            };
            let test = self.name_test()?;
            let test = if axis == Axis::Attribute {
                self.attribute_test(test)
            } else {
                self.element_test(test)
            };
            return Ok(Head::Axis(axis, test));
        }
        let colon = self.scan.peek_close() == Some(':');
        if !colon && self.scan.sees("(") {
            if name == "text" {
                self.scan.expect("(")?;
                self.scan.expect(")")?;
                return Ok(Head::Axis(Axis::Child, Test::Text));
            }
            self.scan.back_to(start);
            return self.primary().map(Head::Primary);
        }
        self.scan.back_to(start);
        // a prefixed name may be a function
        if colon && self.is_call() {
            return self.primary().map(Head::Primary);
        }
        let test = self.name_test()?;
        Ok(Head::Axis(Axis::Child, self.element_test(test)))
    }

    /// Whether `prefix:name(` comes.
    fn is_call(&mut self) -> bool {
        let start = self.scan.at();
        self.scan.take_name();
        let call = self.scan.take(":") && self.scan.take_name().is_some() && self.scan.sees("(");
        self.scan.back_to(start);
        call
    }

    /// A name test: prefix and local name, `None` for `*` in either place; the prefix is empty when not written.
    fn name_test(&mut self) -> Result<(Option<String>, Option<String>), ParseError> {
        if self.scan.take("*") {
            if self.scan.peek_close() != Some(':') {
                return Ok((None, None));
            }
            self.scan.expect(":")?;
            return match self.scan.take_name() {
                Some(local) => Ok((None, Some(local.to_owned()))),
                None => self.scan.error("name expected"),
            };
        }
        let Some(first) = self.scan.take_name() else {
            return self.scan.error("name expected");
        };
        if self.scan.peek_close() != Some(':') {
            if self.scan.sees("(") {
                return self.scan.error(format!("{first}() is not supported here"));
            }
            return Ok((Some(String::new()), Some(first.to_owned())));
        }
        self.scan.expect(":")?;
        let Some(space) = self.scope.namespace(first).map(str::to_owned) else {
            return self.scan.error(format!("prefix {first} is not declared"));
        };
        if self.scan.peek_close() == Some('*') {
            self.scan.expect("*")?;
            return Ok((Some(space), None));
        }
        match self.scan.take_name() {
            Some(local) => Ok((Some(space), Some(local.to_owned()))),
            None => self.scan.error("name expected"),
        }
    }

    /// Names without a prefix have no namespace, for elements and attributes alike.
    fn element_test(&mut self, test: (Option<String>, Option<String>)) -> Test {
        let names = &mut self.builder.pool.names;
        match test {
            (None, None) => Test::Any,
            (None, Some(local)) => Test::Local(names.locals.intern(&local)),
            (Some(space), None) => Test::Space(names.spaces.intern(&space)),
            (Some(space), Some(local)) => {
                let space = names.spaces.intern(&space);
                Test::Name(names.intern(space, &local))
            }
        }
    }

    fn attribute_test(&mut self, test: (Option<String>, Option<String>)) -> Test {
        self.element_test(test)
    }

    fn predicates(&mut self) -> Result<Range, ParseError> {
        let mut all: Vec<Id> = Vec::new();
        while self.scan.take("[") {
            let (id, kind) = self.sequence()?;
            let position = matches!(self.builder.pool.expr(id), Expr::Int(_));
            if kind.may_be(Kind::NUMBER) && !position {
                return self
                    .scan
                    .error("a predicate that counts is not supported, only a whole number is");
            }
            self.scan.expect("]")?;
            all.push(id);
        }
        Ok(self.builder.list(&all))
    }

    fn is_positional(&self, predicates: Range) -> bool {
        let pool = &self.builder.pool;
        pool.list(predicates)
            .iter()
            .any(|&p| matches!(pool.expr(p), Expr::Int(_)))
    }

    fn finish(&mut self, start: Id, steps: Vec<Step>) -> Id {
        let steps = self.shortened(steps);
        if let ([step], Expr::Context) = (&steps[..], self.builder.pool.expr(start))
            && step.predicates.len == 0
            && let Test::Name(name) = step.test
        {
            match step.axis {
                Axis::Attribute => return self.add(Expr::Attr(name)),
                Axis::Child => return self.add(Expr::Child(name)),
                _ => {}
            }
        }
        if steps.is_empty() {
            return start;
        }
        let order = order(self.nodes_of(start), &steps);
        let steps = self.builder.steps(&steps);
        self.add(Expr::Path(order, start, steps))
    }

    /// What is known of the nodes that a path starts from.
    fn nodes_of(&self, start: Id) -> Start {
        let pool = &self.builder.pool;
        match pool.expr(start) {
            Expr::Context | Expr::Root | Expr::Doc(_) | Expr::Attr(_) => Start::One,
            Expr::Child(_) | Expr::Path(..) | Expr::Union(_) | Expr::Except(..) => Start::Set,
            Expr::Filter(base, _) => self.nodes_of(base),
            _ => Start::Any,
        }
    }

    /// `descendant-or-self::node()/child::x` is `descendant::x` unless positions count.
    fn shortened(&self, steps: Vec<Step>) -> Vec<Step> {
        let mut out: Vec<Step> = Vec::with_capacity(steps.len());
        for step in steps {
            match out.last_mut() {
                Some(last)
                    if *last == BELOW
                        && step.axis == Axis::Child
                        && !self.is_positional(step.predicates) =>
                {
                    *last = Step {
                        axis: Axis::Descendant,
                        ..step
                    };
                }
                _ => out.push(step),
            }
        }
        out
    }
}

/// What a path starts from.
enum Start {
    /// One node at most.
    One,
    /// Nodes in order, each once.
    Set,
    /// Anything, as the items of a variable.
    Any,
}

/// Whether steps keep order and give each node once.
fn order(start: Start, steps: &[Step]) -> Order {
    #[derive(PartialEq)]
    enum State {
        One,
        /// Several, none below another.
        Apart,
        Nested,
    }
    let (mut state, mut doubled) = match start {
        Start::One => (State::One, false),
        Start::Set => (State::Nested, false),
        Start::Any => (State::Nested, true),
    };
    let mut lost = false;
    for step in steps {
        match step.axis {
            Axis::Child => {
                lost |= state == State::Nested;
                if state == State::One {
                    state = State::Apart;
                }
            }
            Axis::Attribute => {
                state = State::Apart;
            }
            Axis::SelfNode => {}
            Axis::Descendant | Axis::DescendantOrSelf => {
                doubled |= state == State::Nested;
                state = State::Nested;
            }
            Axis::Parent => {
                doubled |= state != State::One;
                if state != State::One {
                    state = State::Nested;
                }
            }
            Axis::PrecedingSibling | Axis::FollowingSibling => {
                doubled |= state != State::One;
                state = if state == State::Nested {
                    State::Nested
                } else {
                    State::Apart
                };
            }
            Axis::Expression => {
                doubled = true;
                state = State::Nested;
            }
        }
    }
    match (doubled, lost) {
        (true, _) => Order::Doubled,
        (false, true) => Order::Lost,
        (false, false) => Order::Kept,
    }
}
