//! Whether a fact can be kept, by the kind of each of its fields.

use chrono::NaiveDate;

use crate::facts::reserved::{MISSING, TOTAL};
use crate::facts::{Origin, SessionFactStatus};
use crate::indicators::problem_log::ProblemLog;
use crate::indicators::rules;

/// The longest text, in bytes.
const LONGEST: usize = 65_535;

/// A label that is blank is absent; so is the word for an absent one.
pub(super) fn stated(label: Option<&str>) -> Option<&str> {
    label
        .map(str::trim)
        .filter(|l| !l.is_empty() && *l != MISSING)
}

/// The checks of one fact: a method for each kind of field, true when the
/// value can be kept; otherwise the log has why not.
pub(crate) struct Acceptance<'a> {
    pub(super) log: &'a mut ProblemLog,
    pub(super) origin: Origin<'a>,
    pub(super) earliest: NaiveDate,
    pub(super) latest: NaiveDate,
}

// the fields have the types of the facts
#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref)]
impl Acceptance<'_> {
    pub(super) fn key(&mut self, field: &str, key: &str) -> bool {
        if key.trim().is_empty() {
            self.log.add(self.origin, &rules::MISSING, |p| {
                p.message(format!("La colonne « {field} » est obligatoire"))
            });
            return false;
        }
        self.short(field, key)
    }

    pub(super) fn id(&mut self, field: &str, id: &str) -> bool {
        self.key(field, id)
    }

    pub(super) fn text(&mut self, field: &str, text: &Option<String>) -> bool {
        text.as_deref().is_none_or(|text| self.short(field, text))
    }

    pub(super) fn dimension(&mut self, field: &str, label: &Option<String>) -> bool {
        let reserved = label.as_deref().is_some_and(|l| l.trim() == TOTAL);
        if reserved {
            self.log.add(self.origin, &rules::RESERVED, |p| {
                p.found(format!("{field} : {TOTAL}"))
            });
        }
        self.text(field, label) && !reserved
    }

    pub(super) fn day(&mut self, field: &str, date: &NaiveDate) -> bool {
        let ok = self.earliest <= *date && *date <= self.latest;
        if !ok {
            let allowed = format!("du {} au {}", self.earliest, self.latest);
            self.log.add(self.origin, &rules::DATE_RANGE, |p| {
                p.message(format!(
                    "La date de la colonne « {field} » est hors des bornes admises"
                ))
                .found(date)
                .allowed([allowed])
            });
        }
        ok
    }

    pub(super) fn maybe_day(&mut self, field: &str, date: &Option<NaiveDate>) -> bool {
        date.is_none_or(|date| self.day(field, &date))
    }

    pub(super) fn version(&mut self, _: &str, _: &u32) -> bool {
        true
    }

    pub(super) fn status(&mut self, _: &str, _: &SessionFactStatus) -> bool {
        true
    }

    pub(super) fn flag(&mut self, _: &str, _: &bool) -> bool {
        true
    }

    pub(super) fn yes_no(&mut self, _: &str, _: &bool) -> bool {
        true
    }

    pub(super) fn answer(&mut self, _: &str, _: &Option<bool>) -> bool {
        true
    }

    fn short(&mut self, field: &str, text: &str) -> bool {
        let length = text.len();
        if length > LONGEST {
            self.log.add(self.origin, &rules::TEXT, |p| {
                p.message(format!(
                    "La colonne « {field} » porte un texte d'au plus 65 535 octets"
                ))
                .found(format!("{length} octets"))
            });
        }
        length <= LONGEST
    }
}
