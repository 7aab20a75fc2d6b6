//! *Messagerie sécurisée de santé* (MSSanté): the domains of its addresses.
//!
//! Source: ANS, référentiel socle MSSanté.

/// The domain of the citizens' addresses (*Mon espace santé*), with its `@`:
/// such an address holds the patient's matricule.
pub const CITIZEN_DOMAIN: &str = "@patient.mssante.fr";
