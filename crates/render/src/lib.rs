//! Documents for human eyes: what a reader sees of a CDA document, as HTML
//! (feature `html`) and as PDF/A-1a (feature `pdf`).
//!
//! CDA bytes → [`Page`] → HTML or PDF. The page takes any CDA R2 document,
//! also one that the library did not write: what it holds is text, never
//! markup, whatever the narrative carries. What is known of the kinds of
//! document of the DCC is a [`Profile`].
//!
//! - [`page`]: the model of what is seen, and its constructors
//! - [`block`]: sections, paragraphs, lists, tables, files, as data
//! - [`header`]: the persons, dates and identifiers of a CDA header
//! - [`narrative`]: how a narrative is read
//! - [`attachment`], [`picture`]: files, and the images that are safe to show
//! - [`profile`]: what is known of kinds of document
//! - [`summary`]: the header as titled lists, one wording for every output
//! - [`words`]: codes of CDA R2 as French text
//! - `html`: one self-contained HTML page
//! - `pdf`: a printable PDF/A-1a document
//! - [`rules`]: what can keep a part from being shown
//!
//! # Quick start
//!
//! ```
//! # #[cfg(feature = "html")] {
//! use dcc_render::{Page, html};
//! use dcc_xml::tree::Limits;
//!
//! let cda = "<ClinicalDocument xmlns='urn:hl7-org:v3'><title>Compte rendu</title>\
//!            <component><structuredBody><component><section><title>Conclusion</title>\
//!            <text>Rien à signaler.</text></section></component></structuredBody>\
//!            </component></ClinicalDocument>";
//! let page = Page::from_cda(cda.as_bytes(), &Limits::default())?;
//! assert!(page.problems.is_empty());
//! let html = html::to_html(&page, &html::HtmlOptions::default())?;
//! assert!(html.contains("Rien à signaler."));
//! # }
//! # Ok::<(), dcc_base::problem::Problems>(())
//! ```

pub mod attachment;
pub mod block;
mod grid;
pub mod header;
#[cfg(feature = "html")]
pub mod html;
pub mod narrative;
pub mod page;
mod page_options;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod picture;
pub mod profile;
#[cfg(any(feature = "html", feature = "pdf"))]
mod quantity;
pub mod rules;
pub mod summary;
mod typography;
mod warn;
pub mod words;

pub use attachment::Attachment;
pub use page::{Body, Page, attachments};
pub use page_options::PageOptions;
pub use profile::Profile;
