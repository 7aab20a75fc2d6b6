//! A CDA document for human eyes.

use super::problem::{DccException, Problem, told};
use crate::render;

/// One HTML page.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct HtmlPage {
    /// The page, without script nor link to anything outside.
    pub html: String,
    /// What could not be shown.
    pub problems: Vec<Problem>,
}

/// One PDF file.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PdfFile {
    /// The file, PDF/A-1a.
    pub pdf: Vec<u8>,
    /// What could not be shown.
    pub problems: Vec<Problem>,
}

/// Shows any CDA R2 document, also one of another software, as one HTML page.
/// `structure` is the name at the top, `logo` a PNG, JPEG or GIF.
#[uniffi::export(default(structure = None, logo = None))]
pub fn cda_to_html(
    cda: Vec<u8>,
    structure: Option<String>,
    logo: Option<Vec<u8>>,
) -> Result<HtmlPage, DccException> {
    let (html, problems) = render::html(&cda, structure.as_deref(), logo.as_deref())?;
    Ok(HtmlPage {
        html,
        problems: told(problems),
    })
}

/// As `cda_to_html`, as a PDF/A-1a (the logo PNG or JPEG). Fails when the
/// library was built without PDF: see `has_pdf`.
#[uniffi::export(default(structure = None, logo = None))]
pub fn cda_to_pdf(
    cda: Vec<u8>,
    structure: Option<String>,
    logo: Option<Vec<u8>>,
) -> Result<PdfFile, DccException> {
    let (pdf, problems) = render::pdf(&cda, structure.as_deref(), logo.as_deref())?;
    Ok(PdfFile {
        pdf,
        problems: told(problems),
    })
}
