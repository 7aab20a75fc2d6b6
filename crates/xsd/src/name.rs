//! Expanded names (*noms qualifiés*: namespace and local name) as numbers.

use std::fmt;

/// Namespace of `xsi:type`, `xsi:nil` and of the schema locations.
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// Namespace of XML Schema itself.
pub const XS: &str = "http://www.w3.org/2001/XMLSchema";
/// Namespace of the prefix `xml`.
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Number of a name that a schema knows.
///
/// A tree that keeps its own table of names asks for the number once a
/// distinct name ([`Schema::name`](crate::Schema::name)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub(crate) u32);

impl NameId {
    /// A name that no schema component has.
    pub const UNKNOWN: NameId = NameId(u32::MAX);
    pub(crate) const XSI_TYPE: NameId = NameId(0);
    pub(crate) const XSI_NIL: NameId = NameId(1);
    /// `xsi:schemaLocation` and `xsi:noNamespaceSchemaLocation` are below.
    pub(crate) const XSI_END: NameId = NameId(4);

    pub(crate) fn is_xsi(self) -> bool {
        self < NameId::XSI_END
    }
}

/// Name of an element or attribute of a document, looked up in a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    pub(crate) id: NameId,
    pub(crate) namespace: &'a str,
    pub(crate) local: &'a str,
}

impl<'a> Name<'a> {
    /// A name whose number is already known.
    ///
    /// `id` must come from [`Schema::name`](crate::Schema::name) of the same
    /// schema for the same namespace and local name.
    pub fn new(id: NameId, namespace: &'a str, local: &'a str) -> Self {
        Name {
            id,
            namespace,
            local,
        }
    }

    /// Its number in the schema.
    pub fn id(&self) -> NameId {
        self.id
    }
}

/// The names of a schema.
#[derive(Clone)]
pub(crate) struct Names {
    names: Vec<(Box<str>, Box<str>)>,
    /// Open addressing; `u32::MAX` is a free slot. Never more than half full.
    slots: Vec<u32>,
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Names({})", self.names.len())
    }
}

impl Names {
    pub(crate) fn new() -> Self {
        let mut names = Names {
            names: Vec::new(),
            slots: vec![u32::MAX; 1024],
        };
        // their order is that of the constants of NameId
        for local in ["type", "nil", "schemaLocation", "noNamespaceSchemaLocation"] {
            names.intern(XSI, local);
        }
        names
    }

    pub(crate) fn find(&self, namespace: &str, local: &str) -> NameId {
        let slot = self.slots[self.slot(namespace, local)];
        NameId(slot)
    }

    pub(crate) fn intern(&mut self, namespace: &str, local: &str) -> NameId {
        let slot = self.slot(namespace, local);
        if self.slots[slot] != u32::MAX {
            return NameId(self.slots[slot]);
        }
        let id = self.names.len() as u32;
        self.names.push((namespace.into(), local.into()));
        self.slots[slot] = id;
        if self.names.len() * 2 > self.slots.len() {
            self.grow();
        }
        NameId(id)
    }

    pub(crate) fn namespace(&self, id: NameId) -> &str {
        self.names.get(id.0 as usize).map_or("", |n| &n.0)
    }

    pub(crate) fn local(&self, id: NameId) -> &str {
        self.names.get(id.0 as usize).map_or("", |n| &n.1)
    }

    fn slot(&self, namespace: &str, local: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot =
            (hash(hash(0, local.as_bytes()), namespace.as_bytes()) >> 20) as usize & mask;
        loop {
            let id = self.slots[slot];
            if id == u32::MAX {
                return slot;
            }
            let (ns, name) = &self.names[id as usize];
            if **name == *local && **ns == *namespace {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![u32::MAX; self.slots.len() * 2];
        for id in 0..self.names.len() {
            let slot = {
                let (ns, local) = &self.names[id];
                self.slot(ns, local)
            };
            self.slots[slot] = id as u32;
        }
    }
}

/// A quick hash for tables that only a schema fills.
pub(crate) fn hash(seed: u64, bytes: &[u8]) -> u64 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut h = seed ^ (bytes.len() as u64).wrapping_mul(K);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        h = (h.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(K);
    }
    let mut word = [0; 8];
    let rest = chunks.remainder();
    word[..rest.len()].copy_from_slice(rest);
    h = (h.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(K);
    h ^ (h >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_number_and_an_unknown_name_has_none() {
        let mut names = Names::new();
        let ids: Vec<_> = (0..5000)
            .map(|i| names.intern("urn:a", &format!("n{i}")))
            .collect();
        for (i, id) in ids.iter().enumerate() {
            assert_eq!(names.find("urn:a", &format!("n{i}")), *id);
            assert_eq!(names.intern("urn:a", &format!("n{i}")), *id);
        }
        assert_eq!(names.find("urn:b", "n1"), NameId::UNKNOWN);
        assert_eq!(names.find(XSI, "type"), NameId::XSI_TYPE);
        assert_eq!(names.find(XSI, "nil"), NameId::XSI_NIL);
        assert!(names.find(XSI, "noNamespaceSchemaLocation").is_xsi());
        assert!(!ids[0].is_xsi());
    }
}
