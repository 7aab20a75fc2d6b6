//! What events change in offers.

use super::{State, misfit};
use crate::problem::Problem;
use crate::rcp::engine::event::{Event, Payload};
use crate::rcp::engine::session::Cancellation;

impl State {
    pub(super) fn change_offer(&mut self, event: &Event) -> Result<(), Problem> {
        match &event.payload {
            Payload::OfferCreated { offer } => {
                if self.offers.contains_key(&offer.id) {
                    return Err(misfit("/fact/offer/id"));
                }
                self.offers.insert(offer.id.clone(), offer.clone());
            }
            Payload::OfferUpdated { offer } => {
                let known = self
                    .offers
                    .get_mut(&offer.id)
                    .ok_or_else(|| misfit("/fact/offer/id"))?;
                known.clone_from(offer);
            }
            Payload::OfferClosed { rcp, reason } => {
                if !self.offers.contains_key(rcp) || self.closed.contains_key(rcp) {
                    return Err(misfit("/fact/rcp"));
                }
                let closing = Cancellation {
                    at: event.at,
                    reason: reason.clone(),
                };
                self.closed.insert(rcp.clone(), closing);
            }
            _ => return Err(misfit("/fact")),
        }
        Ok(())
    }
}
