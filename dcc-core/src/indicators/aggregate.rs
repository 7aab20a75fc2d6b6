//! Facts gathered, part by part, until they are counted.
//!
//! An aggregate keeps the facts themselves, in columns of numbers (a fiche
//! takes 28 bytes and its keys), not sums: a fiche can arrive before its
//! session, an older version after a newer, in another part of the year, and
//! a distinct count stays exact after any merge. All facts given are kept,
//! even those that will not count, so that [`Aggregate::merge`] is
//! associative and commutative, problems included.

use chrono::NaiveDate;

use super::facts::{AttendanceFact, FicheFact, Origin, PpsFact, SessionFact, SessionStatus};
use super::feed::Table;
use super::intern::translate;
use super::ledger::Ledger;
use super::result::{MISSING, TOTAL};
use super::rows::{
    AttendanceRow, CANCELLED, FicheRow, HELD, Names, PLANNED, PpsRow, SessionRow, Store, flag,
};
use super::rules;
use crate::problem::{Problem, Problems};

/// First day accepted where no other is given.
const EARLIEST: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day of the calendar");

/// Last day accepted where no other is given.
const LATEST: NaiveDate = NaiveDate::from_ymd_opt(2099, 12, 31).expect("a day of the calendar");

/// Days since 1970-01-01, as kept in the columns.
pub(super) fn day(date: NaiveDate) -> i32 {
    date.signed_duration_since(NaiveDate::default()).num_days() as i32
}

/// How many facts of each kind were refused when given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) sessions: u64,
    pub(super) attendances: u64,
    pub(super) fiches: u64,
    pub(super) pps: u64,
}

/// Facts of any part of any period; see the [module](self).
///
/// Two aggregates are equal when they hold the same facts and problems,
/// whatever the order in which they came.
#[derive(Clone, Debug)]
pub struct Aggregate {
    pub(super) names: Names,
    pub(super) sessions: Store<SessionRow>,
    pub(super) fiches: Store<FicheRow>,
    pub(super) pps: Store<PpsRow>,
    pub(super) attendances: Vec<AttendanceRow>,
    pub(super) ledger: Ledger,
    pub(super) refused: Refused,
    earliest: NaiveDate,
    latest: NaiveDate,
}

impl Default for Aggregate {
    fn default() -> Self {
        Self::new()
    }
}

impl PartialEq for Aggregate {
    fn eq(&self, other: &Self) -> bool {
        self.to_bytes() == other.to_bytes()
    }
}

impl Aggregate {
    /// No fact. Dates are accepted from 2000-01-01 to 2099-12-31.
    pub fn new() -> Self {
        Self::with_dates(EARLIEST, LATEST)
    }

    /// No fact; the dates accepted as in [`Aggregate::with_dates`], 2000-01-01
    /// and 2099-12-31 standing for a bound that is not given.
    ///
    /// # Errors
    /// `FAIT-BORNES` when the earliest date is after the latest.
    pub fn within(
        earliest: Option<NaiveDate>,
        latest: Option<NaiveDate>,
    ) -> Result<Self, Problems> {
        let (first, last) = (earliest.unwrap_or(EARLIEST), latest.unwrap_or(LATEST));
        if first <= last {
            return Ok(Self::with_dates(first, last));
        }
        let (path, found, allowed) = match earliest {
            Some(_) => ("earliest", first, format!("≤ {last}")),
            None => ("latest", last, format!("≥ {first}")),
        };
        Err(Problem::new(&rules::BOUNDS, path)
            .found(found)
            .allowed([allowed])
            .into())
    }

    /// No fact; a date before `earliest` or after `latest` is refused
    /// (`FAIT-DATE-BORNES`). A host that knows today's date can so refuse
    /// the sessions of a century to come. The bounds guard what is added
    /// here: a merge or a reading back takes facts already accepted.
    pub fn with_dates(earliest: NaiveDate, latest: NaiveDate) -> Self {
        Aggregate {
            names: Names::default(),
            sessions: Store::default(),
            fiches: Store::default(),
            pps: Store::default(),
            attendances: Vec::new(),
            ledger: Ledger::default(),
            refused: Refused::default(),
            earliest,
            latest,
        }
    }

    /// Adds a session and the attendances inside it. False when it is
    /// refused; why is in [`Aggregate::problems`].
    pub fn add_session(&mut self, fact: &SessionFact, origin: Origin<'_>) -> bool {
        let mut ok = self.key("id", &fact.id, origin);
        ok &= self.key("rcp", &fact.rcp, origin);
        ok &= self.date("date", fact.date, origin);
        ok &= self.label("establishment", fact.establishment.as_deref(), origin);
        ok &= self.label("centre_3c", fact.centre_3c.as_deref(), origin);
        ok &= self.label("theme", fact.theme.as_deref(), origin);
        if !ok {
            self.refused.sessions += 1;
            self.refused.attendances += fact.attendances.len() as u64;
            return false;
        }
        let names = &mut self.names;
        let row = SessionRow {
            day: day(fact.date),
            status: match fact.status {
                SessionStatus::Planned => PLANNED,
                SessionStatus::Held => HELD,
                SessionStatus::Cancelled => CANCELLED,
            },
            quorum: fact.quorum_reached.map_or(2, u8::from),
            rcp: names.rcps.add(fact.rcp.trim()),
            establishment: names
                .establishments
                .add_opt(stated(fact.establishment.as_deref())),
            centre: names.centres.add_opt(stated(fact.centre_3c.as_deref())),
            theme: names.themes.add_opt(stated(fact.theme.as_deref())),
            source: names.sources.add(origin.source),
            line: origin.line,
        };
        let symbol = self.sessions.cite(fact.id.trim());
        self.sessions.keep(symbol, row, &self.names, None);
        for attendance in &fact.attendances {
            self.attend(
                &fact.id,
                &attendance.professional,
                attendance.specialty.as_deref(),
                origin,
            );
        }
        true
    }

    /// Adds one attendance. False when it is refused.
    pub fn add_attendance(&mut self, fact: &AttendanceFact, origin: Origin<'_>) -> bool {
        self.attend(
            &fact.session,
            &fact.professional,
            fact.specialty.as_deref(),
            origin,
        )
    }

    fn attend(
        &mut self,
        session: &str,
        professional: &str,
        specialty: Option<&str>,
        origin: Origin<'_>,
    ) -> bool {
        let mut ok = self.key("session", session, origin);
        ok &= self.key("professional", professional, origin);
        ok &= self.label("specialty", specialty, origin);
        if !ok {
            self.refused.attendances += 1;
            return false;
        }
        let row = AttendanceRow {
            session: self.sessions.cite(session.trim()),
            professional: self.names.professionals.add(professional.trim()),
            specialty: self.names.specialties.add_opt(stated(specialty)),
            source: self.names.sources.add(origin.source),
            line: origin.line,
        };
        self.attendances.push(row);
        true
    }

    /// Adds one version of a fiche. False when it is refused.
    pub fn add_fiche(&mut self, fact: &FicheFact, origin: Origin<'_>) -> bool {
        let mut ok = self.key("id", &fact.id, origin);
        ok &= self.key("session", &fact.session, origin);
        ok &= self.key("patient", &fact.patient, origin);
        ok &= self.label(
            "attending_physician",
            fact.attending_physician.as_deref(),
            origin,
        );
        if !ok {
            self.refused.fiches += 1;
            return false;
        }
        let bit = |on: bool, bit: u32| if on { bit } else { 0 };
        let row = FicheRow {
            version: fact.version,
            session: self.sessions.cite(fact.session.trim()),
            patient: self.names.patients.add(fact.patient.trim()),
            physician: self
                .names
                .physicians
                .add_opt(stated(fact.attending_physician.as_deref())),
            flags: bit(fact.validated, flag::VALIDATED)
                | bit(fact.attending_physician_mssante, flag::MSSANTE)
                | bit(fact.g8, flag::G8)
                | bit(fact.oncogeriatric_requested, flag::ONCOGERIATRIC)
                | bit(fact.fertility_preservation, flag::FERTILITY)
                | bit(fact.trial_proposed, flag::TRIAL)
                | bit(fact.guideline_respected == Some(true), flag::GUIDELINE)
                | bit(fact.guideline_respected.is_some(), flag::GUIDELINE_STATED),
            source: self.names.sources.add(origin.source),
            line: origin.line,
        };
        let symbol = self.fiches.cite(fact.id.trim());
        self.fiches
            .keep(symbol, row, &self.names, Some(&self.sessions.ids));
        true
    }

    /// Adds one version of a PPS. False when it is refused.
    pub fn add_pps(&mut self, fact: &PpsFact, origin: Origin<'_>) -> bool {
        let mut ok = self.key("id", &fact.id, origin);
        ok &= self.key("patient", &fact.patient, origin);
        ok &= fact
            .validated_on
            .is_none_or(|date| self.date("validated_on", date, origin));
        ok &= self.label("establishment", fact.establishment.as_deref(), origin);
        ok &= self.label("centre_3c", fact.centre_3c.as_deref(), origin);
        ok &= self.label("theme", fact.theme.as_deref(), origin);
        if !ok {
            self.refused.pps += 1;
            return false;
        }
        let names = &mut self.names;
        let row = PpsRow {
            version: fact.version,
            day: fact.validated_on.map_or(i32::MIN, day),
            patient: names.patients.add(fact.patient.trim()),
            establishment: names
                .establishments
                .add_opt(stated(fact.establishment.as_deref())),
            centre: names.centres.add_opt(stated(fact.centre_3c.as_deref())),
            theme: names.themes.add_opt(stated(fact.theme.as_deref())),
            source: names.sources.add(origin.source),
            line: origin.line,
        };
        let symbol = self.pps.cite(fact.id.trim());
        self.pps.keep(symbol, row, &self.names, None);
        true
    }

    /// Adds the facts of another aggregate. Associative and commutative: the
    /// parts of a year may be merged in any order and any shape.
    ///
    /// The same fact given in both counts once, and is listed
    /// (`FAIT-DOUBLON`).
    pub fn merge(&mut self, other: &Aggregate) {
        let names = &mut self.names;
        let o = &other.names;
        let source = names.sources.absorb(&o.sources);
        let rcp = names.rcps.absorb(&o.rcps);
        let establishment = names.establishments.absorb(&o.establishments);
        let centre = names.centres.absorb(&o.centres);
        let theme = names.themes.absorb(&o.themes);
        let patient = names.patients.absorb(&o.patients);
        let physician = names.physicians.absorb(&o.physicians);
        let professional = names.professionals.absorb(&o.professionals);
        let specialty = names.specialties.absorb(&o.specialties);
        let session: Vec<u32> = other
            .sessions
            .ids
            .iter()
            .map(|id| self.sessions.cite(id))
            .collect();

        for (symbol, row) in other.sessions.rows() {
            let row = SessionRow {
                rcp: rcp[row.rcp as usize],
                establishment: translate(&establishment, row.establishment),
                centre: translate(&centre, row.centre),
                theme: translate(&theme, row.theme),
                source: source[row.source as usize],
                ..*row
            };
            self.sessions
                .keep(session[symbol as usize], row, &self.names, None);
        }
        let fiche: Vec<u32> = other
            .fiches
            .ids
            .iter()
            .map(|id| self.fiches.cite(id))
            .collect();
        for (symbol, row) in other.fiches.rows() {
            let row = FicheRow {
                session: session[row.session as usize],
                patient: patient[row.patient as usize],
                physician: translate(&physician, row.physician),
                source: source[row.source as usize],
                ..*row
            };
            self.fiches.keep(
                fiche[symbol as usize],
                row,
                &self.names,
                Some(&self.sessions.ids),
            );
        }
        let pps: Vec<u32> = other.pps.ids.iter().map(|id| self.pps.cite(id)).collect();
        for (symbol, row) in other.pps.rows() {
            let row = PpsRow {
                patient: patient[row.patient as usize],
                establishment: translate(&establishment, row.establishment),
                centre: translate(&centre, row.centre),
                theme: translate(&theme, row.theme),
                source: source[row.source as usize],
                ..*row
            };
            self.pps.keep(pps[symbol as usize], row, &self.names, None);
        }
        self.attendances
            .extend(other.attendances.iter().map(|row| AttendanceRow {
                session: session[row.session as usize],
                professional: professional[row.professional as usize],
                specialty: translate(&specialty, row.specialty),
                source: source[row.source as usize],
                line: row.line,
            }));
        self.ledger.0.extend(other.ledger.0.iter().cloned());
        self.refused.sessions += other.refused.sessions;
        self.refused.attendances += other.refused.attendances;
        self.refused.fiches += other.refused.fiches;
        self.refused.pps += other.refused.pps;
    }

    /// Keeps the problems that a feed found before any fact was made.
    pub(super) fn note(&mut self, ledger: Ledger) {
        self.ledger.0.extend(ledger.0);
    }

    /// Knows that lines of a table were refused before any fact was made.
    pub(super) fn refuse(&mut self, table: Table, lines: u64) {
        match table {
            Table::Sessions => self.refused.sessions += lines,
            Table::Attendances => self.refused.attendances += lines,
            Table::Fiches => self.refused.fiches += lines,
            Table::Pps => self.refused.pps += lines,
            Table::Offers => (),
        }
    }
}

/// A label that is blank is absent; so is one that says it is.
fn stated(label: Option<&str>) -> Option<&str> {
    label
        .map(str::trim)
        .filter(|l| !l.is_empty() && *l != MISSING)
}

const LONGEST: usize = 65_535;

impl Aggregate {
    fn key(&mut self, field: &str, key: &str, origin: Origin<'_>) -> bool {
        if key.trim().is_empty() {
            self.ledger.add(origin, &rules::MISSING, |p| {
                p.message(format!("La colonne « {field} » est obligatoire"))
            });
            return false;
        }
        self.label(field, Some(key), origin)
    }

    fn label(&mut self, field: &str, label: Option<&str>, origin: Origin<'_>) -> bool {
        let length = label.map_or(0, str::len);
        if length > LONGEST {
            self.ledger.add(origin, &rules::TEXT, |p| {
                p.message(format!(
                    "La colonne « {field} » porte un texte d'au plus 65 535 octets"
                ))
                .found(format!("{length} octets"))
            });
        }
        let dimension = matches!(field, "establishment" | "centre_3c" | "theme");
        let reserved = dimension && label.is_some_and(|l| l.trim() == TOTAL);
        if reserved {
            self.ledger.add(origin, &rules::RESERVED, |p| {
                p.found(format!("{field} : {TOTAL}"))
            });
        }
        length <= LONGEST && !reserved
    }

    fn date(&mut self, field: &str, date: NaiveDate, origin: Origin<'_>) -> bool {
        let ok = self.earliest <= date && date <= self.latest;
        if !ok {
            let allowed = format!("du {} au {}", self.earliest, self.latest);
            self.ledger.add(origin, &rules::DATE_RANGE, |p| {
                p.message(format!(
                    "La date de la colonne « {field} » est hors des bornes admises"
                ))
                .found(date)
                .allowed([allowed])
            });
        }
        ok
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_bound_that_is_not_given_is_the_usual_one() {
        let day = |year| NaiveDate::from_ymd_opt(year, 3, 14);
        let takes = |held: &mut Aggregate, year| {
            let fact = SessionFact::held(format!("S{year}"), "R1", day(year).unwrap());
            held.add_session(&fact, Origin::line(1))
        };
        let taken = |earliest, latest| {
            let mut held = Aggregate::within(earliest, latest).unwrap();
            [1999, 2000, 2025, 2099, 2100].map(|year| takes(&mut held, year))
        };
        assert_eq!(taken(None, None), [false, true, true, true, false]);
        assert_eq!(taken(None, day(2025)), [false, true, true, false, false]);
        assert_eq!(taken(day(2025), None), [false, false, true, true, false]);
        assert_eq!(taken(day(1999), day(2100)), [true; 5]);
    }

    #[test]
    fn the_earliest_date_is_not_after_the_latest() {
        let day = |year| NaiveDate::from_ymd_opt(year, 3, 14);
        for (earliest, latest, path) in [
            (day(2025), day(2024), "earliest"),
            (day(2100), None, "earliest"),
            (None, day(1999), "latest"),
        ] {
            let problems = Aggregate::within(earliest, latest).unwrap_err();
            let problem = problems.iter().next().unwrap();
            assert_eq!((problem.code, problem.path.as_str()), ("FAIT-BORNES", path));
        }
        assert!(Aggregate::within(day(2025), day(2025)).is_ok());
    }
}
