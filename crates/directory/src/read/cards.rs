//! `Porteurs_CPS_CPF`: the cards of persons.

use super::columns::{Column, needed, optional};
use super::ledger::Ledger;
use super::person;
use super::table::{Row, Rows};
use crate::build::store::Store;

/// The reader of card holders.
pub(crate) struct CardRows;

impl Rows for CardRows {
    const COLUMNS: &'static [Column] = &[
        optional("Type d'identifiant PP"),
        needed("Identifiant PP"),
        optional("Identification nationale PP"),
        optional("Nom d'exercice"),
        optional("Prénom d'exercice"),
        optional("Code type de carte"),
        optional("Libellé type de carte"),
        needed("Numéro carte"),
        optional("Identifiant national contenu dans la carte"),
        optional("Date début validité"),
        optional("Date fin validité"),
        optional("Date opposition"),
        optional("Date de mise à jour"),
    ];

    fn row(&mut self, row: &Row<'_>, store: &mut Store, ledger: &mut Ledger) {
        let (kind, id, national) = (row.get(0), row.get(1), row.get(2));
        // an RPPS number alone has eleven digits; an ADELI number nine characters
        let kind = match (kind, id.len()) {
            ("", 11) => "8",
            ("", 9) => "0",
            _ => kind,
        };
        let names = (row.get(3), row.get(4));
        let Some(met) = person::meet(row.line, kind, id, national, names, store, ledger) else {
            return;
        };
        let label = store.label(row.pair(5));
        store.cards.add(
            met.person,
            label,
            [7, 8, 9, 10, 11, 12].map(|column| row.get(column)),
        );
    }
}
