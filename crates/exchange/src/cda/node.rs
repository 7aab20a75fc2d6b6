//! CDA data types out of a tree.

use dcc_base::problem::{Problem, Problems};
use dcc_base::text::one_line;
use dcc_cda::parts::attribute;
use dcc_xml::{NodeId, Tree};

use super::header::{Address, Identifier, Organization, PersonName};
use super::rules;
use crate::code::Code;
use crate::time::Timestamp;

/// A reader of one document: the tree and what is doubtful in it.
pub(super) struct Nodes<'t, 'a> {
    pub(super) tree: &'t Tree<'a>,
    pub(super) problems: Problems,
}

impl Nodes<'_, '_> {
    /// An attribute that is there and not blank.
    pub(super) fn attr(&self, node: NodeId, name: &str) -> Option<String> {
        attribute(self.tree, node, name)
    }

    /// The text of an element on one line; empty for a null flavor.
    pub(super) fn text(&self, node: NodeId) -> String {
        if self.tree.attr(node, "nullFlavor").is_some() {
            return String::new();
        }
        one_line(&self.tree.text_of(node))
    }

    /// The text of the first child of a name; empty for none.
    pub(super) fn child_text(&self, node: NodeId, name: &str) -> String {
        self.tree
            .element(node, name)
            .map_or_else(String::new, |child| self.text(child))
    }

    /// An identifier that has a root and no null flavor.
    pub(super) fn identifier(&self, node: NodeId) -> Option<Identifier> {
        if self.tree.attr(node, "nullFlavor").is_some() {
            return None;
        }
        Some(Identifier {
            root: self.attr(node, "root")?,
            extension: self.attr(node, "extension").unwrap_or_default(),
        })
    }

    /// The identifiers of an element, without those of a null flavor.
    pub(super) fn identifiers(&self, node: NodeId) -> Vec<Identifier> {
        self.tree
            .elements(node, "id")
            .filter_map(|id| self.identifier(id))
            .collect()
    }

    /// A code that has a code and no null flavor.
    pub(super) fn code(&self, node: NodeId) -> Option<Code> {
        if self.tree.attr(node, "nullFlavor").is_some() {
            return None;
        }
        let label = self.attr(node, "displayName").unwrap_or_default();
        Some(Code::new(
            self.attr(node, "code")?,
            self.attr(node, "codeSystem").unwrap_or_default(),
            one_line(&label),
        ))
    }

    /// The code of the first child of a name.
    pub(super) fn child_code(&self, node: NodeId, name: &str) -> Option<Code> {
        self.code(self.tree.element(node, name)?)
    }

    /// The instant in `@value`; what is no instant is a warning. The path comes
    /// from the caller: to find it again would cost a look at all siblings.
    pub(super) fn time(&mut self, node: NodeId, path: &str) -> Option<Timestamp> {
        let value = self.attr(node, "value")?;
        let time = Timestamp::parse(&value);
        let rule = match &time {
            None => &rules::TIME,
            Some(time) if time.lacks_zone() => &rules::ZONE,
            Some(_) => return time,
        };
        let path = format!("{path}/@value");
        self.problems.push(Problem::new(rule, path).found(value));
        time
    }

    /// The instant of the first child of a name.
    pub(super) fn child_time(&mut self, node: NodeId, path: &str, name: &str) -> Option<Timestamp> {
        let child = self.tree.element(node, name)?;
        self.time(child, &format!("{path}/{name}"))
    }

    /// The bounds of `effectiveTime`; a bare value is its start.
    pub(super) fn interval(
        &mut self,
        node: NodeId,
        path: &str,
    ) -> (Option<Timestamp>, Option<Timestamp>) {
        let Some(interval) = self.tree.element(node, "effectiveTime") else {
            return (None, None);
        };
        let path = format!("{path}/effectiveTime");
        let low = self.child_time(interval, &path, "low");
        let low = low.or_else(|| self.time(interval, &path));
        (low, self.child_time(interval, &path, "high"))
    }

    /// A name; a text without parts is a family name.
    pub(super) fn name(&self, node: NodeId) -> PersonName {
        let mut name = PersonName::default();
        for child in self.tree.children(node) {
            let parts = match self.tree.name(child) {
                "family" => &mut name.families,
                "given" => &mut name.givens,
                _ => continue,
            };
            let text = self.text(child);
            if !text.is_empty() {
                parts.push((self.attr(child, "qualifier").unwrap_or_default(), text));
            }
        }
        if name == PersonName::default() {
            let has_parts = self.tree.children(node).any(|c| !self.tree.is_text(c));
            let text = self.text(node);
            if !has_parts && !text.is_empty() {
                name.families.push((String::new(), text));
            }
        }
        name
    }

    /// An address; none for a null flavor or nothing of use.
    pub(super) fn address(&self, node: NodeId) -> Option<Address> {
        if self.tree.attr(node, "nullFlavor").is_some() {
            return None;
        }
        let mut address = Address {
            kind: self.attr(node, "use").unwrap_or_default(),
            ..Address::default()
        };
        let mut street = Vec::new();
        for child in self.tree.children(node) {
            let text = || self.text(child);
            match self.tree.name(child) {
                "postalCode" => address.postal_code = text(),
                "city" => address.city = text(),
                "county" => address.county = text(),
                "country" => address.country = text(),
                "streetAddressLine" => address.lines.push(text()),
                "houseNumber" | "streetNameType" | "streetName" | "streetNameBase" => {
                    street.push(text());
                }
                "unitID" | "additionalLocator" | "postBox" | "precinct" => {
                    address.lines.push(text());
                }
                _ => {}
            }
        }
        street.retain(|part| !part.is_empty());
        if !street.is_empty() {
            address.lines.insert(0, street.join(" "));
        }
        address.lines.retain(|line| !line.is_empty());
        let empty = Address {
            kind: address.kind.clone(),
            ..Address::default()
        };
        (address != empty).then_some(address)
    }

    /// An organisation.
    pub(super) fn organization(&self, node: NodeId) -> Organization {
        Organization {
            id: self.identifiers(node).into_iter().next(),
            name: self.child_text(node, "name"),
            setting: self.child_code(node, "standardIndustryClassCode"),
        }
    }
}
