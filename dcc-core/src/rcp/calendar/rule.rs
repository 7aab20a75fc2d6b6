//! A recurrence rule of RFC 5545 (§3.3.10) that sets days.
//!
//! `FREQ` from `DAILY` to `YEARLY`, with `INTERVAL`, `COUNT`, `UNTIL`, `WKST`,
//! `BYMONTH`, `BYWEEKNO`, `BYYEARDAY`, `BYMONTHDAY`, `BYDAY` and `BYSETPOS`.
//! The time of day is that of the start: a finer rule is refused.
//!
//! The crate `rrule` is the peer of the tests (`tests/recurrence.rs`), and not
//! used here: the regular expressions and the time zones of the whole world
//! that it brings would be a third of the C library.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, Utc, Weekday};

use crate::calendar::paris::at_paris;

/// Most periods (days, weeks, months or years) that one plan goes through.
const MOST_PERIODS: u32 = 40_000;

/// How often (`FREQ`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A day of the week, or the n-th one of the month or the year (`BYDAY`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ByDay {
    /// Rank from the start, or from the end when negative.
    pub(super) nth: Option<i32>,
    pub(super) day: Weekday,
}

/// What is wrong in a rule, in French, and what is allowed there.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) allowed: Vec<String>,
}

/// A rule; an empty list sets no condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RecurrenceRule {
    pub(super) frequency: Frequency,
    pub(super) interval: u32,
    count: Option<u32>,
    pub(super) until: Option<DateTime<Utc>>,
    week_start: Weekday,
    pub(super) months: Vec<i32>,
    pub(super) weeks: Vec<i32>,
    pub(super) year_days: Vec<i32>,
    pub(super) month_days: Vec<i32>,
    pub(super) days: Vec<ByDay>,
    pub(super) positions: Vec<i32>,
}

/// Days as RFC 5545 writes them, from Monday.
const DAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

const FREQUENCIES: [(&str, Frequency); 4] = [
    ("DAILY", Frequency::Daily),
    ("WEEKLY", Frequency::Weekly),
    ("MONTHLY", Frequency::Monthly),
    ("YEARLY", Frequency::Yearly),
];

/// The parts of a rule, each at most once.
const PARTS: [&str; 11] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "WKST",
    "BYMONTH",
    "BYWEEKNO",
    "BYYEARDAY",
    "BYMONTHDAY",
    "BYDAY",
    "BYSETPOS",
];

/// The parts of a text, with what is wrong in them.
struct Parts<'t> {
    parts: Vec<(String, &'t str)>,
    faults: Vec<Fault>,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Self {
        let mut read = Parts {
            parts: Vec::new(),
            faults: Vec::new(),
        };
        for part in text.split(';') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let name = name.trim().to_ascii_uppercase();
            if matches!(name.as_str(), "BYHOUR" | "BYMINUTE" | "BYSECOND") {
                read.refuse(
                    "L'heure est celle de « start » : BYHOUR, BYMINUTE et BYSECOND sont refusés",
                    &PARTS,
                );
            } else if !PARTS.contains(&name.as_str()) {
                read.refuse(&format!("« {name} » n'est pas une partie de règle"), &PARTS);
            } else if read.get(&name).is_some() {
                read.refuse(&format!("{name} est donné deux fois"), &[]);
            } else {
                read.parts.push((name, value.trim()));
            }
        }
        read
    }

    fn get(&self, name: &str) -> Option<&'t str> {
        self.parts.iter().find(|p| p.0 == name).map(|p| p.1)
    }

    fn refuse(&mut self, message: &str, allowed: &[&str]) {
        self.faults.push(Fault {
            message: message.to_owned(),
            allowed: allowed.iter().map(|&a| a.to_owned()).collect(),
        });
    }

    /// One of the words of a table.
    fn word<T: Copy>(&mut self, name: &str, table: &[(&str, T)]) -> Option<T> {
        let found = self.get(name)?.to_ascii_uppercase();
        let value = table.iter().find(|w| w.0 == found).map(|w| w.1);
        if value.is_none() {
            let allowed: Vec<_> = table.iter().map(|w| w.0).collect();
            self.refuse(&format!("{name} vaut « {found} »"), &allowed);
        }
        value
    }

    /// A number from 1.
    fn number(&mut self, name: &str) -> Option<u32> {
        let text = self.get(name)?;
        let value = text.parse::<u16>().ok().filter(|&n| n > 0);
        if value.is_none() {
            self.refuse(&format!("{name} vaut « {text} »"), &["1 à 65535"]);
        }
        value.map(u32::from)
    }

    /// A list of numbers from 1 to `most`, or from the end when `signed`.
    fn numbers(&mut self, name: &str, most: i32, signed: bool) -> Vec<i32> {
        let Some(text) = self.get(name) else {
            return Vec::new();
        };
        let mut list = Vec::new();
        for item in text.split(',') {
            match item.trim().parse::<i32>() {
                Ok(n) if (1..=most).contains(&n) || (signed && (-most..0).contains(&n)) => {
                    list.push(n);
                }
                _ => {
                    let sign = if signed { ", ou négatif" } else { "" };
                    let allowed = format!("1 à {most}{sign}");
                    self.refuse(&format!("{name} contient « {item} »"), &[&allowed]);
                }
            }
        }
        list
    }

    fn days(&mut self) -> Vec<ByDay> {
        let Some(text) = self.get("BYDAY") else {
            return Vec::new();
        };
        let mut list = Vec::new();
        for item in text.split(',') {
            match by_day(item.trim()) {
                Some(day) => list.push(day),
                None => self.refuse(
                    &format!("BYDAY contient « {item} »"),
                    &["MO", "TU", "WE", "TH", "FR", "SA", "SU", "1TH", "-1FR"],
                ),
            }
        }
        list
    }

    fn until(&mut self) -> Option<DateTime<Utc>> {
        let text = self.get("UNTIL")?;
        let value = NaiveDateTime::parse_from_str(&text.to_ascii_uppercase(), "%Y%m%dT%H%M%SZ");
        if value.is_err() {
            self.refuse(
                "UNTIL doit être un instant UTC",
                &["UNTIL=20261231T225959Z"],
            );
        }
        value.ok().map(|at| at.and_utc())
    }
}

/// `TH`, `1TH`, `-1TH`.
fn by_day(text: &str) -> Option<ByDay> {
    let (rank, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let name = name.to_ascii_uppercase();
    let day = DAYS.iter().find(|d| d.0 == name)?.1;
    let nth = match rank {
        "" => None,
        rank => Some(
            rank.parse::<i32>()
                .ok()
                .filter(|n| (1..=53).contains(&n.abs()))?,
        ),
    };
    Some(ByDay { nth, day })
}

impl RecurrenceRule {
    /// Reads a rule, with or without `RRULE:` before it.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let mut parts = Parts::of(text.strip_prefix("RRULE:").unwrap_or(text));
        let frequency = parts.word("FREQ", &FREQUENCIES);
        if parts.get("FREQ").is_none() {
            parts.refuse(
                "FREQ est absent",
                &["FREQ=WEEKLY;BYDAY=TU", "FREQ=MONTHLY;BYDAY=1TH,3TH"],
            );
        }
        let rule = RecurrenceRule {
            frequency: frequency.unwrap_or(Frequency::Yearly),
            interval: parts.number("INTERVAL").unwrap_or(1),
            count: parts.number("COUNT"),
            until: parts.until(),
            week_start: parts.word("WKST", &DAYS).unwrap_or(Weekday::Mon),
            months: parts.numbers("BYMONTH", 12, false),
            weeks: parts.numbers("BYWEEKNO", 53, true),
            year_days: parts.numbers("BYYEARDAY", 366, true),
            month_days: parts.numbers("BYMONTHDAY", 31, true),
            days: parts.days(),
            positions: parts.numbers("BYSETPOS", 366, true),
        };
        if frequency.is_some() {
            rule.together(&mut parts);
        }
        if parts.faults.is_empty() {
            Ok(rule)
        } else {
            Err(parts.faults)
        }
    }

    /// What the parts forbid each other.
    fn together(&self, parts: &mut Parts<'_>) {
        use Frequency::{Daily, Monthly, Weekly, Yearly};
        let frequency = self.frequency;
        let ranked = self.days.iter().any(|d| d.nth.is_some());
        let others = parts
            .parts
            .iter()
            .any(|(name, _)| name.starts_with("BY") && name != "BYSETPOS");
        let refused = [
            (
                self.count.is_some() && self.until.is_some(),
                "COUNT et UNTIL ne vont pas ensemble",
            ),
            (
                !self.weeks.is_empty() && frequency != Yearly,
                "BYWEEKNO demande FREQ=YEARLY",
            ),
            (
                !self.year_days.is_empty() && frequency != Yearly,
                "BYYEARDAY demande FREQ=YEARLY",
            ),
            (
                !self.month_days.is_empty() && frequency == Weekly,
                "BYMONTHDAY ne va pas avec FREQ=WEEKLY",
            ),
            (
                ranked && matches!(frequency, Daily | Weekly),
                "un rang dans BYDAY demande FREQ=MONTHLY ou FREQ=YEARLY",
            ),
            (
                ranked && !self.weeks.is_empty(),
                "un rang dans BYDAY ne va pas avec BYWEEKNO",
            ),
            (
                frequency == Monthly
                    && self.days.iter().any(|d| d.nth.is_some_and(|n| n.abs() > 5)),
                "le rang d'un jour dans le mois va de 1 à 5, ou de -1 à -5",
            ),
            (
                !self.positions.is_empty() && !others,
                "BYSETPOS demande une autre partie BY…",
            ),
        ];
        for (_, message) in refused.iter().filter(|r| r.0) {
            parts.refuse(message, &[]);
        }
    }

    /// The same rule, completed by `start` where it sets nothing.
    fn completed(&self, start: NaiveDate) -> Self {
        let mut rule = self.clone();
        let silent =
            self.year_days.is_empty() && self.month_days.is_empty() && self.days.is_empty();
        if !silent {
            return rule;
        }
        let day_of_month = i32::try_from(start.day()).unwrap_or_default();
        let every_week = ByDay {
            nth: None,
            day: start.weekday(),
        };
        match self.frequency {
            Frequency::Daily => {}
            Frequency::Weekly => rule.days.push(every_week),
            Frequency::Monthly => rule.month_days.push(day_of_month),
            Frequency::Yearly if !self.weeks.is_empty() => rule.days.push(every_week),
            Frequency::Yearly => {
                if rule.months.is_empty() {
                    rule.months
                        .push(i32::try_from(start.month()).unwrap_or_default());
                }
                rule.month_days.push(day_of_month);
            }
        }
        rule
    }

    /// First and last day of the `n`-th period from the one of `start`.
    fn period(&self, start: NaiveDate, n: u32) -> Option<(NaiveDate, NaiveDate)> {
        let n = n.checked_mul(self.interval)?;
        match self.frequency {
            Frequency::Daily => {
                let day = start.checked_add_days(Days::new(n.into()))?;
                Some((day, day))
            }
            Frequency::Weekly => {
                let first = start.week(self.week_start).checked_first_day()?;
                let first = first.checked_add_days(Days::new(7 * u64::from(n)))?;
                Some((first, first.checked_add_days(Days::new(6))?))
            }
            Frequency::Monthly => {
                let first = start.with_day(1)?.checked_add_months(Months::new(n))?;
                Some((first, first.checked_add_months(Months::new(1))?.pred_opt()?))
            }
            Frequency::Yearly => {
                let year = start.year().checked_add(i32::try_from(n).ok()?)?;
                let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
                Some((first, NaiveDate::from_ymd_opt(year, 12, 31)?))
            }
        }
    }

    /// True when every list that sets a condition holds the day.
    fn holds(&self, date: NaiveDate) -> bool {
        let month_length = i32::from(date.num_days_in_month());
        let day = i32::try_from(date.day()).unwrap_or_default();
        let year_length = if date.leap_year() { 366 } else { 365 };
        let ordinal = i32::try_from(date.ordinal()).unwrap_or_default();
        among(
            &self.months,
            i32::try_from(date.month()).unwrap_or_default(),
            12,
        ) && among(&self.month_days, day, month_length)
            && among(&self.year_days, ordinal, year_length)
            && (self.weeks.is_empty() || {
                let (week, weeks) = week_number(date, self.week_start);
                among(&self.weeks, week, weeks)
            })
            && (self.days.is_empty()
                || self.days.iter().any(|by| {
                    let in_month = self.frequency == Frequency::Monthly || !self.months.is_empty();
                    let (rank, length) = if in_month {
                        (day, month_length)
                    } else {
                        (ordinal, year_length)
                    };
                    by.day == date.weekday()
                        && by.nth.is_none_or(|nth| {
                            nth == (rank - 1) / 7 + 1 || nth == -((length - rank) / 7 + 1)
                        })
                }))
    }

    /// The days of one period, in order.
    fn days_of(&self, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
        let all: Vec<_> = first
            .iter_days()
            .take_while(|&d| d <= last)
            .filter(|&d| self.holds(d))
            .collect();
        if self.positions.is_empty() {
            return all;
        }
        let count = i32::try_from(all.len()).unwrap_or(i32::MAX);
        (1..)
            .zip(all)
            .filter(|&(position, _)| among(&self.positions, position, count))
            .map(|(_, day)| day)
            .collect()
    }

    /// The occurrences from `after` to `before`, both included; `None` when
    /// the rule is too long to unroll from its start.
    pub(super) fn occurrences(
        &self,
        start: NaiveDateTime,
        after: NaiveDate,
        before: NaiveDate,
    ) -> Option<Vec<(NaiveDate, DateTime<Utc>)>> {
        let rule = self.completed(start.date());
        let mut found = Vec::new();
        let mut counted = 0;
        for n in 0..MOST_PERIODS {
            let Some((first, last)) = rule.period(start.date(), n) else {
                return Some(found);
            };
            if first > before {
                return Some(found);
            }
            // without a count, what is before the period has no effect
            if rule.count.is_none() && last < after {
                continue;
            }
            for day in rule.days_of(first, last) {
                if day < start.date() {
                    continue;
                }
                let Some(at) = at_paris(day.and_time(start.time())) else {
                    return Some(found);
                };
                if rule.until.is_some_and(|until| at > until) {
                    return Some(found);
                }
                if (after..=before).contains(&day) {
                    found.push((day, at));
                }
                counted += 1;
                if rule.count == Some(counted) {
                    return Some(found);
                }
            }
        }
        None
    }
}

/// True when the list is empty, or has the number, counted from 1 or, negative,
/// from the end.
fn among(list: &[i32], number: i32, length: i32) -> bool {
    list.is_empty() || list.contains(&number) || list.contains(&(number - length - 1))
}

/// Number of the week that holds the date, and how many weeks its year has:
/// week 1 is the first with four days or more in the year.
fn week_number(date: NaiveDate, week_start: Weekday) -> (i32, i32) {
    let first_week = |year: i32| {
        let fourth = NaiveDate::from_ymd_opt(year, 1, 4)?;
        fourth.week(week_start).checked_first_day()
    };
    let of = |year: i32| {
        let (first, next) = (first_week(year)?, first_week(year.checked_add(1)?)?);
        let weeks = |from: NaiveDate, to: NaiveDate| (to - from).num_days().div_euclid(7);
        (first <= date && date < next).then(|| (weeks(first, date) + 1, weeks(first, next)))
    };
    let year = date.year();
    let (week, weeks) = [year, year.saturating_sub(1), year.saturating_add(1)]
        .into_iter()
        .find_map(of)
        .unwrap_or_default();
    (
        i32::try_from(week).unwrap_or_default(),
        i32::try_from(weeks).unwrap_or_default(),
    )
}
