//! CDA R2: the layer that every document of the DCC is written and read with.
//!
//! A document is *described once*, by functions that take a [`Codec`] and the
//! model: a codec that writes turns the model into bytes, a codec that reads
//! fills the model from a document. So reader and writer cannot disagree.
//!
//! - [`codec`]: elements and attributes, both ways
//! - [`datatypes`]: II, CD, TS, IVL_TS, TEL, AD, PN, ON, BL
//! - [`templates`]: the one table of template ids
//! - [`entry`]: observations, acts, procedures and what hangs below them
//! - [`section`]: sections of the body
//! - [`narrative`]: the text of a section, written and read
//! - `form`: sections of text alone
//! - [`header`]: the header of a document
//! - [`context`]: participants, acts and encounter of the header
//! - [`body`]: structured body (level 3) or a file (level 1)
//! - `sections`: sections and header parts that several documents share
//! - `calls`: the calls that every document offers
//! - [`unread`]: what a document says and the model has no place for
//! - [`rules`]: what can be wrong with a document

pub mod body;
pub(crate) mod calls;
pub mod codec;
pub mod context;
pub mod datatypes;
pub mod entry;
pub(crate) mod form;
pub mod header;
pub mod narrative;
pub mod rules;
pub mod section;
pub(crate) mod sections;
pub mod templates;
pub mod unread;

pub use codec::{Codec, ReadOptions, Reading, WriteOptions};
pub use unread::Unread;
