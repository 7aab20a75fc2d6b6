//! The codes of the volet PPS 2022.01, one line each.

use crate::cda::datatypes::Fixed;
use crate::cda::templates::{self as t, SectionTemplate, Shape, codes, observations, sections};
use crate::terminology::Jdv;
use crate::terminology::code_system::{LOINC, SNOMED_CT, TA_ASIP};

codes! {
    // roles of the participants
    REFERENCE = TA_ASIP "ORG-177" "Etablissement de santé de référence";
    LOCAL = TA_ASIP "ORG-178" "Structure et professionnels de proximité impliqués dans les soins";
    COORDINATION = TA_ASIP "ORG-179" "Structure de coordination ou d'interface ville-hôpital";
    SOCIAL = TA_ASIP "ORG-180" "Organisme social et de maintien dans l'emploi";
    INFORMATION = TA_ASIP "ORG-181" "Structure de soutien et d'information";
    MEDIATOR = TA_ASIP "ORG-188" "Structures et professionnels de proximité impliqués dans les soins - Médiateur de santé";
    CENTRE_3C = TA_ASIP "ORG-190" "Centre de coordination de cancérologie (3C)";
    NETWORK = TA_ASIP "ORG-191" "Réseau régional de cancérologie (RRC)";
    REASON = LOINC "42349-1" "Raison de la recommandation";
}

observations! {
    PAEDIATRIC = TA_ASIP "ORG-116" "Pédiatrie";
    PLANNED_DATES = TA_ASIP "GEN-177" "Date(s) prévisionnelle(s)";
    ROUTE = TA_ASIP "ORG-006" "Mode";
    SIDE_EFFECTS = TA_ASIP "MED-565" "Effets secondaires";
    END_OF_TREATMENT = TA_ASIP "MED-052" "Arrêt de tous les traitements actifs";
    UPDATE = TA_ASIP "GEN-037" "Motif de mise à jour";
    RCP_DATE = TA_ASIP "ORG-189" "Date de la RCP";
    HANDOVER = TA_ASIP "GEN-178" "Date de remise du document au patient";
}

pub(super) static RHYTHM: Shape = Shape {
    // the official samples once write the code of paediatrics
    other_codes: &["ORG-116"],
    ..Shape::simple(Fixed {
        system: TA_ASIP,
        code: "ORG-004",
        label: "Rythme",
    })
};
pub(super) static PROBLEM: Shape = Shape::observation(
    t::PROBLEM,
    Fixed {
        system: SNOMED_CT,
        code: "55607006",
        label: "problème",
    },
);
pub(super) static WEIGHT: Shape = Shape::observation(
    t::VITAL_SIGN,
    Fixed {
        system: LOINC,
        code: "29463-7",
        label: "Poids",
    },
);
pub(super) static TOBACCO: Shape = Shape::observation(
    t::SOCIAL_HISTORY,
    Fixed {
        system: LOINC,
        code: "74011-8",
        label: "Consommation tabagique",
    },
);
pub(super) static REFERENCES: Shape =
    Shape::coded_by_input("act", "ACT", "EVN", t::EXTERNAL_REFERENCES);

pub(super) static DONE: Shape = Shape {
    negation: true,
    ..Shape::coded_by_input("procedure", "PROC", "EVN", t::PROCEDURE_EVENT)
};
pub(super) static INTENDED: Shape = Shape {
    negation: true,
    ..Shape::coded_by_input("procedure", "PROC", "INT", t::PROCEDURE_INTENT)
};

sections! {
    S_PAEDIATRICS = S_REASON "42349-1" "Raison de la recommandation", Some("PÉDIATRIE");
    S_DIAGNOSIS = S_CANCER_DIAGNOSIS "72135-7" "Diagnostic du cancer", Some("DIAGNOSTIC");
    S_STATUS = S_DOCUMENT_STATUS "33557-0" "Etat d'achèvement", Some("STATUT DU DOCUMENT");
    S_REFERENCES = S_REFERENCED_DOCUMENTS "55107-7" "Documents référencés", Some("DOCUMENTS RÉFÉRENCÉS");
}

const fn comment(code: &'static str, label: &'static str, title: &'static str) -> SectionTemplate {
    SectionTemplate {
        templates: t::S_COMMENT,
        other_templates: &[],
        code: Fixed {
            system: LOINC_SYSTEM,
            code: "55112-7",
            label: "Commentaire",
        },
        translation: Some(Fixed {
            system: TA_ASIP_SYSTEM,
            code,
            label,
        }),
        title: Some(title),
        id: false,
    }
}

const fn plan(code: &'static str, label: &'static str, title: &'static str) -> SectionTemplate {
    SectionTemplate {
        templates: t::S_CARE_PLAN,
        other_templates: &[],
        code: Fixed {
            system: LOINC_SYSTEM,
            code: "18776-5",
            label: "Plan de soins",
        },
        translation: Some(Fixed {
            system: TA_ASIP_SYSTEM,
            code,
            label,
        }),
        title: Some(title),
        id: true,
    }
}

const LOINC_SYSTEM: &crate::terminology::CodeSystem = LOINC;
const TA_ASIP_SYSTEM: &crate::terminology::CodeSystem = TA_ASIP;

pub(super) static S_PATIENT_COMMENT: SectionTemplate = comment(
    "GEN-293",
    "Commentaire sur le patient",
    "COMMENTAIRE SUR LE PATIENT",
);
pub(super) static S_PERSONAL_DATA: SectionTemplate = comment(
    "GEN-294",
    "Information pour le patient",
    "INFORMATION SUR LES DONNÉES PERSONNELLES VOUS CONCERNANT",
);
pub(super) static S_PROGRAMME: SectionTemplate = plan(
    "MED-566",
    "Programme thérapeutique et de suivi",
    "PROGRAMME THÉRAPEUTIQUE ET DE SUIVI",
);
pub(super) static S_SUPPORT: SectionTemplate = plan(
    "MED-567",
    "Soins oncologiques de support, accompagnement social et socioprofessionnel",
    "SOINS ONCOLOGIQUES DE SUPPORT, ACCOMPAGNEMENT SOCIAL ET SOCIOPROFESSIONNEL",
);

/// A list of the programme or of the supportive care.
pub(super) struct List {
    /// Code of its acts.
    pub(super) code: Fixed,
    /// Value set of their types.
    pub(super) types: Jdv,
    /// Types that say nothing without words.
    pub(super) other: &'static str,
    /// Word of the IDs.
    pub(super) word: &'static str,
    /// Heading.
    pub(super) heading: &'static str,
    /// Title of the column of the types.
    pub(super) kind: &'static str,
}

macro_rules! lists {
    ($($name:ident = $code:literal $label:literal, $types:ident $other:literal, $word:literal $heading:literal $kind:literal;)*) => {
        $(pub(super) static $name: List = List {
            code: Fixed { system: TA_ASIP, code: $code, label: $label },
            types: Jdv::$types,
            other: $other,
            word: $word,
            heading: $heading,
            kind: $kind,
        };)*
    };
}

lists! {
    TREATMENTS = "MED-568" "Traitement", TypeTraitementPps "GEN-092.03.01",
        "traitement" "Traitements" "Type de traitement";
    SIDE_EFFECT_MANAGEMENT = "MED-569" "Action de prévention et de gestion médicamenteuse des effets secondaires",
        GestionEffetsSecondaires "GEN-092.04.12",
        "prevention" "Prévention et gestion médicamenteuse des effets secondaires du traitement ou de la maladie" "Modalité";
    MEASURES = "MED-570" "Mesure associée", MesuresAssociees "GEN-092.04.11",
        "mesure" "Mesures associées" "Type de mesure";
    FOLLOW_UP = "MED-571" "Suivi", TypeDeSuivi "GEN-092.04.06",
        "suivi" "Suivis" "Type de suivi";
    SUPPORTIVE_CARE = "MED-572" "Soin oncologique de support", SoinsOncoDeSupport "GEN-092.04.07",
        "soin-support" "Soins oncologiques de support" "Type de soin";
    SOCIAL_SUPPORT = "MED-573" "Accompagnement social ou socioprofessionnel", TypeAccompagnementSocioPro "GEN-092.04.08",
        "accompagnement" "Accompagnement social et socioprofessionnel" "Type d'accompagnement";
}
