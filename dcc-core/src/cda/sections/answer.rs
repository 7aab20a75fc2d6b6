//! A yes or no: the row of the narrative and the entry.

use crate::cda::Codec;
use crate::cda::datatypes::NullFlavorPolicy;
use crate::cda::entry::ActRelationship;
use crate::cda::narrative::{Rows, yes_no};
use crate::cda::slot::{Slot, slot};
use crate::cda::templates::EntryTemplate;
use crate::model::{Answer, PartialDateTime};

impl Rows<'_> {
    /// A row of a label and an answer, with its date.
    pub(crate) fn answer(&mut self, label: &str, id: &str, answer: Option<Answer>) {
        if let Some(answer) = answer {
            match answer.date {
                None => self.field(label, id, yes_no(answer.value)),
                Some(date) => self.row(|r| {
                    r.cell(label);
                    r.at(id, yes_no(answer.value));
                    r.cell(date.french());
                }),
            }
        }
    }
}

/// An answer, read or written as its two parts.
#[derive(Clone, Copy, Default)]
pub(crate) struct Parts {
    pub(crate) value: Option<bool>,
    pub(crate) date: Option<PartialDateTime>,
}

impl Parts {
    pub(crate) fn of(answer: Option<&Answer>) -> Parts {
        Parts {
            value: answer.map(|a| a.value),
            date: answer.and_then(|a| a.date),
        }
    }

    /// None without a value.
    pub(crate) fn answer(self) -> Option<Answer> {
        let date = self.date;
        self.value.map(|value| Answer { value, date })
    }
}

impl Codec<'_> {
    /// A simple observation that answers yes or no.
    pub(crate) fn answer(
        &mut self,
        relation: ActRelationship,
        shape: &EntryTemplate,
        id: &str,
        answer: Slot<'_, Option<Answer>>,
    ) {
        self.statement(relation, shape, answer.is_some(), |s| {
            s.pointer(id);
            s.status("completed");
            s.answer_parts(answer, NullFlavorPolicy::Flavor("NAV"));
        });
    }

    /// Date and value of an answer; `undated` stands for no date.
    pub(crate) fn answer_parts(
        &mut self,
        answer: Slot<'_, Option<Answer>>,
        undated: NullFlavorPolicy,
    ) {
        self.through(
            answer,
            |answer| Parts::of(answer.as_ref()),
            |answer, parts| *answer = parts.answer(),
            |s, mut parts| {
                s.low("effectiveTime", slot!(parts.date), undated);
                s.value_bool(slot!(parts.value), NullFlavorPolicy::Flavor("UNK"));
            },
        );
    }
}
