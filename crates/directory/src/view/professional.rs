//! A professional and her activities.

use std::fmt;

use super::answer::{Answer, Coded};
use super::directory::Directory;
use super::mailbox::Mailbox;
use super::structure::Structure;
use crate::build::store::{PROFILE, profile};
use crate::edition::{EditionDate, Source};
use crate::file::ints::{row_at, u32_at, u64_at};
use crate::file::narrow::Narrow;
use crate::file::sections::Section;
use crate::file::{card, id};

/// A professional (*professionnel*) of the directory.
#[derive(Clone, Copy)]
pub struct Professional<'d> {
    directory: &'d Directory<'d>,
    person: u32,
}

impl fmt::Debug for Professional<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Professional")
            .field(&self.national_id())
            .finish()
    }
}

impl PartialEq for Professional<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.person == other.person && std::ptr::eq(self.directory, other.directory)
    }
}

impl<'d> Professional<'d> {
    pub(crate) fn new(directory: &'d Directory<'d>, person: u32) -> Self {
        Professional { directory, person }
    }

    pub(crate) fn rank(&self) -> u32 {
        self.person
    }

    fn row(&self) -> [u32; 3] {
        Narrow::new(self.directory.part(Section::Persons))
            .row(self.person as usize)
            .unwrap_or_default()
    }

    /// *PS_IdNat*: `8` and the RPPS number, `0` and the ADELI number…
    pub fn national_id(&self) -> String {
        let keys = self.directory.person_keys();
        match u64_at(keys.keys, self.person as usize) {
            Some(key) => id::unpack(key).unwrap_or_default(),
            None => {
                let text = (0..keys.texts.len() / 8)
                    .filter_map(|i| row_at::<2>(keys.texts, i))
                    .find(|row| row[1] == self.person);
                text.map_or("", |row| self.directory.text(row[0]))
                    .to_owned()
            }
        }
    }

    /// The RPPS number, 11 digits; none for another register.
    pub fn rpps(&self) -> Option<String> {
        let national = self.national_id();
        national
            .strip_prefix('8')
            .filter(|r| r.len() == 11)
            .map(str::to_owned)
    }

    /// *Nom d'exercice*; an activity may be practised under another.
    pub fn surname(&self) -> &'d str {
        self.directory.names_of(self.person).0
    }

    /// *Prénom d'exercice*.
    pub fn given(&self) -> &'d str {
        self.directory.names_of(self.person).1
    }

    /// True when the directory holds that the person no longer practises
    /// (FHIR `active=false`).
    pub fn is_deactivated(&self) -> bool {
        let closed = self.directory.part(Section::ClosedPersons);
        let mut range = (0, closed.len() / 4);
        while range.0 < range.1 {
            let middle = range.0 + (range.1 - range.0) / 2;
            match u32_at(closed, middle) {
                Some(p) if p == self.person => return true,
                Some(p) if p < self.person => range.0 = middle + 1,
                _ => range.1 = middle,
            }
        }
        false
    }

    /// *Date d'édition*.
    pub fn edition(&self) -> EditionDate {
        self.directory.people_edition()
    }

    /// Activities, in the order of the edition: one per savoir-faire and place.
    pub fn activities(&self) -> impl Iterator<Item = Activity<'d>> + use<'d> {
        let (directory, person) = (self.directory, self.person);
        let next: [u32; 3] = Narrow::new(directory.part(Section::Persons))
            .row(person as usize + 1)
            .unwrap_or_default();
        let end = (next[2] as usize).min(directory.activity_count());
        (self.row()[2] as usize..end).map(move |activity| Activity {
            directory,
            person,
            activity: activity as u32,
        })
    }

    /// *Savoir-faire* of the edition that lists them.
    pub fn skills(&self) -> impl Iterator<Item = Skill<'d>> + use<'d> {
        let directory = self.directory;
        directory
            .held(Section::SkillsHeld, self.person)
            .filter_map(move |i| {
                let row: [u32; 4] = row_at(directory.part(Section::Skills), i as usize)?;
                let [profession, category, kind, skill] = row.map(|n| directory.label(n));
                Some(Skill {
                    profession,
                    category,
                    kind,
                    skill,
                })
            })
    }

    /// Diplomas and authorisations to practise.
    pub fn diplomas(&self) -> impl Iterator<Item = Diploma<'d>> + use<'d> {
        let directory = self.directory;
        directory
            .held(Section::DiplomasHeld, self.person)
            .filter_map(move |i| {
                let row: [u32; 4] = row_at(directory.part(Section::Diplomas), i as usize)?;
                let [kind, diploma, authorization, field] = row.map(|n| directory.label(n));
                Some(Diploma {
                    kind,
                    diploma,
                    authorization,
                    field,
                })
            })
    }

    /// Cards (CPS, CPF).
    pub fn cards(&self) -> impl Iterator<Item = Card<'d>> + use<'d> {
        let directory = self.directory;
        directory
            .held(Section::CardsHeld, self.person)
            .filter_map(move |at| {
                let (kind, texts) = card::read(directory.part(Section::Cards), at as usize)?;
                let [
                    number,
                    national_id,
                    valid_from,
                    valid_to,
                    opposed_on,
                    updated_on,
                ] = texts;
                Some(Card {
                    kind: directory.label(kind),
                    number,
                    national_id,
                    valid_from,
                    valid_to,
                    opposed_on,
                    updated_on,
                })
            })
    }

    /// MSSanté addresses of the person, as the edition has them: an address is
    /// never made from a name.
    pub fn mailboxes(&self) -> Answer<Vec<Mailbox>> {
        let directory = self.directory;
        let value = directory
            .held(Section::MailboxesHeld, self.person)
            .filter_map(|m| directory.mailbox_at(m))
            .collect();
        Answer {
            value,
            edition: directory.mailbox_edition(),
        }
    }

    /// *Date d'édition* of the savoir-faire.
    pub fn skills_edition(&self) -> EditionDate {
        self.directory.edition_of(&[Source::Skills, Source::Fhir])
    }
}

/// A savoir-faire: an ordinal specialty, a competence, a capacity…
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Skill<'d> {
    /// *Profession*, TRE_G15.
    pub profession: Coded<'d>,
    /// *Catégorie professionnelle*, TRE_R09: C civil, M military, E student.
    pub category: Coded<'d>,
    /// *Type de savoir-faire*, TRE_R04: S ordinal specialty, C competence…
    pub kind: Coded<'d>,
    /// *Savoir-faire*, such as SM36.
    pub skill: Coded<'d>,
}

/// A diploma or an authorisation to practise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Diploma<'d> {
    /// *Type de diplôme*.
    pub kind: Coded<'d>,
    /// *Diplôme*.
    pub diploma: Coded<'d>,
    /// *Type d'autorisation*.
    pub authorization: Coded<'d>,
    /// *Discipline de l'autorisation*.
    pub field: Coded<'d>,
}

/// A card of a professional (*carte CPS, CPF*); days as the edition writes them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Card<'d> {
    /// *Type de carte*.
    pub kind: Coded<'d>,
    /// *Numéro de carte*.
    pub number: String,
    /// *Identifiant national contenu dans la carte*.
    pub national_id: String,
    /// *Date de début de validité*.
    pub valid_from: String,
    /// *Date de fin de validité*.
    pub valid_to: String,
    /// *Date d'opposition*; empty when there is none.
    pub opposed_on: String,
    /// *Date de mise à jour*.
    pub updated_on: String,
}

/// An activity (*situation d'exercice*) of a professional.
#[derive(Clone, Copy)]
pub struct Activity<'d> {
    directory: &'d Directory<'d>,
    person: u32,
    activity: u32,
}

impl fmt::Debug for Activity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Activity").field(&self.activity).finish()
    }
}

macro_rules! labels {
    ($($doc:literal $name:ident $which:ident;)*) => {
        $(#[doc = $doc]
        pub fn $name(&self) -> Coded<'d> {
            self.coded(profile::$which)
        })*
    };
}

impl<'d> Activity<'d> {
    fn row(&self) -> [u32; 2] {
        Narrow::new(self.directory.part(Section::Activities))
            .row(self.activity as usize)
            .unwrap_or_default()
    }

    /// The number of its profile and of its structure.
    pub(crate) fn numbers(&self) -> (u32, Option<u32>) {
        let [profile, structure] = self.row();
        (profile, structure.checked_sub(1))
    }

    fn coded(&self, which: usize) -> Coded<'d> {
        let row: Option<[u32; PROFILE]> = row_at(
            self.directory.part(Section::Profiles),
            self.row()[0] as usize,
        );
        row.map(|r| self.directory.label(r[which]))
            .unwrap_or_default()
    }

    labels! {
        "*Civilité d'exercice*: DR, PR…" practice_civility PRACTICE_CIVILITY;
        "*Civilité*: M, MME." civility CIVILITY;
        "*Profession*, TRE_G15: 10 physician, 21 pharmacist…" profession PROFESSION;
        "*Catégorie professionnelle*, TRE_R09: C civil, M military, E student." category CATEGORY;
        "*Type de savoir-faire*, TRE_R04." skill_type SKILL_TYPE;
        "*Savoir-faire*, such as SM36." skill SKILL;
        "*Mode d'exercice*, TRE_R23: L, S, B." mode MODE;
        "*Secteur d'activité*, TRE_R02: SA01…" sector SECTOR;
        "*Section du tableau des pharmaciens*: A, B, C, D, E, G, H…" pharmacist_section PHARMACIST_SECTION;
        "*Rôle*." role ROLE;
        "*Genre d'activité*, TRE_R22." kind KIND;
        "*Autorité d'enregistrement*, in the label." authority AUTHORITY;
    }

    /// *Nom* and *prénom d'exercice* of this activity.
    pub fn names(&self) -> (&'d str, &'d str) {
        let table = Narrow::<3>::new(self.directory.part(Section::OtherNames));
        if let Some([_, s, g]) = table
            .row(table.lower_bound(self.activity))
            .filter(|row| row[0] == self.activity)
        {
            return (self.directory.surname(s), self.directory.given(g));
        }
        self.directory.names_of(self.person)
    }

    /// Whose activity it is.
    pub fn professional(&self) -> Professional<'d> {
        Professional::new(self.directory, self.person)
    }

    /// *Structure d'exercice*.
    pub fn structure(&self) -> Option<Structure<'d>> {
        self.row()[1]
            .checked_sub(1)
            .and_then(|row| self.directory.structure_at(row))
    }
}

impl<'d> Structure<'d> {
    /// Activities practised there, by professional. With `source` other than
    /// the activities', none: ask the records of the same identifier.
    pub fn staff(&self) -> impl Iterator<Item = Activity<'d>> + use<'d> {
        let (directory, row) = self.place_in();
        directory
            .staff()
            .of(row as usize)
            .filter_map(move |a| directory.activity_at(a))
    }
}

impl Directory<'_> {
    /// The activity of a rank, with its person.
    pub(crate) fn activity_at(&self, activity: u32) -> Option<Activity<'_>> {
        let persons = Narrow::<3>::new(self.part(Section::Persons));
        let first = |i: usize| persons.row(i).map_or(u32::MAX, |row| row[2]);
        // the last person whose first activity is not behind
        let (mut low, mut high) = (0, self.person_count());
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if first(middle) <= activity {
                low = middle
            } else {
                high = middle
            }
        }
        let known = (activity as usize) < self.activity_count() && self.person_count() > 0;
        known.then(|| Activity {
            directory: self,
            person: low as u32,
            activity,
        })
    }
}
