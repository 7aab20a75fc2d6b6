//! Facts taken from the objects of the domain: the life of the RCPs
//! ([`crate::rcp::State`]), the fiche RCP and the PPS.
//!
//! | fact | of the life of the RCPs |
//! |---|---|
//! | [`SessionFact`] | every session, planned to come or cancelled too: *held* when it ended, *cancelled*, otherwise *planned* (a session under way is not held yet). Date of its start in Paris; establishment, 3C and theme of its plan, which a later change of the offer leaves as they were; quorum as judged when it started, not stated before. |
//! | [`Attendance`] | everyone recorded at the session, even those who left before its end: one professional, in the last specialty recorded |
//! | [`FicheFact`] | the **latest** version of each fiche ([`Fiche::latest`](crate::rcp::Fiche::latest)), validated or not. So a validated fiche under correction counts as not validated until its new version is: the latest version alone counts, not the one [in force](crate::rcp::Fiche::in_force). Its session is its case's; its flags are those of `rcp::flags`. |
//! | [`OfferFact`] | every offer, closed ones with their date, since the period may hold sessions of theirs. Its id is the national one, the host's own when there is none; the host's id is always among the local ids, since sessions name their RCP by it. |
//!
//! A host that keeps documents without the state machines has
//! [`FicheFact::from_fiche`]; PPS come from [`PpsFact::from_pps`].
//!
//! A fiche whose case is on no agenda (waiting, withdrawn, or referred before
//! it was discussed) has no session, hence no month: it is no fact, and
//! [`Facts::without_session`] names it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::aggregate::Aggregate;
use super::facts::{Attendance, FicheFact, OfferFact, Origin, PpsFact, SessionFact, SessionStatus};
use crate::calendar::paris::paris_date;
use crate::fiche_rcp::FicheRcp;
use crate::model::{DocumentStatus, PartialDateTime, Participant};
use crate::pps::Pps;
use crate::rcp::{self, Enrolment, FicheFlags, FicheVersion, Offer, Session, State};

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

/// The facts of a state, as the table of the [module](self) says.
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
    /// Adds the sessions and the fiches to an aggregate; how many it took.
    /// A problem of a fact names it: `session R1-20260106T1400`.
    pub fn add_to(&self, aggregate: &mut Aggregate) -> usize {
        let mut taken = 0;
        for fact in &self.sessions {
            let source = format!("session {}", fact.id);
            taken += usize::from(aggregate.add_session(fact, Origin::new(&source, 0)));
        }
        for fact in &self.fiches {
            let source = format!("fiche {}", fact.id);
            taken += usize::from(aggregate.add_fiche(fact, Origin::new(&source, 0)));
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
        SessionFact {
            id: plan.id.to_string(),
            rcp: plan.rcp.to_string(),
            date: session.date(),
            status: match session.status {
                rcp::SessionStatus::Held => SessionStatus::Held,
                rcp::SessionStatus::Cancelled => SessionStatus::Cancelled,
                rcp::SessionStatus::Planned
                | rcp::SessionStatus::Open
                | rcp::SessionStatus::Closed
                | rcp::SessionStatus::Started => SessionStatus::Planned,
            },
            establishment: Some(plan.establishment.clone()),
            centre_3c: Some(plan.centre_3c.clone()),
            theme: Some(plan.theme.clone()),
            quorum_reached: session.quorum.as_ref().map(|quorum| quorum.reached),
            attendances: session
                .attendances
                .values()
                .map(|attendance| Attendance {
                    professional: attendance.attendee.professional.clone(),
                    specialty: attendance.attendee.specialty.clone(),
                })
                .collect(),
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
        .with_flags(&version.draft.flags)
    }

    /// The fact of a fiche RCP alone, of a host that does not use the life
    /// of the RCPs; `session` and `patient` are the keys of the session, as
    /// in [`SessionFact::id`], and of the patient.
    ///
    /// The id is the one common to all versions (`header.set_id`, written
    /// `root^extension`), the version `header.version`. The fiche is
    /// validated when the code of `status` is `9571008` (approved), and only
    /// then. The rest is told by `rcp::flags`.
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
        .with_flags(&FicheFlags::from(fiche))
    }

    /// The same fact with these flags.
    #[must_use]
    pub fn with_flags(self, flags: &FicheFlags) -> Self {
        FicheFact {
            attending_physician: flags.attending_physician.clone(),
            attending_physician_mssante: flags.attending_physician_mssante,
            g8: flags.g8,
            oncogeriatric_requested: flags.oncogeriatric_requested,
            fertility_preservation: flags.fertility_preservation,
            trial_proposed: flags.trial_proposed,
            guideline_respected: flags.guideline_respected,
            ..self
        }
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
    /// another code sets it, and the theme, which a PPS does not say.
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
            id: header.set_id.to_string(),
            version: header.version,
            patient: patient.into(),
            validated_on: day.filter(|_| pps.is_validated()),
            establishment: pps
                .context
                .establishment
                .finess
                .clone()
                .or_else(|| team.reference_establishments.iter().find_map(finess)),
            centre_3c: team.coordination_centre.as_ref().and_then(finess),
            theme: None,
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
    pub fn from_offer(offer: &Offer, closing: Option<&rcp::Cancellation>) -> Self {
        let own = offer.id.as_str();
        let id = offer.national_id.as_deref().unwrap_or(own);
        let mut local_ids = offer.local_ids.clone();
        if id != own && !local_ids.iter().any(|local| local == own) {
            local_ids.push(own.to_owned());
        }
        let deadline = offer.enrolment_deadline;
        OfferFact {
            id: id.to_owned(),
            local_ids,
            name: offer.name.clone(),
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
        }
    }
}
