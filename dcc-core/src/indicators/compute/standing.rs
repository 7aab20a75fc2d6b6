//! What the facts of a session count for, in a period.

use crate::indicators::store::rows::{HELD, StoredSession};

/// What the facts of a session count for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// The session is cited, and was not given.
    Unknown,
    /// It was cancelled.
    Cancelled,
    /// It is not in the period.
    Outside,
    /// It counts in a cell of the cube.
    Counted {
        cell: u32,
        /// Whether it was held.
        held: bool,
    },
}

const UNKNOWN: u32 = u32::MAX;
const CANCELLED: u32 = u32::MAX - 1;
const OUTSIDE: u32 = u32::MAX - 2;

/// The [`Standing`] of every session, in four bytes each: they are looked at
/// once for each fiche, in no order.
pub(super) struct Standings(Vec<u32>);

impl Standings {
    /// Where the sessions stand that count in no cell.
    pub(super) fn new(
        sessions: &[Option<StoredSession>],
        inside: impl Fn(&StoredSession) -> bool,
    ) -> Self {
        let standing = |row: &Option<StoredSession>| match row {
            None => UNKNOWN,
            Some(row) if !inside(row) => OUTSIDE,
            Some(_) => CANCELLED,
        };
        Standings(sessions.iter().map(standing).collect())
    }

    /// A session counts in a cell.
    pub(super) fn count(&mut self, session: u32, row: &StoredSession, cell: u32) {
        self.0[session as usize] = cell << 1 | u32::from(row.status == HELD);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn of(&self, session: u32) -> Standing {
        match self.0[session as usize] {
            UNKNOWN => Standing::Unknown,
            CANCELLED => Standing::Cancelled,
            OUTSIDE => Standing::Outside,
            counted => Standing::Counted {
                cell: counted >> 1,
                held: counted & 1 == 1,
            },
        }
    }

    /// The cell and, as a flag, whether the session was held: `cell << 1 |
    /// held`; none when it does not count.
    pub(super) fn value(&self, session: u32) -> Option<u32> {
        Some(self.0[session as usize]).filter(|&standing| standing < OUTSIDE)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Standing> {
        (0..self.0.len() as u32).map(|session| self.of(session))
    }
}
