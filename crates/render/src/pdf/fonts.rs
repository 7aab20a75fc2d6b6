//! The fonts of the PDF and the shaping of words.
//!
//! Noto Sans (Apache 2.0) in four styles covers Latin, Greek and Cyrillic;
//! DejaVu Sans (free, Bitstream Vera licence) stands in for a character that
//! it lacks (☐, ☑, ✓, Arabic, Hebrew…). A character that neither has is set as
//! its compatibility decomposition (㎎ as mg) when there is one that they have,
//! else as `�`, and remembered.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::rc::Rc;

use harfrust::{Direction, FontRef, ShaperData, UnicodeBuffer};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use unicode_normalization::char::decompose_compatible;

use crate::block::Style;
use crate::rules;
use dcc_base::problem::{Problem, Problems};

/// One of the faces that the PDF may embed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum FaceId {
    Regular,
    Bold,
    Italic,
    BoldItalic,
    Fallback,
    FallbackBold,
}

impl FaceId {
    pub(super) fn of(style: Style) -> FaceId {
        match (style.bold, style.italic) {
            (false, false) => FaceId::Regular,
            (true, false) => FaceId::Bold,
            (false, true) => FaceId::Italic,
            (true, true) => FaceId::BoldItalic,
        }
    }

    fn fallback(self) -> FaceId {
        match self {
            FaceId::Bold | FaceId::BoldItalic | FaceId::FallbackBold => FaceId::FallbackBold,
            _ => FaceId::Fallback,
        }
    }
}

struct Face {
    font: FontRef<'static>,
    data: ShaperData,
    krilla: Font,
}

/// A shaped piece of text; lengths in em.
pub(super) struct Word {
    pub(super) text: String,
    pub(super) runs: Vec<Run>,
    /// Width with the trailing spaces.
    pub(super) width: f32,
    /// Width without them.
    pub(super) ink: f32,
    /// Set from right to left.
    pub(super) is_rtl: bool,
}

/// Glyphs of one face.
pub(super) struct Run {
    pub(super) face: FaceId,
    /// Part of the word's text.
    pub(super) range: Range<usize>,
    /// Text ranges are relative to the run's own text.
    pub(super) glyphs: Vec<KrillaGlyph>,
    pub(super) width: f32,
}

/// Faces and the words already shaped (looked up, never listed: the order of
/// a hash map does not reach the document).
pub(super) struct Fonts {
    faces: [Face; 6],
    words: HashMap<(FaceId, bool, String), Rc<Word>>,
    covered: HashMap<(FaceId, char), bool>,
    buffer: Option<UnicodeBuffer>,
    /// Where in the document the text being shaped stands.
    pub(super) place: String,
    /// Characters without a glyph, with the first place of each.
    pub(super) missing: BTreeMap<char, String>,
}

impl Fonts {
    pub(super) fn new() -> Result<Fonts, Problems> {
        let face = |bytes: &'static [u8]| -> Result<Face, Problems> {
            let broken = || Problem::new(&rules::PDF, "").message("Une police est illisible");
            let font = FontRef::from_index(bytes, 0).map_err(|e| broken().found(e))?;
            let krilla = Font::new(bytes.into(), 0).ok_or_else(broken)?;
            Ok(Face {
                data: ShaperData::new(&font),
                font,
                krilla,
            })
        };
        Ok(Fonts {
            faces: [
                face(ttf_noto_sans::REGULAR)?,
                face(ttf_noto_sans::BOLD)?,
                face(ttf_noto_sans::ITALIC)?,
                face(ttf_noto_sans::BOLD_ITALIC)?,
                face(dejavu::sans::regular())?,
                face(dejavu::sans::bold())?,
            ],
            words: HashMap::new(),
            covered: HashMap::new(),
            buffer: None,
            place: String::new(),
            missing: BTreeMap::new(),
        })
    }

    pub(super) fn krilla(&self, id: FaceId) -> Font {
        self.faces[id as usize].krilla.clone()
    }

    /// `text` shaped in a face, from left to right.
    #[cfg(test)]
    pub(super) fn word(&mut self, face: FaceId, text: &str) -> Rc<Word> {
        self.directed(face, text, false)
    }

    /// `text` shaped in a face, in the direction given, with fallback where the
    /// face lacks a character.
    pub(super) fn directed(&mut self, face: FaceId, text: &str, is_rtl: bool) -> Rc<Word> {
        let key = (face, is_rtl, text.to_owned());
        if let Some(word) = self.words.get(&key) {
            return word.clone();
        }
        let word = Rc::new(self.shape_word(face, text, is_rtl));
        self.words.insert(key, word.clone());
        word
    }

    fn shape_word(&mut self, face: FaceId, text: &str, is_rtl: bool) -> Word {
        let whole = self.shape(face, text, is_rtl);
        let (text, mut runs) = match whole {
            Some(glyphs) => {
                let run = Run {
                    face,
                    range: 0..text.len(),
                    width: glyphs.iter().map(|g| g.x_advance).sum(),
                    glyphs,
                };
                (text.to_owned(), vec![run])
            }
            None => self.shape_parts(face, text, is_rtl),
        };
        let width = runs.iter().map(|r| r.width).sum();
        let spaces = text.len() - text.trim_end_matches(' ').len();
        let ink = if spaces == 0 || spaces == text.len() {
            if spaces == 0 { width } else { 0.0 }
        } else {
            // trailing spaces are the last glyphs, one each; the first ones
            // from right to left
            let last = runs.last();
            let tail: f32 = match last {
                Some(run) if is_rtl => run.glyphs.iter().take(spaces).map(|g| g.x_advance).sum(),
                Some(run) => {
                    let tail = run.glyphs.iter().rev().take(spaces);
                    tail.map(|g| g.x_advance).sum()
                }
                None => 0.0,
            };
            width - tail
        };
        if is_rtl {
            runs.reverse();
        }
        Word {
            text,
            runs,
            width,
            ink,
            is_rtl,
        }
    }

    /// Cuts `text` where the face that has the characters changes.
    fn shape_parts(&mut self, face: FaceId, text: &str, is_rtl: bool) -> (String, Vec<Run>) {
        let mut clean = String::with_capacity(text.len());
        let mut parts: Vec<(FaceId, Range<usize>)> = Vec::new();
        for c in text.chars() {
            let mut shown: Vec<char> = Vec::new();
            if is_ignorable(c) {
                continue;
            }
            if self.face_of(face, c).is_some() {
                shown.push(c);
            } else {
                decompose_compatible(c, |part| shown.push(part));
                if shown == [c] || shown.iter().any(|p| self.face_of(face, *p).is_none()) {
                    shown = vec![char::REPLACEMENT_CHARACTER];
                    let place = self.place.clone();
                    self.missing.entry(c).or_insert(place);
                }
            }
            for c in shown {
                let id = self.face_of(face, c).unwrap_or(face.fallback());
                let start = clean.len();
                clean.push(c);
                match parts.last_mut() {
                    Some((known, range)) if *known == id => range.end = clean.len(),
                    _ => parts.push((id, start..clean.len())),
                }
            }
        }
        let mut runs = Vec::with_capacity(parts.len());
        for (id, range) in parts {
            let glyphs = self
                .shape(id, &clean[range.clone()], is_rtl)
                .unwrap_or_default();
            runs.push(Run {
                face: id,
                range,
                width: glyphs.iter().map(|g| g.x_advance).sum(),
                glyphs,
            });
        }
        (clean, runs)
    }

    /// The face that has a character: the one asked for, else its fallback.
    fn face_of(&mut self, face: FaceId, c: char) -> Option<FaceId> {
        [face, face.fallback()]
            .into_iter()
            .find(|id| self.covers(*id, c))
    }

    fn covers(&mut self, face: FaceId, c: char) -> bool {
        if let Some(known) = self.covered.get(&(face, c)) {
            return *known;
        }
        let known = self
            .shape(face, c.encode_utf8(&mut [0; 4]), false)
            .is_some();
        self.covered.insert((face, c), known);
        known
    }

    /// The glyphs of a text, none when the face lacks one.
    fn shape(&mut self, id: FaceId, text: &str, is_rtl: bool) -> Option<Vec<KrillaGlyph>> {
        let face = &self.faces[id as usize];
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(match is_rtl {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        });
        let shaper = face.data.shaper(&face.font).build();
        let em = shaper.units_per_em() as f32;
        let shaped = shaper.shape(buffer, harfrust::ShapeOptions::new());
        let infos = shaped.glyph_infos();
        let complete = infos.iter().all(|i| i.glyph_id != 0);
        let glyphs = complete.then(|| {
            // a cluster runs to the start of the next one, whatever the direction
            let mut starts: Vec<usize> = infos.iter().map(|i| i.cluster as usize).collect();
            starts.push(text.len());
            starts.sort_unstable();
            starts.dedup();
            infos
                .iter()
                .zip(shaped.glyph_positions())
                .map(|(info, position)| {
                    let start = info.cluster as usize;
                    let next = starts.partition_point(|s| *s <= start);
                    let end = starts.get(next).copied().unwrap_or(text.len());
                    KrillaGlyph::new(
                        GlyphId::new(info.glyph_id),
                        position.x_advance as f32 / em,
                        position.x_offset as f32 / em,
                        position.y_offset as f32 / em,
                        position.y_advance as f32 / em,
                        start..end,
                        None,
                    )
                })
                .collect()
        });
        self.buffer = Some(shaped.clear());
        glyphs
    }
}

/// Signs that only direct a word processor or an emoji (variation selectors,
/// joiners): nothing is lost without them where no font has them.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{1F3FB}'..='\u{1F3FF}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn accents_ligatures_and_fallback() {
        let mut fonts = Fonts::new().unwrap();
        let word = fonts.word(FaceId::Regular, "cœur ÉTÉ ");
        assert_eq!(word.runs.len(), 1);
        assert!(word.ink < word.width);
        let plain = fonts.word(FaceId::Regular, "e");
        let accent = fonts.word(FaceId::Regular, "é");
        let decomposed = fonts.word(FaceId::Regular, "e\u{301}");
        assert!((plain.width - accent.width).abs() < 0.01);
        assert!((decomposed.width - accent.width).abs() < 0.01);
        let boxes = fonts.word(FaceId::Bold, "☑ oui");
        assert_eq!(boxes.runs[0].face, FaceId::FallbackBold);
        assert_eq!(boxes.runs[1].face, FaceId::Bold);
        let unknown = fonts.word(FaceId::Regular, "a\u{10FFFD}");
        assert_eq!(unknown.text, "a\u{FFFD}");
        fonts.place = "/section".to_owned();
        let units = fonts.word(FaceId::Regular, "5 \u{338E} \u{4E00}");
        assert_eq!(units.text, "5 mg \u{FFFD}");
        let missing: Vec<_> = fonts.missing.iter().collect();
        assert_eq!(missing[0], (&'\u{4E00}', &"/section".to_owned()));
        assert_eq!(missing.len(), 2);
    }
}
