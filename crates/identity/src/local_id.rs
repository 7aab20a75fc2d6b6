//! Local identifiers of a patient (*IPP*), each under the authority that gave it.

use serde::{Deserialize, Serialize};

use crate::opaque::opaque;

/// Who gives a local identifier (*autorité d'affectation*; HL7 `HD`): a name,
/// an identifier (OID, FINESS), or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Authority {
    /// *Nom*, `CHU-X`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// *Identifiant*, an OID or a FINESS number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// *Type de l'identifiant*: `ISO` for an OID; `N`, `M` for a FINESS number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id_type: String,
}

impl Authority {
    /// An authority named by its OID.
    pub fn oid(name: impl Into<String>, oid: impl Into<String>) -> Self {
        Authority {
            name: name.into(),
            id: oid.into(),
            id_type: "ISO".to_owned(),
        }
    }

    /// What makes two authorities the same: the identifier, else the name.
    pub fn key(&self) -> &str {
        if self.id.is_empty() {
            &self.name
        } else {
            &self.id
        }
    }
}

/// A local identifier (*identifiant local*, *IPP*; HL7 `CX`). Shown by no `Debug`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LocalId {
    /// *Valeur*.
    pub value: String,
    /// *Autorité d'affectation*.
    pub authority: Authority,
    /// *Type* (HL7 table 0203): `PI` for an IPP, `RI` for a resource of a region.
    #[serde(default = "pi")]
    pub kind: String,
}

opaque!(LocalId);

fn pi() -> String {
    "PI".to_owned()
}

impl LocalId {
    /// An IPP.
    pub fn ipp(value: impl Into<String>, authority: Authority) -> Self {
        LocalId {
            value: value.into(),
            authority,
            kind: pi(),
        }
    }

    /// The same identifier of another type.
    #[must_use]
    pub fn of_kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = kind.into();
        self
    }

    /// Authority and value: what makes two identifiers the same.
    pub(crate) fn key(&self) -> (String, String) {
        (self.authority.key().to_owned(), self.value.clone())
    }

    /// True when both a value and an authority are given.
    pub(crate) fn is_whole(&self) -> bool {
        !self.value.trim().is_empty() && !self.authority.key().trim().is_empty()
    }
}
