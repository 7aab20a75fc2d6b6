//! FR-Resultats-evenements: how the cancer was found.

use super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::Null;
use crate::cda::entry::ENTRY;
use crate::cda::narrative::yes_no;
use crate::model::{AbsentReason, Answer, OrAbsent};

impl Codec<'_> {
    pub(crate) fn screening(&mut self, screening: &mut Option<OrAbsent<Answer>>) {
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
                let known = screening.as_ref().and_then(|a| a.known().copied());
                let (mut value, mut date) = (known.map(|a| a.value), known.and_then(|a| a.date));
                s.low("effectiveTime", &mut date, Null::Flavor("UNK"));
                let mut absence = screening
                    .as_ref()
                    .and_then(OrAbsent::absence)
                    .or(Some(AbsentReason::Unknown));
                s.element("value", |s| {
                    s.xsi_type("BL");
                    if !s.is_writing() {
                        absence = s
                            .peek_null()
                            .and_then(|f| AbsentReason::from_null_flavor(&f));
                    }
                    s.boolean(
                        &mut value,
                        Null::Flavor(absence.map_or("UNK", AbsentReason::null_flavor)),
                    );
                });
                if !s.is_writing() {
                    *screening = match (value, absence) {
                        (Some(value), _) => Some(OrAbsent::Known(Answer { value, date })),
                        (None, Some(absence)) => Some(OrAbsent::Absent(absence)),
                        (None, None) => None,
                    };
                }
            });
        });
    }
}
