//! Vectors of RFC 7515, 7517, 7519 and 7520.

use dcc_auth::{Algorithm, Jwks, Jws, Limits};
use serde_json::{Value, json};

use crate::rfc;

fn set(keys: Value) -> Jwks {
    Jwks::read(
        json!({ "keys": keys }).to_string().as_bytes(),
        &Limits::default(),
    )
    .unwrap()
}

fn rsa(n: &str) -> Jwks {
    set(json!([{"kty": "RSA", "n": n, "e": rfc::A2_E}]))
}

/// Codes of the refusal of a token.
fn refused(token: &str, keys: &Jwks) -> Vec<&'static str> {
    let problems = match Jws::read(token, 8192, "/jeton") {
        Ok(jws) => jws.verify(keys, &Algorithm::ALL),
        Err(problems) => problems,
    };
    problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn rs256_of_rfc_7515_a_2() {
    assert_eq!(refused(rfc::A2_TOKEN, &rsa(rfc::A2_N)), [""; 0]);
    assert_eq!(
        refused(rfc::A2_TOKEN, &rsa(rfc::COOKBOOK_N)),
        ["AUTH-SIGNATURE"]
    );
    let jws = Jws::read(rfc::A2_TOKEN, 8192, "").unwrap();
    let claims: Value = serde_json::from_slice(jws.payload()).unwrap();
    let expected = json!({"iss": "joe", "exp": 1_300_819_380, "http://example.com/is_root": true});
    assert_eq!(claims, expected);
}

#[test]
fn es256_of_rfc_7515_a_3() {
    let keys = set(json!([{"kty": "EC", "crv": "P-256", "x": rfc::A3_X, "y": rfc::A3_Y}]));
    assert_eq!(refused(rfc::A3_TOKEN, &keys), [""; 0]);
    assert_eq!(refused(rfc::A2_TOKEN, &keys), ["AUTH-CLE-ABSENTE"]);
}

#[test]
fn rs256_of_rfc_7520_4_1() {
    let keys = set(json!([
        {"kty": "RSA", "kid": rfc::COOKBOOK_KID, "use": "sig", "n": rfc::COOKBOOK_N, "e": "AQAB"}
    ]));
    assert_eq!(refused(rfc::COOKBOOK_RS256, &keys), [""; 0]);
    let jws = Jws::read(rfc::COOKBOOK_RS256, 8192, "").unwrap();
    assert!(
        jws.payload()
            .starts_with("It’s a dangerous business, Frodo".as_bytes())
    );
    assert_eq!(
        refused(rfc::COOKBOOK_RS256, &rsa(rfc::A2_N)),
        ["AUTH-CLE-INCONNUE"]
    );
}

#[test]
fn tokens_of_other_algorithms_are_refused() {
    let keys = rsa(rfc::COOKBOOK_N);
    let tokens = [
        rfc::A1_TOKEN,
        rfc::A4_TOKEN,
        rfc::A5_TOKEN,
        rfc::COOKBOOK_PS384,
        rfc::COOKBOOK_ES512,
        rfc::COOKBOOK_HS256,
    ];
    for token in tokens {
        assert_eq!(refused(token, &keys), ["AUTH-ALG"], "{token}");
    }
}

#[test]
fn an_unknown_critical_extension_is_refused_as_in_rfc_7515_e() {
    assert_eq!(
        refused(rfc::E_TOKEN, &rsa(rfc::A2_N)),
        ["AUTH-CRIT", "AUTH-ALG"]
    );
}

#[test]
fn other_serialisations_are_refused() {
    let keys = rsa(rfc::A2_N);
    assert_eq!(refused(rfc::COOKBOOK_JWE, &keys), ["AUTH-JETON-CHIFFRE"]);
    let [header, payload, signature]: [&str; 3] = rfc::A2_TOKEN
        .split('.')
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    let flattened = json!({"protected": header, "payload": payload, "signature": signature});
    assert_eq!(refused(&flattened.to_string(), &keys), ["AUTH-JETON-FORME"]);
    let detached = format!("{header}..{signature}");
    assert_eq!(refused(&detached, &keys), ["AUTH-SIGNATURE"]);
}

#[test]
fn the_key_set_of_rfc_7517_a_1_keeps_its_signature_key() {
    let keys = json!({"keys": [
        {"kty": "EC", "crv": "P-256", "x": rfc::SET_X, "y": rfc::SET_Y, "use": "enc", "kid": "1"},
        {"kty": "RSA", "n": rfc::SET_N, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"},
    ]});
    let keys = Jwks::read(keys.to_string().as_bytes(), &Limits::default()).unwrap();
    assert_eq!(keys.len(), 1);
    let told: Vec<_> = keys
        .problems()
        .iter()
        .map(|p| format!("{} {}", p.code, p.path))
        .collect();
    assert_eq!(told, ["AUTH-JWK-USAGE /jwks/keys/0/use"]);
}
