//! Proofs: what they are worth, and what is said of one that is not enough.

use chrono::{DateTime, TimeDelta, Utc};
use dcc_auth::{Algorithm, Level, Means, Policy, Proof, SealKey};
use serde_json::{Value, json};

use crate::case::{Case, NOW};

fn proof() -> (Proof, String) {
    let case = Case::sound(Algorithm::Es256, 20, NOW);
    let proof = case.verify().unwrap().proof;
    let id = proof.subject.as_str().to_owned();
    (proof, id)
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(NOW + seconds, 0).unwrap()
}

fn key(byte: u8) -> SealKey {
    SealKey::new(vec![byte; 32]).unwrap()
}

fn codes(policy: &Policy, proof: &Proof, key: &str, at: DateTime<Utc>) -> Vec<String> {
    let problems = policy.check(proof, key, at);
    problems
        .iter()
        .map(|p| format!("{} {}", p.code, p.path))
        .collect()
}

#[test]
fn a_proof_is_a_plain_value() {
    let (proof, id) = proof();
    let json = serde_json::to_value(&proof).unwrap();
    let digest = json["digest"].as_str().unwrap().to_owned();
    assert_eq!(
        json,
        json!({
            "means": "pro_sante_connect", "mode": "CARD", "level": "eidas3", "subject": id,
            "issuer": dcc_auth::issuer::SANDBOX, "authenticated_at": "2026-08-28T19:59:25Z",
            "verified_at": "2026-08-28T20:00:00Z", "session": "session-20", "digest": digest
        })
    );
    assert_eq!(
        serde_json::from_value::<Proof>(json.clone()).unwrap(),
        proof
    );
    let mut more = json;
    more["role"] = "coordinator".into();
    assert!(serde_json::from_value::<Proof>(more).is_err());
}

#[test]
fn a_proof_serves_for_its_professional_and_for_a_time() {
    let (proof, id) = proof();
    let policy = Policy::default();
    assert_eq!(codes(&policy, &proof, &id, at(0)), [""; 0]);
    assert_eq!(codes(&policy, &proof, &id[1..], at(4 * 3600 - 35)), [""; 0]);
    assert_eq!(
        codes(&policy, &proof, &id, at(4 * 3600 - 34)),
        ["AUTH-PREUVE-ANCIENNE /authenticated_at"]
    );
    assert_eq!(
        codes(&policy, &proof, "899700218896", at(0)),
        ["AUTH-PREUVE-SUJET /subject"]
    );
    assert_eq!(
        codes(&policy, &proof, &id, at(-3600)),
        [
            "AUTH-PREUVE-FUTURE /authenticated_at",
            "AUTH-PREUVE-FUTURE /verified_at"
        ]
    );
}

#[test]
fn a_lower_proof_is_refused_with_what_is_missing() {
    let (mut proof, id) = proof();
    proof.level = Level::Eidas1;
    let mut policy = Policy::default();
    policy.level = Level::Eidas2;
    policy.means = vec![Means::Cps];
    let problems = policy.check(&proof, &id, at(0));
    assert_eq!(
        problems.to_string(),
        "AUTH-PREUVE-MOYEN /means : Le moyen d'authentification n'est pas admis \
         (trouvé : Pro Santé Connect ; attendu : carte CPS)\n\
         AUTH-PREUVE-NIVEAU /level : Le niveau d'authentification est insuffisant \
         (trouvé : eidas1 (faible) ; attendu : eidas2 (substantiel), eidas3 (élevé))"
    );
}

#[test]
fn a_malformed_proof_is_refused() {
    let (proof, id) = proof();
    let policy = Policy::default();
    let mut forged = proof.clone();
    forged.digest = "A".repeat(64);
    forged.issuer.clear();
    forged.verified_at = forged.authenticated_at - TimeDelta::seconds(61);
    forged.subject = "899700218897".into();
    assert_eq!(
        codes(&policy, &forged, &id, at(0)),
        [
            "AUTH-PREUVE-FORME /subject",
            "AUTH-PREUVE-FORME /digest",
            "AUTH-PREUVE-FORME /issuer",
            "AUTH-PREUVE-FORME /verified_at",
            "AUTH-PREUVE-SUJET /subject"
        ]
    );
}

/// Whatever is changed in a sealed proof, its seal no longer holds.
#[test]
fn a_sealed_proof_cannot_be_altered() {
    let (proof, id) = proof();
    let sealed = proof.clone().sealed(&key(1));
    let mut policy = Policy::default();
    policy.seal_key = Some(key(1));
    assert_eq!(codes(&policy, &sealed, &id, at(0)), [""; 0]);
    assert_eq!(
        codes(&policy, &proof, &id, at(0)),
        ["AUTH-PREUVE-SCEAU-ABSENT /seal"]
    );
    let other = proof.clone().sealed(&key(2));
    assert_eq!(
        codes(&policy, &other, &id, at(0)),
        ["AUTH-PREUVE-SCEAU /seal"]
    );
    let json = serde_json::to_value(&sealed).unwrap();
    let changes = [
        ("means", json!("cps")),
        ("mode", json!("AUTRE")),
        ("mode", Value::Null),
        ("level", json!("eidas2")),
        ("subject", json!("899700218896")),
        ("issuer", json!("autre")),
        ("authenticated_at", json!("2026-08-28T19:59:26Z")),
        ("authenticated_at", json!("2026-08-28T19:59:25.000000001Z")),
        ("verified_at", json!("2026-08-28T20:00:01Z")),
        ("session", json!("session-2")),
        ("session", Value::Null),
        ("digest", json!("0".repeat(64))),
        ("seal", json!("00")),
        ("seal", json!("")),
    ];
    for (name, value) in changes {
        let mut altered = json.clone();
        altered[name] = value;
        let altered: Proof = serde_json::from_value(altered).unwrap();
        let found = codes(&policy, &altered, altered.subject.as_str(), at(0));
        assert_eq!(found, ["AUTH-PREUVE-SCEAU /seal"], "{name}");
    }
    // the same instant written in another zone is the same proof
    let mut zone = json;
    zone["verified_at"] = "2026-08-28T22:00:00+02:00".into();
    let zone: Proof = serde_json::from_value(zone).unwrap();
    assert_eq!(codes(&policy, &zone, &id, at(0)), [""; 0]);
}
