//! Rules that a CDA document can break.

use crate::problem::rules;

const MIN: &str = "CI-SIS, volet Structuration minimale de documents de santé";

rules! {
    NOT_CDA: Blocking "CDA-RACINE" "L'élément racine n'est pas un ClinicalDocument de l'espace de noms urn:hl7-org:v3" MIN;
    TEMPLATE: Blocking "CDA-MODELE" "Le document n'est pas conforme au modèle attendu (templateId)" MIN;
    BODY: Blocking "CDA-CORPS" "Le document n'a pas de corps du niveau attendu" MIN;
}
