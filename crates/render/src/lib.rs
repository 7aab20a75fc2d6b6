//! Documents for human eyes: what a reader sees of a CDA document, as HTML
//! (feature `html`) and as PDF/A-1b (feature `pdf`).
//!
//! CDA bytes → [`Page`] → HTML or PDF. The page takes any CDA R2 document,
//! also one that the library did not write: what it holds is text, never
//! markup, whatever the narrative carries.
//!
//! - [`page`]: the model of what is seen, and its one constructor
//! - [`header`]: the persons, dates and identifiers of a CDA header
//! - [`narrative`]: sections, paragraphs, lists, tables, images
//! - [`table`]: tables arranged on a grid
//! - [`picture`]: the images that are safe to show
//! - [`words`]: CDA data types and codes as French text
//! - [`summary`]: the header as titled lists, one wording for every output
//! - `html`: one self-contained HTML page
//! - `pdf`: a printable PDF/A-1b document
//! - [`rules`]: what can keep a part from being shown

pub mod header;
#[cfg(feature = "html")]
pub mod html;
pub mod narrative;
pub mod page;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod picture;
pub mod rules;
pub mod summary;
pub mod table;
pub mod words;

pub use page::{Body, Page};
