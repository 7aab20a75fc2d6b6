//! Persons and organisations of a header, with their role.

use super::read::Reader;
use super::types::{Actor, Header};
use crate::words;
use dcc_cda::{code, name, parts};
use dcc_xml::tree::{NodeId, Tree};

impl Reader<'_, '_> {
    /// The one child that holds the entity of a participation.
    fn entity(&self, id: NodeId) -> NodeId {
        [
            "assignedAuthor",
            "assignedEntity",
            "intendedRecipient",
            "associatedEntity",
            "relatedEntity",
        ]
        .iter()
        .find_map(|name| self.tree.element(id, name))
        .unwrap_or(id)
    }

    /// An entity: person, quality, organisation.
    pub(super) fn actor(&mut self, entity: NodeId, role: &str) -> Actor {
        let tree = self.tree;
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
        let named = person.and_then(|p| name::people(tree, p, &mut self.problems));
        let device = device.and_then(|device| {
            let mut all: Vec<String> = ["manufacturerModelName", "softwareName"]
                .iter()
                .filter_map(|n| parts::child_text(tree, device, n))
                .collect();
            all.extend(code::child(tree, device, "code"));
            (!all.is_empty()).then(|| all.join(" "))
        });
        let mut actor = Actor {
            role: role.to_owned(),
            name: match (named, device) {
                (Some(name), Some(device)) => Some(format!("{name}, {device}")),
                (name, device) => name.or(device),
            },
            quality: code::child(tree, entity, "code"),
            ids: self.ids(entity),
            addresses: self.addresses(entity),
            telecoms: self.telecoms(entity),
            ..Actor::default()
        };
        if actor.name.is_none() && person.is_some_and(|p| is_masked(tree, p)) {
            actor.name = Some("Identité masquée".to_owned());
        }
        if let Some(organization) = organization {
            actor.organization = name::organization(tree, organization);
            actor.activity = code::child(tree, organization, "standardIndustryClassCode");
            actor.ids.extend(self.ids(organization));
            for address in self.addresses(organization) {
                if !actor.addresses.contains(&address) {
                    actor.addresses.push(address);
                }
            }
            for telecom in self.telecoms(organization) {
                if !actor.telecoms.contains(&telecom) {
                    actor.telecoms.push(telecom);
                }
            }
        }
        actor
    }

    /// A participation with its time and its function.
    pub(super) fn attested(&mut self, id: NodeId, role: &str) -> Actor {
        let tree = self.tree;
        let entity = self.entity(id);
        let mut actor = self.actor(entity, role);
        actor.date = self.time(id, "time");
        actor.comment = tree.element(id, "functionCode").and_then(|f| {
            tree.mark(f);
            let mut all = Vec::new();
            all.extend(parts::child_text(tree, f, "originalText").or_else(|| code::label(tree, f)));
            all.extend(code::translations(tree, f));
            distinct(&mut all);
            (!all.is_empty()).then(|| all.join(", "))
        });
        actor
    }

    /// A participant under its true label: that of the kind of document, else
    /// the translation of its function, else what its codes state.
    pub(super) fn participant(&mut self, id: NodeId) -> Actor {
        let tree = self.tree;
        let type_code = tree.peek(id, "typeCode").unwrap_or_default();
        let function = tree.element(id, "functionCode");
        let function_code = function
            .and_then(|f| parts::attribute(tree, f, "code"))
            .unwrap_or_default();
        let mut translations = function
            .map(|f| code::translations(tree, f))
            .unwrap_or_default();
        let label = function.and_then(|f| parts::attribute(tree, f, "displayName"));
        let own = self.kind.and_then(|k| k.role(type_code, &function_code));
        let common = words::participant_role(type_code, &function_code);
        let own = own.or_else(|| {
            let any = self.kind.and_then(|k| k.role(type_code, "*"))?;
            common
                .is_none_or(|(_, by_function)| !by_function)
                .then_some(any)
        });
        let mut comment = Vec::new();
        let role = match (own, translations.is_empty(), common) {
            (Some(own), ..) => own.to_owned(),
            (None, false, common) => {
                // the care team, not « Correspondant », beside the true label
                if let Some((general, true)) = common
                    && general != "Correspondant"
                {
                    comment.push(general.to_owned());
                }
                translations.remove(0)
            }
            (None, true, Some((common, by_function))) => {
                // the type alone gave the role: the function is something more
                if !by_function {
                    comment.extend(label.clone());
                }
                common.to_owned()
            }
            (None, true, None) => label
                .clone()
                .unwrap_or_else(|| format!("Participant {type_code}").trim().to_owned()),
        };
        let mut actor = self.attested(id, &role);
        comment.extend(function.and_then(|f| parts::child_text(tree, f, "originalText")));
        comment.extend(translations);
        let known = dcc_base::text::fold(&role);
        comment.retain(|text| {
            let text = dcc_base::text::fold(text);
            !known.contains(&text) && text.trim_start_matches("ps ") != known
        });
        distinct(&mut comment);
        actor.comment = (!comment.is_empty()).then(|| comment.join(", "));
        actor
    }

    pub(super) fn informant(&mut self, id: NodeId, header: &mut Header) {
        let tree = self.tree;
        if let Some(related) = tree.element(id, "relatedEntity") {
            let role = words::related_role(tree.peek(related, "classCode").unwrap_or_default());
            let mut actor = self.actor(related, role);
            actor.date = self.time(related, "effectiveTime");
            header.contacts.push(actor);
        } else {
            let actor = self.attested(id, "Informateur");
            header.participants.push(actor);
        }
    }
}

/// True when an element, or a part of it, is withheld (nullFlavor `MSK`).
fn is_masked(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.peek(id, "nullFlavor") == Some("MSK") || tree.children(id).any(|c| is_masked(tree, c))
}

/// Keeps the first of equal texts.
fn distinct(all: &mut Vec<String>) {
    let mut seen: Vec<String> = Vec::new();
    all.retain(|text| {
        let is_new = !seen.contains(text);
        seen.push(text.clone());
        is_new
    });
}
