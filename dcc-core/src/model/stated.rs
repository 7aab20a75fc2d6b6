//! A value, or why there is none.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::json_value::{Node, STATED};

/// Why a value is missing; each is a nullFlavor of HL7 v3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// *Inconnu*: `UNK`.
    Unknown,
    /// *Sans objet*: `NA`.
    NotApplicable,
    /// *Refus de répondre* (asked, no answer): `ASKU`.
    Refused,
    /// *Non disponible pour l'instant*: `NAV`.
    NotAvailable,
}

impl Absence {
    /// Every reason.
    pub const ALL: [Absence; 4] = [
        Absence::Unknown,
        Absence::NotApplicable,
        Absence::Refused,
        Absence::NotAvailable,
    ];

    /// The HL7 v3 nullFlavor.
    pub fn null_flavor(self) -> &'static str {
        match self {
            Absence::Unknown => "UNK",
            Absence::NotApplicable => "NA",
            Absence::Refused => "ASKU",
            Absence::NotAvailable => "NAV",
        }
    }

    /// The reason that a nullFlavor states.
    pub fn from_null_flavor(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.null_flavor() == code)
    }

    /// How a document says it, in French.
    pub fn label(self) -> &'static str {
        match self {
            Absence::Unknown => "Inconnu",
            Absence::NotApplicable => "Sans objet",
            Absence::Refused => "Refus de répondre",
            Absence::NotAvailable => "Non disponible",
        }
    }
}

/// A value, or the reason why there is none. JSON: the value itself, or
/// `{"absent": "unknown"}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated<T> {
    /// The value is known.
    Known(T),
    /// It is not, for this reason.
    Absent(Absence),
}

impl<T> Stated<T> {
    /// The value, when known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Stated::Known(value) => Some(value),
            Stated::Absent(_) => None,
        }
    }

    /// The reason, when not.
    pub fn absence(&self) -> Option<Absence> {
        match self {
            Stated::Known(_) => None,
            Stated::Absent(absence) => Some(*absence),
        }
    }
}

impl<T> From<T> for Stated<T> {
    fn from(value: T) -> Self {
        Stated::Known(value)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AbsentForm {
    absent: Absence,
}

impl<T: Serialize> Serialize for Stated<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Stated::Known(value) => value.serialize(serializer),
            Stated::Absent(absent) => AbsentForm { absent: *absent }.serialize(serializer),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Stated<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(STATED, Either(PhantomData))
    }
}

/// One look decides, so that an error is that of the form meant.
struct Either<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for Either<T> {
    type Value = Stated<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("une valeur, ou {\"absent\": raison}")
    }

    /// Our own source has looked: it is an absence.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Stated<T>, A::Error> {
        AbsentForm::deserialize(MapAccessDeserializer::new(map))
            .map(|form| Stated::Absent(form.absent))
    }

    /// Our own source has looked: it is a value.
    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Stated<T>, D::Error> {
        T::deserialize(value).map(Stated::Known)
    }

    /// Any other source: by way of ours.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Stated<T>, D::Error> {
        let value = serde_json::Value::deserialize(value)?;
        Stated::deserialize(Node(&value)).map_err(D::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Stated<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Stated_{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let known = generator.subschema_for::<T>();
        let absence = generator.subschema_for::<Absence>();
        schemars::json_schema!({
            "anyOf": [known, {
                "type": "object",
                "properties": { "absent": { "allOf": [absence], "description": "*Raison de l'absence*" } },
                "required": ["absent"],
                "additionalProperties": false
            }]
        })
    }
}
