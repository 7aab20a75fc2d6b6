//! A line into cells: `|` or `;`, no quotes, no escapes.

/// Ends of the cells of a line; one buffer serves every line.
#[derive(Default)]
pub(crate) struct Cells {
    /// The first `count` are those of the line last split.
    ends: Vec<u32>,
    count: usize,
}

impl Cells {
    /// Splits `line`; gives the number of cells.
    #[inline]
    pub(crate) fn split(&mut self, line: &[u8], separator: u8) -> usize {
        let mut count = 0;
        let pattern = u64::from_ne_bytes([separator; 8]);
        let mut base = 0u32;
        let mut words = line.chunks_exact(8);
        for word in &mut words {
            let x = u64::from_le_bytes([
                word[0], word[1], word[2], word[3], word[4], word[5], word[6], word[7],
            ]) ^ pattern;
            // a high bit for each byte that is zero, and no other
            let low = 0x7f7f_7f7f_7f7f_7f7f;
            let mut found = !(((x & low) + low) | x | low);
            if self.ends.len() < count + 9 {
                self.ends.resize(count + 64, 0);
            }
            while found != 0 {
                self.ends[count] = base + found.trailing_zeros() / 8;
                count += 1;
                found &= found - 1;
            }
            base += 8;
        }
        self.ends.resize((count + 9).max(self.ends.len()), 0);
        for (i, byte) in (0u32..).zip(words.remainder()) {
            if *byte == separator {
                self.ends[count] = base + i;
                count += 1;
            }
        }
        self.ends[count] = line.len() as u32;
        self.count = count + 1;
        self.count
    }

    /// The cell `i` of the line last split; empty beyond the last.
    #[inline]
    pub(crate) fn get<'l>(&self, line: &'l str, i: usize) -> &'l str {
        // also of a column that the header lacks, whose rank is the highest
        if i < self.count {
            self.run(line, i, i + 1)
        } else {
            ""
        }
    }

    /// The cells from `first` up to but not including `after`, with the
    /// separators between them; empty beyond the last.
    #[inline]
    pub(crate) fn run<'l>(&self, line: &'l str, first: usize, after: usize) -> &'l str {
        if after > self.count || first >= after {
            return "";
        }
        let from = if first == 0 {
            0
        } else {
            self.ends[first - 1] as usize + 1
        };
        &line[from..self.ends[after - 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn cells_are_those_of_split(line in "[a|é\"}{~]{0,60}") {
            let mut cells = Cells::default();
            let count = cells.split(line.as_bytes(), b'|');
            let expected: Vec<&str> = line.split('|').collect();
            assert_eq!((0..count).map(|i| cells.get(&line, i)).collect::<Vec<_>>(), expected);
            assert_eq!(cells.get(&line, count), "");
        }
    }
}
