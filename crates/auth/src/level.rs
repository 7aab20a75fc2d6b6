//! Levels of authentication.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Level of an authentication (*niveau de garantie*), as Pro Santé Connect
/// names it in `acr` (regulation (EU) 910/2014 art. 8). Ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// *Faible*: the one that clients of Pro Santé Connect ask for.
    Eidas1,
    /// *Substantiel*.
    Eidas2,
    /// *Élevé*: the one observed with a CPS card.
    Eidas3,
}

impl Level {
    /// All the levels, lowest first.
    pub const ALL: [Level; 3] = [Level::Eidas1, Level::Eidas2, Level::Eidas3];

    /// Value of `acr`.
    pub fn acr(self) -> &'static str {
        match self {
            Level::Eidas1 => "eidas1",
            Level::Eidas2 => "eidas2",
            Level::Eidas3 => "eidas3",
        }
    }

    /// The level that `acr` names.
    pub fn from_acr(acr: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.acr() == acr)
    }

    /// French name.
    pub fn label(self) -> &'static str {
        match self {
            Level::Eidas1 => "faible",
            Level::Eidas2 => "substantiel",
            Level::Eidas3 => "élevé",
        }
    }
}

impl fmt::Display for Level {
    /// `eidas2 (substantiel)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.acr(), self.label())
    }
}
