//! Sex.

use serde::{Deserialize, Serialize};

/// *Sexe*. An indeterminate one exists locally; INSi and the datamatrix know M and F alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// *Masculin*.
    #[serde(rename = "M")]
    Male,
    /// *Féminin*.
    #[serde(rename = "F")]
    Female,
    /// *Indéterminé*.
    #[default]
    #[serde(rename = "I")]
    Indeterminate,
}

impl Sex {
    /// The letter: M, F or I.
    pub fn code(self) -> &'static str {
        match self {
            Sex::Male => "M",
            Sex::Female => "F",
            Sex::Indeterminate => "I",
        }
    }

    /// The sex of a letter: M, F, I; or U, as in HL7 table 0001.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "M" => Some(Sex::Male),
            "F" => Some(Sex::Female),
            "I" | "U" => Some(Sex::Indeterminate),
            _ => None,
        }
    }
}
