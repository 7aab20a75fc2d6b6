//! Generators written as plain code.
//!
//! A model of some two hundred fields in nested proptest combinators is slow
//! to compile and hard to read. Here a generator is a function that draws
//! numbers, `fn(&mut Draws) -> T`, where **0 always means the simplest
//! choice** (absent, empty, first). [`of`] makes it a proptest strategy; it
//! shrinks by setting to 0 ever smaller runs of the numbers drawn.

use std::fmt;

use proptest::prelude::*;
use proptest::strategy::{NewTree, ValueTree};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

/// The numbers that a generator draws; once they are all drawn, 0 for ever.
pub struct Draws<'a> {
    choices: &'a [u32],
    at: usize,
}

impl Draws<'_> {
    fn next(&mut self) -> usize {
        let drawn = self.choices.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        drawn as usize
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.next() % end
    }

    /// A number of the range, both ends included.
    pub fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// Yes or no; no is the simplest.
    pub fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    /// Yes one time in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// A value, or none.
    pub fn option<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.yes().then(|| make(self))
    }

    /// No value to `most` values.
    pub fn many<T>(&mut self, most: usize, make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        self.some(0, most, make)
    }

    /// `least` to `most` values.
    pub fn some<T>(
        &mut self,
        least: usize,
        most: usize,
        mut make: impl FnMut(&mut Self) -> T,
    ) -> Vec<T> {
        (0..self.between(least, most)).map(|_| make(self)).collect()
    }

    /// One of these.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// A text of decimal digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + self.below(10) as u8))
            .collect()
    }
}

/// The strategy of a generator: see the [module](self).
#[derive(Clone)]
pub struct Made<T> {
    make: fn(&mut Draws<'_>) -> T,
}

/// The strategy of a generator.
pub fn of<T: fmt::Debug>(make: fn(&mut Draws<'_>) -> T) -> Made<T> {
    Made { make }
}

/// Most numbers that one value draws at random.
const MOST: usize = 12_000;

impl<T> Made<T> {
    /// `count` values that a seed decides, for tools that write files.
    pub fn sample(&self, count: usize, seed: u64) -> Vec<T>
    where
        T: fmt::Debug,
    {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
        (0..count)
            .filter_map(|_| self.new_tree(&mut runner).ok())
            .map(|tree| tree.current())
            .collect()
    }
}

impl<T> fmt::Debug for Made<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Made")
    }
}

impl<T: fmt::Debug> Strategy for Made<T> {
    type Tree = MadeTree<T>;
    type Value = T;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let mut choices = proptest::collection::vec(any::<u32>(), MOST)
            .new_tree(runner)?
            .current();
        let mut draws = Draws {
            choices: &choices,
            at: 0,
        };
        (self.make)(&mut draws);
        let used = draws.at.min(MOST);
        choices.truncate(used);
        Ok(MadeTree {
            make: self.make,
            block: used,
            choices,
            at: 0,
            undo: None,
        })
    }
}

/// The numbers behind a value, while it shrinks.
pub struct MadeTree<T> {
    make: fn(&mut Draws<'_>) -> T,
    choices: Vec<u32>,
    /// How many numbers are set to 0 at once.
    block: usize,
    /// Where the next run starts.
    at: usize,
    undo: Option<(usize, Vec<u32>)>,
}

impl<T: fmt::Debug> ValueTree for MadeTree<T> {
    type Value = T;

    fn current(&self) -> T {
        (self.make)(&mut Draws {
            choices: &self.choices,
            at: 0,
        })
    }

    fn simplify(&mut self) -> bool {
        while self.block > 0 {
            if self.at >= self.choices.len() {
                self.block /= 2;
                self.at = 0;
                continue;
            }
            let from = self.at;
            let to = (from + self.block).min(self.choices.len());
            self.at = to;
            if self.choices[from..to].iter().any(|&c| c != 0) {
                self.undo = Some((from, self.choices[from..to].to_vec()));
                self.choices[from..to].fill(0);
                return true;
            }
        }
        false
    }

    fn complicate(&mut self) -> bool {
        let Some((from, before)) = self.undo.take() else {
            return false;
        };
        self.choices[from..from + before.len()].copy_from_slice(&before);
        true
    }
}
