//! Whatever comes in: no panic, and nothing changed is accepted.

use dcc_auth::{Algorithm, Client, Jwks, Jws, Limits, Login, UserInfo};
use proptest::prelude::*;

use crate::case::{Case, NOW};

/// A character of a token, of another alphabet, or none.
fn change(token: &str, place: usize, with: Option<char>) -> String {
    let place = place % token.len();
    let mut changed: String = token[..place].to_owned();
    changed.extend(with);
    changed.push_str(&token[place + 1..]);
    changed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_token_changed_in_one_character_is_refused(
        place in any::<usize>(),
        with in prop::option::of("[A-Za-z0-9_.=+ -]"),
        seed in 0u64..4,
    ) {
        let mut case = Case::sound(Algorithm::Es256, seed, NOW);
        let token = case.token();
        let changed = change(&token, place, with.as_ref().and_then(|text| text.chars().next()));
        prop_assume!(changed != token);
        case.after = Some(Box::new(move |_| changed.clone()));
        prop_assert!(!case.faults().is_empty());
    }

    #[test]
    fn any_text_is_answered(token in "\\PC{0,200}", body in any::<Vec<u8>>(), kind in "\\PC{0,20}") {
        let case = Case::sound(Algorithm::Es256, 1, NOW);
        case.with(|client, login, keys| {
            let now = chrono::DateTime::from_timestamp(NOW, 0).unwrap();
            for info in [UserInfo::json(&body), UserInfo::jwt(&body), UserInfo::new(&kind, &body)] {
                let other = Login::new(&token, "n", now).user_info(info);
                assert!(client.verify(&other, keys).is_err());
                assert!(client.verify(&login.clone().user_info(info), keys).is_err());
            }
        });
    }

    #[test]
    fn any_header_and_claims_are_answered(header in json(), claims in json()) {
        let mut case = Case::sound(Algorithm::Es256, 1, NOW);
        case.raw = [Some(header.to_string()), Some(claims.to_string())];
        prop_assert!(!case.faults().is_empty());
    }

    #[test]
    fn any_key_set_is_answered(keys in prop::collection::vec(key(), 0..4), bytes in any::<Vec<u8>>()) {
        let limits = Limits::default();
        let set = serde_json::json!({ "keys": keys }).to_string();
        if let Ok(set) = Jwks::read(set.as_bytes(), &limits) {
            prop_assert!(!set.is_empty());
            let jws = Jws::read(crate::rfc::A2_TOKEN, 8192, "").unwrap();
            prop_assert!(!jws.verify(&set, &Algorithm::ALL).is_empty());
        }
        let _ = Jwks::read(&bytes, &limits);
    }

    #[test]
    fn any_instants_are_answered(exp in any::<i64>(), iat in any::<i64>(), now in -8_000_000_000_000i64..8_000_000_000_000, age in any::<u32>()) {
        let mut case = Case::sound(Algorithm::Es256, 1, NOW);
        case.set("exp", exp);
        case.set("iat", iat);
        case.set("auth_time", iat);
        case.max_age = Some(age);
        case.client = Client::clone(&case.client).max_token_age(age);
        case.now = now;
        let sound = case.verify().is_ok();
        prop_assert!(!sound || (exp > now - 30 && iat <= now + 30));
    }
}

/// Names that mean something, and values of any type.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let names = prop::sample::select(vec![
        "alg",
        "kid",
        "typ",
        "crit",
        "iss",
        "aud",
        "azp",
        "exp",
        "iat",
        "nbf",
        "nonce",
        "acr",
        "auth_time",
        "sub",
        "SubjectNameID",
        "otherIds",
        "SubjectRefPro",
        "at_hash",
        "x",
    ]);
    prop::collection::hash_map(names.prop_map(str::to_owned), value(), 0..12)
        .prop_map(|map| map.into_iter().collect())
}

fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        prop::sample::select(vec![
            "ES256",
            "none",
            "ec-1",
            "eidas3",
            "dcc-essai",
            "ID",
            ""
        ])
        .prop_map(Into::into),
        "\\PC{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::hash_map("[a-z]{0,3}", inner, 0..4)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// A key whose members have any value.
fn key() -> impl Strategy<Value = serde_json::Value> {
    let text = prop_oneof![
        prop::sample::select(vec!["RSA", "EC", "P-256", "sig", "RS256", "AQAB"])
            .prop_map(str::to_owned),
        any::<Vec<u8>>().prop_map(crate::keys::encode),
    ];
    let names = prop::sample::select(vec!["kty", "crv", "use", "alg", "n", "e", "x", "y", "kid"]);
    prop::collection::hash_map(
        names.prop_map(str::to_owned),
        text.prop_map(serde_json::Value::from),
        0..9,
    )
    .prop_map(|map| map.into_iter().collect())
}
