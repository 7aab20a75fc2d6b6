//! A value, or an object known by one key: `"C50.2"`, or `{"absent": "unknown"}`.
//!
//! One look decides which, so that a fault is that of the form meant.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, Visitor};

use crate::names::key_of;
use crate::source::Node;

/// The name under which such a value asks for itself: the key is a part of it.
#[macro_export]
macro_rules! key_or {
    ($key:literal) => {
        $crate::key_or_name!($key)
    };
}

/// What stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyOr<K, T> {
    /// An object with the key.
    Keyed(K),
    /// Anything else.
    Other(T),
}

/// Reads one or the other, from any source; `name` is [`key_or!`](crate::key_or!)`("key")`.
///
/// # Errors
/// Those of the form that stands there.
pub fn read<'de, K, T, D>(name: &'static str, source: D) -> Result<KeyOr<K, T>, D::Error>
where
    K: DeserializeOwned,
    T: DeserializeOwned,
    D: Deserializer<'de>,
{
    source.deserialize_newtype_struct(name, Either(name, PhantomData))
}

struct Either<K, T>(&'static str, PhantomData<(K, T)>);

impl<'de, K: DeserializeOwned, T: DeserializeOwned> Visitor<'de> for Either<K, T> {
    type Value = KeyOr<K, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = key_of(self.0).unwrap_or_default();
        write!(f, "une valeur, ou {{\"{key}\": …}}")
    }

    /// Our own source has looked: it has the key.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        K::deserialize(MapAccessDeserializer::new(map)).map(KeyOr::Keyed)
    }

    /// Our own source has looked: it has not.
    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        T::deserialize(value).map(KeyOr::Other)
    }

    /// Any other source: by way of ours.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        use serde::Deserialize;
        let value = serde_json::Value::deserialize(value)?;
        read(self.0, Node(&value)).map_err(D::Error::custom)
    }
}
