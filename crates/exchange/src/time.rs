//! Instants of HL7 (TS, DTM) and what XDS and FHIR make of them.
//!
//! A CDA writes `AAAAMMJJHHMMSS+ZZZZ`, with less precision where it knows
//! less. XDS wants UTC without a zone (IHE ITI TF-3 4.2.3.1.7), FHIR its own
//! form. An instant that has an hour but no zone is one of Paris.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use dcc_base::calendar::paris::{at_paris, paris};

/// How far an instant is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Precision {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

/// An instant as HL7 writes it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Timestamp {
    local: NaiveDateTime,
    precision: Precision,
    /// Zone, in minutes east of Greenwich.
    zone: Option<i32>,
}

impl fmt::Debug for Timestamp {
    /// A birth date is a value of a patient.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Timestamp(…)")
    }
}

impl Timestamp {
    /// Reads `AAAA[MM[JJ[HH[MM[SS[.s]]]]]][±ZZ[ZZ]]`; none for any other text
    /// and for dates that are not in the calendar. Fractions are dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let end = text.find(['+', '-']).unwrap_or(text.len());
        let (moment, zone) = text.split_at(end);
        let zone = if zone.is_empty() {
            None
        } else {
            Some(minutes_east(zone)?)
        };
        let digits = match moment.split_once('.') {
            None => moment,
            Some((digits, fraction)) => {
                let is_fraction = !fraction.is_empty() && is_digits(fraction);
                (digits.len() == 14 && is_fraction).then_some(digits)?
            }
        };
        if !is_digits(digits) {
            return None;
        }
        let precision = match digits.len() {
            4 => Precision::Year,
            6 => Precision::Month,
            8 => Precision::Day,
            10 => Precision::Hour,
            12 => Precision::Minute,
            14 => Precision::Second,
            _ => return None,
        };
        let part = |from: usize, default: u32| match digits.get(from..from + 2) {
            Some(part) => part.parse::<u32>().ok(),
            None => Some(default),
        };
        let year = digits[..4].parse().ok()?;
        let date = NaiveDate::from_ymd_opt(year, part(4, 1)?, part(6, 1)?)?;
        // a leap second is the second before it
        let time = NaiveTime::from_hms_opt(part(8, 0)?, part(10, 0)?, part(12, 0)?.min(59))?;
        Some(Timestamp {
            local: date.and_time(time),
            precision,
            zone,
        })
    }

    /// True for an hour whose zone is not given, hence read as one of Paris.
    pub fn lacks_zone(&self) -> bool {
        self.precision >= Precision::Hour && self.zone.is_none()
    }

    /// The instant, in UTC; the start of the day, month or year in Paris when
    /// no hour is known.
    pub fn instant(&self) -> DateTime<Utc> {
        let at = match self.zone {
            Some(zone) if self.precision >= Precision::Hour => self
                .local
                .checked_sub_signed(TimeDelta::minutes(zone.into()))
                .map(|at| at.and_utc()),
            _ => at_paris(self.local),
        };
        at.unwrap_or_else(|| self.local.and_utc())
    }

    /// The calendar date where the instant was written.
    pub fn date(&self) -> NaiveDate {
        self.local.date()
    }

    /// `AAAAMMJJ` of the date where the instant was written, or less.
    pub fn day(&self) -> String {
        let whole = self.local.format("%Y%m%d").to_string();
        match self.precision {
            Precision::Year => whole[..4].to_owned(),
            Precision::Month => whole[..6].to_owned(),
            _ => whole,
        }
    }

    /// The DTM of XDS: in UTC, without a zone, as precise as the source.
    pub fn to_xds(&self) -> String {
        if self.precision < Precision::Hour {
            return self.day();
        }
        let at = self.instant();
        match self.precision {
            Precision::Hour => at.format("%Y%m%d%H"),
            Precision::Minute => at.format("%Y%m%d%H%M"),
            _ => at.format("%Y%m%d%H%M%S"),
        }
        .to_string()
    }

    /// The `dateTime` of FHIR: `2026`, `2026-03`, `2026-03-04` or the full
    /// form with the zone of the source.
    pub fn to_fhir(&self) -> String {
        match self.precision {
            Precision::Year => self.local.format("%Y").to_string(),
            Precision::Month => self.local.format("%Y-%m").to_string(),
            Precision::Day => self.local.format("%Y-%m-%d").to_string(),
            _ => self.to_fhir_instant(),
        }
    }

    /// The `instant` of FHIR, which is always precise to the second.
    pub fn to_fhir_instant(&self) -> String {
        let at = self.instant();
        let zone = self.zone.filter(|_| self.precision >= Precision::Hour);
        let offset = zone.and_then(|minutes| FixedOffset::east_opt(minutes * 60));
        let local = match offset {
            Some(offset) => at.with_timezone(&offset),
            None => paris(at),
        };
        local.format("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

/// `AAAAMMJJHHMMSS` of an instant, in UTC: the DTM of XDS.
pub fn xds(at: DateTime<Utc>) -> String {
    at.format("%Y%m%d%H%M%S").to_string()
}

/// `AAAAMMJJHHMMSS+ZZZZ` of an instant, on the clock of Paris: the DTM of HL7 v2.
pub fn hl7v2(at: DateTime<Utc>) -> String {
    paris(at).format("%Y%m%d%H%M%S%z").to_string()
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Minutes of `+0200`, `-05` or `+02:00`.
fn minutes_east(zone: &str) -> Option<i32> {
    let (sign, digits) = match zone.as_bytes().first()? {
        b'+' => (1, &zone[1..]),
        _ => (-1, &zone[1..]),
    };
    let digits = digits.replace(':', "");
    if !is_digits(&digits) || !matches!(digits.len(), 2 | 4) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits
        .get(2..)
        .filter(|m| !m.is_empty())
        .map_or(Ok(0), str::parse)
        .ok()?;
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn xds_of(text: &str) -> String {
        Timestamp::parse(text).unwrap().to_xds()
    }

    #[test]
    fn xds_is_in_utc_and_as_precise_as_the_source() {
        assert_eq!(xds_of("20160711142758+0200"), "20160711122758");
        assert_eq!(xds_of("20190218154500+0100"), "20190218144500");
        assert_eq!(xds_of("201001040922+0100"), "201001040822");
        assert_eq!(xds_of("2026030400-0500"), "2026030405");
        assert_eq!(xds_of("20260304003000+01"), "20260303233000");
        assert_eq!(xds_of("20260304"), "20260304");
        assert_eq!(xds_of("202603"), "202603");
        assert_eq!(xds_of("20160711142758.123+0200"), "20160711122758");
    }

    #[test]
    fn an_hour_without_a_zone_is_one_of_paris() {
        let summer = Timestamp::parse("20260704120000").unwrap();
        assert!(summer.lacks_zone());
        assert_eq!(summer.to_xds(), "20260704100000");
        assert_eq!(summer.to_fhir(), "2026-07-04T12:00:00+02:00");
        assert!(!Timestamp::parse("20260704").unwrap().lacks_zone());
    }

    #[test]
    fn fhir_keeps_the_zone_of_the_source() {
        let fhir = |text: &str| Timestamp::parse(text).unwrap().to_fhir();
        assert_eq!(fhir("20190218154500-0500"), "2019-02-18T15:45:00-05:00");
        assert_eq!(fhir("201902181545+0100"), "2019-02-18T15:45:00+01:00");
        assert_eq!(fhir("201902"), "2019-02");
        let day = Timestamp::parse("20190218").unwrap();
        assert_eq!(day.to_fhir_instant(), "2019-02-18T00:00:00+01:00");
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "",
            "2",
            "20261301",
            "20260230",
            "2026030425",
            "20260304120000+2500",
            "20260304+",
            "20260304120000.+01",
            "２０２６",
            "2026-03-04",
            "20260304120000.5x",
            "+0100",
            "é",
        ] {
            assert!(Timestamp::parse(text).is_none(), "{text}");
        }
    }
}
