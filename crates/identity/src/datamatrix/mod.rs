//! *Datamatrix INS*: the two-dimensional code on the first page of documents.
//!
//! - [`Content`]: what the code holds, read with the place of each fault
//! - [`write()`]: the text of the code, from a qualified identity only
//! - `Symbol`: the symbol as SVG and PNG (feature `symbol`)
//!
//! The code is not signed: a scan is a way to capture an identity, never a
//! proof of it (it is no ANTS 2D-Doc).
//!
//! Source: ANS, « Format du datamatrix INS » v2.2.

mod content;
mod format;
#[cfg(feature = "symbol")]
mod symbol;
mod written;

pub use content::Content;
pub use format::CAPTION;
#[cfg(feature = "symbol")]
pub use symbol::Symbol;
pub use written::write;
