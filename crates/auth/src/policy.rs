//! What a proof must be worth for an act to be accepted.

use chrono::{DateTime, TimeDelta, Utc};
use dcc_base::problem::{Problem, Problems};

use crate::level::Level;
use crate::limits::MAX_SKEW;
use crate::national_id;
use crate::proof::{Means, Proof};
use crate::rules;
use crate::seal::SealKey;

/// What is asked of a proof (*politique d'authentification*).
///
/// The default accepts both means, at the level that clients of Pro Santé
/// Connect ask for, an authentication of four hours at most (the longest
/// session of Pro Santé Connect), unsealed. The level of the means themselves
/// is warranted by their homologation (référentiel d'identification
/// électronique, arrêté of 28/03/2022); a host raises [`Policy::level`] once
/// it knows which `acr` its users obtain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// Means accepted.
    pub means: Vec<Means>,
    /// Lowest level.
    pub level: Level,
    /// Oldest authentication, in seconds.
    pub max_age: u32,
    /// Whether the test identities of the sandbox are accepted.
    pub test_identities: bool,
    /// Key of the seal; with it, a proof without a right seal is refused.
    pub seal_key: Option<SealKey>,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            means: Means::ALL.to_vec(),
            level: Level::Eidas1,
            max_age: 4 * 3600,
            test_identities: false,
            seal_key: None,
        }
    }
}

impl Policy {
    /// What is missing to `proof` for an act of the professional `key`
    /// (*PS_IdNat*, or RPPS or ADELI number) at `at`: form, seal, person,
    /// means, level, age. All the problems; none when it is enough.
    pub fn check(&self, proof: &Proof, key: &str, at: DateTime<Utc>) -> Problems {
        let mut problems = Problems::new();
        self.check_form(proof, &mut problems);
        if let Some(seal_key) = &self.seal_key {
            if proof.seal.is_none() {
                problems.push(Problem::new(&rules::PROOF_UNSEALED, "/seal"));
            } else if !proof.holds(seal_key) {
                problems.push(Problem::new(&rules::PROOF_SEAL, "/seal"));
            }
        }
        if !proof.subject.is(key) {
            problems.push(Problem::new(&rules::PROOF_SUBJECT, "/subject"));
        }
        if !self.means.contains(&proof.means) {
            let allowed = self.means.iter().map(|means| means.label());
            let problem = Problem::new(&rules::PROOF_MEANS, "/means");
            problems.push(problem.found(proof.means.label()).allowed(allowed));
        }
        if proof.level < self.level {
            let allowed = Level::ALL.into_iter().filter(|level| *level >= self.level);
            let problem = Problem::new(&rules::PROOF_LEVEL, "/level");
            problems.push(problem.found(proof.level).allowed(allowed));
        }
        self.check_age(proof, at, &mut problems);
        problems
    }

    /// A proof that this library cannot have made.
    fn check_form(&self, proof: &Proof, problems: &mut Problems) {
        let mut wrong = |path: &str, message: &str| {
            problems.push(Problem::new(&rules::PROOF_FORM, path).message(message));
        };
        let id = proof.subject.as_str();
        let test = self.test_identities && national_id::is_test(id);
        if !test && let Some(fault) = national_id::fault(id) {
            wrong("/subject", &fault);
        }
        let hexadecimal = |b: u8| b.is_ascii_digit() || matches!(b, b'a'..=b'f');
        if proof.digest.len() != 64 || !proof.digest.bytes().all(hexadecimal) {
            wrong(
                "/digest",
                "L'empreinte est un SHA-256 : 64 chiffres hexadécimaux en minuscules",
            );
        }
        if proof.issuer.is_empty() {
            wrong("/issuer", "L'émetteur est vide");
        }
        let skew = TimeDelta::seconds(MAX_SKEW.into());
        if proof.authenticated_at - proof.verified_at > skew {
            let message = "La vérification précède l'authentification";
            wrong("/verified_at", message);
        }
    }

    fn check_age(&self, proof: &Proof, at: DateTime<Utc>, problems: &mut Problems) {
        let age = at - proof.authenticated_at;
        if age > TimeDelta::seconds(self.max_age.into()) {
            problems.push(
                Problem::new(&rules::PROOF_OLD, "/authenticated_at")
                    .found(format!("{} minutes", age.num_minutes()))
                    .allowed([format!("au plus {} minutes", self.max_age / 60)]),
            );
        }
        let skew = TimeDelta::seconds(MAX_SKEW.into());
        let instants = [
            ("/authenticated_at", proof.authenticated_at),
            ("/verified_at", proof.verified_at),
        ];
        for (path, instant) in instants {
            if instant - at > skew {
                problems.push(Problem::new(&rules::PROOF_LATER, path));
            }
        }
    }
}
