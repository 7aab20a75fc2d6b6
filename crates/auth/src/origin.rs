//! Who issued a token, and for whom: steps 4 and 5.

use dcc_base::problem::{Problem, Problems};

use crate::client::Client;
use crate::issuer;
use crate::members::Members;
use crate::rules;

/// Issuer, equal byte for byte.
pub(crate) fn issuer(client: &Client, found: &str, path: String, problems: &mut Problems) {
    if found != client.issuer {
        problems.push(
            Problem::new(&rules::ISSUER, path)
                .found(issuer::shown(found))
                .allowed([&client.issuer]),
        );
    }
}

/// Audience: the client, and nobody that it does not trust.
pub(crate) fn audience(client: &Client, audiences: &[&str], path: &str, problems: &mut Problems) {
    if !audiences.contains(&client.client_id.as_str()) {
        let problem = Problem::new(&rules::AUDIENCE, path);
        problems.push(problem.allowed([&client.client_id]));
    } else if audiences.iter().any(|other| !trusted(client, other)) {
        let mut allowed = vec![&client.client_id];
        allowed.extend(&client.trusted_audiences);
        let problem = Problem::new(&rules::OTHER_AUDIENCE, path);
        problems.push(problem.allowed(allowed));
    }
}

fn trusted(client: &Client, audience: &str) -> bool {
    audience == client.client_id || client.trusted_audiences.iter().any(|a| a == audience)
}

/// Authorised party: obligatory when there are several audiences; the client.
pub(crate) fn authorized_party(
    client: &Client,
    claims: &Members,
    audiences: usize,
    problems: &mut Problems,
) {
    let before = problems.len();
    match claims.text("azp", problems) {
        Some(party) if party != client.client_id => {
            let problem = Problem::new(&rules::AUTHORIZED_PARTY, claims.path("azp"));
            problems.push(problem.allowed([&client.client_id]));
        }
        None if audiences > 1 && problems.len() == before => {
            let problem = Problem::new(&rules::MISSING, claims.path("azp"));
            problems.push(problem.message(
                "Le jeton est destiné à plusieurs clients mais n'indique pas à qui il a été délivré (azp)",
            ));
        }
        _ => {}
    }
}
