//! Other libraries judge the same tokens: jsonwebtoken (Rust), PyJWT and
//! jwcrypto (Python).
//!
//! They verify less than an ID token asks: a fault that they do not look for
//! (nonce, level, identifier …) is left out of the comparison. They read the
//! clock of the machine, so these tests do too.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use dcc_auth::Algorithm;
use dcc_auth::issuer::SANDBOX;
use serde_json::{Value, json};

use crate::case::{CLIENT, Case, SKEW};
use crate::forge::faults;
use crate::keys::{self, Signer};
use crate::rfc;

fn clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    since.as_secs() as i64
}

/// Faults of the ID token that every library must refuse.
const COMMON: &[&str] = &[
    "a part is missing",
    "a part too many",
    "encrypted",
    "header that is no JSON object",
    "claims that are no JSON object",
    "no signature",
    "HMAC with the public key",
    "an algorithm outside the list",
    "no algorithm",
    "algorithm that is no text",
    "unknown key",
    "key of the attacker in the header",
    "key of another type",
    "one bit of the signature",
    "signed with another key",
    "claims changed after the signature",
    "header changed after the signature",
    "signature of another length",
    "signature of zeros or ones",
    "signature of another token",
    "signature of another scheme",
    "another issuer",
    "for another client",
    "expired",
    "no expiry",
];

/// `(name, case)`: sound logins and forged ones that all must refuse. The
/// margins are wide, since time passes between making and judging.
fn cases() -> Vec<(&'static str, Case)> {
    let now = clock();
    let mut cases = Vec::new();
    for (rank, algorithm) in Algorithm::ALL.into_iter().enumerate() {
        for seed in 0..10 {
            let seed = (rank * 1000 + seed) as u64;
            cases.push(("", Case::sound(algorithm, seed, now)));
        }
        for fault in faults().filter(|fault| COMMON.contains(&fault.name)) {
            for variant in 0..5 {
                let mut case = Case::sound(algorithm, (rank * 1000 + variant) as u64, now);
                (fault.forge)(&mut case, variant);
                cases.push((fault.name, case));
            }
        }
    }
    cases
}

/// The public key of a token, from the set.
fn jwk<'a>(case: &'a Case, token: &str) -> Option<&'a Value> {
    let header = keys::decode_lax(token.split('.').next()?)?;
    let header: Value = serde_json::from_slice(&header).ok()?;
    let keys = case.jwks["keys"].as_array()?;
    let kid = header["kid"].as_str()?;
    keys.iter().find(|key| key["kid"] == kid)
}

fn jsonwebtoken_accepts(case: &Case) -> bool {
    use jsonwebtoken::jwk::Jwk;
    use jsonwebtoken::{DecodingKey, Validation, decode};
    let token = case.token();
    let accepts = || -> Option<bool> {
        let jwk: Jwk = serde_json::from_value(jwk(case, &token)?.clone()).ok()?;
        let key = DecodingKey::from_jwk(&jwk).ok()?;
        let family = match jwk.algorithm {
            jsonwebtoken::jwk::AlgorithmParameters::RSA(_) => {
                vec![
                    jsonwebtoken::Algorithm::RS256,
                    jsonwebtoken::Algorithm::PS256,
                ]
            }
            _ => vec![jsonwebtoken::Algorithm::ES256],
        };
        let mut validation = Validation::new(family[0]);
        validation.algorithms = family;
        validation.leeway = SKEW as u64;
        validation.validate_nbf = true;
        validation.set_issuer(&[SANDBOX]);
        validation.set_audience(&[CLIENT]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        Some(decode::<Value>(token.as_bytes(), &key, &validation).is_ok())
    };
    accepts().unwrap_or(false)
}

#[test]
fn jsonwebtoken_agrees() {
    let mut judged = [0, 0];
    for (name, case) in cases() {
        let accepted = jsonwebtoken_accepts(&case);
        assert_eq!(
            accepted,
            name.is_empty(),
            "jsonwebtoken: {name} {:?}",
            case.algorithm
        );
        assert_eq!(
            case.faults().is_empty(),
            name.is_empty(),
            "{name} {:?}",
            case.faults()
        );
        judged[usize::from(accepted)] += 1;
    }
    println!(
        "jsonwebtoken: {} refused, {} accepted as we do",
        judged[0], judged[1]
    );
    assert!(judged[0] > 300 && judged[1] >= 30, "{judged:?}");
}

/// Answers of the Python judge, one a question. `None`, the reason printed,
/// when there is no Python with PyJWT and jwcrypto; a failure when
/// `DCC_REQUIRE_ALL` is `1`.
fn python(questions: &[Value]) -> Option<Vec<Value>> {
    let python = dcc_tests_need::python::python_with("jwt, jwcrypto, cryptography")?;
    let mut child = Command::new(&python)
        .args(["-W", "ignore", "-c", include_str!("judge.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines: String = questions
        .iter()
        .map(|question| format!("{question}\n"))
        .collect();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    let answers: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), questions.len());
    Some(answers)
}

#[test]
fn pyjwt_and_jwcrypto_agree() {
    let cases = cases();
    let questions: Vec<Value> = cases
        .iter()
        .map(|(_, case)| {
            json!({
                "token": case.token(), "jwks": case.jwks,
                "algorithms": Algorithm::ALL.map(Algorithm::name),
                "issuer": SANDBOX, "audience": CLIENT, "leeway": SKEW,
            })
        })
        .collect();
    let Some(answers) = python(&questions) else {
        return;
    };
    let mut wrong = Vec::new();
    for ((name, case), answer) in cases.iter().zip(&answers) {
        let expected = name.is_empty();
        if answer != &json!({"pyjwt": expected, "jwcrypto": expected}) {
            wrong.push(format!(
                "{name} {:?}: {answer} {}",
                case.algorithm,
                case.token()
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
    println!("PyJWT, jwcrypto: {} tokens judged as we do", cases.len());
}

#[test]
fn tokens_made_by_pyjwt_and_jwcrypto_hold() {
    let rsa = {
        let mut key = keys::rsa_jwk(Signer::First);
        for (name, value) in [("d", rfc::A2_D), ("p", rfc::A2_P), ("q", rfc::A2_Q)] {
            key[name] = value.into();
        }
        key
    };
    let mut ec = keys::ec_jwk(Signer::First);
    ec["d"] = rfc::A3_D.into();
    let mut cases = Vec::new();
    let mut questions = Vec::new();
    for algorithm in Algorithm::ALL {
        let case = Case::sound(algorithm, 40, clock());
        let key = match algorithm {
            Algorithm::Es256 => &ec,
            _ => &rsa,
        };
        let kid = keys::kid(algorithm, Signer::First);
        questions.push(json!({
            "make": algorithm.name(), "key": key, "kid": kid, "claims": case.claims,
        }));
        cases.push(case);
    }
    let Some(answers) = python(&questions) else {
        return;
    };
    for (case, answer) in cases.iter_mut().zip(answers) {
        for judge in ["pyjwt", "jwcrypto"] {
            let token = answer[judge].as_str().unwrap().to_owned();
            case.after = Some(Box::new(move |_| token.clone()));
            assert_eq!(case.faults(), [""; 0], "{judge} {:?}", case.algorithm);
        }
    }
}

#[cfg(feature = "cps")]
#[test]
fn a_certificate_made_by_cryptography_is_read() {
    let Some(answers) = python(&[json!({"certificate": "899700218896"})]) else {
        return;
    };
    let hex = answers[0]["der"].as_str().unwrap();
    let der: Vec<u8> = (0..hex.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap())
        .collect();
    let limits = dcc_auth::Limits::default();
    let certificate = dcc_auth::cps::CpsCertificate::read(&der, &limits).unwrap();
    assert_eq!(certificate.national_id.as_str(), "899700218896");
    assert_eq!(certificate.family_name, "ESSAI, FICTIF");
    assert_eq!(certificate.profession.as_deref(), Some("Médecin"));
}
