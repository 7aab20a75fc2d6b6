//! Rows by id: which row of each id counts.

use super::names::Names;
use super::rows::Row;

/// Rows by id: the first of each id in the order of [`Row::order`], and the
/// others apart.
#[derive(Clone, Debug)]
pub(crate) struct ById<R> {
    /// The first row of each id; `None` for an id that is only cited.
    pub(crate) first: Vec<Option<R>>,
    pub(crate) others: Vec<(u32, R)>,
}

impl<R> Default for ById<R> {
    fn default() -> Self {
        ById {
            first: Vec::new(),
            others: Vec::new(),
        }
    }
}

impl<R: Row> ById<R> {
    /// Has a place for each of so many ids, cited or given.
    pub(super) fn grow(&mut self, ids: usize) {
        if ids > self.first.len() {
            self.first.resize(ids, None);
        }
    }

    /// Keeps a row of the id with this number, which has its place.
    pub(super) fn keep(&mut self, symbol: u32, row: R, names: &Names) {
        match &mut self.first[symbol as usize] {
            place @ None => *place = Some(row),
            Some(held) => {
                let loser = if row.order(held, names).is_lt() {
                    std::mem::replace(held, row)
                } else {
                    row
                };
                self.others.push((symbol, loser));
            }
        }
    }

    /// Rows given, counted or not.
    pub(crate) fn len(&self) -> usize {
        self.first.iter().flatten().count() + self.others.len()
    }

    /// Every row, with the number of its id.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, &R)> {
        let first = self
            .first
            .iter()
            .enumerate()
            .filter_map(|(s, r)| r.as_ref().map(|r| (s as u32, r)));
        first.chain(self.others.iter().map(|(s, r)| (*s, r)))
    }

    /// The rows that repeat or contradict a kept row: the number
    /// of their id, the row kept, the row itself. Older versions are not.
    pub(crate) fn repeated(&self, names: &Names) -> impl Iterator<Item = (u32, R, R)> + use<'_, R> {
        let mut others: Vec<&(u32, R)> = self.others.iter().collect();
        others.sort_unstable_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.order(y, names)));
        let mut kept: Option<(u32, R)> = None;
        others.into_iter().filter_map(move |&(symbol, row)| {
            let first = match kept {
                Some((s, k)) if s == symbol => k,
                _ => self.first[symbol as usize]?,
            };
            let again = first.version() == row.version();
            kept = Some((symbol, if again { first } else { row }));
            again.then_some((symbol, first, row))
        })
    }
}
