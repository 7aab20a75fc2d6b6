//! Persons as they are met.

use hashbrown::HashTable;

use super::intern::TextPool;
use crate::file::id;

/// Set in the key of an identifier that does not fit a number: the rest is
/// its text.
pub(crate) const IS_TEXT: u64 = 1 << 63;

/// Persons in the order in which they were met.
#[derive(Default)]
pub(crate) struct People {
    /// PS_IdNat as a number, or a text marked [`IS_TEXT`].
    pub(crate) keys: Vec<u64>,
    /// Offsets in the pools of names.
    pub(crate) surnames: Vec<u32>,
    pub(crate) givens: Vec<u32>,
    pub(crate) surname_pool: TextPool,
    pub(crate) given_pool: TextPool,
    pub(crate) closed: Vec<u32>,
    table: HashTable<u32>,
}

/// A person found or made.
#[derive(Clone, Copy)]
pub(crate) struct Met {
    pub(crate) person: u32,
    pub(crate) is_new: bool,
}

impl People {
    /// The person of an identifier; a new one takes the names given.
    #[inline]
    pub(crate) fn meet(
        &mut self,
        national: &str,
        surname: &str,
        given: &str,
        pool: &mut TextPool,
    ) -> Met {
        let key = id::pack(national).unwrap_or_else(|| IS_TEXT | u64::from(pool.intern(national)));
        let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let hash = hash ^ (hash >> 32);
        let keys = &self.keys;
        if let Some(&person) = self.table.find(hash, |&p| keys[p as usize] == key) {
            return Met {
                person,
                is_new: false,
            };
        }
        let person = self.keys.len() as u32;
        self.table.insert_unique(hash, person, |&p| {
            let hash = keys[p as usize].wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash ^ (hash >> 32)
        });
        self.keys.push(key);
        self.surnames.push(self.surname_pool.intern(surname));
        self.givens.push(self.given_pool.intern(given));
        Met {
            person,
            is_new: true,
        }
    }

    /// True when the names are those of the person.
    #[inline]
    pub(crate) fn is_named(&self, person: u32, surname: &str, given: &str) -> bool {
        let person = person as usize;
        self.surname_pool.get(self.surnames[person]) == surname.as_bytes()
            && self.given_pool.get(self.givens[person]) == given.as_bytes()
    }

    /// Gives names to a person who has none yet.
    pub(crate) fn name_if_unnamed(&mut self, person: u32, surname: &str, given: &str) {
        if self.is_named(person, "", "") {
            self.surnames[person as usize] = self.surname_pool.intern(surname);
            self.givens[person as usize] = self.given_pool.intern(given);
        }
    }

    pub(crate) fn close_tables(&mut self) {
        self.table = HashTable::new();
        self.surname_pool.close();
        self.given_pool.close();
    }
}
