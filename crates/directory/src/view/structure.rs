//! A structure as one source has it.

use std::fmt;

use super::answer::{Answer, Coded};
use super::directory::Directory;
use super::mailbox::Mailbox;
use crate::edition::{EditionDate, Source};
use crate::file::id::Stored;
use crate::file::ints::{row_at, u32_at};
use crate::file::sections::Section;
use crate::file::structure::{self as record, Field, StructureRecord};

/// A record of a structure (*structure*): an establishment, a practice, a
/// pharmacy, a legal entity.
#[derive(Clone, Copy)]
pub struct Structure<'d> {
    directory: &'d Directory<'d>,
    row: u32,
    record: StructureRecord<'d>,
}

impl fmt::Debug for Structure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Structure")
            .field("finess", &self.finess())
            .field("name", &self.name())
            .finish()
    }
}

macro_rules! fields {
    ($($doc:literal $name:ident $field:ident;)*) => {
        $(#[doc = $doc]
        pub fn $name(&self) -> Option<String> {
            self.record.stored(Field::$field).map(Stored::into_string)
        })*
    };
}

macro_rules! plain {
    ($($doc:literal $name:ident $field:ident;)*) => {
        $(#[doc = $doc]
        pub fn $name(&self) -> &'d str {
            self.record.plain(Field::$field)
        })*
    };
}

macro_rules! coded {
    ($($doc:literal $name:ident $field:ident;)*) => {
        $(#[doc = $doc]
        pub fn $name(&self) -> Coded<'d> {
            self.record.reference(Field::$field).map(|n| self.directory.label(n)).unwrap_or_default()
        })*
    };
}

impl<'d> Structure<'d> {
    pub(crate) fn read(directory: &'d Directory<'d>, row: u32, bytes: &'d [u8]) -> Option<Self> {
        Some(Structure {
            directory,
            row,
            record: StructureRecord::read(bytes)?,
        })
    }

    /// The directory and the row of the record.
    pub(crate) fn place_in(&self) -> (&'d Directory<'d>, u32) {
        (self.directory, self.row)
    }

    pub(crate) fn place_number(&self) -> u32 {
        self.record.reference(Field::Place).unwrap_or(0)
    }

    /// Where the record comes from.
    pub fn source(&self) -> Option<Source> {
        Source::from_number(self.record.source)
    }

    /// *Date d'édition* of its source.
    pub fn edition(&self) -> EditionDate {
        self.directory.edition_of(self.source().as_slice())
    }

    /// True when the source holds it closed or inactive.
    pub fn is_deactivated(&self) -> bool {
        self.record.flags & record::DEACTIVATED != 0
    }

    /// *Identifiant technique de la structure*: `R…`, `F` and FINESS, `C` and SIRET.
    pub fn technical_id(&self) -> Option<String> {
        self.derived(
            Field::Technical,
            [
                (record::TECHNICAL_FINESS, 'F'),
                (record::TECHNICAL_SIRET, 'C'),
            ],
        )
    }

    /// *Struct_IdNat* (*ancien identifiant de la structure*), as the source has
    /// it: `1` and FINESS, `3` and SIRET, `4` and RPPS and a rank…
    pub fn national_id(&self) -> Option<String> {
        self.derived(
            Field::National,
            [
                (record::NATIONAL_FINESS, '1'),
                (record::NATIONAL_SIRET, '3'),
            ],
        )
    }

    fn derived(&self, field: Field, from: [(u8, char); 2]) -> Option<String> {
        let [(finess, f), (siret, s)] = from;
        match self.record.flags {
            flags if flags & finess != 0 => Some(format!("{f}{}", self.finess()?)),
            flags if flags & siret != 0 => Some(format!("{s}{}", self.siret()?)),
            _ => self.record.stored(field).map(Stored::into_string),
        }
    }

    /// *Numéro SIREN*, 9 digits.
    pub fn siren(&self) -> Option<String> {
        if self.record.flags & record::SIREN_OF_SIRET != 0 {
            return self.siret().and_then(|s| s.get(..9).map(str::to_owned));
        }
        self.record.stored(Field::Siren).map(Stored::into_string)
    }

    fields! {
        "*Numéro FINESS du site*; of the legal entity itself for a record of one." finess Finess;
        "*Numéro FINESS de l'établissement juridique*." legal_finess LegalFiness;
        "*Numéro SIRET*, 14 digits." siret Siret;
        "*Numéro dans la voie*." street_number Number;
        "*Téléphone*." phone Phone;
        "*Téléphone 2*." phone2 Phone2;
        "*Télécopie*." fax Fax;
        "*Date d'ouverture*, as the source writes it." opened_on Opened;
        "*Date d'autorisation*." authorized_on Authorized;
        "*Date de mise à jour*." updated_on Updated;
        "*Date de fermeture*." closed_on Closed;
        "*Code APE*." ape Ape;
        "*Numéro éducation nationale* (UAI)." school_number SchoolNumber;
    }

    plain! {
        "*Raison sociale*." name Name;
        "*Raison sociale longue*." long_name LongName;
        "*Enseigne commerciale*." trade_name TradeName;
        "*Complément destinataire*." recipient Recipient;
        "*Complément point géographique*." access_point AccessPoint;
        "*Indice de répétition de la voie*." repetition Repetition;
        "*Libellé de la voie*." street Street;
        "*Mention de distribution, lieu-dit*." mention Mention;
        "*Adresse e-mail* that is not of MSSanté." email Email;
    }

    coded! {
        "*Type de voie*." street_type StreetType;
        "*Catégorie d'établissement*, TRE_R66." category Category;
        "*Agrégat de catégorie*." category_group CategoryGroup;
        "*Mode de fixation des tarifs*." tariff_mode TariffMode;
        "*Participation au service public hospitalier*." hospital_service HospitalService;
        "*Secteur d'activité*, TRE_R02; the activities of professionals have their own." sector Sector;
        "*Statut juridique*, TRE_R72." legal_status LegalStatus;
        "*État de l'objet administratif*." state State;
    }

    fn place(&self, i: usize) -> &'d str {
        let row: Option<[u32; 9]> = row_at(
            self.directory.part(Section::Places),
            self.place_number() as usize,
        );
        row.map_or("", |r| self.directory.text(r[i]))
    }

    /// *Bureau cedex*, or the whole *ligne d'acheminement* in FINESS.
    pub fn cedex(&self) -> &'d str {
        self.place(0)
    }

    /// *Code postal*.
    pub fn postal_code(&self) -> &'d str {
        self.place(1)
    }

    /// *Commune*: COG code and label.
    pub fn commune(&self) -> Coded<'d> {
        Coded {
            code: self.place(2),
            label: self.place(3),
        }
    }

    /// The name of the town, as it is written on an envelope.
    pub fn town(&self) -> &'d str {
        match self.place(3) {
            "" => self
                .place(0)
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == ' '),
            town => town,
        }
    }

    /// *Pays*.
    pub fn country(&self) -> Coded<'d> {
        Coded {
            code: self.place(4),
            label: self.place(5),
        }
    }

    /// *Département*.
    pub fn department(&self) -> Coded<'d> {
        Coded {
            code: self.place(6),
            label: self.place(7),
        }
    }

    /// MSSanté addresses of the structure, under any of its identifiers.
    pub fn mailboxes(&self) -> Answer<Vec<Mailbox>> {
        let ids = [
            self.finess(),
            self.siret(),
            self.technical_id(),
            self.national_id(),
        ];
        self.directory.mailboxes_under(ids.into_iter().flatten())
    }
}

impl Directory<'_> {
    /// The record of a structure.
    pub(crate) fn structure_at(&self, row: u32) -> Option<Structure<'_>> {
        let offsets = self.part(Section::StructureOffsets);
        let (from, to) = (
            u32_at(offsets, row as usize)?,
            u32_at(offsets, row as usize + 1)?,
        );
        let record = self
            .part(Section::StructureRecords)
            .get(from as usize..to as usize)?;
        Structure::read(self, row, record)
    }
}
