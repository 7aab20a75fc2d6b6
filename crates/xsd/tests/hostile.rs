//! Hostile input: never a panic, work in proportion to the size.

use std::collections::BTreeMap;

use dcc_xsd::{Attribute, Limits, Schema};
use proptest::prelude::*;

const XSD: &str = r###"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t" elementFormDefault="qualified">
<xs:element name="r" type="t:R"/>
<xs:complexType name="R" mixed="true"><xs:sequence>
  <xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="a" type="t:R"/><xs:element name="b" type="xs:decimal"/></xs:choice>
  <xs:sequence minOccurs="0"><xs:element name="c"/><xs:element name="d"/><xs:element name="e"/></xs:sequence>
  <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
</xs:sequence>
<xs:attribute name="id" type="xs:ID"/><xs:attribute name="p" type="t:P"/><xs:attribute name="u"><xs:simpleType><xs:union memberTypes="xs:date xs:anyURI"/></xs:simpleType></xs:attribute>
</xs:complexType>
<xs:simpleType name="P"><xs:restriction base="xs:token"><xs:pattern value="([a-z]{1,8}|[0-9]{2,4})*x?"/></xs:restriction></xs:simpleType>
</xs:schema>"###;

fn schema() -> Schema {
    let files = BTreeMap::from([("t.xsd".to_owned(), XSD.as_bytes().to_vec())]);
    Schema::compile("t.xsd", &files).expect("compiles")
}

/// Documents made of the schema's own words, and of others.
fn document() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        Just("a"),
        Just("b"),
        Just("c"),
        Just("d"),
        Just("zz"),
        Just("t:a"),
        Just("o:x")
    ];
    let attribute = prop_oneof![
        Just(""),
        Just(" id='i'"),
        Just(" p='ab12'"),
        Just(" u='%'"),
        Just(" xsi:type='t:R'"),
        Just(" xsi:nil='1'"),
        Just(" xmlns='urn:o'"),
        Just(" q='&#233;'"),
    ];
    let leaf = (name.clone(), attribute.clone(), "[ -~é\u{A0}]{0,6}").prop_map(|(n, a, t)| {
        let text = t.replace(['<', '&', '>'], "");
        format!("<{n}{a}>{text}</{n}>")
    });
    leaf.prop_recursive(6, 60, 6, move |inner| {
        (name.clone(), attribute.clone(), prop::collection::vec(inner, 0..6))
            .prop_map(|(n, a, children)| format!("<{n}{a}>{}</{n}>", children.concat()))
    })
    .prop_map(|body| {
        format!("<r xmlns='urn:t' xmlns:t='urn:t' xmlns:o='urn:o' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>{body}</r>")
    })
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = schema().validate(&bytes, &Limits::default());
        let files = BTreeMap::from([("t.xsd".to_owned(), bytes)]);
        let _ = Schema::compile("t.xsd", &files);
    }

    #[test]
    fn documents_of_known_and_unknown_words_never_panic(text in document()) {
        let schema = schema();
        if let Ok(findings) = schema.validate(text.as_bytes(), &Limits::default()) {
            for finding in &findings.findings {
                prop_assert!(finding.path.starts_with("/r"));
                prop_assert!(finding.line >= 1 && finding.column >= 1);
            }
            let again = schema.validate(text.as_bytes(), &Limits::default()).expect("as before");
            prop_assert_eq!(findings, again);
        }
    }

    #[test]
    fn a_schema_with_any_bytes_changed_never_panics(at in 0..XSD.len(), with in "[ -~]{0,12}") {
        let mut bytes = XSD.as_bytes().to_vec();
        bytes.splice(at..(at + 3).min(XSD.len()), with.bytes());
        let files = BTreeMap::from([("t.xsd".to_owned(), bytes)]);
        if let Ok(schema) = Schema::compile("t.xsd", &files) {
            let _ = schema.validate(b"<r xmlns='urn:t'><a p='aa'/></r>", &Limits::default());
        }
    }

    #[test]
    fn any_pattern_compiles_or_is_refused(pattern in "[a-c0-9\\[\\]()|*+?{},^.\\\\ics-]{0,24}", value in "[a-c0-9]{0,40}") {
        let text = format!(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='r'><xs:simpleType>\
             <xs:restriction base='xs:string'><xs:pattern value='{pattern}'/></xs:restriction></xs:simpleType></xs:element></xs:schema>"
        );
        let files = BTreeMap::from([("t.xsd".to_owned(), text.into_bytes())]);
        if let Ok(schema) = Schema::compile("t.xsd", &files) {
            let _ = schema.validate(format!("<r>{value}</r>").as_bytes(), &Limits::default());
        }
    }
}

/// Work done on `n` children made by `child`.
fn work(
    schema: &Schema,
    n: usize,
    child: &dyn Fn(usize) -> (&'static str, Vec<(&'static str, String)>, String),
) -> u64 {
    let prefixes: &[(&str, &str)] = &[("", "urn:t")];
    let mut validator = schema.validator();
    validator.start_element(0, schema.name("urn:t", "r"), [].into_iter(), &prefixes);
    for i in 0..n {
        let (name, attributes, text) = child(i);
        let attributes = attributes.iter().map(|(name, value)| Attribute {
            name: schema.name("", name),
            value,
        });
        validator.start_element(i as u64, schema.name("urn:t", name), attributes, &prefixes);
        validator.text(&text);
        validator.end_element();
    }
    validator.end_element();
    validator.work()
}

#[test]
fn twice_the_document_is_twice_the_work() {
    type Child = dyn Fn(usize) -> (&'static str, Vec<(&'static str, String)>, String);
    let schema = schema();
    let cases: [(&str, Box<Child>); 6] = [
        ("valid", Box::new(|_| ("a", vec![], String::new()))),
        ("unexpected", Box::new(|_| ("zz", vec![], "x".to_owned()))),
        (
            "out of order",
            Box::new(|i| (["e", "d", "c", "a"][i % 4], vec![], String::new())),
        ),
        ("values", Box::new(|_| ("b", vec![], "1".repeat(20)))),
        (
            "identifiers",
            Box::new(|i| ("a", vec![("id", format!("i{i:07}"))], String::new())),
        ),
        (
            "patterns",
            Box::new(|_| {
                (
                    "a",
                    vec![("p", "ab12".repeat(10)), ("zz", String::new())],
                    String::new(),
                )
            }),
        ),
    ];
    for (label, child) in cases {
        let small = work(&schema, 2_000, &child);
        let large = work(&schema, 4_000, &child);
        let ratio = large as f64 / small as f64;
        assert!(
            (1.9..2.1).contains(&ratio),
            "{label}: {small} then {large} steps"
        );
    }
}

#[test]
fn a_content_model_that_explodes_is_refused_at_once() {
    let nested = |depth: usize| {
        let open = "<xs:sequence minOccurs='0' maxOccurs='50'>".repeat(depth);
        format!(
            "{open}<xs:element name='a' minOccurs='0' maxOccurs='50'/>{}",
            "</xs:sequence>".repeat(depth)
        )
    };
    let empty = format!(
        "{}{}",
        "<xs:sequence maxOccurs='5000'>".repeat(20),
        "</xs:sequence>".repeat(20)
    );
    // the third letter from the end: a classic of automata that double
    let third = format!(
        "<xs:choice maxOccurs='unbounded'><xs:element name='a' type='xs:int'/><xs:element name='b' type='xs:int'/></xs:choice>\
         <xs:element name='a' type='xs:int'/>{}",
        "<xs:choice><xs:element name='a' type='xs:int'/><xs:element name='b' type='xs:int'/></xs:choice>".repeat(30)
    );
    let models = [
        nested(6),
        format!("<xs:sequence>{empty}</xs:sequence>"),
        format!("<xs:sequence>{third}</xs:sequence>"),
    ];
    for model in models {
        let text = format!(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:complexType name='c'>{model}</xs:complexType></xs:schema>"
        );
        let files = BTreeMap::from([("t.xsd".to_owned(), text.into_bytes())]);
        let errors = Schema::compile("t.xsd", &files).expect_err("too large");
        assert!(errors.to_string().contains("trop grand"), "{errors}");
    }
}

#[test]
fn groups_and_unions_that_double_at_each_step_are_refused_at_once() {
    let chain = |one: &dyn Fn(usize) -> String, last: &str| {
        let body: String = (0..60).map(one).collect();
        format!("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>{body}{last}</xs:schema>")
    };
    let group = |i: usize| {
        let next = format!("<xs:group ref='g{}'/>", i + 1);
        format!("<xs:group name='g{i}'><xs:sequence>{next}{next}</xs:sequence></xs:group>")
    };
    let attributes = |i: usize| {
        let next = format!("<xs:attributeGroup ref='g{}'/>", i + 1);
        format!("<xs:attributeGroup name='g{i}'>{next}{next}</xs:attributeGroup>")
    };
    let union = |i: usize| {
        format!(
            "<xs:simpleType name='u{i}'><xs:union memberTypes='u{0} u{0}'/></xs:simpleType>",
            i + 1
        )
    };
    let schemas = [
        chain(
            &group,
            "<xs:group name='g60'><xs:sequence/></xs:group><xs:complexType name='c'><xs:group ref='g0'/></xs:complexType>",
        ),
        chain(
            &attributes,
            "<xs:attributeGroup name='g60'/><xs:complexType name='c'><xs:attributeGroup ref='g0'/></xs:complexType>",
        ),
        chain(&union, "<xs:simpleType name='u60'><xs:restriction base='xs:int'/></xs:simpleType>"),
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:simpleType name='p'><xs:restriction base='xs:string'>\
         <xs:pattern value='(a|b)*a(a|b){40}'/></xs:restriction></xs:simpleType></xs:schema>"
            .to_owned(),
    ];
    for text in schemas {
        let files = BTreeMap::from([("t.xsd".to_owned(), text.into_bytes())]);
        let errors = Schema::compile("t.xsd", &files).expect_err("too large");
        assert!(errors.to_string().contains("trop"), "{errors}");
    }
}
