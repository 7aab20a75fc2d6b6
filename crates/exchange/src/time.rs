//! Instants of HL7 (TS, DTM) and what XDS and FHIR make of them.
//!
//! A CDA writes `AAAAMMJJHHMMSS+ZZZZ`, with less precision where it knows
//! less. XDS wants UTC without a zone (IHE ITI TF-3 4.2.3.1.7), FHIR its own
//! form. An instant that has an hour but no zone is one of Paris.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use dcc_base::calendar::paris::{at_paris, paris};
use dcc_cda::Ts;

/// An instant as HL7 writes it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Timestamp(Ts);

impl fmt::Debug for Timestamp {
    /// A birth date is a value of a patient.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Timestamp(…)")
    }
}

impl Timestamp {
    /// Reads `AAAA[MM[JJ[HH[MM[SS[.s]]]]]][±ZZ[ZZ]]`; none for any other text
    /// and for dates that are not in the calendar.
    pub fn parse(text: &str) -> Option<Self> {
        Ts::parse(text.trim()).ok().map(Timestamp)
    }

    fn offset(&self) -> Option<i16> {
        self.0.clock?.offset
    }

    /// The wall clock where the instant was written, the start of the day,
    /// month or year when no hour is known.
    fn local(&self) -> NaiveDateTime {
        let ts = self.0;
        let (month, day) = (ts.month.unwrap_or(1), ts.day.unwrap_or(1));
        let date = NaiveDate::from_ymd_opt(ts.year.into(), month.into(), day.into());
        let time = ts.clock.and_then(|clock| {
            let (minute, second) = (clock.minute.unwrap_or(0), clock.second.unwrap_or(0));
            NaiveTime::from_hms_opt(clock.hour.into(), minute.into(), second.into())
        });
        date.unwrap_or_default().and_time(time.unwrap_or_default())
    }

    /// True for an hour whose zone is not given, hence read as one of Paris.
    pub fn lacks_zone(&self) -> bool {
        self.0.clock.is_some_and(|clock| clock.offset.is_none())
    }

    /// The instant, in UTC; the start of the day, month or year in Paris when
    /// no hour is known.
    pub fn instant(&self) -> DateTime<Utc> {
        let local = self.local();
        self.0
            .instant()
            .or_else(|| at_paris(local))
            .unwrap_or_else(|| local.and_utc())
    }

    /// The calendar date where the instant was written.
    pub fn date(&self) -> NaiveDate {
        self.local().date()
    }

    /// `AAAAMMJJ` of the date where the instant was written, or less.
    pub fn day(&self) -> String {
        let whole = self.local().format("%Y%m%d").to_string();
        match (self.0.month, self.0.day) {
            (None, _) => whole[..4].to_owned(),
            (_, None) => whole[..6].to_owned(),
            _ => whole,
        }
    }

    /// The DTM of XDS: in UTC, without a zone, as precise as the source.
    pub fn to_xds(&self) -> String {
        let Some(clock) = self.0.clock else {
            return self.day();
        };
        let at = self.instant();
        match (clock.minute, clock.second) {
            (None, _) => at.format("%Y%m%d%H"),
            (_, None) => at.format("%Y%m%d%H%M"),
            _ => at.format("%Y%m%d%H%M%S"),
        }
        .to_string()
    }

    /// The `dateTime` of FHIR: `2026`, `2026-03`, `2026-03-04` or the full
    /// form with the zone of the source.
    pub fn to_fhir(&self) -> String {
        let local = self.local();
        match self.0 {
            Ts { month: None, .. } => local.format("%Y").to_string(),
            Ts { day: None, .. } => local.format("%Y-%m").to_string(),
            Ts { clock: None, .. } => local.format("%Y-%m-%d").to_string(),
            _ => self.to_fhir_instant(),
        }
    }

    /// The `instant` of FHIR, which is always precise to the second.
    pub fn to_fhir_instant(&self) -> String {
        let at = self.instant();
        let offset = self
            .offset()
            .and_then(|minutes| FixedOffset::east_opt(i32::from(minutes) * 60));
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
