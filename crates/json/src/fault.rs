//! What is wrong with a value, and where.

use std::fmt;

use serde::de::{Expected, Unexpected};

use crate::names::TAG;

/// What is wrong with a value, before its place is known.
#[derive(Debug)]
pub(crate) enum Fault {
    UnknownField {
        found: String,
        known: &'static [&'static str],
    },
    MissingField(&'static str),
    DuplicateField(&'static str),
    UnknownVariant {
        known: &'static [&'static str],
    },
    Type {
        found: String,
        expected: String,
    },
    Value {
        expected: String,
    },
    /// No variant, or one that does not exist, in an enumeration of [`internally_tagged`](crate::internally_tagged).
    Variant {
        found: Option<String>,
        known: &'static [&'static str],
    },
    Other(String),
}

impl Fault {
    /// What is wrong, in French; the value found is told beside it, not in it.
    pub(crate) fn message(&self) -> String {
        match self {
            Fault::Type { found, .. } => format!("type inattendu : {}", french(found)),
            Fault::Value { .. } => "valeur inattendue".to_owned(),
            Fault::UnknownVariant { .. } | Fault::Variant { found: Some(_), .. } => {
                "valeur inconnue".to_owned()
            }
            Fault::Variant { found: None, .. } => format!("champ obligatoire absent : {TAG}"),
            Fault::UnknownField { .. } => "champ inconnu".to_owned(),
            Fault::MissingField(field) => format!("champ obligatoire absent : {field}"),
            Fault::DuplicateField(field) => format!("champ donné deux fois : {field}"),
            Fault::Other(text) => match text.as_str() {
                // what the calendar library says of a date or an instant
                "input contains invalid characters"
                | "input is out of range"
                | "premature end of input"
                | "trailing input"
                | "no possible date and time matching input" => {
                    "date ou heure invalide, attendue sous la forme aaaa-mm-jj ou \
                     aaaa-mm-jjThh:mm:ss, avec le fuseau (Z, +01:00) pour un instant"
                        .to_owned()
                }
                text => text.to_owned(),
            },
        }
    }

    /// What is allowed in its place.
    pub(crate) fn allowed(&self) -> Vec<String> {
        match self {
            Fault::Type { expected, .. } | Fault::Value { expected, .. } => vec![french(expected)],
            Fault::UnknownVariant { known } | Fault::Variant { known, .. } => {
                known.iter().map(|&k| k.to_owned()).collect()
            }
            Fault::UnknownField { known, .. } => known.iter().map(|&k| k.to_owned()).collect(),
            Fault::MissingField(field) => vec![(*field).to_owned()],
            Fault::DuplicateField(_) | Fault::Other(_) => Vec::new(),
        }
    }
}

/// What serde names, in French.
fn french(text: &str) -> String {
    const NAMES: [(&str, &str); 18] = [
        ("a boolean", "true ou false"),
        ("boolean", "un booléen"),
        ("a string", "un texte"),
        ("string", "un texte"),
        ("integer", "un nombre entier"),
        ("floating point number", "un nombre à virgule"),
        ("floating point", "un nombre à virgule"),
        ("null", "null"),
        ("a sequence", "une liste"),
        ("sequence", "une liste"),
        ("a map", "un objet"),
        ("map", "un objet"),
        ("unit", "null"),
        ("unit value", "null"),
        ("u32", "un nombre entier positif"),
        ("u16", "un nombre entier de 0 à 65535"),
        ("u8", "un nombre entier de 0 à 255"),
        ("i32", "un nombre entier"),
    ];
    let bare = text.split(" `").next().unwrap_or(text);
    let bare = bare.split(" \"").next().unwrap_or(bare);
    match NAMES.iter().find(|n| n.0 == bare) {
        Some((_, french)) => (*french).to_owned(),
        None if bare.starts_with("struct") => "un objet".to_owned(),
        None => bare.to_owned(),
    }
}

/// A fault, and the steps to it, the last one first.
#[derive(Debug)]
pub(crate) struct Located {
    pub(crate) fault: Fault,
    pub(crate) steps: Vec<String>,
}

/// The error of this source.
#[derive(Debug)]
pub(crate) struct Error(pub(crate) Box<Located>);

impl Error {
    pub(crate) fn new(fault: Fault) -> Self {
        Error(Box::new(Located {
            fault,
            steps: Vec::new(),
        }))
    }

    pub(crate) fn under(mut self, step: impl ToString) -> Self {
        self.0.steps.push(step.to_string());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in self.0.steps.iter().rev() {
            write!(f, "/{step}")?;
        }
        let colon = if self.0.steps.is_empty() { "" } else { " : " };
        write!(f, "{colon}{}", self.0.fault.message())?;
        match self.0.fault.allowed().as_slice() {
            [] => Ok(()),
            allowed => write!(f, " (attendu : {})", allowed.join(", ")),
        }
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Error::new(Fault::Other(text.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Error::new(Fault::Type {
            found: found.to_string(),
            expected: expected.to_string(),
        })
    }

    fn invalid_value(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Error::new(Fault::Value {
            expected: expected.to_string(),
        })
    }

    fn invalid_length(_len: usize, expected: &dyn Expected) -> Self {
        Error::new(Fault::Value {
            expected: expected.to_string(),
        })
    }

    fn unknown_field(found: &str, known: &'static [&'static str]) -> Self {
        Error::new(Fault::UnknownField {
            found: found.to_owned(),
            known,
        })
    }

    fn missing_field(field: &'static str) -> Self {
        Error::new(Fault::MissingField(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Error::new(Fault::DuplicateField(field))
    }

    fn unknown_variant(_found: &str, known: &'static [&'static str]) -> Self {
        Error::new(Fault::UnknownVariant { known })
    }
}
