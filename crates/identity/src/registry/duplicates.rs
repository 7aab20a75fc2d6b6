//! Suspected duplicates: a score out of 100, explained point by point.
//!
//! | what | points |
//! |---|---|
//! | same INS, active or former | 100 |
//! | two active INS that differ | − 60 |
//! | birth date: same, compatible, day and month swapped, one digit off | 30, 20, 15, 10 |
//! | birth name: same, used name of the other, close spelling | 30, 20, 18 |
//! | first given name: same, coherent, close spelling | 20, 15, 10 |
//! | sex: same, different | 5, − 15 |
//! | birth place: same, different | 15, − 10 |
//!
//! The weights are our own: the RNIV gives none.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::state::{Block, Registry};
use crate::opaque::opaque;
use crate::record::{Record, RecordId};
use crate::traits::compare::{Match, Trait, compare};
use crate::traits::normalise::spaced;
use crate::traits::{Sex, Traits, UsedNames};

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DuplicateOptions {
    /// Least score answered. Default 75: without some likeness of the dates of birth,
    /// two records do not reach it.
    pub least: u8,
    /// Most pairs compared, so that a base of one name costs no more. Default 20 millions.
    pub max_comparisons: usize,
}

impl Default for DuplicateOptions {
    fn default() -> Self {
        DuplicateOptions {
            least: 75,
            max_comparisons: 20_000_000,
        }
    }
}

/// Two records that seem to be of one patient (*doublon présumé*).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Duplicate {
    /// A record.
    pub record: RecordId,
    /// The other.
    pub other: RecordId,
    /// Score, 0 to 100.
    pub score: u8,
    /// The reasons, in French, each with its points; they show no value.
    pub reasons: Vec<String>,
}

opaque!(Duplicate);

impl Registry {
    /// The suspected duplicates of a record, best first.
    pub fn duplicates_of(&self, id: &RecordId, options: &DuplicateOptions) -> Vec<Duplicate> {
        let Some(record) = self.records.get(id).filter(|r| r.is_active()) else {
            return Vec::new();
        };
        suspects(
            self,
            id,
            &record.traits,
            &record.used,
            Some(record),
            options,
        )
    }

    /// All the suspected duplicates among the active records, best first; true
    /// when `max_comparisons` stopped the search.
    pub fn duplicates(&self, options: &DuplicateOptions) -> (Vec<Duplicate>, bool) {
        let mut found = Vec::new();
        let mut left = options.max_comparisons;
        for record in self.records.values().filter(|r| r.is_active()) {
            for other in near(self, &record.traits, &record.used, Some(record)) {
                // a pair is seen from both its records, but for a former INS
                if *other <= record.id && !had(record, self.records.get(other)) {
                    continue;
                }
                if left == 0 {
                    found.sort_by(order);
                    found.dedup_by(|a, b| pair(a) == pair(b));
                    return (found, true);
                }
                left -= 1;
                let compared = self.records.get(other).and_then(|other| {
                    score(
                        &record.id,
                        &record.traits,
                        &record.used,
                        Some(record),
                        other,
                    )
                });
                found.extend(compared.filter(|d| d.score >= options.least));
            }
        }
        found.sort_by(order);
        found.dedup_by(|a, b| pair(a) == pair(b));
        (found, false)
    }
}

/// True when the active INS of `other` is a former one of `record`.
fn had(record: &Record, other: Option<&Record>) -> bool {
    let held = other.and_then(Record::held);
    held.is_some_and(|held| record.former_ins.iter().any(|dated| dated.ins == *held))
}

fn pair(duplicate: &Duplicate) -> (&RecordId, &RecordId) {
    let (a, b) = (&duplicate.record, &duplicate.other);
    if a < b { (a, b) } else { (b, a) }
}

fn order(a: &Duplicate, b: &Duplicate) -> std::cmp::Ordering {
    b.score.cmp(&a.score).then_with(|| pair(a).cmp(&pair(b)))
}

/// The records that seem to be of the patient who has these traits.
pub(super) fn suspects(
    registry: &Registry,
    id: &RecordId,
    traits: &Traits,
    used: &UsedNames,
    record: Option<&Record>,
    options: &DuplicateOptions,
) -> Vec<Duplicate> {
    let mut found: Vec<Duplicate> = near(registry, traits, used, record)
        .into_iter()
        .filter(|other| *other != id)
        .take(options.max_comparisons)
        .filter_map(|other| registry.records.get(other))
        .filter_map(|other| score(id, traits, used, record, other))
        .filter(|duplicate| duplicate.score >= options.least)
        .collect();
    found.sort_by(order);
    found
}

/// The records worth comparing: same date of birth, or with day and month
/// swapped; same name with the same year, or the same day and month, of birth;
/// an INS that was this record's.
fn near<'r>(
    registry: &'r Registry,
    traits: &Traits,
    used: &UsedNames,
    record: Option<&Record>,
) -> BTreeSet<&'r RecordId> {
    let date = traits.birth_date;
    let dates = date.into_iter().chain(date.and_then(swapped));
    let by_date = dates.filter_map(|date| registry.dates.get(&date)).flatten();
    let names = [Some(&traits.birth_name), used.family.as_ref()];
    let blocks = names
        .into_iter()
        .flatten()
        .zip(std::iter::repeat(date))
        .filter_map(|(name, date)| Some(Block::of(&spaced(name), date?)))
        .flatten();
    let by_name = blocks
        .filter_map(|block| registry.blocks.get(&block))
        .flatten();
    let former = record.map(|r| r.former_ins.as_slice()).unwrap_or_default();
    let by_ins = former.iter().filter_map(|dated| {
        registry
            .ins
            .get(&(dated.ins.kind, dated.ins.matricule.clone()))
    });
    by_date.chain(by_name).chain(by_ins).collect()
}

fn swapped(date: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(date.year(), date.day(), date.month())
}

fn score(
    id: &RecordId,
    traits: &Traits,
    used: &UsedNames,
    record: Option<&Record>,
    other: &Record,
) -> Option<Duplicate> {
    let apart =
        record.is_some_and(|r| r.distinct.contains(&other.id) || r.links.contains(&other.id));
    if apart || !other.is_active() {
        return None;
    }
    let mut points = Points::default();
    if let Some(record) = record {
        of_ins(record, other, &mut points);
    }
    let comparison = compare(traits, &other.traits);
    of_date(
        traits.birth_date,
        other.traits.birth_date,
        comparison.of(Trait::BirthDate),
        &mut points,
    );
    let (name, other_name) = (spaced(&traits.birth_name), spaced(&other.traits.birth_name));
    let is_used =
        |used: &UsedNames, name: &str| used.family.as_ref().is_some_and(|u| spaced(u) == name);
    if name == other_name {
        points.add(30, "même nom de naissance");
    } else if is_used(used, &other_name) || is_used(&other.used, &name) {
        points.add(
            20,
            "le nom utilisé de l'un est le nom de naissance de l'autre",
        );
    } else if strsim::jaro_winkler(&name, &other_name) >= 0.92 {
        points.add(18, "noms de naissance d'orthographe proche");
    }
    let (first, other_first) = (
        spaced(&traits.first_given_name),
        spaced(&other.traits.first_given_name),
    );
    if first == other_first {
        points.add(20, "même premier prénom");
    } else if comparison.of(Trait::FirstGivenName) == Match::Coherent {
        points.add(15, "premiers prénoms cohérents avec la liste des prénoms");
    } else if strsim::jaro_winkler(&first, &other_first) >= 0.9 {
        points.add(10, "premiers prénoms d'orthographe proche");
    }
    match (traits.sex, other.traits.sex) {
        (Sex::Indeterminate, _) | (_, Sex::Indeterminate) => {}
        (a, b) if a == b => points.add(5, "même sexe"),
        _ => points.add(-15, "sexes différents"),
    }
    let unknown = |t: &Traits| t.birth_place.as_deref().is_none_or(|p| p == "99999");
    if !unknown(traits) && !unknown(&other.traits) {
        if traits.birth_place == other.traits.birth_place {
            points.add(15, "même lieu de naissance");
        } else {
            points.add(-10, "lieux de naissance différents");
        }
    }
    Some(Duplicate {
        record: id.clone(),
        other: other.id.clone(),
        score: u8::try_from(points.total.clamp(0, 100)).unwrap_or(0),
        reasons: points.reasons,
    })
}

#[derive(Default)]
struct Points {
    total: i32,
    reasons: Vec<String>,
}

impl Points {
    fn add(&mut self, points: i32, reason: &str) {
        self.total += points;
        self.reasons.push(format!("{reason} ({points:+})"));
    }
}

fn of_ins(record: &Record, other: &Record, points: &mut Points) {
    let all = |r: &Record| -> Vec<_> {
        let former = r.former_ins.iter().map(|dated| dated.ins.clone());
        r.held().cloned().into_iter().chain(former).collect()
    };
    let theirs = all(other);
    if all(record).iter().any(|ins| theirs.contains(ins)) {
        points.add(100, "même matricule INS, actif ou ancien");
    } else if record.held().is_some() && other.held().is_some() {
        points.add(-60, "matricules INS actifs différents");
    }
}

fn of_date(a: Option<NaiveDate>, b: Option<NaiveDate>, how: Match, points: &mut Points) {
    let (Some(a), Some(b)) = (a, b) else { return };
    if how == Match::Equal {
        points.add(30, "même date de naissance");
    } else if how == Match::Coherent {
        points.add(
            20,
            "dates de naissance compatibles, une partie étant inconnue",
        );
    } else if swapped(a) == Some(b) {
        points.add(15, "jour et mois de naissance échangés");
    } else if strsim::generic_hamming(&digits(a), &digits(b)) == Ok(1) {
        points.add(10, "dates de naissance différentes d'un chiffre");
    }
}

fn digits(date: NaiveDate) -> [u8; 8] {
    let text = date.format("%Y%m%d").to_string();
    text.as_bytes().try_into().unwrap_or([0; 8])
}
