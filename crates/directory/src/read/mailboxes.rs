//! `Extraction_Correspondance_MSSante`: the mailboxes of MSSanté.

use super::columns::{Column, needed, optional};
use super::ledger::Ledger;
use super::person;
use super::table::{Row, Rows};
use crate::build::store::Store;
use crate::file::mailbox::{MailboxRecord, TEXTS, text};
use crate::rules;

/// The reader of mailboxes.
pub(crate) struct MailboxRows;

impl Rows for MailboxRows {
    const COLUMNS: &'static [Column] = &[
        needed("Type de BAL"),
        needed("Adresse BAL"),
        optional("Type Identifiant PP"),
        optional("Identifiant PP"),
        needed("Identification nationale PP"),
        optional("Type identifiant structure"),
        needed("Identification Structure"),
        optional("Service de rattachement"),
        optional("Civilité d'exercice"),
        optional("Nom d'exercice"),
        optional("Prénom d'exercice"),
        optional("Catégorie profession"),
        optional("Libellé de catégorie profession"),
        optional("Code Profession"),
        optional("Libellé Profession"),
        optional("Code savoir-faire"),
        optional("Libellé savoir-faire"),
        optional("Dématérialisation"),
        optional("Raison Sociale structure BAL"),
        optional("Enseigne commerciale structure BAL"),
        optional("L2COMPLEMENTLOCALISATION"),
        optional("L3COMPLEMENTDISTRIBUTION"),
        optional("L4NUMEROVOIE"),
        optional("L4COMPLEMENTNUMEROVOIE"),
        optional("NL4TYPEVOIE"),
        optional("L4LIBELLEVOIE"),
        optional("L5LIEUDITMENTION"),
        optional("L6LIGNEACHEMINEMENT"),
        optional("Code postal"),
        optional("Département"),
        optional("Pays"),
    ];

    fn row(&mut self, row: &Row<'_>, store: &mut Store, ledger: &mut Ledger) {
        let (kind, address, national) = (row.get(0), row.get(1), row.get(4));
        let kind = match kind {
            "PER" => 0,
            "ORG" => 1,
            _ => {
                ledger.line(&rules::MAILBOX_TYPE, row.line, kind);
                2
            }
        };
        let parts = address
            .rsplit_once('@')
            .filter(|(local, domain)| is_address(local, domain));
        let Some((local, domain)) = parts else {
            return ledger.refuse(&rules::MAILBOX_ADDRESS, row.line, address);
        };
        let names = (row.get(9), row.get(10));
        let has_person = !national.is_empty() || !row.get(3).is_empty();
        if !has_person && row.get(6).is_empty() {
            ledger.line(&rules::MAILBOX_OWNER, row.line, address);
        }
        let composed = if national.is_empty() {
            format!("{}{}", row.get(2), row.get(3))
        } else {
            String::new()
        };
        let national = if national.is_empty() {
            composed.as_str()
        } else {
            national
        };
        let met = if has_person {
            person::meet(
                row.line,
                row.get(2),
                row.get(3),
                national,
                names,
                store,
                ledger,
            )
        } else {
            None
        };
        let mut texts = [0; TEXTS];
        texts[text::SERVICE] = store.texts.intern(row.get(7));
        texts[text::CIVILITY] = store.texts.intern(row.get(8));
        // names are kept apart where they are not the person's
        if !met.is_some_and(|m| store.people.is_named(m.person, names.0, names.1)) {
            texts[text::SURNAME] = store.texts.intern(names.0);
            texts[text::GIVEN] = store.texts.intern(names.1);
        }
        for (i, column) in [(text::STRUCTURE_NAME, 18), (text::TRADE_NAME, 19)] {
            texts[i] = store.texts.intern(row.get(column));
        }
        if !row
            .run(20, 30)
            .is_some_and(|run| run.bytes().all(|b| b == b'|'))
        {
            for (i, column) in (20..30).enumerate() {
                texts[text::ADDRESS + i] = store.texts.intern(row.get(column));
            }
        }
        let country = row.get(30);
        let labels = [11, 13, 15].map(|column| store.label(row.pair(column)));
        let domain = store.mailboxes.domain(domain, &mut store.texts);
        let record = MailboxRecord {
            kind,
            local,
            domain,
            professional: national,
            structure_kind: row.get(5),
            structure: row.get(6),
            paperless: row.get(17),
            country,
            labels,
            texts,
        };
        store
            .mailboxes
            .add(met.map(|m| m.person), &record, &mut store.texts);
    }
}

fn is_address(local: &str, domain: &str) -> bool {
    let clean = |part: &str| {
        !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    clean(local)
        && clean(domain)
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
}
