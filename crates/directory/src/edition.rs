//! Editions: which extraction, of which moment, how many lines.

use std::fmt;

use serde::{Serialize, Serializer};

/// The moment of an edition (*date d'édition*), to the minute; a day alone has
/// no hour. Editions are compared with it, and every answer carries one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct EditionDate(u64);

impl EditionDate {
    /// A day without an hour; `None` when it is not a date.
    pub fn day(year: u16, month: u8, day: u8) -> Option<Self> {
        Self::new(u64::from(year), u64::from(month), u64::from(day), None)
    }

    /// `AAAA-MM-JJ`, `AAAAMMJJ`, `AAAAMMJJhhmm` or `AAAAMMJJ-hhmm`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = match text.len() {
            10 if text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-' => text.replace('-', ""),
            13 if text.as_bytes()[8] == b'-' => text.replace('-', ""),
            8 | 12 => text.to_owned(),
            _ => return None,
        };
        if !matches!(digits.len(), 8 | 12) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number = |from: usize, to: usize| digits[from..to].parse::<u64>().ok();
        let time = match digits.len() {
            12 => Some((number(8, 10)?, number(10, 12)?)),
            _ => None,
        };
        Self::new(number(0, 4)?, number(4, 6)?, number(6, 8)?, time)
    }

    /// The moment in the name of an extraction, such as
    /// `PS_LibreAcces_Personne_activite_202608261423.txt` or
    /// `etalab-cs1100502-stock-20260512-0339.csv`: the last run of 12 digits,
    /// of 8 digits then 4, or of 8 digits.
    pub fn from_file_name(name: &str) -> Option<Self> {
        let bytes = name.as_bytes();
        let mut best = None;
        let mut i = 0;
        while i < bytes.len() {
            let end = i + bytes[i..].iter().take_while(|b| b.is_ascii_digit()).count();
            let run = end - i;
            if run == 8 {
                let with_time = name
                    .get(i..end + 5)
                    .filter(|_| !bytes.get(end + 5).is_some_and(u8::is_ascii_digit))
                    .and_then(Self::parse);
                best = with_time.or_else(|| Self::parse(&name[i..end])).or(best);
            } else if run == 12 {
                best = Self::parse(&name[i..end]).or(best);
            }
            i = end.max(i + 1);
        }
        best
    }

    fn new(year: u64, month: u64, day: u64, time: Option<(u64, u64)>) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u64::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        // 9999 in the place of the hour: a day alone
        let (hour, minute) = match time {
            Some((h, m)) if h < 24 && m < 60 => (h, m),
            Some(_) => return None,
            None => (0, 60),
        };
        let date = (1000..=9999).contains(&year) && (1..=days).contains(&day);
        date.then(|| EditionDate((((year * 100 + month) * 100 + day) * 100 + hour) * 100 + minute))
    }

    /// The number that the file keeps.
    pub(crate) fn to_number(self) -> u64 {
        self.0
    }

    /// The date of a number of the file.
    pub(crate) fn from_number(n: u64) -> Option<Self> {
        let time = match (n / 100 % 100, n % 100) {
            (0, 60) => None,
            (h, m) => Some((h, m)),
        };
        Self::new(n / 100_000_000, n / 1_000_000 % 100, n / 10_000 % 100, time)
    }
}

impl fmt::Display for EditionDate {
    /// `2026-08-26` or `2026-08-26T14:23`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.0;
        write!(
            f,
            "{:04}-{:02}-{:02}",
            n / 100_000_000,
            n / 1_000_000 % 100,
            n / 10_000 % 100
        )?;
        match (n / 100 % 100, n % 100) {
            (0, 60) => Ok(()),
            (hour, minute) => write!(f, "T{hour:02}:{minute:02}"),
        }
    }
}

impl Serialize for EditionDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Where a record comes from (*source*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Source {
    /// `PS_LibreAcces_Personne_activite`: one line per activity.
    Activities,
    /// `PS_LibreAcces_SavoirFaire`.
    Skills,
    /// `PS_LibreAcces_Dipl_AutExerc`: diplomas and authorisations to practise.
    Diplomas,
    /// `Extraction_Correspondance_MSSante`.
    Mailboxes,
    /// `Porteurs_CPS_CPF`: holders of cards.
    Cards,
    /// FINESS, `etalab-cs1100502` or `etalab-cs1100507` (CSV).
    FinessCsv,
    /// FINESS, JSON edition of the structures.
    FinessJson,
    /// API FHIR Annuaire Santé v2.
    Fhir,
}

impl Source {
    /// Every source.
    pub const ALL: [Source; 8] = [
        Source::Activities,
        Source::Skills,
        Source::Diplomas,
        Source::Mailboxes,
        Source::Cards,
        Source::FinessCsv,
        Source::FinessJson,
        Source::Fhir,
    ];

    /// The source that the name of a file stands for.
    pub fn from_file_name(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        let has = |part: &str| lower.contains(part);
        Some(match () {
            () if has("personne_activite") => Source::Activities,
            () if has("savoirfaire") => Source::Skills,
            () if has("dipl_autexerc") => Source::Diplomas,
            () if has("mssante") => Source::Mailboxes,
            () if has("porteurs_cps") || has("porteurs-cps") => Source::Cards,
            () if has("cs1100502") || has("cs1100507") => Source::FinessCsv,
            () if has("finess") && has("structure") && has(".json") => Source::FinessJson,
            () => return None,
        })
    }

    /// The name for people, in French.
    pub fn label(self) -> &'static str {
        match self {
            Source::Activities => "Annuaire Santé, personnes et activités",
            Source::Skills => "Annuaire Santé, savoir-faire",
            Source::Diplomas => "Annuaire Santé, diplômes et autorisations",
            Source::Mailboxes => "Annuaire Santé, messageries MSSanté",
            Source::Cards => "Annuaire Santé, porteurs de cartes",
            Source::FinessCsv => "FINESS, établissements (CSV)",
            Source::FinessJson => "FINESS, structures (JSON)",
            Source::Fhir => "Annuaire Santé, API FHIR",
        }
    }

    pub(crate) fn number(self) -> u8 {
        Self::ALL.iter().position(|s| *s == self).unwrap_or(0) as u8
    }

    pub(crate) fn from_number(n: u8) -> Option<Self> {
        Self::ALL.get(usize::from(n)).copied()
    }
}

/// One edition that a directory was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Edition {
    /// Which extraction.
    pub source: Source,
    /// Of which moment.
    pub date: EditionDate,
    /// Lines (or resources) of the edition, without its header.
    pub lines: u64,
    /// Lines that were not read, each reported.
    pub refused: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_each_form_and_checked() {
        let shown = |t: &str| EditionDate::parse(t).map(|d| d.to_string());
        assert_eq!(shown("2026-08-26").as_deref(), Some("2026-08-26"));
        assert_eq!(shown("20260826").as_deref(), Some("2026-08-26"));
        assert_eq!(shown("202608261423").as_deref(), Some("2026-08-26T14:23"));
        assert_eq!(shown("20260512-0339").as_deref(), Some("2026-05-12T03:39"));
        for wrong in [
            "",
            "2026-02-30",
            "202613011200",
            "202608262460",
            "2026-8-26",
            "é026-08-26",
        ] {
            assert_eq!(shown(wrong), None, "{wrong}");
        }
        assert!(EditionDate::parse("2028-02-29").is_some());
    }

    #[test]
    fn a_date_keeps_its_number() {
        for text in ["2026-08-26", "202608260000", "202608262359"] {
            let date = EditionDate::parse(text);
            assert_eq!(
                date.and_then(|d| EditionDate::from_number(d.to_number())),
                date
            );
        }
        assert_eq!(EditionDate::from_number(7), None);
    }

    #[test]
    fn file_names_tell_source_and_date() {
        let of = |name: &str| {
            let date = EditionDate::from_file_name(name).map(|d| d.to_string());
            (Source::from_file_name(name), date.unwrap_or_default())
        };
        assert_eq!(
            of("PS_LibreAcces_Personne_activite_202608261423.txt"),
            (Some(Source::Activities), "2026-08-26T14:23".into())
        );
        assert_eq!(
            of("etalab-cs1100502-stock-20260512-0339.csv"),
            (Some(Source::FinessCsv), "2026-05-12T03:39".into())
        );
        assert_eq!(
            of("Extraction_Correspondance_MSSante_202608250712.txt"),
            (Some(Source::Mailboxes), "2026-08-25T07:12".into())
        );
        assert_eq!(of("autre.txt"), (None, String::new()));
    }
}
