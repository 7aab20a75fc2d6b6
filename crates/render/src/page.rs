//! The model of what a reader sees of a CDA document.
//!
//! Every text of the model is plain text, already in French where it comes
//! from a code, with white space folded. A renderer has only to lay it out.

use std::sync::Arc;

use crate::attachment::Attachment;
use crate::block::Section;
use crate::header::{self, Header};
use crate::page_options::PageOptions;
use crate::picture::{Picture, PictureKind};
use crate::warn::Warnings;
use crate::{narrative, rules};
use dcc_base::problem::{Problem, Problems};
use dcc_cda::document;
use dcc_cda::ed::{self, Content};
use dcc_xml::decode;
use dcc_xml::tree::{Limits, NodeId, Tree};

/// A document as a reader sees it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page {
    /// Who, when, where: the header.
    pub header: Header,
    /// The content of the document.
    pub body: Body,
    /// What could not be shown as the document asks (warnings only).
    pub problems: Problems,
}

/// The body of a document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Body {
    /// CDA level 2 and 3: sections with a narrative.
    Sections(Vec<Section>),
    /// CDA level 1: a plain text.
    Text(String),
    /// CDA level 1: an image.
    Picture(Picture),
    /// CDA level 1: another file, most often a PDF.
    File(Attachment),
    /// No body that can be read.
    None {
        /// Why, in French, for the reader.
        why: String,
    },
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
        let options = PageOptions {
            limits: *limits,
            ..PageOptions::default()
        };
        Page::from_cda_with(bytes, &options)
    }

    /// The same, with all its options.
    ///
    /// # Errors
    /// As [`Page::from_cda`].
    pub fn from_cda_with(bytes: &[u8], options: &PageOptions) -> Result<Page, Problems> {
        with_document(bytes, options, |tree, document| {
            let mut warnings = Warnings::default();
            let header = header::read(tree, document, &options.profile, &mut warnings);
            let body = body(tree, document, options, &mut warnings);
            Page {
                header,
                body,
                problems: warnings.finish(),
            }
        })
    }
}

/// The files that a document carries, in order, each once: the body of a level 1
/// document, the files and images of `observationMedia`, called by the
/// narrative or not. With them, what keeps one from being read.
///
/// # Errors
/// As [`Page::from_cda`].
pub fn attachments(
    bytes: &[u8],
    options: &PageOptions,
) -> Result<(Vec<Attachment>, Problems), Problems> {
    with_document(bytes, options, |tree, document| {
        let mut warnings = Warnings::default();
        let mut files = Vec::new();
        if let Some(text) = tree.path(document, &["component", "nonXMLBody", "text"]) {
            files.extend(level_1_file(tree, text, options, &mut warnings).1);
        }
        if let Some(body) = tree.path(document, &["component", "structuredBody"]) {
            files.extend(narrative::files(tree, body, options, &mut warnings));
        }
        (files, warnings.finish())
    })
}

fn with_document<T>(
    bytes: &[u8],
    options: &PageOptions,
    then: impl FnOnce(&Tree<'_>, NodeId) -> T,
) -> Result<T, Problems> {
    let text = decode(bytes)?;
    let tree = Tree::parse(&text, &options.limits)?;
    let document = document::find(&tree).map_err(|problems| {
        problems
            .into_iter()
            .map(|p| Problem {
                code: rules::NOT_CDA.code,
                ..p
            })
            .collect::<Problems>()
    })?;
    Ok(then(&tree, document))
}

fn body(tree: &Tree<'_>, document: NodeId, options: &PageOptions, warnings: &mut Warnings) -> Body {
    let none = |at: NodeId, allowed: &[&str], warnings: &mut Warnings| {
        warnings.push(Problem::new(&rules::BODY, tree.path_of(at)).allowed(allowed));
        Body::None {
            why: "Le document n’a pas de corps.".to_owned(),
        }
    };
    let Some(component) = tree.element(document, "component") else {
        return none(document, &["component"], warnings);
    };
    if let Some(structured) = tree.element(component, "structuredBody") {
        return Body::Sections(narrative::sections(tree, structured, options, warnings));
    }
    let Some(text) = tree.path(component, &["nonXMLBody", "text"]) else {
        return none(component, &["structuredBody", "nonXMLBody/text"], warnings);
    };
    let (content, file) = level_1_file(tree, text, options, warnings);
    let Some(file) = file else {
        return match content {
            Content::Text(text) => Body::Text(text),
            Content::Outside(address) => Body::None {
                why: format!(
                    "Le corps du document n’est pas dans ce fichier : il est en dehors, à l’adresse « {address} »."
                ),
            },
            Content::Empty => Body::None {
                why: "Le corps du document est vide.".to_owned(),
            },
            _ => Body::None {
                why: "Le corps du document n’est pas lisible.".to_owned(),
            },
        };
    };
    if PictureKind::of(&file.bytes).is_some() {
        return match Picture::new(file.bytes.clone(), String::new()) {
            Ok(mut picture) => {
                picture.path.clone_from(&file.path);
                Body::Picture(picture)
            }
            Err(why) => {
                warnings.push(Problem::new(&rules::IMAGE, file.path.as_str()).found(why));
                Body::File(file)
            }
        };
    }
    if file.media_type == "text/plain"
        && let Ok(text) = decode(&file.bytes)
    {
        return Body::Text(text.into_owned());
    }
    Body::File(file)
}

/// The body of a level 1 document: what it holds, and the file when it is one.
fn level_1_file(
    tree: &Tree<'_>,
    text: NodeId,
    options: &PageOptions,
    warnings: &mut Warnings,
) -> (Content, Option<Attachment>) {
    let mut problems = Problems::new();
    let ed = ed::read(tree, text, options.max_file, &mut problems);
    for mut problem in problems {
        problem.code = rules::BODY.code;
        warnings.push(problem);
    }
    let path = tree.path_of(text);
    match ed.content {
        Content::Bytes(bytes) => {
            let file = Attachment::new(1, "corps", &ed.media_type, Arc::from(bytes), path);
            if file.is_cut() {
                warnings.push(
                    Problem::new(&rules::BODY, file.path.as_str())
                        .message("Le PDF du corps du document est incomplet : sa fin manque"),
                );
            }
            (Content::Unreadable, Some(file))
        }
        other => (other, None),
    }
}
