//! JSON into serde types, every fault at once.
//!
//! serde stops at its first error. Here each fault of an input is listed, with
//! its JSON pointer (RFC 6901), a stable code and a text in French:
//!
//! ```
//! use dcc_base::problem::Problems;
//!
//! #[derive(serde::Deserialize)]
//! #[serde(deny_unknown_fields)]
//! struct Person { name: String, born: u16 }
//!
//! let value = dcc_json::parse(br#"{"name": 3, "born": "1979", "sexe": "F"}"#)?;
//! let mut problems = Problems::new();
//! assert!(dcc_json::from_value::<Person>(value, &mut problems).is_none());
//! let paths: Vec<_> = problems.iter().map(|p| p.path.as_str()).collect();
//! assert_eq!(paths, ["/born", "/name", "/sexe"]);
//! # Ok::<(), Problems>(())
//! ```
//!
//! - [`parse()`]: a text as a value in which no field is given twice
//! - [`from_value`]: a value as a type, every fault at once
//! - [`mod@document`]: an object whose first field names its kind
//! - [`mod@internally_tagged`]: enumerations whose variant is the field `type`
//! - [`mod@key_or`]: a value, or an object known by one key
//! - [`stand_in`]: types that are read from one text
//! - [`walk`]: every text of a value, without writing it
//! - [`rules`]: what can be wrong with an input
//! - `source`, `fault`, `once`, `read`: how it is done
//!
//! A text that a type refuses is told in the words of the type. Those of
//! serde, serde_json and chrono are put into French: tests pin each of them
//! with the version of the crate that says it.

pub mod document;
mod fault;
#[doc(hidden)]
pub mod flat;
pub mod internally_tagged;
mod key;
pub mod key_or;
mod names;
mod number;
mod once;
mod parse;
mod path;
mod read;
pub mod rules;
mod source;
pub mod stand_in;
pub mod walk;

pub use document::{kind, read, write};
pub use parse::parse;
pub use read::from_value;
pub use rules::{DOUBLE, FIELD, KIND, RULES, SYNTAX, VALUE};
pub use stand_in::StandIn;

pub use serde_json::Value;

#[doc(hidden)]
pub use serde;
