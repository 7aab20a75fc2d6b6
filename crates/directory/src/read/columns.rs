//! Columns by the names of the header.

use dcc_base::problem::Problem;

use super::cells::Cells;
use super::ledger::Ledger;
use crate::names::fold;
use crate::rules;

/// A column that a reader knows.
pub(crate) struct Column {
    /// Its name in the header.
    pub(crate) name: &'static str,
    /// True when the edition is refused without it.
    pub(crate) needed: bool,
}

/// A column without which the edition is refused.
pub(crate) const fn needed(name: &'static str) -> Column {
    Column { name, needed: true }
}

/// A column whose values may be unknown.
pub(crate) const fn optional(name: &'static str) -> Column {
    Column {
        name,
        needed: false,
    }
}

/// Where each known column stands.
pub(crate) struct Columns {
    places: Vec<usize>,
    /// So many known columns, from the first, follow each other in the header.
    ordered: usize,
    /// Cells of the header; one more, empty, is let pass on a line.
    pub(crate) count: usize,
}

/// Not in the header.
const ABSENT: usize = usize::MAX;

impl Columns {
    /// Binds the known columns to a header; `None` when a needed one is absent.
    pub(crate) fn bind(known: &[Column], header: &str, ledger: &mut Ledger) -> Option<Self> {
        let header = header.trim_start_matches('\u{feff}');
        let mut cells = Cells::default();
        let mut count = cells.split(header.as_bytes(), b'|');
        // the bar at the end of older editions
        if count > 1 && cells.get(header, count - 1).is_empty() {
            count -= 1;
        }
        let folded: Vec<String> = known.iter().map(|c| plain(c.name)).collect();
        let mut places = vec![ABSENT; known.len()];
        for i in 0..count {
            let name = cells.get(header, i);
            let found = plain(name);
            let at = |rule, name: &str| {
                Problem::new(rule, format!("ligne 1, colonne {}", i + 1))
                    .found(super::ledger::clip(name))
            };
            match folded.iter().position(|k| *k == found) {
                Some(k) if places[k] == ABSENT => places[k] = i,
                Some(_) => ledger.add(&rules::COLUMN_TWICE, || at(&rules::COLUMN_TWICE, name)),
                None => ledger.add(&rules::COLUMN_UNKNOWN, || at(&rules::COLUMN_UNKNOWN, name)),
            }
        }
        let mut whole = true;
        for (column, place) in known.iter().zip(&places) {
            if *place == ABSENT {
                let rule = if column.needed {
                    &rules::COLUMN_MISSING
                } else {
                    &rules::COLUMN_OPTIONAL
                };
                whole &= !column.needed;
                ledger.add(rule, || {
                    Problem::new(rule, "ligne 1").allowed([column.name])
                });
            }
        }
        let follow = |pair: &[usize]| pair[0] != ABSENT && pair[1] == pair[0] + 1;
        let ordered = 1 + places.windows(2).take_while(|pair| follow(pair)).count();
        whole.then_some(Columns {
            places,
            ordered,
            count,
        })
    }

    /// The cells of the known columns from `first` up to but not including
    /// `after`, in one piece; `None` when the header has them in another order.
    #[inline]
    pub(crate) fn run<'l>(
        &self,
        cells: &Cells,
        line: &'l str,
        first: usize,
        after: usize,
    ) -> Option<&'l str> {
        let place = self.places[first];
        (self.ordered >= after && place != ABSENT)
            .then(|| cells.run(line, place, place + after - first))
    }

    /// The cell of a known column; empty when the header lacks it.
    #[inline]
    pub(crate) fn get<'l>(&self, cells: &Cells, line: &'l str, column: usize) -> &'l str {
        cells.get(line, self.places[column])
    }
}

/// A name without case, accents, signs, nor the remark on coordinates.
fn plain(name: &str) -> String {
    let folded = fold(name);
    folded
        .strip_suffix(" COORD STRUCTURE")
        .map(str::to_owned)
        .unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[Column] = &[
        needed("Identifiant PP"),
        optional("Code postal (coord. structure)"),
        needed("Nom d'exercice"),
    ];

    fn bind(header: &str) -> (Option<Columns>, Vec<String>) {
        let mut ledger = Ledger::new(10);
        let columns = Columns::bind(KNOWN, header, &mut ledger);
        let told = ledger
            .close()
            .iter()
            .map(|p| {
                format!(
                    "{} {} {}",
                    p.code,
                    p.found.as_deref().unwrap_or(""),
                    p.allowed.join(",")
                )
            })
            .collect();
        (columns, told)
    }

    #[test]
    fn columns_are_found_by_name_in_any_order() {
        let (columns, told) =
            bind("\u{feff}Nom d’exercice|Code postal (coord. structure)|identifiant PP|");
        let columns = columns.expect("whole");
        assert_eq!((columns.places, columns.count), (vec![2, 1, 0], 3));
        assert_eq!(told, [] as [&str; 0]);
    }

    #[test]
    fn unknown_and_absent_columns_are_told() {
        let (columns, told) = bind("Identifiant PP|Couleur|Identifiant PP");
        assert!(columns.is_none());
        assert_eq!(
            told,
            [
                "ANNUAIRE-COLONNE-INCONNUE Couleur ",
                "ANNUAIRE-COLONNE-DOUBLE Identifiant PP ",
                "ANNUAIRE-COLONNE-FACULTATIVE  Code postal (coord. structure)",
                "ANNUAIRE-COLONNE-ABSENTE  Nom d'exercice"
            ]
        );
    }
}
