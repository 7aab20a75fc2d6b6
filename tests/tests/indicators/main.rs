//! The indicators of annex 2, against counts made otherwise.
#![allow(missing_docs, clippy::unwrap_used)]

mod bad_facts;
mod cube;
mod duckdb;
mod masking;
mod merge;
mod reference;
mod tables;

use dcc_core::indicators::{FactStore, Origin};
use dcc_tests::activity::Activity;

/// All the facts of an activity, in one aggregate.
fn aggregate(activity: &Activity) -> FactStore {
    let mut aggregate = FactStore::new();
    for (i, fact) in activity.all_sessions().iter().enumerate() {
        assert!(aggregate.add_session(fact, Origin::new("sessions", i as u32 + 1)));
    }
    for (i, fact) in activity.all_fiches().iter().enumerate() {
        assert!(aggregate.add_fiche(fact, Origin::new("fiches", i as u32 + 1)));
    }
    for (i, fact) in activity.all_pps().iter().enumerate() {
        assert!(aggregate.add_pps(fact, Origin::new("pps", i as u32 + 1)));
    }
    aggregate
}
