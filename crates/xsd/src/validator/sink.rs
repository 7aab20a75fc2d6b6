//! The breaches found, and how they are worded.

use crate::model::{AttributeUse, ComplexId, Content, Model, Namespaces, TypeId, WildcardId};
use crate::name::{Name, NameId};
use crate::violation::{Code, Report, Violation};

/// Longest value shown, in characters.
const MAX_FOUND: usize = 500;
/// Most names of elements or types shown when any of a whole schema will do.
const MAX_NAMES: usize = 30;

pub(super) struct Sink<'s> {
    pub(super) model: &'s Model,
    report: Report,
    limit: usize,
}

impl<'s> Sink<'s> {
    pub(super) fn new(model: &'s Model, limit: usize) -> Self {
        Sink {
            model,
            report: Report::default(),
            limit,
        }
    }

    pub(super) fn into_report(self) -> Report {
        self.report
    }

    fn push(&mut self, code: Code, node: u64, make: impl FnOnce(&Model, &mut Violation)) {
        self.report.total += 1;
        if self.report.violations.len() < self.limit {
            let mut violation = Violation {
                code,
                node,
                attribute: None,
                message: String::new(),
                found: None,
                expected: Vec::new(),
            };
            make(self.model, &mut violation);
            self.report.violations.push(violation);
        }
    }

    pub(super) fn root(&mut self, node: u64, name: Name<'_>) {
        self.push(Code::Root, node, |model, v| {
            v.message = format!(
                "L'élément racine « {} » n'est déclaré dans aucun schéma.",
                shown(model, name)
            );
            v.found = Some(shown(model, name));
            let mut roots: Vec<_> = model
                .global_elements
                .iter()
                .filter(|(n, id)| {
                    model.names.namespace(**n) == model.namespace
                        && !model.element(**id).is_abstract
                })
                .map(|(n, id)| (*id, *n))
                .collect();
            roots.sort_unstable();
            v.expected = roots
                .iter()
                .take(MAX_NAMES)
                .map(|(_, n)| known(model, *n))
                .collect();
        });
    }

    pub(super) fn unexpected(
        &mut self,
        node: u64,
        name: Name<'_>,
        parent: NameId,
        expected: Option<(&Content, u32)>,
    ) {
        self.push(Code::ElementUnexpected, node, |model, v| {
            v.found = Some(shown(model, name));
            v.expected = expected.map(|(content, state)| next(model, content, state)).unwrap_or_default();
            let (name, parent) = (shown(model, name), known(model, parent));
            v.message = if v.expected.is_empty() {
                format!("L'élément « {name} » n'est pas attendu ici : « {parent} » ne peut plus contenir d'élément.")
            } else {
                format!("L'élément « {name} » n'est pas attendu ici dans « {parent} ».")
            };
            if expected.is_none() {
                v.message = format!("L'élément « {name} » n'est pas attendu : « {parent} » ne contient pas d'élément.");
            }
        });
    }

    pub(super) fn incomplete(&mut self, node: u64, name: NameId, content: &Content, state: u32) {
        self.push(Code::ElementMissing, node, |model, v| {
            v.message = format!(
                "L'élément « {} » est incomplet : il manque au moins un élément.",
                known(model, name)
            );
            v.expected = next(model, content, state);
        });
    }

    pub(super) fn abstract_element(&mut self, node: u64, name: Name<'_>) {
        self.push(Code::ElementAbstract, node, |model, v| {
            v.message = format!(
                "L'élément « {} » est abstrait : il ne peut figurer dans un document.",
                shown(model, name)
            );
            v.found = Some(shown(model, name));
        });
    }

    pub(super) fn undeclared(&mut self, node: u64, name: Name<'_>) {
        self.push(Code::ElementUndeclared, node, |model, v| {
            v.message = format!(
                "L'élément « {} » n'est déclaré dans aucun schéma.",
                shown(model, name)
            );
            v.found = Some(shown(model, name));
        });
    }

    pub(super) fn text(&mut self, node: u64, name: NameId, empty: bool) {
        self.push(Code::TextUnexpected, node, |model, v| {
            let name = known(model, name);
            v.message = if empty {
                format!("L'élément « {name} » doit être vide, sans texte ni espace.")
            } else {
                format!("L'élément « {name} » ne peut contenir de texte, seulement des éléments.")
            };
        });
    }

    pub(super) fn text_value(
        &mut self,
        node: u64,
        name: NameId,
        text: &str,
        simple: crate::simple::SimpleId,
    ) {
        self.push(Code::TextValue, node, |model, v| {
            v.message = format!(
                "Le texte de l'élément « {} » n'est pas d'une forme ou d'une valeur permise.",
                known(model, name)
            );
            v.found = Some(short(text));
            v.expected = model.simple.expected(simple);
        });
    }

    pub(super) fn attribute_unexpected(
        &mut self,
        node: u64,
        name: Name<'_>,
        element: Name<'_>,
        uses: &[AttributeUse],
    ) {
        self.push(Code::AttributeUnexpected, node, |model, v| {
            v.attribute = Some(name.local.to_owned());
            v.message = format!(
                "L'attribut « {} » n'est pas permis sur l'élément « {} ».",
                shown(model, name),
                shown(model, element)
            );
            v.found = Some(shown(model, name));
            v.expected = uses.iter().map(|u| known(model, u.name)).collect();
            v.expected.sort_unstable();
        });
    }

    pub(super) fn attribute_missing(
        &mut self,
        node: u64,
        element: Name<'_>,
        missing: &AttributeUse,
    ) {
        self.push(Code::AttributeMissing, node, |model, v| {
            v.attribute = Some(model.names.local(missing.name).to_owned());
            let (name, element) = (known(model, missing.name), shown(model, element));
            v.message =
                format!("L'attribut « {name} » de l'élément « {element} » est obligatoire.");
            v.expected = match &missing.fixed {
                Some(fixed) => vec![fixed.text.clone()],
                None => model.simple.expected(missing.simple),
            };
        });
    }

    pub(super) fn attribute_value(
        &mut self,
        node: u64,
        name: Name<'_>,
        element: Name<'_>,
        value: &str,
        of: &AttributeUse,
    ) {
        self.push(Code::AttributeValue, node, |model, v| {
            v.attribute = Some(name.local.to_owned());
            v.message = format!(
                "La valeur de l'attribut « {} » de l'élément « {} » n'est pas permise.",
                shown(model, name),
                shown(model, element)
            );
            v.found = Some(short(value));
            v.expected = model.simple.expected(of.simple);
        });
    }

    pub(super) fn attribute_fixed(
        &mut self,
        node: u64,
        name: Name<'_>,
        element: Name<'_>,
        value: &str,
        fixed: &str,
    ) {
        self.push(Code::AttributeFixed, node, |model, v| {
            v.attribute = Some(name.local.to_owned());
            v.message = format!(
                "L'attribut « {} » de l'élément « {} » ne peut avoir qu'une valeur.",
                shown(model, name),
                shown(model, element)
            );
            v.found = Some(short(value));
            v.expected = vec![fixed.to_owned()];
        });
    }

    pub(super) fn id_double(&mut self, node: u64, name: Name<'_>, element: Name<'_>, value: &str) {
        self.push(Code::IdDouble, node, |model, v| {
            v.attribute = Some(name.local.to_owned());
            v.message = format!(
                "L'identifiant indiqué par l'attribut « {} » de l'élément « {} » est déjà utilisé dans le document.",
                shown(model, name),
                shown(model, element)
            );
            v.found = Some(short(value));
            v.expected = vec!["un identifiant unique dans le document".to_owned()];
        });
    }

    pub(super) fn nil_value(&mut self, node: u64, value: &str) {
        self.push(Code::AttributeValue, node, |_, v| {
            v.attribute = Some("nil".to_owned());
            v.message = "La valeur de l'attribut « xsi:nil » n'est pas permise.".to_owned();
            v.found = Some(short(value));
            v.expected = ["true", "false", "1", "0"].map(str::to_owned).to_vec();
        });
    }

    pub(super) fn nil_forbidden(&mut self, node: u64, name: Name<'_>) {
        self.push(Code::NilForbidden, node, |model, v| {
            v.attribute = Some("nil".to_owned());
            v.message = format!(
                "L'attribut « xsi:nil » n'est pas permis sur l'élément « {} ».",
                shown(model, name)
            );
        });
    }

    pub(super) fn nil_content(&mut self, node: u64, name: NameId) {
        self.push(Code::NilContent, node, |model, v| {
            v.message = format!(
                "L'élément « {} » est déclaré nul (xsi:nil) : il doit être vide.",
                known(model, name)
            );
        });
    }

    pub(super) fn type_unknown(
        &mut self,
        node: u64,
        name: Name<'_>,
        value: &str,
        declared: Option<TypeId>,
    ) {
        self.push(Code::TypeUnknown, node, |model, v| {
            v.attribute = Some("type".to_owned());
            v.message = format!(
                "Le type indiqué par « xsi:type » sur l'élément « {} » n'existe pas.",
                shown(model, name)
            );
            v.found = Some(short(value));
            v.expected = declared.map(|d| derived(model, d)).unwrap_or_default();
        });
    }

    pub(super) fn type_unrelated(
        &mut self,
        node: u64,
        name: Name<'_>,
        value: &str,
        declared: TypeId,
    ) {
        self.push(Code::TypeUnrelated, node, |model, v| {
            v.attribute = Some("type".to_owned());
            v.message = format!(
                "Le type indiqué par « xsi:type » n'est pas permis pour l'élément « {} ».",
                shown(model, name)
            );
            v.found = Some(short(value));
            v.expected = derived(model, declared);
        });
    }

    pub(super) fn type_abstract(&mut self, node: u64, name: Name<'_>, of: ComplexId) {
        self.push(Code::TypeAbstract, node, |model, v| {
            v.message = format!(
                "Le type de l'élément « {} » est abstrait : l'attribut « xsi:type » doit indiquer un type qui en dérive.",
                shown(model, name)
            );
            let own = model.complex(of).name;
            v.found = (own != NameId::UNKNOWN).then(|| known(model, own));
            v.expected = derived(model, TypeId::Complex(of));
        });
    }

    pub(super) fn key_missing(&mut self, node: u64, name: Name<'_>, constraint: usize) {
        self.push(Code::KeyMissing, node, |model, v| {
            let constraint = &model.constraints[constraint];
            v.attribute = Some(model.names.local(constraint.field).to_owned());
            v.message = format!(
                "La clé « {} » n'est pas renseignée sur l'élément « {} ».",
                constraint.name,
                shown(model, name)
            );
        });
    }

    pub(super) fn key_double(&mut self, node: u64, name: Name<'_>, constraint: usize, value: &str) {
        self.push(Code::KeyDouble, node, |model, v| {
            let constraint = &model.constraints[constraint];
            v.attribute = Some(model.names.local(constraint.field).to_owned());
            v.message = format!(
                "La clé « {} » de l'élément « {} » est déjà utilisée.",
                constraint.name,
                shown(model, name)
            );
            v.found = Some(short(value));
        });
    }
}

/// A value, cut when it is long.
fn short(value: &str) -> String {
    match value.char_indices().nth(MAX_FOUND) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

/// A name of the document; its namespace only when it is not the usual one.
fn shown(model: &Model, name: Name<'_>) -> String {
    with_namespace(model, name.namespace, name.local)
}

/// A name of the schema.
fn known(model: &Model, name: NameId) -> String {
    if name == NameId::UNKNOWN {
        return "?".to_owned();
    }
    with_namespace(model, model.names.namespace(name), model.names.local(name))
}

fn with_namespace(model: &Model, namespace: &str, local: &str) -> String {
    if namespace.is_empty() || namespace == model.namespace {
        local.to_owned()
    } else {
        format!("{local} ({namespace})")
    }
}

/// What may come next: the names, then the wildcards in words.
fn next(model: &Model, content: &Content, state: u32) -> Vec<String> {
    let names = content
        .next(state)
        .iter()
        .filter(|t| !model.element(t.element).is_abstract);
    let mut out: Vec<String> = names.map(|t| known(model, t.name)).collect();
    out.extend(
        content
            .wildcards(state)
            .iter()
            .map(|(w, _)| wildcard(model, *w)),
    );
    out
}

fn wildcard(model: &Model, id: WildcardId) -> String {
    match &model.wildcard(id).namespaces {
        Namespaces::Any => "un élément quelconque".to_owned(),
        Namespaces::Other(uri) if uri.is_empty() => {
            "un élément d'un espace de noms quelconque".to_owned()
        }
        Namespaces::Other(uri) => format!("un élément d'un autre espace de noms que {uri}"),
        Namespaces::List(list) => {
            let list: Vec<&str> = list
                .iter()
                .map(|n| if n.is_empty() { "aucun" } else { n })
                .collect();
            format!("un élément de l'espace de noms {}", list.join(" ou "))
        }
    }
}

/// The named types that may stand for a type.
fn derived(model: &Model, base: TypeId) -> Vec<String> {
    let usable = |id: TypeId| match id {
        TypeId::Complex(c) => !model.complex(c).is_abstract,
        TypeId::Simple(_) => true,
    };
    let mut names: Vec<String> = model
        .types
        .iter()
        .filter(|(_, id)| usable(**id) && model.derives(**id, base, Default::default()))
        .map(|(name, _)| known(model, *name))
        .collect();
    names.sort_unstable();
    names.truncate(MAX_NAMES);
    names
}
