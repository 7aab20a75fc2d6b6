//! `PS_LibreAcces_SavoirFaire`: one line per savoir-faire of a person.

use super::columns::{Column, needed, optional};
use super::ledger::Ledger;
use super::person;
use super::table::{Row, Rows};
use crate::build::store::Store;

/// The reader of savoir-faire.
pub(crate) struct SkillRows;

impl Rows for SkillRows {
    const COLUMNS: &'static [Column] = &[
        optional("Type d'identifiant PP"),
        optional("Identifiant PP"),
        needed("Identification nationale PP"),
        optional("Nom d'exercice"),
        optional("Prénom d'exercice"),
        needed("Code profession"),
        optional("Libellé profession"),
        optional("Code catégorie professionnelle"),
        optional("Libellé catégorie professionnelle"),
        needed("Code type savoir-faire"),
        optional("Libellé type savoir-faire"),
        needed("Code savoir-faire"),
        optional("Libellé savoir-faire"),
    ];

    fn row(&mut self, row: &Row<'_>, store: &mut Store, ledger: &mut Ledger) {
        let names = (row.get(3), row.get(4));
        let Some(met) = person::meet(
            row.line,
            row.get(0),
            row.get(1),
            row.get(2),
            names,
            store,
            ledger,
        ) else {
            return;
        };
        let labels = [5, 7, 9, 11].map(|column| store.label(row.pair(column)));
        store.skills.add(met.person, labels);
    }
}
