//! The indicators of annex 2 (*indicateurs d'activité des RCP et des 3C*).
//!
//! Facts (sessions with their attendance, fiches, PPS) are read from a
//! vendor's tables or built from the domain's objects, added to an
//! [`Aggregate`] one by one or in batches, in any order and in as many parts
//! as the host likes; [`Aggregate::compute`] then gives the whole cube of
//! month × establishment × 3C × theme, with exact distinct counts.
//!
//! ```
//! use dcc_core::indicators::{Aggregate, ComputeOptions, FicheFact, Origin, Period, Scope, SessionFact};
//!
//! let date = chrono::NaiveDate::from_ymd_opt(2025, 3, 14).ok_or("no such day")?;
//! let mut year = Aggregate::new();
//! year.add_session(
//!     &SessionFact::held("S1", "RCP-SEIN", date).quorum(true),
//!     Origin::line(2),
//! );
//! year.add_fiche(&FicheFact::validated("F1", 1, "S1", "P1"), Origin::line(2));
//! let indicators = year.compute(Period::year(2025)?, &ComputeOptions::default());
//! assert_eq!(indicators.value("ACT-01", &Scope::all()).and_then(|v| v.numerator), Some(1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod aggregate;
#[cfg(feature = "arrow")]
pub mod arrow;
mod attendance;
mod bytes;
mod cells;
mod checks;
mod codes;
mod compute;
mod cube;
pub mod definition;
mod distinct;
pub mod facts;
pub mod feed;
pub mod from_domain;
mod intern;
mod ledger;
pub mod mask;
pub mod period;
pub mod result;
mod rows;
pub mod rules;
pub mod watch;

pub use aggregate::Aggregate;
pub use compute::ComputeOptions;
pub use definition::{DEFINITIONS, Definition, Kind};
pub use facts::{
    Attendance, AttendanceFact, FicheFact, OfferFact, Origin, PpsFact, SessionFact, SessionStatus,
};
pub use feed::{Fact, Feed, Table};
pub use from_domain::{Facts, facts_of};
pub use period::{Month, Period};
pub use result::{
    Counts, Dimension, Indicators, RcpRow, Scope, SessionRow, SpecialtyRow, Tallies, Tally, Value,
};
pub use watch::Watch;
