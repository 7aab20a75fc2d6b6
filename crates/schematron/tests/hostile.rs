//! Rule files, documents and stored rules that are wrong in every way: never a panic.

use dcc_schematron::{Document, Limits, MemorySource, Mode, Schema};
use proptest::prelude::*;

const RULES: &str = r#"<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2" defaultPhase="f">
<title>t</title><ns prefix="x" uri="urn:x"/><let name="g" value="'v.xml'"/><phase id="f"><active pattern="p"/></phase>
<pattern abstract="true" id="m"><rule context="$e"><let name="v" value="@v"/>
<assert test="document($g)//c[@v = $v and @w = $v]"><value-of select="$v"/></assert></rule></pattern>
<pattern id="p" is-a="m"><param name="e" value="//x:a[@v or x:b[2]]/*"/></pattern>
<pattern><rule abstract="true" id="r"><report test="for $i in x:b return concat($i/@v, '-')">f</report></rule>
<rule context="x:a | *[x:b/@v='1']" role="warning"><extends rule="r"/>
<let name="t" value="replace(@v, '^-?([^+-]+)([+-].*)?', '$1')"/>
<assert test="every $e in descendant-or-self::* satisfies $e[not(@v) or @v = ('1','2')]">e</assert>
<assert test="if (matches($t, '^\d{1,3}$')) then $t castable as xs:integer else count(* except x:b) &lt;= 2">i</assert>
<assert test="not(preceding-sibling::*[local-name() = name()] | ../following-sibling::*)">p <name/></assert>
<assert test="resolve-QName(@v, .) = QName('urn:x', 'y') and number(@v) + 1 gt 2">q</assert>
<assert test="string-join((.//text() | .//@v), '') = substring(normalize-space(.), 2, 3)">s</assert></rule></pattern></schema>"#;

const SET: &str = "<s><c v='1' w='1'/><c v='2' w='3'/></s>";

const DOCUMENT: &str = "<x:a xmlns:x='urn:x' v='1'><x:b v='1'>t</x:b><x:b v='20240131+01'/><c v='q:r'><d>u<e/></d></c>&#233;<![CDATA[<]]></x:a>";

fn source(rules: &str) -> MemorySource {
    MemorySource::from_iter([("r.sch", rules), ("v.xml", SET)])
}

fn run(schema: &Schema, xml: &[u8]) {
    let limits = Limits::default();
    if let Ok(document) = Document::parse(xml, &limits) {
        for mode in [Mode::Helpful, Mode::Official] {
            schema.check(&document, mode, &limits);
        }
    }
}

/// A text with pieces of itself deleted, doubled, moved or replaced.
fn altered(text: &'static str) -> impl Strategy<Value = String> {
    let edit = (
        0..text.len(),
        0..text.len(),
        0usize..24,
        0u8..4,
        "[ -~é]{0,6}",
    );
    proptest::collection::vec(edit, 1..5).prop_map(move |edits| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, from, len, kind, new) in edits {
            let at = at.min(bytes.len());
            let end = (at + len).min(bytes.len());
            match kind {
                0 => drop(bytes.drain(at..end)),
                1 => {
                    let piece = bytes[at..end].to_vec();
                    bytes.splice(at..at, piece);
                }
                2 => drop(bytes.splice(at..end, new.bytes())),
                _ => {
                    let from = from.min(bytes.len());
                    let piece = bytes[from..(from + len).min(bytes.len())].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

#[test]
fn the_rules_of_these_tests_are_sound() {
    let schema = Schema::compile(&source(RULES), "r.sch", &Limits::default());
    assert!(schema.is_ok(), "{schema:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn altered_rule_files_are_compiled_or_refused_with_their_faults(rules in altered(RULES)) {
        match Schema::compile(&source(&rules), "r.sch", &Limits::default()) {
            Ok(schema) => run(&schema, DOCUMENT.as_bytes()),
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                prop_assert!(faults.iter().all(|f| f.file == "r.sch"));
            }
        }
    }

    #[test]
    fn altered_expressions_are_compiled_or_refused(test in "[-$@*/.()\\[\\]'|=<> a-d0-2:,+!]{0,30}") {
        let escaped = test.replace('<', "&lt;").replace('\'', "&apos;");
        let rules = format!(
            "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt2'><ns prefix='a' uri='urn:x'/>\
             <pattern><rule context='*'><let name='a' value='@v'/><assert test='{escaped}'>x</assert></rule></pattern></schema>"
        );
        if let Ok(schema) = Schema::compile(&source(&rules), "r.sch", &Limits::default()) {
            run(&schema, DOCUMENT.as_bytes());
        }
    }

    #[test]
    fn any_document_is_checked(xml in altered(DOCUMENT)) {
        let schema = Schema::compile(&source(RULES), "r.sch", &Limits::default()).expect("sound rules");
        run(&schema, xml.as_bytes());
    }

    #[test]
    fn any_bytes_are_refused_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Document::parse(&bytes, &Limits::default());
    }

    #[test]
    fn altered_stored_rules_are_refused_or_run(at in 0usize..100_000, by in any::<[u8; 4]>(), word in any::<bool>()) {
        let schema = Schema::compile(&source(RULES), "r.sch", &Limits::default()).expect("sound rules");
        let mut bytes = schema.to_bytes();
        let at = at % bytes.len();
        if word {
            let end = (at + 4).min(bytes.len());
            bytes[at..end].copy_from_slice(&by[..end - at]);
        } else {
            bytes[at] ^= by[0];
        }
        if let Some(schema) = Schema::from_bytes(&bytes) {
            run(&schema, DOCUMENT.as_bytes());
        }
    }
}

#[test]
fn deep_expressions_and_documents_end_in_errors_not_in_an_overflow() {
    for deep in [
        "not(",
        "(",
        "a[",
        "if (a) then b else (",
        "concat('a', ",
        "count(",
    ] {
        let test = deep.repeat(5000);
        let escaped = test.replace('\'', "&apos;");
        let rules = format!(
            "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt2'>\
             <pattern><rule context='*'><assert test='{escaped}'>x</assert></rule></pattern></schema>"
        );
        assert!(Schema::compile(&source(&rules), "r.sch", &Limits::default()).is_err());
    }
    // as deep as is allowed, on the small stack of a test thread
    let test = format!("{}a{}", "not(a[".repeat(30), "])".repeat(30));
    let rules = format!(
        "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt2'>\
         <pattern><rule context='*'><assert test='{test}'>x</assert></rule></pattern></schema>"
    );
    if let Ok(schema) = Schema::compile(&source(&rules), "r.sch", &Limits::default()) {
        run(&schema, "<a>".repeat(200).as_bytes());
    }
    let limits = Limits::default();
    assert!(Document::parse("<a>".repeat(100_000).as_bytes(), &limits).is_err());
}

#[test]
fn rules_that_grow_without_end_are_refused() {
    let mut rules = String::from(
        "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt2'><pattern>",
    );
    for i in 0..40 {
        let next = i + 1;
        rules.push_str(&format!(
            "<rule abstract='true' id='r{i}'><extends rule='r{next}'/><extends rule='r{next}'/></rule>"
        ));
    }
    rules.push_str(
        "<rule abstract='true' id='r40'/><rule context='a'><extends rule='r0'/></rule></pattern>",
    );
    let params: String = (10..60)
        .map(|i| format!("<param name='p{i}' value='$p{0}$p{0}'/>", i + 1))
        .collect();
    rules.push_str(&format!(
        "<pattern abstract='true' id='m'><rule context='a'><assert test='$p10'>x</assert></rule></pattern>\
         <pattern is-a='m'>{params}</pattern></schema>"
    ));
    let outcome = Schema::compile(&source(&rules), "r.sch", &Limits::default());
    assert!(outcome.is_err());
}
