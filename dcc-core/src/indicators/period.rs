//! Months and periods of the Europe/Paris calendar.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

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

impl FromStr for Month {
    type Err = Problems;

    /// Reads `2025-03`.
    ///
    /// # Errors
    /// `INDIC-MOIS`.
    fn from_str(text: &str) -> Result<Self, Problems> {
        let refused = || Problem::new(&rules::MONTH, "").found(text);
        match text.trim().as_bytes() {
            [_, _, _, _, b'-', _, _] => first_and_last(text.trim())
                .map(|(first, _)| Month::of(first))
                .ok_or_else(|| refused().into()),
            _ => Err(refused().into()),
        }
    }
}

/// First and last days of `2025`, `2025-03` or `2025-03-14`.
fn first_and_last(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    if !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return None;
    }
    match text.len() {
        4 => {
            let year = text.parse().ok()?;
            let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
            Some((first, NaiveDate::from_ymd_opt(year, 12, 31)?))
        }
        7 => {
            let first: NaiveDate = format!("{text}-01").parse().ok()?;
            let next = first.checked_add_months(chrono::Months::new(1))?;
            Some((first, next.pred_opt()?))
        }
        10 => text.parse().ok().map(|day| (day, day)),
        _ => None,
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

impl FromStr for Period {
    type Err = Problems;

    /// Reads a year (`2025`), a month (`2025-03`), a day (`2025-03-14`), or
    /// two of them and all between (`2025-01..2025-06`, also `2025-01/2025-06`).
    ///
    /// # Errors
    /// `INDIC-PERIODE-TEXTE` when it is none of those, `INDIC-PERIODE` as
    /// [`Period::new`].
    fn from_str(text: &str) -> Result<Self, Problems> {
        let (first, last) = text
            .split_once("..")
            .or_else(|| text.split_once('/'))
            .unwrap_or((text, text));
        match (first_and_last(first.trim()), first_and_last(last.trim())) {
            (Some((first, _)), Some((_, last))) => Period::new(first, last),
            _ => Err(Problem::new(&rules::PERIOD_TEXT, "")
                .found(text)
                .allowed(["2025", "2025-03", "2025-01..2025-12"])
                .into()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn days(text: &str) -> String {
        let period: Period = text.parse().unwrap();
        // what is written is read again
        assert_eq!(period.to_string().parse(), Ok(period));
        format!("{} {}", period.first(), period.last())
    }

    fn code(text: &str) -> &'static str {
        text.parse::<Period>()
            .unwrap_err()
            .iter()
            .next()
            .unwrap()
            .code
    }

    #[test]
    fn periods_are_read() {
        assert_eq!(days("2025"), "2025-01-01 2025-12-31");
        assert_eq!(days("2024-02"), "2024-02-01 2024-02-29");
        assert_eq!(days(" 2025-03-14 "), "2025-03-14 2025-03-14");
        assert_eq!(days("2024-12..2025-02"), "2024-12-01 2025-02-28");
        assert_eq!(days("2025-03-02/2025"), "2025-03-02 2025-12-31");
        for text in [
            "",
            "25",
            "2025-13",
            "2025-3",
            "+202",
            "mars 2025",
            "2025..",
            "2025-02-30",
        ] {
            assert_eq!(code(text), "INDIC-PERIODE-TEXTE", "{text}");
        }
        assert_eq!(code("2025-03..2025-02"), "INDIC-PERIODE");
    }

    #[test]
    fn months_are_read() {
        let month = "2025-03".parse::<Month>();
        assert_eq!(
            month,
            Ok(Month {
                year: 2025,
                month: 3
            })
        );
        for text in ["2025", "2025-00", "2025-03-01", "2025/03", "é025-03"] {
            let problems = text.parse::<Month>().unwrap_err();
            assert_eq!(problems.iter().next().unwrap().code, "INDIC-MOIS", "{text}");
        }
    }
}
