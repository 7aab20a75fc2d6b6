//! At least a thousand forged logins, each with one fault, all refused, each
//! for its fault and nothing else.

use std::collections::{BTreeMap, HashSet};

use dcc_auth::{Algorithm, Refusal};

use crate::case::{Case, NOW};
use crate::forge::faults;

/// Ways of each fault, by algorithm.
const VARIANTS: usize = 5;

/// `(fault, case, the same before the fault)`.
fn forgeries() -> impl Iterator<Item = (&'static str, &'static str, Case, Case)> {
    faults().enumerate().flat_map(|(rank, fault)| {
        Algorithm::ALL.into_iter().flat_map(move |algorithm| {
            (0..VARIANTS).map(move |variant| {
                let seed = (rank * 1000 + algorithm as usize * 100 + variant) as u64;
                let sound = Case::sound(algorithm, seed, NOW);
                let mut forged = Case::sound(algorithm, seed, NOW);
                (fault.forge)(&mut forged, variant);
                (fault.name, fault.code, forged, sound)
            })
        })
    })
}

fn codes(refusal: &Refusal) -> Vec<&'static str> {
    let blocking = refusal.problems().iter().filter(|p| p.is_blocking());
    blocking.map(|problem| problem.code).collect()
}

#[test]
fn a_thousand_forged_logins_are_refused_each_for_its_fault() {
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, code, forged, sound) in forgeries() {
        let Err(refusal) = forged.verify() else {
            wrong.push(format!("{name} ({:?}): accepted", forged.algorithm));
            continue;
        };
        let faults = codes(&refusal);
        if faults != [code] {
            wrong.push(format!(
                "{name} ({:?}): {code} expected, {faults:?}",
                forged.algorithm
            ));
        }
        assert_eq!(refusal.reload_keys(), code == "AUTH-CLE-INCONNUE", "{name}");
        let before = sound.faults();
        assert!(
            before.is_empty(),
            "{name}: refused before the fault: {before:?}"
        );
        *by_code.entry(code).or_default() += 1;
        count += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 1000, "{count} forged logins only");
    println!("{count} forged logins: {by_code:?}");
}

#[test]
fn every_refusal_of_a_login_is_forged() {
    let forged: HashSet<&str> = faults().map(|fault| fault.code).collect();
    let elsewhere = [
        "AUTH-JWK",
        "AUTH-PREUVE",
        "AUTH-CPS",
        "AUTH-USERINFO-MEMBRE",
        "AUTH-USERINFO-VALEUR",
    ];
    let missing: Vec<&str> = dcc_auth::rules::RULES
        .iter()
        .map(|rule| rule.code)
        .filter(|code| !elsewhere.iter().any(|prefix| code.starts_with(prefix)))
        .filter(|code| !forged.contains(code))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// Two faults are both listed: a support desk sees all that is wrong.
#[test]
fn faults_add_up() {
    let mut case = Case::sound(Algorithm::Rs256, 1, NOW);
    for name in [
        "expired",
        "another issuer",
        "level below the one asked for",
        "unknown key",
    ] {
        let fault = faults().find(|fault| fault.name == name).unwrap();
        (fault.forge)(&mut case, 0);
    }
    assert_eq!(
        case.faults(),
        [
            "AUTH-CLE-INCONNUE /id_token/header/kid",
            "AUTH-ISS /id_token/iss",
            "AUTH-EXP /id_token/exp",
            "AUTH-ACR /id_token/acr"
        ]
    );
    let refusal = case.verify().unwrap_err();
    assert!(!refusal.reload_keys(), "reloading would not help");
}
