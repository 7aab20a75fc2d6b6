//! The attributes of a document in a registry (*fiche*, XDS DocumentEntry).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::composite::{Cx, Xcn, Xon};
use crate::visibility::{Mask, Visibility};

/// An author (*auteur*), of a document or of a set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Author {
    /// *authorPerson*.
    pub persons: Vec<Xcn>,
    /// *authorInstitution*.
    pub institutions: Vec<Xon>,
    /// *authorRole*.
    pub roles: Vec<String>,
    /// *authorSpecialty*: `code^label^system`.
    pub specialties: Vec<String>,
    /// *authorTelecommunication*.
    pub telecommunications: Vec<String>,
}

/// A slot that this library does not know, kept as it was read.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// *Nom*.
    pub name: String,
    /// *Valeurs*.
    pub values: Vec<String>,
}

/// The attributes of a document (*fiche*).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct DocumentEntry {
    /// *entryUUID*: changes with each version of the metadata.
    pub entry_uuid: String,
    /// *logicalId* (`lid`): the registry's, the same for all versions of the
    /// metadata.
    pub logical_id: Option<String>,
    /// *Version de la fiche*: the registry's.
    pub version: Option<String>,
    /// *uniqueId*: `root` or `root^extension`.
    pub unique_id: String,
    /// *repositoryUniqueId*: the repository's.
    pub repository_unique_id: Option<String>,
    /// *homeCommunityId*.
    pub home_community_id: Option<String>,
    /// *availabilityStatus*: the registry's.
    pub availability_status: Option<String>,
    /// *objectType* when it is not that of a stable document.
    pub object_type: Option<String>,
    /// *mimeType*.
    pub mime_type: String,
    /// *hash*: SHA-1 of the file, in hexadecimal.
    pub hash: Option<String>,
    /// *size*: bytes of the file.
    pub size: Option<u64>,
    /// *URI*: name of the file, in an XDM package.
    pub uri: Option<String>,
    /// *Titre*.
    pub title: Option<String>,
    /// *Commentaire*.
    pub comments: Option<String>,
    /// *Langue*.
    pub language_code: Option<String>,
    /// *Création*: DTM in UTC.
    pub creation_time: Option<String>,
    /// *Début de l'acte*: DTM in UTC.
    pub service_start_time: Option<String>,
    /// *Fin de l'acte*: DTM in UTC.
    pub service_stop_time: Option<String>,
    /// *Patient*: its INS.
    pub patient_id: Option<Cx>,
    /// *Patient chez l'émetteur*: its number there, or its INS.
    pub source_patient_id: Option<Cx>,
    /// *Traits du patient*: `PID-5|…`, `PID-7|…`, `PID-8|…`.
    pub source_patient_info: Vec<String>,
    /// *Responsable*.
    pub legal_authenticator: Option<Xcn>,
    /// *Auteurs*.
    pub authors: Vec<Author>,
    /// *Classe*.
    pub class_code: Option<Code>,
    /// *Type*.
    pub type_code: Option<Code>,
    /// *Format*.
    pub format_code: Option<Code>,
    /// *Secteur d'activité*.
    pub facility_type: Option<Code>,
    /// *Cadre d'exercice*.
    pub practice_setting: Option<Code>,
    /// *Confidentialité*: the level, then the masks.
    pub confidentiality: Vec<Code>,
    /// *Actes et pathologies*.
    pub event_codes: Vec<Code>,
    /// *Objets liés*: `id^^^&oid&ISO^type`.
    pub reference_ids: Vec<Cx>,
    /// Slots that this library does not know.
    pub other_slots: Vec<Slot>,
}

impl DocumentEntry {
    /// The masks among the confidentiality codes.
    pub fn visibility(&self) -> Visibility {
        let codes = self.confidentiality.iter();
        Visibility::from_masks(codes.filter_map(|code| Mask::from_code(&code.code)))
    }

    /// The same document under other masks; its level stays.
    #[must_use]
    pub fn with_visibility(mut self, visibility: Visibility) -> Self {
        self.confidentiality
            .retain(|code| Mask::from_code(&code.code).is_none());
        self.confidentiality
            .extend(visibility.masks().map(Mask::code));
        self
    }
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Slot({}, …)", self.name)
    }
}

impl fmt::Debug for DocumentEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentEntry")
            .field("type_code", &self.type_code)
            .field("class_code", &self.class_code)
            .field("format_code", &self.format_code)
            .field("mime_type", &self.mime_type)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}
