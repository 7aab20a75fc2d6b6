//! Exact distinct counts in all the groups of the cube, in one pass.
//!
//! Counting every (key, cell) entry in every group counts too much: a key
//! with several entries in a group counts several times. So the entries are
//! brought together by key, and for each key only the *repeats* are counted:
//! distinct = entries − repeats. Two entries of one key meet in the groups
//! made of the dimensions that they share, so for a key with few entries
//! four comparisons a pair say everything, and most pairs share little. A
//! key with many entries marks the groups that it has already filled.

use super::cube::{Cube, LANES};

/// Entries (key, value) brought together by key.
///
/// The entries are split by ranges of keys that fit the processor's cache,
/// in two linear passes; each range is sorted when it is read.
pub(super) struct Grouped {
    shift: u32,
    keys: usize,
    bounds: Vec<usize>,
    entries: Vec<(u32, u32)>,
}

const PARTS: usize = 1024;

impl Grouped {
    /// The entries `get(0..n)` that exist; keys are below `keys`.
    pub(super) fn new(keys: usize, n: usize, get: impl Fn(usize) -> Option<(u32, u32)>) -> Self {
        let mut shift = 0;
        while keys >> shift > PARTS {
            shift += 1;
        }
        let parts = (keys >> shift) + 1;
        let mut bounds = vec![0; parts + 1];
        for (key, _) in (0..n).filter_map(&get) {
            bounds[(key >> shift) as usize + 1] += 1;
        }
        for part in 0..parts {
            bounds[part + 1] += bounds[part];
        }
        let mut next = bounds.clone();
        let mut entries = vec![(0, 0); bounds[parts]];
        for (key, value) in (0..n).filter_map(&get) {
            let place = &mut next[(key >> shift) as usize];
            entries[*place] = (key, value);
            *place += 1;
        }
        Grouped {
            shift,
            keys,
            bounds,
            entries,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn parts(&self) -> usize {
        self.bounds.len() - 1
    }

    /// Calls `each` with every key of some parts that has entries, in order,
    /// and its values, in the order given.
    pub(super) fn read(
        &self,
        parts: std::ops::Range<usize>,
        mut each: impl FnMut(u32, &mut [u32]),
    ) {
        let mut values = Vec::new();
        let mut starts = Vec::new();
        for part in parts {
            let entries = &self.entries[self.bounds[part]..self.bounds[part + 1]];
            let first = part << self.shift;
            let width = (1_usize << self.shift).min(self.keys.saturating_sub(first));
            starts.clear();
            starts.resize(width + 1, 0_usize);
            for &(key, _) in entries {
                starts[key as usize - first] += 1;
            }
            let mut sum = 0;
            for start in &mut starts {
                sum += std::mem::replace(start, sum);
            }
            values.clear();
            values.resize(entries.len(), 0);
            for &(key, value) in entries {
                let start = &mut starts[key as usize - first];
                values[*start] = value;
                *start += 1;
            }
            // each start has become the end of its key's values
            let mut begin = 0;
            for (key, &end) in starts[..width].iter().enumerate() {
                if end > begin {
                    each((first + key) as u32, &mut values[begin..end]);
                }
                begin = end;
            }
        }
    }
}

/// Runs `work` on the parts of `n`, split between threads, and gives the
/// results in the order of the parts. One thread spawns none.
pub(super) fn split<T: Send>(
    threads: usize,
    n: usize,
    work: impl Fn(std::ops::Range<usize>) -> T + Sync,
) -> Vec<T> {
    let threads = threads.clamp(1, n.max(1));
    if threads == 1 {
        return vec![work(0..n)];
    }
    let range = |i: usize| n * i / threads..n * (i + 1) / threads;
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads)
            .map(|i| {
                scope.spawn({
                    let work = &work;
                    move || work(range(i))
                })
            })
            .collect();
        let mut results = vec![work(range(0))];
        for other in others {
            match other.join() {
                Ok(result) => results.push(result),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    })
}

/// Which lanes two cells share, by the dimensions that they share.
const SHARED: [u16; 16] = {
    let mut table = [0; 16];
    let mut equal = 0;
    while equal < 16 {
        let mut lane = 0;
        while lane < LANES {
            if lane & !equal == 0 {
                table[equal] |= 1 << lane;
            }
            lane += 1;
        }
        equal += 1;
    }
    table
};

/// Keys with more entries than this mark their groups.
const FEW: usize = 16;

fn shared(a: &[u32; 4], b: &[u32; 4]) -> u16 {
    let mut equal = 0;
    for d in 0..4 {
        equal |= usize::from(a[d] == b[d]) << d;
    }
    SHARED[equal]
}

/// Repeats in each group: of all the entries, and of those with a flag.
///
/// A value is `cell << 1 | flag`. Distinct keys of a group are its entries
/// less its repeats; distinct keys with a flagged entry there are its flagged
/// entries less its flagged repeats.
pub(super) fn repeats(grouped: &Grouped, cube: &Cube, threads: usize) -> Vec<[u32; 2]> {
    let groups = cube.groups.len();
    let parts = split(threads, grouped.parts(), |range| {
        let mut count = vec![[0_u32; 2]; groups];
        let mut marks = vec![0_u32; groups];
        let mut epoch = 0_u32;
        let mut keys = [[0_u32; 4]; FEW];
        let mut all = 0_u32;
        let mut flagged = 0_u32;
        grouped.read(range, |_, values| {
            if values.len() == 1 {
                return;
            }
            // the total is every key's group: no need to look
            let flags = values.iter().map(|v| v & 1).sum::<u32>();
            all += values.len() as u32 - 1;
            flagged += flags.saturating_sub(1);
            if values.len() <= FEW {
                for i in 0..values.len() {
                    let cell = (values[i] >> 1) as usize;
                    keys[i] = cube.cells[cell];
                    let (mut seen, mut seen_flagged) = (0_u16, 0_u16);
                    for j in 0..i {
                        let lanes = shared(&keys[i], &keys[j]);
                        seen |= lanes;
                        if values[j] & 1 == 1 {
                            seen_flagged |= lanes;
                        }
                    }
                    seen &= !1;
                    seen_flagged &= if values[i] & 1 == 1 { !1 } else { 0 };
                    while seen != 0 {
                        let lane = seen.trailing_zeros();
                        seen &= seen - 1;
                        let group = cube.of_cell[cell][lane as usize] as usize;
                        count[group][0] += 1;
                        count[group][1] += u32::from(seen_flagged >> lane & 1);
                    }
                }
                return;
            }
            epoch += 1;
            for &value in values.iter() {
                let flag = value & 1;
                let row = &cube.of_cell[(value >> 1) as usize];
                for &group in &row[1..] {
                    let mark = &mut marks[group as usize];
                    let count = &mut count[group as usize];
                    if *mark >> 1 == epoch {
                        count[0] += 1;
                        count[1] += *mark & flag;
                        *mark |= flag;
                    } else {
                        *mark = epoch << 1 | flag;
                    }
                }
            }
        });
        count[0] = [all, flagged];
        count
    });
    let mut parts = parts.into_iter();
    let mut sum = parts.next().unwrap_or_default();
    for part in parts {
        for (s, p) in sum.iter_mut().zip(part) {
            s[0] += p[0];
            s[1] += p[1];
        }
    }
    sum
}
