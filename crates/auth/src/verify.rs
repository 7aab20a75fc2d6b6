//! The verification of a login, step by step (OpenID Connect Core §3.1.3.7).

use std::fmt;

use chrono::{DateTime, Utc};
use dcc_base::problem::{Problem, Problems};
use serde_json::{Map, Value};

use crate::claims;
use crate::client::Client;
use crate::hashes;
use crate::identity;
use crate::jwks::Jwks;
use crate::jws::Jws;
use crate::level::Level;
use crate::login::Login;
use crate::members::Members;
use crate::origin;
use crate::professional::Professional;
use crate::proof::{Means, Proof};
use crate::refusal::Refusal;
use crate::rules;
use crate::times::{self, Times};
use crate::user_info;

/// Place of the ID token in the problems.
const PATH: &str = "/id_token";

/// A login that holds (*authentification vérifiée*). `Debug` shows neither
/// the professional nor the subject.
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticated {
    /// Who is authenticated.
    pub professional: Professional,
    /// The proof to keep with what the professional validates.
    pub proof: Proof,
    /// `sub`: the subject at the provider.
    pub subject: String,
    /// End of validity of the ID token.
    pub expires_at: DateTime<Utc>,
    /// What was not read of the UserInfo response, keys left out: warnings.
    pub warnings: Problems,
}

impl fmt::Debug for Authenticated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authenticated")
            .field("professional", &self.professional)
            .field("proof", &self.proof)
            .field("expires_at", &self.expires_at)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Verifies a login:
    ///
    /// 1. form of the token, algorithm among those of the client, no critical
    ///    extension;
    /// 2. key by `kid`, agreeing with the algorithm, RSA of 2048 bits or more;
    /// 3. signature over the bytes received;
    /// 4. issuer, byte for byte;
    /// 5. audience and authorised party;
    /// 6. expiry, issue, start of validity;
    /// 7. nonce;
    /// 8. level (`acr`) and age of the authentication;
    /// 9. hashes of the access token and of the code;
    /// 10. UserInfo: signature when signed, same `sub`;
    /// 11. national identifier: form, and the same in all its places.
    ///
    /// # Errors
    /// All the problems, of all the steps that still mean something;
    /// [`Refusal::ReloadKeys`] when the only one is a key that is unknown.
    pub fn verify(&self, login: &Login, keys: &Jwks) -> Result<Authenticated, Refusal> {
        let mut problems = Problems::new();
        self.check(&mut problems);
        if login.nonce.is_some_and(str::is_empty) {
            let problem = Problem::new(&rules::SETTING, "/login/nonce");
            problems.push(problem.message("Le nonce attendu est vide"));
        }
        if login.response_issuer.is_some_and(|iss| iss != self.issuer) {
            let problem = Problem::new(&rules::RESPONSE_ISSUER, "/login/response_issuer");
            problems.push(problem.allowed([&self.issuer]));
        }
        let id_token = self.id_token(login, keys, &mut problems);
        let user_info = login
            .user_info
            .and_then(|info| info.claims(self, keys, &mut problems));
        let verified = id_token
            .and_then(|map| self.check_claims(login, &map, user_info.as_ref(), &mut problems));
        match verified {
            Some(mut authenticated) if !problems.has_blocking() => {
                problems.extend(keys.problems().iter().cloned());
                authenticated.warnings = problems;
                Ok(authenticated)
            }
            _ => Err(refusal(problems, login.keys_reloaded)),
        }
    }

    /// Steps 1 to 3: the claims, whether the signature holds or not.
    fn id_token(
        &self,
        login: &Login,
        keys: &Jwks,
        problems: &mut Problems,
    ) -> Option<Map<String, Value>> {
        let jws = match Jws::read(login.id_token, self.limits.token, PATH) {
            Ok(jws) => jws,
            Err(wrong) => {
                problems.extend(wrong);
                return None;
            }
        };
        jws.check_type(problems);
        problems.extend(jws.verify(keys, &self.algorithms));
        jws.claims(problems)
    }

    /// Steps 4 to 11.
    fn check_claims(
        &self,
        login: &Login,
        map: &Map<String, Value>,
        user_info: Option<&Map<String, Value>>,
        problems: &mut Problems,
    ) -> Option<Authenticated> {
        let claims = Members::of(map, PATH);
        let info = user_info.map(|map| Members::of(map, user_info::PATH));
        let kind = claims.text("typ", problems);
        if kind.is_some_and(|kind| kind != "ID") {
            let problem = Problem::new(&rules::TOKEN_KIND, claims.path("typ"));
            problems.push(problem.allowed(["ID"]));
        }
        let iss = required(&claims, "iss", "l'émetteur", problems);
        if let Some(iss) = iss {
            origin::issuer(self, iss, claims.path("iss"), problems);
        }
        self.check_audience(&claims, problems);
        let now = login.now.timestamp();
        let times = times::check(self, &claims, now, login.max_age, problems);
        check_nonce(login.nonce, &claims, problems);
        let level = self.check_level(login.level, &claims, problems);
        hashes::check(&claims, login.access_token, login.code, problems);
        let sub = required(&claims, "sub", "le sujet", problems);
        if let Some(info) = &info {
            check_same_subject(sub, info, problems);
        }
        let id = identity::check(&claims, info.as_ref(), self.test_identities, problems);
        let mode = text_of("authMode", &claims, info.as_ref(), problems);
        let session = ["sid", "session_state"]
            .into_iter()
            .find_map(|name| claims.text(name, problems));
        let (id, sub, level) = (id?, sub?, level?);
        let Times {
            issued,
            expires,
            authenticated,
        } = times?;
        let at = |seconds| DateTime::from_timestamp(seconds, 0);
        let proof = Proof {
            mode: mode.map(str::to_owned),
            session: session.map(str::to_owned),
            ..Proof::new(
                Means::ProSanteConnect,
                level,
                id.clone(),
                iss?,
                at(authenticated.unwrap_or(issued))?,
                login.now,
                login.id_token.as_bytes(),
            )
        };
        let described = Members::described(
            user_info.unwrap_or(map),
            match user_info {
                Some(_) => user_info::PATH,
                None => PATH,
            },
        );
        Some(Authenticated {
            professional: claims::professional(id, &described, user_info.is_some(), problems),
            proof,
            subject: sub.to_owned(),
            expires_at: at(expires)?,
            warnings: Problems::new(),
        })
    }

    /// Step 5.
    fn check_audience(&self, claims: &Members, problems: &mut Problems) {
        let before = problems.len();
        let audiences = claims.texts("aud", problems);
        match &audiences {
            Some(audiences) => {
                origin::audience(self, audiences, &claims.path("aud"), problems);
            }
            None if problems.len() == before => {
                let message = "Il manque le destinataire (aud)";
                problems.push(Problem::new(&rules::MISSING, claims.path("aud")).message(message));
            }
            None => {}
        }
        let count = audiences.map_or(0, |audiences| audiences.len());
        origin::authorized_party(self, claims, count, problems);
    }

    /// Step 8.
    fn check_level(
        &self,
        asked: Level,
        claims: &Members,
        problems: &mut Problems,
    ) -> Option<Level> {
        let before = problems.len();
        let acr = claims.text("acr", problems);
        if problems.len() > before {
            return None;
        }
        let place = || claims.path("acr");
        let allowed = || Level::ALL.into_iter().filter(move |level| *level >= asked);
        let level = match (acr, self.missing_acr) {
            (Some(acr), _) => match Level::from_acr(acr) {
                Some(level) => level,
                None => {
                    problems.push(Problem::new(&rules::ACR_UNKNOWN, place()).allowed(allowed()));
                    return None;
                }
            },
            (None, Some(level)) => level,
            (None, None) => {
                let message = "Il manque le niveau d'authentification (acr)";
                let problem = Problem::new(&rules::MISSING, place());
                problems.push(problem.message(message).allowed(allowed()));
                return None;
            }
        };
        if level < asked {
            let problem = Problem::new(&rules::ACR, place());
            problems.push(problem.found(level).allowed(allowed()));
        }
        Some(level)
    }
}

/// Reload only when it could help: a hostile token must not make a host
/// download keys again and again.
fn refusal(problems: Problems, reloaded: bool) -> Refusal {
    let only_key = |problem: &Problem| problem.code == rules::KEY_UNKNOWN.code;
    let mut blocking = problems.iter().filter(|problem| problem.is_blocking());
    let unknown = problems.has_blocking() && blocking.all(only_key);
    if unknown && !reloaded {
        Refusal::ReloadKeys(problems)
    } else {
        Refusal::Refused(problems)
    }
}

/// Step 7.
fn check_nonce(asked: Option<&str>, claims: &Members, problems: &mut Problems) {
    match asked {
        Some(asked) => {
            let nonce = required(claims, "nonce", "le nonce de la demande", problems);
            if nonce.is_some_and(|nonce| nonce != asked) {
                problems.push(Problem::new(&rules::NONCE, claims.path("nonce")));
            }
        }
        None if claims.has("nonce") => {
            problems.push(Problem::new(&rules::NONCE_UNEXPECTED, claims.path("nonce")));
        }
        None => {}
    }
}

/// Step 10.
fn check_same_subject(sub: Option<&str>, info: &Members, problems: &mut Problems) {
    let other = required(info, "sub", "le sujet", problems);
    if let (Some(sub), Some(other)) = (sub, other)
        && sub != other
    {
        problems.push(Problem::new(&rules::USERINFO_SUB, info.path("sub")));
    }
}

/// A string that must be there and not empty.
fn required<'a>(
    claims: &Members<'a>,
    name: &str,
    what: &str,
    problems: &mut Problems,
) -> Option<&'a str> {
    let before = problems.len();
    let text = claims.text(name, problems).filter(|text| !text.is_empty());
    if text.is_none() && problems.len() == before {
        let message = format!("Il manque {what} ({name})");
        problems.push(Problem::new(&rules::MISSING, claims.path(name)).message(message));
    }
    text
}

/// A string of the ID token, else of the UserInfo response.
fn text_of<'a>(
    name: &str,
    claims: &Members<'a>,
    info: Option<&Members<'a>>,
    problems: &mut Problems,
) -> Option<&'a str> {
    let own = claims.text(name, problems);
    let theirs = info.and_then(|info| info.text(name, problems));
    own.or(theirs).filter(|text| !text.is_empty())
}
