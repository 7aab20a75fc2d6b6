//! The indicators of annex 2 (*indicateurs d'activité des RCP et des 3C*).
//!
//! Facts (sessions with their attendance, fiches, PPS) are read from a
//! vendor's tables or built from the domain's objects
//! ([`crate::activity`]), added to a [`FactStore`] one by one or in batches,
//! in any order and in as many parts as the host likes;
//! [`FactStore::compute`] then gives the whole cube of month × establishment ×
//! 3C × theme, with exact distinct counts. The parts, each standing on those
//! before it:
//!
//! - `facts`: what is counted, as plain structs, from one table
//! - `source`: facts read from CSV, JSON lines, Arrow, Parquet
//! - `store`: facts gathered and merged
//! - `cube`: the cells, their totals, distinct counts
//! - `results`: the indicators and their [`definition`]s
//! - `compute`: from the facts to the indicators, small counts [`mask`]ed
//! - [`export`]: the deposit for the regional network, and its dashboard
//!
//! ```
//! use dcc_core::indicators::{ComputeOptions, FactStore, FicheFact, Origin, Period, Scope, SessionFact};
//!
//! let date = chrono::NaiveDate::from_ymd_opt(2025, 3, 14).ok_or("no such day")?;
//! let mut year = FactStore::new();
//! let session = SessionFact::held("S1", "RCP-SEIN", date).quorum(true);
//! assert!(year.add_session(&session, Origin::line(2)));
//! let fiche = FicheFact::validated("F1", 1, "S1", "P1");
//! assert!(year.add_fiche(&fiche, Origin::line(2)));
//! let indicators = year.compute(Period::year(2025)?, &ComputeOptions::default());
//! assert_eq!(indicators.value("ACT-01", &Scope::all()).and_then(|v| v.numerator), Some(1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod compute;
mod cube;
pub mod export;
mod period;
mod problem_log;
pub mod progress;
mod results;
pub mod rules;
mod source;
mod store;

pub use self::compute::{ComputeOptions, mask};
pub use self::period::{Month, Period};
pub use self::progress::Progress;
pub use self::results::{
    Counts, DEFINITIONS, Definition, Dimension, IndicatorKind, Indicators, RcpRow, Scope,
    SessionRow, SpecialtyRow, Tallies, Tally, Value, definition,
};
pub use self::source::{FactReader, FactRow, Source};
pub use self::store::FactStore;
pub use crate::facts::reserved::{MISSING, TOTAL};
pub use crate::facts::{
    AttendanceFact, Fact, FactTable, FicheFact, FicheFlags, OfferFact, Origin, PpsFact,
    SessionAttendance, SessionFact, SessionFactStatus,
};
