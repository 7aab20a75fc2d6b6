//! Answers of registries and gateways, as events of the ledger.

use chrono::{DateTime, Utc};
use dcc_base::problem::Problems;
use dcc_hl7v2::AckCode;

use super::event::{Event, Outcome, Settles};
use super::rules;
use super::state::{Ledger, Sent, problem};
use crate::mdm::{Answer, BusinessKind, Fault};
use crate::xds::RegistryAnswer;

impl Ledger {
    /// The event of the answer of a registry to a set.
    ///
    /// # Errors
    /// `JOURNAL-LOT-INCONNU`, `JOURNAL-REPONSE-DOUBLE`.
    pub fn answered(
        &self,
        set_id: &str,
        answer: &RegistryAnswer,
        at: DateTime<Utc>,
    ) -> Result<Event, Problems> {
        let sent = self.unsettled(set_id)?;
        let outcomes = (0..sent.documents.len()).map(|rank| {
            if answer.is_taken(rank) {
                return Outcome::Accepted;
            }
            let mut errors = answer.errors.iter().filter(|e| e.is_error);
            let own = errors.clone().find(|e| e.document == Some(rank));
            let error = own.or_else(|| errors.next());
            Outcome::Refused {
                code: error.map_or_else(String::new, |e| e.code.clone()),
                reason: error.map_or_else(String::new, |e| e.context.clone()),
            }
        });
        Ok(Event::Settled {
            at,
            set_id: set_id.to_owned(),
            outcomes: outcomes.collect(),
        })
    }

    /// The event of an answer of the gateway: ACK, or ZAM.
    ///
    /// # Errors
    /// `JOURNAL-MESSAGE-INCONNU`, `JOURNAL-REPONSE-DOUBLE`.
    pub fn gateway_answered(&self, answer: &Answer, at: DateTime<Utc>) -> Result<Event, Problems> {
        let message = match answer {
            Answer::Message(ack) => &ack.message_id,
            Answer::Business(ack) => &ack.message_id,
        };
        let set_id = self
            .messages
            .get(message)
            .ok_or_else(|| Problems::from(problem(&rules::MESSAGE_UNKNOWN, message)))?;
        match answer {
            Answer::Message(ack) if ack.code == AckCode::Accept => {
                let awaits_more = self
                    .sets
                    .get(set_id)
                    .is_some_and(|sent| sent.settles == Settles::Business);
                if awaits_more {
                    return Ok(Event::Received {
                        at,
                        set_id: set_id.clone(),
                    });
                }
                self.settle(set_id, Outcome::Accepted, at)
            }
            Answer::Message(ack) => self.settle(set_id, refused(&ack.faults), at),
            Answer::Business(ack) if ack.kind == BusinessKind::Dmp => {
                let outcome = if ack.is_positive {
                    Outcome::Accepted
                } else {
                    refused(&ack.faults)
                };
                self.settle(set_id, outcome, at)
            }
            Answer::Business(ack) => Ok(Event::Mailed {
                at,
                set_id: set_id.clone(),
                address: ack
                    .recipient
                    .as_ref()
                    .map_or_else(String::new, |(_, a)| a.clone()),
                read: ack.kind == BusinessKind::Read,
                success: ack.is_positive,
            }),
        }
    }

    fn settle(&self, set_id: &str, outcome: Outcome, at: DateTime<Utc>) -> Result<Event, Problems> {
        let sent = self.unsettled(set_id)?;
        Ok(Event::Settled {
            at,
            set_id: set_id.to_owned(),
            outcomes: vec![outcome; sent.documents.len()],
        })
    }

    fn unsettled(&self, set_id: &str) -> Result<&Sent, Problems> {
        let sent = self.sets.get(set_id);
        let sent = sent.ok_or_else(|| Problems::from(problem(&rules::SET_UNKNOWN, set_id)))?;
        if sent.is_settled {
            return Err(problem(&rules::SETTLED, set_id).into());
        }
        Ok(sent)
    }
}

/// The most precise code of the faults.
fn refused(faults: &[Fault]) -> Outcome {
    let Some(fault) = faults.first() else {
        return Outcome::Refused {
            code: String::new(),
            reason: String::new(),
        };
    };
    let code = fault.application.as_ref().unwrap_or(&fault.message);
    Outcome::Refused {
        code: code.code.clone(),
        reason: if fault.text.is_empty() {
            code.label.clone()
        } else {
            fault.text.clone()
        },
    }
}
