//! Mailboxes as they are met.

use super::intern::{Runs, TextPool};
use super::structures::key_of;
use crate::file::mailbox::MailboxRecord;

/// Mailboxes in the order in which they were met; an address may come twice.
#[derive(Default)]
pub(crate) struct Mailboxes {
    pub(crate) bytes: Vec<u8>,
    /// End of each record.
    pub(crate) ends: Vec<u32>,
    /// Person and mailbox.
    pub(crate) held: Vec<(u32, u32)>,
    /// Structure identifier and mailbox.
    pub(crate) keys: Vec<(u64, u32)>,
    /// Labels and texts that lines have in common, to find them in one step.
    domains: Runs,
    domain_texts: Vec<u32>,
}

impl Mailboxes {
    pub(crate) fn add(
        &mut self,
        person: Option<u32>,
        record: &MailboxRecord<&str>,
        pool: &mut TextPool,
    ) {
        let mailbox = self.ends.len() as u32;
        record.put(&mut self.bytes);
        self.ends.push(self.bytes.len() as u32);
        self.held.extend(person.map(|p| (p, mailbox)));
        if !record.structure.is_empty() {
            self.keys.push((key_of(record.structure, pool), mailbox));
        }
    }

    /// The text of a domain.
    pub(crate) fn domain(&mut self, domain: &str, pool: &mut TextPool) -> u32 {
        let (id, is_new) = self.domains.intern(domain.as_bytes());
        if is_new {
            self.domain_texts.push(pool.intern(domain));
        }
        self.domain_texts[id as usize]
    }

    pub(crate) fn record(&self, mailbox: u32) -> &[u8] {
        let from = if mailbox == 0 {
            0
        } else {
            self.ends[mailbox as usize - 1]
        };
        &self.bytes[from as usize..self.ends[mailbox as usize] as usize]
    }
}
