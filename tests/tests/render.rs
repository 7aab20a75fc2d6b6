//! The HTML and the PDF of the official sample documents, judged by tools
//! that are not the library's: veraPDF, poppler, Chromium.
//!
//! A tool or a sample that is absent is said on standard output, and its test
//! passes without having checked anything.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use dcc_core::render::html::{HtmlOptions, to_html};
use dcc_core::render::pdf::{PdfOptions, to_pdf};
use dcc_core::render::{Body, Page};
use dcc_core::xml::tree::{NodeId, Tree};
use dcc_core::xml::{Limits, decode};
use dcc_tests::cisis_dir;
use dcc_tests::need::{absent, need};
use proptest::prelude::*;

/// Root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// A folder of the build, emptied.
fn scratch(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    dir
}

/// The official sample documents, by name; empty when they are not there.
fn samples() -> Vec<(String, Vec<u8>)> {
    let Some(cisis) = cisis_dir() else {
        return Vec::new();
    };
    let mut out: Vec<_> = fs::read_dir(cisis.join("ExemplesCDA"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "xml"))
        .map(|p| {
            let name = p.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read(&p).unwrap())
        })
        .collect();
    out.sort();
    assert!(!out.is_empty(), "no XML in the samples' folder");
    out
}

/// The path of a program, when it is installed.
fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let found = names
        .iter()
        .flat_map(|n| std::env::split_paths(&path).map(move |d| d.join(n)))
        .find(|p| p.is_file());
    need(found, &names.join(" or "))
}

/// Runs a command to its end, or kills it after `limit`.
fn run(command: &mut Command, limit: Duration) -> (bool, String) {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        stdout.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let start = Instant::now();
    let success = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.success();
        }
        if start.elapsed() > limit {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{command:?} did not end within {limit:?}");
        }
        thread::sleep(Duration::from_millis(50));
    };
    (success, reader.join().unwrap())
}

fn page(bytes: &[u8]) -> Page {
    Page::from_cda(bytes, &Limits::default()).unwrap_or_else(|e| panic!("{e}"))
}

fn options() -> PdfOptions {
    PdfOptions {
        structure: Some("Centre hospitalier fictif".to_owned()),
        ..PdfOptions::default()
    }
}

/// Words that a reader of the source must find: titles and narratives.
fn narrative_words(bytes: &[u8]) -> Vec<String> {
    fn walk(tree: &Tree<'_>, id: NodeId, inside: bool, out: &mut Vec<String>) {
        let parent_is_section = tree.parent(id).is_some_and(|p| tree.name(p) == "section");
        let inside = inside || (parent_is_section && matches!(tree.name(id), "title" | "text"));
        if inside {
            out.extend(tree.text(id).split_whitespace().map(str::to_owned));
        }
        for child in tree.children(id) {
            walk(tree, child, inside, out);
        }
    }
    let text = decode(bytes).unwrap();
    let tree = Tree::parse(&text, &Limits::default()).unwrap();
    let mut out = Vec::new();
    walk(&tree, tree.root(), false, &mut out);
    out
}

/// Without spaces; apostrophes are typographic on a page, whatever they are in
/// its source.
fn packed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == '’' { '\'' } else { c })
        .collect()
}

#[test]
fn every_word_of_the_samples_is_in_the_html() {
    for (name, bytes) in samples() {
        let page = page(&bytes);
        let html = to_html(&page, &HtmlOptions::default()).unwrap();
        assert_eq!(
            html,
            to_html(&page, &HtmlOptions::default()).unwrap(),
            "{name}"
        );
        // text without its markup
        let mut text = String::new();
        let mut in_tag = false;
        for c in html.chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                c if !in_tag => text.push(c),
                _ => {}
            }
        }
        let text = text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
        let text = packed(&text);
        for word in narrative_words(&bytes) {
            assert!(text.contains(&packed(&word)), "{name}: {word}");
        }
        for patient in &page.header.patients {
            let family = patient.birth_family.as_deref().unwrap_or_default();
            assert!(html.contains(family), "{name}: {family}");
        }
        // a section of entries alone, and a file that no page can show, are reported
        let expected = [
            "RENDU-SECTION",
            "RENDU-PIECE",
            "RENDU-IMAGE",
            "RENDU-MOMENT",
        ];
        let kept = page.problems.iter().all(|p| expected.contains(&p.code))
            || matches!(page.body, Body::None { .. });
        assert!(kept, "{name}: {}", page.problems);
    }
}

#[test]
fn the_header_of_the_fiche_rcp_is_read() {
    let samples = samples();
    let Some((_, bytes)) = samples
        .iter()
        .find(|s| s.0.contains("FRCP_2022.01_Appareil"))
    else {
        return;
    };
    let header = page(bytes).header;
    let patient = &header.patients[0];
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    assert_eq!(text(&patient.birth_family), "PAT-TROIS");
    assert_eq!(text(&patient.birth_given), "DOMINIQUE MARIE-LOUISE");
    assert_eq!(text(&patient.first_birth_given), "DOMINIQUE");
    assert_eq!(text(&patient.used_family), "PAT-TROIS");
    assert_eq!(text(&patient.sex), "Féminin");
    assert_eq!(text(&patient.birth_date), "28/03/1979");
    assert_eq!(text(&patient.birth_place), "DOMPREMY (code INSEE 51215)");
    let ins = patient.ins.as_ref().unwrap();
    assert_eq!((ins.kind, ins.is_production), ("INS-NIR de test", false));
    assert_eq!(patient.local_ids[0].label, "IPP");
    assert_eq!(patient.short(), "PAT-TROIS DOMINIQUE, née le 28/03/1979");
    let contacts: Vec<_> = header.contacts.iter().map(|c| c.role.as_str()).collect();
    assert_eq!(
        contacts,
        [
            "Représentant légal",
            "Personne à prévenir en cas d’urgence",
            "Personne de confiance"
        ]
    );
    let roles: Vec<_> = header
        .participants
        .iter()
        .map(|p| p.role.as_str())
        .collect();
    assert_eq!(
        roles,
        [
            "Coordonnateur de la RCP",
            "Demandeur",
            "Présentateur",
            "Médecin traitant",
            "Participant du quorum",
            "Participant du quorum",
            "Participant hors quorum",
            "Participant hors quorum",
            "Correspondant"
        ]
    );
    assert_eq!(
        header.authors[0].who(),
        "Dr Charles MULLER, Centre Hospitalier d'Angers"
    );
    let encounter = header.encounter.unwrap();
    assert_eq!(text(&encounter.date), "18/02/2019 à 17:11");
    assert_eq!(text(&encounter.place), "Centre Hospitalier d'Angers");
    assert_eq!(header.acts.len(), 2);
    assert_eq!(header.acts[1].code.as_deref(), Some("C50.2"));
}

#[test]
fn a_level_1_document_keeps_its_pdf() {
    let samples = samples();
    let Some((_, bytes)) = samples.iter().find(|s| s.0.contains("NON_STRUCTURE")) else {
        return;
    };
    match page(bytes).body {
        Body::File(file) => {
            assert_eq!(file.media_type, "application/pdf");
            assert!(file.bytes.starts_with(b"%PDF-"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_word_of_the_samples_can_be_copied_from_the_pdf() {
    let Some(pdftotext) = program(&["pdftotext"]) else {
        return;
    };
    let dir = scratch("pdf-text");
    for (name, bytes) in samples() {
        let page = page(&bytes);
        let pdf = to_pdf(&page, &options()).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(pdf, to_pdf(&page, &options()).unwrap(), "{name}");
        let pdf = pdf.bytes;
        let file = dir.join("document.pdf");
        fs::write(&file, &pdf).unwrap();
        let mut command = Command::new(&pdftotext);
        command.args(["-raw", "-enc", "UTF-8"]).arg(&file).arg("-");
        let (success, text) = run(&mut command, Duration::from_secs(60));
        assert!(success, "{name}");
        let text = packed(&text);
        for word in narrative_words(&bytes) {
            assert!(text.contains(&packed(&word)), "{name}: {word}");
        }
        let pages = text.matches("Page1/").count();
        assert_eq!(pages, 1, "{name}: page number");
    }
}

#[test]
fn verapdf_says_that_every_pdf_is_pdf_a_1a() {
    let samples = samples();
    let (Some(mvn), Some(java)) = (program(&["mvn"]), program(&["java"])) else {
        return;
    };
    if samples.is_empty() {
        return;
    }
    let dir = scratch("verapdf");
    let target = dir.join("build");
    let mut build = Command::new(mvn);
    build
        .args(["-q", "-B", "-f"])
        .arg(root().join("tests/verapdf/pom.xml"))
        .arg(format!("-Dcheck.target={}", target.display()))
        .arg(format!(
            "-Dmdep.outputFile={}",
            target.join("classpath").display()
        ))
        .args(["compile", "dependency:build-classpath"]);
    let (success, output) = run(&mut build, Duration::from_secs(300));
    if !success {
        absent::<()>(&format!("veraPDF by Maven: {output}"));
        return;
    }
    let mut files = Vec::new();
    let mut last = Vec::new();
    for (name, bytes) in &samples {
        let pdf = to_pdf(&page(bytes), &options())
            .unwrap_or_else(|e| panic!("{name}: {e}"))
            .bytes;
        let file = dir.join(format!("{name}.pdf"));
        fs::write(&file, &pdf).unwrap();
        files.push(file);
        last = pdf;
    }
    // a document whose words call the second font, and every style
    let styles = dir.join("styles.pdf");
    fs::write(
        &styles,
        to_pdf(&page(STYLES.as_bytes()), &options()).unwrap().bytes,
    )
    .unwrap();
    files.push(styles);
    let validate = |files: &[PathBuf]| {
        let classpath = fs::read_to_string(target.join("classpath")).unwrap();
        let classes = target.join("classes");
        let mut check = Command::new(&java);
        check
            .arg("-cp")
            .arg(format!("{}:{}", classes.display(), classpath.trim()))
            .arg("dcc.Check")
            .args(files);
        run(&mut check, Duration::from_secs(300)).1
    };
    let verdict = validate(&files);
    println!("{verdict}");
    let compliant = verdict.lines().filter(|l| l.starts_with("true ")).count();
    assert_eq!(compliant, files.len(), "{verdict}");

    // veraPDF must be able to say no: the same PDF, calling itself PDF/A-1c
    let mark = b"<pdfaid:conformance>A";
    let at = last
        .windows(mark.len())
        .position(|w| w == mark)
        .expect("conformance in XMP");
    last[at + mark.len() - 1] = b'C';
    let broken = dir.join("broken.pdf");
    fs::write(&broken, &last).unwrap();
    let verdict = validate(&[broken]);
    assert!(verdict.starts_with("false "), "{verdict}");
}

const STYLES: &str = "<ClinicalDocument xmlns='urn:hl7-org:v3'><title>œuvre É</title><effectiveTime value='20260101'/><component>\
<structuredBody><component><section><title>Styles ☑</title><text>\
<paragraph styleCode='Bold'>gras ✓</paragraph><paragraph styleCode='Italics'>italique</paragraph>\
<paragraph styleCode='BoldItalics'>les deux</paragraph><content revised='delete'>barré</content>\
<linkHtml href='https://exemple.fr/'>lien</linkHtml> H<sub>2</sub>O 10<sup>9</sup> \u{10FFFD} مرحبا\
<list listType='ordered'><item>un</item><item>deux</item></list><list><item>fi fl ffi</item></list>\
</text></section></component></structuredBody></component></ClinicalDocument>";

/// Answers every request on the loopback with nothing, and counts them.
fn counter() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let hits = Arc::new(AtomicUsize::new(0));
    let count = hits.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            count.fetch_add(1, Ordering::SeqCst);
            if let Ok(mut stream) = stream {
                let _ = stream.read(&mut [0; 2048]);
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            }
        }
    });
    (port, hits)
}

fn hostile(port: u16) -> String {
    let url = format!("http://127.0.0.1:{port}");
    format!(
        r##"<?xml version="1.0"?><?xml-stylesheet href="{url}/pi.xsl" type="text/xsl"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:h="http://www.w3.org/1999/xhtml">
<title>Marque&lt;/title&gt;&lt;script&gt;document.title='pris'&lt;/script&gt;</title>
<languageCode code='fr" onload="document.title=1'/>
<recordTarget><patientRole><telecom value="javascript:document.title='pris'"/><patient><name>
<family qualifier="BR">&lt;img src={url}/nom onerror=document.title='pris'&gt;</family></name></patient></patientRole></recordTarget>
<component><structuredBody><component><section>
<title>&lt;/h2&gt;&lt;script src="{url}/titre.js"&gt;&lt;/script&gt;</title><text>
<script>document.title='pris'</script><h:script src="{url}/a.js">document.title='pris'</h:script>
<paragraph onload="document.title='pris'" onmouseover="document.title='pris'" styleCode="Bold&quot; onload=&quot;document.title='pris'">p</paragraph>
<content styleCode="Bold;background:url({url}/css)" style="background:url({url}/css)">css</content>
<style>body{{background:url({url}/style)}} @import '{url}/import.css';</style>
<linkHtml href="javascript:document.title='pris'">js</linkHtml>
<linkHtml href="JaVaScRiPt&#58;document.title='pris'">js</linkHtml>
<linkHtml href="data:text/html,&lt;script&gt;document.title='pris'&lt;/script&gt;">data</linkHtml>
<linkHtml href="https://exemple.fr/&quot; onclick=&quot;document.title='pris'">guillemet</linkHtml>
<linkHtml href="{url}/lien">lien sûr</linkHtml>
<img src="{url}/img" onerror="document.title='pris'"/><h:img src="{url}/img2"/><iframe src="{url}/frame"/>
<object data="{url}/object"/><link rel="stylesheet" href="{url}/link.css"/><meta http-equiv="refresh" content="0;url={url}/meta"/>
<base href="{url}/"/><form action="{url}/form"><input autofocus="" onfocus="document.title='pris'"/></form><svg onload="document.title='pris'"/>
<renderMultiMedia referencedObject="A B C D"><caption>&quot;&gt;&lt;script&gt;document.title='pris'&lt;/script&gt;</caption></renderMultiMedia>
<table><caption>&lt;/table&gt;&lt;script&gt;document.title='pris'&lt;/script&gt;</caption><tbody><tr><td colspan="9&quot; onload=&quot;x" rowspan="99999999999999999999">&lt;!-- &amp;lt;script&amp;gt;</td><td align="&quot;&gt;&lt;script&gt;">b</td></tr></tbody></table>
<![CDATA[</div><script>document.title='pris'</script><img src='{url}/cdata'>]]>
</text>
<entry><observationMedia ID="A"><value mediaType="image/png&quot; onerror=&quot;x" representation="B64">PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+</value></observationMedia></entry>
<entry><observationMedia ID="B"><value mediaType="image/png"><reference value="{url}/media.png"/></value></observationMedia></entry>
<entry><observationMedia ID="C"><value mediaType="image/gif" representation="B64">R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==</value></observationMedia></entry>
</section></component></structuredBody></component></ClinicalDocument>"##
    )
}

fn dump(chromium: &Path, dir: &Path, name: &str, html: &str) -> String {
    let file = dir.join(name);
    fs::write(&file, html).unwrap();
    let mut command = Command::new(chromium);
    command
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .args(["--virtual-time-budget=4000", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-sync"])
        .arg(format!("--user-data-dir={}", dir.join("profile").display()))
        .arg(format!("file://{}", file.display()));
    let (success, dom) = run(&mut command, Duration::from_secs(120));
    assert!(success && dom.contains("<html"), "Chromium failed: {dom}");
    dom
}

fn title(dom: &str) -> String {
    let start = dom.find("<title>").unwrap() + 7;
    dom[start..start + dom[start..].find("</title>").unwrap()].to_owned()
}

#[test]
fn a_hostile_document_runs_no_script_and_sends_no_request() {
    let (port, hits) = counter();
    let page = page(hostile(port).as_bytes());
    let html = to_html(&page, &HtmlOptions::default()).unwrap();
    let codes: Vec<_> = page.problems.iter().map(|p| p.code).collect();
    assert_eq!(codes.iter().filter(|c| **c == "RENDU-LIEN").count(), 4);
    assert_eq!(codes.iter().filter(|c| **c == "RENDU-IMAGE").count(), 3);
    // the same page without its policy: the escaping must hold alone
    let policy = html.find("<meta http-equiv=").unwrap();
    let end = policy + html[policy..].find(">\n").unwrap() + 2;
    let bare = format!("{}{}", &html[..policy], &html[end..]);
    assert!(!bare.contains("Content-Security-Policy"));

    let Some(chromium) = program(&["chromium", "chromium-browser", "google-chrome"]) else {
        return;
    };
    let dir = scratch("chromium");
    for (name, html) in [("page.html", &html), ("sans-politique.html", &bare)] {
        let dom = dump(&chromium, &dir, name, html);
        assert!(
            title(&dom).starts_with("Marque&lt;/title&gt;"),
            "{name}: {}",
            title(&dom)
        );
        for tag in [
            "<script", "<iframe", "<object", "<form", "<svg", "<base", "<link",
        ] {
            assert!(!dom.contains(tag), "{name}: {tag}");
        }
        assert_eq!(dom.matches("<style").count(), 1, "{name}");
        assert_eq!(dom.matches("<img").count(), 1, "{name}");
        assert_eq!(hits.load(Ordering::SeqCst), 0, "{name}");
    }
    // the check must be able to fail
    let control = format!(
        "<html><title>Marque</title><body><img src='http://127.0.0.1:{port}/x'>\
         <script>document.title='pris'</script></body></html>"
    );
    let dom = dump(&chromium, &dir, "temoin.html", &control);
    assert_eq!(title(&dom), "pris");
    assert!(hits.load(Ordering::SeqCst) > 0);
}

/// Any nesting of the narrative's elements, with any attribute.
fn narrative() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        "[a-zàéœ ]{0,12}",
        Just("anticonstitutionnellement0123456789012345678901234567890".to_owned()),
        Just("☑ \u{202E}\u{10FFFD} &amp; &lt;".to_owned()),
    ];
    let name = prop::sample::select(vec![
        "paragraph",
        "list",
        "item",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "content",
        "linkHtml",
        "sub",
        "sup",
        "br",
        "footnote",
        "renderMultiMedia",
        "script",
        "col",
    ]);
    let attributes = prop::sample::select(vec![
        "",
        "colspan='3'",
        "rowspan='2'",
        "colspan='99999' rowspan='99999'",
        "colspan='-1'",
        "styleCode='Bold Italics'",
        "listType='ordered'",
        "href='http://a.fr/é'",
        "align='right'",
        "href='javascript:x'",
        "revised='delete'",
        "referencedObject='X Y'",
    ]);
    text.prop_recursive(8, 120, 6, move |inner| {
        (
            name.clone(),
            attributes.clone(),
            prop::collection::vec(inner, 0..6),
        )
            .prop_map(|(name, attributes, inner)| {
                format!("<{name} {attributes}>{}</{name}>", inner.concat())
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    /// Whatever the nesting: no panic, every letter in both outputs' source,
    /// the same bytes twice.
    #[test]
    fn any_narrative_is_rendered(body in prop::collection::vec(narrative(), 1..5)) {
        let body = body.concat();
        let cda = format!(
            "<ClinicalDocument xmlns='urn:hl7-org:v3'><title>T</title>\
             <effectiveTime value='20260101'/><component><structuredBody><component><section>\
             <text>{body}</text></section></component></structuredBody></component>\
             </ClinicalDocument>"
        );
        let page = page(cda.as_bytes());
        let html = to_html(&page, &HtmlOptions::default()).unwrap();
        let main = &html[html.find("<div class=\"body\"").unwrap()..];
        let letters = |text: &str| text.matches('é').count() + text.matches('œ').count();
        prop_assert!(!main.contains("<script") && !main.contains("href=\"java"));
        let source = decode(cda.as_bytes()).unwrap();
        let tree = Tree::parse(&source, &Limits::default()).unwrap();
        prop_assert!(letters(main) >= letters(&tree.text_of(tree.root())));
        let pdf = to_pdf(&page, &PdfOptions::default()).unwrap();
        prop_assert_eq!(pdf, to_pdf(&page, &PdfOptions::default()).unwrap());
    }

    /// Whatever the bytes of the header's values: no panic.
    #[test]
    fn any_header_value_is_rendered(value in "\\PC{0,24}", date in "[0-9é+-]{0,20}") {
        let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&apos;");
        let cda = format!(
            "<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='{value}' extension='{value}'/>\
             <code code='{value}'/><title>{value}</title><effectiveTime value='{date}'/>\
             <languageCode code='{value}'/><recordTarget><patientRole>\
             <id root='1.2.250.1.213.1.4.8' extension='{value}'/><addr>{value}</addr>\
             <telecom value='tel:{value}'/><patient><name>{value}</name><birthTime value='{date}'/>\
             </patient></patientRole></recordTarget><author><time value='{date}'/><assignedAuthor>\
             <id root='1.2.250.1.71.4.2.1' extension='8{value}'/><assignedPerson><name>\
             <given>{value}</given></name></assignedPerson></assignedAuthor></author>\
             </ClinicalDocument>"
        );
        let page = page(cda.as_bytes());
        to_html(&page, &HtmlOptions::default()).unwrap();
        let options = PdfOptions { date: Some("2026".to_owned()), ..PdfOptions::default() };
        to_pdf(&page, &options).unwrap();
    }
}

#[test]
fn a_logo_that_cannot_be_shown_is_refused() {
    let page =
        page(b"<ClinicalDocument xmlns='urn:hl7-org:v3'><title>T</title></ClinicalDocument>");
    let options = HtmlOptions {
        logo: Some(b"<svg/>".to_vec()),
        ..HtmlOptions::default()
    };
    let told = to_html(&page, &options).unwrap_err();
    assert_eq!(
        told.iter()
            .map(|p| (p.code, p.path.as_str()))
            .collect::<Vec<_>>(),
        [("RENDU-LOGO", "/logo")]
    );
}
