//! The indicators computed: a cube, and its rows by session, by specialty
//! and by RCP.
//!
//! - this file: the [`Indicators`] of a period
//! - `counts`: what is counted in a cell
//! - [`definition`]: the indicators, one line each
//! - `scope`: a cell, as its reader chooses it
//! - `tally`: what became of the facts

mod counts;
pub mod definition;
mod scope;
mod tally;

use chrono::NaiveDate;

pub use self::counts::Counts;
pub use self::definition::{DEFINITIONS, Definition, IndicatorKind};
pub use self::scope::{Dimension, Scope};
pub use self::tally::{Tallies, Tally};
use super::cube::{ALL, Cube};
use super::period::{Month, Period};

fn code(code: u32) -> i64 {
    if code == ALL { -1 } else { code.into() }
}

/// One indicator in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// The count, or the ratio's numerator; `None` when masked.
    pub numerator: Option<u64>,
    /// The ratio's denominator; `None` for a count, or when masked.
    pub denominator: Option<u64>,
    /// True when the count is too small to be shown.
    pub masked: bool,
}

impl Value {
    pub(super) fn new(definition: &Definition, counts: &Counts, masked: bool) -> Self {
        Value {
            numerator: (!masked).then(|| u64::from((definition.num)(counts))),
            denominator: definition
                .den
                .filter(|_| !masked)
                .map(|den| u64::from(den(counts))),
            masked,
        }
    }

    /// The count, or the ratio; `None` when masked or over zero.
    pub fn ratio(&self) -> Option<f64> {
        match (self.numerator, self.denominator) {
            (Some(_), Some(0)) | (None, _) => None,
            (Some(n), Some(d)) => Some(n as f64 / d as f64),
            (Some(n), None) => Some(n as f64),
        }
    }
}

/// The indicators of one session that was not cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Id of the session.
    pub id: String,
    /// Id of its RCP.
    pub rcp: String,
    /// Its date.
    pub date: NaiveDate,
    pub(super) cell: u32,
    pub(super) counts: Counts,
    pub(super) masked: u32,
}

/// One specialty in one cell (`QUA-02`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialtyRow<'a> {
    /// The cell.
    pub scope: Scope,
    /// Code of the specialty; `None` when not stated.
    pub specialty: Option<&'a str>,
    /// Attendances.
    pub attendances: u64,
    /// Sessions held with at least one professional of the specialty.
    pub sessions: u64,
}

/// The quorum of one RCP, in one finest cell: rows of an RCP add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RcpRow {
    /// Id of the RCP.
    pub rcp: String,
    pub(super) cell: u32,
    /// Sessions held.
    pub held: u64,
    /// Sessions held with the quorum reached.
    pub quorum: u64,
    /// Sessions held whose quorum is not stated.
    pub unknown: u64,
}

/// Every indicator, in every cell of the cube.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicators {
    pub(super) period: Period,
    pub(super) cube: Cube,
    pub(super) months: Vec<Month>,
    /// Values of establishment, 3C and theme, the missing one last.
    pub(super) values: [Vec<Option<String>>; 3],
    pub(super) counts: Vec<Counts>,
    pub(super) specialties: Vec<Option<String>>,
    /// Where the specialty rows of each group start.
    pub(super) specialty_starts: Vec<usize>,
    /// (specialty, attendances, sessions), by group.
    pub(super) specialty_rows: Vec<(u32, u32, u32)>,
    pub(super) sessions: Vec<SessionRow>,
    pub(super) rcps: Vec<RcpRow>,
    pub(super) tallies: Tallies,
    pub(super) threshold: Option<u32>,
    /// By group, one bit an indicator; empty when nothing is masked.
    pub(super) masked: Vec<u32>,
}

impl Indicators {
    /// The period.
    pub fn period(&self) -> Period {
        self.period
    }

    /// The months of the period.
    pub fn months(&self) -> &[Month] {
        &self.months
    }

    /// Establishments met, sorted; `None`, last, for "non renseigné".
    pub fn establishments(&self) -> &[Option<String>] {
        &self.values[0]
    }

    /// 3C met, sorted; `None`, last, for "non renseigné".
    pub fn centres_3c(&self) -> &[Option<String>] {
        &self.values[1]
    }

    /// Themes met, sorted; `None`, last, for "non renseigné".
    pub fn themes(&self) -> &[Option<String>] {
        &self.values[2]
    }

    /// Specialties met, sorted; `None`, last, for "non renseigné".
    pub fn specialties(&self) -> &[Option<String>] {
        &self.specialties
    }

    /// What became of the facts.
    pub fn tallies(&self) -> &Tallies {
        &self.tallies
    }

    /// Counts from 1 to this one, excluded, are masked.
    pub fn threshold(&self) -> Option<u32> {
        self.threshold
    }

    /// Number of cells of the cube, totals included.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// True when there is no cell; never so, the total always exists.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Every cell: the total first, then the sixteen groupings, each sorted.
    pub fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.cube.groups.iter().map(|&key| self.scope(key))
    }

    /// The cell of a group's key.
    pub(super) fn scope(&self, key: [u32; 4]) -> Scope {
        let dimension = |d: usize| match key[d] {
            ALL => Dimension::All,
            code => match &self.values[d - 1][code as usize] {
                Some(value) => Dimension::Value(value.clone()),
                None => Dimension::Missing,
            },
        };
        Scope {
            month: (key[0] != ALL).then(|| self.months[key[0] as usize]),
            establishment: dimension(1),
            centre_3c: dimension(2),
            theme: dimension(3),
        }
    }

    fn group(&self, scope: &Scope) -> Option<usize> {
        let code = |d: usize, choice: &Dimension| match choice {
            Dimension::All => Some(ALL),
            Dimension::Value(v) => self.values[d]
                .iter()
                .position(|x| x.as_deref() == Some(v))
                .map(|i| i as u32),
            Dimension::Missing => self.values[d]
                .iter()
                .position(Option::is_none)
                .map(|i| i as u32),
        };
        let month = match scope.month {
            None => ALL,
            Some(m) => self.months.iter().position(|&x| x == m)? as u32,
        };
        let key = [
            month,
            code(0, &scope.establishment)?,
            code(1, &scope.centre_3c)?,
            code(2, &scope.theme)?,
        ];
        self.cube.find(key)
    }

    /// One indicator in one cell. `None` for an unknown code; zero for a
    /// cell where nothing happened.
    pub fn value(&self, code: &str, scope: &Scope) -> Option<Value> {
        let index = DEFINITIONS.iter().position(|d| d.code == code)?;
        Some(match self.group(scope) {
            Some(group) => self.group_value(group, index),
            None => Value::new(&DEFINITIONS[index], &Counts::default(), false),
        })
    }

    /// The indicator `index` of [`DEFINITIONS`] in the group `group`, in the
    /// order of [`Indicators::scopes`].
    pub(crate) fn group_value(&self, group: usize, index: usize) -> Value {
        let masked = self.masked.get(group).is_some_and(|m| m >> index & 1 == 1);
        Value::new(&DEFINITIONS[index], &self.counts[group], masked)
    }

    /// Every cell with all its indicators, in the order of [`DEFINITIONS`].
    pub fn cells(&self) -> impl Iterator<Item = (Scope, Vec<(&'static Definition, Value)>)> {
        self.scopes().enumerate().map(|(group, scope)| {
            let values = DEFINITIONS
                .iter()
                .enumerate()
                .map(|(i, d)| (d, self.group_value(group, i)));
            (scope, values.collect())
        })
    }

    /// The counts of every cell, never masked: for checks and for screens
    /// whose readers may see them, not for publication.
    pub fn unmasked(&self) -> impl Iterator<Item = (Scope, &Counts)> {
        self.scopes().zip(&self.counts)
    }

    /// Sessions not cancelled, by date and id; empty when not asked for.
    pub fn sessions(&self) -> &[SessionRow] {
        &self.sessions
    }

    /// The cell of a session: its month and its own dimensions.
    pub fn session_scope(&self, row: &SessionRow) -> Scope {
        self.scope(self.cube.cells[row.cell as usize])
    }

    /// The indicators of a session.
    pub fn session_values(
        &self,
        row: &SessionRow,
    ) -> impl Iterator<Item = (&'static Definition, Value)> {
        let (counts, masked) = (row.counts, row.masked);
        DEFINITIONS
            .iter()
            .enumerate()
            .map(move |(i, d)| (d, Value::new(d, &counts, masked >> i & 1 == 1)))
    }

    /// The counts of a session, never masked.
    pub fn session_counts<'a>(&self, row: &'a SessionRow) -> &'a Counts {
        &row.counts
    }

    /// `QUA-02` in every cell; empty when not asked for.
    pub fn specialty_rows(&self) -> impl Iterator<Item = SpecialtyRow<'_>> {
        let rows = self.specialty_starts.windows(2).zip(&self.cube.groups);
        rows.flat_map(move |(bounds, &key)| {
            self.specialty_rows[bounds[0]..bounds[1]].iter().map(
                move |&(s, attendances, sessions)| SpecialtyRow {
                    scope: self.scope(key),
                    specialty: self.specialties[s as usize].as_deref(),
                    attendances: attendances.into(),
                    sessions: sessions.into(),
                },
            )
        })
    }

    /// The codes of every cell, in the order of [`Indicators::scopes`]; -1
    /// for a total. A code is a place in the dimension's values.
    pub(crate) fn keys(&self) -> impl Iterator<Item = [i64; 4]> {
        self.cube.groups.iter().map(|key| key.map(code))
    }

    /// The codes of an RCP's cell.
    pub(crate) fn rcp_key(&self, row: &RcpRow) -> [i64; 4] {
        self.cube.cells[row.cell as usize].map(code)
    }

    /// The specialty rows with the codes of their cell.
    pub(crate) fn specialty_keys(&self) -> impl Iterator<Item = ([i64; 4], (u32, u32, u32))> {
        let rows = self.specialty_starts.windows(2).zip(self.keys());
        rows.flat_map(|(bounds, key)| {
            self.specialty_rows[bounds[0]..bounds[1]]
                .iter()
                .map(move |&row| (key, row))
        })
    }

    /// Number of rows of [`Indicators::specialty_rows`].
    pub fn specialty_len(&self) -> usize {
        self.specialty_rows.len()
    }

    /// The quorum of every RCP.
    pub fn rcps(&self) -> &[RcpRow] {
        &self.rcps
    }

    /// The cell of an RCP's row.
    pub fn rcp_scope(&self, row: &RcpRow) -> Scope {
        self.scope(self.cube.cells[row.cell as usize])
    }
}
