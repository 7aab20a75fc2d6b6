//! Life of an RCP (*réunion de concertation pluridisciplinaire*): its offer,
//! its sessions, the cases enrolled, who attended, the fiches and their
//! validation.
//!
//! - `engine`: commands, events, and the state that they give
//! - `calendar`: when an RCP meets
//! - `exchange`: [`ical`], and the [`journal`] of the actions
//! - [`rights`]: who may do what
//! - [`rules`]: what can be wrong with a command or an event
//!
//! Everything is a pure state machine: [`decide()`] takes the [`State`], a
//! [`Command`], its [`Actor`] and its instant, and answers with [`Event`]s or
//! with *all* the problems found. The host stores the events; the state is
//! their fold ([`State::replay`]). Nothing here reads a clock or draws an
//! identifier: instants and identifiers are arguments.
//!
//! # An event store
//!
//! The host decides, stores, then applies: an event that could not be stored
//! has not happened. The [sequence](Event::sequence) of an event is a unique
//! key of the store, so that of two servers that decide at once the second
//! one to store fails, reads what the first one stored, and decides again.
//!
//! ```
//! use chrono::{DateTime, Utc};
//! use dcc_core::rcp::{
//!     Actor, Authentication, Centre3c, Command, Contact, Event, Offer, Role, State, decide,
//! };
//!
//! /// A table of events: the sequence (its unique key), the type, the JSON.
//! #[derive(Default)]
//! struct Log(Vec<(u64, &'static str, String)>);
//!
//! impl Log {
//!     /// Stores all the events of a command, or none of them.
//!     fn commit(&mut self, events: &[Event]) -> Result<(), serde_json::Error> {
//!         let rows = events
//!             .iter()
//!             .map(|event| Ok((event.sequence, event.kind(), serde_json::to_string(event)?)));
//!         self.0.extend(rows.collect::<Result<Vec<_>, serde_json::Error>>()?);
//!         Ok(())
//!     }
//! }
//!
//! let (mut log, mut state) = (Log::default(), State::new());
//! let actor = Actor::new("P-TEST", "Dr TEST", Authentication::Cps).with_role(Role::Coordinator);
//! let at: DateTime<Utc> = "2026-01-05T08:00:00Z".parse().map_err(|_| "no instant")?;
//!
//! let contact = Contact::new("Secrétariat").with_phone("01 00 00 00 00");
//! let mut offer = Offer::new("R1", "Essai", "digestif", Centre3c::new("3C-TEST", "3C d'essai"));
//! offer.local_ids = vec!["L1".into()];
//! offer.establishments = vec!["990000001".into()];
//! offer.place = Some("Salle 1".into());
//! offer.coordinators = vec![contact.clone()];
//! offer.secretariat = contact;
//!
//! let command = Command::CreateOffer { offer };
//! let events = decide(&state, &command, &actor, at)?; // changes nothing
//! log.commit(&events)?; // a transaction
//! for event in &events {
//!     state.apply(event)?;
//! }
//! assert_eq!(log.0[0].1, "offer_created");
//! assert!(state.offer("R1").is_some());
//!
//! // every problem of a command that is refused
//! let start = Command::StartSession { session: "S1".into() };
//! let refused = decide(&state, &start, &actor, at).unwrap_err();
//! assert_eq!(refused.iter().next().map(|p| p.code), Some("RCP-SESSION-INCONNUE"));
//!
//! // another day: the state again, from the log
//! let events: Vec<Event> = log
//!     .0
//!     .iter()
//!     .map(|(_, _, json)| serde_json::from_str(json))
//!     .collect::<Result<_, _>>()?;
//! assert_eq!(State::replay(&events)?, state);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`State`] is a serde value too: a host may keep one as a snapshot and
//! replay only the events that follow its [sequence](State::sequence). Store
//! events and snapshots in a format that carries the names of the fields, such
//! as JSON or CBOR; positional formats cannot read them back.
//!
//! An event whose [version](Event::version) is another is refused, and so is
//! one with a field that this version has not: when the form of an event
//! changes, servers are all updated before one writes the new form.

mod calendar;
mod engine;
mod exchange;
pub mod rules;

pub use self::calendar::{HolidayPolicy, Occurrence, Plan, Recurrence, Skipped};
pub use self::engine::*;
pub use self::exchange::{ical, journal};
pub use crate::facts::FicheFlags;
pub use crate::quorum::{PHYSICIAN_PREFIX, QuorumJudgement, QuorumRule, RequiredSpecialty};
