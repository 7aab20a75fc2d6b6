//! What a failed call says.

use std::any::Any;
use std::fmt;

use dcc_core::problem::{Problem, Problems, Rule, Severity};
use serde::Serialize;

use crate::abi::{DccStr, Handle, Out, OutHandle, call, free};
use crate::bytes::DccBytes;
use crate::problems::DccProblems;
use crate::status::DccStatus;

macro_rules! rules {
    ($($name:ident $code:literal $text:literal;)*) => {
        $(#[allow(dead_code)] // some are of one feature
        pub(crate) static $name: Rule = Rule {
            code: $code,
            severity: Severity::Blocking,
            text: $text,
            source: "dcc, API C",
        };)*
    };
}

rules! {
    NULL "API-NULL" "L'argument est NULL";
    UTF8 "API-UTF8" "Le texte n'est pas en UTF-8";
    LENGTH "API-LONGUEUR" "La longueur dépasse ce que la mémoire peut contenir";
    INDEX "API-INDICE" "L'indice dépasse la liste";
    VALUE "API-VALEUR" "L'argument n'a aucune des valeurs admises";
    SIZE "API-TAILLE" "La taille de la structure est plus petite que celle de sa première version";
    NOT_BUILT_IN "API-ABSENT" "La bibliothèque a été construite sans cette fonction";
    MORE "API-SUITE" "D'autres problèmes, à partir d'ici, ne sont pas listés : corriger d'abord ceux qui le sont";
    VALUE_SET "API-JDV" "Aucun jeu de valeurs n'a ce nom ou cet OID";
    UNREADABLE_RULES "REGLES-LECTURE" "Ce n'est pas une version des règles de l'ANS (TestContenuCDA)";
    UNKNOWN_VOLET "REGLES-VOLET" "Cette version des règles n'a pas ce volet";
    PANIC "API-DEFAUT" "Défaut interne de la bibliothèque, à signaler";
    POISONED "API-INUTILISABLE" "Un défaut interne précédent a rendu cet objet inutilisable : le libérer";
}

/// Why a call failed: its status, and every problem.
#[derive(Debug)]
pub(crate) struct Failure {
    status: DccStatus,
    problems: Problems,
}

impl Failure {
    pub(crate) fn new(status: DccStatus, problems: impl Into<Problems>) -> Self {
        Failure {
            status,
            problems: problems.into(),
        }
    }

    pub(crate) fn status(&self) -> DccStatus {
        self.status
    }

    /// The same, every problem under `path`.
    pub(crate) fn below(self, path: &str) -> Self {
        let below = self.problems.into_iter().map(|mut p| {
            p.path = format!("{path}{}", p.path);
            p
        });
        Failure {
            status: self.status,
            problems: below.collect(),
        }
    }

    #[cfg(any(test, feature = "uniffi"))]
    pub(crate) fn into_problems(self) -> Problems {
        self.problems
    }

    pub(crate) fn null(argument: &str) -> Self {
        Failure::new(DccStatus::NullPointer, Problem::new(&NULL, argument))
    }

    pub(crate) fn utf8(argument: &str, at: usize) -> Self {
        let problem = Problem::new(&UTF8, argument).found(format!("octet {at}"));
        Failure::new(DccStatus::BadUtf8, problem)
    }

    pub(crate) fn length(argument: &str, length: usize) -> Self {
        let problem = Problem::new(&LENGTH, argument).found(length);
        Failure::new(DccStatus::BadLength, problem)
    }

    pub(crate) fn index(argument: &str, index: usize, length: usize) -> Self {
        let problem = Problem::new(&INDEX, argument)
            .found(index)
            .allowed([format!("moins de {length}")]);
        Failure::new(DccStatus::BadIndex, problem)
    }

    pub(crate) fn value(
        argument: &str,
        found: impl fmt::Display,
        allowed: impl IntoIterator<Item = impl fmt::Display>,
    ) -> Self {
        let problem = Problem::new(&VALUE, argument).found(found).allowed(allowed);
        Failure::new(DccStatus::BadValue, problem)
    }

    pub(crate) fn size(argument: &str, size: usize, known: usize) -> Self {
        let problem = Problem::new(&SIZE, argument)
            .found(size)
            .allowed([format!("{known} ou plus")]);
        Failure::new(DccStatus::BadSize, problem)
    }

    pub(crate) fn value_set(found: &str, known: impl IntoIterator<Item = String>) -> Self {
        let problem = Problem::new(&VALUE_SET, "value_set")
            .found(found)
            .allowed(known);
        Failure::new(DccStatus::UnknownValueSet, problem)
    }

    #[cfg(not(all(feature = "pdf", feature = "official")))]
    pub(crate) fn not_built_in(feature: &str) -> Self {
        let problem = Problem::new(&NOT_BUILT_IN, "").found(feature);
        Failure::new(DccStatus::NotBuiltIn, problem)
    }

    pub(crate) fn poisoned() -> Self {
        Failure::new(DccStatus::Poisoned, Problem::new(&POISONED, ""))
    }

    pub(crate) fn panic(payload: Box<dyn Any + Send>) -> Self {
        let text = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned());
        // dropping a foreign payload could panic again
        std::mem::forget(payload);
        Failure::internal(text.unwrap_or_default())
    }

    pub(crate) fn internal(text: String) -> Self {
        Failure::new(DccStatus::Panic, Problem::new(&PANIC, "").found(text))
    }
}

/// Failures gathered, so that every one is told; the status is that of the
/// first.
#[derive(Debug, Default)]
pub(crate) struct Faults(Option<Failure>);

impl Faults {
    /// What was read; none when it failed, and the failure is kept.
    pub(crate) fn keep<T>(&mut self, read: Result<T, Failure>) -> Option<T> {
        match (read, &mut self.0) {
            (Ok(value), _) => return Some(value),
            (Err(failure), Some(first)) => first.problems.extend(failure.problems),
            (Err(failure), none) => *none = Some(failure),
        }
        None
    }

    /// Number of problems kept.
    pub(crate) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |f| f.problems.len())
    }

    /// Says that there is more from `path` on.
    pub(crate) fn cut(&mut self, path: String) {
        if let Some(failure) = &mut self.0 {
            failure.problems.push(Problem::new(&MORE, path));
        }
    }

    /// What was read, when nothing failed.
    pub(crate) fn all<T>(self, read: Option<T>) -> Result<T, Failure> {
        match (self.0, read) {
            (Some(failure), _) => Err(failure),
            (None, Some(value)) => Ok(value),
            (None, None) => Err(Failure::internal("rien n'a été lu".to_owned())),
        }
    }
}

impl fmt::Display for Failure {
    /// What failed, then one line a problem.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.status.text())?;
        if self.problems.is_empty() {
            Ok(())
        } else {
            write!(f, "\n{}", self.problems)
        }
    }
}

/// Why a call failed: a status, and every problem with its place, its code
/// and its text in French. Free it with dcc_error_free. It never changes:
/// any number of threads may read it.
#[derive(Debug)]
pub struct DccError {
    status: DccStatus,
    message: String,
    problems: DccProblems,
}

impl DccError {
    pub(crate) fn new(failure: Failure) -> Self {
        DccError {
            status: failure.status,
            message: failure.to_string(),
            problems: DccProblems::new(failure.problems),
        }
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }
}

#[derive(Serialize)]
struct Told<'a> {
    status: i32,
    name: &'a str,
    message: &'a str,
    problems: &'a Problems,
}

/// The status of the call that failed; DCC_STATUS_NULL_POINTER for NULL.
///
/// # Safety
/// `error` is NULL or a live handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_error_status(error: *const DccError) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let error = unsafe { Handle::new("error", error) };
    error.opt().map_or(DccStatus::NullPointer, |e| e.status)
}

/// The text for a log or a support desk, in French: what failed, then one
/// line a problem. It lives as long as the error.
///
/// # Safety
/// `error` is NULL or a live handle; `text` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_error_message(error: *const DccError, text: *mut DccStr) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (error, text) = unsafe {
        (
            Handle::new("error", error),
            Out::new("text", text, DccStr::NONE),
        )
    };
    call(OutHandle::none(), || {
        let (error, text) = (error.get()?, text.required()?);
        text.put(error.message().into());
        Ok(())
    })
}

/// The problems of an error, for dcc_problems_len and dcc_problems_get. They
/// belong to the error: do not free them, nor use them after it. NULL for NULL.
///
/// # Safety
/// `error` is NULL or a live handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_error_problems(error: *const DccError) -> *const DccProblems {
    // SAFETY: the caller keeps the conventions of the header.
    let error = unsafe { Handle::new("error", error) };
    error
        .opt()
        .map_or(std::ptr::null(), |e| &raw const e.problems)
}

/// The error as a JSON object: status, name, message, and problems, each with
/// path, code, severity, message, found, allowed.
///
/// # Safety
/// `error` is NULL or a live handle; `json` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_error_json(
    error: *const DccError,
    json: *mut *mut DccBytes,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (error, json) = unsafe { (Handle::new("error", error), OutHandle::new("json", json)) };
    call(OutHandle::none(), || {
        let (error, json) = (error.get()?, json.required()?);
        json.put(DccBytes::json(&Told {
            status: error.status as i32,
            name: error.status.name(),
            message: &error.message,
            problems: error.problems.list(),
        })?);
        Ok(())
    })
}

/// Frees an error; NULL is nothing.
///
/// # Safety
/// `error` is NULL or a live handle, not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_error_free(error: *mut DccError) {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe { free(error) }
}

/// The name of a status, as in this header ("DCC_STATUS_OK"), and its text in
/// French; either place may be NULL. Both strings live for ever. Fails with
/// DCC_STATUS_BAD_VALUE for a number that is no status.
///
/// # Safety
/// `name` and `text` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_status_text(
    status: i32,
    name: *mut DccStr,
    text: *mut DccStr,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (name, text) = unsafe {
        (
            Out::new("name", name, DccStr::NONE),
            Out::new("text", text, DccStr::NONE),
        )
    };
    call(OutHandle::none(), || {
        let known = crate::status::TABLE
            .iter()
            .find(|line| line.0 as i32 == status)
            .ok_or_else(|| Failure::value("status", status, None::<&str>))?;
        name.put(known.1.into());
        text.put(known.2.into());
        Ok(())
    })
}
