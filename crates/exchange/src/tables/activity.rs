//! Type of activity of a submission set (*contentTypeCode*): JDV_J59 of
//! 2026-09-28, and what the gateway's volet proposes from the class of a visit.

use super::{setting, systems};
use crate::code::Code;

/// Rows of JDV_J59 that a hospital or a practice uses, of TRE_R209.
const ACTIVITIES: &[(&str, &str)] = &[
    (
        "03",
        "Hospitalisation complète (non compris hospitalisation de semaine)",
    ),
    ("04", "Hospitalisation de jour"),
    ("07", "Consultations soins externes"),
    (
        "08",
        "Bloc opératoire (y compris obstétrical et gynécologique)",
    ),
    (
        "09",
        "Autres unités médico-techniques (anesthésiologie, explor fonct, rééduc et réadapt fonct, pharmacie)",
    ),
    (
        "11",
        "Hébergement complet ou internat (non compris internat de semaine)",
    ),
    ("13", "Semi-internat"),
    ("14", "Externat"),
    ("15", "Placement en famille d'accueil (strictement social)"),
    (
        "16",
        "Prestations sur le lieu de vie (non compris placement familial)",
    ),
    ("17", "Internat de semaine"),
    ("18", "Hébergement de nuit en structure éclatée"),
    ("19", "Traitement et cure ambulatoire"),
    ("20", "Hospitalisation de semaine"),
    (
        "21",
        "Accueil de Jour (sans distinction entre semi-internat et externat)",
    ),
    ("22", "Accueil de nuit"),
    ("25", "Accueil temporaire week-end ou vacances"),
    ("26", "Analyses médicales biologiques"),
    ("27", "Accueil modulable/séquentiel"),
    ("28", "Consultations dentaires et soins dentaires"),
    ("33", "Recherche"),
    (
        "37",
        "Accueil et prise en charge en appartement thérapeutique",
    ),
    ("40", "Accueil temporaire avec hébergement"),
    ("42", "Equipe mobile de rue"),
    ("43", "Tous modes d'accueil avec hébergement"),
    ("44", "Accueil temporaire de jour"),
    ("45", "Accueil temporaire (avec et sans hébergement)"),
    ("46", "Tous modes d'accueil (avec et sans hébergement)"),
    (
        "47",
        "Accueil de jour et accompagnement en milieu ordinaire",
    ),
    ("48", "Tous modes d'accueil et d'accompagnement"),
    ("50", "Protection juridique"),
    ("52", "Accompagnement social personnalisé"),
    ("54", "Accueil familial"),
    ("60", "Consultations et actes"),
    ("97", "Type d'activité indifférencié"),
];

/// OID of *TRE_R276 FormeActivite*.
const TRE_R276: &str = "1.2.250.1.213.1.6.1.128";

/// An activity of TRE_R209, with its label.
pub fn activity(code: &str) -> Option<Code> {
    let (code, label) = ACTIVITIES.iter().find(|(c, _)| *c == code)?;
    Some(Code::new(*code, systems::TRE_R209, *label))
}

/// What the volet proposes for the class of a visit (PV1-2): `I` 03, `O` and
/// `E` 07, `R` 19, `N` 97.
pub fn from_visit_class(class: &str) -> Option<Code> {
    activity(match class {
        "I" => "03",
        "O" | "E" => "07",
        "R" => "19",
        "N" => "97",
        _ => return None,
    })
}

/// The facility type as an activity, when JDV_J59 has it: SA05 to SA61, SA63
/// to SA65, SA68 and SA69. A hospital (SA01 to SA04) needs another code.
pub fn from_facility(facility: &Code) -> Option<Code> {
    let number = facility.code.strip_prefix("SA")?.parse::<u32>().ok()?;
    let taken = matches!(number, 5..=61 | 63..=65 | 68 | 69);
    (taken && facility.system == systems::TRE_R02).then(|| setting::with_label(facility))
}

/// True for a code of JDV_J59.
pub fn is_taken_by_dmp(code: &Code) -> bool {
    match code.system.as_str() {
        systems::TRE_R209 => activity(&code.code).is_some(),
        systems::TRE_R02 => from_facility(code).is_some(),
        systems::TRE_A00 => code.code == "EXP_PATIENT",
        TRE_R276 => matches!(code.code.as_str(), "05" | "11" | "12"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_hospital_has_no_activity_of_its_own() {
        let facility = |code| from_facility(&Code::new(code, systems::TRE_R02, ""));
        assert_eq!(facility("SA01"), None);
        assert_eq!(facility("SA62"), None);
        assert_eq!(
            facility("SA07").map(|c| c.label).as_deref(),
            Some("Cabinet individuel")
        );
        assert_eq!(from_visit_class("I").map(|c| c.code).as_deref(), Some("03"));
        assert_eq!(from_visit_class("X"), None);
        assert!(!is_taken_by_dmp(&Code::new("SA", systems::TRE_R02, "")));
    }
}
