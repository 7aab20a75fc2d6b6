//! Lists of problems, as fields and as JSON.

use dcc_core::problem::{Problem, Severity};

use crate::abi::{DccStr, Handle, Out, OutHandle, call, free};
use crate::bytes::DccBytes;
use crate::failure::{DccProblems, Failure};
use crate::status::DccStatus;

/// Severity of a problem: the document can leave, the reader should know.
pub const DCC_SEVERITY_WARNING: i32 = 1;
/// Severity of a problem: the library refuses to write the document, unless
/// the options accept the code.
pub const DCC_SEVERITY_BLOCKING: i32 = 2;

/// One problem. Its strings live as long as the list.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct DccProblem {
    /// Place in the input: a JSON pointer for JSON, a path of elements for
    /// CDA, "ligne 12" for tables, the name of the argument for a mistake of
    /// the call; empty for the whole input.
    pub path: DccStr,
    /// Stable code of the rule broken, for example "INS-CLE".
    pub code: DccStr,
    /// What is wrong, in French.
    pub message: DccStr,
    /// What was found; data is NULL when there is nothing to show.
    pub found: DccStr,
    /// How many values are allowed instead, for dcc_problems_allowed.
    pub allowed_len: usize,
    /// DCC_SEVERITY_WARNING or DCC_SEVERITY_BLOCKING.
    pub severity: i32,
}

impl DccProblem {
    const NONE: DccProblem = DccProblem {
        path: DccStr::NONE,
        code: DccStr::NONE,
        message: DccStr::NONE,
        found: DccStr::NONE,
        allowed_len: 0,
        severity: 0,
    };
}

impl From<&Problem> for DccProblem {
    fn from(problem: &Problem) -> Self {
        DccProblem {
            path: problem.path.as_str().into(),
            code: problem.code.into(),
            message: problem.message.as_str().into(),
            found: problem.found.as_deref().map_or(DccStr::NONE, DccStr::from),
            allowed_len: problem.allowed.len(),
            severity: match problem.severity {
                Severity::Warning => DCC_SEVERITY_WARNING,
                Severity::Blocking => DCC_SEVERITY_BLOCKING,
            },
        }
    }
}

/// Number of problems; 0 for NULL.
///
/// # Safety
/// `problems` is NULL or a live handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_problems_len(problems: *const DccProblems) -> usize {
    // SAFETY: the caller keeps the conventions of the header.
    let problems = unsafe { Handle::new("problems", problems) };
    problems.opt().map_or(0, |p| p.list().len())
}

/// The problem at an index, from 0.
///
/// # Safety
/// `problems` is NULL or a live handle; `problem` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_problems_get(
    problems: *const DccProblems,
    index: usize,
    problem: *mut DccProblem,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (problems, problem) = unsafe {
        (
            Handle::new("problems", problems),
            Out::new("problem", problem, DccProblem::NONE),
        )
    };
    call(OutHandle::none(), || {
        let (problems, problem) = (problems.get()?, problem.required()?);
        problem.put(problems.at(index)?.into());
        Ok(())
    })
}

/// One of the values allowed in the place of what was found: `allowed_index`
/// is below the allowed_len of the problem. The nearest comes first.
///
/// # Safety
/// `problems` is NULL or a live handle; `text` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_problems_allowed(
    problems: *const DccProblems,
    index: usize,
    allowed_index: usize,
    text: *mut DccStr,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (problems, text) = unsafe {
        (
            Handle::new("problems", problems),
            Out::new("text", text, DccStr::NONE),
        )
    };
    call(OutHandle::none(), || {
        let (problems, text) = (problems.get()?, text.required()?);
        let allowed = &problems.at(index)?.allowed;
        let value = allowed
            .get(allowed_index)
            .ok_or_else(|| Failure::index("allowed_index", allowed_index, allowed.len()))?;
        text.put(value.as_str().into());
        Ok(())
    })
}

/// The problems as a JSON array of objects: path, code, severity ("warning"
/// or "blocking"), message, and, when there are, found and allowed.
///
/// # Safety
/// `problems` is NULL or a live handle; `json` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_problems_json(
    problems: *const DccProblems,
    json: *mut *mut DccBytes,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (problems, json) = unsafe {
        (
            Handle::new("problems", problems),
            OutHandle::new("json", json),
        )
    };
    call(OutHandle::none(), || {
        let (problems, json) = (problems.get()?, json.required()?);
        json.put(DccBytes::json(problems.list())?);
        Ok(())
    })
}

/// Frees a list of problems that a call answered with, never the one of
/// dcc_error_problems; NULL is nothing.
///
/// # Safety
/// `problems` is NULL or a live handle, not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_problems_free(problems: *mut DccProblems) {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe { free(problems) }
}
