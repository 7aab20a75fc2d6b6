//! Pages as they are laid out.

use super::*;
use dcc_xml::tree::Limits;

/// A small generator: the tests need variety, not chance.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % sides
    }
}

const WORDS: [&str; 8] = [
    "œdème",
    "à",
    "immunohistochimie",
    "HER2",
    "https://exemple.fr/chemin/sans/la/moindre/espace/0123456789",
    "5,5 mm",
    "☑",
    "anticonstitutionnellement-et-au-delà",
];

fn text(dice: &mut Dice, most: usize) -> String {
    (0..dice.roll(most))
        .map(|_| WORDS[dice.roll(WORDS.len())])
        .collect::<Vec<_>>()
        .join(" ")
}

fn cda(seed: u64) -> String {
    let mut dice = Dice(seed);
    let mut body = String::new();
    for _ in 0..4 {
        let columns = 1 + dice.roll(12);
        let row = |dice: &mut Dice, tag: &str, most: usize| {
            let cells: String = (0..1 + dice.roll(columns))
                .map(|_| {
                    let (c, r) = (1 + dice.roll(3), 1 + dice.roll(3));
                    let list = match dice.roll(6) {
                        0 => format!("<list><item>{}</item></list>", text(dice, most)),
                        _ => String::new(),
                    };
                    let text = text(dice, most);
                    format!("<{tag} colspan='{c}' rowspan='{r}'>{text}{list}</{tag}>")
                })
                .collect();
            format!("<tr>{cells}</tr>")
        };
        let head = row(&mut dice, "th", 4);
        let most = [6, 40, 700][dice.roll(3)];
        let rows: String = (0..1 + dice.roll(25))
            .map(|_| row(&mut dice, "td", most))
            .collect();
        body.push_str(&format!(
            "<paragraph>{}</paragraph><table><thead>{head}</thead><tbody>{rows}</tbody></table>",
            text(&mut dice, 60)
        ));
    }
    format!(
        "<ClinicalDocument xmlns='urn:hl7-org:v3'><title>Essai</title>\
         <effectiveTime value='20260101120000+0100'/><component><structuredBody><component>\
         <section><title>Titre</title><text>{body}</text></section></component>\
         </structuredBody></component></ClinicalDocument>"
    )
}

fn printed(page: &Page) -> Printer {
    let mut printer = Printer::new().unwrap();
    printer.title(&page.header.title);
    printer.body(&page.body);
    printer
}

#[test]
fn nothing_leaves_the_margins_and_no_word_is_lost() {
    for seed in 0..12 {
        let cda = cda(seed);
        let page = Page::from_cda(cda.as_bytes(), &Limits::default()).unwrap();
        let printer = printed(&page);
        let mut drawn = String::new();
        for ops in &printer.pages.pages {
            assert!(!ops.is_empty(), "seed {seed}: empty page");
            for pages::Marked { op, .. } in ops {
                let (x, y, right, bottom) = match op {
                    Op::Glyphs {
                        x,
                        baseline,
                        size,
                        text,
                        glyphs,
                        ..
                    } => {
                        drawn.push_str(text);
                        let spaces = text.len() - text.trim_end().len();
                        let ink = glyphs.len() - spaces.min(glyphs.len());
                        let width: f32 = glyphs[..ink].iter().map(|g| g.x_advance).sum();
                        (*x, baseline - size, x + width * size, *baseline)
                    }
                    Op::Fill {
                        x,
                        y,
                        width,
                        height,
                        ..
                    } => (*x, *y, x + width, y + height),
                    Op::Picture { .. } | Op::Link { .. } => continue,
                };
                assert!(
                    x >= MARGIN - 1.0
                        && right <= MARGIN + TEXT + 1.0
                        && y >= place::TOP - 1.0
                        && bottom <= place::BOTTOM + 1.0,
                    "seed {seed}: {x} {y} {right} {bottom}"
                );
            }
        }
        let mut drawn: Vec<char> = drawn.chars().filter(|c| *c != ' ' && *c != '•').collect();
        // header rows come again on each page: every letter at least as often
        drawn.sort_unstable();
        let source = dcc_base::text::one_line(&strip(&cda));
        let mut letters: Vec<char> = source.chars().filter(|c| *c != ' ').collect();
        letters.sort_unstable();
        letters.dedup();
        for letter in letters {
            let count = |t: &[char]| t.iter().filter(|c| **c == letter).count();
            let source: Vec<char> = source.chars().collect();
            assert!(count(&drawn) >= count(&source), "seed {seed}: {letter}");
        }
    }
}

fn strip(xml: &str) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for c in xml.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => out.push(c),
            _ => {}
        }
    }
    out
}

#[test]
fn header_rows_come_again_on_each_page() {
    let rows = "<tr><td>ligne</td><td>valeur</td></tr>".repeat(120);
    let cda = format!(
        "<ClinicalDocument xmlns='urn:hl7-org:v3'><title>Long</title>\
         <effectiveTime value='2026'/><component><structuredBody><component><section><text>\
         <table><thead><tr><th>Colonne</th><th>Autre</th></tr></thead><tbody>{rows}</tbody>\
         </table></text></section></component></structuredBody></component></ClinicalDocument>"
    );
    let page = Page::from_cda(cda.as_bytes(), &Limits::default()).unwrap();
    let printer = printed(&page);
    assert!(printer.pages.pages.len() >= 3);
    for ops in &printer.pages.pages {
        let heads = ops
            .iter()
            .filter(|m| matches!(&m.op, Op::Glyphs { text, .. } if text == "Colonne"));
        assert_eq!(heads.count(), 1);
    }
}

#[test]
fn a_pdf_makes_up_no_date_and_needs_a_readable_logo() {
    let cda = |time: &str| {
        format!(
            "<ClinicalDocument xmlns='urn:hl7-org:v3'><title>T</title>{time}</ClinicalDocument>"
        )
    };
    let page = |time: &str| Page::from_cda(cda(time).as_bytes(), &Limits::default()).unwrap();
    let has = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|w| w == text);
    for time in [
        "",
        "<effectiveTime value='2025-03-14'/>",
        "<effectiveTime value='20250231'/>",
    ] {
        let pdf = to_pdf(&page(time), &PdfOptions::default()).unwrap();
        let codes: Vec<_> = pdf.problems.iter().map(|p| p.code).collect();
        assert_eq!(codes, ["RENDU-DATE"], "{time}");
        assert!(!has(&pdf.bytes, b"CreationDate") && !has(&pdf.bytes, b"pdfaid:part"));
    }
    let page = page("");
    let mut options = PdfOptions {
        date: Some("20260101".to_owned()),
        logo: Some(b"<svg/>".to_vec()),
        ..PdfOptions::default()
    };
    let refused = to_pdf(&page, &options).unwrap_err();
    assert_eq!(refused.iter().next().unwrap().code, "RENDU-LOGO");
    options.logo = None;
    let pdf = to_pdf(&page, &options).unwrap();
    assert!(pdf.problems.is_empty());
    assert!(pdf.bytes.starts_with(b"%PDF-1.4"));
    assert!(has(&pdf.bytes, b"<pdfaid:conformance>A"));
    assert_eq!(pdf, to_pdf(&page, &options).unwrap());
}

#[test]
fn an_image_called_often_is_decoded_once() {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 1000, 1000);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![200; 1_000_000]).unwrap();
    writer.finish().unwrap();
    let value = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &file);
    let calls = "<renderMultiMedia referencedObject='A'/>".repeat(200);
    let cda = format!(
        "<ClinicalDocument xmlns='urn:hl7-org:v3'><effectiveTime value='2026'/><component>\
         <structuredBody><component><section><text>{calls}</text><entry><observationMedia ID='A'>\
         <value mediaType='image/png' representation='B64'>{value}</value></observationMedia>\
         </entry></section></component></structuredBody></component></ClinicalDocument>"
    );
    let page = Page::from_cda(cda.as_bytes(), &Limits::default()).unwrap();
    assert!(page.problems.is_empty());
    let start = std::time::Instant::now();
    let pdf = to_pdf(&page, &PdfOptions::default()).unwrap();
    // 200 times the same 3 MB of pixels would be 600 MB
    assert!(start.elapsed().as_secs() < 30);
    assert!(pdf.bytes.len() < 4_000_000);
}

#[test]
fn combining_marks_without_end_do_not_refuse_the_pdf() {
    let marks = "\u{301}".repeat(40_000);
    let cda = format!(
        "<ClinicalDocument xmlns='urn:hl7-org:v3'><effectiveTime value='2026'/><component>\
         <structuredBody><component><section><text>e{marks}</text></section></component>\
         </structuredBody></component></ClinicalDocument>"
    );
    let page = Page::from_cda(cda.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(
        page.problems.iter().next().unwrap().code,
        "RENDU-DIACRITIQUES"
    );
    assert!(to_pdf(&page, &PdfOptions::default()).is_ok());
}
