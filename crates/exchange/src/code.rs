//! A code, its code system and its label.

use serde::{Deserialize, Serialize};

/// A coded value (*code*, *codeSystem*, *displayName*).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// *Code*.
    pub code: String,
    /// *Système de codage*: its OID, or the text that IHE asks (`URN`, `ASTM`).
    pub system: String,
    /// *Libellé*; may be empty.
    #[serde(default)]
    pub label: String,
}

impl Code {
    /// A code of a system, with its label.
    pub fn new(
        code: impl Into<String>,
        system: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        Code {
            code: code.into(),
            system: system.into(),
            label: label.into(),
        }
    }

    /// True for the same code of the same system, whatever the labels.
    pub fn is(&self, code: &str, system: &str) -> bool {
        self.code == code && self.system == system
    }
}
