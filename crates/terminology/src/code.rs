//! A coded value as an input gives it.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A coded value of an input (*valeur codée*).
///
/// JSON accepts the bare code, `"C50.2"`, or an object,
/// `{"code": "C50.2", "system": "2.16.840.1.113883.6.3", "label": "…"}`, of
/// which only `code` is required. It is written in the shortest form that
/// says the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Code {
    /// Code, for example `C50.2`.
    pub code: String,
    /// OID of the code system; needed only when a code stands in several
    /// systems of one value set.
    pub system: Option<String>,
    /// Label as the source knows it; the document takes the label of the
    /// value set.
    pub label: Option<String>,
}

impl Code {
    /// A bare code.
    pub fn new(code: impl Into<String>) -> Self {
        Code {
            code: code.into(),
            system: None,
            label: None,
        }
    }

    /// The same code, in this code system (OID).
    #[must_use]
    pub fn in_system(mut self, oid: impl Into<String>) -> Self {
        self.system = Some(oid.into());
        self
    }

    /// The same code, with the label its source gives it.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}

impl From<&str> for Code {
    fn from(code: &str) -> Self {
        Code::new(code)
    }
}

impl From<String> for Code {
    fn from(code: String) -> Self {
        Code::new(code)
    }
}

impl std::fmt::Display for Code {
    /// `C50.2`, or `C50.2 — libellé` when the input gives a label.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.label {
            Some(label) => write!(f, "{} — {label}", self.code),
            None => f.write_str(&self.code),
        }
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.system.is_none() && self.label.is_none() {
            return serializer.serialize_str(&self.code);
        }
        let fields = 1 + usize::from(self.system.is_some()) + usize::from(self.label.is_some());
        let mut object = serializer.serialize_struct("Code", fields)?;
        object.serialize_field("code", &self.code)?;
        match &self.system {
            Some(system) => object.serialize_field("system", system)?,
            None => object.skip_field("system")?,
        }
        match &self.label {
            Some(label) => object.serialize_field("label", label)?,
            None => object.skip_field("label")?,
        }
        object.end()
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Object {
            code: String,
            #[serde(default)]
            system: Option<String>,
            #[serde(default)]
            label: Option<String>,
        }

        struct Either;

        impl<'de> serde::de::Visitor<'de> for Either {
            type Value = Code;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("un code, ou un objet {code, system, label}")
            }

            fn visit_str<E: serde::de::Error>(self, code: &str) -> Result<Code, E> {
                Ok(Code::new(code))
            }

            fn visit_string<E: serde::de::Error>(self, code: String) -> Result<Code, E> {
                Ok(Code::new(code))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Code, A::Error> {
                let object =
                    Object::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                Ok(Code {
                    code: object.code,
                    system: object.system,
                    label: object.label,
                })
            }
        }

        deserializer.deserialize_any(Either)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let text = |told: &str| serde_json::json!({ "type": ["string", "null"], "description": format!("*{told}*") });
        schemars::json_schema!({
            "description": "*Valeur codée : le code seul, ou le code avec son système de codage et son libellé*",
            "anyOf": [
                { "type": "string" },
                {
                    "type": "object",
                    "properties": {
                        "code": { "type": "string", "description": "*Code*" },
                        "system": text("OID du système de codage"),
                        "label": text("Libellé"),
                    },
                    "required": ["code"],
                    "additionalProperties": false
                }
            ]
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn accepts_a_string_or_an_object_and_writes_the_shortest() {
        let bare: Code = serde_json::from_str("\"C50.2\"").unwrap();
        assert_eq!(bare, Code::new("C50.2"));
        assert_eq!(serde_json::to_string(&bare).unwrap(), "\"C50.2\"");

        let object: Code = serde_json::from_str(r#"{"code":"C50.2"}"#).unwrap();
        assert_eq!(object, bare);

        let full = r#"{"code":"C50.2","system":"2.16.840.1.113883.6.3"}"#;
        let code: Code = serde_json::from_str(full).unwrap();
        assert_eq!(code.system.as_deref(), Some("2.16.840.1.113883.6.3"));
        assert_eq!(serde_json::to_string(&code).unwrap(), full);
    }

    #[test]
    fn refuses_anything_else() {
        for bad in [
            "12",
            "null",
            "[]",
            "{}",
            r#"{"label":"sein"}"#,
            r#"{"code":"C50.2","systeme":"x"}"#,
        ] {
            assert!(serde_json::from_str::<Code>(bad).is_err(), "{bad}");
        }
    }
}
