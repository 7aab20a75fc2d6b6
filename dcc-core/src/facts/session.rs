//! The status of a session, as a fact states it.

use serde::{Deserialize, Serialize};

/// State of a session (*statut de la session*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "SessionStatus"))]
#[serde(rename_all = "snake_case")]
pub enum SessionFactStatus {
    /// *Planifiée*: its fiches count, its quorum does not.
    Planned,
    /// *Réalisée*.
    Held,
    /// *Annulée*: nothing of it counts.
    Cancelled,
}

impl SessionFactStatus {
    /// Every status, with the words that a source may use for it.
    pub const WORDS: [(SessionFactStatus, &'static [&'static str]); 3] = [
        (
            SessionFactStatus::Planned,
            &["planned", "planifiée", "planifiee"],
        ),
        (
            SessionFactStatus::Held,
            &["held", "réalisée", "realisee", "tenue"],
        ),
        (
            SessionFactStatus::Cancelled,
            &["cancelled", "annulée", "annulee"],
        ),
    ];
}
