//! Europe/Paris: the calendar in which every RCP lives.
//!
//! Instants are stored in UTC; a *date* is always the calendar date in Paris.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::{Europe::Paris, Tz};

/// `at` on a wall clock in Paris.
pub fn paris(at: DateTime<Utc>) -> DateTime<Tz> {
    at.with_timezone(&Paris)
}

/// Calendar date in Paris of `at`.
pub fn paris_date(at: DateTime<Utc>) -> NaiveDate {
    paris(at).date_naive()
}

/// Instant of a wall-clock time in Paris. A time said twice (autumn) is its
/// first occurrence, as RFC 5545 §3.3.5 asks; a time that does not exist
/// (spring) is `None`.
pub fn from_paris(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    match Paris.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
        LocalResult::None => None,
    }
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
