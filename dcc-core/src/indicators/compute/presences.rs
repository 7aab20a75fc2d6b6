//! Attendances: each once, and the specialties of every cell (`QUA-02`).

use super::standing::{Standing, Standings};
use crate::indicators::cube::codes::Codes;
use crate::indicators::cube::distinct::Grouped;
use crate::indicators::cube::{Cube, FINEST};
use crate::indicators::results::Tally;
use crate::indicators::store::FactStore;
use crate::indicators::store::rows::StoredAttendance;

/// Attendances of the sessions held in the period, each once.
pub(super) struct Presences {
    /// Sorted by session; a professional has one row per specialty.
    pub(super) rows: Vec<StoredAttendance>,
    /// (professional, cell), one per row.
    pub(super) professionals: Vec<(u32, u32)>,
    /// (cell, specialty, attendances), one per session and specialty.
    pub(super) specialties: Vec<(u32, u32, u32)>,
    pub(super) tally: Tally,
}

impl Presences {
    pub(super) fn new(store: &FactStore, standings: &Standings) -> Self {
        let all = &store.attendances;
        let by_session = Grouped::new(standings.len(), all.len(), |i| {
            Some((all[i].session, i as u32))
        });
        let mut tally = Tally::default();
        let mut rows: Vec<StoredAttendance> = Vec::with_capacity(by_session.len());
        let mut professionals = Vec::with_capacity(by_session.len());
        let mut specialties = Vec::new();
        let mut met: Vec<(u32, u32)> = Vec::new();
        by_session.read(0..by_session.parts(), |session, indexes| {
            met.clear();
            met.extend(
                indexes
                    .iter()
                    .map(|&i| (all[i as usize].specialty, all[i as usize].professional)),
            );
            met.sort_unstable();
            met.dedup();
            let given = indexes.len() as u64;
            let once = met.len() as u64;
            tally.repeated += given - once;
            match standings.of(session) {
                Standing::Unknown => tally.unknown_session += once,
                Standing::Outside => tally.outside_period += once,
                Standing::Cancelled => tally.cancelled += once,
                Standing::Counted { held: false, .. } => tally.not_concerned += once,
                Standing::Counted { cell, held: true } => {
                    tally.counted += once;
                    for of_specialty in met.chunk_by(|a, b| a.0 == b.0) {
                        specialties.push((cell, of_specialty[0].0, of_specialty.len() as u32));
                    }
                    for &(specialty, professional) in &met {
                        professionals.push((professional, cell));
                        rows.push(StoredAttendance {
                            session,
                            professional,
                            specialty,
                            source: 0,
                            line: 0,
                        });
                    }
                }
            }
        });
        Presences {
            rows,
            professionals,
            specialties,
            tally,
        }
    }
}

/// The specialty rows of every group: where each group's start, and the rows.
pub(super) fn specialty_cube(
    cube: &Cube,
    present: &Presences,
    codes: &Codes,
) -> (Vec<usize>, Vec<(u32, u32, u32)>) {
    type Rows = Vec<(u32, u32, u32)>;
    let width = codes.values.len();
    let mut sums = vec![(0_u32, 0_u32); width];
    // brings the rows (group, specialty, attendances, sessions) together by
    // group, and sums them by specialty
    let mut gather =
        |first: usize, n: usize, input: &[(u32, u32, u32, u32)]| -> (Vec<usize>, Rows) {
            let grouped = Grouped::new(n, input.len(), |i| {
                Some((input[i].0 - first as u32, i as u32))
            });
            let mut counts = vec![0; n];
            let mut rows = Vec::new();
            grouped.read(0..grouped.parts(), |group, indexes| {
                for &i in indexes.iter() {
                    let (_, specialty, attendances, sessions) = input[i as usize];
                    let sum = &mut sums[specialty as usize];
                    sum.0 += attendances;
                    sum.1 += sessions;
                }
                for (specialty, sum) in sums.iter_mut().enumerate().filter(|(_, s)| s.1 > 0) {
                    rows.push((specialty as u32, sum.0, sum.1));
                    counts[group as usize] += 1;
                    *sum = (0, 0);
                }
            });
            (counts, rows)
        };
    let cells: Vec<_> = (present.specialties.iter())
        .map(|&(cell, s, n)| (cell, codes.of(s), n, 1))
        .collect();
    let mut cuboids: Vec<(Vec<usize>, Rows)> = vec![(Vec::new(), Vec::new()); FINEST + 1];
    cuboids[FINEST] = gather(0, cube.cells.len(), &cells);
    drop(cells);
    let cell_of = cube.representatives();
    for (cuboid, from) in cube.steps() {
        let (counts, rows) = &cuboids[from];
        let mut at = 0;
        let mut input = Vec::with_capacity(rows.len());
        for (i, &n) in counts.iter().enumerate() {
            let cell = cell_of[cube.starts[from] + i];
            for &(specialty, attendances, sessions) in &rows[at..at + n] {
                input.push((
                    cube.of_cell[cell as usize][cuboid],
                    specialty,
                    attendances,
                    sessions,
                ));
            }
            at += n;
        }
        let (start, end) = (cube.starts[cuboid], cube.starts[cuboid + 1]);
        cuboids[cuboid] = gather(start, end - start, &input);
    }
    let mut starts = vec![0];
    let mut all = Vec::new();
    for (counts, rows) in cuboids {
        for n in counts {
            starts.push(starts[starts.len() - 1] + n);
        }
        all.extend(rows);
    }
    (starts, all)
}
