//! Chunks of bytes into lines.

/// A line, numbered from 1.
pub(crate) enum Line<'a> {
    /// Its bytes, without the end of line; `ended` is false for the last line
    /// of a text that does not end with one.
    Whole { bytes: &'a [u8], ended: bool },
    /// Longer than allowed.
    TooLong,
}

/// Gathers lines across chunks.
pub(crate) struct Lines {
    partial: Vec<u8>,
    limit: usize,
    too_long: bool,
    number: u64,
}

impl Lines {
    pub(crate) fn new(limit: usize) -> Self {
        Lines {
            partial: Vec::new(),
            limit,
            too_long: false,
            number: 0,
        }
    }

    /// Gives the lines that end in this chunk.
    pub(crate) fn feed(&mut self, mut chunk: &[u8], mut tell: impl FnMut(u64, Line<'_>)) {
        while let Some(end) = memchr::memchr(b'\n', chunk) {
            let (line, rest) = (&chunk[..end], &chunk[end + 1..]);
            chunk = rest;
            self.number += 1;
            if self.partial.is_empty() && !self.too_long {
                if line.len() > self.limit {
                    tell(self.number, Line::TooLong);
                } else {
                    tell(
                        self.number,
                        Line::Whole {
                            bytes: without_return(line),
                            ended: true,
                        },
                    );
                }
                continue;
            }
            self.keep(line);
            self.tell_partial(true, &mut tell);
        }
        self.keep(chunk);
    }

    /// Gives the last line, when the text does not end with an end of line.
    pub(crate) fn end(&mut self, mut tell: impl FnMut(u64, Line<'_>)) {
        if !self.partial.is_empty() || self.too_long {
            self.number += 1;
            self.tell_partial(false, &mut tell);
        }
    }

    fn keep(&mut self, part: &[u8]) {
        if self.too_long || self.partial.len() + part.len() > self.limit {
            self.too_long = true;
            self.partial.clear();
        } else {
            self.partial.extend_from_slice(part);
        }
    }

    fn tell_partial(&mut self, ended: bool, tell: &mut impl FnMut(u64, Line<'_>)) {
        if std::mem::take(&mut self.too_long) {
            tell(self.number, Line::TooLong);
        } else {
            tell(
                self.number,
                Line::Whole {
                    bytes: without_return(&self.partial),
                    ended,
                },
            );
        }
        self.partial.clear();
    }
}

fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &[u8], sizes: &[usize], limit: usize) -> Vec<Option<Vec<u8>>> {
        let mut all = Vec::new();
        let mut lines = Lines::new(limit);
        let mut tell = |number: u64, line: Line<'_>| {
            assert_eq!(number as usize, all.len() + 1);
            all.push(match line {
                Line::Whole { bytes, .. } => Some(bytes.to_vec()),
                Line::TooLong => None,
            });
        };
        let (mut rest, mut sizes) = (text, sizes.iter().cycle());
        while !rest.is_empty() {
            let (chunk, after) = rest.split_at((*sizes.next().unwrap_or(&1)).clamp(1, rest.len()));
            lines.feed(chunk, &mut tell);
            rest = after;
        }
        lines.end(&mut tell);
        all
    }

    proptest! {
        #[test]
        fn the_size_of_chunks_changes_nothing(text in "[ab\r\n]{0,40}", sizes in prop::collection::vec(1usize..9, 1..5)) {
            let expected: Vec<Option<Vec<u8>>> = text
                .split_terminator('\n')
                .map(|l| (l.len() <= 6).then(|| l.strip_suffix('\r').unwrap_or(l).as_bytes().to_vec()))
                .collect();
            prop_assert_eq!(lines(text.as_bytes(), &sizes, 6), expected);
        }
    }
}
