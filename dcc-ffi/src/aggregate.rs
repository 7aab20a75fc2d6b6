//! Indicators: facts in, indicators out.

use std::ffi::c_char;
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use chrono::NaiveDate;
use dcc_core::indicators::{
    ComputeOptions, Dimension, FactReader, FactStore, FactTable, Indicators, Origin, Period,
    Source, TOTAL,
};
use serde::Serialize;

use crate::abi::{Batch, Handle, Input, Out, OutHandle, Plain, Row, call, free};
use crate::batch::{self, FactRow};
use crate::bytes::DccBytes;
use crate::document::DccDocument;
use crate::facts::{DccAttendanceFact, DccFicheFact, DccPpsFact, DccSessionFact};
use crate::failure::DccProblems;
use crate::failure::{DccError, Failure, Faults};
use crate::input::date;
use crate::status::DccStatus;

/// The facts of any part of any period, in the order that they come. Any
/// number of threads may add to the same one, each waiting its turn; it is
/// faster to give each thread its own and to merge them at the end.
#[derive(Debug)]
pub struct DccAggregate(RwLock<FactStore>);

impl DccAggregate {
    /// Without facts; 2000-01-01 and 2099-12-31 where no bound is given.
    pub(crate) fn within(
        earliest: Option<NaiveDate>,
        latest: Option<NaiveDate>,
    ) -> Result<Self, Failure> {
        FactStore::within(earliest, latest)
            .map(|empty| DccAggregate(RwLock::new(empty)))
            .map_err(|p| Failure::new(DccStatus::BadValue, p))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, Failure> {
        FactStore::from_bytes(bytes)
            .map(|read| DccAggregate(RwLock::new(read)))
            .map_err(|p| Failure::new(DccStatus::InvalidAggregate, p))
    }

    pub(crate) fn read(&self) -> Result<RwLockReadGuard<'_, FactStore>, Failure> {
        self.0.read().map_err(|_| Failure::poisoned())
    }

    pub(crate) fn write(&self) -> Result<RwLockWriteGuard<'_, FactStore>, Failure> {
        self.0.write().map_err(|_| Failure::poisoned())
    }

    pub(crate) fn merge(&self, other: &DccAggregate) -> Result<(), Failure> {
        let (a, b): (*const _, *const _) = (self, other);
        if a == b {
            let same = other.read()?.clone();
            self.write()?.merge(&same);
        } else if a < b {
            // always the lower address first: two merges never wait for each other
            let mut into = self.write()?;
            into.merge(&*other.read()?);
        } else {
            let from = other.read()?;
            self.write()?.merge(&from);
        }
        Ok(())
    }
}

/// A table of facts by its name; an offer is no fact, it goes to the export.
pub(crate) fn table(name: &str) -> Result<FactTable, Failure> {
    let is_fact = |table: &FactTable| *table != FactTable::Offers;
    FactTable::named(name).filter(is_fact).ok_or_else(|| {
        let facts = FactTable::NAMES.iter().filter(|(table, _)| is_fact(table));
        Failure::value("table_name", name, facts.map(|(_, known)| known))
    })
}

/// A period of two days written yyyymmdd.
pub(crate) fn period(first: i32, last: i32) -> Result<Period, Failure> {
    let mut faults = Faults::default();
    let first = faults.keep(date("first", first));
    let last = faults.keep(date("last", last));
    let (first, last) = faults.all(first.zip(last))?;
    Period::new(first, last).map_err(|p| Failure::new(DccStatus::InvalidPeriod, p).below("last"))
}

#[derive(Serialize)]
struct CellView<'a> {
    month: Option<String>,
    establishment: &'a str,
    centre_3c: &'a str,
    theme: &'a str,
    values: Vec<ValueView>,
}

#[derive(Serialize)]
struct ValueView {
    code: &'static str,
    numerator: Option<u64>,
    denominator: Option<u64>,
    masked: bool,
}

/// Every cell of the cube, as JSON.
pub(crate) fn cells(indicators: &Indicators) -> Result<Vec<u8>, Failure> {
    fn label(dimension: &Dimension) -> &str {
        dimension.label(TOTAL)
    }
    let cells: Vec<_> = indicators.cells().collect();
    let view: Vec<CellView<'_>> = cells
        .iter()
        .map(|(scope, values)| CellView {
            month: scope.month.map(|m| m.to_string()),
            establishment: label(&scope.establishment),
            centre_3c: label(&scope.centre_3c),
            theme: label(&scope.theme),
            values: values
                .iter()
                .map(|(definition, value)| ValueView {
                    code: definition.code,
                    numerator: value.numerator,
                    denominator: value.denominator,
                    masked: value.masked,
                })
                .collect(),
        })
        .collect();
    serde_json::to_vec(&view).map_err(|e| Failure::internal(e.to_string()))
}

/// Makes an aggregate without facts. Facts dated before `earliest` or after
/// `latest` (yyyymmdd) will be refused; 0 stands for 20000101 and 20991231.
/// Fails with DCC_STATUS_BAD_VALUE for a date that does not exist.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_new(
    earliest: i32,
    latest: i32,
    aggregate: *mut *mut DccAggregate,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (aggregate, error) = unsafe {
        (
            OutHandle::new("aggregate", aggregate),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let aggregate = aggregate.required()?;
        let bound = |name: &str, day: i32| (day != 0).then(|| date(name, day)).transpose();
        let mut faults = Faults::default();
        let earliest = faults.keep(bound("earliest", earliest));
        let latest = faults.keep(bound("latest", latest));
        let (earliest, latest) = faults.all(earliest.zip(latest))?;
        aggregate.put(DccAggregate::within(earliest, latest)?);
        Ok(())
    })
}

/// Adds a batch of facts, each by `add`.
///
/// # Safety
/// As the conventions say: see the top of the header.
unsafe fn add_batch<'a, T: Plain>(
    aggregate: *const DccAggregate,
    batch: Batch<'a, T>,
    source: Input<'_>,
    taken: *mut usize,
    error: *mut *mut DccError,
    add: fn(&mut FactStore, &<Row<'a, T> as FactRow>::Fact, Origin<'_>) -> bool,
) -> DccStatus
where
    Row<'a, T>: FactRow,
{
    // SAFETY: the caller keeps the conventions of the header.
    let (aggregate, taken, error) = unsafe {
        (
            Handle::new("aggregate", aggregate),
            Out::new("taken", taken, 0),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (aggregate, source) = (aggregate.get()?, source.opt_text()?.unwrap_or_default());
        let mut to = aggregate.write()?;
        taken.put(batch::read(batch.rows()?, |fact, line| {
            add(&mut to, fact, Origin::new(source, line))
        })?);
        Ok(())
    })
}

/// Adds the facts of a text, whose rows `rows` reads; `[table, source, text]`.
///
/// # Safety
/// As the conventions say: see the top of the header.
unsafe fn add_text(
    aggregate: *const DccAggregate,
    [name, source, text]: [Input<'_>; 3],
    taken: *mut usize,
    error: *mut *mut DccError,
    rows: for<'t> fn(Source<'t>, &'t [u8]) -> FactReader<'t>,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (aggregate, taken, error) = unsafe {
        (
            Handle::new("aggregate", aggregate),
            Out::new("taken", taken, 0),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (aggregate, text) = (aggregate.get()?, text.bytes()?);
        let source = Source::new(table(name.text()?)?, source.opt_text()?.unwrap_or_default());
        taken.put(aggregate.write()?.read(&mut rows(source, text)));
        Ok(())
    })
}

/// Adds sessions: `count` structs, `fact_size` bytes each, which is
/// sizeof(DccSessionFact); fields that a later version adds are then zeros for
/// the program compiled before. `source` names the feed in problems, and may
/// be NULL. A batch with a text that is not UTF-8 (DCC_STATUS_BAD_UTF8), a
/// number that is none of those allowed or a date that does not exist
/// (DCC_STATUS_BAD_VALUE) fails whole, and names each of each row
/// ("/12/status"); the status is that of the first. After some 1000 problems,
/// the next row with one is named by API-SUITE ("/5000"), and no other is. A
/// `fact_size` too small is DCC_STATUS_BAD_SIZE. A fact that is readable but
/// cannot count (without an id, out of bounds) is left out and listed by
/// dcc_aggregate_problems: `taken`, when not NULL, receives the number of those
/// kept.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_add_sessions(
    aggregate: *const DccAggregate,
    facts: *const DccSessionFact,
    count: usize,
    fact_size: usize,
    source: *const c_char,
    source_len: usize,
    taken: *mut usize,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe {
        let batch = Batch::new("facts", facts, count, fact_size);
        let source = Input::new("source", source, source_len);
        add_batch(
            aggregate,
            batch,
            source,
            taken,
            error,
            FactStore::add_session,
        )
    }
}

/// Adds attendances, as dcc_aggregate_add_sessions.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_add_attendances(
    aggregate: *const DccAggregate,
    facts: *const DccAttendanceFact,
    count: usize,
    fact_size: usize,
    source: *const c_char,
    source_len: usize,
    taken: *mut usize,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe {
        let batch = Batch::new("facts", facts, count, fact_size);
        let source = Input::new("source", source, source_len);
        add_batch(
            aggregate,
            batch,
            source,
            taken,
            error,
            FactStore::add_attendance,
        )
    }
}

/// Adds versions of fiches, as dcc_aggregate_add_sessions.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_add_fiches(
    aggregate: *const DccAggregate,
    facts: *const DccFicheFact,
    count: usize,
    fact_size: usize,
    source: *const c_char,
    source_len: usize,
    taken: *mut usize,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe {
        let batch = Batch::new("facts", facts, count, fact_size);
        let source = Input::new("source", source, source_len);
        add_batch(aggregate, batch, source, taken, error, FactStore::add_fiche)
    }
}

/// Adds versions of PPS, as dcc_aggregate_add_sessions.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_add_pps(
    aggregate: *const DccAggregate,
    facts: *const DccPpsFact,
    count: usize,
    fact_size: usize,
    source: *const c_char,
    source_len: usize,
    taken: *mut usize,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe {
        let batch = Batch::new("facts", facts, count, fact_size);
        let source = Input::new("source", source, source_len);
        add_batch(aggregate, batch, source, taken, error, FactStore::add_pps)
    }
}

/// Adds the fact of a document: of a fiche RCP, discussed in `session`, or of a
/// PPS, for which `session` is not looked at and may be NULL. `session` and
/// `patient` are the keys of the session and of the patient, better a
/// pseudonym. The fact has the id common to all versions of the document, its
/// version, and what the document states; a PPS has no theme. `source`
/// and `taken` (0 or 1) as for dcc_aggregate_add_sessions. Fails with
/// DCC_STATUS_BAD_VALUE for another kind of document.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_add_document(
    aggregate: *const DccAggregate,
    document: *const DccDocument,
    session: *const c_char,
    session_len: usize,
    patient: *const c_char,
    patient_len: usize,
    source: *const c_char,
    source_len: usize,
    taken: *mut usize,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (aggregate, document, session, patient, source, taken, error) = unsafe {
        (
            Handle::new("aggregate", aggregate),
            Handle::new("document", document),
            Input::new("session", session, session_len),
            Input::new("patient", patient, patient_len),
            Input::new("source", source, source_len),
            Out::new("taken", taken, 0),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (aggregate, document) = (aggregate.get()?, document.get()?);
        let (patient, source) = (patient.text()?, source.opt_text()?.unwrap_or_default());
        let at = Origin::new(source, 0);
        let kept = if let Some(fact) = document.pps_fact(patient) {
            aggregate.write()?.add_pps(&fact, at)
        } else {
            let in_session = session.opt_text()?.unwrap_or_default();
            let fact = document.fiche_fact(in_session, patient);
            let kinds = ["fiche_rcp", "pps"];
            let fact = fact.ok_or_else(|| Failure::value("document", document.kind(), kinds))?;
            session.text()?; // a fiche needs one
            aggregate.write()?.add_fiche(&fact, at)
        };
        taken.put(kept.into());
        Ok(())
    })
}

/// Adds the facts of a CSV file (separator ";" or ",", first line the names of
/// the columns). `table_name` is "sessions", "attendances", "fiches" or "pps",
/// any other is DCC_STATUS_BAD_VALUE; `source` and `taken` as for
/// dcc_aggregate_add_sessions. A line that cannot be read is left out, and listed
/// by dcc_aggregate_problems.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_add_csv(
    aggregate: *const DccAggregate,
    table_name: *const c_char,
    table_name_len: usize,
    csv: *const u8,
    csv_len: usize,
    source: *const c_char,
    source_len: usize,
    taken: *mut usize,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe {
        let table = Input::new("table_name", table_name, table_name_len);
        let source = Input::new("source", source, source_len);
        let text = Input::new("csv", csv, csv_len);
        add_text(
            aggregate,
            [table, source, text],
            taken,
            error,
            |source, csv| source.csv(csv),
        )
    }
}

/// Adds the facts of JSON lines, one object a line, as dcc_aggregate_add_csv.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_add_json_lines(
    aggregate: *const DccAggregate,
    table_name: *const c_char,
    table_name_len: usize,
    lines: *const u8,
    lines_len: usize,
    source: *const c_char,
    source_len: usize,
    taken: *mut usize,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe {
        let table = Input::new("table_name", table_name, table_name_len);
        let source = Input::new("source", source, source_len);
        let text = Input::new("lines", lines, lines_len);
        add_text(
            aggregate,
            [table, source, text],
            taken,
            error,
            |source, lines| source.json_lines(lines),
        )
    }
}

/// Adds the facts of `other`, which is unchanged. The order of merges changes
/// nothing; a fact that is in both counts once and is listed.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_merge(
    aggregate: *const DccAggregate,
    other: *const DccAggregate,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (aggregate, other, error) = unsafe {
        (
            Handle::new("aggregate", aggregate),
            Handle::new("other", other),
            OutHandle::new("error", error),
        )
    };
    call(error, || aggregate.get()?.merge(other.get()?))
}

/// The problems of the facts, in `problems`: always a list, empty when there
/// is none.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_problems(
    aggregate: *const DccAggregate,
    problems: *mut *mut DccProblems,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (aggregate, problems, error) = unsafe {
        (
            Handle::new("aggregate", aggregate),
            OutHandle::new("problems", problems),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (aggregate, problems) = (aggregate.get()?, problems.required()?);
        problems.put(DccProblems::new(aggregate.read()?.problems()));
        Ok(())
    })
}

/// The facts as bytes, to keep them or to send them to another machine.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_to_bytes(
    aggregate: *const DccAggregate,
    bytes: *mut *mut DccBytes,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (aggregate, bytes, error) = unsafe {
        (
            Handle::new("aggregate", aggregate),
            OutHandle::new("bytes", bytes),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (aggregate, bytes) = (aggregate.get()?, bytes.required()?);
        bytes.put(DccBytes::new(aggregate.read()?.to_bytes()));
        Ok(())
    })
}

/// Reads what dcc_aggregate_to_bytes wrote. Fails with
/// DCC_STATUS_INVALID_AGGREGATE.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_from_bytes(
    bytes: *const u8,
    bytes_len: usize,
    aggregate: *mut *mut DccAggregate,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (bytes, aggregate, error) = unsafe {
        (
            Input::new("bytes", bytes, bytes_len),
            OutHandle::new("aggregate", aggregate),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (bytes, aggregate) = (bytes.bytes()?, aggregate.required()?);
        aggregate.put(DccAggregate::from_bytes(bytes)?);
        Ok(())
    })
}

/// Every indicator of a period (two days, yyyymmdd, both inside) as a JSON
/// array of cells: month ("2025-03", null for all together), establishment,
/// centre_3c, theme ("tous" for all together), and values: code, numerator,
/// denominator (null for a count, both null when masked), masked. The first
/// cell is the total. Counts below `small_counts` are masked, with those that
/// would give them away; 0 masks none. Fails with DCC_STATUS_INVALID_PERIOD
/// for a period that ends before it begins ("last"), DCC_STATUS_BAD_VALUE for
/// a date that does not exist ("first", "last").
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_indicators(
    aggregate: *const DccAggregate,
    first: i32,
    last: i32,
    small_counts: u32,
    json: *mut *mut DccBytes,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (aggregate, json, error) = unsafe {
        (
            Handle::new("aggregate", aggregate),
            OutHandle::new("json", json),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (aggregate, json) = (aggregate.get()?, json.required()?);
        let mut options = ComputeOptions::default();
        options.small_counts = (small_counts > 0).then_some(small_counts);
        options.by_session = false;
        options.specialties = false;
        let indicators = aggregate.read()?.compute(period(first, last)?, &options);
        json.put(DccBytes::new(cells(&indicators)?));
        Ok(())
    })
}

/// Frees an aggregate; NULL is nothing.
///
/// # Safety
/// `aggregate` is NULL or a live handle, not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_aggregate_free(aggregate: *mut DccAggregate) {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe { free(aggregate) }
}
