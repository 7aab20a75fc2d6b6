//! Authors, legal authenticator and acts.

use dcc_xml::NodeId;

use super::header::{Encounter, Participant, ServiceEvent};
use super::node::Nodes;

impl Nodes<'_, '_> {
    /// An `author` or a `legalAuthenticator`, whose role stands in `role`.
    pub(super) fn participant(&self, node: NodeId, path: String, role: &str) -> Participant {
        let tree = self.tree;
        let function = tree.element(node, "functionCode");
        let mut participant = Participant {
            path,
            role: function.and_then(|f| self.attr(f, "displayName")),
            ..Participant::default()
        };
        let Some(assigned) = tree.element(node, role) else {
            return participant;
        };
        participant.id = self.identifiers(assigned).into_iter().next();
        participant.specialty = self.child_code(assigned, "code");
        if let Some(name) = tree.path(assigned, &["assignedPerson", "name"]) {
            participant.name = self.name(name);
        }
        participant.device = tree.element(assigned, "assignedAuthoringDevice").map(|d| {
            (
                self.child_text(d, "softwareName"),
                self.child_text(d, "manufacturerModelName"),
            )
        });
        participant.organization = tree
            .element(assigned, "representedOrganization")
            .map(|organization| self.organization(organization));
        participant
    }

    /// A `serviceEvent`.
    pub(super) fn service_event(&mut self, node: NodeId, path: String) -> ServiceEvent {
        let tree = self.tree;
        let (start, stop) = self.interval(node, &path);
        let performers: Vec<_> = tree.elements(node, "performer").collect();
        let organization = ["assignedEntity", "representedOrganization"];
        let setting = performers.iter().find_map(|performer| {
            let organization = tree.path(*performer, &organization)?;
            self.child_code(organization, "standardIndustryClassCode")
        });
        ServiceEvent {
            path,
            code: self.child_code(node, "code"),
            start,
            stop,
            setting,
            has_performer: !performers.is_empty(),
        }
    }

    /// An `encompassingEncounter`.
    pub(super) fn encounter(&mut self, node: NodeId, path: &str) -> Encounter {
        let (start, stop) = self.interval(node, path);
        let facility = self.tree.path(node, &["location", "healthCareFacility"]);
        Encounter {
            ids: self.identifiers(node),
            start,
            stop,
            facility: facility.and_then(|facility| self.child_code(facility, "code")),
        }
    }
}
