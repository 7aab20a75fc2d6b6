//! The patient (`recordTarget`).

use super::read::Reader;
use super::types::{Fact, Ins, Patient};
use crate::words;
use dcc_cda::{Ts, code, ii, name, parts};
use dcc_xml::tree::NodeId;

impl Reader<'_, '_> {
    pub(super) fn patient(&mut self, role: NodeId, person: Option<NodeId>) -> Patient {
        let tree = self.tree;
        let mut patient = Patient {
            addresses: self.addresses(role),
            telecoms: self.telecoms(role),
            ..Patient::default()
        };
        for id in tree.elements(role, "id") {
            self.patient_id(id, &mut patient);
        }
        if let Some(provider) = tree.element(role, "providerOrganization") {
            let mut lines: Vec<String> = name::organization(tree, provider).into_iter().collect();
            lines.extend(
                self.ids(provider)
                    .into_iter()
                    .map(|id| format!("{}\u{A0}{}", id.label, id.value)),
            );
            lines.extend(self.addresses(provider));
            lines.extend(self.telecoms(provider));
            if !lines.is_empty() {
                patient
                    .details
                    .push(Fact::new("Structure d’origine", lines.join(" · ")));
            }
        }
        let Some(person) = person else {
            return patient;
        };
        self.names(person, &mut patient);
        patient.sex = tree
            .element(person, "administrativeGenderCode")
            .and_then(|e| {
                tree.mark(e);
                tree.peek(e, "code")
                    .and_then(words::sex)
                    .map(str::to_owned)
                    .or_else(|| code::label(tree, e))
            });
        patient.birth_date = self.time(person, "birthTime");
        patient.has_birth_day = tree
            .element(person, "birthTime")
            .and_then(|e| tree.peek(e, "value"))
            .and_then(|value| Ts::parse(value.trim()).ok())
            .is_some_and(|ts| ts.day.is_some());
        patient.birth_place = tree
            .path(person, &["birthplace", "place"])
            .and_then(|place| self.birth_place(place));
        self.death(person, &mut patient);
        for (element, label) in [
            ("maritalStatusCode", "Situation familiale"),
            ("religiousAffiliationCode", "Religion"),
            ("raceCode", "Origine"),
            ("ethnicGroupCode", "Groupe ethnique"),
        ] {
            for node in tree.elements(person, element) {
                let value = code::label(tree, node);
                patient.details.extend(value.map(|v| Fact::new(label, v)));
            }
        }
        let languages: Vec<String> = tree
            .elements(person, "languageCommunication")
            .filter_map(|l| self.language(l))
            .collect();
        if !languages.is_empty() {
            let label = if languages.len() > 1 {
                "Langues"
            } else {
                "Langue"
            };
            patient.details.push(Fact::new(label, languages.join(", ")));
        }
        patient
    }

    fn patient_id(&self, id: NodeId, patient: &mut Patient) {
        let tree = self.tree;
        tree.mark(id);
        let root = tree.peek(id, "root").unwrap_or_default();
        let value = parts::attribute(tree, id, "extension").unwrap_or_default();
        match ii::ins_kind(root) {
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

    /// The main name by its parts, the others whole. The main name is the
    /// first with a qualifier of birth (RNIV), else the first legal one, else
    /// the first.
    fn names(&mut self, person: NodeId, patient: &mut Patient) {
        let tree = self.tree;
        let all: Vec<NodeId> = tree.elements(person, "name").collect();
        let has_use = |id: NodeId, code: &str| {
            tree.peek(id, "use")
                .is_some_and(|u| u.split_ascii_whitespace().any(|w| w == code))
        };
        let is_birth = |id: &&NodeId| {
            tree.children(**id).any(|part| {
                tree.peek(part, "qualifier")
                    .is_some_and(|q| q.split_ascii_whitespace().any(|w| w == "BR"))
            })
        };
        let main = all
            .iter()
            .find(is_birth)
            .or_else(|| all.iter().find(|id| has_use(**id, "L")))
            .or(all.first())
            .copied();
        for id in all.iter().copied() {
            let mut notes = name::uses(tree, id);
            notes.extend(name::validity(tree, id, &mut self.problems));
            if Some(id) == main {
                self.main_name(id, patient);
                notes.retain(|note| note != "nom légal");
                if !notes.is_empty() {
                    let note = notes.join(", ");
                    patient.name_details.push(Fact::new("Usage du nom", note));
                }
            } else if let Some(text) = name::person(tree, id) {
                let label = match notes.is_empty() {
                    true => "Autre nom".to_owned(),
                    false => format!("Autre nom ({})", notes.join(", ")),
                };
                patient.other_names.push(Fact::new(label, text));
            }
        }
    }

    /// The parts of a patient's name after their qualifier (RNIV).
    fn main_name(&self, name: NodeId, patient: &mut Patient) {
        let tree = self.tree;
        let all = parts::parts(tree, name);
        let has_parts = all.iter().any(|p| matches!(p.name, "family" | "given"));
        if !has_parts {
            patient.used_family = Some(parts::in_order(tree, name)).filter(|t| !t.is_empty());
            return;
        }
        let mut is_mixed = false;
        for part in all {
            let qualifier = tree.peek(part.node, "qualifier").unwrap_or_default();
            let has = |q: &str| qualifier.split_ascii_whitespace().any(|w| w == q);
            let slot = match part.name {
                "family" if has("BR") => &mut patient.birth_family,
                "family" => &mut patient.used_family,
                "given" if has("BR") => &mut patient.first_birth_given,
                "given" if has("CL") => &mut patient.used_given,
                "given" => &mut patient.birth_given,
                "prefix" => {
                    patient
                        .name_details
                        .push(Fact::new("Civilité ou titre", part.text));
                    continue;
                }
                "suffix" => {
                    patient
                        .name_details
                        .push(Fact::new("Suffixe du nom", part.text));
                    continue;
                }
                "validTime" => continue,
                _ => {
                    is_mixed = true;
                    continue;
                }
            };
            match slot {
                Some(known) if *known != part.text => {
                    known.push(' ');
                    known.push_str(&part.text);
                }
                Some(_) => {}
                None => *slot = Some(part.text),
            }
        }
        if is_mixed {
            let whole = parts::in_order(tree, name);
            patient
                .name_details
                .push(Fact::new("Nom tel qu’écrit", whole));
        }
    }

    /// City and INSEE code (in `county`, CI-SIS), the name of the place and
    /// whatever else its address holds.
    fn birth_place(&self, place: NodeId) -> Option<String> {
        let tree = self.tree;
        let named = name::organization(tree, place);
        let Some(addr) = tree.element(place, "addr") else {
            return named;
        };
        let mut main = Vec::new();
        let mut insee = Vec::new();
        let mut others = Vec::new();
        for part in parts::parts(tree, addr) {
            match part.name {
                "city" | "postalCode" | "country" => main.push((part.name, part.text)),
                "county" => insee.push(format!("code INSEE {}", part.text)),
                _ if part.text.is_empty() => {}
                _ => others.push(part.text),
            }
        }
        main.sort_by_key(|(name, _)| match *name {
            "city" => 0,
            "postalCode" => 1,
            _ => 2,
        });
        let main: Vec<String> = main.into_iter().map(|(_, text)| text).collect();
        let mut text = main.join(" ");
        let insee = insee.join(", ");
        match (text.is_empty(), insee.is_empty()) {
            (_, true) => {}
            (true, false) => text = insee,
            (false, false) => text.push_str(&format!(" ({insee})")),
        }
        let mut all: Vec<String> = named.into_iter().chain(others).collect();
        if !text.is_empty() {
            all.insert(0, text);
        }
        (!all.is_empty()).then(|| all.join(", "))
    }

    fn death(&mut self, person: NodeId, patient: &mut Patient) {
        let tree = self.tree;
        let stated = tree.element(person, "deceasedInd").and_then(|e| {
            tree.mark(e);
            parts::attribute(tree, e, "value")
        });
        let date = self.time(person, "deceasedTime");
        patient.deceased = match (date, stated.as_deref()) {
            (Some(date), Some("false")) => Some(format!("{date} (et « non » indiqué)")),
            (Some(date), _) => Some(date),
            (None, Some("true")) => Some("oui".to_owned()),
            (None, Some("false") | None) => None,
            (None, Some(other)) => Some(other.to_owned()),
        };
    }

    fn language(&self, id: NodeId) -> Option<String> {
        let tree = self.tree;
        let mut notes = Vec::new();
        for name in ["modeCode", "proficiencyLevelCode"] {
            notes.extend(code::child(tree, id, name));
        }
        if let Some(preferred) = tree.element(id, "preferenceInd") {
            tree.mark(preferred);
            if tree.peek(preferred, "value") == Some("true") {
                notes.push("préférée".to_owned());
            }
        }
        let language = code::child(tree, id, "languageCode")?;
        Some(match notes.is_empty() {
            true => language,
            false => format!("{language} ({})", notes.join(", ")),
        })
    }
}
