//! Facts read from a vendor's tables: CSV, JSON lines, and under the feature
//! `arrow` Arrow record batches and Parquet files.
//!
//! - this file: a [`Source`], and the [`FactReader`] that reads it row by row
//! - `csv`, `json_lines`, `arrow`: the rows of a format, as cells
//! - `cells`: a row of cells as a fact, or its problems
//!
//! The columns carry the names of the fields of the facts, in any order;
//! those of optional fields may be absent. CSV: separator `;`, `,` or tab,
//! found in the header; UTF-8, with or without a byte order mark, else
//! Windows-1252, which French spreadsheets write. Booleans: `true`, `false`,
//! `1`, `0`, `oui`, `non`, `vrai`, `faux`. Dates: `2025-03-14` or
//! `14/03/2025`. An empty cell is an absent value.
//!
//! A row with a problem is refused whole, and all its problems are listed.

#[cfg(feature = "arrow")]
mod arrow;
mod cells;
mod csv;
mod json_lines;

use super::problem_log::ProblemLog;
use crate::facts::{Fact, FactTable, OfferFact, Origin};
use crate::problem::Problems;

/// A table of facts to read, and the name that its problems show.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The table.
    pub table: FactTable,
    /// Name shown before the line of a problem, for example the file's; may
    /// be empty.
    pub name: &'a str,
    /// Line of the first row, 1 unless it follows others: [`Source::from_line`].
    first_line: u32,
}

impl<'a> Source<'a> {
    /// A source of the facts of a table.
    pub fn new(table: FactTable, name: &'a str) -> Self {
        Source {
            table,
            name,
            first_line: 1,
        }
    }

    /// The same source, of which the first row is of that line: for a table
    /// that comes in several parts, none of which has a header (JSON lines,
    /// record batches).
    #[must_use]
    pub fn from_line(mut self, first_line: u32) -> Self {
        self.first_line = first_line;
        self
    }

    /// The rows of a CSV, whose first line names the columns.
    pub fn csv(self, bytes: &'a [u8]) -> FactReader<'a> {
        let mut log = ProblemLog::default();
        let rows = csv::CsvRows::new(self, bytes, &mut log);
        FactReader::new(self, log, Format::Csv(Box::new(rows)))
    }

    /// The rows of JSON lines: one object per line.
    pub fn json_lines(self, bytes: &'a [u8]) -> FactReader<'a> {
        let rows = json_lines::JsonRows::new(self, bytes);
        FactReader::new(self, ProblemLog::default(), Format::JsonLines(rows))
    }

    /// The rows of an Arrow record batch.
    #[cfg(feature = "arrow")]
    pub fn record_batch(self, batch: &arrow_array::RecordBatch) -> FactReader<'a> {
        let mut log = ProblemLog::default();
        let rows = arrow::ArrowRows::of_batch(self, batch, &mut log);
        FactReader::new(self, log, Format::Arrow(Box::new(rows)))
    }

    /// The rows of a Parquet file, given whole, numbered from 1. A file that
    /// cannot be read to its end is listed (`FAIT-LIGNE`), after the rows that
    /// were.
    #[cfg(feature = "arrow")]
    pub fn parquet(self, bytes: &'a [u8]) -> FactReader<'a> {
        let mut log = ProblemLog::default();
        let rows = arrow::ArrowRows::of_parquet(self, bytes, &mut log);
        FactReader::new(self, log, Format::Arrow(Box::new(rows)))
    }

    fn at(&self, line: u32) -> Origin<'a> {
        Origin::new(self.name, line)
    }
}

/// One row of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRow {
    /// Its line.
    pub line: u32,
    /// Its fact; none when the row is refused: [`FactReader::into_problems`]
    /// has why.
    pub fact: Option<Fact>,
}

#[derive(Debug)]
enum Format<'a> {
    Csv(Box<csv::CsvRows<'a>>),
    JsonLines(json_lines::JsonRows<'a>),
    #[cfg(feature = "arrow")]
    Arrow(Box<arrow::ArrowRows>),
}

/// The rows of a source, read one by one.
///
/// [`FactStore::read`](super::FactStore::read) takes them all,
/// [`FactStore::read_rows`](super::FactStore::read_rows) some of them.
#[derive(Debug)]
pub struct FactReader<'a> {
    source: Source<'a>,
    format: Format<'a>,
    log: ProblemLog,
    rows: usize,
    done: bool,
}

impl<'a> FactReader<'a> {
    fn new(source: Source<'a>, log: ProblemLog, format: Format<'a>) -> Self {
        FactReader {
            source,
            format,
            log,
            rows: 0,
            done: false,
        }
    }

    /// The source.
    pub fn source(&self) -> Source<'a> {
        self.source
    }

    /// Rows read so far, those refused and blank lines included.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// True once a reading met the end.
    pub fn is_done(&self) -> bool {
        self.done
    }

    /// The problems of the rows read; of the header too.
    pub fn into_problems(self) -> Problems {
        self.log.into_problems()
    }

    /// The facts of all the rows that are left, with their lines; the problems
    /// of the others.
    pub fn into_facts(mut self) -> (Vec<(Fact, u32)>, Problems) {
        let mut facts = Vec::new();
        for FactRow { line, fact } in self.by_ref() {
            facts.extend(fact.map(|fact| (fact, line)));
        }
        (facts, self.into_problems())
    }

    /// The offers of all the rows that are left, of a source of
    /// [`FactTable::Offers`]; the problems of the others.
    pub fn into_offers(self) -> (Vec<OfferFact>, Problems) {
        let (facts, problems) = self.into_facts();
        let offer = |(fact, _)| match fact {
            Fact::Offer(offer) => Some(offer),
            _ => None,
        };
        (facts.into_iter().filter_map(offer).collect(), problems)
    }

    /// The problems noted since the last call.
    pub(super) fn take_log(&mut self) -> ProblemLog {
        std::mem::take(&mut self.log)
    }
}

impl Iterator for FactReader<'_> {
    type Item = FactRow;

    fn next(&mut self) -> Option<FactRow> {
        loop {
            let step = match &mut self.format {
                Format::Csv(rows) => rows.next(&mut self.log),
                Format::JsonLines(rows) => rows.next(&mut self.log),
                #[cfg(feature = "arrow")]
                Format::Arrow(rows) => rows.next(&mut self.log),
            };
            match step {
                Step::Row(row) => {
                    self.rows += 1;
                    return Some(row);
                }
                Step::Blank => self.rows += 1,
                Step::End => {
                    self.done = true;
                    return None;
                }
            }
        }
    }
}

/// What a format gives next.
#[allow(clippy::large_enum_variant)] // every step but the last is a row
enum Step {
    Row(FactRow),
    /// A line without anything.
    Blank,
    End,
}

impl Step {
    fn row(line: u32, fact: Option<Fact>) -> Self {
        Step::Row(FactRow { line, fact })
    }

    fn refused(line: u32) -> Self {
        Step::row(line, None)
    }
}

/// A line number; the greatest one for what is beyond.
fn line_number(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}
