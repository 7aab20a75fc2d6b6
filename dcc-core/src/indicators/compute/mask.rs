//! Small counts masked (*secret statistique*), so that a published table
//! points to nobody.
//!
//! With a threshold of 5, the counts of patients, fiches and PPS from 1 to 4
//! are masked; zero is shown. A ratio is masked, numerator and denominator
//! together, when either is small, or when what is left of the denominator
//! is. What would give a masked count away by one subtraction is masked too:
//!
//! - the other half of a sum (ACT-01 with ACT-02, SOI-02 with SOI-02-NR);
//! - when one cell alone of a line is masked under a total that is shown
//!   (one month of a year, one theme of an establishment, one session of a
//!   cell), the next smallest cell of the line, again until no line has one
//!   masked cell alone.
//!
//! This stops a reader, not a solver of all the tables at once: who needs
//! that publishes fewer dimensions. Sessions, quorum, specialties and
//! professionals present are not data of patients, and are shown.

use crate::indicators::cube::{ALL, CUBOIDS, FINEST};
use crate::indicators::results::{Counts, DEFINITIONS, Definition, Indicators};

/// Indicators whose sum is shown elsewhere: masked together.
const HALVES: [[&str; 2]; 2] = [["ACT-01", "ACT-02"], ["SOI-02", "SOI-02-NR"]];

fn small(definition: &Definition, counts: &Counts, threshold: u32) -> bool {
    let small = |n: u32| n > 0 && n < threshold;
    let num = (definition.num)(counts);
    let den = definition.den.map(|den| den(counts));
    // SOI-01 is fiches over patients: there is no rest
    let rest = den
        .filter(|_| definition.code != "SOI-01")
        .map(|den| den.saturating_sub(num));
    definition.personal && (small(num) || den.is_some_and(small) || rest.is_some_and(small))
}

/// A total and the cells that it adds up: groups, and sessions after all the
/// groups.
struct Sum {
    parent: usize,
    children: Vec<usize>,
}

pub(super) fn mask(indicators: &mut Indicators, threshold: u32) {
    let groups = indicators.cube.groups.len();
    let counts: Vec<Counts> = indicators
        .counts
        .iter()
        .copied()
        .chain(indicators.sessions.iter().map(|s| s.counts))
        .collect();
    let sums = sums(indicators);
    let halves: Vec<[usize; 2]> = HALVES
        .iter()
        .filter_map(|codes| {
            let at = |code: &str| DEFINITIONS.iter().position(|d| d.code == code);
            Some([at(codes[0])?, at(codes[1])?])
        })
        .collect();

    let mut masked: Vec<u32> = counts
        .iter()
        .map(|c| {
            let bits = DEFINITIONS
                .iter()
                .enumerate()
                .filter(|(_, d)| small(d, c, threshold));
            bits.fold(0, |mask, (i, _)| mask | 1 << i)
        })
        .collect();
    loop {
        let mut changed = false;
        for mask in &mut masked {
            for &[a, b] in &halves {
                let both = 1 << a | 1 << b;
                if *mask & both != 0 && *mask & both != both {
                    *mask |= both;
                    changed = true;
                }
            }
        }
        for (i, definition) in DEFINITIONS.iter().enumerate().filter(|(_, d)| d.personal) {
            for line in &sums {
                if masked[line.parent] >> i & 1 == 1 {
                    continue;
                }
                let mut alone = line.children.iter().filter(|&&c| masked[c] >> i & 1 == 1);
                if alone.next().is_none() || alone.next().is_some() {
                    continue;
                }
                let others = line
                    .children
                    .iter()
                    .copied()
                    .filter(|&c| masked[c] >> i & 1 == 0);
                let next = others.min_by_key(|&c| {
                    let n = (definition.num)(&counts[c]);
                    (n == 0, n)
                });
                masked[next.unwrap_or(line.parent)] |= 1 << i;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for (session, &mask) in indicators.sessions.iter_mut().zip(&masked[groups..]) {
        session.masked = mask;
    }
    masked.truncate(groups);
    indicators.masked = masked;
    indicators.threshold = Some(threshold);
}

/// Every total with the cells that it adds up, along one dimension or over
/// the sessions of a cell.
fn sums(indicators: &Indicators) -> Vec<Sum> {
    let cube = &indicators.cube;
    let cell_of = cube.representatives();
    let mut sums = Vec::new();
    for cuboid in 1..CUBOIDS {
        for dimension in (0..4).filter(|d| cuboid >> d & 1 == 1) {
            let up = cuboid & !(1 << dimension);
            let first = cube.starts[up];
            let mut children: Vec<Vec<usize>> = vec![Vec::new(); cube.starts[up + 1] - first];
            let (start, end) = (cube.starts[cuboid], cube.starts[cuboid + 1]);
            for (group, &cell) in cell_of
                .iter()
                .enumerate()
                .take(end)
                .skip(start)
                .filter(|(_, c)| **c != ALL)
            {
                children[cube.of_cell[cell as usize][up] as usize - first].push(group);
            }
            let found = children.into_iter().enumerate();
            sums.extend(found.map(|(i, children)| Sum {
                parent: first + i,
                children,
            }));
        }
    }
    let mut sessions: Vec<Vec<usize>> = vec![Vec::new(); cube.cells.len()];
    for (i, session) in indicators.sessions.iter().enumerate() {
        sessions[session.cell as usize].push(cube.groups.len() + i);
    }
    let found = sessions.into_iter().enumerate();
    sums.extend(found.map(|(cell, children)| Sum {
        parent: cube.starts[FINEST] + cell,
        children,
    }));
    sums
}
