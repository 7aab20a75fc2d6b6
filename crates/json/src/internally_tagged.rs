//! Enumerations whose variant is the field `type` of a flat object:
//! `{"type": "open_session", "session": "…"}`.
//!
//! serde has an attribute for them, which forgets where an error is and
//! compiles every content twice; here the path of each problem is kept. Every
//! variant has named fields, or none.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, Visitor};

use crate::names::{TAG, TAGGED};
use crate::source::Node;

/// An enumeration that reads itself from one that is told by its variant.
pub trait Tagged: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// Those of the source.
    fn read<'de, D: Deserializer<'de>>(source: D) -> Result<Self, D::Error>;
}

/// Gives an enumeration with `#[serde(remote = "Self", rename = "dcc::Tagged")]`
/// its two sides of serde.
#[macro_export]
macro_rules! internally_tagged {
    ($name:ident) => {
        impl $crate::internally_tagged::Tagged for $name {
            fn read<'de, D: $crate::serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                $name::deserialize(source)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                source: D,
            ) -> Result<Self, D::Error> {
                $crate::internally_tagged::read(source)
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
                $name::serialize(self, $crate::flat::Flat::of_variants(sink))
            }
        }
    };
}

/// Reads a tagged enumeration from any source.
///
/// # Errors
/// Those of the source.
pub fn read<'de, T: Tagged, D: Deserializer<'de>>(source: D) -> Result<T, D::Error> {
    source.deserialize_newtype_struct(TAGGED, Reader(PhantomData))
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Tagged> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "un objet avec la clé « {TAG} »")
    }

    /// Our own source, which knows what is tagged.
    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<T, D::Error> {
        T::read(source)
    }

    /// Any other source: by way of ours.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, source: D) -> Result<T, D::Error> {
        let value = serde_json::Value::deserialize(source)?;
        T::read(Node(&value)).map_err(D::Error::custom)
    }
}
