//! The same facts, through each format, are the same store.

use dcc_core::indicators::{FactStore, FactTable, Origin, SessionFact, Source};
use dcc_tests::activity::Activity;

use crate::duckdb::tables;

#[test]
fn csv_and_json_lines_give_the_same_aggregate() {
    let activity = Activity::small(21);
    let csv = tables(&activity);
    let mut from_csv = FactStore::new();
    for (name, bytes) in &csv {
        let table = FactTable::NAMES.iter().find(|(_, n)| n == name).unwrap().0;
        from_csv.read(&mut Source::new(table, "").csv(bytes));
    }
    assert!(from_csv.problems().is_empty(), "{}", from_csv.problems());

    let mut from_json = FactStore::new();
    let lines = |table, text: String, to: &mut FactStore| {
        to.read(&mut Source::new(table, "").json_lines(text.as_bytes()));
    };
    // line 1 is the header of the CSV
    let json = |rows: Vec<String>| format!("\n{}\n", rows.join("\n"));
    let bare = |s: &SessionFact| {
        let mut bare = s.clone();
        bare.attendances.clear();
        bare
    };
    let sessions = activity.all_sessions();
    lines(
        FactTable::Sessions,
        json(
            sessions
                .iter()
                .map(|s| serde_json::to_string(&bare(s)).unwrap())
                .collect(),
        ),
        &mut from_json,
    );
    let attend = sessions.iter().flat_map(|s| {
        s.attendances.iter().map(|a| {
            serde_json::json!({"session": s.id, "professional": a.professional, "specialty": a.specialty}).to_string()
        })
    });
    lines(
        FactTable::Attendances,
        json(attend.collect()),
        &mut from_json,
    );
    let fiches = activity.all_fiches();
    lines(
        FactTable::Fiches,
        json(
            fiches
                .iter()
                .map(|f| serde_json::to_string(f).unwrap())
                .collect(),
        ),
        &mut from_json,
    );
    let pps = activity.all_pps();
    lines(
        FactTable::Pps,
        json(
            pps.iter()
                .map(|p| serde_json::to_string(p).unwrap())
                .collect(),
        ),
        &mut from_json,
    );
    assert!(from_json.problems().is_empty(), "{}", from_json.problems());
    assert_eq!(from_csv, from_json);

    // and by hand, without lines
    let mut by_hand = FactStore::new();
    for fact in &sessions {
        assert!(by_hand.add_session(fact, Origin::default()));
    }
    for fact in &fiches {
        assert!(by_hand.add_fiche(fact, Origin::default()));
    }
    for fact in &pps {
        assert!(by_hand.add_pps(fact, Origin::default()));
    }
    let period = dcc_core::indicators::Period::year(2025).unwrap();
    let options = Default::default();
    assert_eq!(
        by_hand.compute(period, &options),
        from_csv.compute(period, &options)
    );
}
