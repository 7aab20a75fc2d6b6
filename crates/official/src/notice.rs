//! What is amiss in a release of the rules.

use std::fmt;

use dcc_schematron::{Fault, FaultKind};

/// Something amiss in a release: rules that do not load, value sets that are not there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// The rule set concerned.
    pub set: String,
    /// A stable code: those of [`FaultKind::code`], `xsd` for the XML Schema.
    pub code: &'static str,
    /// Whether the rule set cannot be used at all.
    pub blocks: bool,
    /// File of the release, may be empty.
    pub file: String,
    /// Line in the file, from 1; 0 for the file as a whole.
    pub line: u32,
    /// What was found: a path, an expression.
    pub found: String,
}

impl Notice {
    pub(crate) fn of(set: &str, fault: &Fault) -> Self {
        Notice {
            set: set.to_owned(),
            code: fault.kind.code(),
            blocks: !is_notice(fault.kind),
            file: fault.file.clone(),
            line: fault.line,
            found: fault.found.clone(),
        }
    }

    /// The notice as a sentence, in French.
    pub fn text(&self) -> String {
        let what = (FaultKind::ALL.iter())
            .find(|k| k.code() == self.code)
            .map_or("schéma XML inutilisable", |&k| french(k));
        format!("{what} : {}", self.found)
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} : {}", self.set, self.text())?;
        match (self.file.is_empty(), self.line) {
            (true, _) => Ok(()),
            (false, 0) => write!(f, " ({})", self.file),
            (false, line) => write!(f, " ({}, ligne {line})", self.file),
        }
    }
}

fn is_notice(kind: FaultKind) -> bool {
    matches!(
        kind,
        FaultKind::OtherCase | FaultKind::MissingDocument | FaultKind::MalformedDocument
    )
}

fn french(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::MissingFile => "fichier de règles absent",
        FaultKind::Unreadable => "fichier illisible",
        FaultKind::Malformed => "fichier qui n'est pas du XML bien formé",
        FaultKind::Construct => "construction Schematron non prise en charge",
        FaultKind::Expression => "expression XPath non prise en charge",
        FaultKind::Reference => "renvoi vers une règle qui n'existe pas",
        FaultKind::Limit => "limite dépassée",
        FaultKind::OtherCase => "nom dont la casse diffère de celle du fichier",
        FaultKind::MissingDocument => "jeu de valeurs absent",
        FaultKind::MalformedDocument => "jeu de valeurs qui n'est pas du XML bien formé",
        _ => "défaut",
    }
}

/// An error of evaluation, in French, by its code.
pub(crate) fn run_error(code: &str, detail: &str) -> String {
    let what = match code {
        "FODC0002" => "un jeu de valeurs ne peut pas être lu",
        "XPTY0004" => "une valeur d'un autre type, ou plusieurs valeurs au lieu d'une",
        "XPTY0019" | "XPTY0020" => "une valeur là où un nœud est attendu",
        "FORG0001" => "une valeur qui ne peut pas être convertie",
        "FORG0006" => "une suite de valeurs ni vraie ni fausse",
        "FOCA0002" => "un texte qui n'est pas un nom qualifié",
        "FONS0004" => "un préfixe d'espace de noms qui n'est pas déclaré",
        "limit-work" => "trop de travail demandé par les règles",
        "limit-depth" => "règles trop imbriquées",
        "limit-findings" => "trop de constats, la suite est coupée",
        _ => "erreur d'exécution",
    };
    // details other than paths are English and add nothing
    let of_path = if code == "FODC0002" {
        format!(", {detail}")
    } else {
        String::new()
    };
    format!("Règle impossible à évaluer : {what} ({code}{of_path})")
}
