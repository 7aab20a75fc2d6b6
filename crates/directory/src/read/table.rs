//! A table of lines under a header, separated by `|`.

use super::cells::Cells;
use super::columns::{Column, Columns};
use super::feed::{Feed, Limits};
use super::ledger::Ledger;
use super::lines::{Line, Lines};
use crate::build::store::Store;
use crate::rules;

/// A line of a table.
pub(crate) struct Row<'l> {
    pub(crate) line: u64,
    text: &'l str,
    cells: &'l Cells,
    columns: &'l Columns,
}

impl<'l> Row<'l> {
    /// The cell of a column, by its rank in [`Rows::COLUMNS`].
    #[inline]
    pub(crate) fn get(&self, column: usize) -> &'l str {
        self.columns.get(self.cells, self.text, column)
    }

    /// The cells of some columns in one piece, when they follow each other.
    #[inline]
    pub(crate) fn run(&self, first: usize, after: usize) -> Option<&'l str> {
        self.columns.run(self.cells, self.text, first, after)
    }

    /// A code and its label, two columns that follow each other.
    #[inline]
    pub(crate) fn pair(&self, column: usize) -> (&'l str, &'l str) {
        (self.get(column), self.get(column + 1))
    }
}

/// What a table holds.
pub(crate) trait Rows {
    /// The columns known.
    const COLUMNS: &'static [Column];

    /// Takes one line.
    fn row(&mut self, row: &Row<'_>, store: &mut Store, ledger: &mut Ledger);
}

enum State {
    Header,
    Rows(Columns),
    Refused,
}

/// The reader of a table.
pub(crate) struct Table<R> {
    rows: R,
    lines: Lines,
    inner: Inner,
}

struct Inner {
    state: State,
    cells: Cells,
    count: u64,
}

impl<R: Rows> Table<R> {
    pub(crate) fn new(rows: R, limits: Limits) -> Self {
        let inner = Inner {
            state: State::Header,
            cells: Cells::default(),
            count: 0,
        };
        Table {
            rows,
            lines: Lines::new(limits.line),
            inner,
        }
    }
}

impl<R: Rows> Feed for Table<R> {
    fn feed(&mut self, chunk: &[u8], store: &mut Store, ledger: &mut Ledger) {
        let Table { rows, lines, inner } = self;
        if !matches!(inner.state, State::Refused) {
            lines.feed(chunk, |number, line| {
                inner.line(rows, number, line, store, ledger)
            });
        }
    }

    fn end(&mut self, store: &mut Store, ledger: &mut Ledger) -> u64 {
        let Table { rows, lines, inner } = self;
        lines.end(|number, line| inner.line(rows, number, line, store, ledger));
        inner.count
    }
}

impl Inner {
    #[inline]
    fn line<R: Rows>(
        &mut self,
        rows: &mut R,
        number: u64,
        line: Line<'_>,
        store: &mut Store,
        ledger: &mut Ledger,
    ) {
        let (bytes, ended) = match line {
            Line::Whole { bytes, ended } => (bytes, ended),
            Line::TooLong => {
                self.count += u64::from(!matches!(self.state, State::Header));
                return ledger.refuse(&rules::LINE_TOO_LONG, number, "");
            }
        };
        let text = match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => {
                self.count += u64::from(!matches!(self.state, State::Header));
                return ledger.refuse(&rules::ENCODING, number, "");
            }
        };
        match &self.state {
            State::Refused => {}
            State::Header => {
                self.state = match Columns::bind(R::COLUMNS, text, ledger) {
                    Some(columns) => State::Rows(columns),
                    None => State::Refused,
                }
            }
            State::Rows(_) if text.is_empty() => {}
            State::Rows(columns) => {
                self.count += 1;
                let count = self.cells.split(bytes, b'|');
                let extra =
                    count == columns.count + 1 && self.cells.get(text, columns.count).is_empty();
                if count != columns.count && !extra {
                    if !ended && count < columns.count {
                        ledger.refuse(&rules::TRUNCATED, number, "");
                    } else {
                        let counts = format!("{count} cellules au lieu de {}", columns.count);
                        ledger.refuse(&rules::CELLS, number, &counts);
                    }
                    return;
                }
                let row = Row {
                    line: number,
                    text,
                    cells: &self.cells,
                    columns,
                };
                rows.row(&row, store, ledger);
            }
        }
    }
}
