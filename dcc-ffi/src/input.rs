//! Arguments in JSON and texts, read the same way for every language.

use chrono::{DateTime, NaiveDate, Utc};
#[cfg(feature = "uniffi")]
use dcc_core::indicators::Period;
use dcc_core::model::json;
use dcc_core::problem::Problems;
use dcc_core::terminology::{Concept, Terminology, ValueSet};
use serde::de::DeserializeOwned;

use crate::failure::Failure;
use crate::status::DccStatus;

/// Reads a JSON argument, every problem under `path`.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str, path: &str) -> Result<T, Failure> {
    let read = |problems: &mut Problems| match json::parse(text.as_bytes()) {
        Ok(value) => json::from_value(value, problems),
        Err(told) => {
            problems.extend(told);
            None
        }
    };
    let mut problems = Problems::new();
    match read(&mut problems) {
        Some(value) if problems.is_empty() => Ok(value),
        _ => Err(Failure::new(DccStatus::InvalidJson, problems).below(path)),
    }
}

/// Reads an instant.
pub(crate) fn instant(name: &str, text: &str) -> Result<DateTime<Utc>, Failure> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.with_timezone(&Utc))
        .map_err(|_| Failure::value(name, text, ["2025-03-14T08:00:00Z"]))
}

/// Reads a date written 2025-03-14.
#[cfg(feature = "uniffi")]
pub(crate) fn day(name: &str, text: &str) -> Result<NaiveDate, Failure> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| Failure::value(name, text, ["2025-03-14"]))
}

/// Reads a period written 2025, 2025-03, 2025-01..2025-06.
#[cfg(feature = "uniffi")]
pub(crate) fn period(text: &str) -> Result<Period, Failure> {
    text.parse()
        .map_err(|p: Problems| Failure::new(DccStatus::InvalidPeriod, p).below("period"))
}

/// Reads a date written yyyymmdd.
pub(crate) fn date(name: &str, number: i32) -> Result<NaiveDate, Failure> {
    u32::try_from(number)
        .ok()
        .and_then(|n| {
            NaiveDate::from_ymd_opt(i32::try_from(n / 10_000).ok()?, n / 100 % 100, n % 100)
        })
        .ok_or_else(|| Failure::value(name, number, ["20250314"]))
}

/// A value set by its name or OID.
pub(crate) fn value_set<'a>(
    terminology: &'a Terminology,
    name: &str,
) -> Result<&'a ValueSet, Failure> {
    terminology
        .get(name)
        .ok_or_else(|| Failure::value_set(name, terminology.iter().map(|s| s.name().to_owned())))
}

/// The concepts of a value set that hold `text`, or all.
pub(crate) fn codes<'a>(
    terminology: &'a Terminology,
    name: &str,
    text: Option<&str>,
) -> Result<Vec<&'a Concept>, Failure> {
    let set = value_set(terminology, name)?;
    Ok(match text {
        Some(text) => set.search(text),
        None => set.iter().collect(),
    })
}
