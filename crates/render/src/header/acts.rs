//! Acts, orders and the encounter of a header.

use super::read::Reader;
use super::types::{Act, Encounter, Fact};
use crate::words;
use dcc_cda::{code, ii, name, parts};
use dcc_xml::tree::NodeId;

impl Reader<'_, '_> {
    pub(super) fn act(&mut self, event: NodeId) -> Act {
        let tree = self.tree;
        let coded = tree.element(event, "code");
        let label = coded.and_then(|c| code::label(tree, c));
        let mut others: Vec<Fact> = Vec::new();
        for text in coded
            .map(|c| code::translations(tree, c))
            .unwrap_or_default()
        {
            if Some(&text) != label.as_ref() {
                others.push(Fact::new("Autre codage", text));
            }
        }
        others.extend(self.ids(event));
        let date = self.time(event, "effectiveTime");
        let mut performers = Vec::new();
        for performer in tree.elements(event, "performer") {
            performers.push(self.attested(performer, "Exécutant"));
        }
        performers.retain(|a| !a.is_empty());
        Act {
            code: coded
                .and_then(|c| parts::attribute(tree, c, "code"))
                .filter(|c| Some(c) != label.as_ref()),
            detail: coded
                .and_then(|c| parts::child_text(tree, c, "originalText"))
                .filter(|t| Some(t) != label.as_ref()),
            label,
            date,
            others,
            performers,
        }
    }

    pub(super) fn order(&self, order: NodeId) -> String {
        let tree = self.tree;
        let ids: Vec<String> = tree
            .elements(order, "id")
            .map(|e| ii::instance(tree, e))
            .filter(|t| !t.is_empty())
            .collect();
        let mut notes: Vec<String> = code::child(tree, order, "code").into_iter().collect();
        notes.extend(code::child(tree, order, "priorityCode"));
        match (ids.is_empty(), notes.is_empty()) {
            (true, _) => notes.join(", "),
            (false, true) => ids.join(", "),
            (false, false) => format!("{} ({})", ids.join(", "), notes.join(", ")),
        }
    }

    pub(super) fn encounter(&mut self, id: NodeId) -> Encounter {
        let tree = self.tree;
        let facility = tree.path(id, &["location", "healthCareFacility"]);
        let location = facility.and_then(|f| tree.element(f, "location"));
        let organization = facility.and_then(|f| tree.element(f, "serviceProviderOrganization"));
        let mut actors = Vec::new();
        for child in tree.children(id) {
            let role = match tree.name(child) {
                "responsibleParty" => "Responsable de la prise en charge",
                "encounterParticipant" => {
                    words::encounter_role(tree.peek(child, "typeCode").unwrap_or_default())
                }
                _ => continue,
            };
            actors.push(self.attested(child, role));
        }
        let mut ids = self.ids(id);
        ids.extend(facility.map(|f| self.ids(f)).unwrap_or_default());
        let mut addresses = Vec::new();
        for place in location.into_iter().chain(organization) {
            for address in self.addresses(place) {
                if !addresses.contains(&address) {
                    addresses.push(address);
                }
            }
        }
        let mut places: Vec<String> = location
            .into_iter()
            .chain(organization)
            .filter_map(|p| name::organization(tree, p))
            .collect();
        places.dedup();
        Encounter {
            kind: code::child(tree, id, "code"),
            date: self.time(id, "effectiveTime"),
            place: (!places.is_empty()).then(|| places.join(", ")),
            addresses,
            place_kind: facility.and_then(|f| code::child(tree, f, "code")),
            discharge: code::child(tree, id, "dischargeDispositionCode"),
            ids,
            actors,
        }
    }
}
