//! Months and periods of the Europe/Paris calendar.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;

use super::rules;
use crate::problem::{Problem, Problems};

/// A month (*mois*), written `2025-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month of a date.
    pub fn of(date: NaiveDate) -> Self {
        Month {
            year: date.year(),
            month: date.month(),
        }
    }

    /// Months since the year 0, to count between months.
    pub(super) fn index(self) -> i32 {
        self.year * 12 + self.month as i32 - 1
    }

    pub(super) fn from_index(index: i32) -> Self {
        Month {
            year: index.div_euclid(12),
            month: index.rem_euclid(12) as u32 + 1,
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// A period (*période*): its first and last days, both inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    first: NaiveDate,
    last: NaiveDate,
}

impl Period {
    /// A period of any two days.
    ///
    /// # Errors
    /// `INDIC-PERIODE` when the last day precedes the first, or is more than
    /// a hundred years after it.
    pub fn new(first: NaiveDate, last: NaiveDate) -> Result<Self, Problems> {
        if last < first || last.year() - first.year() > 100 {
            return Err(Problem::new(&rules::PERIOD, "")
                .found(format!("{first}/{last}"))
                .into());
        }
        Ok(Period { first, last })
    }

    /// A calendar year.
    ///
    /// # Errors
    /// `INDIC-PERIODE` when the year is not in the calendar.
    pub fn year(year: i32) -> Result<Self, Problems> {
        match (
            NaiveDate::from_ymd_opt(year, 1, 1),
            NaiveDate::from_ymd_opt(year, 12, 31),
        ) {
            (Some(first), Some(last)) => Period::new(first, last),
            _ => Err(Problem::new(&rules::PERIOD, "").found(year).into()),
        }
    }

    /// A month.
    ///
    /// # Errors
    /// `INDIC-PERIODE` when the month is not in the calendar.
    pub fn month(year: i32, month: u32) -> Result<Self, Problems> {
        let first = NaiveDate::from_ymd_opt(year, month, 1);
        let last = first
            .and_then(|d| d.checked_add_months(chrono::Months::new(1)))
            .and_then(|d| d.pred_opt());
        match (first, last) {
            (Some(first), Some(last)) => Period::new(first, last),
            _ => Err(Problem::new(&rules::PERIOD, "")
                .found(format!("{year}-{month}"))
                .into()),
        }
    }

    /// First day.
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// Last day.
    pub fn last(&self) -> NaiveDate {
        self.last
    }

    /// True when the day is in the period.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.first <= date && date <= self.last
    }

    /// The months that the period touches, in order.
    pub fn months(&self) -> Vec<Month> {
        (Month::of(self.first).index()..=Month::of(self.last).index())
            .map(Month::from_index)
            .collect()
    }
}

impl fmt::Display for Period {
    /// `2025`, `2025-03` or `2025-03-01/2025-03-15`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if Period::year(self.first.year()).as_ref() == Ok(self) {
            write!(f, "{:04}", self.first.year())
        } else if Period::month(self.first.year(), self.first.month()).as_ref() == Ok(self) {
            write!(f, "{}", Month::of(self.first))
        } else {
            write!(f, "{}/{}", self.first, self.last)
        }
    }
}
