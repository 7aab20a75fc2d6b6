//! Elements: declarations, content models, `xsi:type` and `xsi:nil`.

use super::attributes::{Attribute, Attributes, Owner};
use super::keys::Keys;
use super::recovery::Recovery;
use super::sink::Sink;
use crate::limits::Limits;
use crate::model::{
    Block, Body, Complex, ComplexId, ElementId, Model, Process, TypeId, WildcardId,
};
use crate::name::{Name, NameId};
use crate::simple::{Builtin, Lexical, Prefixes, SimpleId, SimpleTypes};
use crate::violation::Report;

/// Validates one document, event by event: any tree or parser can drive it.
///
/// ```
/// # use std::collections::BTreeMap;
/// # use dcc_xsd::{Attribute, Prefixes, Schema};
/// # let xsd = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
/// #   <xs:element name="n"><xs:complexType><xs:attribute name="v" type="xs:int"/></xs:complexType></xs:element>
/// # </xs:schema>"#;
/// # let files = BTreeMap::from([("n.xsd".to_owned(), xsd.as_bytes().to_vec())]);
/// let schema = Schema::compile("n.xsd", &files)?;
/// let bindings: &[(&str, &str)] = &[];
/// let mut validator = schema.validator();
/// let attributes = [Attribute { name: schema.name("", "v"), value: "twelve" }];
/// validator.start_element(7, schema.name("", "n"), attributes.iter().copied(), &bindings);
/// validator.end_element();
/// let report = validator.finish();
/// assert_eq!(report.violations[0].node, 7);
/// assert_eq!(report.violations[0].code.as_str(), "XSD-ATTRIBUT-VALEUR");
/// # Ok::<(), dcc_xsd::SchemaErrors>(())
/// ```
pub struct Validator<'s> {
    model: &'s Model,
    sink: Sink<'s>,
    open: Vec<Frame>,
    /// Open elements below one that is not validated.
    skipped: usize,
    started: bool,
    /// Text of the element that is open, when its content is simple.
    text: String,
    attributes: Attributes,
    keys: Keys,
    recovery: Recovery,
    work: u64,
}

/// An open element.
struct Frame {
    node: u64,
    name: NameId,
    content: Kind,
    state: u32,
    nil: bool,
    /// Its fault about text, or about not being empty, is already listed.
    reported: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    Simple(SimpleId),
    Complex(ComplexId),
}

/// How the child of an open element is to be taken.
enum Child {
    Declared(ElementId),
    Wild(WildcardId),
    Unknown,
}

impl<'s> Validator<'s> {
    pub(crate) fn new(model: &'s Model, limits: Limits) -> Self {
        Validator {
            model,
            sink: Sink::new(model, limits.max_violations),
            open: Vec::with_capacity(32),
            skipped: 0,
            started: false,
            text: String::new(),
            attributes: Attributes::default(),
            keys: Keys::default(),
            recovery: Recovery::default(),
            work: 0,
        }
    }

    /// An element starts.
    ///
    /// `node` is how the caller finds the element again: it comes back in
    /// [`Violation::node`](crate::Violation::node). `attributes` leaves
    /// namespace declarations out; `prefixes` has those in scope.
    pub fn start_element<'a>(
        &mut self,
        node: u64,
        name: Name<'_>,
        attributes: impl Iterator<Item = Attribute<'a>> + Clone,
        prefixes: &dyn Prefixes,
    ) {
        self.work += 1;
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        let lexical = Lexical { prefixes };
        let depth = self.open.len();
        let child = match self.open.last() {
            Some(_) => self.child(node, name),
            None if self.started => Child::Unknown,
            None => match self.model.global_elements.get(&name.id) {
                Some(&id) => Child::Declared(id),
                None => {
                    self.sink.root(node, name);
                    Child::Unknown
                }
            },
        };
        self.started = true;
        let mut nil = false;
        let type_id = match child {
            Child::Declared(id) => {
                let typed = self.declared(node, name, id, attributes.clone(), &lexical, &mut nil);
                if typed.is_some() {
                    self.keys.enter(&self.model.element(id).constraints, depth);
                }
                typed
            }
            Child::Wild(id) => self.wild(
                node,
                name,
                id,
                attributes.clone(),
                &lexical,
                &mut nil,
                depth,
            ),
            Child::Unknown => None,
        };
        let Some(type_id) = type_id else {
            self.skipped = 1;
            return;
        };
        if !self.keys.is_empty() {
            let uses = match type_id {
                TypeId::Complex(id) => &self.model.complex(id).attributes[..],
                TypeId::Simple(_) => &[],
            };
            self.keys.check(
                self.model,
                &mut self.sink,
                (node, name, depth),
                uses,
                attributes.clone(),
            );
        }
        let owner = Owner { node, name };
        let content = match type_id {
            TypeId::Simple(id) => {
                self.attributes.none(&mut self.sink, owner, attributes);
                self.text.clear();
                Kind::Simple(id)
            }
            TypeId::Complex(id) => {
                let complex = self.model.complex(id);
                self.attributes
                    .check(&mut self.sink, owner, complex, attributes, &lexical);
                if let Body::Simple(_) = complex.body {
                    self.text.clear();
                }
                Kind::Complex(id)
            }
        };
        self.open.push(Frame {
            node,
            name: name.id,
            content,
            state: 0,
            nil,
            reported: false,
        });
    }

    /// A piece of text of the open element; also the content of a CDATA
    /// section, even empty. Pieces may be cut anywhere.
    pub fn text(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        let Some(frame) = self.open.last_mut() else {
            return;
        };
        self.work += 1;
        if frame.nil {
            if !std::mem::replace(&mut frame.reported, true) {
                self.sink.nil_content(frame.node, frame.name);
            }
            return;
        }
        let body = match frame.content {
            Kind::Simple(_) => {
                self.text.push_str(text);
                return;
            }
            Kind::Complex(id) => &self.model.complex(id).body,
        };
        let empty = match body {
            Body::Simple(_) => {
                self.text.push_str(text);
                return;
            }
            Body::Elements { mixed: true, .. } => return,
            Body::Elements { mixed: false, .. } => {
                if text
                    .bytes()
                    .all(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'))
                {
                    return;
                }
                false
            }
            Body::Empty => true,
        };
        if !std::mem::replace(&mut frame.reported, true) {
            self.sink.text(frame.node, frame.name, empty);
        }
    }

    /// The open element ends; `prefixes` in scope there are not needed but
    /// for values of `xs:QName`, which [`end_element_in`](Self::end_element_in)
    /// is for.
    pub fn end_element(&mut self) {
        let none: &[(&str, &str)] = &[];
        self.end_element_in(&none);
    }

    /// The open element ends, with these prefixes in scope.
    pub fn end_element_in(&mut self, prefixes: &dyn Prefixes) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(frame) = self.open.pop() else {
            return;
        };
        if !self.keys.is_empty() {
            self.keys.leave(self.open.len());
        }
        if frame.nil {
            return;
        }
        let simple = match frame.content {
            Kind::Simple(id) => id,
            Kind::Complex(id) => match &self.model.complex(id).body {
                Body::Simple(id) => *id,
                Body::Empty => return,
                Body::Elements { content, .. } => {
                    if !content.accepts(frame.state) {
                        self.sink
                            .incomplete(frame.node, frame.name, content, frame.state);
                    }
                    return;
                }
            },
        };
        self.work += self.text.len() as u64;
        let lexical = Lexical { prefixes };
        // an element may share its identifier: libxml2 looks at attributes only
        if !self
            .model
            .simple
            .accepts(simple, &self.text, &lexical, &mut |_| true)
        {
            self.sink
                .text_value(frame.node, frame.name, &self.text, simple);
        }
    }

    /// The breaches found. Call it once the root element has ended.
    pub fn finish(self) -> Report {
        self.sink.into_report()
    }

    /// Elementary steps done so far (names compared, characters of values
    /// looked at): a measure of work that no machine changes.
    pub fn work(&self) -> u64 {
        self.work + self.attributes.work
    }

    /// Takes a child into the content model of the open element.
    fn child(&mut self, node: u64, name: Name<'_>) -> Child {
        let Some(frame) = self.open.last_mut() else {
            return Child::Unknown;
        };
        if frame.nil {
            if !std::mem::replace(&mut frame.reported, true) {
                self.sink.nil_content(frame.node, frame.name);
            }
            return Child::Unknown;
        }
        let Kind::Complex(id) = frame.content else {
            self.sink.unexpected(node, name, frame.name, None);
            return Child::Unknown;
        };
        let Body::Elements { content, .. } = &self.model.complex(id).body else {
            self.sink.unexpected(node, name, frame.name, None);
            return Child::Unknown;
        };
        let next = content.next(frame.state);
        self.work += next.len() as u64;
        if let Some(transition) = next.iter().find(|t| t.name == name.id) {
            frame.state = transition.next;
            return Child::Declared(transition.element);
        }
        for &(wildcard, to) in content.wildcards(frame.state) {
            if self.model.wildcard(wildcard).takes(name.namespace) {
                frame.state = to;
                return Child::Wild(wildcard);
            }
        }
        self.sink
            .unexpected(node, name, frame.name, Some((content, frame.state)));
        let (resumed, work) = self.recovery.resume(id, content, frame.state, name.id);
        self.work += work;
        match resumed {
            Some((state, element)) => {
                frame.state = state;
                Child::Declared(element)
            }
            None => Child::Unknown,
        }
    }

    /// The type of an element that is declared; `None` when there is no use
    /// in looking at its content.
    fn declared<'a>(
        &mut self,
        node: u64,
        name: Name<'_>,
        id: ElementId,
        attributes: impl Iterator<Item = Attribute<'a>> + Clone,
        lexical: &Lexical<'_>,
        nil: &mut bool,
    ) -> Option<TypeId> {
        let element = self.model.element(id);
        if element.is_abstract {
            self.sink.abstract_element(node, name);
            return None;
        }
        let mut type_id = element.type_id;
        for attribute in attributes.filter(|a| a.name.id.is_xsi()) {
            if attribute.name.id == NameId::XSI_NIL {
                *nil = self.nil(node, name, element.nillable, attribute.value);
            } else if attribute.name.id == NameId::XSI_TYPE {
                let block = self.block_of(element.block, element.type_id);
                match self.xsi_type(attribute.value, lexical) {
                    None => {
                        self.sink
                            .type_unknown(node, name, attribute.value, Some(element.type_id))
                    }
                    Some(other) if self.model.derives(other, element.type_id, block) => {
                        type_id = other
                    }
                    Some(_) => {
                        self.sink
                            .type_unrelated(node, name, attribute.value, element.type_id)
                    }
                }
            }
        }
        self.concrete(node, name, type_id)
    }

    /// What an element may not be replaced by: its own `block`, and that of
    /// its type.
    fn block_of(&self, element: Block, type_id: TypeId) -> Block {
        let of_type = match type_id {
            TypeId::Complex(id) => self.model.complex(id).block,
            TypeId::Simple(_) => Block::default(),
        };
        Block {
            extension: element.extension || of_type.extension,
            restriction: element.restriction || of_type.restriction,
            substitution: element.substitution,
        }
    }

    /// The type, unless it is abstract.
    fn concrete(&mut self, node: u64, name: Name<'_>, type_id: TypeId) -> Option<TypeId> {
        if let TypeId::Complex(id) = type_id
            && let Complex {
                is_abstract: true, ..
            } = self.model.complex(id)
        {
            self.sink.type_abstract(node, name, id);
            return None;
        }
        Some(type_id)
    }

    fn nil(&mut self, node: u64, name: Name<'_>, nillable: bool, value: &str) -> bool {
        let value = value.trim_matches([' ', '\t', '\n', '\r']);
        match value {
            "true" | "1" | "false" | "0" if !nillable => self.sink.nil_forbidden(node, name),
            "true" | "1" => return true,
            "false" | "0" => {}
            _ => self.sink.nil_value(node, value),
        }
        false
    }

    /// The type that a value of `xsi:type` names.
    fn xsi_type(&self, value: &str, lexical: &Lexical<'_>) -> Option<TypeId> {
        let qname = SimpleTypes::builtin(Builtin::QName);
        if !self
            .model
            .simple
            .accepts(qname, value, lexical, &mut |_| true)
        {
            return None;
        }
        let value = value.trim_matches([' ', '\t', '\n', '\r']);
        let (prefix, local) = value.split_once(':').unwrap_or(("", value));
        let namespace = lexical.namespace(prefix).unwrap_or_default();
        let name = self.model.names.find(namespace, local);
        self.model.types.get(&name).copied()
    }

    /// The type of an element that a wildcard takes.
    #[expect(
        clippy::too_many_arguments,
        reason = "one call, all of them of the event"
    )]
    fn wild<'a>(
        &mut self,
        node: u64,
        name: Name<'_>,
        id: WildcardId,
        attributes: impl Iterator<Item = Attribute<'a>> + Clone,
        lexical: &Lexical<'_>,
        nil: &mut bool,
        depth: usize,
    ) -> Option<TypeId> {
        let process = self.model.wildcard(id).process;
        if process == Process::Skip {
            return None;
        }
        if let Some(&element) = self.model.global_elements.get(&name.id) {
            let typed = self.declared(node, name, element, attributes, lexical, nil)?;
            self.keys
                .enter(&self.model.element(element).constraints, depth);
            return Some(typed);
        }
        if process == Process::Strict {
            self.sink.undeclared(node, name);
            return None;
        }
        let mut type_id = TypeId::Complex(ComplexId::ANY);
        for attribute in attributes.filter(|a| a.name.id == NameId::XSI_TYPE) {
            match self.xsi_type(attribute.value, lexical) {
                Some(other) => type_id = other,
                None => self.sink.type_unknown(node, name, attribute.value, None),
            }
        }
        self.concrete(node, name, type_id)
    }
}
