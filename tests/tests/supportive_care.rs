//! Supportive care: which step follows which, and what the needs yield.
#![allow(clippy::unwrap_used)]

use dcc_core::model::{Identifier, Organization, Period, PersonName, Professional};
use dcc_core::pps::{CareState, care_acts};
use dcc_core::supportive_care::{NeedState, SupportKind, SupportNeed, SupportStep, summary};
use proptest::prelude::*;

use NeedState::{Assessed, Ended, Given, Planned, Refused, Requested};

fn step(state: NeedState, date: &str) -> SupportStep {
    let structure = Organization {
        name: Some("CH de Test".into()),
        ..Organization::default()
    };
    SupportStep {
        state: Some(state),
        date: Some(date.parse().unwrap()),
        professional: Professional {
            name: PersonName {
                family: "TEST-DIÉTÉTICIENNE".into(),
                ..PersonName::default()
            },
            ..Professional::default()
        },
        structure: Some(structure),
        period: Period {
            start: Some(date.parse().unwrap()),
            end: None,
        },
        comment: (state == Refused).then(|| "Ne le souhaite pas".into()),
        ..SupportStep::default()
    }
}

fn need(kind: SupportKind, steps: &[(NeedState, &str)]) -> SupportNeed {
    let new = SupportNeed::new(Identifier::root("1.2.3"), kind, None);
    steps.iter().fold(new, |need, (state, date)| {
        need.record(step(*state, date)).unwrap()
    })
}

#[test]
fn a_need_from_assessment_to_end() {
    let need = need(
        SupportKind::Nutrition,
        &[
            (Assessed, "2025-01-06"),
            (Requested, "2025-01-06"),
            (Planned, "2025-01-13"),
            (Given, "2025-01-14"),
            (Given, "2025-01-21"),
            (Ended, "2025-02-01"),
        ],
    );
    assert_eq!(need.state(), Some(Ended));
    assert!(need.check().is_empty(), "{}", need.check());
    let acts = care_acts(std::slice::from_ref(&need));
    let act = &acts[0];
    assert_eq!(act.kind.as_ref().unwrap().code, "ORG-036");
    assert_eq!(act.state, Some(CareState::Done));
    assert_eq!(act.confirmed.french(), "du 14/01/2025 au 21/01/2025");
    assert_eq!(act.planned.french(), "à partir du 13/01/2025");
    assert_eq!(
        act.performers[0]
            .organization
            .as_ref()
            .unwrap()
            .name
            .as_deref(),
        Some("CH de Test")
    );
}

#[test]
fn what_may_not_follow_is_told_with_what_may() {
    let assessed = need(SupportKind::Pain, &[(Assessed, "2025-01-06")]);
    let problems = assessed.record(step(Given, "2025-01-07")).unwrap_err();
    let problem = problems.iter().next().unwrap();
    assert_eq!(
        (problem.code, problem.path.as_str()),
        ("SOS-ETAPE", "/steps/1/state")
    );
    assert_eq!(problem.found.as_deref(), Some("réalisé, après évalué"));
    assert_eq!(problem.allowed, ["demandé", "refusé", "terminé"]);
    // every problem at once, and nothing changed
    let mut bad = step(Planned, "2025-01-01");
    bad.professional = Professional::default();
    bad.period = Period::default();
    let mut codes: Vec<_> = assessed
        .record(bad)
        .unwrap_err()
        .iter()
        .map(|p| p.code)
        .collect();
    codes.sort_unstable();
    assert_eq!(
        codes,
        [
            "SOS-DATE",
            "SOS-ETAPE",
            "SOS-PREVISION",
            "SOS-PROFESSIONNEL"
        ]
    );
    assert_eq!(assessed.steps.len(), 1);
    // a refusal without its reason is only warned of
    let mut refusal = step(Refused, "2025-01-08");
    refusal.comment = None;
    let refused = assessed.record(refusal).unwrap();
    assert_eq!(
        refused.check().iter().map(|p| p.code).collect::<Vec<_>>(),
        ["SOS-REFUS"]
    );
    let other = SupportNeed::new(Identifier::root("1.2.3"), SupportKind::Other, None);
    assert_eq!(
        other.check().iter().map(|p| p.code).collect::<Vec<_>>(),
        ["SOS-AUTRE"]
    );
}

#[test]
fn section_and_summary() {
    let needs = [
        need(SupportKind::Pain, &[(Assessed, "2025-01-06")]),
        need(
            SupportKind::FertilityPreservation,
            &[(Assessed, "2025-01-06"), (Requested, "2025-01-07")],
        ),
        need(
            SupportKind::TobaccoWithdrawal,
            &[(Assessed, "2025-01-06"), (Refused, "2025-01-07")],
        ),
        need(
            SupportKind::PhysicalActivity,
            &[
                (Assessed, "2025-01-06"),
                (Requested, "2025-01-07"),
                (Planned, "2025-01-08"),
                (Given, "2025-01-09"),
            ],
        ),
        need(
            SupportKind::Lifestyle,
            &[(Assessed, "2025-01-06"), (Ended, "2025-01-07")],
        ),
    ];
    let acts = care_acts(&needs);
    let states: Vec<_> = acts
        .iter()
        .map(|a| (a.kind.as_ref().unwrap().code.as_str(), a.state.unwrap()))
        .collect();
    assert_eq!(
        states,
        [
            ("MED-051", CareState::Planned),
            ("MED-562", CareState::Cancelled),
            ("ORG-175", CareState::Ongoing),
            ("ORG-176", CareState::Cancelled),
        ]
    );
    assert_eq!(
        acts[1].comment.as_deref(),
        Some("Refusé par le patient le 07/01/2025\nNe le souhaite pas")
    );
    let all = summary(&needs);
    assert_eq!(all.by_state.values().sum::<usize>(), 5);
    assert_eq!(
        (
            all.by_state[&Assessed],
            all.by_state[&Refused],
            all.by_state[&Given]
        ),
        (1, 1, 1)
    );
    assert_eq!(all.by_kind[&SupportKind::Pain], 1);
    assert!(all.fertility_preservation);
    assert!(!summary(&needs[2..]).fertility_preservation);
}

proptest! {
    /// Whatever is asked, only what may follow is recorded, and what was
    /// recorded is a history without problem.
    #[test]
    fn no_history_is_illegal(asked in proptest::collection::vec(0..6_usize, 0..30)) {
        let mut need = SupportNeed::new(Identifier::root("1.2.3"), SupportKind::Pain, None);
        for choice in asked {
            let state = NeedState::ALL[choice];
            let allowed = NeedState::after(need.state()).contains(&state);
            match need.record(step(state, "2025-01-06")) {
                Ok(next) => {
                    prop_assert!(allowed);
                    prop_assert_eq!(next.steps.len(), need.steps.len() + 1);
                    need = next;
                }
                Err(problems) => {
                    prop_assert!(!allowed, "{}", problems);
                    prop_assert!(problems.iter().any(|p| p.code == "SOS-ETAPE"));
                }
            }
        }
        prop_assert!(!need.check().has_blocking());
        for act in care_acts(&[need]) {
            prop_assert!(act.kind.is_some() && act.state.is_some() && act.performers.len() == 1);
        }
    }
}
