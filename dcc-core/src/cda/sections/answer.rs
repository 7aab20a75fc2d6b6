//! A yes or no: the row of the narrative and the entry.

use crate::cda::Codec;
use crate::cda::datatypes::Null;
use crate::cda::entry::Wrap;
use crate::cda::narrative::{Rows, yes_no};
use crate::cda::templates::Shape;
use crate::model::Answer;

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

impl Codec<'_> {
    /// A simple observation that answers yes or no.
    pub(crate) fn answer(
        &mut self,
        wrap: Wrap,
        shape: &Shape,
        id: &str,
        answer: &mut Option<Answer>,
    ) {
        self.statement(wrap, shape, answer.is_some(), |s| {
            s.pointer(id);
            s.status("completed");
            let (mut value, mut date) = (answer.map(|a| a.value), answer.and_then(|a| a.date));
            s.low("effectiveTime", &mut date, Null::Flavor("NAV"));
            s.value_bool(&mut value, Null::Flavor("UNK"));
            *answer = value.map(|value| Answer { value, date });
        });
    }
}
