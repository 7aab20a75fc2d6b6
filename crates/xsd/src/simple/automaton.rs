//! Sets of characters, and automata over them.

use std::collections::HashMap;

/// Largest automaton that is built, in states.
const MAX_STATES: usize = 5_000;
/// Most states looked at while an automaton is made deterministic.
const MAX_WORK: usize = 20_000_000;
const MAX_CHAR: u32 = 0x10_FFFF;

/// Start and end of a part of an automaton.
pub(super) type Part = (u32, u32);

/// A class of characters that starts an alternative, for a leniency of
/// libxml2: when a counted class has taken all it may and the rest does not
/// follow, the alternatives after it are tried from its *last* character, not
/// from its first. With `[0-9]{1,8}|[0-9]{9,14}`, 7 + 9 to 7 + 14 digits
/// pass; so do 16 to 27 digits as a time stamp of HL7 (`ts`).
#[derive(Clone)]
pub(super) struct First {
    pub(super) set: usize,
    pub(super) start: u32,
    /// The state before the last character that may be taken, when counted.
    pub(super) late: Option<u32>,
}

/// A deterministic automaton over classes of characters.
#[derive(Clone)]
pub(super) struct Dfa {
    /// Class of each ASCII character.
    pub(super) ascii: [u16; 128],
    /// First character of each class interval beyond ASCII, with its class.
    pub(super) beyond: Vec<(u32, u16)>,
    pub(super) classes: usize,
    /// `state * classes + class`; state 0 is the dead end, 1 the start.
    pub(super) next: Vec<u16>,
    pub(super) accept: Vec<bool>,
}

/// A set of characters: sorted, disjoint ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Set(pub(super) Vec<(u32, u32)>);

impl Set {
    pub(super) fn of(mut ranges: Vec<(u32, u32)>) -> Set {
        ranges.sort_unstable();
        let mut out: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match out.last_mut() {
                Some(previous) if first <= previous.1.saturating_add(1) => {
                    previous.1 = previous.1.max(last);
                }
                _ => out.push((first, last)),
            }
        }
        Set(out)
    }

    pub(super) fn not(&self) -> Set {
        let mut out = Vec::new();
        let mut from = 0;
        for &(first, last) in &self.0 {
            if first > from {
                out.push((from, first - 1));
            }
            from = last + 1;
        }
        if from <= MAX_CHAR {
            out.push((from, MAX_CHAR));
        }
        Set(out)
    }

    pub(super) fn and(&self, other: &Set) -> Set {
        // not (not a or not b)
        let mut ranges = self.not().0;
        ranges.extend(other.not().0);
        Set::of(ranges).not()
    }
}

#[derive(Default)]
pub(super) struct Nfa {
    empty: Vec<Vec<u32>>,
    step: Vec<Option<(usize, u32)>>,
    sets: Vec<Set>,
    by_set: HashMap<Set, usize>,
}

impl Nfa {
    pub(super) fn state(&mut self) -> u32 {
        self.empty.push(Vec::new());
        self.step.push(None);
        self.step.len() as u32 - 1
    }

    pub(super) fn is_too_large(&self) -> bool {
        self.step.len() > MAX_STATES
    }

    pub(super) fn empty(&mut self, from: u32, to: u32) {
        self.empty[from as usize].push(to);
    }

    pub(super) fn on(&mut self, from: u32, set: Set, to: u32) -> usize {
        let next = self.sets.len();
        let id = *self.by_set.entry(set.clone()).or_insert(next);
        if id == next {
            self.sets.push(set);
        }
        self.step[from as usize] = Some((id, to));
        id
    }

    /// Lets the alternatives after a counted one start at its last character.
    pub(super) fn link_late(&mut self, firsts: &[First]) {
        for (i, first) in firsts.iter().enumerate() {
            let Some(late) = first.late else {
                continue;
            };
            for other in &firsts[i + 1..] {
                if other.set == first.set {
                    self.empty(late, other.start);
                }
            }
        }
    }

    fn closure(&self, states: &mut Vec<u32>) {
        let mut seen: Vec<bool> = vec![false; self.step.len()];
        let mut todo: Vec<u32> = std::mem::take(states);
        while let Some(state) = todo.pop() {
            if !std::mem::replace(&mut seen[state as usize], true) {
                states.push(state);
                todo.extend(&self.empty[state as usize]);
            }
        }
        states.sort_unstable();
    }

    /// The deterministic automaton.
    pub(super) fn determinize(&self, start: u32, end: u32) -> Result<Dfa, String> {
        // the characters fall into intervals that no set cuts
        let mut cuts = vec![0];
        for set in &self.sets {
            for &(first, last) in &set.0 {
                cuts.push(first);
                cuts.push(last + 1);
            }
        }
        cuts.sort_unstable();
        cuts.dedup();
        cuts.retain(|&c| c <= MAX_CHAR);
        // intervals that belong to the same sets share a class
        let mut class_of: HashMap<Vec<bool>, u16> = HashMap::new();
        let mut members: Vec<Vec<bool>> = Vec::new();
        let mut intervals = Vec::with_capacity(cuts.len());
        for &first in &cuts {
            let member: Vec<bool> = self.sets.iter().map(|s| holds(s, first)).collect();
            let class = *class_of.entry(member.clone()).or_insert_with(|| {
                members.push(member);
                members.len() as u16 - 1
            });
            intervals.push((first, class));
        }
        let classes = members.len();
        let mut ascii = [0; 128];
        for (c, slot) in ascii.iter_mut().enumerate() {
            let i = intervals.partition_point(|&(first, _)| first as usize <= c);
            *slot = intervals[i - 1].1;
        }
        let mut states: HashMap<Vec<u32>, u16> = HashMap::new();
        let mut order: Vec<Vec<u32>> = vec![Vec::new()];
        let mut first = vec![start];
        self.closure(&mut first);
        states.insert(first.clone(), 1);
        order.push(first);
        let mut next = vec![0; classes];
        let mut done = 1;
        let mut work = 0;
        while done < order.len() {
            for member in &members {
                let mut to: Vec<u32> = Vec::new();
                for &state in &order[done] {
                    if let Some((set, target)) = self.step[state as usize]
                        && member[set]
                    {
                        to.push(target);
                    }
                }
                if to.is_empty() {
                    next.push(0);
                    continue;
                }
                work += self.step.len();
                if work > MAX_WORK {
                    return Err("motif trop grand".to_owned());
                }
                self.closure(&mut to);
                let new = order.len();
                let id = *states.entry(to.clone()).or_insert(new as u16);
                if usize::from(id) == new {
                    if new >= MAX_STATES.min(usize::from(u16::MAX)) {
                        return Err("motif trop grand".to_owned());
                    }
                    order.push(to);
                }
                next.push(id);
            }
            done += 1;
        }
        let accept = order
            .iter()
            .map(|s| s.binary_search(&end).is_ok())
            .collect();
        Ok(Dfa {
            ascii,
            beyond: intervals,
            classes,
            next,
            accept,
        })
    }
}

fn holds(set: &Set, c: u32) -> bool {
    let i = set.0.partition_point(|&(_, last)| last < c);
    set.0.get(i).is_some_and(|&(first, _)| first <= c)
}
