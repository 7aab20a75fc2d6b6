//! Issuers of Pro Santé Connect.

/// Issuer of Pro Santé Connect in production.
pub const PRODUCTION: &str = "https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet";
/// Issuer of the sandbox (*bac à sable*, BAS).
pub const SANDBOX: &str = "https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet";
/// Former issuer of the sandbox, still in circulation.
pub const FORMER_SANDBOX: &str = "https://auth.bas.esw.esante.gouv.fr/auth/realms/esante-wallet";

/// What may be shown of an issuer found in a token.
#[cfg(feature = "psc")]
pub(crate) fn shown(issuer: &str) -> &'static str {
    match issuer {
        PRODUCTION => "Pro Santé Connect, production",
        SANDBOX => "Pro Santé Connect, bac à sable",
        FORMER_SANDBOX => "Pro Santé Connect, ancien bac à sable",
        _ => "autre émetteur",
    }
}
