//! Facts gathered, part by part, until they are counted.
//!
//! - this file: what a [`FactStore`] takes, and how two become one
//! - `read`: facts taken from a source
//! - `accept`: whether a fact can be kept
//! - `rows`: facts as rows of numbers, from the table of facts
//! - `names`, `intern`: the texts behind the numbers
//! - `by_id`: which row of each id counts
//! - `checks`: what only the whole of the facts shows
//! - `bytes`: a store as bytes; `encoding`: numbers and texts as bytes
//!
//! A store keeps the facts themselves, in columns of numbers (a fiche takes
//! 28 bytes and its keys), not sums: a fiche can arrive before its session,
//! an older version after a newer, in another part of the year, and a
//! distinct count stays exact after any merge. All facts given are kept, even
//! those that will not count, so that [`FactStore::merge`] is associative and
//! commutative, problems included.

mod accept;
mod by_id;
mod bytes;
mod checks;
mod encoding;
pub(super) mod intern;
mod names;
mod read;
pub(super) mod rows;

use chrono::NaiveDate;

use self::accept::Acceptance;
pub(super) use self::by_id::ById;
use self::names::Names;
use self::rows::{
    Identified, Row, Stored, StoredAttendance, StoredFiche, StoredPps, StoredSession,
};
use super::problem_log::ProblemLog;
use super::rules;
use crate::facts::{AttendanceFact, Fact, FactTable, FicheFact, Origin, PpsFact, SessionFact};
use crate::problem::{Problem, Problems};

/// First day accepted where no other is given.
const EARLIEST: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day of the calendar");

/// Last day accepted where no other is given.
const LATEST: NaiveDate = NaiveDate::from_ymd_opt(2099, 12, 31).expect("a day of the calendar");

/// Days since 1970-01-01, as kept in the columns.
pub(super) fn day(date: NaiveDate) -> i32 {
    date.signed_duration_since(NaiveDate::default()).num_days() as i32
}

/// The date of a day counted from 1970-01-01.
pub(super) fn date_of(day: i32) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(day.into()))
}

/// How many facts of each kind were refused when given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) sessions: u64,
    pub(super) attendances: u64,
    pub(super) fiches: u64,
    pub(super) pps: u64,
}

/// Facts of any part of any period (*faits*), until they are counted.
///
/// They come in any order, in as many parts as the host likes; two stores
/// [merge](FactStore::merge) into one. A store keeps the facts themselves,
/// not sums: what is counted is exact whatever the parts.
///
/// Two stores are equal when they hold the same facts and problems, whatever
/// the order in which they came.
#[derive(Clone, Debug)]
pub struct FactStore {
    pub(super) names: Names,
    pub(super) sessions: ById<StoredSession>,
    pub(super) fiches: ById<StoredFiche>,
    pub(super) pps: ById<StoredPps>,
    pub(super) attendances: Vec<StoredAttendance>,
    log: ProblemLog,
    pub(super) refused: Refused,
    earliest: NaiveDate,
    latest: NaiveDate,
}

impl Default for FactStore {
    fn default() -> Self {
        Self::new()
    }
}

impl PartialEq for FactStore {
    fn eq(&self, other: &Self) -> bool {
        self.to_bytes() == other.to_bytes()
    }
}

impl FactStore {
    /// No fact. Dates are accepted from 2000-01-01 to 2099-12-31.
    pub fn new() -> Self {
        Self::with_dates(EARLIEST, LATEST)
    }

    /// No fact; the dates accepted as in [`FactStore::with_dates`], 2000-01-01
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
        FactStore {
            names: Names::default(),
            sessions: ById::default(),
            fiches: ById::default(),
            pps: ById::default(),
            attendances: Vec::new(),
            log: ProblemLog::default(),
            refused: Refused::default(),
            earliest,
            latest,
        }
    }

    fn accepts(&mut self, fact: &impl Stored, origin: Origin<'_>) -> bool {
        fact.accepted(&mut Acceptance {
            log: &mut self.log,
            origin,
            earliest: self.earliest,
            latest: self.latest,
        })
    }

    /// Adds a session and the attendances inside it. False when it is
    /// refused; why is in [`FactStore::problems`].
    #[must_use = "false when the fact is refused"]
    pub fn add_session(&mut self, fact: &SessionFact, origin: Origin<'_>) -> bool {
        if !self.accepts(fact, origin) {
            self.refused.sessions += 1;
            self.refused.attendances += fact.attendances.len() as u64;
            return false;
        }
        keep(fact, origin, &mut self.names, &mut self.sessions);
        let mut one = AttendanceFact::new(fact.id.as_str(), "", None);
        for inside in &fact.attendances {
            one.professional.clone_from(&inside.professional);
            one.specialty.clone_from(&inside.specialty);
            // one that is refused is counted, and its problem noted
            let _ = self.add_attendance(&one, origin);
        }
        true
    }

    /// Adds one attendance. False when it is refused.
    #[must_use = "false when the fact is refused"]
    pub fn add_attendance(&mut self, fact: &AttendanceFact, origin: Origin<'_>) -> bool {
        if !self.accepts(fact, origin) {
            self.refused.attendances += 1;
            return false;
        }
        let row = fact.row(&mut self.names, origin);
        self.attendances.push(row);
        self.sessions.grow(self.names.sessions.len());
        true
    }

    /// Adds one version of a fiche. False when it is refused.
    #[must_use = "false when the fact is refused"]
    pub fn add_fiche(&mut self, fact: &FicheFact, origin: Origin<'_>) -> bool {
        if !self.accepts(fact, origin) {
            self.refused.fiches += 1;
            return false;
        }
        keep(fact, origin, &mut self.names, &mut self.fiches);
        self.sessions.grow(self.names.sessions.len());
        true
    }

    /// Adds one version of a PPS. False when it is refused.
    #[must_use = "false when the fact is refused"]
    pub fn add_pps(&mut self, fact: &PpsFact, origin: Origin<'_>) -> bool {
        if !self.accepts(fact, origin) {
            self.refused.pps += 1;
            return false;
        }
        keep(fact, origin, &mut self.names, &mut self.pps);
        true
    }

    /// Adds one fact of any table. False when it is refused; an offer is not
    /// counted, and is ignored.
    #[must_use = "false when the fact is refused"]
    pub fn add(&mut self, fact: &Fact, origin: Origin<'_>) -> bool {
        match fact {
            Fact::Session(fact) => self.add_session(fact, origin),
            Fact::Attendance(fact) => self.add_attendance(fact, origin),
            Fact::Fiche(fact) => self.add_fiche(fact, origin),
            Fact::Pps(fact) => self.add_pps(fact, origin),
            Fact::Offer(_) => false,
        }
    }

    /// Adds the facts of another store. Associative and commutative: the
    /// parts of a year may be merged in any order and any shape.
    ///
    /// The same fact given in both counts once, and is listed
    /// (`FAIT-DOUBLON`).
    pub fn merge(&mut self, other: &FactStore) {
        let maps = self.names.absorb(&other.names);
        let names = &self.names;
        merge_rows(
            &mut self.sessions,
            &other.sessions,
            &maps.sessions,
            names,
            &maps,
        );
        merge_rows(&mut self.fiches, &other.fiches, &maps.fiches, names, &maps);
        merge_rows(&mut self.pps, &other.pps, &maps.pps, names, &maps);
        self.sessions.grow(names.sessions.len());
        self.attendances
            .extend(other.attendances.iter().map(|row| row.translate(&maps)));
        self.log.append(other.log.clone());
        self.refused.sessions += other.refused.sessions;
        self.refused.attendances += other.refused.attendances;
        self.refused.fiches += other.refused.fiches;
        self.refused.pps += other.refused.pps;
    }

    /// Knows that a line of a table was refused before any fact was made.
    fn refuse(&mut self, table: FactTable) {
        match table {
            FactTable::Sessions => self.refused.sessions += 1,
            FactTable::Attendances => self.refused.attendances += 1,
            FactTable::Fiches => self.refused.fiches += 1,
            FactTable::Pps => self.refused.pps += 1,
            FactTable::Offers => (),
        }
    }
}

/// Keeps an accepted fact by its id.
fn keep<F: Identified>(fact: &F, origin: Origin<'_>, names: &mut Names, rows: &mut ById<F::Row>) {
    let row = fact.row(names, origin);
    let symbol = F::ids_mut(names).add(fact.id());
    rows.grow(F::ids(names).len());
    rows.keep(symbol, row, names);
}

fn merge_rows<R: Row>(
    rows: &mut ById<R>,
    others: &ById<R>,
    ids: &[u32],
    names: &Names,
    maps: &names::Maps,
) {
    rows.grow(ids.iter().max().map_or(0, |&last| last as usize + 1));
    for (symbol, row) in others.rows() {
        rows.keep(ids[symbol as usize], row.translate(maps), names);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_bound_that_is_not_given_is_the_usual_one() {
        let day = |year| NaiveDate::from_ymd_opt(year, 3, 14);
        let takes = |held: &mut FactStore, year| {
            let fact = SessionFact::held(format!("S{year}"), "R1", day(year).unwrap());
            held.add_session(&fact, Origin::line(1))
        };
        let taken = |earliest, latest| {
            let mut held = FactStore::within(earliest, latest).unwrap();
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
            let problems = FactStore::within(earliest, latest).unwrap_err();
            let problem = problems.iter().next().unwrap();
            assert_eq!((problem.code, problem.path.as_str()), ("FAIT-BORNES", path));
        }
        assert!(FactStore::within(day(2025), day(2025)).is_ok());
    }
}
