//! A JSON text as a value, in which no field is given twice.
//!
//! The JSON library keeps the last of two fields of one name, and drops the
//! first in silence: here each is told.

use std::fmt;
use std::sync::LazyLock;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, map};

/// Where the repeated fields are, each as steps from the whole.
#[derive(Default)]
pub(crate) struct Doubled {
    steps: Vec<String>,
    pub(crate) found: Vec<Vec<String>>,
}

/// The only key of the object that serde_json gives for a number under its
/// feature `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Whether some crate of the build turned that feature on: only then is a
/// number beyond those of `f64` one of serde_json's.
static ARBITRARY_PRECISION: LazyLock<bool> =
    LazyLock::new(|| serde_json::from_str::<Value>("1e999").is_ok());

/// Reads a value, and notes the fields given twice; the first is kept.
pub(crate) struct Once<'d>(pub(crate) &'d mut Doubled);

impl<'de> DeserializeSeed<'de> for Once<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Once<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("une valeur JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, b: bool) -> Result<Value, E> {
        Ok(b.into())
    }

    fn visit_u64<E: Error>(self, n: u64) -> Result<Value, E> {
        Ok(n.into())
    }

    fn visit_i64<E: Error>(self, n: i64) -> Result<Value, E> {
        Ok(n.into())
    }

    fn visit_f64<E: Error>(self, n: f64) -> Result<Value, E> {
        Ok(n.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            self.0.steps.push(list.len().to_string());
            let item = items.next_element_seed(Once(&mut *self.0))?;
            self.0.steps.pop();
            match item {
                Some(item) => list.push(item),
                None => return Ok(list.into()),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            if object.is_empty() && name == NUMBER && *ARBITRARY_PRECISION {
                let digits: String = fields.next_value()?;
                let number: serde_json::Number = digits.parse().map_err(A::Error::custom)?;
                return Ok(Value::Number(number));
            }
            self.0.steps.push(name.clone());
            let value = fields.next_value_seed(Once(&mut *self.0))?;
            match object.entry(name) {
                map::Entry::Vacant(place) => {
                    place.insert(value);
                }
                map::Entry::Occupied(_) => self.0.found.push(self.0.steps.clone()),
            }
            self.0.steps.pop();
        }
        Ok(object.into())
    }
}
