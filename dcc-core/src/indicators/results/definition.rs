//! The indicators, one line each: what they are called, what they count.
//!
//! Words used by every definition:
//!
//! - a **fiche counted** is the latest version of a fiche whose session was
//!   not cancelled and is in the period; its month, establishment, 3C and
//!   theme are its session's;
//! - a **session held** is a session in the period whose status is *held*;
//! - the **file active** of a cell is the set of distinct patients with at
//!   least one fiche counted in that cell;
//! - a **PPS counted** is a PPS whose latest version is validated, on a day
//!   of the period; its month is that day's, its other dimensions are its own.
//!
//! A distinct count is exact in every cell: a patient seen in two months is
//! one patient of the year, so the months do not add up to the year.

use super::counts::Counts;

/// How an indicator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndicatorKind {
    /// *Effectif*: how many; the cells add up.
    Count,
    /// *Distincts*: how many different; the cells do not add up.
    Distinct,
    /// *Rapport*: numerator over denominator.
    Ratio,
}

/// One indicator.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Stable code; a code with a third part refines the annex's own code.
    pub code: &'static str,
    /// Short French label.
    pub label: &'static str,
    /// How it counts.
    pub kind: IndicatorKind,
    /// Unit of the numerator, in French.
    pub unit: &'static str,
    /// What the numerator counts, in French.
    pub numerator: &'static str,
    /// What the denominator counts, in French; empty unless a ratio.
    pub denominator: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// True when it counts patients, or fiches or PPS, so that a small count
    /// could point to a person; such counts are masked under the threshold.
    pub personal: bool,
    pub(crate) num: fn(&Counts) -> u32,
    pub(crate) den: Option<fn(&Counts) -> u32>,
}

macro_rules! count {
    ($code:literal, $kind:ident, $personal:literal, $label:literal, $unit:literal, $text:literal, $num:expr) => {
        Definition {
            code: $code,
            label: $label,
            kind: IndicatorKind::$kind,
            unit: $unit,
            numerator: $text,
            denominator: "",
            source: "annexe 2",
            personal: $personal,
            num: $num,
            den: None,
        }
    };
}

macro_rules! ratio {
    ($code:literal, $personal:literal, $label:literal, $unit:literal, $text:literal, $over:literal, $num:expr, $den:expr) => {
        Definition {
            code: $code,
            label: $label,
            kind: IndicatorKind::Ratio,
            unit: $unit,
            numerator: $text,
            denominator: $over,
            source: "annexe 2",
            personal: $personal,
            num: $num,
            den: Some($den),
        }
    };
}

/// Every indicator of the cube, in the order of the exports. `QUA-02` has
/// one more dimension, the specialty: see [`QUA_02`].
pub static DEFINITIONS: &[Definition] = &[
    count!(
        "ACT-01",
        Count,
        true,
        "Fiches validées",
        "fiches",
        "fiches comptées dont le statut est validé",
        |c| c.fiches_validated
    ),
    count!(
        "ACT-02",
        Count,
        true,
        "Fiches non validées",
        "fiches",
        "fiches comptées dont le statut n'est pas validé",
        |c| c.fiches - c.fiches_validated
    ),
    count!(
        "ACT-04",
        Count,
        false,
        "Sessions réalisées",
        "sessions",
        "sessions réalisées",
        |c| c.sessions_held
    ),
    count!(
        "ACT-05",
        Distinct,
        true,
        "Patients",
        "patients",
        "patients distincts ayant une fiche dans une session réalisée",
        |c| c.patients_held
    ),
    count!(
        "ACT-06",
        Distinct,
        false,
        "Professionnels",
        "professionnels",
        "professionnels distincts présents à une session réalisée",
        |c| c.professionals
    ),
    ratio!(
        "QUA-01",
        false,
        "Quorum",
        "sessions",
        "sessions réalisées dont le quorum est atteint",
        "sessions réalisées",
        |c| c.sessions_quorum,
        |c| c.sessions_held
    ),
    count!(
        "QUA-01-NR",
        Count,
        false,
        "Quorum non renseigné",
        "sessions",
        "sessions réalisées dont le quorum n'est pas renseigné (comprises dans le dénominateur de QUA-01)",
        |c| c.sessions_quorum_unknown
    ),
    ratio!(
        "QUA-03",
        true,
        "Médecin traitant renseigné",
        "fiches",
        "fiches comptées qui nomment un médecin traitant",
        "fiches comptées",
        |c| c.fiches_physician,
        |c| c.fiches
    ),
    count!(
        "QUA-03-MT",
        Distinct,
        true,
        "Médecins traitants",
        "médecins",
        "médecins traitants distincts nommés par les fiches comptées",
        |c| c.physicians
    ),
    count!(
        "QUA-04",
        Distinct,
        true,
        "Messagerie sécurisée",
        "médecins",
        "médecins traitants distincts nommés, avec une adresse MSSanté, par au moins une fiche comptée",
        |c| c.physicians_mssante
    ),
    count!(
        "QUA-05-G8",
        Count,
        true,
        "G8 réalisé",
        "fiches",
        "fiches comptées avec une évaluation G8",
        |c| c.fiches_g8
    ),
    count!(
        "QUA-05-OG",
        Count,
        true,
        "Évaluation onco-gériatrique demandée",
        "fiches",
        "fiches comptées avec une évaluation onco-gériatrique demandée",
        |c| c.fiches_oncogeriatric
    ),
    count!(
        "QUA-06",
        Count,
        true,
        "Préservation de la fertilité",
        "fiches",
        "fiches comptées avec une préservation de la fertilité",
        |c| c.fiches_fertility
    ),
    count!(
        "PPS-01",
        Count,
        true,
        "PPS validés",
        "PPS",
        "PPS dont la dernière version est validée, au mois de la validation",
        |c| c.pps_validated
    ),
    ratio!(
        "SOI-01",
        true,
        "Essais cliniques",
        "fiches",
        "fiches comptées qui proposent un essai clinique",
        "patients distincts du périmètre (file active)",
        |c| c.fiches_trial,
        |c| c.patients
    ),
    ratio!(
        "SOI-02",
        true,
        "Référentiel respecté",
        "fiches",
        "fiches comptées qui respectent le référentiel",
        "fiches comptées qui indiquent si le référentiel est respecté",
        |c| c.fiches_guideline,
        |c| c.fiches_guideline_stated
    ),
    count!(
        "SOI-02-NR",
        Count,
        true,
        "Référentiel non renseigné",
        "fiches",
        "fiches comptées qui n'indiquent pas si le référentiel est respecté",
        |c| c.fiches - c.fiches_guideline_stated
    ),
];

/// `QUA-02`, specialists present: for each specialty, attendances (one
/// professional in one specialty at one session held) and sessions held with
/// at least one. Its rows are [`SpecialtyRow`](super::SpecialtyRow)s.
pub static QUA_02: (&str, &str, &str, &str) = (
    "QUA-02",
    "Spécialistes présents",
    "présences d'un professionnel de la spécialité à une session réalisée",
    "sessions réalisées avec au moins un professionnel de la spécialité",
);

/// The definition with this code.
pub fn definition(code: &str) -> Option<&'static Definition> {
    DEFINITIONS.iter().find(|d| d.code == code)
}
