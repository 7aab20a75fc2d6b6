//! Small counts masked, and nothing that gives them away.

use std::collections::BTreeMap;

use dcc_core::indicators::{
    ComputeOptions, DEFINITIONS, FactStore, FicheFact, Origin, Period, Scope, SessionFact,
};
use dcc_tests::activity::Activity;

use crate::aggregate;

const THRESHOLD: u32 = 5;

#[test]
fn no_small_count_of_patients_is_shown() {
    let activity = Activity {
        missing: 0,
        ..Activity::small(5)
    };
    let options = ComputeOptions::default().with_small_counts(THRESHOLD);
    let indicators = aggregate(&activity).compute(Period::year(2025).unwrap(), &options);
    let open =
        aggregate(&activity).compute(Period::year(2025).unwrap(), &ComputeOptions::default());
    let (mut masked, mut shown) = (0, 0);
    for ((_, values), (_, real)) in indicators.cells().zip(open.cells()) {
        for ((d, value), (_, real)) in values.iter().zip(&real) {
            if value.masked {
                masked += 1;
                assert!(d.personal && value.numerator.is_none() && value.denominator.is_none());
            } else {
                shown += 1;
                assert_eq!(value, real);
                if d.personal {
                    for n in [value.numerator, value.denominator].into_iter().flatten() {
                        assert!(n == 0 || n >= u64::from(THRESHOLD), "{}: {value:?}", d.code);
                    }
                }
            }
        }
    }
    assert!(masked > 100 && shown > 100);
    // sessions are masked too, and only what is personal
    let rows = indicators
        .sessions()
        .iter()
        .flat_map(|s| indicators.session_values(s));
    assert!(rows.filter(|(_, v)| v.masked).all(|(d, _)| d.personal));
}

#[test]
fn no_line_has_one_masked_cell_alone() {
    let activity = Activity::small(6);
    let options = ComputeOptions::default().with_small_counts(THRESHOLD);
    let indicators = aggregate(&activity).compute(Period::year(2025).unwrap(), &options);
    let all: BTreeMap<Scope, usize> = indicators
        .scopes()
        .enumerate()
        .map(|(i, s)| (s, i))
        .collect();
    let cells: Vec<_> = indicators.cells().collect();
    for (i, d) in DEFINITIONS.iter().enumerate() {
        // total of the month dimension: its months
        let mut lines: BTreeMap<Scope, Vec<bool>> = BTreeMap::new();
        for (scope, values) in cells.iter().filter(|(s, _)| s.month.is_some()) {
            lines
                .entry(Scope {
                    month: None,
                    ..scope.clone()
                })
                .or_default()
                .push(values[i].1.masked);
        }
        for (total, line) in lines {
            let shown = !cells[all[&total]].1[i].1.masked;
            assert!(
                !(shown && line.iter().filter(|&&m| m).count() == 1),
                "{} {total:?}",
                d.code
            );
        }
    }
}

#[test]
fn a_small_rest_is_masked_with_its_ratio() {
    // 20 fiches, one without attending physician: 19/20 gives it away
    let mut facts = FactStore::new();
    let session = SessionFact::held("S", "R", "2025-05-05".parse().unwrap());
    assert!(facts.add_session(&session, Origin::default()));
    for i in 0..20 {
        let named = (i > 0).then(|| format!("MT{i}"));
        let mut fiche = FicheFact::validated(format!("F{i}"), 1, "S", format!("P{i}"));
        fiche.flags.attending_physician = named;
        assert!(facts.add_fiche(&fiche, Origin::default()));
    }
    let options = ComputeOptions::default().with_small_counts(THRESHOLD);
    let indicators = facts.compute(Period::year(2025).unwrap(), &options);
    let value = indicators.value("QUA-03", &Scope::all()).unwrap();
    assert!(value.masked && value.ratio().is_none());
    assert_eq!(
        indicators.value("ACT-01", &Scope::all()).unwrap().numerator,
        Some(20)
    );
    assert_eq!(
        indicators.value("ACT-02", &Scope::all()).unwrap().numerator,
        Some(0)
    );
}
