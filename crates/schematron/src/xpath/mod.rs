//! XPath 2.0, the part that Schematron rule files use, compiled to a pool of shared expressions.

mod expr;
mod functions;
mod kind;
mod operators;
mod parser;
mod paths;
mod pool;
mod regex;
mod scan;
mod store;

pub(crate) use expr::{Axis, Expr, Func, Id, Op, Order, Range, Step, Test, Type};
pub(crate) use kind::Kind;
pub(crate) use parser::{Binding, Scope, compile};
pub(crate) use pool::{Builder, Pool};
pub(crate) use store::{read_range, read_test, write_test};
