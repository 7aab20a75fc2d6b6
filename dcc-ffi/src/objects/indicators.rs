//! The indicators of a period.

use dcc_core::indicators as core;
use dcc_core::indicators::{DEFINITIONS, Dimension, MISSING, Scope, TOTAL};

use super::problem::DccException;
use crate::failure::Failure;
use crate::status::DccStatus;

/// How an indicator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Kind {
    /// *Effectif*: how many; the cells add up.
    Count,
    /// *Distincts*: how many different; the cells do not add up.
    Distinct,
    /// *Rapport*: numerator over denominator.
    Ratio,
}

/// What an indicator is.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Definition {
    /// Stable code, for example `ACT-01`.
    pub code: String,
    /// Short French label.
    pub label: String,
    /// How it counts.
    pub kind: Kind,
    /// Unit of the numerator, in French.
    pub unit: String,
    /// What the numerator counts, in French.
    pub numerator: String,
    /// What the denominator counts, in French; empty unless a ratio.
    pub denominator: String,
    /// Where it comes from.
    pub source: String,
    /// True when it counts persons, so that a small count could be masked.
    pub personal: bool,
}

/// Every indicator of the cells, in the order of the exports.
#[uniffi::export]
pub fn indicator_definitions() -> Vec<Definition> {
    DEFINITIONS
        .iter()
        .map(|d| Definition {
            code: d.code.to_owned(),
            label: d.label.to_owned(),
            kind: match d.kind {
                core::IndicatorKind::Count => Kind::Count,
                core::IndicatorKind::Distinct => Kind::Distinct,
                core::IndicatorKind::Ratio => Kind::Ratio,
            },
            unit: d.unit.to_owned(),
            numerator: d.numerator.to_owned(),
            denominator: d.denominator.to_owned(),
            source: d.source.to_owned(),
            personal: d.personal,
        })
        .collect()
}

/// One indicator in one cell.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Value {
    /// Code of the indicator.
    pub code: String,
    /// The count, or the ratio's numerator; none when masked.
    pub numerator: Option<u64>,
    /// The ratio's denominator; none for a count, or when masked.
    pub denominator: Option<u64>,
    /// The count, or the ratio; none when masked or over zero.
    pub value: Option<f64>,
    /// True when the count is too small to be shown.
    pub masked: bool,
}

impl Value {
    fn new(code: &str, value: core::Value) -> Self {
        Value {
            code: code.to_owned(),
            numerator: value.numerator,
            denominator: value.denominator,
            value: value.ratio(),
            masked: value.masked,
        }
    }
}

/// One cell of month, establishment, 3C and theme, with its indicators.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Cell {
    /// Month, `2025-03`; none for the whole period.
    pub month: Option<String>,
    /// Establishment; `tous` for all together, `non renseigné` when not stated.
    pub establishment: String,
    /// 3C, in the same way.
    pub centre_3c: String,
    /// Theme, in the same way.
    pub theme: String,
    /// Every indicator, in the order of `indicator_definitions`.
    pub values: Vec<Value>,
}

impl Cell {
    fn new<'a>(
        scope: &Scope,
        values: impl IntoIterator<Item = (&'a core::Definition, core::Value)>,
    ) -> Self {
        let label = |dimension: &Dimension| dimension.label(TOTAL).to_owned();
        Cell {
            month: scope.month.map(|m| m.to_string()),
            establishment: label(&scope.establishment),
            centre_3c: label(&scope.centre_3c),
            theme: label(&scope.theme),
            values: values
                .into_iter()
                .map(|(definition, value)| Value::new(definition.code, value))
                .collect(),
        }
    }
}

/// The indicators of one session that was not cancelled.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct SessionRow {
    /// Id of the session.
    pub session: String,
    /// Id of its RCP.
    pub rcp: String,
    /// Its date.
    pub date: String,
    /// Its month and its own dimensions, with its indicators.
    pub cell: Cell,
}

/// One specialty in one cell (`QUA-02`).
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SpecialtyRow {
    /// Month; none for the whole period.
    pub month: Option<String>,
    /// Establishment, as in a cell.
    pub establishment: String,
    /// 3C.
    pub centre_3c: String,
    /// Theme.
    pub theme: String,
    /// Code of the specialty; `non renseigné` when not stated.
    pub specialty: String,
    /// Attendances.
    pub attendances: u64,
    /// Sessions held with at least one professional of the specialty.
    pub sessions: u64,
}

/// What became of every fact given: nothing is dropped unsaid.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Tally {
    /// Facts given, the refused ones included.
    pub received: u64,
    /// Facts refused when given, for a reason that a problem says.
    pub refused: u64,
    /// Same id and version given again.
    pub repeated: u64,
    /// Versions replaced by a later one.
    pub superseded: u64,
    /// Facts of a session that was not given.
    pub unknown_session: u64,
    /// Facts of a cancelled session, or cancelled sessions.
    pub cancelled: u64,
    /// Facts that the definitions leave aside.
    pub not_concerned: u64,
    /// Facts out of the period.
    pub outside_period: u64,
    /// Facts counted.
    pub counted: u64,
}

impl From<core::Tally> for Tally {
    fn from(tally: core::Tally) -> Self {
        Tally {
            received: tally.received,
            refused: tally.refused,
            repeated: tally.repeated,
            superseded: tally.superseded,
            unknown_session: tally.unknown_session,
            cancelled: tally.cancelled,
            not_concerned: tally.not_concerned,
            outside_period: tally.outside_period,
            counted: tally.counted,
        }
    }
}

/// The tallies of the four tables.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Tallies {
    /// Sessions.
    pub sessions: Tally,
    /// Attendances.
    pub attendances: Tally,
    /// Fiches, one a version.
    pub fiches: Tally,
    /// PPS, one a version.
    pub pps: Tally,
}

/// The indicators of a period. They never change.
#[derive(Debug, uniffi::Object)]
pub struct Indicators(core::Indicators);

impl Indicators {
    pub(super) fn new(computed: core::Indicators) -> Self {
        Indicators(computed)
    }
}

#[uniffi::export]
impl Indicators {
    /// The period: `2025`, `2025-03`, or `2025-03-01/2025-03-15`.
    pub fn period(&self) -> String {
        self.0.period().to_string()
    }

    /// Every cell: the total first, then the others, sorted.
    pub fn cells(&self) -> Vec<Cell> {
        let cells = self.0.cells();
        cells
            .map(|(scope, values)| Cell::new(&scope, values))
            .collect()
    }

    /// One indicator in one cell; zero where nothing happened. A dimension not
    /// given, or `tous`, is all together. Fails for an unknown code.
    #[uniffi::method(default(month = None, establishment = None, centre_3c = None, theme = None))]
    pub fn value(
        &self,
        code: String,
        month: Option<String>,
        establishment: Option<String>,
        centre_3c: Option<String>,
        theme: Option<String>,
    ) -> Result<Value, DccException> {
        let scope = Scope {
            month: match month.as_deref().filter(|&m| m != TOTAL) {
                None => None,
                Some(text) => Some(text.parse().map_err(|problems| {
                    Failure::new(DccStatus::BadValue, problems).below("month")
                })?),
            },
            establishment: Dimension::chosen(establishment.as_deref()),
            centre_3c: Dimension::chosen(centre_3c.as_deref()),
            theme: Dimension::chosen(theme.as_deref()),
        };
        let value = self
            .0
            .value(&code, &scope)
            .ok_or_else(|| Failure::value("code", &code, DEFINITIONS.iter().map(|d| d.code)))?;
        Ok(Value::new(&code, value))
    }

    /// Sessions not cancelled, by date and id; empty when not asked for.
    pub fn sessions(&self) -> Vec<SessionRow> {
        let row = |row: &core::SessionRow| SessionRow {
            session: row.id.clone(),
            rcp: row.rcp.clone(),
            date: row.date.to_string(),
            cell: Cell::new(&self.0.session_scope(row), self.0.session_values(row)),
        };
        self.0.sessions().iter().map(row).collect()
    }

    /// The specialties of every cell; empty when not asked for.
    pub fn specialties(&self) -> Vec<SpecialtyRow> {
        let row = |row: core::SpecialtyRow<'_>| {
            let cell = Cell::new(&row.scope, None);
            SpecialtyRow {
                month: cell.month,
                establishment: cell.establishment,
                centre_3c: cell.centre_3c,
                theme: cell.theme,
                specialty: row.specialty.unwrap_or(MISSING).to_owned(),
                attendances: row.attendances,
                sessions: row.sessions,
            }
        };
        self.0.specialty_rows().map(row).collect()
    }

    /// What became of the facts.
    pub fn tallies(&self) -> Tallies {
        let tallies = self.0.tallies();
        Tallies {
            sessions: tallies.sessions.into(),
            attendances: tallies.attendances.into(),
            fiches: tallies.fiches.into(),
            pps: tallies.pps.into(),
        }
    }
}
