//! One row of a table, cell by cell, whatever its format: the one place
//! where a value becomes a field of a fact, or a problem.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::facts::{
    AttendanceFact, Fact, FactTable, FicheFact, FicheFlags, OfferFact, Origin, PpsFact,
    SessionAttendance, SessionFact, SessionFactStatus,
};
use crate::indicators::problem_log::ProblemLog;
use crate::indicators::rules;
use crate::problem::Rule;

/// What a session has several of, in JSON; no column of a flat table.
pub(super) const ATTENDANCES: &str = "attendances";

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
    Attendances(Vec<SessionAttendance>),
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

/// Checks the names of the columns; gives, when all the required ones are
/// there, the place of each known column.
pub(super) fn header(
    table: FactTable,
    names: &[&str],
    origin: Origin<'_>,
    log: &mut ProblemLog,
) -> Option<Vec<Option<usize>>> {
    let columns = table.columns();
    let mut places = vec![None; columns.len()];
    let mut ok = true;
    for (place, name) in names.iter().enumerate() {
        match columns.iter().position(|(column, _)| column == name) {
            None => log.add(origin, &rules::COLUMN, |p| {
                p.message("La colonne est inconnue ; elle n'est pas lue")
                    .found(shown(name))
                    .allowed(columns.iter().map(|c| c.0))
            }),
            Some(i) if places[i].is_some() => log.add(origin, &rules::COLUMN, |p| {
                p.message("La colonne est donnée deux fois ; seule la première est lue")
                    .found(name)
            }),
            Some(i) => places[i] = Some(place),
        }
    }
    for ((column, required), place) in columns.iter().zip(&places) {
        if *required && place.is_none() {
            ok = false;
            log.add(origin, &rules::MISSING, |p| {
                p.message(format!(
                    "La colonne « {column} » est obligatoire ; aucune ligne n'est lue"
                ))
            });
        }
    }
    ok.then_some(places)
}

/// Reads the fact of a row whose cells `get` knows, by the place of the
/// column and its name; none when it has a problem.
pub(super) fn fact<'c>(
    table: FactTable,
    origin: Origin<'_>,
    log: &mut ProblemLog,
    get: impl Fn(usize, &str) -> Cell<'c>,
) -> Option<Fact> {
    let mut row = RowCells {
        get,
        next: 0,
        origin,
        log,
        ok: true,
    };
    let fact = match table {
        FactTable::Sessions => Fact::Session(ReadFact::read(&mut row)),
        FactTable::Attendances => Fact::Attendance(ReadFact::read(&mut row)),
        FactTable::Fiches => Fact::Fiche(ReadFact::read(&mut row)),
        FactTable::Pps => Fact::Pps(ReadFact::read(&mut row)),
        FactTable::Offers => Fact::Offer(ReadFact::read(&mut row)),
    };
    row.ok.then_some(fact)
}

/// A fact that is read from cells, in the order of its columns.
trait ReadFact {
    fn read<'c>(row: &mut RowCells<'_, '_, impl Fn(usize, &str) -> Cell<'c>>) -> Self;
}

macro_rules! readers {
    ($(
        $(#[$doc:meta])*
        $fact:ident as $row:ident {
            $( $(#[$fdoc:meta])* $field:ident: $kind:ident $(in $names:ident)? $($label:literal)?, )*
        }
        $( with { $(#[$edoc:meta])* $embed:ident: $Embed:ident {
            $( $(#[$bdoc:meta])* $flag:ident: $fkind:ident $(in $fnames:ident)? $($flabel:literal)?, )*
        } } )?
        $( list { $(#[$ldoc:meta])* $many:ident: $Item:ident } )?
        ;
    )*) => { $(
        impl ReadFact for $fact {
            fn read<'c>(row: &mut RowCells<'_, '_, impl Fn(usize, &str) -> Cell<'c>>) -> Self {
                $fact {
                    $( $field: row.$kind(stringify!($field)), )*
                    $( $embed: $Embed { $( $flag: row.$fkind(stringify!($flag)), )* }, )?
                    $( $many: row.$many(), )?
                }
            }
        }
    )* };
}

crate::facts!(readers);

/// One row of a table, read column by column; remembers whether all went
/// well. A method for each kind of field.
struct RowCells<'a, 'l, G> {
    get: G,
    /// Place of the next column.
    next: usize,
    origin: Origin<'a>,
    log: &'l mut ProblemLog,
    ok: bool,
}

impl<'c, G: Fn(usize, &str) -> Cell<'c>> RowCells<'_, '_, G> {
    fn bad(
        &mut self,
        rule: &'static Rule,
        column: &str,
        message: &str,
        found: &Cell<'_>,
        allowed: &[&str],
    ) {
        self.ok = false;
        self.log.add(self.origin, rule, |p| {
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

    fn cell(&mut self, column: &str) -> Cell<'c> {
        let at = self.next;
        self.next += 1;
        match (self.get)(at, column) {
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

    fn dimension(&mut self, column: &str) -> Option<String> {
        self.text(column)
    }

    fn key(&mut self, column: &str) -> String {
        self.required(column, Self::text).unwrap_or_default()
    }

    fn id(&mut self, column: &str) -> String {
        self.key(column)
    }

    fn version(&mut self, column: &str) -> u32 {
        self.required(column, Self::number).unwrap_or_default()
    }

    fn day(&mut self, column: &str) -> NaiveDate {
        self.required(column, Self::maybe_day).unwrap_or_default()
    }

    fn status(&mut self, column: &str) -> SessionFactStatus {
        self.required(column, Self::known_status)
            .unwrap_or(SessionFactStatus::Cancelled)
    }

    fn yes_no(&mut self, column: &str) -> bool {
        self.required(column, Self::answer).unwrap_or_default()
    }

    fn flag(&mut self, column: &str) -> bool {
        self.answer(column).unwrap_or_default()
    }

    fn answer(&mut self, column: &str) -> Option<bool> {
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
        let was = self.log.len();
        let value = read(self, column);
        if value.is_none() && was == self.log.len() {
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

    fn maybe_day(&mut self, column: &str) -> Option<NaiveDate> {
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

    fn known_status(&mut self, column: &str) -> Option<SessionFactStatus> {
        let cell = self.cell(column);
        let text = match &cell {
            Cell::Absent => return None,
            Cell::Text(t) => t.trim().to_lowercase(),
            _ => String::new(),
        };
        let found = SessionFactStatus::WORDS
            .iter()
            .find(|(_, words)| words.contains(&text.as_str()));
        if found.is_none() {
            let allowed: Vec<&str> = SessionFactStatus::WORDS
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

    fn attendances(&mut self) -> Vec<SessionAttendance> {
        match self.cell(ATTENDANCES) {
            Cell::Attendances(a) => a,
            Cell::Absent => Vec::new(),
            Cell::List(l) if l.is_empty() => Vec::new(),
            other => {
                self.bad(
                    &rules::LINE,
                    ATTENDANCES,
                    "la valeur doit être une liste de {professional, specialty}",
                    &other,
                    &[],
                );
                Vec::new()
            }
        }
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
