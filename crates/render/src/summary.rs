//! The header as titled lists of facts: the one wording that the HTML and the
//! PDF share.

use crate::header::{Act, Actor, Encounter, Header, Patient};
use dcc_cda::ii;

/// A titled list of facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Title, in French.
    pub title: String,
    /// Its facts.
    pub rows: Vec<Row>,
}

/// A label with the lines of its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is, in French.
    pub label: String,
    /// The value; the first line is the most important.
    pub lines: Vec<String>,
    /// True when the first line deserves to stand out.
    pub is_strong: bool,
}

impl Card {
    fn new(title: &str) -> Card {
        Card {
            title: title.to_owned(),
            rows: Vec::new(),
        }
    }

    fn add(&mut self, label: &str, value: Option<impl Into<String>>) {
        let value: Option<String> = value.map(Into::into);
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            self.rows.push(Row {
                label: label.to_owned(),
                lines: vec![value],
                is_strong: true,
            });
        }
    }

    fn add_lines(&mut self, label: &str, lines: Vec<String>) {
        if !lines.is_empty() {
            self.rows.push(Row {
                label: label.to_owned(),
                lines,
                is_strong: true,
            });
        }
    }

    /// Lines of which none stands out.
    fn add_plain(&mut self, label: &str, lines: Vec<String>) {
        self.add_lines(label, lines);
        if let Some(row) = self.rows.last_mut() {
            row.is_strong = false;
        }
    }

    fn actors(&mut self, actors: &[Actor]) {
        for actor in actors {
            self.add_lines(&actor.role, actor_lines(actor));
        }
    }
}

/// What a reader needs before the narrative: patient, document, meeting.
pub fn essentials(header: &Header) -> Vec<Card> {
    let mut cards: Vec<Card> = header.patients.iter().map(patient).collect();
    cards.push(document(header));
    kept(cards)
}

/// What a reader may look up after the narrative: persons, acts, references.
pub fn details(header: &Header) -> Vec<Card> {
    let mut contacts = Card::new("Représentants et personnes à contacter");
    contacts.actors(&header.contacts);
    let mut people = Card::new("Professionnels et structures");
    people.actors(&header.authors);
    people.actors(header.legal_authenticator.as_slice());
    people.actors(&header.attesters);
    people.actors(&header.participants);
    let mut recipients = Card::new("Destinataires");
    recipients.actors(&header.recipients);
    let mut acts = Card::new("Actes documentés");
    for one in &header.acts {
        act(one, header, &mut acts);
    }
    for order in &header.orders {
        acts.add("Prescription ou inscription", Some(order.as_str()));
    }
    let mut care = Card::new("Prise en charge");
    if let Some(one) = &header.encounter {
        encounter(one, &mut care);
    }
    let mut references = Card::new("Références du document");
    references.add("Identifiant", Some(header.id.as_str()));
    references.add("Identifiant du lot de versions", header.set_id.as_deref());
    for related in &header.related {
        references.add(&related.label, Some(related.value.as_str()));
    }
    for consent in &header.consents {
        references.add("Consentement", Some(consent.as_str()));
    }
    references.actors(header.custodian.as_slice());
    let mut others = Card::new("Autres données de l’en-tête");
    for other in &header.others {
        others.add(&other.label, Some(other.value.as_str()));
    }
    kept(vec![
        contacts, people, recipients, acts, care, references, others,
    ])
}

fn kept(mut cards: Vec<Card>) -> Vec<Card> {
    cards.retain(|c| !c.rows.is_empty());
    cards
}

fn patient(patient: &Patient) -> Card {
    let mut card = Card::new("Patient");
    card.add("Nom de naissance", patient.birth_family.as_deref());
    let given = patient
        .birth_given
        .as_deref()
        .or(patient.first_birth_given.as_deref());
    card.add("Prénoms de naissance", given);
    if patient.birth_given.is_some() && patient.first_birth_given != patient.birth_given {
        card.add("Premier prénom", patient.first_birth_given.as_deref());
    }
    card.add("Nom utilisé", patient.used_family.as_deref());
    card.add("Prénom utilisé", patient.used_given.as_deref());
    for detail in patient.name_details.iter().chain(&patient.other_names) {
        card.add(&detail.label, Some(detail.value.as_str()));
    }
    card.add("Sexe", patient.sex.as_deref());
    card.add("Date de naissance", patient.birth_date.as_deref());
    card.add("Lieu de naissance", patient.birth_place.as_deref());
    card.add("Décès", patient.deceased.as_deref());
    if let Some(ins) = &patient.ins {
        let mut lines = vec![ii::matricule(&ins.value)];
        lines.push(format!("OID {}", ins.oid));
        if !ins.is_production {
            lines.push("Matricule fictif, hors production".to_owned());
        }
        card.add_lines(&format!("Matricule {}", ins.kind), lines);
    }
    for id in &patient.local_ids {
        card.add(&id.label, Some(id.value.as_str()));
    }
    for (label, lines) in [
        ("Adresse", &patient.addresses),
        ("Coordonnées", &patient.telecoms),
    ] {
        if !lines.is_empty() {
            card.add_plain(label, lines.clone());
        }
    }
    for detail in &patient.details {
        card.add(&detail.label, Some(detail.value.as_str()));
    }
    card
}

fn document(header: &Header) -> Card {
    let mut card = Card::new("Document");
    card.add("Type", header.kind.as_deref());
    card.add("Date", header.date.as_deref());
    card.add("Version", header.version.as_deref());
    for related in &header.related {
        if related.label.starts_with("Remplace") {
            card.add(&related.label, Some(related.value.as_str()));
        }
    }
    card.add("Statut", header.status.as_deref());
    card.add(
        "Confidentialité",
        header.confidentiality.as_deref().filter(|c| *c != "Normal"),
    );
    let label = if header.authors.len() > 1 {
        "Auteurs"
    } else {
        "Auteur"
    };
    card.add_lines(label, header.authors.iter().map(Actor::who).collect());
    card.add(
        "Responsable",
        header.legal_authenticator.as_ref().map(Actor::who),
    );
    if let Some(encounter) = &header.encounter {
        let (date, place) = header
            .encounter_labels
            .unwrap_or(("Prise en charge", "Lieu"));
        card.add(date, encounter.date.as_deref());
        card.add(place, encounter.place.as_deref());
    }
    if header.encounter.as_ref().is_none_or(|e| e.place.is_none()) {
        card.add(
            "Structure",
            header
                .custodian
                .as_ref()
                .and_then(|c| c.organization.as_deref()),
        );
    }
    card
}

fn actor_lines(actor: &Actor) -> Vec<String> {
    let mut lines = Vec::new();
    let mut head = actor.name.clone().unwrap_or_default();
    if let Some(quality) = &actor.quality {
        if head.is_empty() {
            head.clone_from(quality);
        } else {
            head.push_str(&format!(" ({quality})"));
        }
    }
    lines.push(head);
    lines.extend(match (&actor.organization, &actor.activity) {
        (Some(name), Some(activity)) => Some(format!("{name} ({activity})")),
        (name, activity) => name.clone().or_else(|| activity.clone()),
    });
    lines.push(
        actor
            .ids
            .iter()
            .map(|id| format!("{}\u{A0}{}", id.label, id.value))
            .collect::<Vec<_>>()
            .join(" · "),
    );
    lines.extend(actor.addresses.iter().cloned());
    lines.push(actor.telecoms.join(" · "));
    lines.extend(actor.comment.clone());
    lines.extend(actor.date.as_ref().map(|d| format!("Le {d}")).map(|d| {
        if d.starts_with("Le du ") {
            d.replacen("Le du", "Du", 1)
        } else if d.starts_with("Le jusqu") {
            d.replacen("Le jusqu", "Jusqu", 1)
        } else {
            d
        }
    }));
    lines.retain(|l| !l.is_empty());
    if lines.is_empty() {
        lines.push("Non renseigné".to_owned());
    }
    lines
}

fn act(act: &Act, header: &Header, card: &mut Card) {
    let mut lines = Vec::new();
    match (&act.label, &act.code) {
        (Some(label), Some(code)) => lines.push(format!("{label} ({code})")),
        (Some(one), None) | (None, Some(one)) => lines.push(one.clone()),
        (None, None) => {}
    }
    lines.extend(act.detail.clone());
    lines.extend(act.date.clone());
    for other in &act.others {
        lines.push(format!("{}\u{A0}: {}", other.label, other.value));
    }
    for performer in &act.performers {
        lines.extend(performer_lines(performer, header));
    }
    card.add_lines("Acte", lines);
}

/// Who performed an act; what else is known of them, unless it stands whole
/// elsewhere in the header.
fn performer_lines(performer: &Actor, header: &Header) -> Vec<String> {
    let mut lines = vec![performer.who()];
    let is_elsewhere = header
        .authors
        .iter()
        .chain(&header.legal_authenticator)
        .chain(&header.participants)
        .chain(&header.attesters)
        .any(|other| other.covers(performer));
    if is_elsewhere {
        return lines;
    }
    let known = Actor {
        name: None,
        organization: None,
        ..performer.clone()
    };
    let more = actor_lines(&known);
    if more != ["Non renseigné"] {
        lines.push(more.join(" · "));
    }
    lines
}

fn encounter(encounter: &Encounter, card: &mut Card) {
    card.add("Type", encounter.kind.as_deref());
    card.add("Date", encounter.date.as_deref());
    let mut place: Vec<String> = encounter.place.iter().cloned().collect();
    place.extend(encounter.place_kind.clone());
    place.extend(encounter.addresses.iter().cloned());
    card.add_lines("Lieu", place);
    card.add("Modalité de sortie", encounter.discharge.as_deref());
    for id in &encounter.ids {
        card.add(&id.label, Some(id.value.as_str()));
    }
    card.actors(&encounter.actors);
}
