//! `PS_LibreAcces_Dipl_AutExerc`: diplomas and authorisations to practise.

use super::columns::{Column, needed, optional};
use super::ledger::Ledger;
use super::person;
use super::table::{Row, Rows};
use crate::build::store::Store;

/// The reader of diplomas.
pub(crate) struct DiplomaRows;

impl Rows for DiplomaRows {
    const COLUMNS: &'static [Column] = &[
        optional("Type d'identifiant PP"),
        optional("Identifiant PP"),
        needed("Identification nationale PP"),
        optional("Nom d'exercice"),
        optional("Prénom d'exercice"),
        optional("Code type diplôme obtenu"),
        optional("Libellé type diplôme obtenu"),
        needed("Code diplôme obtenu"),
        optional("Libellé diplôme obtenu"),
        optional("Code type autorisation"),
        optional("Libellé type autorisation"),
        optional("Code discipline autorisation"),
        optional("Libellé discipline autorisation"),
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
        store.diplomas.add(met.person, labels);
    }
}
