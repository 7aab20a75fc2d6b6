//! The `value` of an observation, both ways.

use super::codec::Codec;
use super::datatypes::{Binding, NullFlavorPolicy};
use super::slot::Slot;
use crate::model::{Code, PartialDateTime};

impl Codec<'_> {
    /// `value` of type BL.
    pub fn value_bool(&mut self, value: Slot<'_, Option<bool>>, null: NullFlavorPolicy) {
        self.element("value", |s| {
            s.xsi_type("BL");
            s.boolean(value, null);
        });
    }

    /// `value` of type CD.
    pub fn value_code(
        &mut self,
        value: Slot<'_, Option<Code>>,
        codes: Binding,
        null: NullFlavorPolicy,
    ) {
        self.element("value", |s| {
            s.xsi_type("CD");
            s.coded_or_null(value, codes, null);
            s.repeated_reference();
        });
    }

    /// `value` of type PQ; the unit is `unit` when the input gives none.
    pub fn value_quantity(
        &mut self,
        value: Slot<'_, Option<f64>>,
        given: Slot<'_, Option<String>>,
        unit: &'static str,
    ) {
        self.element("value", |s| {
            s.xsi_type("PQ");
            let unknown = s.is_writing() && value.is_none();
            s.simple_value(
                value,
                NullFlavorPolicy::Flavor("UNK"),
                |number| number.to_string(),
                |text| text.trim().parse().ok().filter(|n: &f64| n.is_finite()),
            );
            if unknown {
                return;
            }
            s.through(
                given,
                |given| Some(given.as_deref().unwrap_or(unit).to_owned()),
                |given, read| *given = read.filter(|read| read != unit),
                |s, unit| s.attr_option("unit", unit),
            );
        });
    }

    /// `value` of type EIVL_TS, of which the volet uses the date alone.
    pub fn value_time(&mut self, moment: Slot<'_, Option<PartialDateTime>>) {
        self.element("value", |s| s.time_value(moment));
    }

    /// The attributes of such a value.
    pub(crate) fn time_value(&mut self, moment: Slot<'_, Option<PartialDateTime>>) {
        self.xsi_type("EIVL_TS");
        self.moment(moment, NullFlavorPolicy::Flavor("UNK"));
    }

    /// `value` of type CD that only points to a text.
    pub fn value_text(&mut self, id: &str, text: Slot<'_, Option<String>>) {
        self.element("value", |s| {
            s.xsi_type("CD");
            s.reference("originalText", id, text);
        });
    }
}
