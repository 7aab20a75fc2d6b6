//! A JSON value as a source of serde that knows where it is.
//!
//! It borrows the value, so that a second look costs no copy; an error keeps
//! its path and its nature, so that it can be told in French; an object is
//! never taken for a list, nor the other way round. One type stands behind
//! every call: the code of each model is compiled once.
//!
//! A [stand-in](crate::stand_in) takes the place of a value that is absent or
//! in fault: it gives whatever is asked of it, so that the rest can be read
//! and told too. What was read with stand-ins is never kept.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde_json::{Map, Value, map};

use crate::fault::{Error, Fault};
use crate::key::Key;
use crate::names::{TAG, TAGGED, key_of};
use crate::number::{Number, forward};
use crate::stand_in::{self, TEXTS, attempt};

/// A value to read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'a>(pub(crate) &'a Value);

impl<'a> Node<'a> {
    fn refuse(self, expected: &dyn Expected) -> Error {
        let found = match self.0 {
            Value::Null => Unexpected::Unit,
            Value::Bool(b) => Unexpected::Bool(*b),
            Value::Number(n) => match (n.as_u64(), n.as_i64()) {
                (Some(n), _) => Unexpected::Unsigned(n),
                (None, Some(n)) => Unexpected::Signed(n),
                (None, None) => Unexpected::Float(n.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(s) => Unexpected::Str(s),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        Error::invalid_type(found, expected)
    }

    /// Which try it is at, when it is a stand-in.
    fn attempt(self) -> Option<usize> {
        attempt(self.0)
    }

    // These look at the value once for all types: what follows is compiled for each.

    fn as_text(self) -> Option<&'a str> {
        match (self.attempt(), self.0) {
            (Some(n), _) => Some(TEXTS.get(n).copied().unwrap_or_default()),
            (None, Value::String(text)) => Some(text),
            _ => None,
        }
    }

    fn as_number(self) -> Option<Number> {
        match self.0 {
            Value::Number(n) => Some(match (n.as_u64(), n.as_i64()) {
                (Some(n), _) => Number::Unsigned(n),
                (None, Some(n)) => Number::Signed(n),
                (None, None) => Number::Float(n.as_f64().unwrap_or(f64::NAN)),
            }),
            _ => self.attempt().map(|_| Number::Unsigned(1)),
        }
    }

    fn as_bool(self) -> Option<bool> {
        match self.0 {
            Value::Bool(b) => Some(*b),
            _ => self.attempt().map(|_| false),
        }
    }

    fn as_list(self, promised: usize) -> Option<Items<'a>> {
        match self.0 {
            Value::Array(items) => Some(Items::Given(items.iter().enumerate())),
            _ => self.attempt().map(|_| Items::Promised(promised, self)),
        }
    }

    fn as_object(self, promised: &'static [&'static str]) -> Option<Fields<'a>> {
        match self.0 {
            Value::Object(fields) => Some(Fields::of(fields, "")),
            _ => self.attempt().map(|_| Fields {
                source: Source::Promised(promised.iter(), self),
                current: None,
            }),
        }
    }

    fn is_null(self) -> bool {
        self.0.is_null() || self.attempt().is_some()
    }

    /// What it is when anything is asked of it.
    fn seen(self) -> Seen<'a> {
        match (self.attempt(), self.0) {
            (Some(n), _) => match (TEXTS.get(n), n.saturating_sub(TEXTS.len())) {
                (Some(text), _) => Seen::Text(text),
                (None, 0) => Seen::Bool(false),
                (None, 1) => Seen::Number(Number::Unsigned(1)),
                (None, _) => Seen::List(Items::Promised(0, self)),
            },
            (None, Value::Null) => Seen::Null,
            (None, Value::Bool(b)) => Seen::Bool(*b),
            (None, Value::Number(_)) => match self.as_number() {
                Some(number) => Seen::Number(number),
                None => Seen::Null,
            },
            (None, Value::String(text)) => Seen::Text(text),
            (None, Value::Array(items)) => Seen::List(Items::Given(items.iter().enumerate())),
            (None, Value::Object(fields)) => Seen::Object(Fields::of(fields, "")),
        }
    }

    /// The variant that it is, in an enumeration.
    fn as_variant(
        self,
        name: &str,
        variants: &'static [&'static str],
        expected: &dyn Expected,
    ) -> Result<Variant<'a>, Error> {
        let variant = |name, content| Ok(Variant { name, content });
        if let Some(n) = self.attempt() {
            let any = variants.get(n % variants.len().max(1)).unwrap_or(&"");
            return variant(any, Content::Node(self));
        }
        match self.0 {
            Value::Object(fields) if name == TAGGED => match fields.get(TAG) {
                Some(Value::String(found)) if variants.contains(&found.as_str()) => {
                    variant(found, Content::Flat(fields))
                }
                found => Err(Error::new(Fault::Variant {
                    found: found.map(|v| match v {
                        Value::String(text) => text.clone(),
                        other => other.to_string(),
                    }),
                    known: variants,
                })),
            },
            Value::String(found) if name != TAGGED => variant(found, Content::None),
            Value::Object(fields) if fields.len() == 1 => match fields.iter().next() {
                Some((found, content)) => variant(found, Content::Node(Node(content))),
                None => Err(self.refuse(expected)),
            },
            _ => Err(self.refuse(expected)),
        }
    }
}

/// What a value is.
enum Seen<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(&'a str),
    List(Items<'a>),
    Object(Fields<'a>),
}

impl<'a> Deserializer<'a> for Node<'a> {
    type Error = Error;

    forward! {
        deserialize_str: deserialize_char deserialize_string deserialize_identifier;
        deserialize_u64: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_f32 deserialize_f64;
        deserialize_any: deserialize_bytes deserialize_byte_buf;
    }

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.seen() {
            Seen::Null => visitor.visit_unit(),
            Seen::Bool(b) => visitor.visit_bool(b),
            Seen::Number(number) => number.visit(visitor),
            Seen::Text(text) => visitor.visit_borrowed_str(text),
            Seen::List(items) => visitor.visit_seq(items),
            Seen::Object(fields) => visitor.visit_map(fields),
        }
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.as_text() {
            Some(text) => visitor.visit_borrowed_str(text),
            None => Err(self.refuse(&visitor)),
        }
    }

    fn deserialize_u64<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.as_number() {
            Some(number) => number.visit(visitor),
            None => Err(self.refuse(&visitor)),
        }
    }

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.as_bool() {
            Some(b) => visitor.visit_bool(b),
            None => Err(self.refuse(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null() {
            visitor.visit_unit()
        } else {
            Err(self.refuse(&visitor))
        }
    }

    fn deserialize_unit_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == TAGGED {
            return visitor.visit_some(self);
        }
        if let Some(key) = key_of(name) {
            return match self.0 {
                Value::Object(fields) if fields.contains_key(key) => {
                    visitor.visit_map(Fields::of(fields, ""))
                }
                _ => visitor.visit_some(self),
            };
        }
        match (stand_in::named(name), self.attempt()) {
            (Some(text), Some(_)) => visitor.visit_borrowed_str(text),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_tuple(0, visitor)
    }

    fn deserialize_tuple<V: Visitor<'a>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        match self.as_list(len) {
            Some(items) => visitor.visit_seq(items),
            None => Err(self.refuse(&visitor)),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.as_object(fields) {
            Some(fields) => visitor.visit_map(fields),
            None => Err(self.refuse(&visitor)),
        }
    }

    /// A text, or an object of one key; under the name [`TAGGED`], an object
    /// whose key [`TAG`] is the variant.
    fn deserialize_enum<V: Visitor<'a>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.as_variant(name, variants, &visitor) {
            Ok(variant) => visitor.visit_enum(variant),
            Err(error) => Err(error),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

/// The items of a list.
enum Items<'a> {
    Given(std::iter::Enumerate<std::slice::Iter<'a, Value>>),
    /// By a stand-in: as many as asked.
    Promised(usize, Node<'a>),
}

impl<'a> Items<'a> {
    fn next(&mut self) -> Option<(usize, Node<'a>)> {
        match self {
            Items::Given(items) => items.next().map(|(i, item)| (i, Node(item))),
            Items::Promised(left, node) => {
                *left = left.checked_sub(1)?;
                Some((*left, *node))
            }
        }
    }
}

impl<'a> SeqAccess<'a> for Items<'a> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        match self.next() {
            None => Ok(None),
            Some((i, item)) => match seed.deserialize(item) {
                Ok(value) => Ok(Some(value)),
                Err(error) => Err(error.under(i)),
            },
        }
    }

    fn size_hint(&self) -> Option<usize> {
        match self {
            Items::Given(items) => Some(items.len()),
            Items::Promised(left, _) => Some(*left),
        }
    }
}

/// The fields of an object.
struct Fields<'a> {
    source: Source<'a>,
    current: Option<(&'a str, Node<'a>)>,
}

enum Source<'a> {
    /// All but the one named.
    Given(map::Iter<'a>, &'static str),
    /// By a stand-in: all that are asked.
    Promised(std::slice::Iter<'static, &'static str>, Node<'a>),
}

impl<'a> Fields<'a> {
    /// The fields, but the one named.
    fn of(fields: &'a Map<String, Value>, without: &'static str) -> Self {
        Fields {
            source: Source::Given(fields.iter(), without),
            current: None,
        }
    }

    fn advance(&mut self) -> Option<&'a str> {
        self.current = match &mut self.source {
            Source::Given(fields, without) => fields
                .find(|(key, _)| key != without)
                .map(|(key, value)| (key.as_str(), Node(value))),
            Source::Promised(names, node) => names.next().map(|name| (*name, *node)),
        };
        self.current.map(|(key, _)| key)
    }
}

impl<'a> MapAccess<'a> for Fields<'a> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        match self.advance() {
            None => Ok(None),
            Some(key) => match seed.deserialize(Key(key)) {
                Ok(key) => Ok(Some(key)),
                Err(error) => Err(error.under(key)),
            },
        }
    }

    fn next_value_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<T::Value, Error> {
        match self.current.take() {
            None => Err(Error::custom("une valeur sans clé")),
            Some((key, value)) => match seed.deserialize(value) {
                Ok(value) => Ok(value),
                Err(error) => Err(error.under(key)),
            },
        }
    }
}

/// A variant of an enumeration.
struct Variant<'a> {
    name: &'a str,
    content: Content<'a>,
}

/// Where the content of a variant stands.
#[derive(Clone, Copy)]
enum Content<'a> {
    None,
    Node(Node<'a>),
    /// Among the fields of the object that also names the variant.
    Flat(&'a Map<String, Value>),
}

impl<'a> EnumAccess<'a> for Variant<'a> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'a>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let variant: StrDeserializer<'a, Error> = self.name.into_deserializer();
        Ok((seed.deserialize(variant)?, self))
    }
}

impl<'a> Variant<'a> {
    fn node(&self) -> Result<Node<'a>, Error> {
        match self.content {
            Content::Node(node) => Ok(node),
            Content::None | Content::Flat(_) => {
                Err(Error::invalid_type(Unexpected::UnitVariant, &"un contenu"))
            }
        }
    }

    fn fields(&self, promised: &'static [&'static str]) -> Result<Fields<'a>, Error> {
        match self.content {
            Content::Flat(fields) => Ok(Fields::of(fields, TAG)),
            _ => {
                let node = self.node()?;
                node.as_object(promised)
                    .ok_or_else(|| node.refuse(&"struct").under(self.name))
            }
        }
    }

    /// The error at its place: under the variant, which a flat object has not.
    fn within<T>(&self, read: Result<T, Error>) -> Result<T, Error> {
        match (read, &self.content) {
            (Err(error), Content::Node(_)) => Err(error.under(self.name)),
            (read, _) => read,
        }
    }
}

impl<'a> VariantAccess<'a> for Variant<'a> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.content {
            Content::None => Ok(()),
            Content::Node(node) if node.is_null() => Ok(()),
            Content::Node(node) => self.within(Err(node.refuse(&"null"))),
            Content::Flat(fields) => match fields.keys().find(|&key| key != TAG) {
                None => Ok(()),
                Some(key) => Err(Error::unknown_field(key, &[TAG])),
            },
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Error> {
        let node = self.node()?;
        self.within(seed.deserialize(node))
    }

    fn tuple_variant<V: Visitor<'a>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        let node = self.node()?;
        self.within(node.deserialize_tuple(len, visitor))
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        promised: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let fields = self.fields(promised)?;
        self.within(visitor.visit_map(fields))
    }
}
