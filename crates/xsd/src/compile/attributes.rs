//! Compiles the attributes of complex types.

use super::context::{Context, Kind, Place};
use super::simple;
use crate::model::{AttributeUse, Fixed, Wildcard};
use crate::name::NameId;
use crate::simple::{Builtin, SimpleId, SimpleTypes};

/// Deepest nesting of attribute groups.
const MAX_DEPTH: usize = 50;

/// Most attribute groups of a type, counted wherever they are used.
const MAX_GROUPS: usize = 1_000;

/// What a node declares: attributes that may be used, that may not, and the
/// wildcard.
#[derive(Default)]
pub(super) struct Declared {
    pub(super) uses: Vec<AttributeUse>,
    pub(super) prohibited: Vec<NameId>,
    pub(super) wildcard: Option<Wildcard>,
    /// Groups looked at.
    groups: usize,
}

/// The attributes that the children of `place` declare.
pub(super) fn declared(context: &mut Context, place: Place) -> Declared {
    let mut declared = Declared::default();
    collect(context, place, &mut declared, 0);
    declared
}

/// The global attribute at `place`.
pub(super) fn global(context: &mut Context, name: NameId, place: Place) -> Option<AttributeUse> {
    let simple = simple_of(context, place)?;
    let fixed = fixed(context, place, simple);
    let default = default(context, place);
    Some(AttributeUse {
        name,
        required: false,
        simple,
        fixed,
        default,
    })
}

fn collect(context: &mut Context, place: Place, declared: &mut Declared, depth: usize) {
    declared.groups += 1;
    if depth > MAX_DEPTH || declared.groups > MAX_GROUPS {
        context.error(
            place,
            "groupes d'attributs trop nombreux ou imbriqués trop profondément",
        );
        return;
    }
    for child in context.children(place) {
        match context.node(child).tag.as_str() {
            "attribute" => one(context, child, declared),
            "attributeGroup" => {
                let Some(name) = context.qname(child, "ref") else {
                    context.error(child, "xs:attributeGroup sans ref");
                    continue;
                };
                if let Some(group) = context.symbol(Kind::AttributeGroup, name, child) {
                    collect(context, group, declared, depth + 1);
                }
            }
            "anyAttribute" => {
                let wildcard = context.wildcard(child);
                if declared.wildcard.as_ref().is_some_and(|w| *w != wildcard) {
                    context.error(
                        child,
                        "construction non prise en charge : deux xs:anyAttribute différents",
                    );
                }
                declared.wildcard = Some(wildcard);
            }
            _ => {}
        }
    }
}

fn one(context: &mut Context, place: Place, declared: &mut Declared) {
    let (name, declaration) = if context.attribute(place, "ref").is_some() {
        let Some(name) = context.qname(place, "ref") else {
            return;
        };
        let Some(declaration) = context.symbol(Kind::Attribute, name, place) else {
            return;
        };
        (name, declaration)
    } else {
        let Some(local) = context.attribute(place, "name").map(str::to_owned) else {
            context.error(place, "xs:attribute sans nom");
            return;
        };
        let form = context
            .attribute(place, "form")
            .or_else(|| context.schema_attribute(place, "attributeFormDefault"));
        let namespace = if form == Some("qualified") {
            context.namespace(place).to_owned()
        } else {
            String::new()
        };
        (context.names.intern(&namespace, &local), place)
    };
    let required = match context.attribute(place, "use") {
        None | Some("optional") => false,
        Some("required") => true,
        Some("prohibited") => {
            declared.prohibited.push(name);
            return;
        }
        Some(_) => {
            context.error(place, "valeur incorrecte de l'attribut use");
            return;
        }
    };
    let Some(simple) = simple_of(context, declaration) else {
        return;
    };
    let fixed = fixed(context, place, simple).or_else(|| fixed(context, declaration, simple));
    if declared.uses.iter().any(|u| u.name == name) {
        let what = format!("attribut « {} » déclaré deux fois", context.shown(name));
        context.error(place, what);
        return;
    }
    let default = default(context, place).or_else(|| default(context, declaration));
    declared.uses.push(AttributeUse {
        name,
        required,
        simple,
        fixed,
        default,
    });
}

fn simple_of(context: &mut Context, place: Place) -> Option<SimpleId> {
    if let Some(&inline) = context.tagged(place, &["simpleType"]).first() {
        return simple::compile_local(context, inline);
    }
    if context.attribute(place, "type").is_none() {
        return Some(SimpleTypes::builtin(Builtin::AnySimple));
    }
    let name = context.qname(place, "type")?;
    match context.type_named(name, place)? {
        crate::model::TypeId::Simple(id) => Some(id),
        crate::model::TypeId::Complex(_) => {
            context.error(place, "le type d'un attribut doit être simple");
            None
        }
    }
}

/// The value of an attribute that is not there.
fn default(context: &Context, place: Place) -> Option<String> {
    let text = context
        .attribute(place, "default")
        .or_else(|| context.attribute(place, "fixed"));
    text.map(str::to_owned)
}

fn fixed(context: &mut Context, place: Place, simple: SimpleId) -> Option<Fixed> {
    let text = context.attribute(place, "fixed")?.to_owned();
    let value = simple::value(context, simple, &text);
    if value.is_none() {
        context.error(
            place,
            format!("valeur fixe « {text} » incorrecte pour son type"),
        );
    }
    Some(Fixed { text, value })
}
