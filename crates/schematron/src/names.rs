//! Strings and qualified names as numbers.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// No name: what a name absent from a document maps to.
pub(crate) const ABSENT: u32 = u32::MAX;

/// The hash of all tables of the crate: fixed, so that the same input takes the same path.
pub(crate) fn hash_str(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}

/// Distinct strings, each with a number in order of arrival.
#[derive(Debug, Default, Clone)]
pub(crate) struct Interner {
    text: String,
    ends: Vec<u32>,
    table: HashTable<u32>,
}

impl Interner {
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        let hash = hash_str(text);
        if let Some(&id) = self.table.find(hash, |&id| self.get(id) == text) {
            return id;
        }
        let id = self.ends.len() as u32;
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        let (all, ends) = (&self.text, &self.ends);
        self.table
            .insert_unique(hash, id, |&id| hash_str(slice(all, ends, id)));
        id
    }

    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        self.table
            .find(hash_str(text), |&id| self.get(id) == text)
            .copied()
    }

    pub(crate) fn get(&self, id: u32) -> &str {
        slice(&self.text, &self.ends, id)
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|id| self.get(id))
    }
}

fn slice<'a>(text: &'a str, ends: &[u32], id: u32) -> &'a str {
    let start = if id == 0 { 0 } else { ends[id as usize - 1] };
    &text[start as usize..ends[id as usize] as usize]
}

/// Qualified names: pairs of a namespace and a local name.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) spaces: Interner,
    pub(crate) locals: Interner,
    pairs: Vec<(u32, u32)>,
    table: HashTable<u32>,
}

impl Default for Names {
    /// Namespace 0 is « no namespace ».
    fn default() -> Self {
        let mut spaces = Interner::default();
        spaces.intern("");
        Names {
            spaces,
            locals: Interner::default(),
            pairs: Vec::new(),
            table: HashTable::new(),
        }
    }
}

fn hash_pair(pair: (u32, u32)) -> u64 {
    FixedState::default().hash_one(pair)
}

impl Names {
    pub(crate) fn intern(&mut self, space: u32, local: &str) -> u32 {
        let local = self.locals.intern(local);
        self.intern_pair((space, local))
    }

    fn intern_pair(&mut self, pair: (u32, u32)) -> u32 {
        let hash = hash_pair(pair);
        let pairs = &self.pairs;
        if let Some(&id) = self.table.find(hash, |&id| pairs[id as usize] == pair) {
            return id;
        }
        let id = self.pairs.len() as u32;
        self.pairs.push(pair);
        let pairs = &self.pairs;
        self.table
            .insert_unique(hash, id, |&id| hash_pair(pairs[id as usize]));
        id
    }

    /// Names put together again from their parts; `None` when they do not fit.
    pub(crate) fn of_parts(
        spaces: Interner,
        locals: Interner,
        pairs: Vec<(u32, u32)>,
    ) -> Option<Self> {
        let sound = spaces.len() > 0 && spaces.get(0).is_empty();
        sound.then_some(())?;
        let mut names = Names {
            spaces,
            locals,
            pairs: Vec::with_capacity(pairs.len()),
            table: HashTable::new(),
        };
        for (at, (space, local)) in pairs.into_iter().enumerate() {
            let known =
                (space as usize) < names.spaces.len() && (local as usize) < names.locals.len();
            known.then_some(())?;
            (names.intern_pair((space, local)) == at as u32).then_some(())?;
        }
        Some(names)
    }

    pub(crate) fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Numbers of the namespace and of the local name.
    pub(crate) fn pair(&self, name: u32) -> (u32, u32) {
        self.pairs[name as usize]
    }

    pub(crate) fn space(&self, name: u32) -> &str {
        self.spaces.get(self.pairs[name as usize].0)
    }

    pub(crate) fn local(&self, name: u32) -> &str {
        self.locals.get(self.pairs[name as usize].1)
    }

    /// For each name, namespace and local name of `self`, its number in `other`, or [`ABSENT`].
    pub(crate) fn map_to(&self, other: &Names) -> NameMap {
        let spaces: Vec<u32> = (self.spaces.iter())
            .map(|s| other.spaces.find(s).unwrap_or(ABSENT))
            .collect();
        let locals: Vec<u32> = (self.locals.iter())
            .map(|l| other.locals.find(l).unwrap_or(ABSENT))
            .collect();
        let names = (self.pairs.iter())
            .map(|&(s, l)| {
                let pair = (spaces[s as usize], locals[l as usize]);
                if pair.0 == ABSENT || pair.1 == ABSENT {
                    return ABSENT;
                }
                let found = |&id: &u32| other.pairs[id as usize] == pair;
                (other.table.find(hash_pair(pair), found)).map_or(ABSENT, |&id| id)
            })
            .collect();
        NameMap {
            names,
            spaces,
            locals,
        }
    }
}

/// The numbers that the names of a rule set have in one document.
#[derive(Debug, Default)]
pub(crate) struct NameMap {
    pub(crate) names: Vec<u32>,
    pub(crate) spaces: Vec<u32>,
    pub(crate) locals: Vec<u32>,
}
