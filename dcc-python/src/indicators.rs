//! The indicators of a period, as values and as tables.

use std::sync::Arc;

use arrow_array::types::Date32Type;
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, StringArray, UInt64Array};
use chrono::NaiveDate;
use dcc_core::indicators::{self as core, Definition, Dimension, Month, Scope, TOTAL, Value};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

use crate::convert::to_py;
use crate::table::Table;

/// The indicators of a period: the cube of month, establishment, 3C and theme.
#[pyclass(frozen, module = "dcc")]
pub struct Indicators {
    inner: core::Indicators,
}

impl Indicators {
    /// What was computed.
    pub fn new(inner: core::Indicators) -> Self {
        Indicators { inner }
    }
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
                code.push(row.specialty.unwrap_or(core::MISSING));
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
