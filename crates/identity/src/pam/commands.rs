//! A message as commands on records.

use dcc_base::problem::{Problem, Problems};

use super::adt::{Adt, AdtEvent, Person, rank};
use super::cx::Identifiers;
use crate::record::{Record, RecordId};
use crate::registry::{Command, Registry};
use crate::rules;

/// The commands of a message, each with the rank of its PID.
pub(super) fn commands(
    adt: &Adt,
    registry: &Registry,
    new_record: &RecordId,
    create_on_update: bool,
) -> Result<(Vec<(usize, Command)>, Problems), Problems> {
    let mut desk = Desk {
        registry,
        problems: Problems::new(),
    };
    let mut commands = Vec::new();
    match adt.event {
        AdtEvent::A28 | AdtEvent::A31 => {
            for person in &adt.persons {
                let create = adt.event == AdtEvent::A28 || create_on_update;
                commands.extend(desk.identity(
                    person,
                    new_record,
                    create,
                    adt.event == AdtEvent::A31,
                ));
            }
        }
        AdtEvent::A40 => {
            commands.extend(adt.persons.iter().filter_map(|person| desk.merge(person)))
        }
        AdtEvent::A47 => {
            for person in &adt.persons {
                commands.extend(desk.change(person));
            }
        }
        AdtEvent::A24 | AdtEvent::A37 => commands.extend(desk.link(adt)),
    }
    if desk.problems.has_blocking() {
        return Err(desk.problems);
    }
    Ok((commands, desk.problems))
}

struct Desk<'r> {
    registry: &'r Registry,
    problems: Problems,
}

impl<'r> Desk<'r> {
    /// The one record that the identifiers designate; `Err` when it is several.
    fn find(&mut self, ids: &Identifiers, path: &str) -> Result<Option<&'r Record>, ()> {
        let registry = self.registry;
        let mut found: Vec<&Record> = Vec::new();
        for record in ids.keys().filter_map(|id| registry.by_local_id(id)) {
            if found.iter().all(|r| r.id() != record.id()) {
                found.push(record);
            }
        }
        if found.len() > 1 {
            let records: Vec<_> = found
                .iter()
                .map(|r| format!("dossier {}", r.id()))
                .collect();
            self.problems
                .push(Problem::new(&rules::PAM_SEVERAL, path).found(records.join(", ")));
            return Err(());
        }
        Ok(found.pop())
    }

    /// A record that has to exist.
    fn known(&mut self, ids: &Identifiers, path: &str) -> Option<&'r Record> {
        let found = self.find(ids, path).ok()?;
        if found.is_none() {
            self.problems
                .push(Problem::new(&rules::LOCAL_ID_UNKNOWN, path));
        }
        found
    }

    fn identity(
        &mut self,
        person: &Person,
        new_record: &RecordId,
        create: bool,
        update: bool,
    ) -> Option<(usize, Command)> {
        let path = format!("PID{}-3", rank(person.rank));
        let record = match self.find(&person.ids, &path).ok()? {
            Some(record) => record.id().clone(),
            None if create => {
                if update {
                    self.problems.push(Problem::new(&rules::PAM_CREATED, path));
                }
                new_record.clone()
            }
            None => {
                self.problems
                    .push(Problem::new(&rules::LOCAL_ID_UNKNOWN, path));
                return None;
            }
        };
        Some((
            person.rank,
            Command::ReceiveIdentity {
                record,
                identity: person.identity.clone(),
            },
        ))
    }

    fn merge(&mut self, person: &Person) -> Option<(usize, Command)> {
        let n = rank(person.rank);
        let survivor = self.known(&person.ids, &format!("PID{n}-3"));
        let eliminated = person
            .merged
            .as_ref()
            .and_then(|ids| self.known(ids, &format!("MRG{n}-1")));
        let (survivor, eliminated) = (survivor?, eliminated?);
        if survivor.id() == eliminated.id() {
            self.problems
                .push(Problem::new(&rules::PAM_SAME, format!("MRG{n}-1")));
            return None;
        }
        // the sender is the one who decides; what must not be merged is refused all the same
        let (survivor, eliminated) = (survivor.id().clone(), eliminated.id().clone());
        Some((
            person.rank,
            Command::MergeRecords {
                survivor,
                eliminated,
                confirmed: true,
            },
        ))
    }

    fn change(&mut self, person: &Person) -> Vec<(usize, Command)> {
        let n = rank(person.rank);
        let Some(old) = &person.merged else {
            return Vec::new();
        };
        let mut commands = Vec::new();
        if let Some(ins) = &old.ins {
            let found = self.registry.by_ins(&ins.ins).map(|r| r.id().clone());
            let reason = format!("message A47 de {}", person.identity.origin);
            match (found, &person.ids.ins) {
                (None, _) => self.problems.push(
                    Problem::new(&rules::LOCAL_ID_UNKNOWN, format!("MRG{n}-1"))
                        .message("Aucun dossier actif n'a ce matricule INS"),
                ),
                (Some(record), Some(new)) => commands.push(Command::ReplaceIns {
                    record,
                    ins: new.clone(),
                    origin: person.identity.origin.clone(),
                }),
                (Some(record), None) if person.ids.ins_withdrawn => {
                    commands.push(Command::WithdrawInsi { record, reason });
                }
                (Some(_), None) => self.problems.push(
                    Problem::new(&rules::PAM_MISSING, format!("PID{n}-3")).message(
                        "PID-3 contient le nouveau matricule INS, ou \"\" pour l'invalider",
                    ),
                ),
            }
        }
        for old in old.keys() {
            let Some(record) = self.registry.by_local_id(old).map(|r| r.id().clone()) else {
                self.problems
                    .push(Problem::new(&rules::LOCAL_ID_UNKNOWN, format!("MRG{n}-1")));
                continue;
            };
            let same = |id: &&crate::local_id::LocalId| id.authority.key() == old.authority.key();
            match person.ids.keys().find(same) {
                Some(new) => {
                    commands.push(Command::ChangeLocalId {
                        record,
                        old: old.clone(),
                        new: new.clone(),
                    });
                }
                None => self.problems.push(
                    Problem::new(&rules::PAM_MISSING, format!("PID{n}-3")).message(
                        "PID-3 contient le nouvel identifiant, de la même autorité que l'ancien",
                    ),
                ),
            }
        }
        if commands.is_empty() && self.problems.is_empty() {
            self.problems
                .push(Problem::new(&rules::PAM_MISSING, format!("MRG{n}-1")));
        }
        commands
            .into_iter()
            .map(|command| (person.rank, command))
            .collect()
    }

    fn link(&mut self, adt: &Adt) -> Option<(usize, Command)> {
        let mut found = adt
            .persons
            .iter()
            .map(|p| self.known(&p.ids, &format!("PID{}-3", rank(p.rank))));
        let (first, second) = (found.next().flatten(), found.next().flatten());
        let (record, other) = (first?.id().clone(), second?.id().clone());
        let command = match adt.event {
            AdtEvent::A24 => Command::LinkRecords { record, other },
            _ => Command::UnlinkRecords { record, other },
        };
        Some((1, command))
    }
}
