//! Faults of the UserInfo response, of the identifier, of the settings.

use dcc_auth::Algorithm;
use dcc_auth::issuer::{FORMER_SANDBOX, PRODUCTION};
use serde_json::{Value, json};

use super::{Fault, everywhere, fault, other, pick, resigned};
use crate::case::CLIENT;

/// The faults.
pub(crate) static FAULTS: &[Fault] = &[
    // 10. UserInfo
    fault(
        "UserInfo of another subject",
        "AUTH-USERINFO-SUB",
        |case, v| {
            let sub = case.claims["sub"].as_str().unwrap();
            let values = [format!("{sub} "), sub.to_uppercase(), sub[2..].to_owned()];
            case.info
                .insert("sub".to_owned(), values[v % 3].clone().into());
        },
    ),
    fault("UserInfo without subject", "AUTH-ABSENT", |case, _| {
        case.info.remove("sub");
    }),
    fault(
        "UserInfo of another media type",
        "AUTH-USERINFO-TYPE",
        |case, v| {
            let types = [
                "text/html",
                "",
                "application/jose",
                "text/json",
                "application/json+x",
            ];
            case.info_type = pick(&types, v).to_owned();
        },
    ),
    fault("UserInfo that is no JSON", "AUTH-JETON-JSON", |case, v| {
        let body = pick(&["", "[]", "<html/>", "{", "null"], v);
        case.info_after = Some(Box::new(move |_| body.to_owned()));
    }),
    fault(
        "UserInfo with a member twice",
        "AUTH-JETON-DOUBLON",
        |case, _| {
            case.info_after = Some(Box::new(|body| format!("{{\"sub\":\"x\",{}", &body[1..])));
        },
    ),
    fault(
        "UserInfo of a false signature",
        "AUTH-SIGNATURE",
        |case, v| {
            case.sign_info();
            case.info_after = Some(Box::new(move |token| {
                resigned(&token, |mut bytes| {
                    let place = (v * 31 + 3) % bytes.len();
                    bytes[place] ^= 0x10;
                    bytes
                })
            }));
        },
    ),
    fault("UserInfo without signature", "AUTH-ALG", |case, _| {
        case.sign_info();
        let header = case.info_header.as_mut().unwrap();
        header.insert("alg".to_owned(), "none".into());
        case.info_after = Some(Box::new(|token| resigned(&token, |_| Vec::new())));
    }),
    fault(
        "UserInfo signed with an unknown key",
        "AUTH-CLE-INCONNUE",
        |case, v| {
            case.sign_info();
            let header = case.info_header.as_mut().unwrap();
            header.insert("kid".to_owned(), format!("autre-{v}").into());
        },
    ),
    fault("UserInfo of another issuer", "AUTH-ISS", |case, v| {
        case.sign_info();
        let issuer = pick(&[PRODUCTION, FORMER_SANDBOX], v);
        case.info.insert("iss".to_owned(), issuer.into());
    }),
    fault("UserInfo for another client", "AUTH-AUD", |case, v| {
        case.sign_info();
        case.info
            .insert("aud".to_owned(), [json!("autre"), json!([])][v % 2].clone());
    }),
    // 11. national identifier
    fault(
        "another PS_IdNat in the ID token",
        "AUTH-PSIDNAT-DESACCORD",
        |case, v| {
            case.set("preferred_username", other(v));
        },
    ),
    fault(
        "another PS_IdNat at the end of sub",
        "AUTH-PSIDNAT-DESACCORD",
        |case, v| {
            let sub = format!("f:550dc1c8-0000-4000-8000-000000000000:{}", other(v));
            case.info.insert("sub".to_owned(), sub.clone().into());
            case.set("sub", sub);
        },
    ),
    fault(
        "another PS_IdNat in the UserInfo",
        "AUTH-PSIDNAT-DESACCORD",
        |case, v| {
            let name = pick(&["SubjectNameID", "preferred_username"], v);
            case.info.insert(name.to_owned(), other(v).into());
        },
    ),
    fault(
        "another RPPS among the other ids",
        "AUTH-PSIDNAT-DESACCORD",
        |case, v| {
            case.info["otherIds"][0]["identifiant"] = other(v).into();
        },
    ),
    fault("PS_IdNat of a false form", "AUTH-PSIDNAT", |case, v| {
        let id = other(v);
        let key = (id.as_bytes()[11] - b'0' + 1 + v as u8 % 9) % 10;
        let false_key = format!("{}{key}", &id[..11]);
        let ids = [
            &false_key,
            "80012345678",
            "9999",
            "899700218896 ",
            "7é60875",
        ];
        everywhere(case, ids[v % 5]);
    }),
    fault("test identity", "AUTH-PSIDNAT-TEST", |case, v| {
        everywhere(case, &format!("ANS2023112213273{}", v % 10));
    }),
    fault("no PS_IdNat", "AUTH-PSIDNAT-ABSENT", |case, _| {
        for map in [&mut case.claims, &mut case.info] {
            map.remove("SubjectNameID");
            map.remove("preferred_username");
            map.insert(
                "sub".to_owned(),
                "550dc1c8-0000-4000-8000-000000000000".into(),
            );
        }
    }),
    fault("no subject", "AUTH-ABSENT", |case, v| {
        case.set("sub", [Value::Null, "".into()][v % 2].clone());
    }),
    // settings
    fault("clocks too far apart", "AUTH-REGLAGE", |case, v| {
        case.client = case.client.clone().skew(61 + v as u32);
    }),
    fault(
        "test identities in production",
        "AUTH-REGLAGE",
        |case, _| {
            let client = dcc_auth::Client::new(PRODUCTION, CLIENT, Algorithm::ALL);
            case.client = client.accept_test_identities();
            case.set("iss", PRODUCTION);
            case.response_issuer = None;
        },
    ),
];
