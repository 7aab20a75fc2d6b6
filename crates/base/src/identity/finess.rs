//! Identifiers of organisations.
//!
//! The national form (*Struct_IdNat*, OID 1.2.250.1.71.4.2.2) is `1` and the
//! FINESS number (9 characters, Luhn; Corsica's A and B
//! count as 1 and 2), `3` and the SIRET (14 digits,
//! Luhn), `2` SIREN, `0` cabinet ADELI, `4` cabinet RPPS.

use super::{luhn, rules};
use crate::problem::{Problem, Problems};

/// True for nine digits, the second of which may be A or B (Corse); the key
/// is not checked.
pub fn has_form(finess: &str) -> bool {
    finess.len() == 9
        && finess
            .bytes()
            .enumerate()
            .all(|(i, b)| b.is_ascii_digit() || (i == 1 && matches!(b, b'A' | b'B')))
}

/// Checks the form of a FINESS number, and not its key; true when it is good.
pub fn check_form(finess: &str, path: &str, problems: &mut Problems) -> bool {
    let good = has_form(finess);
    if !good {
        problems.push(Problem::new(&rules::FINESS_FORMAT, path).found(finess));
    }
    good
}

/// Checks a FINESS number of 9 characters.
pub fn check(finess: &str, path: &str, problems: &mut Problems) {
    if !check_form(finess, path, problems) {
        return;
    }
    if !luhn::is_valid(&digits(finess)) {
        let key = luhn::key(&digits(&finess[..8])).map(|k| format!("clé {k}"));
        problems.push(
            Problem::new(&rules::FINESS_KEY, path)
                .found(finess)
                .allowed(key),
        );
    }
}

fn digits(finess: &str) -> String {
    finess.replace('A', "1").replace('B', "2")
}

/// Checks a SIRET of 14 digits. La Poste's (SIREN 356000000) have no Luhn
/// key: the sum of their digits is a multiple of 5.
pub fn check_siret(siret: &str, path: &str, problems: &mut Problems) {
    if siret.len() != 14 || !siret.bytes().all(|b| b.is_ascii_digit()) {
        problems.push(Problem::new(&rules::SIRET_FORMAT, path).found(siret));
    } else if !luhn::is_valid(siret) {
        let post = siret.starts_with("356000000")
            && siret.bytes().map(|b| u32::from(b - b'0')).sum::<u32>() % 5 == 0;
        if !post {
            problems.push(Problem::new(&rules::SIRET_KEY, path).found(siret));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finess() {
        let code = |m: &str| {
            let mut p = Problems::new();
            check(m, "", &mut p);
            p.iter().map(|p| p.code).next()
        };
        assert_eq!(code("490000049"), None);
        assert_eq!(code("490000048"), Some("FINESS-CLE"));
        assert_eq!((code("2A0000014"), code("2B0000020")), (None, None));
        assert_eq!(code("2A0000015"), Some("FINESS-CLE"));
        assert_eq!(code("49000004"), Some("FINESS-FORMAT"));
        assert_eq!(code("A90000049"), Some("FINESS-FORMAT"));
    }
}
