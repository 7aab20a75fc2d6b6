//! The record of a structure: a source, flags, which fields are there, fields.

use super::id::{self, Stored};
use super::ints::{put_varint, varint, varint32};

/// A field of the record, in the order of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Field {
    Technical,
    Finess,
    LegalFiness,
    Siret,
    Siren,
    National,
    Name,
    TradeName,
    Recipient,
    AccessPoint,
    Number,
    Repetition,
    StreetType,
    Street,
    Mention,
    Place,
    Phone,
    Phone2,
    Fax,
    Email,
    LongName,
    Category,
    CategoryGroup,
    Opened,
    Authorized,
    Updated,
    Closed,
    Ape,
    TariffMode,
    HospitalService,
    SchoolNumber,
    Sector,
    LegalStatus,
    State,
}

impl Field {
    /// True for a field that holds the number of a label or of a place.
    const fn is_reference(bit: u32) -> bool {
        const REFERENCES: u64 = (1 << Field::StreetType as u32)
            | (1 << Field::Place as u32)
            | (1 << Field::Category as u32)
            | (1 << Field::CategoryGroup as u32)
            | (1 << Field::TariffMode as u32)
            | (1 << Field::HospitalService as u32)
            | (1 << Field::Sector as u32)
            | (1 << Field::LegalStatus as u32)
            | (1 << Field::State as u32);
        REFERENCES & (1 << bit) != 0
    }
}

/// The technical identifier is `F` and the FINESS.
pub(crate) const TECHNICAL_FINESS: u8 = 1;
/// The technical identifier is `C` and the SIRET.
pub(crate) const TECHNICAL_SIRET: u8 = 2;
/// The SIREN begins the SIRET.
pub(crate) const SIREN_OF_SIRET: u8 = 4;
/// The Struct_IdNat is `1` and the FINESS.
pub(crate) const NATIONAL_FINESS: u8 = 8;
/// The Struct_IdNat is `3` and the SIRET.
pub(crate) const NATIONAL_SIRET: u8 = 16;
/// The structure is deactivated.
pub(crate) const DEACTIVATED: u8 = 32;

/// Writes one record; fields come in their order, empty ones are left out.
#[derive(Default)]
pub(crate) struct RecordWriter {
    fields: u64,
    body: Vec<u8>,
}

impl RecordWriter {
    /// A number, an identifier, a telephone: digits are packed.
    #[inline]
    pub(crate) fn packed(&mut self, field: Field, text: &str) {
        if !text.is_empty() {
            self.fields |= 1 << field as u32;
            id::put(&mut self.body, text);
        }
    }

    /// A text, kept as it is.
    #[inline]
    pub(crate) fn plain(&mut self, field: Field, text: &str) {
        if !text.is_empty() {
            self.fields |= 1 << field as u32;
            id::put_plain(&mut self.body, text);
        }
    }

    /// The number of a label or of a place; 0 is none.
    #[inline]
    pub(crate) fn reference(&mut self, field: Field, number: u32) {
        if number != 0 {
            self.fields |= 1 << field as u32;
            put_varint(&mut self.body, number.into());
        }
    }

    /// Ends the record into `out`, and begins anew.
    #[inline]
    pub(crate) fn finish(&mut self, source: u8, flags: u8, out: &mut Vec<u8>) {
        out.extend_from_slice(&[source, flags]);
        put_varint(out, self.fields);
        out.extend_from_slice(&self.body);
        self.fields = 0;
        self.body.clear();
    }
}

/// A record, read in place.
#[derive(Clone, Copy)]
pub(crate) struct StructureRecord<'a> {
    pub(crate) source: u8,
    pub(crate) flags: u8,
    fields: u64,
    body: &'a [u8],
}

impl<'a> StructureRecord<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        let (source, flags) = (*bytes.first()?, *bytes.get(1)?);
        let mut at = 2;
        let fields = varint(bytes, &mut at)?;
        Some(StructureRecord {
            source,
            flags,
            fields,
            body: bytes.get(at..)?,
        })
    }

    fn at(&self, field: Field) -> Option<usize> {
        if self.fields & (1 << field as u32) == 0 {
            return None;
        }
        let mut before = self.fields & ((1 << field as u32) - 1);
        let mut at = 0;
        while before != 0 {
            if Field::is_reference(before.trailing_zeros()) {
                varint(self.body, &mut at)?;
            } else {
                id::skip(self.body, &mut at)?;
            }
            before &= before - 1;
        }
        Some(at)
    }

    /// A text field.
    pub(crate) fn stored(&self, field: Field) -> Option<Stored<'a>> {
        id::get(self.body, &mut self.at(field)?)
    }

    /// A text field that was written plain.
    pub(crate) fn plain(&self, field: Field) -> &'a str {
        match self.stored(field) {
            Some(Stored::Plain(text)) => text,
            _ => "",
        }
    }

    /// The number of a label or of a place.
    pub(crate) fn reference(&self, field: Field) -> Option<u32> {
        varint32(self.body, &mut self.at(field)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_reads_back_field_by_field() {
        let mut writer = RecordWriter::default();
        let mut out = Vec::new();
        writer.packed(Field::Finess, "990000010");
        writer.plain(Field::Name, "CENTRE D'ESSAI");
        writer.plain(Field::Street, "");
        writer.reference(Field::Place, 300);
        writer.packed(Field::Phone, "0123456789");
        writer.finish(5, DEACTIVATED, &mut out);
        let record = StructureRecord::read(&out).expect("whole");
        assert_eq!((record.source, record.flags), (5, DEACTIVATED));
        let text = |f| record.stored(f).map(Stored::into_string);
        assert_eq!(text(Field::Finess).as_deref(), Some("990000010"));
        assert_eq!(record.plain(Field::Name), "CENTRE D'ESSAI");
        assert_eq!(text(Field::Street), None);
        assert_eq!(record.reference(Field::Place), Some(300));
        assert_eq!(text(Field::Phone).as_deref(), Some("0123456789"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes: Vec<u8>) {
            if let Some(record) = StructureRecord::read(&bytes) {
                let _ = (record.plain(Field::Name), record.reference(Field::State), record.stored(Field::Email).map(Stored::into_string));
            }
        }
    }
}
