//! What is known of each document, replayed from the events.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use dcc_base::problem::{Problem, Problems};

use super::event::{Event, Operation, Outcome, SentDocument, Settles};
use super::rules;
use crate::door::Door;
use crate::visibility::Visibility;

/// Where a document is, as far as the DMP is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// *En attente*: its first sending has no answer yet.
    Pending,
    /// *Détenu*: the DMP holds it, as the current version.
    Held,
    /// *Refusé*, with the code and the text of the last answer: may be sent
    /// again once what is wrong is mended.
    Refused(String, String),
    /// *Remplacé* by this document.
    Replaced(String),
    /// *Archivé*.
    Archived,
    /// *Supprimé*.
    Deleted,
    /// *Par courriel seulement*: the DMP knows nothing of it.
    MailOnly,
}

/// What is known of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DocumentState {
    /// Where it is.
    pub status: Status,
    /// *Série des versions*.
    pub series: Option<String>,
    /// *Version*.
    pub version: Option<u32>,
    /// SHA-1 of the file last sent.
    pub hash: String,
    /// Its masks in the DMP, as last accepted.
    pub visibility: Visibility,
    /// The way by which it last left.
    pub door: Door,
    /// The set by which it last left.
    pub set_id: String,
    /// When it last left.
    pub sent_at: DateTime<Utc>,
    /// *entryUUID* in the registry, when it is known.
    pub entry_uuid: Option<String>,
    /// *logicalId* in the registry, when it is known.
    pub logical_id: Option<String>,
    /// A sending about it waits for its answer.
    pub waits: Option<String>,
    /// How often it left by mail.
    pub mailed: usize,
}

/// A sending, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) operation: Operation,
    pub(super) documents: Vec<SentDocument>,
    pub(super) to_dmp: bool,
    pub(super) settles: Settles,
    pub(super) is_settled: bool,
    pub(super) has_left: bool,
}

/// The ledger (*journal des envois*): what its events make known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    events: Vec<Event>,
    documents: BTreeMap<String, DocumentState>,
    pub(super) sets: HashMap<String, Sent>,
    pub(super) messages: HashMap<String, String>,
    /// The current version of each series that the DMP holds.
    current: HashMap<String, String>,
}

impl Ledger {
    /// An empty ledger.
    pub fn new() -> Self {
        Self::default()
    }

    /// The ledger that these events make.
    ///
    /// # Errors
    /// The events that do not follow from those before: `JOURNAL-…`, at
    /// `/events/3`.
    pub fn replay(events: impl IntoIterator<Item = Event>) -> Result<Self, Problems> {
        let mut ledger = Ledger::new();
        let mut problems = Problems::new();
        for (i, event) in events.into_iter().enumerate() {
            if let Err(mut problem) = ledger.apply(event) {
                problem.path = format!("/events/{i}{}", problem.path);
                problems.push(problem);
            }
        }
        problems.or(ledger)
    }

    /// The events, in order.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What is known of a document.
    pub fn document(&self, unique_id: &str) -> Option<&DocumentState> {
        self.documents.get(unique_id)
    }

    /// Every document, by identifier.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &DocumentState)> {
        self.documents
            .iter()
            .map(|(id, state)| (id.as_str(), state))
    }

    /// What the DMP holds as current versions.
    pub fn held(&self) -> impl Iterator<Item = (&str, &DocumentState)> {
        self.documents()
            .filter(|(_, state)| state.status == Status::Held)
    }

    /// The current version, held by the DMP, of a series.
    pub fn current(&self, series: &str) -> Option<(&str, &DocumentState)> {
        let id = self.current.get(series)?;
        Some((id, self.documents.get(id)?))
    }

    /// Sets that wait for their answer.
    pub fn waiting(&self) -> impl Iterator<Item = &str> {
        self.sets
            .iter()
            .filter(|(_, sent)| !sent.is_settled)
            .map(|(id, _)| id.as_str())
    }

    /// Takes one more event.
    ///
    /// # Errors
    /// The event does not follow from those before; the ledger is unchanged.
    pub fn apply(&mut self, event: Event) -> Result<(), Problem> {
        match &event {
            Event::Sent { .. } => self.sent(&event)?,
            Event::Received { set_id, .. } | Event::Mailed { set_id, .. } => {
                let known = self.sets.get_mut(set_id);
                let sent = known.ok_or_else(|| problem(&rules::SET_UNKNOWN, set_id))?;
                sent.has_left = true;
            }
            Event::Settled {
                set_id, outcomes, ..
            } => self.settled(set_id, outcomes)?,
            Event::Registered {
                unique_id,
                entry_uuid,
                logical_id,
                ..
            } => {
                let known = self.documents.get_mut(unique_id);
                let state = known.ok_or_else(|| problem(&rules::DOCUMENT_UNKNOWN, unique_id))?;
                state.entry_uuid = Some(entry_uuid.clone());
                if logical_id.is_some() {
                    state.logical_id.clone_from(logical_id);
                }
            }
        }
        self.events.push(event);
        Ok(())
    }

    fn sent(&mut self, event: &Event) -> Result<(), Problem> {
        let Event::Sent {
            at,
            door,
            set_id,
            message_id,
            to_dmp,
            operation,
            settles,
            documents,
        } = event
        else {
            return Ok(());
        };
        if self.sets.contains_key(set_id) {
            return Err(problem(&rules::SET_TWICE, set_id));
        }
        if *operation != Operation::Feed
            && let Some(unknown) = documents
                .iter()
                .find(|d| !self.documents.contains_key(&d.unique_id))
        {
            return Err(problem(&rules::DOCUMENT_UNKNOWN, &unknown.unique_id));
        }
        for document in documents {
            let first = DocumentState {
                status: if *to_dmp {
                    Status::Pending
                } else {
                    Status::MailOnly
                },
                series: document.series.clone(),
                version: document.version,
                hash: document.hash.clone(),
                visibility: document.visibility,
                door: *door,
                set_id: set_id.clone(),
                sent_at: *at,
                entry_uuid: None,
                logical_id: None,
                waits: None,
                mailed: 0,
            };
            let state = self
                .documents
                .entry(document.unique_id.clone())
                .or_insert(first);
            if *to_dmp {
                let is_new = matches!(
                    state.status,
                    Status::Pending | Status::MailOnly | Status::Refused(..)
                );
                if *operation == Operation::Feed && is_new {
                    state.status = Status::Pending;
                    state.hash.clone_from(&document.hash);
                    state.version = document.version;
                    state.visibility = document.visibility;
                }
                state.waits = (*settles != Settles::Nothing).then(|| set_id.clone());
            } else {
                state.mailed += 1;
            }
            state.door = *door;
            state.set_id.clone_from(set_id);
            state.sent_at = *at;
        }
        if let Some(message) = message_id {
            self.messages.insert(message.clone(), set_id.clone());
        }
        let sent = Sent {
            operation: *operation,
            documents: documents.clone(),
            to_dmp: *to_dmp,
            settles: *settles,
            is_settled: *settles == Settles::Nothing,
            has_left: false,
        };
        self.sets.insert(set_id.clone(), sent);
        Ok(())
    }

    fn settled(&mut self, set_id: &str, outcomes: &[Outcome]) -> Result<(), Problem> {
        let known = self.sets.get_mut(set_id);
        let sent = known.ok_or_else(|| problem(&rules::SET_UNKNOWN, set_id))?;
        if sent.is_settled {
            return Err(problem(&rules::SETTLED, set_id));
        }
        if outcomes.len() != sent.documents.len() {
            return Err(problem(&rules::DOCUMENT_UNKNOWN, set_id)
                .found(format!("{} réponses", outcomes.len()))
                .allowed([format!("{} réponses", sent.documents.len())]));
        }
        sent.is_settled = true;
        let (operation, documents) = (sent.operation, sent.documents.clone());
        if !sent.to_dmp {
            return Ok(());
        }
        for (document, outcome) in documents.iter().zip(outcomes) {
            self.outcome(operation, document, outcome);
        }
        Ok(())
    }

    fn outcome(&mut self, operation: Operation, document: &SentDocument, outcome: &Outcome) {
        let id = &document.unique_id;
        let Some(state) = self.documents.get_mut(id) else {
            return;
        };
        state.waits = None;
        match outcome {
            // a refused change leaves the document as the DMP has it
            Outcome::Refused { code, reason } => {
                if state.status == Status::Pending {
                    state.status = Status::Refused(code.clone(), reason.clone());
                }
                return;
            }
            Outcome::Accepted => {}
        }
        match operation {
            Operation::Feed => {
                state.status = Status::Held;
                if let Some(series) = state.series.clone() {
                    self.current.insert(series, id.clone());
                }
                if let Some(old) = &document.replaces
                    && let Some(old) = self.documents.get_mut(old)
                {
                    old.status = Status::Replaced(id.clone());
                }
            }
            Operation::Delete => {
                state.status = Status::Deleted;
                let series = state.series.clone();
                if let Some(series) = series
                    && self.current.get(&series) == Some(id)
                {
                    self.current.remove(&series);
                }
            }
            Operation::ChangeVisibility => state.visibility = document.visibility,
            Operation::Archive => state.status = Status::Archived,
            Operation::Unarchive => state.status = Status::Held,
        }
    }
}

/// An event that does not follow, about this set or document.
pub(super) fn problem(rule: &'static dcc_base::problem::Rule, found: &str) -> Problem {
    Problem::new(rule, "").found(found)
}
