//! Facts as JSON lines: one object per line.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::cells::{self, Cell, shown};
use super::{Source, Step};
use crate::facts::{FactTable, SessionAttendance};
use crate::indicators::problem_log::ProblemLog;
use crate::indicators::rules;
use crate::model::json;

/// The lines that are left.
#[derive(Debug)]
pub(super) struct JsonRows<'a> {
    source: Source<'a>,
    rest: Option<&'a [u8]>,
    line: u32,
}

impl<'a> JsonRows<'a> {
    pub(super) fn new(source: Source<'a>, bytes: &'a [u8]) -> Self {
        JsonRows {
            source,
            rest: Some(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
            line: source.first_line,
        }
    }

    pub(super) fn next(&mut self, log: &mut ProblemLog) -> Step {
        let Some(rest) = self.rest else {
            return Step::End;
        };
        let raw = match rest.iter().position(|&byte| byte == b'\n') {
            Some(end) => {
                self.rest = Some(&rest[end + 1..]);
                &rest[..end]
            }
            None => {
                self.rest = None;
                rest
            }
        };
        let line = self.line;
        self.line = line.saturating_add(1);
        if raw.iter().all(u8::is_ascii_whitespace) {
            // what follows the last end of line is no line
            return match self.rest {
                None if raw.is_empty() => Step::End,
                _ => Step::Blank,
            };
        }
        let origin = self.source.at(line);
        let object = match json::parse(raw) {
            Ok(Json::Object(object)) => object,
            Ok(_) => {
                log.add(origin, &rules::LINE, |p| p.allowed(["un objet JSON"]));
                return Step::refused(line);
            }
            Err(problems) => {
                for found in problems {
                    // its line is that of the file; its column, or its field, stays
                    let place = found.path.strip_prefix("ligne 1, ").unwrap_or(&found.path);
                    let message = format!("{} ({place})", found.message);
                    log.add(origin, &rules::LINE, |p| {
                        p.message(message).allowed(["un objet JSON"])
                    });
                }
                return Step::refused(line);
            }
        };
        let table = self.source.table;
        let columns = table.columns();
        for name in object.keys() {
            let inside = table == FactTable::Sessions && name == cells::ATTENDANCES;
            if !inside && !columns.iter().any(|(column, _)| column == name) {
                log.add(origin, &rules::COLUMN, |p| {
                    p.message("La colonne est inconnue ; elle n'est pas lue")
                        .found(shown(name))
                        .allowed(columns.iter().map(|c| c.0))
                });
            }
        }
        let fact = cells::fact(table, origin, log, |_, column| {
            object.get(column).map_or(Cell::Absent, cell)
        });
        Step::row(line, fact)
    }
}

fn cell(value: &Json) -> Cell<'_> {
    match value {
        Json::Null => Cell::Absent,
        Json::Bool(b) => Cell::Bool(*b),
        Json::String(s) => Cell::Text(Cow::Borrowed(s)),
        Json::Number(n) => match n.as_i64() {
            Some(i) => Cell::Int(i),
            None => Cell::Text(Cow::Owned(n.to_string())),
        },
        Json::Array(items) => {
            let texts: Option<Vec<_>> = items
                .iter()
                .map(|i| i.as_str().map(Cow::Borrowed))
                .collect();
            let attendances = || {
                items
                    .iter()
                    .map(|i| serde_json::from_value(i.clone()).ok())
                    .collect::<Option<Vec<SessionAttendance>>>()
            };
            texts
                .map(Cell::List)
                .or_else(|| attendances().map(Cell::Attendances))
                .unwrap_or_else(|| Cell::Other(value.to_string()))
        }
        Json::Object(_) => Cell::Other(value.to_string()),
    }
}
