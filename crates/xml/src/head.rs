//! A glance at the first elements of a document, before it is parsed whole.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::decode;

/// Most elements looked at: a document has a handful of templates.
const MOST: usize = 200;

/// What stands before and among the templates in a header.
const BEFORE: [&str; 3] = ["realmCode", "typeId", "templateId"];

/// The template ids at the head of a CDA document, in order.
///
/// Only a hint of what to read it as: nothing is checked, name spaces
/// included, and what cannot be read gives nothing. Elements in another order
/// than that of the CDA schema give nothing either.
pub fn template_ids(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let Ok(text) = decode(bytes) else {
        return found;
    };
    let mut reader = Reader::from_str(&text);
    let mut depth = 0_usize;
    for _ in 0..MOST {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if depth == 1 && !look(&tag, &mut found) {
                    break;
                }
                depth += 1;
            }
            Ok(Event::Empty(tag)) => {
                if depth == 1 && !look(&tag, &mut found) {
                    break;
                }
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof | Event::DocType(_)) | Err(_) => break,
            Ok(_) => {}
        }
    }
    found
}

/// Notes the root of a template id; false past the templates.
fn look(tag: &BytesStart<'_>, found: &mut Vec<String>) -> bool {
    let name = tag.local_name();
    if !BEFORE.iter().any(|known| *known == name.as_ref()) {
        return false;
    }
    if name.as_ref() == "templateId"
        && let Ok(Some(root)) = tag.try_get_attribute("root")
    {
        found.push(root.value.trim().to_owned());
    }
    true
}

#[cfg(test)]
mod tests {
    use super::template_ids;

    #[test]
    fn the_templates_of_the_head() {
        let of = |body: &str| template_ids(format!("<?xml version='1.0'?>{body}").as_bytes());
        assert_eq!(
            of(
                "<c:D xmlns:c='x'><c:realmCode code='FR'/><c:typeId root='0'/>\
                <c:templateId root=' 1.2 '></c:templateId><c:templateId root='1.3'/>\
                <c:id/><c:templateId root='1.4'/></c:D>"
            ),
            ["1.2", "1.3"]
        );
        for none in [
            "",
            "<",
            "<a>",
            "<a/>",
            "<a><b/><templateId root='1'/></a>",
            "<!DOCTYPE a><a/>",
        ] {
            assert!(of(none).is_empty(), "{none}");
        }
        assert!(template_ids(b"\xff\xfe\x00").is_empty());
    }
}
