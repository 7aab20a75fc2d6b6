//! Faults of the token: form, algorithm, key, signature.

use dcc_auth::Algorithm;
use dcc_auth::issuer::SANDBOX;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};

use super::{Fault, after, everywhere, fault, other, parts, pick, resigned};
use crate::case::{CLIENT, Case};
use crate::keys::{Signer, decode, ec_jwk, encode, sign};
use crate::rfc;

/// The faults.
pub(crate) static FAULTS: &[Fault] = &[
    // 1. form
    fault("a part is missing", "AUTH-JETON-FORME", |case, v| {
        after(case, move |token| {
            let [header, claims, signature] = parts(&token);
            [
                format!("{header}.{claims}"),
                format!("{claims}.{signature}"),
                claims,
                String::new(),
            ][v % 4]
                .clone()
        });
    }),
    fault("a part too many", "AUTH-JETON-FORME", |case, v| {
        after(case, move |token| format!("{token}.{}", "x".repeat(v)));
    }),
    fault("encrypted", "AUTH-JETON-CHIFFRE", |case, v| {
        after(case, move |token| match v % 2 {
            0 => rfc::COOKBOOK_JWE.to_owned(),
            _ => format!("{token}.x.y"),
        });
    }),
    fault(
        "base64 with padding, blank or another alphabet",
        "AUTH-JETON-BASE64",
        |case, v| {
            after(case, move |token| {
                let [header, claims, signature] = parts(&token);
                match v % 5 {
                    0 => format!("{header}=.{claims}.{signature}"),
                    1 => format!("{header}.{claims} .{signature}"),
                    2 => format!("{header}.{claims}.{signature}\n"),
                    3 => format!("{header}.+{}.{signature}", &claims[1..]),
                    _ => format!("{header}.{claims}.{signature}=="),
                }
            });
        },
    ),
    fault(
        "header that is no JSON object",
        "AUTH-JETON-JSON",
        |case, v| {
            let texts = [
                "",
                "[]",
                "\"RS256\"",
                "{\"alg\":\"RS256\"",
                "{'alg':'RS256'}",
            ];
            case.raw[0] = Some(pick(&texts, v).to_owned());
        },
    ),
    fault(
        "claims that are no JSON object",
        "AUTH-JETON-JSON",
        |case, v| {
            let texts = ["", "[]", "null", "{\"iss\":", "\u{feff}{}"];
            case.raw[1] = Some(pick(&texts, v).to_owned());
        },
    ),
    fault("header member twice", "AUTH-JETON-DOUBLON", |case, v| {
        let header = Value::Object(case.header.clone()).to_string();
        let twice = ["\"alg\":\"none\"", "\"kid\":\"x\"", "\"typ\":\"JWT\""];
        case.raw[0] = Some(format!("{{{},{}", pick(&twice, v), &header[1..]));
    }),
    fault("claim twice", "AUTH-JETON-DOUBLON", |case, v| {
        let claims = Value::Object(case.claims.clone()).to_string();
        let twice = [
            "\"sub\":\"x\"",
            "\"exp\":9999999999",
            "\"aud\":\"x\"",
            "\"s\\u0075b\":1",
        ];
        case.raw[1] = Some(format!("{{{},{}", pick(&twice, v), &claims[1..]));
    }),
    fault("too large", "AUTH-JETON-TAILLE", |case, v| {
        case.set("x", "x".repeat(32 * 1024 + v));
    }),
    // algorithm
    fault("no signature", "AUTH-ALG", |case, v| {
        let name = pick(&["none", "None", "NONE", "nOnE", "null"], v);
        case.header.insert("alg".to_owned(), name.into());
        after(case, |token| resigned(&token, |_| Vec::new()));
    }),
    fault("HMAC with the public key", "AUTH-ALG", |case, v| {
        case.header.insert("alg".to_owned(), "HS256".into());
        let keys = [rfc::A2_N, rfc::COOKBOOK_N, rfc::A3_X, rfc::A3_Y, rfc::SET_N];
        let secret = decode(pick(&keys, v));
        after(case, move |token| {
            let [header, claims, _] = parts(&token);
            let message = format!("{header}.{claims}");
            let mac = Hmac::<sha2::Sha256>::new_from_slice(&secret).unwrap();
            let mac = mac.chain_update(&message).finalize().into_bytes();
            format!("{message}.{}", encode(mac))
        });
    }),
    fault("an algorithm outside the list", "AUTH-ALG", |case, v| {
        let names = [
            "RS512", "PS384", "ES512", "EdDSA", "rs256", "RS256 ", "HS384", "",
        ];
        case.header.insert("alg".to_owned(), pick(&names, v).into());
    }),
    fault(
        "an algorithm that the client does not admit",
        "AUTH-ALG",
        |case, v| {
            let others = Algorithm::ALL.into_iter().filter(|a| *a != case.algorithm);
            let admitted: Vec<_> = others.skip(v % 2).collect();
            case.client = dcc_auth::Client::new(SANDBOX, CLIENT, admitted);
        },
    ),
    fault("no algorithm", "AUTH-ABSENT", |case, v| {
        case.header.remove("alg");
        if v % 2 == 1 {
            case.header.insert("alg".to_owned(), Value::Null);
        }
    }),
    fault("algorithm that is no text", "AUTH-TYPE", |case, v| {
        let values = [json!(1), json!(["RS256"]), json!({}), json!(true)];
        case.header.insert("alg".to_owned(), values[v % 4].clone());
    }),
    fault("critical extension", "AUTH-CRIT", |case, v| {
        let values = [
            json!(["exp"]),
            json!(["b64"]),
            json!([]),
            json!("x"),
            json!(1),
        ];
        case.header.insert("crit".to_owned(), values[v % 5].clone());
        case.header.insert("b64".to_owned(), true.into());
    }),
    fault("header of another kind of token", "AUTH-TYP", |case, v| {
        let kinds = ["at+jwt", "logout+jwt", "dpop+jwt", "secevent+jwt", "JOSE"];
        case.header.insert("typ".to_owned(), pick(&kinds, v).into());
    }),
    fault(
        "access token in place of an ID token",
        "AUTH-JETON-NATURE",
        |case, v| {
            case.set(
                "typ",
                pick(&["Bearer", "Refresh", "Logout", "id", "Offline"], v),
            );
        },
    ),
    // 2. key
    fault("unknown key", "AUTH-CLE-INCONNUE", |case, v| {
        let kids = ["rsa-9", "", "RSA-1", "rsa-1 ", "../rsa-1"];
        case.header.insert("kid".to_owned(), pick(&kids, v).into());
    }),
    fault(
        "key of the attacker in the header",
        "AUTH-CLE-INCONNUE",
        |case, v| {
            case.algorithm = Algorithm::Es256;
            case.signer = Signer::Stranger;
            case.header.insert("alg".to_owned(), "ES256".into());
            case.header
                .insert("kid".to_owned(), format!("mine-{v}").into());
            case.header
                .insert("jwk".to_owned(), ec_jwk(Signer::Stranger));
            case.header
                .insert("jku".to_owned(), "https://attaquant.example/jwks".into());
        },
    ),
    fault("key left out of the set", "AUTH-CLE-ECARTEE", |case, v| {
        case.header
            .insert("kid".to_owned(), pick(&["short", "encryption"], v).into());
    }),
    fault("key of another type", "AUTH-CLE-DESACCORD", |case, v| {
        let theirs = match case.algorithm {
            Algorithm::Es256 => ["rsa-1", "rsa-2"],
            _ => ["ec-1", "ec-2"],
        };
        case.header
            .insert("kid".to_owned(), pick(&theirs, v).into());
    }),
    fault(
        "key reserved to another algorithm",
        "AUTH-CLE-DESACCORD",
        |case, _| {
            let (from, to) = match case.algorithm {
                Algorithm::Rs256 => (0..2, "PS256"),
                Algorithm::Ps256 => (0..2, "RS256"),
                _ => {
                    // P-256 has one algorithm: the RSA key is the other one
                    case.header.insert("kid".to_owned(), "rsa-1".into());
                    (0..2, "RS256")
                }
            };
            for rank in from {
                case.jwks["keys"][rank]["alg"] = to.into();
            }
        },
    ),
    fault("key not named", "AUTH-CLE-ABSENTE", |case, _| {
        case.header.remove("kid");
    }),
    fault("key named by a number", "AUTH-TYPE", |case, v| {
        case.header.insert("kid".to_owned(), (v as u64).into());
    }),
    // 3. signature
    fault("one bit of the signature", "AUTH-SIGNATURE", |case, v| {
        after(case, move |token| {
            resigned(&token, |mut bytes| {
                let place = (v * 37 + 11) % bytes.len();
                bytes[place] ^= 1 << (v % 8);
                bytes
            })
        });
    }),
    fault("signed with another key", "AUTH-SIGNATURE", |case, v| {
        let (algorithm, signer) = match case.algorithm {
            Algorithm::Es256 if v % 2 == 0 => (Algorithm::Es256, Signer::Stranger),
            own if case.signer == Signer::First => (own, Signer::Second),
            own => (own, Signer::First),
        };
        after(case, move |token| {
            let [header, claims, _] = parts(&token);
            let message = format!("{header}.{claims}");
            format!(
                "{message}.{}",
                encode(sign(algorithm, signer, message.as_bytes()))
            )
        });
    }),
    fault(
        "claims changed after the signature",
        "AUTH-SIGNATURE",
        |case, v| {
            let signed = Value::Object(case.claims.clone()).to_string();
            match v % 4 {
                0 => everywhere(case, &other(v)),
                1 => case.set("acr", "eidas2"),
                2 => case.set("sid", "autre-session"),
                _ => case.set("jti", "autre"),
            }
            let changed = Value::Object(case.claims.clone()).to_string();
            case.raw[1] = Some(signed);
            after(case, move |token| {
                let [header, _, signature] = parts(&token);
                format!("{header}.{}.{signature}", encode(&changed))
            });
        },
    ),
    fault(
        "header changed after the signature",
        "AUTH-SIGNATURE",
        |case, v| {
            let mut changed = case.header.clone();
            changed.insert(format!("x{v}"), 1.into());
            let changed = Value::Object(changed).to_string();
            after(case, move |token| {
                let [_, claims, signature] = parts(&token);
                format!("{}.{claims}.{signature}", encode(&changed))
            });
        },
    ),
    fault(
        "signature of another length",
        "AUTH-SIGNATURE",
        |case, v| {
            after(case, move |token| {
                resigned(&token, |mut bytes| {
                    match v % 5 {
                        0 => bytes.clear(),
                        1 => bytes.truncate(bytes.len() - 1),
                        2 => bytes.push(0),
                        3 => bytes.insert(0, 0),
                        _ => bytes.truncate(16),
                    }
                    bytes
                })
            });
        },
    ),
    fault("signature of zeros or ones", "AUTH-SIGNATURE", |case, v| {
        after(case, move |token| {
            resigned(&token, |bytes| {
                vec![[0, 1, 0xff, 0x80, 0x7f][v % 5]; bytes.len()]
            })
        });
    }),
    fault("signature of another token", "AUTH-SIGNATURE", |case, v| {
        let theirs = Case::sound(
            case.algorithm,
            50_000 + case.signer as u64 + 2 * v as u64,
            0,
        );
        let [_, _, signature] = parts(&theirs.token());
        after(case, move |token| {
            let [header, claims, _] = parts(&token);
            format!("{header}.{claims}.{signature}")
        });
    }),
    fault(
        "signature of another scheme",
        "AUTH-SIGNATURE",
        |case, _| {
            let (algorithm, signer) = (case.algorithm, case.signer);
            after(case, move |token| {
                let [header, claims, _] = parts(&token);
                let message = format!("{header}.{claims}");
                let signature = match algorithm {
                    Algorithm::Rs256 => sign(Algorithm::Ps256, signer, message.as_bytes()),
                    Algorithm::Ps256 => sign(Algorithm::Rs256, signer, message.as_bytes()),
                    _ => {
                        // the form of X.509 in place of that of JWS
                        let raw = sign(algorithm, signer, message.as_bytes());
                        let raw = p256::ecdsa::Signature::from_slice(&raw).unwrap();
                        raw.to_der().as_bytes().to_vec()
                    }
                };
                format!("{message}.{}", encode(signature))
            });
        },
    ),
];
