//! FINESS, `etalab-cs1100502` and `etalab-cs1100507`: no header, `;`, no
//! quotes; a line `structureet` per establishment, 32 cells. Lines
//! `geolocalisation` are passed over.

use std::borrow::Cow;

use dcc_base::problem::Problem;

use super::cells::Cells;
use super::feed::{Feed, Limits};
use super::ledger::{Ledger, at_line, clip};
use super::lines::{Line, Lines};
use crate::build::store::Store;
use crate::build::structures::StructureCells;
use crate::edition::Source;
use crate::rules;

const CELLS: usize = 32;

/// The reader of the CSV edition.
pub(crate) struct FinessCsv {
    lines: Lines,
    inner: Inner,
}

#[derive(Default)]
struct Inner {
    cells: Cells,
    count: u64,
    windows: bool,
}

impl FinessCsv {
    pub(crate) fn new(limits: Limits) -> Self {
        FinessCsv {
            lines: Lines::new(limits.line),
            inner: Inner::default(),
        }
    }
}

impl Feed for FinessCsv {
    fn feed(&mut self, chunk: &[u8], store: &mut Store, ledger: &mut Ledger) {
        let FinessCsv { lines, inner } = self;
        lines.feed(chunk, |number, line| {
            inner.line(number, line, store, ledger)
        });
    }

    fn end(&mut self, store: &mut Store, ledger: &mut Ledger) -> u64 {
        let FinessCsv { lines, inner } = self;
        lines.end(|number, line| inner.line(number, line, store, ledger));
        inner.count
    }
}

impl Inner {
    fn line(&mut self, number: u64, line: Line<'_>, store: &mut Store, ledger: &mut Ledger) {
        let (bytes, ended) = match line {
            Line::Whole { bytes, ended } => (bytes, ended),
            Line::TooLong => return ledger.refuse(&rules::LINE_TOO_LONG, number, ""),
        };
        let text: Cow<'_, str> = match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').into(),
            Err(_) => {
                if !std::mem::replace(&mut self.windows, true) {
                    ledger.line(&rules::WINDOWS_1252, number, "");
                }
                encoding_rs::WINDOWS_1252
                    .decode_without_bom_handling(bytes)
                    .0
            }
        };
        let count = self.cells.split(text.as_bytes(), b';');
        let kind = self.cells.get(&text, 0);
        if number == 1 {
            if kind == "finess" && self.cells.get(&text, 1) == "etalab" {
                return;
            }
            ledger.line(&rules::FINESS_HEADER, number, &text);
        }
        match kind {
            "" if count == 1 => {}
            "geolocalisation" => {}
            "structureet" => {
                self.count += 1;
                if count >= CELLS {
                    self.structure(number, &text, store, ledger);
                } else if ended {
                    ledger.refuse(
                        &rules::CELLS,
                        number,
                        &format!("{count} cellules au lieu de {CELLS}"),
                    );
                } else {
                    ledger.refuse(&rules::TRUNCATED, number, "");
                }
            }
            _ => {
                self.count += 1;
                ledger.refuse(
                    if ended {
                        &rules::FINESS_LINE
                    } else {
                        &rules::TRUNCATED
                    },
                    number,
                    kind,
                );
            }
        }
    }

    fn structure(&mut self, line: u64, text: &str, store: &mut Store, ledger: &mut Ledger) {
        let cell = |i: usize| self.cells.get(text, i).trim();
        // an empty day is written as the first of January 1900
        let date = |i: usize| Some(cell(i)).filter(|d| *d != "1900-01-01").unwrap_or("");
        if cell(1).is_empty() {
            return ledger.refuse(&rules::ID_MISSING, line, "");
        }
        for (i, number) in [(1, cell(1)), (2, cell(2))] {
            check_finess(
                number,
                || format!("{}, cellule {}", at_line(line), i + 1),
                ledger,
            );
        }
        let department = cell(13);
        let commune = format!("{department}{}", cell(12));
        // FINESS has codes of its own for the departments overseas (9A…)
        let own_code = department.len() == 2
            && department.starts_with('9')
            && !department.bytes().all(|b| b.is_ascii_digit());
        let commune = if commune.len() == 5 && !own_code {
            commune.as_str()
        } else {
            ""
        };
        let routing = cell(15);
        let postal = routing
            .get(..5)
            .filter(|p| p.bytes().all(|b| b.is_ascii_digit()))
            .unwrap_or("");
        store.structure(&StructureCells {
            source: Source::FinessCsv.number(),
            finess: cell(1),
            legal_finess: cell(2),
            siret: cell(22),
            name: cell(3),
            long_name: cell(4),
            recipient: cell(5),
            access_point: cell(6),
            number: cell(7),
            repetition: cell(10),
            street_type: ("", cell(8)),
            street: cell(9),
            mention: cell(11),
            place: [routing, postal, commune, "", "", "", department, cell(14)],
            phone: cell(16),
            fax: cell(17),
            category: (cell(18), cell(19)),
            category_group: (cell(20), cell(21)),
            ape: cell(23),
            tariff_mode: (cell(24), cell(25)),
            hospital_service: (cell(26), cell(27)),
            opened: date(28),
            authorized: date(29),
            updated: date(30),
            school_number: cell(31),
            ..StructureCells::default()
        });
    }
}

/// Warns of a false key. Letters, which newer numbers hold, are no fault: only
/// the forms whose key is known are checked.
pub(crate) fn check_finess(number: &str, path: impl FnOnce() -> String, ledger: &mut Ledger) {
    use dcc_base::identity::{finess, luhn};
    if finess::has_form(number) && !luhn::is_valid(&number.replace('A', "1").replace('B', "2")) {
        let rule = &dcc_base::identity::rules::FINESS_KEY;
        ledger.add(rule, || Problem::new(rule, path()).found(clip(number)));
    }
}
