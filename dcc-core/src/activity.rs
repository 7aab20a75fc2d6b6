//! The facts of the indicators, taken from what stands below: the life of the
//! RCPs ([`crate::rcp::State`]), the fiche RCP and the PPS. Neither of these
//! knows the indicators, nor they these.
//!
//! | fact | of the life of the RCPs |
//! |---|---|
//! | [`SessionFact`] | every session, planned to come or cancelled too: *held* when it ended, *cancelled*, otherwise *planned* (a session under way is not held yet). Date of its start in Paris; establishment, 3C and theme of its plan, which a later change of the offer leaves as they were; quorum as judged when it started, not stated before. |
//! | [`SessionAttendance`] | everyone recorded at the session, even those who left before its end: one professional, in the last specialty recorded |
//! | [`FicheFact`] | the **latest** version of each fiche ([`Fiche::latest`](crate::rcp::Fiche::latest)), validated or not. So a validated fiche under correction counts as not validated until its new version is: the latest version alone counts, not the one [in force](crate::rcp::Fiche::in_force). Its session is its case's; its flags are those of its draft. |
//! | [`OfferFact`] | every offer, closed ones with their date, since the period may hold sessions of theirs. Its id is the national one, the host's own when there is none; the host's id is always among the local ids, since sessions name their RCP by it. |
//!
//! A host that keeps documents without the state machines has
//! [`FicheFact::from_fiche`]; PPS come from [`PpsFact::from_pps`]. What the
//! indicators ask of a fiche beside its status, a [`FicheRcp`] states so
//! (`FicheFlags::from(&fiche)`):
//!
//! | flag | of a [`FicheRcp`] |
//! |---|---|
//! | `attending_physician` | `participants.attending_physician`, when *named*: the RPPS number as it stands; without one, the first other identifier as `root^extension`; without any, `nom:` and the name (two homonyms then count as one). None when the patient has none, or when it is not known. |
//! | `attending_physician_mssante` | true when that professional has a telecom `mailto:` whose domain ends in `.mssante.fr`. The citizen's domain, `patient.mssante.fr`, is none of a physician's; an address of the practice alone (`organization.telecoms`) does not count. |
//! | `g8` | `indicators.g8_done` is true, or `functional_status.geriatric` has a screening whose tool is named with the word `G8` |
//! | `oncogeriatric_requested` | `indicators.oncogeriatric_assessment_requested` is true |
//! | `fertility_preservation` | `indicators.fertility_preservation` is true |
//! | `trial_proposed` | `frame.clinical_trial` is true |
//! | `guideline_respected` | `indicators.guideline_respected`; when not given, false if a guideline of `frame.guidelines` has a reason why it was `not_followed`, otherwise not stated: a guideline that is cited is not one that is respected |
//!
//! A fiche whose case is on no agenda (waiting, withdrawn, or referred before
//! it was discussed) has no session, hence no month: it is no fact, and
//! [`Facts::without_session`] names it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::calendar::paris::paris_date;
use crate::document::fiche_rcp::{FicheRcp, GeriatricScreening};
use crate::document::pps::Pps;
use crate::facts::{
    FicheFact, FicheFlags, OfferFact, Origin, PpsFact, SessionAttendance, SessionFact,
    SessionFactStatus,
};
use crate::identity::mssante;
use crate::indicators::FactStore;
use crate::model::{
    AttendingPhysician, DocumentStatus, PartialDateTime, Participant, Professional,
};
use crate::rcp::{Cancellation, Enrolment, FicheVersion, Offer, Session, SessionStatus, State};

/// What the life of the RCPs gives to the indicators and to the export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Sessions with their attendance, by id.
    pub sessions: Vec<SessionFact>,
    /// Fiches, each in its latest version, by id.
    pub fiches: Vec<FicheFact>,
    /// Offers, by the host's id.
    pub offers: Vec<OfferFact>,
    /// Fiches that are no fact, their case being on no agenda; by id.
    pub without_session: Vec<String>,
}

/// The facts of a state, by the table of the [module](self).
pub fn facts_of(state: &State) -> Facts {
    let mut facts = Facts {
        sessions: state.sessions().map(SessionFact::from_session).collect(),
        offers: state
            .offers()
            .map(|offer| OfferFact::from_offer(offer, state.closing(&offer.id)))
            .collect(),
        ..Facts::default()
    };
    for fiche in state.fiches() {
        match (state.context_of(fiche), fiche.latest()) {
            (Some((case, Some(session))), Some(version)) => facts.fiches.push(
                FicheFact::from_version(fiche.id.as_str(), version, case, session),
            ),
            _ => facts.without_session.push(fiche.id.to_string()),
        }
    }
    facts
}

impl Facts {
    /// Adds the sessions and the fiches to a store; how many it took. A
    /// problem of a fact names it: `session R1-20260106T1400`.
    pub fn add_to(&self, store: &mut FactStore) -> usize {
        let mut taken = 0;
        for fact in &self.sessions {
            let source = format!("session {}", fact.id);
            taken += usize::from(store.add_session(fact, Origin::new(&source, 0)));
        }
        for fact in &self.fiches {
            let source = format!("fiche {}", fact.id);
            taken += usize::from(store.add_fiche(fact, Origin::new(&source, 0)));
        }
        taken
    }

    /// The part of the facts that a test on sessions keeps, for example
    /// those of one month, with their fiches; all the offers.
    #[must_use]
    pub fn part(&self, keep: impl Fn(&SessionFact) -> bool) -> Facts {
        let sessions: Vec<SessionFact> =
            self.sessions.iter().filter(|s| keep(s)).cloned().collect();
        let ids: BTreeSet<&str> = sessions.iter().map(|s| s.id.as_str()).collect();
        let fiches = self.fiches.iter();
        let fiches = fiches
            .filter(|f| ids.contains(f.session.as_str()))
            .cloned()
            .collect();
        Facts {
            fiches,
            sessions,
            offers: self.offers.clone(),
            without_session: Vec::new(),
        }
    }
}

impl SessionFact {
    /// The fact of a session.
    pub fn from_session(session: &Session) -> Self {
        let plan = &session.plan;
        let status = match session.status {
            SessionStatus::Held => SessionFactStatus::Held,
            SessionStatus::Cancelled => SessionFactStatus::Cancelled,
            SessionStatus::Planned
            | SessionStatus::Open
            | SessionStatus::Closed
            | SessionStatus::Started => SessionFactStatus::Planned,
        };
        SessionFact {
            establishment: Some(plan.establishment.clone()),
            centre_3c: Some(plan.centre_3c.clone()),
            theme: Some(plan.theme.clone()),
            quorum_reached: session.quorum.as_ref().map(|quorum| quorum.reached),
            attendances: session
                .attendances
                .values()
                .map(|attendance| {
                    let attendee = &attendance.attendee;
                    let specialty = attendee.specialty.as_deref();
                    SessionAttendance::new(attendee.professional.as_str(), specialty)
                })
                .collect(),
            ..SessionFact::new(plan.id.as_str(), plan.rcp.as_str(), session.date(), status)
        }
    }
}

impl FicheFact {
    /// The fact of a version of a fiche, whose case is on the agenda of
    /// `session`.
    fn from_version(id: &str, version: &FicheVersion, case: &Enrolment, session: &Session) -> Self {
        FicheFact {
            validated: version.status.is_validated(),
            ..FicheFact::validated(
                id,
                version.number,
                session.plan.id.as_str(),
                case.patient.as_str(),
            )
        }
        .with_flags(version.draft.flags.clone())
    }

    /// The fact of a fiche RCP alone, of a host that does not use the life
    /// of the RCPs; `session` and `patient` are the keys of the session, as
    /// in [`SessionFact::id`], and of the patient.
    ///
    /// The id is the one common to all versions (`header.set_id`, written
    /// `root^extension`), the version `header.version`. The fiche is
    /// validated when the code of `status` is `9571008` (approved), and only
    /// then. The flags are those of the table of the [module](self).
    pub fn from_fiche(
        fiche: &FicheRcp,
        session: impl Into<String>,
        patient: impl Into<String>,
    ) -> Self {
        let header = &fiche.header;
        FicheFact {
            validated: fiche.status.is(DocumentStatus::APPROVED),
            ..FicheFact::validated(header.set_id.to_string(), header.version, session, patient)
        }
        .with_flags(FicheFlags::from(fiche))
    }
}

impl PpsFact {
    /// The fact of a PPS; `patient` is the key of the patient.
    ///
    /// The id is the one common to all versions (`header.set_id`, written
    /// `root^extension`), the version `header.version`. It is validated when
    /// [`Pps::is_validated`]; the day is that of the status, when it has none
    /// that of the signature (`header.legal_authenticator.time`), when it has
    /// none that of the document (`header.created`, which every PPS that
    /// [`Pps::check`] accepts has); of an instant, the day in Paris. The
    /// establishment is the FINESS of `context.establishment`, else of the
    /// first reference establishment that has one; the 3C, the FINESS of
    /// `team.coordination_centre`. A host whose sessions name the 3C by
    /// another code sets it, and the theme, which a PPS does not state.
    pub fn from_pps(pps: &Pps, patient: impl Into<String>) -> Self {
        let header = &pps.header;
        let dates = [
            pps.status.date,
            header.legal_authenticator.time,
            header.created,
        ];
        let day = dates.into_iter().flatten().find_map(paris_day);
        let finess = |participant: &Participant| {
            let organization = participant.professional.organization.as_ref();
            organization.and_then(|organization| organization.finess.clone())
        };
        let team = &pps.team;
        PpsFact {
            validated_on: day.filter(|_| pps.is_validated()),
            establishment: pps
                .context
                .establishment
                .finess
                .clone()
                .or_else(|| team.reference_establishments.iter().find_map(finess)),
            centre_3c: team.coordination_centre.as_ref().and_then(finess),
            ..PpsFact::new(header.set_id.to_string(), header.version, patient)
        }
    }
}

/// Calendar date in Paris of a moment known to the day at least.
fn paris_day(moment: PartialDateTime) -> Option<NaiveDate> {
    moment
        .to_instant()
        .map(paris_date)
        .or_else(|| moment.to_date())
}

impl OfferFact {
    /// The fact of an offer, and of its closing if it was closed.
    pub fn from_offer(offer: &Offer, closing: Option<&Cancellation>) -> Self {
        let own = offer.id.as_str();
        let id = offer.national_id.as_deref().unwrap_or(own);
        let mut local_ids = offer.local_ids.clone();
        if id != own && !local_ids.iter().any(|local| local == own) {
            local_ids.push(own.to_owned());
        }
        let deadline = offer.enrolment_deadline;
        OfferFact {
            local_ids,
            theme: Some(offer.theme.clone()),
            organ_systems: offer.organ_systems.clone(),
            establishments: offer.establishments.clone(),
            centre_3c: Some(offer.centre_3c.id.clone()),
            place: offer.place.clone(),
            video_link: offer.video_link.clone(),
            coordinators: offer.coordinators.iter().map(ToString::to_string).collect(),
            secretariat: Some(offer.secretariat.to_string()),
            recurrence: offer
                .recurrence
                .as_ref()
                .map(|recurrence| recurrence.describe()),
            capacity: offer.capacity,
            enrolment_deadline: Some(deadline.map_or_else(
                || "jusqu'au début de la session".to_owned(),
                |deadline| deadline.to_string(),
            )),
            quorum_rule: Some(offer.quorum.to_string()),
            recourse: offer.recourse,
            closed_on: closing.map(|closing| paris_date(closing.at)),
            ..OfferFact::new(id, offer.name.as_str())
        }
    }
}

impl From<&FicheRcp> for FicheFlags {
    /// By the table of the [module](self).
    fn from(fiche: &FicheRcp) -> Self {
        let physician = match &fiche.participants.attending_physician {
            Some(AttendingPhysician::Named(participant)) => Some(&participant.professional),
            Some(AttendingPhysician::None | AttendingPhysician::Unknown) | None => None,
        };
        let key = physician.and_then(key);
        let screened = fiche
            .functional_status
            .iter()
            .flat_map(|status| &status.geriatric)
            .any(GeriatricScreening::is_g8);
        let indicators = &fiche.indicators;
        let departs = fiche.frame.guidelines.iter().any(|guideline| {
            let reason = guideline.not_followed.as_deref();
            reason.is_some_and(|reason| !reason.trim().is_empty())
        });
        FicheFlags {
            attending_physician_mssante: key.is_some()
                && physician.is_some_and(|p| {
                    p.telecoms
                        .iter()
                        .any(|telecom| mssante::is_professional(&telecom.uri))
                }),
            attending_physician: key,
            g8: indicators.g8_done == Some(true) || screened,
            oncogeriatric_requested: indicators.oncogeriatric_assessment_requested == Some(true),
            fertility_preservation: indicators.fertility_preservation == Some(true),
            trial_proposed: fiche.frame.clinical_trial == Some(true),
            guideline_respected: indicators.guideline_respected.or(departs.then_some(false)),
        }
    }
}

/// Key of a professional; none when nothing names them.
fn key(professional: &Professional) -> Option<String> {
    let named = |key: &String| !key.trim().is_empty();
    professional
        .rpps()
        .map(|rpps| rpps.trim().to_owned())
        .filter(named)
        .or_else(|| {
            let id = professional.ids.first()?.to_identifier();
            Some(id.to_string()).filter(named)
        })
        .or_else(|| {
            let (family, given) = (&professional.name.family, &professional.name.given);
            let given = given.as_deref().unwrap_or_default();
            let name = format!("{} {}", family.trim(), given.trim()).to_uppercase();
            Some(name.trim().to_owned())
                .filter(named)
                .map(|name| format!("nom:{name}"))
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::document::fiche_rcp::{FunctionalStatus, GeriatricScreening, Guideline};
    use crate::model::{Identifier, ProfessionalId, Telecom};

    fn flags(change: impl FnOnce(&mut FicheRcp)) -> FicheFlags {
        let mut fiche = FicheRcp::default();
        change(&mut fiche);
        FicheFlags::from(&fiche)
    }

    fn physician(ids: Vec<ProfessionalId>, family: &str, uris: &[&str]) -> FicheFlags {
        let mut participant = Participant::default();
        let professional = &mut participant.professional;
        professional.ids = ids;
        professional.name.family = family.into();
        let telecom = |uri: &&str| Telecom {
            uri: (*uri).into(),
            ..Telecom::default()
        };
        professional.telecoms = uris.iter().map(telecom).collect();
        let named = AttendingPhysician::Named(Box::new(participant));
        flags(|f| f.participants.attending_physician = Some(named))
    }

    #[test]
    fn nothing_said_is_nothing_counted() {
        assert_eq!(flags(|_| ()), FicheFlags::default());
        for none in [AttendingPhysician::None, AttendingPhysician::Unknown] {
            let flags = flags(|f| f.participants.attending_physician = Some(none));
            assert_eq!(flags, FicheFlags::default());
        }
        // an address alone names nobody
        let nobody = physician(vec![], " ", &["mailto:a@essai.mssante.fr"]);
        assert_eq!(nobody, FicheFlags::default());
    }

    #[test]
    fn the_attending_physician_has_one_key() {
        let local = ProfessionalId::Local(Identifier::new("1.2.3", "M7"));
        let rpps = ProfessionalId::Rpps("01234567897".into());
        let key = |ids, family| physician(ids, family, &[]).attending_physician;
        assert_eq!(
            key(vec![local.clone(), rpps], "ESSAI").as_deref(),
            Some("01234567897")
        );
        assert_eq!(key(vec![local], "ESSAI").as_deref(), Some("1.2.3^M7"));
        assert_eq!(key(vec![], " Essai ").as_deref(), Some("nom:ESSAI"));
    }

    #[test]
    fn a_secure_address_is_known_by_its_domain() {
        let secure = |uri| physician(vec![], "ESSAI", &[uri]).attending_physician_mssante;
        for yes in [
            "mailto:dr.essai@medecin.mssante.fr",
            "MAILTO:dr@Essai.MSSante.fr?subject=x",
        ] {
            assert!(secure(yes), "{yes}");
        }
        for no in [
            "mailto:dr.essai@mssante.fr.example",
            "mailto:dr.essai@fauxmssante.fr",
            "mailto:279035121518989@patient.mssante.fr",
            "mailto:@medecin.mssante.fr",
            "tel:0100000000",
            "",
        ] {
            assert!(!secure(no), "{no}");
        }
    }

    #[test]
    fn a_g8_is_declared_or_screened() {
        let tool = |tool: &str| {
            let screening = GeriatricScreening {
                tool: Some(tool.into()),
                ..GeriatricScreening::default()
            };
            let status = FunctionalStatus {
                geriatric: vec![screening],
                ..FunctionalStatus::default()
            };
            flags(|f| f.functional_status = Some(status)).g8
        };
        assert!(flags(|f| f.indicators.g8_done = Some(true)).g8);
        assert!(!flags(|f| f.indicators.g8_done = Some(false)).g8);
        assert!(tool("G8") && tool("Score g8 (ONCODAGE)"));
        assert!(!tool("VES-13") && !tool("G88"));
    }

    #[test]
    fn a_guideline_cited_is_not_one_respected() {
        let respected = |stated, reason: Option<&str>| {
            flags(|f| {
                f.indicators.guideline_respected = stated;
                f.frame.guidelines = vec![Guideline {
                    name: Some("Référentiel d'essai".into()),
                    not_followed: reason.map(str::to_owned),
                    ..Guideline::default()
                }];
            })
            .guideline_respected
        };
        assert_eq!(respected(None, None), None);
        assert_eq!(respected(None, Some(" ")), None);
        assert_eq!(respected(None, Some("âge")), Some(false));
        assert_eq!(respected(Some(true), Some("âge")), Some(true));
        assert_eq!(respected(Some(false), None), Some(false));
    }

    #[test]
    fn what_the_fiche_says_is_taken_over() {
        let all = flags(|f| {
            f.indicators.oncogeriatric_assessment_requested = Some(true);
            f.indicators.fertility_preservation = Some(true);
            f.frame.clinical_trial = Some(true);
        });
        assert!(all.oncogeriatric_requested && all.fertility_preservation && all.trial_proposed);
    }
}
