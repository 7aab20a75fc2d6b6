//! The XML Schema run over a document already read.

use dcc_schematron::{Document, Element, Event, Level};
use dcc_xsd::{Attribute, Code, NameId, Prefixes, Schema};

use crate::layout::XSD_SET;
use crate::verdict::Finding;

/// The prefixes in scope at an element.
struct Scope<'d>(Element<'d>);

impl Prefixes for Scope<'_> {
    fn namespace(&self, prefix: &str) -> Option<&str> {
        self.0.namespace_of(prefix)
    }
}

/// Findings of the XML Schema.
pub(crate) fn check(schema: &Schema, document: &Document<'_>) -> Vec<Finding> {
    let ids: Vec<NameId> = (0..document.name_count() as u32)
        .map(|n| {
            let (space, local) = document.name(n);
            schema.name(space, local).id()
        })
        .collect();
    let name = |number: u32| {
        let (space, local) = document.name(number);
        dcc_xsd::Name::new(ids[number as usize], space, local)
    };
    let mut validator = schema.validator();
    for event in document.events() {
        match event {
            Event::Start(e) => {
                let attributes = e.attributes().map(|a| Attribute {
                    name: name(a.name_number()),
                    value: a.value(),
                });
                let node = u64::from(e.number());
                validator.start_element(node, name(e.name_number()), attributes, &Scope(e));
            }
            Event::Text(text) => validator.text(text),
            Event::End(e) => validator.end_element_in(&Scope(e)),
        }
    }
    let report = validator.finish();
    (report.violations.into_iter())
        .map(|v| {
            let element = Element::of_number(document, v.node as u32);
            let (line, column) = element.map_or((0, 0), |e| e.position());
            let mut location = element.map(|e| e.location()).unwrap_or_default();
            let on_attribute = matches!(
                v.code,
                Code::AttributeUnexpected
                    | Code::AttributeValue
                    | Code::AttributeFixed
                    | Code::IdDouble
            );
            if let (Some(attribute), true) = (&v.attribute, on_attribute) {
                location.push_str("/@");
                location.push_str(attribute);
            }
            let mut text = v.message.clone();
            if let Some(found) = &v.found {
                text.push_str(&format!(" (trouvé : {found})"));
            }
            if !v.expected.is_empty() {
                text.push_str(&format!(" (attendu : {})", v.expected.join(", ")));
            }
            Finding {
                set: XSD_SET.to_owned(),
                level: Level::Error,
                location,
                line,
                column,
                text,
                test: String::new(),
                report: false,
                context: String::new(),
                file: String::new(),
                rule_line: 0,
                code: v.code.as_str().to_owned(),
                pointer: None,
            }
        })
        .collect()
}
