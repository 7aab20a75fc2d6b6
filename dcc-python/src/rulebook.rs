//! The official rules of the ANS, from the user's own copy of them.

use std::fs;
use std::path::{Path, PathBuf};

use dcc_core::problem::{Problem, Rule, Severity};
use dcc_official as official;
use dcc_official::{CacheError, Folder, LoadError, Mode, VoletChoice, Zip};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::convert::bytes_of;
use crate::problem::error;
use crate::verdict::{Verdict, from_one};

static UNREADABLE: Rule = Rule {
    code: "REGLES-LECTURE",
    severity: Severity::Blocking,
    text: "Ce n'est pas une version des règles de l'ANS (TestContenuCDA)",
    source: "TestContenuCDA-3-0",
};
static UNKNOWN_VOLET: Rule = Rule {
    code: "REGLES-VOLET",
    severity: Severity::Blocking,
    text: "Cette version des règles n'a pas ce volet",
    source: "TestContenuCDA-3-0",
};
static REFUSED_CACHE: Rule = Rule {
    code: "REGLES-CACHE",
    severity: Severity::Blocking,
    text: "La copie compilée des règles ne peut pas servir",
    source: "TestContenuCDA-3-0",
};

/// Something amiss in a release of the rules: a value set that is not there,
/// rules that do not load.
#[pyclass(frozen, eq, hash, get_all, module = "dcc")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Notice {
    /// The rule set concerned.
    set: String,
    /// Stable code, for example "rule-document-missing".
    code: &'static str,
    /// True when the rule set cannot be used at all.
    blocks: bool,
    /// File of the release; may be empty.
    file: String,
    /// Line in the file.
    line: Option<u32>,
    /// What is amiss, in French.
    text: String,
}

#[pymethods]
impl Notice {
    fn __str__(&self) -> String {
        let place = match (self.file.is_empty(), self.line) {
            (true, _) => String::new(),
            (false, None) => format!(" ({})", self.file),
            (false, Some(line)) => format!(" ({}, ligne {line})", self.file),
        };
        format!("{} : {}{place}", self.set, self.text)
    }

    fn __repr__(&self) -> String {
        format!("<dcc.Notice {}>", self.__str__())
    }
}

/// The official rules of a release of the ANS (TestContenuCDA), ready to run:
/// any number of threads may use one.
#[pyclass(frozen, module = "dcc")]
pub struct RuleBook {
    inner: official::RuleBook,
}

/// Why there is no book.
enum Refusal {
    Load(LoadError),
    Archive(String),
    Cache(CacheError),
    Io(PathBuf, std::io::Error),
}

impl Refusal {
    fn raised(self, py: Python<'_>, path: &Path) -> PyErr {
        let (rule, found) = match self {
            Refusal::Load(e) => (&UNREADABLE, e.to_string()),
            Refusal::Archive(e) => (&UNREADABLE, e),
            Refusal::Cache(e @ CacheError::Files(_)) => (&UNREADABLE, e.to_string()),
            Refusal::Cache(e) => (&REFUSED_CACHE, e.to_string()),
            // an OSError with its number and the name of the file
            Refusal::Io(file, e) => {
                let Some(number) = e.raw_os_error() else {
                    return e.into();
                };
                let arguments = (number, e.to_string(), file.into_os_string());
                return pyo3::exceptions::PyOSError::new_err(arguments);
            }
        };
        let problem = Problem::new(rule, path.display().to_string()).found(found);
        error(py, &problem.into())
    }
}

/// A book of a folder or of a ZIP archive, perhaps from its cache.
fn open(path: &Path, cache: Option<&[u8]>) -> Result<official::RuleBook, Refusal> {
    let io = |e| Refusal::Io(path.to_owned(), e);
    if fs::metadata(path).map_err(io)?.is_dir() {
        let folder = Folder::new(path);
        return match cache {
            None => official::RuleBook::load(folder).map_err(Refusal::Load),
            Some(cache) => official::RuleBook::from_cache(folder, cache).map_err(Refusal::Cache),
        };
    }
    let zip = Zip::new(fs::read(path).map_err(io)?).map_err(Refusal::Archive)?;
    match cache {
        None => official::RuleBook::load(zip).map_err(Refusal::Load),
        Some(cache) => official::RuleBook::from_cache(zip, cache).map_err(Refusal::Cache),
    }
}

/// A book opened without holding up other threads of Python.
fn opened(py: Python<'_>, path: &Path, cache: Option<&[u8]>) -> PyResult<RuleBook> {
    py.detach(|| open(path, cache))
        .map(|inner| RuleBook { inner })
        .map_err(|refusal| refusal.raised(py, path))
}

#[pymethods]
impl RuleBook {
    /// Load the rules of a release. What is amiss in it is in `notices`.
    ///
    /// Parameters
    /// ----------
    /// path : str or path
    ///     The folder of the ANS repository TestContenuCDA, or its ZIP archive.
    ///
    /// Returns
    /// -------
    /// RuleBook
    ///     The rules; nothing of them is kept elsewhere than in memory.
    ///
    /// Raises
    /// ------
    /// OSError
    ///     The folder or the archive cannot be read.
    /// DccError
    ///     It holds no rules (``REGLES-LECTURE``).
    ///
    /// Examples
    /// --------
    /// >>> book = dcc.RuleBook.load("TestContenuCDA-3-0")
    /// >>> verdict = book.check(open("fiche.xml", "rb").read())
    /// >>> print(verdict.summary)
    #[staticmethod]
    #[pyo3(signature = (path, /))]
    fn load(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        opened(py, &path, None)
    }

    /// Load the rules of a release from what `to_cache` gave: much faster.
    ///
    /// Parameters
    /// ----------
    /// path : str or path
    ///     The folder or the archive, with which the cache is compared.
    /// cache : bytes
    ///     What `to_cache` gave.
    ///
    /// Returns
    /// -------
    /// RuleBook
    ///     The rules.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     The cache is of other rules, of another version of the library, or
    ///     altered (``REGLES-CACHE``): load the rules afresh.
    /// OSError
    ///     The folder or the archive cannot be read.
    #[staticmethod]
    #[pyo3(signature = (path, cache, /))]
    fn from_cache(py: Python<'_>, path: PathBuf, cache: Vec<u8>) -> PyResult<Self> {
        opened(py, &path, Some(&cache))
    }

    /// The rule sets compiled so far, for `from_cache`. They hold texts of the
    /// ANS: for the machine that has the rules.
    fn to_cache<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let bytes = py.detach(|| self.inner.to_cache());
        PyBytes::new(py, &bytes)
    }

    /// Compile the rule sets of all volets now, rather than at their first use.
    fn prepare(&self, py: Python<'_>) {
        py.detach(|| self.inner.prepare_all());
    }

    /// SHA-256 of the release of the rules, in hexadecimal.
    #[getter]
    fn release(&self) -> &str {
        self.inner.release()
    }

    /// Names of the volets of the release.
    #[getter]
    fn volets(&self) -> Vec<&str> {
        self.inner.volets().iter().map(|v| &*v.name).collect()
    }

    /// What is known to be amiss in the release.
    #[getter]
    fn notices(&self) -> Vec<Notice> {
        let list = self.inner.notices();
        list.into_iter()
            .map(|n| Notice {
                text: n.text(),
                set: n.set,
                code: n.code,
                blocks: n.blocks,
                file: n.file,
                line: from_one(n.line),
            })
            .collect()
    }

    /// Check a document by the XML Schema of the CDA, the common rule sets and
    /// that of its volet.
    ///
    /// Parameters
    /// ----------
    /// document : bytes or str
    ///     The CDA R2 document.
    /// volet : str or None, optional
    ///     "auto" for the volet that the templates of the document name, the
    ///     name of a volet, or None for the common rules alone.
    /// mode : {"helpful", "official"}, optional
    ///     In "official" a run-time error of a rule hides the other findings
    ///     of its rule set, as the official tool does.
    ///
    /// Returns
    /// -------
    /// Verdict
    ///     What is wrong with the document, also when it is not XML.
    ///
    /// Raises
    /// ------
    /// DccError
    ///     The release has no such volet (``REGLES-VOLET``).
    #[pyo3(
        signature = (document, volet=Some("auto"), mode="helpful"),
        text_signature = "($self, document, volet='auto', mode='helpful')"
    )]
    fn check(
        &self,
        document: &Bound<'_, PyAny>,
        volet: Option<&str>,
        mode: &str,
    ) -> PyResult<Verdict> {
        let (py, bytes) = (document.py(), bytes_of(document)?);
        let mode = match mode {
            "helpful" => Mode::Helpful,
            "official" => Mode::Official,
            other => {
                let text = format!("mode inconnu : {other} (attendu : helpful, official)");
                return Err(PyValueError::new_err(text));
            }
        };
        let choice = match volet {
            None => VoletChoice::None,
            Some("auto") => VoletChoice::Auto,
            Some(name) => VoletChoice::Named(name),
        };
        match py.detach(|| self.inner.check(&bytes, choice, mode)) {
            Ok(verdict) => Ok(Verdict::new(verdict)),
            Err(e) => {
                let problem = Problem::new(&UNKNOWN_VOLET, "/volet")
                    .found(e.found)
                    .allowed(e.allowed);
                Err(error(py, &problem.into()))
            }
        }
    }

    fn __repr__(&self) -> String {
        let release: String = self.inner.release().chars().take(12).collect();
        format!(
            "<dcc.RuleBook {release}, {} volets>",
            self.inner.volets().len()
        )
    }
}
