//! What a header holds, as data.

/// The header of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Header {
    /// Identifier of the document (`id`), `root` or `root^extension`.
    pub id: String,
    /// Identifier common to all the versions (`setId`).
    pub set_id: Option<String>,
    /// Version number.
    pub version: Option<String>,
    /// Title, else the kind of document, never empty.
    pub title: String,
    /// Kind of document (*type de document*), in words.
    pub kind: Option<String>,
    /// Code of the kind of document (LOINC).
    pub kind_code: String,
    /// When the document was made, in French.
    pub date: Option<String>,
    /// The same instant as HL7 `TS`, as written.
    pub date_value: Option<String>,
    /// Status, when the header has it (`sdtc:statusCode`).
    pub status: Option<String>,
    /// Confidentiality (*niveau de confidentialité*).
    pub confidentiality: Option<String>,
    /// Language as written (`fr-FR`).
    pub language: Option<String>,
    /// The patient; several only in a foreign document.
    pub patients: Vec<Patient>,
    /// Legal guardians, persons to contact, persons of trust, relatives.
    pub contacts: Vec<Actor>,
    /// Authors, with the date of their part.
    pub authors: Vec<Actor>,
    /// Who keeps the document (*organisation responsable de la conservation*).
    pub custodian: Option<Actor>,
    /// Who answers for the document (*responsable du document*).
    pub legal_authenticator: Option<Actor>,
    /// Who else attests the document (*approbateurs*), with who typed it.
    pub attesters: Vec<Actor>,
    /// To whom the document is addressed (*destinataires*).
    pub recipients: Vec<Actor>,
    /// Participants: coordinator, requester, attending physician, quorum…
    pub participants: Vec<Actor>,
    /// Acts documented (*actes documentés*).
    pub acts: Vec<Act>,
    /// Orders fulfilled (*prescriptions*), as text.
    pub orders: Vec<String>,
    /// Where and when the care took place (*prise en charge*): for a fiche
    /// RCP, the meeting.
    pub encounter: Option<Encounter>,
    /// Related documents, as text: `Remplace le document …`.
    pub related: Vec<Fact>,
    /// Consents, as text.
    pub consents: Vec<String>,
    /// What the header holds besides: its place, its value.
    pub others: Vec<Fact>,
    /// Labels of the date and of the place of the encounter, when the kind of
    /// document has its own.
    pub encounter_labels: Option<(&'static str, &'static str)>,
}

/// A label and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// What it is, in French.
    pub label: String,
    /// The value.
    pub value: String,
}

impl Fact {
    /// A label and its value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Fact {
        Fact {
            label: label.into(),
            value: value.into(),
        }
    }
}

/// Identity of the patient after the RNIV (*référentiel national
/// d'identitovigilance*).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Patient {
    /// *Nom de naissance*.
    pub birth_family: Option<String>,
    /// *Prénoms de l'acte de naissance*.
    pub birth_given: Option<String>,
    /// *Premier prénom de l'acte de naissance*.
    pub first_birth_given: Option<String>,
    /// *Nom utilisé*.
    pub used_family: Option<String>,
    /// *Prénom utilisé*.
    pub used_given: Option<String>,
    /// What the main name holds besides: civility, title, text between parts.
    pub name_details: Vec<Fact>,
    /// Other names, each whole and with its use: pseudonym, artist's name.
    pub other_names: Vec<Fact>,
    /// Administrative sex in words.
    pub sex: Option<String>,
    /// *Date de naissance*, in French; as written when it is no possible date.
    pub birth_date: Option<String>,
    /// True when the date of birth is known to the day.
    pub has_birth_day: bool,
    /// *Lieu de naissance*, with its INSEE code.
    pub birth_place: Option<String>,
    /// INS, when present.
    pub ins: Option<Ins>,
    /// Other identifiers: IPP with the OID of its domain.
    pub local_ids: Vec<Fact>,
    /// Postal addresses.
    pub addresses: Vec<String>,
    /// Telephone, mail.
    pub telecoms: Vec<String>,
    /// Date of death or "oui", when the header has it.
    pub deceased: Option<String>,
    /// Marital status, religion, languages and the like.
    pub details: Vec<Fact>,
}

impl Patient {
    /// One line for a page header: `NOM Prénom, né(e) le …`.
    pub fn short(&self) -> String {
        let family = self.birth_family.as_ref().or(self.used_family.as_ref());
        let given = self
            .first_birth_given
            .as_ref()
            .or(self.used_given.as_ref())
            .or(self.birth_given.as_ref());
        let mut line = [family, given]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(" ");
        if line.is_empty() {
            line.push_str("Patient sans nom");
        }
        if let Some(date) = &self.birth_date {
            let born = match self.sex.as_deref() {
                Some("Masculin") => "né",
                Some("Féminin") => "née",
                _ => "né(e)",
            };
            if self.has_birth_day {
                line.push_str(&format!(", {born} le {date}"));
            } else if date.len() == 4 && date.bytes().all(|b| b.is_ascii_digit()) {
                line.push_str(&format!(", {born} en {date}"));
            } else {
                line.push_str(&format!(", date de naissance {date}"));
            }
        }
        line
    }
}

/// *Identité nationale de santé*: matricule and the OID of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ins {
    /// `INS-NIR`, `INS-NIA`, `INS-NIR de test`…
    pub kind: &'static str,
    /// True for a real matricule, false for a test one.
    pub is_production: bool,
    /// Matricule as written, key included.
    pub value: String,
    /// OID of the realm.
    pub oid: String,
}

/// A person or an organisation, with its role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Actor {
    /// Role, in French.
    pub role: String,
    /// Name as addressed, when it is a person (or a device).
    pub name: Option<String>,
    /// Profession and speciality, or family tie.
    pub quality: Option<String>,
    /// Organisation.
    pub organization: Option<String>,
    /// What the organisation does (*secteur d'activité*).
    pub activity: Option<String>,
    /// When.
    pub date: Option<String>,
    /// Function and comment on the role.
    pub comment: Option<String>,
    /// Identifiers of the person, then of the organisation.
    pub ids: Vec<Fact>,
    /// Addresses of the person, then of the organisation.
    pub addresses: Vec<String>,
    /// Telecoms of the person, then of the organisation.
    pub telecoms: Vec<String>,
}

impl Actor {
    /// Name and organisation on one line, whichever is known.
    pub fn who(&self) -> String {
        match (&self.name, &self.organization) {
            (Some(name), Some(organization)) => format!("{name}, {organization}"),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => "Non renseigné".to_owned(),
        }
    }

    /// True when the other is the same person and organisation, with nothing
    /// that this one lacks: role, date and function do not count.
    pub(crate) fn covers(&self, other: &Actor) -> bool {
        let all = |ours: &[String], theirs: &[String]| theirs.iter().all(|t| ours.contains(t));
        self.name == other.name
            && (other.organization.is_none() || self.organization == other.organization)
            && (other.quality.is_none() || self.quality == other.quality)
            && other.ids.iter().all(|id| self.ids.contains(id))
            && all(&self.addresses, &other.addresses)
            && all(&self.telecoms, &other.telecoms)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.name.is_none()
            && self.organization.is_none()
            && self.ids.is_empty()
            && self.quality.is_none()
            && self.telecoms.is_empty()
            && self.addresses.is_empty()
            && self.comment.is_none()
    }
}

/// An act documented.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Act {
    /// Name of the act.
    pub label: Option<String>,
    /// Its code, when it has one.
    pub code: Option<String>,
    /// Free text beside the code.
    pub detail: Option<String>,
    /// When.
    pub date: Option<String>,
    /// Its identifiers, and other labels of its code.
    pub others: Vec<Fact>,
    /// Who.
    pub performers: Vec<Actor>,
}

/// Where and when the care took place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Encounter {
    /// Identifiers, each with what it is.
    pub ids: Vec<Fact>,
    /// Kind of care.
    pub kind: Option<String>,
    /// When.
    pub date: Option<String>,
    /// Establishment.
    pub place: Option<String>,
    /// Its addresses.
    pub addresses: Vec<String>,
    /// Kind of establishment.
    pub place_kind: Option<String>,
    /// How it ended (*modalité de sortie*).
    pub discharge: Option<String>,
    /// Responsible party and participants.
    pub actors: Vec<Actor>,
}
