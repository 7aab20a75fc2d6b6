//! *Identité nationale de santé* (INS): the matricule and its key.
//!
//! Source: Référentiel INS (ANS), arrêté du 27 mai 2021; the key is that of
//! the NIR (INSEE): 97 − (number mod 97), where Corsica's 2A and 2B count as
//! 19 and 18.

use serde::{Deserialize, Serialize};

use super::rules;
use crate::problem::{Problem, Problems};

/// What a matricule is, hence the OID it is sent under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum InsKind {
    /// *INS-NIR*, production: OID 1.2.250.1.213.1.4.8.
    #[default]
    Nir,
    /// *INS-NIA* (waiting identifier), production: OID 1.2.250.1.213.1.4.9.
    Nia,
    /// *INS-NIR de test*: OID 1.2.250.1.213.1.4.10.
    NirTest,
    /// *INS-NIR de démonstration*: OID 1.2.250.1.213.1.4.11.
    NirDemo,
}

impl InsKind {
    /// Every kind.
    pub const ALL: [InsKind; 4] = [
        InsKind::Nir,
        InsKind::Nia,
        InsKind::NirTest,
        InsKind::NirDemo,
    ];

    /// OID of the assigning authority.
    pub fn oid(self) -> &'static str {
        match self {
            InsKind::Nir => "1.2.250.1.213.1.4.8",
            InsKind::Nia => "1.2.250.1.213.1.4.9",
            InsKind::NirTest => "1.2.250.1.213.1.4.10",
            InsKind::NirDemo => "1.2.250.1.213.1.4.11",
        }
    }

    /// The kind sent under an OID.
    pub fn from_oid(oid: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.oid() == oid)
    }
}

/// The key of the 13 first characters of a matricule, 1 to 97; none when they
/// have not the form of a NIR.
pub fn key(number: &str) -> Option<u8> {
    if number.len() != 13 || !number.is_ascii() {
        return None;
    }
    let numeric = match &number[5..7] {
        "2A" => format!("{}19{}", &number[..5], &number[7..]),
        "2B" => format!("{}18{}", &number[..5], &number[7..]),
        _ => number.to_owned(),
    };
    if !numeric.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value: u64 = numeric.parse().ok()?;
    u8::try_from(97 - value % 97).ok()
}

/// Checks a matricule of 15 characters (13 and the key).
pub fn check(matricule: &str, path: &str, problems: &mut Problems) {
    let expected = matricule.get(..13).and_then(key);
    match (matricule.len(), expected) {
        (15, Some(expected)) if matricule[13..].bytes().all(|b| b.is_ascii_digit()) => {
            let key = format!("{expected:02}");
            if matricule[13..] != key {
                problems.push(
                    Problem::new(&rules::INS_KEY, path)
                        .found(&matricule[13..])
                        .allowed([key]),
                );
            }
        }
        _ => problems.push(Problem::new(&rules::INS_FORMAT, path).found(matricule)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_with_corsica() {
        assert_eq!(key("2790351215189"), Some(89));
        assert_eq!(key("1850A2A004002"), None);
        // 2A counts as 19, 2B as 18
        assert_eq!(key("180052A004002"), key("1800519004002"));
        assert_eq!(key("180052B004002"), key("1800518004002"));
        assert_eq!(key("279035121518"), None);
        assert_eq!(key("27903512151é"), None);
    }

    #[test]
    fn every_fault_is_told() {
        let code = |m: &str| {
            let mut p = Problems::new();
            check(m, "/x", &mut p);
            p.iter().map(|p| p.code).next()
        };
        assert_eq!(code("279035121518989"), None);
        assert_eq!(code("279035121518988"), Some("INS-CLE"));
        assert_eq!(code("27903512151898"), Some("INS-FORMAT"));
        assert_eq!(code("2790351215189é"), Some("INS-FORMAT"));
    }
}
