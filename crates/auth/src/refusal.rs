//! Why a login is refused.

use std::fmt;

use dcc_base::problem::Problems;

/// Why a login is refused (*refus*).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// *Recharger le JWKS*: nothing is wrong except that the key of the token
    /// is unknown. The provider may have changed its keys: the host downloads
    /// the JWK Set anew, once, and verifies again with
    /// [`Login::keys_reloaded`](crate::Login::keys_reloaded).
    ReloadKeys(Problems),
    /// *Refusé*: all the problems.
    Refused(Problems),
}

impl Refusal {
    /// All the problems.
    pub fn problems(&self) -> &Problems {
        match self {
            Refusal::ReloadKeys(problems) | Refusal::Refused(problems) => problems,
        }
    }

    /// Whether the JWK Set is to be downloaded anew.
    pub fn reload_keys(&self) -> bool {
        matches!(self, Refusal::ReloadKeys(_))
    }
}

impl fmt::Display for Refusal {
    /// One line a problem.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problems().fmt(f)
    }
}

impl std::error::Error for Refusal {}
