//! Simple types: what a text may be.
//!
//! - `builtin`: the types of XML Schema itself
//! - `chars`: characters of names
//! - `date`, `uri`, `value`: how some of them are written and compared
//! - `lexical`: the prefixes in scope
//! - `pattern`, `regex`, `automaton`: regular expressions
//! - `types`: types that a schema derives from them

mod automaton;
mod builtin;
mod chars;
mod date;
mod lexical;
mod pattern;
mod regex;
mod types;
mod uri;
mod value;

pub(crate) use builtin::{Builtin, Whitespace};
pub(crate) use lexical::Lexical;
pub use lexical::Prefixes;
pub(crate) use pattern::Pattern;
pub(crate) use types::{Enumeration, Facet, SimpleId, SimpleType, SimpleTypes, Variety};
pub(crate) use value::Value;
