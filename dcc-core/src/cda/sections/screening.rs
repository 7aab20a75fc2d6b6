//! FR-Resultats-evenements: how the cancer was found.

use super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::NullFlavorPolicy;
use crate::cda::entry::ENTRY;
use crate::cda::narrative::yes_no;
use crate::cda::sections::answer::Parts;
use crate::cda::slot::{Slot, local};
use crate::model::{AbsentReason, Answer, OrAbsent};

impl Codec<'_> {
    pub(crate) fn screening(&mut self, screening: Slot<'_, Option<OrAbsent<Answer>>>) {
        self.section(&templates::S_EVENTS, true, |s| {
            let text = match &*screening {
                Some(OrAbsent::Known(answer)) => yes_no(answer.value),
                Some(OrAbsent::Absent(absence)) => absence.label(),
                None => AbsentReason::Unknown.label(),
            };
            let date = screening
                .as_ref()
                .and_then(|a| a.known())
                .and_then(|a| a.date);
            s.narrative(|n| {
                n.table("Mode de découverte du cancer", 2, |t| {
                    t.row(|r| {
                        r.cell("Patient issu du dépistage");
                        r.at("depistage", text);
                        if let Some(date) = date {
                            r.cell(date.french());
                        }
                    });
                });
            });
            s.statement(ENTRY, &templates::SCREENING, true, |s| {
                s.pointer("depistage");
                s.status("completed");
                s.screened(screening);
            });
        });
    }

    fn screened(&mut self, mut screening: Slot<'_, Option<OrAbsent<Answer>>>) {
        let mut parts = Parts::of(screening.as_ref().and_then(|a| a.known()));
        self.low(
            "effectiveTime",
            local(&mut parts.date),
            NullFlavorPolicy::Flavor("UNK"),
        );
        let absence = screening.as_ref().and_then(OrAbsent::absence);
        let flavor = absence.unwrap_or(AbsentReason::Unknown).null_flavor();
        let mut read = None;
        self.element("value", |s| {
            s.xsi_type("BL");
            read = s.peek_absence();
            s.boolean(local(&mut parts.value), NullFlavorPolicy::Flavor(flavor));
        });
        screening.set(match (parts.answer(), read) {
            (Some(answer), _) => Some(OrAbsent::Known(answer)),
            (None, absence) => absence.map(OrAbsent::Absent),
        });
    }
}
