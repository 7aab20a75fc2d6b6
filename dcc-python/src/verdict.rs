//! What a check by the official rules finds.

use dcc_official as official;
use pyo3::prelude::*;

/// What one official rule finds in a document.
#[pyclass(frozen, eq, hash, get_all, module = "dcc")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// Rule set: stem of the rule file, "xsd" for the XML Schema, "xml" for
    /// bytes that are not XML.
    set: String,
    /// "fatal", "error", "warning" or "info".
    level: &'static str,
    /// XPath of the place in the document; empty for the whole of it.
    location: String,
    /// Line of the document, from 1.
    line: Option<u32>,
    /// Column of the document in characters, from 1.
    column: Option<u32>,
    /// The official text, in French. It may hold data of the patient.
    text: String,
    /// The expression tested; empty for "xsd" and "xml".
    test: String,
    /// Context of the rule; empty for "xsd" and "xml".
    context: String,
    /// Rule file, a path in the release; empty for "xsd" and "xml".
    file: String,
    /// Line in the rule file.
    rule_line: Option<u32>,
    /// Code of a run-time error, of a breach of the schema or of a fault of
    /// XML; empty for a rule that is not kept.
    code: String,
    /// JSON pointer of the field that the place was written from, when known.
    pointer: Option<String>,
}

/// A line or a column; 0 is none.
pub fn from_one(number: u32) -> Option<u32> {
    (number > 0).then_some(number)
}

impl From<&official::Finding> for Finding {
    fn from(f: &official::Finding) -> Self {
        Finding {
            set: f.set.clone(),
            level: f.level.as_str(),
            location: f.location.clone(),
            line: from_one(f.line),
            column: from_one(f.column),
            text: f.text.clone(),
            test: f.test.clone(),
            context: f.context.clone(),
            file: f.file.clone(),
            rule_line: from_one(f.rule_line),
            code: f.code.clone(),
            pointer: f.pointer.clone(),
        }
    }
}

#[pymethods]
impl Finding {
    fn __str__(&self) -> String {
        format!(
            "{} {} {} : {}",
            self.level, self.set, self.location, self.text
        )
    }

    /// Without the text, which may hold data of the patient.
    fn __repr__(&self) -> String {
        format!(
            "<dcc.Finding {} {} {}>",
            self.level, self.set, self.location
        )
    }
}

/// The verdict of the official rules on a document.
#[pyclass(frozen, eq, module = "dcc")]
#[derive(PartialEq)]
pub struct Verdict {
    inner: official::Verdict,
}

impl Verdict {
    pub fn new(inner: official::Verdict) -> Self {
        Verdict { inner }
    }
}

#[pymethods]
impl Verdict {
    /// Volet of the CI-SIS checked against, for example "CANCER-FRCP_2022.01".
    #[getter]
    fn volet(&self) -> Option<&str> {
        self.inner.volet.as_ref().map(|v| v.name.as_str())
    }

    /// False when the volet was to be recognised and was not: only the common
    /// rules were applied.
    #[getter]
    fn is_recognised(&self) -> bool {
        !self.inner.unrecognised
    }

    /// True without fatal finding nor error; warnings do not count.
    #[getter]
    fn is_conformant(&self) -> bool {
        self.inner.is_conformant()
    }

    /// SHA-256 of the release of the rules.
    #[getter]
    fn release(&self) -> &str {
        &self.inner.release
    }

    /// Findings: "xml" or "xsd" first, then by rule set.
    #[getter]
    fn findings(&self) -> Vec<Finding> {
        self.inner.findings.iter().map(Finding::from).collect()
    }

    /// The verdict in a sentence, in French.
    #[getter]
    fn summary(&self) -> String {
        self.inner.summary()
    }

    /// The verdict as one line of JSON, with all that findings have.
    ///
    /// Parameters
    /// ----------
    /// file : str, optional
    ///     Name of the document.
    ///
    /// Returns
    /// -------
    /// str
    ///     One object: file, volet, recognised, conformant, release, findings.
    #[pyo3(signature = (file=""))]
    fn to_json(&self, file: &str) -> String {
        self.inner.to_json(file)
    }

    /// The verdict in SVRL (ISO/IEC 19757-3, annex D), for existing tools.
    fn to_svrl(&self) -> String {
        self.inner.to_svrl()
    }

    /// The verdict as a self-contained HTML page, in French.
    ///
    /// Parameters
    /// ----------
    /// title : str
    ///     Name of the document.
    ///
    /// Returns
    /// -------
    /// str
    ///     The page.
    #[pyo3(signature = (title))]
    fn to_html(&self, title: &str) -> String {
        self.inner.to_html(title)
    }

    fn __repr__(&self) -> String {
        format!("<dcc.Verdict {}>", self.inner.summary())
    }
}
