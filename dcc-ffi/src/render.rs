//! A CDA document for human eyes: HTML, and PDF with the feature `pdf`.

use std::ffi::c_char;

use dcc_core::problem::Problems;
use dcc_core::render::Page;
use dcc_core::render::html::{HtmlOptions, to_html};
use dcc_core::xml::Limits;

use crate::abi::{Input, OutHandle, call};
use crate::bytes::DccBytes;
use crate::failure::DccProblems;
use crate::failure::{DccError, Failure};
use crate::status::DccStatus;

/// What was made, and what could not be shown.
type Shown<T> = Result<(T, Problems), Failure>;
/// Makes it of `cda`, `structure`, `logo`.
type Maker<T> = fn(&[u8], Option<&str>, Option<&[u8]>) -> Shown<T>;

/// One self-contained HTML page of any CDA document.
pub(crate) fn html(cda: &[u8], structure: Option<&str>, logo: Option<&[u8]>) -> Shown<String> {
    let page = Page::from_cda(cda, &Limits::default())
        .map_err(|p| Failure::new(DccStatus::InvalidCda, p))?;
    let options = HtmlOptions {
        structure: structure.map(str::to_owned),
        logo: logo.map(<[u8]>::to_vec),
        ..HtmlOptions::default()
    };
    let html = to_html(&page, &options).map_err(|p| Failure::new(DccStatus::RenderFailed, p))?;
    Ok((html, page.problems))
}

/// A PDF/A-1a of any CDA document.
#[cfg(feature = "pdf")]
pub(crate) fn pdf(cda: &[u8], structure: Option<&str>, logo: Option<&[u8]>) -> Shown<Vec<u8>> {
    use dcc_core::render::pdf::{PdfOptions, to_pdf};
    let page = Page::from_cda(cda, &Limits::default())
        .map_err(|p| Failure::new(DccStatus::InvalidCda, p))?;
    let options = PdfOptions {
        structure: structure.map(str::to_owned),
        logo: logo.map(<[u8]>::to_vec),
        ..PdfOptions::default()
    };
    let pdf = to_pdf(&page, &options).map_err(|p| Failure::new(DccStatus::RenderFailed, p))?;
    let mut problems = page.problems;
    problems.extend(pdf.problems);
    Ok((pdf.bytes, problems))
}

#[cfg(not(feature = "pdf"))]
pub(crate) fn pdf(_: &[u8], _: Option<&str>, _: Option<&[u8]>) -> Shown<Vec<u8>> {
    Err(Failure::not_built_in("pdf"))
}

/// Shows `[cda, structure, logo]` by `make`.
///
/// # Safety
/// As the conventions say: see the top of the header.
unsafe fn show<T: Into<Vec<u8>>>(
    [cda, structure, logo]: [Input<'_>; 3],
    out: OutHandle<'_, DccBytes>,
    problems: *mut *mut DccProblems,
    error: *mut *mut DccError,
    make: Maker<T>,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (problems, error) = unsafe {
        (
            OutHandle::new("problems", problems),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (cda, out) = (cda.bytes()?, out.required()?);
        let (made, told) = make(cda, structure.opt_text()?, logo.opt_bytes()?)?;
        out.put(DccBytes::new(made));
        problems.put(DccProblems::new(told));
        Ok(())
    })
}

/// Shows any CDA R2 document, also one of another software, as one HTML page
/// without script nor link to anything outside. `structure`, the name at the
/// top, and `logo` (PNG, JPEG or GIF) may be NULL. `problems`, when not NULL,
/// receives what could not be shown. Fails with DCC_STATUS_INVALID_CDA, and with
/// DCC_STATUS_RENDER_FAILED when the logo is no image that can be shown.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_cda_to_html(
    cda: *const u8,
    cda_len: usize,
    structure: *const c_char,
    structure_len: usize,
    logo: *const u8,
    logo_len: usize,
    html_page: *mut *mut DccBytes,
    problems: *mut *mut DccProblems,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe {
        let page = [
            Input::new("cda", cda, cda_len),
            Input::new("structure", structure, structure_len),
            Input::new("logo", logo, logo_len),
        ];
        show(
            page,
            OutHandle::new("html_page", html_page),
            problems,
            error,
            html,
        )
    }
}

/// Whether this library was built with PDF: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn dcc_has_pdf() -> i32 {
    cfg!(feature = "pdf").into()
}

/// As dcc_cda_to_html, as a PDF/A-1a document (the logo PNG or JPEG). Fails
/// with DCC_STATUS_RENDER_FAILED when it cannot be written, and with
/// DCC_STATUS_NOT_BUILT_IN when the library was built without PDF: see
/// dcc_has_pdf.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_cda_to_pdf(
    cda: *const u8,
    cda_len: usize,
    structure: *const c_char,
    structure_len: usize,
    logo: *const u8,
    logo_len: usize,
    pdf_file: *mut *mut DccBytes,
    problems: *mut *mut DccProblems,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe {
        let page = [
            Input::new("cda", cda, cda_len),
            Input::new("structure", structure, structure_len),
            Input::new("logo", logo, logo_len),
        ];
        show(
            page,
            OutHandle::new("pdf_file", pdf_file),
            problems,
            error,
            pdf,
        )
    }
}
