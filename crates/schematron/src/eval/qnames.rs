//! Qualified names as values: `QName`, `resolve-QName` and their parts.

use std::rc::Rc;

use crate::xpath::{Func, Id};

use super::fail::{BAD_NAME, NO_PREFIX, R, WRONG_TYPE, fail};
use super::machine::Eval;
use super::value::{Focus, Item, QName};

/// Prefix and local name of a lexical QName.
fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    let (prefix, local) = match text.split_once(':') {
        Some((prefix, local)) if is_ncname(prefix) => (prefix, local),
        Some(_) => return None,
        None => ("", text),
    };
    is_ncname(local).then_some((prefix, local))
}

fn is_ncname(name: &str) -> bool {
    let start = |c: char| c.is_alphabetic() || c == '_';
    let inner = |c: char| start(c) || c.is_numeric() || matches!(c, '-' | '.' | '\u{b7}');
    name.chars().next().is_some_and(start) && name.chars().all(inner)
}

impl<'a> Eval<'a> {
    /// `QName(namespace, name)`
    pub(super) fn qname(&mut self, args: &[Id], f: Focus<'a>) -> R<Item<'a>> {
        let space = self.string_or_empty(args[0], f)?;
        let name = self.string_or_empty(args[1], f)?;
        match split(&name) {
            Some((prefix, local)) if prefix.is_empty() || !space.is_empty() => {
                Ok(Item::QName(Rc::new(QName {
                    space: space.to_string(),
                    local: local.to_owned(),
                })))
            }
            _ => fail(BAD_NAME, "a text that is not a qualified name"),
        }
    }

    /// `resolve-QName(name, element)`
    pub(super) fn resolve_qname(&mut self, args: &[Id], f: Focus<'a>) -> R<Option<Item<'a>>> {
        let Some(name) = self.string(args[0], f)? else {
            return Ok(None);
        };
        let element = match self.single(args[1], f)? {
            Some(Item::Node(node)) if !node.is_attribute() => node,
            _ => return fail(WRONG_TYPE, "an element is expected"),
        };
        let Some((prefix, local)) = split(&name) else {
            return fail(BAD_NAME, "a text that is not a qualified name");
        };
        match element.view.doc.namespace_of(element.n, prefix) {
            Some(space) => Ok(Some(Item::QName(Rc::new(QName {
                space: space.to_owned(),
                local: local.to_owned(),
            })))),
            None => fail(NO_PREFIX, "a prefix that is not declared"),
        }
    }

    pub(super) fn part_of_qname(
        &mut self,
        id: Id,
        f: Focus<'a>,
        part: fn(&QName) -> &String,
    ) -> R<Option<Item<'a>>> {
        match self.single(id, f)? {
            None => Ok(None),
            Some(Item::QName(name)) => Ok(Some(Item::Str(part(&name).clone().into()))),
            Some(_) => fail(WRONG_TYPE, "a qualified name is expected"),
        }
    }

    /// `name()` or `local-name()` of a node, the context when no argument is given.
    pub(super) fn name_of(&mut self, func: Func, args: &[Id], f: Focus<'a>) -> R<&'a str> {
        let item = match args.first() {
            Some(&id) => self.single(id, f)?,
            None => Some(self.context(f)),
        };
        match item {
            None => Ok(""),
            Some(Item::Node(node)) => {
                let written = node.view.doc.written_name(node.n);
                if func == Func::Name {
                    return Ok(written);
                }
                Ok(written.split_once(':').map_or(written, |(_, local)| local))
            }
            Some(_) => fail(WRONG_TYPE, "a node is expected"),
        }
    }
}
