//! From the facts to the indicators.
//!
//! - this file: every count, cell by cell
//! - `standing`: what the facts of a session count for
//! - `presences`: attendances, each once
//! - `by_session`: the distinct counts of each session
//! - `tallies`: what became of every fact
//! - [`mask`]: small counts masked
//!
//! Counts that add up are summed by session, then by cell, then from cuboid to
//! cuboid; distinct counts come from `cube::distinct`. Everything is a sum of
//! whole numbers, so the result does not depend on the threads.

mod by_session;
pub mod mask;
mod presences;
mod standing;
mod tallies;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use self::presences::{Presences, specialty_cube};
use self::standing::Standings;
use super::cube::codes::Codes;
use super::cube::distinct::{Grouped, repeats, split};
use super::cube::{Cube, FINEST};
use super::period::{Month, Period};
use super::progress::{COMPUTE_STEPS, Progress, to_the_end};
use super::results::{Counts, Indicators, RcpRow, SessionRow};
use super::store::intern::NONE;
use super::store::rows::{CANCELLED, HELD, NO_DAY, NOT_STATED, StoredFiche, StoredSession, YES};
use super::store::{FactStore, date_of, day};

/// More threads than this are not used.
const MAX_THREADS: usize = 256;

/// How to compute.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ComputeOptions {
    /// Threads to use: 0 stands for 1, more than 256 for 256. The result is
    /// the same.
    pub threads: usize,
    /// Whether to give each session's indicators.
    pub by_session: bool,
    /// Whether to give the specialties (`QUA-02`).
    pub specialties: bool,
    /// Masks the counts of patients, fiches and PPS from 1 to this one,
    /// excluded, and those that would give them away: see [`super::mask`].
    pub small_counts: Option<u32>,
}

impl Default for ComputeOptions {
    fn default() -> Self {
        ComputeOptions {
            threads: 1,
            by_session: true,
            specialties: true,
            small_counts: None,
        }
    }
}

/// What the fiches of a session add up to; see [`fiche_counts`].
const SUMS: usize = 10;

impl ComputeOptions {
    /// The same, on so many threads.
    #[must_use]
    pub fn with_threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// The same, with the counts of persons below this one masked.
    #[must_use]
    pub fn with_small_counts(mut self, threshold: u32) -> Self {
        self.small_counts = Some(threshold);
        self
    }
}

/// A fiche that names an attending physician, beside its bits.
const NAMED: u32 = StoredFiche::ALL + 1;

/// What one fiche adds to its session, by its bits and [`NAMED`].
fn fiche_counts() -> Vec<[u32; SUMS]> {
    let bits = [
        0,
        StoredFiche::validated,
        NAMED,
        NAMED | StoredFiche::attending_physician_mssante,
        StoredFiche::g8,
        StoredFiche::oncogeriatric_requested,
        StoredFiche::fertility_preservation,
        StoredFiche::trial_proposed,
        StoredFiche::guideline_respected,
        // an answer is two bits: yes, and stated
        StoredFiche::guideline_respected << 1,
    ];
    (0..NAMED * 2)
        .map(|flags| bits.map(|bit| u32::from(flags & bit == bit)))
        .collect()
}

fn fiche_key(row: &StoredFiche) -> usize {
    let named = if row.attending_physician == NONE {
        0
    } else {
        NAMED
    };
    (row.bits | named) as usize
}

impl FactStore {
    /// Every indicator over a period, in every cell.
    ///
    /// Facts that [`FactStore::problems`] lists as refused, repeated or of an
    /// unknown session are not counted; [`Indicators::tallies`] has how many.
    /// A thread that the system refuses makes it slower, and changes nothing.
    pub fn compute(&self, period: Period, options: &ComputeOptions) -> Indicators {
        to_the_end(|progress| self.compute_with_progress(period, options, progress))
    }

    /// As [`FactStore::compute`]; `progress` is called after each of the
    /// [`COMPUTE_STEPS`].
    pub fn compute_with_progress<B>(
        &self,
        period: Period,
        options: &ComputeOptions,
        progress: Progress<'_, B>,
    ) -> ControlFlow<B, Indicators> {
        let threads = options.threads.clamp(1, MAX_THREADS);
        let (first, last) = (day(period.first()), day(period.last()));
        let inside = |day: i32| first <= day && day <= last;
        let months = period.months();
        let first_month = months[0].index();
        let month_of_day: Vec<u32> = (first..=last)
            .map(|d| date_of(d).map_or(0, |d| (Month::of(d).index() - first_month) as u32))
            .collect();

        // the cells: of sessions not cancelled, and of PPS
        let counted = |r: &&StoredSession| r.status != CANCELLED && inside(r.date);
        let sessions: Vec<(u32, &StoredSession)> = self
            .sessions
            .first
            .iter()
            .enumerate()
            .filter_map(|(s, r)| r.as_ref().filter(counted).map(|r| (s as u32, r)))
            .collect();
        let pps: Vec<_> = self
            .pps
            .first
            .iter()
            .flatten()
            .filter(|r| r.validated_on != NO_DAY && inside(r.validated_on))
            .collect();
        let n = &self.names;
        let codes = [
            Codes::new(
                &n.establishments,
                sessions
                    .iter()
                    .map(|(_, r)| r.establishment)
                    .chain(pps.iter().map(|r| r.establishment)),
            ),
            Codes::new(
                &n.centres,
                sessions
                    .iter()
                    .map(|(_, r)| r.centre_3c)
                    .chain(pps.iter().map(|r| r.centre_3c)),
            ),
            Codes::new(
                &n.themes,
                sessions
                    .iter()
                    .map(|(_, r)| r.theme)
                    .chain(pps.iter().map(|r| r.theme)),
            ),
        ];
        let key = |day: i32, e: u32, c: u32, t: u32| {
            [
                month_of_day[(day - first) as usize],
                codes[0].of(e),
                codes[1].of(c),
                codes[2].of(t),
            ]
        };
        let keys: Vec<[u32; 4]> = sessions
            .iter()
            .map(|(_, r)| key(r.date, r.establishment, r.centre_3c, r.theme))
            .chain(
                pps.iter()
                    .map(|r| key(r.validated_on, r.establishment, r.centre_3c, r.theme)),
            )
            .collect();
        let sizes = [
            months.len(),
            codes[0].values.len(),
            codes[1].values.len(),
            codes[2].values.len(),
        ];
        let (cube, cell_of) = Cube::new(&keys, sizes);
        drop(keys);

        progress(1)?;
        let mut standings = Standings::new(&self.sessions.first, |row| inside(row.date));
        for ((symbol, row), cell) in sessions.iter().zip(&cell_of) {
            standings.count(*symbol, row, *cell);
        }

        // sums by session, then by cell
        let fiches = &self.fiches.first;
        let table = fiche_counts();
        let mut sums: Vec<[u32; SUMS]> = Vec::new();
        for part in split(threads, fiches.len(), |range| {
            let mut sums = vec![[0; SUMS]; standings.len()];
            for row in fiches[range].iter().flatten() {
                let add = &table[fiche_key(row)];
                for (sum, n) in sums[row.session as usize].iter_mut().zip(add) {
                    *sum += n;
                }
            }
            sums
        }) {
            if sums.is_empty() {
                sums = part;
            } else {
                for (sum, part) in sums.iter_mut().zip(part) {
                    for (s, p) in sum.iter_mut().zip(part) {
                        *s += p;
                    }
                }
            }
        }
        progress(2)?;
        let mut of_cell = vec![Counts::default(); cube.cells.len()];
        let mut rows: Vec<SessionRow> = Vec::new();
        let mut row_of_session = vec![
            NONE;
            if options.by_session {
                standings.len()
            } else {
                0
            }
        ];
        for (&(symbol, r), &cell) in sessions.iter().zip(&cell_of) {
            let counts = session_counts(&sums[symbol as usize], r);
            of_cell[cell as usize].add(&counts);
            if options.by_session {
                row_of_session[symbol as usize] = rows.len() as u32;
                rows.push(SessionRow {
                    id: n.sessions.get(symbol).to_owned(),
                    rcp: n.rcps.get(r.rcp).to_owned(),
                    date: date_of(r.date).unwrap_or_default(),
                    cell,
                    counts,
                    masked: 0,
                });
            }
        }
        for cell in &cell_of[sessions.len()..] {
            of_cell[*cell as usize].pps_validated += 1;
        }

        progress(3)?;
        // attendances: each once, of sessions held
        let present = Presences::new(self, &standings);
        for &(_, cell) in &present.professionals {
            of_cell[cell as usize].attendances += 1;
        }
        let mut counts = roll_up(&cube, &of_cell);
        drop(of_cell);

        progress(4)?;
        // distinct counts: entries less repeats
        let by_patient = Grouped::new(n.patients.len(), fiches.len(), |i| {
            let row = fiches[i].as_ref()?;
            Some((row.patient, standings.value(row.session)?))
        });
        for (c, [all, held]) in counts.iter_mut().zip(repeats(&by_patient, &cube, threads)) {
            c.patients = c.fiches - all;
            c.patients_held = c.fiches_held - held;
        }
        progress(5)?;
        // fiches of held sessions carry the flag for patients; for physicians,
        // the flag is the address
        drop(by_patient);
        let by_physician = Grouped::new(n.physicians.len(), fiches.len(), |i| {
            let row = fiches[i]
                .as_ref()
                .filter(|r| r.attending_physician != NONE)?;
            let mssante = u32::from(row.bits & StoredFiche::attending_physician_mssante != 0);
            let cell = standings.value(row.session)? & !1;
            Some((row.attending_physician, cell | mssante))
        });
        for (c, [all, mssante]) in counts
            .iter_mut()
            .zip(repeats(&by_physician, &cube, threads))
        {
            c.physicians = c.fiches_physician - all;
            c.physicians_mssante = c.fiches_mssante - mssante;
        }
        drop(by_physician);
        progress(6)?;
        let by_professional =
            Grouped::new(n.professionals.len(), present.professionals.len(), |i| {
                let (professional, cell) = present.professionals[i];
                Some((professional, cell << 1))
            });
        for (c, [all, _]) in counts
            .iter_mut()
            .zip(repeats(&by_professional, &cube, threads))
        {
            c.professionals = c.attendances - all;
        }
        drop(by_professional);

        progress(7)?;
        if options.by_session {
            self.by_session(&mut rows, &row_of_session, &present);
            rows.sort_unstable_by(|a, b| a.date.cmp(&b.date).then_with(|| a.id.cmp(&b.id)));
        }
        progress(8)?;
        let specialty_codes = Codes::new(&n.specialties, present.specialties.iter().map(|s| s.1));
        let (specialty_starts, specialty_rows) = if options.specialties {
            specialty_cube(&cube, &present, &specialty_codes)
        } else {
            (vec![0; cube.groups.len() + 1], Vec::new())
        };

        let mut quorum: BTreeMap<(&str, u32), RcpRow> = BTreeMap::new();
        for ((_, r), &cell) in sessions.iter().zip(&cell_of) {
            if r.status != HELD {
                continue;
            }
            let rcp = n.rcps.get(r.rcp);
            let row = quorum.entry((rcp, cell)).or_insert_with(|| RcpRow {
                rcp: rcp.to_owned(),
                cell,
                held: 0,
                quorum: 0,
                unknown: 0,
            });
            row.held += 1;
            row.quorum += u64::from(r.quorum_reached == YES);
            row.unknown += u64::from(r.quorum_reached == NOT_STATED);
        }

        let tallies = self.tallies(
            &standings,
            &present,
            sessions.len() as u64,
            pps.len() as u64,
        );
        let [establishments, centres, themes] = codes;
        let mut indicators = Indicators {
            period,
            months,
            values: [establishments.values, centres.values, themes.values],
            counts,
            specialties: if options.specialties {
                specialty_codes.values
            } else {
                Vec::new()
            },
            specialty_starts,
            specialty_rows,
            sessions: rows,
            rcps: quorum.into_values().collect(),
            tallies,
            threshold: None,
            masked: Vec::new(),
            cube,
        };
        if let Some(threshold) = options.small_counts {
            mask::mask(&mut indicators, threshold);
        }
        progress(COMPUTE_STEPS)?;
        ControlFlow::Continue(indicators)
    }
}

fn session_counts(sums: &[u32; SUMS], row: &StoredSession) -> Counts {
    let held = row.status == HELD;
    Counts {
        fiches: sums[0],
        fiches_held: if held { sums[0] } else { 0 },
        fiches_validated: sums[1],
        fiches_physician: sums[2],
        fiches_mssante: sums[3],
        fiches_g8: sums[4],
        fiches_oncogeriatric: sums[5],
        fiches_fertility: sums[6],
        fiches_trial: sums[7],
        fiches_guideline: sums[8],
        fiches_guideline_stated: sums[9],
        sessions_held: u32::from(held),
        sessions_quorum: u32::from(held && row.quorum_reached == YES),
        sessions_quorum_unknown: u32::from(held && row.quorum_reached == NOT_STATED),
        ..Counts::default()
    }
}

/// The sums of every group, from those of the cells.
fn roll_up(cube: &Cube, of_cell: &[Counts]) -> Vec<Counts> {
    let mut counts = vec![Counts::default(); cube.groups.len()];
    counts[cube.starts[FINEST]..].copy_from_slice(of_cell);
    if of_cell.is_empty() {
        return counts;
    }
    let cell_of = cube.representatives();
    for (cuboid, from) in cube.steps() {
        for group in cube.starts[from]..cube.starts[from + 1] {
            let part = counts[group];
            let into = cube.of_cell[cell_of[group] as usize][cuboid];
            counts[into as usize].add(&part);
        }
    }
    counts
}
