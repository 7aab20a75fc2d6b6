//! Checks that every document shares, and the [`Checker`] that runs them.
//!
//! - `header`: the header
//! - `persons`: persons, organisations and their contacts
//! - `context`: the care around a document
//! - `clinical`: tumours, phase, screening

mod clinical;
mod context;
mod header;
mod persons;

use std::fmt::{Display, Write};

use chrono::NaiveDate;
use dcc_json::walk::{Leaf, walk};
use serde::Serialize;

use super::rules;
use super::{AbsentReason, Code, Header, Identifier, OrAbsent, PartialDateTime, Period};
use crate::identity::oid;
use crate::problem::{Problem, Problems, Rule};
use crate::terminology::{Jdv, Terminology};
use crate::xml::is_xml_char;

/// Walks a model and gathers its problems, each with its JSON pointer.
pub(crate) struct Checker<'t> {
    terminology: &'t Terminology,
    path: String,
    problems: Problems,
    /// The day the codes must be in force.
    on: Option<NaiveDate>,
    created: Option<PartialDateTime>,
    birth: Option<PartialDateTime>,
}

impl<'t> Checker<'t> {
    /// A checker for a document with this header.
    pub(crate) fn new(terminology: &'t Terminology, header: &Header) -> Self {
        Checker {
            terminology,
            path: String::new(),
            problems: Problems::new(),
            on: header.created.and_then(PartialDateTime::to_date),
            created: header.created,
            // a birth after the document is wrong itself, and says nothing of the other dates
            birth: header
                .patient
                .birth_date
                .filter(|b| header.created.is_none_or(|c| !c.is_before(*b))),
        }
    }

    /// The problems found.
    pub(crate) fn finish(self) -> Problems {
        self.problems
    }

    /// The value sets.
    pub(crate) fn terminology(&self) -> &'t Terminology {
        self.terminology
    }

    /// Runs `f` below `/field`.
    pub(crate) fn at<R>(&mut self, field: impl Display, f: impl FnOnce(&mut Self) -> R) -> R {
        let before = self.path.len();
        let _ = write!(self.path, "/{field}");
        let result = f(self);
        self.path.truncate(before);
        result
    }

    /// Runs `f` below `/field/0`, `/field/1`…
    pub(crate) fn each<T>(&mut self, field: &str, items: &[T], mut f: impl FnMut(&mut Self, &T)) {
        self.at(field, |c| {
            for (i, item) in items.iter().enumerate() {
                c.at(i, |c| f(c, item));
            }
        });
    }

    /// A breach of `rule` here, to complete.
    pub(crate) fn problem(&self, rule: &'static Rule) -> Problem {
        Problem::new(rule, self.path.clone())
    }

    /// A breach of `rule` at `/field`, to complete.
    pub(crate) fn problem_at(&self, field: &str, rule: &'static Rule) -> Problem {
        Problem::new(rule, format!("{}/{field}", self.path))
    }

    /// Adds a problem.
    pub(crate) fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// A breach of `rule` at `/field`, unless `holds`.
    pub(crate) fn require(&mut self, holds: bool, field: &str, rule: &'static Rule) {
        if !holds {
            self.problems.push(self.problem_at(field, rule));
        }
    }

    /// A text that must be there.
    pub(crate) fn required_text(&mut self, field: &str, text: &str) {
        self.require(!text.trim().is_empty(), field, &rules::REQUIRED);
    }

    /// Every text of the model: characters, empty texts, lone dashes; and every
    /// number that is none.
    pub(crate) fn texts<T: Serialize>(&mut self, model: &T) {
        walk(model, &mut |place, leaf| {
            let text = match leaf {
                Leaf::Text(text) => text,
                Leaf::NotFinite => {
                    let path = self.path.clone() + &place.pointer();
                    self.problems
                        .push(Problem::new(&dcc_json::rules::NUMBER, path));
                    return;
                }
            };
            let mut tell = |rule: &'static Rule, found: Option<String>| {
                let mut problem = Problem::new(rule, self.path.clone() + &place.pointer());
                problem.found = found;
                self.problems.push(problem);
            };
            if text == "-" {
                tell(&rules::DASH, None);
            } else if text.trim_matches([' ', '\t', '\n', '\r']).is_empty() {
                tell(&rules::EMPTY, None);
            }
            if let Some(c) = forbidden(text) {
                tell(&rules::CHARACTER, Some(format!("U+{:04X}", c as u32)));
            }
        });
    }

    /// A coded value that may be missing.
    pub(crate) fn code(&mut self, field: &str, code: Option<&Code>, jdv: Jdv) {
        if let Some(code) = code {
            let path = format!("{}/{field}", self.path);
            self.terminology
                .check_code(jdv, code, &path, self.on, &mut self.problems);
            self.at(field, |c| c.label(code.label.as_deref()));
        }
    }

    /// The label of a code, at `/label`.
    pub(crate) fn label(&mut self, label: Option<&str>) {
        let one_line = label.is_none_or(|l| !l.contains(['\n', '\r', '\t']));
        self.require(one_line, "label", &rules::LABEL);
    }

    /// A coded value that no value set binds.
    pub(crate) fn free_code(&mut self, field: &str, code: Option<&Code>) {
        let Some(code) = code else { return };
        let good = !code.code.is_empty()
            && !code.code.contains(char::is_whitespace)
            && code.system.as_deref().is_none_or(oid::is_oid);
        if !good {
            self.push(self.problem_at(field, &rules::FREE_CODE).found(code));
        }
        self.at(field, |c| c.label(code.label.as_deref()));
    }

    /// Items that must differ from those before them.
    fn distinct<T>(&mut self, field: &str, items: &[T], same: impl Fn(&T, &T) -> bool) {
        for (i, item) in items.iter().enumerate() {
            if items[..i].iter().any(|before| same(before, item)) {
                self.push(self.problem_at(&format!("{field}/{i}"), &rules::DUPLICATE));
            }
        }
    }

    /// Identifiers that must differ: one root without an extension forbids
    /// any other under that root.
    pub(crate) fn distinct_ids(&mut self, field: &str, ids: &[Identifier]) {
        self.distinct(field, ids, |a, b| {
            a == b
                || (a.root.eq_ignore_ascii_case(&b.root)
                    && (a.extension.is_none() || b.extension.is_none()))
        });
    }

    /// An end that comes after its start.
    pub(crate) fn order(
        &mut self,
        field: &str,
        start: Option<PartialDateTime>,
        end: Option<PartialDateTime>,
    ) {
        let (Some(start), Some(end)) = (start, end) else {
            return;
        };
        // the rule compares the forms as they are written, whatever their zones
        if end.hl7().to_string() <= start.hl7().to_string() || end.is_before(start) {
            self.push(
                self.problem_at(field, &rules::ORDER)
                    .found(end)
                    .allowed([format!("après {start}")]),
            );
        }
    }

    /// A coded value that must be there.
    pub(crate) fn required_code(&mut self, field: &str, code: Option<&Code>, jdv: Jdv) {
        if code.is_none() {
            let set = self.terminology.set(jdv);
            let mut problem = self.problem_at(field, &rules::REQUIRED);
            if set.len() <= 12 {
                problem = problem.allowed(set.iter());
            }
            self.push(problem);
        }
        self.code(field, code, jdv);
    }

    /// A reason of absence, among those the volet admits here.
    pub(crate) fn absence<T>(
        &mut self,
        field: &str,
        stated: Option<&OrAbsent<T>>,
        allowed: &[AbsentReason],
    ) {
        if let Some(absence) = stated.and_then(OrAbsent::absence)
            && !allowed.contains(&absence)
        {
            self.push(
                self.problem_at(field, &rules::ABSENCE)
                    .found(absence.label())
                    .allowed(allowed.iter().map(|a| a.label())),
            );
        }
    }

    /// A date of the past.
    pub(crate) fn past(&mut self, field: &str, moment: Option<PartialDateTime>) {
        self.moment(field, moment);
        if let (Some(moment), Some(created)) = (moment, self.created)
            && created.is_before(moment)
        {
            self.push(
                self.problem_at(field, &rules::FUTURE)
                    .found(moment)
                    .allowed([format!("jusqu'au {created}")]),
            );
        }
        if let (Some(moment), Some(birth)) = (moment, self.birth)
            && moment.is_before(birth)
        {
            self.push(
                self.problem_at(field, &rules::BEFORE_BIRTH)
                    .found(moment)
                    .allowed([format!("à partir du {birth}")]),
            );
        }
    }

    /// A date of any time.
    pub(crate) fn moment(&mut self, field: &str, moment: Option<PartialDateTime>) {
        if let Some(moment) = moment.filter(|m| m.lacks_zone()) {
            self.push(self.problem_at(field, &rules::ZONE).found(moment));
        }
    }

    /// A date and time that must be there.
    pub(crate) fn required_instant(&mut self, field: &str, moment: Option<PartialDateTime>) {
        match moment {
            None => self.push(self.problem_at(field, &rules::REQUIRED)),
            Some(m) if !m.has_time() => self.push(self.problem_at(field, &rules::INSTANT).found(m)),
            Some(_) => self.moment(field, moment),
        }
    }

    /// A period of any time.
    pub(crate) fn period(&mut self, field: &str, period: &Period) {
        self.at(field, |c| {
            c.moment("start", period.start);
            c.moment("end", period.end);
            c.order("end", period.start, period.end);
        });
    }

    /// A period of the past.
    pub(crate) fn past_period(&mut self, field: &str, period: &Period) {
        self.period(field, period);
        self.at(field, |c| {
            c.past_only("start", period.start);
            c.past_only("end", period.end);
        });
    }

    fn past_only(&mut self, field: &str, moment: Option<PartialDateTime>) {
        if moment.is_some_and(|m| !m.lacks_zone()) {
            self.past(field, moment);
        }
    }

    /// An identifier.
    pub(crate) fn identifier(&mut self, id: &Identifier) {
        if id.root.is_empty() {
            self.push(self.problem_at("root", &rules::REQUIRED));
        } else if !oid::is_oid(&id.root) && !oid::is_uuid(&id.root) {
            self.push(self.problem_at("root", &rules::ID_ROOT).found(&id.root));
        }
        self.require(id.root.len() <= 128, "root", &rules::ID_LENGTH);
        self.extension("extension", id.extension.as_deref());
    }

    /// The extension of an identifier, at `/field`.
    pub(crate) fn extension(&mut self, field: &str, extension: Option<&str>) {
        let length = extension.map_or(0, |e| e.chars().count());
        if length > 64 {
            self.push(
                self.problem_at(field, &rules::ID_LENGTH)
                    .found(format!("{length} caractères")),
            );
        }
    }

    /// Identifiers whose extension is required.
    fn extended_identifiers(&mut self, field: &str, ids: &[Identifier]) {
        self.each(field, ids, |c, id| {
            c.identifier(id);
            c.require(id.extension.is_some(), "extension", &rules::REQUIRED);
        });
        self.distinct_ids(field, ids);
    }
}

/// The first character of a text that XML 1.0 forbids. Only these bytes can be
/// a part of one: controls, and the start of U+FFFE and U+FFFF.
fn forbidden(text: &str) -> Option<char> {
    let suspect = text
        .bytes()
        .any(|b| (b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0xEF);
    if !suspect {
        return None;
    }
    text.chars().find(|&c| !is_xml_char(c))
}
