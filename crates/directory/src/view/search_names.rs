//! Names that meet what was asked, as sets of rows.

use std::cell::Cell;
use std::ops::Range;

use super::directory::Directory;
use super::query::{Nearness, PersonQuery, readings};
use crate::file::ints::{row_at, rows, u32_at};
use crate::file::sections::Section;
use crate::file::words::WordIndex;
use crate::names::fold;

/// Steps of the automaton for one search: about a millisecond.
const STEPS: u32 = 100_000;
/// Words shorter than this have no typing faults.
const SHORT: usize = 4;

/// A set of rows.
#[derive(Clone)]
pub(crate) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    pub(crate) fn new(len: usize) -> Self {
        Bits {
            words: vec![0; len.div_ceil(64)],
            len,
        }
    }

    /// Adds a row; one beyond the table is passed over.
    #[inline]
    pub(crate) fn set(&mut self, i: u32) {
        if (i as usize) < self.len {
            self.words[i as usize / 64] |= 1 << (i % 64);
        }
    }

    #[inline]
    pub(crate) fn has(&self, i: u32) -> bool {
        self.words
            .get(i as usize / 64)
            .is_some_and(|w| w & (1 << (i % 64)) != 0)
    }

    pub(crate) fn and(&mut self, other: &Bits) {
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a &= b;
        }
    }

    pub(crate) fn or(&mut self, other: &Bits) {
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a |= b;
        }
    }

    /// Rows in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(|(i, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                (left != 0).then(|| {
                    left &= left - 1;
                    i as u32 * 64 + bit
                })
            })
        })
    }
}

/// The rows of a tier whose every word is near those of `asked`; `steps` is
/// counted down.
pub(crate) fn near_words(
    index: &WordIndex<'_>,
    len: usize,
    asked: &str,
    tier: Nearness,
    faults: u8,
    steps: &Cell<u32>,
) -> Bits {
    let rows_of = |word: &str| {
        let mut bits = Bits::new(len);
        let mut add = |ranks: Range<u32>| index.each_entry(ranks, |row| bits.set(row));
        match tier {
            Nearness::Exact | Nearness::Words => add(index.exact(word)),
            Nearness::Prefix => add(index.prefix(word)),
            Nearness::Spelling if word.len() < SHORT => add(index.prefix(word)),
            Nearness::Spelling => {
                add(index.prefix(word));
                for rank in index.near(word, faults, steps) {
                    add(rank..rank.saturating_add(1));
                }
            }
        }
        bits
    };
    let mut words = asked.split(' ').filter(|w| !w.is_empty()).take(8);
    let mut all = words.next().map(rows_of).unwrap_or_else(|| Bits::new(len));
    for word in words {
        all.and(&rows_of(word));
    }
    // LE GALL is also LEGALL
    if asked.contains(' ') {
        all.or(&rows_of(&asked.replace(' ', "")));
    }
    all
}

/// Sets of one reading of what was asked; `None` asks nothing.
pub(crate) struct Reading {
    pub(crate) surnames: Option<Bits>,
    pub(crate) givens: Option<Bits>,
}

/// A search by name.
pub(crate) struct NameSearch<'d> {
    directory: &'d Directory<'d>,
    readings: Vec<(Option<String>, Option<String>)>,
    faults: u8,
    steps: Cell<u32>,
}

impl<'d> NameSearch<'d> {
    /// `None` when no name is asked.
    pub(crate) fn new(directory: &'d Directory<'d>, query: &PersonQuery<'_>) -> Option<Self> {
        let readings = readings(query);
        let steps = Cell::new(STEPS.saturating_mul(if query.faults > 1 { 20 } else { 1 }));
        (!readings.is_empty()).then_some(NameSearch {
            directory,
            readings,
            faults: query.faults,
            steps,
        })
    }

    /// False when the automaton had to stop.
    pub(crate) fn is_complete(&self) -> bool {
        self.steps.get() > 0
    }

    /// The readings at a tier, each made when it is its turn.
    pub(crate) fn at(&self, tier: Nearness) -> impl Iterator<Item = Reading> {
        self.readings.iter().map(move |(surname, given)| {
            let surnames = surname
                .as_deref()
                .map(|asked| self.set(Table::Surnames, asked, tier));
            // nobody has such a name: no need to look at given names
            let nobody = surnames
                .as_ref()
                .is_some_and(|bits| bits.iter().next().is_none());
            let givens = given
                .as_deref()
                .filter(|_| !nobody)
                .map(|asked| self.set(Table::Givens, asked, tier));
            Reading { surnames, givens }
        })
    }

    fn set(&self, table: Table, asked: &str, tier: Nearness) -> Bits {
        let (index, len) = match table {
            Table::Surnames => (
                self.directory.surname_words(),
                rows::<2>(self.directory.part(Section::Surnames)).saturating_sub(1),
            ),
            Table::Givens => (
                self.directory.given_words(),
                self.directory.part(Section::Givens).len() / 4,
            ),
        };
        if tier == Nearness::Exact {
            return self.whole(table, len, asked);
        }
        near_words(&index, len, asked, tier, self.faults, &self.steps)
    }

    /// Names that are the same once folded: they follow each other.
    fn whole(&self, table: Table, len: usize, asked: &str) -> Bits {
        let name = |i: usize| {
            let text = match table {
                Table::Surnames => {
                    row_at::<2>(self.directory.part(Section::Surnames), i).map(|r| r[0])
                }
                Table::Givens => u32_at(self.directory.part(Section::Givens), i),
            };
            fold(text.map_or("", |t| self.directory.text(t)))
        };
        let (mut low, mut high) = (0, len);
        while low < high {
            let middle = low + (high - low) / 2;
            if name(middle).as_str() < asked {
                low = middle + 1
            } else {
                high = middle
            }
        }
        let mut bits = Bits::new(len);
        (low..len)
            .take_while(|i| name(*i) == asked)
            .for_each(|i| bits.set(i as u32));
        bits
    }
}

#[derive(Clone, Copy)]
enum Table {
    Surnames,
    Givens,
}
