//! All that is gathered, before the file is made.

use super::attached::{Cards, Held};
use super::intern::{Runs, TextPool};
use super::mailboxes::Mailboxes;
use super::people::{Met, People};
use super::structures::{Pair, StructureCells, StructureNumbers, Structures};
use crate::edition::Edition;
use crate::file::ints::put_u32s;
use crate::names;

/// Labels of an activity, in the order of the row of its profile.
pub(crate) const PROFILE: usize = 12;
/// Which label is which.
pub(crate) mod profile {
    pub(crate) const PRACTICE_CIVILITY: usize = 0;
    pub(crate) const CIVILITY: usize = 1;
    pub(crate) const PROFESSION: usize = 2;
    pub(crate) const CATEGORY: usize = 3;
    pub(crate) const SKILL_TYPE: usize = 4;
    pub(crate) const SKILL: usize = 5;
    pub(crate) const MODE: usize = 6;
    pub(crate) const SECTOR: usize = 7;
    pub(crate) const PHARMACIST_SECTION: usize = 8;
    pub(crate) const ROLE: usize = 9;
    pub(crate) const KIND: usize = 10;
    pub(crate) const AUTHORITY: usize = 11;
}

/// One column per field; a row per activity.
#[derive(Default)]
pub(crate) struct Activities {
    pub(crate) persons: Vec<u32>,
    pub(crate) profiles: Vec<u32>,
    /// Structure + 1; 0 is none.
    pub(crate) structures: Vec<u32>,
    /// Activity, surname, given name, where they are not the person's.
    pub(crate) other_names: Vec<(u32, u32, u32)>,
}

#[derive(Default)]
pub(crate) struct Store {
    pub(crate) editions: Vec<Edition>,
    pub(crate) texts: TextPool,
    /// Code, separator, label: a run per pair, the empty pair first.
    pub(crate) labels: Runs,
    /// Rows of 2 u32, in the order of `labels`.
    pub(crate) label_rows: Vec<u8>,
    pub(crate) profiles: Runs,
    pub(crate) profile_rows: Vec<u8>,
    pub(crate) places: Runs,
    pub(crate) place_rows: Vec<u8>,
    pub(crate) people: People,
    pub(crate) activities: Activities,
    pub(crate) structures: Structures,
    pub(crate) skills: Held,
    pub(crate) diplomas: Held,
    pub(crate) cards: Cards,
    pub(crate) mailboxes: Mailboxes,
    scratch: Vec<u8>,
}

/// Between the parts of a run; no cell holds it, lines being split before.
const SEPARATOR: u8 = b'\n';
/// Beyond this many bytes a column of offsets would not fit 32 bits.
const MOST_BYTES: usize = u32::MAX as usize - (1 << 24);

/// The folded name of the town: the commune's, else what follows the postal
/// code, without the cedex.
fn town(cells: &[&str; 8]) -> String {
    if !cells[3].is_empty() {
        return names::fold_town(cells[3]);
    }
    let folded = names::fold_town(cells[0].trim_start_matches(|c: char| c.is_ascii_digit()));
    folded.split(" CEDEX").next().unwrap_or_default().to_owned()
}

impl Store {
    pub(crate) fn new() -> Self {
        let mut store = Store::default();
        store.label(("", ""));
        store.place(&[""; 8]);
        store
    }

    /// True when a column is near the bound of the format.
    pub(crate) fn is_full(&self) -> bool {
        let sizes = [
            self.texts.bytes.len(),
            self.labels.size(),
            self.profiles.size(),
            self.places.size(),
            self.structures.records.size(),
            self.cards.bytes.len(),
            self.mailboxes.bytes.len(),
            self.activities.persons.len(),
            self.people.keys.len(),
        ];
        sizes.iter().any(|s| *s > MOST_BYTES)
    }

    /// The number of a code and its label; 0 when both are empty.
    #[inline]
    pub(crate) fn label(&mut self, pair: Pair<'_>) -> u32 {
        if pair == ("", "") && self.labels.len() > 0 {
            return 0;
        }
        let mut run = std::mem::take(&mut self.scratch);
        run.clear();
        run.extend_from_slice(pair.0.as_bytes());
        run.push(SEPARATOR);
        run.extend_from_slice(pair.1.as_bytes());
        let (id, is_new) = self.labels.intern(&run);
        if is_new {
            let row = [self.texts.intern(pair.0), self.texts.intern(pair.1)];
            put_u32s(&mut self.label_rows, row);
        }
        self.scratch = run;
        id
    }

    /// The number of a profile.
    #[inline]
    pub(crate) fn profile(&mut self, pairs: &[Pair<'_>; PROFILE]) -> u32 {
        let mut run = std::mem::take(&mut self.scratch);
        run.clear();
        for pair in pairs {
            run.extend_from_slice(pair.0.as_bytes());
            run.push(SEPARATOR);
            run.extend_from_slice(pair.1.as_bytes());
            run.push(SEPARATOR);
        }
        let (id, is_new) = self.profiles.intern(&run);
        self.scratch = run;
        if is_new {
            let row = pairs.map(|pair| self.label(pair));
            put_u32s(&mut self.profile_rows, row);
        }
        id
    }

    /// The number of a place; 0 when every cell is empty.
    #[inline]
    pub(crate) fn place(&mut self, cells: &[&str; 8]) -> u32 {
        let mut run = std::mem::take(&mut self.scratch);
        run.clear();
        for cell in cells {
            run.extend_from_slice(cell.as_bytes());
            run.push(SEPARATOR);
        }
        let (id, is_new) = self.places.intern(&run);
        self.scratch = run;
        if is_new {
            let mut row = [0; 9];
            for (number, cell) in row.iter_mut().zip(cells) {
                *number = self.texts.intern(cell);
            }
            row[8] = self.texts.intern(&town(cells));
            put_u32s(&mut self.place_rows, row);
        }
        id
    }

    /// The number of a structure.
    pub(crate) fn structure(&mut self, cells: &StructureCells<'_>) -> Option<u32> {
        let place = self.place(&cells.place);
        self.structure_at(cells, place)
    }

    /// The number of a structure whose place is known.
    #[inline]
    pub(crate) fn structure_at(&mut self, cells: &StructureCells<'_>, place: u32) -> Option<u32> {
        let numbers = StructureNumbers {
            place,
            street_type: self.label(cells.street_type),
            category: self.label(cells.category),
            category_group: self.label(cells.category_group),
            tariff_mode: self.label(cells.tariff_mode),
            hospital_service: self.label(cells.hospital_service),
            sector: self.label(cells.sector),
            legal_status: self.label(cells.legal_status),
            state: self.label(cells.state),
        };
        self.structures.meet(cells, &numbers, &mut self.texts)
    }

    /// The person of an identifier, made when not known.
    #[inline]
    pub(crate) fn person(&mut self, national: &str, surname: &str, given: &str) -> Met {
        self.people.meet(national, surname, given, &mut self.texts)
    }

    /// Adds an activity of a person, named on its line.
    #[inline]
    pub(crate) fn activity(
        &mut self,
        met: Met,
        names: (&str, &str),
        profile: u32,
        structure: Option<u32>,
    ) {
        let person = met.person;
        if !met.is_new && !self.people.is_named(person, names.0, names.1) {
            self.people.name_if_unnamed(person, names.0, names.1);
            if !self.people.is_named(person, names.0, names.1) {
                let activity = self.activities.persons.len() as u32;
                let surname = self.people.surname_pool.intern(names.0);
                let given = self.people.given_pool.intern(names.1);
                self.activities.other_names.push((activity, surname, given));
            }
        }
        self.activities.persons.push(person);
        self.activities.profiles.push(profile);
        self.activities
            .structures
            .push(structure.map_or(0, |s| s + 1));
    }
}
