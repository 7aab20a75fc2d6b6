//! Local identifiers, merges, links, and the life of records.

use dcc_base::problem::Problem;

use super::Desk;
use crate::local_id::LocalId;
use crate::record::{Life, Record, RecordId};
use crate::registry::command::Command;
use crate::registry::event::Fact;
use crate::rules;
use crate::status::Status;

impl<'a> Desk<'a> {
    pub(super) fn link_command(&mut self, command: &Command) {
        match command {
            Command::AddLocalId { record, id } => {
                let Some(found) = self.open(record, "/record") else {
                    return;
                };
                self.local_id_is_free(id, record, "/id");
                if !found.local_ids.contains(id) {
                    self.facts.push(Fact::LocalIdAdded {
                        record: record.clone(),
                        id: id.clone(),
                    });
                }
            }
            Command::RemoveLocalId { record, id } => {
                let Some(found) = self.open(record, "/record") else {
                    return;
                };
                self.has(found, id, "/id");
                self.facts.push(Fact::LocalIdRemoved {
                    record: record.clone(),
                    id: id.clone(),
                });
            }
            Command::ChangeLocalId { record, old, new } => {
                let Some(found) = self.open(record, "/record") else {
                    return;
                };
                self.has(found, old, "/old");
                self.local_id_is_free(new, record, "/new");
                if old != new {
                    let (old, new) = (old.clone(), new.clone());
                    self.facts.push(Fact::LocalIdChanged {
                        record: record.clone(),
                        old,
                        new,
                    });
                }
            }
            Command::MergeRecords {
                survivor,
                eliminated,
                confirmed,
            } => {
                self.merge(survivor, eliminated, *confirmed);
            }
            Command::UndoMerge { eliminated, reason } => {
                self.reason(reason);
                let Some(found) = self.known(eliminated, "/eliminated") else {
                    return;
                };
                if !matches!(found.life, Life::Merged { .. }) {
                    self.push(Problem::new(&rules::MERGE_NONE, "/eliminated").found(eliminated));
                }
                self.comes_back(found, "/eliminated");
                let (eliminated, reason) = (eliminated.clone(), reason.clone());
                self.facts.push(Fact::MergeUndone { eliminated, reason });
            }
            _ => self.pair_command(command),
        }
    }

    fn pair_command(&mut self, command: &Command) {
        match command {
            Command::LinkRecords { record, other } => {
                let Some((a, b)) = self.two(record, other) else {
                    return;
                };
                self.same_ins(a, b, "/other");
                if !a.links.contains(other) {
                    self.facts.push(Fact::RecordsLinked {
                        record: record.clone(),
                        other: other.clone(),
                    });
                }
            }
            Command::UnlinkRecords { record, other } => {
                let (Some(a), Some(_)) =
                    (self.known(record, "/record"), self.known(other, "/other"))
                else {
                    return;
                };
                if !a.links.contains(other) {
                    self.push(Problem::new(&rules::LINK_NONE, "/other").found(other));
                }
                self.facts.push(Fact::RecordsUnlinked {
                    record: record.clone(),
                    other: other.clone(),
                });
            }
            Command::DeclareDistinct { record, other } => {
                let Some(_) = self.two(record, other) else {
                    return;
                };
                self.facts.push(Fact::DeclaredDistinct {
                    record: record.clone(),
                    other: other.clone(),
                });
            }
            Command::DeactivateRecord {
                record,
                reason,
                duplicate,
            } => {
                self.reason(reason);
                if self.open(record, "/record").is_some() {
                    let (record, reason) = (record.clone(), reason.clone());
                    self.facts.push(Fact::RecordDeactivated {
                        record,
                        reason,
                        duplicate: *duplicate,
                    });
                }
            }
            Command::ReactivateRecord { record, reason } => {
                self.reason(reason);
                let Some(found) = self.known(record, "/record") else {
                    return;
                };
                if !matches!(found.life, Life::Deactivated { .. }) {
                    self.push(Problem::new(&rules::RECORD_OPEN, "/record").found(record));
                }
                self.comes_back(found, "/record");
                let (record, reason) = (record.clone(), reason.clone());
                self.facts.push(Fact::RecordReactivated { record, reason });
            }
            _ => {}
        }
    }

    fn has(&mut self, record: &Record, id: &LocalId, path: &str) {
        if !record.local_ids.contains(id) {
            self.push(Problem::new(&rules::LOCAL_ID_UNKNOWN, path));
        }
    }

    /// What a record held may have been given to another meanwhile.
    fn comes_back(&mut self, record: &Record, path: &str) {
        if let Some(ins) = record.held().cloned() {
            self.ins_is_free(&ins, &record.id, path);
        }
    }

    /// Two active records, not the same.
    fn two(&mut self, a: &RecordId, b: &RecordId) -> Option<(&'a Record, &'a Record)> {
        if a == b {
            self.push(Problem::new(&rules::MERGE_SELF, "/other").found(b));
        }
        let found = (self.open(a, "/record"), self.open(b, "/other"));
        match found {
            (Some(x), Some(y)) if a != b => Some((x, y)),
            _ => None,
        }
    }

    fn same_ins(&mut self, a: &Record, b: &Record, path: &str) {
        if let (Some(x), Some(y)) = (a.held(), b.held())
            && x != y
        {
            self.push(Problem::new(&rules::INS_CONFLICT, path));
        }
    }

    fn merge(&mut self, survivor: &RecordId, eliminated: &RecordId, confirmed: bool) {
        if survivor == eliminated {
            self.push(Problem::new(&rules::MERGE_SELF, "/eliminated").found(eliminated));
            return;
        }
        let found = (
            self.open(survivor, "/survivor"),
            self.open(eliminated, "/eliminated"),
        );
        let (Some(kept), Some(gone)) = found else {
            return;
        };
        self.same_ins(kept, gone, "/eliminated");
        let (a, b) = (kept.status(), gone.status());
        if needs_confirmation(a, b) && !confirmed {
            self.push(
                Problem::new(&rules::MERGE_CONFIRM, "/confirmed").found(format!(
                    "{} et {}",
                    a.label(),
                    b.label()
                )),
            );
        }
        if b > a {
            self.push(
                Problem::new(&rules::MERGE_WEAKER, "/survivor").found(format!(
                    "{} pour {}",
                    a.label(),
                    b.label()
                )),
            );
        }
        let (survivor, eliminated) = (survivor.clone(), eliminated.clone());
        self.facts.push(Fact::RecordsMerged {
            survivor,
            eliminated,
        });
    }
}

/// Whether a merge is to be confirmed: validée with provisoire; récupérée or
/// qualifiée with provisoire or validée.
fn needs_confirmation(a: Status, b: Status) -> bool {
    let one = |x: Status, y: Status| {
        (x == Status::Validated && y == Status::Provisional)
            || (x.holds_matricule() && matches!(y, Status::Validated | Status::Provisional))
    };
    one(a, b) || one(b, a)
}
