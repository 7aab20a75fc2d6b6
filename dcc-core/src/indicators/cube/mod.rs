//! The cells of the cube and its sixteen cuboids.
//!
//! - this file: the cells, the cuboids and their groups
//! - `codes`: the values of a dimension as small numbers
//! - `distinct`: exact distinct counts in all the groups
//!
//! A cell is a key of four codes: month, establishment, 3C, theme. A cuboid
//! (0 to 15) is a grouping set: it keeps some of the four dimensions, one bit
//! each, and replaces the others by [`ALL`]; its rows are its groups. Cuboid 0
//! is the total, cuboid 15 the cells.

pub(super) mod codes;
pub(super) mod distinct;

/// The code of a dimension's total.
pub(super) const ALL: u32 = u32::MAX;
/// Grouping sets of four dimensions.
pub(super) const CUBOIDS: usize = 16;
/// The cuboid of the cells.
pub(super) const FINEST: usize = CUBOIDS - 1;

/// The greatest table of codes that is kept dense.
const DENSE: usize = 1 << 23;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cube {
    /// Keys of the cells met, sorted.
    pub(super) cells: Vec<[u32; 4]>,
    /// Keys of the groups met, by cuboid then key.
    pub(super) groups: Vec<[u32; 4]>,
    /// Where the groups of each cuboid start, and their end.
    pub(super) starts: [usize; CUBOIDS + 1],
    /// The groups of each cell, one per cuboid.
    pub(super) of_cell: Vec<[u32; CUBOIDS]>,
}

fn project(key: [u32; 4], cuboid: usize) -> [u32; 4] {
    std::array::from_fn(|d| if cuboid >> d & 1 == 1 { key[d] } else { ALL })
}

/// The distinct projections of `keys`, sorted, and the place of each key's.
fn number(keys: &[[u32; 4]], cuboid: usize, sizes: [usize; 4]) -> (Vec<[u32; 4]>, Vec<u32>) {
    let kept = |d: usize| cuboid >> d & 1 == 1;
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
            let mut distinct: Vec<[u32; 4]> = keys.iter().map(|&k| project(k, cuboid)).collect();
            distinct.sort_unstable();
            distinct.dedup();
            let places = keys
                .iter()
                .map(|&k| distinct.partition_point(|x| *x < project(k, cuboid)) as u32);
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
        let mut of_cell = vec![[0; CUBOIDS]; cells.len()];
        let mut groups = Vec::new();
        let mut starts = [0; CUBOIDS + 1];
        for cuboid in 0..CUBOIDS {
            starts[cuboid] = groups.len();
            let (distinct, places) = number(&cells, cuboid, sizes);
            for (row, place) in of_cell.iter_mut().zip(places) {
                row[cuboid] = starts[cuboid] as u32 + place;
            }
            if cuboid == 0 {
                groups.push([ALL; 4]); // the total exists even of nothing
            } else {
                groups.extend(distinct);
            }
        }
        starts[CUBOIDS] = groups.len();
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
        let cuboid = (0..4)
            .filter(|&d| key[d] != ALL)
            .fold(0, |cuboid, d| cuboid | 1 << d);
        let start = self.starts[cuboid];
        self.groups[start..self.starts[cuboid + 1]]
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

    /// For each cuboid but the finest, from the finest down, the cuboid with one
    /// more dimension that has the fewest groups: the cheapest to sum.
    pub(super) fn steps(&self) -> Vec<(usize, usize)> {
        let size = |cuboid: usize| self.starts[cuboid + 1] - self.starts[cuboid];
        let mut cuboids: Vec<usize> = (0..FINEST).collect();
        cuboids.sort_by_key(|cuboid| std::cmp::Reverse(cuboid.count_ones()));
        let parent = |cuboid: usize| {
            (0..4)
                .map(|d| cuboid | 1 << d)
                .filter(|&p| p != cuboid)
                .min_by_key(|&p| size(p))
                .unwrap_or(FINEST)
        };
        cuboids
            .into_iter()
            .map(|cuboid| (cuboid, parent(cuboid)))
            .collect()
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
        for cuboid in 0..CUBOIDS {
            let dense = number(&keys, cuboid, [5, 13, 3, 4]);
            let sorted = number(&keys, cuboid, [1 << 20, 1 << 20, 1 << 20, 1 << 20]);
            if cuboid == 0 {
                assert_eq!(dense.0, [[ALL; 4]]);
            }
            if cuboid.count_ones() > 1 {
                assert_eq!(dense, sorted, "cuboid {cuboid}");
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
            for (cuboid, &group) in row.iter().enumerate() {
                assert_eq!(
                    cube.groups[group as usize],
                    project(cube.cells[cell], cuboid)
                );
            }
        }
    }
}
