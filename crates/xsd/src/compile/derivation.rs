//! How complex types derive from each other.

use super::context::{Context, Place};
use crate::model::{Block, ComplexId, Method, TypeId};

/// Longest chain of types that derive from each other.
const MAX_DEPTH: usize = 100;

/// How the type at `place` derives: its base, and by which method.
pub(super) fn derivation(context: &mut Context, place: Place) -> Option<(TypeId, Method)> {
    let Some(&content) = context
        .tagged(place, &["complexContent", "simpleContent"])
        .first()
    else {
        return Some((TypeId::Complex(ComplexId::ANY), Method::Restriction));
    };
    let [step] = context.children(content)[..] else {
        context.error(
            content,
            "une extension ou une restriction est attendue, et une seule",
        );
        return None;
    };
    let method = if context.node(step).tag == "extension" {
        Method::Extension
    } else {
        Method::Restriction
    };
    let Some(name) = context.qname(step, "base") else {
        context.error(step, "attribut base manquant");
        return None;
    };
    Some((context.type_named(name, step)?, method))
}

/// True when an element of type `member` may stand for one of type `head`, by
/// none of the ways in `block`.
pub(super) fn may_substitute(
    context: &mut Context,
    member: TypeId,
    head: TypeId,
    block: Block,
) -> bool {
    let mut current = member;
    for _ in 0..MAX_DEPTH {
        if current == head {
            return true;
        }
        match current {
            TypeId::Complex(id) => {
                let Some(place) = context.complex[id.0 as usize] else {
                    return false;
                };
                let Some((base, method)) = derivation(context, place) else {
                    return false;
                };
                let blocked = match method {
                    Method::Extension => block.extension,
                    Method::Restriction => block.restriction,
                };
                if blocked {
                    return false;
                }
                current = base;
            }
            TypeId::Simple(id) => {
                return !block.restriction
                    && match head {
                        TypeId::Simple(head) => context.simple.derives(id, head),
                        TypeId::Complex(head) => head == ComplexId::ANY,
                    };
            }
        }
    }
    false
}
