//! The four ways out.

use serde::{Deserialize, Serialize};

/// Where a document leaves (*porte*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// *Messagerie sécurisée de santé*: an IHE XDM package by mail.
    Xdm,
    /// *Passerelle de l'établissement* (PFI): an HL7 v2 MDM message. What the
    /// gateway then does with the document is asked for in the message.
    Gateway,
    /// *DMP*, directly: XDS.b ITI-41 and ITI-57.
    Dmp,
    /// *DMP or another registry, by FHIR*: PDSm.
    Pdsm,
}

impl Door {
    /// French name.
    pub fn label(self) -> &'static str {
        match self {
            Door::Xdm => "messagerie MSSanté (XDM)",
            Door::Gateway => "passerelle (HL7 v2 MDM)",
            Door::Dmp => "DMP (XDS.b)",
            Door::Pdsm => "partage FHIR (PDSm)",
        }
    }
}
