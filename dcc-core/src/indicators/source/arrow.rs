//! Facts as Arrow record batches and Parquet files (feature `arrow`).
//!
//! The columns are those of the facts, in any order. Texts may be `Utf8`,
//! `LargeUtf8`, `Utf8View` or a dictionary of one of them; whole numbers any
//! integer type; dates `Date32`, `Date64` or text; booleans `Boolean`, 0 and
//! 1, or text; lists of texts `List` of `Utf8`. A time stamp is refused: only
//! the host knows its time zone.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema};
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::cells::{self, Cell};
use super::{Source, Step};
use crate::facts::{FactTable, Origin};
use crate::indicators::problem_log::ProblemLog;
use crate::indicators::rules;

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

/// The rows that are left, of one batch or of the batches of a file.
#[derive(Debug)]
pub(super) struct ArrowRows {
    table: FactTable,
    name: String,
    /// Place of each known column; none when a required one is not there.
    places: Option<Vec<Option<usize>>>,
    batch: Option<RecordBatch>,
    /// Row of the batch to read next.
    row: usize,
    /// Its line.
    line: u32,
    file: Option<File>,
}

/// A Parquet file, read batch by batch.
#[derive(Debug)]
struct File {
    batches: ParquetRecordBatchReader,
    /// What is wrong with the file, if it cannot be read to its end.
    fault: &'static str,
}

impl ArrowRows {
    fn new(source: Source<'_>) -> Self {
        ArrowRows {
            table: source.table,
            name: source.name.to_owned(),
            places: None,
            batch: None,
            row: 0,
            line: source.first_line,
            file: None,
        }
    }

    pub(super) fn of_batch(source: Source<'_>, batch: &RecordBatch, log: &mut ProblemLog) -> Self {
        ArrowRows {
            places: places(source, &batch.schema(), log),
            batch: Some(batch.clone()),
            ..Self::new(source)
        }
    }

    pub(super) fn of_parquet(source: Source<'_>, bytes: &[u8], log: &mut ProblemLog) -> Self {
        let fault = parquet_fault(bytes);
        let owned = bytes::Bytes::copy_from_slice(bytes);
        let opened = ParquetRecordBatchReaderBuilder::try_new(owned).and_then(|builder| {
            let places = places(source, builder.schema(), log);
            builder.build().map(|batches| (places, batches))
        });
        match opened {
            Ok((places, batches)) => ArrowRows {
                places,
                file: Some(File { batches, fault }),
                ..Self::new(source)
            },
            Err(error) => {
                log.add(source.at(0), &rules::LINE, |p| {
                    p.message(format!("{fault} ({error})"))
                });
                Self::new(source)
            }
        }
    }

    /// Has a batch with a row to read; none at the end.
    fn fetch(&mut self, log: &mut ProblemLog) {
        loop {
            if self.batch.as_ref().is_some_and(|b| self.row < b.num_rows()) {
                return;
            }
            (self.batch, self.row) = (None, 0);
            match self.file.as_mut().and_then(|file| file.batches.next()) {
                None => return,
                Some(Ok(batch)) => self.batch = Some(batch),
                Some(Err(error)) => {
                    let fault = self.file.take().map_or("", |file| file.fault);
                    log.add(Origin::new(&self.name, self.line), &rules::LINE, |p| {
                        p.message(format!("{fault} ({error})"))
                    });
                }
            }
        }
    }

    pub(super) fn next(&mut self, log: &mut ProblemLog) -> Step {
        self.fetch(log);
        let Some(batch) = &self.batch else {
            return Step::End;
        };
        let (row, line) = (self.row, self.line);
        self.row += 1;
        self.line = line.saturating_add(1);
        let Some(places) = &self.places else {
            return Step::refused(line);
        };
        let origin = Origin::new(&self.name, line);
        let fact = cells::fact(self.table, origin, log, |at, _| {
            match places.get(at).copied().flatten() {
                Some(place) => cell(batch.column(place), row),
                None => Cell::Absent,
            }
        });
        Step::row(line, fact)
    }
}

/// The place of each known column of a schema.
fn places(source: Source<'_>, schema: &Schema, log: &mut ProblemLog) -> Option<Vec<Option<usize>>> {
    let names: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
    cells::header(source.table, &names, source.at(source.first_line), log)
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
    use crate::indicators::{ComputeOptions, FactStore, Period, Scope};

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
        let source = Source::new(FactTable::Sessions, "");
        let mut from_batch = FactStore::new();
        assert_eq!(from_batch.read(&mut source.record_batch(&sessions())), 3);
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
        let mut from_file = FactStore::new();
        assert_eq!(from_file.read(&mut source.parquet(&file)), 3);
        assert_eq!(from_file, from_batch);

        let mut damaged = FactStore::new();
        assert_eq!(
            damaged.read(&mut source.parquet(&file[..file.len() / 2])),
            0
        );
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
        let mut facts = FactStore::new();
        assert_eq!(
            facts.read(
                &mut Source::new(FactTable::Pps, "pps")
                    .from_line(10)
                    .record_batch(&batch)
            ),
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
        let mut facts = FactStore::new();
        assert_eq!(
            facts.read(&mut Source::new(FactTable::Pps, "").record_batch(&batch)),
            0
        );
        let codes: Vec<_> = facts.problems().into_iter().map(|p| p.code).collect();
        assert_eq!(codes, ["FAIT-DATE", "FAIT-NEGATIF", "FAIT-DATE"]);
    }
}
