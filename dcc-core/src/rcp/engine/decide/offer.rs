//! Decisions on offers, and on the planning of their sessions.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::Decision;
use crate::calendar::paris::{french_date_time, from_paris, paris, paris_date};
use crate::problem::{Problem, Problems};
use crate::rcp::engine::command::Command;
use crate::rcp::engine::event::Payload;
use crate::rcp::engine::ids::{RcpId, SessionId};
use crate::rcp::engine::offer::{MAX_CAPACITY, MAX_DURATION, Offer};
use crate::rcp::engine::rights::Action;
use crate::rcp::engine::session::{SessionOrigin, SessionPlan, SessionStatus};
use crate::rcp::rules;

impl Decision<'_> {
    pub(super) fn offer_command(&mut self, command: &Command) {
        match command {
            Command::CreateOffer { offer } => {
                self.right(Action::ManageOffer, &offer.id, &[]);
                self.problems.extend(offer.check("/offer"));
                if self.state.offer(&offer.id).is_some() {
                    self.push(Problem::new(&rules::ID_TAKEN, "/offer/id").found(&offer.id));
                }
                self.payloads.push(Payload::OfferCreated {
                    offer: offer.clone(),
                });
            }
            Command::UpdateOffer { offer } => {
                self.right(Action::ManageOffer, &offer.id, &[]);
                self.live_offer(&offer.id, "/offer/id");
                self.problems.extend(offer.check("/offer"));
                self.payloads.push(Payload::OfferUpdated {
                    offer: offer.clone(),
                });
            }
            Command::CloseOffer { rcp, reason } => {
                self.right(Action::ManageOffer, rcp, &[]);
                self.live_offer(rcp, "/rcp");
                self.text(reason, "/reason");
                let state = self.state;
                for session in state.calendar(rcp) {
                    if session.status != SessionStatus::Held {
                        self.session_in(
                            session,
                            &[SessionStatus::Held, SessionStatus::Cancelled],
                            "/rcp",
                        );
                    }
                }
                self.payloads.push(Payload::OfferClosed {
                    rcp: rcp.clone(),
                    reason: reason.clone(),
                });
            }
            Command::PlanSessions { rcp, from, to } => self.plan_sessions(rcp, *from, *to),
            Command::PlanSession {
                id,
                rcp,
                start,
                duration_minutes,
                capacity,
                establishment,
            } => {
                self.new_id(id.as_str(), self.state.session(id).is_some(), "/id");
                self.right(Action::PlanSession, rcp, &[]);
                let Some(offer) = self.live_offer(rcp, "/rcp") else {
                    return;
                };
                self.number(*duration_minutes, MAX_DURATION, "/duration_minutes");
                self.number(*capacity, MAX_CAPACITY, "/capacity");
                if let Some(finess) = establishment
                    && !offer.establishments.contains(finess)
                {
                    self.push(
                        Problem::new(&rules::ESTABLISHMENT, "/establishment")
                            .found(finess)
                            .allowed(&offer.establishments),
                    );
                }
                let Some(start) = self.start(*start, rcp, None) else {
                    return;
                };
                let mut plan = planned(offer, id.clone(), start, SessionOrigin::Manual);
                plan.duration_minutes = duration_minutes.unwrap_or(plan.duration_minutes);
                plan.capacity = capacity.or(plan.capacity);
                if let Some(finess) = establishment {
                    plan.establishment.clone_from(finess);
                }
                self.payloads.push(Payload::SessionPlanned { plan });
            }
            _ => {}
        }
    }

    fn number(&mut self, value: Option<u32>, high: u32, path: &str) {
        if let Some(value) = value.filter(|v| !(1..=high).contains(v)) {
            self.push(
                Problem::new(&rules::NUMBER, path)
                    .found(value)
                    .allowed([format!("de 1 à {high}")]),
            );
        }
    }

    /// The instant of a wall-clock start: it exists, is to come, and no other
    /// session of the RCP (but `itself`) starts then.
    pub(super) fn start(
        &mut self,
        local: NaiveDateTime,
        rcp: &RcpId,
        itself: Option<&SessionId>,
    ) -> Option<DateTime<Utc>> {
        let Some(start) = from_paris(local) else {
            self.push(Problem::new(&rules::LOCAL_TIME, "/start").found(local));
            return None;
        };
        if start <= self.at {
            self.push(
                Problem::new(&rules::SESSION_PAST, "/start")
                    .found(french_date_time(start))
                    .allowed([format!("après le {}", french_date_time(self.at))]),
            );
        }
        let other = self.state.session_at(rcp, start).map(|s| &s.plan.id);
        if let Some(other) = other.filter(|other| Some(*other) != itself) {
            self.push(Problem::new(&rules::SESSION_CLASH, "/start").found(other));
        }
        Some(start)
    }

    fn plan_sessions(&mut self, rcp: &RcpId, from: NaiveDate, to: NaiveDate) {
        self.right(Action::PlanSession, rcp, &[]);
        let Some(offer) = self.live_offer(rcp, "/rcp") else {
            return;
        };
        let today = paris_date(self.at);
        if from < today {
            self.push(
                Problem::new(&rules::SESSION_PAST, "/from")
                    .found(from)
                    .allowed([format!("{today} ou après")]),
            );
        }
        let Some(recurrence) = &offer.recurrence else {
            self.push(Problem::new(&rules::NO_RECURRENCE, "/rcp").found(rcp));
            return;
        };
        let plan = match recurrence.plan(from, to) {
            Ok(plan) => plan,
            Err(problems) => {
                let problems: Problems = problems;
                self.problems.extend(problems);
                return;
            }
        };
        for occurrence in plan.occurrences {
            let local = paris(occurrence.start);
            let id = SessionId::from(format!("{rcp}-{}", local.format("%Y%m%dT%H%M")));
            let known = self.state.session(&id).is_some()
                || self.state.session_at(rcp, occurrence.start).is_some();
            if known || occurrence.start <= self.at {
                continue;
            }
            let origin = SessionOrigin::Recurrence {
                moved_from: occurrence.moved_from,
            };
            let plan = planned(offer, id, occurrence.start, origin);
            self.payloads.push(Payload::SessionPlanned { plan });
        }
    }
}

/// A session as the offer has it.
fn planned(
    offer: &Offer,
    id: SessionId,
    start: DateTime<Utc>,
    origin: SessionOrigin,
) -> SessionPlan {
    SessionPlan {
        id,
        rcp: offer.id.clone(),
        start,
        duration_minutes: offer.duration_minutes,
        capacity: offer.capacity,
        enrolment_deadline: offer.deadline_of(start),
        establishment: offer.establishments.first().cloned().unwrap_or_default(),
        centre_3c: offer.centre_3c.id.clone(),
        theme: offer.theme.clone(),
        origin,
    }
}
