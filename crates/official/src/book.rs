//! The rule book: the rule sets of a release, compiled and shared.

use std::fmt;
use std::sync::{Arc, OnceLock};

use dcc_schematron::{Document, Fault, Level, Limits, Mode, Schema, XmlError, XmlErrorKind};

use crate::files::Files;
use crate::layout::{COMMON, XML_SET, XSD, XSD_SET};
use crate::notice::{Notice, run_error};
use crate::release::Release;
use crate::schema;
use crate::survey::survey;
use crate::verdict::{Finding, SetRun, Verdict};
use crate::volets::{self, Volet, VoletChoice};

/// A rule set: compiled at its first use, or what hinders it.
pub(crate) type Set = OnceLock<Result<Schema, Vec<Fault>>>;

pub(crate) struct Inner {
    pub(crate) release: Release,
    pub(crate) digest: String,
    pub(crate) limits: Limits,
    pub(crate) volets: Vec<Volet>,
    pub(crate) common: [Set; 4],
    pub(crate) of_volets: Vec<Set>,
    pub(crate) xsd: OnceLock<Result<dcc_xsd::Schema, String>>,
    /// What the loading found amiss, beside what compiled sets know themselves.
    pub(crate) notices: Vec<Notice>,
}

/// The rule sets of a release of the ANS, ready to run. Copies share them; any number of threads may use one.
#[derive(Clone)]
pub struct RuleBook {
    pub(crate) inner: Arc<Inner>,
}

impl fmt::Debug for RuleBook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RuleBook")
            .field("release", &self.inner.digest)
            .field("volets", &self.inner.volets.len())
            .finish_non_exhaustive()
    }
}

/// Why there is no rule book: the files cannot be read, or are not those of TestContenuCDA. In French.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError(pub(crate) String);

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "règles officielles illisibles : {}", self.0)
    }
}

impl std::error::Error for LoadError {}

/// A volet that the release does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownVolet {
    /// The name given.
    pub found: String,
    /// The names of the release.
    pub allowed: Vec<String>,
}

impl fmt::Display for UnknownVolet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.allowed.join(", ");
        write!(
            f,
            "volet inconnu : {} (volets de cette version des règles : {names})",
            self.found
        )
    }
}

impl std::error::Error for UnknownVolet {}

impl RuleBook {
    /// Compiles the rule sets common to all documents and the XML Schema; those of the volets are compiled at their
    /// first use, or by [`RuleBook::prepare`]. Includes and value sets that are absent are in [`RuleBook::notices`].
    ///
    /// # Errors
    /// The files cannot be read, or hold no `schematrons` folder.
    pub fn load(files: impl Files + 'static) -> Result<Self, LoadError> {
        Self::load_with(files, Limits::default())
    }

    /// [`RuleBook::load`] with other bounds on documents.
    ///
    /// # Errors
    /// As [`RuleBook::load`].
    pub fn load_with(files: impl Files + 'static, limits: Limits) -> Result<Self, LoadError> {
        let release = Release::new(Box::new(files)).map_err(LoadError)?;
        let digest = release.digest().map_err(LoadError)?;
        let book = Self::assemble(release, digest, limits);
        for (at, (_, path)) in COMMON.iter().enumerate() {
            book.set(&book.inner.common[at], path);
        }
        book.xsd();
        Ok(book)
    }

    /// A book without any set compiled.
    pub(crate) fn assemble(release: Release, digest: String, limits: Limits) -> Self {
        let volets = volets::volets(release.paths());
        let notices = survey(&release, &volets, &limits);
        RuleBook {
            inner: Arc::new(Inner {
                of_volets: volets.iter().map(|_| Set::new()).collect(),
                release,
                digest,
                limits,
                volets,
                common: Default::default(),
                xsd: OnceLock::new(),
                notices,
            }),
        }
    }

    fn set<'b>(&'b self, set: &'b Set, path: &str) -> &'b Result<Schema, Vec<Fault>> {
        let inner = &self.inner;
        set.get_or_init(|| Schema::compile(&inner.release, path, &inner.limits))
    }

    fn xsd(&self) -> &Result<dcc_xsd::Schema, String> {
        let inner = &self.inner;
        inner.xsd.get_or_init(|| {
            if inner.release.size(XSD).is_none() {
                return Err(XSD.to_owned());
            }
            dcc_xsd::Schema::compile(XSD, &inner.release).map_err(|e| e.to_string())
        })
    }

    /// SHA-256 of the rules, value sets and schemas of the release, in hexadecimal.
    pub fn release(&self) -> &str {
        &self.inner.digest
    }

    /// The volets of the release, by name.
    pub fn volets(&self) -> &[Volet] {
        &self.inner.volets
    }

    /// Compiles the rule set of a volet now rather than at its first use.
    ///
    /// # Errors
    /// The release has no such volet.
    pub fn prepare(&self, volet: &str) -> Result<(), UnknownVolet> {
        let at = self.named(volet)?;
        self.of_volet(at);
        Ok(())
    }

    /// Compiles the rule sets of all volets.
    pub fn prepare_all(&self) {
        (0..self.inner.volets.len()).for_each(|at| {
            self.of_volet(at);
        });
    }

    /// A compiled rule set by its name, as in `IHE` or `CI-SIS_CANCER-FRCP_2022.01`: for tools that look into rules.
    /// `None` when the release has no such set, or one that cannot be used.
    pub fn rule_set(&self, name: &str) -> Option<&Schema> {
        let common = COMMON.iter().position(|c| c.0 == name);
        let set = match common {
            Some(at) => self.set(&self.inner.common[at], COMMON[at].1),
            None => self.of_volet(self.inner.volets.iter().position(|v| v.set == name)?),
        };
        set.as_ref().ok()
    }

    fn of_volet(&self, at: usize) -> &Result<Schema, Vec<Fault>> {
        let inner = &self.inner;
        self.set(&inner.of_volets[at], &inner.volets[at].path)
    }

    fn named(&self, name: &str) -> Result<usize, UnknownVolet> {
        let volets = &self.inner.volets;
        volets::named(volets, name).ok_or_else(|| UnknownVolet {
            found: name.to_owned(),
            allowed: volets.iter().map(|v| v.name.clone()).collect(),
        })
    }

    /// All that is known to be amiss in the release: what the loading found, and what the rule sets compiled so far
    /// found. Sorted, each once.
    pub fn notices(&self) -> Vec<Notice> {
        let inner = &self.inner;
        let mut out = inner.notices.clone();
        let common = (COMMON.iter().zip(&inner.common)).map(|((name, _), set)| (*name, set));
        let of_volets = (inner.volets.iter().zip(&inner.of_volets)).map(|(v, set)| (&*v.set, set));
        for (name, set) in common.chain(of_volets) {
            let faults = match set.get() {
                None => continue,
                Some(Ok(schema)) => schema.notices(),
                Some(Err(faults)) => faults,
            };
            out.extend(faults.iter().map(|f| Notice::of(name, f)));
        }
        if let Some(Err(why)) = inner.xsd.get() {
            out.push(Notice {
                set: XSD_SET.to_owned(),
                code: XSD_SET,
                blocks: true,
                file: XSD.to_owned(),
                line: 0,
                found: why.clone(),
            });
        }
        let key = |n: &Notice| {
            (
                n.set.clone(),
                n.code,
                n.found.clone(),
                n.file.clone(),
                n.line,
            )
        };
        out.sort_by_key(key);
        // the survey knows less of the place than the compilation
        out.dedup_by(|b, a| (&a.set, a.code, &a.found) == (&b.set, b.code, &b.found));
        out
    }

    /// Checks a document.
    ///
    /// # Errors
    /// The release has no volet of the name given. What is wrong with the document is in the verdict.
    pub fn check(
        &self,
        document: &[u8],
        volet: VoletChoice<'_>,
        mode: Mode,
    ) -> Result<Verdict, UnknownVolet> {
        let inner = &self.inner;
        let named = match volet {
            VoletChoice::Named(name) => Some(self.named(name)?),
            _ => None,
        };
        let mut verdict = Verdict {
            volet: named.map(|at| inner.volets[at].clone()),
            unrecognised: false,
            release: inner.digest.clone(),
            findings: Vec::new(),
            sets: Vec::new(),
        };
        let document = match Document::parse(document, &inner.limits) {
            Ok(document) => document,
            Err(e) => {
                verdict.findings.push(not_xml(&e));
                return Ok(verdict);
            }
        };
        let at = match volet {
            VoletChoice::Auto => {
                let at = volets::recognise(&inner.volets, &volets::templates(&document));
                verdict.unrecognised = at.is_none();
                verdict.volet = at.map(|at| inner.volets[at].clone());
                at
            }
            _ => named,
        };
        match self.xsd() {
            Ok(xsd) => verdict.findings.extend(schema::check(xsd, &document)),
            Err(why) => verdict.findings.push(unusable(XSD_SET, why)),
        }
        for (i, (name, path)) in COMMON.iter().enumerate() {
            let set = self.set(&inner.common[i], path);
            run(name, set, &document, mode, &inner.limits, &mut verdict);
        }
        if let Some(at) = at {
            let name = &inner.volets[at].set;
            run(
                name,
                self.of_volet(at),
                &document,
                mode,
                &inner.limits,
                &mut verdict,
            );
        }
        Ok(verdict)
    }
}

fn run(
    name: &str,
    set: &Result<Schema, Vec<Fault>>,
    document: &Document<'_>,
    mode: Mode,
    limits: &Limits,
    verdict: &mut Verdict,
) {
    let schema = match set {
        Ok(schema) => schema,
        Err(faults) => {
            let first = faults.first().map(|f| Notice::of(name, f).to_string());
            verdict
                .findings
                .push(unusable(name, &first.unwrap_or_default()));
            return;
        }
    };
    let report = schema.check(document, mode, limits);
    verdict.sets.push(SetRun {
        set: name.to_owned(),
        fired: report.fired,
        tests: report.tests,
    });
    let findings = report.findings.into_iter().map(|f| {
        let (text, code) = match &f.error {
            Some(e) => (run_error(e.code, &e.detail), e.code.to_owned()),
            None => (f.text, String::new()),
        };
        Finding {
            set: name.to_owned(),
            level: f.level,
            location: f.location,
            line: f.line,
            column: f.column,
            text,
            test: f.test,
            report: f.report,
            context: f.context,
            file: f.file,
            rule_line: f.rule_line,
            code,
            pointer: None,
        }
    });
    verdict.findings.extend(findings);
}

fn whole(set: &str, text: String, code: &str) -> Finding {
    Finding {
        set: set.to_owned(),
        level: Level::Fatal,
        location: String::new(),
        line: 0,
        column: 0,
        text,
        test: String::new(),
        report: false,
        context: String::new(),
        file: String::new(),
        rule_line: 0,
        code: code.to_owned(),
        pointer: None,
    }
}

fn unusable(set: &str, why: &str) -> Finding {
    whole(
        set,
        format!("Règles inutilisables : {why}"),
        "rules-unusable",
    )
}

fn not_xml(e: &XmlError) -> Finding {
    let what = match e.kind {
        XmlErrorKind::Encoding => "Les octets ne suivent pas l'encodage du document",
        XmlErrorKind::Character => "Le document contient un caractère interdit en XML",
        XmlErrorKind::Dtd => "Une déclaration DOCTYPE et ses entités sont refusées",
        XmlErrorKind::Limit => "Le document dépasse une limite",
        _ => "Le document n'est pas du XML bien formé",
    };
    let mut finding = whole(XML_SET, format!("{what} : {}", e.found), e.kind.code());
    (finding.line, finding.column) = (e.line, e.column);
    finding
}
