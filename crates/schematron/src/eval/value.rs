//! Values: sequences of nodes and atoms.

use std::rc::Rc;

use crate::document::{ATTRIBUTE, Document};
use crate::names::{ABSENT, NameMap};
use crate::text::Text;

use super::dates::DateTime;

/// A document as one rule set sees it.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub(crate) doc: &'a Document<'a>,
    pub(crate) map: &'a NameMap,
    /// Order among documents; the one under check is 0.
    pub(crate) index: u32,
}

/// A node, as the context of an expression or as an item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Focus<'a> {
    pub(crate) view: &'a View<'a>,
    pub(crate) n: u32,
}

/// In [`Focus::n`]: the context is not a node but the atom on top of the stack of atoms.
pub(super) const ATOM: u32 = u32::MAX;

impl<'a> Focus<'a> {
    pub(super) fn at(self, n: u32) -> Focus<'a> {
        Focus { n, ..self }
    }

    pub(super) fn is_atom(self) -> bool {
        self.n == ATOM
    }

    pub(super) fn is_attribute(self) -> bool {
        self.n & ATTRIBUTE != 0
    }

    pub(super) fn string_value(self) -> Text<'a> {
        self.view.doc.string_value(self.n)
    }

    /// The attribute of a name of the rule set.
    pub(super) fn attribute(self, name: u32) -> Option<Focus<'a>> {
        let name = self.view.map.names[name as usize];
        if name == ABSENT || self.is_attribute() {
            return None;
        }
        self.view
            .doc
            .attribute_named(self.n, name)
            .map(|a| self.at(a))
    }

    /// Place in document order.
    pub(super) fn key(self) -> (u32, u64) {
        let key = if self.is_attribute() {
            let owner = self.view.doc.attr(self.n).owner;
            (u64::from(owner) << 32) | u64::from((self.n & !ATTRIBUTE) + 1)
        } else {
            u64::from(self.n) << 32
        };
        (self.view.index, key)
    }
}

/// A qualified name as a value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct QName {
    pub(super) space: String,
    pub(super) local: String,
}

#[derive(Debug, Clone)]
pub(crate) enum Item<'a> {
    Node(Focus<'a>),
    Str(Text<'a>),
    /// The value of a node: takes the type of what it is compared with.
    Untyped(Text<'a>),
    Int(i64),
    Double(f64),
    Bool(bool),
    QName(Rc<QName>),
    DateTime(Rc<DateTime>),
}

impl<'a> Item<'a> {
    /// The typed value of a node; atoms stay.
    pub(super) fn atom(self) -> Item<'a> {
        match self {
            Item::Node(node) => Item::Untyped(node.string_value()),
            atom => atom,
        }
    }
}

/// The value of a variable.
#[derive(Debug, Clone)]
pub(super) enum Value<'a> {
    Empty,
    One(Item<'a>),
    Many(Rc<[Item<'a>]>),
}

impl<'a> Value<'a> {
    pub(super) fn new(mut items: Vec<Item<'a>>) -> Self {
        match items.len() {
            0 => Value::Empty,
            1 => items.pop().map_or(Value::Empty, Value::One),
            _ => Value::Many(items.into()),
        }
    }

    pub(super) fn items(&self) -> &[Item<'a>] {
        match self {
            Value::Empty => &[],
            Value::One(item) => std::slice::from_ref(item),
            Value::Many(items) => items,
        }
    }
}
