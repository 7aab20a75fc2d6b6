//! The sections of a file, where they stand, and the checksum.
//!
//! ```text
//! "DCC-ANNU" version(u32) 0(u32)         16 bytes
//! sections, each at a multiple of 8
//! table: offset(u64) length(u64) of each section, in the order of [`Section`]
//! offset of the table(u64) number of sections(u64)
//! SHA-256 of all that stands before      32 bytes
//! ```

use std::io::{self, Write};

use dcc_base::problem::{Problem, Problems};
use sha2::{Digest, Sha256};

use crate::rules;

const MAGIC: &[u8; 8] = b"DCC-ANNU";
/// Version of the format; it changes with any change of the sections.
pub(crate) const VERSION: u32 = 1;
const HEAD: usize = 16;
const TAIL: usize = 16 + 32;

macro_rules! sections {
    ($($name:ident $doc:literal,)*) => {
        /// What a section holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(usize)]
        pub(crate) enum Section { $(#[doc = $doc] $name,)* }

        impl Section {
            pub(crate) const ALL: &[Section] = &[$(Section::$name,)*];
        }
    };
}

sections! {
    Editions "Rows of 32 bytes: source, date, lines, refused lines (u64 each).",
    Texts "Length (varint) and UTF-8; a text is its offset; the first is empty.",
    Labels "Rows of 2 u32: code, label (texts).",
    Profiles "Rows of 12 u32: labels of an activity.",
    Places "Rows of 9 u32: texts of a town, the last its folded name.",
    PersonKeys "PS_IdNat that fit a number (u64), ascending.",
    PersonTree "Tree above them.",
    PersonTexts "PS_IdNat that do not: text, person (u32), by text.",
    Persons "Rows of 3 (narrow), and one at the end: surname, given name, first activity.",
    ClosedPersons "Persons that are deactivated (u32), ascending.",
    Activities "Rows of 2 (narrow): profile, structure + 1 (0: none).",
    OtherNames "Rows of 3 (narrow): activity, surname, given name, where they differ from the person's.",
    StructureOffsets "Offsets of the records (u32), and their end.",
    StructureRecords "Records of structures.",
    StructureKeys "Identifiers that fit a number (u64), ascending.",
    StructureTree "Tree above them.",
    StructureRows "Structure of each identifier (narrow).",
    StructureTexts "Identifiers that do not fit: text, structure (u32), by text.",
    StaffOffsets "Lists by structure,",
    Staff "(narrow) of its activities.",
    PlaceOrder "Places by folded name of the town (u32).",
    PlaceOffsets "Lists by place,",
    PlaceStructures "(narrow) of its structures.",
    Surnames "Rows of 2 u32, and one at the end: text, first of `ByName`; by folded name.",
    Givens "Text of each given name (u32), by folded name.",
    ByName "Rows of 2 (narrow): given name, person; by surname, given name, person.",
    SurnameWords "Words of surnames (fst),",
    SurnameWordOffsets "offsets (u32),",
    SurnameWordEntries "entries.",
    GivenWords "Words of given names (fst),",
    GivenWordOffsets "offsets (u32),",
    GivenWordEntries "entries.",
    StructureWords "Words of names of structures (fst),",
    StructureWordOffsets "offsets (u32),",
    StructureWordEntries "entries.",
    Skills "Rows of 4 u32: labels of a savoir-faire.",
    SkillsHeld "Rows of 2 (narrow): person, skill; by person.",
    Diplomas "Rows of 4 u32: labels of a diploma.",
    DiplomasHeld "Rows of 2 (narrow): person, diploma; by person.",
    Cards "Records of cards.",
    CardsHeld "Rows of 2 (narrow): person, offset of a card; by person.",
    MailboxOffsets "Offsets of the records (u32), by folded address, and their end.",
    Mailboxes "Records of mailboxes.",
    MailboxesHeld "Rows of 2 (narrow): person, mailbox; by person.",
    MailboxKeys "Structure identifiers that fit a number (u64), ascending.",
    MailboxTree "Tree above them.",
    MailboxRows "Mailbox of each identifier (narrow).",
    MailboxTexts "Identifiers that do not fit: text, mailbox (u32), by text.",
}

const COUNT: usize = Section::ALL.len();

/// Where each section stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sections([(usize, usize); COUNT]);

impl Sections {
    /// Reads the table of a file, and the checksum when `checked`.
    pub(crate) fn read(bytes: &[u8], checked: bool) -> Result<Self, Problems> {
        let format = || Problems::from(Problem::new(&rules::FILE_FORMAT, ""));
        let head = bytes.get(..HEAD).ok_or_else(format)?;
        if &head[..8] != MAGIC {
            return Err(format());
        }
        let version = super::ints::u32_at(head, 2).unwrap_or(0);
        if version != VERSION {
            let problem = Problem::new(&rules::FILE_VERSION, "")
                .found(version)
                .allowed([VERSION]);
            return Err(problem.into());
        }
        let body = bytes
            .len()
            .checked_sub(TAIL)
            .filter(|b| *b >= HEAD)
            .ok_or_else(format)?;
        let (content, digest) = bytes.split_at(bytes.len() - 32);
        if checked && Sha256::digest(content).as_slice() != digest {
            return Err(Problem::new(&rules::FILE_CHECKSUM, "").into());
        }
        let number =
            |i| super::ints::u64_at(&content[body..], i).and_then(|n| usize::try_from(n).ok());
        let table = number(0)
            .filter(|t| number(1) == Some(COUNT) && t.checked_add(COUNT * 16) == Some(body));
        let table = table
            .and_then(|t| content.get(t..body))
            .ok_or_else(format)?;
        let mut places = [(0, 0); COUNT];
        for (i, place) in places.iter_mut().enumerate() {
            let at =
                |k| super::ints::u64_at(table, 2 * i + k).and_then(|n| usize::try_from(n).ok());
            let end = at(0)
                .zip(at(1))
                .and_then(|(from, len)| Some((from, from.checked_add(len)?)));
            *place = end
                .filter(|(from, to)| *from >= HEAD && *to <= body)
                .ok_or_else(|| {
                    Problems::from(Problem::new(&rules::FILE_SECTION, format!("section {i}")))
                })?;
        }
        Ok(Sections(places))
    }

    /// The bytes of a section.
    #[inline]
    pub(crate) fn of<'a>(&self, bytes: &'a [u8], section: Section) -> &'a [u8] {
        let (from, to) = self.0[section as usize];
        bytes.get(from..to).unwrap_or_default()
    }
}

/// Writes sections in order, whatever the writer; the checksum follows.
pub(crate) struct SectionWriter<W> {
    out: W,
    digest: Sha256,
    at: u64,
    places: [(u64, u64); COUNT],
}

impl<W: Write> SectionWriter<W> {
    pub(crate) fn new(out: W) -> io::Result<Self> {
        let mut writer = SectionWriter {
            out,
            digest: Sha256::new(),
            at: 0,
            places: [(HEAD as u64, 0); COUNT],
        };
        let mut head = MAGIC.to_vec();
        head.extend_from_slice(&VERSION.to_le_bytes());
        head.extend_from_slice(&[0; 4]);
        writer.put(&head)?;
        Ok(writer)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.digest.update(bytes);
        self.at += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    /// Writes one section.
    pub(crate) fn section(&mut self, section: Section, bytes: &[u8]) -> io::Result<()> {
        self.section_of(section, [bytes])
    }

    /// Writes one section from parts.
    pub(crate) fn section_of<const N: usize>(
        &mut self,
        section: Section,
        parts: [&[u8]; N],
    ) -> io::Result<()> {
        let from = self.at;
        for part in parts {
            self.put(part)?;
        }
        let len = self.at - from;
        self.places[section as usize] = (from, len);
        let padding = (8 - len as usize % 8) % 8;
        self.put(&[0; 8][..padding])
    }

    /// Writes the table and the checksum; gives the writer back.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        let table = self.at;
        let places = self.places;
        for (from, len) in places {
            self.put(&from.to_le_bytes())?;
            self.put(&len.to_le_bytes())?;
        }
        self.put(&table.to_le_bytes())?;
        self.put(&(COUNT as u64).to_le_bytes())?;
        let digest = self.digest.finalize();
        self.out.write_all(digest.as_slice())?;
        self.out.flush()?;
        Ok(self.out)
    }
}
