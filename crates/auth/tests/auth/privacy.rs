//! No value of a token, of a claim or of a key in what can be logged.

use dcc_auth::{Algorithm, SealKey};
use serde_json::Value;

use crate::case::{CLIENT, Case, NOW};
use crate::forge::faults;
use dcc_auth::issuer::{FORMER_SANDBOX, PRODUCTION, SANDBOX};

/// All the texts of a JSON value that could identify someone.
fn values(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|v| values(v, out)),
        Value::Object(map) => map.values().for_each(|v| values(v, out)),
        _ => {}
    }
}

/// The settings of the host, and the closed lists of codes, may be shown.
fn may_be_shown(value: &str) -> bool {
    let settings = [SANDBOX, FORMER_SANDBOX, PRODUCTION, CLIENT];
    settings.iter().any(|setting| setting.contains(value)) || value.len() < 7
}

#[test]
fn nothing_of_a_login_is_in_what_can_be_logged() {
    let mut checked = 0;
    for (rank, fault) in faults().enumerate() {
        for variant in 0..3 {
            let mut case = Case::sound(Algorithm::Es256, rank as u64 * 10 + variant, NOW);
            (fault.forge)(&mut case, variant as usize);
            let mut secrets = vec![case.token(), case.access_token.clone(), case.code.clone()];
            for map in [&case.claims, &case.info] {
                values(&Value::Object(map.clone()), &mut secrets);
            }
            values(&case.jwks, &mut secrets);
            secrets.extend(case.token().split('.').map(str::to_owned));
            secrets.extend(case.nonce.clone());
            secrets.retain(|secret| !may_be_shown(secret));
            let shown = case.with(|client, login, keys| {
                let refusal = client.verify(login, keys).unwrap_err();
                format!("{refusal} {refusal:?} {login:?} {keys:?}")
            });
            for secret in &secrets {
                assert!(
                    !shown.contains(secret.as_str()),
                    "{}: {secret} in {shown}",
                    fault.name
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 10_000, "{checked} values only");
}

#[test]
fn nothing_of_a_professional_is_in_debug() {
    let case = Case::sound(Algorithm::Es256, 5, NOW);
    let key = SealKey::new(b"une cle de scellement de test !!".to_vec()).unwrap();
    let session = case.verify().unwrap();
    let sealed = session.proof.clone().sealed(&key);
    let shown = format!(
        "{session:?} {sealed:?} {key:?} {:?}",
        session.professional.acting()
    );
    let mut secrets = Vec::new();
    for map in [&case.claims, &case.info] {
        values(&Value::Object(map.clone()), &mut secrets);
    }
    secrets.push(sealed.seal.unwrap());
    secrets.push("une cle".to_owned());
    secrets.retain(|secret| secret.len() > 3 && *secret != "CARD");
    assert!(secrets.len() > 30);
    for secret in &secrets {
        assert!(!shown.contains(secret.as_str()), "{secret} in {shown}");
    }
    assert!(shown.contains("ProSanteConnect") && shown.contains("Eidas3"));
}
