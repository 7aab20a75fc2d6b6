//! The sections of a PPAC, one line each.
//!
//! No template defines them: their codes are those of sections of the same
//! content, with their labels in the CI-SIS where it has them.

use crate::cda::templates::sections;

sections! {
    PATIENT_COMMENT = NO_TEMPLATE "55112-7" "Commentaire", Some("COMMENTAIRES / PRÉCISIONS SUR LE PATIENT");
    DIAGNOSIS = NO_TEMPLATE "72135-7" "Diagnostic du cancer", Some("DIAGNOSTIC");
    TREATMENTS = NO_TEMPLATE "29554-3" "Actes", Some("BILAN DE FIN DE TRAITEMENT");
    FOLLOW_UP = NO_TEMPLATE "18776-5" "Plan de soins", Some("PROGRAMME DE SUIVI ET SOINS DE SUPPORT");
    LATE_EFFECTS = NO_TEMPLATE "55109-3" "Complications", Some("EFFETS TARDIFS À SURVEILLER");
    LIFESTYLE = NO_TEMPLATE "29762-2" "Habitus, Mode de vie", Some("HYGIÈNE DE VIE, ACCOMPAGNEMENT SOCIAL ET PROFESSIONNEL");
    VACCINATIONS = NO_TEMPLATE "11369-6" "Historique des vaccinations", Some("VACCINATIONS");
    CONTACTS = NO_TEMPLATE "85847-2" "Équipe de soins", Some("CONTACTS");
    EMERGENCY = NO_TEMPLATE "69730-0" "Consignes et conseils", Some("QUE FAIRE EN CAS D'URGENCE");
    HANDED = NO_TEMPLATE "33557-0" "Etat d'achèvement", Some("REMISE DU PPAC AU PATIENT");
}
