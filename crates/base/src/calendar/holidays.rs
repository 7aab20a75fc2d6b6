//! French public holidays (*jours fériés*, article L. 3133-1 of the Code du
//! travail), computed for any year; with those of Alsace-Moselle (article
//! L. 3134-13) on demand.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// Which public holidays apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayCalendar {
    /// The eleven national holidays.
    #[default]
    National,
    /// The national holidays, Good Friday and 26 December.
    AlsaceMoselle,
}

/// Easter Sunday of a year of the Gregorian calendar (Meeus/Jones/Butcher).
///
/// `None` when the year is out of the range of [`NaiveDate`].
pub fn easter(year: i32) -> Option<NaiveDate> {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(n / 31).ok()?,
        u32::try_from(n % 31 + 1).ok()?,
    )
}

/// French name of the public holiday that falls on `date`, if any.
pub fn holiday(date: NaiveDate, calendar: HolidayCalendar) -> Option<&'static str> {
    let local = calendar == HolidayCalendar::AlsaceMoselle;
    // Ascension Day may fall on a fixed holiday: the fixed one is named.
    match (date.month(), date.day()) {
        (1, 1) => return Some("Jour de l'an"),
        (5, 1) => return Some("Fête du Travail"),
        (5, 8) => return Some("Victoire 1945"),
        (7, 14) => return Some("Fête nationale"),
        (8, 15) => return Some("Assomption"),
        (11, 1) => return Some("Toussaint"),
        (11, 11) => return Some("Armistice 1918"),
        (12, 25) => return Some("Noël"),
        (12, 26) if local => return Some("Saint-Étienne"),
        _ => {}
    }
    match date.signed_duration_since(easter(date.year())?).num_days() {
        -2 if local => Some("Vendredi saint"),
        1 => Some("Lundi de Pâques"),
        39 => Some("Ascension"),
        50 => Some("Lundi de Pentecôte"),
        _ => None,
    }
}

/// All the public holidays of a year, in order.
pub fn holidays_of_year(year: i32, calendar: HolidayCalendar) -> Vec<(NaiveDate, &'static str)> {
    let Some(first) = NaiveDate::from_ymd_opt(year, 1, 1) else {
        return Vec::new();
    };
    first
        .iter_days()
        .take_while(|date| date.year() == year)
        .filter_map(|date| holiday(date, calendar).map(|name| (date, name)))
        .collect()
}

/// True for a Monday to Friday that is not a public holiday.
pub fn is_working_day(date: NaiveDate, calendar: HolidayCalendar) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && holiday(date, calendar).is_none()
}

/// First working day after `date`. `None` at the end of the calendar.
pub fn next_working_day(date: NaiveDate, calendar: HolidayCalendar) -> Option<NaiveDate> {
    let mut day = date.checked_add_days(Days::new(1))?;
    while !is_working_day(day, calendar) {
        day = day.checked_add_days(Days::new(1))?;
    }
    Some(day)
}

/// Last working day before `date`. `None` at the start of the calendar.
pub fn previous_working_day(date: NaiveDate, calendar: HolidayCalendar) -> Option<NaiveDate> {
    let mut day = date.checked_sub_days(Days::new(1))?;
    while !is_working_day(day, calendar) {
        day = day.checked_sub_days(Days::new(1))?;
    }
    Some(day)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_of_known_years() {
        for known in [
            "1961-04-02",
            "1999-04-04",
            "2000-04-23",
            "2008-03-23",
            "2019-04-21",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2038-04-25",
            "2100-03-28",
        ] {
            assert_eq!(easter(day(known).year()), Some(day(known)));
        }
        assert_eq!(easter(i32::MAX), None);
    }

    #[test]
    fn holidays_of_2026() {
        let dates: Vec<String> = holidays_of_year(2026, HolidayCalendar::National)
            .iter()
            .map(|(date, name)| format!("{date} {name}"))
            .collect();
        assert_eq!(
            dates,
            [
                "2026-01-01 Jour de l'an",
                "2026-04-06 Lundi de Pâques",
                "2026-05-01 Fête du Travail",
                "2026-05-08 Victoire 1945",
                "2026-05-14 Ascension",
                "2026-05-25 Lundi de Pentecôte",
                "2026-07-14 Fête nationale",
                "2026-08-15 Assomption",
                "2026-11-01 Toussaint",
                "2026-11-11 Armistice 1918",
                "2026-12-25 Noël",
            ]
        );
        let local = holidays_of_year(2026, HolidayCalendar::AlsaceMoselle);
        assert_eq!(local.len(), 13);
        assert!(local.contains(&(day("2026-04-03"), "Vendredi saint")));
        assert!(local.contains(&(day("2026-12-26"), "Saint-Étienne")));
    }

    #[test]
    fn ascension_on_a_fixed_holiday_counts_once() {
        // 2008: Ascension Day fell on 1 May.
        assert_eq!(holidays_of_year(2008, HolidayCalendar::National).len(), 10);
    }

    #[test]
    fn working_days_around_a_long_week_end() {
        let calendar = HolidayCalendar::AlsaceMoselle;
        assert_eq!(
            next_working_day(day("2026-04-03"), calendar),
            Some(day("2026-04-07"))
        );
        assert_eq!(
            previous_working_day(day("2026-04-06"), calendar),
            Some(day("2026-04-02"))
        );
    }
}
