//! Legal time in France (Europe/Paris): the clock on which every RCP lives.
//!
//! Instants are stored in UTC; a *date* is always the calendar date in Paris.
//! Summer time is that of directive 2000/84/EC: from the last Sunday of March
//! to the last Sunday of October, at 1:00 UTC (of September from 1981 to 1995).
//! Before 1981 all is winter time: no RCP is that old. One zone of two offsets
//! is stated here, where a library of time zones brings those of the world;
//! the tests compare it with such a library.

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc,
};

/// Hours ahead of UTC, in winter.
const WINTER: i32 = 1;
/// Hours ahead of UTC, in summer.
const SUMMER: i32 = 2;
/// First year of the rule.
const FIRST_YEAR: i32 = 1981;
/// First year in which summer time ends in October.
const FIRST_OCTOBER: i32 = 1996;

/// The instant, in UTC, when the clocks change in a month.
fn change(year: i32, month: u32) -> Option<NaiveDateTime> {
    let last = NaiveDate::from_ymd_opt(year, month, 1)?
        .checked_add_months(chrono::Months::new(1))?
        .pred_opt()?;
    let since_sunday = last.weekday().num_days_from_sunday();
    let sunday = last.checked_sub_days(Days::new(since_sunday.into()))?;
    Some(sunday.and_time(NaiveTime::from_hms_opt(1, 0, 0)?))
}

/// Hours of Paris ahead of UTC at an instant.
fn hours_ahead(at: NaiveDateTime) -> i32 {
    let year = at.year();
    let end = if year < FIRST_OCTOBER { 9 } else { 10 };
    match (change(year, 3), change(year, end)) {
        (Some(start), Some(end)) if year >= FIRST_YEAR && start <= at && at < end => SUMMER,
        _ => WINTER,
    }
}

/// `at` on a wall clock in Paris.
pub fn paris(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    match FixedOffset::east_opt(hours_ahead(at.naive_utc()) * 3600) {
        Some(offset) => at.with_timezone(&offset),
        None => at.fixed_offset(),
    }
}

/// Calendar date in Paris of `at`.
pub fn paris_date(at: DateTime<Utc>) -> NaiveDate {
    paris(at).date_naive()
}

/// Instant of a wall-clock time in Paris. A time said twice (autumn) is its
/// first occurrence, as RFC 5545 §3.3.5 asks; a time that does not exist
/// (spring) is `None`.
pub fn from_paris(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    [SUMMER, WINTER].into_iter().find_map(|hours| {
        let at = local.checked_sub_signed(TimeDelta::hours(hours.into()))?;
        (hours_ahead(at) == hours).then(|| at.and_utc())
    })
}

/// The same; a time that does not exist is one hour later on the clock, as
/// RFC 5545 §3.3.5 asks. `None` only at the end of the calendar.
pub fn at_paris(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    from_paris(local).or_else(|| from_paris(local.checked_add_signed(TimeDelta::hours(1))?))
}

/// `03/03/2026` of a calendar date.
pub fn french_day(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// `03/03/2026` of an instant, in Paris.
pub fn french_date(at: DateTime<Utc>) -> String {
    french_day(paris_date(at))
}

/// `03/03/2026 14:05:10` of an instant, in Paris.
pub fn french_date_time(at: DateTime<Utc>) -> String {
    paris(at).format("%d/%m/%Y %H:%M:%S").to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn clock_changes() {
        let winter = from_paris(local("2026-03-28T14:00:00")).unwrap();
        let summer = from_paris(local("2026-03-29T14:00:00")).unwrap();
        assert_eq!(winter.to_rfc3339(), "2026-03-28T13:00:00+00:00");
        assert_eq!(summer.to_rfc3339(), "2026-03-29T12:00:00+00:00");
        assert_eq!(from_paris(local("2026-03-29T02:30:00")), None);
        let twice = from_paris(local("2026-10-25T02:30:00")).unwrap();
        assert_eq!(twice.to_rfc3339(), "2026-10-25T00:30:00+00:00");
    }

    #[test]
    fn a_late_evening_in_utc_is_the_next_day_in_paris() {
        let at: DateTime<Utc> = "2026-01-31T23:30:00Z".parse().unwrap();
        assert_eq!(paris_date(at).to_string(), "2026-02-01");
        assert_eq!(french_date_time(at), "01/02/2026 00:30:00");
    }
}
