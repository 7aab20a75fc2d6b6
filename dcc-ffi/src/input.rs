//! Arguments in JSON and texts, read the same way for every language.

use chrono::{DateTime, NaiveDate, Utc};
use dcc_core::model::json;
use dcc_core::problem::Problems;
use dcc_core::terminology::Terminology;
use serde::de::DeserializeOwned;

use crate::error::Failure;
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
        _ => Err(Failure::new(
            DccStatus::InvalidJson,
            problems
                .into_iter()
                .map(|mut p| {
                    p.path = format!("{path}{}", p.path);
                    p
                })
                .collect::<Problems>(),
        )),
    }
}

/// Reads an instant.
pub(crate) fn instant(name: &str, text: &str) -> Result<DateTime<Utc>, Failure> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.with_timezone(&Utc))
        .map_err(|_| Failure::value(name, text, ["2025-03-14T08:00:00Z"]))
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

/// The concepts of a value set that hold `text`, or all, as JSON.
pub(crate) fn codes(
    terminology: &Terminology,
    value_set: &str,
    text: Option<&str>,
) -> Result<Vec<u8>, Failure> {
    let set = terminology.get(value_set).ok_or_else(|| {
        Failure::value_set(value_set, terminology.iter().map(|s| s.name().to_owned()))
    })?;
    let found = match text {
        Some(text) => set.search(text),
        None => set.iter().collect(),
    };
    serde_json::to_vec(&found).map_err(|e| Failure::internal(e.to_string()))
}
