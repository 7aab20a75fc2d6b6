//! A value, or why there is none.

use dcc_json::key_or::{self, KeyOr};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a value is missing; each is a nullFlavor of HL7 v3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AbsentReason {
    /// *Inconnu*: `UNK`.
    Unknown,
    /// *Sans objet*: `NA`.
    NotApplicable,
    /// *Refus de répondre* (asked, no answer): `ASKU`.
    Refused,
    /// *Non disponible pour l'instant*: `NAV`.
    NotAvailable,
}

impl AbsentReason {
    /// Every reason.
    pub const ALL: [AbsentReason; 4] = [
        AbsentReason::Unknown,
        AbsentReason::NotApplicable,
        AbsentReason::Refused,
        AbsentReason::NotAvailable,
    ];

    /// The HL7 v3 nullFlavor.
    pub fn null_flavor(self) -> &'static str {
        match self {
            AbsentReason::Unknown => "UNK",
            AbsentReason::NotApplicable => "NA",
            AbsentReason::Refused => "ASKU",
            AbsentReason::NotAvailable => "NAV",
        }
    }

    /// The reason that a nullFlavor states.
    pub fn from_null_flavor(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.null_flavor() == code)
    }

    /// How a document says it, in French.
    pub fn label(self) -> &'static str {
        match self {
            AbsentReason::Unknown => "Inconnu",
            AbsentReason::NotApplicable => "Sans objet",
            AbsentReason::Refused => "Refus de répondre",
            AbsentReason::NotAvailable => "Non disponible",
        }
    }
}

/// A value, or the reason why there is none. JSON: the value itself, or
/// `{"absent": "unknown"}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrAbsent<T> {
    /// The value is known.
    Known(T),
    /// It is not, for this reason.
    Absent(AbsentReason),
}

impl<T> OrAbsent<T> {
    /// The value, when known.
    pub fn known(&self) -> Option<&T> {
        match self {
            OrAbsent::Known(value) => Some(value),
            OrAbsent::Absent(_) => None,
        }
    }

    /// The reason, when not.
    pub fn absence(&self) -> Option<AbsentReason> {
        match self {
            OrAbsent::Known(_) => None,
            OrAbsent::Absent(absence) => Some(*absence),
        }
    }
}

impl<T> From<T> for OrAbsent<T> {
    fn from(value: T) -> Self {
        OrAbsent::Known(value)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AbsentForm {
    absent: AbsentReason,
}

impl<T: Serialize> Serialize for OrAbsent<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            OrAbsent::Known(value) => value.serialize(serializer),
            OrAbsent::Absent(absent) => AbsentForm { absent: *absent }.serialize(serializer),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for OrAbsent<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        Ok(
            match key_or::read::<AbsentForm, T, D>(dcc_json::key_or!("absent"), source)? {
                KeyOr::Keyed(form) => OrAbsent::Absent(form.absent),
                KeyOr::Other(value) => OrAbsent::Known(value),
            },
        )
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for OrAbsent<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Stated_{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let known = generator.subschema_for::<T>();
        let absence = generator.subschema_for::<AbsentReason>();
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
