//! The patient and the persons around.

use serde::{Deserialize, Serialize};

use super::{Address, Code, Identifier, PartialDateTime, PersonName, Telecom, model};
use crate::identity::ins::InsKind;

/// *Statut de l'identité* (RNIV): how far the identity is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum IdentityStatus {
    /// *Identité provisoire*: neither called from INSi nor checked on a document.
    #[serde(alias = "provisoire")]
    Provisional,
    /// *Identité récupérée*: called from INSi, not checked on a document.
    #[serde(alias = "recuperee")]
    Retrieved,
    /// *Identité validée*: checked on a document, not called from INSi.
    #[serde(alias = "validee")]
    Validated,
    /// *Identité qualifiée*: both. The only status under which the matricule leaves.
    #[serde(alias = "qualifiee")]
    Qualified,
}

model! {
    /// *Identité nationale de santé*: matricule and what it is.
    #[derive(Eq)]
    pub struct Ins {
        /// *Matricule*: 13 characters then the key of 2 digits, without spaces.
        pub matricule: String,
        /// *Nature du matricule*: NIR or NIA, production or test; gives the OID.
        pub kind: InsKind,
    }

    /// The patient (*patient*; CDA `recordTarget`). Traits follow the RNIV.
    #[derive(Eq)]
    pub struct Patient {
        /// *INS*. Written in a document only when `identity_status` is `qualified`.
        pub ins: Option<Ins>,
        /// *Statut de l'identité*. Not written in a document; a document that
        /// carries a matricule is read as `qualified`.
        pub identity_status: Option<IdentityStatus>,
        /// *Attribut homonyme*: another patient has close traits. Not written in a document.
        pub homonym: bool,
        /// *Attribut identité douteuse*. Not written in a document.
        pub doubtful: bool,
        /// *Attribut identité fictive*. Not written in a document.
        pub fictitious: bool,
        /// *Identifiants locaux* (IPP), each under the OID of its establishment.
        pub local_ids: Vec<Identifier>,
        /// *Civilité*, value set JDV_J245_Civilite_CISIS: `M`, `MME`.
        pub prefix: Option<String>,
        /// *Nom de naissance*.
        pub birth_name: String,
        /// *Liste des prénoms de naissance*, separated by spaces.
        pub birth_given_names: Option<String>,
        /// *Premier prénom de naissance*.
        pub first_birth_given_name: Option<String>,
        /// *Nom utilisé*.
        pub used_name: Option<String>,
        /// *Prénom utilisé*.
        pub used_given_name: Option<String>,
        /// *Sexe*, value set JDV_J143_AdministrativeGender_CISIS: `M`, `F`, `UN`…
        pub sex: Option<Code>,
        /// *Date de naissance*.
        pub birth_date: Option<PartialDateTime>,
        /// *Code INSEE du lieu de naissance*, 5 characters (commune or country).
        pub birth_place_insee: Option<String>,
        /// *Commune de naissance*.
        pub birth_place_city: Option<String>,
        /// *Adresses*.
        pub addresses: Vec<Address>,
        /// *Coordonnées télécom*.
        pub telecoms: Vec<Telecom>,
        /// *Adresse de messagerie citoyenne*, `…@patient.mssante.fr`. As it
        /// holds the matricule, it is written under the same condition.
        pub mssante: Option<String>,
        /// *Représentant du patient*: legal guardian, parents of a minor.
        pub guardians: Vec<Guardian>,
        /// *Personnes de confiance*.
        pub trusted_persons: Vec<RelatedPerson>,
        /// *Personnes à prévenir en cas d'urgence*.
        pub persons_to_contact: Vec<RelatedPerson>,
    }

    /// A guardian (*représentant du patient*).
    #[derive(Eq)]
    pub struct Guardian {
        /// *Nom*.
        pub name: PersonName,
        /// *Adresses*.
        pub addresses: Vec<Address>,
        /// *Coordonnées télécom*.
        pub telecoms: Vec<Telecom>,
    }

    /// A person related to the patient (CDA `informant/relatedEntity`).
    #[derive(Eq)]
    pub struct RelatedPerson {
        /// *Lien avec le patient*, value set JDV_J11_RelationPatient_CISIS.
        pub relation: Option<Code>,
        /// *Nom*.
        pub name: PersonName,
        /// *Adresses*; none is written as not available.
        pub addresses: Vec<Address>,
        /// *Coordonnées télécom*; none is written as not available.
        pub telecoms: Vec<Telecom>,
    }
}

impl Patient {
    /// True when the matricule may leave.
    pub fn is_qualified(&self) -> bool {
        self.identity_status == Some(IdentityStatus::Qualified)
    }
}
