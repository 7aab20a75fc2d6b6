//! How an identity was captured (*mode d'obtention*; HL7 table 9003, ZFD-5).

use serde::{Deserialize, Serialize};

/// How an identity was captured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Capture {
    /// *Saisie manuelle*, `SM`.
    #[default]
    Typed,
    /// *Carte Vitale*, `CV`.
    VitaleCard,
    /// *Téléservice INSi*, `INSI`.
    Insi,
    /// *Datamatrix INS scanné*, `CB`: a way to read, never a proof.
    Scan,
    /// *RFID*, `RFID`.
    Rfid,
    /// *Application carte Vitale*, `AV`.
    VitaleApp,
    /// *Interface*: received from another application (a local code, `IN`).
    Interface,
    /// *Import* (a local code, `IM`).
    Import,
}

const CAPTURES: [(Capture, &str, &str); 8] = [
    (Capture::Typed, "SM", "saisie manuelle"),
    (Capture::VitaleCard, "CV", "carte Vitale"),
    (Capture::Insi, "INSI", "téléservice INSi"),
    (Capture::Scan, "CB", "lecture du datamatrix INS"),
    (Capture::Rfid, "RFID", "RFID"),
    (Capture::VitaleApp, "AV", "application carte Vitale"),
    (Capture::Interface, "IN", "interface"),
    (Capture::Import, "IM", "import"),
];

impl Capture {
    /// Code of table 9003.
    pub fn code(self) -> &'static str {
        CAPTURES.iter().find(|c| c.0 == self).map_or("SM", |c| c.1)
    }

    /// French name.
    pub fn label(self) -> &'static str {
        CAPTURES.iter().find(|c| c.0 == self).map_or("", |c| c.2)
    }

    /// The capture of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        CAPTURES.iter().find(|c| c.1 == code).map(|c| c.0)
    }

    /// True for those that obtain the matricule from INSi.
    pub fn is_insi(self) -> bool {
        matches!(
            self,
            Capture::Insi | Capture::VitaleCard | Capture::VitaleApp
        )
    }
}
