//! CDA R2: the layer that every document of the DCC is written and read with.
//!
//! A document is *described once*, by functions that take a `Codec` and the
//! model: a codec that writes turns the model into bytes, a codec that reads
//! fills the model from a document. So reader and writer cannot disagree.
//!
//! Programs see its options ([`WriteOptions`], [`ReadOptions`]), its results
//! ([`Written`], [`Reading`], [`Unread`]) and its [`rules`]; the codec itself is
//! private:
//!
//! - `codec`: elements and attributes, both ways; `slot`: a value of the model
//!   that is written or filled
//! - `datatypes`, `times`, `contacts`, `values`: the data types of HL7 v3
//! - `templates`: the one table of template ids; `fixed_attributes`: what CDA fixes
//! - `entry`: observations, acts, procedures and what hangs below them
//! - `section`, `text_section`, `sections`: sections of the body; those of text
//!   alone; those that several documents share
//! - `narrative`, `reference`: the text of a section, and what points into it
//! - `header`: the header of a document
//! - `body`: structured body (level 3) or a file (level 1)
//! - `description`: what a kind of document tells the codec; `source`: the
//!   document of a file
//! - `unread`: what is in a document and not in the model

pub(crate) mod body;
pub(crate) mod codec;
pub(crate) mod contacts;
pub(crate) mod datatypes;
pub(crate) mod description;
pub(crate) mod entry;
mod fixed_attributes;
pub(crate) mod header;
pub(crate) mod narrative;
mod options;
mod reference;
pub mod rules;
pub(crate) mod section;
pub(crate) mod sections;
pub(crate) mod slot;
pub(crate) mod source;
pub(crate) mod templates;
pub(crate) mod text_section;
mod times;
mod unread;
mod values;

pub(crate) use codec::Codec;
pub use options::{ReadOptions, Reading, WriteOptions, Written};
pub use unread::Unread;
