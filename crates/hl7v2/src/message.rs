//! A message as read, and what looks into it.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use dcc_base::problem::Problems;

use crate::charset::Charset;
use crate::delimiters::Delimiters;
use crate::escape::unescape;
use crate::path::Path;

/// A message as read (*message*): its text, cut at its segments and fields.
///
/// Components and subcomponents are cut when they are asked for. `Debug` shows
/// no value.
#[derive(Clone, PartialEq)]
pub struct Message {
    pub(crate) text: String,
    pub(crate) delimiters: Delimiters,
    pub(crate) charset: Charset,
    pub(crate) segments: Vec<Cut>,
    /// Fields of all the segments, in order, as places in the text.
    pub(crate) fields: Vec<Range<usize>>,
    pub(crate) warnings: Problems,
}

/// One segment: its place, its rank among those of its name, its fields.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cut {
    pub(crate) span: Range<usize>,
    pub(crate) occurrence: usize,
    pub(crate) fields: Range<usize>,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("segments", &self.segments.len())
            .field("charset", &self.charset)
            .finish_non_exhaustive()
    }
}

impl Message {
    /// The delimiters that MSH-1 and MSH-2 declare.
    pub fn delimiters(&self) -> &Delimiters {
        &self.delimiters
    }

    /// The character set in which the message was read.
    pub fn charset(&self) -> Charset {
        self.charset
    }

    /// What the reader tolerated: line ends, doubtful characters, unknown escape sequences.
    pub fn warnings(&self) -> &Problems {
        &self.warnings
    }

    /// Segments, in order.
    pub fn segments(&self) -> impl Iterator<Item = Segment<'_>> + Clone {
        (0..self.segments.len()).map(|index| Segment {
            message: self,
            index,
        })
    }

    /// Segments named `name`, in order.
    pub fn named<'m>(&'m self, name: &'m str) -> impl Iterator<Item = Segment<'m>> + Clone {
        self.segments()
            .filter(move |segment| segment.name() == name)
    }

    /// The first segment named `name`.
    pub fn segment(&self, name: &str) -> Option<Segment<'_>> {
        self.segments().find(|segment| segment.name() == name)
    }

    /// The segment MSH.
    pub fn header(&self) -> Segment<'_> {
        Segment {
            message: self,
            index: 0,
        }
    }

    /// What stands at `path`; none when the message has no such segment.
    pub fn get(&self, path: &Path) -> Option<Element<'_>> {
        let mut all = self.segments();
        let segment =
            all.find(|s| s.name() == path.segment && s.occurrence() == path.occurrence)?;
        if path.field == 0 {
            return None;
        }
        let mut element = segment.field(path.field);
        if path.repetition > 1 || path.component > 0 {
            element = element.repetition(path.repetition);
        }
        if path.component > 0 {
            element = element.component(path.component);
        }
        if path.subcomponent > 0 {
            element = element.subcomponent(path.subcomponent);
        }
        Some(element)
    }

    /// The message as HL7 wants it: every segment ended by CR, in its character
    /// set. Nothing else changes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.text.len() + 2);
        for segment in &self.segments {
            // what was decoded from a set is in this set
            out.extend(
                self.charset
                    .encode(&self.text[segment.span.clone()])
                    .unwrap_or_default(),
            );
            out.push(b'\r');
        }
        out
    }
}

/// A segment of a message (*segment*).
#[derive(Clone, Copy)]
pub struct Segment<'m> {
    message: &'m Message,
    index: usize,
}

impl fmt::Debug for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Segment({})", self.path())
    }
}

impl<'m> Segment<'m> {
    fn cut(&self) -> &'m Cut {
        &self.message.segments[self.index]
    }

    /// The three characters of its name.
    pub fn name(&self) -> &'m str {
        &self.message.text[self.cut().span.start..][..3]
    }

    /// Rank among the segments of its name, from 1.
    pub fn occurrence(&self) -> usize {
        self.cut().occurrence
    }

    /// Rank in the message, from 1.
    pub fn rank(&self) -> usize {
        self.index + 1
    }

    /// Its place.
    pub fn path(&self) -> Path {
        Path::segment(self.name(), self.occurrence())
    }

    /// The segment as it stands in the message.
    pub fn raw(&self) -> &'m str {
        &self.message.text[self.cut().span.clone()]
    }

    /// Number of fields, empty ones included.
    pub fn len(&self) -> usize {
        self.cut().fields.len()
    }

    /// True when the segment is a bare name.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Field `n`, from 1; an empty one when the segment is shorter. MSH-1 is the
    /// field delimiter itself and MSH-2 the others.
    pub fn field(&self, n: usize) -> Element<'m> {
        let cut = self.cut();
        let absent = cut.span.end..cut.span.end;
        let inside = (1..=cut.fields.len()).contains(&n);
        let span = if inside {
            self.message.fields[cut.fields.start + n - 1].clone()
        } else {
            absent
        };
        Element {
            segment: *self,
            start: span.start,
            raw: &self.message.text[span],
            at: [n, 0, 0, 0],
            whole: self.name() == "MSH" && n <= 2,
        }
    }

    /// Fields, in order, from the first.
    pub fn fields(&self) -> impl Iterator<Item = Element<'m>> + use<'m> {
        let segment = *self;
        (1..=segment.len()).map(move |n| segment.field(n))
    }
}

/// A field, a repetition, a component or a subcomponent.
///
/// Asked for a part that is not there, it answers with an empty one, which
/// knows its place all the same. A part of a simple value is the value itself
/// when its rank is 1, as HL7 asks: `PID-3.1.1` is `PID-3.1` when that has no
/// subcomponent.
#[derive(Clone, Copy)]
pub struct Element<'m> {
    segment: Segment<'m>,
    raw: &'m str,
    start: usize,
    /// Field, repetition, component, subcomponent; 0 where not cut yet.
    at: [usize; 4],
    /// MSH-1 and MSH-2 are not cut.
    whole: bool,
}

impl fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Element({})", self.path())
    }
}

impl<'m> Element<'m> {
    /// Its place.
    pub fn path(&self) -> Path {
        let [field, repetition, component, subcomponent] = self.at;
        self.segment
            .path()
            .field(field)
            .repetition(repetition)
            .component(component)
            .subcomponent(subcomponent)
    }

    /// Its place in the text of the message, in bytes.
    pub fn span(&self) -> Range<usize> {
        self.start..self.start + self.raw.len()
    }

    /// As it stands in the message, delimiters and escape sequences included.
    pub fn raw(&self) -> &'m str {
        self.raw
    }

    /// The value of the whole element, escape sequences resolved.
    pub fn text(&self) -> Cow<'m, str> {
        if self.whole {
            return Cow::Borrowed(self.raw);
        }
        unescape(
            self.raw,
            &self.segment.message.delimiters,
            self.segment.message.charset,
        )
    }

    /// The value when there is one: neither empty nor null.
    pub fn value(&self) -> Option<Cow<'m, str>> {
        (!self.is_empty() && !self.is_null()).then(|| self.text())
    }

    /// True when nothing is given: « no change » to the receiver.
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// True for `""`: « delete the value » to the receiver.
    pub fn is_null(&self) -> bool {
        self.raw == "\"\""
    }

    /// Repetitions, in order; none for an empty field.
    pub fn repetitions(&self) -> impl Iterator<Item = Element<'m>> + use<'m> {
        let most = if self.is_empty() { 0 } else { usize::MAX };
        self.parts(1, self.delimiters().repetition).take(most)
    }

    /// Components, in order; none for an empty element. Those of a field are
    /// those of its first repetition.
    pub fn components(&self) -> impl Iterator<Item = Element<'m>> + use<'m> {
        let element = if self.at[1] == 0 {
            self.repetition(1)
        } else {
            *self
        };
        let most = if element.is_empty() { 0 } else { usize::MAX };
        element
            .parts(2, Some(self.delimiters().component))
            .take(most)
    }

    /// Repetition `n` of a field, from 1.
    pub fn repetition(&self, n: usize) -> Element<'m> {
        self.part(1, self.delimiters().repetition, n)
    }

    /// Component `n`, from 1, of a repetition, or of the first one of a field.
    pub fn component(&self, n: usize) -> Element<'m> {
        let element = if self.at[1] == 0 {
            self.repetition(1)
        } else {
            *self
        };
        element.part(2, Some(self.delimiters().component), n)
    }

    /// Subcomponent `n`, from 1, of a component.
    pub fn subcomponent(&self, n: usize) -> Element<'m> {
        let element = if self.at[2] == 0 {
            self.component(1)
        } else {
            *self
        };
        element.part(3, self.delimiters().subcomponent, n)
    }

    fn delimiters(&self) -> &'m Delimiters {
        &self.segment.message.delimiters
    }

    fn part(&self, level: usize, mark: Option<char>, n: usize) -> Element<'m> {
        if self.at[level] != 0 && n == 1 {
            return *self;
        }
        let found = (n > 0)
            .then(|| self.parts(level, mark).nth(n - 1))
            .flatten();
        found.unwrap_or_else(|| {
            let mut at = self.at;
            at[level] = n;
            Element {
                raw: "",
                start: self.start + self.raw.len(),
                at,
                ..*self
            }
        })
    }

    fn parts(
        &self,
        level: usize,
        mark: Option<char>,
    ) -> impl Iterator<Item = Element<'m>> + use<'m> {
        let element = *self;
        let mark = mark.filter(|_| !element.whole && element.at[level] == 0);
        // a delimiter is one byte: those declared are ASCII
        let pieces = element.raw.split(move |c| Some(c) == mark);
        let mut start = element.start;
        pieces.enumerate().map(move |(i, raw)| {
            let mut at = element.at;
            at[level] = i + 1;
            let piece = Element {
                raw,
                start,
                at,
                ..element
            };
            start += raw.len() + 1;
            piece
        })
    }
}
