//! Documents for human eyes: HTML and PDF/A-1a.

use dcc_core::problem::Problems;
use dcc_core::render::Page;
use dcc_core::render::html::{HtmlOptions, to_html as html};
use dcc_core::render::pdf::{PdfOptions, to_pdf as pdf};
use dcc_core::xml::Limits;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::convert::bytes_of;
use crate::problem::{error, problem};

/// Tells each thing that a page does not show.
fn tell(problems: &Problems, on_problem: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
    if let Some(callback) = on_problem {
        for found in problems {
            callback.call1((problem(callback.py(), found)?,))?;
        }
    }
    Ok(())
}

/// A CDA document as one self-contained HTML page.
///
/// Parameters
/// ----------
/// cda : bytes or str
///     Any CDA R2 document, also one that this library did not write.
/// structure : str, optional
///     Name of the structure, at the top.
/// logo : bytes, optional
///     Logo of the structure (PNG, JPEG or GIF).
/// plain_links : bool, optional
///     Show links as text.
/// on_problem : callable, optional
///     Called with each `Problem` of the document that keeps something of it
///     from being shown; what it raises is raised.
///
/// Returns
/// -------
/// str
///     HTML; the same document gives the same page.
///
/// Raises
/// ------
/// DccError
///     The text is not a CDA document, or the logo not a picture.
#[pyfunction]
#[pyo3(signature = (cda, /, *, structure=None, logo=None, plain_links=false, on_problem=None))]
pub fn to_html(
    cda: &Bound<'_, PyAny>,
    structure: Option<String>,
    logo: Option<Vec<u8>>,
    plain_links: bool,
    on_problem: Option<&Bound<'_, PyAny>>,
) -> PyResult<String> {
    let (py, bytes) = (cda.py(), bytes_of(cda)?);
    let options = HtmlOptions {
        structure,
        logo,
        plain_links,
    };
    let (page, text) = py
        .detach(|| {
            let page = Page::from_cda(&bytes, &Limits::default())?;
            let text = html(&page, &options)?;
            Ok((page, text))
        })
        .map_err(|problems| error(py, &problems))?;
    tell(&page.problems, on_problem)?;
    Ok(text)
}

/// A CDA document as PDF/A-1a, fonts embedded.
///
/// Parameters
/// ----------
/// cda : bytes or str
///     Any CDA R2 document.
/// structure : str, optional
///     Name of the structure.
/// logo : bytes, optional
///     Logo of the structure (PNG or JPEG).
/// date : str, optional
///     Date of the file (HL7 TS), for a document that has none.
/// on_problem : callable, optional
///     Called with each `Problem` of the document that keeps something of it
///     from being shown; what it raises is raised.
///
/// Returns
/// -------
/// bytes
///     The PDF; the same document gives the same bytes.
///
/// Raises
/// ------
/// DccError
///     The text is not a CDA document, or the logo not a picture.
#[pyfunction]
#[pyo3(signature = (cda, /, *, structure=None, logo=None, date=None, on_problem=None))]
pub fn to_pdf<'py>(
    cda: &Bound<'py, PyAny>,
    structure: Option<String>,
    logo: Option<Vec<u8>>,
    date: Option<String>,
    on_problem: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyBytes>> {
    let (py, bytes) = (cda.py(), bytes_of(cda)?);
    let options = PdfOptions {
        structure,
        logo,
        date,
    };
    let (page, file) = py
        .detach(|| {
            let page = Page::from_cda(&bytes, &Limits::default())?;
            let file = pdf(&page, &options)?;
            Ok((page, file))
        })
        .map_err(|problems| error(py, &problems))?;
    tell(&page.problems, on_problem)?;
    tell(&file.problems, on_problem)?;
    Ok(PyBytes::new(py, &file.bytes))
}
