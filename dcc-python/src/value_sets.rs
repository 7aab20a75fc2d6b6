//! Value sets (*jeux de valeurs*) and their codes.

use std::sync::{PoisonError, RwLock};

use chrono::NaiveDate;
use dcc_core::terminology as core;
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;

use crate::convert::bytes_of;
use crate::number::whole;
use crate::problem::error;

/// One code of a value set.
#[pyclass(frozen, eq, hash, get_all, module = "dcc")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Concept {
    /// Code, for example "C50.2".
    code: String,
    /// OID of the code system.
    system: String,
    /// French label.
    label: String,
    /// First day on which the code may be used.
    valid_from: Option<NaiveDate>,
    /// Last day on which the code may be used.
    valid_to: Option<NaiveDate>,
}

impl From<&core::Concept> for Concept {
    fn from(concept: &core::Concept) -> Self {
        Concept {
            code: concept.code.to_string(),
            system: concept.system.to_string(),
            label: concept.label.to_string(),
            valid_from: concept.valid_from,
            valid_to: concept.valid_to,
        }
    }
}

#[pymethods]
impl Concept {
    /// Name of the code system, when known.
    #[getter]
    fn system_name(&self) -> Option<&'static str> {
        core::CodeSystem::by_oid(&self.system).map(|system| system.name)
    }

    /// True when the code may be used on that day.
    #[pyo3(signature = (day, /))]
    fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    fn __str__(&self) -> String {
        format!("{} — {}", self.code, self.label)
    }

    fn __repr__(&self) -> String {
        format!("<dcc.Concept {} — {}>", self.code, self.label)
    }
}

fn concepts<'a>(
    found: impl IntoIterator<Item = &'a core::Concept>,
    on: Option<NaiveDate>,
) -> Vec<Concept> {
    found
        .into_iter()
        .filter(|c| on.is_none_or(|day| c.is_valid_on(day)))
        .map(Concept::from)
        .collect()
}

/// A value set: codes in the order of their source.
#[pyclass(frozen, eq, module = "dcc")]
#[derive(Clone, PartialEq)]
pub struct ValueSet {
    inner: core::ValueSet,
}

#[pymethods]
impl ValueSet {
    /// Read an IHE SVS file, as the ANS publishes its value sets.
    ///
    /// Parameters
    /// ----------
    /// data : bytes or str
    ///     The file.
    ///
    /// Returns
    /// -------
    /// ValueSet
    ///     To be given to `ValueSets.replace`.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     Every problem of the file.
    #[staticmethod]
    #[pyo3(signature = (data, /))]
    fn from_svs(data: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (py, bytes) = (data.py(), bytes_of(data)?);
        match py.detach(|| core::ValueSet::from_svs(&bytes)) {
            Ok(inner) => Ok(ValueSet { inner }),
            Err(problems) => Err(error(py, &problems)),
        }
    }

    /// OID of the value set.
    #[getter]
    fn oid(&self) -> &str {
        self.inner.oid()
    }

    /// Name, for example "JDV_Tumeur_CISIS".
    #[getter]
    fn name(&self) -> &str {
        self.inner.name()
    }

    /// Version, as its publisher writes it.
    #[getter]
    fn version(&self) -> Option<&str> {
        self.inner.version()
    }

    /// Day of the last revision.
    #[getter]
    fn revised(&self) -> Option<NaiveDate> {
        self.inner.revised()
    }

    /// The codes, in order.
    #[pyo3(signature = (on=None))]
    fn concepts(&self, on: Option<NaiveDate>) -> Vec<Concept> {
        concepts(self.inner.iter(), on)
    }

    /// The concept of a code, or None.
    ///
    /// Parameters
    /// ----------
    /// code : str
    ///     A code, withdrawn or not.
    /// system : str, optional
    ///     OID of its code system; any by default.
    ///
    /// Returns
    /// -------
    /// Concept or None
    ///     The first one.
    #[pyo3(signature = (code, /, system=None))]
    fn find(&self, code: &str, system: Option<&str>) -> Option<Concept> {
        match system {
            Some(system) => self.inner.find_in(system, code),
            None => self.inner.find(code),
        }
        .map(Concept::from)
    }

    /// The concepts whose code or label holds every word.
    ///
    /// Parameters
    /// ----------
    /// text : str
    ///     A code or words, without regard to case or accents.
    /// on : datetime.date, optional
    ///     Only those that may be used on that day.
    ///
    /// Returns
    /// -------
    /// list of Concept
    ///     Best first.
    #[pyo3(signature = (text, /, on=None))]
    fn search(&self, text: &str, on: Option<NaiveDate>) -> Vec<Concept> {
        concepts(self.inner.search(text), on)
    }

    /// The concepts nearest to a wrong code.
    ///
    /// Parameters
    /// ----------
    /// code : str
    ///     A wrong code, or words put in its place.
    /// n : int, optional
    ///     How many.
    ///
    /// Returns
    /// -------
    /// list of Concept
    ///     Nearest first.
    #[pyo3(signature = (code, /, n=5))]
    fn nearest(&self, code: &str, #[pyo3(from_py_with = whole)] n: usize) -> Vec<Concept> {
        concepts(self.inner.nearest(code, n), None)
    }

    fn __len__(&self) -> usize {
        self.inner.len()
    }

    fn __contains__(&self, code: &str) -> bool {
        self.inner.find(code).is_some()
    }

    fn __repr__(&self) -> String {
        format!(
            "<dcc.ValueSet {} ({}), {} codes>",
            self.inner.name(),
            self.inner.oid(),
            self.inner.len()
        )
    }
}

/// The value sets in use; starts with those embedded in the library.
#[pyclass(frozen, module = "dcc")]
pub struct ValueSets {
    inner: RwLock<core::Terminology>,
}

impl ValueSets {
    /// The value sets as they stand now.
    pub fn terminology(&self) -> core::Terminology {
        self.inner
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

#[pymethods]
impl ValueSets {
    #[new]
    fn new() -> Self {
        ValueSets {
            inner: RwLock::default(),
        }
    }

    /// Put a value set in the place of the one of the same OID or name.
    ///
    /// Parameters
    /// ----------
    /// value_set : ValueSet
    ///     The newer value set; one that matches none is added.
    ///
    /// Returns
    /// -------
    /// bool
    ///     True when it replaces an embedded one.
    #[pyo3(signature = (value_set, /))]
    fn replace(&self, value_set: &Bound<'_, ValueSet>) -> bool {
        let mut sets = self.inner.write().unwrap_or_else(PoisonError::into_inner);
        sets.replace(value_set.get().inner.clone()).is_some()
    }

    /// The value set of this name or OID, or None.
    #[pyo3(signature = (name_or_oid, /))]
    fn get(&self, name_or_oid: &str) -> Option<ValueSet> {
        let inner = self.terminology().get(name_or_oid)?.clone();
        Some(ValueSet { inner })
    }

    /// The names, embedded value sets first.
    fn names(&self) -> Vec<String> {
        self.terminology()
            .iter()
            .map(|set| set.name().to_owned())
            .collect()
    }

    fn __getitem__(&self, name_or_oid: &str) -> PyResult<ValueSet> {
        self.get(name_or_oid)
            .ok_or_else(|| PyKeyError::new_err(name_or_oid.to_owned()))
    }

    fn __contains__(&self, name_or_oid: &str) -> bool {
        self.terminology().get(name_or_oid).is_some()
    }

    fn __len__(&self) -> usize {
        self.terminology().iter().count()
    }

    fn __repr__(&self) -> String {
        format!("<dcc.ValueSets, {} jeux>", self.__len__())
    }
}
