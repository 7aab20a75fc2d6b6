//! `PS_LibreAcces_Personne_activite`: one line per activity of a person.

use super::columns::{Column, needed, optional};
use super::ledger::Ledger;
use super::person;
use super::table::{Row, Rows};
use crate::build::intern::Runs;
use crate::build::store::Store;
use crate::build::structures::StructureCells;
use crate::edition::Source;

/// The reader of activities. Most lines have a profile and a place that came
/// before: they are known by the text of their columns in one piece.
#[derive(Default)]
pub(crate) struct ActivityRows {
    profiles: Known,
    places: Known,
    scratch: Vec<u8>,
}

/// Numbers of pieces of text that came before.
#[derive(Default)]
struct Known {
    pieces: Runs,
    numbers: Vec<u32>,
}

/// Pieces kept, in bytes; beyond, new ones are found as on other sources.
const MOST_KNOWN: usize = 1 << 25;

impl Known {
    /// The number of a piece, from `of` when it is new.
    #[inline]
    fn number(&mut self, piece: &[u8], of: impl FnOnce() -> u32) -> u32 {
        if self.pieces.size() > MOST_KNOWN {
            return of();
        }
        let (id, is_new) = self.pieces.intern(piece);
        if is_new {
            self.numbers.push(of());
        }
        self.numbers[id as usize]
    }
}

impl ActivityRows {
    #[inline]
    fn profile(&mut self, row: &Row<'_>, store: &mut Store) -> u32 {
        let pieces = (row.run(3, 7), row.run(9, 19), row.run(47, 56));
        let (Some(a), Some(b), Some(c)) = pieces else {
            return profile_of(row, store);
        };
        self.scratch.clear();
        for piece in [a, b, c] {
            self.scratch.extend_from_slice(piece.as_bytes());
            self.scratch.push(b'|');
        }
        self.profiles
            .number(&self.scratch, || profile_of(row, store))
    }

    #[inline]
    fn place(&mut self, row: &Row<'_>, store: &mut Store) -> u32 {
        let (Some(a), Some(b)) = (row.run(34, 40), row.run(44, 46)) else {
            return store.place(&place_of(row));
        };
        self.scratch.clear();
        for piece in [a, b] {
            self.scratch.extend_from_slice(piece.as_bytes());
            self.scratch.push(b'|');
        }
        self.places
            .number(&self.scratch, || store.place(&place_of(row)))
    }
}

/// Labels in the order of the row of a profile.
fn profile_of(row: &Row<'_>, store: &mut Store) -> u32 {
    store.profile(&[
        row.pair(3),
        row.pair(5),
        row.pair(9),
        row.pair(11),
        row.pair(13),
        row.pair(15),
        row.pair(17),
        row.pair(48),
        row.pair(50),
        row.pair(52),
        row.pair(54),
        ("", row.get(47)),
    ])
}

fn place_of<'l>(row: &Row<'l>) -> [&'l str; 8] {
    [34, 35, 36, 37, 38, 39, 44, 45].map(|column| row.get(column))
}

impl Rows for ActivityRows {
    const COLUMNS: &'static [Column] = &[
        optional("Type d'identifiant PP"),
        optional("Identifiant PP"),
        needed("Identification nationale PP"),
        optional("Code civilité d'exercice"),
        optional("Libellé civilité d'exercice"),
        optional("Code civilité"),
        optional("Libellé civilité"),
        needed("Nom d'exercice"),
        needed("Prénom d'exercice"),
        needed("Code profession"),
        optional("Libellé profession"),
        needed("Code catégorie professionnelle"),
        optional("Libellé catégorie professionnelle"),
        optional("Code type savoir-faire"),
        optional("Libellé type savoir-faire"),
        needed("Code savoir-faire"),
        optional("Libellé savoir-faire"),
        optional("Code mode exercice"),
        optional("Libellé mode exercice"),
        needed("Numéro SIRET site"),
        optional("Numéro SIREN site"),
        needed("Numéro FINESS site"),
        optional("Numéro FINESS établissement juridique"),
        needed("Identifiant technique de la structure"),
        needed("Raison sociale site"),
        optional("Enseigne commerciale site"),
        optional("Complément destinataire (coord. structure)"),
        optional("Complément point géographique (coord. structure)"),
        optional("Numéro Voie (coord. structure)"),
        optional("Indice répétition voie (coord. structure)"),
        optional("Code type de voie (coord. structure)"),
        optional("Libellé type de voie (coord. structure)"),
        optional("Libellé Voie (coord. structure)"),
        optional("Mention distribution (coord. structure)"),
        optional("Bureau cedex (coord. structure)"),
        optional("Code postal (coord. structure)"),
        optional("Code commune (coord. structure)"),
        optional("Libellé commune (coord. structure)"),
        optional("Code pays (coord. structure)"),
        optional("Libellé pays (coord. structure)"),
        optional("Téléphone (coord. structure)"),
        optional("Téléphone 2 (coord. structure)"),
        optional("Télécopie (coord. structure)"),
        optional("Adresse e-mail (coord. structure)"),
        optional("Code Département (structure)"),
        optional("Libellé Département (structure)"),
        optional("Ancien identifiant de la structure"),
        optional("Autorité d'enregistrement"),
        optional("Code secteur d'activité"),
        optional("Libellé secteur d'activité"),
        optional("Code section tableau pharmaciens"),
        optional("Libellé section tableau pharmaciens"),
        optional("Code rôle"),
        optional("Libellé rôle"),
        optional("Code genre activité"),
        optional("Libellé genre activité"),
    ];

    #[inline]
    fn row(&mut self, row: &Row<'_>, store: &mut Store, ledger: &mut Ledger) {
        let names = (row.get(7), row.get(8));
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
        let profile = self.profile(row, store);
        if row
            .run(19, 47)
            .is_some_and(|run| run.bytes().all(|b| b == b'|'))
        {
            return store.activity(met, names, profile, None);
        }
        let place = self.place(row, store);
        let cells = StructureCells {
            source: Source::Activities.number(),
            siret: row.get(19),
            siren: row.get(20),
            finess: row.get(21),
            legal_finess: row.get(22),
            technical: row.get(23),
            name: row.get(24),
            trade_name: row.get(25),
            recipient: row.get(26),
            access_point: row.get(27),
            number: row.get(28),
            repetition: row.get(29),
            street_type: row.pair(30),
            street: row.get(32),
            mention: row.get(33),
            phone: row.get(40),
            phone2: row.get(41),
            fax: row.get(42),
            email: row.get(43),
            national: row.get(46),
            ..StructureCells::default()
        };
        let structure = store.structure_at(&cells, place);
        store.activity(met, names, profile, structure);
    }
}
