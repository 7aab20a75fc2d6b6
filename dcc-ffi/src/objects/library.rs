//! What this library is.

use dcc_core::document::Document;

/// The version of the library.
#[uniffi::export]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Whether this library was built with PDF.
#[uniffi::export]
pub fn has_pdf() -> bool {
    cfg!(feature = "pdf")
}

/// Whether this library was built with the official rules.
#[uniffi::export]
pub fn has_official() -> bool {
    cfg!(feature = "official")
}

/// The kinds of documents, as the `"document"` key of their JSON says them.
#[uniffi::export]
pub fn document_kinds() -> Vec<String> {
    Document::KINDS.iter().map(|&k| k.to_owned()).collect()
}
