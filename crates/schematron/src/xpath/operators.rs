//! Operators, by precedence.

use super::expr::{Expr, Func, Id, Op, Type};
use super::kind::Kind;
use super::parser::{Parser, Typed};
use super::scan::ParseError;

const XSD: &str = "http://www.w3.org/2001/XMLSchema";

impl Parser<'_, '_> {
    pub(super) fn disjunction(&mut self) -> Result<Typed, ParseError> {
        let first = self.conjunction()?;
        if self.scan.sees_name() != Some("or") {
            return Ok(first);
        }
        let mut all = vec![first.0];
        while self.scan.take_word("or") {
            all.push(self.conjunction()?.0);
        }
        let list = self.builder.list(&all);
        Ok((self.add(Expr::Or(list)), Kind::BOOLEAN))
    }

    fn conjunction(&mut self) -> Result<Typed, ParseError> {
        let first = self.comparison()?;
        if self.scan.sees_name() != Some("and") {
            return Ok(first);
        }
        let mut all = vec![first.0];
        while self.scan.take_word("and") {
            all.push(self.comparison()?.0);
        }
        let list = self.builder.list(&all);
        Ok((self.add(Expr::And(list)), Kind::BOOLEAN))
    }

    fn comparison(&mut self) -> Result<Typed, ParseError> {
        let left = self.additive()?;
        let value = match self.scan.sees_name() {
            Some("gt") => Some(Op::Gt),
            Some("le") => Some(Op::Le),
            Some(word @ ("eq" | "ne" | "lt" | "ge" | "is" | "to")) => {
                return self.scan.error(format!("« {word} » is not supported"));
            }
            _ => None,
        };
        if let Some(op) = value {
            self.scan.take_name();
            let right = self.additive()?;
            let expr = Expr::ValueCompare(op, left.0, right.0);
            return Ok((self.add(expr), Kind::BOOLEAN));
        }
        let op = if self.scan.take("!=") {
            Op::Ne
        } else if self.scan.sees("<<") || self.scan.sees(">>") {
            return self.scan.error("order of nodes is not supported");
        } else if self.scan.take("<=") {
            Op::Le
        } else if self.scan.take(">=") {
            Op::Ge
        } else if self.scan.take("=") {
            Op::Eq
        } else if self.scan.take("<") {
            Op::Lt
        } else if self.scan.take(">") {
            Op::Gt
        } else {
            return Ok(left);
        };
        let right = self.additive()?;
        let expr = self.counted(op, left.0, right.0);
        Ok((self.add(expr), Kind::BOOLEAN))
    }

    /// `count(x) op n`, or the general comparison.
    fn counted(&self, op: Op, left: Id, right: Id) -> Expr {
        let pool = &self.builder.pool;
        let count = |id| match pool.expr(id) {
            Expr::Call(Func::Count, args) => pool.list(args).first().copied(),
            _ => None,
        };
        let number = |id| match pool.expr(id) {
            Expr::Int(n) => u32::try_from(n).ok(),
            _ => None,
        };
        match (count(left), number(right), count(right), number(left)) {
            (Some(nodes), Some(n), _, _) => Expr::CountIs(op, nodes, n),
            (_, _, Some(nodes), Some(n)) => Expr::CountIs(op.turned(), nodes, n),
            _ => Expr::Compare(op, left, right),
        }
    }

    fn additive(&mut self) -> Result<Typed, ParseError> {
        let mut left = self.multiplicative()?;
        loop {
            if self.scan.take("+") {
                let right = self.multiplicative()?;
                left = (self.add(Expr::Plus(left.0, right.0)), Kind::NUMBER);
            } else if self.scan.sees("-") {
                return self.scan.error("« - » is not supported");
            } else {
                return Ok(left);
            }
        }
    }

    fn multiplicative(&mut self) -> Result<Typed, ParseError> {
        let mut left = self.union()?;
        loop {
            if self.scan.take("*") {
                let right = self.union()?;
                left = (self.add(Expr::Times(left.0, right.0)), Kind::NUMBER);
            } else if let Some(word @ ("div" | "idiv" | "mod")) = self.scan.sees_name() {
                return self.scan.error(format!("« {word} » is not supported"));
            } else {
                return Ok(left);
            }
        }
    }

    fn nodes(&self, operand: Typed) -> Result<Id, ParseError> {
        if operand.1.may_be(Kind::NODE) || operand.1 == Kind::NOTHING {
            Ok(operand.0)
        } else {
            self.scan.error("nodes expected on both sides")
        }
    }

    fn union(&mut self) -> Result<Typed, ParseError> {
        let first = self.except()?;
        if !self.scan.sees("|") {
            return match self.scan.sees_name() {
                Some("union") => self.scan.error("« union » is not supported: use « | »"),
                _ => Ok(first),
            };
        }
        let mut all = vec![self.nodes(first)?];
        while self.scan.take("|") {
            let next = self.except()?;
            all.push(self.nodes(next)?);
        }
        let list = self.builder.list(&all);
        Ok((self.add(Expr::Union(list)), Kind::NODE))
    }

    fn except(&mut self) -> Result<Typed, ParseError> {
        let mut left = self.castable()?;
        loop {
            if self.scan.take_word("except") {
                let right = self.castable()?;
                let (a, b) = (self.nodes(left)?, self.nodes(right)?);
                left = (self.add(Expr::Except(a, b)), Kind::NODE);
            } else if self.scan.sees_name() == Some("intersect") {
                return self.scan.error("« intersect » is not supported");
            } else {
                return Ok(left);
            }
        }
    }

    fn castable(&mut self) -> Result<Typed, ParseError> {
        if self.scan.sees("-") || self.scan.sees("+") {
            return self.scan.error("signs are not supported");
        }
        let operand = self.path()?;
        if let Some(word @ ("instance" | "treat" | "cast")) = self.scan.sees_name() {
            return self.scan.error(format!("« {word} » is not supported"));
        }
        if !self.scan.take_word("castable") {
            return Ok(operand);
        }
        if !self.scan.take_word("as") {
            return self.scan.error("« as » expected");
        }
        let prefix = self.scan.take_name().unwrap_or_default();
        let colon = self.scan.take(":");
        let local = self.scan.take_name().unwrap_or_default();
        let of_schema = colon && self.scope.namespace(prefix) == Some(XSD);
        let to = match local {
            "integer" if of_schema => Type::Integer,
            "dateTime" if of_schema => Type::DateTime,
            "anyURI" if of_schema => Type::AnyUri,
            _ => {
                let name = format!("type {prefix}:{local} is not supported");
                return self.scan.error(name);
            }
        };
        if self.scan.sees("?") {
            return self.scan.error("« ? » is not supported");
        }
        Ok((self.add(Expr::Castable(to, operand.0)), Kind::BOOLEAN))
    }
}
