//! Simple types as they are once compiled, and the check of a value.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use super::builtin::{Builtin, Whitespace, words};
use super::lexical::Lexical;
use super::pattern::Pattern;
use super::value::Value;
use crate::name::{NameId, hash};

/// Rank of a simple type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SimpleId(pub(crate) u32);

/// How the values of a type are made.
#[derive(Clone, Debug)]
pub(crate) enum Variety {
    Atomic(Builtin),
    /// Items apart from each other by blanks.
    List(SimpleId),
    /// A value of one of several types, the first that accepts it.
    Union(Vec<SimpleId>),
}

/// A bound on a value.
#[derive(Clone, Debug)]
pub(crate) enum Facet {
    Length(usize),
    MinLength(usize),
    MaxLength(usize),
    MinInclusive(Value, String),
    MaxInclusive(Value, String),
    MinExclusive(Value, String),
    MaxExclusive(Value, String),
    TotalDigits(usize),
    FractionDigits(usize),
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FastHasher(u64);

impl Hasher for FastHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(self.0, bytes);
    }
}

/// The values that an enumeration allows.
#[derive(Clone, Debug)]
pub(crate) struct Enumeration {
    /// Strings are found by hash; the schema alone fills the table.
    pub(crate) texts: HashSet<Box<str>, BuildHasherDefault<FastHasher>>,
    /// Other values are compared one by one.
    pub(crate) values: Vec<(Builtin, Value)>,
    /// As the schema writes them, in its order.
    pub(crate) shown: Vec<String>,
}

/// A simple type.
#[derive(Clone, Debug)]
pub(crate) struct SimpleType {
    pub(crate) name: NameId,
    /// The type it restricts.
    pub(crate) base: Option<SimpleId>,
    pub(crate) variety: Variety,
    pub(crate) whitespace: Whitespace,
    /// Each must match.
    pub(crate) patterns: Vec<(Pattern, String)>,
    pub(crate) enumeration: Option<Enumeration>,
    pub(crate) facets: Vec<Facet>,
    /// Every string of the enumeration follows all the rest, so that finding
    /// a value there is enough.
    pub(crate) enumeration_suffices: bool,
    /// Values are, or may be, of type `xs:ID`.
    pub(crate) holds_id: bool,
    /// Any text is a value.
    pub(crate) accepts_all: bool,
    /// Types that a value may have to be checked against, at worst.
    pub(crate) cost: u32,
}

/// The simple types of a schema.
#[derive(Clone, Debug, Default)]
pub(crate) struct SimpleTypes(pub(crate) Vec<SimpleType>);

/// Registers an identifier; false when the document has it already.
pub(crate) type Register<'r> = &'r mut dyn FnMut(&str) -> bool;

impl SimpleTypes {
    pub(crate) fn get(&self, id: SimpleId) -> &SimpleType {
        &self.0[id.0 as usize]
    }

    /// Its rank among the built-in types, which come first.
    pub(crate) fn builtin(builtin: Builtin) -> SimpleId {
        SimpleId(builtin as u32)
    }

    /// True when `value` is of the type.
    pub(crate) fn accepts(
        &self,
        id: SimpleId,
        value: &str,
        lexical: &Lexical<'_>,
        ids: Register<'_>,
    ) -> bool {
        self.fits(id, value, lexical, ids, false)
    }

    /// `nested` for the items of lists and the members of unions.
    fn fits(
        &self,
        id: SimpleId,
        value: &str,
        lexical: &Lexical<'_>,
        ids: Register<'_>,
        nested: bool,
    ) -> bool {
        let this = self.get(id);
        if this.accepts_all {
            return true;
        }
        let raw = !nested
            && this.patterns.is_empty()
            && this.enumeration.is_none()
            && matches!(&this.variety, Variety::Atomic(b) if b.treats_blanks());
        let whitespace = if raw {
            Whitespace::Preserve
        } else {
            this.whitespace
        };
        let value = whitespace.apply(value);
        if let Some(enumeration) = &this.enumeration
            && this.enumeration_suffices
        {
            return enumeration.texts.contains(&*value);
        }
        let fits = match &this.variety {
            Variety::Atomic(Builtin::Id) => Builtin::Id.accepts(&value, lexical) && ids(&value),
            Variety::Atomic(builtin) => builtin.accepts(&value, lexical),
            Variety::List(item) => words(&value).all(|w| self.fits(*item, w, lexical, ids, true)),
            Variety::Union(members) => members
                .iter()
                .any(|&m| self.fits(m, &value, lexical, ids, true)),
        };
        fits && this.patterns.iter().all(|(p, _)| p.matches(&value))
            && self.facets_hold(this, &value, lexical)
            && self.enumerated(this, id, &value, lexical)
    }

    fn enumerated(
        &self,
        this: &SimpleType,
        id: SimpleId,
        value: &str,
        lexical: &Lexical<'_>,
    ) -> bool {
        let Some(enumeration) = &this.enumeration else {
            return true;
        };
        if enumeration.texts.contains(value) {
            return true;
        }
        !enumeration.values.is_empty()
            && self
                .value(id, value, lexical)
                .is_some_and(|v| enumeration.values.contains(&v))
    }

    fn facets_hold(&self, this: &SimpleType, value: &str, lexical: &Lexical<'_>) -> bool {
        if this.facets.is_empty() {
            return true;
        }
        let length = || match &this.variety {
            Variety::List(_) => words(value).count(),
            Variety::Atomic(b @ (Builtin::HexBinary | Builtin::Base64)) => {
                match b.value(value, lexical) {
                    Some(Value::Bytes(bytes)) => bytes.len(),
                    _ => 0,
                }
            }
            _ => value.chars().count(),
        };
        let number = || match &this.variety {
            Variety::Atomic(builtin) => builtin.value(value, lexical),
            _ => None,
        };
        let order = |bound: &Value| number().and_then(|v| v.order(bound));
        this.facets.iter().all(|facet| match facet {
            Facet::Length(n) => length() == *n,
            Facet::MinLength(n) => length() >= *n,
            Facet::MaxLength(n) => length() <= *n,
            Facet::MinInclusive(b, _) => order(b).is_some_and(|o| o.is_ge()),
            Facet::MaxInclusive(b, _) => order(b).is_some_and(|o| o.is_le()),
            Facet::MinExclusive(b, _) => order(b).is_some_and(|o| o.is_gt()),
            Facet::MaxExclusive(b, _) => order(b).is_some_and(|o| o.is_lt()),
            Facet::TotalDigits(n) => {
                matches!(number(), Some(Value::Decimal(d)) if d.total_digits() <= *n)
            }
            Facet::FractionDigits(n) => {
                matches!(number(), Some(Value::Decimal(d)) if d.fraction_digits() <= *n)
            }
        })
    }

    /// The value written, with the primitive type that it has, for comparison.
    /// The facets are not looked at.
    pub(crate) fn value(
        &self,
        id: SimpleId,
        text: &str,
        lexical: &Lexical<'_>,
    ) -> Option<(Builtin, Value)> {
        let this = self.get(id);
        let text = this.whitespace.apply(text);
        match &this.variety {
            Variety::Atomic(builtin) => Some((builtin.primitive(), builtin.value(&text, lexical)?)),
            Variety::List(item) => {
                let items: Option<Vec<Value>> = words(&text)
                    .map(|w| self.value(*item, w, lexical).map(|(_, v)| v))
                    .collect();
                Some((Builtin::AnySimple, Value::List(items?)))
            }
            Variety::Union(members) => members
                .iter()
                .find(|&&m| self.fits(m, &text, lexical, &mut |_| true, true))
                .and_then(|&m| self.value(m, &text, lexical)),
        }
    }

    /// True when values of `derived` may stand where `base` is asked for
    /// (part 1, 3.14.6, *Type Derivation OK (Simple)*).
    pub(crate) fn derives(&self, derived: SimpleId, base: SimpleId) -> bool {
        if derived == base || base == Self::builtin(Builtin::AnySimple) {
            return true;
        }
        if let Variety::Union(members) = &self.get(base).variety
            && members.iter().any(|&m| self.derives(derived, m))
        {
            return true;
        }
        match self.get(derived).base {
            Some(parent) => self.derives(parent, base),
            None => false,
        }
    }

    /// What a value of the type may be, in French: the values of an
    /// enumeration, else a description.
    pub(crate) fn expected(&self, id: SimpleId) -> Vec<String> {
        let this = self.get(id);
        if let Some(enumeration) = &this.enumeration {
            return enumeration.shown.clone();
        }
        match &this.variety {
            Variety::Union(members) => members.iter().flat_map(|&m| self.expected(m)).collect(),
            Variety::List(item) => {
                let items = self.expected(*item);
                match items.as_slice() {
                    [one] => vec![format!(
                        "des valeurs séparées par des espaces, chacune : {one}"
                    )],
                    _ => items,
                }
            }
            Variety::Atomic(builtin) => {
                let mut text = builtin.french().to_owned();
                for (_, pattern) in &this.patterns {
                    text.push_str(&format!(", conforme au motif {pattern}"));
                }
                for facet in &this.facets {
                    text.push_str(&facet.french());
                }
                vec![text]
            }
        }
    }
}

impl Facet {
    fn french(&self) -> String {
        let plural = |n: &usize| if *n > 1 { "s" } else { "" };
        match self {
            Facet::Length(n) => format!(", de {n} caractère{} exactement", plural(n)),
            Facet::MinLength(n) => format!(", de {n} caractère{} au moins", plural(n)),
            Facet::MaxLength(n) => format!(", de {n} caractère{} au plus", plural(n)),
            Facet::MinInclusive(_, b) => format!(", au moins {b}"),
            Facet::MaxInclusive(_, b) => format!(", au plus {b}"),
            Facet::MinExclusive(_, b) => format!(", plus que {b}"),
            Facet::MaxExclusive(_, b) => format!(", moins que {b}"),
            Facet::TotalDigits(n) => format!(", de {n} chiffre{} au plus", plural(n)),
            Facet::FractionDigits(n) => {
                format!(", avec {n} chiffre{} au plus après la virgule", plural(n))
            }
        }
    }
}
