//! Structures and variants written as one flat object, after a first field
//! that says which they are.

use serde::ser::{
    Error, Impossible, Serialize, SerializeStruct, SerializeStructVariant, Serializer,
};

use crate::names::TAG;

/// Writes a structure after one more field, or a variant as the object whose
/// field `type` names it.
#[derive(Debug)]
pub struct Flat<S> {
    sink: S,
    first: Option<(&'static str, &'static str)>,
}

impl<S> Flat<S> {
    /// For an enumeration.
    pub fn of_variants(sink: S) -> Self {
        Flat { sink, first: None }
    }

    /// For a structure whose first field is `key`, of this value.
    pub fn starting_with(sink: S, key: &'static str, value: &'static str) -> Self {
        Flat {
            sink,
            first: Some((key, value)),
        }
    }
}

/// The fields of a variant, written as those of a structure.
#[derive(Debug)]
pub struct FlatFields<S>(S);

impl<S: SerializeStruct> SerializeStructVariant for FlatFields<S> {
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

/// Neither a structure nor a variant whose fields have names.
fn not_flat<E: Error>() -> E {
    E::custom("une valeur sans champs nommés n'a pas de forme à plat")
}

impl<S: Serializer> Serializer for Flat<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = Impossible<S::Ok, S::Error>;
    type SerializeStruct = S::SerializeStruct;
    type SerializeStructVariant = FlatFields<S::SerializeStruct>;

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        let mut fields = self.sink.serialize_struct(name, len + 1)?;
        fields.serialize_field(TAG, variant)?;
        Ok(FlatFields(fields))
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        let mut fields = self.sink.serialize_struct(name, 1)?;
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
        name: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStruct, S::Error> {
        let Some((key, value)) = self.first else {
            return Err(not_flat());
        };
        let mut fields = self.sink.serialize_struct(name, len + 1)?;
        fields.serialize_field(key, value)?;
        Ok(fields)
    }
}
