//! The sections of a PPAC, one line each.

use crate::cda::datatypes::Fixed;
use crate::cda::templates::SectionTemplate;
use crate::terminology::code_system::LOINC;

macro_rules! sections {
    ($($name:ident = $code:literal $label:literal $title:literal;)*) => {
        $(pub(super) static $name: SectionTemplate = SectionTemplate {
            templates: &[],
            other_templates: &[],
            code: Fixed { system: LOINC, code: $code, label: $label },
            translation: None,
            title: Some($title),
            id: true,
        };)*
    };
}

// codes of sections of the same content, with their labels in the CI-SIS where it has them
sections! {
    PATIENT_COMMENT = "55112-7" "Commentaire" "COMMENTAIRES / PRÉCISIONS SUR LE PATIENT";
    DIAGNOSIS = "72135-7" "Diagnostic du cancer" "DIAGNOSTIC";
    TREATMENTS = "29554-3" "Actes" "BILAN DE FIN DE TRAITEMENT";
    FOLLOW_UP = "18776-5" "Plan de soins" "PROGRAMME DE SUIVI ET SOINS DE SUPPORT";
    LATE_EFFECTS = "55109-3" "Complications" "EFFETS TARDIFS À SURVEILLER";
    LIFESTYLE = "29762-2" "Habitus, Mode de vie" "HYGIÈNE DE VIE, ACCOMPAGNEMENT SOCIAL ET PROFESSIONNEL";
    VACCINATIONS = "11369-6" "Historique des vaccinations" "VACCINATIONS";
    CONTACTS = "85847-2" "Équipe de soins" "CONTACTS";
    EMERGENCY = "69730-0" "Consignes et conseils" "QUE FAIRE EN CAS D'URGENCE";
    HANDED = "33557-0" "Etat d'achèvement" "REMISE DU PPAC AU PATIENT";
}
