//! Codes of the place of birth (*code officiel géographique*, INSEE), 5 characters.

use dcc_base::problem::{Problem, Problems};

use crate::rules;

/// What a code of birth place names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// *Commune*, as it was on the day of birth: former codes stand.
    Commune,
    /// *Pays étranger*: 99 and the code of the country.
    Abroad,
    /// *Inconnu*: 99999.
    Unknown,
    /// 99100: France, without commune.
    France,
}

impl PlaceKind {
    /// What `code` names; none when it has not the form of a code.
    pub fn of(code: &str) -> Option<Self> {
        let bytes = code.as_bytes();
        let form = bytes.len() == 5
            && bytes[0].is_ascii_digit()
            && (bytes[1].is_ascii_digit() || (bytes[0] == b'2' && matches!(bytes[1], b'A' | b'B')))
            && bytes[2..].iter().all(u8::is_ascii_digit);
        match code {
            _ if !form || code.starts_with("00") => None,
            "99999" => Some(PlaceKind::Unknown),
            "99100" => Some(PlaceKind::France),
            _ if code.starts_with("99") => Some(PlaceKind::Abroad),
            _ => Some(PlaceKind::Commune),
        }
    }

    /// French explanation.
    pub fn label(self) -> &'static str {
        match self {
            PlaceKind::Commune => "commune française",
            PlaceKind::Abroad => "pays étranger",
            PlaceKind::Unknown => "lieu inconnu",
            PlaceKind::France => "France, sans commune",
        }
    }
}

/// Checks a code: `TRAIT-LIEU`, and a warning on 99100. Whether the commune
/// exists is not checked: it is that of the day of birth.
pub fn check(code: &str, path: &str, problems: &mut Problems) {
    match PlaceKind::of(code) {
        None => problems.push(
            Problem::new(&rules::BIRTH_PLACE, path)
                .found(code)
                .allowed(["63220", "2A020", "99109", "99999"]),
        ),
        Some(PlaceKind::France) => {
            problems.push(Problem::new(&rules::BIRTH_PLACE_FRANCE, path).found(code))
        }
        Some(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_places() {
        let known = [
            ("2A020", PlaceKind::Commune),
            ("63220", PlaceKind::Commune),
            ("97105", PlaceKind::Commune),
            ("99109", PlaceKind::Abroad),
            ("99255", PlaceKind::Abroad),
            ("99999", PlaceKind::Unknown),
            ("99100", PlaceKind::France),
        ];
        for (code, kind) in known {
            assert_eq!(PlaceKind::of(code), Some(kind), "{code}");
        }
        for wrong in [
            "", "6322", "632200", "3A020", "2a020", "00000", "2C020", "6322é", "é6322",
        ] {
            assert_eq!(PlaceKind::of(wrong), None, "{wrong}");
        }
    }
}
