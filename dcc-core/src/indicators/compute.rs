//! From the facts to the cube.
//!
//! Counts that add up are summed by session, then by cell, then from lane to
//! lane; distinct counts come from [`super::distinct`]. Everything is a sum
//! of whole numbers, so the result does not depend on the threads.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::aggregate::{Aggregate, day};
use super::attendance::{Presences, specialty_cube};
use super::codes::Codes;
use super::cube::{Cube, FINEST, date_of, month_of};
use super::distinct::{Grouped, repeats, split};
use super::intern::NONE;
use super::mask;
use super::period::Period;
use super::result::{Counts, Indicators, RcpRow, SessionRow as SessionResult, Tallies};
use super::rows::{CANCELLED, FicheRow, HELD, Row, SessionRow, Store, flag, repeated};
use super::watch::{COMPUTE_STEPS, Watch, unwatched};

/// More threads than this are not used.
const MAX_THREADS: usize = 256;

/// How to compute.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// A session that is not in the period, is cancelled, or is unknown.
pub(super) const OUTSIDE: u32 = u32::MAX;
pub(super) const WAS_CANCELLED: u32 = u32::MAX - 1;
pub(super) const UNKNOWN: u32 = u32::MAX - 2;

/// What the fiches of a session add up to; see [`fiche_counts`].
const SUMS: usize = 10;

/// What one fiche adds to its session, by its flags and whether it names an
/// attending physician.
fn fiche_counts() -> Vec<[u32; SUMS]> {
    let named = flag::ALL + 1;
    let bits = [
        0,
        flag::VALIDATED,
        named,
        named | flag::MSSANTE,
        flag::G8,
        flag::ONCOGERIATRIC,
        flag::FERTILITY,
        flag::TRIAL,
        flag::GUIDELINE,
        flag::GUIDELINE_STATED,
    ];
    (0..named * 2)
        .map(|flags| bits.map(|bit| u32::from(flags & bit == bit)))
        .collect()
}

fn fiche_key(row: &FicheRow) -> usize {
    let named = if row.physician == NONE {
        0
    } else {
        flag::ALL + 1
    };
    (row.flags | named) as usize
}

impl Aggregate {
    /// Every indicator over a period, in every cell.
    ///
    /// Facts that [`Aggregate::problems`] lists as refused, repeated or of an
    /// unknown session are not counted; [`Indicators::tallies`] says how many.
    pub fn compute(&self, period: Period, options: &ComputeOptions) -> Indicators {
        unwatched(|watch| self.compute_watched(period, options, watch))
    }

    /// As [`Aggregate::compute`], telling how many of its [`COMPUTE_STEPS`]
    /// are done.
    pub fn compute_watched<B>(
        &self,
        period: Period,
        options: &ComputeOptions,
        watch: Watch<'_, B>,
    ) -> ControlFlow<B, Indicators> {
        let threads = options.threads.clamp(1, MAX_THREADS);
        let (first, last) = (day(period.first()), day(period.last()));
        let inside = |day: i32| first <= day && day <= last;
        let months = period.months();
        let first_month = months[0].index();
        let month_of_day: Vec<u32> = (first..=last)
            .map(|d| month_of(d).map_or(0, |m| (m.index() - first_month) as u32))
            .collect();

        // the cells: of sessions not cancelled, and of PPS
        let counted = |r: &&SessionRow| r.status != CANCELLED && inside(r.day);
        let sessions: Vec<(u32, &SessionRow)> = self
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
            .filter(|r| r.day != i32::MIN && inside(r.day))
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
                    .map(|(_, r)| r.centre)
                    .chain(pps.iter().map(|r| r.centre)),
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
            .map(|(_, r)| key(r.day, r.establishment, r.centre, r.theme))
            .chain(
                pps.iter()
                    .map(|r| key(r.day, r.establishment, r.centre, r.theme)),
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

        watch(1)?;
        // for each session: cell << 1 | held, or why it does not count
        let mut info: Vec<u32> = (self.sessions.first.iter())
            .map(|row| match row {
                None => UNKNOWN,
                Some(r) if !inside(r.day) => OUTSIDE,
                Some(_) => WAS_CANCELLED,
            })
            .collect();
        for ((symbol, row), cell) in sessions.iter().zip(&cell_of) {
            info[*symbol as usize] = cell << 1 | u32::from(row.status == HELD);
        }
        let value = |session: u32| Some(info[session as usize]).filter(|&v| v < UNKNOWN);

        // sums by session, then by cell
        let fiches = &self.fiches.first;
        let table = fiche_counts();
        let mut sums: Vec<[u32; SUMS]> = Vec::new();
        for part in split(threads, fiches.len(), |range| {
            let mut sums = vec![[0; SUMS]; info.len()];
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
        watch(2)?;
        let mut of_cell = vec![Counts::default(); cube.cells.len()];
        let mut rows: Vec<SessionResult> = Vec::new();
        let mut row_of_session = vec![NONE; if options.by_session { info.len() } else { 0 }];
        for &(symbol, r) in &sessions {
            let info = info[symbol as usize];
            let counts = session_counts(&sums[symbol as usize], r);
            of_cell[(info >> 1) as usize].add(&counts);
            if options.by_session {
                row_of_session[symbol as usize] = rows.len() as u32;
                rows.push(SessionResult {
                    id: self.sessions.ids.get(symbol).to_owned(),
                    rcp: n.rcps.get(r.rcp).to_owned(),
                    date: date_of(r.day).unwrap_or_default(),
                    cell: info >> 1,
                    counts,
                    masked: 0,
                });
            }
        }
        for cell in &cell_of[sessions.len()..] {
            of_cell[*cell as usize].pps_validated += 1;
        }

        watch(3)?;
        // attendances: each once, of sessions held
        let present = Presences::new(self, &info);
        for &(_, cell) in &present.professionals {
            of_cell[cell as usize].attendances += 1;
        }
        let mut counts = roll_up(&cube, &of_cell);
        drop(of_cell);

        watch(4)?;
        // distinct counts: entries less repeats
        let by_patient = Grouped::new(n.patients.len(), fiches.len(), |i| {
            let row = fiches[i].as_ref()?;
            Some((row.patient, value(row.session)?))
        });
        for (c, [all, held]) in counts.iter_mut().zip(repeats(&by_patient, &cube, threads)) {
            c.patients = c.fiches - all;
            c.patients_held = c.fiches_held - held;
        }
        watch(5)?;
        // fiches of held sessions carry the flag for patients; for physicians,
        // the flag is the address
        drop(by_patient);
        let by_physician = Grouped::new(n.physicians.len(), fiches.len(), |i| {
            let row = fiches[i].as_ref().filter(|r| r.physician != NONE)?;
            let mssante = u32::from(row.flags & flag::MSSANTE != 0);
            Some((row.physician, value(row.session)? & !1 | mssante))
        });
        for (c, [all, mssante]) in counts
            .iter_mut()
            .zip(repeats(&by_physician, &cube, threads))
        {
            c.physicians = c.fiches_physician - all;
            c.physicians_mssante = c.fiches_mssante - mssante;
        }
        drop(by_physician);
        watch(6)?;
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

        watch(7)?;
        if options.by_session {
            self.by_session(&mut rows, &row_of_session, &present);
            rows.sort_unstable_by(|a, b| a.date.cmp(&b.date).then_with(|| a.id.cmp(&b.id)));
        }
        watch(8)?;
        let specialty_codes = Codes::new(&n.specialties, present.specialties.iter().map(|s| s.1));
        let (specialty_starts, specialty_rows) = if options.specialties {
            specialty_cube(&cube, &present, &specialty_codes)
        } else {
            (vec![0; cube.groups.len() + 1], Vec::new())
        };

        let mut quorum: BTreeMap<(&str, u32), RcpRow> = BTreeMap::new();
        for &(symbol, r) in sessions.iter().filter(|(_, r)| r.status == HELD) {
            let (rcp, cell) = (n.rcps.get(r.rcp), info[symbol as usize] >> 1);
            let row = quorum.entry((rcp, cell)).or_insert_with(|| RcpRow {
                rcp: rcp.to_owned(),
                cell,
                held: 0,
                quorum: 0,
                unknown: 0,
            });
            row.held += 1;
            row.quorum += u64::from(r.quorum == 1);
            row.unknown += u64::from(r.quorum == 2);
        }

        let tallies = self.tallies(&info, &present, sessions.len() as u64, pps.len() as u64);
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
        watch(COMPUTE_STEPS)?;
        ControlFlow::Continue(indicators)
    }

    /// The distinct counts of each session.
    fn by_session(&self, rows: &mut [SessionResult], row_of: &[u32], present: &Presences) {
        let fiches = &self.fiches.first;
        let by_session = Grouped::new(rows.len(), fiches.len(), |i| {
            let row = row_of[fiches[i].as_ref()?.session as usize];
            (row != NONE).then_some((row, i as u32))
        });
        let mut keys = Vec::new();
        by_session.read(0..by_session.parts(), |row, of_session| {
            let counts = &mut rows[row as usize].counts;
            let rows = || {
                of_session
                    .iter()
                    .filter_map(|&i| fiches[i as usize].as_ref())
            };
            counts.patients = distinct(&mut keys, rows().map(|r| r.patient));
            counts.patients_held = if counts.fiches_held > 0 {
                counts.patients
            } else {
                0
            };
            counts.physicians = distinct(
                &mut keys,
                rows().map(|r| r.physician).filter(|&p| p != NONE),
            );
            let mssante = rows().filter(|r| r.flags & flag::MSSANTE != 0);
            counts.physicians_mssante = distinct(
                &mut keys,
                mssante.map(|r| r.physician).filter(|&p| p != NONE),
            );
        });
        for of_session in present.rows.chunk_by(|a, b| a.session == b.session) {
            let row = row_of[of_session[0].session as usize];
            if row != NONE {
                let counts = &mut rows[row as usize].counts;
                counts.attendances = of_session.len() as u32;
                counts.professionals =
                    distinct(&mut keys, of_session.iter().map(|r| r.professional));
            }
        }
    }

    fn tallies(&self, info: &[u32], present: &Presences, sessions: u64, pps: u64) -> Tallies {
        let mut t = Tallies::default();
        let s = &mut t.sessions;
        s.refused = self.refused.sessions;
        s.received = self.sessions.len() as u64 + s.refused;
        s.repeated = self.sessions.others.len() as u64;
        s.counted = sessions;
        // an id only cited is no fact
        s.cancelled = info.iter().filter(|&&i| i == WAS_CANCELLED).count() as u64;
        s.outside_period = info.iter().filter(|&&i| i == OUTSIDE).count() as u64;

        t.attendances = present.tally;
        t.attendances.refused = self.refused.attendances;
        t.attendances.received = self.attendances.len() as u64 + self.refused.attendances;

        let f = &mut t.fiches;
        f.refused = self.refused.fiches;
        f.received = self.fiches.len() as u64 + f.refused;
        f.repeated = self.repeated(&self.fiches);
        f.superseded = self.fiches.others.len() as u64 - f.repeated;
        for row in self.fiches.first.iter().flatten() {
            match info[row.session as usize] {
                UNKNOWN => f.unknown_session += 1,
                OUTSIDE => f.outside_period += 1,
                WAS_CANCELLED => f.cancelled += 1,
                _ => f.counted += 1,
            }
        }

        let p = &mut t.pps;
        p.refused = self.refused.pps;
        p.received = self.pps.len() as u64 + p.refused;
        p.repeated = self.repeated(&self.pps);
        p.superseded = self.pps.others.len() as u64 - p.repeated;
        p.not_concerned = self
            .pps
            .first
            .iter()
            .flatten()
            .filter(|r| r.day == i32::MIN)
            .count() as u64;
        p.counted = pps;
        p.outside_period =
            p.received - p.refused - p.repeated - p.superseded - p.not_concerned - p.counted;
        t
    }

    fn repeated<R: Row>(&self, store: &Store<R>) -> u64 {
        repeated(store, &self.names, &self.sessions.ids).count() as u64
    }
}

fn distinct(keys: &mut Vec<u32>, of: impl Iterator<Item = u32>) -> u32 {
    keys.clear();
    keys.extend(of);
    keys.sort_unstable();
    keys.dedup();
    keys.len() as u32
}

fn session_counts(sums: &[u32; SUMS], row: &SessionRow) -> Counts {
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
        sessions_quorum: u32::from(held && row.quorum == 1),
        sessions_quorum_unknown: u32::from(held && row.quorum == 2),
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
    for (lane, from) in cube.steps() {
        for group in cube.starts[from]..cube.starts[from + 1] {
            let part = counts[group];
            let into = cube.of_cell[cell_of[group] as usize][lane];
            counts[into as usize].add(&part);
        }
    }
    counts
}
