//! What all parts of the compiler share: the files, the tables that grow,
//! the names of global components, the errors.

use std::collections::HashMap;

use super::document::{File, Node};
use super::load::{Loaded, Part};
use crate::model::*;
use crate::name::{NameId, Names, XS};
use crate::simple::{Builtin, Enumeration, SimpleId, SimpleType, SimpleTypes, Variety, Whitespace};
use crate::source::SchemaError;

/// Most particles of all types, groups counted wherever they are used.
const MAX_PARTICLES: usize = 500_000;
/// Most problems listed.
const MAX_ERRORS: usize = 200;

/// A node of a file, in a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) part: usize,
    pub(super) node: usize,
}

/// Kinds of global components; types share one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Element,
    Type,
    Group,
    AttributeGroup,
    Attribute,
}

impl Kind {
    fn of(tag: &str) -> Option<Kind> {
        Some(match tag {
            "element" => Kind::Element,
            "complexType" | "simpleType" => Kind::Type,
            "group" => Kind::Group,
            "attributeGroup" => Kind::AttributeGroup,
            "attribute" => Kind::Attribute,
            _ => return None,
        })
    }

    fn french(self) -> &'static str {
        match self {
            Kind::Element => "élément",
            Kind::Type => "type",
            Kind::Group => "groupe",
            Kind::AttributeGroup => "groupe d'attributs",
            Kind::Attribute => "attribut",
        }
    }
}

pub(super) struct Context {
    files: Vec<File>,
    parts: Vec<Part>,
    pub(super) names: Names,
    pub(super) simple: SimpleTypes,
    pub(super) elements: Vec<Element>,
    pub(super) wildcards: Vec<Wildcard>,
    pub(super) constraints: Vec<Constraint>,
    /// Where the complex types stand; the first is `xs:anyType`.
    pub(super) complex: Vec<Option<Place>>,
    pub(super) types: HashMap<NameId, TypeId>,
    pub(super) global_elements: HashMap<NameId, ElementId>,
    /// Elements that may stand for each global element, itself included.
    pub(super) substitutes: HashMap<NameId, Vec<(NameId, ElementId)>>,
    /// Element declarations already made.
    pub(super) element_of: HashMap<Place, ElementId>,
    symbols: HashMap<(Kind, NameId), Place>,
    /// Global components in the order of the files.
    pub(super) globals: Vec<(Kind, NameId, Place)>,
    pub(super) errors: Vec<SchemaError>,
    particles: usize,
}

impl Context {
    pub(super) fn new(loaded: Loaded) -> Self {
        let mut context = Context {
            files: loaded.files,
            parts: loaded.parts,
            names: Names::new(),
            simple: SimpleTypes::default(),
            elements: Vec::new(),
            wildcards: Vec::new(),
            constraints: Vec::new(),
            complex: vec![None],
            types: HashMap::new(),
            global_elements: HashMap::new(),
            substitutes: HashMap::new(),
            element_of: HashMap::new(),
            symbols: HashMap::new(),
            globals: Vec::new(),
            errors: Vec::new(),
            particles: 0,
        };
        context.builtins();
        context.collect();
        context
    }

    fn builtins(&mut self) {
        for &builtin in Builtin::ALL {
            let name = self.names.intern(XS, builtin.name());
            let base =
                (builtin != Builtin::AnySimple).then(|| SimpleTypes::builtin(builtin.base()));
            let mut simple =
                simple_type(name, base, Variety::Atomic(builtin), builtin.whitespace());
            simple.holds_id = builtin == Builtin::Id;
            simple.accepts_all = matches!(
                builtin,
                Builtin::AnySimple | Builtin::String | Builtin::NormalizedString | Builtin::Token
            );
            self.simple.0.push(simple);
            self.types
                .insert(name, TypeId::Simple(SimpleTypes::builtin(builtin)));
        }
        // libxml2 lets these lists be empty
        for (local, item) in [
            ("NMTOKENS", Builtin::Nmtoken),
            ("IDREFS", Builtin::IdRef),
            ("ENTITIES", Builtin::Entity),
        ] {
            let name = self.names.intern(XS, local);
            let base = Some(SimpleTypes::builtin(Builtin::AnySimple));
            let variety = Variety::List(SimpleTypes::builtin(item));
            let id = SimpleId(self.simple.0.len() as u32);
            self.simple
                .0
                .push(simple_type(name, base, variety, Whitespace::Collapse));
            self.types.insert(name, TypeId::Simple(id));
        }
        let any = self.names.intern(XS, "anyType");
        self.types.insert(any, TypeId::Complex(ComplexId::ANY));
    }

    /// Gives a place to every global component.
    fn collect(&mut self) {
        for part in 0..self.parts.len() {
            let file = self.parts[part].file;
            for node in self.files[file].nodes[0].children.clone() {
                let place = Place { part, node };
                let Some(kind) = Kind::of(&self.node(place).tag) else {
                    continue;
                };
                let Some(local) = self.attribute(place, "name").map(str::to_owned) else {
                    self.error(place, "composant global sans nom");
                    continue;
                };
                let namespace = self.parts[part].namespace.clone();
                let name = self.names.intern(&namespace, &local);
                // the schema of schemas declares the built-in types anew
                if kind == Kind::Type && namespace == XS && self.types.contains_key(&name) {
                    continue;
                }
                if self.symbols.insert((kind, name), place).is_some() {
                    self.error(
                        place,
                        format!("{} « {local} » déclaré deux fois", kind.french()),
                    );
                }
                self.globals.push((kind, name, place));
            }
        }
    }

    pub(super) fn node(&self, place: Place) -> &Node {
        &self.files[self.parts[place.part].file].nodes[place.node]
    }

    pub(super) fn children(&self, place: Place) -> Vec<Place> {
        let nodes = self.node(place).children.iter();
        nodes
            .map(|&node| Place {
                part: place.part,
                node,
            })
            .collect()
    }

    /// The children with one of these tags.
    pub(super) fn tagged(&self, place: Place, tags: &[&str]) -> Vec<Place> {
        let mut children = self.children(place);
        children.retain(|&c| tags.contains(&self.node(c).tag.as_str()));
        children
    }

    pub(super) fn attribute(&self, place: Place, name: &str) -> Option<&str> {
        self.files[self.parts[place.part].file].attribute(place.node, name)
    }

    /// The target namespace where a node stands.
    pub(super) fn namespace(&self, place: Place) -> &str {
        &self.parts[place.part].namespace
    }

    /// An attribute of the `xs:schema` of a node.
    pub(super) fn schema_attribute(&self, place: Place, name: &str) -> Option<&str> {
        self.attribute(
            Place {
                part: place.part,
                node: 0,
            },
            name,
        )
    }

    pub(super) fn is_true(&self, place: Place, name: &str) -> bool {
        matches!(self.attribute(place, name), Some("true" | "1"))
    }

    pub(super) fn error(&mut self, place: Place, message: impl Into<String>) {
        if self.errors.len() < MAX_ERRORS {
            let file = &self.files[self.parts[place.part].file];
            let error = SchemaError {
                file: file.path.clone(),
                line: file.line(place.node),
                message: message.into(),
            };
            if !self.errors.contains(&error) {
                self.errors.push(error);
            }
        }
    }

    /// The name in the attribute `attribute` of a node.
    pub(super) fn qname(&mut self, place: Place, attribute: &str) -> Option<NameId> {
        let text = self.attribute(place, attribute)?.to_owned();
        self.resolve(place, &text)
    }

    /// The name that a prefixed text stands for.
    pub(super) fn resolve(&mut self, place: Place, text: &str) -> Option<NameId> {
        let (prefix, local) = text.split_once(':').unwrap_or(("", text));
        let prefixes = self.node(place).prefixes.clone();
        let found = prefixes
            .iter()
            .rev()
            .find(|(p, _)| p == prefix)
            .map(|(_, uri)| uri.as_str());
        let uri = match found {
            Some(uri) if !uri.is_empty() => uri.to_owned(),
            _ if !prefix.is_empty() => {
                self.error(place, format!("préfixe « {prefix} » non déclaré"));
                return None;
            }
            // in a file that has no target namespace, that of its includer
            _ if self.schema_attribute(place, "targetNamespace").is_none() => {
                self.namespace(place).to_owned()
            }
            _ => String::new(),
        };
        Some(self.names.intern(&uri, local))
    }

    /// The global component of this name.
    pub(super) fn symbol(&mut self, kind: Kind, name: NameId, from: Place) -> Option<Place> {
        let found = self.symbols.get(&(kind, name)).copied();
        if found.is_none() {
            let what = format!("{} « {} » introuvable", kind.french(), self.shown(name));
            self.error(from, what);
        }
        found
    }

    /// The type of this name; its error is already noted when there is none.
    pub(super) fn type_named(&mut self, name: NameId, from: Place) -> Option<TypeId> {
        let found = self.types.get(&name).copied();
        if found.is_none() {
            let what = format!("type « {} » introuvable", self.shown(name));
            self.error(from, what);
        }
        found
    }

    /// Counts a particle; false, with an error, when there are too many.
    pub(super) fn count_particle(&mut self, place: Place) -> bool {
        self.particles += 1;
        if self.particles == MAX_PARTICLES {
            self.error(place, "groupes trop grands une fois développés");
        }
        self.particles < MAX_PARTICLES
    }

    /// Makes room for a complex type.
    pub(super) fn new_complex(&mut self, place: Place) -> ComplexId {
        self.complex.push(Some(place));
        ComplexId(self.complex.len() as u32 - 1)
    }

    pub(super) fn new_wildcard(&mut self, wildcard: Wildcard) -> WildcardId {
        let at = self
            .wildcards
            .iter()
            .position(|w| *w == wildcard)
            .unwrap_or_else(|| {
                self.wildcards.push(wildcard);
                self.wildcards.len() - 1
            });
        WildcardId(at as u32)
    }

    /// A name for a message.
    pub(super) fn shown(&self, name: NameId) -> String {
        let (namespace, local) = (self.names.namespace(name), self.names.local(name));
        if namespace.is_empty() {
            local.to_owned()
        } else {
            format!("{{{namespace}}}{local}")
        }
    }

    /// `minOccurs` and `maxOccurs`.
    pub(super) fn occurs(&mut self, place: Place) -> (u32, Option<u32>) {
        let read = |text: Option<&str>| text.map_or(Some(1), |t| t.parse::<u32>().ok());
        let min = read(self.attribute(place, "minOccurs"));
        let max = match self.attribute(place, "maxOccurs") {
            Some("unbounded") => Some(None),
            text => read(text).map(Some),
        };
        match (min, max) {
            (Some(min), Some(max)) if max.is_none_or(|m| m >= min) => (min, max),
            _ => {
                self.error(place, "minOccurs ou maxOccurs incorrect");
                (0, None)
            }
        }
    }

    /// The wildcard of `xs:any` or `xs:anyAttribute`.
    pub(super) fn wildcard(&mut self, place: Place) -> Wildcard {
        let target = self.namespace(place).to_owned();
        let namespaces = match self.attribute(place, "namespace").unwrap_or("##any") {
            "##any" => Namespaces::Any,
            "##other" => Namespaces::Other(target),
            list => Namespaces::List(
                list.split_ascii_whitespace()
                    .map(|n| match n {
                        "##local" => String::new(),
                        "##targetNamespace" => target.clone(),
                        uri => uri.to_owned(),
                    })
                    .collect(),
            ),
        };
        let process = match self.attribute(place, "processContents") {
            None | Some("strict") => Process::Strict,
            Some("lax") => Process::Lax,
            Some("skip") => Process::Skip,
            Some(_) => {
                self.error(place, "processContents incorrect");
                Process::Strict
            }
        };
        Wildcard {
            namespaces,
            process,
        }
    }

    /// The `block` of an element or type.
    pub(super) fn block(&self, place: Place) -> Block {
        let text = self
            .attribute(place, "block")
            .or_else(|| self.schema_attribute(place, "blockDefault"));
        let has = |word: &str| {
            text.is_some_and(|t| t.split_ascii_whitespace().any(|w| w == word || w == "#all"))
        };
        Block {
            extension: has("extension"),
            restriction: has("restriction"),
            substitution: has("substitution"),
        }
    }
}

/// A simple type without facets.
pub(super) fn simple_type(
    name: NameId,
    base: Option<SimpleId>,
    variety: Variety,
    whitespace: Whitespace,
) -> SimpleType {
    SimpleType {
        name,
        base,
        variety,
        whitespace,
        patterns: Vec::new(),
        enumeration: None::<Enumeration>,
        facets: Vec::new(),
        enumeration_suffices: false,
        holds_id: false,
        accepts_all: false,
        cost: 1,
    }
}
