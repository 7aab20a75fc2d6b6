//! Compiles `xs:simpleType`.

use std::collections::{HashMap, HashSet};

use super::context::{Context, Kind, Place, simple_type};
use crate::model::TypeId;
use crate::name::NameId;
use crate::simple::*;

/// Longest chain of types that derive from each other.
const MAX_DEPTH: usize = 100;

/// Most types that one value may have to be checked against.
const MAX_COST: u32 = 10_000;

/// No prefix is bound: values of `xs:QName` are not compared.
const NO_PREFIXES: Lexical<'static> = Lexical {
    prefixes: &NoPrefixes,
};

struct NoPrefixes;

impl Prefixes for NoPrefixes {
    fn namespace(&self, _: &str) -> Option<&str> {
        None
    }
}

/// Compiles the global simple types.
pub(super) fn compile_named(context: &mut Context) {
    let mut compiler = SimpleCompiler {
        named: HashMap::new(),
        open: HashSet::new(),
    };
    for (kind, name, place) in context.globals.clone() {
        if kind == Kind::Type && context.node(place).tag == "simpleType" {
            compiler.named.insert(name, place);
        }
    }
    for (kind, name, place) in context.globals.clone() {
        if kind == Kind::Type && context.node(place).tag == "simpleType" {
            compiler.by_name(context, name, place);
        }
    }
}

/// Compiles a simple type that has no name.
pub(super) fn compile_local(context: &mut Context, place: Place) -> Option<SimpleId> {
    SimpleCompiler {
        named: HashMap::new(),
        open: HashSet::new(),
    }
    .definition(context, NameId::UNKNOWN, place, 0)
}

/// Adds the facets at `place` to a restriction of `base`.
pub(super) fn restrict(
    context: &mut Context,
    name: NameId,
    base: SimpleId,
    place: Place,
) -> Option<SimpleId> {
    let mut simple = context.simple.get(base).clone();
    simple.name = name;
    simple.base = Some(base);
    let facets = Facets::read(context, place, base, &mut simple)?;
    facets.apply(context, place, base, &mut simple)?;
    Some(add(context, simple))
}

/// The value that `text` has in a type, to be compared with others.
pub(super) fn value(context: &Context, simple: SimpleId, text: &str) -> Option<Value> {
    context
        .simple
        .value(simple, text, &NO_PREFIXES)
        .map(|(_, value)| value)
}

fn add(context: &mut Context, simple: SimpleType) -> SimpleId {
    context.simple.0.push(simple);
    SimpleId(context.simple.0.len() as u32 - 1)
}

struct SimpleCompiler {
    /// Global types not yet compiled, or being compiled.
    named: HashMap<NameId, Place>,
    open: HashSet<NameId>,
}

impl SimpleCompiler {
    /// The simple type with this name.
    fn by_name(&mut self, context: &mut Context, name: NameId, from: Place) -> Option<SimpleId> {
        match context.types.get(&name) {
            Some(TypeId::Simple(id)) => return Some(*id),
            Some(TypeId::Complex(_)) => {
                let what = format!("type simple attendu : « {} »", context.shown(name));
                context.error(from, what);
                return None;
            }
            None => {}
        }
        let Some(&place) = self.named.get(&name) else {
            let what = format!("type « {} » introuvable", context.shown(name));
            context.error(from, what);
            return None;
        };
        if self.open.len() >= MAX_DEPTH || !self.open.insert(name) {
            context.error(
                place,
                "type défini par lui-même, ou par une chaîne trop longue",
            );
            return None;
        }
        let id = self.definition(context, name, place, 0);
        self.open.remove(&name);
        if let Some(id) = id {
            context.types.insert(name, TypeId::Simple(id));
        }
        id
    }

    fn definition(
        &mut self,
        context: &mut Context,
        name: NameId,
        place: Place,
        depth: usize,
    ) -> Option<SimpleId> {
        if depth > MAX_DEPTH {
            context.error(place, "types imbriqués trop profondément");
            return None;
        }
        let [child] = context.children(place)[..] else {
            context.error(place, "xs:simpleType doit avoir un contenu, et un seul");
            return None;
        };
        match context.node(child).tag.as_str() {
            "restriction" => {
                let base = self.member(context, child, "base", depth)?;
                restrict(context, name, base, child)
            }
            "list" => {
                let item = self.member(context, child, "itemType", depth)?;
                let any = SimpleTypes::builtin(Builtin::AnySimple);
                let mut simple =
                    simple_type(name, Some(any), Variety::List(item), Whitespace::Collapse);
                simple.holds_id = context.simple.get(item).holds_id;
                simple.cost = context.simple.get(item).cost;
                Some(add(context, simple))
            }
            _ => self.union(context, name, child, depth),
        }
    }

    fn union(
        &mut self,
        context: &mut Context,
        name: NameId,
        place: Place,
        depth: usize,
    ) -> Option<SimpleId> {
        let mut members = Vec::new();
        let listed = context
            .attribute(place, "memberTypes")
            .unwrap_or_default()
            .to_owned();
        for text in listed.split_ascii_whitespace() {
            let member = context.resolve(place, text)?;
            members.push(self.by_name(context, member, place)?);
        }
        for child in context.children(place) {
            members.push(self.definition(context, NameId::UNKNOWN, child, depth + 1)?);
        }
        if members.is_empty() {
            context.error(place, "xs:union sans type");
            return None;
        }
        let any = SimpleTypes::builtin(Builtin::AnySimple);
        let holds_id = members.iter().any(|&m| context.simple.get(m).holds_id);
        let costs = members.iter().map(|&m| context.simple.get(m).cost);
        let cost = costs.fold(1, u32::saturating_add);
        if cost > MAX_COST {
            context.error(place, "xs:union trop grande une fois développée");
            return None;
        }
        let mut simple = simple_type(
            name,
            Some(any),
            Variety::Union(members),
            Whitespace::Preserve,
        );
        simple.holds_id = holds_id;
        simple.cost = cost;
        Some(add(context, simple))
    }

    /// The type named by an attribute, or defined in its place.
    fn member(
        &mut self,
        context: &mut Context,
        place: Place,
        attribute: &str,
        depth: usize,
    ) -> Option<SimpleId> {
        if context.attribute(place, attribute).is_some() {
            let name = context.qname(place, attribute)?;
            return self.by_name(context, name, place);
        }
        let inline = context.tagged(place, &["simpleType"]);
        let Some(&child) = inline.first() else {
            context.error(place, format!("attribut {attribute} manquant"));
            return None;
        };
        self.definition(context, NameId::UNKNOWN, child, depth + 1)
    }
}

/// The facets of one derivation step.
struct Facets {
    patterns: Vec<String>,
    enumeration: Vec<String>,
}

impl Facets {
    /// Reads the facets at `place`; bounds go to `simple` at once.
    fn read(
        context: &mut Context,
        place: Place,
        base: SimpleId,
        simple: &mut SimpleType,
    ) -> Option<Facets> {
        let mut facets = Facets {
            patterns: Vec::new(),
            enumeration: Vec::new(),
        };
        for child in context.children(place) {
            let tag = context.node(child).tag.clone();
            let raw = context.attribute(child, "value").map(str::to_owned);
            let known = !matches!(
                tag.as_str(),
                "simpleType"
                    | "attribute"
                    | "attributeGroup"
                    | "anyAttribute"
                    | "sequence"
                    | "choice"
                    | "group"
            );
            if !known {
                continue;
            }
            let Some(text) = raw else {
                context.error(child, format!("xs:{tag} sans valeur"));
                return None;
            };
            let facet = match tag.as_str() {
                "pattern" => {
                    facets.patterns.push(text);
                    continue;
                }
                "enumeration" => {
                    facets.enumeration.push(text);
                    continue;
                }
                "whiteSpace" => {
                    let wanted = match text.trim() {
                        "preserve" => Some(Whitespace::Preserve),
                        "replace" => Some(Whitespace::Replace),
                        "collapse" => Some(Whitespace::Collapse),
                        _ => None,
                    };
                    match wanted {
                        Some(wanted) if wanted >= simple.whitespace => simple.whitespace = wanted,
                        _ => context.error(child, "xs:whiteSpace incorrect"),
                    }
                    continue;
                }
                _ => facet(context, &tag, text.trim(), base, simple),
            };
            match facet {
                Some(facet) => simple.facets.push(facet),
                None => context.error(
                    child,
                    format!("xs:{tag} « {text} » incorrect ou non pris en charge pour ce type"),
                ),
            }
        }
        Some(facets)
    }

    fn apply(
        self,
        context: &mut Context,
        place: Place,
        base: SimpleId,
        simple: &mut SimpleType,
    ) -> Option<()> {
        if !self.patterns.is_empty() {
            let alternatives: Vec<&str> = self.patterns.iter().map(String::as_str).collect();
            match Pattern::compile(&alternatives) {
                Ok(pattern) => simple.patterns.push((pattern, self.patterns.join(" | "))),
                Err(message) => {
                    context.error(place, message);
                    return None;
                }
            }
        }
        simple.accepts_all &=
            self.patterns.is_empty() && self.enumeration.is_empty() && simple.facets.is_empty();
        if self.enumeration.is_empty() {
            // one that is inherited was checked with fewer facets
            simple.enumeration_suffices &= self.patterns.is_empty() && simple.facets.is_empty();
            return Some(());
        }
        let mut texts = HashSet::default();
        let mut values = Vec::new();
        let mut suffices = true;
        for text in &self.enumeration {
            let Some((builtin, value)) = context.simple.value(base, text, &NO_PREFIXES) else {
                context.error(
                    place,
                    format!("valeur énumérée « {text} » incorrecte pour ce type"),
                );
                continue;
            };
            if builtin.is_date() || builtin == Builtin::QName {
                context.error(place, "énumération non prise en charge pour ce type");
                return None;
            }
            let collapsed = simple.whitespace.apply(text);
            suffices &= context
                .simple
                .accepts(base, text, &NO_PREFIXES, &mut |_| true)
                && simple.patterns.iter().all(|(p, _)| p.matches(&collapsed));
            match (&simple.variety, &value) {
                (Variety::Atomic(_), Value::Text(text)) => {
                    texts.insert(text.as_str().into());
                }
                _ => values.push((builtin, value)),
            }
        }
        simple.enumeration_suffices =
            suffices && values.is_empty() && simple.facets.is_empty() && !simple.holds_id;
        simple.enumeration = Some(Enumeration {
            texts,
            values,
            shown: self.enumeration,
        });
        Some(())
    }
}

fn facet(
    context: &Context,
    tag: &str,
    text: &str,
    base: SimpleId,
    simple: &SimpleType,
) -> Option<Facet> {
    let size = || text.parse::<usize>().ok();
    let bound = || match &simple.variety {
        Variety::Atomic(b)
            if matches!(
                b.primitive(),
                Builtin::Decimal | Builtin::Float | Builtin::Double
            ) =>
        {
            value(context, base, text).map(|v| (v, text.to_owned()))
        }
        _ => None,
    };
    let decimal =
        || matches!(&simple.variety, Variety::Atomic(b) if b.primitive() == Builtin::Decimal);
    let counted = || match &simple.variety {
        Variety::List(_) => true,
        Variety::Union(_) => false,
        Variety::Atomic(b) => matches!(
            b.primitive(),
            Builtin::String | Builtin::AnyUri | Builtin::HexBinary | Builtin::Base64
        ),
    };
    match tag {
        "length" if counted() => size().map(Facet::Length),
        "minLength" if counted() => size().map(Facet::MinLength),
        "maxLength" if counted() => size().map(Facet::MaxLength),
        "minInclusive" => bound().map(|(v, t)| Facet::MinInclusive(v, t)),
        "maxInclusive" => bound().map(|(v, t)| Facet::MaxInclusive(v, t)),
        "minExclusive" => bound().map(|(v, t)| Facet::MinExclusive(v, t)),
        "maxExclusive" => bound().map(|(v, t)| Facet::MaxExclusive(v, t)),
        "totalDigits" if decimal() => size().map(Facet::TotalDigits),
        "fractionDigits" if decimal() => size().map(Facet::FractionDigits),
        _ => None,
    }
}
