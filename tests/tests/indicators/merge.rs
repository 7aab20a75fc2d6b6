//! Facts split in parts, merged in any order, are the whole.

use dcc_core::indicators::{
    AttendanceFact, ComputeOptions, Fact, FactStore, FicheFact, Origin, Period, PpsFact,
    SessionAttendance, SessionFact, SessionFactStatus,
};
use proptest::prelude::*;

use crate::{cube::tallies, reference};

/// Facts on few keys, so that they meet, repeat and contradict each other.
fn fact() -> impl Strategy<Value = Fact> {
    let label = |prefix: &'static str, n: u8| {
        prop::option::of((0..n).prop_map(move |i| format!("{prefix}{i}")))
    };
    let date = (0..40_u64)
        .prop_map(|d| "2025-01-15".parse::<chrono::NaiveDate>().unwrap() + chrono::Days::new(d));
    let status = prop::sample::select(vec![
        SessionFactStatus::Held,
        SessionFactStatus::Planned,
        SessionFactStatus::Cancelled,
    ]);
    let attendances = prop::collection::vec((0..4_u8, label("SM", 2)), 0..3);
    let session = (
        0..6_u8,
        date.clone(),
        status,
        label("E", 2),
        label("C", 2),
        label("T", 2),
        any::<Option<bool>>(),
        attendances,
    )
        .prop_map(
            |(id, date, status, establishment, centre_3c, theme, quorum_reached, attendances)| {
                let attend = |(p, specialty): (u8, Option<String>)| {
                    SessionAttendance::new(format!("D{p}"), specialty.as_deref())
                };
                let rcp = format!("R{}", id % 2);
                let mut fact = SessionFact::new(format!("S{id}"), rcp, date, status);
                fact.establishment = establishment;
                fact.centre_3c = centre_3c;
                fact.theme = theme;
                fact.quorum_reached = quorum_reached;
                fact.attendances = attendances.into_iter().map(attend).collect();
                Fact::Session(fact)
            },
        );
    let fiche = (
        0..12_u8,
        1..3_u32,
        0..7_u8,
        0..5_u8,
        any::<[bool; 7]>(),
        label("MT", 3),
        any::<Option<bool>>(),
    )
        .prop_map(
            |(id, version, session, patient, b, attending_physician, guideline_respected)| {
                let mut fact = FicheFact::validated(
                    format!("F{id}"),
                    version,
                    format!("S{session}"),
                    format!("P{patient}"),
                );
                fact.validated = b[0];
                fact.flags.attending_physician = attending_physician;
                fact.flags.attending_physician_mssante = b[1];
                fact.flags.g8 = b[2];
                fact.flags.oncogeriatric_requested = b[3];
                fact.flags.fertility_preservation = b[4];
                fact.flags.trial_proposed = b[5];
                fact.flags.guideline_respected = guideline_respected;
                Fact::Fiche(fact)
            },
        );
    let pps = (
        0..4_u8,
        1..3_u32,
        prop::option::of(date),
        label("E", 2),
        label("T", 2),
    )
        .prop_map(|(id, version, validated_on, establishment, theme)| {
            let mut fact = PpsFact::new(format!("PPS{id}"), version, "P0");
            fact.validated_on = validated_on;
            fact.establishment = establishment;
            fact.theme = theme;
            Fact::Pps(fact)
        });
    let attendance = (0..7_u8, 0..4_u8, label("SM", 2)).prop_map(|(s, p, specialty)| {
        let professional = if p == 3 { " ".into() } else { format!("D{p}") };
        Fact::Attendance(AttendanceFact::new(
            format!("S{s}"),
            professional,
            specialty.as_deref(),
        ))
    });
    prop_oneof![2 => session, 6 => fiche, 1 => pps, 2 => attendance]
}

fn build<'a>(facts: impl IntoIterator<Item = &'a (Fact, u32)>) -> FactStore {
    let mut aggregate = FactStore::new();
    for (fact, line) in facts {
        let _ = aggregate.add(fact, Origin::line(*line));
    }
    aggregate
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_partition_merged_in_any_order_is_the_whole(
        facts in prop::collection::vec((fact(), 0..30_u32), 0..60),
        parts in prop::collection::vec(0..4_usize, 60),
        order in Just((0..4_usize).collect::<Vec<_>>()).prop_shuffle(),
        left in any::<bool>(),
        shuffled in any::<u64>(),
    ) {
        let whole = build(&facts);
        let part = |n: usize| build(facts.iter().zip(&parts).filter(|(_, p)| **p == n).map(|(f, _)| f));
        let mut p: Vec<FactStore> = order.iter().map(|&n| part(n)).collect();
        let merged = if left {
            // ((a + b) + c) + d, each part as bytes on the way
            let mut sum = FactStore::new();
            for part in &p {
                sum.merge(&FactStore::from_bytes(&part.to_bytes()).unwrap());
            }
            sum
        } else {
            // (a + b) + (c + d)
            let (d, c) = (p.pop().unwrap(), p.pop().unwrap());
            let mut right = c;
            right.merge(&d);
            let mut left = p[0].clone();
            left.merge(&p[1]);
            left.merge(&right);
            left
        };
        let period = Period::year(2025).unwrap();
        let options = ComputeOptions::default();
        let expected = whole.compute(period, &options);
        prop_assert_eq!(merged.compute(period, &options), expected.clone());
        prop_assert_eq!(merged.problems(), whole.problems());
        prop_assert_eq!(merged.to_bytes(), whole.to_bytes());
        for (name, tally) in tallies(&expected) {
            prop_assert!(tally.is_complete(), "{}: {:?}", name, tally);
        }
        // the order of arrival says nothing either
        let mut turned = facts.clone();
        let n = turned.len().max(1);
        turned.rotate_left(shuffled as usize % n);
        turned.reverse();
        prop_assert_eq!(build(&turned), whole);
    }

    #[test]
    fn damaged_bytes_are_refused(facts in prop::collection::vec((fact(), 0..9_u32), 0..20), at in any::<prop::sample::Index>(), by in 1..=255_u8) {
        let bytes = build(&facts).to_bytes();
        let mut damaged = bytes.clone();
        damaged[at.index(bytes.len())] ^= by;
        prop_assert!(FactStore::from_bytes(&damaged).is_err());
        prop_assert!(FactStore::from_bytes(&bytes[..at.index(bytes.len())]).is_err());
        // even with a right check sum, bytes that make no sense are no panic
        let end = bytes.len() - 32;
        if at.index(end) >= 8 {
            let mut forged = bytes[..end].to_vec();
            forged[at.index(end)] ^= by;
            let check = <sha2::Sha256 as sha2::Digest>::digest(&forged);
            forged.extend_from_slice(&check);
            if let Ok(read) = FactStore::from_bytes(&forged) {
                read.compute(Period::year(2025).unwrap(), &ComputeOptions::default());
                read.problems();
            }
        }
    }
}

#[test]
fn the_other_part_may_hold_the_session_or_the_newer_version() {
    let period = Period::year(2025).unwrap();
    let session = SessionFact::held("S1", "R", "2025-05-05".parse().unwrap());
    let mut first = FicheFact::validated("F1", 1, "S1", "P");
    first.flags.trial_proposed = true;
    let second = FicheFact::validated("F1", 2, "S1", "P");
    let mut a = FactStore::new();
    assert!(a.add_fiche(&first, Origin::line(1)));
    assert_eq!(
        a.problems().iter().map(|p| p.code).collect::<Vec<_>>(),
        ["FAIT-SESSION"]
    );
    let mut b = FactStore::new();
    assert!(b.add_fiche(&second, Origin::line(2)));
    let mut c = FactStore::new();
    assert!(c.add_session(&session, Origin::line(3)));
    a.merge(&b);
    a.merge(&c);
    assert!(a.problems().is_empty(), "{}", a.problems());
    let indicators = a.compute(period, &ComputeOptions::default());
    crate::cube::same(
        &indicators,
        &reference::count_facts(&[session], &[first, second], &[], period),
    );
    assert_eq!(indicators.tallies().fiches.superseded, 1);
}

#[test]
fn bytes_say_their_version() {
    let mut bytes = FactStore::new().to_bytes();
    bytes[6] = 9;
    let problems = FactStore::from_bytes(&bytes).unwrap_err();
    assert_eq!(
        problems.iter().map(|p| p.code).collect::<Vec<_>>(),
        ["INDIC-VERSION"]
    );
    assert_eq!(
        FactStore::from_bytes(b"")
            .unwrap_err()
            .iter()
            .next()
            .unwrap()
            .code,
        "INDIC-OCTETS"
    );
}
