//! What the header of a document says, whatever the document.
//!
//! Source: CI-SIS, volet Structuration minimale de documents de santé.

use super::{Code, Identifier, Organization, PartialDateTime, Patient, Professional, model};

model! {
    /// The header (*en-tête*) that every document of the DCC shares.
    pub struct Header {
        /// *Identifiant unique du document*.
        pub id: Identifier,
        /// *Identifiant commun à toutes les versions* (`setId`).
        pub set_id: Identifier,
        /// *Numéro de version*, from 1.
        pub version: u32,
        /// *Document remplacé* (`relatedDocument` `RPLC`).
        pub replaces: Option<Replaced>,
        /// *Titre*; when not given the document's own.
        pub title: Option<String>,
        /// *Date et heure du document* (`effectiveTime`).
        pub created: Option<PartialDateTime>,
        /// *Niveau de confidentialité*: `N` normal (the default), `R` restricted, `V` very restricted.
        pub confidentiality: Option<Code>,
        /// *Langue*, `fr-FR` when not given.
        pub language: Option<String>,
        /// *Patient*.
        pub patient: Patient,
        /// *Auteurs*, at least one.
        pub authors: Vec<Author>,
        /// *Organisation chargée de la conservation*.
        pub custodian: Organization,
        /// *Destinataires en copie* (`informationRecipient`).
        pub recipients: Vec<Professional>,
        /// *Responsable du document*.
        pub legal_authenticator: LegalAuthenticator,
    }

    /// The version that a document replaces.
    #[derive(Eq)]
    pub struct Replaced {
        /// *Identifiant du document remplacé*.
        pub id: Identifier,
        /// *Identifiant commun aux versions*: that of the document, which is
        /// the only one that may be given. Not written in a document.
        pub set_id: Option<Identifier>,
        /// *Numéro de version remplacé*.
        pub version: Option<u32>,
    }

    /// An author (*auteur*).
    #[derive(Eq)]
    pub struct Author {
        /// *Date et heure de la contribution*; required of an author of the document.
        pub time: Option<PartialDateTime>,
        /// *Rôle fonctionnel*, value set JDV_J47_FunctionCode_CISIS.
        pub function: Option<Code>,
        /// *Commentaire sur le rôle*.
        pub comment: Option<String>,
        /// *Professionnel*.
        pub professional: Professional,
    }

    /// The professional who takes legal responsibility (*responsable du document*).
    #[derive(Eq)]
    pub struct LegalAuthenticator {
        /// *Date et heure de la prise de responsabilité*.
        pub time: Option<PartialDateTime>,
        /// *Professionnel*.
        pub professional: Professional,
    }
}
