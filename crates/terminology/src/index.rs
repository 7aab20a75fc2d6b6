//! Hash index of codes: same answer, same order, on every run.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

/// Hasher without a random key, so that nothing varies from run to run.
pub(super) type StableHasher = BuildHasherDefault<DefaultHasher>;

/// Positions of the codes of a value set.
#[derive(Clone, Debug, Default)]
pub(super) struct CodeIndex {
    /// Position of the first concept of each code.
    first: HashMap<Cow<'static, str>, u32, StableHasher>,
    /// Further concepts of the same code, as (first, other); nearly always
    /// empty, a code rarely stands in two code systems of one set.
    others: Vec<(u32, u32)>,
}

impl CodeIndex {
    /// Index of these codes, in the order given.
    pub(super) fn new<'a>(codes: impl ExactSizeIterator<Item = &'a Cow<'static, str>>) -> Self {
        let mut index = CodeIndex {
            first: HashMap::with_capacity_and_hasher(codes.len(), StableHasher::default()),
            others: Vec::new(),
        };
        for (position, code) in (0u32..).zip(codes) {
            match index.first.get(code) {
                Some(first) => index.others.push((*first, position)),
                None => {
                    index.first.insert(code.clone(), position);
                }
            }
        }
        index
    }

    /// Position of the first concept of this code.
    pub(super) fn first(&self, code: &str) -> Option<usize> {
        self.first.get(code).map(|position| *position as usize)
    }

    /// Positions of every concept of this code, in order.
    pub(super) fn all(&self, code: &str) -> impl Iterator<Item = usize> {
        let first = self.first(code);
        let others = match first {
            Some(_) => self.others.as_slice(),
            None => &[],
        };
        first.into_iter().chain(
            others
                .iter()
                .filter(move |(of, _)| Some(*of as usize) == first)
                .map(|(_, other)| *other as usize),
        )
    }
}
