//! The record target.

use dcc_xml::NodeId;

use super::header::Patient;
use super::node::Nodes;

impl Nodes<'_, '_> {
    /// A `patientRole`.
    pub(super) fn patient(&mut self, role: NodeId, path: &str) -> Patient {
        let tree = self.tree;
        let mut patient = Patient {
            ids: self.identifiers(role),
            addresses: tree
                .elements(role, "addr")
                .filter_map(|address| self.address(address))
                .collect(),
            ..Patient::default()
        };
        let Some(person) = tree.element(role, "patient") else {
            return patient;
        };
        patient.names = tree
            .elements(person, "name")
            .map(|name| self.name(name))
            .filter(|name| !name.families.is_empty() || !name.givens.is_empty())
            .collect();
        patient.gender = self
            .child_code(person, "administrativeGenderCode")
            .map_or_else(String::new, |code| code.code);
        patient.birth_time = self.child_time(person, &format!("{path}/patient"), "birthTime");
        patient.birth_place = tree
            .path(person, &["birthplace", "place", "addr"])
            .and_then(|address| self.address(address));
        patient
    }
}
