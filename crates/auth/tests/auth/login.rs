//! Logins that hold, at the limits, and the answer « recharger le JWKS ».

use chrono::DateTime;
use dcc_auth::issuer::SANDBOX;
use dcc_auth::{Algorithm, Client, Jwks, Level, Limits, Login, Means, Refusal};
use serde_json::json;

use crate::case::{CLIENT, Case, NOW, SKEW};
use crate::keys::kid;

fn case(seed: u64) -> Case {
    Case::sound(Algorithm::ALL[seed as usize % 3], seed, NOW)
}

#[test]
fn a_sound_login_gives_the_professional_and_the_proof() {
    let case = case(3);
    let session = case.verify().unwrap();
    let id = case.claims["SubjectNameID"].as_str().unwrap();
    assert_eq!(session.professional.national_id.as_str(), id);
    assert_eq!(session.subject, case.claims["sub"].as_str().unwrap());
    let proof = &session.proof;
    assert_eq!(
        (proof.means, proof.level),
        (Means::ProSanteConnect, Level::Eidas3)
    );
    assert_eq!(
        (proof.mode.as_deref(), proof.issuer.as_str()),
        (Some("CARD"), SANDBOX)
    );
    assert_eq!(proof.session.as_deref(), Some("session-3"));
    assert_eq!(
        proof.authenticated_at.timestamp(),
        case.claims["auth_time"].as_i64().unwrap()
    );
    assert_eq!(proof.verified_at.timestamp(), NOW);
    assert_eq!(
        session.expires_at.timestamp(),
        case.claims["exp"].as_i64().unwrap()
    );
    use sha2::Digest;
    let digest: String = sha2::Sha256::digest(case.token())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    assert_eq!(proof.digest, digest);
    // the two keys of the set that cannot serve are told
    let told: Vec<_> = session.warnings.iter().map(|p| p.code).collect();
    assert_eq!(told, ["AUTH-JWK-USAGE", "AUTH-JWK-FAIBLE"]);
}

#[test]
fn every_limit_is_on_the_right_side() {
    let mut limits = case(0);
    limits.set("exp", NOW - SKEW + 1);
    limits.set("iat", NOW - 60);
    limits.set("nbf", NOW + SKEW);
    assert_eq!(limits.faults(), [""; 0]);
    let mut limits = case(1);
    limits.set("iat", NOW + SKEW);
    limits.set("exp", NOW + SKEW + 1);
    limits.set("auth_time", NOW + SKEW);
    assert_eq!(limits.faults(), [""; 0]);
    let mut limits = case(2);
    limits.max_age = Some(300);
    limits.set("auth_time", NOW - 300 - SKEW);
    limits.client = limits.client.max_token_age(60);
    limits.set("iat", NOW - 60 - SKEW);
    assert_eq!(limits.faults(), [""; 0]);
    let mut fraction = case(3);
    fraction.set("iat", json!(NOW as f64 - 0.5));
    assert_eq!(fraction.faults(), [""; 0]);
}

#[test]
fn what_the_specification_leaves_free_is_accepted() {
    let mut several = case(4);
    several.client = several.client.trust_audience("ami");
    several.set("aud", json!(["ami", CLIENT]));
    assert_eq!(several.faults(), [""; 0]);
    let mut list = case(5);
    list.set("aud", json!([CLIENT]));
    for name in [
        "azp",
        "typ",
        "at_hash",
        "c_hash",
        "auth_time",
        "sid",
        "authMode",
    ] {
        list.claims.remove(name);
    }
    list.header.remove("typ");
    list.header.insert("x5t".to_owned(), "abc".into());
    list.response_issuer = None;
    let session = list.verify().unwrap();
    let issued = list.claims["iat"].as_i64().unwrap();
    assert_eq!(
        session.proof.authenticated_at.timestamp(),
        issued,
        "iat stands for auth_time"
    );
    let mut ciba = case(6);
    ciba.nonce = None;
    ciba.claims.remove("nonce");
    assert_eq!(ciba.faults(), [""; 0]);
    let mut signed = case(7);
    signed.sign_info();
    assert_eq!(signed.faults(), [""; 0]);
    let mut parameters = case(8);
    parameters.info_type = "Application/JSON; charset=utf-8".to_owned();
    assert_eq!(parameters.faults(), [""; 0]);
    let mut plain = case(9);
    let sub = "550dc1c8-0000-4000-8000-000000000000";
    plain.set("sub", sub);
    plain.info.insert("sub".to_owned(), sub.into());
    assert_eq!(
        plain.faults(),
        [""; 0],
        "a subject without PS_IdNat is no place of it"
    );
}

#[test]
fn a_missing_acr_counts_only_as_the_client_says() {
    let mut case = case(0);
    case.claims.remove("acr");
    assert_eq!(case.faults(), ["AUTH-ABSENT /id_token/acr"]);
    case.client = case.client.missing_acr_is(Level::Eidas1);
    assert_eq!(case.faults(), ["AUTH-ACR /id_token/acr"]);
    case.level = Level::Eidas1;
    assert_eq!(case.verify().unwrap().proof.level, Level::Eidas1);
}

#[test]
fn a_test_identity_needs_its_setting() {
    let mut case = case(1);
    for map in [&mut case.claims, &mut case.info] {
        for name in ["SubjectNameID", "preferred_username"] {
            map.insert(name.to_owned(), "ANS20231122132732".into());
        }
        map.insert("sub".to_owned(), "f:x:ANS20231122132732".into());
    }
    assert_eq!(case.faults(), ["AUTH-PSIDNAT-TEST /id_token/SubjectNameID"]);
    case.client = case.client.accept_test_identities();
    let session = case.verify().unwrap();
    assert_eq!(
        session.professional.national_id.as_str(),
        "ANS20231122132732"
    );
}

/// The host reloads once: the same key after that is a refusal.
#[test]
fn an_unknown_key_asks_for_the_key_set_once() {
    let mut case = case(0);
    let sound = case.jwks.clone();
    let kid = kid(case.algorithm, case.signer);
    let keys = case.jwks["keys"].as_array_mut().unwrap();
    keys.retain(|key| key["kid"] != kid.as_str());
    let refusal = case.verify().unwrap_err();
    assert!(matches!(refusal, Refusal::ReloadKeys(_)));
    assert_eq!(
        refusal.to_string(),
        "AUTH-CLE-INCONNUE /id_token/header/kid : La clé de signature n'est pas dans le JWKS : recharger le JWKS"
    );
    let again =
        case.with(|client, login, keys| client.verify(&login.clone().keys_reloaded(), keys));
    assert!(matches!(again, Err(Refusal::Refused(_))));
    case.jwks = sound;
    assert_eq!(case.faults(), [""; 0]);
}

#[test]
fn all_the_faults_of_the_settings_are_listed() {
    let client = Client::new("", "", []).skew(3600);
    let keys = Jwks::read(
        crate::keys::jwks().to_string().as_bytes(),
        &Limits::default(),
    )
    .unwrap();
    let now = DateTime::from_timestamp(NOW, 0).unwrap();
    let refusal = client.verify(&Login::new("", "", now), &keys).unwrap_err();
    let told: Vec<_> = refusal
        .problems()
        .iter()
        .map(|p| format!("{} {}", p.code, p.path))
        .collect();
    assert_eq!(
        told,
        [
            "AUTH-REGLAGE /client/issuer",
            "AUTH-REGLAGE /client/client_id",
            "AUTH-REGLAGE /client/algorithms",
            "AUTH-REGLAGE /client/skew",
            "AUTH-REGLAGE /login/nonce",
            "AUTH-JETON-FORME /id_token",
        ]
    );
}

#[test]
fn a_known_issuer_is_named_to_the_support_desk() {
    let mut case = case(0);
    case.set("iss", dcc_auth::issuer::FORMER_SANDBOX);
    let refusal = case.verify().unwrap_err();
    assert_eq!(
        refusal.to_string(),
        format!(
            "AUTH-ISS /id_token/iss : L'émetteur du jeton n'est pas celui attendu \
             (trouvé : Pro Santé Connect, ancien bac à sable ; attendu : {SANDBOX})"
        )
    );
}
