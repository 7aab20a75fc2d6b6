//! What a datamatrix holds.

use chrono::NaiveDate;
use dcc_base::identity::ins::{self, InsKind};
use dcc_base::problem::{Problem, Problems};

use super::format::{BLOCKS, Block, GS, HEADER};
use crate::capture::Capture;
use crate::ins::Ins;
use crate::opaque::opaque;
use crate::registry::NewIdentity;
use crate::rules;
use crate::traits::normalise::{NameKind, NameOptions, check};
use crate::traits::{Sex, Traits, birth_place};

/// What an INS datamatrix holds (*contenu du datamatrix INS*).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Content {
    /// *INS* read: to find a record, never to qualify one.
    pub ins: Ins,
    /// *Traits* read. The first given name is the first word of the list.
    pub traits: Traits,
}

opaque!(Content);

/// Longest text read, in bytes: a symbol holds less (ISO/IEC 16022: 2 335 characters).
const MOST: usize = 4_000;

/// What stands for GS when a scanner spells it.
const SPELLED: &str = "<GS>";

impl Content {
    /// Reads the text of a scan: any order of blocks; a line end at the end is
    /// left out; `<GS>` spelled by a scanner counts as GS.
    ///
    /// # Errors
    /// Every fault, its path the place in the text (`caractère 27`, from 1):
    /// `DATAMATRIX-ENTETE`, `-BLOC` (unknown or repeated), `-ABSENT`,
    /// `-LONGUEUR`, `-SEPARATEUR` (GS lost: what a name holds is then not
    /// guessed), `-VALEUR`, `INS-FORMAT`, `INS-CLE`, and the faults of traits.
    pub fn parse(text: &str) -> Result<Self, Problems> {
        Self::read(text, true)
    }

    /// The same, when the matricule comes from a test tool that writes false keys
    /// or OIDs: nothing but the form is checked, and the kind is that of a test.
    ///
    /// # Errors
    /// As for [`Content::parse`], but for keys and OIDs.
    pub fn parse_leniently(text: &str) -> Result<Self, Problems> {
        Self::read(text, false)
    }

    /// The identity of a record to create from this scan: its traits, no INS. Its
    /// status will be the one that its own evidence gives.
    pub fn to_new_identity(&self) -> NewIdentity {
        let mut identity = NewIdentity::new(self.traits.clone());
        identity.capture = Capture::Scan;
        identity
    }

    fn read(text: &str, strict: bool) -> Result<Self, Problems> {
        let text = text.trim_end_matches(['\r', '\n']);
        if text.len() > MOST {
            let told = Problem::new(&rules::CODE_LENGTH, "caractère 1");
            return Err(told
                .message("Le texte est plus long que tout datamatrix INS")
                .found(format!("{} octets", text.len()))
                .allowed([format!("{MOST} au plus")])
                .into());
        }
        let mut reader = Reader {
            text,
            at: 0,
            found: [const { None }; 7],
            problems: Problems::new(),
            stopped: false,
        };
        reader.blocks();
        reader.missing();
        let content = reader.content(strict);
        let problems = reader.problems;
        match content {
            Some(content) if !problems.has_blocking() => Ok(content),
            _ => Err(problems),
        }
    }
}

/// A value found, with its place in the text.
#[derive(Clone, Copy)]
struct Found<'t> {
    value: &'t str,
    at: usize,
}

struct Reader<'t> {
    text: &'t str,
    /// Where the reader stands, in bytes.
    at: usize,
    found: [Option<Found<'t>>; 7],
    problems: Problems,
    /// What follows cannot be read: what is missing is not known.
    stopped: bool,
}

impl<'t> Reader<'t> {
    /// The place of a byte, as a reader counts: characters, from 1.
    fn place(&self, at: usize) -> String {
        let before = self.text.get(..at).unwrap_or(self.text);
        format!("caractère {}", before.chars().count() + 1)
    }

    fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn blocks(&mut self) {
        if !self.text.starts_with(HEADER) {
            let shown: String = self.text.chars().take(HEADER.len()).collect();
            let same = self
                .text
                .bytes()
                .zip(HEADER.bytes())
                .take_while(|(a, b)| a == b)
                .count();
            let place = self.place(same);
            self.push(
                Problem::new(&rules::CODE_HEADER, place)
                    .found(shown)
                    .allowed([HEADER]),
            );
            self.stopped = true;
            return;
        }
        self.at = HEADER.len();
        while self.at < self.text.len() {
            if !self.block() || self.stopped {
                self.stopped = true;
                return;
            }
        }
    }

    /// Reads one block; false when what follows cannot be read.
    fn block(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let id: String = rest.chars().take(2).collect();
        let Some(which) = BLOCKS.iter().position(|b| b.id == id) else {
            let place = self.place(self.at);
            let ids = BLOCKS.iter().map(|b| b.id);
            self.push(
                Problem::new(&rules::CODE_BLOCK, place)
                    .found(id)
                    .allowed(ids),
            );
            return false;
        };
        let block = &BLOCKS[which];
        let start = self.at + 2;
        let body = &self.text[start..];
        let (length, skip) = if block.is_fixed() {
            self.fixed(block, body)
        } else {
            self.variable(block, body)
        };
        let Some(value) = body.get(..length) else {
            return false;
        };
        if self.found[which].is_some() {
            let place = self.place(self.at);
            self.push(
                Problem::new(&rules::CODE_BLOCK, place)
                    .message("Ce bloc est donné deux fois")
                    .found(block.id),
            );
        } else {
            self.found[which] = Some(Found { value, at: start });
        }
        self.at = start + length + skip;
        true
    }

    /// Length of a fixed value, and of what follows it and is not a block.
    fn fixed(&mut self, block: &Block, body: &str) -> (usize, usize) {
        let end = body
            .char_indices()
            .nth(block.most)
            .map_or(body.len(), |(i, _)| i);
        let stop = separator(&body[..end]).map_or(end, |(i, _)| i);
        if body[..stop].chars().count() < block.most {
            let place = self.place(self.at);
            let found = format!("{} caractères", body[..stop].chars().count());
            self.push(
                Problem::new(&rules::CODE_LENGTH, place)
                    .message(format!("{} a {} caractères", block.label, block.most))
                    .found(found)
                    .allowed([block.most]),
            );
        }
        // a separator after a fixed block is not of the format, but harmless
        let skip = separator(&body[stop..])
            .filter(|(i, _)| *i == 0)
            .map_or(0, |(_, length)| length);
        (stop, skip)
    }

    fn variable(&mut self, block: &Block, body: &str) -> (usize, usize) {
        let full = body
            .char_indices()
            .nth(block.most)
            .map_or(body.len(), |(i, _)| i);
        let (length, skip, ended) = match separator(body) {
            Some((i, length)) if i <= full => (i, length, true),
            // full, or the last: no separator is written
            _ => (
                full,
                0,
                full == body.len() || body[..full].chars().count() == block.most,
            ),
        };
        let value = &body[..length];
        let count = value.chars().count();
        let place = self.place(self.at);
        if !ended || lost(block, value) {
            self.push(Problem::new(&rules::CODE_SEPARATOR, place).found(block.id));
            self.stopped = true;
        } else if count < block.least || count > block.most {
            self.push(
                Problem::new(&rules::CODE_LENGTH, place)
                    .message(format!(
                        "{} a {} à {} caractères",
                        block.label, block.least, block.most
                    ))
                    .found(format!("{count} caractères")),
            );
        }
        (length, skip)
    }

    fn missing(&mut self) {
        if self.stopped {
            return;
        }
        let end = self.place(self.text.len());
        for (block, found) in BLOCKS.iter().zip(self.found) {
            if block.needed && found.is_none() {
                let told = Problem::new(&rules::CODE_MISSING, end.clone());
                self.push(
                    told.message(format!("{} ({}) est absent", block.label, block.id))
                        .allowed([block.id]),
                );
            }
        }
    }

    /// The values, each checked.
    fn content(&mut self, strict: bool) -> Option<Content> {
        let [matricule, oid, given, name, sex, date, place] = self.found;
        let value = |reader: &mut Self, found: Found<'t>, allowed: &[&str]| {
            let at = reader.place(found.at);
            reader.push(
                Problem::new(&rules::CODE_VALUE, at)
                    .found(found.value)
                    .allowed(allowed),
            );
        };
        if let Some(found) = matricule.filter(|_| strict) {
            let at = self.place(found.at);
            ins::check(found.value, &at, &mut self.problems);
        }
        let kind = oid.and_then(|found| {
            let kind = InsKind::from_oid(found.value);
            if kind.is_none() && strict {
                value(self, found, &InsKind::ALL.map(InsKind::oid));
            }
            kind.or((!strict).then_some(InsKind::NirTest))
        });
        for found in [(given, NameKind::Given), (name, NameKind::Family)] {
            if let (Some(found), kind) = found {
                let at = self.place(found.at);
                check(
                    found.value,
                    kind,
                    NameOptions::default(),
                    &at,
                    &mut self.problems,
                );
            }
        }
        let sex = sex.and_then(|found| {
            let sex = Sex::from_code(found.value).filter(|s| *s != Sex::Indeterminate);
            if sex.is_none() {
                value(self, found, &["M", "F"]);
            }
            sex
        });
        let date = date.and_then(|found| {
            let date = parse_date(found.value);
            if date.is_none() {
                value(self, found, &["JJ-MM-AAAA"]);
            }
            date
        });
        if let Some(found) = place {
            let at = self.place(found.at);
            birth_place::check(found.value, &at, &mut self.problems);
        }
        let mut traits = Traits::new(name?.value, given?.value, sex?, Some(date?));
        traits.birth_place = place.map(|found| found.value.to_owned());
        Some(Content {
            ins: Ins::new(matricule?.value, kind?),
            traits,
        })
    }
}

/// The first separator of a text: its place and its length, GS or spelled.
fn separator(text: &str) -> Option<(usize, usize)> {
    let real = text.find(GS).map(|i| (i, 1));
    let spelled = text.find(SPELLED).map(|i| (i, SPELLED.len()));
    [real, spelled].into_iter().flatten().min()
}

/// True when a value holds what looks like the blocks that should follow it:
/// digits are in no name, and an OID holds no letter.
fn lost(block: &Block, value: &str) -> bool {
    if block.id == "S2" {
        return value.contains(|c: char| c.is_ascii_alphabetic());
    }
    let digits = value.contains(|c: char| c.is_ascii_digit());
    digits && BLOCKS.iter().any(|b| value.contains(b.id))
}

fn parse_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let form = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| match i {
            2 | 5 => *b == b'-',
            _ => b.is_ascii_digit(),
        });
    if !form {
        return None;
    }
    NaiveDate::from_ymd_opt(
        text[6..].parse().ok()?,
        text[3..5].parse().ok()?,
        text[..2].parse().ok()?,
    )
}
