//! An object whose first field, `document`, names its kind.
//!
//! ```
//! #[derive(Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
//! #[serde(remote = "Self", default, deny_unknown_fields)]
//! struct Letter { to: String }
//! dcc_json::document!(Letter, "letter");
//!
//! let letter = Letter { to: "Dr Test".to_owned() };
//! let text = dcc_json::write(&letter)?;
//! assert_eq!(text, "{\n  \"document\": \"letter\",\n  \"to\": \"Dr Test\"\n}");
//! assert_eq!(dcc_json::read::<Letter>(text.as_bytes(), "letter")?, letter);
//! // serde has the same form
//! assert_eq!(serde_json::from_str::<Letter>(&text).ok(), Some(letter));
//! # Ok::<(), dcc_base::problem::Problems>(())
//! ```

use std::fmt;
use std::marker::PhantomData;

use dcc_base::problem::{Problem, Problems};
use serde::Serialize;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, Visitor,
};
use serde_json::Value;

use crate::rules::{KIND, NUMBER, VALUE};
use crate::walk::{Leaf, walk};
use crate::{from_value, parse};

/// The field that names the kind.
pub const KEY: &str = "document";

/// Gives a structure with `#[serde(remote = "Self")]` its two sides of serde:
/// written with its kind first; read with it, or without. `document!(Letter as
/// LetterFields, "letter")` takes them from a private structure of the same
/// fields, `#[serde(remote = "Letter")]`, so that `Letter` shows no other.
#[macro_export]
macro_rules! document {
    ($name:ident, $kind:expr) => {
        $crate::document!($name as $name, $kind);
    };
    ($name:ident as $fields:ident, $kind:expr) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
                let sink = $crate::flat::Flat::starting_with(sink, $crate::document::KEY, $kind);
                $fields::serialize(self, sink)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                source: D,
            ) -> Result<Self, D::Error> {
                $fields::deserialize($crate::document::OfKind::new(source, $kind))
            }
        }
    };
}

/// Reads a document of a kind.
///
/// # Errors
/// `JSON-SYNTAXE` with line and column; `JSON-DOCUMENT`; and for every field
/// that does not exist or has not the form expected, `JSON-CHAMP` or
/// `JSON-VALEUR` with its JSON pointer.
pub fn read<T: DeserializeOwned>(text: &[u8], kind: &str) -> Result<T, Problems> {
    read_value(parse(text)?, kind)
}

/// As [`read`], of a value.
///
/// # Errors
/// As [`read`].
pub fn read_value<T: DeserializeOwned>(mut value: Value, kind: &str) -> Result<T, Problems> {
    let mut problems = Problems::new();
    match value.as_object_mut().map(|o| o.remove(KEY)) {
        Some(Some(Value::String(found))) if found == kind => {}
        found => {
            let found = found.flatten();
            problems.push(not_that(found.as_ref()).allowed([format!("\"{kind}\"")]));
        }
    }
    let read = from_value(value, &mut problems);
    read.filter(|_| problems.is_empty()).ok_or(problems)
}

/// The kind that the field `document` of a value names.
///
/// # Errors
/// `JSON-DOCUMENT`: there is none.
pub fn kind(value: &Value) -> Result<&str, Problems> {
    match value.get(KEY) {
        Some(Value::String(kind)) => Ok(kind),
        found => Err(not_that(found).into()),
    }
}

fn not_that(found: Option<&Value>) -> Problem {
    let found = found.map_or_else(|| "absent".to_owned(), Value::to_string);
    Problem::new(&KIND, format!("/{KEY}")).found(found)
}

/// Writes a value on several lines.
///
/// # Errors
/// `JSON-NOMBRE` for each number that has no JSON form; `JSON-VALEUR` when the
/// type refuses to be written.
pub fn write<T: Serialize>(value: &T) -> Result<String, Problems> {
    let mut problems = Problems::new();
    walk(value, &mut |place, leaf| {
        if leaf == Leaf::NotFinite {
            problems.push(Problem::new(&NUMBER, place.pointer()));
        }
    });
    if !problems.is_empty() {
        return Err(problems);
    }
    serde_json::to_string_pretty(value)
        .map_err(|e| Problem::new(&VALUE, "").message(e.to_string()).into())
}

/// A source whose object may name its kind: the field is checked and left out.
#[derive(Debug)]
pub struct OfKind<D> {
    source: D,
    kind: &'static str,
}

impl<D> OfKind<D> {
    /// The source of an object of this kind.
    pub fn new(source: D, kind: &'static str) -> Self {
        OfKind { source, kind }
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for OfKind<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let visitor = Named {
            visitor,
            kind: self.kind,
        };
        self.source.deserialize_struct(name, fields, visitor)
    }

    /// A structure asks for itself as one.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_struct("", &[], visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Named<V> {
    visitor: V,
    kind: &'static str,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Named<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(Without {
            fields,
            kind: self.kind,
        })
    }
}

/// Fields but the one that names the kind.
struct Without<A> {
    fields: A,
    kind: &'static str,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Without<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let mut seed = Some(seed);
        loop {
            let found = self.fields.next_key_seed(NotKey {
                seed: &mut seed,
                of: PhantomData,
            })?;
            match found {
                None => return Ok(None),
                Some(Some(key)) => return Ok(Some(key)),
                Some(None) => {
                    let kind: String = self.fields.next_value()?;
                    if kind != self.kind {
                        let expected = format!("« {} »", self.kind);
                        return Err(A::Error::custom(format!(
                            "{} : trouvé « {kind} », attendu {expected}",
                            KIND.text
                        )));
                    }
                }
            }
        }
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.fields.next_value_seed(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.fields.size_hint()
    }
}

/// A key, given to its seed unless it is [`KEY`].
struct NotKey<'s, K, V> {
    seed: &'s mut Option<K>,
    of: PhantomData<V>,
}

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for NotKey<'_, K, K::Value> {
    type Value = Option<K::Value>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Self::Value, D::Error> {
        source.deserialize_identifier(self)
    }
}

impl<'de, K: DeserializeSeed<'de>> Visitor<'de> for NotKey<'_, K, K::Value> {
    type Value = Option<K::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("un nom de champ")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        match self.seed.take() {
            Some(seed) if key != KEY => seed.deserialize(key.into_deserializer()).map(Some),
            seed => {
                *self.seed = seed;
                Ok(None)
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
    #[serde(remote = "Self", default, deny_unknown_fields)]
    struct Letter {
        to: String,
        weight: Option<f64>,
    }
    crate::document!(Letter, "letter");

    #[test]
    fn serde_and_the_library_have_one_form() {
        let letter = Letter {
            to: "a".to_owned(),
            weight: Some(1.5),
        };
        let text = write(&letter).unwrap();
        assert_eq!(serde_json::from_str::<Letter>(&text).unwrap(), letter);
        let compact = serde_json::to_vec(&letter).unwrap();
        assert!(compact.starts_with(b"{\"document\":\"letter\","));
        assert_eq!(read::<Letter>(&compact, "letter").unwrap(), letter);
        assert_eq!(kind(&parse(&compact).unwrap()).unwrap(), "letter");
        // the kind may be left out of what serde reads, wherever it stands, but not be another
        let read = serde_json::from_str::<Letter>;
        assert_eq!(read(r#"{"to": "a", "weight": 1.5}"#).unwrap(), letter);
        assert_eq!(
            read(r#"{"to": "a", "document": "letter", "weight": 1.5}"#).unwrap(),
            letter
        );
        let told = read(r#"{"document": "pps"}"#).unwrap_err().to_string();
        assert!(told.contains("« pps »"), "{told}");
        assert!(read(r#"{"documents": "letter"}"#).is_err());
    }

    #[test]
    fn a_kind_that_is_not_that_expected_is_told_with_the_other_faults() {
        let told = read::<Letter>(br#"{"document": "pps", "to": 3}"#, "letter").unwrap_err();
        let told: Vec<_> = told.iter().map(|p| (p.code, p.path.as_str())).collect();
        assert_eq!(
            told,
            [("JSON-DOCUMENT", "/document"), ("JSON-VALEUR", "/to")]
        );
        for text in ["{}", "[]", r#"{"document": 3}"#] {
            let told = kind(&parse(text.as_bytes()).unwrap()).unwrap_err();
            assert_eq!(told.iter().next().unwrap().code, "JSON-DOCUMENT");
        }
    }

    #[test]
    fn a_number_without_a_json_form_is_refused() {
        let letter = Letter {
            weight: Some(f64::INFINITY),
            ..Letter::default()
        };
        let told = write(&letter).unwrap_err();
        assert_eq!(told.iter().next().unwrap().path, "/weight");
    }
}
