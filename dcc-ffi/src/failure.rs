//! Why a call failed: gathered on the way, and as handles for C.

use std::any::Any;
use std::fmt;

use dcc_core::problem::{Problem, Problems, rules};

use crate::status::DccStatus;

const SOURCE: &str = "dcc, API C";

rules! {
    NULL: Blocking "API-NULL" "L'argument est NULL" SOURCE;
    UTF8: Blocking "API-UTF8" "Le texte n'est pas en UTF-8" SOURCE;
    LENGTH: Blocking "API-LONGUEUR" "La longueur dépasse ce que la mémoire peut contenir" SOURCE;
    INDEX: Blocking "API-INDICE" "L'indice dépasse la liste" SOURCE;
    VALUE: Blocking "API-VALEUR" "L'argument n'a aucune des valeurs admises" SOURCE;
    SIZE: Blocking "API-TAILLE" "La taille de la structure est plus petite que celle de sa première version" SOURCE;
    NOT_BUILT_IN: Blocking "API-ABSENT" "La bibliothèque a été construite sans cette fonction" SOURCE;
    MORE: Blocking "API-SUITE" "D'autres problèmes, à partir d'ici, ne sont pas listés : corriger d'abord ceux qui le sont" SOURCE;
    VALUE_SET: Blocking "API-JDV" "Aucun jeu de valeurs n'a ce nom ou cet OID" SOURCE;
    UNREADABLE_RULES: Blocking "REGLES-LECTURE" "Ce n'est pas une version des règles de l'ANS (TestContenuCDA)" SOURCE;
    UNKNOWN_VOLET: Blocking "REGLES-VOLET" "Cette version des règles n'a pas ce volet" SOURCE;
    PANIC: Blocking "API-DEFAUT" "Défaut interne de la bibliothèque, à signaler" SOURCE;
    POISONED: Blocking "API-INUTILISABLE" "Un défaut interne précédent a rendu cet objet inutilisable : le libérer" SOURCE;
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

    pub(crate) fn status(&self) -> DccStatus {
        self.status
    }

    pub(crate) fn problems(&self) -> &DccProblems {
        &self.problems
    }
}

/// A list of problems, in the order of the input. It never changes: any
/// number of threads may read it.
#[derive(Debug)]
pub struct DccProblems(Problems);

impl DccProblems {
    pub(crate) fn new(problems: Problems) -> Self {
        DccProblems(problems)
    }

    pub(crate) fn list(&self) -> &Problems {
        &self.0
    }

    pub(crate) fn at(&self, index: usize) -> Result<&Problem, Failure> {
        self.0
            .iter()
            .nth(index)
            .ok_or_else(|| Failure::index("index", index, self.0.len()))
    }
}
