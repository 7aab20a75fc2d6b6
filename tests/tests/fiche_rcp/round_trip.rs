//! Random fiches, written and read again.

use dcc_core::fiche_rcp::FicheRcp;
use dcc_tests::strategies::fiche_rcp::fiche_rcp;
use dcc_tests::strategies::of;
use proptest::prelude::*;

/// 256 cases, or as many as `DCC_CASES` says.
fn config() -> ProptestConfig {
    let cases = std::env::var("DCC_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(256);
    ProptestConfig {
        cases,
        max_shrink_iters: 20_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The fields that differ, as paths of the JSON.
fn differences(a: &FicheRcp, b: &FicheRcp) -> Vec<String> {
    let lines = |f: &FicheRcp| f.to_json().lines().map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (lines(a), lines(b));
    let only = |x: &[String], y: &[String], sign: char| {
        x.iter()
            .filter(|l| !y.contains(l))
            .map(|l| format!("{sign} {l}"))
            .collect::<Vec<_>>()
    };
    [only(&a, &b, '-'), only(&b, &a, '+')].concat()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_is_read_back(fiche in of(fiche_rcp)) {
        let problems = fiche.check();
        prop_assert!(!problems.has_blocking(), "{problems}");
        let document = fiche.to_cda().unwrap();
        prop_assert_eq!(&fiche.to_cda().unwrap(), &document, "the same fiche gives the same bytes");
        let read = FicheRcp::from_cda(&document).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert!(read.document == fiche, "{:#?}", differences(&fiche, &read.document));
        prop_assert_eq!(&read.unread, &vec![]);
        let json = FicheRcp::from_json(fiche.to_json().as_bytes()).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert!(json == fiche, "{:#?}", differences(&fiche, &json));
    }
}
