//! Write and read options, value sets of the vendor's own.

use std::ffi::c_char;
use std::sync::{RwLock, RwLockReadGuard};

use dcc_core::cda::{ReadOptions, WriteOptions};
use dcc_core::rules;
use dcc_core::terminology::{Terminology, ValueSet};

use crate::abi::{Handle, Input, OutHandle, call, free};
use crate::bytes::DccBytes;
use crate::failure::{DccError, Failure};
use crate::input::codes;
use crate::status::DccStatus;

/// How documents are written and read. Made by dcc_options_new, which gives
/// the defaults; wherever options are asked for, NULL stands for the defaults.
/// Any number of threads may use the same options, and change them: a call
/// sees them as they are when it begins.
#[derive(Debug, Default)]
pub struct DccOptions(RwLock<Choices>);

#[derive(Debug, Default)]
pub(crate) struct Choices {
    pub(crate) write: WriteOptions,
    pub(crate) read: ReadOptions,
}

impl Choices {
    fn add_value_set(&mut self, set: ValueSet) {
        let mut terminology = self.write.terminology().clone();
        terminology.replace(set);
        self.read.terminology = Some(terminology.clone());
        self.write.terminology = Some(terminology);
    }
}

impl DccOptions {
    pub(crate) fn read(&self) -> Result<RwLockReadGuard<'_, Choices>, Failure> {
        self.0.read().map_err(|_| Failure::poisoned())
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Choices)) -> Result<(), Failure> {
        change(&mut *self.0.write().map_err(|_| Failure::poisoned())?);
        Ok(())
    }

    /// Accepts a code, which some rule must have.
    pub(crate) fn accept(&self, code: &str) -> Result<(), Failure> {
        let code = known("code", code)?;
        self.change(|o| {
            if !o.write.accept.iter().any(|accepted| accepted == code) {
                o.write.accept.push(code.to_owned());
            }
        })
    }

    pub(crate) fn add_value_set(&self, svs: &[u8]) -> Result<(), Failure> {
        let set =
            ValueSet::from_svs(svs).map_err(|p| Failure::new(DccStatus::InvalidValueSet, p))?;
        self.change(|o| o.add_value_set(set))
    }
}

/// Makes options with the default of each.
///
/// # Safety
/// `options` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_options_new(
    options: *mut *mut DccOptions,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (options, error) = unsafe {
        (
            OutHandle::new("options", options),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        options.required()?.put(DccOptions::default());
        Ok(())
    })
}

/// Accepts one code of blocking problems, knowingly: documents that have only
/// such problems are written. May be called for several codes. Default: none.
/// Fails with DCC_STATUS_BAD_VALUE for a code that no rule has, and tells the
/// nearest ones.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_options_accept(
    options: *const DccOptions,
    code: *const c_char,
    code_len: usize,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (options, code, error) = unsafe {
        (
            Handle::new("options", options),
            Input::new("code", code, code_len),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (options, code) = (options.get()?, code.text()?);
        options.accept(code)
    })
}

/// With 1, refuses to write a document that has warnings too; with 0, the
/// default, does not.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_options_set_strict(
    options: *const DccOptions,
    strict: i32,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (options, error) = unsafe {
        (
            Handle::new("options", options),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let strict = flag("strict", strict)?;
        options.get()?.change(|o| o.write.strict = strict)
    })
}

/// The largest CDA document that is read, in bytes. Default: 50 000 000.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_options_set_max_bytes(
    options: *const DccOptions,
    max_bytes: usize,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (options, error) = unsafe {
        (
            Handle::new("options", options),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        options
            .get()?
            .change(|o| o.read.limits.max_bytes = max_bytes)
    })
}

/// Puts a value set (jeu de valeurs) in the place of the embedded one of the
/// same OID or name, or adds it: an IHE SVS file, as the ANS publishes them.
/// Fails with DCC_STATUS_INVALID_VALUE_SET; the options are then unchanged.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_options_add_value_set(
    options: *const DccOptions,
    svs: *const u8,
    svs_len: usize,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (options, svs, error) = unsafe {
        (
            Handle::new("options", options),
            Input::new("svs", svs, svs_len),
            OutHandle::new("error", error),
        )
    };
    call(error, || options.get()?.add_value_set(svs.bytes()?))
}

/// Frees options; NULL is nothing.
///
/// # Safety
/// `options` is NULL or a live handle, not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_options_free(options: *mut DccOptions) {
    // SAFETY: the caller keeps the conventions of the header.
    unsafe { free(options) }
}

/// A code that some rule has.
pub(crate) fn known(path: &str, code: &str) -> Result<&'static str, Failure> {
    rules::rule(code)
        .map(|rule| rule.code)
        .ok_or_else(|| Failure::value(path, code, rules::nearest(code)))
}

/// A truth value of C.
pub(crate) fn flag(name: &str, value: i32) -> Result<bool, Failure> {
    match value {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Failure::value(name, value, [0, 1])),
    }
}

/// The concepts of a value set, as a JSON array of objects (code, system,
/// label, and when stated valid_from, valid_to): those whose code or label
/// holds every word of `text`, whatever the case and the accents, best first.
/// With `text` NULL, all of them. `options` may be NULL: the embedded value
/// sets. `value_set` is a name or an OID; fails with
/// DCC_STATUS_UNKNOWN_VALUE_SET.
///
/// # Safety
/// As the conventions say: see the top of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dcc_codes_search(
    options: *const DccOptions,
    value_set: *const c_char,
    value_set_len: usize,
    text: *const c_char,
    text_len: usize,
    json: *mut *mut DccBytes,
    error: *mut *mut DccError,
) -> DccStatus {
    // SAFETY: the caller keeps the conventions of the header.
    let (options, value_set, text, json, error) = unsafe {
        (
            Handle::new("options", options),
            Input::new("value_set", value_set, value_set_len),
            Input::new("text", text, text_len),
            OutHandle::new("json", json),
            OutHandle::new("error", error),
        )
    };
    call(error, || {
        let (value_set, text, json) = (value_set.text()?, text.opt_text()?, json.required()?);
        let choices = options.opt().map(DccOptions::read).transpose()?;
        let terminology = choices
            .as_ref()
            .map_or(Terminology::embedded(), |c| c.write.terminology());
        json.put(DccBytes::json(&codes(terminology, value_set, text)?)?);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    #[test]
    fn a_code_that_no_rule_has_is_refused() {
        let options = DccOptions::default();
        assert!(options.accept("INS-CLE").is_ok() && options.accept("INS-CLE").is_ok());
        let failure = options.accept("INS-CLEF").map_err(|f| {
            assert_eq!(f.status(), DccStatus::BadValue);
            f.into_problems().into_iter().flat_map(|p| p.allowed).next()
        });
        assert_eq!(failure, Err(Some("INS-CLE".to_owned())));
        let accepted = options.read().map(|o| o.write.accept.clone()).ok();
        assert_eq!(accepted, Some(vec!["INS-CLE".to_owned()]));
    }

    #[test]
    fn what_a_panic_left_half_changed_is_refused() {
        let options = DccOptions::default();
        let change = AssertUnwindSafe(|| options.change(|_| panic!("essai")));
        assert!(catch_unwind(change).is_err());
        let status = options.read().map(|_| ()).map_err(|f| f.status());
        assert_eq!(status, Err(DccStatus::Poisoned));
    }
}
