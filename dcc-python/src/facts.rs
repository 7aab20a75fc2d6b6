//! Facts of any part of any period, in every form in which they come.

use std::sync::Arc;

use chrono::NaiveDate;
use dcc_core::indicators::progress::COMPUTE_STEPS;
use dcc_core::indicators::{ComputeOptions, FactStore, FactTable, Source};
use dcc_core::model::json;
use dcc_core::problem::{Problem, Problems};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};
use serde_json::Value;

use crate::convert::{bytes_of, row_to_json};
use crate::export::{self, Asked};
use crate::held::{CHUNK, Held};
use crate::indicators::Indicators;
use crate::number::whole;
use crate::options::{period as period_of, table as table_of};
use crate::problem::{error, problems};
use crate::shared::Shared;
use crate::table::stream_of;
use crate::watch::{Progress, outcome};

/// Rows between two looks at Ctrl-C while Python objects are read.
const GLANCE: usize = 1_000;

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

/// The lines of a JSON list, one per item.
fn json_lines(text: &[u8]) -> Result<Vec<u8>, Problems> {
    let Value::Array(items) = json::parse(text)? else {
        let problem = Problem::new(&json::VALUE, "").message("Une liste d'objets est attendue");
        return Err(problem.into());
    };
    let mut lines = Vec::new();
    for item in items {
        lines.extend(item.to_string().into_bytes());
        lines.push(b'\n');
    }
    Ok(lines)
}

/// Facts of any part of any period: sessions, attendances, fiches, PPS, offers.
///
/// Facts come in any order, in as many parts as the caller likes; `compute`
/// gives the indicators of annex 2, `export` the files of the monthly deposit.
///
/// Parameters
/// ----------
/// earliest, latest : datetime.date, optional
///     Dates before or after are refused; 2000-01-01 and 2099-12-31 by default.
///
/// Raises
/// ------
/// DccError
///     The earliest date is after the latest.
///
/// Notes
/// -----
/// Any number of threads may use the same facts. A change waits for its turn;
/// what is read (`compute`, `export`…) is read as it stands when asked, while
/// others go on. What `add` and its like call to tell their progress cannot use
/// the same facts: it gets a ``RuntimeError``.
///
/// Examples
/// --------
/// >>> facts = dcc.Facts()
/// >>> facts.add("sessions", [{"id": "S1", "rcp": "R1", "date": "2025-03-14", "status": "held"}])
/// 1
/// >>> facts.compute("2025").value("ACT-01").value
/// 1.0
#[pyclass(frozen, module = "dcc")]
pub struct Facts {
    held: Shared<Held>,
}

impl Facts {
    fn holding(store: FactStore) -> Self {
        Facts {
            held: Shared::new(Held {
                store,
                offers: Vec::new(),
                offer_problems: Problems::new(),
            }),
        }
    }
}

#[pymethods]
impl Facts {
    #[new]
    #[pyo3(signature = (*, earliest=None, latest=None))]
    fn new(
        py: Python<'_>,
        earliest: Option<NaiveDate>,
        latest: Option<NaiveDate>,
    ) -> PyResult<Self> {
        FactStore::within(earliest, latest)
            .map(Facts::holding)
            .map_err(|p| error(py, &p))
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
    ///     How many were taken; `problems` has why the others were not.
    #[pyo3(signature = (table, data, *, source="", progress=None))]
    fn add(
        &self,
        table: &str,
        data: &Bound<'_, PyAny>,
        source: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<usize> {
        let py = data.py();
        let source = Source::new(table_of(table)?, source);
        let progress = Progress::rows(progress);
        let (mut taken, mut rows) = (0, 0);
        if data.is_instance_of::<PyString>() || bytes_of(data).is_ok() {
            return Err(PyTypeError::new_err(
                "des lignes sont attendues : pour le contenu d'un fichier, add_csv, add_json_lines ou add_parquet",
            ));
        }
        // rows are numbered on from those already read
        let next = |rows: usize| source.from_line(u32::try_from(rows + 1).unwrap_or(u32::MAX));
        // the offers are few, and are not the store's: they go row by row
        let stream = match source.table {
            FactTable::Offers => None,
            _ => stream_of(data)?,
        };
        if let Some(stream) = stream {
            for batch in stream {
                let batch = batch.map_err(|e| PyValueError::new_err(e.to_string()))?;
                let progress = progress.after(rows);
                let read = next(rows).record_batch(&batch);
                taken += self.held.write(py, |held| held.read(read, &progress))??;
                rows += batch.num_rows();
                progress.tell(py, batch.num_rows())?;
            }
            return Ok(taken);
        }
        let mut lines = Vec::new();
        let mut iterator = records(data)?.try_iter()?;
        loop {
            lines.clear();
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
            let read = next(before).json_lines(&lines);
            let quiet = Progress::rows(None);
            taken += self.held.write(py, |held| held.read(read, &quiet))??;
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
    ///     How many were taken; `problems` has why the others were not.
    #[pyo3(signature = (table, data, *, source="", progress=None))]
    fn add_csv(
        &self,
        table: &str,
        data: &Bound<'_, PyAny>,
        source: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<usize> {
        let (table, bytes) = (table_of(table)?, bytes_of(data)?);
        let progress = Progress::rows(progress);
        let read = |held: &mut Held| held.read(Source::new(table, source).csv(&bytes), &progress);
        self.held.write(data.py(), read)?
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
    ///     How many were taken; `problems` has why the others were not.
    #[pyo3(signature = (table, data, *, source="", progress=None))]
    fn add_json_lines(
        &self,
        table: &str,
        data: &Bound<'_, PyAny>,
        source: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<usize> {
        let (table, bytes) = (table_of(table)?, bytes_of(data)?);
        let (source, progress) = (Source::new(table, source), Progress::rows(progress));
        let read = |held: &mut Held| held.read(source.json_lines(&bytes), &progress);
        self.held.write(data.py(), read)?
    }

    /// Add the rows of a JSON list of objects, given whole.
    ///
    /// Parameters
    /// ----------
    /// table : {"sessions", "attendances", "fiches", "pps", "offers"}
    ///     What the rows are.
    /// data : bytes or str
    ///     The file.
    /// source : str, optional
    ///     Name shown before the rank of the object, from 1, in problems.
    /// progress : callable, optional
    ///     As for `add`.
    ///
    /// Returns
    /// -------
    /// int
    ///     How many were taken; `problems` has why the others were not.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     The text is not JSON, with line and column, or not a list.
    #[pyo3(signature = (table, data, *, source="", progress=None))]
    fn add_json(
        &self,
        table: &str,
        data: &Bound<'_, PyAny>,
        source: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<usize> {
        let (py, table, bytes) = (data.py(), table_of(table)?, bytes_of(data)?);
        let (source, progress) = (Source::new(table, source), Progress::rows(progress));
        let lines = py
            .detach(|| json_lines(&bytes))
            .map_err(|p| error(py, &p))?;
        let read = |held: &mut Held| held.read(source.json_lines(&lines), &progress);
        self.held.write(py, read)?
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
    ///     How many were taken; `problems` has why the others were not.
    #[pyo3(signature = (table, data, *, source="", progress=None))]
    fn add_parquet(
        &self,
        table: &str,
        data: &Bound<'_, PyAny>,
        source: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<usize> {
        let (table, bytes) = (table_of(table)?, bytes_of(data)?);
        let (source, progress) = (Source::new(table, source), Progress::rows(progress));
        let read = |held: &mut Held| held.read(source.parquet(&bytes), &progress);
        self.held.write(data.py(), read)?
    }

    /// Adds all the facts of another, which may be the same.
    #[pyo3(signature = (other, /))]
    fn merge(&self, py: Python<'_>, other: &Self) -> PyResult<()> {
        // what the other holds now: two merges never wait for each other
        let other = other.held.read(py)?;
        self.held.write(py, |held| held.merge(&other))
    }

    /// Every problem of the facts.
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let held = self.held.read(py)?;
        problems(py, &py.detach(|| held.all_problems()))
    }

    /// The facts as bytes, offers left out.
    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let held = self.held.read(py)?;
        Ok(PyBytes::new(py, &py.detach(|| held.store.to_bytes())))
    }

    /// Reads what `to_bytes` wrote.
    #[staticmethod]
    #[pyo3(signature = (data, /))]
    fn from_bytes(data: &Bound<'_, PyAny>) -> PyResult<Self> {
        let bytes = bytes_of(data)?;
        let read = data.py().detach(|| FactStore::from_bytes(&bytes));
        read.map(Facts::holding).map_err(|p| error(data.py(), &p))
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
        let (py, of) = (period.py(), period_of(period)?);
        let mut options = ComputeOptions::default();
        options.threads = threads;
        options.by_session = by_session;
        options.specialties = specialties;
        options.small_counts = small_counts;
        let progress = Progress::steps(progress, COMPUTE_STEPS);
        let held = self.held.read(py)?;
        let made = outcome(py.detach(|| {
            let steps = &mut |steps| progress.watch(steps);
            held.store.compute_with_progress(of, &options, steps)
        }))?;
        Ok(Indicators::new(made))
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
    /// dialect : {"tableur-fr", "rfc4180"}, optional
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
    /// ValueError
    ///     The dialect is unknown, or a code accepted is that of no rule.
    #[pyo3(signature = (period, *, producer, generated_at, finess=None, software=None, dialect="tableur-fr",
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
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let of = period_of(period)?;
        let asked = Asked {
            producer,
            generated_at,
            finess,
            software,
            dialect,
            dashboard,
            replaces,
            accept,
            threads,
            by_session,
            small_counts,
            progress,
        };
        export::export(&*self.held.read(period.py())?, of, asked)
    }

    fn __eq__(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        let held = self.held.read(py)?;
        // of the same facts, what stands there once
        let other = match std::ptr::eq(self, other) {
            true => Arc::clone(&held),
            false => other.held.read(py)?,
        };
        Ok(py.detach(|| held.store == other.store && held.offers == other.offers))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let held = self.held.read(py)?;
        Ok(format!(
            "<dcc.Facts problems={} offers={}>",
            py.detach(|| held.all_problems().len()),
            held.offers.len()
        ))
    }
}
