//! The fold of the events.

use std::collections::BTreeSet;

use dcc_base::problem::{Problem, Problems};

use super::event::{Event, Fact, VERSION};
use super::state::{Block, Registry};
use crate::capture::Capture;
use crate::ins::DatedIns;
use crate::local_id::LocalId;
use crate::record::{InsiSource, Life, Record, RecordId};
use crate::rules;
use crate::traits::Traits;
use crate::traits::normalise::spaced;

impl Registry {
    /// The registry after these events.
    ///
    /// # Errors
    /// The first event that does not fit, with its rank.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<Self, Problems> {
        let mut registry = Registry::new();
        for (i, event) in events.into_iter().enumerate() {
            registry.apply(event).map_err(|problems| {
                problems
                    .into_iter()
                    .map(|mut problem| {
                        problem.path = format!("/{i}{}", problem.path);
                        problem
                    })
                    .collect::<Problems>()
            })?;
        }
        Ok(registry)
    }

    /// Applies one event.
    ///
    /// # Errors
    /// An event of an unknown version, out of order, or about a record that does
    /// not exist; the registry is then unchanged.
    pub fn apply(&mut self, event: &Event) -> Result<(), Problems> {
        apply(self, event)
    }
}

/// The records that an event changes.
pub(super) fn touched(fact: &Fact) -> Vec<&RecordId> {
    match fact {
        Fact::RecordsLinked { record, other }
        | Fact::RecordsUnlinked { record, other }
        | Fact::DeclaredDistinct { record, other } => vec![record, other],
        Fact::RecordsMerged { eliminated, .. } | Fact::MergeUndone { eliminated, .. } => {
            vec![eliminated]
        }
        Fact::RecordCreated { record, .. }
        | Fact::TraitsEdited { record, .. }
        | Fact::UsedNamesEdited { record, .. }
        | Fact::AttributesSet { record, .. }
        | Fact::DeviceChecked { record, .. }
        | Fact::DeviceWithdrawn { record, .. }
        | Fact::InsiObtained { record, .. }
        | Fact::InsiFailed { record, .. }
        | Fact::InsiWithdrawn { record, .. }
        | Fact::IdentityReceived { record, .. }
        | Fact::LocalIdAdded { record, .. }
        | Fact::LocalIdRemoved { record, .. }
        | Fact::LocalIdChanged { record, .. }
        | Fact::RecordDeactivated { record, .. }
        | Fact::RecordReactivated { record, .. } => vec![record],
    }
}

/// Puts a record back as it was; none: it did not exist.
pub(super) fn restore(registry: &mut Registry, id: &RecordId, before: Option<Record>) {
    if let Some(now) = registry.records.remove(id) {
        index(registry, &now, false);
    }
    if let Some(before) = before {
        store(registry, before);
    }
}

/// Applies one event, or leaves the registry as it is.
fn apply(registry: &mut Registry, event: &Event) -> Result<(), Problems> {
    if event.version != VERSION {
        return Err(Problem::new(&rules::EVENT_VERSION, "/version")
            .found(event.version)
            .allowed([VERSION])
            .into());
    }
    let next = registry.sequence + 1;
    if event.sequence != next {
        return Err(Problem::new(&rules::EVENT_ORDER, "/sequence")
            .found(event.sequence)
            .allowed([next])
            .into());
    }
    if registry.last.is_some_and(|last| event.at < last) {
        return Err(Problem::new(&rules::INSTANT, "/at")
            .found(event.at.to_rfc3339())
            .into());
    }
    change(registry, &event.fact)?;
    registry.sequence = next;
    registry.last = Some(event.at);
    Ok(())
}

fn change(registry: &mut Registry, fact: &Fact) -> Result<(), Problem> {
    match fact {
        Fact::RecordCreated { record, identity } => {
            if registry.records.contains_key(record) {
                return Err(Problem::new(&rules::RECORD_TAKEN, "/fact/record").found(record));
            }
            let mut new = blank(record);
            new.traits = identity.traits.clone();
            new.used = identity.used.clone();
            new.local_ids = identity.local_ids.clone();
            new.attributes = identity.attributes;
            new.capture = identity.capture;
            store(registry, new);
            Ok(())
        }
        Fact::IdentityReceived {
            record,
            identity,
            source,
            proof,
        } => {
            let mut new = registry
                .records
                .get(record)
                .cloned()
                .unwrap_or_else(|| blank(record));
            new.traits = identity.traits.clone();
            if let Some(used) = &identity.used {
                new.used = used.clone();
            }
            new.attributes = identity.attributes;
            new.capture = identity.capture.unwrap_or(Capture::Interface);
            new.unqualified = identity.unqualified;
            new.lunar_date = identity.lunar_date.clone().or(new.lunar_date);
            new.consent = identity.consent.clone().or(new.consent);
            for id in &identity.local_ids {
                if !new.local_ids.contains(id) {
                    new.local_ids.push(id.clone());
                }
            }
            set_source(&mut new, source.clone());
            new.proof = proof.clone();
            store(registry, new);
            Ok(())
        }
        Fact::MergeUndone { eliminated, .. }
        | Fact::RecordReactivated {
            record: eliminated, ..
        } => edit(registry, eliminated, |record| record.life = Life::Active),
        Fact::RecordsMerged {
            survivor,
            eliminated,
        } => {
            known(registry, survivor)?;
            if survivor == eliminated {
                return Err(Problem::new(&rules::MERGE_SELF, "/fact/eliminated").found(eliminated));
            }
            let into = survivor.clone();
            edit(registry, eliminated, |record| {
                record.life = Life::Merged { into }
            })
        }
        Fact::RecordsLinked { record, other } => pair(registry, record, other, |links, _, id| {
            links.insert(id);
        }),
        Fact::RecordsUnlinked { record, other } => pair(registry, record, other, |links, _, id| {
            links.remove(&id);
        }),
        Fact::DeclaredDistinct { record, other } => {
            pair(registry, record, other, |_, distinct, id| {
                distinct.insert(id);
            })
        }
        Fact::RecordDeactivated {
            record,
            reason,
            duplicate,
        } => edit(registry, record, |r| {
            r.life = Life::Deactivated {
                reason: reason.clone(),
                duplicate: *duplicate,
            };
        }),
        _ => change_identity(registry, fact),
    }
}

/// Facts about the identity of one record.
fn change_identity(registry: &mut Registry, fact: &Fact) -> Result<(), Problem> {
    match fact {
        Fact::TraitsEdited { record, traits } => edit(registry, record, |r| {
            r.traits = traits.clone();
            withdraw(r);
        }),
        Fact::UsedNamesEdited { record, used } => edit(registry, record, |r| r.used = used.clone()),
        Fact::AttributesSet { record, attributes } => edit(registry, record, |r| {
            let raised = (attributes.doubtful && !r.attributes.doubtful)
                || (attributes.fictitious && !r.attributes.fictitious);
            r.attributes = *attributes;
            if raised {
                withdraw(r);
            }
        }),
        Fact::DeviceChecked { record, proof } => {
            edit(registry, record, |r| r.proof = Some(proof.clone()))
        }
        Fact::DeviceWithdrawn { record, .. } => edit(registry, record, |r| r.proof = None),
        Fact::InsiObtained {
            record,
            source,
            history,
            traits,
            ..
        } => edit(registry, record, |r| {
            r.traits = traits.clone();
            r.unqualified = false;
            set_source(r, Some(source.clone()));
            for ins in history {
                remember(r, ins);
            }
        }),
        Fact::InsiFailed { record, .. } => known(registry, record),
        Fact::InsiWithdrawn { record, .. } => edit(registry, record, |r| set_source(r, None)),
        Fact::LocalIdAdded { record, id } => {
            edit(registry, record, |r| r.local_ids.push(id.clone()))
        }
        Fact::LocalIdRemoved { record, id } => {
            edit(registry, record, |r| r.local_ids.retain(|x| x != id))
        }
        Fact::LocalIdChanged { record, old, new } => edit(registry, record, |r| {
            r.local_ids.retain(|x| x != old && x != new);
            r.local_ids.push(new.clone());
        }),
        // the others are those of `change`
        _ => Ok(()),
    }
}

fn blank(id: &RecordId) -> Record {
    Record {
        id: id.clone(),
        traits: Traits::default(),
        used: Default::default(),
        local_ids: Vec::<LocalId>::new(),
        attributes: Default::default(),
        capture: Capture::default(),
        source: None,
        proof: None,
        former_ins: Vec::new(),
        lunar_date: None,
        consent: None,
        unqualified: false,
        life: Life::Active,
        links: BTreeSet::new(),
        distinct: BTreeSet::new(),
    }
}

/// Withdraws the evidence: the INS goes to the history.
fn withdraw(record: &mut Record) {
    set_source(record, None);
    record.proof = None;
}

fn set_source(record: &mut Record, source: Option<InsiSource>) {
    let same = source.as_ref().map(|s| &s.ins.ins) == record.held();
    if let Some(old) = record.source.take().filter(|_| !same) {
        remember(record, &old.ins);
    }
    record.source = source;
}

fn remember(record: &mut Record, ins: &DatedIns) {
    if !record.former_ins.contains(ins) {
        record.former_ins.push(ins.clone());
    }
}

fn known(registry: &Registry, id: &RecordId) -> Result<(), Problem> {
    if registry.records.contains_key(id) {
        Ok(())
    } else {
        Err(Problem::new(&rules::RECORD_UNKNOWN, "/fact").found(id))
    }
}

fn edit(
    registry: &mut Registry,
    id: &RecordId,
    change: impl FnOnce(&mut Record),
) -> Result<(), Problem> {
    known(registry, id)?;
    if let Some(mut record) = registry.records.get(id).cloned() {
        change(&mut record);
        store(registry, record);
    }
    Ok(())
}

fn pair(
    registry: &mut Registry,
    a: &RecordId,
    b: &RecordId,
    change: impl Fn(&mut BTreeSet<RecordId>, &mut BTreeSet<RecordId>, RecordId),
) -> Result<(), Problem> {
    known(registry, a)?;
    known(registry, b)?;
    edit(registry, a, |r| {
        change(&mut r.links, &mut r.distinct, b.clone())
    })?;
    edit(registry, b, |r| {
        change(&mut r.links, &mut r.distinct, a.clone())
    })
}

/// Puts a record in its place, and the indexes in order.
fn store(registry: &mut Registry, record: Record) {
    if let Some(old) = registry.records.remove(&record.id) {
        index(registry, &old, false);
    }
    index(registry, &record, true);
    registry.records.insert(record.id.clone(), record);
}

fn index(registry: &mut Registry, record: &Record, add: bool) {
    let id = &record.id;
    for local in &record.local_ids {
        if add {
            registry.local.insert(local.key(), id.clone());
        } else if registry.local.get(&local.key()) == Some(id) {
            registry.local.remove(&local.key());
        }
    }
    if !record.is_active() {
        return;
    }
    if let Some(ins) = record.held() {
        let key = (ins.kind, ins.matricule.clone());
        if add {
            registry.ins.insert(key, id.clone());
        } else if registry.ins.get(&key) == Some(id) {
            registry.ins.remove(&key);
        }
    }
    if let Some(date) = record.traits.birth_date {
        if add {
            registry.dates.entry(date).or_default().insert(id.clone());
        } else if let Some(held) = registry.dates.get_mut(&date) {
            held.remove(id);
            if held.is_empty() {
                registry.dates.remove(&date);
            }
        }
    }
    for name in names(record) {
        if let Some(date) = record.traits.birth_date {
            for block in Block::of(&name, date) {
                if add {
                    registry.blocks.entry(block).or_default().insert(id.clone());
                } else if let Some(held) = registry.blocks.get_mut(&block) {
                    held.remove(id);
                    if held.is_empty() {
                        registry.blocks.remove(&block);
                    }
                }
            }
        }
        if add {
            registry.names.entry(name).or_default().insert(id.clone());
        } else if let Some(held) = registry.names.get_mut(&name) {
            held.remove(id);
            if held.is_empty() {
                registry.names.remove(&name);
            }
        }
    }
}

/// The names by which a record is found: birth and used, separators aside.
fn names(record: &Record) -> impl Iterator<Item = String> + '_ {
    let used = record.used.family.as_deref();
    [Some(record.traits.birth_name.as_str()), used]
        .into_iter()
        .flatten()
        .filter(|name| !name.is_empty())
        .map(spaced)
}
