//! Needs by state and by kind.

use std::collections::BTreeMap;

use super::kind::SupportKind;
use super::need::{NeedState, SupportNeed};

/// How many needs are in each state, and of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Needs by their present state.
    pub by_state: BTreeMap<NeedState, usize>,
    /// Needs by kind; those whose code is unknown are not counted here.
    pub by_kind: BTreeMap<SupportKind, usize>,
    /// Needs without a first step.
    pub not_assessed: usize,
    /// Needs whose code is none of the value set.
    pub unknown_kind: usize,
    /// True when the preservation of fertility was requested, planned or given:
    /// what the indicator counts.
    pub fertility_preservation: bool,
}

/// The summary of a patient's needs.
pub fn summary(needs: &[SupportNeed]) -> Summary {
    let mut summary = Summary::default();
    for need in needs {
        match need.state() {
            Some(state) => *summary.by_state.entry(state).or_default() += 1,
            None => summary.not_assessed += 1,
        }
        match need.support_kind() {
            Some(kind) => *summary.by_kind.entry(kind).or_default() += 1,
            None => summary.unknown_kind += 1,
        }
        let supported = [NeedState::Requested, NeedState::Planned, NeedState::Given];
        summary.fertility_preservation |= need.support_kind()
            == Some(SupportKind::FertilityPreservation)
            && need
                .steps
                .iter()
                .any(|s| s.state.is_some_and(|s| supported.contains(&s)));
    }
    summary
}
