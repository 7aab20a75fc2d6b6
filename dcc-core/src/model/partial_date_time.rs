//! A date or an instant, as precise as it is known.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, TimeZone};
use dcc_cda::Ts;
use serde::{Serialize, Serializer};

/// A date or an instant (*date, horodatage*; HL7 `TS`), as precise as it is
/// known.
///
/// JSON and [`std::str::FromStr`] take ISO 8601: `2019`, `2019-02`,
/// `2019-02-18`, `2019-02-18T09:49+01:00`, `2019-02-18T09:49:14+01:00`.
/// Fractions of a second are refused: the CI-SIS stops at the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartialDateTime {
    year: u16,
    /// 0: not known.
    month: u8,
    /// 0: not known.
    day: u8,
    time: Option<Time>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Time {
    hour: u8,
    minute: u8,
    second: Option<u8>,
    /// Minutes east of UTC.
    offset: Option<i16>,
}

impl PartialDateTime {
    /// A calendar date. A year outside 1 to 9999, which no form can hold, is
    /// the nearest of them: [`TryFrom`] refuses it.
    pub fn date(date: NaiveDate) -> Self {
        PartialDateTime {
            year: date.year().clamp(1, 9999) as u16,
            month: date.month() as u8,
            day: date.day() as u8,
            time: None,
        }
    }

    /// A day, a month or a year, as precise as it is known: 0 for a month or a
    /// day that is not. None when there is no such date.
    ///
    /// ```
    /// use dcc_core::model::PartialDateTime;
    ///
    /// let month = PartialDateTime::ymd(2019, 2, 0).map(|m| m.to_string());
    /// assert_eq!(month.as_deref(), Some("2019-02"));
    /// assert_eq!(PartialDateTime::ymd(2019, 2, 30), None);
    /// ```
    pub fn ymd(year: u16, month: u8, day: u8) -> Option<Self> {
        let digits = match (month, day) {
            (0, 0) => 4,
            (_, 0) => 6,
            _ => 8,
        };
        let date = PartialDateTime {
            year,
            month,
            day,
            time: None,
        };
        (year <= 9999 && date.is_real(digits)).then_some(date)
    }

    /// An instant, to the second, with the offset of its zone. The year is as
    /// that of [`date`](Self::date).
    pub fn instant<Tz: TimeZone>(instant: DateTime<Tz>) -> Self {
        use chrono::Timelike;
        let instant = instant.fixed_offset();
        PartialDateTime {
            time: Some(Time {
                hour: instant.hour() as u8,
                minute: instant.minute() as u8,
                second: Some(instant.second() as u8),
                offset: Some((instant.offset().local_minus_utc() / 60) as i16),
            }),
            ..PartialDateTime::date(instant.date_naive())
        }
    }

    /// The calendar date, when the day is known.
    pub fn to_date(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(
            i32::from(self.year),
            u32::from(self.month),
            u32::from(self.day),
        )
    }

    /// The instant, when the time of day and its zone are known; a second
    /// that is not given is 0.
    pub fn to_instant(self) -> Option<DateTime<chrono::Utc>> {
        self.time?.offset?;
        DateTime::from_timestamp(self.bounds().0, 0)
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// True when a time of day is given.
    pub fn has_time(self) -> bool {
        self.time.is_some()
    }

    /// True when a time of day is given without its time zone, which the
    /// CI-SIS refuses.
    pub fn lacks_zone(self) -> bool {
        self.time.is_some_and(|t| t.offset.is_none())
    }

    /// True when this moment is certainly before `other`, whatever the part
    /// of each that is not known.
    pub fn is_before(self, other: PartialDateTime) -> bool {
        // to the day when one of them has no time: zones then do not matter
        if self.time.is_none() || other.time.is_none() {
            return PartialDateTime { time: None, ..self }.bounds().1
                < PartialDateTime {
                    time: None,
                    ..other
                }
                .bounds()
                .0;
        }
        self.bounds().1 < other.bounds().0
    }

    /// First and last minute-scale seconds that this moment may stand for.
    fn bounds(self) -> (i64, i64) {
        let first = NaiveDate::from_ymd_opt(
            i32::from(self.year),
            u32::from(self.month.max(1)),
            u32::from(self.day.max(1)),
        )
        .unwrap_or_default();
        let last = if self.day > 0 {
            first
        } else if self.month > 0 {
            first + chrono::Months::new(1) - chrono::Days::new(1)
        } else {
            first + chrono::Months::new(12) - chrono::Days::new(1)
        };
        let seconds = |d: NaiveDate| d.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
        match self.time {
            None => (seconds(first), seconds(last) + 86_399),
            Some(t) => {
                let at = seconds(first) + i64::from(t.hour) * 3600 + i64::from(t.minute) * 60
                    - i64::from(t.offset.unwrap_or(0)) * 60;
                let second = t.second.map(i64::from);
                (at + second.unwrap_or(0), at + second.unwrap_or(59))
            }
        }
    }

    /// The HL7 form: `20190218094914+0100`, cut where knowledge stops.
    pub fn hl7(self) -> Hl7 {
        Hl7(self)
    }

    /// Reads the HL7 form (`TS`). An hour without its minutes and a fraction of a
    /// second, which this type does not hold, are not read.
    pub fn from_hl7(text: &str) -> Option<Self> {
        let ts = Ts::parse(text).ok()?;
        let time = match ts.clock {
            None => None,
            Some(clock) if clock.nanos.is_some() => return None,
            Some(clock) => Some(Time {
                hour: clock.hour,
                minute: clock.minute?,
                second: clock.second,
                offset: clock.offset,
            }),
        };
        Some(PartialDateTime {
            year: ts.year,
            month: ts.month.unwrap_or(0),
            day: ts.day.unwrap_or(0),
            time,
        })
    }

    /// True when the fields given (8 digits for a day) are those of a real date and time.
    fn is_real(self, digits: usize) -> bool {
        let date = NaiveDate::from_ymd_opt(
            i32::from(self.year),
            if digits >= 6 {
                u32::from(self.month)
            } else {
                1
            },
            if digits >= 8 { u32::from(self.day) } else { 1 },
        );
        self.year > 0
            && date.is_some()
            && self
                .time
                .is_none_or(|t| t.hour < 24 && t.minute < 60 && t.second.is_none_or(|s| s < 60))
    }

    /// As a French reader writes it, `18/02/2019`, with the time (and its
    /// zone) when there is one.
    pub fn french(self) -> French {
        French(self)
    }

    /// Reads what [`PartialDateTime::french`] writes.
    pub fn from_french(text: &str) -> Option<Self> {
        let (date, rest) = match text.split_once(' ') {
            Some((date, rest)) => (date, Some(rest)),
            None => (text, None),
        };
        let parts: Vec<&str> = date.split('/').collect();
        let iso = match parts[..] {
            [y] if y.len() == 4 => y.to_owned(),
            [m, y] if m.len() == 2 && y.len() == 4 => format!("{y}-{m}"),
            [d, m, y] if d.len() == 2 && m.len() == 2 && y.len() == 4 => format!("{y}-{m}-{d}"),
            _ => return None,
        };
        match rest {
            None => iso.parse().ok(),
            Some(rest) => {
                let (time, zone) = match rest.split_once(" (UTC") {
                    Some((time, zone)) => (time, zone.strip_suffix(')')?),
                    None => (rest, ""),
                };
                format!("{iso}T{time}{zone}").parse().ok()
            }
        }
    }
}

/// Writes a [`PartialDateTime`] in its HL7 form.
#[derive(Clone, Copy, Debug)]
pub struct Hl7(PartialDateTime);

impl fmt::Display for Hl7 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let m = self.0;
        write!(f, "{:04}", m.year)?;
        if m.month > 0 {
            write!(f, "{:02}", m.month)?;
        }
        if m.day > 0 {
            write!(f, "{:02}", m.day)?;
        }
        if let Some(t) = m.time {
            write!(f, "{:02}{:02}", t.hour, t.minute)?;
            if let Some(s) = t.second {
                write!(f, "{s:02}")?;
            }
            if let Some(o) = t.offset {
                let (sign, o) = if o < 0 { ('-', -o) } else { ('+', o) };
                write!(f, "{sign}{:02}{:02}", o / 60, o % 60)?;
            }
        }
        Ok(())
    }
}

/// Writes a [`PartialDateTime`] for a French reader.
#[derive(Clone, Copy, Debug)]
pub struct French(PartialDateTime);

impl fmt::Display for French {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let m = self.0;
        if m.day > 0 {
            write!(f, "{:02}/", m.day)?;
        }
        if m.month > 0 {
            write!(f, "{:02}/", m.month)?;
        }
        write!(f, "{:04}", m.year)?;
        if let Some(t) = m.time {
            write!(f, " {:02}:{:02}", t.hour, t.minute)?;
            if let Some(s) = t.second {
                write!(f, ":{s:02}")?;
            }
            if let Some(o) = t.offset {
                let (sign, o) = if o < 0 { ('-', -o) } else { ('+', o) };
                write!(f, " (UTC{sign}{:02}:{:02})", o / 60, o % 60)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for PartialDateTime {
    /// ISO 8601.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        if let Some(t) = self.time {
            write!(f, "T{:02}:{:02}", t.hour, t.minute)?;
            if let Some(s) = t.second {
                write!(f, ":{s:02}")?;
            }
            if let Some(o) = t.offset {
                let (sign, o) = if o < 0 { ('-', -o) } else { ('+', o) };
                write!(f, "{sign}{:02}:{:02}", o / 60, o % 60)?;
            }
        }
        Ok(())
    }
}

/// The text is not an ISO 8601 date or instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "date invalide, attendue sous la forme aaaa, aaaa-mm, aaaa-mm-jj ou aaaa-mm-jjThh:mm[:ss]+hh:mm"
)]
pub struct PartialDateTimeError;

impl std::str::FromStr for PartialDateTime {
    type Err = PartialDateTimeError;

    fn from_str(text: &str) -> Result<Self, PartialDateTimeError> {
        if !text.is_ascii() {
            return Err(PartialDateTimeError);
        }
        let (date, time) = match text.split_once('T') {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        if !matches!(date.len(), 4 | 7 | 10)
            || date
                .bytes()
                .enumerate()
                .any(|(i, b)| (b == b'-') != (i == 4 || i == 7))
        {
            return Err(PartialDateTimeError);
        }
        let mut hl7 = date.replace('-', "");
        if let Some(time) = time {
            if date.len() != 10 {
                return Err(PartialDateTimeError);
            }
            let (clock, zone) = match time.find(['Z', '+', '-']) {
                Some(i) => time.split_at(i),
                None => (time, ""),
            };
            let shaped = |t: &str, lens: &[usize], colons: &[usize]| {
                lens.contains(&t.len())
                    && t.bytes()
                        .enumerate()
                        .all(|(i, b)| (b == b':') == colons.contains(&i))
            };
            if !shaped(clock, &[5, 8], &[2, 5])
                || !(zone.is_empty() || zone == "Z" || shaped(zone, &[6], &[3]))
            {
                return Err(PartialDateTimeError);
            }
            hl7.push_str(&clock.replace(':', ""));
            hl7.push_str(&if zone == "Z" {
                "+0000".to_owned()
            } else {
                zone.replace(':', "")
            });
        }
        PartialDateTime::from_hl7(&hl7).ok_or(PartialDateTimeError)
    }
}

/// Its year is 1 to 9999.
impl TryFrom<NaiveDate> for PartialDateTime {
    type Error = PartialDateTimeError;

    fn try_from(date: NaiveDate) -> Result<Self, PartialDateTimeError> {
        match date.year() {
            1..=9999 => Ok(PartialDateTime::date(date)),
            _ => Err(PartialDateTimeError),
        }
    }
}

/// Its year is 1 to 9999.
impl<Tz: TimeZone> TryFrom<DateTime<Tz>> for PartialDateTime {
    type Error = PartialDateTimeError;

    fn try_from(instant: DateTime<Tz>) -> Result<Self, PartialDateTimeError> {
        match instant.fixed_offset().year() {
            1..=9999 => Ok(PartialDateTime::instant(instant)),
            _ => Err(PartialDateTimeError),
        }
    }
}

impl Serialize for PartialDateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

dcc_json::read_from_text!(
    PartialDateTime,
    "2000-01-01",
    "une date ISO 8601 entre guillemets"
);

/// What [`PartialDateTime`] reads: a real date, and a time of day up to the second.
#[cfg(feature = "schema")]
const MOMENT_PATTERN: &str = concat!(
    "^((?!0000)[0-9]{4}(-(0[1-9]|1[0-2]))?|",
    super::pattern::day_pattern!(),
    "(T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?",
    "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?)?)$"
);

#[cfg(feature = "schema")]
impl schemars::JsonSchema for PartialDateTime {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PartialDateTime".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "*Date ou horodatage ISO 8601, aussi précis que connu : aaaa, aaaa-mm, aaaa-mm-jj ou aaaa-mm-jjThh:mm[:ss]±hh:mm*",
            "pattern": MOMENT_PATTERN
        })
    }
}

#[cfg(test)]
mod tests;
