//! Every cell equals the plain count.

use std::collections::BTreeMap;

use dcc_core::indicators::{ComputeOptions, Counts, Indicators, Period, Scope};
use dcc_tests::activity::Activity;

use crate::{aggregate, reference};

pub(crate) fn same(indicators: &Indicators, reference: &reference::Reference) {
    let cells: BTreeMap<Scope, Counts> = indicators.unmasked().map(|(s, c)| (s, *c)).collect();
    assert_eq!(cells.len(), indicators.len(), "no cell twice");
    for (scope, counts) in &reference.cells {
        assert_eq!(cells.get(scope), Some(counts), "{scope:?}");
    }
    assert_eq!(cells.len(), reference.cells.len());

    let sessions: BTreeMap<String, Counts> = indicators
        .sessions()
        .iter()
        .map(|s| (s.id.clone(), *indicators.session_counts(s)))
        .collect();
    assert_eq!(sessions, reference.sessions);

    let rows = indicators.specialty_rows().map(|r| {
        (
            (r.scope, r.specialty.map(str::to_owned)),
            (r.attendances, r.sessions),
        )
    });
    let rows: BTreeMap<_, _> = rows.collect();
    assert_eq!(rows.len(), indicators.specialty_len());
    assert_eq!(rows, reference.specialties);
}

#[test]
fn every_cell_equals_the_plain_count() {
    for (seed, nested) in [(1, false), (2, true), (3, false)] {
        let activity = Activity {
            nested,
            ..Activity::small(seed)
        };
        let period = Period::year(2025).unwrap();
        let facts = aggregate(&activity);
        assert!(facts.problems().is_empty(), "{}", facts.problems());
        let indicators = facts.compute(period, &ComputeOptions::default());
        same(&indicators, &reference::count(&activity, period));
        for (name, tally) in tallies(&indicators) {
            assert!(tally.is_complete(), "{name}: {tally:?}");
            assert!(
                tally.counted > 0 && tally.outside_period > 0,
                "{name}: {tally:?}"
            );
        }
        for threads in [2, 3, 7] {
            assert_eq!(
                indicators,
                facts.compute(period, &ComputeOptions::default().with_threads(threads))
            );
        }
    }
}

pub(crate) fn tallies(indicators: &Indicators) -> [(&'static str, dcc_core::indicators::Tally); 4] {
    let t = indicators.tallies();
    [
        ("sessions", t.sessions),
        ("attendances", t.attendances),
        ("fiches", t.fiches),
        ("pps", t.pps),
    ]
}

#[test]
fn any_period_and_few_patients_with_many_fiches() {
    // patients and physicians with more fiches than are compared two by two
    let activity = Activity {
        patients: 40,
        physicians: 9,
        professionals: 8,
        ..Activity::small(11)
    };
    let facts = aggregate(&activity);
    let periods = [
        Period::month(2025, 2).unwrap(),
        Period::new("2025-01-10".parse().unwrap(), "2025-11-20".parse().unwrap()).unwrap(),
        Period::new("2000-01-01".parse().unwrap(), "2099-12-31".parse().unwrap()).unwrap(),
        Period::year(1999).unwrap(),
    ];
    for period in periods {
        let indicators = facts.compute(period, &ComputeOptions::default());
        same(&indicators, &reference::count(&activity, period));
    }
}

#[test]
fn a_patient_of_two_months_is_one_patient_of_the_year() {
    use dcc_core::indicators::{FactStore, FicheFact, Month, Origin, SessionFact};
    let mut facts = FactStore::new();
    for (id, date) in [("S1", "2025-01-31"), ("S2", "2025-02-01")] {
        let session = SessionFact::held(id, "R", date.parse().unwrap());
        assert!(facts.add_session(&session, Origin::default()));
        let fiche = FicheFact::validated(format!("F-{id}"), 1, id, "P");
        assert!(facts.add_fiche(&fiche, Origin::default()));
    }
    let indicators = facts.compute(Period::year(2025).unwrap(), &ComputeOptions::default());
    let patients = |scope: &Scope| {
        indicators
            .value("ACT-05", scope)
            .unwrap()
            .numerator
            .unwrap()
    };
    let month = |month| Scope {
        month: Some(Month { year: 2025, month }),
        ..Scope::all()
    };
    assert_eq!(
        (
            patients(&month(1)),
            patients(&month(2)),
            patients(&Scope::all())
        ),
        (1, 1, 1)
    );
    assert_eq!(patients(&month(3)), 0);
    assert_eq!(indicators.value("ACT-99", &Scope::all()), None);
}
