//! Editions in, a directory file out.

use std::fmt;
use std::io::{self, Read, Write};

use dcc_base::problem::{Problem, Problems};

use crate::build::finish;
use crate::build::store::Store;
use crate::edition::{Edition, EditionDate, Source};
use crate::read::activities::ActivityRows;
use crate::read::cards::CardRows;
use crate::read::diplomas::DiplomaRows;
use crate::read::feed::{Feed, Limits};
use crate::read::fhir::Fhir;
use crate::read::finess_csv::FinessCsv;
use crate::read::finess_json::FinessJson;
use crate::read::ledger::Ledger;
use crate::read::mailboxes::MailboxRows;
use crate::read::skills::SkillRows;
use crate::read::table::Table;
use crate::rules;
use crate::view::directory::Directory;

/// What a builder lets pass, and the bounds of what it holds.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BuildOptions {
    /// Problems kept of each code and source; the others are counted (100).
    pub problem_limit: usize,
    /// Bytes of a line (65 536).
    pub line_limit: usize,
    /// Bytes of a legal entity of the JSON edition of FINESS (16 MiB).
    pub element_limit: usize,
    /// Bytes of all the FHIR bundles of one reading (256 MiB).
    pub bundle_limit: usize,
    /// Share of lines that may be unreadable, in hundredths (1), from ten lines up.
    pub faults_percent: u64,
    /// An edition that has fewer lines than this share of the previous one, in
    /// hundredths, is refused (90).
    pub smallest_percent: u64,
    /// Codes of blocking problems that are accepted, such as `ANNUAIRE-EDITION-REDUITE`.
    pub accept: Vec<String>,
}

impl Default for BuildOptions {
    fn default() -> Self {
        BuildOptions {
            problem_limit: 100,
            line_limit: 1 << 16,
            element_limit: 1 << 24,
            bundle_limit: 1 << 28,
            faults_percent: 1,
            smallest_percent: 90,
            accept: Vec::new(),
        }
    }
}

/// What the reading of an edition gave.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SourceReport {
    /// The edition, with the number of its lines and of those refused.
    pub edition: Edition,
    /// Every problem of the edition, the first of each code in full.
    pub problems: Problems,
}

/// Why a file could not be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// Blocking problems of the editions that were not accepted.
    Refused(Problems),
    /// The writer failed.
    Io(io::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BuildError::Refused(problems) => problems.fmt(f),
            BuildError::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BuildError {}

/// Makes a directory from editions, in any order. The same editions in the
/// same order give the same bytes.
pub struct DirectoryBuilder {
    store: Store,
    options: BuildOptions,
    previous: Vec<Edition>,
    blocking: Problems,
    reading: Option<Source>,
}

impl Default for DirectoryBuilder {
    fn default() -> Self {
        Self::new(BuildOptions::default())
    }
}

impl DirectoryBuilder {
    /// An empty directory.
    pub fn new(options: BuildOptions) -> Self {
        DirectoryBuilder {
            store: Store::new(),
            options,
            previous: Vec::new(),
            blocking: Problems::new(),
            reading: None,
        }
    }

    /// Compares the editions to come with those of the directory in use: one
    /// that is far smaller is refused, one that is older is reported.
    pub fn compare_with(&mut self, previous: &Directory<'_>) {
        self.previous = previous.editions().collect();
    }

    /// Begins the reading of an edition, whose bytes are then pushed.
    pub fn begin(&mut self, source: Source, date: EditionDate) -> SourceReader<'_> {
        if let Some(left) = self.reading.replace(source) {
            self.blocking
                .push(Problem::new(&rules::UNFINISHED, left.label()));
        }
        let o = &self.options;
        let limits = Limits {
            line: o.line_limit,
            element: o.element_limit,
            bundles: o.bundle_limit,
        };
        let feed: Box<dyn Feed> = match source {
            Source::Activities => Box::new(Table::new(ActivityRows::default(), limits)),
            Source::Skills => Box::new(Table::new(SkillRows, limits)),
            Source::Diplomas => Box::new(Table::new(DiplomaRows, limits)),
            Source::Mailboxes => Box::new(Table::new(MailboxRows, limits)),
            Source::Cards => Box::new(Table::new(CardRows, limits)),
            Source::FinessCsv => Box::new(FinessCsv::new(limits)),
            Source::FinessJson => Box::new(FinessJson::new(limits)),
            Source::Fhir => Box::new(Fhir::new(limits)),
        };
        let ledger = Ledger::new(o.problem_limit);
        SourceReader {
            builder: self,
            feed,
            ledger,
            source,
            date,
            full: false,
        }
    }

    /// Reads an edition to its end.
    ///
    /// # Errors
    /// Those of `input`; the edition then counts as abandoned, and the
    /// directory cannot be finished.
    pub fn read(
        &mut self,
        source: Source,
        date: EditionDate,
        mut input: impl Read,
    ) -> io::Result<SourceReport> {
        let mut reader = self.begin(source, date);
        let mut chunk = vec![0; 1 << 18];
        loop {
            match input.read(&mut chunk) {
                Ok(0) => return Ok(reader.end()),
                Ok(size) => reader.push(&chunk[..size]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The bytes of the directory.
    ///
    /// # Errors
    /// The blocking problems of the editions that were not accepted.
    pub fn finish(self) -> Result<Vec<u8>, Problems> {
        match self.write_to(Vec::new()) {
            Ok(bytes) => Ok(bytes),
            Err(BuildError::Refused(problems)) => Err(problems),
            // a vector takes what it is given
            Err(BuildError::Io(error)) => {
                Err(Problem::new(&rules::TOO_LARGE, "").found(error).into())
            }
        }
    }

    /// Writes the directory, section after section, and gives the writer back.
    /// Nothing is written when the editions are refused.
    ///
    /// # Errors
    /// The blocking problems of the editions that were not accepted; a failure
    /// of the writer.
    pub fn write_to<W: Write>(mut self, out: W) -> Result<W, BuildError> {
        if let Some(left) = self.reading {
            self.blocking
                .push(Problem::new(&rules::UNFINISHED, left.label()));
        }
        if self.store.editions.is_empty() {
            self.blocking.push(Problem::new(&rules::EMPTY, ""));
        }
        let accepted = |p: &Problem| self.options.accept.iter().any(|code| code == p.code);
        let refused: Problems = self
            .blocking
            .iter()
            .filter(|p| !accepted(p))
            .cloned()
            .collect();
        if refused.is_empty() {
            finish::write(self.store, out).map_err(BuildError::Io)
        } else {
            Err(BuildError::Refused(refused))
        }
    }
}

/// An edition being read.
pub struct SourceReader<'b> {
    builder: &'b mut DirectoryBuilder,
    feed: Box<dyn Feed>,
    ledger: Ledger,
    source: Source,
    date: EditionDate,
    full: bool,
}

impl SourceReader<'_> {
    /// Takes the next bytes of the edition, in pieces of any size.
    pub fn push(&mut self, mut chunk: &[u8]) {
        // in parts, so that the bound of the format is never passed
        while !chunk.is_empty() && !self.full {
            let (part, rest) = chunk.split_at(chunk.len().min(1 << 20));
            chunk = rest;
            self.feed
                .feed(part, &mut self.builder.store, &mut self.ledger);
            self.check_size();
        }
    }

    fn check_size(&mut self) {
        if self.builder.store.is_full() && !std::mem::replace(&mut self.full, true) {
            self.ledger
                .add(&rules::TOO_LARGE, || Problem::new(&rules::TOO_LARGE, ""));
        }
    }

    /// Ends the edition: judges its size and gives its problems.
    pub fn end(mut self) -> SourceReport {
        let lines = self.feed.end(&mut self.builder.store, &mut self.ledger);
        self.check_size();
        let (refused, builder) = (self.ledger.refused, self.builder);
        let mut problems = self.ledger.close();
        if lines == 0 && !problems.has_blocking() && self.source != Source::Fhir {
            problems.push(Problem::new(&rules::EMPTY, ""));
        }
        let options = &builder.options;
        if refused >= 10
            && refused.saturating_mul(100) > lines.saturating_mul(options.faults_percent)
        {
            let found = format!("{refused} lignes sur {lines}");
            problems.push(
                Problem::new(&rules::TOO_MANY_FAULTS, "")
                    .found(found)
                    .allowed([format!("{} %", options.faults_percent)]),
            );
        }
        if let Some(last) = builder.previous.iter().find(|e| e.source == self.source) {
            let kept = lines.saturating_sub(refused);
            if kept.saturating_mul(100) < last.lines.saturating_mul(options.smallest_percent) {
                let found = format!("{kept} lignes");
                problems.push(
                    Problem::new(&rules::SMALLER, "")
                        .found(found)
                        .allowed([format!(
                            "au moins {} % de {}",
                            options.smallest_percent, last.lines
                        )]),
                );
            }
            if self.date < last.date {
                problems.push(
                    Problem::new(&rules::OLDER, "")
                        .found(self.date)
                        .allowed([format!("après {}", last.date)]),
                );
            }
        }
        let edition = Edition {
            source: self.source,
            date: self.date,
            lines,
            refused,
        };
        builder.store.editions.push(edition);
        builder.reading = None;
        let label = self.source.label();
        builder
            .blocking
            .extend(problems.iter().filter(|p| p.is_blocking()).map(|p| {
                let mut placed = p.clone();
                placed.path = if p.path.is_empty() {
                    label.to_owned()
                } else {
                    format!("{label}, {}", p.path)
                };
                placed
            }));
        SourceReport { edition, problems }
    }
}
