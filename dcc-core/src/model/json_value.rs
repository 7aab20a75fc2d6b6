//! A JSON value as a source of serde that knows where it is.
//!
//! It borrows the value, so that a second look costs no copy; an error keeps
//! its path and its nature, so that [`super::json`] can tell it in French; an
//! object is never taken for a list, nor the other way round. One type stands
//! behind every call: the code of each model is compiled once.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde_json::{Map, Value, map};

/// Name under which [`super::stated::Stated`] asks for itself: an object with
/// the key [`ABSENT`] is a map, anything else is a value that is there.
pub(super) const STATED: &str = "dcc::Stated";
/// Key of the reason for an absence.
pub(super) const ABSENT: &str = "absent";

/// What is wrong with a value, before its place is known.
#[derive(Debug)]
pub(super) enum Fault {
    UnknownField {
        found: String,
        known: &'static [&'static str],
    },
    MissingField(&'static str),
    DuplicateField(&'static str),
    UnknownVariant {
        found: String,
        known: &'static [&'static str],
    },
    Type {
        found: String,
        expected: String,
    },
    Value {
        found: String,
        expected: String,
    },
    Other(String),
}

impl fmt::Display for Fault {
    /// In French.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Type { found, expected } => {
                let (found, expected) = (french(found), french(expected));
                write!(f, "type inattendu : {found}, attendu : {expected}")
            }
            Fault::Value { found, expected } => {
                let (found, expected) = (french(found), french(expected));
                write!(f, "valeur inattendue : {found}, attendu : {expected}")
            }
            Fault::UnknownVariant { found, known } => {
                write!(
                    f,
                    "valeur inconnue : {found}, attendu : {}",
                    known.join(", ")
                )
            }
            Fault::UnknownField { found, .. } => write!(f, "champ inconnu : {found}"),
            Fault::MissingField(field) => write!(f, "champ obligatoire absent : {field}"),
            Fault::DuplicateField(field) => write!(f, "champ donné deux fois : {field}"),
            Fault::Other(text) => f.write_str(match text.as_str() {
                // what the calendar library says of a date or an instant
                "input contains invalid characters"
                | "input is out of range"
                | "premature end of input"
                | "trailing input"
                | "no possible date and time matching input" => {
                    "date ou heure invalide, attendu : AAAA-MM-JJ ou AAAA-MM-JJTHH:MM:SS, \
                     avec le fuseau (Z, +01:00) pour un instant"
                }
                text => text,
            }),
        }
    }
}

/// What serde names, in French.
fn french(text: &str) -> String {
    const NAMES: [(&str, &str); 17] = [
        ("a boolean", "true ou false"),
        ("boolean", "un booléen"),
        ("a string", "un texte"),
        ("string", "un texte"),
        ("integer", "un nombre entier"),
        ("floating point number", "un nombre à virgule"),
        ("floating point", "un nombre à virgule"),
        ("null", "null"),
        ("a sequence", "une liste"),
        ("sequence", "une liste"),
        ("a map", "un objet"),
        ("map", "un objet"),
        ("unit", "null"),
        ("u32", "un nombre entier positif"),
        ("u16", "un nombre entier de 0 à 65535"),
        ("u8", "un nombre entier de 0 à 255"),
        ("i32", "un nombre entier"),
    ];
    let bare = text.split(" `").next().unwrap_or(text);
    let bare = bare.split(" \"").next().unwrap_or(bare);
    match NAMES.iter().find(|n| n.0 == bare) {
        Some((_, french)) => (*french).to_owned(),
        None if bare.starts_with("struct ") => "un objet".to_owned(),
        None => text.to_owned(),
    }
}

/// A fault, and the steps to it, the last one first.
#[derive(Debug)]
pub(super) struct Located {
    pub(super) fault: Fault,
    pub(super) steps: Vec<String>,
}

/// The error of this source.
#[derive(Debug)]
pub(super) struct Error(pub(super) Box<Located>);

impl Error {
    fn new(fault: Fault) -> Self {
        Error(Box::new(Located {
            fault,
            steps: Vec::new(),
        }))
    }

    fn under(mut self, step: impl ToString) -> Self {
        self.0.steps.push(step.to_string());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in self.0.steps.iter().rev() {
            write!(f, "/{step}")?;
        }
        let colon = if self.0.steps.is_empty() { "" } else { " : " };
        write!(f, "{colon}{}", self.0.fault)
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Error::new(Fault::Other(text.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Error::new(Fault::Type {
            found: found.to_string(),
            expected: expected.to_string(),
        })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Error::new(Fault::Value {
            found: found.to_string(),
            expected: expected.to_string(),
        })
    }

    fn unknown_field(found: &str, known: &'static [&'static str]) -> Self {
        Error::new(Fault::UnknownField {
            found: found.to_owned(),
            known,
        })
    }

    fn missing_field(field: &'static str) -> Self {
        Error::new(Fault::MissingField(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Error::new(Fault::DuplicateField(field))
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Self {
        Error::new(Fault::UnknownVariant {
            found: found.to_owned(),
            known,
        })
    }
}

/// A value to read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a>(pub(super) &'a Value);

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

    fn text<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(text) => visitor.visit_borrowed_str(text),
            _ => Err(self.refuse(&visitor)),
        }
    }

    fn number<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Number(n) => match (n.as_u64(), n.as_i64()) {
                (Some(n), _) => visitor.visit_u64(n),
                (None, Some(n)) => visitor.visit_i64(n),
                (None, None) => visitor.visit_f64(n.as_f64().unwrap_or(f64::NAN)),
            },
            _ => Err(self.refuse(&visitor)),
        }
    }

    fn list<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(Items {
                items: items.iter().enumerate(),
            }),
            _ => Err(self.refuse(&visitor)),
        }
    }

    fn object<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Object(fields) => visitor.visit_map(Fields::of(fields)),
            _ => Err(self.refuse(&visitor)),
        }
    }
}

macro_rules! forward {
    ($($to:ident: $($method:ident)*;)*) => {$($(
        fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
            self.$to(visitor)
        }
    )*)*};
}

impl<'a> Deserializer<'a> for Node<'a> {
    type Error = Error;

    forward! {
        text: deserialize_char deserialize_str deserialize_string deserialize_identifier;
        number: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
            deserialize_f32 deserialize_f64;
        list: deserialize_seq;
        object: deserialize_map;
    }

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(b) => visitor.visit_bool(*b),
            Value::Number(_) => self.number(visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(_) => self.list(visitor),
            Value::Object(_) => self.object(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Bool(b) => visitor.visit_bool(*b),
            _ => Err(self.refuse(&visitor)),
        }
    }

    fn deserialize_bytes<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            _ => Err(self.refuse(&visitor)),
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
        match self.0 {
            Value::Object(fields) if name == STATED && fields.contains_key(ABSENT) => {
                visitor.visit_map(Fields::of(fields))
            }
            _ if name == STATED => visitor.visit_some(self),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_tuple<V: Visitor<'a>>(self, _len: usize, visitor: V) -> Result<V::Value, Error> {
        self.list(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.list(visitor)
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.object(visitor)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(Variant {
                name,
                content: None,
            }),
            Value::Object(fields) if fields.len() == 1 => match fields.iter().next() {
                Some((name, content)) => visitor.visit_enum(Variant {
                    name,
                    content: Some(Node(content)),
                }),
                None => Err(self.refuse(&visitor)),
            },
            _ => Err(self.refuse(&visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

/// The items of a list.
struct Items<'a> {
    items: std::iter::Enumerate<std::slice::Iter<'a, Value>>,
}

impl<'a> SeqAccess<'a> for Items<'a> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        match self.items.next() {
            None => Ok(None),
            Some((i, item)) => match seed.deserialize(Node(item)) {
                Ok(value) => Ok(Some(value)),
                Err(error) => Err(error.under(i)),
            },
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The fields of an object.
struct Fields<'a> {
    fields: map::Iter<'a>,
    current: Option<(&'a String, &'a Value)>,
}

impl<'a> Fields<'a> {
    fn of(fields: &'a Map<String, Value>) -> Self {
        Fields {
            fields: fields.iter(),
            current: None,
        }
    }
}

impl<'a> MapAccess<'a> for Fields<'a> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        self.current = self.fields.next();
        match self.current {
            None => Ok(None),
            Some((key, _)) => match seed.deserialize(Key(key)) {
                Ok(key) => Ok(Some(key)),
                Err(error) => Err(error.under(key)),
            },
        }
    }

    fn next_value_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<T::Value, Error> {
        match self.current.take() {
            None => Err(Error::custom("une valeur sans clé")),
            Some((key, value)) => match seed.deserialize(Node(value)) {
                Ok(value) => Ok(value),
                Err(error) => Err(error.under(key)),
            },
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.fields.len())
    }
}

/// A key of an object: a text, or a number written as one.
struct Key<'a>(&'a String);

impl<'a> Key<'a> {
    fn number<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match (self.0.parse::<u64>(), self.0.parse::<i64>()) {
            (Ok(n), _) => visitor.visit_u64(n),
            (_, Ok(n)) => visitor.visit_i64(n),
            _ => Err(Error::invalid_type(Unexpected::Str(self.0), &visitor)),
        }
    }
}

impl<'a> Deserializer<'a> for Key<'a> {
    type Error = Error;

    forward! {
        number: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64;
    }

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(Variant {
            name: self.0,
            content: None,
        })
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'a>>
        bool f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// A variant of an enumeration: a text, or an object of one key.
struct Variant<'a> {
    name: &'a str,
    content: Option<Node<'a>>,
}

impl<'a> EnumAccess<'a> for Variant<'a> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'a>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let variant: serde::de::value::StrDeserializer<'a, Error> = self.name.into_deserializer();
        Ok((seed.deserialize(variant)?, self))
    }
}

impl<'a> Variant<'a> {
    fn content(&self) -> Result<Node<'a>, Error> {
        self.content
            .ok_or_else(|| Error::invalid_type(Unexpected::UnitVariant, &"un contenu"))
    }

    fn within<T>(&self, read: Result<T, Error>) -> Result<T, Error> {
        match read {
            Ok(value) => Ok(value),
            Err(error) => Err(error.under(self.name)),
        }
    }
}

impl<'a> VariantAccess<'a> for Variant<'a> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.content {
            None | Some(Node(Value::Null)) => Ok(()),
            Some(node) => self.within(Err(node.refuse(&"null"))),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Error> {
        let node = self.content()?;
        self.within(seed.deserialize(node))
    }

    fn tuple_variant<V: Visitor<'a>>(self, _len: usize, visitor: V) -> Result<V::Value, Error> {
        let node = self.content()?;
        self.within(node.list(visitor))
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let node = self.content()?;
        self.within(node.object(visitor))
    }
}
