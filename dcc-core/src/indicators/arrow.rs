//! Facts read from Arrow record batches and Parquet files (feature `arrow`).
//!
//! The columns are those of [`super::feed`], in any order. Texts may be
//! `Utf8`, `LargeUtf8`, `Utf8View` or a dictionary of one of them; whole
//! numbers any integer type; dates `Date32`, `Date64` or text; booleans
//! `Boolean`, 0 and 1, or text; lists of texts `List` of `Utf8`. A time
//! stamp is refused: only the host knows its time zone.

use std::borrow::Cow;
use std::ops::ControlFlow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::aggregate::Aggregate;
use super::cells::Cell;
use super::facts::{OfferFact, Origin};
use super::feed::{Feed, List, Sink, Table, header, line, offers};
use super::ledger::Ledger;
use super::rules;
use super::watch::{ROWS, Watch, unwatched};
use crate::problem::Problems;

/// The value of a column at a row.
fn cell(column: &ArrayRef, row: usize) -> Cell<'_> {
    if column.is_null(row) {
        return Cell::Absent;
    }
    let text = |t| Cell::Text(Cow::Borrowed(t));
    match column.data_type() {
        DataType::Null => Cell::Absent,
        DataType::Utf8 => text(column.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => text(column.as_string::<i64>().value(row)),
        DataType::Utf8View => text(column.as_string_view().value(row)),
        DataType::Boolean => Cell::Bool(column.as_boolean().value(row)),
        DataType::Int8 => Cell::Int(column.as_primitive::<Int8Type>().value(row).into()),
        DataType::Int16 => Cell::Int(column.as_primitive::<Int16Type>().value(row).into()),
        DataType::Int32 => Cell::Int(column.as_primitive::<Int32Type>().value(row).into()),
        DataType::Int64 => Cell::Int(column.as_primitive::<Int64Type>().value(row)),
        DataType::UInt8 => Cell::Int(column.as_primitive::<UInt8Type>().value(row).into()),
        DataType::UInt16 => Cell::Int(column.as_primitive::<UInt16Type>().value(row).into()),
        DataType::UInt32 => Cell::Int(column.as_primitive::<UInt32Type>().value(row).into()),
        DataType::UInt64 => {
            let n = column.as_primitive::<UInt64Type>().value(row);
            i64::try_from(n).map_or_else(|_| Cell::Text(Cow::Owned(n.to_string())), Cell::Int)
        }
        DataType::Date32 => match column.as_primitive::<Date32Type>().value_as_date(row) {
            Some(date) => Cell::Date(date),
            None => Cell::Other("date hors du calendrier".to_owned()),
        },
        DataType::Date64 => match column.as_primitive::<Date64Type>().value_as_date(row) {
            Some(date) => Cell::Date(date),
            None => Cell::Other("date hors du calendrier".to_owned()),
        },
        DataType::Dictionary(_, _) => {
            let dictionary = column.as_any_dictionary();
            match usize_key(dictionary.keys(), row).filter(|&key| key < dictionary.values().len()) {
                Some(key) => cell(dictionary.values(), key),
                None => Cell::Absent,
            }
        }
        DataType::List(_) => {
            let (list, offsets) = (
                column.as_list::<i32>(),
                column.as_list::<i32>().value_offsets(),
            );
            let range = offsets[row] as usize..offsets[row + 1] as usize;
            let texts: Option<Vec<_>> = range
                .map(|i| match cell(list.values(), i) {
                    Cell::Text(t) => Some(t),
                    _ => None,
                })
                .collect();
            texts.map_or_else(
                || Cell::Other("liste d'autre chose que des textes".to_owned()),
                Cell::List,
            )
        }
        other => Cell::Other(format!("type {other}")),
    }
}

fn usize_key(keys: &dyn Array, row: usize) -> Option<usize> {
    macro_rules! key {
        ($type:ty) => {
            usize::try_from(keys.as_primitive::<$type>().value(row)).ok()
        };
    }
    match keys.data_type() {
        DataType::Int8 => key!(Int8Type),
        DataType::Int16 => key!(Int16Type),
        DataType::Int32 => key!(Int32Type),
        DataType::Int64 => key!(Int64Type),
        DataType::UInt8 => key!(UInt8Type),
        DataType::UInt16 => key!(UInt16Type),
        DataType::UInt32 => key!(UInt32Type),
        DataType::UInt64 => key!(UInt64Type),
        _ => None,
    }
}

/// Reads a batch whose first row is of that line.
fn read_batch(
    feed: Feed<'_>,
    first_line: u32,
    batch: &RecordBatch,
    ledger: &mut Ledger,
    sink: &mut impl Sink,
) {
    let schema = batch.schema();
    let names: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
    let columns = feed.table.columns();
    let first = Origin::new(feed.source, first_line);
    let Some(places) = header(feed.table, &names, first, ledger) else {
        sink.refuse(batch.num_rows() as u64);
        return;
    };
    for row in 0..batch.num_rows() {
        if row > 0 && row % ROWS == 0 && !sink.goes_on(row) {
            return;
        }
        let origin = Origin::new(feed.source, first_line.saturating_add(row as u32));
        line(feed.table, origin, ledger, sink, |column| {
            let index = columns.iter().position(|(name, _)| *name == column);
            match index.and_then(|i| places[i]) {
                Some(place) => cell(batch.column(place), row),
                None => Cell::Absent,
            }
        });
    }
}

/// What is wrong with a Parquet file that cannot be read: it begins and ends
/// by the same mark.
fn parquet_fault(bytes: &[u8]) -> &'static str {
    const MARK: &[u8] = b"PAR1";
    match (bytes.starts_with(MARK), bytes.ends_with(MARK)) {
        (false, _) => "Le contenu n'est pas celui d'un fichier Parquet",
        (true, false) => "Le fichier Parquet est tronqué : il ne finit pas comme il se doit",
        (true, true) => "Le fichier Parquet est abîmé, et ne se lit pas jusqu'au bout",
    }
}

/// Reads a Parquet file, in batches that are smaller than [`ROWS`].
fn read_parquet(feed: Feed<'_>, bytes: &[u8], ledger: &mut Ledger, sink: &mut impl Sink) {
    let owned = bytes::Bytes::copy_from_slice(bytes);
    let reader = ParquetRecordBatchReaderBuilder::try_new(owned).and_then(|b| b.build());
    let unreadable = |line: usize, error: String, ledger: &mut Ledger| {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        ledger.add(Origin::new(feed.source, line), &rules::LINE, |p| {
            p.message(format!("{} ({error})", parquet_fault(bytes)))
        });
    };
    let reader = match reader {
        Ok(reader) => reader,
        Err(error) => return unreadable(0, error.to_string(), ledger),
    };
    let (mut rows, mut told) = (0, 0);
    for batch in reader {
        match batch {
            Ok(batch) => {
                let first = u32::try_from(rows + 1).unwrap_or(u32::MAX);
                read_batch(feed, first, &batch, ledger, sink);
                rows += batch.num_rows();
            }
            Err(error) => return unreadable(rows + 1, error.to_string(), ledger),
        }
        if rows - told >= ROWS {
            told = rows;
            if !sink.goes_on(rows) {
                return;
            }
        }
    }
}

impl Aggregate {
    /// Adds the facts of a record batch; how many were taken. The line of
    /// the first row is `first_line`, so that batches of one table follow
    /// each other. What is wrong with the rows left out is in
    /// [`Aggregate::problems`].
    pub fn add_record_batch(
        &mut self,
        feed: Feed<'_>,
        first_line: u32,
        batch: &RecordBatch,
    ) -> usize {
        unwatched(|watch| self.add_record_batch_watched(feed, first_line, batch, watch))
    }

    /// As [`Aggregate::add_record_batch`], telling how many rows of the batch
    /// were read. When stopped, the facts of those rows are kept.
    pub fn add_record_batch_watched<B>(
        &mut self,
        feed: Feed<'_>,
        first_line: u32,
        batch: &RecordBatch,
        watch: Watch<'_, B>,
    ) -> ControlFlow<B, usize> {
        self.read(feed, watch, |ledger, sink| {
            read_batch(feed, first_line, batch, ledger, sink);
        })
    }

    /// Adds the facts of a Parquet file, given whole; how many were taken.
    /// Its rows are numbered from 1. A file that cannot be read to its end
    /// is listed (`FAIT-LIGNE`), after the rows that were.
    pub fn add_parquet(&mut self, feed: Feed<'_>, bytes: &[u8]) -> usize {
        unwatched(|watch| self.add_parquet_watched(feed, bytes, watch))
    }

    /// As [`Aggregate::add_parquet`], telling how many rows were read. When
    /// stopped, the facts of those rows are kept.
    pub fn add_parquet_watched<B>(
        &mut self,
        feed: Feed<'_>,
        bytes: &[u8],
        watch: Watch<'_, B>,
    ) -> ControlFlow<B, usize> {
        self.read(feed, watch, |ledger, sink| {
            read_parquet(feed, bytes, ledger, sink);
        })
    }
}

impl Feed<'_> {
    /// The offer of a Parquet file; the problems of the rows left out.
    pub fn offers_parquet(source: &str, bytes: &[u8]) -> (Vec<OfferFact>, Problems) {
        let (mut ledger, mut list) = (Ledger::default(), List::default());
        let feed = Feed::new(Table::Offers, source);
        read_parquet(feed, bytes, &mut ledger, &mut list);
        (offers(list.0), ledger.into_problems())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use arrow_array::types::Int8Type;
    use arrow_array::{
        BooleanArray, Date32Array, DictionaryArray, Int64Array, LargeStringArray, StringArray,
        TimestampSecondArray,
    };

    use super::*;
    use crate::indicators::{ComputeOptions, Period, Scope};

    fn sessions() -> RecordBatch {
        let day = |text: &str| {
            let date: chrono::NaiveDate = text.parse().unwrap();
            Date32Type::from_naive_date(date)
        };
        let status: DictionaryArray<Int8Type> =
            ["held", "held", "annulée", "prévue"].into_iter().collect();
        let columns: [(&str, ArrayRef); 6] = [
            (
                "id",
                Arc::new(StringArray::from(vec!["S1", "S2", "S3", "S4"])),
            ),
            ("rcp", Arc::new(Int64Array::from(vec![7, 7, 7, 7]))),
            (
                "date",
                Arc::new(Date32Array::from(vec![
                    day("2025-01-31"),
                    day("2025-02-01"),
                    day("2025-02-01"),
                    day("2025-02-01"),
                ])),
            ),
            ("status", Arc::new(status)),
            (
                "theme",
                Arc::new(LargeStringArray::from(vec![Some("sein"), None, None, None])),
            ),
            (
                "quorum_reached",
                Arc::new(BooleanArray::from(vec![Some(true), None, None, None])),
            ),
        ];
        RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true)))
            .unwrap()
    }

    #[test]
    fn a_batch_and_a_parquet_file_say_the_same() {
        let feed = Feed::new(Table::Sessions, "");
        let mut from_batch = Aggregate::new();
        assert_eq!(from_batch.add_record_batch(feed, 1, &sessions()), 3);
        let listed: Vec<_> = from_batch
            .problems()
            .into_iter()
            .map(|p| (p.path, p.code))
            .collect();
        assert_eq!(listed, [("ligne 4".to_owned(), "FAIT-STATUT")]);
        let indicators =
            from_batch.compute(Period::year(2025).unwrap(), &ComputeOptions::default());
        let quorum = indicators.value("QUA-01", &Scope::all()).unwrap();
        assert_eq!((quorum.numerator, quorum.denominator), (Some(1), Some(2)));
        assert_eq!(indicators.themes(), [Some("sein".to_owned()), None]);

        let mut file = Vec::new();
        let mut writer =
            parquet::arrow::ArrowWriter::try_new(&mut file, sessions().schema(), None).unwrap();
        writer.write(&sessions()).unwrap();
        writer.close().unwrap();
        let mut from_file = Aggregate::new();
        assert_eq!(from_file.add_parquet(feed, &file), 3);
        assert_eq!(from_file, from_batch);

        let mut damaged = Aggregate::new();
        assert_eq!(damaged.add_parquet(feed, &file[..file.len() / 2]), 0);
        assert_eq!(
            damaged
                .problems()
                .iter()
                .map(|p| p.code)
                .collect::<Vec<_>>(),
            ["FAIT-LIGNE"]
        );
    }

    #[test]
    fn types_that_no_column_takes_are_listed() {
        let columns: [(&str, ArrayRef); 3] = [
            ("id", Arc::new(Int64Array::from(vec![1, 2]))),
            ("version", Arc::new(Int64Array::from(vec![-1, 1]))),
            ("patient", Arc::new(StringArray::from(vec!["P1", "P2"]))),
        ];
        let batch = RecordBatch::try_from_iter(columns.clone()).unwrap();
        let mut facts = Aggregate::new();
        assert_eq!(
            facts.add_record_batch(Feed::new(Table::Pps, "pps"), 10, &batch),
            1
        );
        let listed: Vec<_> = facts
            .problems()
            .into_iter()
            .map(|p| (p.path, p.code))
            .collect();
        assert_eq!(listed, [("pps ligne 10".to_owned(), "FAIT-NEGATIF")]);

        let stamp: (&str, ArrayRef) = (
            "validated_on",
            Arc::new(TimestampSecondArray::from(vec![0, 0])),
        );
        let batch = RecordBatch::try_from_iter(columns.into_iter().chain([stamp])).unwrap();
        let mut facts = Aggregate::new();
        assert_eq!(
            facts.add_record_batch(Feed::new(Table::Pps, ""), 1, &batch),
            0
        );
        let codes: Vec<_> = facts.problems().into_iter().map(|p| p.code).collect();
        assert_eq!(codes, ["FAIT-DATE", "FAIT-NEGATIF", "FAIT-DATE"]);
    }
}
