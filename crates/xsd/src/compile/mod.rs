//! From schema files to the compiled tables.
//!
//! - `document`, `census`, `load`: files, the constructs they may use, how
//!   they include each other
//! - `context`: what all parts of the compiler share
//! - `simple`, `attributes`, `identity`, `particle`, `complex`: one kind of
//!   component each
//! - `derivation`: how complex types derive from each other
//! - `content`: content models as automata

mod attributes;
mod census;
mod complex;
mod content;
mod context;
mod derivation;
mod document;
mod identity;
mod load;
mod particle;
mod simple;

use std::collections::HashMap;

use context::{Context, Kind};

use crate::model::{Model, TypeId};
use crate::source::{SchemaErrors, Source};

/// Compiles the schema files at `entries`.
pub(crate) fn compile(entries: &[&str], source: &dyn Source) -> Result<Model, SchemaErrors> {
    let loaded = load::load(entries, source).map_err(SchemaErrors)?;
    let namespace = loaded
        .parts
        .first()
        .map(|p| p.namespace.clone())
        .unwrap_or_default();
    let mut context = Context::new(loaded);
    simple::compile_named(&mut context);
    for (kind, name, place) in context.globals.clone() {
        if kind == Kind::Type && context.node(place).tag == "complexType" {
            let id = context.new_complex(place);
            context.types.insert(name, TypeId::Complex(id));
        }
    }
    particle::declare_globals(&mut context);
    particle::substitutions(&mut context);
    let mut attributes = HashMap::new();
    for (kind, name, place) in context.globals.clone() {
        if kind == Kind::Attribute
            && let Some(attribute) = attributes::global(&mut context, name, place)
        {
            attributes.insert(name, attribute);
        }
    }
    let complex = complex::compile(&mut context);
    if !context.errors.is_empty() {
        return Err(SchemaErrors(context.errors));
    }
    Ok(Model {
        names: context.names,
        simple: context.simple,
        complex,
        elements: context.elements,
        wildcards: context.wildcards,
        constraints: context.constraints,
        types: context.types,
        global_elements: context.global_elements,
        global_attributes: attributes,
        namespace,
    })
}
