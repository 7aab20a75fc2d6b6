//! Reading documents.

use super::tree::TEXT;
use super::{Document, XmlErrorKind};
use crate::limits::Limits;

fn kind(xml: &str) -> Option<XmlErrorKind> {
    Document::parse(xml.as_bytes(), &Limits::default())
        .err()
        .map(|e| e.kind)
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for xml in [
        "",
        " ",
        "text",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a/>text",
        "<a b='1' b='2'/>",
        "<a b=1/>",
        "<a b='<'/>",
        "<a b='1'c='2'/>",
        "<a>&</a>",
        "<a>& b;</a>",
        "<a>]]></a>",
        "<a><!-- -- --></a>",
        "<a:b/>",
        "<a b:c='1'/>",
        "<1a/>",
        "<a:b:c xmlns:a='x'/>",
        "<a xmlns:p=''/>",
        "<a xmlns:x='u' xmlns:y='u' x:b='1' y:b='2'/>",
        "<a xmlns:p='u' xmlns:p='v'/>",
        "<a xmlns:xml='u'/>",
        "<a><?xml version='1.0'?></a>",
        "&lt;<a/>",
        "<![CDATA[ ]]><a/>",
        " <?xml version='1.0'?><a/>",
    ] {
        assert_eq!(kind(xml), Some(XmlErrorKind::Malformed), "{xml}");
    }
    assert_eq!(kind("<a>&nbsp;</a>"), Some(XmlErrorKind::Dtd));
    assert_eq!(kind("<a b='&x;'/>"), Some(XmlErrorKind::Dtd));
    assert_eq!(kind("<!DOCTYPE a><a/>"), Some(XmlErrorKind::Dtd));
    assert_eq!(kind("<a>&#1;</a>"), Some(XmlErrorKind::Character));
    assert_eq!(kind("<a>\u{1}</a>"), Some(XmlErrorKind::Character));
    assert_eq!(kind("<a xmlns=''><b xmlns='u'/></a>"), None);
}

#[test]
fn limits_are_kept() {
    let mut limits = Limits {
        max_depth: 2,
        ..Limits::default()
    };
    let kind = |xml: &str, l: &Limits| Document::parse(xml.as_bytes(), l).err().map(|e| e.kind);
    assert_eq!(kind("<a><b/></a>", &limits), None);
    assert_eq!(
        kind("<a><b><c/></b></a>", &limits),
        Some(XmlErrorKind::Limit)
    );
    limits.max_attributes = 1;
    assert_eq!(kind("<a b='' c=''/>", &limits), Some(XmlErrorKind::Limit));
    limits.max_bytes = 3;
    assert_eq!(kind("<a/>", &limits), Some(XmlErrorKind::Limit));
}

#[test]
fn a_text_is_split_by_comments_alone() {
    let xml = "<a>x&amp;<![CDATA[<y>]]>z<!-- c -->t<?p?>&#x75;</a>";
    let d = Document::parse(xml.as_bytes(), &Limits::default()).expect("well-formed");
    let texts: Vec<&str> = (0..d.node_count() as u32)
        .filter(|&n| d.node(n).name == TEXT)
        .map(|n| d.text(n))
        .collect();
    assert_eq!(texts, ["x&<y>z", "t", "u"]);
    assert_eq!(&*d.string_value(1), "x&<y>ztu");
}

#[test]
fn values_are_normalised_and_namespaces_resolved() {
    let xml = "<p:a xmlns:p='u' b='1\r\n\t2&#10;3' p:b='4'><c xmlns='v'/></p:a>";
    let d = Document::parse(xml.as_bytes(), &Limits::default()).expect("well-formed");
    let a = d.root();
    assert_eq!(a.attribute("", "b"), Some("1  2\n3"));
    assert_eq!(a.attribute("u", "b"), Some("4"));
    assert_eq!(d.namespace_of(2, ""), Some("v"));
    assert_eq!(d.namespace_of(1, ""), Some(""));
    assert_eq!(d.namespace_of(2, "p"), Some("u"));
    assert_eq!(d.namespace_of(2, "q"), None);
    assert_eq!(d.position_of(2), (2, 19));
}
