//! A whole sending, checked: what the four writers start from.

use std::collections::HashSet;
use std::fmt;

use dcc_base::identity::oid;
use dcc_base::problem::{Problem, Problems, Severity};
use dcc_xml::Limits;

use super::check::{Check, is_shared};
use super::derive::{derive, derive_set, minted};
use super::entry::DocumentEntry;
use super::set::SubmissionSet;
use super::{masks, rules, texts};
use crate::cda::Header;
use crate::door::Door;
use crate::sending::{DocumentOptions, IdentityStatus, Outgoing, Sending};
use crate::tables::activity;

/// A document ready to leave.
#[derive(Clone)]
#[non_exhaustive]
pub struct Prepared<'a> {
    /// Its bytes, untouched.
    pub cda: &'a [u8],
    /// Its header.
    pub header: Header,
    /// Its metadata.
    pub entry: DocumentEntry,
    /// What was asked for it.
    pub options: DocumentOptions,
}

/// A sending ready to be written: the set, its documents, and the warnings.
#[derive(Clone)]
#[non_exhaustive]
pub struct Submission<'a> {
    /// The set.
    pub set: SubmissionSet,
    /// The documents, in the order given.
    pub documents: Vec<Prepared<'a>>,
    /// What is doubtful and does not stop the sending.
    pub warnings: Problems,
}

impl fmt::Debug for Prepared<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Prepared").field(&self.entry).finish()
    }
}

impl fmt::Debug for Submission<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission")
            .field("set", &self.set)
            .field("documents", &self.documents)
            .finish_non_exhaustive()
    }
}

impl<'a> Submission<'a> {
    /// Reads the documents, derives their metadata and those of the set, and
    /// checks all that `door` needs.
    ///
    /// Paths: `/documents/0/ClinicalDocument/…` in a document,
    /// `/documents/0/visibility` in what is asked for it, a JSON pointer in
    /// the sending.
    ///
    /// # Errors
    /// All the problems, when one of them is blocking and the sending does
    /// not accept its code: `XML-…`, `ECHANGE-…`, `META-…`, `ENVOI-…`, `INS-…`.
    pub fn prepare(
        documents: &[Outgoing<'a>],
        sending: &Sending,
        door: Door,
    ) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let mut prepared = Vec::with_capacity(documents.len());
        if documents.is_empty() {
            problems.push(Problem::new(&rules::NO_DOCUMENT, "/documents"));
        }
        for (i, document) in documents.iter().enumerate() {
            let path = format!("/documents/{i}");
            let header = match Header::read(document.cda, &Limits::default()) {
                Ok((header, doubts)) => {
                    problems.extend(doubts.into_iter().map(|p| below(&path, p)));
                    header
                }
                Err(faults) => {
                    problems.extend(faults.into_iter().map(|p| below(&path, p)));
                    continue;
                }
            };
            let entry = derive(document.cda, &header, &document.options, sending);
            let mut check = Check {
                header: &header,
                entry: &entry,
                door,
                is_shared: is_shared(door, sending),
                prefix: path.clone(),
                problems: Problems::new(),
            };
            check.run();
            check.is_past(sending.at);
            problems.extend(check.problems);
            masks::check(&header, &document.options, sending, &path, &mut problems);
            entry_uuid(&entry, &path, &mut problems);
            if matches!(door, Door::Dmp | Door::Pdsm) {
                replaced(&header, &document.options, &path, &mut problems);
            }
            prepared.push(Prepared {
                cda: document.cda,
                header,
                entry,
                options: document.options.clone(),
            });
        }
        for (i, document) in documents.iter().enumerate() {
            let path = format!("/documents/{i}");
            texts::check(&document.options, &path, &mut problems);
        }
        texts::check(sending, "", &mut problems);
        let headers: Vec<&Header> = prepared.iter().map(|p| &p.header).collect();
        let set = derive_set(sending, &headers);
        check_sending(sending, &set, door, &mut problems);
        check_documents(&prepared, &set, &mut problems);
        let problems = accepted(problems, &sending.accept);
        let submission = Submission {
            set,
            documents: prepared,
            warnings: problems.clone(),
        };
        problems.or(submission)
    }

    /// The entries, in order.
    pub fn entries(&self) -> impl Iterator<Item = &DocumentEntry> {
        self.documents.iter().map(|document| &document.entry)
    }
}

/// The same problem, below a path.
fn below(path: &str, mut problem: Problem) -> Problem {
    problem.path = format!("{path}{}", problem.path);
    problem
}

/// The problems, those that the caller accepts being warnings.
pub(crate) fn accepted(problems: Problems, accept: &[String]) -> Problems {
    problems
        .into_iter()
        .map(|mut problem| {
            if accept.iter().any(|code| code == problem.code) {
                problem.severity = Severity::Warning;
            }
            problem
        })
        .collect()
}

/// A fresh entryUUID for a document of a set.
pub(crate) fn new_entry(set_id: &str, unique_id: &str) -> String {
    minted(set_id, unique_id)
}

/// The set of a request about one entry of a registry.
pub(crate) fn set_of(sending: &Sending, entry: &DocumentEntry) -> SubmissionSet {
    let mut set = derive_set(sending, &[]);
    set.patient_id = entry.patient_id.clone();
    set
}

/// What a request to a registry needs of a sending without documents.
pub(crate) fn check_set(sending: &Sending) -> Problems {
    let mut problems = Problems::new();
    check_sending(sending, &derive_set(sending, &[]), Door::Dmp, &mut problems);
    problems
}

fn entry_uuid(entry: &DocumentEntry, path: &str, problems: &mut Problems) {
    let uuid = entry.entry_uuid.strip_prefix("urn:uuid:");
    if !uuid.is_some_and(oid::is_uuid) {
        problems.push(
            Problem::new(&rules::ENTRY_UUID, format!("{path}/entry_uuid")).found(&entry.entry_uuid),
        );
    }
}

/// A registry knows the replaced document by the identifier of its entry.
fn replaced(header: &Header, options: &DocumentOptions, path: &str, problems: &mut Problems) {
    if let Some(id) = header.replaces()
        && options.replaced_entry.is_none()
        && !options.delete
    {
        problems.push(
            Problem::new(&rules::REPLACED_ENTRY, format!("{path}/replaced_entry"))
                .allowed([format!("fiche de {}", id.to_xds())]),
        );
    }
}

fn check_sending(sending: &Sending, set: &SubmissionSet, door: Door, problems: &mut Problems) {
    let shared = is_shared(door, sending);
    for (text, rule, path) in [
        (&sending.set_id, &rules::SET_ID, "/set_id"),
        (&sending.source_id, &rules::SOURCE_ID, "/source_id"),
    ] {
        // the gateway mints those of its own submission
        if !oid::is_oid(text) && (door != Door::Gateway || !text.is_empty()) {
            problems.push(Problem::new(rule, path).found(text));
        }
    }
    let submitter = &sending.submitter;
    let id = match (&submitter.person, &submitter.device) {
        (Some(person), _) => person.id.as_str(),
        (None, Some(device)) => device.id.as_str(),
        (None, None) => "",
    };
    if id.is_empty() {
        problems.push(Problem::new(&rules::SUBMITTER, "/submitter"));
    }
    if submitter.structure.id.is_empty() {
        let path = "/submitter/structure/id";
        let mut problem = Problem::new(&rules::SUBMITTER_STRUCTURE, path);
        if !shared {
            problem.severity = Severity::Warning;
        }
        problems.push(problem);
    }
    if shared && sending.identity != IdentityStatus::Qualified {
        let found = match sending.identity {
            IdentityStatus::Provisional => "provisoire",
            IdentityStatus::Retrieved => "récupérée",
            IdentityStatus::Validated => "validée",
            IdentityStatus::Qualified => "qualifiée",
        };
        problems.push(
            Problem::new(&rules::QUALIFIED, "/identity")
                .found(found)
                .allowed(["qualifiée"]),
        );
    }
    if door == Door::Gateway {
        return;
    }
    if let Some(code) = &set.activity {
        if !activity::is_taken_by_dmp(code) {
            let mut problem = Problem::new(&rules::ACTIVITY, "/activity").found(&code.code);
            if !shared {
                problem.severity = Severity::Warning;
            }
            problems.push(problem);
        } else if code.code == "97" && sending.activity.is_none() && sending.visit.is_none() {
            problems.push(Problem::new(&rules::ACTIVITY_DERIVED, "/activity"));
        }
    }
}

/// One patient, and no identifier twice.
fn check_documents(documents: &[Prepared<'_>], set: &SubmissionSet, problems: &mut Problems) {
    let mut seen = HashSet::from([set.unique_id.as_str()]);
    for (i, document) in documents.iter().enumerate() {
        let entry = &document.entry;
        if set.patient_id.is_some() && entry.patient_id != set.patient_id {
            let path = format!("/documents/{i}{}/recordTarget", document.header.path);
            problems.push(Problem::new(&rules::ONE_PATIENT, path));
        }
        if !entry.unique_id.is_empty() && !seen.insert(&entry.unique_id) {
            let path = format!("/documents/{i}{}/id", document.header.path);
            problems.push(Problem::new(&rules::SAME_ID, path).found(&entry.unique_id));
        }
    }
}
