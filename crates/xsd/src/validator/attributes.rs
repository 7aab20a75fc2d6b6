//! The attributes of an element.

use std::collections::BTreeSet;

use super::sink::Sink;
use crate::model::{AttributeUse, Complex, Model, Process};
use crate::name::Name;
use crate::simple::Lexical;

/// An attribute of a document; namespace declarations are none.
#[derive(Clone, Copy, Debug)]
pub struct Attribute<'a> {
    /// Its name, looked up in the schema.
    pub name: Name<'a>,
    /// Its value, references resolved.
    pub value: &'a str,
}

/// Checks attributes; keeps the identifiers of the document.
#[derive(Default)]
pub(super) struct Attributes {
    ids: BTreeSet<Box<str>>,
    /// Characters looked at.
    pub(super) work: u64,
}

/// The element that has the attributes.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) node: u64,
    pub(super) name: Name<'a>,
}

impl Attributes {
    /// Checks the attributes of an element of a complex type.
    pub(super) fn check<'a>(
        &mut self,
        sink: &mut Sink<'_>,
        owner: Owner<'_>,
        complex: &Complex,
        attributes: impl Iterator<Item = Attribute<'a>>,
        lexical: &Lexical<'_>,
    ) {
        let mut seen = 0_u128;
        for attribute in attributes {
            let id = attribute.name.id;
            if id.is_xsi() {
                continue;
            }
            self.work += 1;
            let found = if complex.attributes.len() <= 12 {
                complex.attributes.iter().position(|u| u.name == id)
            } else {
                complex
                    .attributes
                    .binary_search_by_key(&id, |u| u.name)
                    .ok()
            };
            match found {
                Some(i) => {
                    seen |= 1 << i;
                    self.value(sink, owner, attribute, &complex.attributes[i], lexical);
                }
                None => self.wild(sink, owner, attribute, complex, lexical),
            }
        }
        let mut missing = complex.required & !seen;
        while missing != 0 {
            let i = missing.trailing_zeros() as usize;
            sink.attribute_missing(owner.node, owner.name, &complex.attributes[i]);
            missing &= missing - 1;
        }
    }

    /// An element of a simple type has no attribute but those of `xsi`.
    pub(super) fn none<'a>(
        &mut self,
        sink: &mut Sink<'_>,
        owner: Owner<'_>,
        attributes: impl Iterator<Item = Attribute<'a>>,
    ) {
        for attribute in attributes.filter(|a| !a.name.id.is_xsi()) {
            sink.attribute_unexpected(owner.node, attribute.name, owner.name, &[]);
        }
    }

    fn wild(
        &mut self,
        sink: &mut Sink<'_>,
        owner: Owner<'_>,
        attribute: Attribute<'_>,
        complex: &Complex,
        lexical: &Lexical<'_>,
    ) {
        let model: &Model = sink.model;
        let wildcard = complex
            .any_attribute
            .map(|w| model.wildcard(w))
            .filter(|w| w.takes(attribute.name.namespace));
        let declared = model.global_attributes.get(&attribute.name.id);
        match wildcard.map(|w| w.process) {
            Some(Process::Skip) => {}
            Some(process) => match declared {
                Some(declared) => self.value(sink, owner, attribute, declared, lexical),
                None if process == Process::Lax => {}
                None => sink.attribute_unexpected(
                    owner.node,
                    attribute.name,
                    owner.name,
                    &complex.attributes,
                ),
            },
            None => sink.attribute_unexpected(
                owner.node,
                attribute.name,
                owner.name,
                &complex.attributes,
            ),
        }
    }

    fn value(
        &mut self,
        sink: &mut Sink<'_>,
        owner: Owner<'_>,
        attribute: Attribute<'_>,
        declared: &AttributeUse,
        lexical: &Lexical<'_>,
    ) {
        let (name, value) = (attribute.name, attribute.value);
        let fixed = declared.fixed.as_ref();
        if fixed.is_some_and(|f| f.text == value) {
            return;
        }
        self.work += value.len() as u64;
        let model = sink.model;
        let mut double = false;
        let mut first = true;
        let ids = &mut self.ids;
        // libxml2 registers one identifier an attribute
        let mut register = |id: &str| {
            if !std::mem::replace(&mut first, false) {
                return true;
            }
            let new = ids.insert(id.into());
            double |= !new;
            new
        };
        if !model
            .simple
            .accepts(declared.simple, value, lexical, &mut register)
        {
            if double {
                sink.id_double(owner.node, name, owner.name, value);
            } else {
                sink.attribute_value(owner.node, name, owner.name, value, declared);
            }
            return;
        }
        if let Some(fixed) = fixed {
            let same = model
                .simple
                .value(declared.simple, value, lexical)
                .map(|(_, v)| v)
                == fixed.value;
            if !same {
                sink.attribute_fixed(owner.node, name, owner.name, value, &fixed.text);
            }
        }
    }
}
