//! The narrative of a CDA document: sections, paragraphs, lists, tables,
//! images, files, notes (HL7 CDA R2 §4.3.5).
//!
//! Reading is lenient, showing is strict: any nesting is accepted, an unknown
//! element counts for its text alone, and what comes out is text with a few
//! styles, never markup.

mod element;
mod flow;
mod footnotes;
mod media;
mod notes;
mod reader;
mod section;
mod table;

pub use element::is_safe_link;
pub(crate) use section::{files, sections};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::block::{Block, Inline, Style};
    use crate::{Body, Page};
    use dcc_xml::tree::Limits;

    fn page(text: &str) -> Page {
        let cda = format!(
            "<ClinicalDocument xmlns='urn:hl7-org:v3'><component><structuredBody><component>\
             <section><title>T</title><text>{text}</text></section></component></structuredBody>\
             </component></ClinicalDocument>"
        );
        Page::from_cda(cda.as_bytes(), &Limits::default()).unwrap()
    }

    fn blocks(text: &str) -> Vec<Block> {
        match page(text).body {
            Body::Sections(mut s) => s.remove(0).blocks,
            other => panic!("{other:?}"),
        }
    }

    fn plain(text: &str) -> Inline {
        Inline::Text {
            text: text.into(),
            style: Style::default(),
            link: None,
        }
    }

    #[test]
    fn white_space_folds_and_breaks_stay() {
        assert_eq!(
            blocks("\n  un <content>deux\n trois</content> <br/> quatre \n"),
            [Block::Paragraph(vec![
                plain("un deux trois"),
                Inline::Break,
                plain("quatre")
            ])]
        );
        assert!(blocks(" <br/> \n").is_empty());
    }

    #[test]
    fn unknown_elements_are_their_text() {
        assert_eq!(
            blocks("<script>alert(1)</script><iframe src='http://x'/>ok"),
            [Block::Paragraph(vec![plain("alert(1)ok")])]
        );
    }

    #[test]
    fn only_safe_links_stay_links() {
        for safe in ["https://a.fr/b?c", "mailto:a@b.fr", "TEL:+33", "http://x"] {
            assert!(is_safe_link(safe), "{safe}");
        }
        for unsafe_link in [
            "javascript:alert(1)",
            "java\u{9}script:x",
            "data:text/html,x",
            "//x",
            "http",
            "vbscript:x",
            "file:///etc",
            " https://x",
        ] {
            assert!(!is_safe_link(unsafe_link), "{unsafe_link}");
        }
        let page = page("<linkHtml href='javascript:alert(1)'>ici</linkHtml>");
        assert_eq!(page.problems.iter().next().unwrap().code, "RENDU-LIEN");
    }

    #[test]
    fn an_image_that_cannot_be_shown_is_said() {
        let page = page(
            "<renderMultiMedia referencedObject='X'><caption>Coupe</caption></renderMultiMedia>",
        );
        assert_eq!(page.problems.iter().next().unwrap().code, "RENDU-IMAGE");
        assert!(format!("{:?}", page.body).contains("Coupe [image non montrée"));
    }

    #[test]
    fn deep_nesting_keeps_the_text() {
        let text = format!("{}fond{}", "<content>".repeat(60), "</content>".repeat(60));
        let page = page(&text);
        assert_eq!(
            page.problems.iter().next().unwrap().code,
            "RENDU-PROFONDEUR"
        );
        assert!(format!("{:?}", page.body).contains("fond"));
    }
}
