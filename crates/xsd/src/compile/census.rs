//! The constructs that the compiler knows; all others are refused, with file
//! and line, rather than passed over.

use super::document::File;

/// What an element of a schema may have: its attributes, its children.
struct Known {
    tag: &'static str,
    attributes: &'static [&'static str],
    children: &'static [&'static str],
}

const PARTICLES: &[&str] = &["element", "group", "choice", "sequence", "any"];
const CONTENT: &[&str] = &[
    "sequence",
    "choice",
    "group",
    "attribute",
    "attributeGroup",
    "anyAttribute",
];
const FACET: &[&str] = &["value", "fixed", "id"];

#[rustfmt::skip]
const KNOWN: &[Known] = &[
    Known { tag: "schema", attributes: &["targetNamespace", "elementFormDefault", "attributeFormDefault", "blockDefault", "version", "id"],
        children: &["include", "import", "element", "complexType", "simpleType", "group", "attributeGroup", "attribute", "notation"] },
    Known { tag: "include", attributes: &["schemaLocation", "id"], children: &[] },
    Known { tag: "import", attributes: &["namespace", "schemaLocation", "id"], children: &[] },
    Known { tag: "notation", attributes: &["name", "public", "system", "id"], children: &[] },
    Known { tag: "element", attributes: &["name", "type", "ref", "minOccurs", "maxOccurs", "nillable", "abstract", "substitutionGroup", "block", "form", "id"],
        children: &["complexType", "simpleType", "key", "unique"] },
    Known { tag: "complexType", attributes: &["name", "mixed", "abstract", "block", "id"],
        children: &["sequence", "choice", "group", "attribute", "attributeGroup", "anyAttribute", "complexContent", "simpleContent"] },
    Known { tag: "complexContent", attributes: &["mixed", "id"], children: &["extension", "restriction"] },
    Known { tag: "simpleContent", attributes: &["id"], children: &["extension", "restriction"] },
    Known { tag: "extension", attributes: &["base", "id"], children: CONTENT },
    Known { tag: "restriction", attributes: &["base", "id"],
        children: &["sequence", "choice", "group", "attribute", "attributeGroup", "anyAttribute", "simpleType", "enumeration", "pattern",
            "length", "minLength", "maxLength", "minInclusive", "maxInclusive", "minExclusive", "maxExclusive", "totalDigits", "fractionDigits", "whiteSpace"] },
    Known { tag: "sequence", attributes: &["minOccurs", "maxOccurs", "id"], children: PARTICLES },
    Known { tag: "choice", attributes: &["minOccurs", "maxOccurs", "id"], children: PARTICLES },
    Known { tag: "group", attributes: &["name", "ref", "minOccurs", "maxOccurs", "id"], children: &["sequence", "choice"] },
    Known { tag: "any", attributes: &["namespace", "processContents", "minOccurs", "maxOccurs", "id"], children: &[] },
    Known { tag: "attribute", attributes: &["name", "ref", "type", "use", "default", "fixed", "form", "id"], children: &["simpleType"] },
    Known { tag: "attributeGroup", attributes: &["name", "ref", "id"], children: &["attribute", "attributeGroup", "anyAttribute"] },
    Known { tag: "anyAttribute", attributes: &["namespace", "processContents", "id"], children: &[] },
    Known { tag: "simpleType", attributes: &["name", "id"], children: &["restriction", "list", "union"] },
    Known { tag: "list", attributes: &["itemType", "id"], children: &["simpleType"] },
    Known { tag: "union", attributes: &["memberTypes", "id"], children: &["simpleType"] },
    Known { tag: "enumeration", attributes: &["value", "id"], children: &[] },
    Known { tag: "pattern", attributes: &["value", "id"], children: &[] },
    Known { tag: "length", attributes: FACET, children: &[] },
    Known { tag: "minLength", attributes: FACET, children: &[] },
    Known { tag: "maxLength", attributes: FACET, children: &[] },
    Known { tag: "minInclusive", attributes: FACET, children: &[] },
    Known { tag: "maxInclusive", attributes: FACET, children: &[] },
    Known { tag: "minExclusive", attributes: FACET, children: &[] },
    Known { tag: "maxExclusive", attributes: FACET, children: &[] },
    Known { tag: "totalDigits", attributes: FACET, children: &[] },
    Known { tag: "fractionDigits", attributes: FACET, children: &[] },
    Known { tag: "whiteSpace", attributes: FACET, children: &[] },
    Known { tag: "key", attributes: &["name", "id"], children: &["selector", "field"] },
    Known { tag: "unique", attributes: &["name", "id"], children: &["selector", "field"] },
    Known { tag: "selector", attributes: &["xpath", "id"], children: &[] },
    Known { tag: "field", attributes: &["xpath", "id"], children: &[] },
];

/// Every construct of a file that is not known: line and message.
pub(super) fn check(file: &File) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (id, node) in file.nodes.iter().enumerate() {
        let mut refuse = |id: usize, what: String| {
            found.push((
                file.line(id),
                format!("construction non prise en charge : {what}"),
            ));
        };
        let Some(known) = KNOWN.iter().find(|k| k.tag == node.tag) else {
            // said once, by its parent
            continue;
        };
        for (name, _) in &node.attributes {
            if !known.attributes.contains(&name.as_str()) {
                refuse(id, format!("attribut {name} de xs:{}", node.tag));
            }
        }
        for &child in &node.children {
            let tag = &file.nodes[child].tag;
            if !known.children.contains(&tag.as_str()) {
                refuse(child, format!("xs:{tag} dans xs:{}", node.tag));
            }
        }
    }
    found
}
