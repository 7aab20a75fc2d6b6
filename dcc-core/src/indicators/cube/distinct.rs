//! Exact distinct counts in all the groups of the cube, in one pass.
//!
//! Counting every (key, cell) entry in every group counts too much: a key
//! with several entries in a group counts several times. So the entries are
//! brought together by key, and for each key only the *repeats* are counted:
//! distinct = entries − repeats. Two entries of one key meet in the groups
//! made of the dimensions that they share, so for a key with few entries
//! four comparisons per pair are enough, and most pairs share little. A
//! key with many entries marks the groups that it has already filled.

use std::ops::Range;
use std::thread::{Builder, ScopedJoinHandle};

use super::{CUBOIDS, Cube};

/// Entries (key, value) brought together by key.
///
/// The entries are split by ranges of keys that fit the processor's cache,
/// in two linear passes; each range is sorted when it is read.
pub(crate) struct Grouped {
    shift: u32,
    keys: usize,
    bounds: Vec<usize>,
    entries: Vec<(u32, u32)>,
}

const PARTS: usize = 1024;

impl Grouped {
    /// The entries `get(0..n)` that exist; keys are below `keys`.
    pub(crate) fn new(keys: usize, n: usize, get: impl Fn(usize) -> Option<(u32, u32)>) -> Self {
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

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn parts(&self) -> usize {
        self.bounds.len() - 1
    }

    /// Calls `each` with every key of some parts that has entries, in order,
    /// and its values, in the order given.
    pub(crate) fn read(
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
/// results in the order of the parts. One thread spawns none; where the
/// system refuses a thread, its part is done here.
pub(crate) fn split<T: Send>(
    threads: usize,
    n: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    split_on(Builder::new, threads, n, work)
}

fn split_on<T: Send>(
    thread: impl Fn() -> Builder,
    threads: usize,
    n: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let threads = threads.clamp(1, n.max(1));
    if threads == 1 {
        return vec![work(0..n)];
    }
    let part = |i: usize| work(n * i / threads..n * (i + 1) / threads);
    std::thread::scope(|scope| {
        let part = &part;
        let others: Vec<_> = (1..threads)
            .map(|i| thread().spawn_scoped(scope, move || part(i)).ok())
            .collect();
        let mut results = vec![part(0)];
        for (i, other) in (1..).zip(others) {
            results.push(match other.map(ScopedJoinHandle::join) {
                None => part(i),
                Some(Ok(result)) => result,
                Some(Err(panic)) => std::panic::resume_unwind(panic),
            });
        }
        results
    })
}

/// Which cuboids two cells share, by the dimensions that they share.
const SHARED: [u16; 16] = {
    let mut table = [0; 16];
    let mut equal = 0;
    while equal < 16 {
        let mut cuboid = 0;
        while cuboid < CUBOIDS {
            if cuboid & !equal == 0 {
                table[equal] |= 1 << cuboid;
            }
            cuboid += 1;
        }
        equal += 1;
    }
    table
};

/// Keys with more entries than this mark their groups.
const FEW: usize = 16;

/// A cuboid with at most this many groups has its marks near in the cache.
const NEAR: usize = 4096;
/// A key with more entries than this has no small table of its own.
const MANY: usize = 4096;

/// The groups that one key has met in one cuboid: a table small enough to stay
/// near, where marks spread over all the groups would not.
#[derive(Default)]
struct Met {
    /// `group + 1 << 1 | flag`, 0 when free.
    slots: Vec<u32>,
    shift: u32,
}

impl Met {
    fn reset(&mut self, entries: usize) {
        let size = (entries * 2).next_power_of_two();
        self.slots.clear();
        self.slots.resize(size, 0);
        self.shift = 32 - size.trailing_zeros();
    }

    /// Whether the group was met with a flag; `None` the first time.
    fn repeat(&mut self, group: u32, flag: u32) -> Option<u32> {
        let mut at = (group.wrapping_mul(0x9e37_79b1) >> self.shift) as usize;
        loop {
            let slot = &mut self.slots[at];
            if *slot == 0 {
                *slot = (group + 1) << 1 | flag;
                return None;
            }
            if *slot >> 1 == group + 1 {
                let before = *slot & 1;
                *slot |= flag;
                return Some(before);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

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
pub(crate) fn repeats(grouped: &Grouped, cube: &Cube, threads: usize) -> Vec<[u32; 2]> {
    let groups = cube.groups.len();
    let parts = split(threads, grouped.parts(), |range| {
        let mut count = vec![[0_u32; 2]; groups];
        let mut marks = vec![0_u32; groups];
        let mut epoch = 0_u32;
        let mut keys = [[0_u32; 4]; FEW];
        let mut rows = Vec::new();
        let mut met = Met::default();
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
                        let cuboids = shared(&keys[i], &keys[j]);
                        seen |= cuboids;
                        if values[j] & 1 == 1 {
                            seen_flagged |= cuboids;
                        }
                    }
                    seen &= !1;
                    seen_flagged &= if values[i] & 1 == 1 { !1 } else { 0 };
                    while seen != 0 {
                        let cuboid = seen.trailing_zeros();
                        seen &= seen - 1;
                        let group = cube.of_cell[cell][cuboid as usize] as usize;
                        count[group][0] += 1;
                        count[group][1] += u32::from(seen_flagged >> cuboid & 1);
                    }
                }
                return;
            }
            epoch += 1;
            rows.clear();
            rows.extend(values.iter().map(|v| cube.of_cell[(v >> 1) as usize]));
            for cuboid in 1..CUBOIDS {
                let groups = values
                    .iter()
                    .zip(&rows)
                    .map(|(v, row)| (row[cuboid], v & 1));
                let size = cube.starts[cuboid + 1] - cube.starts[cuboid];
                if size <= NEAR || values.len() > MANY {
                    for (group, flag) in groups {
                        let mark = &mut marks[group as usize];
                        if *mark >> 1 == epoch {
                            let count = &mut count[group as usize];
                            count[0] += 1;
                            count[1] += *mark & flag;
                            *mark |= flag;
                        } else {
                            *mark = epoch << 1 | flag;
                        }
                    }
                } else {
                    met.reset(values.len());
                    for (group, flag) in groups {
                        if let Some(flagged_before) = met.repeat(group, flag) {
                            let count = &mut count[group as usize];
                            count[0] += 1;
                            count[1] += flagged_before & flag;
                        }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_part_whose_thread_is_refused_is_done_all_the_same() {
        // no system has room for such stacks
        let refused = || Builder::new().stack_size(1 << 60);
        assert!(refused().spawn(|| ()).is_err());
        for threads in [1, 2, 7, 200] {
            let parts = split_on(refused, threads, 100, |range| range.sum::<usize>());
            assert_eq!(parts, split(threads, 100, |range| range.sum::<usize>()));
            assert_eq!(parts.iter().sum::<usize>(), 4950);
        }
    }

    /// Few and many entries a key, near and far cuboids, one and more threads.
    #[test]
    fn repeats_equal_entries_less_distinct_keys() {
        let mut state = 1_u64;
        let mut draw = |n: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            ((state >> 33) % n) as u32
        };
        let cells: Vec<[u32; 4]> = (0..20_000)
            .map(|_| [draw(12), draw(40), draw(12), draw(8)])
            .collect();
        let (cube, cell_of) = Cube::new(&cells, [12, 40, 12, 8]);
        assert!((1..CUBOIDS).any(|cuboid| cube.starts[cuboid + 1] - cube.starts[cuboid] > NEAR));
        let mut entries = Vec::new();
        for (key, n) in [1, 2, 5, FEW, FEW + 1, 60, 900, MANY, MANY + 1, 9_000]
            .into_iter()
            .enumerate()
        {
            for _ in 0..n {
                // cells drawn among a few hundred, so that keys meet again
                let cell = cell_of[draw(400) as usize * 7 + draw(9) as usize];
                entries.push((key as u32, cell << 1 | draw(2)));
            }
        }
        let mut sets = vec![[BTreeSet::new(), BTreeSet::new()]; cube.groups.len()];
        let mut sums = vec![[0_u32; 2]; cube.groups.len()];
        for &(key, value) in &entries {
            for &group in &cube.of_cell[(value >> 1) as usize] {
                let group = group as usize;
                sets[group][0].insert(key);
                sums[group][0] += 1;
                if value & 1 == 1 {
                    sets[group][1].insert(key);
                    sums[group][1] += 1;
                }
            }
        }
        let grouped = Grouped::new(10, entries.len(), |i| Some(entries[i]));
        for threads in [1, 3] {
            let repeats = repeats(&grouped, &cube, threads);
            for group in 0..cube.groups.len() {
                for kind in 0..2 {
                    let distinct = sets[group][kind].len() as u32;
                    assert_eq!(
                        sums[group][kind] - repeats[group][kind],
                        distinct,
                        "group {group}"
                    );
                }
            }
        }
    }
}
