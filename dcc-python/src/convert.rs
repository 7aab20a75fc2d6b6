//! Python objects to JSON and back.

use chrono::{DateTime, Utc};
use dcc_core::model::{Binary, json};
use dcc_core::problem::{Problem, Problems};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyInt, PyList, PyMapping, PySequence, PyString,
    PyTuple,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};

use crate::problem::error;

/// Fields that hold a file, for which bytes may be given. Elsewhere bytes are
/// refused: they would be text in an unknown encoding.
const FILES: [&str; 2] = ["pdf", "data"];

/// Deepest nesting of a Python object; a list that holds itself is refused by it.
const MAX_DEPTH: usize = 100;

/// A Python object as a JSON value: what JSON knows, any mapping or sequence,
/// and whatever has an `isoformat()` (dates, instants, pandas' time stamps).
///
/// # Errors
/// `DccError` (`JSON-VALEUR`) with the place of everything that JSON cannot say.
pub fn to_json(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    let mut problems = Problems::new();
    let value = value(object, &mut String::new(), 0, &mut problems)?;
    if problems.is_empty() {
        Ok(value)
    } else {
        Err(error(object.py(), &problems))
    }
}

fn value(
    object: &Bound<'_, PyAny>,
    path: &mut String,
    depth: usize,
    problems: &mut Problems,
) -> PyResult<Value> {
    let mut refuse = |message: String| {
        problems.push(Problem::new(&json::VALUE, path.clone()).message(message));
        Ok(Value::Null)
    };
    if depth > MAX_DEPTH {
        return refuse("Les listes et objets sont trop imbriqués".to_owned());
    }
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(text) = object.cast::<PyString>() {
        return match text.to_cow() {
            Ok(text) => Ok(text.into_owned().into()),
            Err(_) => refuse("Le texte n'est pas de l'Unicode valide".to_owned()),
        };
    }
    if let Ok(yes) = object.cast::<PyBool>() {
        return Ok(yes.is_true().into());
    }
    if object.is_instance_of::<PyInt>() {
        return match (object.extract::<i64>(), object.extract::<u64>()) {
            (Ok(n), _) => Ok(n.into()),
            (_, Ok(n)) => Ok(n.into()),
            _ => refuse("Le nombre est trop grand".to_owned()),
        };
    }
    if let Ok(number) = object.cast::<PyFloat>() {
        let number = number.value();
        return match Number::from_f64(number) {
            Some(n) => Ok(Value::Number(n)),
            None => refuse(format!("Le nombre n'est pas fini : {number}")),
        };
    }
    if let Ok(dict) = object.cast::<PyDict>() {
        return pairs(dict.iter().map(Ok), path, depth, problems);
    }
    if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        return items(object, path, depth, problems);
    }
    let bytes = object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyByteArray>();
    if bytes
        && path
            .rsplit('/')
            .next()
            .is_some_and(|name| FILES.contains(&name))
    {
        return Ok(Binary(bytes_of(object)?).to_base64().into());
    }
    if let Ok(mapping) = object.cast::<PyMapping>() {
        let list = mapping.items()?;
        return pairs(list.iter().map(|i| i.extract()), path, depth, problems);
    }
    if !bytes && object.cast::<PySequence>().is_ok() {
        return items(object, path, depth, problems);
    }
    if !bytes && object.hasattr("dtype")? && object.hasattr("item")? {
        // a scalar of NumPy
        return value(&object.call_method0("item")?, path, depth + 1, problems);
    }
    if object.hasattr("isoformat")? {
        let text = object.call_method0("isoformat")?;
        return Ok(text.extract::<String>()?.into());
    }
    let kind = object.get_type().name()?;
    refuse(format!("Le type Python {kind} n'a pas de forme JSON"))
}

fn pairs<'py>(
    pairs: impl Iterator<Item = PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)>>,
    path: &mut String,
    depth: usize,
    problems: &mut Problems,
) -> PyResult<Value> {
    let mut map = Map::new();
    let end = path.len();
    for pair in pairs {
        let (key, item) = pair?;
        let Ok(key) = key.extract::<String>() else {
            problems.push(
                Problem::new(&json::FIELD, path.clone())
                    .message("Le nom d'un champ est un texte")
                    .found(key),
            );
            continue;
        };
        path.push('/');
        path.push_str(&key.replace('~', "~0").replace('/', "~1"));
        let item = value(&item, path, depth + 1, problems)?;
        path.truncate(end);
        map.insert(key, item);
    }
    Ok(Value::Object(map))
}

fn items(
    object: &Bound<'_, PyAny>,
    path: &mut String,
    depth: usize,
    problems: &mut Problems,
) -> PyResult<Value> {
    let mut list = Vec::new();
    let end = path.len();
    for (rank, item) in object.try_iter()?.enumerate() {
        path.push_str(&format!("/{rank}"));
        list.push(value(&item?, path, depth + 1, problems)?);
        path.truncate(end);
    }
    Ok(Value::Array(list))
}

/// One row of a table as a line of JSON: NaN and NaT, by which data frames say
/// that nothing is known, are null.
///
/// # Errors
/// As [`to_json`], and when the row is not a mapping.
pub fn row_to_json(row: &Bound<'_, PyAny>) -> PyResult<Value> {
    let Ok(mapping) = row.cast::<PyMapping>() else {
        let kind = row.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "chaque ligne est un dict, pas {kind}"
        )));
    };
    let known = PyDict::new(row.py());
    for item in mapping.items()?.iter() {
        let (key, item): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
        // only NaN and NaT are not equal to themselves
        let is_known = item.is_none() || item.is_instance_of::<PyString>() || item.eq(&item)?;
        if is_known {
            known.set_item(key, item)?;
        }
    }
    to_json(&known)
}

/// A Python object as a value of the library.
///
/// # Errors
/// `DccError`, every problem with its place.
pub fn from_py<T: DeserializeOwned>(object: &Bound<'_, PyAny>) -> PyResult<T> {
    let mut problems = Problems::new();
    let read = json::from_value(to_json(object)?, &mut problems);
    read.filter(|_| problems.is_empty())
        .ok_or_else(|| error(object.py(), &problems))
}

/// A value of the library as Python's dicts, lists, texts and numbers.
pub fn to_py<'py, T: Serialize + ?Sized>(py: Python<'py>, of: &T) -> PyResult<Bound<'py, PyAny>> {
    let text = serde_json::to_string(of).map_err(|e| PyValueError::new_err(e.to_string()))?;
    loads(py, &text)
}

/// `json.loads`.
pub fn loads<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static LOADS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    LOADS.import(py, "json", "loads")?.call1((text,))
}

/// The bytes of a `str` (in UTF-8) or of a bytes-like object.
///
/// # Errors
/// `TypeError` for anything else.
pub fn bytes_of(object: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    if let Ok(text) = object.cast::<PyString>() {
        return Ok(text.to_cow()?.into_owned().into_bytes());
    }
    if let Ok(bytes) = object.cast::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    if let Ok(bytes) = object.cast::<PyByteArray>() {
        return Ok(bytes.to_vec());
    }
    let kind = object.get_type().name()?;
    Err(PyTypeError::new_err(format!(
        "un texte ou des octets sont attendus, pas {kind}"
    )))
}

/// The text of an instant, a `datetime` or a text.
pub fn instant_text(object: &Bound<'_, PyAny>) -> PyResult<String> {
    if object.is_instance_of::<PyString>() || !object.hasattr("isoformat")? {
        return Ok(object.str()?.to_string());
    }
    object.call_method0("isoformat")?.extract()
}

/// An instant: a `datetime` with its time zone, or a text of RFC 3339.
///
/// # Errors
/// `DccError` (`JSON-VALEUR`) at `path`.
pub fn instant(object: &Bound<'_, PyAny>, path: &str) -> PyResult<DateTime<Utc>> {
    let text = instant_text(object)?;
    match DateTime::parse_from_rfc3339(&text) {
        Ok(at) => Ok(at.to_utc()),
        Err(_) => {
            let problem = Problem::new(&json::VALUE, path)
                .message("Un instant avec son fuseau horaire est attendu")
                .found(text)
                .allowed(["2026-03-03T14:05:00+01:00"]);
            Err(error(object.py(), &problem.into()))
        }
    }
}
