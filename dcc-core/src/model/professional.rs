//! Professionals and their organisations.

use serde::{Deserialize, Serialize};

use super::{Address, Code, Identifier, PartialDateTime, PersonName, Telecom, model};
use crate::identity::{oid, rpps};

/// Identifier of a professional. JSON: one key, `{"rpps": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProfessionalId {
    /// *Numéro RPPS*: 11 digits.
    Rpps(String),
    /// *Numéro ADELI*: 9 characters.
    Adeli(String),
    /// *Autre identifiant national* (PS_IdNat) as it stands, its first digit telling the register
    /// (1 cabinet ADELI, 3 FINESS, 4 SIREN, 5 SIRET, 6 cabinet RPPS, each with
    /// the person's internal number).
    National(String),
    /// *Identifiant local*: of the software's own.
    Local(Identifier),
}

impl std::fmt::Display for ProfessionalId {
    /// `RPPS 10001234567`, `ADELI …`, or `root^extension`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ProfessionalId::Rpps(n) => write!(f, "RPPS {n}"),
            ProfessionalId::Adeli(n) => write!(f, "ADELI {n}"),
            ProfessionalId::National(n) => write!(f, "PS_IdNat {n}"),
            ProfessionalId::Local(id) => id.fmt(f),
        }
    }
}

impl ProfessionalId {
    /// The identifier as a document carries it.
    pub fn to_identifier(&self) -> Identifier {
        match self {
            ProfessionalId::Rpps(n) => Identifier::new(oid::PROFESSIONAL, rpps::national(n)),
            ProfessionalId::Adeli(n) => Identifier::new(oid::PROFESSIONAL, format!("0{n}")),
            ProfessionalId::National(n) => Identifier::new(oid::PROFESSIONAL, n.clone()),
            ProfessionalId::Local(id) => id.clone(),
        }
    }

    /// What a document carries, understood.
    pub fn from_identifier(id: Identifier) -> Self {
        match id.extension.as_deref() {
            Some(n) if id.root == oid::PROFESSIONAL => match (n.as_bytes().first(), n.len()) {
                (Some(b'8'), 12) => ProfessionalId::Rpps(n[1..].to_owned()),
                (Some(b'0'), 10) => ProfessionalId::Adeli(n[1..].to_owned()),
                _ => ProfessionalId::National(n.to_owned()),
            },
            _ => ProfessionalId::Local(id),
        }
    }
}

model! {
    /// An organisation (*structure*; CDA `representedOrganization`, `scopingOrganization`, custodian).
    #[derive(Eq)]
    pub struct Organization {
        /// *Numéro FINESS*, 9 characters.
        pub finess: Option<String>,
        /// *Numéro SIRET*, 14 digits.
        pub siret: Option<String>,
        /// *Autres identifiants*: a Struct_IdNat as it stands (root
        /// 1.2.250.1.71.4.2.2) or local ones.
        pub other_ids: Vec<Identifier>,
        /// *Nom*.
        pub name: Option<String>,
        /// *Secteur d'activité*, value set JDV_J04_XdsPracticeSettingCode_CISIS.
        pub sector: Option<Code>,
        /// *Adresses*.
        pub addresses: Vec<Address>,
        /// *Coordonnées télécom*.
        pub telecoms: Vec<Telecom>,
        /// *Nom de l'organisation de rattachement*: the hospital of a department.
        pub part_of: Option<String>,
    }

    /// A professional (*professionnel*).
    #[derive(Eq)]
    pub struct Professional {
        /// *Identifiants*; none for a person unknown to the registers.
        pub ids: Vec<ProfessionalId>,
        /// *Profession et spécialité*, value set JDV_J01_XdsAuthorSpecialty_CISIS, `G15_10/SM36`.
        pub specialty: Option<Code>,
        /// *Nom*.
        pub name: PersonName,
        /// *Adresses*.
        pub addresses: Vec<Address>,
        /// *Coordonnées télécom*, the MSSanté address among them (`mailto:`).
        pub telecoms: Vec<Telecom>,
        /// *Structure d'exercice*.
        pub organization: Option<Organization>,
    }

    /// A professional who takes part in something (CDA `participant`).
    #[derive(Eq)]
    pub struct Participant {
        /// *Professionnel*.
        pub professional: Professional,
        /// *Commentaire sur le rôle* (CDA `functionCode/originalText`).
        pub comment: Option<String>,
        /// *Période de participation*.
        pub period: super::Period,
        /// *Date de participation*, when it is one moment.
        pub time: Option<PartialDateTime>,
    }

    /// *Établissement* where something takes place.
    #[derive(Eq)]
    pub struct Establishment {
        /// *Numéro FINESS*.
        pub finess: Option<String>,
        /// *Autre identifiant*.
        pub other_id: Option<Identifier>,
        /// *Modalité d'exercice*, value set JDV_J02_XdsHealthcareFacilityTypeCode_CISIS: `SA01`…
        pub facility_type: Option<Code>,
        /// *Nom*.
        pub name: String,
        /// *Adresse*.
        pub address: Address,
    }
}

impl Professional {
    /// The RPPS number, when there is one.
    pub fn rpps(&self) -> Option<&str> {
        self.ids.iter().find_map(|id| match id {
            ProfessionalId::Rpps(n) => Some(n.as_str()),
            _ => None,
        })
    }

    /// As a reader expects it: `Dr Michel ZENBERGER (Centre hospitalier)`.
    pub fn display(&self) -> String {
        match self.organization.as_ref().and_then(|o| o.name.as_deref()) {
            Some(organization) => format!("{} ({organization})", self.name.display()),
            None => self.name.display(),
        }
    }
}

/// *Médecin traitant*: named, or why not. JSON: `{"named": {…}}`, `"none"` or `"unknown"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttendingPhysician {
    /// *Nommé*.
    Named(Box<Participant>),
    /// *Le patient n'a pas de médecin traitant*: nullFlavor `NA`.
    None,
    /// *Inconnu*: nullFlavor `UNK`.
    Unknown,
}
