//! Words that are one or two typing faults away, as an automaton for `fst`.
//!
//! A fault is a letter too many, missing, wrong, or two neighbours exchanged
//! (the restricted distance of Damerau and Levenshtein). The automaton follows
//! all the alignments at once, a bit per letter of the word (Wu and Manber).

use std::cell::Cell;

use fst::Automaton;

const MOST: usize = 3;

/// Words within `faults` of `word`, at most two; the letters compared are bytes.
pub(crate) struct Near<'w> {
    word: &'w [u8],
    faults: usize,
    steps: &'w Cell<u32>,
}

/// Bit `i` of row `k`: the first `i` letters are matched with `k` faults.
/// `swap` holds the same, one letter ahead, for an exchange under way.
#[derive(Clone, Copy)]
pub(crate) struct State {
    rows: [u64; MOST],
    swap: [u64; MOST],
}

impl<'w> Near<'w> {
    /// `None` when the word is longer than 62 letters. `steps` bounds the work:
    /// it is counted down, and at zero nothing matches any more.
    pub(crate) fn new(word: &'w str, faults: u8, steps: &'w Cell<u32>) -> Option<Self> {
        let word = word.as_bytes();
        (word.len() <= 62).then_some(Near {
            word,
            faults: usize::from(faults.min(2)),
            steps,
        })
    }

    /// Bit `i` is set when letter `i` of the word is `byte`.
    fn letters(&self, byte: u8) -> u64 {
        let mut mask = 0;
        for (i, letter) in self.word.iter().enumerate() {
            mask |= u64::from(*letter == byte) << i;
        }
        mask
    }

    /// A letter of the word may be missing: follow it at the price of a fault.
    fn close(&self, rows: &mut [u64; MOST]) {
        for k in 1..=self.faults {
            rows[k] |= rows[k - 1] << 1;
        }
    }

    fn bits(&self) -> u64 {
        (1 << (self.word.len() + 1)) - 1
    }
}

impl Automaton for Near<'_> {
    type State = State;

    fn start(&self) -> State {
        let mut rows = [0; MOST];
        rows[0] = 1;
        self.close(&mut rows);
        State {
            rows,
            swap: [0; MOST],
        }
    }

    fn is_match(&self, state: &State) -> bool {
        let end = 1 << self.word.len();
        state.rows[..=self.faults].iter().any(|row| row & end != 0)
    }

    fn can_match(&self, state: &State) -> bool {
        state.rows[..=self.faults]
            .iter()
            .chain(&state.swap[..=self.faults])
            .any(|row| *row != 0)
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        let left = self.steps.get();
        if left == 0 {
            return State {
                rows: [0; MOST],
                swap: [0; MOST],
            };
        }
        self.steps.set(left - 1);
        let letters = self.letters(byte);
        let mut next = State {
            rows: [0; MOST],
            swap: [0; MOST],
        };
        for k in 0..=self.faults {
            next.rows[k] = (state.rows[k] & letters) << 1;
            if k > 0 {
                // too many, wrong
                next.rows[k] |= state.rows[k - 1] | (state.rows[k - 1] << 1);
                // exchanged: `swap` waits at i for letter i, letter i + 1 having come
                next.rows[k] |= (state.swap[k] & letters) << 2;
                // at i, the letter that comes is letter i + 1
                next.swap[k] = state.rows[k - 1] & (letters >> 1);
            }
        }
        self.close(&mut next.rows);
        for k in 0..=self.faults {
            next.rows[k] &= self.bits();
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(word: &str, other: &str, faults: u8) -> bool {
        let steps = Cell::new(u32::MAX);
        let automaton = Near::new(word, faults, &steps).expect("short");
        let mut state = automaton.start();
        for byte in other.bytes() {
            if !automaton.can_match(&state) {
                return false;
            }
            state = automaton.accept(&state, byte);
        }
        automaton.is_match(&state)
    }

    /// The textbook table, as the judge.
    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                d[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let cost = usize::from(a[i - 1] != b[j - 1]);
                    let mut least = (d[i - 1][j] + 1)
                        .min(d[i][j - 1] + 1)
                        .min(d[i - 1][j - 1] + cost);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(d[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        d[a.len()][b.len()]
    }

    #[test]
    fn typing_faults_are_seen_through() {
        for other in [
            "DUPONT", "DUPOND", "DUPON", "DUPONTT", "DUPNOT", "UDPONT", "UPONT",
        ] {
            assert!(near("DUPONT", other, 1), "{other}");
        }
        for other in ["DUPOMD", "DUPO", "UDPNOT", ""] {
            assert!(!near("DUPONT", other, 1), "{other}");
        }
        assert!(near("DUPONT", "UDPNOT", 2) && near("", "A", 1) && !near("", "AB", 1));
    }

    proptest! {
        #[test]
        fn the_automaton_agrees_with_the_table(a in "[AB]{0,8}", b in "[AB]{0,8}", faults in 0u8..3) {
            prop_assert_eq!(near(&a, &b, faults), distance(a.as_bytes(), b.as_bytes()) <= usize::from(faults));
        }
    }

    #[test]
    fn the_work_is_bounded() {
        let steps = Cell::new(2);
        let automaton = Near::new("ABC", 2, &steps).expect("short");
        let mut state = automaton.start();
        for byte in *b"ABC" {
            state = automaton.accept(&state, byte);
        }
        assert!(!automaton.can_match(&state));
        assert!(Near::new(&"A".repeat(63), 1, &steps).is_none());
    }
}
