//! *Messagerie sécurisée de santé* (MSSanté): the domains of its addresses.
//!
//! Source: ANS, référentiel socle MSSanté.

/// The domain of the citizens' addresses (*Mon espace santé*), with its `@`:
/// such an address holds the patient's matricule.
pub const CITIZEN_DOMAIN: &str = "@patient.mssante.fr";

/// The end of every domain of MSSanté.
const DOMAIN: &str = ".mssante.fr";

/// Whether a URI of CDA is the MSSanté address of a professional: `mailto:`,
/// then an address whose domain ends in `.mssante.fr` and is not the
/// [citizen's](CITIZEN_DOMAIN).
pub fn is_professional(uri: &str) -> bool {
    let uri = uri.trim().to_lowercase();
    let Some(address) = uri.strip_prefix("mailto:") else {
        return false;
    };
    let address = address.split('?').next().unwrap_or_default();
    address.rsplit_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && domain.ends_with(DOMAIN)
            && !domain.starts_with('.')
            && CITIZEN_DOMAIN.strip_prefix('@') != Some(domain)
    })
}
