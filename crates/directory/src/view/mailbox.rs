//! Mailboxes of MSSanté.

use serde::Serialize;

use super::answer::Answer;
use super::directory::{Directory, forms_of};
use crate::file::ints::u32_at;
use crate::file::mailbox::{self as record, text};
use crate::file::sections::Section;

/// Whose a mailbox is (*type de BAL*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MailboxKind {
    /// `PER`: of a person.
    Personal,
    /// `ORG`: of an organisation.
    Organizational,
    /// Another type, reported when the edition was read.
    Other,
}

/// A mailbox (*boîte aux lettres MSSanté*). What the edition lacks is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Mailbox {
    /// *Type de BAL*.
    pub kind: MailboxKind,
    /// *Adresse BAL*.
    pub address: String,
    /// *Identification nationale PP* (PS_IdNat).
    pub professional: String,
    /// *Type d'identifiant de la structure*.
    pub structure_kind: String,
    /// *Identification de la structure*.
    pub structure: String,
    /// *Service de rattachement*.
    pub service: String,
    /// *Dématérialisation*, as the edition has it.
    pub paperless: String,
    /// *Nom d'exercice*.
    pub surname: String,
    /// *Prénom d'exercice*.
    pub given: String,
    /// *Profession*: code.
    pub profession: String,
    /// *Savoir-faire*: code.
    pub skill: String,
    /// *Raison sociale* of the structure.
    pub structure_name: String,
    /// *Enseigne commerciale* of the structure.
    pub trade_name: String,
    /// Address, lines L2 to L6, those that are filled.
    pub address_lines: Vec<String>,
    /// *Code postal*.
    pub postal_code: String,
    /// *Département*.
    pub department: String,
    /// *Pays*.
    pub country: String,
}

impl Directory<'_> {
    /// Mailboxes of a structure, by FINESS, SIRET, technical identifier or
    /// Struct_IdNat: those of type ORG, and those that persons have there.
    pub fn mailboxes_of_structure(&self, structure: &str) -> Answer<Vec<Mailbox>> {
        self.mailboxes_under([structure.to_owned()])
    }

    pub(crate) fn mailboxes_under(
        &self,
        structures: impl IntoIterator<Item = String>,
    ) -> Answer<Vec<Mailbox>> {
        let keys = self.mailbox_keys();
        let forms = structures.into_iter().flat_map(|s| forms_of(&s));
        let mut found: Vec<u32> = forms.flat_map(|form| self.rows_of(&keys, &form)).collect();
        found.sort_unstable();
        found.dedup();
        Answer {
            value: found
                .into_iter()
                .filter_map(|m| self.mailbox_at(m))
                .collect(),
            edition: self.mailbox_edition(),
        }
    }

    /// Mailboxes of an address, whatever its case; one address may be there
    /// several times.
    pub fn mailboxes_at(&self, address: &str) -> Answer<Vec<Mailbox>> {
        let wanted = address.to_ascii_lowercase();
        let folded = |m: usize| {
            self.mailbox_at(m as u32)
                .map(|b| b.address.to_ascii_lowercase())
                .unwrap_or_default()
        };
        let (mut low, mut high) = (0, self.mailbox_count());
        while low < high {
            let middle = low + (high - low) / 2;
            if folded(middle) < wanted {
                low = middle + 1
            } else {
                high = middle
            }
        }
        let value = (low..self.mailbox_count())
            .take_while(|m| folded(*m) == wanted)
            .filter_map(|m| self.mailbox_at(m as u32))
            .collect();
        Answer {
            value,
            edition: self.mailbox_edition(),
        }
    }

    pub(crate) fn mailbox_at(&self, mailbox: u32) -> Option<Mailbox> {
        let offsets = self.part(Section::MailboxOffsets);
        let (from, to) = (
            u32_at(offsets, mailbox as usize)?,
            u32_at(offsets, mailbox as usize + 1)?,
        );
        let record = record::read(
            self.part(Section::Mailboxes)
                .get(from as usize..to as usize)?,
        )?;
        let text = |i: usize| self.text(record.texts[i]).to_owned();
        let named = record.texts[text::SURNAME] != 0 || record.texts[text::GIVEN] != 0;
        let person = self
            .person(&record.professional)
            .filter(|_| !named)
            .map(|p| self.names_of(p));
        let (surname, given) = match person {
            Some((surname, given)) => (surname.to_owned(), given.to_owned()),
            None => (text(text::SURNAME), text(text::GIVEN)),
        };
        let line = |parts: &[usize]| -> String {
            let parts = parts
                .iter()
                .map(|i| self.text(record.texts[text::ADDRESS + i]))
                .filter(|t| !t.is_empty());
            parts.collect::<Vec<_>>().join(" ")
        };
        let lines = [&[0][..], &[1], &[2, 3, 4, 5], &[6], &[7]].map(line);
        Some(Mailbox {
            kind: match record.kind {
                0 => MailboxKind::Personal,
                1 => MailboxKind::Organizational,
                _ => MailboxKind::Other,
            },
            address: format!("{}@{}", record.local, self.text(record.domain)),
            structure_kind: record.structure_kind.clone(),
            structure: record.structure.clone(),
            service: text(text::SERVICE),
            paperless: record.paperless.clone(),
            surname,
            given,
            profession: self.label(record.labels[1]).code.to_owned(),
            skill: self.label(record.labels[2]).code.to_owned(),
            structure_name: text(text::STRUCTURE_NAME),
            trade_name: text(text::TRADE_NAME),
            address_lines: lines.into_iter().filter(|l| !l.is_empty()).collect(),
            postal_code: text(text::ADDRESS + 8),
            department: text(text::ADDRESS + 9),
            country: record.country.clone(),
            professional: record.professional,
        })
    }
}
