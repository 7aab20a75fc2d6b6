//! The body of a document: sections (level 3), or a file (level 1).

use super::codec::Codec;
use super::datatypes::FixedCode;
use super::header::DocumentTemplate;
use super::slot::Slot;
use super::templates::NON_STRUCTURED;
use crate::model::Binary;

/// Media type of the file of a level 1 document.
pub(crate) const PDF: &str = "application/pdf";

impl DocumentTemplate {
    /// The shape of the same kind of document at level 1: template IHE XDS-SD
    /// in place of the volet's.
    pub const fn level_one(code: FixedCode) -> DocumentTemplate {
        DocumentTemplate {
            template: (NON_STRUCTURED[0], None),
            other_versions: &[],
            code,
        }
    }
}

impl Codec<'_> {
    /// A structured body.
    pub fn structured_body(&mut self, f: impl FnOnce(&mut Self)) {
        self.element("component", |s| {
            s.element("structuredBody", |s| {
                f(s);
            });
        });
    }

    /// A body that is a PDF (level 1). A reader is left with no bytes when
    /// there is no such body, or none whose base64 can be read.
    pub fn pdf_body(&mut self, pdf: Slot<'_, Binary>) {
        self.element("component", |s| {
            s.element("nonXMLBody", |s| {
                s.file("text", PDF, pdf);
            });
        });
    }

    /// An element with the bytes of a file of one media type, in base64.
    pub(crate) fn file(
        &mut self,
        name: &'static str,
        media_type: &'static str,
        file: Slot<'_, Binary>,
    ) {
        self.element_where(
            true,
            name,
            |tree, n| tree.peek(n, "mediaType") == Some(media_type),
            |s| {
                s.fixed("mediaType", media_type);
                s.base64(file);
            },
        );
    }

    /// `representation`, and the text in base64; left unread when it is not base64.
    pub(crate) fn base64(&mut self, mut file: Slot<'_, Binary>) {
        self.fixed("representation", "B64");
        if let Some(writer) = self.writer() {
            writer.text(&file.to_base64());
            return;
        }
        let Some((tree, at)) = self.here() else {
            return;
        };
        if let Some(bytes) = Binary::from_base64(&tree.text_of(at)) {
            file.set(bytes);
            tree.children(at)
                .filter(|&c| tree.is_text(c))
                .for_each(|c| tree.mark(c));
        }
    }
}
