//! What a host sets once: its identity at the provider, what it admits.

use dcc_base::problem::{Problem, Problems};

use crate::algorithm::Algorithm;
use crate::issuer;
use crate::level::Level;
use crate::limits::{Limits, MAX_SKEW};
use crate::rules;

/// Settings of a client of Pro Santé Connect (*client OpenID Connect*): what
/// does not change from one login to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub(crate) issuer: String,
    pub(crate) client_id: String,
    pub(crate) algorithms: Vec<Algorithm>,
    pub(crate) skew: u32,
    pub(crate) trusted_audiences: Vec<String>,
    pub(crate) max_token_age: Option<u32>,
    pub(crate) missing_acr: Option<Level>,
    pub(crate) test_identities: bool,
    pub(crate) limits: Limits,
}

impl Client {
    /// A client.
    ///
    /// - `issuer`: exact issuer of the tokens, for example
    ///   [`PRODUCTION`](crate::issuer::PRODUCTION);
    /// - `client_id`: identifier given to the software at its registration;
    /// - `algorithms`: those admitted, whatever the token announces.
    pub fn new(
        issuer: impl Into<String>,
        client_id: impl Into<String>,
        algorithms: impl IntoIterator<Item = Algorithm>,
    ) -> Client {
        Client {
            issuer: issuer.into(),
            client_id: client_id.into(),
            algorithms: algorithms.into_iter().collect(),
            skew: 30,
            trusted_audiences: Vec::new(),
            max_token_age: None,
            missing_acr: None,
            test_identities: false,
            limits: Limits::default(),
        }
    }

    /// The same, with a difference of clocks admitted (*décalage d'horloge*)
    /// of `seconds`, at most [`MAX_SKEW`]; 30 without this setting.
    #[must_use]
    pub fn skew(mut self, seconds: u32) -> Client {
        self.skew = seconds;
        self
    }

    /// The same, which also accepts tokens whose audience holds `client_id`
    /// besides its own. Without this setting any other audience is refused
    /// (OpenID Connect Core §3.1.3.7, step 3).
    #[must_use]
    pub fn trust_audience(mut self, client_id: impl Into<String>) -> Client {
        self.trusted_audiences.push(client_id.into());
        self
    }

    /// The same, which refuses a token issued more than `seconds` ago.
    #[must_use]
    pub fn max_token_age(mut self, seconds: u32) -> Client {
        self.max_token_age = Some(seconds);
        self
    }

    /// The same, which takes a token without `acr` for one of `level`. Without
    /// this setting such a token is refused.
    #[must_use]
    pub fn missing_acr_is(mut self, level: Level) -> Client {
        self.missing_acr = Some(level);
        self
    }

    /// The same, which accepts the test identities of the sandbox
    /// (`ANS` and 14 digits) that are no national identifiers. Never in
    /// production.
    #[must_use]
    pub fn accept_test_identities(mut self) -> Client {
        self.test_identities = true;
        self
    }

    /// The same, with other limits of size.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Client {
        self.limits = limits;
        self
    }

    /// What is wrong with the settings.
    pub(crate) fn check(&self, problems: &mut Problems) {
        let mut wrong = |path: &str, message: &str| {
            problems.push(Problem::new(&rules::SETTING, path).message(message));
        };
        if self.issuer.is_empty() {
            wrong("/client/issuer", "L'émetteur attendu est vide");
        }
        if self.client_id.is_empty() {
            wrong("/client/client_id", "L'identifiant du client est vide");
        }
        if self.algorithms.is_empty() {
            wrong("/client/algorithms", "Aucun algorithme n'est admis");
        }
        if self.test_identities && self.issuer == issuer::PRODUCTION {
            wrong(
                "/client/accept_test_identities",
                "Les identités de test ne sont pas admises avec l'émetteur de production",
            );
        }
        if self.skew > MAX_SKEW {
            let message = format!("Le décalage d'horloge admis dépasse {MAX_SKEW} secondes");
            wrong("/client/skew", &message);
        }
    }
}
