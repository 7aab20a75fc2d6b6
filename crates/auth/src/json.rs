//! JSON in which no member stands twice.
//!
//! Readers that keep the first or the last of two equal members can be played
//! one against the other; RFC 7515 §4 and RFC 7519 §4 allow to refuse them.

use std::fmt;

use dcc_base::problem::{Problem, Problems, Rule};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::rules;

/// How many members that stand twice are listed.
const MAX_LISTED: usize = 16;

/// An object; problems at `path` when it is none (`rule`), and for each member
/// that stands twice. `None` only when there is no object to read.
pub(crate) fn object(
    bytes: &[u8],
    path: &str,
    rule: &'static Rule,
    problems: &mut Problems,
) -> Option<Map<String, Value>> {
    let mut twice = Twice::default();
    let mut input = serde_json::Deserializer::from_slice(bytes);
    let value = Strict(&mut twice).deserialize(&mut input);
    let value = value.and_then(|value| input.end().map(|()| value));
    match value {
        Ok(Value::Object(map)) => {
            for pointer in twice.found {
                let place = format!("{path}{pointer}");
                problems.push(Problem::new(&rules::TOKEN_TWICE, place));
            }
            Some(map)
        }
        _ => {
            problems.push(Problem::new(rule, path));
            None
        }
    }
}

/// Where the reader is, and the members that stand twice.
#[derive(Default)]
struct Twice {
    place: Vec<String>,
    found: Vec<String>,
}

impl Twice {
    fn note(&mut self) {
        if self.found.len() < MAX_LISTED {
            let steps = self.place.iter();
            let pointer = steps.map(|s| format!("/{}", s.replace('~', "~0").replace('/', "~1")));
            self.found.push(pointer.collect());
        }
    }
}

struct Strict<'a>(&'a mut Twice);

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        self.0.place.push("0".to_owned());
        while let Some(value) = seq.next_element_seed(Strict(&mut *self.0))? {
            values.push(value);
            if let Some(index) = self.0.place.last_mut() {
                *index = values.len().to_string();
            }
        }
        self.0.place.pop();
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            self.0.place.push(name.clone());
            if members.contains_key(&name) {
                self.0.note();
            }
            let value = map.next_value_seed(Strict(&mut *self.0))?;
            members.insert(name, value);
            self.0.place.pop();
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (bool, Vec<String>) {
        let mut problems = Problems::new();
        let map = object(
            text.as_bytes(),
            "/id_token",
            &rules::TOKEN_JSON,
            &mut problems,
        );
        let places = problems.iter().map(|p| format!("{} {}", p.code, p.path));
        (map.is_some(), places.collect())
    }

    #[test]
    fn members_that_stand_twice_are_found_at_any_depth() {
        assert_eq!(
            read(r#"{"a": [1, {"b": 2, "c": null}], "d": 1.5}"#),
            (true, vec![])
        );
        assert_eq!(
            read(r#"{"sub": 1, "sub": 2, "x": [{}, {"a/b": 1, "a/b": 1}]}"#).1,
            [
                "AUTH-JETON-DOUBLON /id_token/sub",
                "AUTH-JETON-DOUBLON /id_token/x/1/a~1b"
            ]
        );
        assert_eq!(read(r#"{"sub": 1, "s\u0075b": 2}"#).1.len(), 1);
    }

    #[test]
    fn what_is_no_object_is_refused() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        for text in ["", "1", "[]", "{} {}", "{", "\u{feff}{}", "{'a': 1}", &deep] {
            assert_eq!(
                read(text),
                (false, vec!["AUTH-JETON-JSON /id_token".to_owned()])
            );
        }
        let mut problems = Problems::new();
        assert!(object(b"{\"a\":\"\xff\"}", "", &rules::TOKEN_JSON, &mut problems).is_none());
    }
}
