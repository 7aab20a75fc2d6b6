//! A schema once compiled: tables of numbers, shared by all threads.

use std::collections::HashMap;

use crate::name::{NameId, Names};
use crate::simple::{SimpleId, SimpleTypes, Value};

/// Rank of an element declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ElementId(pub(crate) u32);

/// Rank of a complex type. 0 is `xs:anyType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ComplexId(pub(crate) u32);

impl ComplexId {
    pub(crate) const ANY: ComplexId = ComplexId(0);
}

/// Rank of a wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WildcardId(pub(crate) u32);

/// A type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum TypeId {
    Simple(SimpleId),
    Complex(ComplexId),
}

/// Ways to stand for another type or element, as `block` has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) extension: bool,
    pub(crate) restriction: bool,
    pub(crate) substitution: bool,
}

/// An element declaration.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) type_id: TypeId,
    pub(crate) nillable: bool,
    pub(crate) is_abstract: bool,
    pub(crate) block: Block,
    /// Ranks of its identity constraints.
    pub(crate) constraints: Vec<usize>,
}

/// How a type derives from its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Extension,
    Restriction,
}

/// What stands between the tags of an element.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    /// Nothing at all.
    Empty,
    /// A text of a simple type.
    Simple(SimpleId),
    /// Elements, and text too when mixed.
    Elements { content: Content, mixed: bool },
}

/// A complex type.
#[derive(Clone, Debug)]
pub(crate) struct Complex {
    pub(crate) name: NameId,
    pub(crate) base: TypeId,
    pub(crate) method: Method,
    pub(crate) block: Block,
    pub(crate) is_abstract: bool,
    pub(crate) body: Body,
    /// In the order of their names' numbers; 128 at most.
    pub(crate) attributes: Vec<AttributeUse>,
    /// A bit for each required attribute.
    pub(crate) required: u128,
    pub(crate) any_attribute: Option<WildcardId>,
}

/// An attribute of a type.
#[derive(Clone, Debug)]
pub(crate) struct AttributeUse {
    pub(crate) name: NameId,
    pub(crate) required: bool,
    pub(crate) simple: SimpleId,
    pub(crate) fixed: Option<Fixed>,
    /// The value that a document without the attribute stands for.
    pub(crate) default: Option<String>,
}

/// The only value that an attribute may have.
#[derive(Clone, Debug)]
pub(crate) struct Fixed {
    pub(crate) text: String,
    pub(crate) value: Option<Value>,
}

/// What a wildcard does with what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Process {
    /// Validate; a declaration must be found.
    Strict,
    /// Validate when a declaration is found.
    Lax,
    /// Take as it is.
    Skip,
}

/// Namespaces that a wildcard takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Namespaces {
    Any,
    /// All but this one, and not the absence of one.
    Other(String),
    /// These; an empty one is the absence of one.
    List(Vec<String>),
}

/// `xs:any` or `xs:anyAttribute`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wildcard {
    pub(crate) namespaces: Namespaces,
    pub(crate) process: Process,
}

impl Wildcard {
    pub(crate) fn takes(&self, namespace: &str) -> bool {
        match &self.namespaces {
            Namespaces::Any => true,
            Namespaces::Other(target) => !namespace.is_empty() && namespace != target,
            Namespaces::List(list) => list.iter().any(|n| n == namespace),
        }
    }
}

/// A content model. State 0 is the start.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    pub(crate) states: Vec<State>,
    pub(crate) transitions: Vec<Transition>,
    pub(crate) wildcards: Vec<(WildcardId, u32)>,
}

/// Where a content model stands between two children.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) wild_from: u32,
    pub(crate) wild_to: u32,
    /// The content may end here.
    pub(crate) accept: bool,
}

/// A child that may come next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Transition {
    pub(crate) name: NameId,
    pub(crate) next: u32,
    pub(crate) element: ElementId,
}

impl Content {
    /// The named children that may come next, in the order of the schema.
    pub(crate) fn next(&self, state: u32) -> &[Transition] {
        let state = &self.states[state as usize];
        &self.transitions[state.from as usize..state.to as usize]
    }

    /// The wildcards that may come next.
    pub(crate) fn wildcards(&self, state: u32) -> &[(WildcardId, u32)] {
        let state = &self.states[state as usize];
        &self.wildcards[state.wild_from as usize..state.wild_to as usize]
    }

    pub(crate) fn accepts(&self, state: u32) -> bool {
        self.states[state as usize].accept
    }
}

/// `xs:key` or `xs:unique`.
#[derive(Clone, Debug)]
pub(crate) struct Constraint {
    pub(crate) name: String,
    /// A key: the field must be there.
    pub(crate) key: bool,
    /// Elements that have the field: at any depth or children, by name.
    pub(crate) selectors: Vec<(bool, NameId)>,
    /// The attribute that is the field.
    pub(crate) field: NameId,
}

/// All tables of a schema.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) names: Names,
    pub(crate) simple: SimpleTypes,
    pub(crate) complex: Vec<Complex>,
    pub(crate) elements: Vec<Element>,
    pub(crate) wildcards: Vec<Wildcard>,
    pub(crate) constraints: Vec<Constraint>,
    pub(crate) types: HashMap<NameId, TypeId>,
    pub(crate) global_elements: HashMap<NameId, ElementId>,
    pub(crate) global_attributes: HashMap<NameId, AttributeUse>,
    /// Target namespace of the first file.
    pub(crate) namespace: String,
}

impl Model {
    pub(crate) fn element(&self, id: ElementId) -> &Element {
        &self.elements[id.0 as usize]
    }

    pub(crate) fn complex(&self, id: ComplexId) -> &Complex {
        &self.complex[id.0 as usize]
    }

    pub(crate) fn wildcard(&self, id: WildcardId) -> &Wildcard {
        &self.wildcards[id.0 as usize]
    }

    /// True when `derived` may stand where `base` is asked for, by none of
    /// the ways in `block` (part 1, 3.4.6, *Type Derivation OK*).
    pub(crate) fn derives(&self, derived: TypeId, base: TypeId, block: Block) -> bool {
        let mut current = derived;
        loop {
            if current == base {
                return true;
            }
            match current {
                TypeId::Complex(ComplexId::ANY) => return false,
                TypeId::Complex(id) => {
                    let complex = self.complex(id);
                    let blocked = match complex.method {
                        Method::Extension => block.extension,
                        Method::Restriction => block.restriction,
                    };
                    if blocked {
                        return false;
                    }
                    current = complex.base;
                }
                TypeId::Simple(id) => {
                    return !block.restriction
                        && match base {
                            TypeId::Simple(base) => self.simple.derives(id, base),
                            TypeId::Complex(base) => base == ComplexId::ANY,
                        };
                }
            }
        }
    }
}
