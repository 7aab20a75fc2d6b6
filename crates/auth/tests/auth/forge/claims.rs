//! Faults of the claims: issuer, audience, instants, nonce, level, hashes.

use dcc_auth::Level;
use dcc_auth::issuer::{FORMER_SANDBOX, PRODUCTION, SANDBOX};
use serde_json::{Value, json};

use super::{Fault, fault, pick};
use crate::case::{CLIENT, SKEW};

/// The faults.
pub(crate) static FAULTS: &[Fault] = &[
    // 4. issuer
    fault("another issuer", "AUTH-ISS", |case, v| {
        let slash = format!("{SANDBOX}/");
        let upper = SANDBOX.to_uppercase();
        let issuers = [
            PRODUCTION,
            FORMER_SANDBOX,
            &slash,
            &upper,
            "https://attaquant.example",
        ];
        case.set("iss", pick(&issuers, v));
    }),
    fault("no issuer", "AUTH-ABSENT", |case, v| {
        case.set("iss", [Value::Null, "".into()][v % 2].clone());
    }),
    fault(
        "authorisation response of another issuer",
        "AUTH-ISS-REPONSE",
        |case, v| {
            let issuers = [PRODUCTION, FORMER_SANDBOX, "", "https://attaquant.example"];
            case.response_issuer = Some(pick(&issuers, v).to_owned());
        },
    ),
    // 5. audience
    fault("for another client", "AUTH-AUD", |case, v| {
        let values = [
            json!("autre"),
            json!("dcc-essa"),
            json!(["autre"]),
            json!([]),
            json!("DCC-ESSAI"),
        ];
        case.set("aud", values[v % 5].clone());
    }),
    fault("no audience", "AUTH-ABSENT", |case, _| {
        case.set("aud", Value::Null)
    }),
    fault("audience that is no text", "AUTH-TYPE", |case, v| {
        let values = [
            json!(1),
            json!([1]),
            json!({}),
            json!([CLIENT, null]),
            json!(true),
        ];
        case.set("aud", values[v % 5].clone());
    }),
    fault(
        "also for a client that is not trusted",
        "AUTH-AUD-TIERS",
        |case, v| {
            let values = [
                json!([CLIENT, "autre"]),
                json!(["autre", CLIENT]),
                json!([CLIENT, ""]),
            ];
            case.set("aud", values[v % 3].clone());
        },
    ),
    fault(
        "several audiences without an authorised party",
        "AUTH-ABSENT",
        |case, _| {
            case.client = case.client.clone().trust_audience("ami");
            case.set("aud", json!([CLIENT, "ami"]));
            case.claims.remove("azp");
        },
    ),
    fault("issued to another client", "AUTH-AZP", |case, v| {
        case.set("azp", pick(&["autre", "", "dcc-essai ", "DCC-ESSAI"], v));
    }),
    // 6. instants
    fault("expired", "AUTH-EXP", |case, v| {
        let exp = case.now - SKEW - [0, 1, 60, 86_400, 400_000_000][v % 5];
        case.set("exp", exp);
        case.set("iat", exp - 120);
        case.set("auth_time", exp - 130);
    }),
    fault("no expiry", "AUTH-ABSENT", |case, _| {
        case.claims.remove("exp");
    }),
    fault("expiry that is no instant", "AUTH-TYPE", |case, v| {
        let values = [
            json!("1787947320"),
            json!(-1),
            json!(1e300),
            json!([]),
            json!(true),
        ];
        case.set("exp", values[v % 5].clone());
    }),
    fault("issued in the future", "AUTH-IAT", |case, v| {
        let iat = case.now + SKEW + [1, 2, 60, 3600, 86_400][v % 5];
        case.set("iat", iat);
        case.set("exp", iat + 120);
    }),
    fault("no instant of issue", "AUTH-ABSENT", |case, _| {
        case.claims.remove("iat");
    }),
    fault("not valid yet", "AUTH-NBF", |case, v| {
        case.set("nbf", case.now + SKEW + [1, 2, 60, 3600, 86_400][v % 5]);
    }),
    fault("expires before its issue", "AUTH-DATES", |case, v| {
        let iat = case.now + 10 - v as i64;
        case.set("iat", iat);
        case.set("exp", iat - v as i64);
    }),
    fault("issued too long ago", "AUTH-AGE", |case, v| {
        case.client = case.client.clone().max_token_age(60);
        case.set("iat", case.now - 60 - SKEW - 1 - v as i64);
        case.set("auth_time", case.now - 1000);
        case.set("exp", case.now + 60);
    }),
    // 7. nonce
    fault("nonce of another request", "AUTH-NONCE", |case, v| {
        let nonce = case.nonce.clone().unwrap();
        let values = [
            format!("{nonce} "),
            nonce.to_uppercase(),
            nonce[1..].to_owned(),
        ];
        case.set("nonce", values[v % 3].clone());
    }),
    fault("no nonce", "AUTH-ABSENT", |case, v| {
        case.set("nonce", [Value::Null, "".into()][v % 2].clone());
    }),
    fault(
        "nonce that was not asked for",
        "AUTH-NONCE-INATTENDU",
        |case, _| case.nonce = None,
    ),
    // 8. level
    fault("level below the one asked for", "AUTH-ACR", |case, v| {
        let (acr, asked) = [
            ("eidas1", Level::Eidas2),
            ("eidas1", Level::Eidas3),
            ("eidas2", Level::Eidas3),
        ][v % 3];
        case.set("acr", acr);
        case.level = asked;
    }),
    fault("unknown level", "AUTH-ACR-INCONNU", |case, v| {
        case.set(
            "acr",
            pick(&["eidas4", "EIDAS3", "0", "eidas", "eidas3 "], v),
        );
    }),
    fault("no level", "AUTH-ABSENT", |case, _| {
        case.claims.remove("acr");
    }),
    fault("level that is no text", "AUTH-TYPE", |case, v| {
        case.set(
            "acr",
            [json!(3), json!(["eidas3"]), json!(true)][v % 3].clone(),
        );
    }),
    fault("authenticated too long ago", "AUTH-AUTH-TIME", |case, v| {
        case.max_age = Some(300);
        case.set(
            "auth_time",
            case.now - 300 - SKEW - [1, 2, 600, 14_400, 86_400][v % 5],
        );
    }),
    fault("no instant of authentication", "AUTH-ABSENT", |case, _| {
        case.max_age = Some(300);
        case.claims.remove("auth_time");
    }),
    fault(
        "authenticated in the future",
        "AUTH-AUTH-TIME-FUTUR",
        |case, v| {
            case.set(
                "auth_time",
                case.now + SKEW + [1, 2, 60, 3600, 86_400][v % 5],
            );
        },
    ),
    // 9. hashes
    fault(
        "access token of another login",
        "AUTH-AT-HASH",
        |case, v| {
            case.access_token = format!("autre-{v}");
        },
    ),
    fault("code of another login", "AUTH-C-HASH", |case, v| {
        case.code = format!("autre-{v}");
    }),
];
