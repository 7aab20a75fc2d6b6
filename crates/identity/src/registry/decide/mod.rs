//! Command + agent + instant → events, or all the problems found.

mod evidence; // devices, INSi, attributes
mod links; // local identifiers, merges, links, life
mod traits; // creation, edition, reception

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use dcc_base::calendar::paris::{french_date_time, paris_date};
use dcc_base::problem::{Problem, Problems};

use super::apply::{restore, touched};
use super::command::Command;
use super::event::{Agent, Event, Fact, VERSION};
use super::policy::Policy;
use super::state::Registry;
use crate::ins::Ins;
use crate::local_id::LocalId;
use crate::record::{Life, Record, RecordId};
use crate::rules;

/// What is decided: the desk at which one command is looked at.
struct Desk<'a> {
    registry: &'a Registry,
    policy: &'a Policy,
    /// The day, in Paris.
    day: NaiveDate,
    problems: Problems,
    facts: Vec<Fact>,
}

impl Registry {
    /// Decides one command: the events to store, with warnings, or all that is
    /// wrong with it. Nothing is changed: [`Registry::apply`] does that, or
    /// [`Registry::execute`] in one go. No event at all is a success: what is
    /// asked is so already.
    ///
    /// # Errors
    /// All the problems. Paths are JSON pointers in the command.
    pub fn decide(
        &self,
        command: &Command,
        agent: &Agent,
        at: DateTime<Utc>,
        policy: &Policy,
    ) -> Result<(Vec<Event>, Problems), Problems> {
        let mut desk = Desk {
            registry: self,
            policy,
            day: paris_date(at),
            problems: Problems::new(),
            facts: Vec::new(),
        };
        if let Some(last) = self.last_instant().filter(|last| at < *last) {
            desk.problems.push(
                Problem::new(&rules::INSTANT, "")
                    .found(french_date_time(at))
                    .allowed([format!("{} ou après", french_date_time(last))]),
            );
        }
        desk.look_at(command);
        if desk.problems.has_blocking() {
            return Err(desk.problems);
        }
        let events = (self.sequence() + 1..)
            .zip(desk.facts)
            .map(|(sequence, fact)| Event {
                version: VERSION,
                sequence,
                at,
                by: agent.clone(),
                fact,
            })
            .collect();
        Ok((events, desk.problems))
    }

    /// Decides and applies one command; the events are to be stored.
    ///
    /// # Errors
    /// As for [`Registry::decide`]; the registry is then unchanged.
    pub fn execute(
        &mut self,
        command: &Command,
        agent: &Agent,
        at: DateTime<Utc>,
        policy: &Policy,
    ) -> Result<(Vec<Event>, Problems), Problems> {
        let (events, warnings) = self.decide(command, agent, at, policy)?;
        for event in &events {
            self.apply(event)?;
        }
        Ok((events, warnings))
    }
}

/// The events of all the commands, and the warnings of each; or the rank of the
/// command that failed, with its problems.
pub type AllDone = Result<(Vec<Event>, Vec<Problems>), (usize, Problems)>;

impl Registry {
    /// Decides and applies commands in order, all or none.
    ///
    /// # Errors
    /// The rank, from 0, of the command that is refused, and its problems; the
    /// registry is then unchanged.
    pub fn execute_all(
        &mut self,
        commands: &[Command],
        agent: &Agent,
        at: DateTime<Utc>,
        policy: &Policy,
    ) -> AllDone {
        let (sequence, last) = (self.sequence, self.last);
        let mut before: BTreeMap<RecordId, Option<Record>> = BTreeMap::new();
        let mut done = Vec::new();
        let mut warnings = Vec::new();
        for (rank, command) in commands.iter().enumerate() {
            let decided = self
                .decide(command, agent, at, policy)
                .and_then(|(events, told)| {
                    for event in &events {
                        for id in touched(&event.fact) {
                            before
                                .entry(id.clone())
                                .or_insert_with(|| self.records.get(id).cloned());
                        }
                        self.apply(event)?;
                    }
                    Ok((events, told))
                });
            match decided {
                Ok((events, told)) => {
                    done.extend(events);
                    warnings.push(told);
                }
                Err(problems) => {
                    for (id, record) in before {
                        restore(self, &id, record);
                    }
                    (self.sequence, self.last) = (sequence, last);
                    return Err((rank, problems));
                }
            }
        }
        Ok((done, warnings))
    }
}

impl<'a> Desk<'a> {
    fn look_at(&mut self, command: &Command) {
        match command {
            Command::CreateRecord { .. }
            | Command::EditTraits { .. }
            | Command::EditUsedNames { .. }
            | Command::ReceiveIdentity { .. } => self.traits_command(command),
            Command::SetAttributes { .. }
            | Command::CheckDevice { .. }
            | Command::WithdrawDevice { .. }
            | Command::RecordInsi { .. }
            | Command::RecordInsiFailure { .. }
            | Command::WithdrawInsi { .. }
            | Command::ReplaceIns { .. } => self.evidence_command(command),
            Command::AddLocalId { .. }
            | Command::RemoveLocalId { .. }
            | Command::ChangeLocalId { .. }
            | Command::MergeRecords { .. }
            | Command::UndoMerge { .. }
            | Command::LinkRecords { .. }
            | Command::UnlinkRecords { .. }
            | Command::DeclareDistinct { .. }
            | Command::DeactivateRecord { .. }
            | Command::ReactivateRecord { .. } => self.link_command(command),
        }
    }

    fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn known(&mut self, id: &RecordId, path: &str) -> Option<&'a Record> {
        let found = self.registry.record(id);
        if found.is_none() {
            self.push(Problem::new(&rules::RECORD_UNKNOWN, path).found(id));
        }
        found
    }

    /// A record that is neither merged nor deactivated.
    fn open(&mut self, id: &RecordId, path: &str) -> Option<&'a Record> {
        let record = self.known(id, path)?;
        let closed = Problem::new(&rules::RECORD_CLOSED, path);
        match &record.life {
            Life::Active => return Some(record),
            Life::Merged { into } => self.push(closed.found(format!("fusionné dans {into}"))),
            Life::Deactivated { .. } => self.push(closed.found("désactivé")),
        }
        None
    }

    fn reason(&mut self, reason: &str) {
        if reason.trim().is_empty() {
            self.push(Problem::new(&rules::REASON, "/reason"));
        }
    }

    /// The INS may not be active on another record.
    fn ins_is_free(&mut self, ins: &Ins, record: &RecordId, path: &str) {
        if let Some(other) = self
            .registry
            .by_ins(ins)
            .filter(|other| other.id() != record)
        {
            self.push(
                Problem::new(&rules::INS_TAKEN, path).found(format!("dossier {}", other.id())),
            );
        }
    }

    /// The identifier is whole, and not that of another record.
    fn local_id_is_free(&mut self, id: &LocalId, record: &RecordId, path: &str) {
        if !id.is_whole() {
            self.push(Problem::new(&rules::LOCAL_ID, path));
        }
        if let Some(other) = self
            .registry
            .by_local_id(id)
            .filter(|other| other.id() != record)
        {
            self.push(
                Problem::new(&rules::LOCAL_ID_TAKEN, path).found(format!("dossier {}", other.id())),
            );
        }
    }
}
