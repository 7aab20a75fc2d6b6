//! Binding with translations and qualifiers, texts pointed to, values.

use super::super::model::{Coded, Qualifier, Quantity, Value};
use crate::cda::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::slot::{Slot, local, slot};
use crate::model::{AbsentReason, Code};
use crate::xml::tree::Ns;
use crate::xml::{NodeId, Tree};

/// The type that a value states, without its prefix.
fn type_of<'t>(tree: &'t Tree<'_>, value: NodeId) -> Option<&'t str> {
    let attr = tree
        .attrs(value)
        .iter()
        .find(|a| a.ns == Ns::Xsi && a.name == "type")?;
    attr.value.rsplit(':').next()
}

impl Codec<'_> {
    /// An element with a code, its qualifiers and translations; `text` is what
    /// its `originalText` points to.
    pub(super) fn acp_coded(
        &mut self,
        name: &'static str,
        mut coded: Slot<'_, Option<Coded>>,
        text: Slot<'_, Option<String>>,
        null: NullFlavorPolicy,
    ) {
        if self.is_writing() {
            match &*coded {
                Some(coded) => self.element(name, |s| s.acp_write_coded(coded, null)),
                None if null != NullFlavorPolicy::Omit => self.element(name, |s| s.flavor(null)),
                None => {}
            }
            return;
        }
        let mut read = Coded::default();
        let found = self.element_if(true, name, |s| s.acp_read_coded(&mut read, text));
        let absent = match null {
            NullFlavorPolicy::Flavor(flavor) => AbsentReason::from_null_flavor(flavor),
            NullFlavorPolicy::Omit => None,
        };
        let unstated = Coded {
            absent,
            ..Coded::default()
        };
        coded.set(Some(read).filter(|c| found && *c != unstated && *c != Coded::default()));
    }

    fn acp_write_coded(&mut self, c: &Coded, null: NullFlavorPolicy) {
        let null = match (&c.code, c.absent) {
            (None, Some(absence)) => NullFlavorPolicy::Flavor(absence.null_flavor()),
            // a translation alone stands under no nullFlavor
            (None, None) if !c.translations.is_empty() => NullFlavorPolicy::Omit,
            _ => null,
        };
        self.coded_or_null(Slot::Lent(&c.code), Binding::Any, null);
        self.acp_code_parts(Slot::Lent(c));
    }

    fn acp_read_coded(&mut self, c: &mut Coded, mut text: Slot<'_, Option<String>>) {
        self.acp_read_code(c);
        self.acp_pointed_text("originalText", "", text.by());
        self.acp_code_parts(local(c));
    }

    fn acp_read_code(&mut self, c: &mut Coded) {
        c.absent = self.absence();
        let mut code = Code::default();
        self.code_attrs(local(&mut code), Binding::Any);
        c.code = Some(code).filter(|code| *code != Code::default());
    }

    fn acp_code_parts(&mut self, mut c: Slot<'_, Coded>) {
        self.each("qualifier", slot!(c.qualifiers), |s, q| s.acp_qualifier(q));
        self.each("translation", slot!(c.translations), |s, code| {
            s.xsi_type_optional("CD");
            s.code_attrs(code, Binding::Any);
        });
    }

    pub(super) fn acp_qualifier(&mut self, mut q: Slot<'_, Qualifier>) {
        self.ignore(&["inverted"]);
        self.element("name", |s| {
            s.xsi_type_optional("CV");
            s.code_attrs(slot!(q.name), Binding::Any);
        });
        self.option("value", slot!(q.value), |s, code| {
            s.xsi_type_optional("CD");
            s.code_attrs(code, Binding::Any);
        });
    }

    /// An element that points to a text of the narrative, or holds it: its own
    /// text goes first, as the narrative is kept with the section.
    pub(super) fn acp_pointed_text(
        &mut self,
        name: &'static str,
        id: &str,
        mut text: Slot<'_, Option<String>>,
    ) {
        if self.is_writing() {
            self.reference(name, id, text);
            return;
        }
        self.element(name, |s| {
            let mut inline = String::new();
            s.text(local(&mut inline));
            let mut pointed = None;
            s.reference_only(id, local(&mut pointed));
            if inline.contains('\n') {
                inline = inline.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            text.set(Some(inline).filter(|t| !t.is_empty()).or(pointed));
        });
    }

    /// `value` of an observation, of any of the types of [`Value`].
    pub(super) fn acp_value(&mut self, mut value: Slot<'_, Option<Value>>) {
        if self.is_writing() {
            if let Some(value) = &*value {
                self.element("value", |s| s.acp_write_value(value));
            }
            return;
        }
        const TYPES: [&str; 12] = [
            "CD", "CE", "CV", "CO", "ST", "ED", "PQ", "REAL", "INT", "BL", "TS", "IVL_TS",
        ];
        let known =
            |tree: &Tree<'_>, n: NodeId| type_of(tree, n).is_some_and(|t| TYPES.contains(&t));
        if let Some(node) = self.child("value", known) {
            value.set(self.inside(node, Self::acp_read_value).flatten());
        }
    }

    fn acp_write_value(&mut self, value: &Value) {
        match value {
            Value::Code(coded) => {
                self.xsi_type("CD");
                self.acp_write_coded(coded, NullFlavorPolicy::Flavor("NA"));
            }
            Value::Text(text) => {
                self.xsi_type("ST");
                self.text(Slot::Lent(text));
            }
            Value::Quantity(q) => {
                self.xsi_type("PQ");
                self.attr("value", Slot::Lent(&q.value));
                self.attr_option("unit", Slot::Lent(&q.unit));
            }
            Value::Real(number) => {
                self.xsi_type("REAL");
                self.attr("value", Slot::Lent(number));
            }
            Value::Integer(number) => {
                self.xsi_type("INT");
                self.integer(local(&mut Some(*number)), NullFlavorPolicy::Omit);
            }
            Value::Boolean(value) => {
                self.xsi_type("BL");
                self.boolean(local(&mut Some(*value)), NullFlavorPolicy::Omit);
            }
            Value::PartialDateTime(moment) => {
                self.xsi_type("TS");
                self.moment(local(&mut Some(*moment)), NullFlavorPolicy::Omit);
            }
        }
    }

    fn acp_read_value(&mut self) -> Option<Value> {
        let (tree, at) = self.here()?;
        let kind = type_of(tree, at)?.to_owned();
        tree.attr_ns(at, Ns::Xsi, "type");
        match kind.as_str() {
            "ST" | "ED" => {
                let mut text = String::new();
                self.text(local(&mut text));
                if text.contains('\n') {
                    text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                }
                (!text.is_empty()).then_some(Value::Text(text))
            }
            "PQ" => {
                let mut q = Quantity::default();
                self.attr("value", local(&mut q.value));
                self.attr_option("unit", local(&mut q.unit));
                Some(Value::Quantity(q)).filter(|q| *q != Value::Quantity(Quantity::default()))
            }
            "REAL" => {
                let mut number = String::new();
                self.attr("value", local(&mut number));
                (!number.is_empty()).then_some(Value::Real(number))
            }
            "INT" => {
                let mut number = None;
                self.integer(local(&mut number), NullFlavorPolicy::Omit);
                number.map(Value::Integer)
            }
            "BL" => {
                let mut value = None;
                self.boolean(local(&mut value), NullFlavorPolicy::Omit);
                value.map(Value::Boolean)
            }
            "TS" | "IVL_TS" => {
                let mut moment = None;
                self.moment(local(&mut moment), NullFlavorPolicy::Omit);
                moment.map(Value::PartialDateTime)
            }
            _ => {
                let mut coded = Coded::default();
                self.acp_read_code(&mut coded);
                self.acp_code_parts(local(&mut coded));
                Some(Value::Code(coded)).filter(|v| *v != Value::Code(Coded::default()))
            }
        }
    }
}
