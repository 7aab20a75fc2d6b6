//! The namespaces in force while a document is read.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::names::Names;

use super::chars::is_ncname;
use super::tree::XML;

/// Namespace of the prefix `xmlns`.
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// Bindings of prefixes, and the names already resolved with them.
#[derive(Default)]
pub(super) struct Scope<'t> {
    pub(super) names: Names,
    /// Bindings in force: prefix and namespace.
    bindings: Vec<(&'t str, u32)>,
    /// Number of the set of bindings in force, for `known`.
    context: u32,
    contexts: u32,
    /// Names of elements and attributes already resolved in a context.
    known: HashMap<(u32, bool, &'t str), u32, FixedState>,
}

/// What is in force at a place.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    bindings: usize,
    context: u32,
}

/// The prefix that an attribute declares: empty for `xmlns` itself; `None` when it declares none.
pub(super) fn declared_prefix(name: &str) -> Option<&str> {
    match name.strip_prefix("xmlns")? {
        "" => Some(""),
        rest => rest.strip_prefix(':'),
    }
}

impl<'t> Scope<'t> {
    pub(super) fn mark(&self) -> Mark {
        Mark {
            bindings: self.bindings.len(),
            context: self.context,
        }
    }

    pub(super) fn back_to(&mut self, mark: Mark) {
        self.bindings.truncate(mark.bindings);
        self.context = mark.context;
    }

    /// Binds a prefix; `None` when the namespaces recommendation forbids it.
    pub(super) fn declare(&mut self, prefix: &'t str, uri: &str) -> Option<u32> {
        let wrong = match prefix {
            "xml" => uri != XML,
            "xmlns" => true,
            "" => uri == XML || uri == XMLNS,
            _ => !is_ncname(prefix) || uri.is_empty() || uri == XML || uri == XMLNS,
        };
        if wrong {
            return None;
        }
        let space = self.names.spaces.intern(uri);
        self.bindings.push((prefix, space));
        Some(space)
    }

    /// All declarations of an element are known: a prefix that was declared twice, if one was.
    pub(super) fn settle(&mut self, before: Mark) -> Option<&'t str> {
        let new = &self.bindings[before.bindings..];
        if new.is_empty() {
            return None;
        }
        self.contexts += 1;
        self.context = self.contexts;
        let twice =
            |(i, (prefix, _)): (usize, &(&str, u32))| new[..i].iter().any(|o| o.0 == *prefix);
        let at = new.iter().enumerate().position(twice);
        at.map(|at| new[at].0)
    }

    /// The name of an element or attribute; `None` when it is not one, or when its prefix is not bound.
    pub(super) fn resolve(&mut self, qname: &'t str, attribute: bool) -> Option<u32> {
        let key = (self.context, attribute, qname);
        if let Some(&name) = self.known.get(&key) {
            return Some(name);
        }
        let (prefix, local) = match qname.split_once(':') {
            Some((prefix, local)) => {
                is_ncname(prefix).then_some(())?;
                (prefix, local)
            }
            None => ("", qname),
        };
        is_ncname(local).then_some(())?;
        let space = if prefix == "xml" {
            self.names.spaces.intern(XML)
        } else if prefix.is_empty() && attribute {
            0
        } else {
            let bound = self.bindings.iter().rev().find(|b| b.0 == prefix);
            match bound {
                Some(&(_, space)) => space,
                None if prefix.is_empty() => 0,
                None => return None,
            }
        };
        let name = self.names.intern(space, local);
        self.known.insert(key, name);
        Some(name)
    }
}
