//! Nothing wrong, nothing lost in silence: what a reader sees of documents
//! that break an expectation, in HTML and in PDF.
#![cfg(all(feature = "html", feature = "pdf"))]
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dcc_render::html::{HtmlOptions, to_html};
use dcc_render::pdf::{PdfOptions, to_pdf};
use dcc_render::{Body, Page, PageOptions, Profile, attachments};
use dcc_xml::tree::Limits;

/// A document of one section, with more in its header and in its section.
fn cda(header: &str, section: &str) -> String {
    format!(
        "<ClinicalDocument xmlns='urn:hl7-org:v3' xmlns:sdtc='urn:hl7-org:sdtc'>\
         <code code='11488-4' displayName='Essai'/><title>Essai</title>\
         <effectiveTime value='20260101'/>{header}\
         <component><structuredBody><component><section><title>Titre</title>{section}</section>\
         </component></structuredBody></component></ClinicalDocument>"
    )
}

fn level_1(text: &str) -> String {
    format!(
        "<ClinicalDocument xmlns='urn:hl7-org:v3'><title>Essai</title>\
         <effectiveTime value='20260101'/><component><nonXMLBody>{text}</nonXMLBody></component>\
         </ClinicalDocument>"
    )
}

fn page(cda: &str) -> Page {
    Page::from_cda(cda.as_bytes(), &Limits::default()).unwrap_or_else(|e| panic!("{e}"))
}

fn codes(page: &Page) -> Vec<&'static str> {
    page.problems.iter().map(|p| p.code).collect()
}

/// The text of the HTML page, without its markup, spaces folded.
fn seen(page: &Page) -> String {
    let html = to_html(page, &HtmlOptions::default()).unwrap();
    let body = html.split("</style>").nth(1).unwrap();
    let mut out = String::new();
    let mut in_tag = false;
    for c in body.chars() {
        match c {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                out.push('\u{1}');
            }
            c if !in_tag => out.push(c),
            _ => {}
        }
    }
    // words cut by a span are one word; blocks are apart
    out.replace("\u{1}", "|")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

fn patient(inner: &str) -> String {
    format!("<recordTarget><patientRole>{inner}</patientRole></recordTarget>")
}

// W3

#[test]
fn a_date_that_is_none_is_shown_as_it_stands_everywhere() {
    for bad in [
        "1979-03-28",
        "28/03/1979",
        "28031979",
        "20250231",
        "2025031424",
    ] {
        let person = patient(&format!(
            "<patient><birthTime value='{bad}'/><sdtc:deceasedTime value='{bad}'/></patient>"
        ));
        let header = format!(
            "{person}<author><time value='{bad}'/><assignedAuthor><assignedPerson><name>\
             <family>A</family></name></assignedPerson></assignedAuthor></author>\
             <documentationOf><serviceEvent><effectiveTime><low value='{bad}'/>\
             <high value='20250101'/></effectiveTime></serviceEvent></documentationOf>\
             <componentOf><encompassingEncounter><effectiveTime value='{bad}'/>\
             </encompassingEncounter></componentOf>"
        );
        let page = page(&cda(&header, "<text>x</text>"));
        assert_eq!(codes(&page), ["RENDU-MOMENT"; 5], "{bad}");
        let html = seen(&page);
        assert_eq!(html.matches(bad).count(), 6, "{bad}: {html}");
        let short = page.header.patients[0].short();
        assert_eq!(short, format!("Patient sans nom, date de naissance {bad}"));
        assert!(page.problems.iter().all(|p| !p.message.contains(bad)));
    }
}

#[test]
fn a_birth_date_is_no_more_precise_than_written() {
    for (value, title) in [
        ("1979", "né(e) en 1979"),
        ("197903", "date de naissance 03/1979"),
        ("19790328", "né(e) le 28/03/1979"),
    ] {
        let person = patient(&format!("<patient><birthTime value='{value}'/></patient>"));
        let page = page(&cda(&person, "<text>x</text>"));
        assert!(page.header.patients[0].short().ends_with(title), "{value}");
        assert!(page.problems.is_empty());
    }
}

// W5, W6

#[test]
fn names_are_never_run_together() {
    let person = patient(
        "<patient><name use='L'><given>Zélie</given><family>FICTIF</family></name>\
         <name use='P'><given>Lola</given><family>PSEUDO</family></name>\
         <name use='A'><given>Mira</given><family>SCÈNE</family></name></patient>",
    );
    let author = "<author><assignedAuthor><assignedPerson>\
                  <name use='L'><given>Éloi</given><family>TESTARD</family></name>\
                  <name use='P'><given>Ludo</given><family>ALIAS</family></name>\
                  </assignedPerson></assignedAuthor></author>";
    let html = seen(&page(&cda(&format!("{person}{author}"), "<text>x</text>")));
    for text in [
        "Autre nom (pseudonyme)||Lola PSEUDO",
        "Autre nom (nom d’artiste)||Mira SCÈNE",
        "Éloi TESTARD (nom légal) ; Ludo ALIAS (pseudonyme)",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(!html.contains("FICTIF PSEUDO") && !html.contains("Zélie Lola"));
}

#[test]
fn every_text_of_an_address_and_of_a_name_is_shown() {
    let header = format!(
        "{}<author><assignedAuthor><addr>Un <careOf>Deux</careOf><direction>Trois</direction> Quatre</addr>\
         <assignedPerson><name>Cinq <given>Six</given> sept <family>Huit</family> (neuf)</name></assignedPerson>\
         <representedOrganization><name>Dix <prefix>Onze</prefix> Douze</name><addr><postBox>Treize</postBox></addr>\
         </representedOrganization></assignedAuthor></author>",
        patient(
            "<addr use='BAD'>12 bis impasse, <city>V</city></addr><patient><name>Mme <given>Z</given> \
             <family>F</family>, veuve M<delimiter/></name></patient>"
        )
    );
    let html = seen(&page(&cda(&header, "<text>x</text>")));
    for text in [
        "12 bis impasse, V (adresse erronée)",
        "Mme Z F, veuve M",
        "Un, Deux, Trois, Quatre",
        "Cinq Six sept Huit (neuf)",
        "Dix Onze Douze",
        "Treize",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
}

// W7, attached files

#[test]
fn a_body_that_is_not_here_is_named() {
    for (text, seen_text) in [
        (
            "<text mediaType='application/pdf'><reference value='cr.pdf'/></text>",
            "« cr.pdf »",
        ),
        (
            "<text mediaType='application/pdf' representation='B64'/>",
            "Le corps du document est vide.",
        ),
        (
            "<text mediaType='application/pdf' representation='B64'>a*b</text>",
            "n’est pas lisible",
        ),
        (
            "<text mediaType='application/pdf' representation='B64' compression='BZ'>AAAA</text>",
            "n’est pas lisible",
        ),
    ] {
        let page = page(&level_1(text));
        assert_eq!(codes(&page), ["RENDU-CORPS"], "{text}");
        assert!(matches!(page.body, Body::None { .. }));
        assert!(seen(&page).contains(seen_text), "{text}");
        to_pdf(&page, &PdfOptions::default()).unwrap();
    }
}

#[test]
fn a_file_is_offered_for_what_it_is() {
    let pdf = STANDARD.encode(b"%PDF-1.4 %%EOF");
    let page = page(&level_1(&format!(
        "<text mediaType='image/png'>{pdf}</text>"
    )));
    assert_eq!(codes(&page), ["RENDU-CORPS"]);
    let html = to_html(&page, &HtmlOptions::default()).unwrap();
    assert!(html.contains("<a download=\"piece-1-corps.pdf\" href=\"data:application/pdf;base64,"));
    assert!(seen(&page).contains("fichier PDF, 14\u{A0}octets"));
}

#[test]
fn media_are_shown_called_or_not() {
    let media = |id: &str, kind: &str, bytes: &[u8]| {
        format!(
            "<entry><observationMedia ID='{id}'><value mediaType='{kind}' representation='B64'>{}\
             </value></observationMedia></entry>",
            STANDARD.encode(bytes)
        )
    };
    let section = format!(
        "<text><renderMultiMedia referencedObject='A'><caption>Le compte rendu</caption></renderMultiMedia></text>{}{}{}",
        media("A", "application/pdf", b"%PDF-1.4 %%EOF"),
        media("B", "text/rtf", b"{\\rtf1 x}"),
        media("C", "image/gif", b"GIF89a\x01\x00\x01\x00"),
    );
    let cda = cda("", &section);
    let page = page(&cda);
    assert!(page.problems.is_empty(), "{}", page.problems);
    let html = seen(&page);
    for text in [
        "Le compte rendu",
        "piece-1-A.pdf, fichier PDF",
        "piece-2-B.rtf, fichier RTF",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    let markup = to_html(&page, &HtmlOptions::default()).unwrap();
    assert!(markup.contains("data:image/gif;base64,"));
    let (files, problems) = attachments(cda.as_bytes(), &PageOptions::default()).unwrap();
    let names: Vec<_> = files.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["piece-1-A.pdf", "piece-2-B.rtf", "piece-3-C.gif"]);
    assert_eq!(&*files[1].bytes, b"{\\rtf1 x}");
    assert!(problems.is_empty());
    let mut options = PageOptions::default();
    options.max_files = 20;
    let small = Page::from_cda_with(cda.as_bytes(), &options).unwrap();
    assert_eq!(codes(&small), ["RENDU-IMAGE"; 2]);
}

// W8

#[test]
fn a_note_has_the_mark_of_its_calls() {
    let section = "<text><paragraph>Un<footnoteRef IDREF='b'/> deux<footnoteRef IDREF='a'/></paragraph>\
                   <table><tr><td>Trois<footnoteRef IDREF='b'/></td><td>quatre <footnote ID='c'>dans la cellule</footnote></td></tr></table>\
                   <list><item>cinq<footnoteRef IDREF='c'/></item><item>six<footnoteRef IDREF='zz'/></item></list>\
                   <footnote ID='a'>note a</footnote><footnote ID='b'>note b</footnote>\
                   <paragraph>sept<footnote>sans appel</footnote></paragraph></text>";
    let page = page(&cda("", section));
    assert_eq!(codes(&page), ["RENDU-NOTE"]);
    let html = seen(&page).replace('|', "");
    for text in [
        "Un[3] deux[2]",
        "Trois[3]",
        "quatre [1]",
        "cinq[1]",
        "six[note absente]",
        "[2] note a",
        "[3] note b",
        "[1] dans la cellule",
        "sept (sans appel)",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
}

// W9

#[test]
fn a_section_states_what_it_lacks_and_whom_it_is_about() {
    let bare = "</section></component><component><section><code code='X' displayName='Allergies'/>\
                <entry><observation/></entry><component><section><subject><relatedSubject>\
                <code displayName='Fœtus'/><subject><name>Bébé</name></subject></relatedSubject></subject>\
                <informant><relatedEntity><relatedPerson><name>Tante</name></relatedPerson></relatedEntity></informant>\
                <confidentialityCode code='R'/><text>dedans</text></section></component>";
    let page = page(&cda("", &format!("<text>x</text>{bare}")));
    assert_eq!(codes(&page), ["RENDU-SECTION"]);
    let html = seen(&page);
    for text in [
        "|Allergies|",
        "Contenu structuré non affiché",
        "Concerne\u{A0}:|| Fœtus, Bébé",
        "Informateur\u{A0}:|| Tante",
        "Confidentialité de la section\u{A0}:|| Restreint",
    ] {
        let found = html.contains(text) || html.contains(&text.replace("||", "|"));
        assert!(found, "{text}: {html}");
    }
}

// W13

#[test]
fn a_character_without_a_glyph_is_reported_with_its_place() {
    let page = page(&cda(
        "",
        "<text>5 \u{338E} \u{F0B7} \u{4E00} \u{F123}</text>",
    ));
    assert_eq!(codes(&page), ["RENDU-SYMBOLE", "RENDU-CARACTERE"]);
    assert!(seen(&page).contains('•'));
    let pdf = to_pdf(&page, &PdfOptions::default()).unwrap();
    let found: Vec<_> = pdf
        .problems
        .iter()
        .map(|p| {
            (
                p.code,
                p.found.as_deref().unwrap_or_default(),
                p.path.ends_with("section"),
            )
        })
        .collect();
    assert_eq!(found[0], ("RENDU-CARACTERE", "U+4E00 « \u{4E00} »", true));
    assert_eq!(found.len(), 2);
}

// W15

#[test]
fn another_namespace_is_named() {
    let refused = Page::from_cda(b"<ClinicalDocument/>", &Limits::default()).unwrap_err();
    let problem = refused.iter().next().unwrap();
    assert_eq!(problem.code, "RENDU-CDA");
    assert_eq!(
        problem.found.as_deref(),
        Some("ClinicalDocument sans espace de noms")
    );
}

// W17

#[test]
fn no_value_of_a_header_is_left_out() {
    let header = "<inventedCode code='X' displayName='Inventé'/>\
                  <participant typeCode='CSM'><associatedEntity><code code='C'/><id root='1.2' extension='P1'/>\
                  <associatedPerson><name><family>P2</family></name><sdtc:birthTime value='P3'/></associatedPerson>\
                  </associatedEntity></participant><authorization><consent><id root='1.9'/><code code='P4'/>\
                  <statusCode code='completed'/></consent></authorization>";
    let html = seen(&page(&cda(header, "<text>x</text>")));
    for text in [
        "inventedCode||Inventé",
        "P1 (domaine 1.2)",
        "P2",
        "participant › associatedEntity › associatedPerson › birthTime||P3",
        "P4, 1.9",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(!html.contains("completed"));
}

#[test]
fn a_participant_has_its_true_label() {
    let one = |function: &str| {
        format!(
            "<participant typeCode='PRF'>{function}<associatedEntity><scopingOrganization><name>O</name>\
             </scopingOrganization></associatedEntity></participant>"
        )
    };
    let header = [
        one("<functionCode code='CORRE' displayName='Correspondant'><translation code='ORG-190' displayName='3C'/></functionCode>"),
        one("<functionCode code='PRELV' displayName='Préleveur'/>"),
        one("<functionCode nullFlavor='NA'><translation displayName='RRC'/><translation displayName='Autre'/></functionCode>"),
        one("<functionCode code='353' displayName='Membre'><originalText>Responsable</originalText></functionCode>"),
    ]
    .concat();
    let page = page(&cda(&header, "<text>x</text>"));
    let roles: Vec<_> = page
        .header
        .participants
        .iter()
        .map(|p| (p.role.as_str(), p.comment.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        roles,
        [
            ("3C", ""),
            ("Préleveur", ""),
            ("RRC", "Autre"),
            ("Membre de l’équipe de soins", "Responsable")
        ]
    );
}

#[test]
fn what_is_of_the_dcc_is_a_profile() {
    let rcp = cda(
        "<componentOf><encompassingEncounter><effectiveTime value='2026'/></encompassingEncounter></componentOf>",
        "<text>x</text>",
    )
    .replace("11488-4", "34794-8");
    assert!(seen(&page(&rcp)).contains("Date de la RCP"));
    let mut options = PageOptions::default();
    options.profile = Profile::CDA;
    let plain = Page::from_cda_with(rcp.as_bytes(), &options).unwrap();
    assert!(!seen(&plain).contains("RCP"));
    let ppac = cda("", "<text>x</text>")
        .replace("11488-4", "18776-5")
        .replace("<title>Essai", "<title>PROGRAMME DE L'APRES-CANCER");
    assert!(seen(&page(&ppac)).contains("Programme personnalisé de l’après-cancer (PPAC)"));
}

// doses

#[test]
fn quantities_stay_on_one_line_in_html() {
    let section = "<text>a 1 500 mg/m² b <content styleCode='Bold'>300 mg/m</content><sup>2</sup> \
                   <linkHtml href='https://a.fr'>5 mg</linkHtml>, l'arrêt le 15/12/2025 09:30 (UTC+01:00)</text>";
    let html = to_html(&page(&cda("", section)), &HtmlOptions::default()).unwrap();
    for text in [
        "<span class=\"nb\">1 500 mg/m²</span>",
        "<span class=\"nb\"><strong>300 mg/m</strong><sup>2</sup></span>",
        "l’arrêt le 15/12/2025 à 09:30",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert_eq!(
        html.matches("<span").count(),
        html.matches("</span>").count()
    );
}

#[test]
fn row_headers_name_their_rows() {
    let table = "<text><table><thead><tr><th>Nom</th><th>Dose</th></tr></thead><tbody>\
                 <tr><td>Un</td><td>1</td></tr><tr><th>Deux</th><td>2</td></tr></tbody></table></text>";
    let html = to_html(&page(&cda("", table)), &HtmlOptions::default()).unwrap();
    assert!(html.contains("<th scope=\"col\">Nom</th>"));
    assert!(html.contains("<th scope=\"row\" class=\"name\">Un</th><td>1</td>"));
    assert!(html.contains("<th scope=\"row\">Deux</th>"));
}

// bounds

#[test]
fn time_is_linear_in_bad_links_and_bad_media() {
    let time = |count: usize| {
        let links = "<linkHtml href='javascript:x'>a</linkHtml>".repeat(count);
        let media = "<renderMultiMedia referencedObject='Z'/>".repeat(count / 10);
        let cda = cda("", &format!("<text>{links}{media}</text>"));
        let start = std::time::Instant::now();
        let page = page(&cda);
        (start.elapsed(), page.problems.len())
    };
    let (small, _) = time(20_000);
    let (large, problems) = time(80_000);
    // fifty of each of the two rules, and how many more there are
    assert_eq!(problems, 102);
    assert!(
        large < small * 12 + std::time::Duration::from_millis(500),
        "{small:?} {large:?}"
    );
}

#[test]
fn the_pixels_of_a_document_are_bounded() {
    // GIF headers of 30 million pixels each
    let media: String = (0..5)
        .map(|i| {
            let gif = [b"GIF89a".as_slice(), &6000_u16.to_le_bytes(), &5000_u16.to_le_bytes(), &[i]].concat();
            format!(
                "<entry><observationMedia ID='I{i}'><value representation='B64' mediaType='image/gif'>{}\
                 </value></observationMedia></entry>",
                STANDARD.encode(gif)
            )
        })
        .collect();
    let page = page(&cda("", &format!("<text>x</text>{media}")));
    assert_eq!(codes(&page), ["RENDU-IMAGE"; 2]);
}

/// The folder of the cases from public reports, when it is there.
fn cases() -> Option<PathBuf> {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases");
    let found = own.is_dir().then_some(own);
    if found.is_none() {
        assert!(
            std::env::var_os("DCC_REQUIRE_ALL").is_none(),
            "no ../shared/cases"
        );
        println!("skipped: no ../shared/cases");
    }
    found
}

#[test]
fn every_marked_word_of_the_cases_is_seen() {
    let Some(cases) = cases() else { return };
    let read = |name: &str| std::fs::read_to_string(cases.join(name)).unwrap();
    for (name, mark, most) in [
        ("09_header/header.xml", 'H', 39),
        ("08_narrative/all.xml", 'M', 60),
        ("08_narrative/section_subject.xml", 'M', 60),
    ] {
        let source = read(name);
        let page = page(&source);
        let html = seen(&page);
        for n in 1..=most {
            let word = format!("{mark}{n:02}");
            // an inline style may stand within
            if source.contains(&format!("{word} ")) {
                assert!(html.contains(&word), "{name}: {word}");
            }
        }
        assert!(to_pdf(&page, &PdfOptions::default()).is_ok());
    }
}
