//! The persons, dates, places and identifiers of a CDA header.

use super::words;
use dcc_xml::tree::{NodeId, Tree};

/// The header of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// Status, when the header tells it (`sdtc:statusCode`).
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
}

/// A label and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Administrative sex in words.
    pub sex: Option<String>,
    /// *Date de naissance*.
    pub birth_date: Option<String>,
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
    /// Date of death or "oui", when the header tells it.
    pub deceased: Option<String>,
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
            line.push_str(&format!(", {born} le {date}"));
        }
        line
    }
}

/// *Identité nationale de santé*: matricule and the OID that tells its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
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
pub struct Actor {
    /// Role, in French.
    pub role: String,
    /// Name as addressed, when it is a person (or a device).
    pub name: Option<String>,
    /// Profession and speciality, or family tie.
    pub quality: Option<String>,
    /// Organisation.
    pub organization: Option<String>,
    /// When.
    pub date: Option<String>,
    /// Comment on the role.
    pub comment: Option<String>,
    /// Identifiers of the person, then of the organisation.
    pub ids: Vec<Fact>,
    /// Address of the person, else of the organisation.
    pub address: Option<String>,
    /// Telecoms of the person, else of the organisation.
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

    fn is_empty(&self) -> bool {
        self.name.is_none()
            && self.organization.is_none()
            && self.ids.is_empty()
            && self.quality.is_none()
            && self.telecoms.is_empty()
            && self.address.is_none()
            && self.comment.is_none()
    }
}

/// An act documented.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Act {
    /// Name of the act.
    pub label: Option<String>,
    /// Its code, when it has one.
    pub code: Option<String>,
    /// Free text beside the code.
    pub detail: Option<String>,
    /// When.
    pub date: Option<String>,
    /// Who.
    pub performers: Vec<Actor>,
}

/// Where and when the care took place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Encounter {
    /// Identifiers, each with what it is.
    pub ids: Vec<Fact>,
    /// Kind of care.
    pub kind: Option<String>,
    /// When.
    pub date: Option<String>,
    /// Establishment.
    pub place: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Kind of establishment.
    pub place_kind: Option<String>,
    /// Responsible party and participants.
    pub actors: Vec<Actor>,
}

/// Reads the header of `document`.
pub(crate) fn read(tree: &Tree<'_>, document: NodeId) -> Header {
    let kind_code = tree
        .element(document, "code")
        .and_then(|c| tree.peek(c, "code"))
        .unwrap_or_default()
        .to_owned();
    let kind = words::child_code(tree, document, "code");
    let title = words::child_text(tree, document, "title")
        .or_else(|| kind.clone())
        .unwrap_or_else(|| "Document de santé".to_owned());
    let peek = |name: &str, attr: &str| {
        tree.element(document, name)
            .and_then(|e| tree.peek(e, attr))
            .map(words::one_line)
            .filter(|v| !v.is_empty())
    };
    let mut header = Header {
        id: tree
            .element(document, "id")
            .map(|e| instance(tree, e))
            .unwrap_or_default(),
        set_id: tree.element(document, "setId").map(|e| instance(tree, e)),
        version: peek("versionNumber", "value"),
        title,
        kind,
        date: words::child_time(tree, document, "effectiveTime"),
        date_value: peek("effectiveTime", "value"),
        status: words::child_code(tree, document, "statusCode"),
        confidentiality: peek("confidentialityCode", "code").map(|code| {
            words::confidentiality(&code).map_or_else(
                || words::child_code(tree, document, "confidentialityCode").unwrap_or(code),
                str::to_owned,
            )
        }),
        language: peek("languageCode", "code"),
        kind_code,
        ..Header::default()
    };
    for child in tree.children(document) {
        one(tree, child, &mut header);
    }
    header
}

fn one(tree: &Tree<'_>, child: NodeId, header: &mut Header) {
    if !tree.is(child, tree.name(child)) {
        return;
    }
    match tree.name(child) {
        "recordTarget" => {
            if let Some(role) = tree.element(child, "patientRole") {
                let person = tree.element(role, "patient");
                header.patients.push(patient(tree, role, person));
                for guardian in person.iter().flat_map(|p| tree.elements(*p, "guardian")) {
                    let mut actor = actor(tree, guardian, "Représentant légal");
                    actor.quality = words::child_code(tree, guardian, "code");
                    header.contacts.push(actor);
                }
            }
        }
        "author" => header.authors.push(attested(tree, child, "Auteur")),
        "dataEnterer" => header
            .attesters
            .push(attested(tree, child, "Opérateur de saisie")),
        "authenticator" => header.attesters.push(attested(tree, child, "Approbateur")),
        "legalAuthenticator" => {
            header.legal_authenticator = Some(attested(tree, child, "Responsable du document"));
        }
        "custodian" => {
            let organization = tree.path(
                child,
                &["assignedCustodian", "representedCustodianOrganization"],
            );
            header.custodian = organization.map(|o| Actor {
                role: "Organisation chargée de la conservation".to_owned(),
                organization: organization_name(tree, o),
                ids: ids(tree, o),
                address: child_address(tree, o),
                telecoms: telecoms(tree, o),
                ..Actor::default()
            });
        }
        "informationRecipient" => {
            let role = match tree.peek(child, "typeCode") {
                Some("TRC") => "Destinataire en copie",
                _ => "Destinataire",
            };
            header.recipients.push(attested(tree, child, role));
        }
        "informant" => informant(tree, child, header),
        "participant" => {
            let actor = participant(tree, child, &header.kind_code);
            if !actor.is_empty() {
                header.participants.push(actor);
            }
        }
        "documentationOf" => {
            if let Some(event) = tree.element(child, "serviceEvent") {
                header.acts.push(act(tree, event));
            }
        }
        "inFulfillmentOf" => {
            if let Some(order) = tree.element(child, "order") {
                header.orders.push(order_text(tree, order));
            }
        }
        "relatedDocument" => {
            let label = words::relation(tree.peek(child, "typeCode").unwrap_or_default());
            if let Some(parent) = tree.element(child, "parentDocument") {
                let mut value = tree
                    .element(parent, "id")
                    .map(|e| instance(tree, e))
                    .unwrap_or_default();
                if let Some(version) = tree
                    .element(parent, "versionNumber")
                    .and_then(|v| tree.peek(v, "value"))
                {
                    value.push_str(&format!(" (version {version})"));
                }
                header.related.push(Fact::new(label, value.trim()));
            }
        }
        "authorization" => {
            if let Some(consent) = tree.element(child, "consent") {
                header
                    .consents
                    .extend(words::child_code(tree, consent, "code"));
            }
        }
        "componentOf" => {
            header.encounter = tree
                .element(child, "encompassingEncounter")
                .map(|e| encounter(tree, e));
        }
        _ => {}
    }
}

fn patient(tree: &Tree<'_>, role: NodeId, person: Option<NodeId>) -> Patient {
    let mut patient = Patient {
        addresses: tree
            .elements(role, "addr")
            .filter_map(|a| words::address(tree, a))
            .collect(),
        telecoms: telecoms(tree, role),
        ..Patient::default()
    };
    for id in tree.elements(role, "id") {
        let root = tree.peek(id, "root").unwrap_or_default();
        let value = words::one_line(tree.peek(id, "extension").unwrap_or_default());
        match words::ins_kind(root) {
            Some((kind, is_production)) if patient.ins.is_none() => {
                patient.ins = Some(Ins {
                    kind,
                    is_production,
                    value,
                    oid: root.to_owned(),
                });
            }
            Some((kind, _)) => patient.local_ids.push(Fact::new(kind, value)),
            None if value.is_empty() && root.is_empty() => {}
            None if value.is_empty() => patient.local_ids.push(Fact::new("Identifiant", root)),
            // the national identifier before the INS: computed, not qualified
            None if root == "1.2.250.1.213.1.4.2" => {
                patient.local_ids.push(Fact::new("INS-C", value));
            }
            None => patient
                .local_ids
                .push(Fact::new("IPP", format!("{value} (domaine {root})"))),
        }
    }
    let Some(person) = person else {
        return patient;
    };
    for name in tree.elements(person, "name") {
        names(tree, name, &mut patient);
    }
    patient.sex = tree
        .element(person, "administrativeGenderCode")
        .and_then(|e| {
            tree.peek(e, "code")
                .and_then(words::sex)
                .map(str::to_owned)
                .or_else(|| words::code(tree, e))
        });
    patient.birth_date = words::child_time(tree, person, "birthTime");
    patient.birth_place = tree
        .path(person, &["birthplace", "place"])
        .and_then(|place| birth_place(tree, place));
    patient.deceased = words::child_time(tree, person, "deceasedTime").or_else(|| {
        tree.element(person, "deceasedInd")
            .and_then(|e| tree.peek(e, "value"))
            .filter(|v| *v == "true")
            .map(|_| "oui".to_owned())
    });
    patient
}

/// The parts of a patient's name after their qualifier (RNIV).
fn names(tree: &Tree<'_>, name: NodeId, patient: &mut Patient) {
    let has_parts = tree
        .children(name)
        .any(|c| tree.is(c, "family") || tree.is(c, "given"));
    if !has_parts {
        let text = words::text_of(tree, name);
        if !text.is_empty() {
            patient.used_family.get_or_insert(text);
        }
        return;
    }
    for part in tree.children(name) {
        let text = words::text_of(tree, part);
        if text.is_empty() {
            continue;
        }
        let qualifier = tree.peek(part, "qualifier").unwrap_or_default();
        let has = |q: &str| qualifier.split_ascii_whitespace().any(|w| w == q);
        let slot = if tree.is(part, "family") {
            if has("BR") {
                &mut patient.birth_family
            } else {
                &mut patient.used_family
            }
        } else if tree.is(part, "given") {
            if has("BR") {
                &mut patient.first_birth_given
            } else if has("CL") {
                &mut patient.used_given
            } else {
                &mut patient.birth_given
            }
        } else {
            continue;
        };
        match slot {
            Some(known) if *known != text => {
                known.push(' ');
                known.push_str(&text);
            }
            Some(_) => {}
            None => *slot = Some(text),
        }
    }
}

/// City and INSEE code (in `county`, CI-SIS).
fn birth_place(tree: &Tree<'_>, place: NodeId) -> Option<String> {
    let addr = tree.element(place, "addr");
    let part = |name: &str| addr.and_then(|a| words::child_text(tree, a, name));
    let city = part("city").or_else(|| words::child_text(tree, place, "name"));
    let insee = part("county").map(|c| format!("code INSEE {c}"));
    let mut text = [city, part("postalCode"), part("country")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    match insee {
        Some(insee) if text.is_empty() => text = insee,
        Some(insee) => text.push_str(&format!(" ({insee})")),
        None => {}
    }
    (!text.is_empty()).then_some(text)
}

/// The one child that holds the entity of a participation.
fn entity(tree: &Tree<'_>, id: NodeId) -> NodeId {
    [
        "assignedAuthor",
        "assignedEntity",
        "intendedRecipient",
        "associatedEntity",
        "relatedEntity",
    ]
    .iter()
    .find_map(|name| tree.element(id, name))
    .unwrap_or(id)
}

/// An entity: person, quality, organisation.
fn actor(tree: &Tree<'_>, entity: NodeId, role: &str) -> Actor {
    let first = |names: &[&str]| names.iter().find_map(|n| tree.element(entity, n));
    let person = first(&[
        "assignedPerson",
        "associatedPerson",
        "informationRecipient",
        "relatedPerson",
        "guardianPerson",
    ]);
    let device = first(&["assignedAuthoringDevice"]);
    let organization = first(&[
        "representedOrganization",
        "scopingOrganization",
        "receivedOrganization",
        "guardianOrganization",
    ]);
    let name = person
        .and_then(|p| tree.element(p, "name"))
        .and_then(|n| words::person_name(tree, n))
        .or_else(|| {
            let device = device?;
            let name = ["manufacturerModelName", "softwareName"]
                .iter()
                .filter_map(|n| words::child_text(tree, device, n))
                .collect::<Vec<_>>()
                .join(" ");
            (!name.is_empty()).then_some(name)
        });
    let mut telecoms_of = telecoms(tree, entity);
    let mut address = child_address(tree, entity);
    let mut all_ids = ids(tree, entity);
    if let Some(organization) = organization {
        if telecoms_of.is_empty() {
            telecoms_of = telecoms(tree, organization);
        }
        address = address.or_else(|| child_address(tree, organization));
        all_ids.extend(ids(tree, organization));
    }
    Actor {
        role: role.to_owned(),
        name,
        quality: words::child_code(tree, entity, "code"),
        organization: organization.and_then(|o| organization_name(tree, o)),
        ids: all_ids,
        address,
        telecoms: telecoms_of,
        ..Actor::default()
    }
}

/// A participation with its time and the comment on its function.
fn attested(tree: &Tree<'_>, id: NodeId, role: &str) -> Actor {
    let mut actor = actor(tree, entity(tree, id), role);
    actor.date = words::child_time(tree, id, "time");
    actor.comment = tree
        .element(id, "functionCode")
        .and_then(|f| words::child_text(tree, f, "originalText").or_else(|| words::code(tree, f)));
    actor
}

fn participant(tree: &Tree<'_>, id: NodeId, document: &str) -> Actor {
    let type_code = tree.peek(id, "typeCode").unwrap_or_default();
    let function = tree.element(id, "functionCode");
    let function_code = function
        .and_then(|f| tree.peek(f, "code"))
        .unwrap_or_default();
    let role = words::participant_role(type_code, function_code, document)
        .map(str::to_owned)
        .or_else(|| {
            function
                .and_then(|f| tree.peek(f, "displayName"))
                .map(words::one_line)
        })
        .unwrap_or_else(|| format!("Participant {type_code}").trim().to_owned());
    let mut actor = attested(tree, id, &role);
    actor.comment = function
        .and_then(|f| words::child_text(tree, f, "originalText"))
        .filter(|text| {
            let text = text.to_lowercase();
            let role = role.to_lowercase();
            !role.contains(&text) && text.trim_start_matches("ps ") != role
        });
    actor
}

fn informant(tree: &Tree<'_>, id: NodeId, header: &mut Header) {
    if let Some(related) = tree.element(id, "relatedEntity") {
        let role = words::related_role(tree.peek(related, "classCode").unwrap_or_default());
        let mut actor = actor(tree, related, role);
        actor.date = words::child_time(tree, related, "effectiveTime");
        header.contacts.push(actor);
    } else {
        header.participants.push(attested(tree, id, "Informateur"));
    }
}

fn act(tree: &Tree<'_>, event: NodeId) -> Act {
    let code = tree.element(event, "code");
    let label = code.and_then(|c| words::code(tree, c));
    Act {
        code: code
            .and_then(|c| tree.peek(c, "code"))
            .map(words::one_line)
            .filter(|c| Some(c) != label.as_ref()),
        detail: code
            .and_then(|c| words::child_text(tree, c, "originalText"))
            .filter(|t| Some(t) != label.as_ref()),
        label,
        date: words::child_time(tree, event, "effectiveTime"),
        performers: tree
            .elements(event, "performer")
            .map(|p| attested(tree, p, "Exécutant"))
            .filter(|a| !a.is_empty())
            .collect(),
    }
}

fn order_text(tree: &Tree<'_>, order: NodeId) -> String {
    let ids: Vec<String> = tree
        .elements(order, "id")
        .map(|e| instance(tree, e))
        .collect();
    let ids = ids.join(", ");
    match words::child_code(tree, order, "code") {
        Some(text) if ids.is_empty() => text,
        Some(text) => format!("{ids} ({text})"),
        None => ids,
    }
}

fn encounter(tree: &Tree<'_>, id: NodeId) -> Encounter {
    let facility = tree.path(id, &["location", "healthCareFacility"]);
    let location = facility.and_then(|f| tree.element(f, "location"));
    let organization = facility.and_then(|f| tree.element(f, "serviceProviderOrganization"));
    let mut actors: Vec<Actor> = Vec::new();
    for child in tree.children(id) {
        let role = match tree.name(child) {
            "responsibleParty" => "Responsable de la prise en charge",
            "encounterParticipant" => match tree.peek(child, "typeCode") {
                Some("ADM") => "Responsable de l'admission",
                Some("ATND") => "Médecin responsable du patient",
                Some("CON") => "Consultant",
                Some("DIS") => "Responsable de la sortie",
                Some("REF") => "Médecin adressant",
                _ => "Participant à la prise en charge",
            },
            _ => continue,
        };
        actors.push(attested(tree, child, role));
    }
    Encounter {
        ids: ids(tree, id),
        kind: words::child_code(tree, id, "code"),
        date: words::child_time(tree, id, "effectiveTime"),
        place: location
            .and_then(|l| words::child_text(tree, l, "name"))
            .or_else(|| organization.and_then(|o| organization_name(tree, o))),
        address: location
            .and_then(|l| child_address(tree, l))
            .or_else(|| organization.and_then(|o| child_address(tree, o))),
        place_kind: facility.and_then(|f| words::child_code(tree, f, "code")),
        actors,
    }
}

fn ids(tree: &Tree<'_>, id: NodeId) -> Vec<Fact> {
    tree.elements(id, "id")
        .filter_map(|e| words::identifier(tree, e))
        .map(|(label, value)| Fact { label, value })
        .collect()
}

fn telecoms(tree: &Tree<'_>, id: NodeId) -> Vec<String> {
    tree.elements(id, "telecom")
        .filter_map(|t| words::telecom(tree, t))
        .collect()
}

fn child_address(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    tree.elements(id, "addr")
        .find_map(|a| words::address(tree, a))
}

fn organization_name(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    words::child_text(tree, id, "name")
}

/// `root^extension`, or the one that is there.
fn instance(tree: &Tree<'_>, id: NodeId) -> String {
    let root = words::one_line(tree.peek(id, "root").unwrap_or_default());
    match tree.peek(id, "extension").map(words::one_line) {
        Some(extension) if !extension.is_empty() && !root.is_empty() => {
            format!("{root}^{extension}")
        }
        Some(extension) if !extension.is_empty() => extension,
        _ => root,
    }
}
