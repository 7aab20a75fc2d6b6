//! A PPS started from a fiche RCP.

use super::model::{CareAct, CareState, DocumentReference, Paediatrics, Pps};
use super::rules;
use crate::fiche_rcp::{FicheRcp, ProposedTreatment, TreatmentStatus};
use crate::model::{Code, DocumentStatus, Header, Identifier, PartialDateTime, Period};
use crate::problem::{Problem, Problems};

/// *Surveillance seule*.
const SURVEILLANCE: &str = "MED-226";
/// *Soutien à la mise en œuvre de la préservation de la fertilité*.
const FERTILITY: &str = crate::supportive_care::SupportKind::FertilityPreservation.code();

/// What a fiche's type of treatment is in a PPS; none where a PPS has no such
/// treatment. Every type of JDV_TypeTraitement_FRCP_CISIS is here once.
static TREATMENTS: &[(&str, Option<&str>)] = &[
    ("387713003", Some("387713003")),
    ("C15313", Some("C15313")),
    ("C15195", Some("C15195")),
    ("C15632", Some("C15632")),
    ("C93352", Some("C93352")),
    // hormonothérapie has another code in each set
    ("C547", Some("C15445")),
    ("C15262", Some("C15262")),
    ("C63334", Some("C63334")),
    ("MED-556", Some("MED-556")),
    ("MED-226", Some("MED-226")),
    ("MED-227", Some("MED-227")),
    ("C157891", Some("C157891")),
    ("MED-232", Some("MED-232")),
    ("MED-126", Some("MED-126")),
    ("GEN-092.03.01", Some("GEN-092.03.01")),
    ("GEN-092.03.02", Some("GEN-092.03.01")),
    // supportive and palliative care are no treatment of the programme
    ("C15747", None),
    ("C15252", None),
];

/// A PPS started, and what is left to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Started {
    /// The PPS: *en cours*, version 1.
    pub pps: Pps,
    /// What of the fiche was not carried over (`PPS-REPRISE`), with its JSON
    /// pointer *in the fiche*.
    pub not_carried: Problems,
    /// What must still be entered, or is wrong already: the problems of the
    /// PPS, with their JSON pointers in it.
    pub to_enter: Problems,
}

impl Pps {
    /// Starts a PPS from what an RCP proposed: patient, diagnosis, phase, date
    /// of the RCP, treatments done and under way, first-intention proposals to
    /// come; the fiche is referenced. Author, responsible professional, 3C,
    /// place and handover are the PPS's own and listed as to be entered.
    pub fn from_fiche(
        fiche: &FicheRcp,
        id: Identifier,
        set_id: Identifier,
        created: PartialDateTime,
    ) -> Started {
        let mut pps = Pps {
            header: Header {
                id,
                set_id,
                version: 1,
                created: Some(created),
                confidentiality: fiche.header.confidentiality.clone(),
                language: fiche.header.language.clone(),
                patient: fiche.header.patient.clone(),
                custodian: fiche.header.custodian.clone(),
                ..Header::default()
            },
            patient_comment: fiche.patient_comment.clone(),
            tumours: fiche.tumours.clone(),
            from_screening: fiche.from_screening.clone(),
            phase: Some(fiche.phase.clone()),
            rcp_date: fiche
                .rcp
                .date
                .map(|d| d.to_date().map_or(d, PartialDateTime::date)),
            status: DocumentStatus {
                code: Some(Code::new(DocumentStatus::IN_PROGRESS)),
                date: Some(created),
                comment: None,
            },
            references: vec![DocumentReference {
                kind: Some("FRCP".to_owned()),
                id: fiche.header.id.clone(),
                text: None,
            }],
            ..Pps::default()
        };
        pps.team.attending_physician = fiche.participants.attending_physician.clone();
        if fiche.reason.paediatric.is_some_and(|a| a.value) {
            pps.paediatrics = Some(Paediatrics {
                paediatric: fiche.reason.paediatric,
                ..Paediatrics::default()
            });
        }
        if fiche.indicators.fertility_preservation == Some(true) {
            pps.support.care.push(CareAct {
                kind: Some(Code::new(FERTILITY)),
                state: Some(CareState::Planned),
                ..CareAct::default()
            });
        }
        let not_carried = pps.carry_treatments(fiche);
        let to_enter = pps.check();
        Started {
            pps,
            not_carried,
            to_enter,
        }
    }

    fn carry_treatments(&mut self, fiche: &FicheRcp) -> Problems {
        let mut left = Problems::new();
        for (i, t) in fiche.past_treatments.iter().enumerate() {
            let path = format!("/past_treatments/{i}");
            let state = match t.status {
                Some(TreatmentStatus::Done) => CareState::Done,
                Some(TreatmentStatus::Ongoing) => CareState::Ongoing,
                Some(TreatmentStatus::NotDone) | None => {
                    left.push(not_carried(path, t.kind.as_ref(), "non réalisé"));
                    continue;
                }
            };
            match kind(t.kind.as_ref(), t.detail.as_ref()) {
                Some((kind, detail)) => self.programme.treatments.push(CareAct {
                    kind: Some(kind),
                    detail,
                    state: Some(state),
                    confirmed: t.period,
                    comment: t.comment.clone(),
                    ..CareAct::default()
                }),
                None => left.push(not_carried(path, t.kind.as_ref(), "sans équivalent")),
            }
        }
        let mut proposed: Vec<(usize, &ProposedTreatment)> =
            fiche.proposal.treatments.iter().enumerate().collect();
        proposed.sort_by_key(|(i, t)| (t.order.unwrap_or(u32::MAX), *i));
        for (i, t) in proposed {
            let path = format!("/proposal/treatments/{i}");
            if t.intention > 1 {
                left.push(not_carried(path, t.kind.as_ref(), "alternative"));
                continue;
            }
            match kind(t.kind.as_ref(), t.name.as_ref()) {
                Some((kind, detail)) => self.programme.treatments.push(CareAct {
                    kind: Some(kind),
                    detail,
                    state: Some(CareState::Planned),
                    planned: t.period,
                    comment: t.detail.clone(),
                    ..CareAct::default()
                }),
                None => left.push(not_carried(path, t.kind.as_ref(), "sans équivalent")),
            }
        }
        if let Some(words) = &fiche.proposal.surveillance {
            self.programme.treatments.push(CareAct {
                kind: Some(Code::new(SURVEILLANCE)),
                detail: Some(words.clone()),
                state: Some(CareState::Planned),
                planned: Period::default(),
                ..CareAct::default()
            });
        }
        for (i, request) in fiche.proposal.requests.iter().enumerate() {
            let path = format!("/proposal/requests/{i}");
            left.push(Problem::new(&rules::NOT_CARRIED, path).found(&request.text));
        }
        left
    }
}

/// The PPS's type for a fiche's, with the words that say it.
fn kind(kind: Option<&Code>, words: Option<&String>) -> Option<(Code, Option<String>)> {
    let code = kind?;
    let (from, to) = TREATMENTS.iter().find(|(from, _)| *from == code.code)?;
    let to = (*to)?;
    // what becomes « Autre » keeps its name
    let words = words.cloned().or_else(|| {
        (to != *from && to.starts_with("GEN-092"))
            .then(|| "Autre(s) traitement(s) médicamenteux spécifique(s)".to_owned())
    });
    Some((Code::new(to), words))
}

fn not_carried(path: String, kind: Option<&Code>, why: &str) -> Problem {
    let found = kind.map_or("type absent", |c| &c.code);
    Problem::new(&rules::NOT_CARRIED, path).found(format!("{found} ({why})"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::terminology::{Jdv, Terminology};

    #[test]
    fn every_type_of_a_fiche_is_mapped_to_one_of_a_pps_or_to_none() {
        let t = Terminology::embedded();
        let codes: Vec<_> = t
            .set(Jdv::TypeTraitementFrcp)
            .iter()
            .map(|c| c.code.to_string())
            .collect();
        let mapped: Vec<_> = TREATMENTS
            .iter()
            .map(|(from, _)| from.to_string())
            .collect();
        assert_eq!(codes, mapped);
        for (_, to) in TREATMENTS {
            assert!(to.is_none_or(|to| t.set(Jdv::TypeTraitementPps).find(to).is_some()));
        }
    }
}
