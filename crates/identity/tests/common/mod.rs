//! What the tests of the identity share: obviously fictitious patients, a desk, a day.
#![allow(dead_code, clippy::unwrap_used)] // each test uses its part

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use dcc_base::identity::ins::InsKind;
use dcc_base::problem::Problems;
use dcc_identity::registry::{Agent, Command, Event, InsiFound, NewIdentity, Policy, Registry};
use dcc_identity::status::Status;
use dcc_identity::traits::{Sex, Traits};
use dcc_identity::{Authority, Ins, LocalId};

pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

/// DOMINIQUE PAT-TROIS, the public test identity of the ANS.
pub(crate) fn dominique() -> Traits {
    Traits::new("PAT-TROIS", "DOMINIQUE", Sex::Female, day("1979-03-28")).born_in("63220")
}

pub(crate) fn dominique_ins() -> Ins {
    Ins::new("279035121518989", InsKind::NirTest)
}

/// ANNA-MARIA ELSE D'ESSAI, invented.
pub(crate) fn anna() -> Traits {
    Traits::new("D'ESSAI", "ANNA-MARIA ELSE", Sex::Female, day("1962-04-17")).born_in("99109")
}

pub(crate) fn anna_ins() -> Ins {
    Ins::new("262049910901289", InsKind::NirTest)
}

pub(crate) fn found(ins: Ins, traits: Traits) -> InsiFound {
    InsiFound::new(ins, traits)
}

pub(crate) fn ipp(value: &str) -> LocalId {
    LocalId::ipp(value, Authority::oid("CH-TEST", "1.2.250.1.999.1"))
}

/// A registry, a desk and a clock that goes on by a minute at each command.
pub(crate) struct Desk {
    pub(crate) registry: Registry,
    pub(crate) events: Vec<Event>,
    pub(crate) policy: Policy,
    pub(crate) at: DateTime<Utc>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Desk {
            registry: Registry::new(),
            events: Vec::new(),
            policy: Policy::default(),
            at: "2026-03-03T08:00:00Z".parse().unwrap(),
        }
    }

    pub(crate) fn agent() -> Agent {
        Agent::new("A-TEST", "Accueil TEST")
    }

    /// Executes a command: the codes of the warnings, or those of the refusal.
    pub(crate) fn run(&mut self, command: Command) -> Result<Vec<&'static str>, Vec<&'static str>> {
        self.at += TimeDelta::minutes(1);
        let codes = |p: &Problems| p.iter().map(|p| p.code).collect();
        let before = self.registry.sequence();
        match self
            .registry
            .execute(&command, &Self::agent(), self.at, &self.policy)
        {
            Ok((events, warnings)) => {
                self.events.extend(events);
                Ok(codes(&warnings))
            }
            Err(problems) => {
                assert_eq!(
                    self.registry.sequence(),
                    before,
                    "a refusal changes nothing"
                );
                Err(codes(&problems))
            }
        }
    }

    pub(crate) fn create(&mut self, id: &str, traits: Traits) {
        let identity = NewIdentity::new(traits).with_local_id(ipp(id));
        self.run(Command::CreateRecord {
            record: id.into(),
            identity,
        })
        .unwrap();
    }

    pub(crate) fn status(&self, id: &str) -> Status {
        self.registry.record(&id.into()).unwrap().status()
    }

    /// The events give the same registry again, through JSON.
    pub(crate) fn replays(&self) {
        let json = serde_json::to_string(&self.events).unwrap();
        let events: Vec<Event> = serde_json::from_str(&json).unwrap();
        assert_eq!(events, self.events);
        let again = Registry::replay(&events).unwrap();
        assert!(again.records().eq(self.registry.records()));
    }
}
