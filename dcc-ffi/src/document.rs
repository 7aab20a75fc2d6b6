//! Documents: JSON and CDA in, JSON and CDA out.

use std::ffi::c_char;

use dcc_core::cda::Unread;
use dcc_core::document::Document;
use dcc_core::indicators::{FicheFact, PpsFact};

use crate::abi::{DccStr, Handle, Input, Out, OutHandle, call, free};
use crate::bytes::DccBytes;
use crate::failure::DccProblems;
use crate::failure::{DccError, Failure};
use crate::options::DccOptions;
use crate::status::DccStatus;
use crate::unread::DccUnread;

/// A document of the DCC, of any kind. Free it with dcc_document_free. It
/// never changes: any number of threads may use it.
#[derive(Debug, PartialEq)]
pub struct DccDocument {
    document: Document,
    /// Its id as a text, which dcc_document_id lends.
    id: String,
}

impl DccDocument {
    fn new(document: Document) -> Self {
        let id = document.header().id.to_string();
        DccDocument { document, id }
    }

    #[cfg(feature = "uniffi")]
    pub(crate) fn get(&self) -> &Document {
        &self.document
    }

    /// The fact of a fiche RCP; none for another kind.
    pub(crate) fn fiche_fact(&self, session: &str, patient: &str) -> Option<FicheFact> {
        match &self.document {
            Document::FicheRcp(fiche) => Some(FicheFact::from_fiche(fiche, session, patient)),
            _ => None,
        }
    }

    /// The fact of a PPS; none for another kind.
    pub(crate) fn pps_fact(&self, patient: &str) -> Option<PpsFact> {
        match &self.document {
            Document::Pps(pps) => Some(PpsFact::from_pps(pps, patient)),
            _ => None,
        }
    }

    pub(crate) fn kind(&self) -> &'static str {
        self.document.kind()
    }

    pub(crate) fn from_json(json: &str) -> Result<Self, Failure> {
        Document::from_json(json.as_bytes())
            .map(DccDocument::new)
            .map_err(|p| Failure::new(DccStatus::InvalidJson, p))
    }

    pub(crate) fn from_cda(
        cda: &[u8],
        options: Option<&DccOptions>,
    ) -> Result<(Self, Vec<Unread>), Failure> {
        let read = match options {
            Some(options) => Document::from_cda_with(cda, &options.read()?.read),
            None => Document::from_cda(cda),
        };
        read.map(|(document, unread)| (DccDocument::new(document), unread))
            .map_err(|p| Failure::new(DccStatus::InvalidCda, p))
    }

    pub(crate) fn to_cda(&self, options: Option<&DccOptions>) -> Result<Vec<u8>, Failure> {
        let written = match options {
            Some(options) => self.document.to_cda_with(&options.read()?.write),
            None => self.document.to_cda(),
        };
        written.map_err(|p| Failure::new(DccStatus::DocumentRefused, p))
    }
}

/// Reads the JSON form of a document of any kind; its "document" key says
/// which. Fails with DCC_STATUS_INVALID_JSON and every problem.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_document_from_json(
    json: *const c_char,
    json_len: usize,
    document: *mut *mut DccDocument,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (json, document, error) = unsafe {
        (
            Input::new("json", json, json_len),
            OutHandle::new("document", document),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (json, document) = (json.text()?, document.required()?);
        document.put(DccDocument::from_json(json)?);
        Ok(())
    })
}

/// Reads a CDA document of any kind, in any encoding that its XML declares.
/// `options` may be NULL. `unread`, when not NULL, receives what the model has
/// no place for: always a list, empty when all was read. Fails with
/// DCC_STATUS_INVALID_CDA and every problem.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_document_from_cda(
    cda: *const u8,
    cda_len: usize,
    options: *const DccOptions,
    document: *mut *mut DccDocument,
    unread: *mut *mut DccUnread,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (cda, options, document, unread, error) = unsafe {
        (
            Input::new("cda", cda, cda_len),
            Handle::new("options", options),
            OutHandle::new("document", document),
            OutHandle::new("unread", unread),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (cda, document) = (cda.bytes()?, document.required()?);
        let (read, rest) = DccDocument::from_cda(cda, options.opt())?;
        document.put(read);
        unread.put(DccUnread::new(rest));
        Ok(())
    })
}

/// Writes the JSON form: UTF-8, the same bytes for the same document.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_document_to_json(
    document: *const DccDocument,
    json: *mut *mut DccBytes,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (document, json, error) = unsafe {
        (
            Handle::new("document", document),
            OutHandle::new("json", json),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (document, json) = (document.get()?, json.required()?);
        let text = document.document.to_json();
        let text = text.map_err(|p| Failure::new(DccStatus::DocumentRefused, p))?;
        json.put(DccBytes::new(text));
        Ok(())
    })
}

/// Writes the CDA R2 document: UTF-8, the same bytes for the same document.
/// `options` may be NULL. Fails with DCC_STATUS_DOCUMENT_REFUSED and every
/// problem when one is blocking and the options do not accept its code.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_document_to_cda(
    document: *const DccDocument,
    options: *const DccOptions,
    cda: *mut *mut DccBytes,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (document, options, cda, error) = unsafe {
        (
            Handle::new("document", document),
            Handle::new("options", options),
            OutHandle::new("cda", cda),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (document, cda) = (document.get()?, cda.required()?);
        cda.put(DccBytes::new(document.to_cda(options.opt())?));
        Ok(())
    })
}

/// Writes the CDA R2 document at level 1: the same header, and a PDF as body
/// (bytes of the file, not base64). `options` may be NULL. Fails with
/// DCC_STATUS_DOCUMENT_REFUSED and every problem of the document and the PDF.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_document_to_cda_level1(
    document: *const DccDocument,
    pdf: *const u8,
    pdf_len: usize,
    options: *const DccOptions,
    cda: *mut *mut DccBytes,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (document, pdf, options, cda, error) = unsafe {
        (
            Handle::new("document", document),
            Input::new("pdf", pdf, pdf_len),
            Handle::new("options", options),
            OutHandle::new("cda", cda),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (document, pdf, cda) = (document.get()?, pdf.bytes()?, cda.required()?);
        let written = match options.opt() {
            Some(options) => document
                .document
                .to_cda_level1_with(pdf, &options.read()?.write),
            None => document.document.to_cda_level1(pdf),
        };
        let bytes = written.map_err(|p| Failure::new(DccStatus::DocumentRefused, p))?;
        cda.put(DccBytes::new(bytes));
        Ok(())
    })
}

/// Lists every problem of a document, blocking or not, in `problems`: always
/// a list, empty when there is none. A document with problems is no failure
/// of this call. `options` may be NULL; of them the value sets alone matter:
/// the problems of an accepted code are listed too.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_document_check(
    document: *const DccDocument,
    options: *const DccOptions,
    problems: *mut *mut DccProblems,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (document, options, problems, error) = unsafe {
        (
            Handle::new("document", document),
            Handle::new("options", options),
            OutHandle::new("problems", problems),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (document, problems) = (document.get()?, problems.required()?);
        let list = match options.opt() {
            Some(options) => document
                .document
                .check_with(options.read()?.write.terminology()),
            None => document.document.check(),
        };
        problems.put(DccProblems::new(list));
        Ok(())
    })
}

/// The kind of a document, as its JSON says it: "fiche_rcp"... The string
/// lives for ever.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_document_kind(
    document: *const DccDocument,
    kind: *mut DccStr,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (document, kind) = unsafe {
        (
            Handle::new("document", document),
            Out::new("kind", kind, DccStr::NONE),
        )
    };
    call(OutHandle::none(), || {
        let (document, kind) = (document.get()?, kind.required()?);
        kind.put(document.kind().into());
        Ok(())
    })
}

/// The id of this version of a document, "root" or "root^extension". The string
/// lives as long as the document.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_document_id(
    document: *const DccDocument,
    id: *mut DccStr,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (document, id) = unsafe {
        (
            Handle::new("document", document),
            Out::new("id", id, DccStr::NONE),
        )
    };
    call(OutHandle::none(), || {
        let (document, id) = (document.get()?, id.required()?);
        id.put(document.id.as_str().into());
        Ok(())
    })
}

/// The number of the version of a document.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_document_version(
    document: *const DccDocument,
    version: *mut u32,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (document, version) = unsafe {
        (
            Handle::new("document", document),
            Out::new("version", version, 0),
        )
    };
    call(OutHandle::none(), || {
        let (document, version) = (document.get()?, version.required()?);
        version.put(document.document.header().version);
        Ok(())
    })
}

/// Answers 1 in `equal` when two documents say the same, 0 otherwise.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_document_equal(
    a: *const DccDocument,
    b: *const DccDocument,
    equal: *mut i32,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (a, b, equal) = unsafe {
        (
            Handle::new("a", a),
            Handle::new("b", b),
            Out::new("equal", equal, 0),
        )
    };
    call(OutHandle::none(), || {
        let (a, b, equal) = (a.get()?, b.get()?, equal.required()?);
        equal.put((a == b).into());
        Ok(())
    })
}

/// Frees a document; NULL is nothing.
///
/// # Safety
/// `document` is NULL or a live handle, not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_document_free(document: *mut DccDocument) {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe { free(document) }
}
