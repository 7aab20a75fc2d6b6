//! The generator of forged logins: each fault spoils one part of a login that
//! holds.

use dcc_auth::issuer::{FORMER_SANDBOX, PRODUCTION, SANDBOX};
use dcc_auth::{Algorithm, Level};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};

use crate::case::{CLIENT, Case, SKEW, national_id};
use crate::keys::{Signer, decode, ec_jwk, encode, sign};
use crate::rfc;

/// A fault: what it is, the code of its refusal, how it is made. `variant`
/// changes the way.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) code: &'static str,
    pub(crate) forge: fn(&mut Case, usize),
}

const fn fault(name: &'static str, code: &'static str, forge: fn(&mut Case, usize)) -> Fault {
    Fault { name, code, forge }
}

fn after(case: &mut Case, change: impl Fn(String) -> String + 'static) {
    case.after = Some(Box::new(change));
}

/// The three parts of a token.
fn parts(token: &str) -> [String; 3] {
    let parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    parts.try_into().unwrap()
}

/// The token with other bytes as its signature.
fn resigned(token: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> String {
    let [header, claims, signature] = parts(token);
    format!("{header}.{claims}.{}", encode(change(decode(&signature))))
}

/// All the places of the national identifier, but for those of `sub`.
fn everywhere(case: &mut Case, id: &str) {
    let sub = format!("f:550dc1c8-0000-4000-8000-000000000000:{id}");
    for map in [&mut case.claims, &mut case.info] {
        map.insert("SubjectNameID".to_owned(), id.into());
        map.insert("preferred_username".to_owned(), id.into());
        map.insert("sub".to_owned(), sub.clone().into());
    }
    case.info["otherIds"][0]["identifiant"] = id.into();
}

/// Another professional.
fn other(variant: usize) -> String {
    national_id(900_000 + variant as u64)
}

fn pick<'a>(list: &[&'a str], variant: usize) -> &'a str {
    list[variant % list.len()]
}

/// The faults.
pub(crate) static FAULTS: &[Fault] = &[
    // 1. form
    fault("a part is missing", "AUTH-JETON-FORME", |case, v| {
        after(case, move |token| {
            let [header, claims, signature] = parts(&token);
            [format!("{header}.{claims}"), format!("{claims}.{signature}"), claims, String::new()]
                [v % 4]
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
    fault("base64 with padding, blank or another alphabet", "AUTH-JETON-BASE64", |case, v| {
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
    }),
    fault("header that is no JSON object", "AUTH-JETON-JSON", |case, v| {
        let texts = ["", "[]", "\"RS256\"", "{\"alg\":\"RS256\"", "{'alg':'RS256'}"];
        case.raw[0] = Some(pick(&texts, v).to_owned());
    }),
    fault("claims that are no JSON object", "AUTH-JETON-JSON", |case, v| {
        let texts = ["", "[]", "null", "{\"iss\":", "\u{feff}{}"];
        case.raw[1] = Some(pick(&texts, v).to_owned());
    }),
    fault("header member twice", "AUTH-JETON-DOUBLON", |case, v| {
        let header = Value::Object(case.header.clone()).to_string();
        let twice = ["\"alg\":\"none\"", "\"kid\":\"x\"", "\"typ\":\"JWT\""];
        case.raw[0] = Some(format!("{{{},{}", pick(&twice, v), &header[1..]));
    }),
    fault("claim twice", "AUTH-JETON-DOUBLON", |case, v| {
        let claims = Value::Object(case.claims.clone()).to_string();
        let twice = ["\"sub\":\"x\"", "\"exp\":9999999999", "\"aud\":\"x\"", "\"s\\u0075b\":1"];
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
        let names = ["RS512", "PS384", "ES512", "EdDSA", "rs256", "RS256 ", "HS384", ""];
        case.header.insert("alg".to_owned(), pick(&names, v).into());
    }),
    fault("an algorithm that the client does not admit", "AUTH-ALG", |case, v| {
        let others = Algorithm::ALL.into_iter().filter(|a| *a != case.algorithm);
        let admitted: Vec<_> = others.skip(v % 2).collect();
        case.client = dcc_auth::Client::new(SANDBOX, CLIENT, admitted);
    }),
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
        let values = [json!(["exp"]), json!(["b64"]), json!([]), json!("x"), json!(1)];
        case.header.insert("crit".to_owned(), values[v % 5].clone());
        case.header.insert("b64".to_owned(), true.into());
    }),
    fault("header of another kind of token", "AUTH-TYP", |case, v| {
        let kinds = ["at+jwt", "logout+jwt", "dpop+jwt", "secevent+jwt", "JOSE"];
        case.header.insert("typ".to_owned(), pick(&kinds, v).into());
    }),
    fault("access token in place of an ID token", "AUTH-JETON-NATURE", |case, v| {
        case.set("typ", pick(&["Bearer", "Refresh", "Logout", "id", "Offline"], v));
    }),
    // 2. key
    fault("unknown key", "AUTH-CLE-INCONNUE", |case, v| {
        let kids = ["rsa-9", "", "RSA-1", "rsa-1 ", "../rsa-1"];
        case.header.insert("kid".to_owned(), pick(&kids, v).into());
    }),
    fault("key of the attacker in the header", "AUTH-CLE-INCONNUE", |case, v| {
        case.algorithm = Algorithm::Es256;
        case.signer = Signer::Stranger;
        case.header.insert("alg".to_owned(), "ES256".into());
        case.header.insert("kid".to_owned(), format!("mine-{v}").into());
        case.header.insert("jwk".to_owned(), ec_jwk(Signer::Stranger));
        case.header.insert("jku".to_owned(), "https://attaquant.example/jwks".into());
    }),
    fault("key left out of the set", "AUTH-CLE-ECARTEE", |case, v| {
        case.header.insert("kid".to_owned(), pick(&["short", "encryption"], v).into());
    }),
    fault("key of another type", "AUTH-CLE-DESACCORD", |case, v| {
        let theirs = match case.algorithm {
            Algorithm::Es256 => ["rsa-1", "rsa-2"],
            _ => ["ec-1", "ec-2"],
        };
        case.header.insert("kid".to_owned(), pick(&theirs, v).into());
    }),
    fault("key reserved to another algorithm", "AUTH-CLE-DESACCORD", |case, _| {
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
    }),
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
            format!("{message}.{}", encode(sign(algorithm, signer, message.as_bytes())))
        });
    }),
    fault("claims changed after the signature", "AUTH-SIGNATURE", |case, v| {
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
    }),
    fault("header changed after the signature", "AUTH-SIGNATURE", |case, v| {
        let mut changed = case.header.clone();
        changed.insert(format!("x{v}"), 1.into());
        let changed = Value::Object(changed).to_string();
        after(case, move |token| {
            let [_, claims, signature] = parts(&token);
            format!("{}.{claims}.{signature}", encode(&changed))
        });
    }),
    fault("signature of another length", "AUTH-SIGNATURE", |case, v| {
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
    }),
    fault("signature of zeros or ones", "AUTH-SIGNATURE", |case, v| {
        after(case, move |token| {
            resigned(&token, |bytes| vec![[0, 1, 0xff, 0x80, 0x7f][v % 5]; bytes.len()])
        });
    }),
    fault("signature of another token", "AUTH-SIGNATURE", |case, v| {
        let theirs = Case::sound(case.algorithm, 50_000 + case.signer as u64 + 2 * v as u64, 0);
        let [_, _, signature] = parts(&theirs.token());
        after(case, move |token| {
            let [header, claims, _] = parts(&token);
            format!("{header}.{claims}.{signature}")
        });
    }),
    fault("signature of another scheme", "AUTH-SIGNATURE", |case, _| {
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
    }),
    // 4. issuer
    fault("another issuer", "AUTH-ISS", |case, v| {
        let slash = format!("{SANDBOX}/");
        let upper = SANDBOX.to_uppercase();
        let issuers = [PRODUCTION, FORMER_SANDBOX, &slash, &upper, "https://attaquant.example"];
        case.set("iss", pick(&issuers, v));
    }),
    fault("no issuer", "AUTH-ABSENT", |case, v| {
        case.set("iss", [Value::Null, "".into()][v % 2].clone());
    }),
    fault("authorisation response of another issuer", "AUTH-ISS-REPONSE", |case, v| {
        let issuers = [PRODUCTION, FORMER_SANDBOX, "", "https://attaquant.example"];
        case.response_issuer = Some(pick(&issuers, v).to_owned());
    }),
    // 5. audience
    fault("for another client", "AUTH-AUD", |case, v| {
        let values = [
            json!("autre"), json!("dcc-essa"), json!(["autre"]), json!([]), json!("DCC-ESSAI"),
        ];
        case.set("aud", values[v % 5].clone());
    }),
    fault("no audience", "AUTH-ABSENT", |case, _| case.set("aud", Value::Null)),
    fault("audience that is no text", "AUTH-TYPE", |case, v| {
        let values = [json!(1), json!([1]), json!({}), json!([CLIENT, null]), json!(true)];
        case.set("aud", values[v % 5].clone());
    }),
    fault("also for a client that is not trusted", "AUTH-AUD-TIERS", |case, v| {
        let values = [json!([CLIENT, "autre"]), json!(["autre", CLIENT]), json!([CLIENT, ""])];
        case.set("aud", values[v % 3].clone());
    }),
    fault("several audiences without an authorised party", "AUTH-ABSENT", |case, _| {
        case.client = case.client.clone().trust_audience("ami");
        case.set("aud", json!([CLIENT, "ami"]));
        case.claims.remove("azp");
    }),
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
        let values = [json!("1787947320"), json!(-1), json!(1e300), json!([]), json!(true)];
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
        let values = [format!("{nonce} "), nonce.to_uppercase(), nonce[1..].to_owned()];
        case.set("nonce", values[v % 3].clone());
    }),
    fault("no nonce", "AUTH-ABSENT", |case, v| {
        case.set("nonce", [Value::Null, "".into()][v % 2].clone());
    }),
    fault("nonce that was not asked for", "AUTH-NONCE-INATTENDU", |case, _| case.nonce = None),
    // 8. level
    fault("level below the one asked for", "AUTH-ACR", |case, v| {
        let (acr, asked) = [
            ("eidas1", Level::Eidas2), ("eidas1", Level::Eidas3), ("eidas2", Level::Eidas3),
        ][v % 3];
        case.set("acr", acr);
        case.level = asked;
    }),
    fault("unknown level", "AUTH-ACR-INCONNU", |case, v| {
        case.set("acr", pick(&["eidas4", "EIDAS3", "0", "eidas", "eidas3 "], v));
    }),
    fault("no level", "AUTH-ABSENT", |case, _| {
        case.claims.remove("acr");
    }),
    fault("level that is no text", "AUTH-TYPE", |case, v| {
        case.set("acr", [json!(3), json!(["eidas3"]), json!(true)][v % 3].clone());
    }),
    fault("authenticated too long ago", "AUTH-AUTH-TIME", |case, v| {
        case.max_age = Some(300);
        case.set("auth_time", case.now - 300 - SKEW - [1, 2, 600, 14_400, 86_400][v % 5]);
    }),
    fault("no instant of authentication", "AUTH-ABSENT", |case, _| {
        case.max_age = Some(300);
        case.claims.remove("auth_time");
    }),
    fault("authenticated in the future", "AUTH-AUTH-TIME-FUTUR", |case, v| {
        case.set("auth_time", case.now + SKEW + [1, 2, 60, 3600, 86_400][v % 5]);
    }),
    // 9. hashes
    fault("access token of another login", "AUTH-AT-HASH", |case, v| {
        case.access_token = format!("autre-{v}");
    }),
    fault("code of another login", "AUTH-C-HASH", |case, v| {
        case.code = format!("autre-{v}");
    }),
    // 10. UserInfo
    fault("UserInfo of another subject", "AUTH-USERINFO-SUB", |case, v| {
        let sub = case.claims["sub"].as_str().unwrap();
        let values = [format!("{sub} "), sub.to_uppercase(), sub[2..].to_owned()];
        case.info.insert("sub".to_owned(), values[v % 3].clone().into());
    }),
    fault("UserInfo without subject", "AUTH-ABSENT", |case, _| {
        case.info.remove("sub");
    }),
    fault("UserInfo of another media type", "AUTH-USERINFO-TYPE", |case, v| {
        let types = ["text/html", "", "application/jose", "text/json", "application/json+x"];
        case.info_type = pick(&types, v).to_owned();
    }),
    fault("UserInfo that is no JSON", "AUTH-JETON-JSON", |case, v| {
        let body = pick(&["", "[]", "<html/>", "{", "null"], v);
        case.info_after = Some(Box::new(move |_| body.to_owned()));
    }),
    fault("UserInfo with a member twice", "AUTH-JETON-DOUBLON", |case, _| {
        case.info_after = Some(Box::new(|body| format!("{{\"sub\":\"x\",{}", &body[1..])));
    }),
    fault("UserInfo of a false signature", "AUTH-SIGNATURE", |case, v| {
        case.sign_info();
        case.info_after = Some(Box::new(move |token| {
            resigned(&token, |mut bytes| {
                let place = (v * 31 + 3) % bytes.len();
                bytes[place] ^= 0x10;
                bytes
            })
        }));
    }),
    fault("UserInfo without signature", "AUTH-ALG", |case, _| {
        case.sign_info();
        let header = case.info_header.as_mut().unwrap();
        header.insert("alg".to_owned(), "none".into());
        case.info_after = Some(Box::new(|token| resigned(&token, |_| Vec::new())));
    }),
    fault("UserInfo signed with an unknown key", "AUTH-CLE-INCONNUE", |case, v| {
        case.sign_info();
        let header = case.info_header.as_mut().unwrap();
        header.insert("kid".to_owned(), format!("autre-{v}").into());
    }),
    fault("UserInfo of another issuer", "AUTH-ISS", |case, v| {
        case.sign_info();
        let issuer = pick(&[PRODUCTION, FORMER_SANDBOX], v);
        case.info.insert("iss".to_owned(), issuer.into());
    }),
    fault("UserInfo for another client", "AUTH-AUD", |case, v| {
        case.sign_info();
        case.info.insert("aud".to_owned(), [json!("autre"), json!([])][v % 2].clone());
    }),
    // 11. national identifier
    fault("another PS_IdNat in the ID token", "AUTH-PSIDNAT-DESACCORD", |case, v| {
        case.set("preferred_username", other(v));
    }),
    fault("another PS_IdNat at the end of sub", "AUTH-PSIDNAT-DESACCORD", |case, v| {
        let sub = format!("f:550dc1c8-0000-4000-8000-000000000000:{}", other(v));
        case.info.insert("sub".to_owned(), sub.clone().into());
        case.set("sub", sub);
    }),
    fault("another PS_IdNat in the UserInfo", "AUTH-PSIDNAT-DESACCORD", |case, v| {
        let name = pick(&["SubjectNameID", "preferred_username"], v);
        case.info.insert(name.to_owned(), other(v).into());
    }),
    fault("another RPPS among the other ids", "AUTH-PSIDNAT-DESACCORD", |case, v| {
        case.info["otherIds"][0]["identifiant"] = other(v).into();
    }),
    fault("PS_IdNat of a false form", "AUTH-PSIDNAT", |case, v| {
        let id = other(v);
        let key = (id.as_bytes()[11] - b'0' + 1 + v as u8 % 9) % 10;
        let false_key = format!("{}{key}", &id[..11]);
        let ids = [&false_key, "80012345678", "9999", "899700218896 ", "7é60875"];
        everywhere(case, ids[v % 5]);
    }),
    fault("test identity", "AUTH-PSIDNAT-TEST", |case, v| {
        everywhere(case, &format!("ANS2023112213273{}", v % 10));
    }),
    fault("no PS_IdNat", "AUTH-PSIDNAT-ABSENT", |case, _| {
        for map in [&mut case.claims, &mut case.info] {
            map.remove("SubjectNameID");
            map.remove("preferred_username");
            map.insert("sub".to_owned(), "550dc1c8-0000-4000-8000-000000000000".into());
        }
    }),
    fault("no subject", "AUTH-ABSENT", |case, v| {
        case.set("sub", [Value::Null, "".into()][v % 2].clone());
    }),
    // settings
    fault("clocks too far apart", "AUTH-REGLAGE", |case, v| {
        case.client = case.client.clone().skew(61 + v as u32);
    }),
    fault("test identities in production", "AUTH-REGLAGE", |case, _| {
        let client = dcc_auth::Client::new(PRODUCTION, CLIENT, Algorithm::ALL);
        case.client = client.accept_test_identities();
        case.set("iss", PRODUCTION);
        case.response_issuer = None;
    }),
];

