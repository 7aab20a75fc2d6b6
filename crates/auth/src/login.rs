//! What a host gives for one login.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::level::Level;
use crate::user_info::UserInfo;

/// One login to verify (*connexion*): the tokens obtained by the host, what it
/// asked for, and the instant. `Debug` shows none of it.
#[derive(Clone)]
pub struct Login<'a> {
    pub(crate) id_token: &'a str,
    pub(crate) nonce: Option<&'a str>,
    pub(crate) now: DateTime<Utc>,
    pub(crate) level: Level,
    pub(crate) max_age: Option<u32>,
    pub(crate) access_token: Option<&'a str>,
    pub(crate) code: Option<&'a str>,
    pub(crate) response_issuer: Option<&'a str>,
    pub(crate) user_info: Option<UserInfo<'a>>,
    pub(crate) keys_reloaded: bool,
}

impl<'a> Login<'a> {
    /// A login by the code flow: the ID token (compact form), the `nonce` that
    /// the host put in its request, the instant of the verification. The level
    /// asked for is [`Level::Eidas1`], that of `acr_values` at Pro Santé Connect.
    pub fn new(id_token: &'a str, nonce: &'a str, now: DateTime<Utc>) -> Login<'a> {
        Login {
            nonce: Some(nonce),
            ..Login::ciba(id_token, now)
        }
    }

    /// A login by CIBA in poll mode, whose request has no `nonce`.
    pub fn ciba(id_token: &'a str, now: DateTime<Utc>) -> Login<'a> {
        Login {
            id_token,
            nonce: None,
            now,
            level: Level::Eidas1,
            max_age: None,
            access_token: None,
            code: None,
            response_issuer: None,
            user_info: None,
            keys_reloaded: false,
        }
    }

    /// The same, which refuses a level of authentication below `level`.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// The same, which refuses an authentication older than `seconds`
    /// (`max_age` of the request): `auth_time` becomes obligatory.
    #[must_use]
    pub fn max_age(mut self, seconds: u32) -> Self {
        self.max_age = Some(seconds);
        self
    }

    /// The same, with the access token received together with the ID token:
    /// `at_hash`, when present, is checked.
    #[must_use]
    pub fn access_token(mut self, token: &'a str) -> Self {
        self.access_token = Some(token);
        self
    }

    /// The same, with the authorisation code received: `c_hash`, when present,
    /// is checked.
    #[must_use]
    pub fn code(mut self, code: &'a str) -> Self {
        self.code = Some(code);
        self
    }

    /// The same, with the `iss` parameter of the authorisation response
    /// (RFC 9207), which must be the issuer of the client.
    #[must_use]
    pub fn response_issuer(mut self, issuer: &'a str) -> Self {
        self.response_issuer = Some(issuer);
        self
    }

    /// The same, with the UserInfo response.
    #[must_use]
    pub fn user_info(mut self, user_info: UserInfo<'a>) -> Self {
        self.user_info = Some(user_info);
        self
    }

    /// The same, after the JWK Set was downloaded anew: an unknown key is then
    /// a refusal, so that a host does not download without end.
    #[must_use]
    pub fn keys_reloaded(mut self) -> Self {
        self.keys_reloaded = true;
        self
    }
}

impl fmt::Debug for Login<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("now", &self.now)
            .field("level", &self.level)
            .field("max_age", &self.max_age)
            .field("keys_reloaded", &self.keys_reloaded)
            .finish_non_exhaustive()
    }
}
