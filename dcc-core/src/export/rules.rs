//! What an export must respect.

use crate::problem::{Rule, Severity};

pub(crate) static INSTANT: Rule = Rule {
    code: "EXPORT-INSTANT",
    severity: Severity::Blocking,
    text: "L'instant de production est une date et heure RFC 3339, avec son décalage horaire",
    source: "RFC 3339",
};
pub(crate) static PRODUCER: Rule = Rule {
    code: "EXPORT-PRODUCTEUR",
    severity: Severity::Blocking,
    text: "Le producteur de l'export porte un nom",
    source: "annexe 2, export",
};
pub(crate) static OFFER: Rule = Rule {
    code: "EXPORT-OFFRE",
    severity: Severity::Blocking,
    text: "Chaque RCP de l'offre porte un identifiant, donné une seule fois, et un intitulé",
    source: "annexe 2, offre RCP",
};

/// Every rule of the export.
pub static RULES: &[&Rule] = &[&INSTANT, &PRODUCER, &OFFER];
