//! What an export must respect.

use crate::problem::rules;

rules! {
    INSTANT: Blocking "EXPORT-INSTANT" "L'instant de production est une date et heure RFC 3339, avec son décalage horaire" "RFC 3339";
    PRODUCER: Blocking "EXPORT-PRODUCTEUR" "Le producteur de l'export porte un nom" "annexe 2, export";
    OFFER: Blocking "EXPORT-OFFRE" "Chaque RCP de l'offre porte un identifiant, donné une seule fois, et un intitulé" "annexe 2, offre RCP";
}
