//! What a CDA cannot hold: who sends, from which system, to whom, under which
//! masks. The caller gives it; nothing of it is guessed.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::visibility::Visibility;

/// A person who sends or receives (*professionnel*).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// *Identifiant national* (PS_IdNat): `8` and the RPPS number, `0` and the
    /// ADELI number, or a structure, `/` and a local number.
    pub id: String,
    /// *Nom d'exercice*.
    pub family: String,
    /// *Prénom d'exercice*.
    #[serde(default)]
    pub given: String,
}

/// A system that sends without a person (*dispositif*).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// *Identifiant*: the structure, `/`, a number of its own.
    pub id: String,
    /// *Nom du logiciel*.
    pub name: String,
    /// *Modèle*.
    #[serde(default)]
    pub model: String,
}

/// An organisation that sends or receives (*structure*).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Structure {
    /// *Identifiant national* (Struct_IdNat): `1` and the FINESS number, `3`
    /// and the SIRET, …; or the number of a unit in its hospital.
    pub id: String,
    /// *Nom*.
    pub name: String,
    /// Type of the identifier in HL7 v2 (table 0203 of IHE France): `FINEJ`,
    /// `FINEG`, `IDNST`, `UF`, `SVR`. `IDNST` when empty.
    #[serde(default)]
    pub id_type: String,
    /// Authority of an identifier that is not national: for a unit, the FINESS
    /// number of its hospital.
    #[serde(default)]
    pub authority: String,
    /// *Adresse*, for README.TXT.
    #[serde(default)]
    pub address: String,
    /// *Téléphone*, for README.TXT.
    #[serde(default)]
    pub phone: String,
}

/// Who sends (*auteur du lot de soumission*): a person or a device, of an
/// organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Submitter {
    /// *Professionnel*.
    #[serde(default)]
    pub person: Option<Person>,
    /// *Dispositif*, when no person sends.
    #[serde(default)]
    pub device: Option<Device>,
    /// *Structure*.
    #[serde(default)]
    pub structure: Structure,
    /// *Rôle* towards the patient, as a text of JDV_J47.
    #[serde(default)]
    pub role: Option<String>,
    /// *Profession et spécialité* (JDV_J01).
    #[serde(default)]
    pub specialty: Option<Code>,
}

impl Submitter {
    /// A professional of an organisation.
    pub fn person(person: Person, structure: Structure) -> Self {
        Submitter {
            person: Some(person),
            structure,
            ..Submitter::default()
        }
    }

    /// A device of an organisation.
    pub fn device(device: Device, structure: Structure) -> Self {
        Submitter {
            device: Some(device),
            structure,
            ..Submitter::default()
        }
    }
}

/// The software that sends (*application de l'émetteur*).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Software {
    /// *Nom*.
    pub name: String,
    /// *Version*.
    pub version: String,
    /// *Éditeur*.
    pub vendor: String,
    /// *Numéro d'homologation DMP*.
    #[serde(default)]
    pub homologation: String,
    /// *Référence produit* given by the platform Convergence of the ANS, for
    /// the header `X-MSS-NIL` of each mail.
    #[serde(default)]
    pub product_reference: String,
}

/// How far the identity of the patient is known in the sending system
/// (*statut de confiance de l'identité*, Référentiel INS).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityStatus {
    /// *Provisoire*.
    #[default]
    Provisional,
    /// *Récupérée*: called from INSi, not checked on a document.
    Retrieved,
    /// *Validée*: checked on a document, not called from INSi.
    Validated,
    /// *Qualifiée*: both. The only status under which an INS leaves.
    Qualified,
}

/// The stay or visit as the hospital's record knows it (*venue*).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// *Classe* (PV1-2): `I` inpatient, `O` outpatient, `E` emergency, `R`
    /// recurring, `N` not applicable.
    pub class: String,
    /// *Numéro de venue* (PV1-19).
    #[serde(default)]
    pub number: String,
    /// Name of the authority of the number.
    #[serde(default)]
    pub authority: String,
    /// OID of the authority.
    #[serde(default)]
    pub authority_oid: String,
    /// *Unité fonctionnelle* (PV1-3).
    #[serde(default)]
    pub unit: String,
    /// *Entrée* (PV1-44).
    #[serde(default)]
    pub admitted: Option<DateTime<Utc>>,
    /// *Sortie* (PV1-45).
    #[serde(default)]
    pub discharged: Option<DateTime<Utc>>,
    /// *Numéro de dossier administratif* (PID-18).
    #[serde(default)]
    pub account: String,
}

/// Who receives a mail (*destinataire MSSanté*).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Recipient {
    /// *Professionnel*.
    Professional {
        /// Who.
        person: Person,
        /// *Adresse MSSanté*.
        address: String,
    },
    /// *Patient*, in Mon espace santé.
    Patient {
        /// *Adresse*: INS `@patient.mssante.fr`.
        address: String,
    },
    /// *Structure*, *service*.
    Structure {
        /// Which.
        structure: Structure,
        /// *Adresse MSSanté*.
        address: String,
    },
    /// *Boîte applicative*.
    Application {
        /// *Identifiant*.
        id: String,
        /// *Adresse MSSanté*.
        address: String,
    },
}

impl Recipient {
    /// The address.
    pub fn address(&self) -> &str {
        match self {
            Recipient::Professional { address, .. }
            | Recipient::Patient { address }
            | Recipient::Structure { address, .. }
            | Recipient::Application { address, .. } => address,
        }
    }

    /// True for the patient.
    pub fn is_patient(&self) -> bool {
        matches!(self, Recipient::Patient { .. })
    }
}

/// What the gateway of the hospital must do (*passerelle*, HL7 v2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Gateway {
    /// *Application émettrice* (MSH-3).
    pub sending_application: String,
    /// *Organisation émettrice* (MSH-4).
    pub sending_facility: String,
    /// *Application réceptrice* (MSH-5).
    pub receiving_application: String,
    /// *Organisation réceptrice* (MSH-6).
    pub receiving_facility: String,
    /// *Identifiant du message* (MSH-10), unique for the sending system.
    pub message_id: String,
    /// *Mode* (MSH-11): `P` production, `T` test, `D` debugging. `P` when empty.
    #[serde(default)]
    pub processing: String,
    /// *Jeu de caractères* (MSH-18): 8859/15 instead of UTF-8.
    #[serde(default)]
    pub latin9: bool,
    /// *Destinataire DMP*: the gateway feeds the DMP.
    #[serde(default)]
    pub to_dmp: bool,
    /// *Accusé de réception* asked for.
    #[serde(default)]
    pub acknowledge_reception: bool,
    /// *Accusé de lecture* asked for.
    #[serde(default)]
    pub acknowledge_reading: bool,
}

/// How the patient's record is reached (*connexion au DMP*).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// *Normale*.
    #[default]
    Normal,
    /// *Secrète*: a minor's care that the legal representatives ignore.
    Secret,
}

/// Where the sources differ: the caller's choice, with the safest default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Dialect {
    /// Writes the type `NH` of an INS in patient identifiers. The DMP wants
    /// it, the official XDM samples of 2016 have none. Default: yes.
    pub ins_type: bool,
    /// Writes `IDNST` in organisations (XON.7). The volet wants it, the
    /// official XDM samples leave it empty. Default: yes.
    pub structure_type: bool,
    /// The DMP lets a document be hidden from professionals and patient at
    /// once (its parameter `cumul-invisible_patient-masque_ps`). Default: no.
    pub hidden_from_both: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect {
            ins_type: true,
            structure_type: true,
            hidden_from_both: false,
        }
    }
}

/// What a CDA cannot hold (*envoi*).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Sending {
    /// *Auteur du lot de soumission*.
    pub submitter: Submitter,
    /// *Identifiant du système émetteur* (`sourceId`): an OID.
    pub source_id: String,
    /// *Identifiant du lot* (`uniqueId` of the set): an OID, new for each
    /// sending.
    pub set_id: String,
    /// *Date et heure de soumission*.
    pub at: DateTime<Utc>,
    /// *Statut de l'identité* of the patient. Only a qualified one goes to the
    /// DMP.
    #[serde(default)]
    pub identity: IdentityStatus,
    /// *Type d'activité* (`contentTypeCode`, JDV_J59). When none: from the
    /// class of the visit, else from the facility, else 97.
    #[serde(default)]
    pub activity: Option<Code>,
    /// *Titre du lot*.
    #[serde(default)]
    pub title: Option<String>,
    /// *Commentaire du lot*.
    #[serde(default)]
    pub comments: Option<String>,
    /// *Application de l'émetteur*.
    #[serde(default)]
    pub software: Software,
    /// *Venue*.
    #[serde(default)]
    pub visit: Option<Visit>,
    /// *Passerelle*: needed for HL7 v2.
    #[serde(default)]
    pub gateway: Option<Gateway>,
    /// *Destinataires MSSanté*.
    #[serde(default)]
    pub recipients: Vec<Recipient>,
    /// *Adresse de réponse*.
    #[serde(default)]
    pub reply_to: Option<String>,
    /// *Corps du courriel* for professionals.
    #[serde(default)]
    pub body_for_professionals: Option<String>,
    /// *Corps du courriel* for the patient.
    #[serde(default)]
    pub body_for_patient: Option<String>,
    /// *Pas de réponse du patient* (`X-MSS-MES: FIN`).
    #[serde(default)]
    pub without_patient_answer: bool,
    /// *Connexion*.
    #[serde(default)]
    pub connection: Connection,
    /// Where the sources differ.
    #[serde(default)]
    pub dialect: Dialect,
    /// Codes of the blocking problems that the caller takes upon itself.
    #[serde(default)]
    pub accept: Vec<String>,
}

impl Sending {
    /// A sending by `submitter`, from the system `source_id`, under the new
    /// identifier `set_id`.
    pub fn new(
        submitter: Submitter,
        source_id: impl Into<String>,
        set_id: impl Into<String>,
        at: DateTime<Utc>,
    ) -> Self {
        Sending {
            submitter,
            source_id: source_id.into(),
            set_id: set_id.into(),
            at,
            identity: IdentityStatus::default(),
            activity: None,
            title: None,
            comments: None,
            software: Software::default(),
            visit: None,
            gateway: None,
            recipients: Vec::new(),
            reply_to: None,
            body_for_professionals: None,
            body_for_patient: None,
            without_patient_answer: false,
            connection: Connection::Normal,
            dialect: Dialect::default(),
            accept: Vec::new(),
        }
    }
}

/// What is asked for one document of a sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DocumentOptions {
    /// Who may see it.
    pub visibility: Visibility,
    /// *Annoncé au patient*: the diagnosis has been announced, whatever the
    /// document holds.
    #[serde(default)]
    pub announced: bool,
    /// *Suppression*: the document leaves to be deleted.
    #[serde(default)]
    pub delete: bool,
    /// *Changement de visibilité*: the new version changes the masks.
    #[serde(default)]
    pub changes_visibility: bool,
    /// *entryUUID* of the new entry, `urn:uuid:` and a UUID. When none, one
    /// made of the identifiers of the set and of the document.
    #[serde(default)]
    pub entry_uuid: Option<String>,
    /// *entryUUID* of the document replaced, in the registry (XDS.b), or its
    /// FHIR identifier (PDSm). The registry gives it; nobody else knows it.
    #[serde(default)]
    pub replaced_entry: Option<String>,
    /// *Commentaire*.
    #[serde(default)]
    pub comments: Option<String>,
}

impl DocumentOptions {
    /// A document under these masks.
    pub fn new(visibility: Visibility) -> Self {
        DocumentOptions {
            visibility,
            announced: false,
            delete: false,
            changes_visibility: false,
            entry_uuid: None,
            replaced_entry: None,
            comments: None,
        }
    }
}

/// A document to send: its bytes, untouched, and what is asked for it.
#[derive(Clone)]
pub struct Outgoing<'a> {
    /// The CDA.
    pub cda: &'a [u8],
    /// What is asked.
    pub options: DocumentOptions,
}

impl<'a> Outgoing<'a> {
    /// A document under these masks.
    pub fn new(cda: &'a [u8], visibility: Visibility) -> Self {
        Outgoing {
            cda,
            options: DocumentOptions::new(visibility),
        }
    }
}

/// `Debug` that shows the name of the type alone.
macro_rules! silent {
    ($($name:ty)*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}
silent!(Person Visit Recipient Sending Outgoing<'_>);
