//! `at_hash` and `c_hash`: step 9.

use dcc_base::problem::{Problem, Problems, Rule};
use sha2::{Digest, Sha256};

use crate::base64url;
use crate::members::Members;
use crate::rules;

/// Left half of the SHA-256 (all the algorithms admitted use that hash).
fn half(text: &str) -> String {
    base64url::encode(&Sha256::digest(text.as_bytes())[..16])
}

/// Compares the hashes of the token, when present, with what the host received.
pub(crate) fn check(
    claims: &Members,
    access_token: Option<&str>,
    code: Option<&str>,
    problems: &mut Problems,
) {
    let mut compare = |name: &str, given: Option<&str>, rule: &'static Rule| {
        let hash = claims.text(name, problems);
        if let (Some(hash), Some(given)) = (hash, given)
            && hash != half(given)
        {
            problems.push(Problem::new(rule, claims.path(name)));
        }
    };
    compare("at_hash", access_token, &rules::AT_HASH);
    compare("c_hash", code, &rules::C_HASH);
}
