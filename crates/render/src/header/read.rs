//! The reader of a header: one element at a time, each marked when it is used.

use super::rest;
use super::types::{Actor, Fact, Header};
use crate::profile::{KindProfile, Profile};
use crate::typography::{french, private};
use crate::warn::Warnings;
use crate::{rules, words};
use dcc_base::problem::{Problem, Problems};
use dcc_cda::{code, ii, interval, name, parts};
use dcc_xml::tree::{NodeId, Tree};

/// What reads a header.
pub(super) struct Reader<'t, 'a> {
    pub(super) tree: &'t Tree<'a>,
    pub(super) profile: &'t Profile,
    pub(super) kind: Option<&'static KindProfile>,
    pub(super) problems: Problems,
}

/// Reads the header of `document`.
pub(crate) fn read(
    tree: &Tree<'_>,
    document: NodeId,
    profile: &Profile,
    warnings: &mut Warnings,
) -> Header {
    let kind_code = tree
        .element(document, "code")
        .and_then(|c| parts::attribute(tree, c, "code"))
        .unwrap_or_default();
    let title = parts::child_text(tree, document, "title").unwrap_or_default();
    let mut reader = Reader {
        tree,
        profile,
        kind: profile.kind(&kind_code, &title),
        problems: Problems::new(),
    };
    let header = reader.header(document, kind_code);
    for mut problem in reader.problems {
        problem.code = rules::MOMENT.code;
        warnings.push(problem);
    }
    for child in tree.children(document) {
        if tree.name(child) != "component" {
            private_characters(tree, child, warnings);
        }
    }
    header
}

/// Reports the characters of a word processor's private area.
fn private_characters(tree: &Tree<'_>, id: NodeId, warnings: &mut Warnings) {
    let own = tree.attrs(id).iter().map(|a| &*a.value);
    let found = std::iter::once(tree.text(id))
        .chain(own)
        .find_map(|text| text.chars().find(|c| matches!(c, '\u{E000}'..='\u{F8FF}')));
    if let Some(c) = found {
        let rule = match private(c) {
            Some(_) => &rules::PRIVATE,
            None => &rules::GLYPH,
        };
        warnings
            .push(Problem::new(rule, tree.path_of(id)).found(format!("U+{:04X}", u32::from(c))));
    }
    for child in tree.children(id) {
        private_characters(tree, child, warnings);
    }
}

impl Reader<'_, '_> {
    fn header(&mut self, document: NodeId, kind_code: String) -> Header {
        let tree = self.tree;
        let mut kind = code::child(tree, document, "code");
        let title = parts::child_text(tree, document, "title")
            .or_else(|| kind.clone())
            .unwrap_or_else(|| "Document de santé".to_owned());
        let title = french(&title).into_owned();
        if let Some(name) = self.kind.and_then(|k| k.name) {
            kind = Some(name.to_owned());
        }
        let value = |name: &str, attribute: &str| {
            let element = tree.element(document, name)?;
            tree.mark(element);
            parts::attribute(tree, element, attribute)
        };
        let mut header = Header {
            id: tree
                .element(document, "id")
                .map(|e| ii::instance(tree, e))
                .unwrap_or_default(),
            set_id: tree
                .element(document, "setId")
                .map(|e| ii::instance(tree, e)),
            version: value("versionNumber", "value"),
            title,
            kind,
            date: self.time(document, "effectiveTime"),
            date_value: value("effectiveTime", "value"),
            status: code::child(tree, document, "statusCode"),
            confidentiality: value("confidentialityCode", "code").map(|code| {
                words::confidentiality(&code).map_or_else(
                    || code::child(tree, document, "confidentialityCode").unwrap_or(code),
                    str::to_owned,
                )
            }),
            language: value("languageCode", "code"),
            encounter_labels: self.kind.and_then(|k| k.encounter),
            kind_code,
            ..Header::default()
        };
        for child in tree.children(document) {
            if tree.is(child, tree.name(child)) {
                self.one(child, &mut header);
            }
        }
        header.others = rest::others(tree, document);
        header
    }

    fn one(&mut self, child: NodeId, header: &mut Header) {
        let tree = self.tree;
        match tree.name(child) {
            "recordTarget" => {
                if let Some(role) = tree.element(child, "patientRole") {
                    let person = tree.element(role, "patient");
                    header.patients.push(self.patient(role, person));
                    for guardian in person.iter().flat_map(|p| tree.elements(*p, "guardian")) {
                        let actor = self.actor(guardian, "Représentant légal");
                        header.contacts.push(actor);
                    }
                }
            }
            "author" => header.authors.push(self.attested(child, "Auteur")),
            "dataEnterer" => header
                .attesters
                .push(self.attested(child, "Opérateur de saisie")),
            "authenticator" => header.attesters.push(self.attested(child, "Approbateur")),
            "legalAuthenticator" => {
                header.legal_authenticator = Some(self.attested(child, "Responsable du document"));
            }
            "custodian" => {
                let path = ["assignedCustodian", "representedCustodianOrganization"];
                header.custodian = tree.path(child, &path).map(|o| Actor {
                    role: "Organisation chargée de la conservation".to_owned(),
                    organization: name::organization(tree, o),
                    ids: self.ids(o),
                    addresses: self.addresses(o),
                    telecoms: self.telecoms(o),
                    ..Actor::default()
                });
            }
            "informationRecipient" => {
                let role = match tree.peek(child, "typeCode") {
                    Some("TRC") => "Destinataire en copie",
                    _ => "Destinataire",
                };
                header.recipients.push(self.attested(child, role));
            }
            "informant" => self.informant(child, header),
            "participant" => {
                let actor = self.participant(child);
                if !actor.is_empty() {
                    header.participants.push(actor);
                }
            }
            "documentationOf" => {
                if let Some(event) = tree.element(child, "serviceEvent") {
                    header.acts.push(self.act(event));
                }
            }
            "inFulfillmentOf" => {
                if let Some(order) = tree.element(child, "order") {
                    header.orders.push(self.order(order));
                }
            }
            "relatedDocument" => {
                let label = words::relation(tree.peek(child, "typeCode").unwrap_or_default());
                for parent in tree.elements(child, "parentDocument") {
                    header.related.push(Fact::new(label, self.parent(parent)));
                }
            }
            "authorization" => {
                for consent in tree.elements(child, "consent") {
                    header.consents.push(self.consent(consent));
                }
            }
            "componentOf" => {
                if let Some(encounter) = tree.element(child, "encompassingEncounter") {
                    header.encounter = Some(self.encounter(encounter));
                }
            }
            _ => {}
        }
    }

    /// A document that this one replaces or completes.
    fn parent(&self, parent: NodeId) -> String {
        let tree = self.tree;
        let ids: Vec<String> = tree
            .elements(parent, "id")
            .map(|e| ii::instance(tree, e))
            .filter(|t| !t.is_empty())
            .collect();
        let mut notes = Vec::new();
        notes.extend(code::child(tree, parent, "code"));
        if let Some(version) = tree.element(parent, "versionNumber") {
            tree.mark(version);
            notes.extend(parts::attribute(tree, version, "value").map(|v| format!("version {v}")));
        }
        if let Some(set) = tree.element(parent, "setId") {
            notes.push(format!("lot de versions {}", ii::instance(tree, set)));
        }
        let mut value = ids.join(", ");
        if !notes.is_empty() {
            value.push_str(&format!(" ({})", notes.join(", ")));
        }
        value.trim().to_owned()
    }

    fn consent(&self, consent: NodeId) -> String {
        let tree = self.tree;
        let mut all: Vec<String> = code::child(tree, consent, "code").into_iter().collect();
        all.extend(tree.elements(consent, "id").map(|e| ii::instance(tree, e)));
        all.retain(|t| !t.is_empty());
        all.join(", ")
    }

    pub(super) fn time(&mut self, id: NodeId, name: &str) -> Option<String> {
        interval::child(self.tree, id, name, &mut self.problems)
    }

    pub(super) fn ids(&self, id: NodeId) -> Vec<Fact> {
        let tree = self.tree;
        tree.elements(id, "id")
            .filter_map(|e| ii::identifier(tree, e, self.profile.domains))
            .map(|(label, value)| Fact { label, value })
            .collect()
    }

    pub(super) fn telecoms(&mut self, id: NodeId) -> Vec<String> {
        dcc_cda::telecom::all(self.tree, id, &mut self.problems)
    }

    pub(super) fn addresses(&mut self, id: NodeId) -> Vec<String> {
        dcc_cda::address::all(self.tree, id, &mut self.problems)
    }
}
