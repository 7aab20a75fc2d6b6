//! Tables of results, handed over by the Arrow PyCapsule interface, and
//! tables of facts taken from it: batches change hands without a copy.

use std::ffi::CStr;

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::types::{Date32Type, Float64Type, UInt64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator};
use arrow_schema::DataType;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyString};

const STREAM: &CStr = c"arrow_array_stream";

/// The batches of any object with `__arrow_c_stream__`; none when it has none.
///
/// # Errors
/// `ValueError` when the stream is not one of tables.
pub fn stream_of(object: &Bound<'_, PyAny>) -> PyResult<Option<RecordBatchStreamReader>> {
    if !object.hasattr("__arrow_c_stream__")? {
        return Ok(None);
    }
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(STREAM))?;
    // SAFETY: a capsule of this name holds an ArrowArrayStream, which the
    // interface gives to whoever takes it: it is moved out, and the capsule
    // keeps one marked as released.
    let reader = unsafe { RecordBatchStreamReader::from_raw(pointer.cast().as_ptr()) };
    reader
        .map(Some)
        .map_err(|e| PyValueError::new_err(e.to_string()))
}

/// A table of results.
///
/// Any library of the Arrow PyCapsule interface takes it without a copy:
/// ``pyarrow.table(t)``, ``polars.DataFrame(t)``; `to_dicts`, `to_pandas` and
/// `to_polars` are there for those who do not know it.
#[pyclass(frozen, module = "dcc")]
pub struct Table {
    batch: RecordBatch,
}

impl Table {
    /// A table of these columns.
    pub fn new(columns: Vec<(&'static str, ArrayRef)>) -> PyResult<Self> {
        let columns = columns.into_iter().map(|(name, array)| (name, array, true));
        RecordBatch::try_from_iter_with_nullable(columns)
            .map(|batch| Table { batch })
            .map_err(|e| PyValueError::new_err(e.to_string()))
    }
}

/// One value of a column, as Python's own.
fn value<'py>(py: Python<'py>, column: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    Ok(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).into_bound_py_any(py)?,
        DataType::Boolean => column.as_boolean().value(row).into_bound_py_any(py)?,
        DataType::UInt64 => column
            .as_primitive::<UInt64Type>()
            .value(row)
            .into_bound_py_any(py)?,
        DataType::Float64 => column
            .as_primitive::<Float64Type>()
            .value(row)
            .into_bound_py_any(py)?,
        DataType::Date32 => column
            .as_primitive::<Date32Type>()
            .value_as_date(row)
            .into_bound_py_any(py)?,
        other => return Err(PyValueError::new_err(other.to_string())),
    })
}

#[pymethods]
impl Table {
    /// Names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        let schema = self.batch.schema();
        schema.fields().iter().map(|f| f.name().clone()).collect()
    }

    /// The rows as dicts.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let names: Vec<Bound<'_, PyString>> = self
            .columns()
            .iter()
            .map(|name| PyString::intern(py, name))
            .collect();
        (0..self.batch.num_rows())
            .map(|row| {
                let dict = PyDict::new(py);
                for (name, column) in names.iter().zip(self.batch.columns()) {
                    dict.set_item(name, value(py, column, row)?)?;
                }
                Ok(dict)
            })
            .collect()
    }

    /// The table as a `pyarrow.Table`.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// The table as a `pandas.DataFrame`; needs pyarrow too.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Self::to_arrow(slf)?.call_method0("to_pandas")
    }

    /// The table as a `polars.DataFrame`.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("DataFrame", (slf,))
    }

    /// The Arrow C stream of the table.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // the interface lets a producer answer with its own schema
        let _ = requested_schema;
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), STREAM)
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __repr__(&self) -> String {
        format!(
            "<dcc.Table {} lignes : {}>",
            self.batch.num_rows(),
            self.columns().join(", ")
        )
    }
}
