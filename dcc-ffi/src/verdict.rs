//! What a check by the official rules finds.

use std::ffi::c_char;

use crate::abi::{DccStr, Handle, Input, Out, OutHandle, call, free};
use crate::bytes::DccBytes;
use crate::failure::Failure;
use crate::official::{Finding, Level, Verdict};
use crate::status::DccStatus;

/// Level of a finding: the rules could not be applied to their end, or say it.
pub const DCC_LEVEL_FATAL: i32 = 1;
/// Level of a finding: the document does not conform.
pub const DCC_LEVEL_ERROR: i32 = 2;
/// Level of a finding: the document conforms, its author should know.
pub const DCC_LEVEL_WARNING: i32 = 3;
/// Level of a finding: an information.
pub const DCC_LEVEL_INFO: i32 = 4;

/// The verdict of the official rules on a document. It never changes: any
/// number of threads may read it.
#[derive(Debug)]
pub struct DccVerdict(Verdict);

impl DccVerdict {
    pub(crate) fn new(verdict: Verdict) -> Self {
        DccVerdict(verdict)
    }
}

/// One finding. Its strings live as long as the verdict.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct DccFinding {
    /// Rule set: stem of the rule file, "xsd" for the XML Schema, "xml" for
    /// bytes that are not XML.
    pub set: DccStr,
    /// XPath of the place in the document; empty for the whole of it.
    pub location: DccStr,
    /// The official text, in French. It may hold data of the patient.
    pub text: DccStr,
    /// The expression tested; empty for "xsd" and "xml".
    pub test: DccStr,
    /// Code of a run-time error, of a breach of the XML Schema or of a fault
    /// of XML; empty for a rule that is not kept.
    pub code: DccStr,
    /// JSON pointer of the field that the place was written from; data is NULL
    /// when it is not known.
    pub pointer: DccStr,
    /// Line of the document, from 1; 0 when there is none.
    pub line: u32,
    /// Column of the document in characters, from 1; 0 when there is none.
    pub column: u32,
    /// One of DCC_LEVEL_...
    pub level: i32,
}

impl DccFinding {
    const NONE: DccFinding = DccFinding {
        set: DccStr::NONE,
        location: DccStr::NONE,
        text: DccStr::NONE,
        test: DccStr::NONE,
        code: DccStr::NONE,
        pointer: DccStr::NONE,
        line: 0,
        column: 0,
        level: 0,
    };
}

impl From<Finding<'_>> for DccFinding {
    fn from(f: Finding<'_>) -> Self {
        DccFinding {
            set: f.set.into(),
            location: f.location.into(),
            text: f.text.into(),
            test: f.test.into(),
            code: f.code.into(),
            pointer: f.pointer.map_or(DccStr::NONE, DccStr::from),
            line: f.line,
            column: f.column,
            level: match f.level {
                Level::Fatal => DCC_LEVEL_FATAL,
                Level::Error => DCC_LEVEL_ERROR,
                Level::Warning => DCC_LEVEL_WARNING,
                Level::Info => DCC_LEVEL_INFO,
            },
        }
    }
}

/// Whether the document conforms: 1 without fatal finding nor error, else 0;
/// 0 for NULL.
///
/// # Safety
/// `verdict` is NULL or a live handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_verdict_is_conformant(verdict: *const DccVerdict) -> i32 {
    // SAFETY: the caller keeps the conventions of the header.
    let verdict = unsafe { Handle::new("verdict", verdict) };
    verdict.opt().map_or(0, |v| v.0.is_conformant().into())
}

/// The number of findings; 0 for NULL.
///
/// # Safety
/// `verdict` is NULL or a live handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_verdict_len(verdict: *const DccVerdict) -> usize {
    // SAFETY: the caller keeps the conventions of the header.
    let verdict = unsafe { Handle::new("verdict", verdict) };
    verdict.opt().map_or(0, |v| v.0.len())
}

/// The finding of this index: "xml" or "xsd" first, then by rule set. Fails
/// with DCC_STATUS_BAD_INDEX.
///
/// # Safety
/// `verdict` is NULL or a live handle; `finding` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_verdict_get(
    verdict: *const DccVerdict,
    index: usize,
    finding: *mut DccFinding,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (verdict, finding) = unsafe {
        (
            Handle::new("verdict", verdict),
            Out::new("finding", finding, DccFinding::NONE),
        )
    };
    call(OutHandle::none(), || {
        let (DccVerdict(verdict), finding) = (verdict.get()?, finding.required()?);
        let found = verdict.finding(index);
        let found = found.ok_or_else(|| Failure::index("index", index, verdict.len()))?;
        finding.put(found.into());
        Ok(())
    })
}

/// The verdict in a sentence, in French, and the name of the volet checked
/// against, whose data is NULL when none was recognised; either place may be
/// NULL. Both live as long as the verdict.
///
/// # Safety
/// `verdict` is NULL or a live handle; `summary` and `volet` are NULL or may be
/// written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_verdict_summary(
    verdict: *const DccVerdict,
    summary: *mut DccStr,
    volet: *mut DccStr,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (verdict, summary, volet) = unsafe {
        (
            Handle::new("verdict", verdict),
            Out::new("summary", summary, DccStr::NONE),
            Out::new("volet", volet, DccStr::NONE),
        )
    };
    call(OutHandle::none(), || {
        let DccVerdict(verdict) = verdict.get()?;
        summary.put(verdict.summary().into());
        volet.put(verdict.volet().map_or(DccStr::NONE, DccStr::from));
        Ok(())
    })
}

/// The verdict as a JSON object on one line: file, volet, recognised,
/// conformant, release, and findings, each with set, level, location, text, and
/// when there are line, column, test, context, rule, code, pointer. `file` is
/// the name of the document; it may be NULL.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_verdict_json(
    verdict: *const DccVerdict,
    file: *const c_char,
    file_len: usize,
    json: *mut *mut DccBytes,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (verdict, file, json) = unsafe {
        (
            Handle::new("verdict", verdict),
            Input::new("file", file, file_len),
            OutHandle::new("json", json),
        )
    };
    call(OutHandle::none(), || {
        let (DccVerdict(verdict), json) = (verdict.get()?, json.required()?);
        json.put(DccBytes::new(
            verdict.to_json(file.opt_text()?.unwrap_or_default()),
        ));
        Ok(())
    })
}

/// The verdict as a self-contained HTML page, in French. `title` names the
/// document; it may be NULL.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_verdict_html(
    verdict: *const DccVerdict,
    title: *const c_char,
    title_len: usize,
    page: *mut *mut DccBytes,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (verdict, title, page) = unsafe {
        (
            Handle::new("verdict", verdict),
            Input::new("title", title, title_len),
            OutHandle::new("page", page),
        )
    };
    call(OutHandle::none(), || {
        let (DccVerdict(verdict), page) = (verdict.get()?, page.required()?);
        page.put(DccBytes::new(
            verdict.to_html(title.opt_text()?.unwrap_or_default()),
        ));
        Ok(())
    })
}

/// The verdict in SVRL (ISO/IEC 19757-3, annex D), for existing tools.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_verdict_svrl(
    verdict: *const DccVerdict,
    svrl: *mut *mut DccBytes,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (verdict, svrl) = unsafe {
        (
            Handle::new("verdict", verdict),
            OutHandle::new("svrl", svrl),
        )
    };
    call(OutHandle::none(), || {
        let (DccVerdict(verdict), svrl) = (verdict.get()?, svrl.required()?);
        svrl.put(DccBytes::new(verdict.to_svrl()));
        Ok(())
    })
}

/// Frees a verdict; NULL is nothing.
///
/// # Safety
/// `verdict` is NULL or a live handle, not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_verdict_free(verdict: *mut DccVerdict) {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe { free(verdict) }
}
