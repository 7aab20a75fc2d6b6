//! May this leave, given what has left?

use std::collections::HashSet;

use dcc_base::problem::{Problem, Problems};

use super::event::{Event, Operation, SentDocument, Settles};
use super::rules;
use super::state::{DocumentState, Ledger, Status};
use crate::door::Door;
use crate::metadata::Submission;
use crate::metadata::submission::{Prepared, accepted};
use crate::sending::{Outgoing, Sending};
use crate::visibility::{Mask, Visibility};

/// A change of a document that the DMP holds, without sending it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// *Suppression*.
    Delete,
    /// *Archivage*.
    Archive,
    /// *Désarchivage*.
    Unarchive,
    /// *Visibilité*.
    Visibility(Visibility),
}

impl Ledger {
    /// The event of sending these documents, when they may leave: what
    /// [`Submission::prepare`] asks (a qualified identity among it), then what
    /// the ledger knows: nothing is sent twice, no older version, no deleted
    /// document, a replacement only of what the DMP accepted.
    ///
    /// The event is not yet in the ledger: send the documents, then
    /// [`apply`](Ledger::apply) it.
    ///
    /// # Errors
    /// All the reasons why the sending is refused: `META-…`, `ENVOI-…`,
    /// `JOURNAL-…`.
    pub fn plan(
        &self,
        documents: &[Outgoing<'_>],
        sending: &Sending,
        door: Door,
    ) -> Result<Event, Problems> {
        let submission = Submission::prepare(documents, sending, door)?;
        let gateway = sending.gateway.as_ref().filter(|_| door == Door::Gateway);
        let to_dmp = match door {
            Door::Xdm => false,
            Door::Gateway => gateway.is_some_and(|g| g.to_dmp),
            Door::Dmp | Door::Pdsm => true,
        };
        let deletes = submission.documents.iter().any(|d| d.options.delete);
        let mut problems = Problems::new();
        if self.sets.contains_key(&sending.set_id) {
            let problem = Problem::new(&rules::SET_TWICE, "/set_id");
            problems.push(problem.found(&sending.set_id));
        }
        let mut series = HashSet::new();
        for (i, document) in submission.documents.iter().enumerate() {
            let path = format!("/documents/{i}");
            let own = document.header.set_id.as_ref().map(|id| id.to_xds());
            if to_dmp && own.is_some_and(|own| !series.insert(own)) {
                problems.push(Problem::new(&rules::TWO_VERSIONS, &path));
            }
            if !to_dmp {
                self.check_mail(document, &path, &mut problems);
            } else if document.options.delete {
                let id = &document.entry.unique_id;
                self.check_target(id, Operation::Delete, &path, &mut problems);
            } else {
                self.check_feed(document, &path, &mut problems);
            }
        }
        let event = Event::Sent {
            at: sending.at,
            door,
            set_id: sending.set_id.clone(),
            message_id: gateway.map(|g| g.message_id.clone()),
            to_dmp,
            operation: if deletes {
                Operation::Delete
            } else {
                Operation::Feed
            },
            settles: match (door, gateway) {
                (Door::Xdm, _) => Settles::Nothing,
                (Door::Dmp | Door::Pdsm, _) => Settles::Registry,
                (_, Some(g)) if to_dmp && g.acknowledge_reception => Settles::Business,
                _ => Settles::Gateway,
            },
            documents: submission.documents.iter().map(sent).collect(),
        };
        accepted(problems, &sending.accept).or(event)
    }

    /// The event of a change of a document that the DMP holds (ITI-57, PATCH).
    ///
    /// # Errors
    /// `JOURNAL-…`: the DMP does not hold it as a current version, or the
    /// change changes nothing.
    pub fn plan_change(
        &self,
        unique_id: &str,
        change: Change,
        sending: &Sending,
        door: Door,
    ) -> Result<Event, Problems> {
        let operation = match change {
            Change::Delete => Operation::Delete,
            Change::Archive => Operation::Archive,
            Change::Unarchive => Operation::Unarchive,
            Change::Visibility(_) => Operation::ChangeVisibility,
        };
        let mut problems = Problems::new();
        if self.sets.contains_key(&sending.set_id) {
            let problem = Problem::new(&rules::SET_TWICE, "/set_id");
            problems.push(problem.found(&sending.set_id));
        }
        let state = self.check_target(unique_id, operation, "/unique_id", &mut problems);
        let Some(state) = state else {
            return Err(problems);
        };
        let visibility = match change {
            Change::Visibility(wanted) => {
                let is_same = |mask: &Mask| wanted.has(*mask) == state.visibility.has(*mask);
                if Mask::ALL.iter().all(is_same) {
                    problems.push(Problem::new(&rules::SAME_STATE, "/visibility"));
                }
                wanted
            }
            _ => state.visibility,
        };
        let event = Event::Sent {
            at: sending.at,
            door,
            set_id: sending.set_id.clone(),
            message_id: None,
            to_dmp: true,
            operation,
            settles: Settles::Registry,
            documents: vec![SentDocument {
                unique_id: unique_id.to_owned(),
                series: state.series.clone(),
                version: state.version,
                hash: String::new(),
                visibility,
                replaces: None,
            }],
        };
        accepted(problems, &sending.accept).or(event)
    }

    fn check_mail(&self, document: &Prepared<'_>, path: &str, problems: &mut Problems) {
        let state = self.document(&document.entry.unique_id);
        if state.is_some_and(|state| state.mailed > 0) {
            problems.push(Problem::new(&rules::MAILED, path));
        }
    }

    fn check_feed(&self, document: &Prepared<'_>, path: &str, problems: &mut Problems) {
        let id = &document.entry.unique_id;
        let mut push = |rule, found: &str| problems.push(Problem::new(rule, path).found(found));
        if let Some(state) = self.document(id) {
            match &state.status {
                Status::Pending => push(&rules::PENDING, id),
                Status::Held | Status::Archived => push(&rules::ALREADY, id),
                Status::Replaced(_) => push(&rules::SUPERSEDED, id),
                Status::Deleted => push(&rules::DELETED, id),
                Status::Refused(..) | Status::MailOnly => {}
            }
        }
        let hash = document.entry.hash.as_deref().unwrap_or_default();
        let same = |(other, state): &(&str, &DocumentState)| other != id && state.hash == hash;
        if self.held().any(|held| same(&held)) {
            push(&rules::UNCHANGED, id);
        }
        let replaced = document.header.replaces().map(|id| id.to_xds());
        let series = document.header.set_id.as_ref().map(|id| id.to_xds());
        // another version is on its way: which one the DMP will hold is not known
        let on_its_way = |(other, state): &(&str, &DocumentState)| {
            *other != id
                && state.series.is_some()
                && state.series == series
                && state.status == Status::Pending
        };
        if let Some((other, _)) = self.documents().find(|d| on_its_way(d)) {
            push(&rules::PENDING, other);
        }
        if let Some((current, state)) = series.as_deref().and_then(|s| self.current(s)) {
            let is_older = match (document.header.version, state.version) {
                (Some(new), Some(held)) => new <= held,
                _ => false,
            };
            if is_older && current != id {
                push(
                    &rules::OLDER,
                    &format!("version {}", document.header.version.unwrap_or(0)),
                );
            }
            if replaced.as_deref() != Some(current) && current != id {
                push(&rules::NOT_REPLACING, current);
            }
        }
        if let Some(replaced) = replaced {
            self.check_target(&replaced, Operation::Feed, path, problems);
        }
    }

    /// The document that is replaced, deleted or changed: held by the DMP, the
    /// current version, with nothing on its way.
    fn check_target(
        &self,
        unique_id: &str,
        operation: Operation,
        path: &str,
        problems: &mut Problems,
    ) -> Option<&DocumentState> {
        let mut push = |rule| problems.push(Problem::new(rule, path).found(unique_id));
        let Some(state) = self.document(unique_id) else {
            push(&rules::NOT_HELD);
            return None;
        };
        let wants_archived = operation == Operation::Unarchive;
        match &state.status {
            _ if state.waits.is_some() => push(&rules::PENDING),
            Status::Held if wants_archived => push(&rules::SAME_STATE),
            Status::Archived if !wants_archived => push(&rules::ARCHIVED),
            Status::Held | Status::Archived => {}
            Status::Replaced(_) => push(&rules::SUPERSEDED),
            Status::Deleted => push(&rules::DELETED),
            Status::Pending | Status::Refused(..) | Status::MailOnly => push(&rules::NOT_HELD),
        }
        Some(state)
    }
}

/// A prepared document as the ledger keeps it.
fn sent(document: &Prepared<'_>) -> SentDocument {
    let header = &document.header;
    SentDocument {
        unique_id: document.entry.unique_id.clone(),
        series: header.set_id.as_ref().map(|id| id.to_xds()),
        version: header.version,
        hash: document.entry.hash.clone().unwrap_or_default(),
        visibility: document.options.visibility,
        replaces: header.replaces().map(|id| id.to_xds()),
    }
}
