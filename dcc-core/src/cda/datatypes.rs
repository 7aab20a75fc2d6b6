//! Data types of HL7 v3, both ways: identifiers, codes, numbers, truth.

use super::codec::Codec;
use super::slot::{Slot, local, slot};
use crate::model::{AbsentReason, Code, Identifier, OrAbsent};
use crate::terminology::{CodeSystem, Jdv, Terminology, ValueSet};
use crate::xml::{NodeId, Tree};

/// Where the codes of an element come from.
#[derive(Clone, Copy, Debug)]
pub enum Binding {
    /// A value set.
    Set(Jdv),
    /// One code system, without a value set.
    System(&'static CodeSystem),
    /// Any code system: the code states its own.
    Any,
}

impl Binding {
    fn set(self, terminology: &Terminology) -> Option<&ValueSet> {
        match self {
            Binding::Set(jdv) => Some(terminology.set(jdv)),
            Binding::System(_) | Binding::Any => None,
        }
    }

    /// System and label that a code has when its input gives none.
    pub(crate) fn resolve<'t>(
        self,
        terminology: &'t Terminology,
        code: &str,
        system: Option<&str>,
    ) -> (&'t str, Option<&'t str>) {
        match self {
            Binding::System(known) => (known.oid, None),
            Binding::Any => ("", None),
            Binding::Set(_) => {
                let Some(set) = self.set(terminology) else {
                    return ("", None);
                };
                let concept = match system {
                    Some(system) => set.find_in(system, code),
                    None => set.find(code),
                };
                match concept {
                    Some(concept) => (&concept.system, Some(&concept.label)),
                    None => (set.concepts().first().map_or("", |c| &c.system), None),
                }
            }
        }
    }

    /// How a reader of the document is shown a code.
    pub(crate) fn label(self, terminology: &Terminology, code: &Code) -> String {
        let (_, label) = self.resolve(terminology, &code.code, code.system.as_deref());
        code.label
            .as_deref()
            .or(label)
            .unwrap_or(&code.code)
            .to_owned()
    }
}

/// A code of the specification itself.
#[derive(Clone, Copy, Debug)]
pub struct FixedCode {
    /// Code system.
    pub system: &'static CodeSystem,
    /// Code.
    pub code: &'static str,
    /// Label.
    pub label: &'static str,
}

impl FixedCode {
    /// A code of a system, with its label.
    pub const fn new(
        system: &'static CodeSystem,
        code: &'static str,
        label: &'static str,
    ) -> FixedCode {
        FixedCode {
            system,
            code,
            label,
        }
    }
}

/// What stands for a value that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NullFlavorPolicy {
    /// The element is left out.
    Omit,
    /// The element carries this nullFlavor.
    Flavor(&'static str),
}

/// True for an element that has a value, and no nullFlavor in its place.
pub(crate) fn is_stated(tree: &Tree<'_>, node: NodeId) -> bool {
    tree.peek(node, "nullFlavor").is_none()
}

impl Codec<'_> {
    /// `II`: the attributes of an identifier.
    pub fn ii(&mut self, mut id: Slot<'_, Identifier>) {
        self.root(slot!(id.root));
        self.attr_option("extension", slot!(id.extension));
        self.ignore(&["assigningAuthorityName"]);
    }

    /// The root of an identifier; HL7 v3 wants UUIDs in upper case.
    pub(crate) fn root(&mut self, root: Slot<'_, String>) {
        if self.is_writing() && root.bytes().any(|b| b.is_ascii_lowercase()) {
            self.fixed("root", &root.to_ascii_uppercase());
        } else {
            self.attr("root", root);
        }
    }

    /// An identifier element.
    pub fn identifier(&mut self, name: &'static str, id: Slot<'_, Identifier>) {
        self.element(name, |s| s.ii(id));
    }

    /// The `id` elements of something, each described by `one`: those that
    /// `give` gives a writer, and those without a nullFlavor, which `take`
    /// takes for a reader.
    pub(crate) fn ids_as<T>(
        &mut self,
        mut of: Slot<'_, T>,
        one: fn(&mut Self, Slot<'_, Identifier>),
        give: impl FnOnce(&T, &mut dyn FnMut(&Identifier)),
        take: impl FnOnce(&mut T, Vec<Identifier>),
    ) {
        if self.is_writing() {
            give(&of, &mut |id| {
                self.element("id", |s| one(s, Slot::Lent(id)))
            });
            return;
        }
        let mut ids = Vec::new();
        self.each_where("id", is_stated, local(&mut ids), one);
        if let Some(of) = of.given() {
            take(of, ids);
        }
    }

    /// As [`Codec::ids_as`], each described by [`Codec::ii`].
    pub(crate) fn ids<T>(
        &mut self,
        of: Slot<'_, T>,
        give: impl FnOnce(&T, &mut dyn FnMut(&Identifier)),
        take: impl FnOnce(&mut T, Vec<Identifier>),
    ) {
        self.ids_as(of, |s, id| s.ii(id), give, take);
    }

    /// `name` with a nullFlavor when there is nothing to write; a reader takes those that say nothing.
    pub(crate) fn null_element(&mut self, name: &'static str, empty: bool, null: NullFlavorPolicy) {
        if let (true, NullFlavorPolicy::Flavor(flavor)) = (self.is_writing() && empty, null) {
            self.element(name, |s| s.fixed("nullFlavor", flavor));
        }
        while let Some(node) = self.child(name, |tree, n| !is_stated(tree, n)) {
            self.inside(node, |s| s.null_flavor());
        }
    }

    /// A coded element of the specification.
    pub fn fixed_code(&mut self, name: &'static str, code: &FixedCode, f: impl FnOnce(&mut Self)) {
        self.element(name, |s| {
            s.fixed_code_attrs(code);
            f(s);
        });
    }

    pub(crate) fn fixed_code_attrs(&mut self, code: &FixedCode) {
        self.fixed("code", code.code);
        self.code_labels(code);
    }

    /// What only names a code of the specification.
    pub(crate) fn code_labels(&mut self, code: &FixedCode) {
        self.repeated("displayName", code.label);
        self.repeated("codeSystem", code.system.oid);
        self.repeated("codeSystemName", code.system.name);
        self.ignore(&["codeSystemVersion"]);
    }

    /// The attributes of a coded value.
    pub fn code_attrs(&mut self, mut code: Slot<'_, Code>, codes: Binding) {
        let terminology = self.terminology();
        if let Some(writer) = self.writer() {
            let (system, label) = codes.resolve(terminology, &code.code, code.system.as_deref());
            let system = code.system.as_deref().unwrap_or(system);
            writer.attr("code", &code.code);
            if let Some(label) = code.label.as_deref().or(label) {
                writer.attr("displayName", label);
            }
            writer.attr("codeSystem", system);
            if let Some(system) = CodeSystem::by_oid(system) {
                writer.attr("codeSystemName", system.name);
            }
            return;
        }
        self.attr("code", slot!(code.code));
        self.attr_option("codeSystem", slot!(code.system));
        self.attr_option("displayName", slot!(code.label));
        self.ignore(&["codeSystemName"]);
        let Some(code) = code.given() else { return };
        // what the value set says need not be repeated
        let (system, _) = codes.resolve(terminology, &code.code, None);
        if code.system.as_deref() == Some(system) {
            code.system = None;
        }
        let (_, label) = codes.resolve(terminology, &code.code, code.system.as_deref());
        if code.label.as_deref().map(str::trim) == label || code.label.as_deref() == Some("") {
            code.label = None;
        }
    }

    /// An element with an optional coded value.
    pub fn code(
        &mut self,
        name: &'static str,
        code: Slot<'_, Option<Code>>,
        codes: Binding,
        null: NullFlavorPolicy,
    ) {
        self.code_with(name, code, codes, null, |_| {});
    }

    /// As [`Codec::code`], with content.
    pub fn code_with(
        &mut self,
        name: &'static str,
        code: Slot<'_, Option<Code>>,
        codes: Binding,
        null: NullFlavorPolicy,
        f: impl FnOnce(&mut Self),
    ) {
        let present = code.is_some() || null != NullFlavorPolicy::Omit;
        self.element_if(present, name, |s| {
            s.coded_or_null(code, codes, null);
            f(s);
        });
    }

    /// The attributes of a coded value, or of its nullFlavor.
    pub(crate) fn coded_or_null(
        &mut self,
        mut code: Slot<'_, Option<Code>>,
        codes: Binding,
        null: NullFlavorPolicy,
    ) {
        if self.is_writing() {
            match &*code {
                Some(code) => self.code_attrs(Slot::Lent(code), codes),
                None => self.flavor(null),
            }
        } else if self.null_flavor().is_none() {
            let mut read = Code::default();
            self.code_attrs(local(&mut read), codes);
            if !read.code.is_empty() {
                code.set(Some(read));
            }
        }
    }

    /// Writes a nullFlavor in the place of a value.
    pub(crate) fn flavor(&mut self, null: NullFlavorPolicy) {
        if let NullFlavorPolicy::Flavor(flavor) = null {
            self.fixed("nullFlavor", flavor);
        }
    }

    /// A coded value or the reason of its absence; `null` when neither is given.
    pub(crate) fn code_or_absent(
        &mut self,
        mut value: Slot<'_, Option<OrAbsent<Code>>>,
        codes: Binding,
        null: NullFlavorPolicy,
    ) {
        if self.is_writing() {
            match &*value {
                Some(OrAbsent::Known(code)) => self.code_attrs(Slot::Lent(code), codes),
                Some(OrAbsent::Absent(absence)) => self.fixed("nullFlavor", absence.null_flavor()),
                None => self.flavor(null),
            }
            return;
        }
        if let Some(absence) = self.absence() {
            value.set(Some(OrAbsent::Absent(absence)));
        } else {
            let mut code = None;
            self.coded_or_null(local(&mut code), codes, null);
            value.set(code.map(OrAbsent::Known));
        }
    }

    /// A reader's reason of an absence, now read.
    pub(crate) fn absence(&mut self) -> Option<AbsentReason> {
        let absence = self.peek_absence();
        if absence.is_some() {
            self.null_flavor();
        }
        absence
    }

    /// The same, not yet read.
    pub(crate) fn peek_absence(&self) -> Option<AbsentReason> {
        let (tree, at) = self.here()?;
        AbsentReason::from_null_flavor(tree.peek(at, "nullFlavor")?)
    }

    /// The attribute `value`, or a nullFlavor: `form` writes a value, `parse`
    /// reads one; what it cannot read stays unread.
    pub(crate) fn simple_value<T: Copy>(
        &mut self,
        mut value: Slot<'_, Option<T>>,
        null: NullFlavorPolicy,
        form: impl FnOnce(T) -> String,
        parse: impl FnOnce(&str) -> Option<T>,
    ) {
        if self.is_writing() {
            match *value {
                Some(value) => self.fixed("value", &form(value)),
                None => self.flavor(null),
            }
            return;
        }
        self.null_flavor();
        if let Some((tree, at)) = self.here() {
            let read = tree.peek(at, "value").and_then(parse);
            if read.is_some() {
                tree.attr(at, "value");
            }
            value.set(read);
        }
    }

    /// `INT`: the attributes of a whole number, or of its nullFlavor.
    pub(crate) fn integer(&mut self, value: Slot<'_, Option<i32>>, null: NullFlavorPolicy) {
        self.simple_value(
            value,
            null,
            |n| n.to_string(),
            |text| text.trim().parse().ok(),
        );
    }

    /// `BL`: the attributes of a boolean value, or of its nullFlavor.
    pub(crate) fn boolean(&mut self, value: Slot<'_, Option<bool>>, null: NullFlavorPolicy) {
        self.simple_value(
            value,
            null,
            |b| b.to_string(),
            |text| match text {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            },
        );
    }
}
