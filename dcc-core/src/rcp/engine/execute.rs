//! A command decided and applied in one go.

use chrono::{DateTime, Utc};

use super::actor::Actor;
use super::command::Command;
use super::decide::decide;
use super::event::Event;
use super::state::State;
use crate::problem::Problems;

impl State {
    /// Decides a command and applies its events, which the host stores.
    ///
    /// The state is changed before the host has stored anything: a host that
    /// may fail to store decides, stores, then applies, as the example of the
    /// [module](crate::rcp) does.
    ///
    /// # Errors
    /// All the problems of the command; the state is then unchanged.
    pub fn execute(
        &mut self,
        command: &Command,
        actor: &Actor,
        at: DateTime<Utc>,
    ) -> Result<Vec<Event>, Problems> {
        let events = decide(self, command, actor, at)?;
        for event in &events {
            self.apply(event)?;
        }
        Ok(events)
    }
}
