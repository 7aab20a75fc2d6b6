//! What a kind of document tells the codec.

use super::codec::Codec;
use super::header::DocumentTemplate;
use super::options::{Reading, WriteOptions, Written};
use super::slot::Slot;
use super::source::Source;
use crate::model::{Binary, Header, pdf};
use crate::problem::{Problem, Problems};
use crate::terminology::Terminology;

/// The level of a CDA document: what its body is.
#[derive(Clone, Copy, Debug)]
pub enum Level<'f> {
    /// Level 3: sections with entries.
    Three,
    /// Level 1: a PDF.
    One(&'f Binary),
}

impl Level<'_> {
    /// What the kind fixes in the header, at this level.
    pub fn template(self, template: &DocumentTemplate) -> DocumentTemplate {
        match self {
            Level::Three => *template,
            Level::One(_) => DocumentTemplate::level_one(template.code),
        }
    }
}

impl Codec<'_> {
    /// The body: the sections that `f` describes, or the file of level 1.
    pub fn body(&mut self, level: Level<'_>, f: impl FnOnce(&mut Self)) {
        match level {
            Level::Three => self.structured_body(f),
            Level::One(pdf) => self.pdf_body(Slot::Lent(pdf)),
        }
    }
}

/// A kind of document, described once for its writing and its reading.
pub trait Described: Default {
    /// What the kind fixes in the header.
    const TEMPLATE: &'static DocumentTemplate;

    /// Templates by which a CDA document is known to be of this kind.
    const KNOWN_BY: &'static [&'static str];

    /// Describes the document to a codec that writes or reads it.
    fn describe(codec: &mut Codec<'_>, document: Slot<'_, Self>, level: Level<'_>);

    /// The header.
    fn head(&self) -> &Header;

    /// Every problem of the document.
    fn problems(&self, terminology: &Terminology) -> Problems;

    /// Every problem of the document around a PDF.
    fn problems_around(&self, file: &Binary, terminology: &Terminology) -> Problems {
        let mut problems = self.problems(terminology);
        pdf::check(file, "/pdf", &mut problems);
        problems
    }

    /// Why such a document is read and forwarded, but not written at level 3.
    fn unwritable(&self) -> Option<Problem> {
        None
    }

    /// True when a document of this type (LOINC) and title is of this kind.
    fn is_type(code: &str, _title: &str) -> bool {
        code == Self::TEMPLATE.code.code
    }

    /// Why the document of a file is not of this kind; none when it is.
    fn refusal(source: &Source<'_>) -> Option<Problem> {
        (!source.has_any(Self::KNOWN_BY)).then(|| source.not_of(Self::KNOWN_BY))
    }

    /// Reads the document of a file, of this kind.
    ///
    /// # Errors
    /// What was read does not make a document.
    fn read(source: &Source<'_>) -> Result<Reading<Self>, Problems> {
        Ok(Codec::read(source, |codec| {
            let mut document = Self::default();
            Self::describe(codec, Slot::Given(&mut document), Level::Three);
            document
        }))
    }

    /// Writes the document at a level, when its problems do not forbid it.
    ///
    /// # Errors
    /// Every problem, when one of them is blocking.
    fn written(&self, level: Level<'_>, options: &WriteOptions) -> Result<Written, Problems> {
        let terminology = options.terminology();
        let mut problems = match level {
            Level::Three => self.problems(terminology),
            Level::One(pdf) => self.problems_around(pdf, terminology),
        };
        if let Level::Three = level {
            problems.extend(self.unwritable());
        }
        let warnings = options.allow(problems)?;
        let id = self.head().id.to_string();
        let bytes = Codec::write(terminology, &id, |codec| {
            Self::describe(codec, Slot::Lent(self), level);
        });
        Ok(Written { bytes, warnings })
    }
}
