//! The values of a dimension as small numbers, in their own order.

use super::ALL;
use crate::indicators::store::intern::{Interner, NONE};

/// The codes of a dimension: the values met, sorted, the missing one last.
pub(crate) struct Codes {
    pub(crate) values: Vec<Option<String>>,
    /// Code of each number of the interner.
    code: Vec<u32>,
    missing: u32,
}

impl Codes {
    pub(crate) fn new(names: &Interner, symbols: impl Iterator<Item = u32>) -> Self {
        let mut met = vec![false; names.len()];
        let mut none_met = false;
        for symbol in symbols {
            match met.get_mut(symbol as usize) {
                Some(met) => *met = true,
                None => none_met = true,
            }
        }
        let mut values = Vec::new();
        let mut code = vec![ALL; names.len()];
        for symbol in names.ranks().1.into_iter().filter(|&s| met[s as usize]) {
            code[symbol as usize] = values.len() as u32;
            values.push(Some(names.get(symbol).to_owned()));
        }
        let missing = values.len() as u32;
        if none_met {
            values.push(None);
        }
        Codes {
            values,
            code,
            missing,
        }
    }

    pub(crate) fn of(&self, symbol: u32) -> u32 {
        if symbol == NONE {
            self.missing
        } else {
            self.code[symbol as usize]
        }
    }
}
