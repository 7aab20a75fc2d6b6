//! National identifier of a professional.

use std::fmt;

use dcc_base::identity::rpps;
use dcc_base::problem::Problems;
use serde::{Deserialize, Serialize};

/// National identifier of a professional (*PS_IdNat*, OID 1.2.250.1.71.4.2.1):
/// one digit for the register, then the number in it.
///
/// `Debug` does not show the value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NationalId(String);

impl NationalId {
    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// RPPS number, when the identifier is in that register.
    pub fn rpps(&self) -> Option<&str> {
        self.0.strip_prefix('8')
    }

    /// Whether `key` names the same professional: the whole identifier, or
    /// the RPPS (11 digits) or ADELI (9 characters) number alone.
    pub fn is(&self, key: &str) -> bool {
        let number = match key.len() {
            11 => self.0.strip_prefix('8'),
            9 => self.0.strip_prefix('0'),
            _ => None,
        };
        self.0 == key || number == Some(key)
    }
}

impl From<String> for NationalId {
    fn from(id: String) -> Self {
        NationalId(id)
    }
}

impl From<&str> for NationalId {
    fn from(id: &str) -> Self {
        NationalId(id.to_owned())
    }
}

impl fmt::Debug for NationalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NationalId(…)")
    }
}

/// What is wrong with the form of `id`: text of the rule broken.
pub(crate) fn fault(id: &str) -> Option<String> {
    let mut problems = Problems::new();
    rpps::check_national(id, "", &mut problems);
    let broken = problems.into_iter().next()?;
    Some(broken.message)
}

/// True for the test identities of the Pro Santé Connect sandbox that are no
/// national identifiers: `ANS` and 14 digits (an instant).
pub(crate) fn is_test(id: &str) -> bool {
    id.strip_prefix("ANS")
        .is_some_and(|digits| digits.len() == 14 && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_a_professional_with_or_without_the_register() {
        let id = NationalId::from("899700218896");
        assert!(id.is("899700218896") && id.is("99700218896"));
        assert!(!id.is("9700218896") && !id.is("") && !id.is("099700218896"));
        assert_eq!(id.rpps(), Some("99700218896"));
        let adeli = NationalId::from("00B6087510");
        assert!(adeli.is("0B6087510") && adeli.is("00B6087510") && !adeli.is("B6087510"));
        assert_eq!(format!("{id:?}"), "NationalId(…)");
    }

    #[test]
    fn forms_are_judged_by_the_register() {
        assert_eq!(fault("899700218896"), None);
        assert!(fault("899700218897").is_some_and(|text| text.contains("RPPS")));
        assert!(fault("").is_some() && fault("ANS20231122132732").is_some());
        assert!(is_test("ANS20231122132732") && !is_test("ANS2023112213273"));
    }
}
