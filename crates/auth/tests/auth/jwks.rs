//! Key sets: what serves, what is left out and why.

use dcc_auth::{Algorithm, Jwks, Limits};
use serde_json::{Value, json};

use crate::case::{Case, NOW};
use crate::keys::{self, Signer, ec_jwk, encode, rsa_jwk};
use crate::rfc;

fn read(keys: &Value) -> Result<Jwks, Vec<String>> {
    let bytes = json!({ "keys": keys }).to_string();
    Jwks::read(bytes.as_bytes(), &Limits::default())
        .map_err(|problems| problems.iter().map(|p| p.code.to_owned()).collect())
}

fn with(mut key: Value, name: &str, value: impl Into<Value>) -> Value {
    key[name] = value.into();
    key
}

#[test]
fn a_key_that_cannot_serve_is_left_out_and_told() {
    let rsa = || rsa_jwk(Signer::First);
    let ec = || ec_jwk(Signer::First);
    let even = encode([0xC4; 256]);
    let long = encode([0xC5; 1025]);
    let cases = [
        (with(rsa(), "kty", "oct"), "AUTH-JWK-TYPE /jwks/keys/1/kty"),
        (
            json!({"kty": "OKP", "crv": "Ed25519", "x": "AA"}),
            "AUTH-JWK-TYPE /jwks/keys/1/kty",
        ),
        (with(ec(), "crv", "P-384"), "AUTH-JWK-TYPE /jwks/keys/1/crv"),
        (with(rsa(), "use", "enc"), "AUTH-JWK-USAGE /jwks/keys/1/use"),
        (
            with(rsa(), "key_ops", json!(["encrypt"])),
            "AUTH-JWK-USAGE /jwks/keys/1/use",
        ),
        (
            with(rsa(), "alg", "RS512"),
            "AUTH-JWK-USAGE /jwks/keys/1/alg",
        ),
        (
            with(rsa(), "alg", "HS256"),
            "AUTH-JWK-USAGE /jwks/keys/1/alg",
        ),
        (
            with(rsa(), "alg", "ES256"),
            "AUTH-JWK-VALEUR /jwks/keys/1/alg",
        ),
        (with(rsa(), "d", rfc::A2_D), "AUTH-JWK-PRIVEE /jwks/keys/1"),
        (
            json!({"kty": "oct", "k": "AA"}),
            "AUTH-JWK-PRIVEE /jwks/keys/1",
        ),
        (
            with(rsa(), "n", encode([0xC5; 255])),
            "AUTH-JWK-FAIBLE /jwks/keys/1/n",
        ),
        (with(rsa(), "n", long), "AUTH-JWK-FAIBLE /jwks/keys/1/n"),
        (with(rsa(), "e", "Aw"), "AUTH-JWK-FAIBLE /jwks/keys/1/e"),
        (
            with(rsa(), "e", "AQABAQABAQABAQAB"),
            "AUTH-JWK-VALEUR /jwks/keys/1/e",
        ),
        (with(rsa(), "n", even), "AUTH-JWK-VALEUR /jwks/keys/1/n"),
        (with(rsa(), "n", "é"), "AUTH-JWK-VALEUR /jwks/keys/1/n"),
        (
            with(rsa(), "n", Value::Null),
            "AUTH-JWK-VALEUR /jwks/keys/1/n",
        ),
        (
            with(ec(), "y", encode([1; 32])),
            "AUTH-JWK-VALEUR /jwks/keys/1/x",
        ),
        (
            with(ec(), "x", encode([1; 31])),
            "AUTH-JWK-VALEUR /jwks/keys/1/x",
        ),
        (with(rsa(), "kid", 4), "AUTH-JWK-VALEUR /jwks/keys/1/kid"),
        (with(rsa(), "use", 4), "AUTH-JWK-VALEUR /jwks/keys/1/use"),
    ];
    for (key, expected) in cases {
        let keys = read(&json!([rsa_jwk(Signer::Second), key])).unwrap();
        let told: Vec<_> = keys
            .problems()
            .iter()
            .map(|p| format!("{} {}", p.code, p.path))
            .collect();
        assert_eq!((keys.len(), told), (1, vec![expected.to_owned()]));
    }
}

#[test]
fn zeros_at_the_head_of_a_modulus_do_not_make_it_longer() {
    let padded = |key: &str| encode([&[0, 0][..], &keys::decode(key)].concat());
    let sound = with(rsa_jwk(Signer::First), "n", padded(rfc::A2_N));
    assert_eq!(read(&json!([sound])).unwrap().len(), 1);
    let short = with(rsa_jwk(Signer::First), "n", padded(&encode([0x45; 255])));
    assert_eq!(
        read(&json!([short])).unwrap_err(),
        ["AUTH-JWK-FAIBLE", "AUTH-JWKS-VIDE"]
    );
}

#[test]
fn two_keys_that_a_token_cannot_tell_apart_are_both_left_out() {
    let named = |key| with(key, "kid", "a");
    let (one, two) = (rsa_jwk(Signer::First), rsa_jwk(Signer::Second));
    let keys = read(&json!([
        named(one.clone()),
        named(two.clone()),
        ec_jwk(Signer::First)
    ]));
    let keys = keys.unwrap();
    assert_eq!((keys.len(), keys.problems().len()), (1, 1));
    assert_eq!(
        keys.problems().iter().next().unwrap().code,
        "AUTH-JWK-DOUBLON"
    );
    // of different types, or reserved to different algorithms: no doubt
    let keys = read(&json!([named(one.clone()), named(ec_jwk(Signer::First))])).unwrap();
    assert_eq!(keys.len(), 2);
    let reserved = [
        with(named(one), "alg", "RS256"),
        with(named(two), "alg", "PS256"),
    ];
    assert_eq!(read(&json!(reserved)).unwrap().len(), 2);
}

#[test]
fn what_is_no_key_set_is_refused() {
    let limits = Limits::default();
    let refused = |bytes: &[u8]| {
        Jwks::read(bytes, &limits)
            .unwrap_err()
            .iter()
            .next()
            .unwrap()
            .code
    };
    for bytes in ["", "[]", "{}", "{\"keys\": null}", "null", "\u{feff}{}"] {
        assert_eq!(refused(bytes.as_bytes()), "AUTH-JWKS-FORME", "{bytes}");
    }
    assert_eq!(refused(b"{\"keys\": {}}"), "AUTH-TYPE");
    assert_eq!(refused(b"{\"keys\": [1]}"), "AUTH-TYPE");
    assert_eq!(refused(b"{\"keys\": []}"), "AUTH-JWKS-VIDE");
    assert_eq!(
        refused(b"{\"keys\": [], \"keys\": []}"),
        "AUTH-JETON-DOUBLON"
    );
    assert_eq!(refused(&vec![b' '; limits.jwks + 1]), "AUTH-JWKS-TAILLE");
    let many = vec![ec_jwk(Signer::First); limits.keys + 1];
    assert_eq!(read(&json!(many)).unwrap_err(), ["AUTH-JWKS-TAILLE"]);
}

#[test]
fn a_token_without_kid_is_verified_when_there_is_no_choice() {
    let mut case = Case::sound(Algorithm::Es256, 0, NOW);
    case.header.remove("kid");
    assert_eq!(case.faults(), ["AUTH-CLE-ABSENTE /id_token/header/kid"]);
    case.jwks = json!({"keys": [ec_jwk(Signer::First), rsa_jwk(Signer::First)]});
    assert_eq!(case.faults(), [""; 0]);
    case.jwks = json!({"keys": [rsa_jwk(Signer::First)]});
    assert_eq!(case.faults(), ["AUTH-CLE-ABSENTE /id_token/header/kid"]);
}
