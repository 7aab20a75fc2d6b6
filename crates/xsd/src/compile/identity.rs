//! Compiles `xs:key` and `xs:unique`, with one attribute as the field.

use super::context::{Context, Place};
use crate::model::Constraint;

/// The identity constraints of the element at `place`.
pub(super) fn compile(context: &mut Context, place: Place) -> Vec<usize> {
    let mut found = Vec::new();
    for child in context.tagged(place, &["key", "unique"]) {
        match constraint(context, child) {
            Some(constraint) => {
                found.push(context.constraints.len());
                context.constraints.push(constraint);
            }
            None => context.error(
                child,
                "construction non prise en charge : sélecteur ou champ de contrainte d'identité",
            ),
        }
    }
    found
}

fn constraint(context: &mut Context, place: Place) -> Option<Constraint> {
    let selector = *context.tagged(place, &["selector"]).first()?;
    let [field] = context.tagged(place, &["field"])[..] else {
        return None;
    };
    let mut selectors = Vec::new();
    let paths = context.attribute(selector, "xpath")?.to_owned();
    for path in paths.split('|') {
        let path = path.trim();
        let (deep, step) = match path.strip_prefix(".//") {
            Some(step) => (true, step),
            None => (false, path),
        };
        selectors.push((deep, name(context, selector, step)?));
    }
    let xpath = context.attribute(field, "xpath")?.to_owned();
    let field = name(context, field, xpath.trim().strip_prefix('@')?)?;
    let name = context.attribute(place, "name")?.to_owned();
    let key = context.node(place).tag == "key";
    Some(Constraint {
        name,
        key,
        selectors,
        field,
    })
}

/// A name of a path: without a prefix, it has no namespace.
fn name(context: &mut Context, place: Place, step: &str) -> Option<crate::name::NameId> {
    let plain = |t: &str| !t.is_empty() && !t.contains(['/', '*', ':', '@', '.', '(', '[', ' ']);
    match step.split_once(':') {
        None if plain(step) => Some(context.names.intern("", step)),
        Some((prefix, local)) if plain(prefix) && plain(local) => context.resolve(place, step),
        _ => None,
    }
}
