//! ebRIM from XML: any prefix, any order, what is unknown reported.

use std::collections::HashSet;

use dcc_base::problem::{Problem, Problems};
use dcc_xml::{NodeId, Tree};

use super::objects::{Association, Objects};
use super::rules;
use super::vocabulary::{FOLDER, REFERENCE_IDS, STABLE_DOCUMENT, SUBMISSION_SET, document, set};
use crate::code::Code;
use crate::composite::{Cx, Xcn, Xon};
use crate::metadata::{Author, DocumentEntry, Slot, SubmissionSet};

/// Child elements of a local name, whatever their namespace.
pub(crate) fn named<'t>(
    tree: &'t Tree<'_>,
    node: NodeId,
    name: &'t str,
) -> impl Iterator<Item = NodeId> + 't {
    tree.children(node).filter(move |&c| tree.name(c) == name)
}

/// The first element of a local name, at the root or below it, outside the
/// metadata themselves.
pub(crate) fn descend(tree: &Tree<'_>, name: &str) -> Option<NodeId> {
    let mut stack = vec![tree.root()];
    while let Some(node) = stack.pop() {
        if tree.name(node) == name {
            return Some(node);
        }
        let first = stack.len();
        stack.extend(tree.children(node).filter(|&c| !tree.is_text(c)));
        stack[first..].reverse();
    }
    None
}

/// The objects of a `RegistryObjectList`, with what is doubtful in them.
pub(crate) fn objects_of(tree: &Tree<'_>, list: NodeId) -> (Objects, Problems) {
    let mut reader = Reader {
        tree,
        problems: Problems::new(),
    };
    let mut objects = Objects::default();
    let base = "/RegistryObjectList";
    let mut ranks = [0_usize; 3];
    let mut path = |kind: usize, name: &str| {
        ranks[kind] += 1;
        format!("{base}/{name}[{}]", ranks[kind])
    };
    // a package may be classified by a sibling
    let classified: HashSet<&str> = named(tree, list, "Classification")
        .filter(|&c| tree.attr(c, "classificationNode") == Some(SUBMISSION_SET))
        .filter_map(|c| tree.attr(c, "classifiedObject"))
        .collect();
    for node in tree.children(list) {
        match tree.name(node) {
            "RegistryPackage" => {
                let path = path(0, "RegistryPackage");
                if let Some(set) = reader.set(node, &classified, &path) {
                    objects.sets.push(set);
                }
            }
            "ExtrinsicObject" => {
                let path = path(1, "ExtrinsicObject");
                objects.entries.push(reader.entry(node, &path));
            }
            "Association" => {
                let path = path(2, "Association");
                objects.associations.push(reader.association(node, &path));
            }
            "" | "Classification" | "ObjectRef" => {}
            name => reader.unknown(base.to_owned(), name),
        }
    }
    (objects, reader.problems)
}

struct Reader<'t, 'a> {
    tree: &'t Tree<'a>,
    problems: Problems,
}

/// Takes the place of an empty value; a second one is reported.
macro_rules! once {
    ($reader:ident, $place:expr, $value:expr, $path:expr) => {
        if $place.is_none() {
            $place = $value;
        } else {
            $reader
                .problems
                .push(Problem::new(&rules::TWICE, $path.to_owned()));
        }
    };
}

impl Reader<'_, '_> {
    fn unknown(&mut self, path: String, found: &str) {
        self.problems
            .push(Problem::new(&rules::UNKNOWN, path).found(found));
    }

    fn attr(&self, node: NodeId, name: &str) -> String {
        self.tree.attr(node, name).unwrap_or_default().to_owned()
    }

    fn optional(&self, node: NodeId, name: &str) -> Option<String> {
        self.tree.attr(node, name).map(str::to_owned)
    }

    /// The text of a `LocalizedString`.
    fn localized(&self, node: NodeId) -> Option<String> {
        let text = named(self.tree, node, "LocalizedString").next()?;
        self.optional(text, "value")
    }

    /// The name and the values of a slot.
    fn slot(&mut self, node: NodeId, path: &str) -> Slot {
        let name = self.attr(node, "name");
        let mut values = Vec::new();
        for list in named(self.tree, node, "ValueList") {
            for value in named(self.tree, list, "Value") {
                let text = self.tree.text_of(value);
                let text = text.trim();
                if text.contains(['\n', '\t', '\r']) {
                    let path = format!("{path}/Slot[@name='{name}']");
                    self.problems.push(Problem::new(&rules::SPACES, path));
                    values.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
                } else {
                    values.push(text.to_owned());
                }
            }
        }
        Slot { name, values }
    }

    fn association(&mut self, node: NodeId, path: &str) -> Association {
        let slots: Vec<_> = named(self.tree, node, "Slot").collect();
        Association {
            id: self.attr(node, "id"),
            kind: self.attr(node, "associationType"),
            source: self.attr(node, "sourceObject"),
            target: self.attr(node, "targetObject"),
            slots: slots.into_iter().map(|s| self.slot(s, path)).collect(),
        }
    }

    fn code(&mut self, node: NodeId, path: &str) -> Code {
        let mut code = Code::new(self.attr(node, "nodeRepresentation"), "", "");
        let tree = self.tree;
        for child in tree.children(node) {
            match tree.name(child) {
                "Slot" => {
                    let slot = self.slot(child, path);
                    if slot.name == "codingScheme" {
                        code.system = slot.values.into_iter().next().unwrap_or_default();
                    } else {
                        self.unknown(format!("{path}/Slot"), &slot.name);
                    }
                }
                "Name" => code.label = self.localized(child).unwrap_or_default(),
                _ => {}
            }
        }
        code
    }

    fn author(&mut self, node: NodeId, path: &str) -> Author {
        let mut author = Author::default();
        let tree = self.tree;
        for child in named(tree, node, "Slot") {
            let slot = self.slot(child, path);
            match slot.name.as_str() {
                "authorPerson" => author.persons = all(slot, Xcn::from_text),
                "authorInstitution" => author.institutions = all(slot, Xon::from_text),
                "authorRole" => author.roles = slot.values,
                "authorSpecialty" => author.specialties = slot.values,
                "authorTelecommunication" => author.telecommunications = slot.values,
                name => self.unknown(format!("{path}/Slot"), name),
            }
        }
        author
    }

    /// A submission set; none for a folder, which is reported.
    fn set(
        &mut self,
        node: NodeId,
        classified: &HashSet<&str>,
        path: &str,
    ) -> Option<SubmissionSet> {
        let tree = self.tree;
        let mut found = SubmissionSet {
            entry_uuid: self.attr(node, "id"),
            availability_status: self.optional(node, "status"),
            ..SubmissionSet::default()
        };
        let mut is_set = classified.contains(found.entry_uuid.as_str());
        for child in tree.children(node) {
            match tree.name(child) {
                "Slot" => self.set_slot(child, &mut found, path),
                "Name" => found.title = self.localized(child),
                "Description" => found.comments = self.localized(child),
                "Classification" => match tree.attr(child, "classificationNode") {
                    Some(SUBMISSION_SET) => is_set = true,
                    Some(FOLDER) => {
                        self.unknown(path.to_owned(), "classeur");
                        return None;
                    }
                    Some(other) => self.unknown(format!("{path}/Classification"), other),
                    None => self.set_classification(child, &mut found, path),
                },
                "ExternalIdentifier" => self.set_identifier(child, &mut found, path),
                "" | "VersionInfo" => {}
                name => self.unknown(path.to_owned(), name),
            }
        }
        // some senders forget the class of the set
        if !is_set && found.unique_id.is_empty() {
            self.unknown(path.to_owned(), "RegistryPackage");
            return None;
        }
        Some(found)
    }

    fn set_slot(&mut self, node: NodeId, found: &mut SubmissionSet, path: &str) {
        let slot = self.slot(node, path);
        match slot.name.as_str() {
            "submissionTime" => found.submission_time = first(slot).unwrap_or_default(),
            "intendedRecipient" => found.recipients = slot.values,
            _ => found.other_slots.push(slot),
        }
    }

    fn set_classification(&mut self, node: NodeId, found: &mut SubmissionSet, path: &str) {
        let path = format!("{path}/Classification");
        match self.tree.attr(node, "classificationScheme") {
            Some(set::AUTHOR) => found.authors.push(self.author(node, &path)),
            Some(set::CONTENT_TYPE) => {
                once!(self, found.activity, Some(self.code(node, &path)), path);
            }
            other => {
                let other = other.unwrap_or_default().to_owned();
                self.unknown(path, &other);
            }
        }
    }

    fn set_identifier(&mut self, node: NodeId, found: &mut SubmissionSet, path: &str) {
        let value = self.attr(node, "value");
        match self.tree.attr(node, "identificationScheme") {
            Some(set::PATIENT_ID) => found.patient_id = Some(Cx::from_text(value)),
            Some(set::SOURCE_ID) => found.source_id = value,
            Some(set::UNIQUE_ID) => found.unique_id = value,
            other => {
                let other = other.unwrap_or_default().to_owned();
                self.unknown(format!("{path}/ExternalIdentifier"), &other);
            }
        }
    }

    fn entry(&mut self, node: NodeId, path: &str) -> DocumentEntry {
        let tree = self.tree;
        let mut entry = DocumentEntry {
            entry_uuid: self.attr(node, "id"),
            logical_id: self.optional(node, "lid"),
            home_community_id: self.optional(node, "home"),
            availability_status: self.optional(node, "status"),
            object_type: self
                .optional(node, "objectType")
                .filter(|kind| kind != STABLE_DOCUMENT),
            mime_type: self.attr(node, "mimeType"),
            ..DocumentEntry::default()
        };
        for child in tree.children(node) {
            match tree.name(child) {
                "Slot" => self.entry_slot(child, &mut entry, path),
                "Name" => entry.title = self.localized(child),
                "Description" => entry.comments = self.localized(child),
                "VersionInfo" => entry.version = self.optional(child, "versionName"),
                "Classification" => self.entry_classification(child, &mut entry, path),
                "ExternalIdentifier" => {
                    let value = self.attr(child, "value");
                    match tree.attr(child, "identificationScheme") {
                        Some(document::PATIENT_ID) => {
                            entry.patient_id = Some(Cx::from_text(value));
                        }
                        Some(document::UNIQUE_ID) => entry.unique_id = value,
                        other => {
                            let other = other.unwrap_or_default().to_owned();
                            self.unknown(format!("{path}/ExternalIdentifier"), &other);
                        }
                    }
                }
                "" | "ContentVersionInfo" => {}
                name => self.unknown(path.to_owned(), name),
            }
        }
        entry
    }

    fn entry_slot(&mut self, node: NodeId, entry: &mut DocumentEntry, path: &str) {
        let slot = self.slot(node, path);
        let path = format!("{path}/Slot[@name='{}']", slot.name);
        match slot.name.as_str() {
            "creationTime" => once!(self, entry.creation_time, first(slot), path),
            "languageCode" => once!(self, entry.language_code, first(slot), path),
            "serviceStartTime" => once!(self, entry.service_start_time, first(slot), path),
            "serviceStopTime" => once!(self, entry.service_stop_time, first(slot), path),
            "hash" => once!(self, entry.hash, first(slot), path),
            "URI" => {
                // IHE cuts a long URI in numbered pieces
                let uri = slot.values.concat();
                once!(self, entry.uri, Some(uri), path);
            }
            "repositoryUniqueId" => once!(self, entry.repository_unique_id, first(slot), path),
            "size" => {
                if let Some(text) = first(slot) {
                    match text.parse() {
                        Ok(size) => once!(self, entry.size, Some(size), path),
                        Err(_) => {
                            let problem = Problem::new(&rules::SIZE, path).found(text);
                            self.problems.push(problem);
                        }
                    }
                }
            }
            "sourcePatientId" => {
                let value = first(slot).map(Cx::from_text);
                once!(self, entry.source_patient_id, value, path);
            }
            "legalAuthenticator" => {
                let value = first(slot).map(Xcn::from_text);
                once!(self, entry.legal_authenticator, value, path);
            }
            "sourcePatientInfo" => entry.source_patient_info.extend(slot.values),
            REFERENCE_IDS => entry.reference_ids.extend(all(slot, Cx::from_text)),
            _ => entry.other_slots.push(slot),
        }
    }

    fn entry_classification(&mut self, node: NodeId, entry: &mut DocumentEntry, path: &str) {
        let path = format!("{path}/Classification");
        let scheme = self
            .tree
            .attr(node, "classificationScheme")
            .map(str::to_owned);
        match scheme.as_deref() {
            Some(document::AUTHOR) => entry.authors.push(self.author(node, &path)),
            Some(document::CONFIDENTIALITY) => {
                let code = self.code(node, &path);
                entry.confidentiality.push(code);
            }
            Some(document::EVENT) => {
                let code = self.code(node, &path);
                entry.event_codes.push(code);
            }
            Some(document::CLASS) => {
                once!(self, entry.class_code, Some(self.code(node, &path)), path);
            }
            Some(document::FORMAT) => {
                once!(self, entry.format_code, Some(self.code(node, &path)), path);
            }
            Some(document::FACILITY) => {
                once!(
                    self,
                    entry.facility_type,
                    Some(self.code(node, &path)),
                    path
                );
            }
            Some(document::PRACTICE) => {
                once!(
                    self,
                    entry.practice_setting,
                    Some(self.code(node, &path)),
                    path
                );
            }
            Some(document::TYPE) => {
                once!(self, entry.type_code, Some(self.code(node, &path)), path);
            }
            other => {
                let other = other.unwrap_or_default().to_owned();
                self.unknown(path, &other);
            }
        }
    }
}

fn first(slot: Slot) -> Option<String> {
    slot.values.into_iter().next()
}

fn all<T>(slot: Slot, make: impl Fn(String) -> T) -> Vec<T> {
    slot.values.into_iter().map(make).collect()
}
