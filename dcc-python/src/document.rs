//! Documents of every kind, by one class.
//!
//! `Document` holds any kind; `dcc.FicheRcp` and its like are Python classes
//! under it that only state their `KIND`. So a kind added to the library costs
//! one Python class, and no code here.

use std::sync::Arc;

use dcc_core::cda::rules::TEMPLATE;
use dcc_core::cda::{ReadOptions, Unread, WriteOptions};
use dcc_core::document::Document as Core;
use dcc_core::indicators::{FicheFact, PpsFact};
use dcc_core::model::json;
use dcc_core::problem::{Problem, Problems};
use dcc_core::render::Page;
use dcc_core::render::pdf::{PdfOptions, to_pdf};
use dcc_core::terminology::Terminology;
use dcc_core::xml::Limits;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyString, PyTuple, PyType};
use serde_json::Value;

use crate::convert::{bytes_of, loads, to_json, to_py};
use crate::number::whole;
use crate::options::accepted;
use crate::problem::{error, problems};
use crate::value_sets::ValueSets;

/// Classes of the kinds: `{"fiche_rcp": dcc.FicheRcp, …}`.
static CLASSES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();

fn classes(py: Python<'_>) -> &Bound<'_, PyDict> {
    CLASSES
        .get_or_init(py, || PyDict::new(py).unbind())
        .bind(py)
}

/// A document of the DCC, of any kind; it does not change once made.
///
/// Parameters
/// ----------
/// source : mapping, str, bytes or Document, optional
///     The document as a mapping or as JSON; the "document" key may be left out.
///     Dates may be `datetime` objects.
/// **fields
///     Fields of the document, which replace those of `source`.
///
/// Raises
/// ------
/// DccError
///     A field does not exist, or has not the form expected: every problem.
///
/// The class of each kind (`FicheRcp`…) is made from a mapping, from JSON, or
/// from the fields of the document as keyword arguments.
#[pyclass(subclass, frozen, module = "dcc")]
pub struct Document {
    inner: Arc<Core>,
}

/// The kind that a class states; none for `Document` itself.
fn kind_of(class: &Bound<'_, PyType>) -> PyResult<Option<String>> {
    class.getattr("KIND")?.extract()
}

/// The document as an object of `class`, or of the class of its kind.
fn wrap<'py>(class: &Bound<'py, PyType>, inner: Arc<Core>) -> PyResult<Bound<'py, PyAny>> {
    let py = class.py();
    let kind = inner.kind();
    let bare = Bound::new(py, Document { inner })?;
    match kind_of(class)? {
        Some(_) => class.call1((bare,)),
        None => match classes(py).get_item(kind)? {
            Some(class) => class.call1((bare,)),
            None => Ok(bare.into_any()),
        },
    }
}

/// Refuses a document, read from CDA or not, of another kind than that of the class.
fn expect(py: Python<'_>, document: &Core, kind: Option<&str>, cda: bool) -> PyResult<()> {
    match kind.filter(|kind| *kind != document.kind()) {
        None => Ok(()),
        Some(kind) => {
            let (rule, path) = if cda {
                (&TEMPLATE, "/ClinicalDocument")
            } else {
                (&json::KIND, "/document")
            };
            let problem = Problem::new(rule, path)
                .found(format!("\"{}\"", document.kind()))
                .allowed([format!("\"{kind}\"")]);
            Err(error(py, &problem.into()))
        }
    }
}

/// Reads JSON with the GIL released.
fn parse(py: Python<'_>, text: &[u8], kind: Option<&str>) -> PyResult<Arc<Core>> {
    let document = py
        .detach(|| Core::from_json(text))
        .map_err(|p| error(py, &p))?;
    expect(py, &document, kind, false)?;
    Ok(Arc::new(document))
}

/// Reads a JSON object whose kind may be left out.
fn parse_value(py: Python<'_>, mut value: Value, kind: Option<&str>) -> PyResult<Arc<Core>> {
    if let (Some(kind), Some(fields)) = (kind, value.as_object_mut()) {
        fields
            .entry("document")
            .or_insert_with(|| Value::from(kind));
    }
    let document = py
        .detach(|| Core::from_value(value))
        .map_err(|p| error(py, &p))?;
    expect(py, &document, kind, false)?;
    Ok(Arc::new(document))
}

fn terminology(value_sets: Option<&Bound<'_, ValueSets>>) -> Option<Terminology> {
    value_sets.map(|sets| sets.get().terminology())
}

/// Reads a CDA document, with the GIL released.
fn parse_cda(
    py: Python<'_>,
    data: &Bound<'_, PyAny>,
    value_sets: Option<&Bound<'_, ValueSets>>,
) -> PyResult<(Arc<Core>, Vec<Unread>)> {
    let bytes = bytes_of(data)?;
    let options = ReadOptions {
        terminology: terminology(value_sets),
        ..ReadOptions::default()
    };
    let (document, unread) = py
        .detach(|| Core::from_cda_with(&bytes, &options))
        .map_err(|p| error(py, &p))?;
    Ok((Arc::new(document), unread))
}

/// `Reading(document, unread)`.
fn reading<'py>(document: Bound<'py, PyAny>, unread: &[Unread]) -> PyResult<Bound<'py, PyAny>> {
    static READING: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static UNREAD: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let py = document.py();
    let class = UNREAD.import(py, "dcc._model", "Unread")?;
    let unread: Vec<_> = unread
        .iter()
        .map(|u| class.call1((&u.path, &u.content, u.narrative)))
        .collect::<PyResult<_>>()?;
    READING
        .import(py, "dcc._model", "Reading")?
        .call1((document, PyTuple::new(py, unread)?))
}

#[pymethods]
impl Document {
    /// Kind of the documents of this class, as the "document" key says it.
    #[classattr]
    #[pyo3(name = "KIND")]
    const KIND: Option<&'static str> = None;

    #[new]
    #[classmethod]
    #[pyo3(signature = (source=None, /, **fields))]
    fn new(
        class: &Bound<'_, PyType>,
        source: Option<&Bound<'_, PyAny>>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let py = class.py();
        let Some(kind) = kind_of(class)? else {
            return Err(PyTypeError::new_err(
                "Document n'a pas de nature : employez une classe comme FicheRcp, ou Document.from_json",
            ));
        };
        let given = fields.filter(|f| !f.is_empty()).map(|f| to_json(f));
        let mut value = match source {
            None => Value::Object(serde_json::Map::new()),
            Some(source) => {
                if let Ok(document) = source.cast::<Document>() {
                    let inner = &document.get().inner;
                    expect(py, inner, Some(&kind), false)?;
                    if given.is_none() {
                        return Ok(Document {
                            inner: Arc::clone(inner),
                        });
                    }
                    serde_json::to_value(&**inner)
                        .map_err(|e| PyValueError::new_err(e.to_string()))?
                } else if source.is_instance_of::<PyString>() || bytes_of(source).is_ok() {
                    json::parse(&bytes_of(source)?).map_err(|p| error(py, &p))?
                } else {
                    to_json(source)?
                }
            }
        };
        if let Some(given) = given {
            match (value.as_object_mut(), given?) {
                (Some(fields), Value::Object(given)) => fields.extend(given),
                _ => {
                    let problem = Problem::new(&json::VALUE, "").message("Un objet est attendu");
                    return Err(error(py, &problem.into()));
                }
            }
        }
        Ok(Document {
            inner: parse_value(py, value, Some(&kind))?,
        })
    }

    /// Makes a class of its own the class of its kind.
    #[classmethod]
    #[pyo3(signature = (**_options))]
    fn __init_subclass__(
        class: &Bound<'_, PyType>,
        _options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<()> {
        if let Some(kind) = kind_of(class)? {
            let classes = classes(class.py());
            if !classes.contains(&kind)? {
                classes.set_item(kind, class)?;
            }
        }
        Ok(())
    }

    /// Read the JSON form.
    ///
    /// Parameters
    /// ----------
    /// text : str or bytes
    ///     JSON, in UTF-8; its "document" key says the kind.
    ///
    /// Returns
    /// -------
    /// Document
    ///     Of this class; of the class of its kind when called on `Document`.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     Every syntax error, unknown field and value of the wrong form.
    #[classmethod]
    #[pyo3(signature = (text, /))]
    fn from_json<'py>(
        class: &Bound<'py, PyType>,
        text: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let kind = kind_of(class)?;
        let inner = parse(class.py(), &bytes_of(text)?, kind.as_deref())?;
        wrap(class, inner)
    }

    /// Read the form that `to_dict` gives.
    ///
    /// Parameters
    /// ----------
    /// data : mapping
    ///     The document; its "document" key may be left out but on `Document`.
    ///
    /// Returns
    /// -------
    /// Document
    ///     As `from_json`.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     As `from_json`.
    #[classmethod]
    #[pyo3(signature = (data, /))]
    fn from_dict<'py>(
        class: &Bound<'py, PyType>,
        data: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let kind = kind_of(class)?;
        let inner = parse_value(class.py(), to_json(data)?, kind.as_deref())?;
        wrap(class, inner)
    }

    /// Read a CDA R2 document.
    ///
    /// Parameters
    /// ----------
    /// data : bytes or str
    ///     The document. Bytes may be in any encoding that the XML announces.
    /// value_sets : ValueSets, optional
    ///     Value sets to use instead of the embedded ones.
    ///
    /// Returns
    /// -------
    /// Reading
    ///     The document, and what of it the model has no place for.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     The text is not XML, holds a DTD, or is of another kind.
    #[classmethod]
    #[pyo3(signature = (data, /, *, value_sets=None))]
    fn from_cda<'py>(
        class: &Bound<'py, PyType>,
        data: &Bound<'py, PyAny>,
        value_sets: Option<&Bound<'py, ValueSets>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (inner, unread) = parse_cda(class.py(), data, value_sets)?;
        expect(class.py(), &inner, kind_of(class)?.as_deref(), true)?;
        reading(wrap(class, inner)?, &unread)
    }

    /// The document as dicts and lists.
    ///
    /// Returns
    /// -------
    /// dict
    ///     With the "document" key first; what is not stated is left out.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        loads(py, &self.to_json(py)?)
    }

    /// The document as JSON.
    ///
    /// Returns
    /// -------
    /// str
    ///     The same document gives the same text.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| self.inner.to_json())
            .map_err(|p| error(py, &p))
    }

    /// The document as CDA R2.
    ///
    /// Parameters
    /// ----------
    /// level : {3, 1}, optional
    ///     3 for a structured body, 1 for a PDF as body; 3 by default, but for
    ///     `UnstructuredDocument`, which is always at level 1.
    /// pdf : bytes, optional
    ///     The PDF of level 1; when not given, the one a `UnstructuredDocument` holds, or
    ///     one made from the level 3.
    /// accept : sequence of str, optional
    ///     Codes of blocking problems that are accepted, each knowingly.
    /// strict : bool, optional
    ///     Refuse a document that has warnings too.
    /// value_sets : ValueSets, optional
    ///     Value sets to use instead of the embedded ones.
    ///
    /// Returns
    /// -------
    /// bytes
    ///     XML in UTF-8; the same document gives the same bytes.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     Every problem of the document, when one forbids writing.
    /// ValueError
    ///     The level does not go with the document or the PDF; a code accepted is
    ///     that of no rule.
    #[pyo3(signature = (*, level=None, pdf=None, accept=None, strict=false, value_sets=None))]
    fn to_cda<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = whole)] level: Option<u8>,
        pdf: Option<Vec<u8>>,
        accept: Option<Vec<String>>,
        strict: bool,
        value_sets: Option<&Bound<'py, ValueSets>>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let options = WriteOptions {
            accept: accepted(accept)?,
            strict,
            terminology: terminology(value_sets),
        };
        let is_level_one = matches!(*self.inner, Core::UnstructuredDocument(_));
        let level = level.unwrap_or(if is_level_one { 1 } else { 3 });
        match (level, &pdf) {
            (1, _) => {}
            (3, None) if !is_level_one => {}
            (3, _) if is_level_one => {
                return Err(PyValueError::new_err(
                    "un document de niveau 1 ne s'écrit qu'au niveau 1",
                ));
            }
            _ => {
                return Err(PyValueError::new_err(
                    "le niveau est 3, ou 1 avec ou sans PDF",
                ));
            }
        }
        let write = || match (level, pdf) {
            (_, Some(pdf)) => self.inner.to_cda_level1_with(&pdf, &options),
            (1, None) if !is_level_one => {
                let page = self.inner.to_cda_with(&options)?;
                let page = Page::from_cda(&page, &Limits::default())?;
                let pdf = to_pdf(&page, &PdfOptions::default())?;
                self.inner.to_cda_level1_with(&pdf.bytes, &options)
            }
            (_, None) => self.inner.to_cda_with(&options),
        };
        let bytes = py.detach(write).map_err(|p| error(py, &p))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// Every problem of the document.
    ///
    /// Parameters
    /// ----------
    /// value_sets : ValueSets, optional
    ///     Value sets to use instead of the embedded ones.
    ///
    /// Returns
    /// -------
    /// list of Problem
    ///     In the order of the document; empty when all is well.
    #[pyo3(signature = (*, value_sets=None))]
    fn check<'py>(
        &self,
        py: Python<'py>,
        value_sets: Option<&Bound<'py, ValueSets>>,
    ) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let sets = terminology(value_sets).unwrap_or_default();
        problems(py, &py.detach(|| self.inner.check_with(&sets)))
    }

    /// The same document with other values of some of its fields.
    ///
    /// Parameters
    /// ----------
    /// **fields
    ///     New values; None takes a field away.
    ///
    /// Returns
    /// -------
    /// Document
    ///     A new document of the same class.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     A field does not exist, or has not the form expected.
    #[pyo3(signature = (**fields))]
    fn replace<'py>(
        slf: &Bound<'py, Self>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        slf.get_type().call((slf,), fields)
    }

    /// Kind of the document, as the "document" key says it.
    #[getter]
    fn kind(&self) -> &'static str {
        self.inner.kind()
    }

    /// Identifier of the document: root, then extension after "^".
    #[getter]
    fn id(&self) -> String {
        self.inner.header().id.to_string()
    }

    /// Number of the version.
    #[getter]
    fn version(&self) -> u32 {
        self.inner.header().version
    }

    /// The PDF of a document at level 1, for `dcc.UnstructuredDocument`.
    fn _pdf<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyBytes>> {
        match &*self.inner {
            Core::UnstructuredDocument(document) => Some(PyBytes::new(py, &document.pdf.0)),
            _ => None,
        }
    }

    /// What a document at level 1 is, for `dcc.UnstructuredDocument`.
    fn _document_kind(&self) -> Option<&'static str> {
        match &*self.inner {
            Core::UnstructuredDocument(document) => document.kind().map(|kind| kind.name()),
            other => Some(other.kind()),
        }
    }

    /// The fact of a fiche RCP, for `dcc.FicheRcp`.
    fn _fiche_fact<'py>(
        &self,
        py: Python<'py>,
        session: &str,
        patient: &str,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        match &*self.inner {
            Core::FicheRcp(fiche) => {
                to_py(py, &FicheFact::from_fiche(fiche, session, patient)).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// The fact of a PPS, for `dcc.Pps`.
    fn _pps_fact<'py>(
        &self,
        py: Python<'py>,
        patient: &str,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        match &*self.inner {
            Core::Pps(pps) => to_py(py, &PpsFact::from_pps(pps, patient)).map(Some),
            _ => Ok(None),
        }
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Document>()
            .is_ok_and(|other| self.inner == other.get().inner)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let inner = &slf.get().inner;
        let problems: Problems = slf.py().detach(|| inner.check());
        Ok(format!(
            "<dcc.{} id='{}' version={} problems={}>",
            slf.get_type().name()?,
            inner.header().id,
            inner.header().version,
            problems.len()
        ))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let read = slf.get_type().getattr("from_json")?;
        Ok((read, (slf.get().to_json(slf.py())?,)))
    }
}

/// Read a document of any kind, CDA or JSON.
///
/// Parameters
/// ----------
/// data : bytes or str
///     A CDA R2 document, or the JSON form.
/// value_sets : ValueSets, optional
///     Value sets to use instead of the embedded ones.
///
/// Returns
/// -------
/// Reading
///     The document, of the class of its kind, and what of it the model has no
///     place for (nothing, for JSON).
///
/// Raises
/// ------
/// DccError
///     The text is neither, or is of none of the kinds.
#[pyfunction]
#[pyo3(signature = (data, /, *, value_sets=None))]
pub fn read<'py>(
    data: &Bound<'py, PyAny>,
    value_sets: Option<&Bound<'py, ValueSets>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = data.py();
    let class = py.get_type::<Document>();
    let bytes = bytes_of(data)?;
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let is_json = text
        .iter()
        .find(|b| !b.is_ascii_whitespace())
        .is_some_and(|b| matches!(b, b'{' | b'['));
    let (inner, unread) = if is_json {
        (parse(py, &bytes, None)?, Vec::new())
    } else {
        parse_cda(py, data, value_sets)?
    };
    reading(wrap(&class, inner)?, &unread)
}
