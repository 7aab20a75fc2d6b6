//! Types that are read from one text, and what stands in for it.
//!
//! When a value is absent or in fault, another takes its place so that the
//! rest can be read and told too. A type that accepts only some texts says
//! which one stands in for it:
//!
//! ```
//! use std::str::FromStr;
//!
//! #[derive(Debug, PartialEq)]
//! struct Even(u32);
//!
//! impl FromStr for Even {
//!     type Err = &'static str;
//!     fn from_str(text: &str) -> Result<Self, Self::Err> {
//!         match text.parse() {
//!             Ok(n) if n % 2 == 0 => Ok(Even(n)),
//!             _ => Err("un nombre pair est attendu"),
//!         }
//!     }
//! }
//! dcc_json::read_from_text!(Even, "2", "un nombre pair");
//!
//! assert_eq!(serde_json::from_str::<Even>("\"4\"").ok(), Some(Even(4)));
//! ```
//!
//! For types of others that do not, a few texts are tried one after the other:
//! empty, a day, an instant, a time of day, a number. Those of chrono are
//! among them. When none does, what holds the value is given up, and its other
//! faults are told only when this one is mended.

use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};
use serde_json::Value;

/// How the name starts under which a [`StandIn`] asks for itself; the text
/// follows.
#[doc(hidden)]
#[macro_export]
macro_rules! stand_in_name {
    ($text:literal) => {
        concat!("dcc::StandIn:", $text)
    };
}

const NAME: &str = stand_in_name!("");

/// A type that is read from one text: [`read_from_text!`](crate::read_from_text)
/// gives it to serde.
pub trait StandIn: FromStr<Err: Display> {
    /// Name under which it asks for itself: the text that stands in for it is
    /// a part of it.
    const NAME: &'static str;
    /// What is expected, in French.
    const EXPECTED: &'static str;
}

/// Reads a type that has [`FromStr`] from one text, from any source:
/// `read_from_text!(Type, "text that stands in", "ce qui est attendu")`.
#[macro_export]
macro_rules! read_from_text {
    ($type:ty, $text:literal, $expected:literal) => {
        impl $crate::StandIn for $type {
            const NAME: &'static str = $crate::stand_in_name!($text);
            const EXPECTED: &'static str = $expected;
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                source: D,
            ) -> Result<Self, D::Error> {
                $crate::stand_in::read(source)
            }
        }
    };
}

/// Reads a type from one text.
///
/// # Errors
/// Those of the source, and that of the type.
pub fn read<'de, T: StandIn, D: Deserializer<'de>>(source: D) -> Result<T, D::Error> {
    source.deserialize_newtype_struct(T::NAME, Text(PhantomData))
}

struct Text<T>(PhantomData<T>);

impl<'de, T: StandIn> Visitor<'de> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, source: D) -> Result<T, D::Error> {
        source.deserialize_str(self)
    }
}

/// The text that stands in for a type that asks for itself under `name`.
pub(crate) fn named(name: &'static str) -> Option<&'static str> {
    name.strip_prefix(NAME)
}

/// How a stand-in starts. No text of an input may hold U+0000: see
/// [`from_value`](crate::from_value).
const START: &str = "\0";

/// What a stand-in gives as a text to a type that does not name its own, one
/// try after the other.
pub(crate) const TEXTS: [&str; 6] = [
    "",
    "2000-01-01",
    "2000-01-01T00:00:00Z",
    "2000-01-01T00:00:00",
    "00:00:00",
    "1",
];

/// How many things a stand-in can try to be: a text, a boolean, a number, a list.
const TRIES: usize = TEXTS.len() + 3;

/// A stand-in, the n-th try; `None` when there is nothing left to try.
pub(crate) fn stand_in(attempt: usize) -> Option<Value> {
    (attempt < TRIES).then(|| Value::String(format!("{START}{attempt}")))
}

/// The first try.
pub(crate) fn first() -> Value {
    Value::String(format!("{START}0"))
}

/// Which try a stand-in is at; `None` for a value of the input.
pub(crate) fn attempt(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => text.strip_prefix(START)?.parse().ok(),
        _ => None,
    }
}
