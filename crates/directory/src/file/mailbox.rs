//! The record of a mailbox.

use super::id;
use super::ints::{put_varint, varint32};

/// Fields that are texts of the pool, in their order.
pub(crate) const TEXTS: usize = 16;
/// Which text is which.
pub(crate) mod text {
    pub(crate) const SERVICE: usize = 0;
    pub(crate) const CIVILITY: usize = 1;
    pub(crate) const SURNAME: usize = 2;
    pub(crate) const GIVEN: usize = 3;
    pub(crate) const STRUCTURE_NAME: usize = 4;
    pub(crate) const TRADE_NAME: usize = 5;
    /// L2, L3, number, its complement, type of street, street, L5, L6, postal
    /// code, department.
    pub(crate) const ADDRESS: usize = 6;
}

/// A mailbox as it is written and read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct MailboxRecord<S> {
    /// 0 PER, 1 ORG, 2 another.
    pub(crate) kind: u8,
    /// Before and behind the last `@`; the domain is a text of the pool.
    pub(crate) local: S,
    pub(crate) domain: u32,
    pub(crate) professional: S,
    pub(crate) structure_kind: S,
    pub(crate) structure: S,
    pub(crate) paperless: S,
    pub(crate) country: S,
    /// Labels: category, profession, savoir-faire (0: none).
    pub(crate) labels: [u32; 3],
    pub(crate) texts: [u32; TEXTS],
}

impl MailboxRecord<&str> {
    pub(crate) fn put(&self, out: &mut Vec<u8>) {
        out.push(self.kind);
        id::put_plain(out, self.local);
        put_varint(out, self.domain.into());
        let strings = [
            self.professional,
            self.structure_kind,
            self.structure,
            self.paperless,
            self.country,
        ];
        let present = strings.iter().map(|s| !s.is_empty());
        let present = present.chain(self.labels.iter().chain(&self.texts).map(|n| *n != 0));
        let fields = present
            .enumerate()
            .fold(0, |bits, (i, yes)| bits | (u64::from(yes) << i));
        put_varint(out, fields);
        for string in strings.iter().filter(|s| !s.is_empty()) {
            id::put(out, string);
        }
        for number in self.labels.iter().chain(&self.texts).filter(|n| **n != 0) {
            put_varint(out, u64::from(*number));
        }
    }
}

/// Reads a record.
pub(crate) fn read(bytes: &[u8]) -> Option<MailboxRecord<String>> {
    let mut at = 1;
    let mut record = MailboxRecord {
        kind: *bytes.first()?,
        local: id::get(bytes, &mut at)?.into_string(),
        ..Default::default()
    };
    record.domain = varint32(bytes, &mut at)?;
    let mut fields = super::ints::varint(bytes, &mut at)?;
    let mut next = || {
        let yes = fields & 1 == 1;
        fields >>= 1;
        yes
    };
    for string in [
        &mut record.professional,
        &mut record.structure_kind,
        &mut record.structure,
        &mut record.paperless,
        &mut record.country,
    ] {
        if next() {
            *string = id::get(bytes, &mut at)?.into_string();
        }
    }
    for number in record.labels.iter_mut().chain(&mut record.texts) {
        if next() {
            *number = varint32(bytes, &mut at)?;
        }
    }
    Some(record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_record_reads_back(kind in 0u8..3, local in "\\PC{0,20}", professional in "[0-9]{0,14}", texts: [u32; TEXTS], labels: [u32; 3], domain: u32) {
            let record = MailboxRecord { kind, local: local.as_str(), domain, professional: &professional, structure: "990000010", labels, texts, ..Default::default() };
            let mut out = Vec::new();
            record.put(&mut out);
            let back = read(&out).expect("whole");
            prop_assert_eq!((back.kind, back.local, back.domain), (kind, local.clone(), domain));
            prop_assert_eq!((back.professional, back.structure, back.paperless), (professional.clone(), "990000010".to_owned(), String::new()));
            prop_assert_eq!((back.labels, back.texts), (labels, texts));
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes: Vec<u8>) {
            let _ = read(&bytes);
        }
    }
}
