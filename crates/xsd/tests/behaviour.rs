//! What a user sees: codes, messages, places, what is expected; and what a
//! schema may not use.

use std::collections::{BTreeMap, BTreeSet};

use dcc_xsd::{Code, Findings, Limits, Schema, SchemaErrors};

fn compile(files: &[(&str, &str)]) -> Result<Schema, SchemaErrors> {
    let map: BTreeMap<String, Vec<u8>> = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect();
    Schema::compile(files[0].0, &map)
}

fn schema(body: &str) -> Schema {
    let text = format!(
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t' targetNamespace='urn:t' \
         elementFormDefault='qualified'>{body}</xs:schema>"
    );
    compile(&[("t.xsd", &text)]).expect("a schema that compiles")
}

fn findings(schema: &Schema, document: &str) -> Findings {
    schema
        .validate(document.as_bytes(), &Limits::default())
        .expect("a well-formed document")
}

/// Code, path, found and expected of each finding.
fn seen(schema: &Schema, document: &str) -> Vec<String> {
    findings(schema, document)
        .findings
        .iter()
        .map(|f| {
            let found = f.violation.found.as_deref().unwrap_or("-");
            format!(
                "{} {} {found} [{}]",
                f.violation.code,
                f.path,
                f.violation.expected.join(", ")
            )
        })
        .collect()
}

const ALL: &str = r###"
<xs:element name="r" type="t:R">
  <xs:key name="cle"><xs:selector xpath="t:item"/><xs:field xpath="@k"/></xs:key>
</xs:element>
<xs:complexType name="R"><xs:sequence>
  <xs:element name="item" type="t:Item" minOccurs="0" maxOccurs="unbounded"/>
  <xs:element name="date" type="xs:date" minOccurs="0"/>
  <xs:element name="nul" type="xs:string" nillable="true" minOccurs="0"/>
  <xs:element name="any" type="t:Any" minOccurs="0" maxOccurs="unbounded"/>
  <xs:element ref="t:head" minOccurs="0"/>
  <xs:any namespace="##other" processContents="strict" minOccurs="0"/>
  <xs:element name="end"><xs:complexType/></xs:element>
</xs:sequence></xs:complexType>
<xs:complexType name="Item">
  <xs:attribute name="k" type="xs:token"/>
  <xs:attribute name="n" type="xs:int"/>
  <xs:attribute name="id" type="xs:ID"/>
  <xs:attribute name="kind" fixed="OBS"/>
  <xs:attribute name="flavor" type="t:Flavor"/>
</xs:complexType>
<xs:simpleType name="Flavor"><xs:restriction base="xs:NMTOKEN"><xs:enumeration value="NI"/><xs:enumeration value="UNK"/></xs:restriction></xs:simpleType>
<xs:complexType name="Any" abstract="true"/>
<xs:complexType name="St" mixed="true"><xs:complexContent><xs:extension base="t:Any"/></xs:complexContent></xs:complexType>
<xs:complexType name="Ts"><xs:complexContent><xs:extension base="t:Any"><xs:attribute name="value" use="required"/></xs:extension></xs:complexContent></xs:complexType>
<xs:element name="head" type="t:Any" abstract="true"/>
<xs:element name="member" type="t:St" substitutionGroup="t:head"/>
"###;

fn document(body: &str) -> String {
    format!(
        "<r xmlns='urn:t' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:t='urn:t'>{body}</r>"
    )
}

#[test]
fn each_kind_of_breach_has_its_code_its_place_and_what_is_expected() {
    let schema = schema(ALL);
    assert_eq!(seen(&schema, &document("<item k='a'/><end/>")), [""; 0]);
    let cases: &[(&str, &str)] = &[
        (
            "<item k='a'/><other/><end/>",
            "XSD-ELEMENT-INATTENDU /r/other other [item, date, nul, any, member, end, un élément d'un autre espace de noms que urn:t]",
        ),
        ("<end/><end/>", "XSD-ELEMENT-INATTENDU /r/end[2] end []"),
        (
            "<end xmlns=''/>",
            "XSD-ELEMENT-INATTENDU /r/end end [item, date, nul, any, member, end, un élément d'un autre espace de noms que urn:t]",
        ),
        (
            "<date>2022-01-31</date>",
            "XSD-ELEMENT-MANQUANT /r - [nul, any, member, end, un élément d'un autre espace de noms que urn:t]",
        ),
        ("<head/><end/>", "XSD-ELEMENT-ABSTRAIT /r/head head []"),
        (
            "<o xmlns='urn:o'/><end/>",
            "XSD-ELEMENT-NON-DECLARE /r/o o (urn:o) []",
        ),
        ("x<end/>", "XSD-TEXTE-INATTENDU /r - []"),
        ("<end> </end>", "XSD-TEXTE-INATTENDU /r/end - []"),
        (
            "<date>31/01/2022</date><end/>",
            "XSD-TEXTE-VALEUR /r/date 31/01/2022 [une date (AAAA-MM-JJ)]",
        ),
        (
            "<item k='a' z='1'/><end/>",
            "XSD-ATTRIBUT-INATTENDU /r/item/@z z [flavor, id, k, kind, n]",
        ),
        (
            "<any xsi:type='Ts'/><end/>",
            "XSD-ATTRIBUT-MANQUANT /r/any - [un texte]",
        ),
        (
            "<item k='a' n='douze'/><end/>",
            "XSD-ATTRIBUT-VALEUR /r/item/@n douze [un nombre entier (32 bits)]",
        ),
        (
            "<item k='a' flavor='XX'/><end/>",
            "XSD-ATTRIBUT-VALEUR /r/item/@flavor XX [NI, UNK]",
        ),
        (
            "<item k='a' kind='ACT'/><end/>",
            "XSD-ATTRIBUT-FIXE /r/item/@kind ACT [OBS]",
        ),
        (
            "<item k='a' id='i'/><item k='b' id='i'/><end/>",
            "XSD-ID-DOUBLE /r/item[2]/@id i [un identifiant unique dans le document]",
        ),
        (
            "<any xsi:type='Zz'/><end/>",
            "XSD-TYPE-INCONNU /r/any Zz [St, Ts]",
        ),
        (
            "<any xsi:type='R'/><end/>",
            "XSD-TYPE-NON-DERIVE /r/any R [St, Ts]",
        ),
        ("<any/><end/>", "XSD-TYPE-ABSTRAIT /r/any Any [St, Ts]"),
        (
            "<item k='a' xsi:nil='true'/><end/>",
            "XSD-NIL-INTERDIT /r/item - []",
        ),
        (
            "<nul xsi:nil='true'>x</nul><end/>",
            "XSD-NIL-CONTENU /r/nul - []",
        ),
        ("<item/><end/>", "XSD-CLE-MANQUANTE /r/item - []"),
        (
            "<item k='a'/><item k=' a'/><end/>",
            "XSD-CLE-DOUBLE /r/item[2]  a []",
        ),
    ];
    let mut codes = BTreeSet::from([Code::Root]);
    for (body, expected) in cases {
        let text = document(body);
        let first = &findings(&schema, &text).findings[0];
        codes.insert(first.violation.code);
        assert!(
            first.violation.message.ends_with('.') && first.line == 1 && first.column > 0,
            "{first}"
        );
        assert!(
            seen(&schema, &text).contains(&(*expected).to_owned()),
            "{body}: {:?}",
            seen(&schema, &text)
        );
    }
    assert_eq!(seen(&schema, "<x/>"), ["XSD-RACINE /x x [r, member]"]);
    assert_eq!(
        codes,
        Code::ALL.iter().copied().collect(),
        "a code is not shown here"
    );
    let texts: BTreeSet<&str> = Code::ALL.iter().map(|c| c.as_str()).collect();
    assert_eq!(texts.len(), Code::ALL.len());
}

#[test]
fn every_breach_is_listed_not_the_first_only() {
    let schema = schema(ALL);
    let text = document("\n<item k='a' n='x' z=''/>\n<zzz/>\n<date>x</date>\n<item k='b' n='y'/>");
    assert_eq!(
        seen(&schema, &text)
            .iter()
            .map(|s| s.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>(),
        [
            "XSD-ATTRIBUT-VALEUR /r/item[1]/@n",
            "XSD-ATTRIBUT-INATTENDU /r/item[1]/@z",
            "XSD-ELEMENT-INATTENDU /r/zzz",
            "XSD-TEXTE-VALEUR /r/date",
            "XSD-ELEMENT-INATTENDU /r/item[2]",
            "XSD-ATTRIBUT-VALEUR /r/item[2]/@n",
            "XSD-ELEMENT-MANQUANT /r",
        ]
    );
    let places: Vec<_> = findings(&schema, &text)
        .findings
        .iter()
        .map(|f| (f.line, f.column))
        .collect();
    assert_eq!(
        places,
        [(2, 1), (2, 1), (3, 1), (4, 1), (5, 1), (5, 1), (1, 1)]
    );
}

#[test]
fn a_missing_element_does_not_make_those_after_it_unexpected() {
    let schema = schema(
        "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='a'/><xs:element name='b'/>\
         <xs:element name='c'/></xs:sequence></xs:complexType></xs:element>",
    );
    assert_eq!(
        seen(&schema, "<r xmlns='urn:t'><b/><c/></r>"),
        ["XSD-ELEMENT-INATTENDU /r/b b [a]"]
    );
}

#[test]
fn values_stay_out_of_display_and_debug() {
    let schema = schema(ALL);
    let text = document("<item k='a' n='DURAND'/><date>DURAND</date><end/>");
    let findings = findings(&schema, &text);
    assert_eq!(findings.total, 2);
    for finding in &findings.findings {
        assert_eq!(finding.violation.found.as_deref(), Some("DURAND"));
        assert!(
            !format!("{finding}").contains("DURAND") && !format!("{finding:?}").contains("DURAND")
        );
    }
}

#[test]
fn text_may_come_in_pieces_and_cdata_counts_as_text() {
    let schema = schema(ALL);
    let good = [
        "<date>2022-<![CDATA[01]]>-&#51;1</date><end/>",
        "<date>2022-<!-- c -->01-31</date><end/>",
    ];
    for body in good {
        assert_eq!(seen(&schema, &document(body)), [""; 0], "{body}");
    }
    assert_eq!(
        seen(&schema, &document("<end><![CDATA[]]></end>")),
        ["XSD-TEXTE-INATTENDU /r/end - []"]
    );
}

#[test]
fn chameleon_and_circular_includes_are_followed_once_a_namespace() {
    let xs = "xmlns:xs='http://www.w3.org/2001/XMLSchema'";
    let a = format!(
        "<xs:schema {xs} xmlns='urn:a' xmlns:b='urn:b' targetNamespace='urn:a'>\
         <xs:include schemaLocation='common/types.xsd'/><xs:include schemaLocation='a.xsd'/>\
         <xs:import namespace='urn:b' schemaLocation='b.xsd'/>\
         <xs:element name='r'><xs:complexType><xs:attribute name='x' type='Size'/><xs:attribute ref='b:y'/></xs:complexType></xs:element>\
         </xs:schema>"
    );
    let b = format!(
        "<xs:schema {xs} xmlns='urn:b' targetNamespace='urn:b'><xs:include schemaLocation='common/types.xsd'/>\
         <xs:import namespace='urn:a' schemaLocation='a.xsd'/><xs:attribute name='y' type='Size'/></xs:schema>"
    );
    let types = format!(
        "<xs:schema {xs}><xs:include schemaLocation='more.xsd'/><xs:simpleType name='Size'><xs:restriction base='Base'>\
         <xs:maxInclusive value='9'/></xs:restriction></xs:simpleType></xs:schema>"
    );
    let more = format!(
        "<xs:schema {xs}><xs:include schemaLocation='types.xsd'/><xs:simpleType name='Base'>\
         <xs:restriction base='xs:integer'/></xs:simpleType></xs:schema>"
    );
    let schema = compile(&[
        ("a.xsd", &a),
        ("b.xsd", &b),
        ("common/types.xsd", &types),
        ("common/more.xsd", &more),
    ])
    .expect("compiles");
    assert!(findings(&schema, "<r xmlns='urn:a' xmlns:b='urn:b' x='9' b:y='1'/>").is_valid());
    assert_eq!(
        seen(&schema, "<r xmlns='urn:a' xmlns:b='urn:b' x='10' b:y='z'/>"),
        [
            "XSD-ATTRIBUT-VALEUR /r/@x 10 [un nombre entier, au plus 9]",
            "XSD-ATTRIBUT-VALEUR /r/@y z [un nombre entier, au plus 9]"
        ]
    );
}

#[test]
fn what_is_outside_of_the_census_is_refused_with_file_and_line() {
    let cases = [
        (
            "<xs:redefine schemaLocation='x'/>",
            "xs:redefine dans xs:schema",
        ),
        (
            "<xs:element name='r' default='x'/>",
            "attribut default de xs:element",
        ),
        (
            "<xs:complexType name='c'>\n<xs:all/></xs:complexType>",
            "xs:all dans xs:complexType",
        ),
        (
            "<xs:complexType name='c' final='#all'/>",
            "attribut final de xs:complexType",
        ),
        (
            "<xs:simpleType name='s'><xs:restriction base='xs:string'><xs:pattern value='\\p{L}'/></xs:restriction></xs:simpleType>",
            "\\p",
        ),
        (
            "<xs:simpleType name='s'><xs:restriction base='xs:date'><xs:minInclusive value='2022-01-01'/></xs:restriction></xs:simpleType>",
            "xs:minInclusive",
        ),
        (
            "<xs:element name='r'><xs:keyref name='k' refer='x'/></xs:element>",
            "xs:keyref dans xs:element",
        ),
        (
            "<xs:element name='r' type='t:missing'/>",
            "« {urn:t}missing » introuvable",
        ),
        (
            "<xs:element name='r' type='q:x'/>",
            "préfixe « q » non déclaré",
        ),
        (
            "<xs:include schemaLocation='missing.xsd'/>",
            "fichier « dir/missing.xsd » introuvable",
        ),
        (
            "<xs:simpleType name='s'><xs:restriction base='t:s'/></xs:simpleType>",
            "défini par lui-même",
        ),
        (
            "<xs:complexType name='c'><xs:complexContent><xs:extension base='t:c'/></xs:complexContent></xs:complexType>",
            "défini par lui-même",
        ),
        (
            "<xs:group name='g'><xs:sequence><xs:group ref='t:g'/></xs:sequence></xs:group><xs:complexType name='c'><xs:group ref='t:g'/></xs:complexType>",
            "définis par eux-mêmes",
        ),
        (
            "<xs:element name='r'/><xs:element name='r'/>",
            "déclaré deux fois",
        ),
        (
            "<xs:complexType name='c'><xs:sequence><xs:element name='a' minOccurs='2' maxOccurs='1'/></xs:sequence></xs:complexType>",
            "minOccurs",
        ),
        (
            "<xs:complexType name='c'><xs:choice><xs:element name='a' type='xs:int'/><xs:element name='a' type='xs:date'/></xs:choice></xs:complexType>",
            "ambigu",
        ),
        (
            "<xs:complexType name='c'><xs:sequence><xs:element name='a' maxOccurs='1000000'/></xs:sequence></xs:complexType>",
            "trop grand",
        ),
        ("text", "texte inattendu"),
    ];
    for (body, wanted) in cases {
        let text = format!(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t' targetNamespace='urn:t'>\n\n{body}</xs:schema>"
        );
        let errors = compile(&[("dir/t.xsd", &text)]).expect_err(body);
        let error = &errors.errors()[0];
        assert!(error.message.contains(wanted), "{body}: {errors}");
        assert_eq!(error.file, "dir/t.xsd");
        assert!((1..=4).contains(&error.line), "{errors}");
        if body != "text" {
            assert!(error.line >= 3, "{errors}");
        }
    }
}

#[test]
fn all_errors_of_a_schema_are_listed() {
    let text = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n<xs:element name='a' type='x'/>\n<xs:element name='b' type='y'/>\n</xs:schema>";
    let errors = compile(&[("t.xsd", text)]).expect_err("two types are missing");
    assert_eq!(
        errors.errors().iter().map(|e| e.line).collect::<Vec<_>>(),
        [2, 3]
    );
    assert_eq!(errors.to_string().lines().count(), 2);
}

#[test]
fn limits_end_in_an_error_or_a_report_that_is_cut() {
    let schema = schema(ALL);
    let mut limits = Limits::default();
    limits.max_violations = 3;
    let many = document(&"<zzz/>".repeat(50));
    let findings = schema
        .validate(many.as_bytes(), &limits)
        .expect("well formed");
    assert_eq!((findings.findings.len(), findings.total), (3, 51));
    limits.max_bytes = 20;
    assert!(schema.validate(many.as_bytes(), &limits).is_err());
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let error = schema
        .validate(deep.as_bytes(), &Limits::default())
        .expect_err("too deep");
    assert!(error.to_string().contains("256 niveaux"), "{error}");
}

#[test]
fn what_is_not_a_document_is_an_error_with_its_place() {
    let schema = schema(ALL);
    let cases: &[(&[u8], &str)] = &[
        (b"", "vide ou incomplet"),
        (b"<r>", "vide ou incomplet"),
        (b"<r/><r/>", "plus d'un"),
        (b"x<r/>", "en dehors"),
        (b"<!DOCTYPE r><r/>", "DOCTYPE"),
        (b"<r>&nbsp;</r>", "nbsp"),
        (b"<r>&#0;</r>", "#0"),
        (b"<p:r/>", "non déclaré"),
        (b"<r a='1' a='2'/>", "deux fois"),
        (b"<r a='<'/>", "attribut"),
        (b"\xff\xfe<\0r\0/\0>\0", "UTF-8"),
        (
            b"<?xml version='1.0' encoding='ISO-8859-1'?><r/>",
            "encodage",
        ),
    ];
    for (bytes, wanted) in cases {
        let error = schema
            .validate(bytes, &Limits::default())
            .expect_err("not a document");
        assert!(
            error.to_string().contains(wanted) && error.line == 1,
            "{error}"
        );
    }
}

#[test]
fn a_schema_is_shared_by_threads() {
    let schema = schema(ALL);
    let text = document("<item k='a' n='x'/><end/>");
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..16)
            .map(|_| scope.spawn(|| seen(&schema, &text)))
            .collect();
        for run in runs {
            assert_eq!(run.join().expect("no panic").len(), 1);
        }
    });
}
