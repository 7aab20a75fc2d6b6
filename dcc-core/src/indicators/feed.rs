//! Facts read from a vendor's tables: CSV and JSON lines (Arrow and Parquet
//! under the feature `arrow`).
//!
//! The columns carry the names of the fields of the facts, in any order;
//! those of optional fields may be absent. CSV: separator `;`, `,` or tab,
//! found in the header; UTF-8, with or without a byte order mark, else
//! Windows-1252, which French spreadsheets write. Booleans: `true`, `false`,
//! `1`, `0`, `oui`, `non`, `vrai`, `faux`. Dates: `2025-03-14` or
//! `14/03/2025`. An empty cell is an absent value.
//!
//! A line with a problem is refused whole, and all its problems are listed.

use std::borrow::Cow;
use std::ops::ControlFlow;

use serde_json::Value as Json;

use super::aggregate::Aggregate;
use super::cells::{Cell, Line, shown};
use super::facts::{
    Attendance, AttendanceFact, FicheFact, OfferFact, Origin, PpsFact, SessionFact,
};
use super::ledger::Ledger;
use super::rules;
use super::watch::{ROWS, Watch, unwatched, watched};
use crate::model::json;
use crate::problem::Problems;

/// A table of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// [`SessionFact`]s.
    Sessions,
    /// [`AttendanceFact`]s.
    Attendances,
    /// [`FicheFact`]s.
    Fiches,
    /// [`PpsFact`]s.
    Pps,
    /// [`OfferFact`]s, which the export lists and the aggregate ignores.
    Offers,
}

impl Table {
    /// Every table, with its name.
    pub const NAMES: [(Table, &'static str); 5] = [
        (Table::Sessions, "sessions"),
        (Table::Attendances, "attendances"),
        (Table::Fiches, "fiches"),
        (Table::Pps, "pps"),
        (Table::Offers, "offers"),
    ];

    /// The table of a name; none when no table has it.
    pub fn named(name: &str) -> Option<Self> {
        let mut known = Self::NAMES.into_iter();
        known
            .find(|(_, known)| *known == name)
            .map(|(table, _)| table)
    }

    /// The columns, and whether each is required.
    pub const fn columns(self) -> &'static [(&'static str, bool)] {
        match self {
            Table::Sessions => &[
                ("id", true),
                ("rcp", true),
                ("date", true),
                ("status", true),
                ("establishment", false),
                ("centre_3c", false),
                ("theme", false),
                ("quorum_reached", false),
            ],
            Table::Attendances => &[
                ("session", true),
                ("professional", true),
                ("specialty", false),
            ],
            Table::Fiches => &[
                ("id", true),
                ("version", true),
                ("session", true),
                ("patient", true),
                ("validated", true),
                ("attending_physician", false),
                ("attending_physician_mssante", false),
                ("g8", false),
                ("oncogeriatric_requested", false),
                ("fertility_preservation", false),
                ("trial_proposed", false),
                ("guideline_respected", false),
            ],
            Table::Pps => &[
                ("id", true),
                ("version", true),
                ("patient", true),
                ("validated_on", false),
                ("establishment", false),
                ("centre_3c", false),
                ("theme", false),
            ],
            Table::Offers => &[
                ("id", true),
                ("local_ids", false),
                ("name", true),
                ("theme", false),
                ("organ_systems", false),
                ("establishments", false),
                ("centre_3c", false),
                ("place", false),
                ("video_link", false),
                ("coordinators", false),
                ("secretariat", false),
                ("recurrence", false),
                ("capacity", false),
                ("enrolment_deadline", false),
                ("quorum_rule", false),
                ("recourse", false),
                ("closed_on", false),
            ],
        }
    }
}

/// One fact of any table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A session.
    Session(SessionFact),
    /// An attendance.
    Attendance(AttendanceFact),
    /// A version of a fiche.
    Fiche(FicheFact),
    /// A version of a PPS.
    Pps(PpsFact),
    /// A line of the offer.
    Offer(OfferFact),
}

/// Where the facts of a feed go, and what it says of its lines.
pub(super) trait Sink {
    /// Takes a fact.
    fn take(&mut self, fact: Fact, origin: Origin<'_>);
    /// Knows that some lines of the table were refused.
    fn refuse(&mut self, lines: u64);
    /// Told how many lines were read; whether to read on.
    fn goes_on(&mut self, _lines: usize) -> bool {
        true
    }
}

/// Checks the names of the columns; gives, when all the required ones are
/// there, the place of each known column.
pub(super) fn header(
    table: Table,
    names: &[&str],
    origin: Origin<'_>,
    ledger: &mut Ledger,
) -> Option<Vec<Option<usize>>> {
    let columns = table.columns();
    let mut places = vec![None; columns.len()];
    let mut ok = true;
    for (place, name) in names.iter().enumerate() {
        match columns.iter().position(|(column, _)| column == name) {
            None => ledger.add(origin, &rules::COLUMN, |p| {
                p.message("La colonne est inconnue ; elle n'est pas lue")
                    .found(shown(name))
                    .allowed(columns.iter().map(|c| c.0))
            }),
            Some(i) if places[i].is_some() => ledger.add(origin, &rules::COLUMN, |p| {
                p.message("La colonne est donnée deux fois ; seule la première est lue")
                    .found(name)
            }),
            Some(i) => places[i] = Some(place),
        }
    }
    for ((column, required), place) in columns.iter().zip(&places) {
        if *required && place.is_none() {
            ok = false;
            ledger.add(origin, &rules::MISSING, |p| {
                p.message(format!(
                    "La colonne « {column} » est obligatoire ; aucune ligne n'est lue"
                ))
            });
        }
    }
    ok.then_some(places)
}

/// Reads one line whose columns `get` knows.
pub(super) fn line<'c>(
    table: Table,
    origin: Origin<'_>,
    ledger: &mut Ledger,
    sink: &mut impl Sink,
    get: impl Fn(&str) -> Cell<'c>,
) {
    let mut line = Line {
        get,
        origin,
        ledger,
        ok: true,
    };
    match line.fact(table) {
        Some(fact) => sink.take(fact, origin),
        None => sink.refuse(1),
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

fn read_csv(table: Table, source: &str, bytes: &[u8], ledger: &mut Ledger, sink: &mut impl Sink) {
    let text = decode(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(&text))
        .flexible(true)
        .from_reader(text.as_bytes());
    let names = match reader.headers() {
        Ok(names) => names.clone(),
        Err(error) => {
            ledger.add(Origin::new(source, 1), &rules::LINE, |p| p.found(error));
            return;
        }
    };
    let names: Vec<&str> = names.iter().map(str::trim).collect();
    let places = header(table, &names, Origin::new(source, 1), ledger);
    let columns = table.columns();
    let mut record = csv::StringRecord::new();
    for lines in 0.. {
        if lines > 0 && lines % ROWS == 0 && !sink.goes_on(lines) {
            break;
        }
        let at = u32::try_from(reader.position().line()).unwrap_or(u32::MAX);
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let at = record
                    .position()
                    .map_or(at, |p| u32::try_from(p.line()).unwrap_or(u32::MAX));
                let origin = Origin::new(source, at);
                let Some(places) = &places else {
                    sink.refuse(1);
                    continue;
                };
                if record.len() != names.len() {
                    ledger.add(origin, &rules::LINE, |p| {
                        p.message("La ligne n'a pas autant de valeurs qu'il y a de colonnes")
                            .found(format!("{} valeurs", record.len()))
                            .allowed([format!("{} valeurs", names.len())])
                    });
                    sink.refuse(1);
                    continue;
                }
                line(table, origin, ledger, sink, |column| {
                    let index = columns.iter().position(|(name, _)| *name == column);
                    let place = index.and_then(|i| places[i]);
                    match place.and_then(|p| record.get(p)) {
                        Some(text) => Cell::Text(Cow::Borrowed(text)),
                        None => Cell::Absent,
                    }
                });
            }
            Err(error) => {
                ledger.add(Origin::new(source, at), &rules::LINE, |p| p.found(error));
                sink.refuse(1);
            }
        }
    }
}

fn json_cell(value: &Json) -> Cell<'_> {
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
                    .collect::<Option<Vec<Attendance>>>()
            };
            texts
                .map(Cell::List)
                .or_else(|| attendances().map(Cell::Attendances))
                .unwrap_or_else(|| Cell::Other(value.to_string()))
        }
        Json::Object(_) => Cell::Other(value.to_string()),
    }
}

fn read_json_lines(
    table: Table,
    source: &str,
    bytes: &[u8],
    ledger: &mut Ledger,
    sink: &mut impl Sink,
) {
    for (i, raw) in bytes.split(|&b| b == b'\n').enumerate() {
        if i > 0 && i % ROWS == 0 && !sink.goes_on(i) {
            break;
        }
        let origin = Origin::new(source, u32::try_from(i + 1).unwrap_or(u32::MAX));
        let raw = if i == 0 {
            raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw)
        } else {
            raw
        };
        if raw.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let object = match json::parse(raw) {
            Ok(Json::Object(object)) => object,
            Ok(_) => {
                ledger.add(origin, &rules::LINE, |p| p.allowed(["un objet JSON"]));
                sink.refuse(1);
                continue;
            }
            Err(problems) => {
                for told in problems {
                    // its line is that of the file; its column, or its field, stays
                    let place = told.path.strip_prefix("ligne 1, ").unwrap_or(&told.path);
                    let message = format!("{} ({place})", told.message);
                    ledger.add(origin, &rules::LINE, |p| {
                        p.message(message).allowed(["un objet JSON"])
                    });
                }
                sink.refuse(1);
                continue;
            }
        };
        let columns = table.columns();
        for name in object.keys() {
            let inside = table == Table::Sessions && name == "attendances";
            if !inside && !columns.iter().any(|(column, _)| column == name) {
                ledger.add(origin, &rules::COLUMN, |p| {
                    p.message("La colonne est inconnue ; elle n'est pas lue")
                        .found(shown(name))
                        .allowed(columns.iter().map(|c| c.0))
                });
            }
        }
        line(table, origin, ledger, sink, |column| {
            object.get(column).map_or(Cell::Absent, json_cell)
        });
    }
}

/// A feed: a table and the name that its problems carry.
#[derive(Clone, Copy, Debug)]
pub struct Feed<'a> {
    /// The table.
    pub table: Table,
    /// Name shown before the line of a problem, for example the file's; may
    /// be empty.
    pub source: &'a str,
}

impl<'a> Feed<'a> {
    /// A feed of a table.
    pub fn new(table: Table, source: &'a str) -> Self {
        Feed { table, source }
    }

    /// The facts of a CSV, with their lines; the problems of the others.
    pub fn csv(&self, bytes: &[u8]) -> (Vec<(Fact, u32)>, Problems) {
        let (mut ledger, mut list) = (Ledger::default(), List::default());
        read_csv(self.table, self.source, bytes, &mut ledger, &mut list);
        (list.0, ledger.into_problems())
    }

    /// The facts of JSON lines (one object a line), as [`Feed::csv`].
    pub fn json_lines(&self, bytes: &[u8]) -> (Vec<(Fact, u32)>, Problems) {
        let (mut ledger, mut list) = (Ledger::default(), List::default());
        read_json_lines(self.table, self.source, bytes, &mut ledger, &mut list);
        (list.0, ledger.into_problems())
    }

    /// The offer of a CSV; the problems of the lines left out.
    pub fn offers_csv(source: &str, bytes: &[u8]) -> (Vec<OfferFact>, Problems) {
        let (facts, problems) = Feed::new(Table::Offers, source).csv(bytes);
        (offers(facts), problems)
    }

    /// The offer of JSON lines; the problems of the lines left out.
    pub fn offers_json_lines(source: &str, bytes: &[u8]) -> (Vec<OfferFact>, Problems) {
        let (facts, problems) = Feed::new(Table::Offers, source).json_lines(bytes);
        (offers(facts), problems)
    }
}

pub(super) fn offers(facts: Vec<(Fact, u32)>) -> Vec<OfferFact> {
    let offer = |(fact, _)| {
        if let Fact::Offer(offer) = fact {
            Some(offer)
        } else {
            None
        }
    };
    facts.into_iter().filter_map(offer).collect()
}

#[derive(Default)]
pub(super) struct List(pub(super) Vec<(Fact, u32)>);

impl Sink for List {
    fn take(&mut self, fact: Fact, origin: Origin<'_>) {
        self.0.push((fact, origin.line));
    }
    fn refuse(&mut self, _: u64) {}
}

/// An aggregate while a table is read into it.
pub(super) struct Into<'a> {
    pub(super) aggregate: &'a mut Aggregate,
    pub(super) table: Table,
    pub(super) taken: usize,
    pub(super) watch: &'a mut dyn FnMut(usize) -> bool,
}

impl Sink for Into<'_> {
    fn take(&mut self, fact: Fact, origin: Origin<'_>) {
        self.taken += usize::from(self.aggregate.add(&fact, origin));
    }
    fn refuse(&mut self, lines: u64) {
        self.aggregate.refuse(self.table, lines);
    }
    fn goes_on(&mut self, lines: usize) -> bool {
        (self.watch)(lines)
    }
}

impl Aggregate {
    /// Adds one fact of any table. False when it is refused; an offer is not
    /// counted, and is ignored.
    pub fn add(&mut self, fact: &Fact, origin: Origin<'_>) -> bool {
        match fact {
            Fact::Session(fact) => self.add_session(fact, origin),
            Fact::Attendance(fact) => self.add_attendance(fact, origin),
            Fact::Fiche(fact) => self.add_fiche(fact, origin),
            Fact::Pps(fact) => self.add_pps(fact, origin),
            Fact::Offer(_) => false,
        }
    }

    /// Adds the facts of a CSV, line by line; how many were taken. What is
    /// wrong with the others is in [`Aggregate::problems`].
    pub fn add_csv(&mut self, feed: Feed<'_>, bytes: &[u8]) -> usize {
        unwatched(|watch| self.add_csv_watched(feed, bytes, watch))
    }

    /// As [`Aggregate::add_csv`], telling how many lines were read. When
    /// stopped, the facts of those lines are kept.
    pub fn add_csv_watched<B>(
        &mut self,
        feed: Feed<'_>,
        bytes: &[u8],
        watch: Watch<'_, B>,
    ) -> ControlFlow<B, usize> {
        self.read(feed, watch, |ledger, sink| {
            read_csv(feed.table, feed.source, bytes, ledger, sink);
        })
    }

    /// Adds the facts of JSON lines, as [`Aggregate::add_csv`].
    pub fn add_json_lines(&mut self, feed: Feed<'_>, bytes: &[u8]) -> usize {
        unwatched(|watch| self.add_json_lines_watched(feed, bytes, watch))
    }

    /// Adds the facts of JSON lines, as [`Aggregate::add_csv_watched`].
    pub fn add_json_lines_watched<B>(
        &mut self,
        feed: Feed<'_>,
        bytes: &[u8],
        watch: Watch<'_, B>,
    ) -> ControlFlow<B, usize> {
        self.read(feed, watch, |ledger, sink| {
            read_json_lines(feed.table, feed.source, bytes, ledger, sink);
        })
    }

    /// Reads a table into the aggregate; how many facts were taken.
    pub(super) fn read<B>(
        &mut self,
        feed: Feed<'_>,
        watch: Watch<'_, B>,
        read: impl FnOnce(&mut Ledger, &mut Into<'_>),
    ) -> ControlFlow<B, usize> {
        watched(watch, |watch| {
            let mut ledger = Ledger::default();
            let mut sink = Into {
                aggregate: self,
                table: feed.table,
                taken: 0,
                watch,
            };
            read(&mut ledger, &mut sink);
            let taken = sink.taken;
            self.note(ledger);
            taken
        })
    }
}
