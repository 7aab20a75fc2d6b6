//! Persons, organisations, patient and codes, as FHIR writes them.

use dcc_base::identity::ins::InsKind;
use dcc_base::identity::oid;
use serde_json::{Map, Value, json};

use crate::cda::{Identifier, Organization, Participant, Patient};
use crate::code::Code;
use crate::metadata;
use crate::sending::Submitter;
use crate::tables::systems;

/// `urn:oid:` or `urn:uuid:` of an identifier without extension.
pub(super) fn urn(id: &str) -> String {
    if oid::is_uuid(id) {
        format!("urn:uuid:{}", id.to_ascii_lowercase())
    } else {
        format!("urn:oid:{id}")
    }
}

/// An `Identifier` of the type `urn:ietf:rfc:3986`.
pub(super) fn uri_identifier(value: &str) -> Value {
    json!({"system": "urn:ietf:rfc:3986", "value": value})
}

/// An identifier of CDA.
pub(super) fn identifier(id: &Identifier) -> Value {
    if id.extension.is_empty() {
        uri_identifier(&urn(&id.root))
    } else {
        json!({"system": urn(&id.root), "value": id.extension})
    }
}

/// A code.
pub(super) fn coding(code: &Code) -> Value {
    let mut coding = Map::new();
    coding.insert("system".into(), systems::fhir_address(&code.system).into());
    coding.insert("code".into(), code.code.as_str().into());
    if !code.label.is_empty() {
        coding.insert("display".into(), code.label.as_str().into());
    }
    Value::Object(coding)
}

/// A code in a `CodeableConcept`.
pub(super) fn concept(code: &Code) -> Value {
    json!({"coding": [coding(code)]})
}

/// The patient, contained in the resource that names it.
pub(super) fn patient(patient: &Patient, id: &str) -> Value {
    let mut resource = object("Patient", id);
    let ids: Vec<Value> = patient.ids.iter().map(identifier).collect();
    insert(&mut resource, "identifier", ids);
    let mut names = Vec::new();
    for name in &patient.names {
        for (qualifier, family) in &name.families {
            let kind = match qualifier.as_str() {
                "BR" => "official",
                _ => "usual",
            };
            let given = metadata::given_for(name, qualifier);
            let mut human = Map::new();
            human.insert("use".into(), kind.into());
            human.insert("family".into(), family.as_str().into());
            if !given.is_empty() {
                human.insert("given".into(), json!([given]));
            }
            names.push(Value::Object(human));
        }
    }
    insert(&mut resource, "name", names);
    let gender = match patient.gender.as_str() {
        "M" => Some("male"),
        "F" => Some("female"),
        "UN" => Some("other"),
        "U" | "UNK" => Some("unknown"),
        _ => None,
    };
    if let Some(gender) = gender {
        resource.insert("gender".into(), gender.into());
    }
    if let Some(birth) = patient.birth_time {
        let day = birth.to_fhir();
        let day = day.get(..10).unwrap_or(&day);
        resource.insert("birthDate".into(), day.into());
    }
    Value::Object(resource)
}

/// The reference to the patient of a registry, by its INS, and its identifier.
pub(super) fn subject(patient: &Patient) -> Value {
    let ins = patient
        .ids
        .iter()
        .find(|id| InsKind::from_oid(&id.root).is_some());
    match ins.or(patient.ids.first()) {
        Some(id) => json!({
            "reference": format!("Patient?identifier={}|{}", urn(&id.root), id.extension),
            "identifier": identifier(id),
        }),
        None => json!({}),
    }
}

/// People of a resource: what is contained, and the references to it.
#[derive(Default)]
pub(super) struct Contained {
    pub(super) resources: Vec<Value>,
}

impl Contained {
    fn add(&mut self, resource: Map<String, Value>) -> Value {
        let id = resource
            .get("id")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let reference = json!({"reference": format!("#{id}")});
        self.resources.push(Value::Object(resource));
        reference
    }

    /// Adds the patient and gives its reference.
    pub(super) fn patient(&mut self, of: &Patient) -> Value {
        self.resources.push(patient(of, "patient"));
        json!({"reference": "#patient"})
    }

    fn practitioner(
        &mut self,
        id: &str,
        number: Option<Value>,
        family: &str,
        given: &str,
    ) -> Value {
        let mut resource = object("Practitioner", id);
        insert(&mut resource, "identifier", number.into_iter().collect());
        let mut name = Map::new();
        if !family.is_empty() {
            name.insert("family".into(), family.into());
        }
        if !given.is_empty() {
            name.insert("given".into(), json!([given]));
        }
        if !name.is_empty() {
            resource.insert("name".into(), json!([name]));
        }
        self.add(resource)
    }

    /// Adds an organisation.
    pub(super) fn organization(&mut self, id: &str, number: Option<Value>, name: &str) -> Value {
        let mut resource = object("Organization", id);
        insert(&mut resource, "identifier", number.into_iter().collect());
        if !name.is_empty() {
            resource.insert("name".into(), name.into());
        }
        self.add(resource)
    }

    fn device(&mut self, id: &str, number: Option<Value>, name: &str, model: &str) -> Value {
        let mut resource = object("Device", id);
        insert(&mut resource, "identifier", number.into_iter().collect());
        if !name.is_empty() {
            let name = json!([{"name": name, "type": "user-friendly-name"}]);
            resource.insert("deviceName".into(), name);
        }
        if !model.is_empty() {
            resource.insert("modelNumber".into(), model.into());
        }
        self.add(resource)
    }

    fn role(&mut self, id: &str, parts: Role) -> Value {
        let mut resource = object("PractitionerRole", id);
        resource.insert("practitioner".into(), parts.practitioner);
        if let Some(organization) = parts.organization {
            resource.insert("organization".into(), organization);
        }
        if let Some(role) = parts.role {
            resource.insert("code".into(), json!([{"text": role}]));
        }
        if let Some(code) = parts.specialty {
            resource.insert("specialty".into(), json!([concept(&code)]));
        }
        self.add(resource)
    }

    /// Adds an author or an authenticator: the patient, a device, or a
    /// professional in an organisation.
    pub(super) fn participant(&mut self, of: &Participant, name: &str) -> Value {
        let number = of.id.as_ref().map(identifier);
        if of.id.as_ref().is_some_and(metadata::is_ins) {
            return json!({"reference": "#patient"});
        }
        if let Some((software, model)) = &of.device {
            return self.device(name, number, software, model);
        }
        let (family, given) = (of.name.first_family(), of.name.first_given());
        let practitioner = self.practitioner(&format!("{name}-ps"), number, family, given);
        let organization = of
            .organization
            .as_ref()
            .filter(|o| o.id.is_some() || !o.name.is_empty())
            .map(|o| self.structure(o, &format!("{name}-structure")));
        let parts = Role {
            practitioner,
            organization,
            role: of.role.clone(),
            specialty: of.specialty.clone(),
        };
        self.role(name, parts)
    }

    /// Adds an organisation of a document.
    pub(super) fn structure(&mut self, of: &Organization, name: &str) -> Value {
        let number = of.id.as_ref().map(identifier);
        self.organization(name, number, &of.name)
    }

    /// Adds who sends: the reference, and that of its organisation.
    pub(super) fn submitter(&mut self, of: &Submitter) -> (Value, Value) {
        let national = |root: &str, id: &str| {
            (!id.is_empty()).then(|| json!({"system": urn(root), "value": id}))
        };
        let structure = &of.structure;
        let organization = self.organization(
            "structure",
            national(oid::ORGANIZATION, &structure.id),
            &structure.name,
        );
        let source = match (&of.person, &of.device) {
            (Some(p), _) => {
                let number = national(oid::PROFESSIONAL, &p.id);
                let practitioner = self.practitioner("ps", number, &p.family, &p.given);
                let parts = Role {
                    practitioner,
                    organization: Some(organization.clone()),
                    role: of.role.clone(),
                    specialty: of.specialty.clone(),
                };
                self.role("source", parts)
            }
            (None, Some(d)) => {
                let number = national(oid::PROFESSIONAL, &d.id);
                self.device("source", number, &d.name, &d.model)
            }
            (None, None) => json!({}),
        };
        (source, organization)
    }
}

struct Role {
    practitioner: Value,
    organization: Option<Value>,
    role: Option<String>,
    specialty: Option<Code>,
}

fn object(kind: &str, id: &str) -> Map<String, Value> {
    let mut resource = Map::new();
    resource.insert("resourceType".into(), kind.into());
    resource.insert("id".into(), id.into());
    resource
}

/// Puts a list that is not empty: FHIR has no empty arrays.
pub(super) fn insert(resource: &mut Map<String, Value>, name: &str, values: Vec<Value>) {
    if !values.is_empty() {
        resource.insert(name.to_owned(), Value::Array(values));
    }
}
