//! A compiled schema.

use std::sync::Arc;

use crate::compile;
use crate::limits::Limits;
use crate::model::Model;
use crate::name::Name;
use crate::source::{SchemaErrors, Source};
use crate::validator::Validator;

/// A compiled schema (*schéma XML compilé*), shared by threads; a clone costs
/// nothing.
#[derive(Clone, Debug)]
pub struct Schema {
    model: Arc<Model>,
}

impl Schema {
    /// Compiles the schema file at `entry` with all that it includes and
    /// imports.
    ///
    /// # Errors
    /// Every problem found, with file and line: a file that is missing or
    /// not well formed, a construct outside of what this crate supports, a
    /// reference to a component that does not exist.
    pub fn compile(entry: &str, source: &dyn Source) -> Result<Schema, SchemaErrors> {
        Self::compile_all(&[entry], source)
    }

    /// Compiles several schema files together, such as the `query.xsd` and
    /// `lcm.xsd` of ebRIM.
    ///
    /// # Errors
    /// As [`compile`](Schema::compile).
    pub fn compile_all(entries: &[&str], source: &dyn Source) -> Result<Schema, SchemaErrors> {
        let model = compile::compile(entries, source)?;
        Ok(Schema {
            model: Arc::new(model),
        })
    }

    /// The name of an element or attribute, looked up in the schema. An empty
    /// `namespace` is the absence of one.
    pub fn name<'a>(&self, namespace: &'a str, local: &'a str) -> Name<'a> {
        Name::new(self.model.names.find(namespace, local), namespace, local)
    }

    /// A validator for one document.
    pub fn validator(&self) -> Validator<'_> {
        self.validator_with(Limits::default())
    }

    /// A validator with other limits.
    pub fn validator_with(&self, limits: Limits) -> Validator<'_> {
        Validator::new(&self.model, limits)
    }

    /// Sizes of the compiled tables, for those who watch memory.
    pub fn size(&self) -> SchemaSize {
        let model = &self.model;
        let content = model.complex.iter().filter_map(|c| match &c.body {
            crate::model::Body::Elements { content, .. } => Some(content),
            _ => None,
        });
        SchemaSize {
            elements: model.elements.len(),
            complex_types: model.complex.len(),
            simple_types: model.simple.0.len(),
            states: content.clone().map(|c| c.states.len()).sum(),
            transitions: content.map(|c| c.transitions.len()).sum(),
        }
    }
}

/// Sizes of a compiled schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SchemaSize {
    /// Element declarations.
    pub elements: usize,
    /// Complex types, those without name included.
    pub complex_types: usize,
    /// Simple types, the built-in ones included.
    pub simple_types: usize,
    /// States of all content models.
    pub states: usize,
    /// Transitions of all content models.
    pub transitions: usize,
}
