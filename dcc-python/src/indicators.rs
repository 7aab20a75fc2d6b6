//! Facts, the indicators they give, and the monthly export.

use std::ops::ControlFlow;
use std::sync::Arc;

use arrow_array::types::Date32Type;
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, StringArray, UInt64Array};
use chrono::NaiveDate;
use dcc_core::export::{self, Dialect, ExportOptions, Producer, export_watched};
use dcc_core::indicators::result::TOTAL;
use dcc_core::indicators::watch::{COMPUTE_STEPS, ROWS};
use dcc_core::indicators::{
    self as core, Aggregate, ComputeOptions, Definition, Dimension, Feed, Month, OfferFact, Period,
    Scope, Value,
};
use dcc_core::problem::{Problem, Problems};
use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyString, PyType};

use crate::convert::{bytes_of, instant_text, row_to_json, to_py};
use crate::number::whole;
use crate::problem::{error, problems};
use crate::table::{Table, stream_of};
use crate::watch::{Progress, outcome};

/// Rows between two calls of the progress callback.
const CHUNK: usize = ROWS;

/// Rows between two looks at Ctrl-C while Python objects are read.
const GLANCE: usize = 1_000;

/// The table of a name: "sessions", "attendances", "fiches", "pps", "offers".
fn table_of(name: &str) -> PyResult<core::Table> {
    let names = core::Table::NAMES;
    match names.iter().find(|(_, known)| *known == name) {
        Some((table, _)) => Ok(*table),
        None => Err(PyValueError::new_err(format!(
            "table inconnue : {name} (attendu : {})",
            names.map(|(_, name)| name).join(", ")
        ))),
    }
}

/// A period: `2025`, `2025-03`, `2025-01..2025-12`, or two dates.
fn period_of(object: &Bound<'_, PyAny>) -> PyResult<Period> {
    let py = object.py();
    if let Ok((first, last)) = object.extract::<(NaiveDate, NaiveDate)>() {
        return Period::new(first, last).map_err(|p| error(py, &p));
    }
    let text = object.str()?.to_string();
    text.parse().map_err(|problems: Problems| {
        let told = problems.into_iter().map(|p| Problem {
            path: "/period".to_owned(),
            ..p
        });
        error(py, &told.collect())
    })
}

/// Threads asked for: at least one, and no more than any machine has.
fn threads_of(asked: usize) -> usize {
    asked.clamp(1, 256)
}

/// Rows of the data frames that know how to give them.
fn records<'py>(data: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    for (method, argument) in [
        ("to_pylist", None),
        ("to_dicts", None),
        ("to_dict", Some("records")),
    ] {
        if !data.is_instance_of::<PyDict>() && data.hasattr(method)? {
            return match argument {
                None => data.call_method0(method),
                Some(argument) => data.call_method1(method, (argument,)),
            };
        }
    }
    Ok(data.clone())
}

/// Facts of any part of any period: sessions, attendances, fiches, PPS, offers.
///
/// Facts come in any order, in as many parts as the caller likes; `compute`
/// gives the indicators of annex 2, `export` the files of the monthly deposit.
///
/// Parameters
/// ----------
/// earliest, latest : datetime.date, optional
///     Dates before or after are refused.
///
/// Examples
/// --------
/// >>> facts = dcc.Facts()
/// >>> facts.add("sessions", [{"id": "S1", "rcp": "R1", "date": "2025-03-14", "status": "held"}])
/// 1
/// >>> facts.compute("2025").value("ACT-01").value
/// 1.0
#[pyclass(module = "dcc")]
pub struct Facts {
    aggregate: Aggregate,
    offers: Vec<OfferFact>,
    /// What was wrong with the offers, which the aggregate does not hold.
    offer_problems: Problems,
}

impl Facts {
    fn add_offers(&mut self, (offers, problems): (Vec<OfferFact>, Problems)) -> usize {
        let taken = offers.len();
        self.offers.extend(offers);
        self.offer_problems.extend(problems);
        taken
    }

    /// Adds JSON lines.
    fn add_lines(
        &mut self,
        feed: Feed<'_>,
        lines: &[u8],
        progress: &Progress,
    ) -> ControlFlow<PyErr, usize> {
        if feed.table == core::Table::Offers {
            return ControlFlow::Continue(
                self.add_offers(Feed::offers_json_lines(feed.source, lines)),
            );
        }
        let watch = &mut |read| progress.watch(read);
        self.aggregate.add_json_lines_watched(feed, lines, watch)
    }

    fn all_problems(&self) -> Problems {
        let mut all = self.offer_problems.clone();
        all.extend(self.aggregate.problems());
        all
    }
}

#[pymethods]
impl Facts {
    #[new]
    #[pyo3(signature = (*, earliest=None, latest=None))]
    fn new(earliest: Option<NaiveDate>, latest: Option<NaiveDate>) -> Self {
        let aggregate = match (earliest, latest) {
            (None, None) => Aggregate::new(),
            (first, last) => Aggregate::with_dates(
                first.unwrap_or(NaiveDate::MIN),
                last.unwrap_or(NaiveDate::MAX),
            ),
        };
        Facts {
            aggregate,
            offers: Vec::new(),
            offer_problems: Problems::new(),
        }
    }

    /// Add the rows of a table.
    ///
    /// Parameters
    /// ----------
    /// table : {"sessions", "attendances", "fiches", "pps", "offers"}
    ///     What the rows are; `dcc schema` lists their columns.
    /// data : iterable of mapping, or any table
    ///     Rows as dicts; or an object of the Arrow PyCapsule interface (pyarrow,
    ///     polars, pandas with pyarrow, DuckDB…), whose batches are read where they
    ///     are, without a copy. A column of instants is refused: only the caller
    ///     knows its time zone; give dates.
    /// source : str, optional
    ///     Name shown before the row in problems.
    /// progress : callable, optional
    ///     Called with the number of rows read so far; what it raises stops the
    ///     reading, the rows before being kept.
    ///
    /// Returns
    /// -------
    /// int
    ///     How many were taken; `problems` says why others were not.
    #[pyo3(signature = (table, data, *, source="", progress=None))]
    fn add(
        &mut self,
        table: &str,
        data: &Bound<'_, PyAny>,
        source: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<usize> {
        let py = data.py();
        let feed = Feed::new(table_of(table)?, source);
        let progress = Progress::rows(progress);
        let (mut taken, mut rows) = (0, 0);
        if data.is_instance_of::<PyString>() || bytes_of(data).is_ok() {
            return Err(PyTypeError::new_err(
                "des lignes sont attendues : pour le contenu d'un fichier, add_csv, add_json_lines ou add_parquet",
            ));
        }
        // the offers are few, and are not the aggregate's: they go row by row
        let stream = match feed.table {
            core::Table::Offers => None,
            _ => stream_of(data)?,
        };
        if let Some(stream) = stream {
            for batch in stream {
                let batch = batch.map_err(|e| PyValueError::new_err(e.to_string()))?;
                let first = u32::try_from(rows + 1).unwrap_or(u32::MAX);
                taken += outcome(py.detach(|| {
                    let watch = &mut |read| progress.watch(rows + read);
                    self.aggregate
                        .add_record_batch_watched(feed, first, &batch, watch)
                }))?;
                rows += batch.num_rows();
                progress.tell(py, rows)?;
            }
            return Ok(taken);
        }
        let mut lines = Vec::new();
        let mut iterator = records(data)?.try_iter()?;
        loop {
            // blank lines stand for the rows already read: problems are numbered from the first
            lines.clear();
            lines.resize(rows, b'\n');
            let before = rows;
            for row in iterator.by_ref().take(CHUNK) {
                lines.extend(row_to_json(&row?)?.to_string().into_bytes());
                lines.push(b'\n');
                rows += 1;
                if rows % GLANCE == 0 {
                    py.check_signals()?;
                }
            }
            if rows == before {
                return Ok(taken);
            }
            taken += outcome(py.detach(|| self.add_lines(feed, &lines, &Progress::rows(None))))?;
            progress.tell(py, rows)?;
        }
    }

    /// Add the rows of a CSV file, given whole.
    ///
    /// Parameters
    /// ----------
    /// table : {"sessions", "attendances", "fiches", "pps", "offers"}
    ///     What the rows are.
    /// data : bytes or str
    ///     The file.
    /// source : str, optional
    ///     Name shown before the line in problems.
    /// progress : callable, optional
    ///     As for `add`.
    ///
    /// Returns
    /// -------
    /// int
    ///     How many were taken; `problems` says why others were not.
    #[pyo3(signature = (table, data, *, source="", progress=None))]
    fn add_csv(
        &mut self,
        table: &str,
        data: &Bound<'_, PyAny>,
        source: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<usize> {
        let (table, bytes) = (table_of(table)?, bytes_of(data)?);
        let progress = Progress::rows(progress);
        outcome(data.py().detach(|| {
            if table == core::Table::Offers {
                return ControlFlow::Continue(self.add_offers(Feed::offers_csv(source, &bytes)));
            }
            let watch = &mut |read| progress.watch(read);
            self.aggregate
                .add_csv_watched(Feed::new(table, source), &bytes, watch)
        }))
    }

    /// Add the rows of JSON lines, given whole.
    ///
    /// Parameters
    /// ----------
    /// table : {"sessions", "attendances", "fiches", "pps", "offers"}
    ///     What the rows are.
    /// data : bytes or str
    ///     The file.
    /// source : str, optional
    ///     Name shown before the line in problems.
    /// progress : callable, optional
    ///     As for `add`.
    ///
    /// Returns
    /// -------
    /// int
    ///     How many were taken; `problems` says why others were not.
    #[pyo3(signature = (table, data, *, source="", progress=None))]
    fn add_json_lines(
        &mut self,
        table: &str,
        data: &Bound<'_, PyAny>,
        source: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<usize> {
        let (table, bytes) = (table_of(table)?, bytes_of(data)?);
        let (feed, progress) = (Feed::new(table, source), Progress::rows(progress));
        outcome(data.py().detach(|| self.add_lines(feed, &bytes, &progress)))
    }

    /// Add the rows of a Parquet file, given whole.
    ///
    /// Parameters
    /// ----------
    /// table : {"sessions", "attendances", "fiches", "pps", "offers"}
    ///     What the rows are.
    /// data : bytes
    ///     The file.
    /// source : str, optional
    ///     Name shown before the line in problems.
    /// progress : callable, optional
    ///     As for `add`.
    ///
    /// Returns
    /// -------
    /// int
    ///     How many were taken; `problems` says why others were not.
    #[pyo3(signature = (table, data, *, source="", progress=None))]
    fn add_parquet(
        &mut self,
        table: &str,
        data: &Bound<'_, PyAny>,
        source: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<usize> {
        let (table, bytes) = (table_of(table)?, bytes_of(data)?);
        let (feed, progress) = (Feed::new(table, source), Progress::rows(progress));
        outcome(data.py().detach(|| {
            if table == core::Table::Offers {
                return ControlFlow::Continue(
                    self.add_offers(Feed::offers_parquet(source, &bytes)),
                );
            }
            let watch = &mut |read| progress.watch(read);
            self.aggregate.add_parquet_watched(feed, &bytes, watch)
        }))
    }

    /// Adds all the facts of another.
    #[pyo3(signature = (other, /))]
    fn merge(slf: &Bound<'_, Self>, other: &Bound<'_, Self>) -> PyResult<()> {
        if slf.is(other) {
            return Err(PyValueError::new_err(
                "des faits ne se fusionnent pas avec eux-mêmes",
            ));
        }
        let (mut this, other) = (slf.borrow_mut(), other.borrow());
        let (this, other): (&mut Facts, &Facts) = (&mut this, &other);
        slf.py().detach(|| {
            this.aggregate.merge(&other.aggregate);
            this.offers.extend(other.offers.iter().cloned());
            this.offer_problems.extend(other.offer_problems.clone());
        });
        Ok(())
    }

    /// Every problem of the facts.
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        problems(py, &py.detach(|| self.all_problems()))
    }

    /// The facts as bytes, offers left out.
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &py.detach(|| self.aggregate.to_bytes()))
    }

    /// Reads what `to_bytes` wrote.
    #[staticmethod]
    #[pyo3(signature = (data, /))]
    fn from_bytes(data: &Bound<'_, PyAny>) -> PyResult<Self> {
        let bytes = bytes_of(data)?;
        let read = data.py().detach(|| Aggregate::from_bytes(&bytes));
        Ok(Facts {
            aggregate: read.map_err(|p| error(data.py(), &p))?,
            offers: Vec::new(),
            offer_problems: Problems::new(),
        })
    }

    /// The indicators of a period.
    ///
    /// Parameters
    /// ----------
    /// period : str or (date, date)
    ///     ``"2025"``, ``"2025-03"``, ``"2025-01..2025-12"``, or first and last day.
    /// threads : int, optional
    ///     Threads to use; the result is the same.
    /// by_session, specialties : bool, optional
    ///     Whether to give those of each session, and the specialties.
    /// small_counts : int, optional
    ///     Mask the counts of persons from 1 to this one, excluded.
    /// progress : callable, optional
    ///     Called with the steps done and the number of steps; what it raises
    ///     stops the work.
    ///
    /// Returns
    /// -------
    /// Indicators
    ///     Every cell of month, establishment, 3C and theme, with totals.
    #[pyo3(signature = (period, *, threads=1, by_session=true, specialties=true, small_counts=None,
        progress=None))]
    #[allow(clippy::too_many_arguments)] // keyword arguments of Python
    fn compute(
        &self,
        period: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = whole)] threads: usize,
        by_session: bool,
        specialties: bool,
        #[pyo3(from_py_with = whole)] small_counts: Option<u32>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Indicators> {
        let of = period_of(period)?;
        let options = ComputeOptions {
            threads: threads_of(threads),
            by_session,
            specialties,
            small_counts,
        };
        let progress = Progress::steps(progress, COMPUTE_STEPS);
        let inner = outcome(period.py().detach(|| {
            let watch = &mut |steps| progress.watch(steps);
            self.aggregate.compute_watched(of, &options, watch)
        }))?;
        Ok(Indicators { inner })
    }

    /// The files of the monthly deposit, dashboard included.
    ///
    /// Parameters
    /// ----------
    /// period : str or (date, date)
    ///     As for `compute`.
    /// producer : str
    ///     Who produces it.
    /// generated_at : datetime.datetime or str
    ///     When, with its time zone.
    /// finess, software : str, optional
    ///     FINESS of the producer; software around the library.
    /// dialect : {"fr", "rfc4180"}, optional
    ///     CSV for a French spreadsheet, or as RFC 4180.
    /// dashboard : bool, optional
    ///     Whether to write ``dashboard.html``.
    /// replaces : str, optional
    ///     SHA-256 of the manifest that this export corrects.
    /// accept : sequence of str, optional
    ///     Codes of blocking problems accepted: their facts are left out.
    /// threads, by_session, small_counts, progress
    ///     As for `compute`.
    ///
    /// Returns
    /// -------
    /// Export
    ///     Names and bytes; the same arguments give the same bytes.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     Every problem of the facts, when one forbids the export.
    #[pyo3(signature = (period, *, producer, generated_at, finess=None, software=None, dialect="fr",
        dashboard=true, replaces=None, accept=None, threads=1, by_session=true,
        small_counts=None, progress=None))]
    #[allow(clippy::too_many_arguments)] // keyword arguments of Python
    fn export<'py>(
        &self,
        period: &Bound<'py, PyAny>,
        producer: String,
        generated_at: &Bound<'py, PyAny>,
        finess: Option<String>,
        software: Option<String>,
        dialect: &str,
        dashboard: bool,
        replaces: Option<String>,
        accept: Option<Vec<String>>,
        #[pyo3(from_py_with = whole)] threads: usize,
        by_session: bool,
        #[pyo3(from_py_with = whole)] small_counts: Option<u32>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let py = period.py();
        let of = period_of(period)?;
        let mut options = ExportOptions::new(producer, instant_text(generated_at)?);
        options.producer = Producer {
            finess,
            software,
            ..options.producer
        };
        options.dialect = match dialect {
            "fr" => Dialect::French,
            "rfc4180" => Dialect::Rfc4180,
            other => {
                return Err(PyValueError::new_err(format!(
                    "dialecte inconnu : {other} (attendu : fr, rfc4180)"
                )));
            }
        };
        options.dashboard = dashboard;
        options.replaces = replaces;
        options.accept = accept.into_iter().flatten().collect();
        options.compute.threads = threads_of(threads);
        options.compute.by_session = by_session;
        options.compute.small_counts = small_counts;
        let refused = |p: &Problem| p.is_blocking() && !options.accept.contains(p.code);
        if self.offer_problems.iter().any(refused) {
            return Err(error(py, &self.all_problems()));
        }
        let progress = Progress::steps(progress, export::STEPS);
        let made = outcome(py.detach(|| {
            let watch = &mut |steps| progress.watch(steps);
            export_watched(&self.aggregate, &self.offers, of, &options, watch)
        }))?;
        let mut made = made.map_err(|p| error(py, &p))?;
        let mut found = self.offer_problems.clone();
        found.extend(std::mem::take(&mut made.problems));
        let files = PyDict::new(py);
        for (name, bytes) in &made.files {
            files.set_item(name, PyBytes::new(py, bytes))?;
        }
        CLASS
            .import(py, "dcc._model", "Export")?
            .call1((files, problems(py, &found)?))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.aggregate == other.aggregate && self.offers == other.offers
    }

    fn __repr__(&self) -> String {
        format!(
            "<dcc.Facts problems={} offers={}>",
            self.all_problems().len(),
            self.offers.len()
        )
    }
}

/// The indicators of a period: the cube of month, establishment, 3C and theme.
#[pyclass(frozen, module = "dcc")]
pub struct Indicators {
    inner: core::Indicators,
}

fn month_of(text: &str) -> PyResult<Month> {
    text.parse().map_err(|_| {
        PyValueError::new_err(format!("un mois est attendu, comme 2025-03, pas {text}"))
    })
}

/// Columns of a table of values.
#[derive(Default)]
struct Columns {
    code: Vec<&'static str>,
    label: Vec<&'static str>,
    scopes: Scopes,
    numerator: Vec<Option<u64>>,
    denominator: Vec<Option<u64>>,
    value: Vec<Option<f64>>,
    masked: Vec<bool>,
}

/// The four columns of a scope.
#[derive(Default)]
struct Scopes {
    month: Vec<String>,
    others: [Vec<String>; 3],
}

fn texts<T: AsRef<str>>(of: &[T]) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(of))
}

impl Scopes {
    fn push(&mut self, scope: &Scope) {
        let month = scope
            .month
            .map_or_else(|| TOTAL.to_owned(), |m| m.to_string());
        self.month.push(month);
        let others = [&scope.establishment, &scope.centre_3c, &scope.theme];
        for (column, choice) in self.others.iter_mut().zip(others) {
            column.push(choice.label(TOTAL).to_owned());
        }
    }

    fn columns(&self) -> Vec<(&'static str, ArrayRef)> {
        let names = ["establishment", "centre_3c", "theme"];
        let mut columns = vec![("month", texts(&self.month))];
        columns.extend(names.into_iter().zip(self.others.iter().map(|c| texts(c))));
        columns
    }
}

impl Columns {
    fn push(&mut self, definition: &'static Definition, scope: &Scope, value: Value) {
        self.code.push(definition.code);
        self.label.push(definition.label);
        self.scopes.push(scope);
        self.numerator.push(value.numerator);
        self.denominator.push(value.denominator);
        self.value.push(value.ratio());
        self.masked.push(value.masked);
    }

    fn table(self, before: Vec<(&'static str, ArrayRef)>) -> PyResult<Table> {
        let mut columns: Vec<(&'static str, ArrayRef)> =
            vec![("code", texts(&self.code)), ("label", texts(&self.label))];
        columns.extend(before);
        columns.extend(self.scopes.columns());
        columns.push(("numerator", Arc::new(UInt64Array::from(self.numerator))));
        columns.push(("denominator", Arc::new(UInt64Array::from(self.denominator))));
        columns.push(("value", Arc::new(Float64Array::from(self.value))));
        columns.push(("masked", Arc::new(BooleanArray::from(self.masked))));
        Table::new(columns)
    }
}

#[pymethods]
impl Indicators {
    /// One indicator in one cell.
    ///
    /// Parameters
    /// ----------
    /// code : str
    ///     For example ``"ACT-01"``; `definitions` lists them.
    /// month : str, optional
    ///     For example ``"2025-03"``; the whole period by default.
    /// establishment, centre_3c, theme : str, optional
    ///     A value, or ``"non renseigné"``; all together by default.
    ///
    /// Returns
    /// -------
    /// Value
    ///     Zero for a cell where nothing happened.
    ///
    /// Raises
    /// ------
    /// KeyError
    ///     The code is unknown.
    #[pyo3(signature = (code, *, month=None, establishment=None, centre_3c=None, theme=None))]
    fn value<'py>(
        &self,
        py: Python<'py>,
        code: &str,
        month: Option<&str>,
        establishment: Option<&str>,
        centre_3c: Option<&str>,
        theme: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let scope = Scope {
            month: month.map(month_of).transpose()?,
            establishment: Dimension::chosen(establishment),
            centre_3c: Dimension::chosen(centre_3c),
            theme: Dimension::chosen(theme),
        };
        let value = self
            .inner
            .value(code, &scope)
            .ok_or_else(|| PyKeyError::new_err(code.to_owned()))?;
        CLASS.import(py, "dcc._model", "Value")?.call1((
            value.numerator,
            value.denominator,
            value.ratio(),
            value.masked,
        ))
    }

    /// Every indicator in every cell, totals included ("tous").
    ///
    /// Returns
    /// -------
    /// Table
    ///     Columns code, label, month, establishment, centre_3c, theme, numerator,
    ///     denominator, value, masked.
    fn table(&self, py: Python<'_>) -> PyResult<Table> {
        let columns = py.detach(|| {
            let mut columns = Columns::default();
            for (scope, values) in self.inner.cells() {
                for (definition, value) in values {
                    columns.push(definition, &scope, value);
                }
            }
            columns
        });
        columns.table(Vec::new())
    }

    /// Every indicator of every session.
    fn sessions(&self, py: Python<'_>) -> PyResult<Table> {
        let (columns, session, rcp, date) = py.detach(|| {
            let mut columns = Columns::default();
            let (mut session, mut rcp, mut date) = (Vec::new(), Vec::new(), Vec::new());
            for row in self.inner.sessions() {
                let scope = self.inner.session_scope(row);
                for (definition, value) in self.inner.session_values(row) {
                    columns.push(definition, &scope, value);
                    session.push(row.id.as_str());
                    rcp.push(row.rcp.as_str());
                    date.push(Date32Type::from_naive_date(row.date));
                }
            }
            (columns, texts(&session), texts(&rcp), date)
        });
        let date: ArrayRef = Arc::new(Date32Array::from(date));
        columns.table(vec![("session", session), ("rcp", rcp), ("date", date)])
    }

    /// Attendances and sessions of every specialty in every cell.
    fn specialties(&self, py: Python<'_>) -> PyResult<Table> {
        let columns = py.detach(|| {
            let mut scopes = Scopes::default();
            let (mut code, mut attendances, mut sessions) = (Vec::new(), Vec::new(), Vec::new());
            for row in self.inner.specialty_rows() {
                scopes.push(&row.scope);
                code.push(row.specialty.unwrap_or(core::result::MISSING));
                attendances.push(row.attendances);
                sessions.push(row.sessions);
            }
            let mut columns = vec![("specialty", texts(&code))];
            columns.extend(scopes.columns());
            columns.push(("attendances", Arc::new(UInt64Array::from(attendances)) as _));
            columns.push(("sessions", Arc::new(UInt64Array::from(sessions)) as _));
            columns
        });
        Table::new(columns)
    }

    /// What became of every fact given.
    fn tallies<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_py(py, self.inner.tallies())
    }

    /// First and last day of the period.
    #[getter]
    fn period(&self) -> (NaiveDate, NaiveDate) {
        (self.inner.period().first(), self.inner.period().last())
    }

    /// The definitions: code, label, unit, numerator, denominator, source.
    #[staticmethod]
    fn definitions<'py>(py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        core::DEFINITIONS
            .iter()
            .map(|d| {
                let dict = PyDict::new(py);
                for (key, value) in [
                    ("code", d.code),
                    ("label", d.label),
                    ("unit", d.unit),
                    ("numerator", d.numerator),
                    ("denominator", d.denominator),
                    ("source", d.source),
                ] {
                    dict.set_item(key, value)?;
                }
                Ok(dict)
            })
            .collect()
    }

    fn __repr__(&self) -> String {
        format!(
            "<dcc.Indicators {}, {} cellules>",
            self.inner.period(),
            self.inner.len()
        )
    }
}
