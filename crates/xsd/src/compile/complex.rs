//! Compiles `xs:complexType`: attributes, content, derivation.

use std::collections::HashMap;
use std::rc::Rc;

use super::attributes::{self, Declared};
use super::content::{self, Facts, Particle, Term};
use super::context::{Context, Place};
use super::derivation::derivation;
use super::particle::particle;
use super::simple;
use crate::model::*;
use crate::name::NameId;
use crate::simple::{Builtin, SimpleId, SimpleTypes};

/// Longest chain of types that derive from each other.
const MAX_DEPTH: usize = 100;
/// Most attributes of a type: their presence is a bit each.
const MAX_ATTRIBUTES: usize = 128;

/// A complex type before its content model is made an automaton.
#[derive(Clone)]
struct Draft {
    name: NameId,
    base: TypeId,
    method: Method,
    block: Block,
    is_abstract: bool,
    body: DraftBody,
    uses: Vec<AttributeUse>,
    wildcard: Option<Wildcard>,
}

#[derive(Clone)]
enum DraftBody {
    Empty,
    Simple(SimpleId),
    Elements { particle: Rc<Particle>, mixed: bool },
}

/// Compiles all complex types, those without name too.
pub(super) fn compile(context: &mut Context) -> Vec<Complex> {
    let mut compiler = ComplexCompiler {
        drafts: HashMap::new(),
        depth: 0,
    };
    compiler.any_type(context);
    let names: HashMap<ComplexId, NameId> = context
        .types
        .iter()
        .filter_map(|(&name, &id)| match id {
            TypeId::Complex(id) => Some((id, name)),
            TypeId::Simple(_) => None,
        })
        .collect();
    // content that is compiled may add types without name
    let mut next = 1;
    while next < context.complex.len() {
        compiler.draft(context, ComplexId(next as u32));
        next += 1;
    }
    let mut complex = Vec::with_capacity(context.complex.len());
    for id in 0..context.complex.len() {
        let id = ComplexId(id as u32);
        let place = context.complex[id.0 as usize];
        let draft = compiler.drafts.get(&id).cloned().flatten();
        let Some(mut draft) = draft else {
            continue;
        };
        draft.name = names.get(&id).copied().unwrap_or(NameId::UNKNOWN);
        match finish(context, draft) {
            Ok(done) => complex.push(done),
            Err(message) => {
                if let Some(place) = place {
                    context.error(place, message);
                }
            }
        }
    }
    complex
}

struct ComplexCompiler {
    /// `None` while a type is compiled, and when it could not be.
    drafts: HashMap<ComplexId, Option<Draft>>,
    depth: usize,
}

impl ComplexCompiler {
    fn any_type(&mut self, context: &mut Context) {
        let any = Wildcard {
            namespaces: Namespaces::Any,
            process: Process::Lax,
        };
        let term = Term::Any(context.new_wildcard(any.clone()));
        let draft = Draft {
            name: NameId::UNKNOWN,
            base: TypeId::Complex(ComplexId::ANY),
            method: Method::Restriction,
            block: Block::default(),
            is_abstract: false,
            body: DraftBody::Elements {
                particle: Rc::new(Particle {
                    min: 0,
                    max: None,
                    term,
                }),
                mixed: true,
            },
            uses: Vec::new(),
            wildcard: Some(any),
        };
        self.drafts.insert(ComplexId::ANY, Some(draft));
    }

    fn draft(&mut self, context: &mut Context, id: ComplexId) -> Option<Draft> {
        if let Some(known) = self.drafts.get(&id) {
            return known.clone();
        }
        let place = context.complex[id.0 as usize]?;
        if self.depth > MAX_DEPTH {
            context.error(place, "chaîne de types trop longue");
            return None;
        }
        self.depth += 1;
        self.drafts.insert(id, None);
        let draft = self.define(context, place);
        self.depth -= 1;
        self.drafts.insert(id, draft.clone());
        draft
    }

    fn define(&mut self, context: &mut Context, place: Place) -> Option<Draft> {
        let (base, method) = derivation(context, place)?;
        let mut draft = Draft {
            name: NameId::UNKNOWN,
            base,
            method,
            block: context.block(place),
            is_abstract: context.is_true(place, "abstract"),
            body: DraftBody::Empty,
            uses: Vec::new(),
            wildcard: None,
        };
        let Some(&content) = context
            .tagged(place, &["complexContent", "simpleContent"])
            .first()
        else {
            let declared = attributes::declared(context, place);
            draft.uses = declared.uses;
            draft.wildcard = declared.wildcard;
            let mixed = context.is_true(place, "mixed");
            draft.body = own_body(context, place, mixed)?;
            return Some(draft);
        };
        let step = *context.children(content).first()?;
        let parent = match base {
            TypeId::Simple(_) => None,
            TypeId::Complex(id) => {
                let parent = self.draft(context, id);
                if parent.is_none() {
                    context.error(step, "type défini par lui-même, ou de base incorrecte");
                    return None;
                }
                parent
            }
        };
        let declared = attributes::declared(context, step);
        inherit(context, step, &mut draft, parent.as_ref(), declared);
        if context.node(content).tag == "simpleContent" {
            draft.body = simple_body(context, step, base, method, parent)?;
            return Some(draft);
        }
        let Some(parent) = parent else {
            context.error(
                step,
                "un type simple ne peut être la base de xs:complexContent",
            );
            return None;
        };
        let mixed = match context.attribute(content, "mixed") {
            Some(_) => context.is_true(content, "mixed"),
            None => context.is_true(place, "mixed"),
        };
        let own = own_body(context, step, mixed)?;
        draft.body = match method {
            Method::Restriction => own,
            Method::Extension => extend(parent.body, own),
        };
        Some(draft)
    }
}

/// The content that a node declares by itself.
fn own_body(context: &mut Context, place: Place, mixed: bool) -> Option<DraftBody> {
    let group = context.tagged(place, &["sequence", "choice", "group"]);
    let particle = match group[..] {
        [] => None,
        [one] => particle(context, one, 0).filter(|p| match &p.term {
            Term::Sequence(parts) => !parts.is_empty(),
            Term::Choice(parts) => !parts.is_empty() || p.min > 0,
            _ => true,
        }),
        _ => {
            context.error(place, "plus d'un groupe dans un type");
            return None;
        }
    };
    Some(match particle {
        Some(particle) => DraftBody::Elements { particle, mixed },
        None if mixed => DraftBody::Elements {
            particle: Rc::new(nothing()),
            mixed,
        },
        None => DraftBody::Empty,
    })
}

fn nothing() -> Particle {
    Particle {
        min: 1,
        max: Some(1),
        term: Term::Sequence(Vec::new()),
    }
}

fn extend(base: DraftBody, own: DraftBody) -> DraftBody {
    match (base, own) {
        (base, DraftBody::Empty) => base,
        (
            DraftBody::Elements {
                particle: first, ..
            },
            DraftBody::Elements { particle, mixed },
        ) => {
            let term = Term::Sequence(vec![first, particle]);
            DraftBody::Elements {
                particle: Rc::new(Particle {
                    min: 1,
                    max: Some(1),
                    term,
                }),
                mixed,
            }
        }
        (_, own) => own,
    }
}

fn simple_body(
    context: &mut Context,
    step: Place,
    base: TypeId,
    method: Method,
    parent: Option<Draft>,
) -> Option<DraftBody> {
    let inherited = match (base, parent.map(|p| p.body)) {
        (TypeId::Simple(id), _) => Some(id),
        (_, Some(DraftBody::Simple(id))) => Some(id),
        (_, Some(DraftBody::Elements { mixed: true, .. })) if method == Method::Restriction => {
            Some(SimpleTypes::builtin(Builtin::AnySimple))
        }
        _ => None,
    };
    let Some(mut simple) = inherited else {
        context.error(
            step,
            "la base de xs:simpleContent n'a pas de contenu simple",
        );
        return None;
    };
    if method == Method::Restriction {
        if let Some(&inline) = context.tagged(step, &["simpleType"]).first() {
            simple = simple::compile_local(context, inline)?;
        }
        simple = simple::restrict(context, NameId::UNKNOWN, simple, step)?;
    }
    Some(DraftBody::Simple(simple))
}

/// Attributes of the base, with those of the derivation.
fn inherit(
    context: &mut Context,
    step: Place,
    draft: &mut Draft,
    parent: Option<&Draft>,
    declared: Declared,
) {
    let mut uses: Vec<AttributeUse> = parent.map(|p| p.uses.clone()).unwrap_or_default();
    for new in declared.uses {
        match uses.iter_mut().find(|u| u.name == new.name) {
            Some(old) if draft.method == Method::Restriction => *old = new,
            Some(_) => {
                let what = format!(
                    "attribut « {} » déjà présent dans le type de base",
                    context.shown(new.name)
                );
                context.error(step, what);
            }
            None => uses.push(new),
        }
    }
    if draft.method == Method::Restriction {
        uses.retain(|u| !declared.prohibited.contains(&u.name));
    }
    draft.uses = uses;
    let inherited = parent.and_then(|p| p.wildcard.clone());
    draft.wildcard = match (draft.method, inherited, declared.wildcard) {
        (Method::Restriction, _, own) => own,
        (Method::Extension, None, own) => own,
        (Method::Extension, inherited, None) => inherited,
        (Method::Extension, Some(a), Some(b)) => {
            let namespaces = match (a.namespaces, b.namespaces) {
                (a, b) if a == b => a,
                (Namespaces::Any, _) | (_, Namespaces::Any) => Namespaces::Any,
                _ => {
                    context.error(
                        step,
                        "construction non prise en charge : réunion de deux xs:anyAttribute",
                    );
                    return;
                }
            };
            Some(Wildcard {
                namespaces,
                process: b.process,
            })
        }
    };
}

fn finish(context: &mut Context, draft: Draft) -> Result<Complex, String> {
    let body = match draft.body {
        DraftBody::Empty => Body::Empty,
        DraftBody::Simple(id) => Body::Simple(id),
        DraftBody::Elements { particle, mixed } => Body::Elements {
            content: content::compile(&particle, context)?,
            mixed,
        },
    };
    let mut attributes = draft.uses;
    attributes.sort_by_key(|u| u.name);
    if attributes.len() > MAX_ATTRIBUTES {
        return Err(format!("plus de {MAX_ATTRIBUTES} attributs dans un type"));
    }
    let bit = |(i, u): (usize, &AttributeUse)| if u.required { 1_u128 << i } else { 0 };
    let required = attributes.iter().enumerate().map(bit).fold(0, |a, b| a | b);
    Ok(Complex {
        name: draft.name,
        base: draft.base,
        method: draft.method,
        block: draft.block,
        is_abstract: draft.is_abstract,
        body,
        attributes,
        required,
        any_attribute: draft.wildcard.map(|w| context.new_wildcard(w)),
    })
}

impl Facts for Context {
    fn same(&self, a: ElementId, b: ElementId) -> bool {
        let (a, b) = (&self.elements[a.0 as usize], &self.elements[b.0 as usize]);
        a.type_id == b.type_id
            && a.nillable == b.nillable
            && a.block == b.block
            && a.is_abstract == b.is_abstract
    }

    fn takes(&self, wildcard: WildcardId, name: NameId) -> bool {
        self.wildcards[wildcard.0 as usize].takes(self.names.namespace(name))
    }

    fn shown(&self, name: NameId) -> String {
        Context::shown(self, name)
    }
}
