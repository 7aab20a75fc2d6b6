//! What a way out needs of a document and does not get.

use dcc_base::identity::{ins, oid};
use dcc_base::problem::{Problem, Problems, Rule, Severity};

use super::entry::DocumentEntry;
use super::{person, rules};
use crate::cda::{Body, Header};
use crate::door::Door;
use crate::sending::Sending;
use crate::tables::{class, format, setting};
use crate::time::Timestamp;

/// A document under check.
pub(super) struct Check<'c> {
    pub(super) header: &'c Header,
    pub(super) entry: &'c DocumentEntry,
    pub(super) door: Door,
    /// Where the document goes beyond the door: the DMP, or another registry.
    pub(super) is_shared: bool,
    /// Prefix of the paths.
    pub(super) prefix: String,
    pub(super) problems: Problems,
}

/// True when the way out leads to a registry: the DMP, or by FHIR.
pub(super) fn is_shared(door: Door, sending: &Sending) -> bool {
    match door {
        Door::Dmp | Door::Pdsm => true,
        Door::Gateway => sending.gateway.as_ref().is_some_and(|g| g.to_dmp),
        Door::Xdm => false,
    }
}

/// Place of the performer's organisation in an act.
const PERFORMER: &str =
    "performer/assignedEntity/representedOrganization/standardIndustryClassCode";
/// Place of the facility.
const FACILITY: &str = "componentOf/encompassingEncounter/location/healthCareFacility/code";
/// Place of the patient's identifiers.
const PATIENT: &str = "recordTarget/patientRole";

impl Check<'_> {
    fn path(&self, below: &str) -> String {
        format!("{}{}/{below}", self.prefix, self.header.path)
    }

    /// Place of something in the main act, or where an act would stand.
    fn event_path(&self, below: &str) -> String {
        match self.header.main_event() {
            Some(event) => format!("{}{}/{below}", self.prefix, event.path),
            None => self.path(&format!("documentationOf/serviceEvent/{below}")),
        }
    }

    /// A breach, at its own weight.
    fn push(&mut self, rule: &'static Rule, path: String, found: &str) {
        let problem = Problem::new(rule, path);
        self.problems.push(if found.is_empty() {
            problem
        } else {
            problem.found(found)
        });
    }

    /// Something missing: required by a registry, only wished by a mail (IHE
    /// ITI TF-3 table 4.3.1-3: *R2*, required if known).
    fn missing(&mut self, is_there: bool, rule: &'static Rule, path: String) {
        if !is_there {
            self.lacks(rule, path, "");
        }
    }

    fn lacks(&mut self, rule: &'static Rule, path: String, found: &str) {
        let mut problem = Problem::new(rule, path);
        if !found.is_empty() {
            problem = problem.found(found);
        }
        let need = if self.is_shared {
            "requis"
        } else {
            problem.severity = Severity::Warning;
            "souhaité"
        };
        let message = format!("{} : {need} pour « {} »", rule.text, self.door.label());
        self.problems.push(problem.message(message));
    }

    /// A code that a registry refuses.
    fn refused(&mut self, is_taken: bool, rule: &'static Rule, path: String, found: &str) {
        if self.is_shared && !is_taken {
            self.push(rule, path, found);
        }
    }

    pub(super) fn run(&mut self) {
        self.identifiers();
        self.codes();
        self.people();
        self.times();
        let entry = self.entry;
        self.missing(entry.title.is_some(), &rules::TITLE, self.path("title"));
        let language = entry.language_code.as_deref();
        self.missing(
            language.is_some(),
            &rules::LANGUAGE,
            self.path("languageCode"),
        );
        if let Some(language) = language.filter(|l| *l != "fr-FR") {
            self.push(
                &rules::LANGUAGE_FR,
                self.path("languageCode/@code"),
                language,
            );
        }
        if self.header.body == Body::Missing {
            self.push(&rules::BODY, self.path("component"), "");
        }
    }

    fn identifiers(&mut self) {
        let Some(id) = &self.header.id else {
            self.push(&rules::UNIQUE_ID, self.path("id"), "");
            return;
        };
        self.refused(
            oid::is_oid(&id.root),
            &rules::UNIQUE_ID_OID,
            self.path("id/@root"),
            &id.root,
        );
        self.refused(
            id.extension.is_empty(),
            &rules::UNIQUE_ID_EXTENSION,
            self.path("id/@extension"),
            &id.extension,
        );
        let mut replaced = self.header.parents.iter().filter(|p| p.relation == "RPLC");
        let first = replaced.next();
        let path = self.path("relatedDocument/parentDocument/id");
        if first.is_some_and(|parent| parent.id == *id) {
            self.push(&rules::REPLACED_ID, path.clone(), &id.to_xds());
        }
        if replaced.next().is_some() {
            self.push(&rules::SECOND_PARENT, path, "");
        }
    }

    fn codes(&mut self) {
        let entry = self.entry;
        let path = self.path("code");
        match (&entry.type_code, &entry.class_code) {
            (None, _) => self.lacks(&rules::TYPE, path, ""),
            (Some(code), None) => {
                self.lacks(&rules::CLASS, format!("{path}/@code"), &code.code);
            }
            (Some(code), Some(class)) => {
                let is_taken = class::is_taken_by_dmp(&class.code);
                self.refused(is_taken, &rules::CLASS_DMP, path, &code.code);
            }
        }
        self.format();
        match &self.header.confidentiality {
            None => self.lacks(
                &rules::CONFIDENTIALITY,
                self.path("confidentialityCode"),
                "",
            ),
            Some(level) => self.refused(
                level.code == "N",
                &rules::RESTRICTED,
                self.path("confidentialityCode/@code"),
                &level.code,
            ),
        }
        let path = self.path(FACILITY);
        match &entry.facility_type {
            None => self.lacks(&rules::FACILITY, path, ""),
            Some(code) if setting::label(code).is_none() => {
                self.push(&rules::FACILITY_CODE, path, &code.code);
            }
            Some(_) => {}
        }
        let path = self.event_path(PERFORMER);
        match &entry.practice_setting {
            None => self.lacks(&rules::PRACTICE, path, ""),
            Some(code) if setting::label(code).is_none() => {
                self.push(&rules::PRACTICE_CODE, path, &code.code);
            }
            Some(_) => {}
        }
    }

    fn format(&mut self) {
        let Some(format) = &self.entry.format_code else {
            let media = match &self.header.body {
                Body::Unstructured(media) => media.as_str(),
                _ => "",
            };
            let path = self.path("component/nonXMLBody/text/@mediaType");
            self.lacks(&rules::FORMAT, path, media);
            return;
        };
        let path = self.path("templateId");
        if *format == format::outside_profiles() {
            let found = self.header.templates.join(", ");
            self.push(&rules::FORMAT_FALLBACK, path, &found);
            return;
        }
        let is_taken = format::is_taken_by_dmp(&format.code);
        self.refused(is_taken, &rules::FORMAT_DMP, path, &format.code);
    }

    fn people(&mut self) {
        let (entry, header) = (self.entry, self.header);
        let is_named = |author: &super::Author| !author.persons.is_empty();
        let path = self.path("author/assignedAuthor");
        self.missing(entry.authors.iter().any(is_named), &rules::AUTHOR, path);
        for (author, participant) in entry.authors.iter().zip(&header.authors) {
            let path = format!("{}{}/assignedAuthor", self.prefix, participant.path);
            let is_patient = participant.id.as_ref().is_some_and(person::is_ins);
            if author.institutions.is_empty() && !is_patient {
                let path = format!("{path}/representedOrganization");
                self.push(&rules::INSTITUTION, path, "");
            }
            if author.specialties.is_empty() && !is_patient {
                self.push(&rules::SPECIALTY, format!("{path}/code"), "");
            }
        }
        let is_there = entry.legal_authenticator.is_some();
        let path = self.path("legalAuthenticator/assignedEntity");
        self.missing(is_there, &rules::AUTHENTICATOR, path);
        let path = self.path(PATIENT);
        self.missing(
            entry.patient_id.is_some(),
            &rules::PATIENT,
            format!("{path}/id"),
        );
        self.missing(
            entry.source_patient_id.is_some(),
            &rules::SOURCE_PATIENT,
            format!("{path}/id"),
        );
        self.missing(
            entry
                .source_patient_info
                .iter()
                .any(|i| i.starts_with("PID-5|")),
            &rules::PATIENT_INFO,
            format!("{path}/patient/name"),
        );
        if let Some(id) = person::ins(&header.patient) {
            let path = format!("{path}/id/@extension");
            ins::check(&id.extension, &path, &mut self.problems);
        }
    }

    fn times(&mut self) {
        let entry = self.entry;
        let path = self.path("effectiveTime");
        self.missing(entry.creation_time.is_some(), &rules::CREATION, path);
        let path = self.event_path("effectiveTime/low");
        self.missing(entry.service_start_time.is_some(), &rules::START, path);
        let event = self.header.main_event();
        let bounds = event.and_then(|event| Some((event.start?, event.stop?)));
        if bounds.is_some_and(|(start, stop)| stop.instant() < start.instant()) {
            let path = self.event_path("effectiveTime/high");
            let found = entry.service_stop_time.clone().unwrap_or_default();
            self.push(&rules::ORDER, path, &found);
        }
    }

    /// A document is not created after it is sent.
    pub(super) fn is_past(&mut self, at: chrono::DateTime<chrono::Utc>) {
        let created = self.header.effective_time;
        if created.is_some_and(|created: Timestamp| created.instant() > at) {
            let found = self.entry.creation_time.clone().unwrap_or_default();
            self.push(&rules::FUTURE, self.path("effectiveTime/@value"), &found);
        }
    }
}
