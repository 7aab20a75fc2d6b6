use dcc_core::indicators::export::{Dialect, ExportOptions, export};
use dcc_core::indicators::{ComputeOptions, FactStore, FicheFact, Origin, SessionFact};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::{activity, aggregate, offers, options, rows, run, year};

#[test]
fn the_same_arguments_give_the_same_bytes() {
    let export = run(&options());
    let names: Vec<&str> = export.files.iter().map(|f| f.0.as_str()).collect();
    assert_eq!(
        names,
        [
            "offre_rcp.csv",
            "indicateurs.csv",
            "specialites.csv",
            "dashboard.html",
            "manifest.json"
        ]
    );
    let threads = options().with_compute(ComputeOptions::default().with_threads(2));
    assert_eq!(run(&threads), export);
}

#[test]
fn the_manifest_says_what_is_there() {
    let mut with = options();
    with.replaces = Some("ancien".into());
    let export = run(&with);
    let manifest: Json = serde_json::from_slice(export.file("manifest.json").unwrap()).unwrap();
    assert_eq!(manifest["period"]["first"], "2025-01-01");
    assert_eq!(manifest["replaces"], "ancien");
    assert_eq!(manifest["generated_at"], "2026-01-05T08:00:00+01:00");
    assert_eq!(manifest["library_version"], env!("CARGO_PKG_VERSION"));
    let files = manifest["files"].as_array().unwrap();
    assert_eq!(files.len() + 1, export.files.len());
    for file in files {
        let name = file["name"].as_str().unwrap();
        let bytes = export.file(name).unwrap();
        let hash: String = Sha256::digest(bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(file["sha256"], hash);
        assert_eq!(file["bytes"], bytes.len());
        if name.ends_with(".csv") {
            assert_eq!(file["rows"], rows(&export, name, Dialect::French).len());
        }
    }
    assert_eq!(files[0]["neutralised_cells"], 2);
    let fiches = &manifest["facts"]["fiches"];
    assert!(fiches["counted"].as_u64().unwrap() > 0 && fiches["superseded"].as_u64().unwrap() > 0);
}

#[test]
fn both_dialects_hold_every_number_of_the_cube() {
    let indicators = aggregate(&activity()).compute(year(), &ComputeOptions::default());
    for dialect in [Dialect::French, Dialect::Rfc4180] {
        let export = run(&options().with_dialect(dialect));
        let table = rows(&export, "indicateurs.csv", dialect);
        let mut lines = table.iter();
        for (scope, values) in indicators.cells() {
            for (definition, value) in values {
                let row = lines.next().unwrap();
                let number = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
                assert_eq!(row["code"], definition.code);
                assert_eq!(
                    row["mois"],
                    scope.month.map_or("tous".to_owned(), |m| m.to_string())
                );
                assert_eq!(row["établissement"], scope.establishment.label("tous"));
                assert_eq!(row["3C"], scope.centre_3c.label("tous"));
                assert_eq!(row["thème"], scope.theme.label("tous"));
                assert_eq!(
                    (&row["numérateur"], &row["dénominateur"]),
                    (&number(value.numerator), &number(value.denominator))
                );
                let decimal = if dialect == Dialect::French {
                    row["valeur"].replace(',', ".")
                } else {
                    row["valeur"].clone()
                };
                match value.ratio() {
                    Some(ratio) => {
                        assert!((decimal.parse::<f64>().unwrap() - ratio).abs() <= 5.000_001e-5)
                    }
                    None => assert_eq!(decimal, ""),
                }
            }
        }
        let sessions: Vec<_> = lines.collect();
        assert_eq!(sessions.len(), indicators.sessions().len() * 16);
        assert!(
            sessions
                .iter()
                .all(|r| !r["session"].is_empty() && !r["rcp"].is_empty())
        );
        assert_eq!(
            rows(&export, "specialites.csv", dialect).len(),
            indicators.specialty_len()
        );
        let offer = rows(&export, "offre_rcp.csv", dialect);
        assert_eq!(
            offer[1]["secrétariat"],
            "'+33 1 00 00 00 00; secretariat@exemple.fr"
        );
        assert_eq!(
            offer[1]["identifiants locaux"],
            "'-12,5 | '=HYPERLINK(\"http://exemple\")"
        );
        assert_eq!(offer[1]["capacité"], "15");
    }
}

#[test]
fn masked_counts_are_empty_and_say_so() {
    let compute = ComputeOptions::default().with_small_counts(6);
    let export = run(&options().with_compute(compute));
    let table = rows(&export, "indicateurs.csv", Dialect::French);
    let masked: Vec<_> = table
        .iter()
        .filter(|r| r["mention"].starts_with("masqué"))
        .collect();
    assert!(!masked.is_empty() && masked.len() < table.len());
    assert!(masked.iter().all(|r| r["numérateur"].is_empty()
        && r["dénominateur"].is_empty()
        && r["valeur"].is_empty()));
    for row in table
        .iter()
        .filter(|r| r["code"] == "ACT-01" && !r["mention"].starts_with("masqué"))
    {
        let n: u64 = row["numérateur"].parse().unwrap();
        assert!(n == 0 || n >= 6);
    }
}

#[test]
fn blocking_problems_stop_the_export_unless_accepted() {
    let mut facts = FactStore::new();
    assert!(facts.add_session(
        &SessionFact::held("S1", "R", "2025-05-05".parse().unwrap()),
        Origin::line(2),
    ));
    assert!(facts.add_fiche(&FicheFact::validated("F1", 1, "S2", "P"), Origin::line(7)));
    let mut options = options();
    let problems = export(&facts, &[], year(), &options).unwrap_err();
    let listed: Vec<_> = problems.iter().map(|p| (p.path.as_str(), p.code)).collect();
    assert_eq!(listed, [("ligne 7", "FAIT-SESSION")]);
    options.accept.insert("FAIT-SESSION".into());
    let accepted = export(&facts, &[], year(), &options).unwrap();
    assert_eq!(accepted.problems.len(), 1);
    let manifest: Json = serde_json::from_slice(accepted.file("manifest.json").unwrap()).unwrap();
    assert_eq!(manifest["problems"]["FAIT-SESSION"], 1);
    assert_eq!(manifest["facts"]["fiches"]["unknown_session"], 1);

    let bad = ExportOptions::new(" ", "hier");
    let twice = [offers(), offers()].concat();
    let codes: Vec<_> = export(&FactStore::new(), &twice, year(), &bad)
        .unwrap_err()
        .into_iter()
        .map(|p| (p.code, p.path))
        .collect();
    let expected = [
        ("EXPORT-INSTANT", "/generated_at"),
        ("EXPORT-PRODUCTEUR", "/producer/name"),
        ("EXPORT-OFFRE", "/offers/2/id"),
        ("EXPORT-OFFRE", "/offers/3/id"),
    ];
    assert_eq!(codes, expected.map(|(c, p)| (c, p.to_owned())));
}
