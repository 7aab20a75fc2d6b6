//! The official rules of the ANS, from the user's own copy of them.

use std::sync::Arc;

use super::problem::{DccException, json};
use crate::official;

/// Level of a finding (*niveau*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Level {
    /// The rules could not be applied to their end, or say it.
    Fatal,
    /// The document does not conform.
    Error,
    /// The document conforms, its author should know.
    Warning,
    /// An information.
    Info,
}

/// What one official rule finds in a document (*constat*).
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Finding {
    /// Rule set: stem of the rule file, `xsd` for the XML Schema, `xml` for bytes that are not XML.
    pub set: String,
    /// Level.
    pub level: Level,
    /// XPath of the place in the document; empty for the whole of it.
    pub location: String,
    /// Line of the document, from 1.
    pub line: Option<u32>,
    /// Column of the document in characters, from 1.
    pub column: Option<u32>,
    /// The official text, in French. It may hold data of the patient.
    pub text: String,
    /// The expression tested; empty for `xsd` and `xml`.
    pub test: String,
    /// Code of a run-time error, of a breach of the XML Schema or of a fault of XML; empty for a rule that is not kept.
    pub code: String,
    /// JSON pointer of the field that the place was written from, when known.
    pub pointer: Option<String>,
}

impl std::fmt::Debug for Finding {
    /// Without the text, which may hold data of the patient.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Finding")
            .field("set", &self.set)
            .field("level", &self.level)
            .field("location", &self.location)
            .finish_non_exhaustive()
    }
}

/// The verdict of the official rules on a document.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Verdict {
    /// The volet checked against; none when none was recognised.
    pub volet: Option<String>,
    /// Whether there is no fatal finding nor error.
    pub conformant: bool,
    /// The verdict in a sentence, in French.
    pub summary: String,
    /// Findings: `xml` or `xsd` first, then by rule set.
    pub findings: Vec<Finding>,
}

impl From<official::Finding<'_>> for Finding {
    fn from(f: official::Finding<'_>) -> Self {
        Finding {
            set: f.set.to_owned(),
            level: match f.level {
                official::Level::Fatal => Level::Fatal,
                official::Level::Error => Level::Error,
                official::Level::Warning => Level::Warning,
                official::Level::Info => Level::Info,
            },
            location: f.location.to_owned(),
            line: (f.line > 0).then_some(f.line),
            column: (f.column > 0).then_some(f.column),
            text: f.text.to_owned(),
            test: f.test.to_owned(),
            code: f.code.to_owned(),
            pointer: f.pointer.map(str::to_owned),
        }
    }
}

/// The official rules of a release of the ANS (TestContenuCDA), ready to run.
#[derive(Debug, uniffi::Object)]
pub struct RuleBook(official::RuleBook);

#[uniffi::export]
impl RuleBook {
    /// Loads the rules of a folder, or of the ZIP archive of the ANS
    /// repository. Fails when the library was built without them: see
    /// `has_official`.
    #[uniffi::constructor]
    pub fn load(path: String) -> Result<Arc<Self>, DccException> {
        Ok(Arc::new(RuleBook(official::RuleBook::open(&path)?)))
    }

    /// SHA-256 of the release of the rules.
    pub fn release(&self) -> String {
        self.0.release().to_owned()
    }

    /// Names of the volets of the release.
    pub fn volets(&self) -> Vec<String> {
        self.0.volets().into_iter().map(str::to_owned).collect()
    }

    /// What is amiss in the release, as a JSON array of objects: set, code,
    /// blocks, file, line, text in French.
    pub fn notices_json(&self) -> Result<String, DccException> {
        json(&self.0.notices())
    }

    /// Checks a CDA document by the XML Schema, the common rule sets and that
    /// of its volet: `volet`, or the one that the templates of the document
    /// name. With `official_mode` a run-time error of a rule hides the other
    /// findings of its rule set, as in the official tool.
    #[uniffi::method(default(volet = None, official_mode = false))]
    pub fn check(
        &self,
        cda: Vec<u8>,
        volet: Option<String>,
        official_mode: bool,
    ) -> Result<Verdict, DccException> {
        let made = self.0.check(&cda, volet.as_deref(), official_mode)?;
        let findings = (0..made.len()).filter_map(|i| made.finding(i));
        Ok(Verdict {
            volet: made.volet().map(str::to_owned),
            conformant: made.is_conformant(),
            summary: made.summary().to_owned(),
            findings: findings.map(Finding::from).collect(),
        })
    }

    /// As `check`, the verdict in SVRL (ISO/IEC 19757-3, annex D).
    #[uniffi::method(default(volet = None, official_mode = false))]
    pub fn check_to_svrl(
        &self,
        cda: Vec<u8>,
        volet: Option<String>,
        official_mode: bool,
    ) -> Result<String, DccException> {
        Ok((self.0.check(&cda, volet.as_deref(), official_mode)?).to_svrl())
    }
}
