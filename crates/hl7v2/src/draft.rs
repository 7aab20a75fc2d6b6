//! A message to write.

use std::collections::BTreeMap;

use dcc_base::problem::{Problem, Problems};

use crate::charset::Charset;
use crate::delimiters::Delimiters;
use crate::escape::escape;
use crate::path::{Path, is_segment_name};
use crate::rules;

/// Where a value goes in a segment: field, repetition, component, subcomponent,
/// each from 1.
///
/// Made from `5` (a field), `(5, 2)` (field and component), `(3, 2, 1)` (field,
/// repetition, component) or `(3, 2, 4, 1)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Field.
    pub field: u16,
    /// Repetition.
    pub repetition: u16,
    /// Component.
    pub component: u16,
    /// Subcomponent.
    pub subcomponent: u16,
}

impl From<u16> for At {
    fn from(field: u16) -> Self {
        (field, 1, 1, 1).into()
    }
}

impl From<(u16, u16)> for At {
    fn from((field, component): (u16, u16)) -> Self {
        (field, 1, component, 1).into()
    }
}

impl From<(u16, u16, u16)> for At {
    fn from((field, repetition, component): (u16, u16, u16)) -> Self {
        (field, repetition, component, 1).into()
    }
}

impl From<(u16, u16, u16, u16)> for At {
    fn from((field, repetition, component, subcomponent): (u16, u16, u16, u16)) -> Self {
        At {
            field,
            repetition,
            component,
            subcomponent,
        }
    }
}

/// Largest rank of a field, a repetition, a component or a subcomponent written.
const MOST: u16 = 10_000;

/// A message to write (*message à écrire*). Begin with the segment MSH; MSH-1,
/// MSH-2 and, when not set, MSH-18 are those of the draft.
#[derive(Clone)]
pub struct Draft {
    delimiters: Delimiters,
    charset: Charset,
    segments: Vec<SegmentDraft>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft")
            .field("segments", &self.segments.len())
            .finish_non_exhaustive()
    }
}

impl Default for Draft {
    fn default() -> Self {
        Draft {
            delimiters: Delimiters::default(),
            charset: Charset::Utf8,
            segments: Vec::new(),
        }
    }
}

impl Draft {
    /// A message in UTF-8 with the delimiters of HL7.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same message in another character set.
    #[must_use]
    pub fn in_charset(mut self, charset: Charset) -> Self {
        self.charset = charset;
        self
    }

    /// The same message with other delimiters.
    #[must_use]
    pub fn with_delimiters(mut self, delimiters: Delimiters) -> Self {
        self.delimiters = delimiters;
        self
    }

    /// Adds a segment, to be filled.
    pub fn segment(&mut self, name: &str) -> &mut SegmentDraft {
        self.segments.push(SegmentDraft {
            name: name.to_owned(),
            cells: BTreeMap::new(),
        });
        let last = self.segments.len() - 1;
        &mut self.segments[last]
    }

    /// The bytes of the message: each segment ended by CR, nothing after the
    /// last value of a segment, a field, a component.
    ///
    /// # Errors
    /// All that cannot be written: `HL7-ENTETE` (no MSH first), `HL7-SEGMENT`
    /// (name), `HL7-ECRITURE` (rank, a delimiter without escape character, a
    /// repetition or subcomponent without its delimiter), `HL7-ENCODAGE`
    /// (character that the set does not have).
    pub fn write(&self) -> Result<Vec<u8>, Problems> {
        let mut problems = Problems::new();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut text = String::with_capacity(1024);
        if self.segments.first().is_none_or(|s| s.name != "MSH") {
            problems.push(Problem::new(&rules::HEADER, "MSH"));
        }
        for (rank, segment) in self.segments.iter().enumerate() {
            let occurrence = seen.entry(&segment.name).or_default();
            *occurrence += 1;
            if !is_segment_name(&segment.name) || (segment.name == "MSH" && rank > 0) {
                problems.push(
                    Problem::new(&rules::SEGMENT, format!("ligne {}", rank + 1))
                        .found(&segment.name),
                );
                continue;
            }
            let path = Path::segment(&segment.name, *occurrence);
            self.one(segment, &path, &mut text, &mut problems);
            text.push('\r');
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        self.charset
            .encode(&text)
            .map_err(|(_, c)| Problem::new(&rules::CHARSET, "MSH-18").found(c).into())
    }

    fn one(&self, segment: &SegmentDraft, path: &Path, text: &mut String, problems: &mut Problems) {
        let marks = &self.delimiters;
        text.push_str(&segment.name);
        let mut cells = segment.cells.clone();
        let mut now = At {
            field: 0,
            repetition: 1,
            component: 1,
            subcomponent: 1,
        };
        if segment.name == "MSH" {
            text.push(marks.field);
            text.push_str(&marks.encoding_characters());
            now.field = 2;
            cells
                .entry(At::from(18))
                .or_insert_with(|| Cell::Text(self.charset.hl7().to_owned()));
        }
        for (at, cell) in &cells {
            let place = path
                .clone()
                .field(at.field.into())
                .repetition(at.repetition.into())
                .component(if at.component == 1 && at.subcomponent == 1 {
                    0
                } else {
                    at.component.into()
                })
                .subcomponent(if at.subcomponent == 1 {
                    0
                } else {
                    at.subcomponent.into()
                });
            let fault =
                |message: &str| Problem::new(&rules::WRITE, place.to_string()).message(message);
            let ranks = [at.field, at.repetition, at.component, at.subcomponent];
            if ranks.iter().any(|n| *n == 0 || *n > MOST) {
                problems.push(fault("les rangs vont de 1 à 10 000"));
                continue;
            }
            if segment.name == "MSH" && at.field <= 2 {
                problems.push(fault("MSH-1 et MSH-2 sont ceux des délimiteurs du message"));
                continue;
            }
            let written = match cell {
                Cell::Null => Some("\"\"".into()),
                Cell::Text(value) => escape(value, marks),
                Cell::Raw(value) => Some(value.as_str().into()),
            };
            if matches!(cell, Cell::Raw(value) if value.contains(['\r', '\n', marks.field])) {
                problems.push(fault(
                    "un texte mis tel quel ne contient ni fin de segment ni séparateur de champs",
                ));
                continue;
            }
            let Some(written) = written else {
                problems.push(fault("la valeur contient un délimiteur, et le message n'a pas de caractère d'échappement"));
                continue;
            };
            if let Some(c) = written.chars().find(|c| !self.charset.has(*c)) {
                let told = Problem::new(&rules::CHARSET, place.to_string()).message(format!(
                    "ce caractère n'existe pas dans le jeu {}",
                    self.charset.hl7()
                ));
                problems.push(told.found(c));
            }
            if written.is_empty() {
                continue;
            }
            let steps = [
                (now.field, at.field, Some(marks.field)),
                (now.repetition, at.repetition, marks.repetition),
                (now.component, at.component, Some(marks.component)),
                (now.subcomponent, at.subcomponent, marks.subcomponent),
            ];
            let mut moved = false;
            for (from, to, mark) in steps {
                let from = if moved { 1 } else { from };
                if to > from {
                    moved = true;
                    match mark {
                        Some(mark) => {
                            text.extend(std::iter::repeat_n(mark, usize::from(to - from)))
                        }
                        None => problems
                            .push(fault("le message n'a pas de délimiteur pour cette place")),
                    }
                }
            }
            text.push_str(&written);
            now = *at;
        }
    }
}

#[derive(Clone)]
enum Cell {
    Text(String),
    Raw(String),
    Null,
}

/// A segment to write.
#[derive(Clone)]
pub struct SegmentDraft {
    name: String,
    cells: BTreeMap<At, Cell>,
}

impl std::fmt::Debug for SegmentDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SegmentDraft({})", self.name)
    }
}

impl SegmentDraft {
    /// Puts a value, escaped when written. An empty one leaves the place empty.
    pub fn set(&mut self, at: impl Into<At>, value: impl Into<String>) -> &mut Self {
        self.cells.insert(at.into(), Cell::Text(value.into()));
        self
    }

    /// Puts a value when there is one.
    pub fn set_some(&mut self, at: impl Into<At>, value: Option<impl Into<String>>) -> &mut Self {
        if let Some(value) = value {
            self.set(at, value);
        }
        self
    }

    /// Puts `""`: « delete the value » to the receiver.
    pub fn null(&mut self, at: impl Into<At>) -> &mut Self {
        self.cells.insert(at.into(), Cell::Null);
        self
    }

    /// Puts a text as it stands, delimiters and escape sequences included. A
    /// line end or the field delimiter in it is refused when written.
    pub fn raw(&mut self, at: impl Into<At>, text: impl Into<String>) -> &mut Self {
        self.cells.insert(at.into(), Cell::Raw(text.into()));
        self
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Message, ReadOptions};

    fn text(draft: &Draft) -> String {
        String::from_utf8(draft.write().unwrap()).unwrap()
    }

    #[test]
    fn values_go_to_their_place() {
        let mut draft = Draft::new();
        draft
            .segment("MSH")
            .set((9, 1), "ADT")
            .set((9, 3), "ADT_A05")
            .set(12, "2.5");
        draft
            .segment("PID")
            .set((3, 1, 1), "42")
            .set((3, 1, 4, 2), "1.2.3")
            .set((3, 2, 1), "43")
            .null(7)
            .set(8, "")
            .set_some(9, None::<String>)
            .set((5, 1), r"A|^~\&");
        draft.segment("ZZZ");
        assert_eq!(
            text(&draft),
            "MSH|^~\\&|||||||ADT^^ADT_A05|||2.5||||||UNICODE UTF-8\r\
             PID|||42^^^&1.2.3~43||A\\F\\\\S\\\\R\\\\E\\\\T\\||\"\"\rZZZ\r"
        );
    }

    #[test]
    fn what_cannot_be_written_is_told_at_once() {
        let few = Delimiters {
            repetition: None,
            escape: None,
            subcomponent: None,
            ..Delimiters::default()
        };
        let mut draft = Draft::new()
            .with_delimiters(few)
            .in_charset(Charset::Latin1);
        draft.segment("MSH").set(1, "x");
        draft
            .segment("PID")
            .set(0, "x")
            .set(3, "a|b")
            .set((4, 2, 1), "x")
            .set((5, 1, 1, 2), "x")
            .set(6, "œ")
            .raw(7, "a\rb");
        draft.segment("pid").set(1, "x");
        let told = draft.write().unwrap_err();
        let paths: Vec<_> = told.iter().map(|p| p.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "MSH-1",
                "PID",
                "PID-3",
                "PID-4(2)",
                "PID-5.1.2",
                "PID-6",
                "PID-7",
                "ligne 3"
            ]
        );
        assert!(Draft::new().write().is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(cells in proptest::collection::btree_map(
            (1u16..12, 1u16..4, 1u16..5, 1u16..4), "[a-zé|^~\\\\&\r\n\" ]{0,6}", 0..12)) {
            let mut draft = Draft::new();
            draft.segment("MSH");
            let segment = draft.segment("PID");
            for (at, value) in &cells {
                segment.set(*at, value.as_str());
            }
            let bytes = draft.write().unwrap();
            let message = Message::read(&bytes, &ReadOptions::default()).unwrap();
            let pid = message.segment("PID").unwrap();
            for ((f, r, c, s), value) in &cells {
                let [f, r, c, s] = [*f, *r, *c, *s].map(usize::from);
                let read = pid.field(f).repetition(r).component(c).subcomponent(s);
                prop_assert_eq!(read.text(), value.as_str());
            }
            prop_assert_eq!(message.to_bytes(), bytes);
        }
    }
}
