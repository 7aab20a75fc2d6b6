//! A login of Pro Santé Connect: from the tokens to the proof of a validation.
//!
//! `cargo run -p dcc-auth --example verify_login`. The identity is fictitious
//! and the key is that printed in RFC 7515 (A.3).

use chrono::{DateTime, TimeDelta};
use dcc_auth::{Algorithm, Client, Jwks, Level, Limits, Login, Policy, SealKey, UserInfo, issuer};

/// What the host received at `/certs`.
const KEYS: &str = r#"{"keys": [{"kty": "EC", "crv": "P-256", "kid": "ec-1", "use": "sig",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}"#;

/// What it received at `/token`.
const ID_TOKEN: &str = concat!(
    "eyJhbGciOiJFUzI1NiIsImtpZCI6ImVjLTEiLCJ0eXAiOiJKV1QifQ.eyJTdWJqZWN0TmFtZUlEIjoiODk5N",
    "zAwMDAxNDE3IiwiYWNyIjoiZWlkYXMzIiwiYXRfaGFzaCI6InkyRkZERnI1QjJ5bjNHbTMyUk9uUEEiLCJhd",
    "WQiOiJkY2MtZXNzYWkiLCJhdXRoTW9kZSI6IkNBUkQiLCJhdXRoX3RpbWUiOjE3ODc5NDcxNjUsImF6cCI6I",
    "mRjYy1lc3NhaSIsImNfaGFzaCI6InlUeHQtRDRrclVkRzNNTDl0ZVJQY0EiLCJleHAiOjE3ODc5NDczMTUsI",
    "mlhdCI6MTc4Nzk0NzE5NSwiaXNzIjoiaHR0cHM6Ly9hdXRoLmJhcy5wc2MuZXNhbnRlLmdvdXYuZnIvYXV0a",
    "C9yZWFsbXMvZXNhbnRlLXdhbGxldCIsImp0aSI6Imp0aS0yMCIsIm5vbmNlIjoibm9uY2UtMDAwMDAwMTQiL",
    "CJwcmVmZXJyZWRfdXNlcm5hbWUiOiI4OTk3MDAwMDE0MTciLCJzaWQiOiJzZXNzaW9uLTIwIiwic3ViIjoiZ",
    "jo1NTBkYzFjOC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDA6ODk5NzAwMDAxNDE3IiwidHlwIjoiSUQif",
    "Q.ER-st_RXXoFv26sPw1b9mE9QctWO-SNxiTEfaENfdQKXbbhlKbds2cioHlos5h4FK1UlKx8sPxymu--f3L",
    "ZaYQ",
);

/// What it received at `/userinfo`.
const USER_INFO: &str = r#"{
    "sub": "f:550dc1c8-0000-4000-8000-000000000000:899700001417",
    "SubjectNameID": "899700001417", "preferred_username": "899700001417",
    "given_name": "Anna", "family_name": "ESSAI",
    "SubjectRefPro": {"exercices": [{"codeProfession": "10", "codeSavoirFaire": "SM36",
        "activities": [{"numeroFinessSite": "990000010", "raisonSocialeSite": "CENTRE D'ESSAI"}]}]}
}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Once, when the host starts.
    let client = Client::new(issuer::SANDBOX, "dcc-essai", [Algorithm::Es256]);
    let keys = Jwks::read(KEYS.as_bytes(), &Limits::default())?;
    let seal_key = SealKey::new(b"une cle de 32 octets, pour l'essai".to_vec())?;

    // For each login.
    let now = DateTime::from_timestamp(1_787_947_200, 0).ok_or("no instant")?;
    let user_info = UserInfo::json(USER_INFO.as_bytes());
    let login = Login::new(ID_TOKEN, "nonce-00000014", now);
    let login = login.level(Level::Eidas2);
    let login = login.user_info(user_info);
    let session = client.verify(&login, &keys)?;

    // Who it is, and as what they may act.
    let professional = &session.professional;
    let acting = professional.acting();
    let structure = acting[0]
        .activity
        .and_then(|activity| activity.structure_id());
    println!("PS_IdNat {}", professional.national_id.as_str());
    println!("structure {}", structure.unwrap_or_default());

    // The proof travels sealed, and is enough for an act of the same evening.
    let proof = session.proof.sealed(&seal_key);
    let mut policy = Policy::default();
    policy.seal_key = Some(seal_key);
    let later = now + TimeDelta::hours(1);
    println!("{}", serde_json::to_string_pretty(&proof)?);
    assert!(policy.check(&proof, "899700001417", later).is_empty());

    // The day after it is not.
    let problems = policy.check(&proof, "899700001417", now + TimeDelta::hours(14));
    println!("{problems}");

    // A stale token is refused, with the reason.
    let stale = Login::new(ID_TOKEN, "nonce-00000014", now + TimeDelta::minutes(10));
    if let Err(refusal) = client.verify(&stale, &keys) {
        println!("{refusal}");
    }
    Ok(())
}
