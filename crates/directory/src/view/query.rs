//! What is sought, and how near a name is.

use serde::Serialize;

use crate::names::fold;

/// How near a name is to the one that was asked; the nearest come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Nearness {
    /// The whole name, case, accents and hyphens aside; or no name was asked.
    Exact,
    /// Each word that was asked is a word of the name.
    Words,
    /// Each word that was asked begins a word of the name.
    Prefix,
    /// Each word is at most so many typing faults away.
    Spelling,
}

/// What is sought; criteria add up. Those that are `None` ask nothing.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PersonQuery<'q> {
    /// *Nom*, or words of it, or the beginning of words.
    pub surname: Option<&'q str>,
    /// *Prénom*, likewise.
    pub given: Option<&'q str>,
    /// *Nom* and *prénom* in either order, instead of the two above.
    pub name: Option<&'q str>,
    /// *Code profession*, TRE_G15: `10`.
    pub profession: Option<&'q str>,
    /// *Code savoir-faire*: `SM36`.
    pub skill: Option<&'q str>,
    /// Town of practice: name, COG code or postal code.
    pub town: Option<&'q str>,
    /// Structure of practice: FINESS, SIRET, technical identifier or Struct_IdNat.
    pub structure: Option<&'q str>,
    /// Typing faults in a word, 0 to 2 (1). Words of less than four letters
    /// are taken as they are.
    pub faults: u8,
    /// Most professionals to give (20).
    pub limit: usize,
    /// Most entries to look at (4 million): the bound of the work.
    pub work: u32,
}

impl Default for PersonQuery<'_> {
    fn default() -> Self {
        PersonQuery {
            surname: None,
            given: None,
            name: None,
            profession: None,
            skill: None,
            town: None,
            structure: None,
            faults: 1,
            limit: 20,
            work: 4_000_000,
        }
    }
}

/// What a search gave.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Matches<T> {
    /// The nearest first, then by name.
    pub found: Vec<T>,
    /// False when there may be others: the limit or the bound of the work was
    /// reached.
    pub complete: bool,
}

/// Readings of what was asked, surname and given name folded.
pub(crate) fn readings(query: &PersonQuery<'_>) -> Vec<(Option<String>, Option<String>)> {
    let folded = |text: Option<&str>| text.map(fold).filter(|t| !t.is_empty());
    let name = folded(query.name);
    let Some(name) = name else {
        let pair = (folded(query.surname), folded(query.given));
        return if pair.0.is_none() && pair.1.is_none() {
            Vec::new()
        } else {
            vec![pair]
        };
    };
    let words: Vec<&str> = name.split(' ').take(6).collect();
    let mut all = vec![(Some(name.clone()), None)];
    for cut in 1..words.len() {
        let (a, b) = (words[..cut].join(" "), words[cut..].join(" "));
        all.push((Some(a.clone()), Some(b.clone())));
        all.push((Some(b), Some(a)));
    }
    all
}
