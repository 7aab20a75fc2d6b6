//! The same surface as the C API, for Kotlin, Swift and Ruby, by UniFFI.
//!
//! Objects are shared by reference and may be used from any thread. A failed
//! call throws [`DccException`], with the status of the C API and every problem.

use std::sync::{Arc, RwLock};

use dcc_core::document::Document as CoreDocument;
use dcc_core::problem::{Problems, Severity as CoreSeverity};
use dcc_core::rcp::{Actor, Command, Event, RcpId, SessionId, State, ical, journal};
use dcc_core::terminology::{Terminology, ValueSet};
use serde::Serialize;

use crate::error::Failure;
use crate::input::{codes, from_json, instant};
use crate::options::Choices;
use crate::status::DccStatus;

/// Weight of a problem (*gravité*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Severity {
    /// The document can leave, the reader should know.
    Warning,
    /// The library refuses to write the document, unless the options accept the code.
    Blocking,
}

/// One problem of an input.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Problem {
    /// Place in the input: a JSON pointer, a path of elements, `ligne 12`.
    pub path: String,
    /// Stable code of the rule broken.
    pub code: String,
    /// Weight.
    pub severity: Severity,
    /// What is wrong, in French.
    pub message: String,
    /// What was found, when there is something to show.
    pub found: Option<String>,
    /// What is allowed in its place, nearest first.
    pub allowed: Vec<String>,
}

/// One thing that was in a CDA document and is not in the model.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Unread {
    /// Place in the document.
    pub path: String,
    /// What stands there.
    pub content: String,
    /// True for a text of the narrative.
    pub narrative: bool,
}

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
pub enum DccException {
    /// The call is refused.
    Refused {
        /// Number of the status, as in the C API.
        status: i32,
        /// Its name, for example `DCC_STATUS_INVALID_JSON`.
        name: String,
        /// What failed, in French, then one line a problem.
        text: String,
        /// Every problem.
        problems: Vec<Problem>,
    },
}

impl std::fmt::Display for DccException {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let DccException::Refused { text, .. } = self;
        f.write_str(text)
    }
}

impl std::error::Error for DccException {}

impl From<Failure> for DccException {
    fn from(failure: Failure) -> Self {
        DccException::Refused {
            status: failure.status() as i32,
            name: failure.status().name().to_owned(),
            text: failure.to_string(),
            problems: told(failure.into_problems()),
        }
    }
}

fn told(problems: Problems) -> Vec<Problem> {
    problems
        .into_iter()
        .map(|p| Problem {
            path: p.path,
            code: p.code.to_owned(),
            severity: match p.severity {
                CoreSeverity::Warning => Severity::Warning,
                CoreSeverity::Blocking => Severity::Blocking,
            },
            message: p.message,
            found: p.found,
            allowed: p.allowed,
        })
        .collect()
}

fn text(value: &impl Serialize) -> Result<String, DccException> {
    serde_json::to_string(value).map_err(|e| Failure::internal(e.to_string()).into())
}

/// The version of the library.
#[uniffi::export]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The kinds of documents, as the `"document"` key of their JSON says them.
#[uniffi::export]
pub fn document_kinds() -> Vec<String> {
    CoreDocument::KINDS.iter().map(|&k| k.to_owned()).collect()
}

/// How documents are written and read.
#[derive(Debug, Default, uniffi::Object)]
pub struct Options(RwLock<Choices>);

impl Options {
    fn change(&self, change: impl FnOnce(&mut Choices)) -> Result<(), DccException> {
        change(&mut *self.0.write().map_err(|_| Failure::poisoned())?);
        Ok(())
    }

    fn with<T>(
        options: Option<&Arc<Self>>,
        body: impl FnOnce(&Choices) -> Result<T, DccException>,
    ) -> Result<T, DccException> {
        match options {
            Some(options) => body(&*options.0.read().map_err(|_| Failure::poisoned())?),
            None => body(&Choices::default()),
        }
    }
}

#[uniffi::export]
impl Options {
    /// The default of each.
    #[uniffi::constructor]
    pub fn new() -> Self {
        Self::default()
    }

    /// Accepts one code of blocking problems, knowingly.
    pub fn accept(&self, code: String) -> Result<(), DccException> {
        self.change(|o| o.write.accept.push(code))
    }

    /// Refuses a document that has warnings too.
    pub fn set_strict(&self, strict: bool) -> Result<(), DccException> {
        self.change(|o| o.write.strict = strict)
    }

    /// The largest CDA document that is read, in bytes.
    pub fn set_max_bytes(&self, max_bytes: u64) -> Result<(), DccException> {
        let max = usize::try_from(max_bytes).unwrap_or(usize::MAX);
        self.change(|o| o.read.limits.max_bytes = max)
    }

    /// Puts a value set in the place of the embedded one, or adds it: an IHE
    /// SVS file, as the ANS publishes them.
    pub fn add_value_set(&self, svs: Vec<u8>) -> Result<(), DccException> {
        let set =
            ValueSet::from_svs(&svs).map_err(|p| Failure::new(DccStatus::InvalidValueSet, p))?;
        self.change(|o| o.add_value_set(set))
    }
}

/// The concepts of a value set that hold `text`, or all, as a JSON array.
#[uniffi::export]
pub fn search_codes(
    options: Option<Arc<Options>>,
    value_set: String,
    text: Option<String>,
) -> Result<String, DccException> {
    Options::with(options.as_ref(), |choices| {
        let terminology: &Terminology = choices.write.terminology();
        let json = codes(terminology, &value_set, text.as_deref())?;
        Ok(String::from_utf8_lossy(&json).into_owned())
    })
}

/// A document of the DCC, of any kind. It never changes.
#[derive(Debug, PartialEq, uniffi::Object)]
#[uniffi::export(Eq)]
pub struct Document(CoreDocument);

impl Eq for Document {}

/// A document read, and what of it the model has no place for.
#[derive(Debug, uniffi::Record)]
pub struct Reading {
    /// The document.
    pub document: Arc<Document>,
    /// What was not read, in document order.
    pub unread: Vec<Unread>,
}

#[uniffi::export]
impl Document {
    /// Reads the JSON form of any kind.
    #[uniffi::constructor]
    pub fn from_json(json: String) -> Result<Self, DccException> {
        CoreDocument::from_json(json.as_bytes())
            .map(Document)
            .map_err(|p| Failure::new(DccStatus::InvalidJson, p).into())
    }

    /// Writes the JSON form.
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// Writes the CDA R2 document.
    pub fn to_cda(&self, options: Option<Arc<Options>>) -> Result<Vec<u8>, DccException> {
        Options::with(options.as_ref(), |o| {
            self.0
                .to_cda_with(&o.write)
                .map_err(|p| Failure::new(DccStatus::DocumentRefused, p).into())
        })
    }

    /// Every problem, blocking or not.
    pub fn check(&self) -> Vec<Problem> {
        told(self.0.check())
    }

    /// The kind, for example `fiche_rcp`.
    pub fn kind(&self) -> String {
        self.0.kind().to_owned()
    }
}

/// Reads a CDA document of any kind.
#[uniffi::export]
pub fn read_cda(cda: Vec<u8>, options: Option<Arc<Options>>) -> Result<Reading, DccException> {
    Options::with(options.as_ref(), |o| {
        let (document, unread) = CoreDocument::from_cda_with(&cda, &o.read)
            .map_err(|p| Failure::new(DccStatus::InvalidCda, p))?;
        Ok(Reading {
            document: Arc::new(Document(document)),
            unread: unread
                .into_iter()
                .map(|u| Unread {
                    path: u.path,
                    content: u.content,
                    narrative: u.narrative,
                })
                .collect(),
        })
    })
}

/// One self-contained HTML page of any CDA document.
#[uniffi::export]
pub fn cda_to_html(
    cda: Vec<u8>,
    structure: Option<String>,
    logo: Option<Vec<u8>>,
) -> Result<String, DccException> {
    Ok(crate::render::html(&cda, structure.as_deref(), logo.as_deref())?.0)
}

/// A PDF/A-1b of any CDA document.
#[cfg(feature = "pdf")]
#[uniffi::export]
pub fn cda_to_pdf(
    cda: Vec<u8>,
    structure: Option<String>,
    logo: Option<Vec<u8>>,
) -> Result<Vec<u8>, DccException> {
    Ok(crate::render::pdf(&cda, structure.as_deref(), logo.as_deref())?.0)
}

/// The RCPs of a 3C, as their events made them.
#[derive(Debug, Default, uniffi::Object)]
pub struct Rcp(RwLock<State>);

#[uniffi::export]
impl Rcp {
    /// Without any event.
    #[uniffi::constructor]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads what `to_json` wrote.
    #[uniffi::constructor]
    pub fn from_json(json: String) -> Result<Self, DccException> {
        Ok(Rcp(RwLock::new(from_json(&json, "")?)))
    }

    /// The whole state as JSON.
    pub fn to_json(&self) -> Result<String, DccException> {
        text(&*self.0.read().map_err(|_| Failure::poisoned())?)
    }

    /// Applies stored events, a JSON array; those before a refused one are applied.
    pub fn apply(&self, events: String) -> Result<(), DccException> {
        let events: Vec<Event> = from_json(&events, "")?;
        let mut state = self.0.write().map_err(|_| Failure::poisoned())?;
        crate::rcp::apply(&mut state, &events)?;
        Ok(())
    }

    /// Decides a command and applies its events: a JSON array, to be stored.
    pub fn execute(
        &self,
        command: String,
        actor: String,
        at: String,
    ) -> Result<String, DccException> {
        let (command, actor, at): (Command, Actor, _) = (
            from_json(&command, "")?,
            from_json(&actor, "/actor")?,
            instant("at", &at)?,
        );
        let mut state = self.0.write().map_err(|_| Failure::poisoned())?;
        let events = state
            .execute(&command, &actor, at)
            .map_err(|p| Failure::new(DccStatus::CommandRefused, p))?;
        text(&events)
    }

    /// Decides a command and changes nothing: a JSON array of events.
    pub fn decide(
        &self,
        command: String,
        actor: String,
        at: String,
    ) -> Result<String, DccException> {
        let (command, actor, at): (Command, Actor, _) = (
            from_json(&command, "")?,
            from_json(&actor, "/actor")?,
            instant("at", &at)?,
        );
        let state = self.0.read().map_err(|_| Failure::poisoned())?;
        let events = dcc_core::rcp::decide(&state, &command, &actor, at)
            .map_err(|p| Failure::new(DccStatus::CommandRefused, p))?;
        text(&events)
    }

    /// The iCalendar of one session.
    pub fn session_calendar(
        &self,
        session: String,
        stamp: String,
        domain: String,
    ) -> Result<String, DccException> {
        let options = ical::CalendarOptions {
            stamp: instant("stamp", &stamp)?,
            domain: &domain,
        };
        let state = self.0.read().map_err(|_| Failure::poisoned())?;
        ical::session_calendar(&state, &SessionId::from(session), options)
            .map_err(|p| Failure::new(DccStatus::UnknownInRcp, p).into())
    }

    /// The iCalendar of the sessions of a year, of one RCP or of all.
    pub fn year_calendar(
        &self,
        rcp: Option<String>,
        year: i32,
        stamp: String,
        domain: String,
    ) -> Result<String, DccException> {
        let options = ical::CalendarOptions {
            stamp: instant("stamp", &stamp)?,
            domain: &domain,
        };
        let state = self.0.read().map_err(|_| Failure::poisoned())?;
        ical::year_calendar(&state, rcp.map(RcpId::from).as_ref(), year, options)
            .map_err(|p| Failure::new(DccStatus::UnknownInRcp, p).into())
    }
}

/// A whole log of events as lines of French.
#[uniffi::export]
pub fn rcp_journal(events: String) -> Result<Vec<String>, DccException> {
    let events: Vec<Event> = from_json(&events, "")?;
    journal::lines(&events).map_err(|p| Failure::new(DccStatus::EventRefused, p).into())
}
