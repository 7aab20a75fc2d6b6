//! `offre_rcp.csv`: the RCPs that the 3C offers.

use std::collections::BTreeMap;

use super::File;
use super::rules;
use super::text::{Csv, Dialect};
use crate::facts::OfferFact;
use crate::problem::{Problem, Problems};

pub(super) fn check(offers: &[OfferFact]) -> Problems {
    let mut problems = Problems::new();
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, offer) in offers.iter().enumerate() {
        let path = |field: &str| format!("/offers/{i}/{field}");
        if offer.id.trim().is_empty() {
            problems.push(
                Problem::new(&rules::OFFER, path("id")).message("La RCP n'a pas d'identifiant"),
            );
        } else if let Some(first) = met.insert(offer.id.trim(), i) {
            problems.push(
                Problem::new(&rules::OFFER, path("id"))
                    .message(format!(
                        "L'identifiant est déjà celui de la RCP /offers/{first}"
                    ))
                    .found(&offer.id),
            );
        }
        if offer.name.trim().is_empty() {
            problems.push(
                Problem::new(&rules::OFFER, path("name")).message("La RCP n'a pas d'intitulé"),
            );
        }
    }
    problems
}

/// Writes a cell, by the kind of its field.
mod cell {
    use chrono::NaiveDate;

    use super::super::text::Csv;

    pub(super) fn key(csv: &mut Csv, key: &str) {
        csv.text(key);
    }
    pub(super) fn text(csv: &mut Csv, text: &Option<String>) {
        csv.text(text.as_deref().unwrap_or_default());
    }
    pub(super) fn list(csv: &mut Csv, list: &[String]) {
        csv.text(&list.join(" | "));
    }
    pub(super) fn number(csv: &mut Csv, number: &Option<u32>) {
        csv.number(number.map(u64::from));
    }
    pub(super) fn flag(csv: &mut Csv, flag: &bool) {
        csv.text(if *flag { "oui" } else { "non" });
    }
    pub(super) fn maybe_day(csv: &mut Csv, day: &Option<NaiveDate>) {
        csv.text(&day.map_or(String::new(), |day| day.to_string()));
    }
}

/// The headings and the cells, from the table of facts.
macro_rules! columns {
    ($(
        $(#[$doc:meta])*
        $fact:ident as $row:ident { $($fields:tt)* }
        $( with { $($with:tt)* } )?
        $( list { $($list:tt)* } )?
        ;
    )*) => { $( columns! { @$row { $($fields)* } } )* };
    (@none { $( $(#[$doc:meta])* $field:ident: $kind:ident $heading:literal, )* }) => {
        const HEADINGS: &[&str] = &[$($heading),*];

        fn write(csv: &mut Csv, offer: &OfferFact) {
            $( cell::$kind(csv, &offer.$field); )*
        }
    };
    // facts that a store keeps: the export does not list them
    (@$row:ident $fields:tt) => {};
}

crate::facts!(columns);

pub(super) fn table(offers: &[OfferFact], dialect: Dialect) -> File {
    let mut csv = Csv::new(dialect, HEADINGS);
    let mut sorted: Vec<&OfferFact> = offers.iter().collect();
    sorted.sort_by_key(|o| &o.id);
    for offer in sorted {
        write(&mut csv, offer);
        csv.end();
    }
    csv.file("offre_rcp.csv")
}
