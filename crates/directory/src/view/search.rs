//! Search of professionals.

use std::collections::HashSet;

use super::answer::Answer;
use super::directory::Directory;
use super::professional::Professional;
use super::query::{Matches, Nearness, PersonQuery};
use super::search_names::{Bits, NameSearch};
use crate::build::store::{PROFILE, profile};
use crate::file::ints::{row_at, rows};
use crate::file::narrow::Narrow;
use crate::file::sections::Section;
use crate::names::fold_town;

/// A professional that was found.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PersonMatch<'d> {
    /// Who.
    pub professional: Professional<'d>,
    /// How near the name is.
    pub nearness: Nearness,
}

impl Directory<'_> {
    /// Searches professionals.
    pub fn search(&self, query: &PersonQuery<'_>) -> Answer<Matches<PersonMatch<'_>>> {
        let mut search = PersonSearch::new(self, query);
        match NameSearch::new(self, query) {
            Some(names) => search.by_name(names),
            None => search.by_criteria(),
        }
        let found = search.found.iter().map(|(p, nearness)| PersonMatch {
            professional: Professional::new(self, *p),
            nearness: *nearness,
        });
        Answer {
            value: Matches {
                found: found.collect(),
                complete: search.complete,
            },
            edition: self.people_edition(),
        }
    }
}

/// Criteria as sets of rows.
struct PersonSearch<'d, 'q> {
    directory: &'d Directory<'d>,
    query: &'q PersonQuery<'q>,
    /// Profiles of the profession; of the profession and the savoir-faire.
    professions: Option<Bits>,
    profiles: Option<Bits>,
    /// Savoir-faire of the edition that lists them.
    skills: Option<Bits>,
    structures: Option<Vec<u32>>,
    places: Option<Bits>,
    seen: HashSet<u32>,
    found: Vec<(u32, Nearness)>,
    left: u32,
    complete: bool,
}

impl<'d, 'q> PersonSearch<'d, 'q> {
    fn new(directory: &'d Directory<'d>, query: &'q PersonQuery<'q>) -> Self {
        let label_is = |number: u32, code: Option<&str>| {
            code.is_none_or(|c| directory.label(number).code == c)
        };
        let with = |table: Section, size: usize, test: &dyn Fn(usize) -> bool| {
            let mut bits = Bits::new(directory.part(table).len() / size);
            (0..directory.part(table).len() / size)
                .filter(|i| test(*i))
                .for_each(|i| bits.set(i as u32));
            bits
        };
        let profiles_with = |profession: Option<&str>, skill: Option<&str>| {
            with(Section::Profiles, 4 * PROFILE, &|i| {
                row_at::<PROFILE>(directory.part(Section::Profiles), i).is_some_and(|r| {
                    label_is(r[profile::PROFESSION], profession)
                        && label_is(r[profile::SKILL], skill)
                })
            })
        };
        let asked = query.profession.is_some() || query.skill.is_some();
        PersonSearch {
            directory,
            query,
            professions: asked.then(|| profiles_with(query.profession, None)),
            profiles: asked.then(|| profiles_with(query.profession, query.skill)),
            skills: query.skill.map(|skill| {
                with(Section::Skills, 16, &|i| {
                    row_at::<4>(directory.part(Section::Skills), i).is_some_and(|r| {
                        label_is(r[3], Some(skill)) && label_is(r[0], query.profession)
                    })
                })
            }),
            structures: query.structure.map(|s| directory.structure_rows(s)),
            places: query.town.map(|town| directory.places_of(town)),
            seen: HashSet::new(),
            found: Vec::new(),
            left: query.work,
            complete: true,
        }
    }

    /// True when an activity of the person meets every criterion.
    fn accepts(&self, person: u32) -> bool {
        if self.profiles.is_none() && self.structures.is_none() && self.places.is_none() {
            return true;
        }
        let mut has_skill = None;
        Professional::new(self.directory, person)
            .activities()
            .any(|activity| {
                let (profile, structure) = activity.numbers();
                let of_profile = match (&self.profiles, &self.professions, &self.skills) {
                    (None, ..) => true,
                    (Some(both), ..) if both.has(profile) => true,
                    (_, Some(profession), Some(skills)) => {
                        let held = || {
                            self.directory
                                .held(Section::SkillsHeld, person)
                                .any(|s| skills.has(s))
                        };
                        profession.has(profile) && *has_skill.get_or_insert_with(held)
                    }
                    _ => false,
                };
                let at_structure = match (&self.structures, structure) {
                    (None, _) => true,
                    (Some(rows), Some(row)) => rows.binary_search(&row).is_ok(),
                    _ => false,
                };
                let in_town = || match (&self.places, structure) {
                    (None, _) => true,
                    (Some(places), Some(row)) => self
                        .directory
                        .structure_at(row)
                        .is_some_and(|s| places.has(s.place_number())),
                    _ => false,
                };
                of_profile && at_structure && in_town()
            })
    }

    /// Takes a candidate; false when the search is over.
    fn take(&mut self, person: u32, nearness: Nearness) -> bool {
        if self.left == 0 {
            self.complete = false;
            return false;
        }
        self.left -= 1;
        if !self.seen.contains(&person)
            && (person as usize) < self.directory.person_count()
            && self.accepts(person)
        {
            if self.found.len() >= self.query.limit {
                self.complete = false;
                return false;
            }
            self.seen.insert(person);
            self.found.push((person, nearness));
        }
        true
    }

    fn by_name(&mut self, names: NameSearch<'_>) {
        let directory = self.directory;
        let (surnames, by_name) = (
            directory.part(Section::Surnames),
            Narrow::<2>::new(directory.part(Section::ByName)),
        );
        let total = by_name.len();
        let first = |surname: usize| {
            row_at::<2>(surnames, surname).map_or(0, |r| (r[1] as usize).min(total))
        };
        for tier in [
            Nearness::Exact,
            Nearness::Words,
            Nearness::Prefix,
            Nearness::Spelling,
        ] {
            if tier == Nearness::Spelling && self.query.faults == 0 {
                continue;
            }
            for reading in names.at(tier) {
                let entries = |range: std::ops::Range<usize>| range.filter_map(|i| by_name.row(i));
                let given = |g: u32| reading.givens.as_ref().is_none_or(|bits| bits.has(g));
                let mut looked = 0;
                let mut each = |search: &mut Self, range: std::ops::Range<usize>| {
                    for [g, person] in entries(range) {
                        looked += 1;
                        if looked > search.left || (given(g) && !search.take(person, tier)) {
                            search.complete = false;
                            return false;
                        }
                    }
                    true
                };
                let over = match &reading.surnames {
                    None => !each(self, 0..total),
                    Some(bits) => !bits
                        .iter()
                        .all(|s| each(self, first(s as usize)..first(s as usize + 1))),
                };
                if over {
                    return;
                }
            }
            self.complete &= names.is_complete();
        }
    }

    fn by_criteria(&mut self) {
        let directory = self.directory;
        let activities = |search: &mut Self, list: &mut dyn Iterator<Item = u32>| {
            list.filter_map(|a| directory.activity_at(a))
                .all(|a| search.take(a.professional().rank(), Nearness::Exact))
        };
        if let Some(rows) = self.structures.clone() {
            rows.iter()
                .all(|row| activities(self, &mut directory.staff().of(*row as usize)));
        } else if let Some(places) = self.places.clone() {
            let mut structures = places
                .iter()
                .flat_map(|p| directory.by_place().of(p as usize));
            structures.all(|row| activities(self, &mut directory.staff().of(row as usize)));
        } else if let Some(profiles) = self.profiles.clone() {
            // no list by profile: one pass over a narrow column, which stops at the limit
            let table = Narrow::<2>::new(directory.part(Section::Activities));
            let mut of_profiles = (0..table.len() as u32).filter(|a| {
                table
                    .row(*a as usize)
                    .is_some_and(|row| profiles.has(row[0]))
            });
            let over = !activities(self, &mut of_profiles);
            if let Some(skills) = self.skills.clone().filter(|_| !over) {
                let table = Narrow::<2>::new(directory.part(Section::SkillsHeld));
                let held = (0..table.len())
                    .filter_map(|i| table.row(i))
                    .filter(|r| skills.has(r[1]));
                held.map(|r| r[0])
                    .all(|person| self.take(person, Nearness::Exact));
            }
        }
    }
}

impl Directory<'_> {
    /// The places of a town: a COG code, a postal code, or a name (`Lyon` is
    /// also `Lyon 3e Arrondissement`).
    pub(crate) fn places_of(&self, town: &str) -> Bits {
        let table = self.part(Section::Places);
        let mut bits = Bits::new(rows::<9>(table));
        let is_code = town.len() == 5
            && town.bytes().filter(u8::is_ascii_digit).count() >= 4
            && town.is_ascii();
        if is_code {
            for i in 0..rows::<9>(table) {
                let row = row_at::<9>(table, i).unwrap_or_default();
                if self.text(row[1]) == town || self.text(row[2]) == town {
                    bits.set(i as u32);
                }
            }
            return bits;
        }
        let (order, wanted) = (self.part(Section::PlaceOrder), fold_town(town));
        if wanted.is_empty() {
            return bits;
        }
        let at = |rank: usize| {
            let place = crate::file::ints::u32_at(order, rank)?;
            let name = row_at::<9>(table, place as usize).map_or("", |r| self.text(r[8]));
            Some((place, name))
        };
        let (mut low, mut high) = (0, order.len() / 4);
        while low < high {
            let middle = low + (high - low) / 2;
            match at(middle) {
                Some((_, name)) if name < wanted.as_str() => low = middle + 1,
                _ => high = middle,
            }
        }
        while let Some((place, name)) = at(low).filter(|(_, name)| name.starts_with(&wanted)) {
            if matches!(name.as_bytes().get(wanted.len()), None | Some(b' ')) {
                bits.set(place);
            }
            low += 1;
        }
        bits
    }
}
