//! What a failed call says, as C reads it.

use dcc_core::problem::Problems;
use serde::Serialize;

use crate::abi::{DccStr, Handle, Out, OutHandle, call, free};
use crate::bytes::DccBytes;
use crate::failure::{DccError, DccProblems, Failure};
use crate::status::DccStatus;

#[derive(Serialize)]
struct Told<'a> {
    status: i32,
    name: &'a str,
    message: &'a str,
    problems: &'a Problems,
}

/// The status of the call that failed; DCC_STATUS_NULL_POINTER for NULL.
///
/// # Safety
/// `error` is NULL or a live handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_error_status(error: *const DccError) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let error = unsafe { Handle::new("error", error) };
    error.opt().map_or(DccStatus::NullPointer, DccError::status)
}

/// The text for a log or a support desk, in French: what failed, then one
/// line a problem. It lives as long as the error.
///
/// # Safety
/// `error` is NULL or a live handle; `text` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_error_message(error: *const DccError, text: *mut DccStr) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (error, text) = unsafe {
        (
            Handle::new("error", error),
            Out::new("text", text, DccStr::NONE),
        )
    };
    call(OutHandle::none(), || {
        let (error, text) = (error.get()?, text.required()?);
        text.put(error.message().into());
        Ok(())
    })
}

/// The problems of an error, for dcc_problems_len and dcc_problems_get. They
/// belong to the error: do not free them, nor use them after it. NULL for NULL.
///
/// # Safety
/// `error` is NULL or a live handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_error_problems(error: *const DccError) -> *const DccProblems {
    // SAFETY: the caller keeps the conventions of the header.
    let error = unsafe { Handle::new("error", error) };
    error
        .opt()
        .map_or(std::ptr::null(), |e| std::ptr::from_ref(e.problems()))
}

/// The error as a JSON object: status, name, message, and problems, each with
/// path, code, severity, message, found, allowed.
///
/// # Safety
/// `error` is NULL or a live handle; `json` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_error_json(
    error: *const DccError,
    json: *mut *mut DccBytes,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (error, json) = unsafe { (Handle::new("error", error), OutHandle::new("json", json)) };
    call(OutHandle::none(), || {
        let (error, json) = (error.get()?, json.required()?);
        json.put(DccBytes::json(&Told {
            status: error.status() as i32,
            name: error.status().name(),
            message: error.message(),
            problems: error.problems().list(),
        })?);
        Ok(())
    })
}

/// Frees an error; NULL is nothing.
///
/// # Safety
/// `error` is NULL or a live handle, not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_error_free(error: *mut DccError) {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe { free(error) }
}

/// The name of a status, as in this header ("DCC_STATUS_OK"), and its text in
/// French; either place may be NULL. Both strings live for ever. Fails with
/// DCC_STATUS_BAD_VALUE for a number that is no status.
///
/// # Safety
/// `name` and `text` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_status_text(
    status: i32,
    name: *mut DccStr,
    text: *mut DccStr,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (name, text) = unsafe {
        (
            Out::new("name", name, DccStr::NONE),
            Out::new("text", text, DccStr::NONE),
        )
    };
    call(OutHandle::none(), || {
        let known = crate::status::TABLE
            .iter()
            .find(|line| line.0 as i32 == status)
            .ok_or_else(|| Failure::value("status", status, None::<&str>))?;
        name.put(known.1.into());
        text.put(known.2.into());
        Ok(())
    })
}
