//! The cells of the cube and its sixteen groupings.
//!
//! A cell is a key of four codes: month, establishment, 3C, theme. A
//! grouping (a *lane*, 0 to 15) keeps some of the four, one bit each, and
//! replaces the others by [`ALL`]. Lane 0 is the total, lane 15 the cells.

use chrono::{Datelike, NaiveDate};

use super::period::Month;

/// The code of a dimension's total.
pub(super) const ALL: u32 = u32::MAX;
pub(super) const LANES: usize = 16;
pub(super) const FINEST: usize = LANES - 1;

/// The greatest table of codes that is kept dense.
const DENSE: usize = 1 << 23;

/// The month of a day counted from 1970-01-01.
pub(super) fn month_of(day: i32) -> Option<Month> {
    date_of(day).map(|d| Month {
        year: d.year(),
        month: d.month(),
    })
}

/// The date of a day counted from 1970-01-01.
pub(super) fn date_of(day: i32) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(day.into()))
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cube {
    /// Keys of the cells met, sorted.
    pub(super) cells: Vec<[u32; 4]>,
    /// Keys of the groups met, by lane then key.
    pub(super) groups: Vec<[u32; 4]>,
    /// Where the groups of each lane start, and their end.
    pub(super) starts: [usize; LANES + 1],
    /// The groups of each cell, one a lane.
    pub(super) of_cell: Vec<[u32; LANES]>,
}

fn project(key: [u32; 4], lane: usize) -> [u32; 4] {
    std::array::from_fn(|d| if lane >> d & 1 == 1 { key[d] } else { ALL })
}

/// The distinct projections of `keys`, sorted, and the place of each key's.
fn number(keys: &[[u32; 4]], lane: usize, sizes: [usize; 4]) -> (Vec<[u32; 4]>, Vec<u32>) {
    let kept = |d: usize| lane >> d & 1 == 1;
    let size = (0..4)
        .filter(|&d| kept(d))
        .try_fold(1_usize, |n, d| n.checked_mul(sizes[d]));
    match size.filter(|&n| n <= DENSE) {
        Some(size) => {
            let place = |key: &[u32; 4]| {
                (0..4)
                    .filter(|&d| kept(d))
                    .fold(0, |n, d| n * sizes[d] + key[d] as usize)
            };
            let mut table = vec![ALL; size];
            for key in keys {
                table[place(key)] = 0;
            }
            let mut distinct = Vec::new();
            for (mut n, slot) in table
                .iter_mut()
                .enumerate()
                .filter(|(_, slot)| **slot != ALL)
            {
                *slot = distinct.len() as u32;
                let mut key = [ALL; 4];
                for d in (0..4).rev().filter(|&d| kept(d)) {
                    key[d] = (n % sizes[d]) as u32;
                    n /= sizes[d];
                }
                distinct.push(key);
            }
            (distinct, keys.iter().map(|key| table[place(key)]).collect())
        }
        None => {
            let mut distinct: Vec<[u32; 4]> = keys.iter().map(|&k| project(k, lane)).collect();
            distinct.sort_unstable();
            distinct.dedup();
            let places = keys
                .iter()
                .map(|&k| distinct.partition_point(|x| *x < project(k, lane)) as u32);
            let places = places.collect();
            (distinct, places)
        }
    }
}

impl Cube {
    /// The cube of these keys, and the cell of each; `sizes` is the number
    /// of codes of each dimension.
    pub(super) fn new(keys: &[[u32; 4]], sizes: [usize; 4]) -> (Self, Vec<u32>) {
        let (cells, cell_of_key) = number(keys, FINEST, sizes);
        let mut of_cell = vec![[0; LANES]; cells.len()];
        let mut groups = Vec::new();
        let mut starts = [0; LANES + 1];
        for lane in 0..LANES {
            starts[lane] = groups.len();
            let (distinct, places) = number(&cells, lane, sizes);
            for (row, place) in of_cell.iter_mut().zip(places) {
                row[lane] = starts[lane] as u32 + place;
            }
            if lane == 0 {
                groups.push([ALL; 4]); // the total exists even of nothing
            } else {
                groups.extend(distinct);
            }
        }
        starts[LANES] = groups.len();
        (
            Cube {
                cells,
                groups,
                starts,
                of_cell,
            },
            cell_of_key,
        )
    }

    /// The group with this key.
    pub(super) fn find(&self, key: [u32; 4]) -> Option<usize> {
        let lane = (0..4)
            .filter(|&d| key[d] != ALL)
            .fold(0, |lane, d| lane | 1 << d);
        let start = self.starts[lane];
        self.groups[start..self.starts[lane + 1]]
            .binary_search(&key)
            .ok()
            .map(|i| start + i)
    }

    /// One cell of each group.
    pub(super) fn representatives(&self) -> Vec<u32> {
        let mut cell_of_group = vec![ALL; self.groups.len()];
        for (cell, row) in self.of_cell.iter().enumerate() {
            for &group in row {
                cell_of_group[group as usize] = cell as u32;
            }
        }
        cell_of_group
    }

    /// For each lane but the finest, from the finest down, the lane with one
    /// more dimension that has the fewest groups: the cheapest to sum.
    pub(super) fn steps(&self) -> Vec<(usize, usize)> {
        let size = |lane: usize| self.starts[lane + 1] - self.starts[lane];
        let mut lanes: Vec<usize> = (0..FINEST).collect();
        lanes.sort_by_key(|lane| std::cmp::Reverse(lane.count_ones()));
        let parent = |lane: usize| {
            (0..4)
                .map(|d| lane | 1 << d)
                .filter(|&p| p != lane)
                .min_by_key(|&p| size(p))
                .unwrap_or(FINEST)
        };
        lanes.into_iter().map(|lane| (lane, parent(lane))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dense_and_sorted_numbering_agree() {
        let keys: Vec<[u32; 4]> = (0..500_u32)
            .map(|i| [i * 7 % 5, i * 11 % 13, i % 3, i * i % 4])
            .collect();
        for lane in 0..LANES {
            let dense = number(&keys, lane, [5, 13, 3, 4]);
            let sorted = number(&keys, lane, [1 << 20, 1 << 20, 1 << 20, 1 << 20]);
            if lane == 0 {
                assert_eq!(dense.0, [[ALL; 4]]);
            }
            if lane.count_ones() > 1 {
                assert_eq!(dense, sorted, "lane {lane}");
            }
        }
    }

    #[test]
    fn every_group_is_found_by_its_key() {
        let keys = [[0, 1, 0, 2], [0, 1, 1, 2], [1, 0, 0, 0]];
        let (cube, cells) = Cube::new(&keys, [2, 2, 2, 3]);
        assert_eq!(cells.len(), 3);
        for (group, &key) in cube.groups.iter().enumerate() {
            assert_eq!(cube.find(key), Some(group));
        }
        for (cell, row) in cube.of_cell.iter().enumerate() {
            for (lane, &group) in row.iter().enumerate() {
                assert_eq!(cube.groups[group as usize], project(cube.cells[cell], lane));
            }
        }
    }
}
