//! Dates of birth of which a part is unknown.
//!
//! | known | written |
//! |---|---|
//! | month and year | day `01` |
//! | day and year | month `01` |
//! | year | `31/12` of the year |
//! | no year | a year (else a decade) compatible with the patient, day and month as above |
//!
//! The date is then marked as corrected (ZFD-4 of PAM France). The sanitary
//! identity has no incomplete date; the date of billing (*date lunaire*), whose
//! month may be above 12 and day above 31, is kept apart.
//!
//! Source: Guide d'implémentation de l'INS v3, EXI ID 11, EXI ID 12, EXI PP 19.

use chrono::NaiveDate;
use dcc_base::problem::Problem;

use crate::opaque::opaque;
use crate::rules;

/// What is known of a date of birth.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownDate {
    /// *Année*.
    pub year: Option<u16>,
    /// *Décennie*, its first year (1950), when the year is not known.
    pub decade: Option<u16>,
    /// *Mois*, 1 to 12.
    pub month: Option<u8>,
    /// *Jour*, 1 to 31.
    pub day: Option<u8>,
}

/// The date of birth of the sanitary identity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SanitaryDate {
    /// The date, complete and real.
    pub date: NaiveDate,
    /// True when a part of it was unknown and has been filled.
    pub corrected: bool,
}

opaque!(KnownDate, SanitaryDate);

impl KnownDate {
    /// What is known: year, month and day, each or not.
    pub fn new(year: Option<u16>, month: Option<u8>, day: Option<u8>) -> Self {
        KnownDate {
            year,
            decade: None,
            month,
            day,
        }
    }

    /// The same, when only the decade of birth is known.
    #[must_use]
    pub fn in_decade(mut self, decade: u16) -> Self {
        self.decade = Some(decade / 10 * 10);
        self
    }

    /// What is known of a date of billing or of INSi, `AAAA-MM-JJ`, where `00`,
    /// a month above 12 and a day above 31 stand for what is not known.
    ///
    /// # Errors
    /// `TRAIT-DATE` when the text has not this form, or the year is 0000.
    pub fn from_lunar(text: &str, path: &str) -> Result<Self, Problem> {
        let fault = || {
            Problem::new(&rules::BIRTH_DATE, path)
                .found(text)
                .allowed(["AAAA-MM-JJ"])
        };
        let bytes = text.as_bytes();
        let form = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| match i {
                4 | 7 => *b == b'-',
                _ => b.is_ascii_digit(),
            });
        if !form {
            return Err(fault());
        }
        let year: u16 = text[..4].parse().map_err(|_| fault())?;
        let month: u8 = text[5..7].parse().map_err(|_| fault())?;
        let day: u8 = text[8..].parse().map_err(|_| fault())?;
        if year == 0 {
            return Err(fault());
        }
        Ok(KnownDate::new(
            Some(year),
            Some(month).filter(|m| (1..=12).contains(m)),
            Some(day).filter(|d| (1..=31).contains(d)),
        ))
    }

    /// The date of the sanitary identity. `compatible_year` is a year compatible
    /// with the age of the patient, asked when neither year nor decade is known.
    ///
    /// # Errors
    /// `TRAIT-ANNEE` when a year is needed, `TRAIT-DATE` when the date is not real
    /// (a day known that the month has not).
    pub fn sanitary(
        self,
        compatible_year: Option<u16>,
        path: &str,
    ) -> Result<SanitaryDate, Problem> {
        let year = self
            .year
            .or(self.decade)
            .or(compatible_year)
            .ok_or_else(|| Problem::new(&rules::BIRTH_YEAR, path))?;
        let (month, day) = match (self.month, self.day) {
            (Some(month), Some(day)) => (month, day),
            (Some(month), None) => (month, 1),
            (None, Some(day)) => (1, day),
            (None, None) => (12, 31),
        };
        let complete = self.year.is_some() && self.month.is_some() && self.day.is_some();
        NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
            .map(|date| SanitaryDate {
                date,
                corrected: !complete,
            })
            .ok_or_else(|| {
                Problem::new(&rules::BIRTH_DATE, path)
                    .found(format!("{day:02}/{month:02}/{year:04}"))
            })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn filled(known: KnownDate, compatible: Option<u16>) -> Result<(String, bool), &'static str> {
        known
            .sanitary(compatible, "")
            .map(|d| (d.date.to_string(), d.corrected))
            .map_err(|p| p.code)
    }

    #[test]
    fn each_line_of_the_table() {
        let of = |y, m, d| filled(KnownDate::new(y, m, d), None);
        let date = |text: &str, corrected| Ok((text.to_owned(), corrected));
        assert_eq!(of(Some(1950), Some(6), Some(3)), date("1950-06-03", false));
        assert_eq!(of(Some(1950), Some(6), None), date("1950-06-01", true));
        assert_eq!(of(Some(1950), None, Some(3)), date("1950-01-03", true));
        assert_eq!(of(Some(1950), None, None), date("1950-12-31", true));
        assert_eq!(of(None, Some(6), Some(3)), Err("TRAIT-ANNEE"));
        let year = |m, d| filled(KnownDate::new(None, m, d), Some(1980));
        assert_eq!(year(Some(6), Some(3)), date("1980-06-03", true));
        assert_eq!(year(None, None), date("1980-12-31", true));
        let decade = filled(KnownDate::new(None, None, None).in_decade(1957), None);
        assert_eq!(decade, date("1950-12-31", true));
        assert_eq!(of(Some(1951), Some(2), Some(29)), Err("TRAIT-DATE"));
    }

    #[test]
    fn dates_of_billing_are_read() {
        let of = |text: &str| {
            KnownDate::from_lunar(text, "")
                .map(|k| filled(k, None))
                .map_err(|p| p.code)
        };
        assert_eq!(of("1950-00-00"), Ok(Ok(("1950-12-31".to_owned(), true))));
        assert_eq!(of("1960-13-40"), Ok(Ok(("1960-12-31".to_owned(), true))));
        assert_eq!(of("1979-03-28"), Ok(Ok(("1979-03-28".to_owned(), false))));
        for wrong in [
            "",
            "1950",
            "28/03/1979",
            "1950-1-01",
            "0000-01-01",
            "1950-é-01",
        ] {
            assert_eq!(of(wrong), Err("TRAIT-DATE"), "{wrong}");
        }
    }
}
