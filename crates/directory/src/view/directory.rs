//! A directory: the file opened, and look-ups by identifier.

use std::fmt;

use dcc_base::problem::{Problem, Problems};

use super::answer::Coded;
use crate::build::store::PROFILE;
use crate::edition::{Edition, EditionDate, Source};
use crate::file::id;
use crate::file::ints::{row_at, rows, u32_at, u64_at};
use crate::file::keys::KeyTable;
use crate::file::lists::{Lists, is_ascending};
use crate::file::narrow::Narrow;
use crate::file::sections::{Section, Sections};
use crate::file::texts;
use crate::file::words::WordIndex;
use crate::rules;

/// A directory, read in place from bytes: a file read whole, or mapped.
#[derive(Clone, Copy)]
pub struct Directory<'a> {
    bytes: &'a [u8],
    sections: Sections,
    people_edition: EditionDate,
}

impl fmt::Debug for Directory<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let editions: Vec<Edition> = self.editions().collect();
        f.debug_struct("Directory")
            .field("bytes", &self.bytes.len())
            .field("editions", &editions)
            .finish()
    }
}

impl<'a> Directory<'a> {
    /// Opens a file, its checksum verified.
    ///
    /// # Errors
    /// `ANNUAIRE-FICHIER`, `ANNUAIRE-VERSION`, `ANNUAIRE-SOMME`, `ANNUAIRE-SECTION`.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Problems> {
        Self::opened(bytes, true)
    }

    /// Opens a file without reading all of it: the checksum is not verified.
    /// For a mapped file that was verified when it was put in place. Damaged
    /// bytes then give wrong answers, never a panic.
    ///
    /// # Errors
    /// `ANNUAIRE-FICHIER`, `ANNUAIRE-VERSION`, `ANNUAIRE-SECTION`.
    pub fn open_unverified(bytes: &'a [u8]) -> Result<Self, Problems> {
        Self::opened(bytes, false)
    }

    fn opened(bytes: &'a [u8], checked: bool) -> Result<Self, Problems> {
        let directory = Self::reopened(bytes, Sections::read(bytes, checked)?);
        let unsound = directory.unsound();
        if unsound.is_empty() {
            Ok(directory)
        } else {
            let problem = |section: &Section| {
                Problem::new(&rules::FILE_SECTION, format!("section {section:?}"))
            };
            Err(unsound.iter().map(problem).collect())
        }
    }

    /// The same file, already opened once.
    pub(crate) fn reopened(bytes: &'a [u8], sections: Sections) -> Self {
        let mut directory = Directory {
            bytes,
            sections,
            people_edition: EditionDate::default(),
        };
        directory.people_edition = directory.edition_of(&[Source::Activities, Source::Fhir]);
        directory
    }

    pub(crate) fn sections(&self) -> Sections {
        self.sections
    }

    #[inline]
    pub(crate) fn part(&self, section: Section) -> &'a [u8] {
        self.sections.of(self.bytes, section)
    }

    /// Sections that do not fit the others.
    fn unsound(&self) -> Vec<Section> {
        use Section as S;
        let len = |s| self.part(s).len();
        let whole = |s, row| (s, len(s) % row == 0);
        let persons = Narrow::<3>::new(self.part(S::Persons));
        let persons_rise = persons.len() == self.person_count() + 1 && persons.rises(2);
        let pairs = |s| (s, Narrow::<2>::is_sound(self.part(s)));
        let surnames = self.part(S::Surnames);
        let mut starts =
            (0..rows::<2>(surnames)).map(|i| row_at::<2>(surnames, i).map_or(0, |r| r[1]));
        let start = starts.next().unwrap_or(1);
        let surnames_rise = starts
            .try_fold(start, |last, n| (n >= last).then_some(n))
            .is_some()
            && start == 0;
        let structures = self.structure_count();
        let checks = [
            whole(S::Editions, 32),
            whole(S::Labels, 8),
            whole(S::Profiles, 4 * PROFILE),
            whole(S::Places, 36),
            whole(S::ClosedPersons, 4),
            pairs(S::Activities),
            (
                S::OtherNames,
                Narrow::<3>::is_sound(self.part(S::OtherNames)),
            ),
            whole(S::Givens, 4),
            pairs(S::ByName),
            whole(S::PlaceOrder, 4),
            whole(S::Skills, 16),
            pairs(S::SkillsHeld),
            whole(S::Diplomas, 16),
            pairs(S::DiplomasHeld),
            pairs(S::CardsHeld),
            pairs(S::MailboxesHeld),
            (S::PersonKeys, self.person_keys().is_sound()),
            (
                S::Persons,
                persons_rise && Narrow::<3>::is_sound(self.part(S::Persons)),
            ),
            (
                S::StructureOffsets,
                len(S::StructureOffsets) >= 4 && is_ascending(self.part(S::StructureOffsets)),
            ),
            (S::StructureKeys, self.structure_keys().is_sound()),
            (S::Staff, self.staff().is_sound(structures)),
            (
                S::PlaceStructures,
                self.by_place().is_sound(rows::<9>(self.part(S::Places))),
            ),
            (S::Surnames, surnames_rise && len(S::Surnames) % 8 == 0),
            (S::SurnameWords, self.surname_words().is_sound()),
            (S::GivenWords, self.given_words().is_sound()),
            (S::StructureWords, self.structure_words().is_sound()),
            (
                S::MailboxOffsets,
                len(S::MailboxOffsets) >= 4 && is_ascending(self.part(S::MailboxOffsets)),
            ),
            (S::MailboxKeys, self.mailbox_keys().is_sound()),
        ];
        checks
            .into_iter()
            .filter(|(_, sound)| !sound)
            .map(|(section, _)| section)
            .collect()
    }

    pub(crate) fn person_keys(&self) -> KeyTable<'a> {
        let texts = self.part(Section::PersonTexts);
        KeyTable {
            keys: self.part(Section::PersonKeys),
            tree: self.part(Section::PersonTree),
            rows: &[],
            texts,
        }
    }

    pub(crate) fn structure_keys(&self) -> KeyTable<'a> {
        KeyTable {
            keys: self.part(Section::StructureKeys),
            tree: self.part(Section::StructureTree),
            rows: self.part(Section::StructureRows),
            texts: self.part(Section::StructureTexts),
        }
    }

    pub(crate) fn mailbox_keys(&self) -> KeyTable<'a> {
        KeyTable {
            keys: self.part(Section::MailboxKeys),
            tree: self.part(Section::MailboxTree),
            rows: self.part(Section::MailboxRows),
            texts: self.part(Section::MailboxTexts),
        }
    }

    pub(crate) fn staff(&self) -> Lists<'a> {
        Lists {
            offsets: self.part(Section::StaffOffsets),
            members: self.part(Section::Staff),
        }
    }

    pub(crate) fn by_place(&self) -> Lists<'a> {
        Lists {
            offsets: self.part(Section::PlaceOffsets),
            members: self.part(Section::PlaceStructures),
        }
    }

    pub(crate) fn surname_words(&self) -> WordIndex<'a> {
        WordIndex {
            fst: self.part(Section::SurnameWords),
            offsets: self.part(Section::SurnameWordOffsets),
            entries: self.part(Section::SurnameWordEntries),
        }
    }

    pub(crate) fn given_words(&self) -> WordIndex<'a> {
        WordIndex {
            fst: self.part(Section::GivenWords),
            offsets: self.part(Section::GivenWordOffsets),
            entries: self.part(Section::GivenWordEntries),
        }
    }

    pub(crate) fn structure_words(&self) -> WordIndex<'a> {
        WordIndex {
            fst: self.part(Section::StructureWords),
            offsets: self.part(Section::StructureWordOffsets),
            entries: self.part(Section::StructureWordEntries),
        }
    }

    #[inline]
    pub(crate) fn text(&self, offset: u32) -> &'a str {
        texts::text(self.part(Section::Texts), offset)
    }

    #[inline]
    pub(crate) fn label(&self, number: u32) -> Coded<'a> {
        let (code, label) = texts::label(
            self.part(Section::Texts),
            self.part(Section::Labels),
            number,
        );
        Coded { code, label }
    }

    /// Editions that the directory was made from, in the order of reading.
    pub fn editions(&self) -> impl Iterator<Item = Edition> + use<'a> {
        let part = self.part(Section::Editions);
        (0..part.len() / 32).filter_map(move |i| {
            let number = |k| u64_at(part, 4 * i + k);
            Some(Edition {
                source: Source::from_number(number(0)?.try_into().ok()?)?,
                date: EditionDate::from_number(number(1)?)?,
                lines: number(2)?,
                refused: number(3)?,
            })
        })
    }

    /// The latest edition of some sources; of all when none of them was read.
    pub(crate) fn edition_of(&self, sources: &[Source]) -> EditionDate {
        let of = self
            .editions()
            .filter(|e| sources.contains(&e.source))
            .map(|e| e.date)
            .max();
        of.or_else(|| self.editions().map(|e| e.date).max())
            .unwrap_or_default()
    }

    pub(crate) fn people_edition(&self) -> EditionDate {
        self.people_edition
    }

    pub(crate) fn mailbox_edition(&self) -> EditionDate {
        self.edition_of(&[Source::Mailboxes])
    }

    pub(crate) fn structure_edition(&self) -> EditionDate {
        self.edition_of(&[
            Source::Activities,
            Source::FinessCsv,
            Source::FinessJson,
            Source::Fhir,
        ])
    }

    /// Number of professionals.
    pub fn person_count(&self) -> usize {
        self.person_keys().len() + self.part(Section::PersonTexts).len() / 8
    }

    /// *Nom* and *prénom d'exercice* of a person.
    pub(crate) fn names_of(&self, person: u32) -> (&'a str, &'a str) {
        let [surname, given, _] = Narrow::new(self.part(Section::Persons))
            .row(person as usize)
            .unwrap_or_default();
        (self.surname(surname), self.given(given))
    }

    /// The surname of a number.
    #[inline]
    pub(crate) fn surname(&self, number: u32) -> &'a str {
        row_at::<2>(self.part(Section::Surnames), number as usize)
            .map_or("", |row| self.text(row[0]))
    }

    /// The given name of a number.
    #[inline]
    pub(crate) fn given(&self, number: u32) -> &'a str {
        u32_at(self.part(Section::Givens), number as usize).map_or("", |text| self.text(text))
    }

    /// Number of activities.
    pub fn activity_count(&self) -> usize {
        Narrow::<2>::new(self.part(Section::Activities)).len()
    }

    /// Number of records of structures.
    pub fn structure_count(&self) -> usize {
        (self.part(Section::StructureOffsets).len() / 4).saturating_sub(1)
    }

    /// Number of mailboxes.
    pub fn mailbox_count(&self) -> usize {
        (self.part(Section::MailboxOffsets).len() / 4).saturating_sub(1)
    }

    /// The rank of a professional.
    #[inline]
    pub(crate) fn person(&self, national: &str) -> Option<u32> {
        let keys = self.person_keys();
        match id::pack(national) {
            Some(key) => keys.rows_between(key, key).next(),
            None => keys
                .rows_of_text(national, |t| self.text(t))
                .first()
                .copied(),
        }
        .filter(|p| (*p as usize) < self.person_count())
    }

    /// The rows of the records of an identifier.
    pub(crate) fn structure_rows(&self, structure: &str) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        for form in forms_of(structure) {
            found.extend(self.rows_of(&self.structure_keys(), &form));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The rows that a table has for an identifier.
    pub(crate) fn rows_of(&self, keys: &KeyTable<'a>, text: &str) -> Vec<u32> {
        match id::pack(text) {
            Some(key) => keys.rows_between(key, key).collect(),
            None => keys.rows_of_text(text, |t| self.text(t)),
        }
    }

    /// The values of a table of persons and values.
    pub(crate) fn held(
        &self,
        section: Section,
        person: u32,
    ) -> impl Iterator<Item = u32> + use<'a> {
        let table = Narrow::<2>::new(self.part(section));
        (table.lower_bound(person)..)
            .map_while(move |i| table.row(i).filter(|r| r[0] == person).map(|r| r[1]))
    }
}

/// The forms under which a structure may be known: the identifier itself, and
/// what it is made of or makes.
pub(crate) fn forms_of(structure: &str) -> Vec<String> {
    let mut forms = vec![structure.to_owned()];
    let bare = match (structure.len(), structure.as_bytes().first()) {
        (10, Some(b'1' | b'F')) | (15, Some(b'3' | b'C')) => {
            structure.get(1..).unwrap_or(structure)
        }
        _ => structure,
    };
    if bare != structure {
        forms.push(bare.to_owned());
    }
    for (len, first) in [(9, ['1', 'F']), (14, ['3', 'C'])] {
        if bare.len() == len {
            forms.extend(
                first
                    .iter()
                    .map(|c| format!("{c}{bare}"))
                    .filter(|f| f != structure),
            );
        }
    }
    forms
}
