//! Candidates: the records that may be those of a patient who comes.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use dcc_base::problem::{Problem, Problems};

use super::state::Registry;
use crate::ins::Ins;
use crate::local_id::LocalId;
use crate::opaque::opaque;
use crate::record::{Record, RecordId};
use crate::rules;
use crate::status::Status;
use crate::traits::Sex;
use crate::traits::normalise::{NameKind, NameOptions, normalise, spaced};

/// What is looked for: every criterion given has to hold. An INS or a local
/// identifier answers alone.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Query {
    /// *INS*.
    pub ins: Option<Ins>,
    /// *Identifiant local*.
    pub local_id: Option<LocalId>,
    /// *Date de naissance*.
    pub birth_date: Option<NaiveDate>,
    /// *Année de naissance*.
    pub birth_year: Option<i32>,
    /// First letters of the birth name or of the used name, as typed.
    pub name: Option<String>,
    /// First letters of a given name, of birth or used, as typed.
    pub given: Option<String>,
    /// *Sexe*.
    pub sex: Option<Sex>,
    /// Most candidates answered. Default 50.
    pub limit: usize,
}

impl Default for Query {
    fn default() -> Self {
        Query {
            ins: None,
            local_id: None,
            birth_date: None,
            birth_year: None,
            name: None,
            given: None,
            sex: None,
            limit: 50,
        }
    }
}

opaque!(Query);

/// A record that answers a query.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate {
    /// The record.
    pub record: RecordId,
    /// Status of its identity.
    pub status: Status,
    /// The criteria that hold, in French; they show no value.
    pub reasons: Vec<&'static str>,
}

impl Registry {
    /// The records that answer a query, those of the surest status first; true
    /// when there are more than `limit`.
    ///
    /// # Errors
    /// `RECHERCHE-CRITERES` when the query is too wide, `TRAIT-CARACTERE` when a
    /// name cannot be one.
    pub fn search(&self, query: &Query) -> Result<(Vec<Candidate>, bool), Problems> {
        let mut problems = Problems::new();
        let mut prefix = |text: &Option<String>, kind, path| {
            let text = text.as_deref().map(str::trim).filter(|t| !t.is_empty())?;
            // a prefix may stop at a separator
            let core = text.trim_end_matches(['-', '\'', ' ']);
            match normalise(core, kind, NameOptions::default(), path) {
                Ok(name) => Some(spaced(&name)),
                Err(told) => {
                    problems.extend(told);
                    None
                }
            }
        };
        let name = prefix(&query.name, NameKind::Family, "/name");
        let given = prefix(&query.given, NameKind::Given, "/given");
        let wide = name.as_ref().is_none_or(|n| n.len() < 3)
            && query.birth_date.is_none()
            && query.ins.is_none()
            && query.local_id.is_none();
        if problems.is_empty() && wide {
            problems.push(Problem::new(&rules::QUERY, ""));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut found: Vec<Candidate> = self
            .pool(query, name.as_deref())
            .into_iter()
            .filter_map(|record| judge(record, query, name.as_deref(), given.as_deref()))
            .collect();
        found.sort_by(|a, b| {
            b.status
                .cmp(&a.status)
                .then_with(|| a.record.cmp(&b.record))
        });
        let more = found.len() > query.limit;
        found.truncate(query.limit);
        Ok((found, more))
    }

    /// The records that the narrowest criterion gives.
    fn pool(&self, query: &Query, name: Option<&str>) -> Vec<&Record> {
        if let Some(ins) = &query.ins {
            return self.by_ins(ins).into_iter().collect();
        }
        if let Some(id) = &query.local_id {
            return self
                .by_local_id(id)
                .into_iter()
                .filter(|r| r.is_active())
                .collect();
        }
        let ids: BTreeSet<&RecordId> = match (query.birth_date, name) {
            (Some(date), _) => self.dates.get(&date).into_iter().flatten().collect(),
            (None, Some(name)) => self
                .names
                .range(name.to_owned()..)
                .take_while(|(key, _)| key.starts_with(name))
                .flat_map(|(_, ids)| ids)
                .collect(),
            (None, None) => BTreeSet::new(),
        };
        ids.into_iter()
            .filter_map(|id| self.records.get(id))
            .collect()
    }
}

fn judge(
    record: &Record,
    query: &Query,
    name: Option<&str>,
    given: Option<&str>,
) -> Option<Candidate> {
    let mut reasons = Vec::new();
    let traits = &record.traits;
    let mut holds = |asked: bool, held: bool, reason| {
        if asked && held {
            reasons.push(reason);
        }
        !asked || held
    };
    let starts =
        |text: Option<&str>, prefix: &str| text.is_some_and(|t| spaced(t).starts_with(prefix));
    let of_name =
        |n: &str| starts(Some(&traits.birth_name), n) || starts(record.used.family.as_deref(), n);
    let of_given = |n: &str| {
        starts(Some(&traits.first_given_name), n)
            || starts(record.used.given.as_deref(), n)
            || spaced(&traits.given_names)
                .split(' ')
                .any(|word| word.starts_with(n))
    };
    let all = [
        holds(query.ins.is_some(), true, "même matricule INS"),
        holds(query.local_id.is_some(), true, "même identifiant local"),
        holds(
            query.birth_date.is_some(),
            traits.birth_date == query.birth_date,
            "même date de naissance",
        ),
        holds(
            query.birth_year.is_some(),
            traits.birth_date.map(|d| d.year()) == query.birth_year,
            "même année de naissance",
        ),
        holds(
            name.is_some(),
            name.is_some_and(of_name),
            "nom commençant par les lettres demandées",
        ),
        holds(
            given.is_some(),
            given.is_some_and(of_given),
            "prénom commençant par les lettres demandées",
        ),
        holds(
            query.sex.is_some(),
            Some(traits.sex) == query.sex,
            "même sexe",
        ),
    ];
    all.iter().all(|h| *h).then(|| Candidate {
        record: record.id.clone(),
        status: record.status(),
        reasons,
    })
}
