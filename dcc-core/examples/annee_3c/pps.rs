//! PPS of the year, as a vendor's table would give them: about six patients
//! in ten with a validated fiche have one, some weeks after the session.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use dcc_core::activity::Facts;
use dcc_core::indicators::{PpsFact, SessionFact};

use crate::random::Random;

/// The PPS, some in two versions, some not validated, some without theme.
pub(crate) fn simulate(facts: &Facts) -> Vec<PpsFact> {
    let mut random = Random::new(2027);
    let sessions: BTreeMap<&str, &SessionFact> =
        facts.sessions.iter().map(|s| (s.id.as_str(), s)).collect();
    let mut met: BTreeSet<&str> = BTreeSet::new();
    let mut all = Vec::new();
    for fiche in facts.fiches.iter().filter(|f| f.validated) {
        let Some(session) = sessions.get(fiche.session.as_str()) else {
            continue;
        };
        if !met.insert(&fiche.patient) || !random.percent(60) {
            continue;
        }
        let day = session.date + Days::new(3 + random.below(22) as u64);
        let id = format!("PPS-{}", fiche.patient);
        let mut first = PpsFact::new(id, 1, fiche.patient.as_str());
        first.validated_on = (!random.percent(7)).then_some(day);
        first.establishment.clone_from(&session.establishment);
        first.centre_3c.clone_from(&session.centre_3c);
        first.theme = session.theme.clone().filter(|_| !random.percent(4));
        if first.validated_on.is_some() && random.percent(10) {
            let mut second = first.clone();
            second.version = 2;
            second.validated_on = Some(day + Days::new(20 + random.below(60) as u64));
            all.push(second);
        }
        all.push(first);
    }
    all
}
