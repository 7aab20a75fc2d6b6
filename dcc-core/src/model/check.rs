//! Checks that every document shares, and the [`Checker`] that runs them.

use std::fmt::{Display, Write};

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use super::rules;
use super::{
    AbsentReason, Address, Author, Code, Guardian, Header, Identifier, OrAbsent, Organization,
    PartialDateTime, Participant, Patient, Period, PersonName, Professional, ProfessionalId,
    RelatedPerson, Telecom,
};
use crate::cda::header::CITIZEN_DOMAIN;
use crate::identity::ins::InsKind;
use crate::identity::{finess, ins, oid, rpps};
use crate::problem::{Problem, Problems, Rule};
use crate::terminology::{Jdv, Terminology};
use crate::xml::is_xml_char;

/// Roots of the identifiers that make an organisation known to the nation:
/// *Struct_IdNat*, and the host of documents made by a patient.
const NATIONAL_ROOTS: [&str; 2] = [oid::ORGANIZATION, "1.2.250.1.213.4.1"];

/// Walks a model and gathers its problems, each with its JSON pointer.
pub struct Checker<'t> {
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
    pub fn new(terminology: &'t Terminology, header: &Header) -> Self {
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
    pub fn finish(self) -> Problems {
        self.problems
    }

    /// The value sets.
    pub fn terminology(&self) -> &'t Terminology {
        self.terminology
    }

    /// Runs `f` below `/field`.
    pub fn at<R>(&mut self, field: impl Display, f: impl FnOnce(&mut Self) -> R) -> R {
        let before = self.path.len();
        let _ = write!(self.path, "/{field}");
        let result = f(self);
        self.path.truncate(before);
        result
    }

    /// Runs `f` below `/field/0`, `/field/1`…
    pub fn each<T>(&mut self, field: &str, items: &[T], mut f: impl FnMut(&mut Self, &T)) {
        self.at(field, |c| {
            for (i, item) in items.iter().enumerate() {
                c.at(i, |c| f(c, item));
            }
        });
    }

    /// A breach of `rule` here, to complete.
    pub fn problem(&self, rule: &'static Rule) -> Problem {
        Problem::new(rule, self.path.clone())
    }

    /// A breach of `rule` at `/field`, to complete.
    pub fn problem_at(&self, field: &str, rule: &'static Rule) -> Problem {
        Problem::new(rule, format!("{}/{field}", self.path))
    }

    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// A breach of `rule` at `/field`, unless `holds`.
    pub fn require(&mut self, holds: bool, field: &str, rule: &'static Rule) {
        if !holds {
            self.problems.push(self.problem_at(field, rule));
        }
    }

    /// A text that must be there.
    pub fn required_text(&mut self, field: &str, text: &str) {
        self.require(!text.trim().is_empty(), field, &rules::REQUIRED);
    }

    /// Every text of the model: characters, empty texts, lone dashes.
    pub fn texts<T: Serialize>(&mut self, model: &T) {
        // one fast pass tells whether a slow one is of use
        let Ok(json) = serde_json::to_vec(model) else {
            return;
        };
        let suspect = json.iter().enumerate().any(|(i, &byte)| match byte {
            b'\\' => matches!(json.get(i + 1), Some(b'u' | b'b' | b'f')),
            b'"' => match json.get(i + 1) {
                // an empty text, not the end of one
                Some(b'"') => matches!(
                    i.checked_sub(1).and_then(|p| json.get(p)),
                    Some(b':' | b'[' | b',')
                ),
                Some(b'-') => json.get(i + 2) == Some(&b'"'),
                // white space at its start, perhaps nothing else
                Some(b' ') => true,
                Some(b'\\') => matches!(json.get(i + 2), Some(b'n' | b't' | b'r')),
                _ => false,
            },
            0xEF => matches!(json.get(i + 1..i + 3), Some([0xBF, 0xBE | 0xBF])),
            _ => false,
        });
        if suspect && let Ok(value) = serde_json::from_slice(&json) {
            self.text_values(&value);
        }
    }

    fn text_values(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                if text.trim_matches([' ', '\t', '\n', '\r']).is_empty() {
                    self.push(self.problem(&rules::EMPTY));
                } else if text == "-" {
                    self.push(self.problem(&rules::DASH));
                }
                if let Some(c) = text.chars().find(|&c| !is_xml_char(c)) {
                    self.push(
                        self.problem(&rules::CHARACTER)
                            .found(format!("U+{:04X}", c as u32)),
                    );
                }
            }
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.at(i, |c| c.text_values(item));
                }
            }
            Value::Object(fields) => {
                for (name, field) in fields {
                    self.at(name, |c| c.text_values(field));
                }
            }
            _ => {}
        }
    }

    /// A coded value that may be missing.
    pub fn code(&mut self, field: &str, code: Option<&Code>, jdv: Jdv) {
        if let Some(code) = code {
            let path = format!("{}/{field}", self.path);
            self.terminology
                .check_code(jdv, code, &path, self.on, &mut self.problems);
            self.at(field, |c| c.label(code.label.as_deref()));
        }
    }

    /// The label of a code, at `/label`.
    pub fn label(&mut self, label: Option<&str>) {
        let one_line = label.is_none_or(|l| !l.contains(['\n', '\r', '\t']));
        self.require(one_line, "label", &rules::LABEL);
    }

    /// A coded value that no value set binds.
    pub fn free_code(&mut self, field: &str, code: Option<&Code>) {
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
    pub fn distinct_ids(&mut self, field: &str, ids: &[Identifier]) {
        self.distinct(field, ids, |a, b| {
            a == b
                || (a.root.eq_ignore_ascii_case(&b.root)
                    && (a.extension.is_none() || b.extension.is_none()))
        });
    }

    /// An end that comes after its start.
    pub fn order(
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
    pub fn required_code(&mut self, field: &str, code: Option<&Code>, jdv: Jdv) {
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
    pub fn absence<T>(
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
    pub fn past(&mut self, field: &str, moment: Option<PartialDateTime>) {
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
    pub fn moment(&mut self, field: &str, moment: Option<PartialDateTime>) {
        if let Some(moment) = moment.filter(|m| m.lacks_zone()) {
            self.push(self.problem_at(field, &rules::ZONE).found(moment));
        }
    }

    /// A date and time that must be there.
    pub fn required_instant(&mut self, field: &str, moment: Option<PartialDateTime>) {
        match moment {
            None => self.push(self.problem_at(field, &rules::REQUIRED)),
            Some(m) if !m.has_time() => self.push(self.problem_at(field, &rules::INSTANT).found(m)),
            Some(_) => self.moment(field, moment),
        }
    }

    /// A period of any time.
    pub fn period(&mut self, field: &str, period: &Period) {
        self.at(field, |c| {
            c.moment("start", period.start);
            c.moment("end", period.end);
            c.order("end", period.start, period.end);
        });
    }

    /// A period of the past.
    pub fn past_period(&mut self, field: &str, period: &Period) {
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

    /// The header.
    pub fn header(&mut self, h: &Header) {
        self.at("header", |c| {
            c.at("id", |c| c.identifier(&h.id));
            c.at("set_id", |c| c.identifier(&h.set_id));
            c.versions(h);
            c.required_instant("created", h.created);
            c.code(
                "confidentiality",
                h.confidentiality.as_ref(),
                Jdv::Confidentiality,
            );
            if let Some(language) = &h.language {
                let form = language.len() == 5
                    && language.bytes().enumerate().all(|(i, b)| match i {
                        0 | 1 => b.is_ascii_lowercase(),
                        2 => b == b'-',
                        _ => b.is_ascii_uppercase(),
                    });
                if !form {
                    c.push(c.problem_at("language", &rules::LANGUAGE).found(language));
                }
            }
            c.patient(&h.patient);
            c.require(!h.authors.is_empty(), "authors", &rules::REQUIRED);
            c.each("authors", &h.authors, |c, a| {
                c.author(a);
                c.require(a.time.is_some(), "time", &rules::REQUIRED);
                c.at("professional", |c| {
                    c.organization_ids(&a.professional, true, true)
                });
            });
            c.at("custodian", |c| c.custodian(&h.custodian));
            c.each("recipients", &h.recipients, |c, p| c.recipient(p));
            c.at("legal_authenticator", |c| {
                c.required_instant("time", h.legal_authenticator.time);
                c.past_only("time", h.legal_authenticator.time);
                c.at("professional", |c| {
                    c.identified(&h.legal_authenticator.professional);
                    c.professional(&h.legal_authenticator.professional);
                    c.one_id(&h.legal_authenticator.professional);
                    c.organization_ids(&h.legal_authenticator.professional, true, true);
                });
            });
        });
    }

    fn versions(&mut self, h: &Header) {
        if h.version == 0 {
            self.push(self.problem_at("version", &rules::VERSION).found(h.version));
        }
        if (h.version > 1) != h.replaces.is_some() && h.version > 0 {
            self.push(
                self.problem_at("replaces", &rules::REPLACES)
                    .found(format!("version {}", h.version)),
            );
        }
        if let Some(replaced) = &h.replaces {
            self.at("replaces", |c| {
                c.at("id", |c| c.identifier(&replaced.id));
                if let Some(set_id) = &replaced.set_id {
                    c.at("set_id", |c| c.identifier(set_id));
                    if *set_id != h.set_id {
                        c.push(
                            c.problem_at("set_id", &rules::SAME_ID)
                                .found(set_id)
                                .allowed([h.set_id.to_string()]),
                        );
                    }
                }
                if replaced.id == h.id {
                    c.push(c.problem_at("id", &rules::SAME_ID).found(&replaced.id));
                }
                if replaced.version.is_some_and(|v| v >= h.version) {
                    c.push(
                        c.problem_at("version", &rules::VERSION)
                            .found(replaced.version.unwrap_or_default()),
                    );
                }
            });
        }
    }

    /// An identifier.
    pub fn identifier(&mut self, id: &Identifier) {
        if id.root.is_empty() {
            self.push(self.problem_at("root", &rules::REQUIRED));
        } else if !oid::is_oid(&id.root) && !oid::is_uuid(&id.root) {
            self.push(self.problem_at("root", &rules::ID_ROOT).found(&id.root));
        }
        self.require(id.root.len() <= 128, "root", &rules::ID_LENGTH);
        self.extension("extension", id.extension.as_deref());
    }

    /// The extension of an identifier, at `/field`.
    pub fn extension(&mut self, field: &str, extension: Option<&str>) {
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

    fn patient(&mut self, p: &Patient) {
        self.at("patient", |c| {
            c.required_text("birth_name", &p.birth_name);
            let given = p.birth_given_names.is_some()
                || p.first_birth_given_name.is_some()
                || p.used_given_name.is_some();
            c.require(given, "birth_given_names", &rules::REQUIRED);
            c.required_code("sex", p.sex.as_ref(), Jdv::J143AdministrativeGender);
            c.require(p.birth_date.is_some(), "birth_date", &rules::REQUIRED);
            c.moment("birth_date", p.birth_date);
            if let (Some(birth), Some(created)) = (p.birth_date, c.created)
                && created.is_before(birth)
            {
                c.push(c.problem_at("birth_date", &rules::FUTURE).found(birth));
            }
            if let Some(insee) = &p.birth_place_insee
                && !(insee.len() == 5 && insee.bytes().all(|b| b.is_ascii_alphanumeric()))
            {
                c.push(
                    c.problem_at("birth_place_insee", &rules::INSEE)
                        .found(insee),
                );
            }
            c.ins(p);
            c.extended_identifiers("local_ids", &p.local_ids);
            c.each("local_ids", &p.local_ids, |c, id| {
                c.require(
                    InsKind::from_oid(&id.root).is_none(),
                    "root",
                    &rules::INS_LOCAL,
                );
            });
            c.contacts(&p.addresses, &p.telecoms);
            c.each("telecoms", &p.telecoms, |c, t| {
                if t.uri.to_ascii_lowercase().contains(CITIZEN_DOMAIN) {
                    c.push(c.problem_at("uri", &rules::INS_MAIL).found(&t.uri));
                }
            });
            c.each("guardians", &p.guardians, |c, g: &Guardian| {
                c.at("name", |c| c.untitled_name(&g.name));
                c.contacts(&g.addresses, &g.telecoms);
            });
            for (field, persons) in [
                ("trusted_persons", &p.trusted_persons),
                ("persons_to_contact", &p.persons_to_contact),
            ] {
                c.each(field, persons, |c, person: &RelatedPerson| {
                    c.code(
                        "relation",
                        person.relation.as_ref(),
                        Jdv::J11RelationPatient,
                    );
                    c.at("name", |c| c.untitled_name(&person.name));
                    c.contacts(&person.addresses, &person.telecoms);
                });
            }
        });
    }

    fn ins(&mut self, p: &Patient) {
        let qualified = p.is_qualified();
        if qualified && (p.doubtful || p.fictitious) {
            self.push(
                self.problem_at("identity_status", &rules::INS_ATTRIBUTE)
                    .found("qualified"),
            );
        }
        if let Some(id) = &p.ins {
            let path = format!("{}/ins/matricule", self.path);
            ins::check(&id.matricule, &path, &mut self.problems);
            if !qualified {
                self.push(
                    self.problem_at("ins", &rules::INS_WITHHELD)
                        .allowed(["identity_status: qualified"]),
                );
            } else {
                for (field, present) in [
                    ("birth_given_names", p.birth_given_names.is_some()),
                    ("first_birth_given_name", p.first_birth_given_name.is_some()),
                    ("birth_place_insee", p.birth_place_insee.is_some()),
                ] {
                    self.require(present, field, &rules::INS_TRAITS);
                }
            }
        } else if qualified {
            self.push(
                self.problem_at("ins", &rules::REQUIRED)
                    .message("Une identité qualifiée a un matricule INS"),
            );
        }
        if let Some(address) = &p.mssante {
            if !address.ends_with(CITIZEN_DOMAIN) || address.contains([' ', ':']) {
                self.push(
                    self.problem_at("mssante", &rules::CITIZEN_MAIL)
                        .found(address),
                );
            }
            if !qualified {
                self.push(
                    self.problem_at("mssante", &rules::INS_WITHHELD)
                        .allowed(["identity_status: qualified"]),
                );
            }
        }
        if !(qualified && p.ins.is_some()) && p.local_ids.is_empty() {
            self.push(self.problem_at("local_ids", &rules::PATIENT_ID));
        }
    }

    /// Addresses and telecoms of the thing here.
    pub fn contacts(&mut self, addresses: &[Address], telecoms: &[Telecom]) {
        self.each("addresses", addresses, |c, a| c.address(a));
        self.each("telecoms", telecoms, |c, t| c.telecom(t));
        self.distinct("addresses", addresses, |a, b| a == b);
        self.distinct("telecoms", telecoms, |a, b| a.usage.is_some() && a == b);
    }

    /// An address.
    pub fn address(&mut self, a: &Address) {
        const USES: [&str; 5] = ["H", "HP", "HV", "WP", "TMP"];
        if let Some(usage) = a.usage.as_deref().filter(|u| !USES.contains(u)) {
            self.push(
                self.problem_at("usage", &rules::ADDRESS_USE)
                    .found(usage)
                    .allowed(USES),
            );
        }
        let parts = Address {
            usage: None,
            lines: Vec::new(),
            ..a.clone()
        };
        if a.lines.len() > 7 || (!a.lines.is_empty() && !parts.is_empty()) {
            self.push(
                self.problem_at("lines", &rules::ADDRESS_LINES)
                    .found(format!("{} lignes", a.lines.len())),
            );
        }
        if a.is_empty() {
            self.push(self.problem(&rules::EMPTY).message("L'adresse est vide"));
        }
    }

    /// A telecom.
    pub fn telecom(&mut self, t: &Telecom) {
        const PREFIXES: [&str; 6] = ["tel", "fax", "mailto", "http", "ftp", "mllp"];
        const USES: [&str; 9] = ["H", "HP", "HV", "WP", "DIR", "PUB", "EC", "MC", "PG"];
        let good = t.uri.split_once(':').is_some_and(|(prefix, rest)| {
            PREFIXES.contains(&prefix)
                && !rest.is_empty()
                && !t
                    .uri
                    .contains(|c: char| !c.is_ascii_graphic() || "<>\"{}|\\^`".contains(c))
        });
        if !good {
            let problem = self.problem_at("uri", &rules::TELECOM).found(&t.uri);
            self.push(problem.allowed(PREFIXES.iter().map(|p| format!("{p}:…"))));
        }
        if let Some(usage) = t.usage.as_deref().filter(|u| !USES.contains(u)) {
            self.push(
                self.problem_at("usage", &rules::TELECOM_USE)
                    .found(usage)
                    .allowed(USES),
            );
        }
    }

    /// The name of a person.
    pub fn name(&mut self, n: &PersonName) {
        self.required_text("family", &n.family);
        for (field, value, jdv) in [
            ("prefix", &n.prefix, Jdv::J245Civilite),
            ("suffix", &n.suffix, Jdv::J246Titre),
        ] {
            let Some(value) = value else { continue };
            let set = self.terminology.set(jdv);
            if set.find(value).is_none() {
                self.push(
                    self.problem_at(field, &rules::TITLE)
                        .found(value)
                        .allowed(set.iter().map(|c| &c.code)),
                );
            }
        }
    }

    /// The name of a person near the patient: the document has no place for
    /// a title.
    fn untitled_name(&mut self, n: &PersonName) {
        self.name(n);
        self.require(n.suffix.is_none(), "suffix", &rules::NOT_CARRIED);
    }

    /// A professional.
    pub fn professional(&mut self, p: &Professional) {
        self.professional_ids(p);
        self.code("specialty", p.specialty.as_ref(), Jdv::J01AuthorSpecialty);
        self.at("name", |c| c.name(&p.name));
        self.contacts(&p.addresses, &p.telecoms);
        if let Some(o) = &p.organization {
            self.at("organization", |c| c.organization(o));
        }
    }

    /// A professional who must have an identifier.
    pub fn identified(&mut self, p: &Professional) {
        self.require(!p.ids.is_empty(), "ids", &rules::REQUIRED);
    }

    /// A professional of whom the header carries one identifier.
    pub fn one_id(&mut self, p: &Professional) {
        if p.ids.len() > 1 {
            self.push(
                self.problem_at("ids/1", &rules::NOT_CARRIED)
                    .message("Le document ne porte ici qu'un identifiant du professionnel"),
            );
        }
    }

    /// The identifiers of a professional's organisation, where the header
    /// carries only one, or only national ones.
    pub fn organization_ids(&mut self, p: &Professional, one: bool, national: bool) {
        if let Some(o) = &p.organization {
            self.at("organization", |c| c.only_ids(o, one, national));
        }
    }

    fn only_ids(&mut self, o: &Organization, one: bool, national: bool) {
        const ONE: &str = "Le document ne porte ici qu'un identifiant de la structure";
        const NATIONAL: &str =
            "Le document ne porte ici que l'identifiant national de la structure";
        let mut known = usize::from(o.finess.is_some());
        if o.siret.is_some() {
            known += 1;
            if one && known > 1 {
                self.push(self.problem_at("siret", &rules::NOT_CARRIED).message(ONE));
            }
        }
        for (i, id) in o.other_ids.iter().enumerate() {
            known += 1;
            let reason = match () {
                () if national && !NATIONAL_ROOTS.contains(&id.root.as_str()) => NATIONAL,
                () if one && known > 1 => ONE,
                () => continue,
            };
            let problem = self.problem_at(&format!("other_ids/{i}"), &rules::NOT_CARRIED);
            self.push(problem.message(reason).found(id));
        }
    }

    fn professional_ids(&mut self, p: &Professional) {
        let ids: Vec<_> = p.ids.iter().map(ProfessionalId::to_identifier).collect();
        self.distinct_ids("ids", &ids);
        self.each("ids", &ids, |c, id| {
            c.extension("extension", id.extension.as_deref())
        });
        self.at("ids", |c| {
            for (i, id) in p.ids.iter().enumerate() {
                let path = |c: &Self, kind: &str| format!("{}/{i}/{kind}", c.path);
                match id {
                    ProfessionalId::Rpps(n) => rpps::check(n, &path(c, "rpps"), &mut c.problems),
                    ProfessionalId::Adeli(n) => {
                        rpps::check_adeli(n, &path(c, "adeli"), &mut c.problems)
                    }
                    ProfessionalId::National(n) => {
                        let path = path(c, "national");
                        rpps::check_national(n, &path, &mut c.problems);
                    }
                    ProfessionalId::Local(id) => c.at(i, |c| {
                        c.at("local", |c| {
                            c.identifier(id);
                            c.require(id.extension.is_some(), "extension", &rules::REQUIRED);
                        });
                    }),
                }
            }
        });
    }

    /// A FINESS number.
    pub fn finess(&mut self, field: &str, number: &str) {
        let path = format!("{}/{field}", self.path);
        finess::check(number, &path, &mut self.problems);
    }

    /// An organisation.
    pub fn organization(&mut self, o: &Organization) {
        if let Some(n) = &o.finess {
            self.finess("finess", n);
        }
        if let Some(n) = &o.siret {
            let path = format!("{}/siret", self.path);
            finess::check_siret(n, &path, &mut self.problems);
        }
        self.extended_identifiers("other_ids", &o.other_ids);
        self.code("sector", o.sector.as_ref(), Jdv::J04PracticeSetting);
        self.whole_organization(o);
        self.contacts(&o.addresses, &o.telecoms);
    }

    fn custodian(&mut self, o: &Organization) {
        self.organization(o);
        let national = o.finess.is_some()
            || o.siret.is_some()
            || o.other_ids
                .iter()
                .any(|id| NATIONAL_ROOTS.contains(&id.root.as_str()));
        self.only_ids(o, true, true);
        self.require(national, "finess", &rules::ORGANIZATION_ID);
        self.require(o.sector.is_none(), "sector", &rules::NOT_CARRIED);
        self.require(o.telecoms.len() <= 1, "telecoms/1", &rules::NOT_CARRIED);
        self.require(o.addresses.len() <= 1, "addresses/1", &rules::NOT_CARRIED);
    }

    /// An author.
    pub fn author(&mut self, a: &Author) {
        self.past("time", a.time);
        self.code("function", a.function.as_ref(), Jdv::J47FunctionCode);
        self.require(
            a.comment.is_none() || a.function.is_some(),
            "function",
            &rules::REQUIRED,
        );
        self.at("professional", |c| {
            c.identified(&a.professional);
            c.professional(&a.professional);
        });
    }

    /// A participant of the header: one identifier, of the person as of the
    /// organisation.
    pub fn participant(&mut self, p: &Participant) {
        self.participant_dates(p);
        self.at("professional", |c| {
            c.professional(&p.professional);
            c.one_id(&p.professional);
            c.organization_ids(&p.professional, true, false);
        });
    }

    pub(super) fn participant_dates(&mut self, p: &Participant) {
        self.moment("time", p.time);
        self.period("period", &p.period);
        self.require(
            p.time.is_none() || p.period.is_empty(),
            "period",
            &rules::ONE_MOMENT,
        );
    }
}
