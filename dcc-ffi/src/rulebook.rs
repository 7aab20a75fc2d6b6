//! The official rules of the ANS, from the user's own copy of them.

use std::ffi::c_char;

use crate::abi::{Handle, Input, OutHandle, call, free};
use crate::bytes::DccBytes;
use crate::failure::DccError;
use crate::official::RuleBook;
use crate::options::flag;
use crate::status::DccStatus;
use crate::verdict::DccVerdict;

/// The official rules of a release of the ANS (TestContenuCDA), ready to run.
/// It never changes: any number of threads may check with the same one.
#[derive(Debug)]
pub struct DccRulebook(RuleBook);

/// Whether this library was built with the official rules: 1 or 0. Without
/// them dcc_rulebook_open fails with DCC_STATUS_NOT_BUILT_IN.
#[unsafe(no_mangle)]
pub extern "C" fn dcc_has_official() -> i32 {
    cfg!(feature = "official").into()
}

/// Loads the rules of `path`: the folder of the ANS repository TestContenuCDA,
/// or its ZIP archive. Nothing of the rules is in the library, nor kept
/// elsewhere than in memory. Fails with DCC_STATUS_INVALID_RULES when they
/// cannot be read, or are not those rules.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rulebook_open(
    path: *const c_char,
    path_len: usize,
    rulebook: *mut *mut DccRulebook,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (path, rulebook, error) = unsafe {
        (
            Input::new("path", path, path_len),
            OutHandle::new("rulebook", rulebook),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (path, rulebook) = (path.text()?, rulebook.required()?);
        rulebook.put(DccRulebook(RuleBook::open(path)?));
        Ok(())
    })
}

/// What the rules are, as a JSON object: release (SHA-256 of the rules),
/// volets (their names), and notices, what is amiss in the release: objects
/// with set, code, blocks, file, line, text in French.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rulebook_json(
    rulebook: *const DccRulebook,
    json: *mut *mut DccBytes,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (rulebook, json) = unsafe {
        (
            Handle::new("rulebook", rulebook),
            OutHandle::new("json", json),
        )
    };
    call(OutHandle::none(), || {
        let (DccRulebook(book), json) = (rulebook.get()?, json.required()?);
        json.put(DccBytes::json(&serde_json::json!({
            "release": book.release(),
            "volets": book.volets(),
            "notices": book.notices(),
        }))?);
        Ok(())
    })
}

/// Checks a CDA document by the XML Schema, the common rule sets and that of
/// its volet. `volet` is the name of one, for example "CANCER-FRCP_2022.01",
/// or NULL: the one that the templates of the document name. `official` is
/// 1 for findings as in the official tool, in which a run-time error of a rule
/// hides the other findings of its rule set, and 0 to keep these. What is
/// wrong with the document, also when it is not XML, is in the verdict. Fails
/// with DCC_STATUS_UNKNOWN_VOLET.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rulebook_check(
    rulebook: *const DccRulebook,
    cda: *const u8,
    cda_len: usize,
    volet: *const c_char,
    volet_len: usize,
    official: i32,
    verdict: *mut *mut DccVerdict,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (rulebook, cda, volet, verdict, error) = unsafe {
        (
            Handle::new("rulebook", rulebook),
            Input::new("cda", cda, cda_len),
            Input::new("volet", volet, volet_len),
            OutHandle::new("verdict", verdict),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (DccRulebook(book), verdict) = (rulebook.get()?, verdict.required()?);
        let official = flag("official", official)?;
        let made = book.check(cda.bytes()?, volet.opt_text()?, official)?;
        verdict.put(DccVerdict::new(made));
        Ok(())
    })
}

/// Frees the rules; NULL is nothing. Verdicts made with them live on.
///
/// # Safety
/// `rulebook` is NULL or a live handle, not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_rulebook_free(rulebook: *mut DccRulebook) {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe { free(rulebook) }
}
