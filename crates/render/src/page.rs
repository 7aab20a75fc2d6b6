//! The model of what a reader sees of a CDA document.
//!
//! Every text of the model is plain text, already in French where it comes
//! from a code, with white space folded. A renderer has only to lay it out.

use super::header::{self, Header};
use super::narrative::{self, Section};
use super::picture::{self, Picture};
use super::{rules, words};
use dcc_base::problem::{Problem, Problems};
use dcc_xml::tree::{Limits, NodeId, Tree};
use dcc_xml::{decode, tree};

/// A document as a reader sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Who, when, where: the header.
    pub header: Header,
    /// What the document says.
    pub body: Body,
    /// What could not be shown as the document asks (warnings only).
    pub problems: Problems,
}

/// The body of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// CDA level 2 and 3: sections with a narrative.
    Sections(Vec<Section>),
    /// CDA level 1: a plain text.
    Text(String),
    /// CDA level 1: an image.
    Picture(Picture),
    /// CDA level 1: another file, most often a PDF.
    File {
        /// Media type as stated, `application/pdf`.
        media_type: String,
        /// The file.
        bytes: Vec<u8>,
    },
    /// No body that can be read.
    None,
}

impl Page {
    /// Reads what is to be seen of a CDA document, whoever wrote it. The
    /// document may stand inside another XML (a self-presenting style sheet):
    /// the first `ClinicalDocument` counts.
    ///
    /// # Errors
    /// `XML-…` when the XML is not readable, `RENDU-CDA` when it holds no CDA
    /// document. What is readable but cannot be shown is in [`Page::problems`].
    pub fn from_cda(bytes: &[u8], limits: &Limits) -> Result<Page, Problems> {
        let text = decode(bytes)?;
        let tree = Tree::parse(&text, limits)?;
        let Some(document) = find_document(&tree, tree.root()) else {
            return Err(Problem::new(&rules::NOT_CDA, "")
                .found(tree.name(tree.root()))
                .allowed(["ClinicalDocument"])
                .into());
        };
        let mut problems = Problems::new();
        let header = header::read(&tree, document);
        let body = body(&tree, document, &mut problems);
        Ok(Page {
            header,
            body,
            problems,
        })
    }
}

fn find_document(tree: &Tree<'_>, id: NodeId) -> Option<NodeId> {
    if tree.name(id) == "ClinicalDocument" && tree.ns(id) == tree::Ns::Hl7 {
        return Some(id);
    }
    tree.children(id).find_map(|c| find_document(tree, c))
}

fn body(tree: &Tree<'_>, document: NodeId, problems: &mut Problems) -> Body {
    let Some(component) = tree.element(document, "component") else {
        problems.push(Problem::new(&rules::BODY, tree.path_of(document)).allowed(["component"]));
        return Body::None;
    };
    if let Some(structured) = tree.element(component, "structuredBody") {
        return Body::Sections(narrative::sections(tree, structured, problems));
    }
    let Some(text) = tree.path(component, &["nonXMLBody", "text"]) else {
        problems.push(
            Problem::new(&rules::BODY, tree.path_of(component))
                .allowed(["structuredBody", "nonXMLBody/text"]),
        );
        return Body::None;
    };
    file(tree, text, problems)
}

fn file(tree: &Tree<'_>, text: NodeId, problems: &mut Problems) -> Body {
    let media_type = words::one_line(tree.peek(text, "mediaType").unwrap_or("text/plain"));
    let content = raw_text(tree, text);
    if tree.peek(text, "representation") != Some("B64") {
        return Body::Text(content);
    }
    let Some(bytes) = picture::decode_base64(&content) else {
        problems.push(
            Problem::new(&rules::BODY, tree.path_of(text))
                .message("Le corps du document n'est pas un base64 lisible")
                .found(&media_type),
        );
        return Body::None;
    };
    if media_type.starts_with("text/plain") {
        return match decode(&bytes) {
            Ok(text) => Body::Text(text.into_owned()),
            Err(_) => Body::File { media_type, bytes },
        };
    }
    if media_type.starts_with("image/") && picture::PictureKind::of(&bytes).is_some() {
        return match Picture::new(bytes, String::new()) {
            Ok(picture) => Body::Picture(picture),
            Err(why) => {
                problems.push(Problem::new(&rules::IMAGE, tree.path_of(text)).found(why));
                Body::None
            }
        };
    }
    Body::File { media_type, bytes }
}

/// The text below an element as it stands.
fn raw_text(tree: &Tree<'_>, id: NodeId) -> String {
    let mut out = String::new();
    for child in tree.children(id) {
        out.push_str(tree.text(child));
    }
    out
}
