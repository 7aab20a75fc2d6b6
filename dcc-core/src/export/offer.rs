//! `offre_rcp.csv`: the RCPs that the 3C offers.

use std::collections::BTreeMap;

use super::File;
use super::rules;
use super::text::{Csv, Dialect};
use crate::indicators::OfferFact;
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

pub(super) fn table(offers: &[OfferFact], dialect: Dialect) -> File {
    let mut csv = Csv::new(
        dialect,
        &[
            "identifiant",
            "identifiants locaux",
            "intitulé",
            "thème",
            "appareils",
            "établissements",
            "3C",
            "lieu",
            "visioconférence",
            "coordonnateurs",
            "secrétariat",
            "périodicité",
            "capacité",
            "délai d'inscription",
            "règle de quorum",
            "recours",
            "fermée le",
        ],
    );
    let mut sorted: Vec<&OfferFact> = offers.iter().collect();
    sorted.sort_by_key(|o| &o.id);
    for o in sorted {
        csv.text(&o.id);
        csv.text(&o.local_ids.join(" | "));
        csv.text(&o.name);
        csv.text(o.theme.as_deref().unwrap_or_default());
        csv.text(&o.organ_systems.join(" | "));
        csv.text(&o.establishments.join(" | "));
        csv.text(o.centre_3c.as_deref().unwrap_or_default());
        csv.text(o.place.as_deref().unwrap_or_default());
        csv.text(o.video_link.as_deref().unwrap_or_default());
        csv.text(&o.coordinators.join(" | "));
        csv.text(o.secretariat.as_deref().unwrap_or_default());
        csv.text(o.recurrence.as_deref().unwrap_or_default());
        csv.number(o.capacity.map(u64::from));
        csv.text(o.enrolment_deadline.as_deref().unwrap_or_default());
        csv.text(o.quorum_rule.as_deref().unwrap_or_default());
        csv.text(if o.recourse { "oui" } else { "non" });
        csv.text(&o.closed_on.map_or(String::new(), |date| date.to_string()));
        csv.end();
    }
    csv.file("offre_rcp.csv")
}
