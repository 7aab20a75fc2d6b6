//! ebRIM to XML, in the order of the schema.

use dcc_xml::XmlWriter;

use super::objects::{Association, Objects};
use super::vocabulary::{self, REFERENCE_IDS, STABLE_DOCUMENT, SUBMISSION_SET, document, set};
use crate::code::Code;
use crate::metadata::{Author, DocumentEntry, Slot, SubmissionSet};

/// Namespaces that the root of a request declares.
pub(crate) const RIM_NAMESPACES: [(&str, &str); 2] = [
    ("xmlns:lcm", vocabulary::LCM),
    ("xmlns:rim", vocabulary::RIM),
];

/// Language and charset of the labels, as in the official samples.
const LANGUAGE: &str = "FR";

/// Writes `rim:RegistryObjectList`.
pub(crate) fn objects(w: &mut XmlWriter, objects: &Objects) {
    w.start("rim:RegistryObjectList");
    for set in &objects.sets {
        Object::new(w, &set.entry_uuid).set(set);
    }
    for entry in &objects.entries {
        Object::new(w, &entry.entry_uuid).entry(entry);
    }
    for association in &objects.associations {
        link(w, association);
    }
    w.end("rim:RegistryObjectList");
}

fn link(w: &mut XmlWriter, association: &Association) {
    w.start("rim:Association");
    w.attr("id", &association.id);
    w.attr("associationType", &association.kind);
    w.attr("sourceObject", &association.source);
    w.attr("targetObject", &association.target);
    for Slot { name, values } in &association.slots {
        slot(w, name, values);
    }
    w.end("rim:Association");
}

fn slot(w: &mut XmlWriter, name: &str, values: &[impl AsRef<str>]) {
    if values.is_empty() {
        return;
    }
    w.start("rim:Slot");
    w.attr("name", name);
    w.start("rim:ValueList");
    for value in values {
        w.start("rim:Value");
        w.text(value.as_ref());
        w.end("rim:Value");
    }
    w.end("rim:ValueList");
    w.end("rim:Slot");
}

fn text(w: &mut XmlWriter, name: &str, value: Option<&str>) {
    let Some(value) = value else { return };
    w.start(name);
    w.start("rim:LocalizedString");
    w.attr("xml:lang", LANGUAGE);
    w.attr("charset", "UTF-8");
    w.attr("value", value);
    w.end("rim:LocalizedString");
    w.end(name);
}

/// A set or a document being written: its parts are numbered.
struct Object<'w> {
    w: &'w mut XmlWriter,
    id: &'w str,
    parts: usize,
}

impl<'w> Object<'w> {
    fn new(w: &'w mut XmlWriter, id: &'w str) -> Self {
        Object { w, id, parts: 0 }
    }

    /// A symbolic identifier, unique in the request.
    fn part_id(&mut self) -> String {
        self.parts += 1;
        let id = self.id.strip_prefix("urn:uuid:").unwrap_or(self.id);
        format!("{id}_{:03}", self.parts)
    }

    fn slot(&mut self, name: &str, values: &[impl AsRef<str>]) {
        slot(self.w, name, values);
    }

    fn optional(&mut self, name: &str, value: Option<&str>) {
        slot(self.w, name, value.as_slice());
    }

    fn other_slots(&mut self, slots: &[Slot]) {
        for Slot { name, values } in slots {
            slot(self.w, name, values);
        }
    }

    fn classification(&mut self, scheme: &str, node: &str) {
        let id = self.part_id();
        self.w.start("rim:Classification");
        self.w.attr("id", &id);
        self.w.attr("classificationScheme", scheme);
        self.w.attr("classifiedObject", self.id);
        self.w.attr("nodeRepresentation", node);
    }

    fn code(&mut self, scheme: &str, code: Option<&Code>) {
        let Some(code) = code else { return };
        self.classification(scheme, &code.code);
        self.slot("codingScheme", &[&code.system]);
        let label = (!code.label.is_empty()).then_some(code.label.as_str());
        text(self.w, "rim:Name", label);
        self.w.end("rim:Classification");
    }

    fn author(&mut self, scheme: &str, author: &Author) {
        self.classification(scheme, "");
        let institutions: Vec<_> = author.institutions.iter().map(|i| i.as_str()).collect();
        let persons: Vec<_> = author.persons.iter().map(|p| p.as_str()).collect();
        self.slot("authorInstitution", &institutions);
        self.slot("authorPerson", &persons);
        self.slot("authorRole", &author.roles);
        self.slot("authorSpecialty", &author.specialties);
        self.slot("authorTelecommunication", &author.telecommunications);
        self.w.end("rim:Classification");
    }

    fn external(&mut self, scheme: &str, name: &str, value: Option<&str>) {
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            return;
        };
        let id = self.part_id();
        self.w.start("rim:ExternalIdentifier");
        self.w.attr("id", &id);
        self.w.attr("registryObject", self.id);
        self.w.attr("identificationScheme", scheme);
        self.w.attr("value", value);
        text(self.w, "rim:Name", Some(name));
        self.w.end("rim:ExternalIdentifier");
    }

    fn set(mut self, s: &SubmissionSet) {
        self.w.start("rim:RegistryPackage");
        self.w.attr("id", &s.entry_uuid);
        if let Some(status) = &s.availability_status {
            self.w.attr("status", status);
        }
        let time = (!s.submission_time.is_empty()).then_some(s.submission_time.as_str());
        self.optional("submissionTime", time);
        self.slot("intendedRecipient", &s.recipients);
        self.other_slots(&s.other_slots);
        text(self.w, "rim:Name", s.title.as_deref());
        text(self.w, "rim:Description", s.comments.as_deref());
        let id = self.part_id();
        self.w.start("rim:Classification");
        self.w.attr("id", &id);
        self.w.attr("classifiedObject", &s.entry_uuid);
        self.w.attr("classificationNode", SUBMISSION_SET);
        self.w.end("rim:Classification");
        for author in &s.authors {
            self.author(set::AUTHOR, author);
        }
        self.code(set::CONTENT_TYPE, s.activity.as_ref());
        let patient = s.patient_id.as_ref().map(|id| id.as_str());
        self.external(set::PATIENT_ID, "XDSSubmissionSet.patientId", patient);
        self.external(
            set::SOURCE_ID,
            "XDSSubmissionSet.sourceId",
            Some(&s.source_id),
        );
        self.external(
            set::UNIQUE_ID,
            "XDSSubmissionSet.uniqueId",
            Some(&s.unique_id),
        );
        self.w.end("rim:RegistryPackage");
    }

    fn entry(mut self, e: &DocumentEntry) {
        self.w.start("rim:ExtrinsicObject");
        self.w.attr("id", &e.entry_uuid);
        if let Some(lid) = &e.logical_id {
            self.w.attr("lid", lid);
        }
        if let Some(home) = &e.home_community_id {
            self.w.attr("home", home);
        }
        let object_type = e.object_type.as_deref().unwrap_or(STABLE_DOCUMENT);
        self.w.attr("objectType", object_type);
        if let Some(status) = &e.availability_status {
            self.w.attr("status", status);
        }
        self.w.attr("mimeType", &e.mime_type);
        self.entry_slots(e);
        text(self.w, "rim:Name", e.title.as_deref());
        text(self.w, "rim:Description", e.comments.as_deref());
        if let Some(version) = &e.version {
            self.w.start("rim:VersionInfo");
            self.w.attr("versionName", version);
            self.w.end("rim:VersionInfo");
        }
        for author in &e.authors {
            self.author(document::AUTHOR, author);
        }
        self.code(document::CLASS, e.class_code.as_ref());
        for code in &e.confidentiality {
            self.code(document::CONFIDENTIALITY, Some(code));
        }
        for code in &e.event_codes {
            self.code(document::EVENT, Some(code));
        }
        self.code(document::FORMAT, e.format_code.as_ref());
        self.code(document::FACILITY, e.facility_type.as_ref());
        self.code(document::PRACTICE, e.practice_setting.as_ref());
        self.code(document::TYPE, e.type_code.as_ref());
        let patient = e.patient_id.as_ref().map(|id| id.as_str());
        self.external(document::PATIENT_ID, "XDSDocumentEntry.patientId", patient);
        let unique = Some(e.unique_id.as_str());
        self.external(document::UNIQUE_ID, "XDSDocumentEntry.uniqueId", unique);
        self.w.end("rim:ExtrinsicObject");
    }

    fn entry_slots(&mut self, e: &DocumentEntry) {
        self.optional("creationTime", e.creation_time.as_deref());
        self.optional("languageCode", e.language_code.as_deref());
        let legal = e.legal_authenticator.as_ref().map(|p| p.as_str());
        self.optional("legalAuthenticator", legal);
        self.optional("serviceStartTime", e.service_start_time.as_deref());
        self.optional("serviceStopTime", e.service_stop_time.as_deref());
        let source = e.source_patient_id.as_ref().map(|id| id.as_str());
        self.optional("sourcePatientId", source);
        self.slot("sourcePatientInfo", &e.source_patient_info);
        self.optional("hash", e.hash.as_deref());
        let size = e.size.map(|size| size.to_string());
        self.optional("size", size.as_deref());
        self.optional("URI", e.uri.as_deref());
        self.optional("repositoryUniqueId", e.repository_unique_id.as_deref());
        let references: Vec<_> = e.reference_ids.iter().map(|id| id.as_str()).collect();
        self.slot(REFERENCE_IDS, &references);
        self.other_slots(&e.other_slots);
    }
}
