//! The records and their indexes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use dcc_base::identity::ins::InsKind;

use crate::ins::Ins;
use crate::local_id::LocalId;
use crate::record::{Life, Record, RecordId};

/// A name, with the year of birth or with its day and month: records that share
/// one are worth comparing.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Block {
    Year(String, i32),
    Day(String, u32, u32),
}

impl Block {
    /// The two blocks of a name and a date.
    pub(super) fn of(name: &str, date: NaiveDate) -> [Block; 2] {
        [
            Block::Year(name.to_owned(), date.year()),
            Block::Day(name.to_owned(), date.month(), date.day()),
        ]
    }
}

/// The records of patients (*base d'identités*), the fold of their events.
#[derive(Clone, Default)]
pub struct Registry {
    pub(super) records: BTreeMap<RecordId, Record>,
    /// Local identifiers of every record, merged ones included.
    pub(super) local: HashMap<(String, String), RecordId>,
    /// Active INS of the active records.
    pub(super) ins: HashMap<(InsKind, String), RecordId>,
    /// Active records by date of birth and by name, birth and used.
    pub(super) dates: BTreeMap<NaiveDate, BTreeSet<RecordId>>,
    pub(super) names: BTreeMap<String, BTreeSet<RecordId>>,
    /// Active records by name with the year, and with the day and month, of birth.
    pub(super) blocks: HashMap<Block, BTreeSet<RecordId>>,
    pub(super) sequence: u64,
    pub(super) last: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registry")
            .field("records", &self.records.len())
            .field("sequence", &self.sequence)
            .finish_non_exhaustive()
    }
}

impl Registry {
    /// No record.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records, by identifier, whatever became of them.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }

    /// One record, whatever became of it.
    pub fn record(&self, id: &RecordId) -> Option<&Record> {
        self.records.get(id)
    }

    /// The record that stands for `id`: itself, or the one it was merged into,
    /// however far.
    pub fn resolve(&self, id: &RecordId) -> Option<&Record> {
        let mut record = self.records.get(id)?;
        // a merge never makes a circle; the count bounds a log made by others
        for _ in 0..self.records.len() {
            match &record.life {
                Life::Merged { into } => record = self.records.get(into)?,
                _ => return Some(record),
            }
        }
        None
    }

    /// The record that has, or had before it was merged, this local identifier.
    pub fn by_local_id(&self, id: &LocalId) -> Option<&Record> {
        self.local.get(&id.key()).and_then(|id| self.resolve(id))
    }

    /// The active record that holds this INS, whatever its status.
    pub fn by_ins(&self, ins: &Ins) -> Option<&Record> {
        self.ins
            .get(&(ins.kind, ins.matricule.clone()))
            .and_then(|id| self.records.get(id))
    }

    /// The records linked with `id`, near or far, itself included.
    pub fn linked(&self, id: &RecordId) -> BTreeSet<RecordId> {
        let mut found = BTreeSet::new();
        let mut next = vec![id.clone()];
        while let Some(id) = next.pop() {
            if let Some(record) = self.records.get(&id)
                && found.insert(id)
            {
                next.extend(record.links.iter().cloned());
            }
        }
        found
    }

    /// Number of events applied: the sequence of the last.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Instant of the last event.
    pub fn last_instant(&self) -> Option<DateTime<Utc>> {
        self.last
    }
}
