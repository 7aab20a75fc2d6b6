//! `xs:key` and `xs:unique`: values of a field that must differ.

use std::collections::BTreeSet;

use super::attributes::Attribute;
use super::sink::Sink;
use crate::model::{AttributeUse, Model};
use crate::name::Name;

/// The constraints of the elements that are open.
#[derive(Default)]
pub(super) struct Keys {
    open: Vec<Scope>,
}

struct Scope {
    constraint: usize,
    /// Depth of the element that has the constraint.
    depth: usize,
    values: BTreeSet<String>,
}

impl Keys {
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// An element with constraints starts.
    pub(super) fn enter(&mut self, constraints: &[usize], depth: usize) {
        for &constraint in constraints {
            self.open.push(Scope {
                constraint,
                depth,
                values: BTreeSet::new(),
            });
        }
    }

    /// The element at `depth` ends.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.open.last().is_some_and(|s| s.depth >= depth) {
            self.open.pop();
        }
    }

    /// An element starts at `depth`: is it one that has a field? `uses` are
    /// the attributes that its type declares.
    pub(super) fn check<'a>(
        &mut self,
        model: &Model,
        sink: &mut Sink<'_>,
        (node, name, depth): (u64, Name<'_>, usize),
        uses: &[AttributeUse],
        attributes: impl Iterator<Item = Attribute<'a>> + Clone,
    ) {
        for scope in &mut self.open {
            let constraint = &model.constraints[scope.constraint];
            let selected = |&(deep, wanted): &(bool, _)| {
                wanted == name.id && (deep || depth == scope.depth + 1)
            };
            if depth == scope.depth || !constraint.selectors.iter().any(selected) {
                continue;
            }
            let default = || {
                uses.iter()
                    .find(|u| u.name == constraint.field)
                    .and_then(|u| u.default.as_deref())
            };
            let given = attributes
                .clone()
                .find(|a| a.name.id == constraint.field)
                .map(|a| a.value);
            match given.or_else(default) {
                Some(value) if !scope.values.insert(value.trim().to_owned()) => {
                    sink.key_double(node, name, scope.constraint, value);
                }
                Some(_) => {}
                None if constraint.key => sink.key_missing(node, name, scope.constraint),
                None => {}
            }
        }
    }
}
