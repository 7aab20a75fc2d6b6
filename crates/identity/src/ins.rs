//! *Identité nationale de santé*: a matricule and what it is.

use chrono::NaiveDate;
use dcc_base::identity::ins::{self, InsKind};
use dcc_base::problem::Problems;
use serde::{Deserialize, Serialize};

use crate::opaque::opaque;

/// An INS: matricule and OID. Shown by no `Debug`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ins {
    /// *Matricule*: 13 characters, then the key of 2 digits.
    pub matricule: String,
    /// *Nature du matricule*; gives the OID.
    pub kind: InsKind,
}

opaque!(Ins, DatedIns);

impl Ins {
    /// An INS as given: nothing is checked.
    pub fn new(matricule: impl Into<String>, kind: InsKind) -> Self {
        Ins {
            matricule: matricule.into(),
            kind,
        }
    }

    /// OID of the assigning authority.
    pub fn oid(&self) -> &'static str {
        self.kind.oid()
    }

    /// Checks form and key.
    pub fn check(&self, path: &str, problems: &mut Problems) {
        ins::check(&self.matricule, path, problems);
    }

    /// True when the key is that of the number.
    pub fn has_right_key(&self) -> bool {
        let mut problems = Problems::new();
        self.check("", &mut problems);
        problems.is_empty()
    }
}

/// An INS with the dates between which it stands, when INSi gives them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DatedIns {
    /// The INS.
    pub ins: Ins,
    /// *Date de début*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<NaiveDate>,
    /// *Date de fin*; INSi gives some that precede the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<NaiveDate>,
}

impl From<Ins> for DatedIns {
    fn from(ins: Ins) -> Self {
        DatedIns {
            ins,
            start: None,
            end: None,
        }
    }
}
