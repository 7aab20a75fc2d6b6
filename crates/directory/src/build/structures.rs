//! Structures as they are met: each different record once.

use super::intern::{Runs, TextPool};
use super::people::IS_TEXT;
use crate::file::id;
use crate::file::structure::{self as record, Field, RecordWriter};

/// A code and its label.
pub(crate) type Pair<'r> = (&'r str, &'r str);

/// What a source has on a structure; the rest is empty.
#[derive(Clone, Copy, Default)]
pub(crate) struct StructureCells<'r> {
    pub(crate) source: u8,
    pub(crate) deactivated: bool,
    pub(crate) technical: &'r str,
    pub(crate) finess: &'r str,
    pub(crate) legal_finess: &'r str,
    pub(crate) siret: &'r str,
    pub(crate) siren: &'r str,
    pub(crate) national: &'r str,
    pub(crate) name: &'r str,
    pub(crate) trade_name: &'r str,
    pub(crate) recipient: &'r str,
    pub(crate) access_point: &'r str,
    pub(crate) number: &'r str,
    pub(crate) repetition: &'r str,
    pub(crate) street_type: Pair<'r>,
    pub(crate) street: &'r str,
    pub(crate) mention: &'r str,
    /// Cedex office, postal code, commune (code, label), country (code,
    /// label), department (code, label).
    pub(crate) place: [&'r str; 8],
    pub(crate) phone: &'r str,
    pub(crate) phone2: &'r str,
    pub(crate) fax: &'r str,
    pub(crate) email: &'r str,
    pub(crate) long_name: &'r str,
    pub(crate) category: Pair<'r>,
    pub(crate) category_group: Pair<'r>,
    pub(crate) opened: &'r str,
    pub(crate) authorized: &'r str,
    pub(crate) updated: &'r str,
    pub(crate) closed: &'r str,
    pub(crate) ape: &'r str,
    pub(crate) tariff_mode: Pair<'r>,
    pub(crate) hospital_service: Pair<'r>,
    pub(crate) school_number: &'r str,
    pub(crate) sector: Pair<'r>,
    pub(crate) legal_status: Pair<'r>,
    pub(crate) state: Pair<'r>,
}

/// The labels and places that the cells name.
#[derive(Clone, Copy, Default)]
pub(crate) struct StructureNumbers {
    pub(crate) place: u32,
    pub(crate) street_type: u32,
    pub(crate) category: u32,
    pub(crate) category_group: u32,
    pub(crate) tariff_mode: u32,
    pub(crate) hospital_service: u32,
    pub(crate) sector: u32,
    pub(crate) legal_status: u32,
    pub(crate) state: u32,
}

/// Structures in the order in which they were met.
#[derive(Default)]
pub(crate) struct Structures {
    pub(crate) records: Runs,
    pub(crate) places: Vec<u32>,
    /// Identifiers and the structure they name.
    pub(crate) keys: Vec<(u64, u32)>,
    pub(crate) texts: Vec<(u32, u32)>,
    writer: RecordWriter,
    scratch: Vec<u8>,
}

impl Structures {
    /// The number of a structure; `None` for cells that hold nothing.
    #[inline]
    pub(crate) fn meet(
        &mut self,
        cells: &StructureCells<'_>,
        numbers: &StructureNumbers,
        pool: &mut TextPool,
    ) -> Option<u32> {
        let flags = self.encode(cells, numbers);
        self.scratch.clear();
        self.writer.finish(cells.source, flags, &mut self.scratch);
        // source, flags and no field
        if self.scratch.get(2) == Some(&0) {
            return None;
        }
        let (id, is_new) = self.records.intern(&self.scratch);
        if is_new {
            self.places.push(numbers.place);
            self.put_keys(cells, id, pool);
        }
        Some(id)
    }

    #[inline]
    fn encode(&mut self, c: &StructureCells<'_>, n: &StructureNumbers) -> u8 {
        let follows = |text: &str, first: char, rest: &str| {
            !rest.is_empty()
                && text.len() == rest.len() + 1
                && text.starts_with(first)
                && text.ends_with(rest)
        };
        let mut flags = if c.deactivated {
            record::DEACTIVATED
        } else {
            0
        };
        let w = &mut self.writer;
        if follows(c.technical, 'F', c.finess) {
            flags |= record::TECHNICAL_FINESS;
        } else if follows(c.technical, 'C', c.siret) {
            flags |= record::TECHNICAL_SIRET;
        } else {
            w.packed(Field::Technical, c.technical);
        }
        w.packed(Field::Finess, c.finess);
        w.packed(Field::LegalFiness, c.legal_finess);
        w.packed(Field::Siret, c.siret);
        if !c.siren.is_empty()
            && c.siret.len() == 14
            && c.siret.starts_with(c.siren)
            && c.siren.len() == 9
        {
            flags |= record::SIREN_OF_SIRET;
        } else {
            w.packed(Field::Siren, c.siren);
        }
        if follows(c.national, '1', c.finess) {
            flags |= record::NATIONAL_FINESS;
        } else if follows(c.national, '3', c.siret) {
            flags |= record::NATIONAL_SIRET;
        } else {
            w.packed(Field::National, c.national);
        }
        w.plain(Field::Name, c.name);
        w.plain(Field::TradeName, c.trade_name);
        w.plain(Field::Recipient, c.recipient);
        w.plain(Field::AccessPoint, c.access_point);
        w.packed(Field::Number, c.number);
        w.plain(Field::Repetition, c.repetition);
        w.reference(Field::StreetType, n.street_type);
        w.plain(Field::Street, c.street);
        w.plain(Field::Mention, c.mention);
        w.reference(Field::Place, n.place);
        w.packed(Field::Phone, c.phone);
        w.packed(Field::Phone2, c.phone2);
        w.packed(Field::Fax, c.fax);
        w.plain(Field::Email, c.email);
        w.plain(Field::LongName, c.long_name);
        w.reference(Field::Category, n.category);
        w.reference(Field::CategoryGroup, n.category_group);
        w.packed(Field::Opened, c.opened);
        w.packed(Field::Authorized, c.authorized);
        w.packed(Field::Updated, c.updated);
        w.packed(Field::Closed, c.closed);
        w.packed(Field::Ape, c.ape);
        w.reference(Field::TariffMode, n.tariff_mode);
        w.reference(Field::HospitalService, n.hospital_service);
        w.packed(Field::SchoolNumber, c.school_number);
        w.reference(Field::Sector, n.sector);
        w.reference(Field::LegalStatus, n.legal_status);
        w.reference(Field::State, n.state);
        flags
    }

    /// FINESS, SIRET, and the other two where they do not follow from these.
    fn put_keys(&mut self, c: &StructureCells<'_>, structure: u32, pool: &mut TextPool) {
        let derived = |text: &str, first: char, rest: &str| {
            !rest.is_empty() && text.strip_prefix(first) == Some(rest)
        };
        let technical = derived(c.technical, 'F', c.finess) || derived(c.technical, 'C', c.siret);
        let national = derived(c.national, '1', c.finess) || derived(c.national, '3', c.siret);
        for (text, follows) in [
            (c.technical, technical),
            (c.finess, false),
            (c.siret, false),
            (c.national, national),
        ] {
            if text.is_empty() || follows {
                continue;
            }
            match id::pack(text) {
                Some(key) => self.keys.push((key, structure)),
                None => self.texts.push((pool.intern(text), structure)),
            }
        }
        let siren = if c.siret.starts_with(c.siren) {
            ""
        } else {
            c.siren
        };
        for (class, text) in [(id::LEGAL, c.legal_finess), (id::SIREN, siren)] {
            if let Some(key) = id::pack_as(class, text) {
                self.keys.push((key, structure));
            }
        }
    }
}

/// The key of a structure identifier, a number or a text marked [`IS_TEXT`].
pub(crate) fn key_of(text: &str, pool: &mut TextPool) -> u64 {
    id::pack(text).unwrap_or_else(|| IS_TEXT | u64::from(pool.intern(text)))
}
