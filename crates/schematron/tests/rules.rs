//! Rule files: what each construct means, and what is refused.

use dcc_schematron::{Document, FaultKind, Level, Limits, MemorySource, Mode, Report, Schema};

const HEAD: &str = r#"<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">"#;

fn source(files: &[(&str, &str)]) -> MemorySource {
    files.iter().copied().collect()
}

fn compile(files: &[(&str, &str)]) -> Schema {
    Schema::compile(&source(files), files[0].0, &Limits::default())
        .unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn run_in(mode: Mode, schema: &Schema, xml: &str) -> Report {
    let limits = Limits::default();
    let document = Document::parse(xml.as_bytes(), &limits).expect("well-formed");
    schema.check(&document, mode, &limits)
}

/// Texts of the findings with their places.
fn found(body: &str, xml: &str) -> Vec<String> {
    let rules = format!("{HEAD}{body}</schema>");
    let report = run_in(Mode::Helpful, &compile(&[("r.sch", &rules)]), xml);
    report
        .findings
        .iter()
        .map(|f| format!("{} {}", f.location, f.text))
        .collect()
}

/// Kinds and lines of the faults.
fn faults(files: &[(&str, &str)]) -> Vec<(FaultKind, String, u32)> {
    match Schema::compile(&source(files), files[0].0, &Limits::default()) {
        Ok(_) => Vec::new(),
        Err(faults) => faults
            .into_iter()
            .map(|f| (f.kind, f.file, f.line))
            .collect(),
    }
}

#[test]
fn an_assert_is_found_when_it_fails_and_a_report_when_it_holds() {
    let body = "<pattern><rule context='b'><assert test='@x'>no x</assert><report test='@y'>y</report></rule></pattern>";
    assert_eq!(
        found(body, "<a><b x='' y=''/><b/></a>"),
        ["/a/b[1] y", "/a/b[2] no x"]
    );
}

#[test]
fn the_first_rule_of_a_pattern_that_matches_a_node_takes_it() {
    let body = "<pattern><rule context='b[@x]'><report test='not(@z)'>first</report></rule>\
        <rule context='b'><report test='not(@z)'>second</report></rule>\
        <rule context='b|c'><report test='not(@z)'>third</report></rule></pattern>\
        <pattern><rule context='*'><report test='@x'>other</report></rule></pattern>";
    assert_eq!(
        found(body, "<a><c/><b x=''/><b/></a>"),
        [
            "/a/c third",
            "/a/b[1] first",
            "/a/b[2] second",
            "/a/b[1] other"
        ]
    );
}

#[test]
fn contexts_are_patterns_of_xslt() {
    let count = |context: &str| {
        let body = format!(
            "<ns prefix='p' uri='urn:p'/><pattern><rule context=\"{context}\">\
             <report test='not(false_)'>.</report></rule></pattern>"
        );
        let xml = "<a xmlns:p='urn:p'><b i='1'><c/><c x=''><b i='2'><p:c/></b></c></b><b i='3'><t r='T'/></b></a>";
        found(&body, xml).len()
    };
    for (context, n) in [
        ("b", 3),
        ("/a/b", 2),
        ("/b", 0),
        ("//b", 3),
        ("a//b", 3),
        ("b//b", 1),
        ("b/c", 2),
        ("b/*", 4),
        ("*", 8),
        ("/*", 1),
        ("/", 1),
        ("b[1]", 2),
        ("b[2]", 1),
        ("//b[c][1]", 1),
        ("b[@i = '2' or @i = '3']", 2),
        ("*[t/@r = 'T']", 1),
        ("b[t/@r = 'T' and @i = '3']", 1),
        ("*[t/@r = 'U']", 0),
        ("p:c", 1),
        ("*:c", 3),
        ("p:*", 1),
        ("b/c | b[@i = '1']", 3),
        ("b[name(@*) = 'i']", 3),
        // an error in a predicate is no match
        ("*[number(@i) + @x = 1]", 0),
        ("a[b/@i = 1]", 1),
        ("a[matches(b/@i, '1')]", 0),
    ] {
        assert_eq!(count(context), n, "{context}");
    }
}

#[test]
fn variables_are_seen_from_where_they_stand_on() {
    let body = "<let name='g' value=\"'global'\"/>\
        <pattern><let name='p' value='count(//b)'/>\
        <rule context='b'><let name='x' value='@x'/><let name='y' value=\"concat($x, $g, $p)\"/>\
        <report test='$x'><value-of select='$y'/></report>\
        <let name='x' value=\"'later'\"/><report test='@x'><value-of select='$x'/> <value-of select='$y'/></report>\
        </rule></pattern>\
        <pattern><rule context='a'><report test='$p = 2'>also <value-of select='$p'/></report></rule></pattern>";
    assert_eq!(
        found(body, "<a><b x='1'/><b/></a>"),
        ["/a/b[1] 1global2", "/a/b[1] later 1global2", "/a also 2"]
    );
}

#[test]
fn an_error_in_a_variable_that_no_test_needs_does_not_exist() {
    let body = "<pattern><rule context='a'><let name='bad' value=\"name(b/@*)\"/>\
        <assert test='b or $bad'>x</assert><assert test='$bad'>y</assert></rule></pattern>";
    let found = found(body, "<a><b x='' y=''/></a>");
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("/a XPTY0004"), "{found:?}");
}

#[test]
fn abstract_rules_are_extended_at_any_depth_and_in_any_order() {
    let body = "<pattern><rule abstract='true' id='one'><extends rule='two'/><assert test='@one'>one</assert></rule>\
        <rule abstract='true' id='two'><assert test='@two'>two</assert><extends rule='three'/></rule></pattern>\
        <pattern><rule context='a'><extends rule='one'/><assert test='@own'>own</assert></rule>\
        <rule abstract='true' id='three'><assert test='@three'>three</assert></rule></pattern>";
    assert_eq!(
        found(body, "<a/>"),
        ["/a two", "/a three", "/a one", "/a own"]
    );
}

#[test]
fn parameters_of_abstract_patterns_are_replaced_as_text() {
    let body = "<pattern abstract='true' id='m'><rule context='$elt'><let name='v' value='$value'/>\
        <assert test='$value = $values or $flag'>$elt <value-of select='$v'/> is not <value-of select='$values'/></assert>\
        </rule></pattern>\
        <pattern is-a='m' id='i'><param name='elt' value='b'/><param name='value' value='@x'/>\
        <param name='values' value=\"('1','2')\"/><param name='flag' value='0'/></pattern>";
    assert_eq!(
        found(body, "<a><b x='1'/><b x='3'/></a>"),
        ["/a/b[2] $elt 3 is not 1 2"]
    );
}

#[test]
fn only_patterns_of_the_default_phase_run() {
    let rules = "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt2' defaultPhase='f'>\
        <phase id='f'><active pattern='one'/></phase>\
        <pattern id='one'><rule context='a'><report test='@x'>one</report></rule></pattern>\
        <pattern id='two'><rule context='a'><report test='@x'>two</report></rule></pattern>\
        <pattern><rule context='a'><report test='@x'>no name</report></rule></pattern></schema>";
    let report = run_in(Mode::Helpful, &compile(&[("r.sch", rules)]), "<a x=''/>");
    let texts: Vec<&str> = report.findings.iter().map(|f| &*f.text).collect();
    assert_eq!(texts, ["one", "no name"]);
}

#[test]
fn includes_and_documents_are_found_whatever_the_case_of_their_names() {
    let top = format!(
        "{HEAD}<include href='parts/A.sch'/><pattern><include href='parts/rule.sch'/></pattern></schema>"
    );
    let part = "<pattern xmlns='http://purl.oclc.org/dsdl/schematron'><rule context='a'>\
        <assert test=\"@x = doc('../SETS/v.xml')//c/@v\">not in the set</assert></rule></pattern>";
    let rule = "<rule xmlns='http://purl.oclc.org/dsdl/schematron' context='a'><report test='@y'>y</report></rule>";
    let files = [
        ("rules/top.sch", top.as_str()),
        ("rules/parts/a.sch", part),
        ("rules/parts/rule.sch", rule),
        ("sets/v.xml", "<s><c v='1'/></s>"),
    ];
    let schema = compile(&files);
    let kinds: Vec<FaultKind> = schema.notices().iter().map(|n| n.kind).collect();
    assert_eq!(kinds, [FaultKind::OtherCase, FaultKind::OtherCase]);
    assert_eq!(
        schema.files(),
        ["rules/top.sch", "rules/parts/a.sch", "rules/parts/rule.sch"]
    );
    // documents are found beside the top file, not beside the included one
    let helpful = run_in(Mode::Helpful, &schema, "<a x='2' y=''/>");
    let texts: Vec<&str> = helpful.findings.iter().map(|f| &*f.text).collect();
    assert_eq!(texts, ["not in the set", "y"]);
    assert_eq!(helpful.findings[0].file, "rules/parts/a.sch");
    // where names count to the letter the document is missing and the run stops
    let official = run_in(Mode::Official, &schema, "<a x='2' y=''/>");
    assert_eq!(official.findings.len(), 1);
    assert_eq!(official.findings[0].level, Level::Fatal);
}

#[test]
fn messages_hold_values_and_single_blanks() {
    let body = "<pattern><rule context='b'><report test='@x'>\n  The <name/> of <name path='..'/>:\n\
        <emph>x is <value-of select='@x'/></emph>, texts <value-of select='text()'/> and <value-of select='c'/>. </report>\
        </rule></pattern>";
    assert_eq!(
        found(
            body,
            "<a><b x='&#160;1 '>t<!-- -->u<c>v</c><c>w</c></b></a>"
        ),
        ["/a/b The b of a: x is 1 , texts tu and v w."]
    );
}

#[test]
fn roles_are_levels_and_a_rule_gives_its_own_to_tests_without() {
    let rules = format!(
        "{HEAD}<pattern><rule context='a' role='warning'><report test='@x' role='info'>i</report>\
         <report test='@x'>w</report></rule><rule context='b'><report test='@x'>e</report>\
         <report test='@x' role='fatal'>f</report></rule></pattern></schema>"
    );
    let report = run_in(
        Mode::Helpful,
        &compile(&[("r.sch", &rules)]),
        "<a x=''><b x=''/></a>",
    );
    let levels: Vec<Level> = report.findings.iter().map(|f| f.level).collect();
    assert_eq!(
        levels,
        [Level::Info, Level::Warning, Level::Error, Level::Fatal]
    );
    assert_eq!((report.fired, report.tests), (2, 4));
}

#[test]
fn an_error_hides_the_set_in_official_mode_and_only_its_test_otherwise() {
    let rules = format!(
        "{HEAD}<pattern><rule context='b'><assert test='@x'>x</assert><assert test='number(@n) = 1 and name(@*)'>n</assert>\
         <assert test='@y'>y</assert></rule></pattern></schema>"
    );
    let schema = compile(&[("r.sch", &rules)]);
    let xml = "<a><b n='1' m=''/><b x=''/></a>";
    let helpful = run_in(Mode::Helpful, &schema, xml);
    let texts: Vec<&str> = helpful.findings.iter().map(|f| &f.text[..1]).collect();
    assert_eq!(texts, ["x", "X", "y", "n", "y"]);
    assert_eq!(
        helpful.findings[1].error.as_ref().map(|e| e.code),
        Some("XPTY0004")
    );
    let official = run_in(Mode::Official, &schema, xml);
    assert_eq!(official.findings.len(), 1);
    assert_eq!(
        official.findings[0].error.as_ref().map(|e| e.code),
        Some("XPTY0004")
    );
}

#[test]
fn findings_carry_their_places_in_document_and_rules() {
    let rules = format!(
        "{HEAD}\n<pattern id='p'>\n<rule context='b'>\n<assert\n test='@x'>x</assert></rule></pattern></schema>"
    );
    let report = run_in(
        Mode::Helpful,
        &compile(&[("r.sch", &rules)]),
        "<a>\r\n é<b/></a>",
    );
    let f = &report.findings[0];
    assert_eq!((f.line, f.column), (2, 3));
    assert_eq!((f.file.as_str(), f.rule_line), ("r.sch", 5));
    assert_eq!(
        (f.test.as_str(), f.context.as_str(), f.pattern.as_str()),
        ("@x", "b", "p")
    );
}

#[test]
fn what_is_not_supported_is_refused_with_file_and_line() {
    let of = |body: &str| {
        let rules = format!("{HEAD}\n{body}</schema>");
        faults(&[("r.sch", &rules)])
    };
    let construct = |line| (FaultKind::Construct, "r.sch".to_owned(), line);
    let expression = |line| (FaultKind::Expression, "r.sch".to_owned(), line);
    assert_eq!(of("<diagnostics/>"), [construct(2)]);
    assert_eq!(
        of("<key xmlns='http://www.w3.org/1999/XSL/Transform' name='k'/>"),
        [construct(2)]
    );
    assert_eq!(
        of("<pattern><rule context='a' flag='x'/></pattern>"),
        [construct(2)]
    );
    assert_eq!(of("<pattern><rule/></pattern>"), [construct(2)]);
    assert_eq!(
        of("<pattern>\n<rule context='a'>text</rule></pattern>"),
        [construct(3)]
    );
    assert_eq!(
        of("<pattern><rule context='a'><let name='x'>v</let></rule></pattern>"),
        [construct(2)]
    );
    assert_eq!(
        of("<pattern><rule context='a'><assert/></rule></pattern>"),
        [construct(2)]
    );
    assert_eq!(
        of("<pattern><rule context='@x'/></pattern>"),
        [expression(2)]
    );
    assert_eq!(
        of("<pattern><rule context='text()'/></pattern>"),
        [expression(2)]
    );
    assert_eq!(
        of("<pattern><rule context='a/..'/></pattern>"),
        [expression(2)]
    );
    assert_eq!(
        of("<pattern><rule context='a[$x]'><let name='x' value='@x'/></rule></pattern>"),
        [expression(2)]
    );
    let two = "<pattern>\n<rule context='a'><assert test='f()'/>\n<assert test='@a or\n g()'/></rule></pattern>";
    assert_eq!(of(two), [expression(3), expression(4)]);
    let no_rule = "<pattern><rule context='a'><extends rule='zz'/></rule></pattern>";
    assert_eq!(of(no_rule), [(FaultKind::Reference, "r.sch".to_owned(), 2)]);
    let no_pattern = "<pattern is-a='zz'/>";
    assert_eq!(
        of(no_pattern),
        [(FaultKind::Reference, "r.sch".to_owned(), 2)]
    );
    assert_eq!(
        of("<include href='zz.sch'/>"),
        [(FaultKind::MissingFile, "r.sch".to_owned(), 2)]
    );
    assert_eq!(
        of("<include href='r.sch'/>"),
        [(FaultKind::Limit, "r.sch".to_owned(), 2)]
    );
    let xslt1 = [(
        "r.sch",
        "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt'/>",
    )];
    assert_eq!(faults(&xslt1), [construct(1)]);
    assert_eq!(faults(&[("r.sch", "<schema>")])[0].0, FaultKind::Malformed);
    let absent = Schema::compile(&source(&[]), "r.sch", &Limits::default());
    assert!(absent.is_err_and(|f| f[0].kind == FaultKind::MissingFile));
}

#[test]
fn work_and_findings_are_bounded() {
    let rules = format!(
        "{HEAD}<pattern><rule context='b'><assert test='not(preceding-sibling::*[@x = ../b/@x])'>x</assert></rule></pattern>\
         <pattern><rule context='b'><assert test='@y'>y</assert></rule></pattern></schema>"
    );
    let schema = compile(&[("r.sch", &rules)]);
    let xml = format!("<a>{}</a>", "<b x='1'/>".repeat(3000));
    let document = Document::parse(xml.as_bytes(), &Limits::default()).expect("well-formed");
    let mut limits = Limits::default();
    (limits.base_work, limits.work_per_byte) = (1_000_000, 10);
    let report = schema.check(&document, Mode::Helpful, &limits);
    let last = report.findings.last().expect("a finding");
    assert_eq!(last.error.as_ref().map(|e| e.code), Some("limit-work"));
    let mut limits = Limits::default();
    limits.max_findings = 10;
    let report = schema.check(&document, Mode::Helpful, &limits);
    let last = report.findings.last().expect("a finding");
    assert_eq!(report.findings.len(), 11);
    assert_eq!(last.error.as_ref().map(|e| e.code), Some("limit-findings"));
}

#[test]
fn variables_that_use_each_other_deeply_end_in_an_error() {
    let mut lets = String::from("<let name='v0' value='concat(@x, @y)'/>");
    for i in 1..2000 {
        lets.push_str(&format!(
            "<let name='v{i}' value='concat($v{}, @x)'/>",
            i - 1
        ));
    }
    let rules = format!(
        "{HEAD}<pattern><rule context='a'>{lets}<assert test=\"$v1999 = 'x'\">x</assert><assert test='@z'>z</assert></rule></pattern></schema>"
    );
    let report = run_in(Mode::Helpful, &compile(&[("r.sch", &rules)]), "<a/>");
    let last = report.findings.last().expect("a finding");
    assert_eq!(last.error.as_ref().map(|e| e.code), Some("limit-depth"));
}

#[test]
fn compiled_rules_come_back_from_bytes() {
    let rules = format!(
        "{HEAD}<let name='set' value=\"'v.xml'\"/><pattern><rule context='b[c/@r = &quot;R&quot;]'>\
         <let name='x' value='@x'/>\
         <assert test='document($set)//c[@v = $x and @w = $x]' role='warning'><value-of select='$x'/> <name/></assert>\
         <assert test=\"matches(@x, '^\\d+$') and replace(@x, '(.)', '$1') = tokenize(@x, '\\s')\">m</assert></rule></pattern></schema>"
    );
    let schema = compile(&[("r.sch", &rules), ("v.xml", "<s><c v='1' w='1'/></s>")]);
    let bytes = schema.to_bytes();
    let again = Schema::from_bytes(&bytes).expect("bytes just written");
    assert_eq!(again.to_bytes(), bytes);
    assert_eq!(again.counts(), schema.counts());
    let xml = "<a><b x='1'><c r='R'/></b><b x='2 3'><c r='R'/></b><b x='4'/></a>";
    for mode in [Mode::Helpful, Mode::Official] {
        let (one, other) = (run_in(mode, &schema, xml), run_in(mode, &again, xml));
        assert_eq!(one, other);
        assert_eq!(one.findings.len(), 2);
    }
    for len in 0..bytes.len() {
        assert!(Schema::from_bytes(&bytes[..len]).is_none(), "{len}");
    }
}

#[test]
fn one_set_is_shared_by_sixteen_threads() {
    let rules = format!(
        "{HEAD}<pattern><rule context='b'><let name='n' value='@n'/>\
         <assert test=\"matches($n, '^[a-m]+$') and $n = doc('v.xml')//c/@v\"><value-of select='$n'/></assert></rule></pattern></schema>"
    );
    let schema = compile(&[
        ("r.sch", &rules),
        ("v.xml", "<s><c v='ab'/><c v='cd'/></s>"),
    ]);
    let letters = ["ab", "cd", "zz", "a1"];
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16)
            .map(|t| {
                let schema = &schema;
                scope.spawn(move || {
                    for round in 0..50 {
                        let value = letters[(t + round) % 4];
                        let report =
                            run_in(Mode::Helpful, schema, &format!("<a><b n='{value}'/></a>"));
                        let texts: Vec<&str> = report.findings.iter().map(|f| &*f.text).collect();
                        let want: &[&str] = if (t + round) % 4 < 2 { &[] } else { &[value] };
                        assert_eq!(texts, want);
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().expect("a thread");
        }
    });
}
