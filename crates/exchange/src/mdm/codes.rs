//! Events, flags and participations of the volet.

use serde::{Deserialize, Serialize};

use crate::tables::systems;
use crate::visibility::Mask;

/// What a message asks for its document: the three places that state it agree,
/// or the gateway rejects the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// *Transmission initiale*: `T02`, `NW`, `F`.
    New,
    /// *Remplacement*: `T10`, `RO`, `C`.
    Replace,
    /// *Suppression*: `T04`, `CA`, `D`.
    Delete,
}

impl Event {
    /// Every event.
    pub const ALL: [Event; 3] = [Event::New, Event::Replace, Event::Delete];

    /// MSH-9.2.
    pub fn trigger(self) -> &'static str {
        match self {
            Event::New => "T02",
            Event::Replace => "T10",
            Event::Delete => "T04",
        }
    }

    /// ORC-1.
    pub fn order(self) -> &'static str {
        match self {
            Event::New => "NW",
            Event::Replace => "RO",
            Event::Delete => "CA",
        }
    }

    /// OBX-11 of the document.
    pub fn status(self) -> &'static str {
        match self {
            Event::New => "F",
            Event::Replace => "C",
            Event::Delete => "D",
        }
    }

    /// The event of a value of MSH-9.2, ORC-1 or OBX-11, by the function that
    /// gives it.
    pub(super) fn of(value: &str, code: fn(Event) -> &'static str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| code(*event) == value)
    }
}

/// A yes-or-no metadata of the message (table MetaDMPMSS), in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// *Masqué aux professionnels.*
    HiddenFromProfessionals,
    /// *Non visible par le patient.*
    HiddenFromPatient,
    /// *Non visible par les représentants légaux.*
    HiddenFromRepresentatives,
    /// *Connexion secrète.*
    SecretConnection,
    /// *Modification de la confidentialité.*
    ChangesVisibility,
    /// *Destinataire DMP.*
    ToDmp,
    /// *Destinataires MSSanté*, professionals, organisations, applications.
    ToProfessionals,
    /// *Destinataire patient.*
    ToPatient,
    /// *Accusé de réception.*
    AcknowledgeReception,
    /// *Accusé de lecture.*
    AcknowledgeReading,
}

impl Flag {
    /// Every flag, in the order of the message.
    pub const ALL: [Flag; 10] = [
        Flag::HiddenFromProfessionals,
        Flag::HiddenFromPatient,
        Flag::HiddenFromRepresentatives,
        Flag::SecretConnection,
        Flag::ChangesVisibility,
        Flag::ToDmp,
        Flag::ToProfessionals,
        Flag::ToPatient,
        Flag::AcknowledgeReception,
        Flag::AcknowledgeReading,
    ];

    /// Flags of a message that comes from the gateway, in its order.
    pub const INCOMING: [Flag; 4] = [
        Flag::HiddenFromProfessionals,
        Flag::HiddenFromPatient,
        Flag::HiddenFromRepresentatives,
        Flag::ChangesVisibility,
    ];

    /// OBX-3.1.
    pub fn code(self) -> &'static str {
        match self {
            Flag::HiddenFromProfessionals => Mask::Professionals.hl7v2(),
            Flag::HiddenFromPatient => Mask::Patient.hl7v2(),
            Flag::HiddenFromRepresentatives => Mask::Representatives.hl7v2(),
            Flag::SecretConnection => "CONNEXION_SECRETE",
            Flag::ChangesVisibility => "MODIF_CONF_CODE",
            Flag::ToDmp => "DESTDMP",
            Flag::ToProfessionals => "DESTMSSANTEPS",
            Flag::ToPatient => "DESTMSSANTEPAT",
            Flag::AcknowledgeReception => "ACK_RECEPTION",
            Flag::AcknowledgeReading => "ACK_LECTURE_MSS",
        }
    }

    /// OBX-3.2.
    pub fn label(self) -> &'static str {
        match self {
            Flag::HiddenFromProfessionals => "Masqué aux professionnels de Santé",
            Flag::HiddenFromPatient => "Document Non Visible par le patient",
            Flag::HiddenFromRepresentatives => {
                "Non visible par les représentants Légaux du patient"
            }
            Flag::SecretConnection => "Connexion Secrete",
            Flag::ChangesVisibility => "Modification Confidentiality Code",
            Flag::ToDmp => "Destinataire DMP",
            Flag::ToProfessionals => {
                "Destinataire (Professionnel de Santé, organisation ou BAL applicative)"
            }
            Flag::ToPatient => "Destinataire Patient",
            Flag::AcknowledgeReception => "Accusé de réception",
            Flag::AcknowledgeReading => "Accusé de lecture",
        }
    }

    /// The flag of a code, in any spelling seen: that of XDS for a mask,
    /// `ACK_LECTURE` of the volet's text examples.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "ACK_LECTURE" => return Some(Flag::AcknowledgeReading),
            _ if code == Mask::Representatives.xds() => {
                return Some(Flag::HiddenFromRepresentatives);
            }
            _ => {}
        }
        Self::ALL.into_iter().find(|flag| flag.code() == code)
    }
}

/// Which volet a message follows (MSH-21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// `2.1^CISIS_CDA_HL7_V2`: from a record to the gateway.
    ToGateway,
    /// `1.1^CISIS_CDA_HL7_LPS`: from the gateway to a record.
    FromGateway,
    /// Any other, or none.
    Unknown,
}

/// MSH-21.2 of a message to the gateway.
pub(super) const TO_GATEWAY: &str = "CISIS_CDA_HL7_V2";
/// MSH-21.2 of a message from the gateway.
pub(super) const FROM_GATEWAY: &str = "CISIS_CDA_HL7_LPS";
/// MSH-21.1 of a message to the gateway.
pub(super) const VERSION: &str = "2.1";
/// OBX-3.3 of the metadata.
pub(super) const METADATA: &str = "MetaDMPMSS";
/// OBX-5.3 of a yes or a no.
pub(super) const YES_NO: &str = "expandedYes-NoIndicator";
/// OBX-3 of the mail bodies: code and label, for professionals and patient.
pub(super) const BODIES: [(&str, &str); 2] = [
    ("CORPSMAIL_PS", "Corps du mail pour un PS"),
    ("CORPSMAIL_PATIENT", "Corps du mail pour le patient"),
];

/// HL7 v2 name of the code system of a type of document (OBX-3.3).
pub(super) fn coding_system(oid: &str) -> &str {
    match oid {
        systems::LOINC => "LN",
        systems::TRE_A05 => "TRE_A05",
        other => other,
    }
}

/// OID of a code system of OBX-3.3.
pub(super) fn coding_oid(name: &str) -> &str {
    match name {
        "LN" => systems::LOINC,
        "TRE_A05" => systems::TRE_A05,
        other => other,
    }
}

/// Role of a participation (PRT-4): code and label.
pub(super) const SENDER: (&str, &str) = ("SB", "Send by");
/// A recipient of the mail.
pub(super) const RECIPIENT: (&str, &str) = ("RCT", "Result Copies To");
/// Where to answer.
pub(super) const REPLY: (&str, &str) = ("REPLY", "Reply To");
