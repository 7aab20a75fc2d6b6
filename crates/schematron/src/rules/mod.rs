//! Rule files: read, expanded, compiled, run.

mod check;
mod compile;
mod contexts;
mod documents;
mod expand;
mod fault;
mod finding;
mod ir;
mod load;
mod schema;
mod shapes;
mod store;

pub use check::Mode;
pub use fault::{Fault, FaultKind};
pub use finding::{Finding, Level, Report, RunError};
pub use schema::{Schema, TestInfo};
