//! The UserInfo response (OpenID Connect Core §5.3): step 10.

use std::fmt;

use dcc_base::problem::{Problem, Problems};
use serde_json::{Map, Value};

use crate::client::Client;

use crate::json;
use crate::jwks::Jwks;
use crate::jws::Jws;
use crate::members::Members;
use crate::origin;
use crate::rules;

/// Place of the response in the problems.
pub(crate) const PATH: &str = "/user_info";

/// A UserInfo response, as received. `Debug` shows nothing of it.
#[derive(Clone, Copy)]
pub struct UserInfo<'a> {
    content_type: &'a str,
    body: &'a [u8],
}

impl<'a> UserInfo<'a> {
    /// A response: its `Content-Type` header (`application/json` or
    /// `application/jwt`, parameters are accepted) and its body.
    pub fn new(content_type: &'a str, body: &'a [u8]) -> Self {
        UserInfo { content_type, body }
    }

    /// A response in `application/json`.
    pub fn json(body: &'a [u8]) -> Self {
        UserInfo::new("application/json", body)
    }

    /// A response in `application/jwt`.
    pub fn jwt(body: &'a [u8]) -> Self {
        UserInfo::new("application/jwt", body)
    }

    /// The claims; a signed response is verified, and its issuer and audience
    /// too when it has them. `None` when they cannot be read.
    pub(crate) fn claims(
        &self,
        client: &Client,
        keys: &Jwks,
        problems: &mut Problems,
    ) -> Option<Map<String, Value>> {
        let limit = client.limits.user_info;
        if self.body.len() > limit {
            let problem = Problem::new(&rules::TOKEN_SIZE, PATH);
            problems.push(
                problem
                    .found(format!("{} octets", self.body.len()))
                    .allowed([format!("au plus {limit} octets")]),
            );
            return None;
        }
        let media = self.content_type.split(';').next().unwrap_or_default();
        match media.trim().to_ascii_lowercase().as_str() {
            "application/json" => json::object(self.body, PATH, &rules::TOKEN_JSON, problems),
            "application/jwt" => self.signed(client, keys, problems),
            _ => {
                let allowed = ["application/json", "application/jwt"];
                let problem = Problem::new(&rules::USERINFO_TYPE, PATH);
                problems.push(problem.allowed(allowed));
                None
            }
        }
    }

    fn signed(
        &self,
        client: &Client,
        keys: &Jwks,
        problems: &mut Problems,
    ) -> Option<Map<String, Value>> {
        let Ok(token) = std::str::from_utf8(self.body) else {
            problems.push(Problem::new(&rules::TOKEN_BASE64, PATH));
            return None;
        };
        let jws = match Jws::read(token, client.limits.user_info, PATH) {
            Ok(jws) => jws,
            Err(wrong) => {
                problems.extend(wrong);
                return None;
            }
        };
        jws.check_type(problems);
        problems.extend(jws.verify(keys, &client.algorithms));
        let map = jws.claims(problems)?;
        let claims = Members::of(&map, PATH);
        if let Some(found) = claims.text("iss", problems) {
            origin::issuer(client, found, claims.path("iss"), problems);
        }
        if let Some(audiences) = claims.texts("aud", problems) {
            origin::audience(client, &audiences, &claims.path("aud"), problems);
        }
        Some(map)
    }
}

impl fmt::Debug for UserInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserInfo(…)")
    }
}
