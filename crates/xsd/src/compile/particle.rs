//! Compiles element declarations and model groups.

use std::rc::Rc;

use super::content::{Particle, Term};
use super::context::{Context, Kind, Place};
use super::{derivation, identity, simple};
use crate::model::{ComplexId, Element, ElementId, TypeId};
use crate::name::NameId;

/// Deepest nesting of groups.
const MAX_DEPTH: usize = 100;

/// Declares the global elements; their types may be declared after.
pub(super) fn declare_globals(context: &mut Context) {
    for (kind, name, place) in context.globals.clone() {
        if kind == Kind::Element {
            let id = declare(context, place);
            context.global_elements.insert(name, id);
            context.substitutes.insert(name, vec![(name, id)]);
        }
    }
}

/// Finds the type of every element that takes that of the head of its
/// substitution group, and the members of all groups.
pub(super) fn substitutions(context: &mut Context) {
    let members: Vec<_> = context
        .globals
        .iter()
        .filter(|g| g.0 == Kind::Element)
        .copied()
        .collect();
    for &(_, name, place) in &members {
        let Some(&id) = context.global_elements.get(&name) else {
            continue;
        };
        let mut head = (name, place);
        for _ in 0..MAX_DEPTH {
            let Some((next_name, next_place)) = head_of(context, head.1) else {
                break;
            };
            if next_name == name {
                context.error(place, "groupe de substitution circulaire");
                break;
            }
            head = (next_name, next_place);
            let Some(&head_id) = context.global_elements.get(&head.0) else {
                break;
            };
            let (member, target) = (
                &context.elements[id.0 as usize],
                &context.elements[head_id.0 as usize],
            );
            let (type_id, head_type, block) = (member.type_id, target.type_id, target.block);
            let out = member.is_abstract || block.substitution;
            if out || !derivation::may_substitute(context, type_id, head_type, block) {
                continue;
            }
            if let Some(list) = context.substitutes.get_mut(&head.0)
                && !list.contains(&(name, id))
            {
                list.push((name, id));
            }
        }
    }
}

/// The head of the substitution group of the element at `place`.
fn head_of(context: &mut Context, place: Place) -> Option<(NameId, Place)> {
    context.attribute(place, "substitutionGroup")?;
    let name = context.qname(place, "substitutionGroup")?;
    let head = context.symbol(Kind::Element, name, place)?;
    Some((name, head))
}

fn declare(context: &mut Context, place: Place) -> ElementId {
    if let Some(&id) = context.element_of.get(&place) {
        return id;
    }
    let id = ElementId(context.elements.len() as u32);
    context.element_of.insert(place, id);
    let element = Element {
        type_id: TypeId::Complex(ComplexId::ANY),
        nillable: context.is_true(place, "nillable"),
        is_abstract: context.is_true(place, "abstract"),
        block: context.block(place),
        constraints: Vec::new(),
    };
    context.elements.push(element);
    let type_id = type_of(context, place, 0).unwrap_or(TypeId::Complex(ComplexId::ANY));
    let constraints = identity::compile(context, place);
    let element = &mut context.elements[id.0 as usize];
    element.type_id = type_id;
    element.constraints = constraints;
    id
}

fn type_of(context: &mut Context, place: Place, depth: usize) -> Option<TypeId> {
    if let Some(&inline) = context
        .tagged(place, &["simpleType", "complexType"])
        .first()
    {
        if context.node(inline).tag == "simpleType" {
            return simple::compile_local(context, inline).map(TypeId::Simple);
        }
        return Some(TypeId::Complex(context.new_complex(inline)));
    }
    if context.attribute(place, "type").is_some() {
        let name = context.qname(place, "type")?;
        return context.type_named(name, place);
    }
    let (_, head) = head_of(context, place)?;
    if depth > MAX_DEPTH {
        return None;
    }
    // the head may have a type without a name: it is declared once
    match context.element_of.get(&head) {
        Some(&id) if context.attribute(head, "substitutionGroup").is_none() => {
            Some(context.elements[id.0 as usize].type_id)
        }
        Some(_) => type_of(context, head, depth + 1),
        None => {
            let id = declare_at(context, head, depth + 1)?;
            Some(context.elements[id.0 as usize].type_id)
        }
    }
}

fn declare_at(context: &mut Context, place: Place, depth: usize) -> Option<ElementId> {
    (depth <= MAX_DEPTH).then(|| declare(context, place))
}

/// The particle at `place`: an element, a group, a wildcard. `None` when it
/// may not occur, or when an error is noted.
pub(super) fn particle(context: &mut Context, place: Place, depth: usize) -> Option<Rc<Particle>> {
    if depth > MAX_DEPTH {
        context.error(
            place,
            "groupes imbriqués trop profondément, ou définis par eux-mêmes",
        );
        return None;
    }
    if !context.count_particle(place) {
        return None;
    }
    let (min, mut max) = context.occurs(place);
    if max == Some(0) {
        // No particle at all (part 1, 3.9.2), except that libxml2 takes a
        // local element that may not occur for one that may, once: so it does
        // with the `qualifier` of CE and the `thumbnail` of ST.
        if context.node(place).tag != "element" || context.attribute(place, "ref").is_some() {
            return None;
        }
        max = Some(1);
    }
    let term = match context.node(place).tag.as_str() {
        "element" => element(context, place)?,
        "any" => {
            let wildcard = context.wildcard(place);
            Term::Any(context.new_wildcard(wildcard))
        }
        "group" => {
            let name = context.qname(place, "ref")?;
            let group = context.symbol(Kind::Group, name, place)?;
            let children = context.tagged(group, &["sequence", "choice"]);
            let [child] = children[..] else {
                context.error(group, "xs:group doit avoir un contenu, et un seul");
                return None;
            };
            Term::Sequence(particle(context, child, depth + 1).into_iter().collect())
        }
        tag => {
            let sequence = tag == "sequence";
            let mut parts = Vec::new();
            for child in context.children(place) {
                parts.extend(particle(context, child, depth + 1));
            }
            if sequence {
                Term::Sequence(parts)
            } else {
                Term::Choice(parts)
            }
        }
    };
    Some(Rc::new(Particle { min, max, term }))
}

fn element(context: &mut Context, place: Place) -> Option<Term> {
    if context.attribute(place, "ref").is_some() {
        let name = context.qname(place, "ref")?;
        context.symbol(Kind::Element, name, place)?;
        let names = context.substitutes.get(&name)?.clone();
        return Some(Term::Element(Rc::new(names)));
    }
    let Some(local) = context.attribute(place, "name").map(str::to_owned) else {
        context.error(place, "xs:element sans nom");
        return None;
    };
    let form = context
        .attribute(place, "form")
        .or_else(|| context.schema_attribute(place, "elementFormDefault"));
    let namespace = if form == Some("qualified") {
        context.namespace(place).to_owned()
    } else {
        String::new()
    };
    let name = context.names.intern(&namespace, &local);
    let id = declare(context, place);
    Some(Term::Element(Rc::new(vec![(name, id)])))
}
