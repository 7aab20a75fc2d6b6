//! Facts gathered, part by part, until they are counted.
//!
//! An aggregate keeps the facts themselves, in columns of numbers (a fiche
//! takes 28 bytes and its keys), not sums: a fiche can arrive before its
//! session, an older version after a newer, in another part of the year, and
//! a distinct count stays exact after any merge. All facts given are kept,
//! even those that will not count, so that [`Aggregate::merge`] is
//! associative and commutative, problems included.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::facts::{AttendanceFact, FicheFact, Origin, PpsFact, SessionFact, SessionStatus};
use super::feed::Table;
use super::intern::{Interner, NONE, translate};
use super::ledger::Ledger;
use super::rules;
use crate::problem::Problems;

/// Days since 1970-01-01, as kept in the columns.
pub(super) fn day(date: NaiveDate) -> i32 {
    date.signed_duration_since(NaiveDate::default()).num_days() as i32
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SessionRow {
    pub(super) day: i32,
    /// 0 planned, 1 held, 2 cancelled.
    pub(super) status: u8,
    /// 0 no, 1 yes, 2 not stated.
    pub(super) quorum: u8,
    pub(super) rcp: u32,
    pub(super) establishment: u32,
    pub(super) centre: u32,
    pub(super) theme: u32,
    pub(super) source: u32,
    pub(super) line: u32,
}

pub(super) const PLANNED: u8 = 0;
pub(super) const HELD: u8 = 1;
pub(super) const CANCELLED: u8 = 2;

/// Bits of [`FicheRow::flags`].
pub(super) mod flag {
    pub(in super::super) const VALIDATED: u32 = 1;
    pub(in super::super) const MSSANTE: u32 = 1 << 1;
    pub(in super::super) const G8: u32 = 1 << 2;
    pub(in super::super) const ONCOGERIATRIC: u32 = 1 << 3;
    pub(in super::super) const FERTILITY: u32 = 1 << 4;
    pub(in super::super) const TRIAL: u32 = 1 << 5;
    pub(in super::super) const GUIDELINE: u32 = 1 << 6;
    pub(in super::super) const GUIDELINE_STATED: u32 = 1 << 7;
    pub(in super::super) const ALL: u32 = (1 << 8) - 1;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FicheRow {
    pub(super) version: u32,
    pub(super) session: u32,
    pub(super) patient: u32,
    pub(super) physician: u32,
    pub(super) flags: u32,
    pub(super) source: u32,
    pub(super) line: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PpsRow {
    pub(super) version: u32,
    /// Day of validation, `i32::MIN` while not validated.
    pub(super) day: i32,
    pub(super) patient: u32,
    pub(super) establishment: u32,
    pub(super) centre: u32,
    pub(super) theme: u32,
    pub(super) source: u32,
    pub(super) line: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct AttendanceRow {
    pub(super) session: u32,
    pub(super) professional: u32,
    pub(super) specialty: u32,
    pub(super) source: u32,
    pub(super) line: u32,
}

/// The texts behind the numbers of the rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) sources: Interner,
    pub(super) rcps: Interner,
    pub(super) establishments: Interner,
    pub(super) centres: Interner,
    pub(super) themes: Interner,
    pub(super) patients: Interner,
    pub(super) physicians: Interner,
    pub(super) professionals: Interner,
    pub(super) specialties: Interner,
}

/// Rows by id: the first of each id in the order of [`Row::order`], and the
/// others apart.
#[derive(Clone, Debug)]
pub(super) struct Store<R> {
    pub(super) ids: Interner,
    /// The first row of each id; `None` for an id that is only cited.
    pub(super) first: Vec<Option<R>>,
    pub(super) others: Vec<(u32, R)>,
}

impl<R> Default for Store<R> {
    fn default() -> Self {
        Store {
            ids: Interner::default(),
            first: Vec::new(),
            others: Vec::new(),
        }
    }
}

/// What the three kinds of rows with an id share.
pub(super) trait Row: Copy {
    fn version(&self) -> u32;
    fn origin<'a>(&self, names: &'a Names) -> Origin<'a>;
    /// Same content, origin apart.
    fn same(&self, other: &Self) -> bool;
    /// Order of the content, by its texts.
    fn content(&self, other: &Self, names: &Names, sessions: &Interner) -> Ordering;

    /// The row that counts comes first: highest version, then earliest
    /// origin, then content. A total order that no order of arrival changes.
    fn order(&self, other: &Self, names: &Names, sessions: &Interner) -> Ordering {
        (other.version().cmp(&self.version()))
            .then_with(|| self.origin(names).cmp(&other.origin(names)))
            .then_with(|| self.content(other, names, sessions))
    }
}

fn texts(of: &Interner, a: u32, b: u32) -> Ordering {
    if a == b {
        Ordering::Equal
    } else {
        of.get_opt(a).cmp(&of.get_opt(b))
    }
}

impl Row for SessionRow {
    fn version(&self) -> u32 {
        0
    }
    fn origin<'a>(&self, names: &'a Names) -> Origin<'a> {
        Origin::new(names.sources.get(self.source), self.line)
    }
    fn same(&self, other: &Self) -> bool {
        SessionRow {
            source: 0,
            line: 0,
            ..*self
        } == SessionRow {
            source: 0,
            line: 0,
            ..*other
        }
    }
    fn content(&self, other: &Self, n: &Names, _: &Interner) -> Ordering {
        (self.day, self.status, self.quorum)
            .cmp(&(other.day, other.status, other.quorum))
            .then_with(|| texts(&n.rcps, self.rcp, other.rcp))
            .then_with(|| texts(&n.establishments, self.establishment, other.establishment))
            .then_with(|| texts(&n.centres, self.centre, other.centre))
            .then_with(|| texts(&n.themes, self.theme, other.theme))
    }
}

impl Row for FicheRow {
    fn version(&self) -> u32 {
        self.version
    }
    fn origin<'a>(&self, names: &'a Names) -> Origin<'a> {
        Origin::new(names.sources.get(self.source), self.line)
    }
    fn same(&self, other: &Self) -> bool {
        FicheRow {
            source: 0,
            line: 0,
            ..*self
        } == FicheRow {
            source: 0,
            line: 0,
            ..*other
        }
    }
    fn content(&self, other: &Self, n: &Names, sessions: &Interner) -> Ordering {
        texts(sessions, self.session, other.session)
            .then_with(|| texts(&n.patients, self.patient, other.patient))
            .then_with(|| texts(&n.physicians, self.physician, other.physician))
            .then_with(|| self.flags.cmp(&other.flags))
    }
}

impl Row for PpsRow {
    fn version(&self) -> u32 {
        self.version
    }
    fn origin<'a>(&self, names: &'a Names) -> Origin<'a> {
        Origin::new(names.sources.get(self.source), self.line)
    }
    fn same(&self, other: &Self) -> bool {
        PpsRow {
            source: 0,
            line: 0,
            ..*self
        } == PpsRow {
            source: 0,
            line: 0,
            ..*other
        }
    }
    fn content(&self, other: &Self, n: &Names, _: &Interner) -> Ordering {
        self.day
            .cmp(&other.day)
            .then_with(|| texts(&n.patients, self.patient, other.patient))
            .then_with(|| texts(&n.establishments, self.establishment, other.establishment))
            .then_with(|| texts(&n.centres, self.centre, other.centre))
            .then_with(|| texts(&n.themes, self.theme, other.theme))
    }
}

impl<R: Row> Store<R> {
    /// The number of an id, cited or given.
    fn cite(&mut self, id: &str) -> u32 {
        let symbol = self.ids.add(id);
        if symbol as usize == self.first.len() {
            self.first.push(None);
        }
        symbol
    }

    /// Keeps a row; `sessions` is the table of session ids when it is not
    /// this store's own.
    fn keep(&mut self, symbol: u32, row: R, names: &Names, sessions: Option<&Interner>) {
        let place = &mut self.first[symbol as usize];
        match place {
            None => *place = Some(row),
            Some(held) => {
                let sessions = sessions.unwrap_or(&self.ids);
                let loser = if row.order(held, names, sessions).is_lt() {
                    std::mem::replace(held, row)
                } else {
                    row
                };
                self.others.push((symbol, loser));
            }
        }
    }

    /// A store whose ids are all cited, none given.
    pub(super) fn with_ids(ids: Interner) -> Self {
        Store {
            first: vec![None; ids.len()],
            ids,
            others: Vec::new(),
        }
    }

    /// Keeps a row read back.
    pub(super) fn restore(
        &mut self,
        symbol: u32,
        row: R,
        names: &Names,
        sessions: Option<&Interner>,
    ) {
        self.keep(symbol, row, names, sessions);
    }

    /// Rows given, counted or not.
    pub(super) fn len(&self) -> usize {
        self.first.iter().flatten().count() + self.others.len()
    }
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
        let range = (
            NaiveDate::from_ymd_opt(2000, 1, 1),
            NaiveDate::from_ymd_opt(2099, 12, 31),
        );
        Self::with_dates(
            range.0.unwrap_or(NaiveDate::MIN),
            range.1.unwrap_or(NaiveDate::MAX),
        )
    }

    /// No fact; a date before `earliest` or after `latest` is refused
    /// (`FAIT-DATE-BORNES`). A host that knows today's date can so refuse
    /// the sessions of a century to come.
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

    /// Adds sessions, in a batch. How many were taken.
    pub fn add_sessions<'a>(
        &mut self,
        facts: impl IntoIterator<Item = (&'a SessionFact, Origin<'a>)>,
    ) -> usize {
        facts
            .into_iter()
            .filter(|(fact, origin)| self.add_session(fact, *origin))
            .count()
    }

    /// Adds fiches, in a batch. How many were taken.
    pub fn add_fiches<'a>(
        &mut self,
        facts: impl IntoIterator<Item = (&'a FicheFact, Origin<'a>)>,
    ) -> usize {
        facts
            .into_iter()
            .filter(|(fact, origin)| self.add_fiche(fact, *origin))
            .count()
    }

    /// Adds PPS, in a batch. How many were taken.
    pub fn add_all_pps<'a>(
        &mut self,
        facts: impl IntoIterator<Item = (&'a PpsFact, Origin<'a>)>,
    ) -> usize {
        facts
            .into_iter()
            .filter(|(fact, origin)| self.add_pps(fact, *origin))
            .count()
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

    /// All the problems of the facts, by line: those refused when given, and
    /// those that only the whole shows (unknown session, duplicates).
    pub fn problems(&self) -> Problems {
        let mut ledger = self.ledger.clone();
        duplicates(
            &self.sessions,
            "session",
            &self.names,
            &self.sessions.ids,
            &mut ledger,
        );
        duplicates(
            &self.fiches,
            "fiche",
            &self.names,
            &self.sessions.ids,
            &mut ledger,
        );
        duplicates(
            &self.pps,
            "PPS",
            &self.names,
            &self.sessions.ids,
            &mut ledger,
        );
        self.unknown_sessions(&mut ledger);
        self.repeated_attendances(&mut ledger);
        ledger.into_problems()
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

    fn unknown_sessions(&self, ledger: &mut Ledger) {
        let unknown = |session: u32| self.sessions.first[session as usize].is_none();
        if !self.sessions.first.iter().any(Option::is_none) {
            return;
        }
        let mut add = |origin: Origin<'_>, session: u32, what: String| {
            ledger.add(origin, &rules::SESSION, |p| {
                p.message(format!(
                    "{what} cite une session qui n'est pas fournie ; ce fait n'est pas compté"
                ))
                .found(self.sessions.ids.get(session))
            });
        };
        for (symbol, row) in self.fiches.rows() {
            if unknown(row.session) {
                let what = format!(
                    "La fiche {} version {}",
                    self.fiches.ids.get(symbol),
                    row.version
                );
                add(row.origin(&self.names), row.session, what);
            }
        }
        for row in &self.attendances {
            if unknown(row.session) {
                let origin = Origin::new(self.names.sources.get(row.source), row.line);
                add(origin, row.session, "La présence".to_owned());
            }
        }
    }

    fn repeated_attendances(&self, ledger: &mut Ledger) {
        let mut order: Vec<&AttendanceRow> = self.attendances.iter().collect();
        let key = |r: &AttendanceRow| (r.session, r.professional, r.specialty);
        order.sort_unstable_by_key(|r| key(r));
        for same in order
            .chunk_by(|a, b| key(a) == key(b))
            .filter(|same| same.len() > 1)
        {
            let origin = |r: &AttendanceRow| Origin::new(self.names.sources.get(r.source), r.line);
            let mut origins: Vec<Origin<'_>> = same.iter().map(|r| origin(r)).collect();
            origins.sort_unstable();
            for again in &origins[1..] {
                ledger.add(*again, &rules::DUPLICATE, |p| {
                    p.message(again_text("La même présence", origins[0]))
                        .found(format!(
                            "session {}",
                            self.sessions.ids.get(same[0].session)
                        ))
                });
            }
        }
    }
}

fn again_text(what: &str, first: Origin<'_>) -> String {
    let place = first.path();
    if place.is_empty() {
        format!("{what} est donnée plusieurs fois ; elle est comptée une seule fois")
    } else {
        format!("{what} est déjà donnée ({place}) ; elle est comptée une seule fois")
    }
}

/// The rows that say again, or otherwise, what a kept row says: the number
/// of their id, the row kept, the row itself. Older versions are not.
pub(super) fn repeated<'a, R: Row>(
    store: &'a Store<R>,
    names: &Names,
    sessions: &Interner,
) -> impl Iterator<Item = (u32, R, R)> + use<'a, R> {
    let mut others: Vec<&(u32, R)> = store.others.iter().collect();
    others.sort_unstable_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.order(y, names, sessions)));
    let mut kept: Option<(u32, R)> = None;
    others.into_iter().filter_map(move |&(symbol, row)| {
        let first = match kept {
            Some((s, k)) if s == symbol => k,
            _ => store.first[symbol as usize]?,
        };
        let again = first.version() == row.version();
        kept = Some((symbol, if again { first } else { row }));
        again.then_some((symbol, first, row))
    })
}

fn duplicates<R: Row>(
    store: &Store<R>,
    what: &str,
    names: &Names,
    sessions: &Interner,
    ledger: &mut Ledger,
) {
    for (symbol, first, row) in repeated(store, names, sessions) {
        let same = row.same(&first);
        let rule = if same {
            &rules::DUPLICATE
        } else {
            &rules::CONFLICT
        };
        ledger.add(row.origin(names), rule, |p| {
            let id = store.ids.get(symbol);
            let found =
                if what == "session" { format!("{what} {id}") } else { format!("{what} {id} version {}", row.version()) };
            let place = first.origin(names).path();
            let place = if place.is_empty() { String::new() } else { format!(" ({place})") };
            p.message(if same {
                format!("Ce fait est déjà donné{place} ; il est compté une seule fois")
            } else {
                format!("Cet identifiant et cette version sont déjà donnés avec un autre contenu{place}, seul compté")
            })
            .found(found)
        });
    }
}

impl<R> Store<R> {
    /// Every row, with the number of its id.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, &R)> {
        let first = self
            .first
            .iter()
            .enumerate()
            .filter_map(|(s, r)| r.as_ref().map(|r| (s as u32, r)));
        first.chain(self.others.iter().map(|(s, r)| (*s, r)))
    }
}

/// A label that is blank is absent.
fn stated(label: Option<&str>) -> Option<&str> {
    label.map(str::trim).filter(|l| !l.is_empty())
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
        length <= LONGEST
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

/// A number that no row may hold unless it is absent or below `limit`.
pub(super) fn within(symbol: u32, limit: usize) -> bool {
    symbol == NONE || (symbol as usize) < limit
}
