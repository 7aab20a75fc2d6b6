//! The verdict on a document.

use dcc_schematron::Level;

use crate::volets::Volet;

/// Something found in a document. `Debug` leaves texts out, which may be those of a patient.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Rule set: stem of the rule file, `xsd` for the XML Schema, `xml` for bytes that are not XML.
    pub set: String,
    /// Level.
    pub level: Level,
    /// Place in the document: `/ClinicalDocument/author[2]`, empty for the whole.
    pub location: String,
    /// Line of the document, from 1; 0 when there is none.
    pub line: u32,
    /// Column of the document in characters, from 1; 0 when there is none.
    pub column: u32,
    /// The official text, in French for the ANS rules (some of StrucMin's are in English).
    pub text: String,
    /// The expression tested, empty for `xsd` and `xml`.
    pub test: String,
    /// Whether the test is a `report`, found when it holds.
    pub report: bool,
    /// The context of the rule, empty for `xsd` and `xml`.
    pub context: String,
    /// Rule file, a path in the release; empty for `xsd` and `xml`.
    pub file: String,
    /// Line in the rule file, 0 when there is none.
    pub rule_line: u32,
    /// Code of a run-time error (XPath 2.0), of a breach of the XML Schema, of a fault of XML; empty for a rule that
    /// is not kept.
    pub code: String,
    /// JSON pointer of the field of the model that the place comes from, when the document was made from a model.
    pub pointer: Option<String>,
}

impl std::fmt::Debug for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Finding")
            .field("set", &self.set)
            .field("level", &self.level)
            .field("location", &self.location)
            .field("line", &self.line)
            .field("test", &self.test)
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}

/// How many rules of a set fired and how many tests they made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SetRun {
    /// Rule set.
    pub set: String,
    /// Rules fired.
    pub fired: u64,
    /// Tests evaluated.
    pub tests: u64,
}

/// The verdict on a document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// The volet checked against; `None` when none was asked for or none was recognised.
    pub volet: Option<Volet>,
    /// Whether the volet was to be recognised and no template names one of this release.
    pub unrecognised: bool,
    /// SHA-256 of the release of the rules.
    pub release: String,
    /// Findings: `xml` or `xsd` first, then by rule set in the order in which they run.
    pub findings: Vec<Finding>,
    /// Rule sets that ran.
    pub sets: Vec<SetRun>,
}

impl Verdict {
    /// Whether nothing fatal and no error was found; warnings and informations do not count.
    pub fn is_conformant(&self) -> bool {
        self.findings.iter().all(|f| f.level > Level::Error)
    }

    /// Number of findings of a level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|f| f.level == level).count()
    }

    /// The verdict in a sentence, in French.
    pub fn summary(&self) -> String {
        let mut parts = Vec::new();
        for (level, one, several) in [
            (Level::Fatal, "erreur bloquante", "erreurs bloquantes"),
            (Level::Error, "erreur", "erreurs"),
            (Level::Warning, "avertissement", "avertissements"),
            (Level::Info, "information", "informations"),
        ] {
            match self.count(level) {
                0 => {}
                1 => parts.push(format!("1 {one}")),
                n => parts.push(format!("{n} {several}")),
            }
        }
        let found = if parts.is_empty() {
            "aucun constat".to_owned()
        } else {
            parts.join(", ")
        };
        let conform = if self.is_conformant() {
            "conforme"
        } else {
            "non conforme"
        };
        let volet = match (&self.volet, self.unrecognised) {
            (Some(volet), _) => format!("volet {}", volet.name),
            (None, true) => "aucun volet reconnu".to_owned(),
            (None, false) => "sans volet".to_owned(),
        };
        format!("{conform} ({volet}) : {found}")
    }
}
