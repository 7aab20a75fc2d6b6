//! Expressions evaluated on documents.

mod boolean;
mod compare;
mod dates;
mod fail;
mod functions;
mod items;
mod machine;
mod numbers;
mod qnames;
mod strings;
mod value;
mod walk;

pub(crate) use fail::Fail;
pub(crate) use machine::{Eval, Foreign, Given, State};
pub(crate) use value::{Focus, Item, View};
