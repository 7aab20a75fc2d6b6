//! The header of a document, as plain data.
//!
//! Values of a patient never show in `Debug`.

use std::fmt;

use crate::code::Code;
use crate::time::Timestamp;

/// `Debug` that shows the name of the type alone.
macro_rules! silent {
    ($($name:ident)*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

/// An identifier of CDA (*II*): a root, most often an OID, and an extension.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Identifier {
    /// *Racine*: OID or UUID.
    pub root: String,
    /// *Extension*; empty when the root is the whole identifier.
    pub extension: String,
}

impl Identifier {
    /// `root` or `root^extension`, the form of XDS *uniqueId*.
    pub fn to_xds(&self) -> String {
        if self.extension.is_empty() {
            self.root.clone()
        } else {
            format!("{}^{}", self.root, self.extension)
        }
    }
}

/// A name (*PN*): its parts with their qualifier (`BR` birth, `CL` used, `SP`
/// of the spouse, empty for none).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PersonName {
    /// *Noms*.
    pub families: Vec<(String, String)>,
    /// *Prénoms*.
    pub givens: Vec<(String, String)>,
}

impl PersonName {
    fn of(parts: &[(String, String)], qualifier: &str) -> Option<String> {
        parts
            .iter()
            .find(|(q, _)| q == qualifier)
            .map(|(_, text)| text.clone())
    }

    /// The family name of a qualifier.
    pub fn family(&self, qualifier: &str) -> Option<String> {
        Self::of(&self.families, qualifier)
    }

    /// The given name of a qualifier.
    pub fn given(&self, qualifier: &str) -> Option<String> {
        Self::of(&self.givens, qualifier)
    }

    /// The first family name, whatever its qualifier; empty for none.
    pub fn first_family(&self) -> &str {
        self.families.first().map_or("", |(_, text)| text)
    }

    /// The first given name, whatever its qualifier; empty for none.
    pub fn first_given(&self) -> &str {
        self.givens.first().map_or("", |(_, text)| text)
    }
}

/// A postal address (*AD*).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// `use`: `H` home, `WP` work place.
    pub kind: String,
    /// *Lignes* before the town: number, street, unit.
    pub lines: Vec<String>,
    /// *Code postal*.
    pub postal_code: String,
    /// *Ville*.
    pub city: String,
    /// *Code officiel géographique* (`county`), for a place of birth.
    pub county: String,
    /// *Pays*.
    pub country: String,
}

/// An organisation (*structure*).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Organization {
    /// *Identifiant*, when it is given.
    pub id: Option<Identifier>,
    /// *Nom*; empty when not given.
    pub name: String,
    /// *Cadre d'exercice* (`standardIndustryClassCode`).
    pub setting: Option<Code>,
}

/// Who wrote or signed the document (*auteur*, *responsable*).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Participant {
    /// Place in the document.
    pub path: String,
    /// *Identifiant*, when it is given.
    pub id: Option<Identifier>,
    /// *Nom*; empty for a device.
    pub name: PersonName,
    /// *Rôle* (`functionCode@displayName`).
    pub role: Option<String>,
    /// *Profession et spécialité*.
    pub specialty: Option<Code>,
    /// *Dispositif*: software and model, when the author is one.
    pub device: Option<(String, String)>,
    /// *Structure*.
    pub organization: Option<Organization>,
}

/// The patient (`recordTarget`).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Patient {
    /// *Identifiants*: INS, numbers in hospitals.
    pub ids: Vec<Identifier>,
    /// *Noms*.
    pub names: Vec<PersonName>,
    /// *Sexe* (`administrativeGenderCode@code`); empty when not given.
    pub gender: String,
    /// *Date de naissance*.
    pub birth_time: Option<Timestamp>,
    /// *Adresses*.
    pub addresses: Vec<Address>,
    /// *Lieu de naissance*.
    pub birth_place: Option<Address>,
}

/// An act that the document reports (`documentationOf/serviceEvent`).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ServiceEvent {
    /// Place in the document.
    pub path: String,
    /// *Acte ou pathologie*.
    pub code: Option<Code>,
    /// *Début*.
    pub start: Option<Timestamp>,
    /// *Fin*.
    pub stop: Option<Timestamp>,
    /// *Cadre d'exercice* of the performer's organisation.
    pub setting: Option<Code>,
    /// True when somebody performed it.
    pub has_performer: bool,
}

/// The stay or visit (`componentOf/encompassingEncounter`).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Encounter {
    /// *Identifiants*.
    pub ids: Vec<Identifier>,
    /// *Début*.
    pub start: Option<Timestamp>,
    /// *Fin*.
    pub stop: Option<Timestamp>,
    /// *Secteur d'activité* of the place.
    pub facility: Option<Code>,
}

/// A document that this one follows (`relatedDocument`).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Parent {
    /// `RPLC` (replaces), `APND` or `XFRM`.
    pub relation: String,
    /// *Identifiant*.
    pub id: Identifier,
}

/// What the body is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// *Niveau 3* (or 2): sections.
    Structured,
    /// *Niveau 1*: one file, of this media type (empty when not given).
    Unstructured(String),
    /// No body.
    Missing,
}

/// The header of a document (*en-tête*).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Header {
    /// Path of `ClinicalDocument` in the file.
    pub path: String,
    /// *Identifiant du document*.
    pub id: Option<Identifier>,
    /// *Identifiant de la série des versions*.
    pub set_id: Option<Identifier>,
    /// *Numéro de version*.
    pub version: Option<u32>,
    /// *Modèles* (`templateId`), in order.
    pub templates: Vec<String>,
    /// *Type de document*.
    pub code: Option<Code>,
    /// *Titre*; empty when not given.
    pub title: String,
    /// *Date de création*.
    pub effective_time: Option<Timestamp>,
    /// *Niveau de confidentialité*.
    pub confidentiality: Option<Code>,
    /// *Langue*; empty when not given.
    pub language: String,
    /// *Patient*.
    pub patient: Patient,
    /// *Auteurs*.
    pub authors: Vec<Participant>,
    /// *Responsable* (`legalAuthenticator`).
    pub legal_authenticator: Option<Participant>,
    /// *Structure qui conserve le document*.
    pub custodian: Option<Organization>,
    /// *Demandes* (`inFulfillmentOf/order/id`).
    pub orders: Vec<Identifier>,
    /// *Actes*.
    pub service_events: Vec<ServiceEvent>,
    /// *Prise en charge*.
    pub encounter: Option<Encounter>,
    /// *Documents précédents*.
    pub parents: Vec<Parent>,
    /// *Corps*.
    pub body: Body,
    /// True for a self-presenting document (*autoprésentable*): the file is a
    /// style sheet that holds the document.
    pub is_self_presenting: bool,
    /// *Date de la consultation d'annonce*, which a PPS may hold (entry GEN-178).
    pub announcement: Option<Timestamp>,
}

silent!(Identifier PersonName Address Organization Participant Patient ServiceEvent Encounter Parent);

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Header")
            .field("templates", &self.templates)
            .field("code", &self.code)
            .field("version", &self.version)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

impl Header {
    /// The document that this one replaces (`RPLC`).
    pub fn replaces(&self) -> Option<&Identifier> {
        self.parents
            .iter()
            .find(|parent| parent.relation == "RPLC")
            .map(|parent| &parent.id)
    }

    /// The act whose times and setting stand for the document: the first that
    /// has a start and a performer, else a start, else the first.
    pub fn main_event(&self) -> Option<&ServiceEvent> {
        let events = &self.service_events;
        events
            .iter()
            .find(|event| event.start.is_some() && event.has_performer)
            .or_else(|| events.iter().find(|event| event.start.is_some()))
            .or_else(|| events.first())
    }

    /// True when one of the templates is `oid`.
    pub fn has_template(&self, oid: &str) -> bool {
        self.templates.iter().any(|template| template == oid)
    }
}
