//! One line of a table, cell by cell, whatever its format: the one place
//! where a value becomes a field of a fact, or a problem.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::facts::{
    Attendance, AttendanceFact, FicheFact, OfferFact, Origin, PpsFact, SessionFact, SessionStatus,
};
use super::feed::{Fact, Table};
use super::ledger::Ledger;
use super::rules;

/// A value of a table, as its format gives it.
#[derive(Clone, Debug)]
pub(super) enum Cell<'a> {
    Absent,
    Text(Cow<'a, str>),
    Bool(bool),
    Int(i64),
    /// Not constructed by the text formats, which write dates as text.
    #[cfg_attr(not(feature = "arrow"), allow(dead_code))]
    Date(NaiveDate),
    List(Vec<Cow<'a, str>>),
    /// Attendances inside a session (JSON).
    Attendances(Vec<Attendance>),
    /// A value of a type that no column takes, as shown to the reader.
    Other(String),
}

/// The longest excerpt of a bad value that a problem shows, in characters.
const SHOWN: usize = 80;

pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl Cell<'_> {
    fn show(&self) -> String {
        match self {
            Cell::Absent => String::new(),
            Cell::Text(t) => shown(t),
            Cell::Bool(b) => b.to_string(),
            Cell::Int(i) => i.to_string(),
            Cell::Date(d) => d.to_string(),
            Cell::List(l) => shown(&l.join("|")),
            Cell::Attendances(a) => format!("{} présences", a.len()),
            Cell::Other(o) => shown(o),
        }
    }
}

/// One line of a table, read column by column; remembers whether all went
/// well.
pub(super) struct Line<'a, 'l, G> {
    pub(super) get: G,
    pub(super) origin: Origin<'a>,
    pub(super) ledger: &'l mut Ledger,
    pub(super) ok: bool,
}

impl<'c, G: Fn(&str) -> Cell<'c>> Line<'_, '_, G> {
    fn bad(
        &mut self,
        rule: &'static crate::problem::Rule,
        column: &str,
        message: &str,
        found: &Cell<'_>,
        allowed: &[&str],
    ) {
        self.ok = false;
        self.ledger.add(self.origin, rule, |p| {
            let p = p
                .message(format!("Colonne « {column} » : {message}"))
                .allowed(allowed.iter().copied());
            if matches!(found, Cell::Absent) {
                p
            } else {
                p.found(found.show())
            }
        });
    }

    fn cell(&self, column: &str) -> Cell<'c> {
        match (self.get)(column) {
            Cell::Text(t) if t.trim().is_empty() => Cell::Absent,
            cell => cell,
        }
    }

    fn text(&mut self, column: &str) -> Option<String> {
        match self.cell(column) {
            Cell::Absent => None,
            Cell::Text(t) => Some(t.trim().to_owned()),
            Cell::Int(i) => Some(i.to_string()),
            other => {
                self.bad(
                    &rules::TEXT,
                    column,
                    "la valeur doit être un texte",
                    &other,
                    &[],
                );
                None
            }
        }
    }

    fn key(&mut self, column: &str) -> String {
        let was = self.ledger.0.len();
        self.text(column).unwrap_or_else(|| {
            if was == self.ledger.0.len() {
                self.bad(
                    &rules::MISSING,
                    column,
                    "la valeur est obligatoire",
                    &Cell::Absent,
                    &[],
                );
            }
            String::new()
        })
    }

    fn boolean(&mut self, column: &str) -> Option<bool> {
        let cell = self.cell(column);
        match &cell {
            Cell::Absent => return None,
            Cell::Bool(b) => return Some(*b),
            Cell::Int(0) => return Some(false),
            Cell::Int(1) => return Some(true),
            Cell::Text(t) => match t.trim().to_lowercase().as_str() {
                "true" | "1" | "oui" | "vrai" => return Some(true),
                "false" | "0" | "non" | "faux" => return Some(false),
                _ => (),
            },
            _ => (),
        }
        self.bad(
            &rules::BOOLEAN,
            column,
            "la valeur doit être un booléen",
            &cell,
            &["true", "false", "oui", "non", "1", "0"],
        );
        None
    }

    fn required<T>(
        &mut self,
        column: &str,
        read: impl Fn(&mut Self, &str) -> Option<T>,
    ) -> Option<T> {
        let was = self.ledger.0.len();
        let value = read(self, column);
        if value.is_none() && was == self.ledger.0.len() {
            self.bad(
                &rules::MISSING,
                column,
                "la valeur est obligatoire",
                &Cell::Absent,
                &[],
            );
        }
        value
    }

    fn number(&mut self, column: &str) -> Option<u32> {
        let cell = self.cell(column);
        let number = match &cell {
            Cell::Absent => return None,
            Cell::Int(i) => Some(*i),
            Cell::Text(t) => t.trim().parse().ok(),
            _ => None,
        };
        match number {
            Some(n) if n < 0 => self.bad(
                &rules::NEGATIVE,
                column,
                "le nombre ne doit pas être négatif",
                &cell,
                &[],
            ),
            Some(n) => match u32::try_from(n) {
                Ok(n) => return Some(n),
                Err(_) => self.bad(
                    &rules::INTEGER,
                    column,
                    "le nombre est trop grand",
                    &cell,
                    &["de 0 à 4294967295"],
                ),
            },
            None => {
                let negative = matches!(&cell, Cell::Text(t) if t.trim().replace(',', ".").parse::<f64>().is_ok_and(|x| x < 0.0));
                let rule = if negative {
                    &rules::NEGATIVE
                } else {
                    &rules::INTEGER
                };
                self.bad(
                    rule,
                    column,
                    "la valeur doit être un nombre entier, positif ou nul",
                    &cell,
                    &[],
                );
            }
        }
        None
    }

    fn date(&mut self, column: &str) -> Option<NaiveDate> {
        let cell = self.cell(column);
        match &cell {
            Cell::Absent => return None,
            Cell::Date(d) => return Some(*d),
            Cell::Text(t) => {
                if let Some(date) = read_date(t.trim()) {
                    return Some(date);
                }
            }
            _ => (),
        }
        self.bad(
            &rules::DATE,
            column,
            "la date n'existe pas ou n'est pas écrite comme attendu",
            &cell,
            &["AAAA-MM-JJ", "JJ/MM/AAAA"],
        );
        None
    }

    fn status(&mut self, column: &str) -> Option<SessionStatus> {
        let cell = self.cell(column);
        let text = match &cell {
            Cell::Absent => return None,
            Cell::Text(t) => t.trim().to_lowercase(),
            _ => String::new(),
        };
        let found = SessionStatus::WORDS
            .iter()
            .find(|(_, words)| words.contains(&text.as_str()));
        if found.is_none() {
            let allowed: Vec<&str> = SessionStatus::WORDS
                .iter()
                .flat_map(|(_, words)| &words[..2])
                .copied()
                .collect();
            self.bad(
                &rules::STATUS,
                column,
                "le statut est inconnu",
                &cell,
                &allowed,
            );
        }
        found.map(|(status, _)| *status)
    }

    fn list(&mut self, column: &str) -> Vec<String> {
        match self.cell(column) {
            Cell::Absent => Vec::new(),
            Cell::Text(t) => t
                .split('|')
                .map(str::trim)
                .filter(|t| !t.is_empty())
                .map(str::to_owned)
                .collect(),
            Cell::List(l) => l.into_iter().map(Cow::into_owned).collect(),
            other => {
                self.bad(
                    &rules::TEXT,
                    column,
                    "la valeur doit être une liste de textes",
                    &other,
                    &[],
                );
                Vec::new()
            }
        }
    }

    fn attendances(&mut self) -> Vec<Attendance> {
        match self.cell("attendances") {
            Cell::Attendances(a) => a,
            Cell::Absent => Vec::new(),
            Cell::List(l) if l.is_empty() => Vec::new(),
            other => {
                self.bad(
                    &rules::LINE,
                    "attendances",
                    "la valeur doit être une liste de {professional, specialty}",
                    &other,
                    &[],
                );
                Vec::new()
            }
        }
    }

    pub(super) fn fact(&mut self, table: Table) -> Option<Fact> {
        let fact = match table {
            Table::Sessions => Fact::Session(SessionFact {
                id: self.key("id"),
                rcp: self.key("rcp"),
                date: self.required("date", Self::date).unwrap_or_default(),
                status: self
                    .required("status", Self::status)
                    .unwrap_or(SessionStatus::Cancelled),
                establishment: self.text("establishment"),
                centre_3c: self.text("centre_3c"),
                theme: self.text("theme"),
                quorum_reached: self.boolean("quorum_reached"),
                attendances: self.attendances(),
            }),
            Table::Attendances => Fact::Attendance(AttendanceFact {
                session: self.key("session"),
                professional: self.key("professional"),
                specialty: self.text("specialty"),
            }),
            Table::Fiches => Fact::Fiche(FicheFact {
                id: self.key("id"),
                version: self.required("version", Self::number).unwrap_or_default(),
                session: self.key("session"),
                patient: self.key("patient"),
                validated: self
                    .required("validated", Self::boolean)
                    .unwrap_or_default(),
                attending_physician: self.text("attending_physician"),
                attending_physician_mssante: self
                    .boolean("attending_physician_mssante")
                    .unwrap_or_default(),
                g8: self.boolean("g8").unwrap_or_default(),
                oncogeriatric_requested: self
                    .boolean("oncogeriatric_requested")
                    .unwrap_or_default(),
                fertility_preservation: self.boolean("fertility_preservation").unwrap_or_default(),
                trial_proposed: self.boolean("trial_proposed").unwrap_or_default(),
                guideline_respected: self.boolean("guideline_respected"),
            }),
            Table::Pps => Fact::Pps(PpsFact {
                id: self.key("id"),
                version: self.required("version", Self::number).unwrap_or_default(),
                patient: self.key("patient"),
                validated_on: self.date("validated_on"),
                establishment: self.text("establishment"),
                centre_3c: self.text("centre_3c"),
                theme: self.text("theme"),
            }),
            Table::Offers => Fact::Offer(OfferFact {
                id: self.key("id"),
                local_ids: self.list("local_ids"),
                name: self.key("name"),
                theme: self.text("theme"),
                organ_systems: self.list("organ_systems"),
                establishments: self.list("establishments"),
                centre_3c: self.text("centre_3c"),
                place: self.text("place"),
                video_link: self.text("video_link"),
                coordinators: self.list("coordinators"),
                secretariat: self.text("secretariat"),
                recurrence: self.text("recurrence"),
                capacity: self.number("capacity"),
                enrolment_deadline: self.text("enrolment_deadline"),
                quorum_rule: self.text("quorum_rule"),
                recourse: self.boolean("recourse").unwrap_or_default(),
                closed_on: self.date("closed_on"),
            }),
        };
        self.ok.then_some(fact)
    }
}

/// A date without hour, ISO 8601 or French, its digits all there.
fn read_date(text: &str) -> Option<NaiveDate> {
    let format = match text.as_bytes() {
        [_, _, _, _, b'-', _, _, b'-', _, _] => "%Y-%m-%d",
        [_, _, b'/', _, _, b'/', _, _, _, _] => "%d/%m/%Y",
        _ => return None,
    };
    NaiveDate::parse_from_str(text, format).ok()
}
