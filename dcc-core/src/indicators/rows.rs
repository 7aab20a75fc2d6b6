//! The columns of an aggregate: facts as rows of numbers, and which row of
//! each id counts.

use std::cmp::Ordering;

use super::facts::Origin;
use super::intern::{Interner, NONE};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SessionRow {
    pub(super) day: i32,
    /// 0 planned, 1 held, 2 cancelled.
    pub(super) status: u8,
    /// 0 no, 1 yes, 2 not stated.
    pub(super) quorum: u8,
    pub(super) rcp: u32,
    pub(super) establishment: u32,
    pub(super) centre: u32,
    pub(super) theme: u32,
    pub(super) source: u32,
    pub(super) line: u32,
}

pub(super) const PLANNED: u8 = 0;
pub(super) const HELD: u8 = 1;
pub(super) const CANCELLED: u8 = 2;

/// Bits of [`FicheRow::flags`].
pub(super) mod flag {
    pub(in super::super) const VALIDATED: u32 = 1;
    pub(in super::super) const MSSANTE: u32 = 1 << 1;
    pub(in super::super) const G8: u32 = 1 << 2;
    pub(in super::super) const ONCOGERIATRIC: u32 = 1 << 3;
    pub(in super::super) const FERTILITY: u32 = 1 << 4;
    pub(in super::super) const TRIAL: u32 = 1 << 5;
    pub(in super::super) const GUIDELINE: u32 = 1 << 6;
    pub(in super::super) const GUIDELINE_STATED: u32 = 1 << 7;
    pub(in super::super) const ALL: u32 = (1 << 8) - 1;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FicheRow {
    pub(super) version: u32,
    pub(super) session: u32,
    pub(super) patient: u32,
    pub(super) physician: u32,
    pub(super) flags: u32,
    pub(super) source: u32,
    pub(super) line: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PpsRow {
    pub(super) version: u32,
    /// Day of validation, `i32::MIN` while not validated.
    pub(super) day: i32,
    pub(super) patient: u32,
    pub(super) establishment: u32,
    pub(super) centre: u32,
    pub(super) theme: u32,
    pub(super) source: u32,
    pub(super) line: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct AttendanceRow {
    pub(super) session: u32,
    pub(super) professional: u32,
    pub(super) specialty: u32,
    pub(super) source: u32,
    pub(super) line: u32,
}

/// The texts behind the numbers of the rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) sources: Interner,
    pub(super) rcps: Interner,
    pub(super) establishments: Interner,
    pub(super) centres: Interner,
    pub(super) themes: Interner,
    pub(super) patients: Interner,
    pub(super) physicians: Interner,
    pub(super) professionals: Interner,
    pub(super) specialties: Interner,
}

/// Rows by id: the first of each id in the order of [`Row::order`], and the
/// others apart.
#[derive(Clone, Debug)]
pub(super) struct Store<R> {
    pub(super) ids: Interner,
    /// The first row of each id; `None` for an id that is only cited.
    pub(super) first: Vec<Option<R>>,
    pub(super) others: Vec<(u32, R)>,
}

impl<R> Default for Store<R> {
    fn default() -> Self {
        Store {
            ids: Interner::default(),
            first: Vec::new(),
            others: Vec::new(),
        }
    }
}

/// What the three kinds of rows with an id share.
pub(super) trait Row: Copy {
    fn version(&self) -> u32;
    fn origin<'a>(&self, names: &'a Names) -> Origin<'a>;
    /// Same content, origin apart.
    fn same(&self, other: &Self) -> bool;
    /// Order of the content, by its texts.
    fn content(&self, other: &Self, names: &Names, sessions: &Interner) -> Ordering;

    /// The row that counts comes first: highest version, then earliest
    /// origin, then content. A total order that no order of arrival changes.
    fn order(&self, other: &Self, names: &Names, sessions: &Interner) -> Ordering {
        (other.version().cmp(&self.version()))
            .then_with(|| self.origin(names).cmp(&other.origin(names)))
            .then_with(|| self.content(other, names, sessions))
    }
}

fn texts(of: &Interner, a: u32, b: u32) -> Ordering {
    if a == b {
        Ordering::Equal
    } else {
        of.get_opt(a).cmp(&of.get_opt(b))
    }
}

impl Row for SessionRow {
    fn version(&self) -> u32 {
        0
    }
    fn origin<'a>(&self, names: &'a Names) -> Origin<'a> {
        Origin::new(names.sources.get(self.source), self.line)
    }
    fn same(&self, other: &Self) -> bool {
        SessionRow {
            source: 0,
            line: 0,
            ..*self
        } == SessionRow {
            source: 0,
            line: 0,
            ..*other
        }
    }
    fn content(&self, other: &Self, n: &Names, _: &Interner) -> Ordering {
        (self.day, self.status, self.quorum)
            .cmp(&(other.day, other.status, other.quorum))
            .then_with(|| texts(&n.rcps, self.rcp, other.rcp))
            .then_with(|| texts(&n.establishments, self.establishment, other.establishment))
            .then_with(|| texts(&n.centres, self.centre, other.centre))
            .then_with(|| texts(&n.themes, self.theme, other.theme))
    }
}

impl Row for FicheRow {
    fn version(&self) -> u32 {
        self.version
    }
    fn origin<'a>(&self, names: &'a Names) -> Origin<'a> {
        Origin::new(names.sources.get(self.source), self.line)
    }
    fn same(&self, other: &Self) -> bool {
        FicheRow {
            source: 0,
            line: 0,
            ..*self
        } == FicheRow {
            source: 0,
            line: 0,
            ..*other
        }
    }
    fn content(&self, other: &Self, n: &Names, sessions: &Interner) -> Ordering {
        texts(sessions, self.session, other.session)
            .then_with(|| texts(&n.patients, self.patient, other.patient))
            .then_with(|| texts(&n.physicians, self.physician, other.physician))
            .then_with(|| self.flags.cmp(&other.flags))
    }
}

impl Row for PpsRow {
    fn version(&self) -> u32 {
        self.version
    }
    fn origin<'a>(&self, names: &'a Names) -> Origin<'a> {
        Origin::new(names.sources.get(self.source), self.line)
    }
    fn same(&self, other: &Self) -> bool {
        PpsRow {
            source: 0,
            line: 0,
            ..*self
        } == PpsRow {
            source: 0,
            line: 0,
            ..*other
        }
    }
    fn content(&self, other: &Self, n: &Names, _: &Interner) -> Ordering {
        self.day
            .cmp(&other.day)
            .then_with(|| texts(&n.patients, self.patient, other.patient))
            .then_with(|| texts(&n.establishments, self.establishment, other.establishment))
            .then_with(|| texts(&n.centres, self.centre, other.centre))
            .then_with(|| texts(&n.themes, self.theme, other.theme))
    }
}

impl<R: Row> Store<R> {
    /// The number of an id, cited or given.
    pub(super) fn cite(&mut self, id: &str) -> u32 {
        let symbol = self.ids.add(id);
        if symbol as usize == self.first.len() {
            self.first.push(None);
        }
        symbol
    }

    /// Keeps a row; `sessions` is the table of session ids when it is not
    /// this store's own.
    pub(super) fn keep(&mut self, symbol: u32, row: R, names: &Names, sessions: Option<&Interner>) {
        let place = &mut self.first[symbol as usize];
        match place {
            None => *place = Some(row),
            Some(held) => {
                let sessions = sessions.unwrap_or(&self.ids);
                let loser = if row.order(held, names, sessions).is_lt() {
                    std::mem::replace(held, row)
                } else {
                    row
                };
                self.others.push((symbol, loser));
            }
        }
    }

    /// A store whose ids are all cited, none given.
    pub(super) fn with_ids(ids: Interner) -> Self {
        Store {
            first: vec![None; ids.len()],
            ids,
            others: Vec::new(),
        }
    }

    /// Keeps a row read back.
    pub(super) fn restore(
        &mut self,
        symbol: u32,
        row: R,
        names: &Names,
        sessions: Option<&Interner>,
    ) {
        self.keep(symbol, row, names, sessions);
    }

    /// Rows given, counted or not.
    pub(super) fn len(&self) -> usize {
        self.first.iter().flatten().count() + self.others.len()
    }
}

/// The rows that say again, or otherwise, what a kept row says: the number
/// of their id, the row kept, the row itself. Older versions are not.
pub(super) fn repeated<'a, R: Row>(
    store: &'a Store<R>,
    names: &Names,
    sessions: &Interner,
) -> impl Iterator<Item = (u32, R, R)> + use<'a, R> {
    let mut others: Vec<&(u32, R)> = store.others.iter().collect();
    others.sort_unstable_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.order(y, names, sessions)));
    let mut kept: Option<(u32, R)> = None;
    others.into_iter().filter_map(move |&(symbol, row)| {
        let first = match kept {
            Some((s, k)) if s == symbol => k,
            _ => store.first[symbol as usize]?,
        };
        let again = first.version() == row.version();
        kept = Some((symbol, if again { first } else { row }));
        again.then_some((symbol, first, row))
    })
}

impl<R> Store<R> {
    /// Every row, with the number of its id.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, &R)> {
        let first = self
            .first
            .iter()
            .enumerate()
            .filter_map(|(s, r)| r.as_ref().map(|r| (s as u32, r)));
        first.chain(self.others.iter().map(|(s, r)| (*s, r)))
    }
}

/// A number that no row may hold unless it is absent or below `limit`.
pub(super) fn within(symbol: u32, limit: usize) -> bool {
    symbol == NONE || (symbol as usize) < limit
}
