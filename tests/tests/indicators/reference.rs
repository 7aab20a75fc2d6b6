//! The indicators counted the plain way: a set of keys for every cell.

use std::collections::{BTreeMap, BTreeSet};

use dcc_core::indicators::{
    Counts, Dimension, FicheFact, Month, Period, PpsFact, Scope, SessionFact, SessionFactStatus,
};
use dcc_tests::activity::Activity;

#[derive(Default)]
struct Sets {
    counts: Counts,
    patients: BTreeSet<String>,
    patients_held: BTreeSet<String>,
    professionals: BTreeSet<String>,
    physicians: BTreeSet<String>,
    physicians_mssante: BTreeSet<String>,
}

#[derive(Default)]
pub(crate) struct Reference {
    pub cells: BTreeMap<Scope, Counts>,
    pub sessions: BTreeMap<String, Counts>,
    /// (cell, specialty) to (attendances, sessions).
    pub specialties: BTreeMap<(Scope, Option<String>), (u64, u64)>,
}

fn choice(value: &Option<String>) -> Dimension {
    value.clone().map_or(Dimension::Missing, Dimension::Value)
}

fn scopes(month: Month, e: &Option<String>, c: &Option<String>, t: &Option<String>) -> Vec<Scope> {
    let keep = |on: bool, d: &Option<String>| if on { choice(d) } else { Dimension::All };
    (0..16)
        .map(|lane| Scope {
            month: (lane & 1 == 1).then_some(month),
            establishment: keep(lane & 2 != 0, e),
            centre_3c: keep(lane & 4 != 0, c),
            theme: keep(lane & 8 != 0, t),
        })
        .collect()
}

fn latest<T>(facts: &[T], id: impl Fn(&T) -> &str, version: impl Fn(&T) -> u32) -> Vec<&T> {
    let mut last: BTreeMap<String, &T> = BTreeMap::new();
    for fact in facts {
        let kept = last.entry(id(fact).to_owned()).or_insert(fact);
        if version(fact) > version(kept) {
            *kept = fact;
        }
    }
    last.into_values().collect()
}

pub(crate) fn count(activity: &Activity, period: Period) -> Reference {
    count_facts(
        &activity.all_sessions(),
        &activity.all_fiches(),
        &activity.all_pps(),
        period,
    )
}

pub(crate) fn count_facts(
    sessions: &[SessionFact],
    fiches: &[FicheFact],
    pps: &[PpsFact],
    period: Period,
) -> Reference {
    let mut cells: BTreeMap<Scope, Sets> = BTreeMap::new();
    let mut by_session: BTreeMap<String, Sets> = BTreeMap::new();
    let mut specialties: BTreeMap<(Scope, Option<String>), (u64, u64)> = BTreeMap::new();
    cells.insert(Scope::all(), Sets::default());
    let sessions: BTreeMap<&str, &SessionFact> = sessions
        .iter()
        .filter(|s| s.status != SessionFactStatus::Cancelled && period.contains(s.date))
        .map(|s| (s.id.as_str(), s))
        .collect();

    for s in sessions.values() {
        let held = s.status == SessionFactStatus::Held;
        let scopes = scopes(Month::of(s.date), &s.establishment, &s.centre_3c, &s.theme);
        let add = |sets: &mut Sets| {
            if held {
                sets.counts.sessions_held += 1;
                sets.counts.sessions_quorum += u32::from(s.quorum_reached == Some(true));
                sets.counts.sessions_quorum_unknown += u32::from(s.quorum_reached.is_none());
                sets.counts.attendances += s.attendances.len() as u32;
                sets.professionals
                    .extend(s.attendances.iter().map(|a| a.professional.clone()));
            }
        };
        scopes
            .iter()
            .for_each(|scope| add(cells.entry(scope.clone()).or_default()));
        add(by_session.entry(s.id.clone()).or_default());
        if held {
            let met: BTreeSet<&Option<String>> =
                s.attendances.iter().map(|a| &a.specialty).collect();
            for specialty in met {
                let n = s
                    .attendances
                    .iter()
                    .filter(|a| a.specialty == *specialty)
                    .count() as u64;
                for scope in &scopes {
                    let row = specialties
                        .entry((scope.clone(), specialty.clone()))
                        .or_default();
                    row.0 += n;
                    row.1 += 1;
                }
            }
        }
    }

    for f in latest(fiches, |f| &f.id, |f| f.version) {
        let Some(s) = sessions.get(f.session.as_str()) else {
            continue;
        };
        let held = s.status == SessionFactStatus::Held;
        let add = |sets: &mut Sets| {
            let c = &mut sets.counts;
            c.fiches += 1;
            c.fiches_held += u32::from(held);
            c.fiches_validated += u32::from(f.validated);
            c.fiches_physician += u32::from(f.flags.attending_physician.is_some());
            c.fiches_mssante += u32::from(
                f.flags.attending_physician.is_some() && f.flags.attending_physician_mssante,
            );
            c.fiches_g8 += u32::from(f.flags.g8);
            c.fiches_oncogeriatric += u32::from(f.flags.oncogeriatric_requested);
            c.fiches_fertility += u32::from(f.flags.fertility_preservation);
            c.fiches_trial += u32::from(f.flags.trial_proposed);
            c.fiches_guideline += u32::from(f.flags.guideline_respected == Some(true));
            c.fiches_guideline_stated += u32::from(f.flags.guideline_respected.is_some());
            sets.patients.insert(f.patient.clone());
            if held {
                sets.patients_held.insert(f.patient.clone());
            }
            if let Some(physician) = &f.flags.attending_physician {
                sets.physicians.insert(physician.clone());
                if f.flags.attending_physician_mssante {
                    sets.physicians_mssante.insert(physician.clone());
                }
            }
        };
        for scope in scopes(Month::of(s.date), &s.establishment, &s.centre_3c, &s.theme) {
            add(cells.entry(scope).or_default());
        }
        add(by_session.entry(s.id.clone()).or_default());
    }

    for p in latest(pps, |p| &p.id, |p| p.version) {
        let Some(date) = p.validated_on.filter(|&d| period.contains(d)) else {
            continue;
        };
        for scope in scopes(Month::of(date), &p.establishment, &p.centre_3c, &p.theme) {
            cells.entry(scope).or_default().counts.pps_validated += 1;
        }
    }

    let finish = |sets: Sets| Counts {
        patients: sets.patients.len() as u32,
        patients_held: sets.patients_held.len() as u32,
        professionals: sets.professionals.len() as u32,
        physicians: sets.physicians.len() as u32,
        physicians_mssante: sets.physicians_mssante.len() as u32,
        ..sets.counts
    };
    Reference {
        cells: cells.into_iter().map(|(k, v)| (k, finish(v))).collect(),
        sessions: by_session
            .into_iter()
            .map(|(k, v)| (k, finish(v)))
            .collect(),
        specialties,
    }
}
