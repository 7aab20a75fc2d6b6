//! Luhn's key (ISO/IEC 7812-1 annex B).

/// True when the last digit is the Luhn key of the others. Letters are not
/// digits: a text that holds one has no key.
pub fn is_valid(digits: &str) -> bool {
    let mut sum = 0;
    for (rank, byte) in digits.bytes().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return false;
        }
        let digit = u32::from(byte - b'0');
        sum += if rank % 2 == 0 {
            digit
        } else {
            digit * 2 / 10 + digit * 2 % 10
        };
    }
    !digits.is_empty() && sum % 10 == 0
}

/// The digit that makes `digits` valid when put at its end.
pub fn key(digits: &str) -> Option<char> {
    ('0'..='9').find(|c| is_valid(&format!("{digits}{c}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        assert!(is_valid("490000049") && is_valid("01234567897"));
        assert!(!is_valid("490000048") && !is_valid("") && !is_valid("49A000049"));
        assert_eq!(key("49000004"), Some('9'));
        assert_eq!(key("49000004A"), None);
    }
}
