//! Dates and instants (HL7 v3 `TS`, *date, horodatage*).

use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, Timelike, Utc};
use dcc_base::calendar::paris::paris;
use dcc_base::problem::{Problem, Problems};
use dcc_xml::tree::{NodeId, Tree};

use crate::rules;

/// A date or an instant, as precise as it is written.
///
/// The forms are those of the XML Schema of CDA R2 (type `ts`):
/// `AAAA[MM[JJ[hh[mm[ss[.f+]]]]]][±h[h[mm]]]`, the offset from the hour on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ts {
    /// Year, 1 to 9999.
    pub year: u16,
    /// Month, when written.
    pub month: Option<u8>,
    /// Day of the month, when written.
    pub day: Option<u8>,
    /// Time of day, when written.
    pub clock: Option<Clock>,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Clock {
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, when written.
    pub minute: Option<u8>,
    /// Second, when written.
    pub second: Option<u8>,
    /// Fraction of the second in nanoseconds, when written; the digits beyond
    /// the ninth are not kept.
    pub nanos: Option<u32>,
    /// Minutes east of UTC, when written.
    pub offset: Option<i16>,
}

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TsFault {
    /// It has not the form of a `TS`.
    Form,
    /// It has the form, but there is no such date or time.
    Impossible,
}

impl fmt::Display for TsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TsFault::Form => "ce n'est pas une date HL7",
            TsFault::Impossible => "cette date ou cette heure n'existe pas",
        })
    }
}

impl std::error::Error for TsFault {}

impl Ts {
    /// Reads the HL7 form.
    ///
    /// # Errors
    /// [`TsFault`]: the form, or a date that does not exist.
    ///
    /// ```
    /// use dcc_cda::{Ts, TsFault};
    ///
    /// assert_eq!(Ts::parse("202503141130+01").unwrap().french(), "14/03/2025 à 11:30");
    /// assert_eq!(Ts::parse("2025-03-14"), Err(TsFault::Form));
    /// assert_eq!(Ts::parse("20250231"), Err(TsFault::Impossible));
    /// ```
    pub fn parse(text: &str) -> Result<Ts, TsFault> {
        let (moment, zone) = match text.find(['+', '-']) {
            Some(at) => text.split_at(at),
            None => (text, ""),
        };
        let (digits, fraction) = match moment.split_once('.') {
            Some((digits, fraction)) => (digits, Some(fraction)),
            None => (moment, None),
        };
        let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let shaped = plain(digits)
            && matches!(digits.len(), 4 | 6 | 8 | 10 | 12 | 14)
            && fraction.is_none_or(|f| digits.len() == 14 && plain(f))
            && (zone.is_empty() || digits.len() > 8);
        if !shaped {
            return Err(TsFault::Form);
        }
        let part = |from: usize| {
            digits
                .get(from..from + 2)
                .and_then(|t| t.parse::<u8>().ok())
        };
        let offset = match zone.len() {
            0 => None,
            _ => Some(offset(zone)?),
        };
        let ts = Ts {
            year: digits[..4].parse().map_err(|_| TsFault::Form)?,
            month: part(4),
            day: part(6),
            clock: part(8).map(|hour| Clock {
                hour,
                minute: part(10),
                second: part(12),
                nanos: fraction.map(|f| {
                    let nine: String = f.chars().chain("000000000".chars()).take(9).collect();
                    nine.parse().unwrap_or(0)
                }),
                offset,
            }),
        };
        if ts.is_real() {
            Ok(ts)
        } else {
            Err(TsFault::Impossible)
        }
    }

    fn is_real(self) -> bool {
        let date = NaiveDate::from_ymd_opt(
            i32::from(self.year),
            u32::from(self.month.unwrap_or(1)),
            u32::from(self.day.unwrap_or(1)),
        );
        let clock = self.clock.is_none_or(|c| {
            c.hour < 24 && c.minute.is_none_or(|m| m < 60) && c.second.is_none_or(|s| s < 60)
        });
        self.year > 0 && date.is_some() && clock
    }

    /// The instant, when the date has an hour and an offset.
    pub fn instant(self) -> Option<DateTime<Utc>> {
        let clock = self.clock?;
        let date = NaiveDate::from_ymd_opt(
            i32::from(self.year),
            u32::from(self.month?),
            u32::from(self.day?),
        )?;
        let local = date.and_hms_nano_opt(
            u32::from(clock.hour),
            u32::from(clock.minute.unwrap_or(0)),
            u32::from(clock.second.unwrap_or(0)),
            clock.nanos.unwrap_or(0),
        )?;
        Some((local - TimeDelta::minutes(i64::from(clock.offset?))).and_utc())
    }

    /// In French, to the minute: `18/02/2019 à 09:49`. Seconds and their
    /// fraction are not shown. The hour is the one written; when its offset is
    /// not that of Paris at this instant, both are given:
    /// `18/02/2019 à 12:49 (UTC+04:00, soit 09:49 à Paris)`.
    pub fn french(self) -> String {
        let mut out = self.french_day();
        let Some(clock) = self.clock else { return out };
        match clock.minute {
            Some(minute) => out.push_str(&format!(" à {:02}:{minute:02}", clock.hour)),
            None => out.push_str(&format!(" à {:02}\u{A0}h", clock.hour)),
        }
        if let (Some(offset), Some(instant)) = (clock.offset, self.instant()) {
            let there = paris(instant);
            if there.offset().local_minus_utc() != i32::from(offset) * 60 {
                out.push_str(&self.both(offset, there, clock.minute.is_some()));
            }
        }
        out
    }

    /// The offset written, and the same instant in Paris.
    fn both(self, offset: i16, there: DateTime<FixedOffset>, has_minute: bool) -> String {
        let zone = match offset {
            0 => "UTC".to_owned(),
            _ => {
                let sign = if offset < 0 { '-' } else { '+' };
                let size = offset.unsigned_abs();
                format!("UTC{sign}{:02}:{:02}", size / 60, size % 60)
            }
        };
        let same_day = Some(there.day()) == self.day.map(u32::from);
        let day = if same_day {
            String::new()
        } else {
            format!("{} à ", there.format("%d/%m/%Y"))
        };
        let time = if has_minute || there.minute() != 0 {
            format!("{:02}:{:02}", there.hour(), there.minute())
        } else {
            format!("{:02}\u{A0}h", there.hour())
        };
        format!(" ({zone}, soit {day}{time} à Paris)")
    }

    /// The date alone: `18/02/2019`, `02/2019` or `2019`.
    pub fn french_day(self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{day:02}/{month:02}/{:04}", self.year),
            (Some(month), None) => format!("{month:02}/{:04}", self.year),
            _ => format!("{:04}", self.year),
        }
    }
}

/// Minutes east of UTC: `+1`, `+01`, `+100`, `+0100`.
fn offset(zone: &str) -> Result<i16, TsFault> {
    let digits = &zone[1..];
    if !(1..=4).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(TsFault::Form);
    }
    let cut = if digits.len() <= 2 {
        digits.len()
    } else {
        digits.len() - 2
    };
    let hours: i16 = digits[..cut].parse().map_err(|_| TsFault::Form)?;
    let minutes: i16 = match &digits[cut..] {
        "" => 0,
        text => text.parse().map_err(|_| TsFault::Form)?,
    };
    let size = hours * 60 + minutes;
    if minutes > 59 || size > 14 * 60 {
        return Err(TsFault::Impossible);
    }
    Ok(if zone.starts_with('-') { -size } else { size })
}

/// The text of a `TS` in French; a text that is no possible date is given as
/// it stands, and reported.
pub fn french(tree: &Tree<'_>, id: NodeId, problems: &mut Problems) -> Option<String> {
    let value = tree.peek(id, "value")?.trim();
    tree.mark(id);
    if value.is_empty() {
        return None;
    }
    Some(match Ts::parse(value) {
        Ok(ts) => ts.french(),
        Err(why) => {
            problems.push(
                Problem::new(&rules::TS, format!("{}/@value", tree.path_of(id)))
                    .message(format!(
                        "Une date est montrée telle qu'elle est écrite : {why}"
                    ))
                    .found(dcc_base::text::clip(value))
                    .allowed(["AAAA, AAAAMM, AAAAMMJJ ou AAAAMMJJhhmmss±hhmm"]),
            );
            dcc_base::text::one_line(value)
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn french(text: &str) -> String {
        Ts::parse(text).unwrap().french().replace('\u{A0}', " ")
    }

    #[test]
    fn dates_are_as_precise_as_written() {
        for (text, shown) in [
            ("2019", "2019"),
            ("201902", "02/2019"),
            ("20190218", "18/02/2019"),
            ("2025031411", "14/03/2025 à 11 h"),
            ("2025031411+01", "14/03/2025 à 11 h"),
            ("202503141130", "14/03/2025 à 11:30"),
            ("20250314113000.123+0100", "14/03/2025 à 11:30"),
            ("20250314113000+1", "14/03/2025 à 11:30"),
            ("20250314113000+100", "14/03/2025 à 11:30"),
            ("20250714113000+0200", "14/07/2025 à 11:30"),
        ] {
            assert_eq!(french(text), shown, "{text}");
        }
    }

    #[test]
    fn another_zone_than_that_of_paris_is_given_with_paris() {
        assert_eq!(
            french("202503141130+0400"),
            "14/03/2025 à 11:30 (UTC+04:00, soit 08:30 à Paris)"
        );
        assert_eq!(
            french("202503142330+0000"),
            "14/03/2025 à 23:30 (UTC, soit 15/03/2025 à 00:30 à Paris)"
        );
    }

    #[test]
    fn what_is_no_date_is_refused_whole() {
        for (text, fault) in [
            ("", TsFault::Form),
            ("1979-03-28", TsFault::Form),
            ("1979-03", TsFault::Form),
            ("28/03/1979", TsFault::Form),
            ("2025-03-14T11:30:00+01:00", TsFault::Form),
            ("20250314113000Z", TsFault::Form),
            ("20250314+0100", TsFault::Form),
            ("2025031", TsFault::Form),
            ("202503141130.5", TsFault::Form),
            ("20250314113000.", TsFault::Form),
            ("２０２５", TsFault::Form),
            ("28031979", TsFault::Impossible),
            ("20250431", TsFault::Impossible),
            ("202500", TsFault::Impossible),
            ("20250100", TsFault::Impossible),
            ("0000", TsFault::Impossible),
            ("2025031424", TsFault::Impossible),
            ("202503141160", TsFault::Impossible),
            ("2025031411+1500", TsFault::Impossible),
            ("2025031411+0160", TsFault::Impossible),
        ] {
            assert_eq!(Ts::parse(text), Err(fault), "{text}");
        }
    }
}
