//! Identifiers of professionals.
//!
//! The national form (*PS_IdNat*, annexe « Sources des données personnes et
//! structures » of the CI-SIS, OID 1.2.250.1.71.4.2.1) is one digit that tells
//! the register, then the number: `8` RPPS (11 digits, Luhn), `0` ADELI
//! (9 characters), `1` cabinet ADELI, `3` FINESS, `4` SIREN, `5` SIRET or `6`
//! cabinet RPPS followed by the internal number of the person.

use super::{luhn, rules};
use crate::problem::{Problem, Problems};

/// The national form of an RPPS number.
pub fn national(rpps: &str) -> String {
    format!("8{rpps}")
}

/// Checks an RPPS number of 11 digits.
pub fn check(rpps: &str, path: &str, problems: &mut Problems) {
    if rpps.len() != 11 || !rpps.bytes().all(|b| b.is_ascii_digit()) {
        problems.push(Problem::new(&rules::RPPS_FORMAT, path).found(rpps));
    } else if !luhn::is_valid(rpps) {
        let key = luhn::key(&rpps[..10]).map(|k| format!("clé {k}"));
        problems.push(
            Problem::new(&rules::RPPS_KEY, path)
                .found(rpps)
                .allowed(key),
        );
    }
}

/// Checks an ADELI number of 9 characters.
pub fn check_adeli(adeli: &str, path: &str, problems: &mut Problems) {
    if adeli.len() != 9 || !adeli.bytes().all(|b| b.is_ascii_alphanumeric()) {
        problems.push(Problem::new(&rules::ADELI_FORMAT, path).found(adeli));
    }
}

/// Checks a *PS_IdNat* as it stands: its first digit, and the key of an RPPS.
pub fn check_national(id: &str, path: &str, problems: &mut Problems) {
    match id.as_bytes().first() {
        Some(b'8') if id.is_ascii() => check(&id[1..], path, problems),
        Some(b'0') if id.is_ascii() => check_adeli(&id[1..], path, problems),
        Some(b'1' | b'3' | b'4' | b'5' | b'6') if id.len() > 1 => {}
        _ => problems.push(
            Problem::new(&rules::NATIONAL_FORMAT, path)
                .found(id)
                .allowed([
                    "8 + RPPS",
                    "0 + ADELI",
                    "1, 3, 4, 5, 6 + identifiant interne",
                ]),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rpps() {
        let code = |m: &str| {
            let mut p = Problems::new();
            check(m, "", &mut p);
            p.iter().map(|p| p.code).next()
        };
        assert_eq!(code("01234567897"), None);
        assert_eq!(code("01234567890"), Some("RPPS-CLE"));
        assert_eq!(code("0123456789"), Some("RPPS-FORMAT"));
        assert_eq!(code("é1234567897"), Some("RPPS-FORMAT"));
    }
}
