//! The library's own form of a value set: a small TSV table.
//!
//! ```text
//! # oid<TAB>1.2.250.1.213.1.1.4.2.281.21
//! # name<TAB>JDV_Tumeur_CISIS
//! # version<TAB>…            (left out when the source states none)
//! # effective<TAB>2010-01-01
//! # revised<TAB>2021-09-22
//! # source<TAB>ANS, jeux de valeurs du CI-SIS, JDV_Tumeur_CISIS.xml
//! code<TAB>system<TAB>label<TAB>valid_from<TAB>valid_to
//! C50.2<TAB>CIM10<TAB>Tumeur maligne …<TAB>2010-01-01
//! ```
//!
//! `system` is a key of [`super::code_system`], or an identifier of its own
//! when that table does not know it. A blank date is no date; trailing blank
//! cells are left out.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::code_system::CodeSystem;
use super::value_set::{Concept, ValueSet};

/// Title row of a table.
const COLUMNS: &str = "code\tsystem\tlabel\tvalid_from\tvalid_to";

/// The table of a value set, as this library embeds it. `source` says where
/// the value set comes from.
pub fn write(set: &ValueSet, source: &str) -> String {
    let mut text = String::new();
    let mut header = |key: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "# {key}\t{}", one_line(value));
        }
    };
    header("oid", set.oid());
    header("name", set.name());
    header("version", set.version().unwrap_or_default());
    header("effective", &date_text(set.effective()));
    header("revised", &date_text(set.revised()));
    header("source", source);
    text.push_str(COLUMNS);
    text.push('\n');
    for concept in set {
        let system = concept
            .code_system()
            .map_or(&*concept.system, |system| system.key);
        let row = [
            one_line(&concept.code),
            one_line(system),
            one_line(&concept.label),
            Cow::Owned(date_text(concept.valid_from)),
            Cow::Owned(date_text(concept.valid_to)),
        ]
        .join("\t");
        text.push_str(row.trim_end_matches('\t'));
        text.push('\n');
    }
    text
}

/// Reads a table of [`write()`]. Errors name the line.
///
/// # Errors
/// A text without OID or name, a row without code, system or label, a date
/// that is not `AAAA-MM-JJ`.
pub fn read(text: &'static str) -> Result<ValueSet, String> {
    let (mut oid, mut name, mut version) = (None, None, None);
    let (mut effective, mut revised) = (None, None);
    let mut concepts = Vec::with_capacity(text.len() / 64);
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(header) = line.strip_prefix("# ") {
            let (key, value) = header
                .split_once('\t')
                .ok_or_else(|| format!("ligne {number} : en-tête sans valeur"))?;
            match key {
                "oid" => oid = Some(value),
                "name" => name = Some(value),
                "version" => version = Some(Cow::Borrowed(value)),
                "effective" => effective = date(value, number)?,
                "revised" => revised = date(value, number)?,
                "source" => {}
                _ => return Err(format!("ligne {number} : en-tête inconnu « {key} »")),
            }
        } else if line != COLUMNS && !line.is_empty() {
            concepts.push(row(line, number)?);
        }
    }
    let oid = oid.ok_or("en-tête « oid » absent")?;
    let name = name.ok_or("en-tête « name » absent")?;
    Ok(ValueSet::new(oid, name, concepts)
        .with_version(version)
        .with_dates(effective, revised))
}

/// One row: code, system, label, and dates when there are some.
fn row(line: &'static str, number: usize) -> Result<Concept, String> {
    let mut cells = line.split('\t');
    let mut cell = |what: &str| {
        cells
            .next()
            .filter(|cell| !cell.is_empty())
            .ok_or_else(|| format!("ligne {number} : {what} absent"))
    };
    let (code, system, label) = (cell("code")?, cell("système")?, cell("libellé")?);
    let (from, to) = (
        cells.next().unwrap_or_default(),
        cells.next().unwrap_or_default(),
    );
    if cells.next().is_some() {
        return Err(format!("ligne {number} : plus de cinq colonnes"));
    }
    Ok(Concept {
        code: Cow::Borrowed(code),
        system: Cow::Borrowed(CodeSystem::by_key(system).map_or(system, |s| s.oid)),
        label: Cow::Borrowed(label),
        valid_from: date(from, number)?,
        valid_to: date(to, number)?,
    })
}

fn date(text: &str, number: usize) -> Result<Option<NaiveDate>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map(Some)
        .map_err(|_| format!("ligne {number} : date « {text} » illisible"))
}

fn date_text(date: Option<NaiveDate>) -> String {
    date.map(|date| date.format("%Y-%m-%d").to_string())
        .unwrap_or_default()
}

/// A cell may hold neither tab nor line break.
fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\t', '\n', '\r']) {
        Cow::Owned(text.replace(['\t', '\n', '\r'], " "))
    } else {
        Cow::Borrowed(text)
    }
}

/// A table compiled into the library, read once, when first asked for.
pub(super) struct EmbeddedTable {
    text: &'static str,
    set: OnceLock<ValueSet>,
}

impl EmbeddedTable {
    pub(super) const fn new(text: &'static str) -> Self {
        EmbeddedTable {
            text,
            set: OnceLock::new(),
        }
    }

    /// Size of the table, in bytes.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.text.len()
    }

    /// The value set of this table. A table that cannot be read is an empty
    /// set; the tests read every table, so none such is ever released.
    pub(super) fn set(&self) -> &ValueSet {
        self.set
            .get_or_init(|| read(self.text).unwrap_or_else(|_| ValueSet::new("", "", Vec::new())))
    }
}
