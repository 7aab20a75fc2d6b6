//! Tables of small numbers: three bytes a cell while they suffice, else four.

/// Rows of `N` cells; the first byte of the section is the width of a cell.
#[derive(Clone, Copy)]
pub(crate) struct Narrow<'a, const N: usize> {
    width: usize,
    cells: &'a [u8],
}

impl<'a, const N: usize> Narrow<'a, N> {
    /// A table; one of another width reads as empty.
    #[inline]
    pub(crate) fn new(section: &'a [u8]) -> Self {
        match section.split_first() {
            Some((&width @ (3 | 4), cells)) => Narrow {
                width: width.into(),
                cells,
            },
            _ => Narrow {
                width: 4,
                cells: &[],
            },
        }
    }

    /// True when the section is a whole table.
    pub(crate) fn is_sound(section: &[u8]) -> bool {
        matches!(section.split_first(), Some((&width @ (3 | 4), cells)) if cells.len() % (usize::from(width) * N) == 0)
    }

    /// Number of rows.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.cells.len() / (self.width * N)
    }

    /// Row `i`.
    #[inline]
    pub(crate) fn row(&self, i: usize) -> Option<[u32; N]> {
        let size = self.width * N;
        let at = i.checked_mul(size)?;
        let bytes = self.cells.get(at..at.checked_add(size)?)?;
        let mut row = [0; N];
        if self.width == 3 {
            for (cell, b) in row.iter_mut().zip(bytes.chunks_exact(3)) {
                *cell = u32::from_le_bytes([b[0], b[1], b[2], 0]);
            }
        } else {
            for (cell, b) in row.iter_mut().zip(bytes.chunks_exact(4)) {
                *cell = u32::from_le_bytes([b[0], b[1], b[2], b[3]]);
            }
        }
        Some(row)
    }

    /// Rank of the first row whose first cell is not below `first`; rows are
    /// sorted by it.
    pub(crate) fn lower_bound(&self, first: u32) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.row(middle) {
                Some(row) if row[0] < first => low = middle + 1,
                _ => high = middle,
            }
        }
        low
    }

    /// True when cell `cell` never goes down, and begins at zero.
    pub(crate) fn rises(&self, cell: usize) -> bool {
        let mut last = 0;
        (0..self.len()).all(|i| {
            let value = self.row(i).map_or(0, |row| row[cell]);
            let fine = value >= last && (i > 0 || value == 0);
            last = value;
            fine
        })
    }
}

/// Writes a table.
pub(crate) fn put<const N: usize>(rows: impl Iterator<Item = [u32; N]> + Clone) -> Vec<u8> {
    let (most, count) = rows.clone().fold((0, 0), |(most, count), row| {
        (row.iter().fold(most, |m: u32, c| m.max(*c)), count + 1)
    });
    let width = if most < 1 << 24 { 3 } else { 4 };
    let mut out = Vec::with_capacity(count * width * N + 1);
    out.push(width as u8);
    for cell in rows.flatten() {
        out.extend_from_slice(&cell.to_le_bytes()[..width]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_table_reads_back(rows: Vec<[u32; 2]>, small: bool) {
            let rows: Vec<[u32; 2]> = rows.iter().map(|r| r.map(|c| if small { c >> 8 } else { c })).collect();
            let bytes = put(rows.iter().copied());
            assert!(Narrow::<2>::is_sound(&bytes));
            let table = Narrow::<2>::new(&bytes);
            assert_eq!((0..table.len()).filter_map(|i| table.row(i)).collect::<Vec<_>>(), rows);
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes: Vec<u8>, i: usize) {
            let table = Narrow::<3>::new(&bytes);
            let _ = (Narrow::<3>::is_sound(&bytes), table.len(), table.row(i), table.lower_bound(i as u32), table.rises(2));
        }
    }
}
