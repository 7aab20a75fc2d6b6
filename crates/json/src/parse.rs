//! A text as a value: UTF-8, syntax, no field given twice.

use dcc_base::problem::{Problem, Problems};
use dcc_base::text::clip;
use serde::de::DeserializeSeed;
use serde_json::Value;

use crate::once::{Doubled, Once};
use crate::path::pointer;
use crate::rules::{DOUBLE, SYNTAX};

/// Parses a text into a JSON value.
///
/// # Errors
/// `JSON-SYNTAXE` with line and column; `JSON-DOUBLON` for each field given
/// twice in one object.
pub fn parse(text: &[u8]) -> Result<Value, Problems> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let place = |line, column| Problem::new(&SYNTAX, format!("ligne {line}, colonne {column}"));
    let text = std::str::from_utf8(text).map_err(|e| {
        let (before, rest) = text.split_at(e.valid_up_to());
        let lines = before.split(|&b| b == b'\n');
        let last = lines.clone().next_back().unwrap_or_default();
        let column = String::from_utf8_lossy(last).chars().count() + 1;
        place(lines.count(), column)
            .message("Le texte n'est pas en UTF-8")
            .found(format!(
                "octet {:02X}",
                rest.first().copied().unwrap_or_default()
            ))
    })?;
    let mut doubled = Doubled::default();
    let mut source = serde_json::Deserializer::from_str(text);
    let read = Once(&mut doubled).deserialize(&mut source);
    let value = read
        .and_then(|value| source.end().map(|()| value))
        .map_err(|e| {
            let line = text.split('\n').nth(e.line().saturating_sub(1));
            let line = line.unwrap_or_default();
            // the column of serde is in bytes, that of the fault or of the one before
            let at = match e.is_eof() {
                true => line.len(),
                false => floor_char_boundary(line, e.column().saturating_sub(1)),
            };
            let problem = place(e.line(), line[..at].chars().count() + 1).message(fault(&e));
            match line[at..].trim() {
                "" => problem,
                rest => problem.found(clip(rest)),
            }
        });
    let value = value.map_err(Problems::from)?;
    let told = doubled.found.iter();
    let told: Problems = told
        .map(|steps| Problem::new(&DOUBLE, pointer(steps)))
        .collect();
    match told.is_empty() {
        true => Ok(value),
        false => Err(told),
    }
}

/// The greatest place up to `at` where a character starts.
fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What is wrong with a text that is no JSON, in French.
fn fault(error: &serde_json::Error) -> String {
    const FAULTS: [(&str, &str); 12] = [
        ("EOF while parsing", "le texte s'arrête avant la fin"),
        ("expected `:`", "il manque « : » après le nom du champ"),
        ("expected `,` or `]`", "il manque « , » ou « ] »"),
        ("expected `,` or `}`", "il manque « , » ou « } »"),
        ("expected value", "une valeur est attendue"),
        (
            "key must be a string",
            "le nom d'un champ est un texte entre guillemets",
        ),
        ("trailing comma", "une virgule est de trop"),
        ("trailing characters", "du texte suit la fin"),
        (
            "control character",
            "un caractère de contrôle est dans un texte",
        ),
        ("invalid escape", "une suite « \\ » n'existe pas"),
        ("invalid number", "un nombre est mal formé"),
        ("recursion limit", "trop de niveaux sont imbriqués"),
    ];
    let text = error.to_string();
    match FAULTS.iter().find(|(start, _)| text.starts_with(start)) {
        Some((_, fault)) => format!("{} : {fault}", SYNTAX.text),
        None => SYNTAX.text.to_owned(),
    }
}
