//! OIDs, UUIDs, and the roots of national identifiers.

/// *PS_IdNat*: national identifier of a professional.
pub const PROFESSIONAL: &str = "1.2.250.1.71.4.2.1";
/// *Struct_IdNat*: national identifier of an organisation.
pub const ORGANIZATION: &str = "1.2.250.1.71.4.2.2";
/// National identifier of a regional cancer network (RRC).
pub const RCP_NETWORK: &str = "1.2.250.1.161.1.20.1.1";
/// National identifier of the structure that manages the RCP.
pub const RCP_MANAGER: &str = "1.2.250.1.161.1.20.2.1";
/// National identifier of an RCP.
pub const RCP: &str = "1.2.250.1.161.1.20.3.1";
/// Identifier of a session of an RCP.
pub const RCP_SESSION: &str = "1.2.250.1.213.1.1.9";

/// True for the OID form `2.16.840…`: at least two arcs, no leading zero.
pub fn is_oid(text: &str) -> bool {
    let mut arcs = text.split('.');
    let first = arcs.next().is_some_and(|a| matches!(a, "0" | "1" | "2"));
    let mut count = 0;
    let rest = arcs.all(|a| {
        count += 1;
        !a.is_empty() && a.bytes().all(|b| b.is_ascii_digit()) && (a == "0" || !a.starts_with('0'))
    });
    first && rest && count > 0
}

/// True for the 8-4-4-4-12 hexadecimal form of a UUID.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        assert!(is_oid("1.2.250.1.213") && is_oid("2.0"));
        assert!(
            !is_oid("1")
                && !is_oid("3.1")
                && !is_oid("1.02")
                && !is_oid("1..2")
                && !is_oid("1.2.é")
        );
        assert!(is_uuid("2CE71A5B-FD99-4958-ADE4-CA39E86625ED") && !is_uuid("2CE71A5B"));
    }
}
