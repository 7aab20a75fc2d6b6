//! When a token is valid: step 6, and `auth_time` of step 8.

use dcc_base::problem::{Problem, Problems, Rule};

use crate::client::Client;
use crate::members::Members;
use crate::rules;

/// The instants of an ID token, in seconds since 1970.
pub(crate) struct Times {
    /// `iat`.
    pub(crate) issued: i64,
    /// `exp`.
    pub(crate) expires: i64,
    /// `auth_time`.
    pub(crate) authenticated: Option<i64>,
}

/// `exp` > now − skew, `iat`, `nbf` and `auth_time` ≤ now + skew, `iat` and
/// `auth_time` not older than asked. `None` when `exp` or `iat` is missing.
pub(crate) fn check(
    client: &Client,
    claims: &Members,
    now: i64,
    max_age: Option<u32>,
    problems: &mut Problems,
) -> Option<Times> {
    let skew = i64::from(client.skew);
    let late = |rule: &'static Rule, name: &str, seconds: i64, problems: &mut Problems| {
        let found = format!("{seconds} secondes d'écart");
        problems.push(Problem::new(rule, claims.path(name)).found(found));
    };
    let issued = required(claims, "iat", "la date d'émission", problems);
    let expires = required(claims, "exp", "la date d'expiration", problems);
    if let Some(exp) = expires
        && now >= exp + skew
    {
        late(&rules::EXPIRED, "exp", now - exp, problems);
    }
    if let Some(iat) = issued {
        let oldest = client.max_token_age.map(|age| now - i64::from(age) - skew);
        if iat > now + skew {
            late(&rules::ISSUED_LATER, "iat", iat - now, problems);
        } else if oldest.is_some_and(|oldest| iat < oldest) {
            late(&rules::TOO_OLD, "iat", now - iat, problems);
        }
    }
    if let (Some(exp), Some(iat)) = (expires, issued)
        && exp <= iat
        && now < exp + skew
        && iat <= now + skew
    {
        late(&rules::DATES, "exp", iat - exp, problems);
    }
    if let Some(nbf) = claims.instant("nbf", problems)
        && nbf > now + skew
    {
        late(&rules::NOT_YET, "nbf", nbf - now, problems);
    }
    let authenticated = match max_age {
        Some(_) => required(
            claims,
            "auth_time",
            "la date de l'authentification",
            problems,
        ),
        None => claims.instant("auth_time", problems),
    };
    if let Some(at) = authenticated {
        let oldest = max_age.map(|age| now - i64::from(age) - skew);
        if at > now + skew {
            late(&rules::AUTH_TIME_LATER, "auth_time", at - now, problems);
        } else if oldest.is_some_and(|oldest| at < oldest) {
            late(&rules::AUTH_TIME, "auth_time", now - at, problems);
        }
    }
    Some(Times {
        issued: issued?,
        expires: expires?,
        authenticated,
    })
}

fn required(claims: &Members, name: &str, what: &str, problems: &mut Problems) -> Option<i64> {
    let before = problems.len();
    let instant = claims.instant(name, problems);
    if instant.is_none() && problems.len() == before {
        let message = format!("Il manque {what} ({name})");
        problems.push(Problem::new(&rules::MISSING, claims.path(name)).message(message));
    }
    instant
}
