//! Facts as CSV.

use std::borrow::Cow;
use std::io::Cursor;

use super::cells::{self, Cell};
use super::{Source, Step, line_number};
use crate::indicators::problem_log::ProblemLog;
use crate::indicators::rules;

/// The records that are left.
#[derive(Debug)]
pub(super) struct CsvRows<'a> {
    source: Source<'a>,
    reader: csv::Reader<Cursor<Cow<'a, [u8]>>>,
    /// Number of columns of the header.
    width: usize,
    /// Place of each known column; none when a required one is not there.
    places: Option<Vec<Option<usize>>>,
    record: csv::StringRecord,
    /// The header cannot be read.
    broken: bool,
}

impl<'a> CsvRows<'a> {
    pub(super) fn new(source: Source<'a>, bytes: &'a [u8], log: &mut ProblemLog) -> Self {
        let text = decode(bytes);
        let separator = separator(&text);
        let bytes = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .from_reader(Cursor::new(bytes));
        let (mut width, mut places, mut broken) = (0, None, false);
        match reader.headers() {
            Ok(names) => {
                let names: Vec<&str> = names.iter().map(str::trim).collect();
                width = names.len();
                places = cells::header(source.table, &names, source.at(1), log);
            }
            Err(error) => {
                broken = true;
                log.add(source.at(1), &rules::LINE, |p| p.found(error));
            }
        }
        CsvRows {
            source,
            reader,
            width,
            places,
            record: csv::StringRecord::new(),
            broken,
        }
    }

    pub(super) fn next(&mut self, log: &mut ProblemLog) -> Step {
        if self.broken {
            return Step::End;
        }
        let at = line_number(self.reader.position().line());
        match self.reader.read_record(&mut self.record) {
            Ok(false) => Step::End,
            Ok(true) => {
                let record = &self.record;
                let line = record.position().map_or(at, |p| line_number(p.line()));
                let Some(places) = &self.places else {
                    return Step::refused(line);
                };
                let origin = self.source.at(line);
                if record.len() != self.width {
                    log.add(origin, &rules::LINE, |p| {
                        p.message("La ligne n'a pas autant de valeurs qu'il y a de colonnes")
                            .found(format!("{} valeurs", record.len()))
                            .allowed([format!("{} valeurs", self.width)])
                    });
                    return Step::refused(line);
                }
                let fact = cells::fact(self.source.table, origin, log, |at, _| {
                    let place = places.get(at).copied().flatten();
                    match place.and_then(|place| record.get(place)) {
                        Some(text) => Cell::Text(Cow::Borrowed(text)),
                        None => Cell::Absent,
                    }
                });
                Step::row(line, fact)
            }
            Err(error) => {
                log.add(self.source.at(at), &rules::LINE, |p| p.found(error));
                Step::refused(at)
            }
        }
    }
}

fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0,
    }
}

fn separator(text: &str) -> u8 {
    let mut counts = [(b';', 0), (b',', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => counts
                .iter_mut()
                .filter(|c| c.0 == byte)
                .for_each(|c| c.1 += 1),
            _ => (),
        }
    }
    let most = counts.iter().map(|c| c.1).max().unwrap_or_default();
    counts.iter().find(|c| c.1 == most).map_or(b';', |c| c.0)
}
