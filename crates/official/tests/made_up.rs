//! A small release of rules made for these tests, in the layout of the ANS.

use std::collections::BTreeMap;

use dcc_official::{CacheError, Level, Mode, RuleBook, VoletChoice};

const FICHE: &str = "1.2.250.1.213.1.1.1.8";

fn schema(body: &str) -> String {
    format!(
        "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt2'>\
         <ns prefix='cda' uri='urn:hl7-org:v3'/><ns prefix='svs' uri='urn:ihe:iti:svs:2008'/>{body}</schema>"
    )
}

fn rule(context: &str, test: &str, text: &str) -> String {
    format!(
        "<pattern><rule context='{context}'><assert test=\"{test}\">{text}</assert></rule></pattern>"
    )
}

/// Common sets, the volet FRCP, a volet with an include that is absent, one with a value set that is absent.
fn release() -> BTreeMap<String, Vec<u8>> {
    let title = rule(
        "cda:ClinicalDocument",
        "cda:title",
        "Le titre est obligatoire.",
    );
    let code = "<let name='jdv' value=\"'../jeuxDeValeurs/JDV_X.xml'\"/>".to_owned();
    let volet = format!(
        "<pattern>{code}<rule context='cda:code'><let name='c' value='@code'/><let name='s' value='@codeSystem'/>\
         <assert test='document($jdv)//svs:Concept[@code=$c and @codeSystem=$s]'>\
         Le code <value-of select='$c'/> n&apos;est pas dans le jeu de valeurs.</assert></rule></pattern>"
    );
    let absent = "<pattern><let name='jdv' value=\"'../jeuxDeValeurs/JDV_ABSENT.xml'\"/>\
        <rule context='cda:code'><assert test=\"document($jdv)//svs:Concept[@code='x' and @codeSystem='y']\">x</assert></rule></pattern>";
    let info = "<pattern><rule context='cda:title'><report test='. = &quot;x&quot;' role='info'>Titre court.</report></rule></pattern>";
    let xsd = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:hl7-org:v3' \
        xmlns='urn:hl7-org:v3' elementFormDefault='qualified'>\
        <xs:complexType name='II'><xs:attribute name='root' type='xs:string' use='required'/><xs:attribute name='extension' type='xs:string'/></xs:complexType>\
        <xs:complexType name='CE'><xs:attribute name='code' type='xs:string'/><xs:attribute name='codeSystem' type='xs:string'/></xs:complexType>\
        <xs:element name='ClinicalDocument'><xs:complexType><xs:sequence>\
        <xs:element name='templateId' type='II' minOccurs='0' maxOccurs='unbounded'/>\
        <xs:element name='code' type='CE'/><xs:element name='title' type='xs:string' minOccurs='0'/>\
        </xs:sequence></xs:complexType></xs:element></xs:schema>";
    let set = "<svs:RetrieveValueSetResponse xmlns:svs='urn:ihe:iti:svs:2008'><svs:ValueSet><svs:ConceptList>\
        <svs:Concept code='A' codeSystem='1.2.3'/></svs:ConceptList></svs:ValueSet></svs:RetrieveValueSetResponse>";
    let files = [
        (
            "schematrons/profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch",
            schema(&title),
        ),
        ("schematrons/profils/IHE.sch", schema(info)),
        (
            "schematrons/profils/CI-SIS_ModelesDeContenusCDA.sch",
            schema(""),
        ),
        ("schematrons/profils/CI-SIS_Modeles_ANS.sch", schema("")),
        ("schematrons/CI-SIS_CANCER-FRCP_2022.01.sch", schema(&volet)),
        (
            "schematrons/CI-SIS_BROKEN_2023.01.sch",
            schema("<include href='include/absent.sch'/>"),
        ),
        ("schematrons/CI-SIS_NO-SET_2023.01.sch", schema(absent)),
        ("jeuxDeValeurs/JDV_X.xml", set.to_owned()),
        ("infrastructure/cda/CDA_extended.xsd", xsd.to_owned()),
        ("README.md", "x".to_owned()),
    ];
    files
        .into_iter()
        .map(|(path, text)| (format!("release-main/{path}"), text.into_bytes()))
        .collect()
}

fn book() -> RuleBook {
    RuleBook::load(release()).expect("the release of these tests")
}

fn document(inner: &str) -> String {
    format!("<ClinicalDocument xmlns=\"urn:hl7-org:v3\">\n{inner}</ClinicalDocument>")
}

fn fiche(code: &str, title: &str) -> String {
    document(&format!(
        "<templateId root=\"{FICHE}\" extension=\"2022.01\"/><code code=\"{code}\" codeSystem=\"1.2.3\"/>{title}"
    ))
}

fn check(xml: &str, volet: VoletChoice<'_>) -> dcc_official::Verdict {
    book()
        .check(xml.as_bytes(), volet, Mode::Helpful)
        .expect("a known volet")
}

#[test]
fn the_volet_is_recognised_named_or_none() {
    let verdict = check(&fiche("A", "<title>t</title>"), VoletChoice::Auto);
    assert_eq!(
        verdict.volet.as_ref().map(|v| &*v.name),
        Some("CANCER-FRCP_2022.01")
    );
    assert!(verdict.findings.is_empty() && verdict.is_conformant());
    assert_eq!(
        verdict.summary(),
        "conforme (volet CANCER-FRCP_2022.01) : aucun constat"
    );
    assert_eq!(verdict.sets.len(), 5);

    let other = document("<templateId root=\"1.2\"/><code/><title>t</title>");
    let verdict = check(&other, VoletChoice::Auto);
    assert!(verdict.unrecognised && verdict.volet.is_none());
    assert_eq!(
        verdict.summary(),
        "conforme (aucun volet reconnu) : aucun constat"
    );

    let verdict = check(&other, VoletChoice::Named("CI-SIS_CANCER-FRCP_2022.01"));
    assert_eq!(verdict.findings.len(), 1);
    let verdict = check(&fiche("B", "<title>t</title>"), VoletChoice::None);
    assert!(!verdict.unrecognised && verdict.findings.is_empty());
    assert_eq!(verdict.sets.len(), 4);

    let unknown = book().check(b"<a/>", VoletChoice::Named("PPS_9"), Mode::Helpful);
    let unknown = unknown.expect_err("no such volet");
    assert_eq!(unknown.allowed.len(), 3);
    assert!(unknown.to_string().starts_with("volet inconnu : PPS_9"));
}

#[test]
fn findings_of_all_kinds_are_in_one_verdict() {
    let xml = document(&format!(
        "<templateId root=\"{FICHE}\"/><code code=\"B\" codeSystem=\"1.2.3\"/><foo/>"
    ));
    let verdict = check(&xml, VoletChoice::Auto);
    let found: Vec<(&str, &str, u32)> = (verdict.findings.iter())
        .map(|f| (f.set.as_str(), f.location.as_str(), f.line))
        .collect();
    assert_eq!(
        found,
        [
            ("xsd", "/ClinicalDocument/foo", 2),
            ("ASIP-STRUCT-MIN-StrucMin", "/ClinicalDocument", 1),
            ("CI-SIS_CANCER-FRCP_2022.01", "/ClinicalDocument/code", 2),
        ]
    );
    assert_eq!(
        verdict.findings[2].text,
        "Le code B n'est pas dans le jeu de valeurs."
    );
    assert_eq!(verdict.count(Level::Error), 3);
    assert!(!verdict.is_conformant());
    assert!(!format!("{verdict:?}").contains("Le code B"));

    let verdict = check("<ClinicalDocument>", VoletChoice::Auto);
    assert_eq!(verdict.findings.len(), 1);
    assert_eq!(
        (
            verdict.findings[0].set.as_str(),
            verdict.findings[0].code.as_str()
        ),
        ("xml", "xml-malformed")
    );
    let verdict = check(
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        VoletChoice::Auto,
    );
    assert_eq!(verdict.findings[0].code, "xml-dtd");
}

#[test]
fn what_is_amiss_in_a_release_is_listed_at_loading() {
    let book = book();
    let listed: Vec<String> = book.notices().iter().map(ToString::to_string).collect();
    assert_eq!(
        listed,
        [
            "CI-SIS_BROKEN_2023.01 : fichier de règles absent : schematrons/include/absent.sch \
             (schematrons/CI-SIS_BROKEN_2023.01.sch, ligne 1)",
            "CI-SIS_NO-SET_2023.01 : jeu de valeurs absent : jeuxDeValeurs/JDV_ABSENT.xml \
             (schematrons/CI-SIS_NO-SET_2023.01.sch)",
        ]
    );
    // compiling them finds the same
    book.prepare_all();
    let again: Vec<String> = book.notices().iter().map(ToString::to_string).collect();
    assert_eq!(again, listed);

    let xml = fiche("A", "<title>t</title>");
    let broken = check(&xml, VoletChoice::Named("BROKEN_2023.01"));
    assert_eq!(broken.findings.len(), 1);
    assert_eq!(
        (broken.findings[0].level, broken.findings[0].code.as_str()),
        (Level::Fatal, "rules-unusable")
    );
    let no_set = check(&xml, VoletChoice::Named("NO-SET_2023.01"));
    assert_eq!(
        (no_set.findings[0].level, no_set.findings[0].code.as_str()),
        (Level::Fatal, "FODC0002")
    );
    assert!(
        no_set.findings[0]
            .text
            .contains("un jeu de valeurs ne peut pas être lu")
    );
}

#[test]
fn any_file_may_be_missing_and_the_book_says_so() {
    let whole = release();
    let xml = fiche("A", "<title>t</title>");
    for path in whole.keys().filter(|p| !p.ends_with("README.md")) {
        let mut files = whole.clone();
        files.remove(path);
        let book = RuleBook::load(files).expect("the rest of the release");
        let verdict = book
            .check(xml.as_bytes(), VoletChoice::Auto, Mode::Helpful)
            .expect("no volet named");
        let volet_gone = path.contains("CI-SIS_") && !path.contains("profils");
        let told =
            book.notices().len() > 2 || verdict.findings.iter().any(|f| f.level == Level::Fatal);
        assert!(told || volet_gone, "{path}");
    }
    assert!(RuleBook::load(BTreeMap::new()).is_err());
}

#[test]
fn a_cache_gives_the_same_verdicts_and_is_refused_when_it_does_not_fit() {
    let book = book();
    book.prepare("CANCER-FRCP_2022.01").expect("the volet");
    let cache = book.to_cache();
    let again = RuleBook::from_cache(release(), &cache).expect("the cache just made");
    assert_eq!(again.release(), book.release());
    assert_eq!(again.notices(), book.notices());
    let xml = fiche("B", "");
    let verdict = |b: &RuleBook| b.check(xml.as_bytes(), VoletChoice::Auto, Mode::Official);
    assert_eq!(verdict(&again), verdict(&book));

    let refused = |files, cache: &[u8]| RuleBook::from_cache(files, cache).err();
    let mut changed = release();
    let set = changed
        .get_mut("release-main/jeuxDeValeurs/JDV_X.xml")
        .expect("the set");
    *set = String::from_utf8_lossy(set)
        .replace("code='A'", "code='C'")
        .into_bytes();
    assert_eq!(refused(changed, &cache), Some(CacheError::Stale));
    let mut more = release();
    more.insert(
        "release-main/schematrons/CI-SIS_NEW_2026.01.sch".to_owned(),
        schema("").into_bytes(),
    );
    assert_eq!(refused(more, &cache), Some(CacheError::Stale));
    // the same rules elsewhere are the same rules
    let moved = release()
        .into_iter()
        .map(|(p, b)| (p.replace("release-main", "other"), b))
        .collect();
    assert_eq!(refused(moved, &cache), None);

    assert_eq!(
        refused(release(), b"something else"),
        Some(CacheError::Foreign)
    );
    assert_eq!(refused(release(), b""), Some(CacheError::Foreign));
    for at in (24..cache.len()).step_by(97) {
        let mut altered = cache.clone();
        altered[at] ^= 1;
        assert_eq!(
            refused(release(), &altered),
            Some(CacheError::Damaged),
            "{at}"
        );
        assert!(refused(release(), &cache[..at]).is_some(), "{at}");
    }
}

#[test]
fn the_digest_follows_the_content_of_the_rules_alone() {
    let digest = |files| {
        RuleBook::load(files)
            .expect("a release")
            .release()
            .to_owned()
    };
    let whole = digest(release());
    assert_eq!(whole.len(), 64);
    let mut readme = release();
    readme.insert("release-main/README.md".to_owned(), b"y".to_vec());
    assert_eq!(digest(readme), whole);
    let mut rule = release();
    let ihe = rule
        .get_mut("release-main/schematrons/profils/IHE.sch")
        .expect("IHE");
    ihe.push(b' ');
    assert_ne!(digest(rule), whole);
}

#[test]
fn a_verdict_is_written_as_json_svrl_and_html() {
    let xml = fiche("&lt;&amp;&quot;&gt;", "<title>x</title>");
    let verdict = check(&xml, VoletChoice::Auto);
    let json: serde_json::Value = serde_json::from_str(&verdict.to_json("f.xml")).expect("JSON");
    assert_eq!(json["file"], "f.xml");
    assert_eq!(json["volet"], "CANCER-FRCP_2022.01");
    assert_eq!(json["findings"][0]["set"], "IHE");
    assert_eq!(json["findings"][0]["level"], "info");
    assert_eq!(json["findings"][1]["location"], "/ClinicalDocument/code");
    assert!(!verdict.to_json("f.xml").contains('\n'));

    let limits = dcc_official::Limits::default();
    let svrl = verdict.to_svrl();
    let parsed = dcc_schematron::Document::parse(svrl.as_bytes(), &limits).expect("XML");
    let names: Vec<&str> = parsed.root().elements().map(|e| e.local_name()).collect();
    assert_eq!(names.iter().filter(|n| **n == "active-pattern").count(), 5);
    assert_eq!(
        names.iter().filter(|n| **n == "successful-report").count(),
        1
    );
    assert_eq!(names.iter().filter(|n| **n == "failed-assert").count(), 1);
    let failed = parsed
        .root()
        .elements()
        .find(|e| e.local_name() == "failed-assert")
        .expect("one");
    assert_eq!(
        failed.attribute("", "location"),
        Some("/*:ClinicalDocument/*:code")
    );
    assert_eq!(failed.attribute("", "role"), Some("error"));
    assert_eq!(failed.text().trim(), verdict.findings[1].text);

    let html = verdict.to_html("Fiche <essai>");
    assert!(html.contains("Fiche &lt;essai&gt;") && html.contains("Document non conforme"));
    assert!(
        html.contains("Le code &lt;&amp;&quot;&gt; n'est pas"),
        "{html}"
    );
    assert!(html.contains("lang=\"fr\""));
}
