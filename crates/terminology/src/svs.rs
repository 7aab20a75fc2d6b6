//! Reads the value-set files of the ANS: IHE SVS `RetrieveValueSetResponse`.
//!
//! One file holds one value set. Attributes read: `id`, `displayName`,
//! `version`, `effectiveDate`, `revisionDate` and `dateFin` of `ValueSet`;
//! `code`, `codeSystem`, `displayName`, `dateValid` and `dateFin` of
//! `Concept`. A code is kept as written, since conformity checks compare it
//! so; a label loses the spaces around it. The suffix `.tabs` that the ANS
//! leaves in the name of some sets is dropped. A set that has ended
//! (`dateFin`) ends each of its concepts.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::index::StableHasher;
use super::rules;
use super::value_set::{Concept, ValueSet};
use dcc_base::identity::oid::is_oid;
use dcc_base::problem::{Problem, Problems, Rule};

/// Namespace of IHE SVS.
const SVS: Namespace<'static> = Namespace("urn:ihe:iti:svs:2008");

impl ValueSet {
    /// Reads an IHE SVS file, as the ANS publishes its *jeux de valeurs*.
    /// Any namespace prefix will do.
    ///
    /// # Errors
    /// Every problem of the file, when one at least is blocking (rules
    /// `JDV-SVS-…`). [`Self::read_svs`] gives the warnings of a file that can
    /// be read as well.
    pub fn from_svs(xml: &[u8]) -> Result<ValueSet, Problems> {
        let mut problems = Problems::new();
        match ValueSet::read_svs(xml, &mut problems) {
            Some(set) => Ok(set),
            None => Err(problems),
        }
    }

    /// Reads an IHE SVS file and adds its problems to `problems`; none when
    /// one of them is blocking.
    pub fn read_svs(xml: &[u8], problems: &mut Problems) -> Option<ValueSet> {
        let mut found = Problems::new();
        let set = match std::str::from_utf8(xml) {
            Ok(text) => SvsReader::new(text, &mut found).read(),
            Err(error) => {
                found.push(
                    Problem::new(
                        &rules::SVS_XML,
                        line_path(&xml[..error.valid_up_to()], error.valid_up_to()),
                    )
                    .message("Le fichier n'est pas en UTF-8"),
                );
                None
            }
        };
        let blocked = found.has_blocking();
        problems.extend(found);
        set.filter(|_| !blocked)
    }
}

/// `ligne N`, for a position in the file.
fn line_path(xml: &[u8], position: usize) -> String {
    let before = &xml[..position.min(xml.len())];
    format!(
        "ligne {}",
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    )
}

/// The element names of the format.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Response,
    ValueSet,
    ConceptList,
    Concept,
    Other,
}

/// Attributes of the element `ValueSet`.
#[derive(Default)]
struct Header {
    oid: String,
    name: String,
    version: Option<String>,
    effective: Option<NaiveDate>,
    revised: Option<NaiveDate>,
    end: Option<NaiveDate>,
}

struct SvsReader<'a> {
    text: &'a str,
    problems: &'a mut Problems,
    /// Where the last element began, and the number of its line.
    line: (usize, usize),
    header: Option<Header>,
    response: bool,
    /// One list a language; the language is blank when not stated.
    lists: Vec<(String, Vec<Concept>)>,
}

impl<'a> SvsReader<'a> {
    fn new(text: &'a str, problems: &'a mut Problems) -> Self {
        SvsReader {
            text,
            problems,
            line: (0, 1),
            header: None,
            response: false,
            lists: Vec::new(),
        }
    }

    fn read(mut self) -> Option<ValueSet> {
        let mut reader = NsReader::from_str(self.text);
        let mut depth = 0usize;
        loop {
            let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match reader.read_resolved_event() {
                Err(error) => {
                    let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                    self.malformed(at, &error.to_string());
                    return None;
                }
                Ok((_, Event::DocType(_))) => {
                    self.malformed(start, "le fichier porte une DTD");
                    return None;
                }
                Ok((_, Event::Eof)) => break,
                Ok((namespace, Event::Start(element))) => {
                    depth += 1;
                    self.element(start, namespace, &element)?;
                }
                Ok((namespace, Event::Empty(element))) => {
                    self.element(start, namespace, &element)?;
                }
                Ok((_, Event::End(_))) => depth = depth.saturating_sub(1),
                Ok(_) => {}
            }
        }
        if depth > 0 {
            self.malformed(
                self.text.len(),
                "le fichier s'arrête avant la fin de ses éléments",
            );
            return None;
        }
        self.finish()
    }

    /// One element; none when the rest of the file cannot be read.
    fn element(
        &mut self,
        start: usize,
        namespace: ResolveResult<'_>,
        element: &BytesStart<'_>,
    ) -> Option<()> {
        self.advance(start);
        let kind = match (namespace, element.local_name().as_ref()) {
            (ResolveResult::Bound(SVS), "RetrieveValueSetResponse") => Element::Response,
            (ResolveResult::Bound(SVS), "ValueSet") => Element::ValueSet,
            (ResolveResult::Bound(SVS), "ConceptList") => Element::ConceptList,
            (ResolveResult::Bound(SVS), "Concept") => Element::Concept,
            _ => Element::Other,
        };
        let mut attributes = Vec::new();
        for attribute in element.attributes() {
            let value = attribute
                .as_ref()
                .map_err(ToString::to_string)
                .and_then(|a| {
                    a.normalized_value(XmlVersion::Implicit1_0)
                        .map(Cow::into_owned)
                        .map_err(|error| error.to_string())
                });
            match (attribute, value) {
                (Ok(attribute), Ok(value)) => {
                    let name = attribute.key.as_ref().to_owned();
                    attributes.push((name, value));
                }
                (_, Err(error)) | (Err(_), Ok(error)) => {
                    self.malformed(start, &error);
                    return None;
                }
            }
        }
        let attributes = Attributes(attributes);
        match kind {
            Element::Response => self.response = true,
            Element::ValueSet if self.header.is_some() => {
                self.push(
                    &rules::SVS_STRUCTURE,
                    "Le fichier porte plusieurs ValueSet",
                    None,
                );
            }
            Element::ValueSet => self.header = Some(self.read_header(&attributes)),
            Element::ConceptList => {
                let language = attributes.get("xml:lang").unwrap_or_default();
                self.lists.push((language.to_owned(), Vec::new()));
            }
            Element::Concept => {
                let concept = self.concept(&attributes);
                if let (Some(concept), Some((_, list))) = (concept, self.lists.last_mut()) {
                    list.push(concept);
                }
            }
            Element::Other => {}
        }
        Some(())
    }

    fn read_header(&mut self, attributes: &Attributes) -> Header {
        let oid = self.required("ValueSet", "id", attributes);
        if !oid.is_empty() && !is_oid(&oid) {
            self.push(
                &rules::SVS_OID,
                "L'identifiant du jeu de valeurs n'est pas un OID",
                Some(&oid),
            );
        }
        let name = self.required("ValueSet", "displayName", attributes);
        Header {
            oid,
            name: name.trim_end_matches(".tabs").to_owned(),
            version: attributes.get("version").map(str::to_owned),
            effective: self.date("effectiveDate", attributes),
            revised: self.date("revisionDate", attributes),
            end: self.date("dateFin", attributes),
        }
    }

    fn concept(&mut self, attributes: &Attributes) -> Option<Concept> {
        let code = self.required("Concept", "code", attributes);
        let system = self.required("Concept", "codeSystem", attributes);
        let label = self.required("Concept", "displayName", attributes);
        let valid_from = self.date("dateValid", attributes);
        let valid_to = self.date("dateFin", attributes);
        if code.trim() != code {
            self.push(
                &rules::SVS_BLANK,
                "Le code commence ou finit par une espace",
                Some(&code),
            );
        }
        if let (Some(from), Some(to)) = (valid_from, valid_to)
            && to < from
        {
            self.push(
                &rules::SVS_PERIOD,
                "La fin de validité précède le début",
                Some(&format!("{code} : {from} – {to}")),
            );
        }
        let complete = !code.is_empty() && !system.is_empty() && !label.is_empty();
        complete.then(|| Concept {
            code: Cow::Owned(code),
            system: Cow::Owned(system),
            label: Cow::Owned(label.trim().to_owned()),
            valid_from,
            valid_to,
        })
    }

    /// The value set, with the problems that only the whole file shows.
    fn finish(mut self) -> Option<ValueSet> {
        self.line = (0, 0);
        let header = match (self.response, self.header.take()) {
            (true, Some(header)) => header,
            (false, _) => {
                self.push(
                    &rules::SVS_STRUCTURE,
                    "Le fichier ne porte pas de RetrieveValueSetResponse",
                    None,
                );
                return None;
            }
            (true, None) => {
                self.push(
                    &rules::SVS_STRUCTURE,
                    "Le fichier ne porte pas de ValueSet",
                    None,
                );
                return None;
            }
        };
        let lists = std::mem::take(&mut self.lists);
        let french =
            |language: &str| language.is_empty() || language == "fr" || language.starts_with("fr-");
        let any_french = lists.iter().any(|(language, _)| french(language));
        let first = lists.first().map(|(language, _)| language.clone());
        let mut concepts: Vec<Concept> = lists
            .into_iter()
            .filter(|(language, _)| {
                if any_french {
                    french(language)
                } else {
                    Some(language) == first.as_ref()
                }
            })
            .flat_map(|(_, list)| list)
            .collect();
        if concepts.is_empty() {
            self.push(
                &rules::SVS_STRUCTURE,
                "Le jeu de valeurs ne porte aucun Concept utilisable",
                None,
            );
        }
        let mut seen: HashSet<(&str, &str), StableHasher> = HashSet::default();
        let mut twice = Vec::new();
        for concept in &concepts {
            if !seen.insert((&concept.code, &concept.system)) {
                twice.push(concept.to_string());
            }
        }
        for concept in twice {
            self.push(
                &rules::SVS_DUPLICATE,
                "Le code figure plusieurs fois dans son système de codage",
                Some(&concept),
            );
        }
        if let Some(end) = header.end {
            for concept in &mut concepts {
                concept.valid_to = Some(concept.valid_to.map_or(end, |to| to.min(end)));
            }
        }
        Some(
            ValueSet::new(header.oid, header.name, concepts)
                .with_version(header.version.map(Cow::Owned))
                .with_dates(header.effective, header.revised),
        )
    }

    /// A required attribute; blank, with a problem, when missing.
    fn required(&mut self, element: &str, name: &str, attributes: &Attributes) -> String {
        match attributes.get(name) {
            Some(value) => value.to_owned(),
            None => {
                let message = format!("{element} sans attribut {name}");
                let beside = attributes
                    .get("code")
                    .or_else(|| attributes.get("displayName"))
                    .map(str::to_owned);
                self.push(&rules::SVS_ATTRIBUTE, &message, beside.as_deref());
                String::new()
            }
        }
    }

    /// A date attribute; none when blank, and with a problem when unreadable.
    fn date(&mut self, name: &str, attributes: &Attributes) -> Option<NaiveDate> {
        let text = attributes.get(name)?.trim();
        let date = parse_date(text);
        if date.is_none() {
            self.push(
                &rules::SVS_DATE,
                &format!("Date {name} illisible"),
                Some(text),
            );
        }
        date
    }

    /// Counts the lines up to a position.
    fn advance(&mut self, position: usize) {
        let (at, line) = self.line;
        if let Some(passed) = self.text.as_bytes().get(at..position) {
            let lines = passed.iter().filter(|byte| **byte == b'\n').count();
            self.line = (position, line + lines);
        }
    }

    fn push(&mut self, rule: &'static Rule, message: &str, found: Option<&str>) {
        let path = match self.line {
            (_, 0) => String::new(),
            (_, line) => format!("ligne {line}"),
        };
        let mut problem = Problem::new(rule, path).message(message);
        if let Some(found) = found {
            problem = problem.found(found);
        }
        self.problems.push(problem);
    }

    fn malformed(&mut self, position: usize, detail: &str) {
        self.problems.push(
            Problem::new(&rules::SVS_XML, line_path(self.text.as_bytes(), position))
                .message(format!("Le fichier XML ne peut pas être lu : {detail}")),
        );
    }
}

/// Attributes of an element; a blank one counts as absent.
struct Attributes(Vec<(String, String)>);

impl Attributes {
    fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(of, value)| of == name && !value.trim().is_empty())
            .map(|(_, value)| value.as_str())
    }
}

/// `AAAAMMJJ`, `AAAAMMJJHHMMSS`, or an ISO 8601 day or instant.
fn parse_date(text: &str) -> Option<NaiveDate> {
    match text.len() {
        8 => NaiveDate::parse_from_str(text, "%Y%m%d").ok(),
        10 => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok(),
        14 => NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S")
            .ok()
            .map(|instant| instant.date()),
        _ => DateTime::parse_from_rfc3339(text)
            .ok()
            .map(|instant| instant.date_naive()),
    }
}
