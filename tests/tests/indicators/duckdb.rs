//! The same facts in DuckDB give the same number in every cell.

use std::collections::BTreeMap;
use std::process::Command;

use dcc_core::indicators::{ComputeOptions, Dimension, Period, Scope};
use dcc_tests::activity::Activity;
use dcc_tests::tools;

use crate::aggregate;

/// The facts as CSV tables.
pub(crate) fn tables(activity: &Activity) -> Vec<(&'static str, Vec<u8>)> {
    let opt = |o: &Option<String>| o.clone().unwrap_or_default();
    let boolean = |b: Option<bool>| b.map_or(String::new(), |b| b.to_string());
    let mut sessions =
        "id,rcp,date,status,establishment,centre_3c,theme,quorum_reached\n".to_owned();
    let mut attendances = "session,professional,specialty\n".to_owned();
    for s in activity.all_sessions() {
        let status = serde_json::to_value(s.status).unwrap();
        sessions += &format!(
            "{},{},{},{},{},{},{},{}\n",
            s.id,
            s.rcp,
            s.date,
            status.as_str().unwrap(),
            opt(&s.establishment),
            opt(&s.centre_3c),
            opt(&s.theme),
            boolean(s.quorum_reached)
        );
        for a in &s.attendances {
            attendances += &format!("{},{},{}\n", s.id, a.professional, opt(&a.specialty));
        }
    }
    let mut fiches =
        "id,version,session,patient,validated,attending_physician,attending_physician_mssante,g8,\
        oncogeriatric_requested,fertility_preservation,trial_proposed,guideline_respected\n"
            .to_owned();
    for f in activity.all_fiches() {
        fiches += &format!(
            "{},{},{},{},{},{},{},{},{},{},{},{}\n",
            f.id,
            f.version,
            f.session,
            f.patient,
            f.validated,
            opt(&f.flags.attending_physician),
            f.flags.attending_physician_mssante,
            f.flags.g8,
            f.flags.oncogeriatric_requested,
            f.flags.fertility_preservation,
            f.flags.trial_proposed,
            boolean(f.flags.guideline_respected)
        );
    }
    let mut pps = "id,version,patient,validated_on,establishment,centre_3c,theme\n".to_owned();
    for p in activity.all_pps() {
        let date = p.validated_on.map_or(String::new(), |d| d.to_string());
        pps += &format!(
            "{},{},{},{},{},{},{}\n",
            p.id,
            p.version,
            p.patient,
            date,
            opt(&p.establishment),
            opt(&p.centre_3c),
            opt(&p.theme)
        );
    }
    [
        ("sessions", sessions),
        ("attendances", attendances),
        ("fiches", fiches),
        ("pps", pps),
    ]
    .map(|(name, text)| (name, text.into_bytes()))
    .into()
}

/// A cell as the script writes it: `*` for all, `~` when missing.
fn cell(scope: &Scope) -> String {
    let dimension = |d: &Dimension| match d {
        Dimension::All => "*".to_owned(),
        Dimension::Missing => "~".to_owned(),
        Dimension::Value(v) => v.clone(),
    };
    let month = scope.month.map_or("*".to_owned(), |m| m.to_string());
    [
        month,
        dimension(&scope.establishment),
        dimension(&scope.centre_3c),
        dimension(&scope.theme),
    ]
    .join("|")
}

#[test]
fn every_cell_of_every_indicator_equals_duckdb() {
    let Some(python) = tools::python_with("duckdb") else {
        return;
    };
    for seed in [101, 202, 303] {
        let activity = Activity {
            nested: seed == 202,
            ..Activity::small(seed)
        };
        let dir = tools::scratch(&format!("duckdb-{seed}")).unwrap();
        for (name, bytes) in tables(&activity) {
            std::fs::write(dir.join(format!("{name}.csv")), bytes).unwrap();
        }
        let script = tools::root().join("tests/tests/indicators/duckdb_cube.py");
        let run = Command::new(&python)
            .arg(script)
            .arg(&dir)
            .args(["2025-01-01", "2025-12-31"])
            .output()
            .unwrap();
        assert!(
            run.status.success(),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );

        let indicators =
            aggregate(&activity).compute(Period::year(2025).unwrap(), &ComputeOptions::default());
        let mut here: BTreeMap<String, u64> = BTreeMap::new();
        for (scope, counts) in indicators.unmasked() {
            for (name, n) in counts.fields() {
                here.insert(format!("cube|{}|{name}", cell(&scope)), n.into());
            }
        }
        for row in indicators.sessions() {
            for (name, n) in indicators.session_counts(row).fields() {
                here.insert(format!("session|{}|{name}", row.id), n.into());
            }
        }
        for row in indicators.specialty_rows() {
            let key = format!(
                "specialty|{}|{}",
                cell(&row.scope),
                row.specialty.unwrap_or("~")
            );
            here.insert(format!("{key}|attendances"), row.attendances);
            here.insert(format!("{key}|sessions"), row.sessions);
        }
        here.retain(|_, n| *n != 0);

        let there: BTreeMap<String, u64> = String::from_utf8(run.stdout)
            .unwrap()
            .lines()
            .map(|line| line.rsplit_once('|').unwrap())
            .map(|(key, n)| (key.to_owned(), n.parse().unwrap()))
            .collect();
        assert!(there.len() > 20_000, "only {} numbers", there.len());
        for (key, n) in &there {
            assert_eq!(here.get(key), Some(n), "seed {seed}: {key}");
        }
        assert_eq!(here.len(), there.len());
    }
}
