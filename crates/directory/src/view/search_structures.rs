//! Search of structures.

use std::cell::Cell;
use std::collections::HashSet;

use super::answer::Answer;
use super::directory::Directory;
use super::query::{Matches, Nearness};
use super::search_names::{Bits, near_words};
use super::structure::Structure;
use crate::edition::Source;
use crate::names::fold;

/// What is sought; criteria add up. Those that are `None` ask nothing.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct StructureQuery<'q> {
    /// Words of the *raison sociale*, long or short, or of the *enseigne*, or the
    /// beginning of words.
    pub name: Option<&'q str>,
    /// Town: name, COG code or postal code.
    pub town: Option<&'q str>,
    /// *Code département*.
    pub department: Option<&'q str>,
    /// *Catégorie d'établissement*, TRE_R66, which FINESS has.
    pub category: Option<&'q str>,
    /// Records of one source only.
    pub source: Option<Source>,
    /// Typing faults in a word, 0 to 2 (1).
    pub faults: u8,
    /// Most records to give (20).
    pub limit: usize,
    /// Most records to look at (4 million): the bound of the work.
    pub work: u32,
}

impl Default for StructureQuery<'_> {
    fn default() -> Self {
        StructureQuery {
            name: None,
            town: None,
            department: None,
            category: None,
            source: None,
            faults: 1,
            limit: 20,
            work: 4_000_000,
        }
    }
}

/// A structure that was found.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct StructureMatch<'d> {
    /// Which.
    pub structure: Structure<'d>,
    /// How near the name is.
    pub nearness: Nearness,
}

impl Directory<'_> {
    /// Searches structures.
    pub fn search_structures(
        &self,
        query: &StructureQuery<'_>,
    ) -> Answer<Matches<StructureMatch<'_>>> {
        let places = query.town.map(|town| self.places_of(town));
        let accepts = |s: &Structure<'_>| {
            places.as_ref().is_none_or(|p| p.has(s.place_number()))
                && query.department.is_none_or(|d| s.department().code == d)
                && query.category.is_none_or(|c| s.category().code == c)
                && query.source.is_none_or(|source| s.source() == Some(source))
        };
        let mut found: Vec<StructureMatch<'_>> = Vec::new();
        let (mut seen, mut left, mut complete) = (HashSet::new(), query.work, true);
        let mut take = |row: u32, nearness: Nearness| {
            let over = left == 0;
            left = left.saturating_sub(1);
            let structure = self
                .structure_at(row)
                .filter(|s| !over && !seen.contains(&row) && accepts(s));
            if over || (structure.is_some() && found.len() >= query.limit) {
                complete = false;
                return false;
            }
            if let Some(structure) = structure {
                seen.insert(row);
                found.push(StructureMatch {
                    structure,
                    nearness,
                });
            }
            true
        };
        let name = query.name.map(fold).filter(|n| !n.is_empty());
        let steps = Cell::new(100_000);
        match (&name, &places) {
            (Some(name), _) => {
                let index = self.structure_words();
                for tier in [Nearness::Words, Nearness::Prefix, Nearness::Spelling] {
                    if tier == Nearness::Spelling && query.faults == 0 {
                        continue;
                    }
                    let rows: Bits = near_words(
                        &index,
                        self.structure_count(),
                        name,
                        tier,
                        query.faults,
                        &steps,
                    );
                    if !rows.iter().all(|row| take(row, tier)) {
                        break;
                    }
                }
            }
            (None, Some(places)) => {
                places
                    .iter()
                    .flat_map(|p| self.by_place().of(p as usize))
                    .all(|row| take(row, Nearness::Exact));
            }
            (None, None) if query.department.is_some() || query.category.is_some() => {
                (0..self.structure_count() as u32).all(|row| take(row, Nearness::Exact));
            }
            (None, None) => {}
        }
        complete &= steps.get() > 0;
        Answer {
            value: Matches { found, complete },
            edition: self.structure_edition(),
        }
    }
}
