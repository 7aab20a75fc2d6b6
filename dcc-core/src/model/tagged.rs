//! Enumerations whose variant is the field `type` of a flat object:
//! `{"type": "open_session", "session": "…"}`.
//!
//! serde has an attribute for them, which forgets where an error is and
//! compiles every content twice; here the path of each problem is kept. Every
//! variant has named fields, or none.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use serde::ser::{Impossible, Serialize, SerializeStruct, Serializer};

use super::json_value::{Node, TAG, TAGGED};

/// An enumeration that reads itself from one that is told by its variant.
pub(crate) trait Tagged: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// Those of the source.
    fn read<'de, D: Deserializer<'de>>(source: D) -> Result<Self, D::Error>;
}

/// Gives an enumeration with `#[serde(remote = "Self", rename = "dcc::Tagged")]`
/// its two sides of serde.
macro_rules! tagged {
    ($name:ident) => {
        impl $crate::model::tagged::Tagged for $name {
            fn read<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                $name::deserialize(source)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                $crate::model::tagged::read(source)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
                $name::serialize(self, $crate::model::tagged::Flat(sink))
            }
        }
    };
}
pub(crate) use tagged;

/// Reads a tagged enumeration from any source.
pub(crate) fn read<'de, T: Tagged, D: Deserializer<'de>>(source: D) -> Result<T, D::Error> {
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

/// Writes a variant as a flat object.
pub(crate) struct Flat<S>(pub(crate) S);

/// The fields of a variant, written as those of a structure.
pub(crate) struct FlatFields<S>(S);

impl<S: SerializeStruct> serde::ser::SerializeStructVariant for FlatFields<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        self.0.serialize_field(key, value)
    }

    fn skip_field(&mut self, key: &'static str) -> Result<(), S::Error> {
        self.0.skip_field(key)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

macro_rules! refuse {
    ($($method:ident($($of:ty),*);)*) => {$(
        fn $method(self $(, _: $of)*) -> Result<S::Ok, S::Error> {
            Err(not_flat())
        }
    )*};
}

/// No enumeration of the library comes here: all their variants have names.
fn not_flat<E: serde::ser::Error>() -> E {
    E::custom("une variante sans champs nommés n'a pas de forme à plat")
}

impl<S: Serializer> Serializer for Flat<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = Impossible<S::Ok, S::Error>;
    type SerializeStruct = Impossible<S::Ok, S::Error>;
    type SerializeStructVariant = FlatFields<S::SerializeStruct>;

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        let mut fields = self.0.serialize_struct(name, len + 1)?;
        fields.serialize_field(TAG, variant)?;
        Ok(FlatFields(fields))
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        let mut fields = self.0.serialize_struct(name, 1)?;
        fields.serialize_field(TAG, variant)?;
        fields.end()
    }

    refuse! {
        serialize_bool(bool); serialize_i8(i8); serialize_i16(i16); serialize_i32(i32);
        serialize_i64(i64); serialize_u8(u8); serialize_u16(u16); serialize_u32(u32);
        serialize_u64(u64); serialize_f32(f32); serialize_f64(f64); serialize_char(char);
        serialize_str(&str); serialize_bytes(&[u8]); serialize_none(); serialize_unit();
        serialize_unit_struct(&'static str);
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _value: &T) -> Result<S::Ok, S::Error> {
        Err(not_flat())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _value: &T,
    ) -> Result<S::Ok, S::Error> {
        Err(not_flat())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _value: &T,
    ) -> Result<S::Ok, S::Error> {
        Err(not_flat())
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Err(not_flat())
    }

    fn serialize_tuple(self, _len: usize) -> Result<Self::SerializeTuple, S::Error> {
        Err(not_flat())
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        Err(not_flat())
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        Err(not_flat())
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        Err(not_flat())
    }

    fn serialize_struct(
        self,
        _name: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeStruct, S::Error> {
        Err(not_flat())
    }
}
