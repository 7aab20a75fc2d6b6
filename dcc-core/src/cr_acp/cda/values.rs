//! Codes with translations and qualifiers, texts pointed to, values.

use super::super::model::{Coded, Qualifier, Quantity, Value};
use crate::cda::Codec;
use crate::cda::datatypes::{Codes, Null};
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
        coded: &mut Option<Coded>,
        text: &mut Option<String>,
        null: Null,
    ) {
        let present = coded.is_some() || null != Null::Omit;
        let mut read = coded.take();
        let found = self.element_if(present, name, |s| {
            let c = read.get_or_insert_default();
            s.acp_coded_content(c, null);
            if !s.is_writing() {
                s.acp_pointed_text("originalText", "", text);
            }
            s.each("qualifier", &mut c.qualifiers, |s, q| s.acp_qualifier(q));
            s.each("translation", &mut c.translations, |s, code| {
                s.xsi_type_optional("CD");
                s.code_attrs(code, Codes::Any);
            });
        });
        let absent = match null {
            Null::Flavor(flavor) => AbsentReason::from_null_flavor(flavor),
            Null::Omit => None,
        };
        let unsaid = Coded {
            absent,
            ..Coded::default()
        };
        *coded = read.filter(|c| found && *c != unsaid && *c != Coded::default());
    }

    fn acp_coded_content(&mut self, c: &mut Coded, null: Null) {
        if self.is_writing() {
            let null = match (&c.code, c.absent) {
                (None, Some(absence)) => Null::Flavor(absence.null_flavor()),
                // a translation alone stands under no nullFlavor
                (None, None) if !c.translations.is_empty() => Null::Omit,
                _ => null,
            };
            self.coded_or_null(&mut c.code, Codes::Any, null);
            return;
        }
        c.absent = self
            .peek_null()
            .and_then(|f| AbsentReason::from_null_flavor(&f));
        if c.absent.is_some() {
            self.null_flavor();
        }
        let mut code = Code::default();
        self.code_attrs(&mut code, Codes::Any);
        c.code = Some(code).filter(|code| *code != Code::default());
    }

    pub(super) fn acp_qualifier(&mut self, q: &mut Qualifier) {
        self.ignore(&["inverted"]);
        self.element("name", |s| {
            s.xsi_type_optional("CV");
            s.code_attrs(&mut q.name, Codes::Any);
        });
        self.option("value", &mut q.value, |s, code: &mut Code| {
            s.xsi_type_optional("CD");
            s.code_attrs(code, Codes::Any);
        });
    }

    /// An element that points to a text of the narrative, or holds it: its own
    /// text goes first, as the narrative is kept with the section.
    pub(super) fn acp_pointed_text(
        &mut self,
        name: &'static str,
        id: &str,
        text: &mut Option<String>,
    ) {
        if self.is_writing() {
            self.reference(name, id, text);
            return;
        }
        self.element(name, |s| {
            let mut inline = String::new();
            s.text(&mut inline);
            let mut pointed = None;
            s.reference_only(id, &mut pointed);
            if inline.contains('\n') {
                inline = inline.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            *text = Some(inline).filter(|t| !t.is_empty()).or(pointed);
        });
    }

    /// `value` of an observation, of any of the types of [`Value`].
    pub(super) fn acp_value(&mut self, value: &mut Option<Value>) {
        if self.is_writing() {
            if let Some(value) = value {
                self.acp_write_value(value);
            }
            return;
        }
        const TYPES: [&str; 12] = [
            "CD", "CE", "CV", "CO", "ST", "ED", "PQ", "REAL", "INT", "BL", "TS", "IVL_TS",
        ];
        let known =
            |tree: &Tree<'_>, n: NodeId| type_of(tree, n).is_some_and(|t| TYPES.contains(&t));
        let Some(node) = self.child("value", known) else {
            return;
        };
        *value = self.inside(node, Self::acp_read_value).flatten();
    }

    fn acp_write_value(&mut self, value: &mut Value) {
        self.element("value", |s| match value {
            Value::Code(coded) => {
                s.xsi_type("CD");
                s.acp_coded_content(coded, Null::Flavor("NA"));
                s.each("qualifier", &mut coded.qualifiers, |s, q| {
                    s.acp_qualifier(q)
                });
                s.each("translation", &mut coded.translations, |s, code| {
                    s.code_attrs(code, Codes::Any);
                });
            }
            Value::Text(text) => {
                s.xsi_type("ST");
                s.text(text);
            }
            Value::Quantity(q) => {
                s.xsi_type("PQ");
                s.attr("value", &mut q.value);
                s.attr_option("unit", &mut q.unit);
            }
            Value::Real(number) => {
                s.xsi_type("REAL");
                s.attr("value", number);
            }
            Value::Integer(number) => {
                s.xsi_type("INT");
                s.integer(&mut Some(*number), Null::Omit);
            }
            Value::Boolean(value) => {
                s.xsi_type("BL");
                s.boolean(&mut Some(*value), Null::Omit);
            }
            Value::PartialDateTime(moment) => {
                s.xsi_type("TS");
                s.moment(&mut Some(*moment), Null::Omit);
            }
        });
    }

    fn acp_read_value(&mut self) -> Option<Value> {
        let (tree, at) = self.here()?;
        let kind = type_of(tree, at)?.to_owned();
        tree.attr_ns(at, Ns::Xsi, "type");
        match kind.as_str() {
            "ST" | "ED" => {
                let mut text = String::new();
                self.text(&mut text);
                if text.contains('\n') {
                    text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                }
                (!text.is_empty()).then_some(Value::Text(text))
            }
            "PQ" => {
                let mut q = Quantity::default();
                self.attr("value", &mut q.value);
                self.attr_option("unit", &mut q.unit);
                Some(Value::Quantity(q)).filter(|q| *q != Value::Quantity(Quantity::default()))
            }
            "REAL" => {
                let mut number = String::new();
                self.attr("value", &mut number);
                (!number.is_empty()).then_some(Value::Real(number))
            }
            "INT" => {
                let mut number = None;
                self.integer(&mut number, Null::Omit);
                number.map(Value::Integer)
            }
            "BL" => {
                let mut value = None;
                self.boolean(&mut value, Null::Omit);
                value.map(Value::Boolean)
            }
            "TS" | "IVL_TS" => {
                let mut moment = None;
                self.moment(&mut moment, Null::Omit);
                moment.map(Value::PartialDateTime)
            }
            _ => {
                let mut coded = Coded::default();
                self.acp_coded_content(&mut coded, Null::Omit);
                self.each("qualifier", &mut coded.qualifiers, |s, q| {
                    s.acp_qualifier(q)
                });
                self.each("translation", &mut coded.translations, |s, code| {
                    s.xsi_type_optional("CD");
                    s.code_attrs(code, Codes::Any);
                });
                Some(Value::Code(coded)).filter(|v| *v != Value::Code(Coded::default()))
            }
        }
    }
}
