//! Documents for human eyes: HTML and PDF/A-1b.

use dcc_core::render::html::{HtmlOptions, to_html as html};
use dcc_core::render::pdf::{PdfOptions, to_pdf as pdf};
use dcc_core::render::Page;
use dcc_core::xml::Limits;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::convert::bytes_of;
use crate::problem::error;

/// A CDA document as one self-contained HTML page.
#[pyfunction]
#[pyo3(signature = (cda, /, *, structure=None, logo=None, plain_links=false))]
pub fn to_html(
    cda: &Bound<'_, PyAny>,
    structure: Option<String>,
    logo: Option<Vec<u8>>,
    plain_links: bool,
) -> PyResult<String> {
    let (py, bytes) = (cda.py(), bytes_of(cda)?);
    let options = HtmlOptions {
        structure,
        logo,
        plain_links,
    };
    py.detach(|| Page::from_cda(&bytes, &Limits::default()).map(|page| html(&page, &options)))
        .map_err(|problems| error(py, &problems))
}

/// A CDA document as PDF/A-1b.
#[pyfunction]
#[pyo3(signature = (cda, /, *, structure=None, logo=None, date=None))]
pub fn to_pdf<'py>(
    cda: &Bound<'py, PyAny>,
    structure: Option<String>,
    logo: Option<Vec<u8>>,
    date: Option<String>,
) -> PyResult<Bound<'py, PyBytes>> {
    let (py, bytes) = (cda.py(), bytes_of(cda)?);
    let options = PdfOptions {
        structure,
        logo,
        date,
    };
    py.detach(|| Page::from_cda(&bytes, &Limits::default()).and_then(|page| pdf(&page, &options)))
        .map(|bytes| PyBytes::new(py, &bytes))
        .map_err(|problems| error(py, &problems))
}
